//! The moving ranges of a KPI: how much each value differs from the one before.
//!
//! They stand under the process behaviour chart and share its width, so that a jump stands under the point that it
//! leads to. Nothing is marked here: the signals are those of the chart above.

use plotters::element::Circle;

use super::Svg;
use super::canvas::{Ground, Held, Letter, Pen, Tone, sure};
use super::labels;
use super::line::{Size, known};
use super::xmr::{self, End, Measures, Plot, PointKind, Setting, Standing, Word, Xmr, XmrPoint};

/// A stretch of ranges with one mean.
#[derive(Clone, Copy, Debug)]
pub struct RangeStretch {
    /// The first point.
    pub from: usize,
    /// Behind the last point.
    pub to: usize,
    /// The mean moving range.
    pub mean: f64,
    /// The upper limit; none where there are too few values.
    pub upper: Option<f64>,
    /// What the limit is worth.
    pub standing: Standing,
}

/// The words of [`Ranges`]; an empty one is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct RangeWords<'a> {
    /// "Giới hạn trên 4,6", at the right end of the last stretch.
    pub upper: Word<'a>,
    /// "Trung bình 1,4".
    pub mean: Word<'a>,
    /// "0", at the foot.
    pub zero: &'a str,
}

/// The moving ranges.
#[derive(Clone, Copy, Debug)]
pub struct Ranges<'a> {
    /// One a point of the chart above; none for the first, for one behind a gap or a rebase.
    pub values: &'a [Option<f64>],
    /// In order.
    pub stretches: &'a [RangeStretch],
    /// The chart above, which sets the width of the plot.
    pub above: Option<&'a Xmr<'a>>,
    /// The words.
    pub words: RangeWords<'a>,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// Draws the ranges: 936×120 or 354×110 px.
pub fn ranges(r: &Ranges<'_>, size: Size) -> Svg {
    let measures = match size {
        Size::Wide => Measures { class: "wide", width: 9360, height: 1200, left: 440, top: 100, axis: 960 },
        Size::Narrow => Measures { class: "narrow", width: 3540, height: 1100, left: 120, top: 100, axis: 860 },
    };
    let ends = ends(r, size);
    let zero = (measures.left - 60, measures.axis + 40);
    let limit = |stretch: &RangeStretch| stretch.upper.and_then(range);
    let points: Vec<XmrPoint<'_>> =
        r.values.iter().map(|value| XmrPoint { value: value.and_then(range), kind: PointKind::Routine, label: None }).collect();
    let most = r
        .stretches
        .iter()
        .flat_map(|stretch| [limit(stretch), range(stretch.mean)])
        .chain(points.iter().map(|point| point.value))
        .flatten()
        .fold(0.0, f64::max);
    let mut plot = Plot::new(&Setting {
        measures,
        right: r.above.map_or_else(|| xmr::room(&ends, size), |above| xmr::right_margin(above, size)),
        count: r.values.len(),
        values: 0.0..if most > 0.0 { most + (most * 0.09).max(1e-300) } else { 1.0 },
        label: r.label,
    });

    for stretch in r.stretches {
        if let Some(upper) = limit(stretch) {
            plot.band(stretch.standing, stretch.from, stretch.to, 0.0, upper);
        }
    }
    plot.axis();
    for stretch in r.stretches {
        if let Some(upper) = limit(stretch) {
            plot.level(xmr::limit(stretch.standing), stretch.from, stretch.to, upper);
        }
    }
    for stretch in r.stretches {
        if let Some(mean) = range(stretch.mean) {
            plot.level(Pen::new(Tone::Data, 12), stretch.from, stretch.to, mean);
        }
    }
    plot.curve(&points, Pen::new(Tone::Data2, 14));
    let radius = (plot.slot() / 4).min(26);
    let alone = |at: usize| {
        let none = |at: Option<usize>| at.and_then(|at| points.get(at)).is_none_or(|point| point.value.is_none());
        none(at.checked_sub(1)) && none(at.checked_add(1))
    };
    for (at, point) in points.iter().enumerate() {
        if let Some(value) = point.value
            && (radius >= 12 || alone(at))
        {
            let dot = Circle::new((plot.x(at), plot.y(value)), radius.max(16), Pen::new(Tone::Data, 10).fill());
            sure(plot.sheet.root().draw(&dot));
        }
    }
    plot.right_end(&ends);
    if size == Size::Wide {
        plot.sheet.text(Letter::Plain, Ground::Bare, Held::End, zero, &labels::shorten(r.words.zero, 360, Letter::Plain.weight()));
    }
    plot.sheet.finish()
}

