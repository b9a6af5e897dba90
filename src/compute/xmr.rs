//! Process behaviour charts (XmR): what a process does by itself, and when it does something else.
//!
//! Limits are the mean ± 2.66 mean moving ranges, the range's upper limit 3.268 of them (3 ÷ 1.128 and D4 for two
//! values: D. J. Wheeler, Understanding Variation, 1993; NIST/SEMATECH e-Handbook, 6.3.2.2).

use crate::model::{Kpi, Period};

use super::{
    at_most,
    kpi::{Clock, KpiPoint},
};

/// From how many values on there are limits, and from how many they are no longer provisional.
pub(super) const FEWEST: usize = 6;
const SETTLED: usize = 12;

/// How many values of a stretch set its limits unless a baseline says otherwise.
const BASELINE: usize = 20;

/// How many in a row on one side of the mean are a signal.
const RUN: usize = 8;

/// A part of a series between two deliberate changes of its process.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Its first point's place in the series.
    pub from: usize,
    /// The place behind its last point.
    pub to: usize,
    /// What the process does by itself; none while too few values say so.
    pub limits: Option<Limits>,
    /// The places of the points that set the limits, or would.
    pub baseline: Vec<usize>,
    /// Points at which the process does something else, by place, then by rule.
    pub signals: Vec<Signal>,
    /// From the point before, one for each point of the stretch; none beside a gap and at the start.
    pub moving_ranges: Vec<Option<f64>>,
}

/// Natural process limits, in the KPI's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of the baseline's values.
    pub mean: f64,
    /// Of the ranges between neighbouring periods of the baseline.
    pub mean_moving_range: f64,
    /// Mean − 2.66 mean moving ranges.
    pub lower: f64,
    /// Mean + 2.66 mean moving ranges.
    pub upper: f64,
    /// 3.268 mean moving ranges.
    pub upper_range: f64,
    /// Made of fewer than twelve values.
    pub provisional: bool,
}

/// Which rule a point breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Strictly outside the limits.
    BeyondLimit,
    /// One of eight and more in a row, strictly on one side of the mean.
    RunOf8,
    /// One of three out of four in a row, nearer to a limit than to the mean.
    ThreeOf4,
}

impl Rule {
    /// The name in the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeyondLimit => "beyond_limit",
            Self::RunOf8 => "run_of_8",
            Self::ThreeOf4 => "3_of_4",
        }
    }
}

/// On which side of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Above.
    High,
    /// Below.
    Low,
}

/// A point that is no routine variation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signal {
    /// Its place in the series.
    pub at: usize,
    /// Why.
    pub rule: Rule,
    /// Where it lies.
    pub side: Side,
}

/// A point of a stretch: its place in the series and its value.
type Point = (usize, f64);

/// The stretches of a series that the day knows: a new one begins with each rebased period.
pub(super) fn stretches(kpi: &Kpi, series: &[KpiPoint], clock: Clock) -> Vec<Stretch> {
    if series.is_empty() {
        return Vec::new();
    }
    let begins = |period: &Period| series.iter().position(|it| period.first() <= it.period.belongs_on());
    let known = kpi.rebase.iter().filter(|it| it.first() <= clock.as_of);
    let mut starts: Vec<usize> = known.map(|it| begins(it).unwrap_or(series.len())).filter(|at| *at > 0).collect();
    starts.insert(0, 0);
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([series.len()]);
    starts.iter().copied().zip(ends).map(|(from, to)| stretch(kpi, series, from, to)).collect()
}

fn stretch(kpi: &Kpi, series: &[KpiPoint], from: usize, to: usize) -> Stretch {
    let points: Vec<Point> = (from..to).filter_map(|at| series[at].whole().map(|value| (at, value))).collect();
    let baseline = baseline(kpi, series, &points);
    let moving_ranges: Vec<Option<f64>> =
        (from..to).map(|at| at.checked_sub(1).filter(|before| *before >= from).and_then(|_| range(&points, at))).collect();
    let limits = limits(&points, &baseline);
    let signals = limits.map_or_else(Vec::new, |limits| signals(&points, limits));
    Stretch { from, to, limits, baseline, signals, moving_ranges }
}

