//! `overdue`: a promise, a milestone or a piece of work is past its day and still open. Milestones and work end with their
//! period; a promise does not, before its objective is closed with a word on what becomes of it.

use crate::{
    diagnostic::{Argument, Code, Finding, Place},
    model::{Date, Measure, Objective, ObjectiveAt, Source, Spot, State, Status},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let as_of = look.scorecard.as_of;
    let open = |done: Option<Date>| done.is_none_or(|day| day > as_of);
    let runs = |objective: &Objective| objective.state == State::Active && objective.period.contains(as_of);
    let mut late = |source: &Source, at: Spot, what: &str, by: Date| {
        let finding = Finding::new(Code::Overdue, Place::at(source, at)).text("what", what).with("day", Argument::Day(by));
        findings.push(finding);
    };
    for (objective, score) in look.workspace.objectives.iter().zip(&look.scorecard.objectives).filter(|(it, _)| runs(it)) {
        for (key_result, figures) in objective.key_results.iter().zip(&score.key_results).filter(|(it, _)| !it.cancelled) {
            match &key_result.measure {
                Measure::Milestones(all) => {
                    for (milestone, state) in all.iter().zip(&figures.milestones) {
                        if let Some(due) = milestone.due.filter(|due| *due < as_of && open(state.done)) {
                            late(&key_result.source, milestone.at, &milestone.title, due);
                        }
                    }
                }
                Measure::Done { due: Some(due), .. } if *due < as_of && figures.status != Status::Done => {
                    late(&key_result.source, key_result.title_at, &key_result.title, *due);
                }
                _ => {}
            }
        }
        for work in &objective.initiatives {
            if let Some(by) = work.by.filter(|by| *by < as_of && open(work.done)) {
                late(&work.source, work.at, &work.title, by);
            }
        }
    }
    for check_in in &look.workspace.check_ins[..look.scorecard.known_check_ins] {
        let objectives = check_in.objectives();
        // KPIs alone are never closed.
        let owed = |at: &ObjectiveAt| {
            let is_closed = || {
                let own = &look.scorecard.objectives[at.0].check_ins;
                own.iter().any(|index| look.workspace.check_ins[*index].outcome.is_some())
            };
            let objective = look.workspace.objective(*at);
            objective.state == State::Active && objective.period.first() <= as_of && !is_closed()
        };
        if !objectives.is_empty() && !objectives.iter().any(owed) {
            continue;
        }
        for promise in &check_in.report.next {
            if let Some(by) = promise.by.filter(|by| *by < as_of && open(promise.done)) {
                late(&check_in.source, promise.at, &promise.what, by);
            }
        }
    }
}
