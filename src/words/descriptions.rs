//! What each key of a workspace's files and of the export is, for editors and for whoever reads a schema.
//!
//! One schema serves every language: `title` and `description` are in the language that was asked for, and beside each
//! stands the same in every other as `x-title-LANGUAGE` and `x-description-LANGUAGE`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{diagnostic::Code, theme};

use super::Words;

/// The descriptions of every language, one of them in front.
pub struct Descriptions {
    first: String,
    languages: Vec<Language>,
}

struct Language {
    name: String,
    kinds: BTreeMap<String, Kind>,
    /// For the codes of warnings, which are keys, too.
    words: Words,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    keys: BTreeMap<String, String>,
}

impl Descriptions {
    /// With one language in front; English, where the theme has no descriptions in it.
    pub fn load(language: &str) -> Self {
        let languages: Vec<Language> = theme::languages()
            .filter_map(|name| {
                let kinds = read(theme::descriptions(name)?);
                Some(Language { name: name.to_owned(), kinds, words: Words::load(name, crate::model::Calendar::default())? })
            })
            .collect();
        let first = if languages.iter().any(|it| it.name == language) { language } else { "en" };
        Self { first: first.to_owned(), languages }
    }

    /// The annotations of a kind, or of one of its keys: names as they stand in a schema, and texts.
    pub fn annotations(&self, kind: &str, key: Option<&str>) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for language in &self.languages {
            let suffix = |name: &str| if language.name == self.first { name.to_owned() } else { format!("x-{name}-{}", language.name) };
            match key {
                None => {
                    let Some(kind) = language.kinds.get(kind) else { continue };
                    all.extend(kind.title.as_ref().map(|text| (suffix("title"), text.clone())));
                    all.extend(kind.text.as_ref().map(|text| (suffix("description"), text.clone())));
                }
                Some(key) => all.extend(language.describe(kind, key).map(|text| (suffix("description"), text))),
            }
        }
        all
    }
}

#[cfg(test)]
impl Descriptions {
    /// Every kind and key that the first language describes.
    pub(crate) fn all(&self) -> std::collections::BTreeSet<(String, String)> {
        let first = self.languages.iter().find(|it| it.name == self.first).expect("one is in front");
        first.kinds.iter().flat_map(|(kind, it)| it.keys.keys().map(move |key| (kind.clone(), key.clone()))).collect()
    }
}

impl Language {
    fn describe(&self, kind: &str, key: &str) -> Option<String> {
        let of = |kind: &str| self.kinds.get(kind).and_then(|it| it.keys.get(key));
        if let Some(text) = of(kind).or_else(|| of(if kind.starts_with("export.") { "export.every" } else { "every" })) {
            return Some(text.clone());
        }
        Code::parse(key).and_then(|code| self.words.explanation(code)).map(|it| it.title.clone())
    }
}

fn read(text: &str) -> BTreeMap<String, Kind> {
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).expect("the built-in descriptions are YAML: a test reads them")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_describe_the_same_kinds_and_keys() {
        let shape = |language| -> Vec<String> {
            let kinds = read(theme::descriptions(language).unwrap_or_else(|| panic!("no descriptions in {language}")));
            let keys = kinds.iter().flat_map(|(kind, it)| it.keys.keys().map(move |key| format!("{kind}.{key}")));
            let titles = kinds.iter().map(|(kind, it)| format!("{kind} {} {}", it.title.is_some(), it.text.is_some()));
            titles.chain(keys).collect()
        };
        let english = shape("en");
        for language in theme::languages() {
            assert_eq!(shape(language), english, "{language}");
        }
    }

    #[test]
    fn the_other_language_stands_beside() {
        let said = Descriptions::load("vi").annotations("objective", Some("owner"));
        let names: Vec<&str> = said.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["x-description-en", "description"]);
        assert!(said[1].1.starts_with("Người phụ trách"), "{said:?}");
        assert_eq!(Descriptions::load("fr").annotations("lints", Some("overdue"))[0].0, "description");
    }
}
