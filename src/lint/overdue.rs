//! `overdue`: what somebody put a day to is still open after it. What that is, and when it is owed no more, is the same as for
//! whoever asks who owes what.

use crate::{
    compute::{Owing, taken_on},
    diagnostic::{Argument, Code, Finding, Place},
    model::{Measure, Source, Spot},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let workspace = look.workspace;
    for due in taken_on(workspace, look.scorecard).into_iter().filter(|it| it.day < look.scorecard.as_of) {
        let mut late = |source: &Source, at: Spot, what: &str| {
            let finding = Finding::new(Code::Overdue, Place::at(source, at)).text("what", what).with("day", Argument::Day(due.day));
            findings.push(finding);
        };
        match due.what {
            Owing::Promise { check_in, place } => {
                let check_in = &workspace.check_ins[check_in];
                let promise = &check_in.report.next[place];
                late(&check_in.source, promise.at, &promise.what);
            }
            Owing::Milestone { objective, key_result, milestone } => {
                let key_result = &workspace.objective(objective).key_results[key_result];
                if let Measure::Milestones(all) = &key_result.measure {
                    late(&key_result.source, all[milestone].at, &all[milestone].title);
                }
            }
            Owing::Done { objective, key_result } => {
                let key_result = &workspace.objective(objective).key_results[key_result];
                late(&key_result.source, key_result.title_at, &key_result.title);
            }
            Owing::Work { objective, place } => {
                let work = &workspace.objective(objective).initiatives[place];
                late(&work.source, work.at, &work.title);
            }
            // Silence has rules of its own.
            Owing::CheckIn(_) | Owing::Value { .. } => {}
        }
    }
}
