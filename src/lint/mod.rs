//! Poor practice that can be seen in the text: one rule, one file, its tests beside it.
//!
//! A new rule is a new file and one line in `RULES`. A rule knows the model and the figures, never a sentence:
//! its words are in the theme's word files under the code's name.

mod broken_link;
mod future_check_in;
mod no_baseline;
mod no_number;
mod on_paper;
mod outside_period;

use crate::{compute::Scorecard, diagnostic::Finding, model::Workspace};

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

const RULES: [Rule; 6] =
    [broken_link::check, future_check_in::check, no_baseline::check, no_number::check, on_paper::check, outside_period::check];

/// What all rules find, sorted by place.
pub fn run(look: Look<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        rule(look, &mut findings);
    }
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings
}
