//! Check-ins: their values are read when one knows of which kind the key result is.

use std::sync::Arc;

use rayon::prelude::*;

use crate::{
    diagnostic::{Code, Finding, nearest},
    load::{
        check_in::{RawCheckIn, confidence, done_or_open},
        fields::Reader,
        key_result::percent_of,
        kpi::{RawReading, fits, named, period, values_of},
    },
    model::{
        CheckIn, Config, Date, Denomination, Entry, Help, Id, KeyResultAt, Kpi, KpiEntry, Measure, Milestone, Named, Objective,
        ObjectiveAt, Period, Promise, Reading, Report, Score,
    },
    source::{At, Key, Node, Value},
};

use super::{
    Links, in_order,
    kpis::{assignee, shared_since, whom},
};

pub(super) fn link(
    links: &Links,
    (objectives, kpis): (&[Objective], &[Kpi]),
    embedded: Vec<Vec<RawCheckIn<'_>>>,
    files: Vec<Box<RawCheckIn<'_>>>,
    config: &Config,
    findings: &mut Vec<Finding>,
) -> Vec<CheckIn> {
    let inside = embedded.into_iter().enumerate().flat_map(|(at, all)| all.into_iter().map(move |raw| (Some(ObjectiveAt(at)), raw)));
    let inside: Vec<(Option<ObjectiveAt>, RawCheckIn<'_>)> = inside.collect();
    // Straight into their places: gathered from each thread and moved together, so many would be as much work once more.
    let (mut check_ins, mut rest): (Vec<CheckIn>, Vec<(bool, Vec<Finding>)>) = Default::default();
    inside
        .into_par_iter()
        .chain(files.into_par_iter().map(|raw| (None, *raw)))
        .map(|(home, raw)| {
            let mut reader = Reader::new(raw.source.path.clone(), config);
            let check_in = Linker { links, objectives, kpis, reader: &mut reader, also: Named::default() }.check_in(home, raw);
            let (check_in, is_dated) = check_in;
            (check_in, (is_dated, reader.findings))
        })
        .unzip_into_vecs(&mut check_ins, &mut rest);
    // One without a day has had all its other mistakes reported, and goes. They are large, and seldom one goes.
    let mut dated = rest.iter().map(|(is_dated, _)| *is_dated);
    check_ins.retain(|_| dated.next().unwrap_or(true));
    findings.extend(rest.into_iter().flat_map(|(_, found)| found));
    in_order(check_ins)
}

struct Linker<'l, 'r, 'c> {
    links: &'l Links,
    objectives: &'l [Objective],
    kpis: &'l [Kpi],
    reader: &'r mut Reader<'c>,
    /// What is named and gets no value.
    also: Named,
}

type At2 = (ObjectiveAt, KeyResultAt);

