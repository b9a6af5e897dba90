//! `kpi-as-okr`: every key result only keeps a level. That is what a KPI is for; an objective moves something.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{KeyResult, Measure, State},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for objective in look.workspace.objectives.iter().filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let counted: Vec<&KeyResult> = objective.key_results.iter().filter(|it| !it.cancelled).collect();
        let Some(first) = counted.first() else { continue };
        if counted.iter().all(|it| matches!(it.measure, Measure::Hold { .. })) {
            let finding = Finding::new(Code::KpiAsOkr, Place::at(&objective.source, objective.title_at)).text("title", &objective.title);
            findings.push(finding.text("key_result", &first.title).beside(Place::at(&first.source, first.title_at)));
        }
    }
}
