//! A KPI's file.

use crate::{
    diagnostic::{Code, Mention},
    model::{
        Aggregate, Amount, Better, Calendar, Event, Every, Id, KpiReading, KpiTarget, Origin, Period, Source, Spot, Step, TargetStep,
        Targets, Text, Unit, Visibility, month_meant, parse_day,
    },
    source::{At, Key, Node, Value},
};

use super::{
    check_in::done_or_open,
    fields::{Fields, Reader, Reference, spot},
    key_result::percent_of,
    parts::Parts,
    schema,
};

#[derive(Debug)]
pub(super) struct RawKpi {
    pub(super) id: Id,
    pub(super) id_at: At,
    pub(super) title: String,
    pub(super) title_at: Spot,
    pub(super) department: Option<Reference>,
    /// Folders that may name the department, the deepest first.
    pub(super) folders: Vec<Id>,
    /// Also when they cannot be read.
    pub(super) department_written: bool,
    pub(super) owner_written: bool,
    pub(super) owner: Option<Reference>,
    pub(super) unit: Option<Unit>,
    pub(super) better: Better,
    pub(super) every: Every,
    pub(super) targets: Targets,
    pub(super) amber: f64,
    pub(super) aggregate: Aggregate,
    pub(super) weight: RawWeight,
    pub(super) group: Option<String>,
    pub(super) scale: Vec<Step>,
    pub(super) assigned: Vec<RawAssigned>,
    pub(super) supports: Vec<Reference>,
    pub(super) supports_at: Spot,
    pub(super) pay_linked: bool,
    pub(super) visibility: Visibility,
    pub(super) bounds: (Option<Amount>, Option<Amount>),
    pub(super) readings: Vec<RawReading>,
    /// Some of its values cannot be read; findings say why.
    pub(super) misread: bool,
    pub(super) data: Option<RawData>,
    pub(super) baseline: Option<Period>,
    pub(super) rebase: Vec<Period>,
    pub(super) events: Vec<Event>,
    pub(super) formula: Option<String>,
    pub(super) measured_by: Option<String>,
    pub(super) text: Text,
    pub(super) aliases: Vec<Id>,
    pub(super) source: Source,
}

/// A weight with its place: percent and plain weights on one sheet are a mistake.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawWeight {
    pub(super) value: f64,
    pub(super) in_percent: bool,
    /// Where nobody wrote one, it is 1.
    pub(super) is_written: bool,
    pub(super) at: At,
}

impl RawKpi {
    /// What it weighs where it stands as a whole, in its department's sheet. Where only its shares are weighed, all of
    /// them, it weighs what one of them weighs on average: 1 beside shares of 50 % would be nothing.
    pub(super) fn own_weight(&self) -> RawWeight {
        let shares: Option<Vec<RawWeight>> = self.assigned.iter().map(|it| it.weight).collect();
        match (self.weight.is_written, shares.as_deref()) {
            (false, Some(shares @ [first, ..])) if shares.iter().all(|it| it.in_percent == first.in_percent) => {
                let count = u32::try_from(shares.len()).unwrap_or(u32::MAX);
                RawWeight { value: shares.iter().map(|it| it.value).sum::<f64>() / f64::from(count), ..*first }
            }
            _ => self.weight,
        }
    }
}

#[derive(Debug)]
pub(super) struct RawAssigned {
    pub(super) person: Reference,
    pub(super) targets: Targets,
    /// Default: the KPI's.
    pub(super) weight: Option<RawWeight>,
}

/// A value whose person is still a name.
#[derive(Debug)]
pub(super) struct RawReading {
    pub(super) period: Period,
    pub(super) person: Option<Reference>,
    pub(super) value: Option<Amount>,
    /// Where its period stands, or its person.
    pub(super) key_at: At,
    /// Where it stands itself.
    pub(super) at: At,
}

impl RawReading {
    pub(super) fn into_model(self, person: Option<Id>, path: &std::sync::Arc<str>) -> KpiReading {
        let Self { period, person: _, value, key_at: At { line, column }, at: _ } = self;
        KpiReading { period, person, value, target: None, origin: Origin::File, source: Source { path: path.clone(), line }, column }
    }
}

