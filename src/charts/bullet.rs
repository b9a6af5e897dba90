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
    let sheet = Sheet::new(&Frame { class: "bul", width: 190, height: 24, label: b.label, stretch: Stretch::Fill });
    let progress = share(b.progress, 0.0).clamp(BACK, 1.0);
    let expected = share(b.expected, 0.0).clamp(0.0, 1.0);
    let measure = Measure::of(b.mark);
    let back = match measure {
        Measure::Absent => false,
        Measure::Solid | Measure::Hollow => progress < 0.0,
    };
    let domain = if back { BACK..1.0 } else { 0.0..1.0 };
    let way =
        sheet.root().apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(domain.clone(), 0.0..24.0, (10..1880, 0..240)));
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
            bar(Pen::new(Tone::Data, 10), progress.min(0.0), progress.max(0.0), 6.0);
        }
        Measure::Hollow if progress != 0.0 => {
            let pen = Pen::new(Tone::Data, 12).with(Finish::Hollow);
            bar(pen, progress.min(0.0), progress.max(0.0), 6.0);
        }
        Measure::Solid | Measure::Hollow | Measure::Absent => {}
    }
    if share(b.progress, 0.0) > 1.0 && measure != Measure::Absent {
        let x = |share: f64| way.map_coordinate(&(share, 12.0)).0;
        let tip = x(1.0) - 70;
        let arrow = [(tip - 70, 80), (tip - 40, 80), (tip, 120), (tip - 40, 160), (tip - 70, 160), (tip - 30, 120)];
        sheet.area(Pen::new(Tone::Paper, 10), &arrow);
    }
    if let Some(tone) = missing(b.mark)
        && progress < expected
    {
        let line = [(progress.max(0.0), 12.0), (expected, 12.0)];
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
            Mark::OnTrack | Mark::AtRisk | Mark::OffTrack | Mark::Done | Mark::Achieved | Mark::Progressed | Mark::Missed | Mark::Draft => {
                Measure::Solid
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    fn draw(progress: f64, expected: f64, mark: Mark) -> String {
        let label = "Đạt tiến độ 21%, kế hoạch 48%";
        bullet(&Bullet { progress, expected, mark, label }).to_string()
    }

    /// Where the bar begins and how long it is.
    fn bar(svg: &str, class: &str) -> (f64, f64) {
        let path = check::path(svg, class);
        let (from, rest) = path[1..].split_once(' ').expect("a start");
        let (_, rest) = rest.split_once('h').expect("a width");
        let (wide, _) = rest.split_once('v').expect("a height");
        (from.parse().expect("a number"), wide.parse().expect("a number"))
    }

    #[test]
    fn more_progress_is_a_longer_bar_up_to_the_target() {
        let lengths: Vec<f64> = [0.1, 0.5, 0.9, 1.0, 1.18].map(|progress| bar(&draw(progress, 0.5, Mark::OnTrack), "f-data\"").1).to_vec();
        assert!(lengths.windows(2).take(3).all(|pair| pair[0] < pair[1]), "{lengths:?}");
        assert_eq!(lengths[3], 187.0);
        assert_eq!(lengths[3], lengths[4]);
    }

    #[test]
    fn beyond_the_target_is_a_chevron_of_paper() {
        assert!(draw(1.18, 0.5, Mark::Done).contains("f-paper"));
        assert!(!draw(1.0, 0.5, Mark::Done).contains("f-paper"));
    }

    #[test]
    fn less_than_the_baseline_runs_left_of_a_zero_tick() {
        let svg = draw(-0.1, 0.5, Mark::OffTrack);
        let (from, wide) = bar(&svg, "f-data\"");
        assert!(from > 1.0 && from + wide < 30.0, "{svg}");
        assert_eq!(svg.matches("l-rule2").count(), 2);
        assert_eq!(draw(0.1, 0.5, Mark::OffTrack).matches("l-rule2").count(), 1);
    }

    #[test]
    fn what_nobody_updated_is_hollow_and_says_nothing_about_a_gap() {
        let svg = draw(0.11, 0.48, Mark::NotUpdated);
        assert!(svg.contains("f-paper l-data") && !svg.contains("f-data"));
        for class in ["l-off", "l-watch", "l-none"] {
            assert!(!svg.contains(class));
        }
    }

    #[test]
    fn without_data_only_ground_and_pace_stand() {
        let svg = draw(0.0, 0.48, Mark::NoData);
        assert!(!svg.contains("data") && svg.contains("l-ink") && svg.contains("f-band\""));
    }

    #[test]
    fn the_missing_part_takes_the_colour_of_the_status() {
        for (mark, class) in [(Mark::AtRisk, "l-watch"), (Mark::OffTrack, "l-off"), (Mark::Progressed, "l-watch"), (Mark::Missed, "l-off")]
        {
            assert!(draw(0.2, 0.8, mark).contains(class), "{mark:?}");
        }
        for mark in [Mark::OnTrack, Mark::Done, Mark::Achieved] {
            let svg = draw(0.75, 0.8, mark);
            assert!(!svg.contains("l-ok") && !svg.contains("l-off"), "{mark:?}");
        }
    }

    #[test]
    fn after_the_period_no_pace_tick_moves_any_more() {
        assert!(!draw(0.5, 1.0, Mark::Missed).contains("l-ink"));
        assert!(draw(0.5, 1.0, Mark::OffTrack).contains("l-ink"));
    }

    #[test]
    fn it_is_small() {
        let svg = draw(0.21, 0.48, Mark::OffTrack);
        assert!(svg.len() < 500, "{}: {svg}", svg.len());
    }
}
