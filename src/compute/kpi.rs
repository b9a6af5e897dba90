//! KPIs: the value of each period, what it says of the target, and of longer periods.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Aggregate, Amount, Better, Calendar, CheckIn, Date, Every, Id, Kpi, KpiAt, KpiEntry, KpiReading, KpiTarget, Origin, Period, Source,
    Targets,
};

use super::{
    at_least, at_most,
    written::Written,
    xmr::{Stretch, stretches},
};

/// A KPI's figures.
#[derive(Clone, Debug, Default)]
pub struct KpiScore {
    /// From the first period with a value to the one in which the day lies, gaps among them.
    pub series: Vec<KpiPoint>,
    /// The newest period with a value, by its place in the series.
    pub current: Option<usize>,
    /// What the process does between its deliberate changes, by first period.
    pub stretches: Vec<Stretch>,
    /// No value in the last two ended periods, nor in the running one.
    pub stale: bool,
    /// How its numbers are written.
    pub written: Written,
    /// Of a KPI that is shared out: everybody's own series, in the order of `assigned`.
    pub people: Vec<Vec<KpiPoint>>,
}

/// A KPI in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiPoint {
    /// Which.
    pub period: Period,
    /// In the KPI's unit; none: a gap.
    pub value: Option<f64>,
    /// As its author wrote it, where one line gave it.
    pub amount: Option<Amount>,
    /// The line that gave it, or the last of those that make it up.
    pub source: Option<Source>,
    /// The check-in that gave it.
    pub check_in: Option<usize>,
    /// What it should be.
    pub target: Option<KpiTarget>,
    /// The line that says so.
    pub target_source: Option<Source>,
    /// Value by target, 1 is 100 %; see [`attainment`].
    pub attainment: Option<f64>,
    /// What the value says of the target; none for the sum of a running period.
    pub status: Option<KpiStatus>,
    /// Not all of the period is in it.
    pub partial: bool,
}

impl KpiPoint {
    /// The value of a whole period: one that sets limits and gives signals.
    pub fn whole(&self) -> Option<f64> {
        self.value.filter(|_| !self.partial)
    }
}

/// What a value says of its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KpiStatus {
    /// At the target or better.
    Met,
    /// No further off than the author calls near.
    Near,
    /// Further off.
    Missed,
    /// No value.
    NoData,
    /// No target.
    NoTarget,
}

impl KpiStatus {
    /// The name in the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "near",
            Self::Missed => "missed",
            Self::NoData => "no_data",
            Self::NoTarget => "no_target",
        }
    }
}

impl KpiScore {
    /// The newest point with a value.
    pub fn newest(&self) -> Option<&KpiPoint> {
        self.current.map(|at| &self.series[at])
    }

    /// The newest point that says how it stands: what has been added up of a running period says only how much of it is over.
    pub fn telling(&self, kpi: &Kpi) -> Option<&KpiPoint> {
        let whole = |it: &&KpiPoint| it.value.is_some() && (!it.partial || kpi.aggregate != Aggregate::Sum);
        self.series.iter().rfind(whole).or_else(|| self.newest())
    }

    /// One person's share, by its place in `assigned`, as a KPI of its own.
    pub(super) fn share(&self, kpi: &Kpi, at: usize, clock: Clock) -> Self {
        let series = self.people.get(at).cloned().unwrap_or_default();
        Self {
            current: series.iter().rposition(|it| it.value.is_some()),
            stretches: stretches(kpi, &series, clock),
            stale: is_stale(kpi, &series, clock),
            written: self.written,
            people: Vec::new(),
            series,
        }
    }

    /// The stretch that the day knows last.
    pub fn last_stretch(&self) -> Option<&Stretch> {
        self.stretches.last()
    }
}

/// What everything is computed by.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) as_of: Date,
    pub(super) calendar: Calendar,
    /// No period that was over before this day is waited for.
    pub(super) started: Option<Date>,
}

/// The figures of each KPI. `speaking` are the check-ins known by the day that give KPIs values.
pub(super) fn scores(kpis: &[Kpi], check_ins: &[CheckIn], speaking: &[usize], clock: Clock) -> Vec<KpiScore> {
    use rayon::prelude::*;
    let mut said: Vec<Vec<KpiReading>> = vec![Vec::new(); kpis.len()];
    for index in speaking.iter().copied() {
        for entry in &check_ins[index].kpis {
            said[entry.kpi.0].push(reading(check_ins, index, entry));
        }
    }
    kpis.par_iter().zip(said).map(|(kpi, said)| score(kpi, &said, clock)).collect()
}

