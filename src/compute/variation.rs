//! What a process says: routine variation or a signal, and whether it can meet its target as it is.

use crate::model::{Better, Kpi, KpiTarget};

use super::{
    at_least, at_most,
    kpi::{KpiPoint, KpiScore, meets},
    xmr::{FEWEST, Limits, Rule, Side, Signal, Stretch},
};

/// A point outside the limits speaks of today while it is one of so many newest values. A level that moved speaks while
/// the newest value is part of it; a drift may have one in four that is not.
const NEWEST: usize = 3;

/// What the newest values of a KPI say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variation {
    /// Nothing but what the process does by itself.
    Steady,
    /// Something else.
    Signal(Spoken),
    /// Too few values to tell: so many are missing.
    TooFew(usize),
    /// The author's baseline is over and has so many values: too few, however many are still to come.
    ShortBaseline(usize),
    /// Not one value.
    Nothing,
}

/// The signal that says most of the newest values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// A new level says more than a single point, a single point more than a drift.
    pub rule: Rule,
    /// On which side of the mean.
    pub side: Side,
    /// Whether that is the good one.
    pub sense: Sense,
    /// The first point of those that make it up, by its place in the series.
    pub since: usize,
    /// Its newest point.
    pub until: usize,
    /// How many points make it up.
    pub points: usize,
}

/// Whether a side is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// Away from the target, or on the bad side of the mean.
    Worse,
    /// The good side.
    Better,
    /// Neither: inside a range, or without one.
    Neither,
}

impl Sense {
    /// The name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Neither => "neither",
        }
    }
}

/// Whether a process meets its target as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// Its limits lie wholly on the good side.
    Always,
    /// The target lies between them.
    Sometimes,
    /// Its limits lie wholly on the bad side.
    Never,
}

/// What the newest values of the last stretch say.
pub fn variation(kpi: &Kpi, score: &KpiScore) -> Variation {
    let Some(stretch) = score.last_stretch().filter(|_| score.current.is_some()) else { return Variation::Nothing };
    if stretch.limits.is_none() {
        if has_short_baseline(kpi, score, stretch) {
            return Variation::ShortBaseline(stretch.baseline.len());
        }
        let known = score.series[stretch.from..stretch.to].iter().filter(|it| it.whole().is_some()).count();
        return Variation::TooFew(FEWEST.saturating_sub(known).max(1));
    }
    let points: Vec<usize> = (stretch.from..stretch.to).filter(|at| score.series[*at].whole().is_some()).collect();
    let speaks = |rule: Rule| {
        let window = match rule {
            Rule::RunOf8 => 1,
            Rule::ThreeOf4 => 2,
            Rule::BeyondLimit => NEWEST,
        };
        let newest = &points[points.len().saturating_sub(window)..];
        stretch.signals.iter().rev().find(|it| it.rule == rule && newest.contains(&it.at))
    };
    let Some(found) = [Rule::RunOf8, Rule::BeyondLimit, Rule::ThreeOf4].into_iter().find_map(speaks) else { return Variation::Steady };
    let (since, count) = reach(&points, &stretch.signals, *found);
    let sense = sense(kpi, found.side, &score.series[found.at]);
    Variation::Signal(Spoken { rule: found.rule, side: found.side, sense, since, until: found.at, points: count })
}

/// Whether the author's own baseline lies in a stretch, is over and has too few values.
fn has_short_baseline(kpi: &Kpi, score: &KpiScore, stretch: &Stretch) -> bool {
    let (Some(baseline), Some(newest)) = (&kpi.baseline, score.series.last()) else { return false };
    let mut days = stretch.baseline.iter().map(|at| score.series[*at].period.belongs_on());
    let is_own = !stretch.baseline.is_empty() && days.all(|day| baseline.contains(day));
    is_own && stretch.baseline.len() < FEWEST && baseline.last() < newest.period.first()
}

/// Back from a signal's newest point to its first: points in a row that bear the same rule on the same side. A drift may
/// have one in four that does not.
fn reach(points: &[usize], signals: &[Signal], newest: Signal) -> (usize, usize) {
    let bears = |at: usize| signals.iter().any(|it| it.at == at && it.rule == newest.rule && it.side == newest.side);
    let allowed = if newest.rule == Rule::ThreeOf4 { 1 } else { 0 };
    let (mut since, mut count, mut missing) = (newest.at, 0, 0);
    for at in points.iter().rev().copied().filter(|at| *at <= newest.at) {
        if bears(at) {
            (since, count, missing) = (at, count + 1, 0);
        } else if missing < allowed {
            missing += 1;
        } else {
            break;
        }
    }
    (since, count)
}

/// Whether a signal is a good one.
pub fn sense(kpi: &Kpi, side: Side, point: &KpiPoint) -> Sense {
    match (kpi.better, side) {
        (Better::Higher, Side::High) | (Better::Lower, Side::Low) => Sense::Better,
        (Better::Higher, Side::Low) | (Better::Lower, Side::High) => Sense::Worse,
        (Better::Within, _) => match (point.value, point.target) {
            (Some(value), Some(target)) if !meets(kpi.better, value, target) => Sense::Worse,
            _ => Sense::Neither,
        },
    }
}

/// Whether natural limits meet a target: always, sometimes, or never as the process is.
pub fn capability(kpi: &Kpi, limits: &Limits, target: KpiTarget) -> Capability {
    let (always, never) = match (target, kpi.better) {
        (KpiTarget::One(target), Better::Lower) => (at_most(limits.upper, target.value), !at_most(limits.lower, target.value)),
        (KpiTarget::One(target), Better::Higher | Better::Within) => {
            (at_least(limits.lower, target.value), !at_least(limits.upper, target.value))
        }
        (KpiTarget::Range(low, high), _) => (
            at_least(limits.lower, low.value) && at_most(limits.upper, high.value),
            !at_least(limits.upper, low.value) || !at_most(limits.lower, high.value),
        ),
    };
    match (always, never) {
        (true, _) => Capability::Always,
        (false, true) => Capability::Never,
        (false, false) => Capability::Sometimes,
    }
}