/// The range between a point and the one of the period before it.
fn range(points: &[Point], at: usize) -> Option<f64> {
    let here = points.binary_search_by_key(&at, |it| it.0).ok()?;
    let (before, value) = points[here.checked_sub(1)?];
    (before + 1 == at).then(|| (points[here].1 - value).abs())
}

fn baseline(kpi: &Kpi, series: &[KpiPoint], points: &[Point]) -> Vec<usize> {
    let chosen: Vec<usize> = match &kpi.baseline {
        Some(period) => points.iter().map(|it| it.0).filter(|at| period.contains(series[*at].period.belongs_on())).collect(),
        None => Vec::new(),
    };
    if chosen.is_empty() { points.iter().take(BASELINE).map(|it| it.0).collect() } else { chosen }
}

fn limits(points: &[Point], baseline: &[usize]) -> Option<Limits> {
    let chosen: Vec<Point> = points.iter().copied().filter(|it| baseline.binary_search(&it.0).is_ok()).collect();
    if chosen.len() < FEWEST {
        return None;
    }
    let ranges: Vec<f64> = chosen.windows(2).filter(|two| two[0].0 + 1 == two[1].0).map(|two| (two[1].1 - two[0].1).abs()).collect();
    if ranges.is_empty() {
        return None;
    }
    let mean = mean(chosen.iter().map(|it| it.1));
    let mean_moving_range = self::mean(ranges.iter().copied());
    Some(Limits {
        mean,
        mean_moving_range,
        lower: mean - 2.66 * mean_moving_range,
        upper: mean + 2.66 * mean_moving_range,
        upper_range: 3.268 * mean_moving_range,
        provisional: chosen.len() < SETTLED,
    })
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count() as f64;
    values.sum::<f64>() / count
}

fn signals(points: &[Point], limits: Limits) -> Vec<Signal> {
    let mut all = Vec::new();
    for &(at, value) in points {
        if above(value, limits.upper) {
            all.push(Signal { at, rule: Rule::BeyondLimit, side: Side::High });
        } else if above(limits.lower, value) {
            all.push(Signal { at, rule: Rule::BeyondLimit, side: Side::Low });
        }
    }
    all.extend(runs(points, limits.mean));
    all.extend(three_of_four(points, limits));
    all.sort();
    all.dedup();
    all
}

/// Strictly, with the tolerance that all comparisons have.
fn above(a: f64, b: f64) -> bool {
    !at_most(a, b)
}

fn runs(points: &[Point], mean: f64) -> Vec<Signal> {
    let side = |value: f64| if above(value, mean) { Some(Side::High) } else { above(mean, value).then_some(Side::Low) };
    let mut all = Vec::new();
    let mut begin = 0;
    while begin < points.len() {
        let here = side(points[begin].1);
        let length = points[begin..].iter().take_while(|it| side(it.1) == here).count();
        if let (Some(side), true) = (here, length >= RUN) {
            all.extend(points[begin..begin + length].iter().map(|it| Signal { at: it.0, rule: Rule::RunOf8, side }));
        }
        begin += length;
    }
    all
}

fn three_of_four(points: &[Point], limits: Limits) -> Vec<Signal> {
    let beyond = |value: f64, side: Side| match side {
        Side::High => above(value, f64::midpoint(limits.mean, limits.upper)),
        Side::Low => above(f64::midpoint(limits.mean, limits.lower), value),
    };
    let mut all = Vec::new();
    for four in points.windows(4) {
        for side in [Side::High, Side::Low] {
            let far = four.iter().filter(|it| beyond(it.1, side));
            if far.clone().count() >= 3 {
                all.extend(far.map(|it| Signal { at: it.0, rule: Rule::ThreeOf4, side }));
            }
        }
    }
    all
}