fn reading(check_ins: &[CheckIn], index: usize, entry: &KpiEntry) -> KpiReading {
    KpiReading {
        period: entry.period.clone(),
        person: entry.person.clone(),
        value: entry.value,
        target: None,
        origin: Origin::CheckIn(index),
        source: Source { path: check_ins[index].source.path.clone(), line: entry.line },
        column: entry.column,
    }
}

/// The same of a few; all others have no figures.
pub(super) fn some_scores(
    kpis: &[Kpi],
    check_ins: &[CheckIn],
    speaking: &[usize],
    clock: Clock,
    wanted: &BTreeSet<KpiAt>,
) -> Vec<KpiScore> {
    let mut said: BTreeMap<KpiAt, Vec<KpiReading>> = wanted.iter().map(|at| (*at, Vec::new())).collect();
    for index in speaking.iter().copied() {
        for entry in &check_ins[index].kpis {
            if let Some(own) = said.get_mut(&entry.kpi) {
                own.push(reading(check_ins, index, entry));
            }
        }
    }
    let mut all = vec![KpiScore::default(); kpis.len()];
    for (at, said) in said {
        all[at.0] = score(&kpis[at.0], &said, clock);
    }
    all
}

fn score(kpi: &Kpi, said: &[KpiReading], clock: Clock) -> KpiScore {
    let known = |it: &&KpiReading| it.period.first() <= clock.as_of;
    let readings: Vec<&KpiReading> = kpi.readings.iter().chain(said).filter(known).collect();
    let of = |person: Option<&Id>| readings.iter().copied().filter(|it| it.person.as_ref() == person).collect::<Vec<_>>();
    let people: Vec<Vec<KpiPoint>> =
        kpi.assigned.iter().map(|it| series(kpi, &of(Some(&it.person)), &it.targets, Shares::None, clock)).collect();
    let series = series(kpi, &of(None), &kpi.targets, Shares::Of(&people), clock);
    let current = series.iter().rposition(|it| it.value.is_some());
    let stretches = stretches(kpi, &series, clock);
    KpiScore { stale: is_stale(kpi, &series, clock), current, stretches, written: Written::of(kpi, &readings), people, series }
}

/// "Not updated": the last two ended periods have no value, and the running one has none yet.
fn is_stale(kpi: &Kpi, series: &[KpiPoint], Clock { as_of, calendar, started }: Clock) -> bool {
    let ended = series.iter().filter(|it| it.period.last() <= as_of).count();
    let waited_for = |day| kpi.every.from_to(day, as_of, calendar).filter(|it| it.last() <= as_of).take(2).count() == 2;
    started.is_none_or(waited_for) && series[ended.saturating_sub(2)..].iter().all(|it| it.value.is_none())
}

/// Whether the values of those to whom a KPI is assigned make up its own.
#[derive(Clone, Copy)]
enum Shares<'a> {
    None,
    Of(&'a [Vec<KpiPoint>]),
}

fn series(kpi: &Kpi, readings: &[&KpiReading], targets: &Targets, shares: Shares<'_>, clock: Clock) -> Vec<KpiPoint> {
    let mut by_period: BTreeMap<Period, Vec<&KpiReading>> = BTreeMap::new();
    for reading in readings {
        let holding =
            if kpi.every.is(&reading.period) { Some(reading.period.clone()) } else { kpi.every.holding(&reading.period, clock.calendar) };
        if let Some(period) = holding.filter(|it| it.first() <= clock.as_of) {
            by_period.entry(period).or_default().push(reading);
        }
    }
    let mut shared: BTreeMap<&Period, Vec<&KpiPoint>> = BTreeMap::new();
    if let Shares::Of(people) = shares {
        for point in people.iter().flatten().filter(|it| it.value.is_some()) {
            shared.entry(&point.period).or_default().push(point);
        }
    }
    let own = by_period.iter().filter(|(_, all)| all.iter().any(|it| it.value.is_some())).map(|(period, _)| period).min();
    let Some(first) = own.into_iter().chain(shared.keys().copied()).min() else { return Vec::new() };
    kpi.every
        .from_to(first.first(), clock.as_of, clock.calendar)
        .map(|period| {
            let readings = by_period.get(&period).map_or(&[][..], Vec::as_slice);
            let made = made(kpi, &period, readings, clock);
            let made = match shared.get(&period) {
                Some(points) if made.value.is_none() => made_of_shares(kpi, points, made),
                Some(_) | None => made,
            };
            point(kpi, period, made, targets, clock.as_of)
        })
        .collect()
}

