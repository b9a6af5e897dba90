//! The bullet bar: how far a key result has come, and how far it should have come by now.
//!
//! Few's bullet graph on the way from baseline to target, 0 to 100 %. Status colour is spent only on the missing part.
//! It must never know a value or a unit: the way is all it draws.

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{PathElement, Rectangle};

use super::canvas::{Finish, Frame, Pen, Sheet, Stretch, Tone, sure};
use super::{Mark, Svg};

/// A bullet bar of 190×24 px.
#[derive(Clone, Copy, Debug)]
pub struct Bullet<'a> {
    /// The raw share of the way from baseline to target: below 0 and above 1 as computed.
    pub progress: f64,
    /// The share that the plan expects by today; 1 after the period.
    pub expected: f64,
    /// The status, as the page says it.
    pub mark: Mark,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// How far left of the baseline the bar may run.
const BACK: f64 = -0.15;

/// Draws the bar. At risk, off track and, after the period, progressed and missed: the missing part in the status
/// colour. Not updated and cancelled: a hollow bar. No data and not started: the ground alone. Ended: no pace tick, for
/// the pace has arrived at the target.
pub fn bullet(b: &Bullet<'_>) -> Svg {
    let sheet = Sheet::new(&Frame {
        class: "bul",
        width: 190,
        height: 24,
        label: b.label,
        stretch: Stretch::Fill,
    });
    let progress = share(b.progress, 0.0).clamp(BACK, 1.0);
    let expected = share(b.expected, 0.0).clamp(0.0, 1.0);
    let measure = Measure::of(b.mark);
    let back = match measure {
        Measure::Absent => false,
        Measure::Solid | Measure::Hollow => progress < 0.0,
    };
    let domain = if back { BACK..1.0 } else { 0.0..1.0 };
    let way = sheet
        .root()
        .apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            domain.clone(),
            0.0..24.0,
            (10..1880, 0..240),
        ));
    let bar = |pen: Pen, from: f64, to: f64, height: f64| {
        let (top, bottom) = (12.0 - height / 2.0, 12.0 + height / 2.0);
        sure(way.draw(&Rectangle::new([(from, top), (to, bottom)], pen.fill())));
    };
    let tick = |pen: Pen, at: f64, height: f64| {
        let (top, bottom) = (12.0 - height / 2.0, 12.0 + height / 2.0);
        sure(way.draw(&PathElement::new([(at, top), (at, bottom)], pen.stroke())));
    };

    bar(Pen::new(Tone::Band2, 10), domain.start, 1.0, 16.0);
    if expected > 0.0 {
        bar(Pen::new(Tone::Band, 10), 0.0, expected, 16.0);
    }
    match measure {
        Measure::Solid if progress != 0.0 => {
            bar(
                Pen::new(Tone::Data, 10),
                progress.min(0.0),
                progress.max(0.0),
                6.0,
            );
        }
        Measure::Hollow if progress != 0.0 => {
            let pen = Pen::new(Tone::Data, 12).with(Finish::Hollow);
            bar(pen, progress.min(0.0), progress.max(0.0), 6.0);
        }
        Measure::Solid | Measure::Hollow | Measure::Absent => {}
    }
    if share(b.progress, 0.0) > 1.0 && measure != Measure::Absent {
        let x = |share: f64| way.map_coordinate(&(share, 12.0)).0;
        let tip = x(1.0) - 30;
        let arrow = [
            (tip - 70, 80),
            (tip - 40, 80),
            (tip, 120),
            (tip - 40, 160),
            (tip - 70, 160),
            (tip - 30, 120),
        ];
        sheet.area(Pen::new(Tone::Paper, 10), &arrow);
    }
    if let Some(tone) = missing(b.mark)
        && progress < expected
    {
        let line = [(progress, 12.0), (expected, 12.0)];
        sure(way.draw(&PathElement::new(line, Pen::new(tone, 20).stroke())));
    }
    if back {
        tick(Pen::new(Tone::Rule2, 10), 0.0, 16.0);
    }
    if Clock::of(b.mark) == Clock::Running && (expected > 0.0 || b.mark != Mark::NotStarted) {
        tick(Pen::new(Tone::Ink, 20), expected, 22.0);
    }
    tick(Pen::new(Tone::Rule2, 15), 1.0, 16.0);
    sheet.finish()
}

fn share(value: f64, without: f64) -> f64 {
    if value.is_nan() { without } else { value }
}

/// How the bar itself is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Solid,
    Hollow,
    Absent,
}

impl Measure {
    fn of(mark: Mark) -> Measure {
        match mark {
            Mark::OnTrack
            | Mark::AtRisk
            | Mark::OffTrack
            | Mark::Done
            | Mark::Achieved
            | Mark::Progressed
            | Mark::Missed
            | Mark::Draft => Measure::Solid,
            Mark::NotUpdated | Mark::Cancelled => Measure::Hollow,
            Mark::NoData | Mark::NotStarted => Measure::Absent,
        }
    }
}

/// Whether the plan still moves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    Running,
    Stopped,
}

impl Clock {
    fn of(mark: Mark) -> Clock {
        match mark {
            Mark::Achieved | Mark::Progressed | Mark::Missed | Mark::Cancelled => Clock::Stopped,
            Mark::OnTrack
            | Mark::AtRisk
            | Mark::OffTrack
            | Mark::NotUpdated
            | Mark::Done
            | Mark::NoData
            | Mark::NotStarted
            | Mark::Draft => Clock::Running,
        }
    }
}

/// The colour of the missing part, where it is named.
fn missing(mark: Mark) -> Option<Tone> {
    match mark {
        Mark::AtRisk | Mark::OffTrack | Mark::Progressed | Mark::Missed => Some(Tone::of(mark)),
        Mark::OnTrack
        | Mark::NotUpdated
        | Mark::Done
        | Mark::Achieved
        | Mark::NoData
        | Mark::NotStarted
        | Mark::Cancelled
        | Mark::Draft => None,
    }
}
