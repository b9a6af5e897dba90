//! `okr-tied-to-pay`: a key result is measured by a KPI on which pay hangs. Nobody aims high with their own wages.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{Measure, State},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let workspace = look.workspace;
    for objective in workspace.objectives.iter().filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        for key_result in objective.key_results.iter().filter(|it| !it.cancelled) {
            let Measure::Kpi { kpi, .. } = key_result.measure else { continue };
            let kpi = workspace.kpi(kpi);
            if kpi.pay_linked {
                let finding = Finding::new(Code::OkrTiedToPay, Place::at(&key_result.source, key_result.title_at));
                let finding = finding.text("title", &key_result.title).text("kpi", &kpi.title).text("id", kpi.id.as_str());
                findings.push(finding.beside(Place::at(&kpi.source, kpi.title_at)));
            }
        }
    }
}