/// What the readings of one period come to.
#[derive(Default)]
struct Made {
    value: Option<f64>,
    amount: Option<Amount>,
    source: Option<Source>,
    check_in: Option<usize>,
    /// What stands beside it in a table.
    target: Option<(Amount, Source)>,
    /// Weeks or months of it have no value, or one of them still runs.
    incomplete: bool,
}

/// `values`, then `data`, then check-ins: of the first that says anything its value of the whole period, else what its
/// finer ones come to. The target of a table holds wherever the value comes from.
fn made(kpi: &Kpi, period: &Period, readings: &[&KpiReading], clock: Clock) -> Made {
    let target = table_target(kpi.aggregate, period, readings);
    let asked: [fn(Origin) -> bool; 3] = [|it| it == Origin::File, |it| it == Origin::Table, |it| matches!(it, Origin::CheckIn(_))];
    for is_asked in asked {
        let own = readings.iter().copied().filter(|it| is_asked(it.origin) && it.value.is_some());
        let (exact, finer): (Vec<&KpiReading>, Vec<&KpiReading>) = own.partition(|it| it.period == *period);
        if let Some(reading) = chosen(&exact) {
            return Made {
                value: reading.value.map(|it| it.value),
                amount: reading.value,
                source: Some(reading.source.clone()),
                check_in: check_in_of(reading),
                target,
                incomplete: false,
            };
        }
        let parts = parts(&finer);
        if let Some(last) = parts.last() {
            return Made {
                value: kpi.aggregate.of(parts.iter().filter_map(|it| it.value).map(|it| it.value)),
                amount: None,
                source: Some(last.source.clone()),
                check_in: check_in_of(last),
                target,
                incomplete: is_incomplete(&parts, period, clock),
            };
        }
    }
    Made { target, ..Made::default() }
}

/// The target of a table's row for the whole period, else what those of its finer rows come to: over the rows that have a
/// value – over all while none has –, and none where one of them lacks it.
fn table_target(aggregate: Aggregate, period: &Period, readings: &[&KpiReading]) -> Option<(Amount, Source)> {
    let rows = readings.iter().copied().filter(|it| it.origin == Origin::Table);
    let (exact, finer): (Vec<&KpiReading>, Vec<&KpiReading>) = rows.partition(|it| it.period == *period);
    if let Some((target, row)) = exact.iter().find_map(|it| Some((it.target?, it))) {
        return Some((target, row.source.clone()));
    }
    let valued = parts(&finer.iter().copied().filter(|it| it.value.is_some()).collect::<Vec<_>>());
    of_rows(aggregate, if valued.is_empty() { &finer } else { &valued })
}

/// Targets of finer rows made one; none where one of them has none.
fn of_rows(aggregate: Aggregate, rows: &[&KpiReading]) -> Option<(Amount, Source)> {
    let targets: Vec<Amount> = rows.iter().map(|it| it.target).collect::<Option<_>>()?;
    let (like, last) = (targets.last()?, rows.last()?);
    let value = aggregate.of(targets.iter().map(|it| it.value))?;
    Some((Amount { value, ..*like }, last.source.clone()))
}

fn check_in_of(reading: &KpiReading) -> Option<usize> {
    match reading.origin {
        Origin::CheckIn(index) => Some(index),
        Origin::File | Origin::Table => None,
    }
}

/// Of several for one period from one origin: the first of a file or table, the last check-in.
fn chosen<'r>(readings: &[&'r KpiReading]) -> Option<&'r KpiReading> {
    match readings.first()?.origin {
        Origin::File | Origin::Table => readings.first().copied(),
        Origin::CheckIn(_) => readings.iter().copied().max_by_key(|it| it.origin),
    }
}

