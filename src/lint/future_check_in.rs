//! `future-check-in`: what is dated after today is not known yet, unless somebody asked for the day.

use crate::diagnostic::{Argument, Code, Finding, Place};

use super::{DayFrom, Look};

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    if look.day == DayFrom::Given {
        return;
    }
    for check_in in &look.workspace.check_ins[look.scorecard.known_check_ins..] {
        findings.push(
            Finding::new(Code::FutureCheckIn, Place::at(&check_in.source, check_in.places.date)).with("day", Argument::Day(check_in.date)),
        );
    }
}
