//! Key results of every kind.

use crate::{
    diagnostic::Code,
    model::{Amount, Checkpoint, Date, Denomination, Id, KeyResult, KpiAt, Measure, Milestone, Period, Source, Spot, Unit},
    source::{At, Node, Value},
};

use super::{
    fields::{Fields, Reader, Reference, spot},
    schema,
};

#[derive(Debug)]
pub(super) struct RawKeyResult {
    pub(super) id: Id,
    pub(super) title: String,
    pub(super) title_at: Spot,
    pub(super) measure: RawMeasure,
    pub(super) unit: Option<Unit>,
    pub(super) weight: f64,
    pub(super) owner: Option<Reference>,
    pub(super) cancelled: bool,
    pub(super) source: Source,
    pub(super) target_line: u32,
    /// A metric whose start nobody wrote.
    pub(super) start_is_default: bool,
    pub(super) misread: bool,
    at: At,
    weight_in_percent: bool,
}

/// What is measured, a KPI still by its name.
#[derive(Debug)]
pub(super) enum RawMeasure {
    Known(Measure),
    Kpi { kpi: Reference, start: Option<Amount>, target: Option<Amount>, low: Option<Amount>, high: Option<Amount> },
}

impl RawMeasure {
    /// With the KPI's place; where nobody knows it, nothing measures the key result.
    pub(super) fn into_model(self, kpi: Option<KpiAt>) -> Measure {
        match self {
            Self::Known(measure) => measure,
            Self::Kpi { kpi: _, start, target, low, high } => match kpi {
                Some(kpi) => Measure::Kpi { kpi, start, target, low, high },
                None => Measure::Unmeasured { start, target },
            },
        }
    }
}

impl RawKeyResult {
    pub(super) fn into_model(self, owner: Option<Id>, kpi: Option<KpiAt>) -> KeyResult {
        let Self {
            id,
            title,
            title_at,
            measure,
            unit,
            weight,
            owner: _,
            cancelled,
            source,
            target_line,
            start_is_default,
            misread,
            at: _,
            weight_in_percent: _,
        } = self;
        let kpi_is_lost = kpi.is_none() && matches!(measure, RawMeasure::Kpi { .. });
        let misread = misread || kpi_is_lost;
        let measure = measure.into_model(kpi);
        KeyResult {
            id,
            title,
            title_at,
            measure,
            unit,
            weight,
            owner,
            cancelled,
            source,
            target_line,
            start_is_default,
            misread,
            kpi_is_lost,
        }
    }
}

pub(super) fn read_all(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, period: Option<&Period>) -> Vec<RawKeyResult> {
    let nodes = reader.list(fields, "key_results");
    let mut all: Vec<RawKeyResult> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let Some(mut one) = read(reader, node, index, period) else { continue };
        if let Some(first) = all.iter().find(|it| it.id == one.id) {
            let (line, beside) = (first.source.line, reader.place(first.at));
            reader.find(Code::DuplicateId, one.at, |it| it.text("id", one.id.as_str()).text("line", line.to_string()).beside(beside));
            one.id = Id::new(&format!("{}-{}", one.id, index + 1));
        }
        all.push(one);
    }
    let weights: Vec<(bool, At)> = all.iter().filter(|it| it.weight > 0.0).map(|it| (it.weight_in_percent, it.at)).collect();
    reader.check_mixed_weights(&weights);
    all
}

fn read(reader: &mut Reader<'_>, node: &Node<'_>, index: usize, period: Option<&Period>) -> Option<RawKeyResult> {
    if let Some(title) = node.text().filter(|title| !title.trim().is_empty()) {
        // Only words: kept as written; nothing can measure it.
        return Some(bare(reader, title, node.at, index));
    }
    let fields = reader.fields(node, &schema::KEY_RESULT)?;
    reader.allow(&fields);
    let default = format!("kr{}", index + 1);
    let id = Id::new(reader.text_of(&fields, "id").as_deref().unwrap_or(&default));
    let (title, title_at) = reader.text_at(&fields, "title").unwrap_or_else(|| (id.to_string(), spot(node.at)));
    let unit = reader.text_of(&fields, "unit").and_then(|text| Unit::new(&text));
    let (weight, weight_in_percent) = reader.weight(&fields);
    let sound = reader.findings.len();
    let measure = measure(reader, &fields, unit.as_ref(), period);
    let misread = reader.findings.len() > sound || fields.has_cut();
    let cancelled = reader
        .one_of(&fields, "status", |text| match text {
            "active" => Some(false),
            "cancelled" | "canceled" => Some(true),
            _ => None,
        })
        .unwrap_or(false);
    let line_of =
        ["target", "at_least", "at_most", "between", "milestones", "due", "kpi", "kind"].into_iter().find_map(|key| fields.key_at(key));
    Some(RawKeyResult {
        id,
        title,
        title_at,
        start_is_default: matches!(measure, RawMeasure::Known(Measure::Metric { .. })) && fields.given("start").is_none(),
        misread,
        measure,
        unit,
        weight,
        owner: reader.reference(&fields, "owner"),
        cancelled,
        source: reader.source(node.at),
        target_line: line_of.unwrap_or(node.at).line,
        at: node.at,
        weight_in_percent,
    })
}

