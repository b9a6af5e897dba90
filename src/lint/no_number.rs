//! `no-number`: a key result that nothing can measure counts as no value.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::Measure,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for key_result in look.workspace.objectives.iter().flat_map(|objective| &objective.key_results) {
        if matches!(key_result.measure, Measure::Unmeasured { .. }) && !key_result.misread {
            findings
                .push(Finding::new(Code::NoNumber, Place::at(&key_result.source, key_result.title_at)).text("title", &key_result.title));
        }
    }
}