impl Linker<'_, '_, '_> {
    fn check_in(&mut self, home: Option<ObjectiveAt>, raw: RawCheckIn<'_>) -> (CheckIn, bool) {
        let RawCheckIn {
            date,
            author,
            objective,
            values,
            confidence,
            status,
            kpis,
            finished,
            blocked,
            help,
            decision,
            next,
            score,
            outcome,
            learned,
            text,
            visibility,
            places,
            source,
        } = raw;
        let path = source.path.clone();
        let named = objective.as_ref().map(|it| self.links.objective(&path, &it.text, it.at, &mut self.reader.findings));
        // Values of an objective that nobody knows cannot be read; the name is reported once.
        let lost = matches!(named, Some(None));
        self.also.is_lost = lost;
        let objective = home.or(named.flatten());
        let entries = if lost { Vec::new() } else { self.entries(&path, objective, &values) };
        let mut spoken: Vec<ObjectiveAt> = objective.into_iter().collect();
        for entry in &entries {
            if !spoken.contains(&entry.objective) {
                spoken.push(entry.objective);
            }
        }
        let confidence = confidence.filter(|_| !lost).map_or(Vec::new(), |node| self.confidence(&path, objective, &spoken, &node));
        let scores = score.filter(|_| !lost).map_or(Vec::new(), |node| self.scores(&path, objective, &spoken, &node));
        let report = Report {
            finished,
            blocked,
            help: help.into_iter().map(|(what, from)| Help { what, from: self.person(&path, from.as_ref()) }).collect(),
            decision,
            next: next
                .into_iter()
                .map(|it| Promise { what: it.what, who: self.person(&path, it.who.as_ref()), by: it.by, done: it.done, at: it.at })
                .collect(),
        };
        let author = self.person(&path, author.as_ref());
        let kpis = self.kpi_entries(&path, date, author.as_ref(), &kpis);
        let check_in = CheckIn {
            date: date.unwrap_or_default(),
            author,
            objective,
            entries,
            confidence,
            status,
            kpis,
            report,
            scores,
            outcome,
            learned,
            text,
            visibility,
            places,
            also: std::mem::take(&mut self.also),
            embedded: home.is_some(),
            source,
        };
        (check_in, date.is_some())
    }

    fn person(&mut self, path: &Arc<str>, reference: Option<&crate::load::fields::Reference>) -> Option<Id> {
        self.links.person(path, reference, &mut self.reader.findings)
    }

    fn entries(&mut self, path: &Arc<str>, objective: Option<ObjectiveAt>, values: &[(Key<'_>, Node<'_>)]) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(values.len());
        for (key, node) in self.reader.each_pair(values) {
            let Some((objective, key_result)) = self.key(path, objective, &key.text, key.at) else { continue };
            let reading = node.and_then(|node| self.reading(objective, key_result, &key.text, node));
            let Some(reading) = reading else {
                self.also.key_results.push((objective, key_result));
                continue;
            };
            entries.push(Entry { objective, key_result, reading, line: key.at.line });
        }
        entries
    }

    /// `doanh-so`, or `tang-truong/doanh-so` for another objective or when the check-in names none.
    fn key(&mut self, path: &Arc<str>, objective: Option<ObjectiveAt>, text: &str, at: At) -> Option<At2> {
        let (objective, key_result) = match (text.split_once('/'), objective) {
            (Some((objective, key_result)), _) => match self.links.objective(path, objective, at, &mut self.reader.findings) {
                Some(objective) => (objective, key_result),
                None => {
                    self.also.is_lost = true;
                    return None;
                }
            },
            (None, Some(objective)) => (objective, text),
            (None, None) => {
                self.also.is_lost = true;
                self.reader.findings.push(
                    Finding::new(Code::UnknownReference, super::place(path, at))
                        .says("unknown-reference.without-objective")
                        .text("value", text),
                );
                return None;
            }
        };
        let key_result = self.links.key_result(objective, path, key_result, at, &mut self.reader.findings);
        if key_result.is_none() {
            self.also.objectives.push(objective);
            self.also.is_lost = true;
        }
        Some((objective, key_result?))
    }

    fn reading(&mut self, objective: ObjectiveAt, key_result: KeyResultAt, key: &str, node: &Node<'_>) -> Option<Reading> {
        let target = &self.objectives[objective.0].key_results[key_result.0];
        match &target.measure {
            Measure::Metric { .. } | Measure::Hold { .. } | Measure::Unmeasured { .. } => {
                self.plain_number(key, node, target.unit.as_ref())
            }
            Measure::Milestones(milestones) => match &node.value {
                Value::Map(pairs) => Some(Reading::Milestones(self.milestones(milestones, pairs))),
                Value::Plain(_) | Value::Quoted(_) | Value::List(_) => self.share(key, node),
            },
            Measure::Done { .. } => match done_or_open(node) {
                Some(done) => Some(Reading::Done(done)),
                None if self.is_gap(node) => Some(Reading::NoValue),
                None => {
                    let value = node.text().unwrap_or("[…]").to_owned();
                    self.reader.find(Code::WrongType, node.at, |it| {
                        it.says("wrong-type.choice").text("key", key).text("value", value).names("names", &["done", "open", "yes", "no"])
                    });
                    None
                }
            },
            Measure::Kpi { kpi, .. } => {
                let kpi = self.kpis[kpi.0].id.to_string();
                self.reader.find(Code::WrongType, node.at, |it| it.says("wrong-type.measured-by-kpi").text("key", key).text("kpi", kpi));
                None
            }
        }
    }

    /// `kpis: {ID: value}`, `{ID: {PERIOD: value}}`, for a KPI that is shared out `{ID: {PERSON: value}}`, too.
    fn kpi_entries(&mut self, path: &Arc<str>, date: Option<Date>, author: Option<&Id>, pairs: &[(Key<'_>, Node<'_>)]) -> Vec<KpiEntry> {
        let mut all = Vec::new();
        for (key, node) in self.reader.each_pair(pairs) {
            let Some(at) = self.links.kpi(path, &key.text, key.at, &mut self.reader.findings) else {
                self.also.is_lost = true;
                continue;
            };
            let Some(node) = node else {
                self.also.kpis.push(at);
                continue;
            };
            let before = all.len();
            let kpi = &self.kpis[at.0];
            let of_the_day = date.and_then(|day| kpi.every.around(day, self.reader.calendar()));
            let mut add = |linker: &mut Self, period: &Period, node: &Node<'_>, said_at: At| {
                let raws = values_of(linker.reader, period, node, &key.text, kpi.unit.as_ref());
                for raw in raws {
                    let person = match &raw.person {
                        Some(name) => match assignee(linker.links, path, name, &kpi.assigned, &mut linker.reader.findings) {
                            Some(person) => Some(person),
                            None => continue,
                        },
                        // Whoever has a share and gives one number, gives their own.
                        None => author.filter(|id| kpi.assigned.iter().any(|it| it.person == **id)).cloned(),
                    };
                    linker.whose(path, kpi, &raw, person.as_ref());
                    let At { line, column } = said_at;
                    all.push(KpiEntry { kpi: at, period: raw.period, person, value: raw.value, line, column });
                }
            };
            let calendar = self.reader.calendar();
            let by_period = node.pairs().filter(|pairs| pairs.iter().any(|(name, _)| named(name, calendar).is_some()));
            match (by_period, of_the_day) {
                (Some(pairs), _) => {
                    self.reader.check_twice(pairs);
                    for (name, node) in self.reader.each_pair(pairs) {
                        let Some(period) = period(self.reader, name) else { continue };
                        if let Some(node) = node.filter(|_| fits(self.reader, &period, kpi.every, name.at, &name.text)) {
                            add(self, &period, node, name.at);
                        }
                    }
                }
                (None, Some(period)) => add(self, &period, node, key.at),
                (None, None) => {}
            }
            if all.len() == before {
                self.also.kpis.push(at);
            }
        }
        all
    }

    /// A number of a KPI that is shared out, and nobody's: it gives nobody a point.
    fn whose(&mut self, path: &Arc<str>, kpi: &Kpi, raw: &RawReading, person: Option<&Id>) {
        if person.is_some() || kpi.assigned.is_empty() || raw.value.is_none() {
            return;
        }
        let named = kpi.readings.iter().filter(|it| it.person.is_some()).map(|it| &it.period);
        if shared_since(&kpi.assigned, named).is_none_or(|first| raw.period.last() >= first) {
            let finding = Finding::new(Code::WrongType, super::place(path, raw.at)).says("wrong-type.whose");
            self.reader.findings.push(whom(finding, kpi.id.as_str(), &kpi.assigned));
        }
    }

    fn plain_number(&mut self, key: &str, node: &Node<'_>, unit: Option<&crate::model::Unit>) -> Option<Reading> {
        let before = self.reader.findings.len();
        match self.reader.number(node, key, unit) {
            Some(amount) => Some(Reading::Number(amount)),
            None if self.reader.findings.len() == before => Some(Reading::NoValue),
            None => None,
        }
    }

    /// The share of the way that somebody estimates, 0–100.
    fn share(&mut self, key: &str, node: &Node<'_>) -> Option<Reading> {
        let reading = self.plain_number(key, node, None)?;
        match reading {
            Reading::Number(amount) if !(0.0..=100.0).contains(&amount.value) || matches!(amount.denomination, Denomination::Money(_)) => {
                let value = node.text().unwrap_or_default().to_owned();
                self.reader.find(Code::BadNumber, node.at, |it| it.says("bad-number.share").text("key", key).text("value", value));
                None
            }
            other => Some(other),
        }
    }

    fn is_gap(&mut self, node: &Node<'_>) -> bool {
        node.is_null() || node.text().is_some_and(|text| matches!(text.trim().to_lowercase().as_str(), "tbd" | "n/a" | "-" | "?" | ""))
    }

    fn milestones(&mut self, milestones: &[Milestone], pairs: &[(Key<'_>, Node<'_>)]) -> Vec<(usize, bool)> {
        let mut all = Vec::new();
        self.reader.check_twice(pairs);
        for (key, node) in pairs {
            let id = Id::new(&key.text);
            let Some(index) = milestones.iter().position(|it| it.id == id) else {
                let names: Vec<&str> = milestones.iter().map(|it| it.id.as_str()).collect();
                let near = nearest(id.as_str(), names.iter().copied());
                self.reader.find(Code::UnknownReference, key.at, |it| {
                    it.says("unknown-reference.milestone").text("value", key.text.as_ref()).names("names", &names).perhaps(near)
                });
                continue;
            };
            match done_or_open(node) {
                Some(done) => all.push((index, done)),
                None if self.is_gap(node) => {}
                None => {
                    let value = node.text().unwrap_or("[…]").to_owned();
                    self.reader.find(Code::WrongType, node.at, |it| {
                        it.says("wrong-type.choice").text("key", key.text.as_ref()).text("value", value).names("names", &["done", "open"])
                    });
                }
            }
        }
        all
    }

    fn confidence(
        &mut self,
        path: &Arc<str>,
        objective: Option<ObjectiveAt>,
        spoken: &[ObjectiveAt],
        node: &Node<'_>,
    ) -> Vec<(ObjectiveAt, KeyResultAt, f64)> {
        self.each(path, objective, spoken, node, "confidence", confidence)
            .into_iter()
            .map(|((objective, key_result), value, _)| (objective, key_result, value))
            .collect()
    }

    fn scores(&mut self, path: &Arc<str>, objective: Option<ObjectiveAt>, spoken: &[ObjectiveAt], node: &Node<'_>) -> Vec<Score> {
        self.each(path, objective, spoken, node, "score", score)
            .into_iter()
            .map(|((objective, key_result), value, line)| Score { objective, key_result, value, line })
            .collect()
    }

    /// One value for every key result spoken of, or a map by key result.
    fn each(
        &mut self,
        path: &Arc<str>,
        objective: Option<ObjectiveAt>,
        spoken: &[ObjectiveAt],
        node: &Node<'_>,
        field: &'static str,
        read: fn(&mut Reader<'_>, &Node<'_>) -> Option<f64>,
    ) -> Vec<(At2, f64, u32)> {
        let mut all = Vec::new();
        let Some(pairs) = node.pairs() else {
            if matches!(node.value, Value::List(_)) {
                self.reader.wrong_type(node.at, field, "a-number");
                return all;
            }
            let Some(value) = read(self.reader, node) else { return all };
            for at in spoken {
                let count = self.objectives[at.0].key_results.len();
                all.extend((0..count).map(|index| ((*at, KeyResultAt(index)), value, node.at.line)));
            }
            return all;
        };
        self.reader.check_twice(pairs);
        for (key, node) in self.reader.each_pair(pairs) {
            let Some(at) = self.key(path, objective, &key.text, key.at) else { continue };
            // A single value is everybody's; whoever writes a name speaks of it.
            self.also.key_results.push(at);
            if let Some(node) = node
                && let Some(value) = read(self.reader, node)
            {
                all.push((at, value, key.at.line));
            }
        }
        all
    }
}

/// The owner's own score: 0…1, `70%` is 0.7.
fn score(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<f64> {
    let amount = reader.number(node, "score", None)?;
    let value = percent_of(amount);
    if (0.0..=1.0).contains(&value) {
        return Some(value);
    }
    let value = node.text().unwrap_or_default().to_owned();
    reader.find(Code::BadNumber, node.at, |it| it.says("bad-number.score").text("value", value));
    None
}
