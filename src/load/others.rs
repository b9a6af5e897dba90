//! Departments, people, pages and what authors put before reports.

use crate::{
    diagnostic::Code,
    model::{Cadence, Id, Period, Source, Text, Visibility},
    source::{At, Node, Value},
};

use super::{
    fields::{Fields, Reader, Reference},
    kind::stem,
    parts::Parts,
    schema,
};

const TOP: At = At { line: 1, column: 1 };

#[derive(Clone, Debug)]
pub(super) struct RawDepartment {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) lead: Option<Reference>,
    pub(super) check_in_every: Option<Cadence>,
    pub(super) text: Option<Text>,
    pub(super) source: Source,
    pub(super) at: At,
}

#[derive(Clone, Debug)]
pub(super) struct RawPerson {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) department: Option<Reference>,
    pub(super) role: Option<String>,
    pub(super) text: Option<Text>,
    pub(super) source: Source,
    pub(super) at: At,
}

#[derive(Clone, Debug)]
pub(super) struct RawPage {
    pub(super) id: Id,
    pub(super) title: String,
    pub(super) order: f64,
    pub(super) visibility: Visibility,
    pub(super) text: Text,
    pub(super) source: Source,
}

#[derive(Clone, Debug)]
pub(super) struct RawForeword {
    pub(super) period: Period,
    pub(super) department: Option<Reference>,
    pub(super) headline: Option<String>,
    pub(super) visibility: Visibility,
    pub(super) text: Text,
    pub(super) source: Source,
}

pub(super) fn department(reader: &mut Reader<'_>, parts: &Parts<'_, '_>) -> Option<RawDepartment> {
    let fields = reader.fields(parts.root, &schema::DEPARTMENT)?;
    reader.allow(&fields);
    // Whom it hides is settled for the whole file, read or not; a word that is none is told here.
    reader.visibility(&fields, Visibility::Public);
    let id = reader.text_of(&fields, "id");
    let id = parts.id_text(id);
    let name = reader.text_of(&fields, "name").or_else(|| reader.text_of(&fields, "title"));
    let (name, text) = parts.title_and_text(name, &id);
    let mut raw = department_of(reader, &fields, &id, name);
    raw.text = Some(text).filter(|text| !text.is_empty());
    (raw.source.line, raw.at) = (1, fields.get("id").map_or(TOP, |node| node.at));
    Some(raw)
}

/// The keys that a department has inline and in a file of its own alike.
fn department_of(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, id: &str, name: String) -> RawDepartment {
    RawDepartment {
        id: Id::new(id),
        name,
        lead: reader.reference(fields, "lead"),
        check_in_every: reader.one_of(fields, "check_in_every", Cadence::parse),
        text: None,
        source: reader.source(fields.at),
        at: fields.at,
    }
}

pub(super) fn inline_department(reader: &mut Reader<'_>, id: &str, at: At, node: &Node<'_>) -> RawDepartment {
    let named = node.text().filter(|_| !node.is_null()).map(str::to_owned);
    let empty = Node { value: Value::Map(Vec::new()), at };
    let node = if node.pairs().is_some() || (named.is_none() && !node.is_null()) { node } else { &empty };
    let Some(fields) = reader.fields(node, &schema::INLINE_DEPARTMENT) else {
        return RawDepartment {
            id: Id::new(id),
            name: id.to_owned(),
            lead: None,
            check_in_every: None,
            text: None,
            source: reader.source(at),
            at,
        };
    };
    let name = named.or_else(|| reader.text_of(&fields, "name")).unwrap_or_else(|| id.to_owned());
    let mut raw = department_of(reader, &fields, id, name);
    (raw.source, raw.at) = (reader.source(at), at);
    raw
}

pub(super) fn person(reader: &mut Reader<'_>, parts: &Parts<'_, '_>) -> Option<RawPerson> {
    let fields = reader.fields(parts.root, &schema::PERSON)?;
    reader.allow(&fields);
    // Whom it hides is settled for the whole file, read or not; a word that is none is told here.
    reader.visibility(&fields, Visibility::Public);
    let id = reader.text_of(&fields, "id");
    let id = parts.id_text(id);
    let name = reader.text_of(&fields, "name").or_else(|| reader.text_of(&fields, "title"));
    let (name, text) = parts.title_and_text(name, &id);
    let mut raw = person_of(reader, &fields, &id, name);
    raw.text = Some(text).filter(|text| !text.is_empty());
    (raw.source.line, raw.at) = (1, fields.get("id").map_or(TOP, |node| node.at));
    Some(raw)
}

fn person_of(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, id: &str, name: String) -> RawPerson {
    RawPerson {
        id: Id::new(id),
        name,
        department: reader.reference(fields, "department"),
        role: reader.text_of(fields, "role"),
        text: None,
        source: reader.source(fields.at),
        at: fields.at,
    }
}

pub(super) fn inline_person(reader: &mut Reader<'_>, id: &str, at: At, node: &Node<'_>) -> RawPerson {
    let named = node.text().filter(|_| !node.is_null()).map(str::to_owned);
    let empty = Node { value: Value::Map(Vec::new()), at };
    let node = if node.pairs().is_some() || (named.is_none() && !node.is_null()) { node } else { &empty };
    let Some(fields) = reader.fields(node, &schema::INLINE_PERSON) else {
        return RawPerson { id: Id::new(id), name: id.to_owned(), department: None, role: None, text: None, source: reader.source(at), at };
    };
    let name = named.or_else(|| reader.text_of(&fields, "name")).unwrap_or_else(|| id.to_owned());
    let mut raw = person_of(reader, &fields, id, name);
    (raw.source, raw.at) = (reader.source(at), at);
    raw
}

pub(super) fn page(reader: &mut Reader<'_>, parts: &Parts<'_, '_>) -> Option<RawPage> {
    let fields = reader.fields(parts.root, &schema::PAGE)?;
    reader.allow(&fields);
    let id = reader.text_of(&fields, "id");
    let id = parts.id_text(id);
    let title = reader.text_of(&fields, "title");
    let (title, text) = parts.title_and_text(title, &id);
    let order = reader.number_of(&fields, "order", None).map_or(f64::MAX, |amount| amount.value);
    let visibility = reader.visibility(&fields, Visibility::default());
    Some(RawPage { id: Id::new(&id), title, order, visibility, text, source: Source { path: parts.file.path.clone(), line: 1 } })
}

pub(super) fn foreword(reader: &mut Reader<'_>, parts: &Parts<'_, '_>) -> Option<RawForeword> {
    let fields = reader.fields(parts.root, &schema::REPORT)?;
    reader.allow(&fields);
    let title = reader.text_of(&fields, "title");
    let (headline, text) = parts.title_and_text(title, "");
    let department = reader.reference(&fields, "department");
    let visibility = reader.visibility(&fields, Visibility::default());
    let named = Period::parse(stem(&parts.file.path), reader.calendar()).or_else(|| parts.folders.period.clone());
    let period = match (fields.get("period"), named) {
        // A period that is written and wrong is a mistake, not an invitation to take the file's name.
        (Some(_), _) => reader.period_of(&fields, "period")?,
        (None, Some(period)) => period,
        (None, None) => {
            reader.find(Code::MissingKey, TOP, |it| it.says("missing-key.report").text("key", "period"));
            return None;
        }
    };
    let headline = Some(headline).filter(|it| !it.is_empty());
    Some(RawForeword { period, department, headline, visibility, text, source: Source { path: parts.file.path.clone(), line: 1 } })
}
