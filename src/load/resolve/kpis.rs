//! KPIs: whose they are, which objectives they serve, and the values of their tables.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, Finding, Mention, Place, nearest},
    load::{
        fields::Reference,
        kpi::{RawAssigned, RawKpi, RawReading, RawWeight},
    },
    model::{Assigned, Date, Id, Kpi, KpiAt, Period, Targets},
    source::At,
};

use super::{Links, place};

/// Links one KPI. Its table's values are added by whoever has read the table.
pub(super) fn link(links: &Links, raw: RawKpi, findings: &mut Vec<Finding>) -> Kpi {
    let path = raw.source.path.clone();
    let own_weight = raw.own_weight();
    let RawKpi {
        id,
        id_at: _,
        title,
        title_at,
        department,
        folders,
        department_written,
        owner_written,
        owner,
        unit,
        better,
        every,
        targets,
        amber,
        aggregate,
        weight,
        group,
        scale,
        assigned,
        supports,
        supports_at,
        pay_linked,
        visibility,
        bounds,
        readings,
        misread,
        data: _,
        baseline,
        rebase,
        events,
        formula,
        measured_by,
        text,
        aliases,
        source,
    } = raw;
    let department = links.department_or_folder(&path, department.as_ref(), &folders, findings);
    let owner = links.person(&path, owner.as_ref(), findings);
    let mut assigned: Vec<Assigned> = assigned.into_iter().filter_map(|raw| assign(links, &path, raw, weight, findings)).collect();
    assigned.sort_by(|a, b| a.person.cmp(&b.person));
    let mut supported = Vec::new();
    for reference in &supports {
        if let Some(at) = links.objective(&path, &reference.text, reference.at, findings).filter(|at| !supported.contains(at)) {
            supported.push(at);
        }
    }
    for reading in whose(&assigned, &readings) {
        let finding = Finding::new(Code::WrongType, place(&path, reading.at)).says("wrong-type.whose");
        findings.push(whom(finding, &reading.period.to_string(), &assigned));
    }
    let mut known = Vec::with_capacity(readings.len());
    for reading in readings {
        let Some(reference) = &reading.person else {
            known.push(reading.into_model(None, &path));
            continue;
        };
        if let Some(person) = assignee(links, &path, reference, &assigned, findings) {
            known.push(reading.into_model(Some(person), &path));
        }
    }
    Kpi {
        department_is_lost: department_written && department.is_none(),
        owner_is_lost: owner_written && owner.is_none(),
        department,
        owner,
        id,
        title,
        title_at,
        unit,
        better,
        every,
        targets,
        amber,
        aggregate,
        weight: own_weight.value,
        weight_in_percent: own_weight.in_percent,
        group,
        scale,
        assigned,
        supports: supported,
        supports_at,
        pay_linked,
        visibility,
        bounds,
        readings: known,
        misread,
        baseline,
        rebase,
        events,
        formula,
        measured_by,
        text,
        aliases,
        source,
    }
}

fn assign(links: &Links, path: &Arc<str>, raw: RawAssigned, default: RawWeight, findings: &mut Vec<Finding>) -> Option<Assigned> {
    let person = links.person(path, Some(&raw.person), findings)?;
    let weight = raw.weight.unwrap_or(default);
    Some(Assigned { person, targets: raw.targets, weight: weight.value, weight_in_percent: weight.in_percent })
}

/// Values of a KPI that is shared out which say not whose they are: nobody would get a point for them. What lies before
/// the first share – a dated target, a value that names somebody – is the KPI's own past.
fn whose<'r>(assigned: &[Assigned], readings: &'r [RawReading]) -> impl Iterator<Item = &'r RawReading> {
    let named: Vec<&Period> = readings.iter().filter(|it| it.person.is_some()).map(|it| &it.period).collect();
    let since = shared_since(assigned, named.into_iter());
    let is_shared = !assigned.is_empty();
    readings
        .iter()
        .filter(move |it| is_shared && it.person.is_none() && it.value.is_some() && since.is_none_or(|first| it.period.last() >= first))
}

/// The first day of which somebody has a share, where that is said.
pub(super) fn shared_since<'p>(assigned: &'p [Assigned], named: impl Iterator<Item = &'p Period>) -> Option<Date> {
    assigned.iter().filter_map(|it| it.targets.first_dated()).chain(named).map(Period::first).min()
}

/// With an example that names those whom the KPI is assigned to.
pub(super) fn whom(finding: Finding, period: &str, assigned: &[Assigned]) -> Finding {
    let each: Vec<String> = assigned.iter().take(2).map(|it| format!("{}: …", it.person)).collect();
    finding.text("example", format!("{period}: {{{}}}", each.join(", ")))
}

