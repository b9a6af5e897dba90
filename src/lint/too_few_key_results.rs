//! `too-few-key-results`: one key result, or none.

use crate::{
    diagnostic::{Argument, Code, Finding, Place},
    model::State,
};

use super::Look;

const LEAST: usize = 2;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    // Of one whose other key results are hidden nothing can be said.
    let whole = look.workspace.objectives.iter().filter(|it| !look.workspace.withheld.partly.contains(&it.id));
    for objective in whole.filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let count = objective.key_results.len();
        if count < LEAST {
            let finding = Finding::new(Code::TooFewKeyResults, Place::at(&objective.source, objective.title_at));
            let finding = finding.text("title", &objective.title).with("n", Argument::Count(count));
            findings.push(if count == 0 { finding.says("too-few-key-results.none") } else { finding });
        }
    }
}
