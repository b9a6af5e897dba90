//! Check-ins, in files of their own and in their objective's.

use crate::{
    diagnostic::Code,
    model::{Date, Help, Id, Outcome, Places, Source, Spot, Status, Text, Visibility, parse_day},
    source::{At, Key, Node, Value, flat},
};

use super::{
    fields::{Fields, Reader, Reference, spot},
    kind::stem,
    parts::Parts,
    schema,
};

/// A check-in whose values cannot be read until one knows which key results they are of.
#[derive(Debug)]
pub(super) struct RawCheckIn<'a> {
    /// None where it could not be read: its other mistakes are reported all the same.
    pub(super) date: Option<Date>,
    pub(super) author: Option<Reference>,
    pub(super) objective: Option<Reference>,
    pub(super) values: Vec<(Key<'a>, Node<'a>)>,
    pub(super) confidence: Option<Node<'a>>,
    pub(super) status: Option<Status>,
    pub(super) kpis: Vec<(Key<'a>, Node<'a>)>,
    pub(super) finished: Vec<String>,
    pub(super) blocked: Vec<String>,
    pub(super) help: Vec<(String, Option<Reference>)>,
    pub(super) decision: Option<String>,
    pub(super) next: Vec<RawPromise>,
    pub(super) score: Option<Node<'a>>,
    pub(super) outcome: Option<Outcome>,
    pub(super) learned: Vec<String>,
    pub(super) text: Text,
    pub(super) visibility: Visibility,
    pub(super) places: Places,
    pub(super) source: Source,
}

#[derive(Debug)]
pub(super) struct RawPromise {
    pub(super) what: String,
    pub(super) who: Option<Reference>,
    pub(super) by: Option<Date>,
    pub(super) done: Option<Date>,
    pub(super) at: Spot,
}

pub(super) fn read<'a>(reader: &mut Reader<'_>, parts: &Parts<'_, 'a>) -> Option<RawCheckIn<'a>> {
    let fields = reader.fields(parts.root, &schema::CHECK_IN)?;
    let date = match fields.get("date") {
        Some(node) => reader.day(node, "date"),
        None => {
            let name = stem(&parts.file.path);
            let date = name.get(..10).and_then(parse_day);
            if date.is_none() {
                reader.find(Code::MissingKey, TOP, |it| it.says("missing-key.date").text("key", "date"));
            }
            date
        }
    };
    let body = parts.file.body();
    let text = Text { markdown: body.to_owned(), source: Source { path: parts.file.path.clone(), line: parts.file.body_line } };
    let mut raw = common(reader, &fields, date, text, TOP)?;
    raw.objective = reader.reference(&fields, "objective");
    let names_key_results = |node: &Option<Node<'_>>| node.as_ref().is_some_and(|node| node.pairs().is_some());
    let names_some = !raw.values.is_empty() || !raw.kpis.is_empty() || names_key_results(&raw.confidence) || names_key_results(&raw.score);
    if raw.objective.is_none() && !names_some {
        reader.missing(TOP, "objective", "check-in");
        return None;
    }
    Some(raw)
}

const TOP: At = At { line: 1, column: 1 };

/// One of an objective's `check_ins`.
pub(super) fn embedded<'a>(reader: &mut Reader<'_>, node: &Node<'a>) -> Option<RawCheckIn<'a>> {
    let fields = reader.fields(node, &schema::EMBEDDED_CHECK_IN)?;
    let date = match fields.get("date") {
        Some(node) => reader.day(node, "date"),
        None => {
            reader.missing(node.at, "date", "check-in");
            None
        }
    };
    let text = Text { markdown: String::new(), source: reader.source(node.at) };
    common(reader, &fields, date, text, node.at)
}

