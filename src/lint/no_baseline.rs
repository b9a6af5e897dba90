//! `no-baseline`: a metric whose start nobody wrote is taken to begin at 0.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::Measure,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let key_results = look.workspace.objectives.iter().flat_map(|objective| &objective.key_results);
    for key_result in key_results.filter(|it| it.start_is_default && matches!(it.measure, Measure::Metric { .. } | Measure::Kpi { .. })) {
        findings.push(Finding::new(Code::NoBaseline, Place::at(&key_result.source, key_result.title_at)).text("title", &key_result.title));
    }
}
