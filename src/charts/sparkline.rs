//! The sparkline of a KPI's row: the process behaviour chart without a word.
//!
//! Each has its own scale, which the page says beside it. It must never be read for a value: that stands in its row.

use super::Svg;
use super::canvas::{Finish, Pen, Tone};
use super::line::known;
use super::xmr::{self, Measures, Plot, PointKind, Setting, TargetSpan, XmrPoint, XmrStretch};

/// A sparkline of 168×34 px.
#[derive(Clone, Copy, Debug)]
pub struct Spark<'a> {
    /// The oldest first; the newest 52 have room.
    pub points: &'a [XmrPoint<'a>],
    /// As in the chart; their baselines are not drawn.
    pub stretches: &'a [XmrStretch],
    /// As in the chart; their words are not drawn.
    pub targets: &'a [TargetSpan<'a>],
    /// The least and the greatest possible value: limits are not drawn beyond.
    pub bounds: (Option<f64>, Option<f64>),
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// How many points have room.
const MOST: usize = 52;
/// How far back a signal is news.
const NEWS: usize = 8;

/// Draws the sparkline: the signals among the newest eight points are marked, else the newest point.
pub fn sparkline(s: &Spark<'_>) -> Svg {
    let before = s.points.len().saturating_sub(MOST);
    let points = &s.points[before..];
    let shift = |at: usize| at.saturating_sub(before);
    let stretches: Vec<XmrStretch> = s
        .stretches
        .iter()
        .filter(|stretch| stretch.to > before)
        .map(|stretch| XmrStretch { from: shift(stretch.from), to: shift(stretch.to), ..*stretch })
        .collect();
    let targets: Vec<TargetSpan<'_>> = s
        .targets
        .iter()
        .filter(|target| target.to > before)
        .map(|target| TargetSpan { from: shift(target.from), to: shift(target.to), ..*target })
        .collect();
    let mut plot = Plot::new(&Setting {
        measures: Measures { class: "", width: 1680, height: 340, left: 20, top: 40, axis: 300 },
        right: 40,
        count: points.len(),
        values: xmr::reach(points, &stretches, &targets, s.bounds),
        label: s.label,
    });

    plot.bands(&stretches, s.bounds);
    for stretch in &stretches {
        if let Some(middle) = known(stretch.middle) {
            plot.level(Pen::new(Tone::Rule2, 8), stretch.from, stretch.to, middle);
        }
    }
    plot.targets(&targets, Pen::new(Tone::Brand, 13).with(Finish::SmallGoal));
    plot.curve(points, Pen::new(Tone::Data, 14));

    let at = |(at, point): (usize, &XmrPoint<'_>)| Some((plot.x(at), plot.y(point.value.and_then(known)?), point.kind));
    let signals = points.iter().enumerate().skip(points.len().saturating_sub(NEWS)).filter(|(_, point)| match point.kind {
        PointKind::Beyond(_) | PointKind::Pattern(_) => true,
        PointKind::Routine | PointKind::Partial => false,
    });
    let mut marks: Vec<_> = signals.filter_map(at).collect();
    if marks.is_empty() {
        marks.extend(points.iter().enumerate().rev().find_map(at));
    }
    for (x, y, kind) in marks {
        let (kind, reach) = match kind {
            PointKind::Beyond(_) => (kind, 38),
            PointKind::Pattern(_) => (kind, 28),
            PointKind::Routine => (kind, 30),
            PointKind::Partial => (kind, 22),
        };
        xmr::mark(&plot.sheet, kind, (x, y), reach);
    }
    plot.sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::super::{BandLimits, Sense, Standing, Word};
    use super::*;
    use crate::charts::check;

    fn points(count: usize) -> Vec<XmrPoint<'static>> {
        let value = |at: usize| Some((at * 7 % 11) as f64);
        (0..count).map(|at| XmrPoint { value: value(at), kind: PointKind::Routine, label: None }).collect()
    }

    fn stretch(from: usize, to: usize) -> XmrStretch {
        let limits = Some(BandLimits { lower: -1.0, upper: 11.0 });
        XmrStretch { from, to, limits, middle: 5.0, standing: Standing::Settled, baseline_end: Some(3) }
    }

    fn draw(points: &[XmrPoint<'_>]) -> String {
        let targets = [TargetSpan { from: 0, to: points.len(), low: Some(6.0), high: None, word: Word { long: "Chỉ tiêu", short: "" } }];
        let stretches = [stretch(0, points.len())];
        let svg = sparkline(&Spark { points, stretches: &stretches, targets: &targets, bounds: (None, None), label: "32 tuần" });
        check::well_formed(svg.as_str());
        svg.to_string()
    }

    const LINE: &str = "ln l-data\" stroke-width=\"1.4\"";

    #[test]
    fn it_has_a_band_a_middle_a_target_and_its_newest_point() {
        let svg = draw(&points(32));
        for class in ["f-band2\"", "ln l-rule2\" stroke-width=\".8\"", "ln l-brand\" stroke-width=\"1.3\" stroke-dasharray", LINE] {
            assert!(!check::path(&svg, class).is_empty(), "{class}: {svg}");
        }
        assert_eq!(check::path(&svg, "ln l-data\" stroke-width=\"6\"").matches("h0").count(), 1);
        assert!(!svg.contains("<text") && svg.len() < 1200, "{}", svg.len());
    }

    #[test]
    fn only_new_signals_are_marked() {
        let mut points = points(32);
        points[10].kind = PointKind::Beyond(Sense::Worse);
        assert!(!draw(&points).contains("f-off"));
        points[24].kind = PointKind::Beyond(Sense::Worse);
        points[30].kind = PointKind::Pattern(Sense::Worse);
        let svg = draw(&points);
        assert!(svg.contains("f-off") && svg.contains("f-watch") && !svg.contains("stroke-width=\"6\""));
    }

    #[test]
    fn a_gap_splits_the_line_and_the_newest_value_is_marked() {
        let mut points = points(32);
        points[5].value = None;
        points[31].value = Some(f64::NAN);
        let svg = draw(&points);
        assert_eq!(check::path(&svg, LINE).matches(['M', 'm']).count(), 2);
        assert_eq!(svg.matches("h0").count(), 1);
    }

    #[test]
    fn a_year_of_weeks_has_room_and_no_more() {
        let (year, decade) = (draw(&points(52)), draw(&points(520)));
        let count = |svg: &str| check::path(svg, LINE).matches(['l', ' ']).count();
        assert!(count(&decade).abs_diff(count(&year)) < 12);
        // What ended before the first point that is drawn is not.
        let points = points(60);
        let stretches = [stretch(0, 5), stretch(5, 20), stretch(20, 60)];
        let svg = sparkline(&Spark { points: &points, stretches: &stretches, targets: &[], bounds: (None, None), label: "" });
        assert_eq!(check::path(svg.as_str(), "f-band2\"").matches('z').count(), 2);
    }

    #[test]
    fn nothing_at_all_is_an_empty_picture() {
        let svg = draw(&[]);
        assert!(!svg.contains("<path"), "{svg}");
        assert!(draw(&points(1)).contains("stroke-width=\"6\""));
    }
}