fn common<'a>(reader: &mut Reader<'_>, fields: &Fields<'_, 'a>, date: Option<Date>, mut text: Text, at: At) -> Option<RawCheckIn<'a>> {
    reader.allow(fields);
    let values = reader.map(fields, "values").to_vec();
    let kpis = reader.map(fields, "kpis").to_vec();
    if let Some(node) = fields.get("note")
        && let Some(mut note) = reader.text(node, "note")
    {
        if let Some((_, code)) = flat(&note) {
            note = code;
            reader.find(Code::Syntax, node.at, |it| it.says("syntax.too-nested"));
        }
        // A note stands before the text of the file, if there are both.
        text.source.line = if text.is_empty() { node.at.line } else { text.source.line };
        text.markdown = if text.is_empty() { note } else { format!("{note}\n\n{}", text.markdown) };
    }
    let source = reader.source(at);
    let place = |key: &str| fields.get(key).map_or(spot(at), |node| spot(node.at));
    let places = Places { date: place("date"), confidence: place("confidence"), status: place("status") };
    Some(RawCheckIn {
        places,
        author: reader.reference(fields, "author"),
        objective: None,
        values,
        confidence: fields.get("confidence").cloned(),
        status: reader.one_of(fields, "status", status),
        kpis,
        finished: reader.texts(fields, "finished"),
        blocked: reader.texts(fields, "blocked"),
        help: reader.items(fields, "help").iter().filter_map(|node| help(reader, node)).collect(),
        decision: reader.text_of(fields, "decision"),
        next: reader.items(fields, "next").iter().filter_map(|node| promise(reader, node)).collect(),
        score: fields.get("score").cloned(),
        outcome: reader.one_of(fields, "outcome", |text| match text {
            "carry" => Some(Outcome::Carry),
            "stop" => Some(Outcome::Stop),
            "done" => Some(Outcome::Done),
            _ => None,
        }),
        learned: reader.texts(fields, "learned"),
        visibility: reader.visibility(fields, Visibility::Public),
        text,
        source,
        date,
    })
}

fn status(text: &str) -> Option<Status> {
    Status::parse(text).filter(|status| matches!(status, Status::OnTrack | Status::AtRisk | Status::OffTrack | Status::Done))
}

fn help(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<(String, Option<Reference>)> {
    if let Some(what) = node.text() {
        return Some((what.trim().to_owned(), None));
    }
    let fields = reader.fields(node, &schema::HELP)?;
    let what = reader.text_of(&fields, "what");
    if what.is_none() {
        reader.missing(node.at, "what", "help");
    }
    Some((what?, reader.reference(&fields, "from")))
}

fn promise(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RawPromise> {
    if let Some(what) = node.text() {
        return Some(RawPromise { what: what.trim().to_owned(), who: None, by: None, done: None, at: spot(node.at) });
    }
    let fields = reader.fields(node, &schema::NEXT)?;
    let what = reader.text_at(&fields, "what");
    if what.is_none() {
        reader.missing(node.at, "what", "next");
    }
    let (what, at) = what?;
    Some(RawPromise {
        what,
        at,
        who: reader.reference(&fields, "who"),
        by: reader.day_of(&fields, "by"),
        done: reader.day_of(&fields, "done"),
    })
}

/// How sure: 0–10, or a word.
pub(super) fn confidence(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<f64> {
    if let Some(text) = node.text() {
        let word: String = unicode_normalization::UnicodeNormalization::nfc(text.trim()).flat_map(char::to_lowercase).collect();
        match word.as_str() {
            "tốt" | "good" => return Some(8.0),
            "ổn" | "ok" => return Some(5.0),
            "không ổn" | "bad" => return Some(2.0),
            _ => {}
        }
    }
    let before = reader.findings.len();
    let amount = reader.number(node, "confidence", None);
    if amount.is_none() && reader.findings.len() > before && node.text().is_some() {
        // Whatever is wrong with it as a number, what helps is to know what a confidence looks like.
        reader.findings.truncate(before);
        let value = node.text().unwrap_or_default().to_owned();
        let of_ten = value.trim().strip_suffix("/10").filter(|number| number.parse::<f64>().is_ok_and(|it| (0.0..=10.0).contains(&it)));
        let of_ten = of_ten.map(str::to_owned);
        reader.find(Code::BadNumber, node.at, |it| {
            let it = it.says("bad-number.confidence").text("value", value.as_str());
            match of_ten {
                Some(number) => it.mended_by(value.trim(), number),
                None => it,
            }
        });
    }
    let amount = amount?;
    if (0.0..=10.0).contains(&amount.value) && amount.denomination == crate::model::Denomination::Plain {
        return Some(amount.value);
    }
    let value = node.text().unwrap_or_default().to_owned();
    reader.find(Code::BadNumber, node.at, |it| it.says("bad-number.confidence").text("value", value));
    None
}

/// Done or open, for a key result or a milestone that is a yes or a no.
pub(super) fn done_or_open(node: &Node<'_>) -> Option<bool> {
    let text = match &node.value {
        Value::Plain(text) | Value::Quoted(text) => text,
        Value::List(_) | Value::Map(_) => return None,
    };
    said(text)
}

/// Yes or no, as people write it.
pub(super) fn said(text: &str) -> Option<bool> {
    let word: String = unicode_normalization::UnicodeNormalization::nfc(text.trim()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "done" | "yes" | "true" | "1" | "có" | "xong" => Some(true),
        "open" | "no" | "false" | "0" | "chưa" | "không" => Some(false),
        _ => None,
    }
}

impl From<(String, Option<Id>)> for Help {
    fn from((what, from): (String, Option<Id>)) -> Self {
        Self { what, from }
    }
}
