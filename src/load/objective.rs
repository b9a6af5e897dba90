//! An objective's file.

use crate::{
    diagnostic::Code,
    model::{Cadence, Commitment, Date, Id, Period, Source, Spot, State, Text, Visibility},
    source::{At, Node},
};

use super::{
    check_in::{self, RawCheckIn},
    fields::{Fields, Reader, Reference, spot},
    key_result::{self, RawKeyResult},
    parts::Parts,
    schema,
};

#[derive(Debug)]
pub(super) struct RawObjective<'a> {
    pub(super) id: Id,
    pub(super) id_at: At,
    pub(super) title: String,
    pub(super) title_at: Spot,
    pub(super) period: Period,
    pub(super) department: Option<Reference>,
    /// Folders that may name the department, the deepest first.
    pub(super) folders: Vec<Id>,
    /// Also when it cannot be read.
    pub(super) owner_written: bool,
    pub(super) department_written: bool,
    pub(super) owner: Option<Reference>,
    pub(super) commitment: Commitment,
    pub(super) parent: Option<Reference>,
    pub(super) continues: Option<Reference>,
    pub(super) weight: f64,
    pub(super) state: State,
    pub(super) visibility: Visibility,
    pub(super) check_in_every: Option<Cadence>,
    pub(super) key_results: Vec<RawKeyResult>,
    pub(super) initiatives: Vec<RawInitiative>,
    pub(super) check_ins: Vec<RawCheckIn<'a>>,
    pub(super) text: Text,
    pub(super) aliases: Vec<Id>,
    pub(super) source: Source,
}

#[derive(Debug)]
pub(super) struct RawInitiative {
    pub(super) title: String,
    pub(super) who: Option<Reference>,
    pub(super) by: Option<Date>,
    pub(super) key_result: Option<Reference>,
    pub(super) done: Option<Date>,
    pub(super) source: Source,
    pub(super) at: Spot,
}

pub(super) fn read<'a>(reader: &mut Reader<'_>, parts: &Parts<'_, 'a>) -> Option<RawObjective<'a>> {
    let fields = reader.fields(parts.root, &schema::OBJECTIVE)?;
    reader.allow(&fields);
    let id = reader.text_of(&fields, "id");
    let id = parts.id_text(id);
    let title = reader.text_at(&fields, "title");
    let (title, title_at, text) = parts.title(title, &id);
    let period = period(reader, &fields, parts, At { line: title_at.line, column: title_at.column });
    let (weight, _) = reader.weight(&fields);
    let key_results: Vec<RawKeyResult> = key_result::read_all(reader, &fields, period.as_ref());
    let initiatives = initiatives(reader, &fields);
    let check_ins = reader.list(&fields, "check_ins").iter().filter_map(|node| check_in::embedded(reader, node)).collect();
    Some(RawObjective {
        id_at: fields.get("id").map_or(At { line: 1, column: 1 }, |node| node.at),
        id: Id::new(&id),
        title,
        title_at,
        department: reader.reference(&fields, "department"),
        folders: parts.folders.names(&parts.file.path),
        owner_written: fields.get("owner").is_some(),
        department_written: fields.get("department").is_some(),
        owner: reader.reference(&fields, "owner"),
        commitment: reader
            .one_of(&fields, "commitment", |text| match text {
                "aspirational" => Some(Commitment::Aspirational),
                "committed" => Some(Commitment::Committed),
                _ => None,
            })
            .unwrap_or_default(),
        parent: reader.reference(&fields, "parent"),
        continues: reader.reference(&fields, "continues"),
        weight,
        state: state(reader, &fields),
        visibility: reader.visibility(&fields, reader.config.visibility_defaults.objective),
        check_in_every: reader.one_of(&fields, "check_in_every", Cadence::parse),
        key_results,
        initiatives,
        check_ins,
        text,
        aliases: reader.texts(&fields, "aliases").iter().map(|text| Id::new(text)).collect(),
        source: Source { path: parts.file.path.clone(), line: 1 },
        // Last, so that an objective without a period has had all its other mistakes reported.
        period: period?,
    })
}

fn period(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, parts: &Parts<'_, '_>, title_at: At) -> Option<Period> {
    if fields.get("period").is_some() {
        // A period that is written and wrong is a mistake, not an invitation to take the folder's.
        return reader.period_of(fields, "period");
    }
    if parts.folders.period.is_none() {
        match parts.folders.almost_period(&parts.file.path) {
            // A folder that was meant to give the period, and does not.
            Some(folder) => reader.find(Code::BadPeriod, title_at, |it| it.says("bad-period.folder").text("value", folder)),
            None => reader.missing(title_at, "period", "objective"),
        }
    }
    parts.folders.period.clone()
}

fn state(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> State {
    let written = reader.one_of(fields, "status", |text| match text {
        "active" => Some(State::Active),
        "draft" => Some(State::Draft),
        "cancelled" | "canceled" => Some(State::Cancelled { on: None, why: None }),
        _ => None,
    });
    let Some(node) = fields.get("cancelled") else { return written.unwrap_or_default() };
    let Some(details) = reader.fields(node, &schema::CANCELLED) else { return written.unwrap_or_default() };
    State::Cancelled { on: reader.day_of(&details, "on"), why: reader.text_of(&details, "why") }
}

fn initiatives(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<RawInitiative> {
    reader.list(fields, "initiatives").iter().filter_map(|node| initiative(reader, node)).collect()
}

fn initiative(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RawInitiative> {
    let source = reader.source(node.at);
    if let Some(title) = node.text() {
        return Some(RawInitiative {
            title: title.trim().to_owned(),
            who: None,
            by: None,
            key_result: None,
            done: None,
            source,
            at: spot(node.at),
        });
    }
    let fields = reader.fields(node, &schema::INITIATIVE)?;
    let title = reader.text_at(&fields, "title");
    if title.is_none() {
        reader.missing(node.at, "title", "initiative");
    }
    let (title, at) = title?;
    Some(RawInitiative {
        title,
        at,
        who: reader.reference(&fields, "who"),
        by: reader.day_of(&fields, "by"),
        key_result: reader.reference(&fields, "for"),
        done: reader.day_of(&fields, "done"),
        source,
    })
}
