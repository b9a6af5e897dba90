//! `unused-kpi`: no objective names a KPI and it supports none. Either it guards something, or nobody needs it.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::Measure,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let workspace = look.workspace;
    let mut named = vec![false; workspace.kpis.len()];
    for key_result in workspace.objectives.iter().flat_map(|it| &it.key_results) {
        if let Measure::Kpi { kpi, .. } = key_result.measure {
            named[kpi.0] = true;
        }
    }
    let unused = workspace.kpis.iter().zip(named).filter(|(kpi, named)| !named && kpi.supports.is_empty());
    // What it serves may be hidden.
    for (kpi, _) in unused.filter(|(kpi, _)| !workspace.withheld.serving.contains(&kpi.id)) {
        findings.push(Finding::new(Code::UnusedKpi, Place::at(&kpi.source, kpi.title_at)).text("title", &kpi.title));
    }
}
