//! `too-many-key-results`: more than five in one objective.

use crate::{
    diagnostic::{Argument, Code, Finding, Place},
    model::{KeyResult, State},
};

use super::Look;

const MOST: usize = 5;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for objective in look.workspace.objectives.iter().filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let counted: Vec<&KeyResult> = objective.key_results.iter().filter(|it| !it.cancelled).collect();
        if let Some(first_too_many) = counted.get(MOST) {
            let finding = Finding::new(Code::TooManyKeyResults, Place::at(&first_too_many.source, first_too_many.title_at));
            findings.push(finding.text("title", &objective.title).with("n", Argument::Count(counted.len())));
        }
    }
}