/// The finer values that make up a longer one, in order: one for each month, week or – rows of a table may share it – day.
/// A day that lies in a week with a value of its own is in that, likewise a week in a month.
fn parts<'r>(finer: &[&'r KpiReading]) -> Vec<&'r KpiReading> {
    let mut by_period: BTreeMap<&Period, Vec<&KpiReading>> = BTreeMap::new();
    for reading in finer {
        by_period.entry(&reading.period).or_default().push(reading);
    }
    let mut covered: Vec<&Period> = Vec::new();
    let mut all: Vec<&KpiReading> = Vec::new();
    let mut longest_first: Vec<(&Period, Vec<&KpiReading>)> = by_period.into_iter().collect();
    longest_first.sort_by_key(|(period, _)| std::cmp::Reverse(period.days()));
    for (period, readings) in longest_first {
        if covered.iter().any(|it| it.contains(period.belongs_on())) {
            continue;
        }
        if period.days() > 0 {
            covered.push(period);
        }
        let are_rows = period.days() == 0 && readings.iter().all(|it| it.origin == Origin::Table);
        all.extend(if are_rows { readings } else { chosen(&readings).into_iter().collect() });
    }
    all.sort_by(|a, b| a.period.cmp(&b.period).then(a.source.cmp(&b.source)));
    all
}

/// Whether a week or month is missing in what is made of weeks or months, or one of them still runs: the week of a month's
/// last days ends in the next. Days are counted as they come.
fn is_incomplete(parts: &[&KpiReading], period: &Period, Clock { as_of, calendar, started: _ }: Clock) -> bool {
    let has = |every: Every| parts.iter().any(|it| every.is(&it.period));
    // A week belongs where its Thursday lies, also beside months.
    let in_part = |sub: &Period| parts.iter().any(|it| sub.contains(it.period.belongs_on()) || it.period.contains(sub.belongs_on()));
    let is_missing = |every: Every| has(every) && every.within(period, calendar).any(|sub| !in_part(&sub));
    [Every::Month, Every::Week].into_iter().any(is_missing) || parts.iter().any(|it| as_of < it.period.last())
}

fn made_of_shares(kpi: &Kpi, points: &[&KpiPoint], Made { check_in, target, incomplete, .. }: Made) -> Made {
    let values = || points.iter().filter_map(|it| it.value);
    let shared = match kpi.aggregate {
        Aggregate::Sum => Aggregate::Sum,
        Aggregate::Mean | Aggregate::Last => Aggregate::Mean,
    };
    let source = points.last().and_then(|it| it.source.clone());
    let incomplete = incomplete || points.iter().any(|it| it.partial);
    Made { value: shared.of(values()), amount: None, source, check_in, target, incomplete }
}

fn point(kpi: &Kpi, period: Period, made: Made, targets: &Targets, as_of: Date) -> KpiPoint {
    let Made { value, amount, source, check_in, target, incomplete } = made;
    let step = targets.for_period(&period);
    let from_table = target.filter(|_| kpi.better != Better::Within).map(|(amount, source)| (KpiTarget::One(amount), source));
    let (target, target_source) = match from_table {
        Some((target, source)) => (Some(target), Some(source)),
        None => (step.and_then(|it| it.target), step.map(|it| it.source.clone())),
    };
    let partial = as_of < period.last() || incomplete;
    KpiPoint {
        attainment: value.zip(target).and_then(|(value, target)| attainment(kpi.better, value, target)),
        status: status(kpi, value, target, partial),
        period,
        value,
        amount,
        source,
        check_in,
        target,
        target_source,
        partial,
    }
}

/// How far a value reaches its target, 1 is 100 %: higher is better `value / target`, lower is better `2 − value / target`.
/// None for a range, and for a target of 0 or below, which nothing can be divided by in earnest.
pub fn attainment(better: Better, value: f64, target: KpiTarget) -> Option<f64> {
    let KpiTarget::One(target) = target else { return None };
    if target.value <= 0.0 {
        return None;
    }
    let share = (value / target.value).clamp(f64::MIN, f64::MAX);
    match better {
        Better::Higher => Some(share),
        Better::Lower => Some(2.0 - share),
        Better::Within => None,
    }
}

/// Whether a value is at its target or better; inside, for a range.
pub fn meets(better: Better, value: f64, target: KpiTarget) -> bool {
    match target {
        KpiTarget::One(target) => match better {
            Better::Higher => at_least(value, target.value),
            Better::Lower => at_most(value, target.value),
            Better::Within => at_least(value, target.value) && at_most(value, target.value),
        },
        KpiTarget::Range(low, high) => at_least(value, low.value) && at_most(value, high.value),
    }
}

