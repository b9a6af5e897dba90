//! `schema`: what may stand in a file, for editors and for other programs.

use crate::{
    export,
    load::{self, Documented},
    words::Descriptions,
};

use super::{
    Failure, Outcome,
    args::{Schema, SchemaKind},
    findings, session,
};

pub(crate) fn run(arguments: &Schema) -> Result<Outcome, Failure> {
    let language = session::language_of(arguments.language.as_deref())?;
    let descriptions = Descriptions::load(&language);
    let annotate = |kind: &str, key: Option<&str>| descriptions.annotations(kind, key);
    let schema = match documented(arguments.kind) {
        Some(kind) => load::json_schema(kind, &annotate),
        None => export::export_schema(&descriptions),
    };
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema holds texts and numbers only");
    text.push('\n');
    findings::print(text)?;
    Ok(Outcome::Fine)
}

/// What an author writes; the export is the one thing that the program writes.
fn documented(kind: Option<SchemaKind>) -> Option<Documented> {
    Some(match kind {
        None => Documented::FrontMatter,
        Some(SchemaKind::Config) => Documented::Config,
        Some(SchemaKind::Objective) => Documented::Objective,
        Some(SchemaKind::Kpi) => Documented::Kpi,
        Some(SchemaKind::CheckIn) => Documented::CheckIn,
        Some(SchemaKind::Department) => Documented::Department,
        Some(SchemaKind::Person) => Documented::Person,
        Some(SchemaKind::Report) => Documented::Report,
        Some(SchemaKind::Page) => Documented::Page,
        Some(SchemaKind::Export) => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeSet};

    use super::*;

    #[test]
    fn nothing_is_described_that_does_not_exist() {
        let descriptions = Descriptions::load("en");
        let asked: RefCell<BTreeSet<(String, String)>> = RefCell::default();
        let note = |kind: &str, key: &str| drop(asked.borrow_mut().replace((kind.to_owned(), key.to_owned())));
        for kind in Documented::ALL {
            let annotate = |kind: &str, key: Option<&str>| {
                key.into_iter().for_each(|key| note(kind, key));
                Vec::new()
            };
            load::json_schema(kind, &annotate);
        }
        let export = export::export_schema(&descriptions);
        let parts = export["$defs"].as_object().expect("parts").iter().map(|(name, part)| (name.as_str(), part));
        for (name, part) in parts.chain([("document", &export)]) {
            part["properties"].as_object().expect("keys").keys().for_each(|key| note(&format!("export.{name}"), key));
        }
        let described = descriptions.all();
        let (asked, shared) = (asked.into_inner(), ["every", "export.every"]);
        let used = |(kind, key): &&(String, String)| {
            let is_export = |kind: &str| kind.starts_with("export.");
            let shares = |other: &(String, String)| other.1 == *key && is_export(&other.0) == is_export(kind) && !described.contains(other);
            if shared.contains(&kind.as_str()) { asked.iter().any(shares) } else { asked.contains(&(kind.clone(), key.clone())) }
        };
        let idle: Vec<&(String, String)> = described.iter().filter(|it| !used(it)).collect();
        assert!(idle.is_empty(), "described and no key: {idle:?}");
    }
}
