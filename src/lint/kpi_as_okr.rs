//! `kpi-as-okr`: every key result only keeps a level, or repeats what a KPI asks for anyway. That is what a KPI is
//! for; an objective moves something.

use std::collections::BTreeMap;

use crate::{
    compute::{TargetOver, at_least, at_most, longer},
    diagnostic::{Code, Finding, Place},
    model::{Amount, Better, Id, KeyResult, Kpi, KpiAt, KpiTarget, Measure, Objective, State, Workspace},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let titles = titles(look.workspace);
    // Of one whose other key results are hidden nothing can be said.
    let whole = look.workspace.objectives.iter().filter(|it| !look.workspace.withheld.partly.contains(&it.id));
    for objective in whole.filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let counted: Vec<&KeyResult> = objective.key_results.iter().filter(|it| !it.cancelled).collect();
        let Some(first) = counted.first() else { continue };
        let copies: Vec<Option<KpiAt>> = counted.iter().map(|it| copy_of(look, &titles, objective, it)).collect();
        if counted.iter().zip(&copies).all(|(it, copy)| copy.is_some() || it.measure.bounds().is_some()) {
            let finding = Finding::new(Code::KpiAsOkr, Place::at(&objective.source, objective.title_at)).text("title", &objective.title);
            let finding = match copies.iter().position(Option::is_some) {
                Some(at) => {
                    let kpi = look.workspace.kpi(copies[at].expect("it was found"));
                    let finding = finding.says("kpi-as-okr.copy").text("key_result", &counted[at].title).text("kpi", &kpi.title);
                    finding.beside(Place::at(&kpi.source, kpi.title_at))
                }
                None => finding.text("key_result", &first.title).beside(Place::at(&first.source, first.title_at)),
            };
            findings.push(finding);
        }
    }
}

/// The KPI whose own target a key result repeats, or stays below: reaching it needs nothing new.
fn copy_of(look: Look<'_>, titles: &BTreeMap<String, usize>, objective: &Objective, key_result: &KeyResult) -> Option<KpiAt> {
    match key_result.measure {
        Measure::Kpi { kpi, target: Some(target), low: None, high: None, .. } => {
            let whole = longer(
                look.workspace.kpi(kpi),
                &look.scorecard.kpis[kpi.0].series,
                &look.workspace.kpi(kpi).targets,
                &objective.period,
                TargetOver::All,
                look.workspace.config.calendar,
            );
            let Some(KpiTarget::One(own)) = whole.target else { return None };
            asks_no_more(look.workspace.kpi(kpi), target, own).then_some(kpi)
        }
        Measure::Metric { target, .. } => {
            let at = named(titles, &Id::new(&key_result.title))?;
            let kpi = &look.workspace.kpis[at];
            let step = kpi.every.around(objective.period.last(), look.workspace.config.calendar);
            let own = step.and_then(|period| kpi.targets.for_period(&period)).and_then(|it| it.target);
            matches!(own, Some(KpiTarget::One(own)) if own.value == target.value).then_some(KpiAt(at))
        }
        Measure::Hold { .. } | Measure::Milestones(_) | Measure::Done { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => None,
    }
}

fn asks_no_more(kpi: &Kpi, asked: Amount, own: Amount) -> bool {
    match kpi.better {
        Better::Higher => at_most(asked.value, own.value),
        Better::Lower => at_least(asked.value, own.value),
        Better::Within => false,
    }
}

/// KPIs by their title made safe.
pub(super) fn titles(workspace: &Workspace) -> BTreeMap<String, usize> {
    workspace.kpis.iter().enumerate().map(|(at, kpi)| (Id::new(&kpi.title).to_string(), at)).collect()
}

/// The KPI whose title a key result's is, or begins with: "Đơn giao đúng hẹn đạt 95%".
fn named(titles: &BTreeMap<String, usize>, title: &Id) -> Option<usize> {
    if titles.is_empty() {
        return None;
    }
    let mut rest = title.as_str();
    loop {
        if let Some(at) = titles.get(rest) {
            return Some(*at);
        }
        rest = &rest[..rest.rfind('-')?];
    }
}
