//! The quarter ruler: every check-in of the period on one line of time.
//!
//! It must never know who checked in; it draws how many did and how many did not.

use super::Svg;

/// Where a slot lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Over.
    Past,
    /// Today lies in it.
    Now,
    /// Still to come.
    Future,
}

/// One slot: a week of a quarter, a month of a half or a year.
#[derive(Clone, Copy, Debug)]
pub struct RulerSlot<'a> {
    /// "Tuần 1", "2"; where it has no room, its last word.
    pub label: &'a str,
    /// Key results with a check-in.
    pub checked: usize,
    /// Key results whose check-in did not come.
    pub missed: usize,
    /// Its first day, from the first day of the period.
    pub start: i64,
    /// Its last day, likewise.
    pub end: i64,
    /// Where it lies in time.
    pub when: When,
    /// Key results that owe a check-in here.
    pub expected: usize,
}

/// The ruler of a period.
#[derive(Clone, Copy, Debug)]
pub struct Ruler<'a> {
    /// In order.
    pub slots: &'a [RulerSlot<'a>],
    /// Last day − first day.
    pub days: i64,
    /// Days from the first; none outside the period.
    pub today: Option<i64>,
    /// "Hôm nay 14/08: đã qua 48% thời gian của quý".
    pub today_word: &'a str,
    /// The first day of each month and its name; the first at day 0.
    pub months: &'a [(i64, &'a str)],
    /// At the right end: "kết quý".
    pub end_word: &'a str,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// The three widths of a ruler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulerSize {
    /// 1176×112: class `wide`.
    Wide,
    /// 354×124: class `narrow`.
    Narrow,
    /// 690×100, paper and tablets: class `pr`.
    Print,
}

/// Draws one dot a key result and slot, or bars where there are too many for dots.
pub fn ruler(_: &Ruler<'_>, _: RulerSize) -> Svg {
    Svg::default()
}
