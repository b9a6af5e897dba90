//! `on-paper`: nobody has reported on a running objective for two cadences.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::days_between,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let as_of = look.scorecard.as_of;
    for (objective, score) in look.workspace.objectives.iter().zip(&look.scorecard.objectives).filter(|(_, score)| score.stale) {
        let since = score.last_check_in.unwrap_or(objective.period.first());
        let days = usize::try_from(days_between(since, as_of)).unwrap_or(0);
        let finding = Finding::new(Code::OnPaper, Place::at(&objective.source, objective.title_at)).text("title", &objective.title);
        findings.push(finding.with("n", crate::diagnostic::Argument::Count(days)).text("id", objective.id.as_str()));
    }
}
