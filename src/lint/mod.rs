//! Poor practice that can be seen in the text: one rule, one file, its tests beside it.
//!
//! A new rule is a new file and one line in `RULES`. A rule knows the model and the figures, never a sentence:
//! its words are in the theme's word files under the code's name.

mod broken_link;
mod confidence_drop;
mod future_check_in;
mod just_enough;
mod kpi_as_okr;
mod moved_target;
mod near_duplicate_name;
mod no_baseline;
mod no_department;
mod no_number;
mod no_owner;
mod objective_is_a_number;
mod okr_tied_to_pay;
mod on_paper;
mod outside_period;
mod overdue;
mod sandbagging;
mod settle;
mod task_like;
mod too_few_key_results;
mod too_many_key_results;
mod too_many_objectives;
mod unused_kpi;
mod watermelon;

use rayon::prelude::*;

use crate::{compute::Scorecard, diagnostic::Finding, model::Workspace};

pub use settle::Found;

/// What a rule looks at.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// All that was read.
    pub workspace: &'a Workspace,
    /// All that was computed of it.
    pub scorecard: &'a Scorecard,
    /// Where the day comes from.
    pub day: DayFrom,
}

/// Whether somebody asked for this very day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayFrom {
    /// `--as-of`, `as_of`, `SOURCE_DATE_EPOCH`: later check-ins are left out on purpose.
    Given,
    /// The clock.
    Today,
}

type Rule = fn(Look<'_>, &mut Vec<Finding>);

const RULES: [Rule; 23] = [
    broken_link::check,
    confidence_drop::check,
    future_check_in::check,
    just_enough::check,
    kpi_as_okr::check,
    moved_target::check,
    near_duplicate_name::check,
    no_baseline::check,
    no_department::check,
    no_number::check,
    no_owner::check,
    objective_is_a_number::check,
    okr_tied_to_pay::check,
    on_paper::check,
    outside_period::check,
    overdue::check,
    sandbagging::check,
    task_like::check,
    too_few_key_results::check,
    too_many_key_results::check,
    too_many_objectives::check,
    unused_kpi::check,
    watermelon::check,
];

/// What all rules find, sorted by place: as the workspace weighs it, without what its authors want to keep.
pub fn run(look: Look<'_>) -> Found {
    let alone = |rule: &Rule| {
        let mut findings = Vec::new();
        rule(look, &mut findings);
        findings
    };
    let mut findings: Vec<Finding> = RULES.par_iter().flat_map_iter(alone).collect();
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    settle::settle(look.workspace, findings)
}
