//! KPIs: whose they are, which objectives they serve, and the values of their tables.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, Finding, Mention, Place, nearest},
    load::{
        fields::Reference,
        kpi::{RawAssigned, RawKpi, RawWeight},
    },
    model::{Assigned, Id, Kpi, KpiAt},
    source::At,
};

use super::{Links, place};

/// Links one KPI. Its table's values are added by whoever has read the table.
pub(super) fn link(links: &Links, raw: RawKpi, findings: &mut Vec<Finding>) -> Kpi {
    let path = raw.source.path.clone();
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
    let department = match department {
        Some(reference) => links.department(&path, Some(&reference), findings),
        None => folders.into_iter().find(|folder| links.departments.is_declared(folder)),
    };
    let owner = links.person(&path, owner.as_ref(), findings);
    let mut assigned: Vec<Assigned> = assigned.into_iter().filter_map(|raw| assign(links, &path, raw, weight, findings)).collect();
    assigned.sort_by(|a, b| a.person.cmp(&b.person));
    let mut supported = Vec::new();
    for reference in &supports {
        if let Some(at) = links.objective(&path, &reference.text, reference.at, findings).filter(|at| !supported.contains(at)) {
            supported.push(at);
        }
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
        weight: weight.value,
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
    Some(Assigned { person, targets: raw.targets, weight: raw.weight.unwrap_or(default).value })
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
    let names: Vec<&str> = assigned.iter().map(|it| it.person.as_str()).collect();
    let near = nearest(person.as_str(), names.iter().copied());
    let finding = Finding::new(Code::UnknownReference, place(path, reference.at)).says("unknown-reference.assigned");
    let finding = finding.text("value", &reference.text).names("names", &names).perhaps(near);
    findings.push(finding.naming([Mention::Person]));
    None
}

/// Percent beside plain weights in one person's sheet would be read wrong, whatever one does.
pub(super) fn check_weights(links: &Links, raws: &[RawKpi], findings: &mut Vec<Finding>) {
    let mut sheets: BTreeMap<Id, Vec<(RawWeight, Place)>> = BTreeMap::new();
    for raw in raws {
        let path = &raw.source.path;
        let mut add = |reference: &Reference, weight: RawWeight| {
            if let Some(person) = links.people.resolve(&reference.text).filter(|_| weight.value > 0.0) {
                sheets.entry(person).or_default().push((weight, place(path, weight.at)));
            }
        };
        match (&raw.assigned[..], &raw.owner) {
            ([], Some(owner)) => add(owner, raw.weight),
            ([], None) => {}
            (assigned, _) => assigned.iter().for_each(|it| add(&it.person, it.weight.unwrap_or(raw.weight))),
        }
    }
    for (person, weights) in sheets {
        let percent = weights.iter().find(|(weight, _)| weight.in_percent);
        let plain = weights.iter().find(|(weight, _)| !weight.in_percent);
        if let (Some((_, at)), Some((_, other))) = (percent, plain) {
            let finding = Finding::new(Code::BadWeight, other.clone()).says("bad-weight.sheet").text("person", person.as_str());
            let finding = finding.text("other", format!("{}:{}", at.file, at.line)).beside(at.clone());
            findings.push(finding.naming([Mention::Person]));
        }
    }
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
