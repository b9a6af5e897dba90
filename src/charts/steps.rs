//! Milestones on a time line: when each was due, when it was done.
//!
//! It must never know weights or progress; it draws days and titles.

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;

use super::Svg;
use super::canvas::{Finish, Frame, Ground, Held, Letter, Pen, Sheet, Spot, Stretch, Tone};
use super::labels::{self, Weight};
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

/// Draws one row a milestone: its title, a tick on the day it was due, a dot on the day it was done; what is late as a
/// line from the one to the other, or to today.
pub fn steps(s: &Steps<'_>, size: Size) -> Svg {
    let measures = Measures::of(size);
    let rows = i32::try_from(s.steps.len().min(MOST)).expect("at most MOST");
    let axis = measures.top + rows * measures.row + 40;
    let days = s.days.max(1) as f64;
    let mut sheet = Sheet::new(&Frame {
        class: measures.class,
        width: measures.width as u32 / 10,
        height: (axis + 300) as u32 / 10,
        label: s.label,
        stretch: Stretch::No,
    });
    let time = sheet.root().apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
        0.0..days,
        0.0..f64::from(rows.max(1)),
        (measures.left..measures.right, measures.top..axis - 40),
    ));
    let spot = |day: i64, row: usize| {
        let (x, y) = time.map_coordinate(&((day as f64).clamp(0.0, days), row as f64));
        (x, y + measures.track)
    };
    let today = s.today.filter(|&day| day >= 0 && day as f64 <= days);
    let shown = s.steps.iter().take(MOST).enumerate();

    for (row, _) in shown.clone() {
        let y = spot(0, row).1;
        let track = [(measures.left, y), (measures.right, y)];
        sheet.line(Pen::new(Tone::Rule, 10), &track);
    }
    for &(day, _) in s.months.iter().skip(1) {
        let x = spot(day, 0).0;
        let from = match size {
            Size::Wide => measures.top - 20,
            Size::Narrow => axis,
        };
        let line = [(x, from), (x, axis + 60)];
        sheet.line(Pen::new(Tone::Rule, 10), &line);
    }
    let line = [(measures.left, axis), (measures.right, axis)];
    sheet.line(Pen::new(Tone::Rule2, 10), &line);
    if let Some(today) = today {
        let x = spot(today, 0).0;
        let line = [(x, measures.top - 60), (x, axis)];
        sheet.line(Pen::new(Tone::Rule2, 10), &line);
    }
    for (row, step) in shown.clone() {
        if let Some(due) = step.due {
            let (x, y) = spot(due, row);
            sheet.line(Pen::new(Tone::Ink, 20), &[(x, y - 70), (x, y + 70)]);
        }
    }
    for (row, step) in shown.clone() {
        let at = |day: i64| spot(day, row);
        mark(&sheet, step, at(s.days), today.map(at), at);
    }

    for (row, step) in shown {
        let letter = match step.state {
            StepState::Overdue => Letter::Off,
            StepState::Done | StepState::DoneLate | StepState::Due | StepState::Open => Letter::Soft,
        };
        let title = labels::shorten(step.title, measures.title, letter.weight());
        let y = spot(0, row).1 + measures.title_dy;
        sheet.text(letter, Ground::Busy, Held::Start, (0, y), &title);
    }
    let starts: Vec<i32> = s.months.iter().map(|&(day, _)| spot(day, 0).0).collect();
    for (at, x, word) in labels::between(&starts, measures.right, s.months) {
        let at = (i32::midpoint(at, x), axis + 220);
        sheet.text(Letter::Plain, Ground::Bare, Held::Middle, at, word);
    }
    if let Some(today) = today {
        let x = spot(today, 0).0;
        let (x, word) = labels::kept(s.today_word, x, measures.width, Weight::Regular);
        let at = (x, measures.top - 100);
        sheet.text(Letter::Soft, Ground::Bare, Held::Middle, at, &word);
    }
    sheet.finish()
}

/// More rows than anybody reads; a chart is not a list.
const MOST: usize = 200;

/// What happened with a milestone, on its track.
fn mark(sheet: &Sheet, step: &Step<'_>, end: Spot, today: Option<Spot>, at: impl Fn(i64) -> Spot) {
    let due = step.due.map(&at);
    let done = step.done.map(&at);
    let late = |tone: Tone, to: Spot| {
        if let Some(from) = due {
            sheet.line(Pen::new(tone, 20), &[from, to]);
        }
    };
    match step.state {
        StepState::Done | StepState::DoneLate => {
            let spot = done.or(due).or(today).unwrap_or(end);
            if step.state == StepState::DoneLate {
                late(Tone::Watch, spot);
            }
            sheet.dot(Tone::Paper, spot, 60);
            sheet.dot(Tone::Data, spot, 48);
        }
        StepState::Due | StepState::Open => sheet.ring(Tone::Data2, due.unwrap_or(end), 42),
        StepState::Overdue => {
            let (x, y) = today.unwrap_or(end);
            late(Tone::Off, (x, y));
            let r = 58;
            let pen = Pen::new(Tone::Off, 10).with(Finish::Halo);
            sheet.area(pen, &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]);
        }
    }
}

/// The measures of a size, in tenths of a pixel.
struct Measures {
    class: &'static str,
    width: i32,
    /// Where the time line begins and ends.
    left: i32,
    right: i32,
    top: i32,
    row: i32,
    /// The track below a row's top, and the title's base line below the track.
    track: i32,
    title_dy: i32,
    /// The room of a title.
    title: i32,
}

impl Measures {
    fn of(size: Size) -> Measures {
        match size {
            Size::Wide => {
                Measures { class: "wide", width: 9360, left: 3400, right: 9280, top: 240, row: 280, track: 140, title_dy: 40, title: 3200 }
            }
            Size::Narrow => Measures {
                class: "narrow",
                width: 3540,
                left: 60,
                right: 3480,
                top: 260,
                row: 440,
                track: 320,
                title_dy: -140,
                title: 3480,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    fn draw(steps_: &[Step<'_>], size: Size) -> String {
        steps(
            &Steps {
                days: 91,
                today: Some(44),
                today_word: "Hôm nay",
                steps: steps_,
                months: &[(0, "Tháng 7"), (31, "Tháng 8"), (62, "Tháng 9")],
                label: "Các mốc",
            },
            size,
        )
        .to_string()
    }

    fn step(due: Option<i64>, done: Option<i64>, state: StepState) -> Step<'static> {
        Step {
            due, done, title: "Chuyển dữ liệu khách hàng của cả hai kho sang hệ thống mới trước mùa cao điểm", state
        }
    }

    #[test]
    fn only_what_is_late_has_a_colour() {
        let quiet = [step(Some(10), Some(9), StepState::Done), step(Some(60), None, StepState::Due), step(None, None, StepState::Open)];
        let svg = draw(&quiet, Size::Wide);
        assert!(!svg.contains("l-off") && !svg.contains("l-watch"));
        let svg = draw(&[step(Some(30), None, StepState::Overdue)], Size::Wide);
        assert!(svg.contains("l-off") && svg.contains("t-off"));
        let svg = draw(&[step(Some(30), Some(40), StepState::DoneLate)], Size::Wide);
        assert!(svg.contains("l-watch"));
    }

    #[test]
    fn titles_are_cut_and_keep_clear_of_each_other() {
        let all = [step(Some(10), Some(9), StepState::Overdue); 6];
        for (size, width) in [(Size::Wide, 936.0), (Size::Narrow, 354.0)] {
            let svg = draw(&all, size);
            assert_eq!(svg.matches('…').count(), 6);
            check::texts(&svg, width);
        }
    }
}