/// A known range; none is less than nothing.
fn range(value: f64) -> Option<f64> {
    known(value).map(|value| value.max(0.0))
}

/// What stands at the right end.
fn ends<'a>(r: &Ranges<'a>, size: Size) -> Vec<End<'a>> {
    let Some(last) = r.stretches.last() else { return Vec::new() };
    let zero = if size == Size::Narrow { r.words.zero } else { "" };
    [
        (last.upper.and_then(range), Letter::Plain, r.words.upper.at(size)),
        (range(last.mean), Letter::Strong, r.words.mean.at(size)),
        (Some(0.0), Letter::Plain, zero),
    ]
    .into_iter()
    .filter(|(_, _, word)| !word.is_empty())
    .filter_map(|(value, letter, word)| Some(End { value: value?, letter, word }))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    const SIZES: [(Size, f64); 2] = [(Size::Wide, 936.0), (Size::Narrow, 354.0)];
    const WORDS: RangeWords<'_> = RangeWords {
        upper: Word { long: "Giới hạn trên 4,6", short: "4,6" },
        mean: Word { long: "Trung bình 1,4", short: "1,4" },
        zero: "0",
    };
    const STRETCH: RangeStretch = RangeStretch { from: 0, to: 32, mean: 1.4, upper: Some(4.6), standing: Standing::Settled };

    fn values() -> Vec<Option<f64>> {
        (0..32).map(|at| (at > 0).then(|| f64::from(at * 7 % 11) / 3.0)).collect()
    }

    fn chart<'a>(values: &'a [Option<f64>], stretches: &'a [RangeStretch]) -> Ranges<'a> {
        Ranges { values, stretches, above: None, words: WORDS, label: "Biên độ" }
    }

    #[test]
    fn ranges_stand_on_zero_under_their_limit() {
        let values = values();
        for (size, width) in SIZES {
            let svg = ranges(&chart(&values, &[STRETCH]), size).to_string();
            check::well_formed(&svg);
            check::texts(&svg, width);
            let foot = if size == Size::Wide { "96" } else { "86" };
            assert!(check::path(&svg, "ln l-rule2\"").contains(&format!(" {foot}h")), "{svg}");
            assert!(check::path(&svg, "ln l-data2\" stroke-width=\"1.2\" stroke-dasharray=\"5 3\"").contains('h'));
            assert!(!svg.contains("f-off") && svg.contains(">0<"));
        }
    }

    #[test]
    fn a_missing_range_splits_the_line() {
        let mut values = values();
        values[9] = None;
        values[15] = Some(f64::NAN);
        let svg = ranges(&chart(&values, &[STRETCH]), Size::Wide).to_string();
        assert_eq!(check::path(&svg, "ln l-data2\" stroke-width=\"1.4\"").matches(['M', 'm']).count(), 3);
    }

    #[test]
    fn nothing_changes_and_nothing_is_known() {
        for values in [vec![Some(0.0); 5], vec![None; 5], Vec::new(), vec![Some(f64::MAX); 3], vec![Some(1e-320); 3]] {
            let stretches = [RangeStretch { mean: 0.0, upper: Some(0.0), ..STRETCH }];
            for (size, width) in SIZES {
                let svg = ranges(&chart(&values, &stretches), size).to_string();
                check::well_formed(&svg);
                check::texts(&svg, width);
            }
        }
    }

    #[test]
    fn the_chart_above_sets_the_width() {
        let points = vec![XmrPoint { value: Some(1.0), kind: PointKind::Routine, label: None }; 32];
        let words = super::super::XmrWords {
            middle: Word { long: "Trung bình 3.700.000.000.000 ₫ mỗi tuần", short: "3.700 tỷ" },
            ..Default::default()
        };
        let stretches =
            [super::super::XmrStretch { from: 0, to: 32, limits: None, middle: 1.0, standing: Standing::Settled, baseline_end: None }];
        let above =
            Xmr { points: &points, stretches: &stretches, targets: &[], events: &[], ticks: &[], bounds: (None, None), words, label: "" };
        let values = values();
        for (size, _) in SIZES {
            let axis = |svg: &Svg| check::path(svg.as_str(), "ln l-rule2\"").split_once('h').expect("an axis").1.to_owned();
            let under = ranges(&Ranges { above: Some(&above), ..chart(&values, &[STRETCH]) }, size);
            assert_eq!(axis(&under), axis(&xmr::xmr(&above, size)));
        }
    }
}
