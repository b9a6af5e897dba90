//! `moved-target`: an objective is carried on, and what it had to reach is nearer now. Within a period the same is
//! seen by comparing two revisions.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{KeyResult, Measure},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for objective in &look.workspace.objectives {
        let Some(earlier) = objective.continues.map(|at| look.workspace.objective(at)) else { continue };
        for key_result in &objective.key_results {
            let same = earlier.key_results.iter().find(|it| it.title == key_result.title && it.unit == key_result.unit);
            if let Some(before) = same
                && let Some((was, is)) = easier(before, key_result)
            {
                let finding = Finding::new(Code::MovedTarget, Place::at(&key_result.source, key_result.title_at));
                let finding = finding.text("title", &key_result.title).text("was", was).text("now", is);
                findings.push(finding.text("earlier", earlier.id.as_str()).beside(Place::at(&before.source, before.title_at)));
            }
        }
    }
}

/// The two targets, when the later one is nearer to where it began.
fn easier(before: &KeyResult, now: &KeyResult) -> Option<(String, String)> {
    let (Measure::Metric { start, target: was, .. }, Measure::Metric { target: is, .. }) = (&before.measure, &now.measure) else {
        return None;
    };
    let nearer = if was.value > start.value { is.value < was.value } else { is.value > was.value };
    let shown = |amount: &crate::model::Amount| (amount.value / amount.scale.factor()).to_string();
    (nearer && was.scale == is.scale).then(|| (shown(was), shown(is)))
}
