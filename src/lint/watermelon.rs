//! `watermelon`: the newest check-in says on track, and the numbers say off track. Green outside, red inside.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::Status,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for (objective, score) in look.workspace.objectives.iter().zip(&look.scorecard.objectives) {
        let said = score.check_ins.iter().rev().map(|at| &look.workspace.check_ins[*at]).find(|it| it.status.is_some());
        let Some(said) = said.filter(|it| it.status == Some(Status::OnTrack) && objective.period.contains(it.date)) else { continue };
        let worst = objective.key_results.iter().zip(&score.key_results).filter(|(_, score)| score.status == Status::OffTrack);
        let worst = worst.max_by(|a, b| (a.1.expected - a.1.progress).total_cmp(&(b.1.expected - b.1.progress)));
        if let (Status::OffTrack, Some((key_result, figures))) = (score.status, worst) {
            let finding = Finding::new(Code::Watermelon, Place::at(&said.source, said.places.status)).text("title", &objective.title);
            let points = |share: f64| format!("{}%", (share * 100.0).round());
            let finding = finding.text("key_result", &key_result.title).text("progress", points(figures.progress));
            findings.push(finding.text("expected", points(figures.expected)).beside(Place::at(&key_result.source, key_result.title_at)));
        }
    }
}