/// Which columns of which table hold the values.
#[derive(Debug)]
pub(super) struct RawData {
    pub(super) file: Reference,
    pub(super) sheet: Option<Reference>,
    /// The column of periods, or of days.
    pub(super) period: Reference,
    pub(super) value: Reference,
    pub(super) target: Option<Reference>,
    pub(super) person: Option<Reference>,
    /// Column and what stands in it.
    pub(super) filters: Vec<(Reference, Reference)>,
}

pub(super) fn read(reader: &mut Reader<'_>, parts: &Parts<'_, '_>) -> Option<RawKpi> {
    let fields = reader.fields(parts.root, &schema::KPI)?;
    reader.allow(&fields);
    let id = reader.text_of(&fields, "id");
    let id = parts.id_text(id);
    let title = reader.text_at(&fields, "title");
    let (title, title_at, text) = parts.title(title, &id);
    let unit = reader.text_of(&fields, "unit").and_then(|text| Unit::new(&text));
    let better = reader.one_of(&fields, "better", Better::parse).unwrap_or_default();
    let every = reader.one_of(&fields, "every", Every::parse).unwrap_or_default();
    let said = fields.get("pay_linked").is_some_and(|node| flag(reader, node, "pay_linked"));
    let pay_linked = said || reader.is_nearly_set(&fields, "pay_linked");
    let defaults = reader.config.visibility_defaults;
    let targets = targets(reader, &fields, "target", unit.as_ref(), better);
    let sound = reader.findings.len();
    let readings = readings(reader, &fields, unit.as_ref(), every);
    let misread = reader.findings.len() > sound;
    Some(RawKpi {
        id_at: fields.get("id").map_or(At { line: 1, column: 1 }, |node| node.at),
        id: Id::new(&id),
        title,
        title_at,
        department_written: fields.get("department").is_some(),
        department: reader.reference(&fields, "department"),
        folders: parts.folders.names(&parts.file.path),
        owner_written: fields.get("owner").is_some(),
        owner: reader.reference(&fields, "owner"),
        better,
        every,
        amber: amber(reader, &fields),
        aggregate: reader.one_of(&fields, "aggregate", Aggregate::parse).unwrap_or_default(),
        weight: weight(reader, &fields, title_at),
        group: reader.text_of(&fields, "group"),
        scale: scale(reader, &fields),
        assigned: assigned(reader, &fields, unit.as_ref(), better),
        supports: supports(reader, &fields),
        supports_at: fields.get("supports").map_or(title_at, |node| spot(node.at)),
        pay_linked,
        visibility: reader.visibility(&fields, if pay_linked { defaults.pay_linked } else { defaults.kpi }),
        bounds: bounds(reader, &fields, unit.as_ref()),
        readings,
        misread,
        data: data(reader, &fields, better),
        baseline: reader.period_of(&fields, "baseline"),
        rebase: rebase(reader, &fields),
        events: events(reader, &fields),
        formula: reader.text_of(&fields, "formula"),
        measured_by: reader.text_of(&fields, "source"),
        aliases: reader.texts(&fields, "aliases").iter().map(|text| Id::new(text)).collect(),
        targets,
        unit,
        text,
        source: Source { path: parts.file.path.clone(), line: 1 },
    })
}

fn flag(reader: &mut Reader<'_>, node: &Node<'_>, key: &'static str) -> bool {
    done_or_open(node).unwrap_or_else(|| {
        let value = node.text().unwrap_or("[…]").to_owned();
        reader.find(Code::WrongType, node.at, |it| {
            it.says("wrong-type.choice").text("key", key).text("value", value).names("names", &["true", "false"])
        });
        // What was meant to be kept from others must not be published by a slip of the pen.
        true
    })
}

/// One that is not written is told at `default`.
fn weight(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, default: Spot) -> RawWeight {
    let (value, in_percent) = reader.weight(fields);
    let default = At { line: default.line, column: default.column };
    let node = fields.get("weight");
    RawWeight { value, in_percent, is_written: node.is_some(), at: node.map_or(default, |node| node.at) }
}

