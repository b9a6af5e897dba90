//! `no-owner`: nobody answers for an objective or a KPI.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::State,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for objective in look.workspace.objectives.iter().filter(|it| it.owner.is_none() && !matches!(it.state, State::Cancelled { .. })) {
        // A name that could not be resolved is an error of its own.
        if !objective.owner_is_lost {
            findings.push(Finding::new(Code::NoOwner, Place::at(&objective.source, objective.title_at)).text("title", &objective.title));
        }
    }
    // A KPI that is shared out has an owner in each sheet.
    for kpi in look.workspace.kpis.iter().filter(|it| it.owner.is_none() && it.assigned.is_empty() && !it.owner_is_lost) {
        findings.push(Finding::new(Code::NoOwner, Place::at(&kpi.source, kpi.title_at)).text("title", &kpi.title));
    }
}