fn bare(reader: &Reader<'_>, title: &str, at: At, index: usize) -> RawKeyResult {
    RawKeyResult {
        id: Id::new(&format!("kr{}", index + 1)),
        title: title.trim().to_owned(),
        title_at: spot(at),
        measure: RawMeasure::Known(Measure::Unmeasured { start: None, target: None }),
        unit: None,
        weight: 1.0,
        owner: None,
        cancelled: false,
        source: reader.source(at),
        target_line: at.line,
        start_is_default: false,
        misread: false,
        at,
        weight_in_percent: false,
    }
}

/// What is measured. Keys of two kinds at once are a mistake: the first kind in this order is taken.
fn measure(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>, period: Option<&Period>) -> RawMeasure {
    let kind = reader.one_of(fields, "kind", |text| schema::KEY_RESULT.words("kind").iter().copied().find(|it| *it == text));
    let holds = ["at_least", "at_most", "between"].into_iter().any(|key| fields.get(key).is_some());
    check_one_kind(reader, fields, kind);
    if fields.get("milestones").is_some() {
        return RawMeasure::Known(milestones(reader, fields));
    }
    if kind == Some("done") {
        return RawMeasure::Known(Measure::Done { due: reader.day_of(fields, "due"), done: reader.day_of(fields, "done") });
    }
    if let Some(kpi) = reader.reference(fields, "kpi") {
        let (low, high) = bounds(reader, fields, unit);
        let (start, target) = (reader.number_of(fields, "start", unit), reader.number_of(fields, "target", unit));
        if !holds && fields.given("target").is_none() {
            reader.missing(fields.at, "target", "key-result");
        }
        return RawMeasure::Kpi { kpi, start, target, low, high };
    }
    if holds {
        let (low, high) = bounds(reader, fields, unit);
        if low.is_none() && high.is_none() {
            return RawMeasure::Known(Measure::Unmeasured { start: None, target: None });
        }
        return RawMeasure::Known(Measure::Hold { low, high });
    }
    RawMeasure::Known(metric(reader, fields, unit, period))
}

fn check_one_kind(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, kind: Option<&'static str>) {
    let holds = ["at_least", "at_most", "between"].into_iter().find(|key| fields.get(key).is_some());
    let present = [
        fields.get("milestones").map(|_| ("milestones", "milestones")),
        (kind == Some("done")).then_some(("done", "kind")),
        holds.map(|key| ("hold", key)),
        fields.get("target").map(|_| ("metric", "target")),
    ];
    let present: Vec<(&str, &str)> = present.into_iter().flatten().collect();
    if let [(first, _), (_, second), ..] = present[..]
        && let Some(at) = fields.key_at(second)
    {
        reader.find(Code::WrongType, at, |it| it.says("wrong-type.two-kinds").text("key", second).text("kind", first));
    }
    let wanted = match kind {
        Some("hold") => holds.is_some(),
        Some("milestones") => fields.get("milestones").is_some(),
        Some("kpi") => fields.get("kpi").is_some(),
        _ => true,
    };
    if let (false, Some(kind), Some(at)) = (wanted, kind, fields.key_at("kind")) {
        reader.find(Code::MissingKey, at, |it| {
            it.says("missing-key.of-kind").text("kind", kind).text("key", if kind == "hold" { "at_least" } else { kind })
        });
    }
}

fn bounds(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>) -> (Option<Amount>, Option<Amount>) {
    let mut low = reader.number_of(fields, "at_least", unit);
    let mut high = reader.number_of(fields, "at_most", unit);
    if let Some(node) = fields.get("between") {
        match &node.value {
            Value::List(items) if items.len() == 2 => {
                low = reader.number(&items[0], "between", unit);
                high = reader.number(&items[1], "between", unit);
            }
            _ => reader.wrong_type(node.at, "between", "two-numbers"),
        }
    }
    if let (Some(least), Some(most)) = (low, high)
        && least.value > most.value
    {
        let at = fields.key_at("between").or(fields.key_at("at_least")).unwrap_or(fields.at);
        reader.find(Code::BadNumber, at, |it| it.says("bad-number.bounds"));
        return (None, None);
    }
    (low, high)
}