/// 10% and 10 are one.
fn amber(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> f64 {
    let Some(amount) = reader.number_of(fields, "amber", None) else { return 0.1 };
    if amount.value < 0.0 {
        let at = fields.get("amber").map_or(fields.at, |node| node.at);
        reader.find(Code::BadNumber, at, |it| it.says("bad-number.negative").text("key", "amber"));
        return 0.1;
    }
    amount.value / 100.0
}

/// A target, or targets by the period from which on they hold.
fn targets(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, key: &'static str, unit: Option<&Unit>, better: Better) -> Targets {
    let Some(node) = fields.get(key) else { return Targets::default() };
    let Some(pairs) = node.pairs() else {
        let target = target(reader, node, key, unit, better);
        let always = TargetStep { from: None, target, source: reader.source(fields.key_at(key).unwrap_or(node.at)) };
        return Targets { steps: target.is_some().then_some(always).into_iter().collect(), ..Targets::default() };
    };
    reader.check_twice(pairs);
    let mut steps: Vec<TargetStep> = Vec::new();
    for (name, node) in reader.each_pair(pairs) {
        let Some(period) = period(reader, name) else { continue };
        if let Some(node) = node {
            let target = target(reader, node, key, unit, better);
            steps.push(TargetStep { from: Some(period), target, source: reader.source(name.at) });
        }
    }
    steps.sort_by(|a, b| a.from.cmp(&b.from));
    Targets { steps, ..Targets::default() }
}

fn target(reader: &mut Reader<'_>, node: &Node<'_>, key: &str, unit: Option<&Unit>, better: Better) -> Option<KpiTarget> {
    match (&node.value, better) {
        (Value::List(items), Better::Within) if items.len() == 2 => {
            let (low, high) = (reader.number(&items[0], key, unit)?, reader.number(&items[1], key, unit)?);
            if low.value > high.value {
                reader.find(Code::BadNumber, node.at, |it| it.says("bad-number.bounds"));
                return None;
            }
            Some(KpiTarget::Range(low, high))
        }
        (_, Better::Within) => {
            if !node.is_null() {
                let example = match node.text() {
                    Some(high) => format!("{key}: [0, {}]", high.trim()),
                    None => format!("{key}: [25, 35]"),
                };
                reader.wrong_type_like(node.at, key, "two-numbers", example);
            }
            None
        }
        (Value::List(_), Better::Higher | Better::Lower) => {
            reader.find(Code::WrongType, node.at, |it| it.says("wrong-type.target-range").text("key", key).text("better", better.name()));
            None
        }
        (Value::Plain(_) | Value::Quoted(_) | Value::Map(_), Better::Higher | Better::Lower) => {
            reader.number(node, key, unit).map(KpiTarget::One)
        }
    }
}

/// A key that is a period; none is `bad-period`.
pub(super) fn period(reader: &mut Reader<'_>, key: &Key<'_>) -> Option<Period> {
    let period = named(key, reader.calendar());
    if period.is_none() {
        let meant = month_meant(&key.text);
        reader.find(Code::BadPeriod, key.at, |it| it.says("bad-period.kpi").text("value", key.text.as_ref()).perhaps(meant));
    }
    period
}

/// The day or period that a key names.
pub(super) fn named(key: &Key<'_>, calendar: Calendar) -> Option<Period> {
    parse_day(&key.text).map(Period::day).or_else(|| Period::parse(&key.text, calendar))
}

fn scale(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for node in reader.list(fields, "scale") {
        let Some(own) = reader.fields(node, &schema::STEP) else { continue };
        let from = required_share(reader, &own, "from", "scale");
        let points = required_share(reader, &own, "points", "scale");
        if let (Some(from), Some(points)) = (from, points) {
            steps.push(Step { from, points });
        }
    }
    steps.sort_by(|a, b| b.from.total_cmp(&a.from));
    steps
}

/// A share that must be there: `95%`, or 0.95. A plain number above 10 was meant as a percentage.
pub(super) fn required_share(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, key: &'static str, kind: &'static str) -> Option<f64> {
    if fields.get(key).is_none() {
        reader.missing(fields.at, key, kind);
        return None;
    }
    share(reader, fields, key)
}

/// A share, 0 or more: `95%`, or 0.95. A plain number above 10 was meant as a percentage, and 10 is not.
pub(super) fn share(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, key: &'static str) -> Option<f64> {
    let amount = reader.number_of(fields, key, None)?;
    let share = percent_of(amount);
    if (0.0..=10.0).contains(&share) {
        return Some(share);
    }
    let node = fields.get(key)?;
    let value = node.text().unwrap_or_default().trim().to_owned();
    reader.find(Code::BadNumber, node.at, |it| {
        let it = it.says("bad-number.percent").text("key", key).text("value", value.as_str());
        if share > 10.0 { it.mended_by(value.as_str(), format!("{value}%")) } else { it }
    });
    None
}

fn assigned(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>, better: Better) -> Vec<RawAssigned> {
    if let Some(node) = fields.get("assigned").filter(|node| node.pairs().is_none()) {
        let people: Vec<&str> = match &node.value {
            Value::List(items) => items.iter().filter_map(Node::text).collect(),
            Value::Plain(name) | Value::Quoted(name) => vec![name.as_ref()],
            Value::Map(_) => Vec::new(),
        };
        let each: Vec<String> = people.iter().take(3).map(|name| format!("{name}: {{target: …}}")).collect();
        reader.wrong_type_like(node.at, "assigned", "a-map", format!("assigned: {{{}}}", each.join(", ")));
        return Vec::new();
    }
    let mut all = Vec::new();
    let before = reader.findings.len();
    let pairs = reader.map(fields, "assigned");
    reader.findings[before..].iter_mut().for_each(|it| it.mentions.push(Mention::Person));
    for (key, node) in pairs {
        let person = Reference { text: key.text.to_string(), at: key.at };
        if node.is_null() {
            all.push(RawAssigned { person, targets: Targets::default(), weight: None });
            continue;
        }
        let Some(own) = reader.fields(node, &schema::ASSIGNED) else { continue };
        let targets = targets(reader, &own, "target", unit, better);
        let weight = own.get("weight").is_some().then(|| weight(reader, &own, spot(key.at)));
        all.push(RawAssigned { person, targets, weight });
    }
    all
}

fn supports(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<Reference> {
    let items = reader.items(fields, "supports");
    items.iter().filter_map(|node| reader.text(node, "supports").map(|text| Reference { text, at: node.at })).collect()
}

fn bounds(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>) -> (Option<Amount>, Option<Amount>) {
    let Some(node) = fields.get("bounds") else { return (None, None) };
    let Value::List(items) = &node.value else {
        reader.wrong_type(node.at, "bounds", "two-numbers");
        return (None, None);
    };
    let [low, high] = items.as_slice() else {
        reader.wrong_type(node.at, "bounds", "two-numbers");
        return (None, None);
    };
    let (low, high) = (reader.number(low, "bounds", unit), reader.number(high, "bounds", unit));
    if let (Some(least), Some(most)) = (low, high)
        && least.value >= most.value
    {
        reader.find(Code::BadNumber, node.at, |it| it.says("bad-number.bounds"));
        return (None, None);
    }
    (low, high)
}

fn readings(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, unit: Option<&Unit>, every: Every) -> Vec<RawReading> {
    if let Some(node) = fields.get("values").filter(|node| node.pairs().is_none()) {
        reader.wrong_type_like(node.at, "values", "a-map", "values: {2026-08: 9, 2026-09: 10}");
        return Vec::new();
    }
    let pairs = reader.map(fields, "values");
    let mut all = Vec::with_capacity(pairs.len());
    let mut seen: std::collections::BTreeMap<Period, At> = std::collections::BTreeMap::new();
    for (key, node) in reader.each_pair(pairs) {
        let Some(period) = period(reader, key) else { continue };
        if !fits(reader, &period, every, key.at, &key.text) {
            continue;
        }
        if let Some(first) = seen.insert(period.clone(), key.at)
            && pairs.iter().all(|(other, _)| other.at == key.at || other.text != key.text)
        {
            // The same key twice has been told; the same period in two spellings has not.
            let beside = reader.place(first);
            reader.find(Code::DuplicateKey, key.at, |it| {
                it.text("key", period.to_string()).text("line", first.line.to_string()).beside(beside)
            });
        }
        if let Some(node) = node {
            all.extend(values_of(reader, &period, node, "values", unit).into_iter().map(|it| RawReading { key_at: key.at, ..it }));
        }
    }
    all
}

/// Whether a value of this period can be one of the KPI's; a coarser one is `bad-period`.
pub(super) fn fits(reader: &mut Reader<'_>, period: &Period, every: Every, at: At, written: &str) -> bool {
    let fits = every.is(period) || every.is_coarser_than(period);
    if !fits {
        reader.find(Code::BadPeriod, at, |it| it.says("bad-period.coarser").text("value", written).text("every", every.name()));
    }
    fits
}

/// One value, or one for each person.
pub(super) fn values_of(reader: &mut Reader<'_>, period: &Period, node: &Node<'_>, field: &str, unit: Option<&Unit>) -> Vec<RawReading> {
    let Some(pairs) = node.pairs() else {
        let before = reader.findings.len();
        let value = reader.number(node, field, unit);
        // What cannot be read is no gap: it is left out, and the finding says why.
        let sound = value.is_some() || reader.findings.len() == before;
        return sound
            .then(|| RawReading { period: period.clone(), person: None, value, key_at: node.at, at: node.at })
            .into_iter()
            .collect();
    };
    let before = reader.findings.len();
    reader.check_twice(pairs);
    let mut all = Vec::with_capacity(pairs.len());
    let pairs = reader.each_pair(pairs);
    for (key, node) in pairs {
        let Some(node) = node else { continue };
        let own = reader.findings.len();
        let value = reader.number(node, &key.text, unit);
        if value.is_some() || reader.findings.len() == own {
            let person = Some(Reference { text: key.text.to_string(), at: key.at });
            all.push(RawReading { period: period.clone(), person, value, key_at: key.at, at: node.at });
        }
    }
    // The keys are people's names.
    reader.findings[before..].iter_mut().for_each(|it| it.mentions.push(Mention::Person));
    all
}

fn data(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, better: Better) -> Option<RawData> {
    let node = fields.get("data")?;
    if node.pairs().is_none() {
        let file = node.text().unwrap_or("data/….csv").trim().to_owned();
        reader.wrong_type_like(node.at, "data", "a-map", format!("data: {{file: {file}, period: …, value: …}}"));
        return None;
    }
    let own = reader.fields(node, &schema::DATA)?;
    let file = reader.reference(&own, "file");
    let period = reader.reference(&own, "period").or_else(|| reader.reference(&own, "date"));
    let value = reader.reference(&own, "value");
    for (key, found) in [("file", &file), ("period", &period), ("value", &value)] {
        if found.is_none() && key == "period" {
            reader.find(Code::MissingKey, node.at, |it| it.says("missing-key.when").text("key", key));
        } else if found.is_none() {
            reader.missing(node.at, key, "data");
        }
    }
    let mut filters = Vec::new();
    for (key, node) in reader.map(&own, "where") {
        if let Some(text) = reader.text(node, "where") {
            filters.push((Reference { text: key.text.to_string(), at: key.at }, Reference { text, at: node.at }));
        }
    }
    let mut target = reader.reference(&own, "target");
    if let Some(column) = target.take_if(|_| better == Better::Within) {
        reader.find(Code::WrongType, column.at, |it| it.says("wrong-type.target-column").text("value", column.text));
    }
    Some(RawData {
        sheet: reader.reference(&own, "sheet"),
        target,
        person: reader.reference(&own, "person"),
        file: file?,
        period: period?,
        value: value?,
        filters,
    })
}

fn rebase(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<Period> {
    let items = reader.items(fields, "rebase");
    let mut all: Vec<Period> = Vec::new();
    for node in items {
        let Some(text) = reader.text(node, "rebase") else { continue };
        match Period::parse(&text, reader.calendar()) {
            Some(period) => all.push(period),
            None => {
                let meant = month_meant(&text);
                reader.find(Code::BadPeriod, node.at, |it| it.says("bad-period.kpi").text("value", text).perhaps(meant));
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

fn events(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<Event> {
    let mut all = Vec::new();
    for (key, node) in reader.map(fields, "events") {
        if let (Some(period), Some(text)) = (period(reader, key), reader.text(node, "events")) {
            all.push(Event { period, text });
        }
    }
    all.sort_by(|a, b| a.period.cmp(&b.period));
    all
}
