//! `no-owner`: nobody answers for an objective.

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
}