fn metric(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>, period: Option<&Period>) -> Measure {
    let target = reader.number_of(fields, "target", unit);
    let start = reader.number_of(fields, "start", unit);
    let checkpoints = checkpoints(reader, fields, unit, period);
    // A start that is written and cannot be read must not silently become 0.
    let start = start.or_else(|| fields.given("start").is_none_or(|node| node.is_null()).then(|| Amount::plain(0.0)));
    let (Some(start), Some(target)) = (start, target) else { return Measure::Unmeasured { start, target } };
    if start.value == target.value {
        let at = fields.get("target").map_or(fields.at, |node| node.at);
        let value = fields.get("target").and_then(Node::text).unwrap_or_default().to_owned();
        reader.find(Code::StartEqualsTarget, at, |it| it.text("value", value));
        return Measure::Unmeasured { start: Some(start), target: Some(target) };
    }
    Measure::Metric { start, target, checkpoints }
}

fn checkpoints(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>, period: Option<&Period>) -> Vec<Checkpoint> {
    let pairs = reader.map(fields, "checkpoints");
    let mut all = Vec::new();
    for (key, node) in reader.each_pair(pairs) {
        let Some(date) = reader.day_of_text(&key.text, key.at, "checkpoints") else { continue };
        if period.is_some_and(|period| !period.contains(date)) {
            reader.find(Code::BadDate, key.at, |it| it.says("bad-date.outside").text("value", key.text.as_ref()));
            continue;
        }
        if let Some(node) = node
            && let Some(value) = reader.number(node, "checkpoints", unit)
        {
            all.push(Checkpoint { date, value });
        }
    }
    all.sort_by_key(|it| it.date);
    all
}

fn milestones(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Measure {
    let mut all = Vec::new();
    let mut weights = Vec::new();
    let mut places = Vec::new();
    for node in reader.list(fields, "milestones") {
        let Some((milestone, percent)) = milestone(reader, node) else { continue };
        weights.push((percent, node.at));
        places.push(node.at);
        all.push(milestone);
    }
    reader.check_mixed_weights(&weights);
    unique_milestones(reader, &mut all, &places);
    if all.is_empty() {
        return Measure::Unmeasured { start: None, target: None };
    }
    Measure::Milestones(all)
}

fn milestone(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<(Milestone, bool)> {
    if let Some(title) = node.text().filter(|title| !title.trim().is_empty()) {
        let title = title.trim().to_owned();
        return Some((Milestone { id: Id::new(&title), title, due: None, done: None, weight: 1.0, at: spot(node.at) }, false));
    }
    let fields = reader.fields(node, &schema::MILESTONE)?;
    let Some((title, at)) = reader.text_at(&fields, "title") else {
        reader.missing(node.at, "title", "milestone");
        return None;
    };
    let id = reader.text_of(&fields, "id").unwrap_or_else(|| title.clone());
    let (weight, percent) = reader.weight(&fields);
    let due = reader.day_of(&fields, "due");
    let done: Option<Date> = reader.day_of(&fields, "done");
    Some((Milestone { id: Id::new(&id), title, due, done, weight, at }, percent))
}

/// Ids are unique within their parent: the second of two alike gets a number, and a finding.
fn unique_milestones(reader: &mut Reader<'_>, milestones: &mut [Milestone], places: &[At]) {
    for index in 1..milestones.len() {
        let taken = |id: &Id, upto: usize, all: &[Milestone]| all[..upto].iter().position(|it| it.id == *id);
        if let Some(first) = taken(&milestones[index].id, index, milestones) {
            let beside = reader.place(places[first]);
            let id = milestones[index].id.clone();
            reader.find(Code::DuplicateId, places[index], |it| {
                it.text("id", id.as_str()).text("line", places[first].line.to_string()).beside(beside)
            });
            milestones[index].id = Id::new(&format!("{id}-{}", index + 1));
        }
    }
}

/// A score or share: `70%` is 0.7.
pub(super) fn percent_of(amount: Amount) -> f64 {
    if amount.denomination == Denomination::Percent { amount.value / 100.0 } else { amount.value }
}
