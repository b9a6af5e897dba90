//! `future-check-in`: what is dated after today is not known yet, unless somebody asked for the day. The same of a KPI's
//! values: a period that has not begun was not measured, and its year is the likeliest slip of the pen.

use std::sync::Arc;

use crate::{
    diagnostic::{Argument, Code, Finding, Place},
    model::Period,
};

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
    let mut early = |period: &Period, file: &Arc<str>, (line, column): (u32, u32)| {
        if period.first() > look.scorecard.as_of {
            let finding = Finding::new(Code::FutureCheckIn, Place { file: file.clone(), line, column }).says("future-check-in.kpi");
            findings.push(finding.text("period", period.to_string()).with("day", Argument::Day(period.first())));
        }
    };
    for reading in look.workspace.kpis.iter().flat_map(|kpi| &kpi.readings).filter(|it| it.value.is_some()) {
        early(&reading.period, &reading.source.path, (reading.source.line, reading.column));
    }
    for check_in in &look.workspace.check_ins[..look.scorecard.known_check_ins] {
        for entry in check_in.kpis.iter().filter(|it| it.value.is_some()) {
            early(&entry.period, &check_in.source.path, (entry.line, entry.column));
        }
    }
}
