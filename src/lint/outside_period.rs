//! `outside-period`: a check-in dated before its objective's period counts on the first day; one for an objective that
//! was given up before is heard by nobody.

use crate::{
    diagnostic::{Argument, Code, Finding, Place},
    model::State,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for check_in in &look.workspace.check_ins[..look.scorecard.known_check_ins] {
        for at in check_in.objectives() {
            let objective = look.workspace.objective(at);
            if let State::Cancelled { on: Some(on), .. } = objective.state
                && check_in.date > on
            {
                let finding =
                    Finding::new(Code::OutsidePeriod, Place::at(&check_in.source, check_in.places.date)).says("outside-period.cancelled");
                let finding = finding
                    .with("day", Argument::Day(check_in.date))
                    .with("on", Argument::Day(on))
                    .text("objective", objective.id.as_str());
                findings.push(finding.beside(Place::at(&objective.source, objective.title_at)));
            }
            if check_in.date < objective.period.first() {
                let finding = Finding::new(Code::OutsidePeriod, Place::at(&check_in.source, check_in.places.date))
                    .with("day", Argument::Day(check_in.date));
                let finding = finding.text("objective", objective.id.as_str()).text("period", objective.period.to_string());
                findings.push(finding.with("first", Argument::Day(objective.period.first())));
            }
        }
    }
}