fn status(kpi: &Kpi, value: Option<f64>, target: Option<KpiTarget>, partial: bool) -> Option<KpiStatus> {
    let Some(value) = value else { return Some(KpiStatus::NoData) };
    let Some(target) = target else { return Some(KpiStatus::NoTarget) };
    if partial && kpi.aggregate == Aggregate::Sum {
        return None;
    }
    if meets(kpi.better, value, target) {
        return Some(KpiStatus::Met);
    }
    let (off, near) = match target {
        KpiTarget::One(target) => ((value - target.value).abs(), kpi.amber * target.value.abs()),
        KpiTarget::Range(low, high) => {
            let off = if value < low.value { low.value - value } else { value - high.value };
            (off, kpi.amber * (high.value - low.value))
        }
    };
    Some(if at_most(off, near) { KpiStatus::Near } else { KpiStatus::Missed })
}

/// Over which of a longer period's parts its target is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetOver {
    /// Those that have a value; all of them, while none has.
    Reported,
    /// All of them, so that a part that nobody reports costs.
    All,
}

/// A KPI over a longer period – weeks over a month, months over a quarter or year –, value and target made up alike.
///
/// `series` is the KPI's own or one person's, with the targets that hold for it.
pub fn longer(kpi: &Kpi, series: &[KpiPoint], targets: &Targets, period: &Period, over: TargetOver, calendar: Calendar) -> KpiPoint {
    let subs: Vec<Period> = kpi.every.within(period, calendar).collect();
    let at = |sub: &Period| series.binary_search_by(|it| it.period.cmp(sub)).ok().map(|at| &series[at]);
    let points: Vec<Option<&KpiPoint>> = subs.iter().map(at).collect();
    let valued: Vec<&KpiPoint> = points.iter().flatten().copied().filter(|it| it.value.is_some()).collect();
    let value = kpi.aggregate.of(valued.iter().filter_map(|it| it.value));
    let wanted: Vec<(Option<KpiTarget>, Option<Source>)> = if valued.is_empty() || over == TargetOver::All {
        subs.iter()
            .zip(&points)
            .map(|(sub, point)| match point {
                Some(point) => (point.target, point.target_source.clone()),
                None => targets.for_period(sub).map_or((None, None), |step| (step.target, Some(step.source.clone()))),
            })
            .collect()
    } else {
        valued.iter().map(|it| (it.target, it.target_source.clone())).collect()
    };
    let target = together(kpi.aggregate, wanted.iter().map(|(target, _)| *target));
    let partial = valued.len() < subs.len() || valued.iter().any(|it| it.partial);
    let last = valued.last();
    KpiPoint {
        period: period.clone(),
        amount: last.filter(|_| valued.len() == 1 || kpi.aggregate == Aggregate::Last).and_then(|it| it.amount),
        source: last.and_then(|it| it.source.clone()),
        check_in: last.and_then(|it| it.check_in),
        attainment: value.zip(target).and_then(|(value, target)| attainment(kpi.better, value, target)),
        status: status(kpi, value, target, partial),
        target_source: target.and_then(|_| wanted.into_iter().rev().find_map(|(_, source)| source)),
        value,
        target,
        partial,
    }
}

/// Targets made up as values are; none where one of them is missing.
fn together(aggregate: Aggregate, targets: impl Iterator<Item = Option<KpiTarget>>) -> Option<KpiTarget> {
    let all: Vec<KpiTarget> = targets.collect::<Option<_>>()?;
    let like = |amount: &Amount, value: f64| Amount { value, ..*amount };
    match all.last()? {
        KpiTarget::One(last) => {
            let value = aggregate.of(all.iter().filter_map(|it| match it {
                KpiTarget::One(amount) => Some(amount.value),
                KpiTarget::Range(..) => None,
            }))?;
            Some(KpiTarget::One(like(last, value)))
        }
        KpiTarget::Range(low, high) => {
            let side = |pick: fn(&Amount, &Amount) -> f64| {
                aggregate.of(all.iter().filter_map(|it| match it {
                    KpiTarget::Range(low, high) => Some(pick(low, high)),
                    KpiTarget::One(_) => None,
                }))
            };
            Some(KpiTarget::Range(like(low, side(|low, _| low.value)?), like(high, side(|_, high| high.value)?)))
        }
    }
}

/// The points of a KPI that a key result of `period` is measured by: those that belong to it and have a value.
pub(super) fn measuring<'s>(scores: &'s [KpiScore], kpi: KpiAt, period: &Period) -> impl Iterator<Item = &'s KpiPoint> + Clone {
    let (first, last) = (period.first(), period.last());
    scores[kpi.0].series.iter().filter(move |it| {
        let day = it.period.belongs_on();
        it.value.is_some() && first <= day && day <= last
    })
}
