//! Milestones on a time line: when each was due, when it was done.
//!
//! It must never know weights or progress; it draws days and titles.

use super::Svg;
use super::line::Size;

/// One milestone.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Days from the first day of the period; none: by the last.
    pub due: Option<i64>,
    /// The day it was done.
    pub done: Option<i64>,
    /// Shortened with an ellipsis where it has no room.
    pub title: &'a str,
    /// Where it stands.
    pub state: StepState,
}

/// Where a milestone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// In time.
    Done,
    /// After its day.
    DoneLate,
    /// Its day is still to come.
    Due,
    /// Its day is over.
    Overdue,
    /// Without a day of its own.
    Open,
}

/// The milestones of a key result.
#[derive(Clone, Copy, Debug)]
pub struct Steps<'a> {
    /// Last day − first day.
    pub days: i64,
    /// Days from the first; none outside the period.
    pub today: Option<i64>,
    /// "Hôm nay".
    pub today_word: &'a str,
    /// In the order to be shown.
    pub steps: &'a [Step<'a>],
    /// The first day of each month and its name; the first at day 0.
    pub months: &'a [(i64, &'a str)],
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// Draws one row a milestone.
pub fn steps(_: &Steps<'_>, _: Size) -> Svg {
    Svg::default()
}