/// Who a value is of: one of those whom the KPI is assigned to.
pub(super) fn assignee(
    links: &Links,
    path: &Arc<str>,
    reference: &Reference,
    assigned: &[Assigned],
    findings: &mut Vec<Finding>,
) -> Option<Id> {
    let person = links.person(path, Some(reference), findings)?;
    if assigned.iter().any(|it| it.person == person) {
        return Some(person);
    }
    if assigned.is_empty() {
        let finding = Finding::new(Code::UnknownReference, place(path, reference.at)).says("unknown-reference.not-assigned");
        findings.push(finding.text("value", &reference.text));
        return None;
    }
    let names: Vec<&str> = assigned.iter().map(|it| it.person.as_str()).collect();
    let near = nearest(person.as_str(), names.iter().copied());
    let finding = Finding::new(Code::UnknownReference, place(path, reference.at)).says("unknown-reference.assigned");
    let finding = finding.text("value", &reference.text).names("names", &names).perhaps(near);
    findings.push(finding.naming([Mention::Person]));
    None
}

/// From this weight on an author thinks in shares of a hundred, and not in times as much as the others.
const SHARE_OF_A_HUNDRED: f64 = 10.0;

/// Whose sheet a weight is read on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum OnSheet {
    Person(Id),
    Department(Id),
}

impl OnSheet {
    fn id(&self) -> &Id {
        match self {
            Self::Person(id) | Self::Department(id) => id,
        }
    }
}

/// Weights of one sheet that would be read wrong, whatever one does: percent beside plain ones, and 40 beside none.
pub(super) fn check_weights(links: &Links, raws: &[RawKpi], findings: &mut Vec<Finding>) {
    let mut sheets: BTreeMap<OnSheet, Vec<(RawWeight, Place)>> = BTreeMap::new();
    for raw in raws {
        let path = &raw.source.path;
        // What has no target stands on a sheet and does not count.
        let in_table = raw.data.as_ref().is_some_and(|it| it.target.is_some());
        let mut add = |of: OnSheet, targets: &Targets, weight: RawWeight| {
            if weight.value > 0.0 && (in_table || !targets.steps.is_empty()) {
                sheets.entry(of).or_default().push((weight, place(path, weight.at)));
            }
        };
        let person = |reference: &Reference| links.people.resolve(&reference.text).map(OnSheet::Person);
        match (&raw.assigned[..], &raw.owner) {
            ([], Some(owner)) => person(owner).into_iter().for_each(|of| add(of, &raw.targets, raw.weight)),
            ([], None) => {}
            (assigned, _) => assigned.iter().for_each(|it| {
                person(&it.person).into_iter().for_each(|of| add(of, &it.targets, it.weight.unwrap_or(raw.weight)));
            }),
        }
        // A name that leads nowhere is told where the KPI is linked.
        let department = links.department_or_folder(path, raw.department.as_ref(), &raw.folders, &mut Vec::new());
        department.into_iter().for_each(|id| add(OnSheet::Department(id), &raw.targets, raw.own_weight()));
    }
    let mut told: Vec<Place> = Vec::new();
    for (of, weights) in &sheets {
        let Some((message, (_, at), (_, other))) = odd_weight(of, weights) else { continue };
        // What is wrong on somebody's own sheet is wrong on their department's, too, and told once.
        if !told.contains(at) {
            let finding = Finding::new(Code::BadWeight, at.clone()).says(message).text("whose", of.id().as_str());
            let finding = finding.text("other", format!("{}:{}", other.file, other.line)).beside(other.clone());
            findings.push(match of {
                OnSheet::Person(_) => finding.naming([Mention::Person]),
                OnSheet::Department(_) => finding,
            });
        }
        told.push(at.clone());
    }
}

type Weighed = (RawWeight, Place);

/// The weight that is read wrong, and the one beside which it is.
fn odd_weight<'w>(of: &OnSheet, weights: &'w [Weighed]) -> Option<(&'static str, &'w Weighed, &'w Weighed)> {
    let find = |is: fn(&RawWeight) -> bool| weights.iter().find(|(weight, _)| is(weight));
    if let (Some(percent), Some(plain)) = (find(|it| it.in_percent), find(|it| !it.in_percent)) {
        let message = match of {
            OnSheet::Person(_) => "bad-weight.sheet",
            OnSheet::Department(_) => "bad-weight.department",
        };
        return Some((message, plain, percent));
    }
    let share = find(|it| it.is_written && it.value >= SHARE_OF_A_HUNDRED)?;
    let none = find(|it| !it.is_written)?;
    let message = match of {
        OnSheet::Person(_) => "bad-weight.left-out",
        OnSheet::Department(_) => "bad-weight.department-left-out",
    };
    Some((message, none, share))
}

impl Links {
    pub(super) fn kpi(&self, path: &Arc<str>, text: &str, at: At, findings: &mut Vec<Finding>) -> Option<KpiAt> {
        let id = Id::new(text);
        let found = self.kpis.get(&id).copied();
        if found.is_none() && !self.broken.contains(&id) {
            let finding = Finding::new(Code::UnknownReference, place(path, at)).says("unknown-reference.kpi").text("value", text);
            let near = nearest(id.as_str(), self.kpis.keys().map(Id::as_str));
            let named = near.as_ref().and_then(|name| self.kpis.get(&Id::new(name))).map(|at| Mention::Kpi(*at));
            findings.push(finding.perhaps(near).naming(named));
        }
        found
    }
}
