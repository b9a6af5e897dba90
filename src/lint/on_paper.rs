//! `on-paper`: nobody has reported on a running objective for two cadences, or given a KPI a value for two periods.

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
    for (kpi, score) in look.workspace.kpis.iter().zip(&look.scorecard.kpis).filter(|(kpi, score)| score.stale && !kpi.misread) {
        let finding = Finding::new(Code::OnPaper, Place::at(&kpi.source, kpi.title_at)).text("title", &kpi.title);
        findings.push(match score.newest() {
            Some(point) => finding.says("on-paper.kpi").text("period", point.period.to_string()),
            None => finding.says("on-paper.kpi-never"),
        });
    }
}
