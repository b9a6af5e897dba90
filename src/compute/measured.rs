//! Key results that are measured by a KPI's values in the period.

use crate::model::{Aggregate, Amount, Date, KeyResult, Measure, Period, Source, Workspace};

use super::{
    inside,
    kpi::{KpiPoint, KpiScore, measuring},
    progress::{Reached, way},
};

/// What a KPI says of a key result.
pub(super) struct Measured {
    raw: Option<f64>,
    current: Option<f64>,
    days: Vec<(Date, f64)>,
    /// As its author wrote it, where one line gave it.
    pub(super) amount: Option<Amount>,
    /// The line of the newest value.
    pub(super) source: Option<Source>,
    /// The last day of the newest sub-period with a value, at most the day itself.
    pub(super) until: Option<Date>,
}

impl Measured {
    pub(super) fn reached(&self) -> Reached {
        Reached { raw: self.raw, current: self.current, from: None, days: self.days.clone(), milestones: Vec::new() }
    }
}

/// Nothing, unless a KPI measures the key result.
pub(super) fn measured_by_kpi(
    workspace: &Workspace,
    key_result: &KeyResult,
    period: &Period,
    kpis: &[KpiScore],
    as_of: Date,
) -> Option<Measured> {
    let Measure::Kpi { kpi, .. } = &key_result.measure else { return None };
    let aggregate = workspace.kpi(*kpi).aggregate;
    let points: Vec<&KpiPoint> = measuring(kpis, *kpi, period).collect();
    let values = || points.iter().filter_map(|it| it.value);
    let ends = |point: &KpiPoint| point.period.last().min(as_of);
    let newest = points.last();
    let (raw, current) = match (key_result.measure.bounds(), key_result.measure.ends()) {
        (Some((low, high)), _) => {
            let held = values().filter(|value| inside(*value, low, high)).count();
            ((!points.is_empty()).then(|| held as f64 / points.len() as f64), newest.and_then(|it| it.value))
        }
        (None, Some((start, target))) => {
            let so_far = aggregate.of(values());
            (so_far.map(|value| way(value, start.value, target.value)), so_far)
        }
        (None, None) => (None, aggregate.of(values())),
    };
    let is_hold = key_result.measure.bounds().is_some();
    // What the line is drawn through: the level at the end of each part, or what the parts have come to by then.
    let by_then = |index: usize| {
        let parts = points[..=index].iter().filter_map(|it| it.value);
        if is_hold { points[index].value } else { aggregate.of(parts) }
    };
    Some(Measured {
        raw,
        current,
        days: (0..points.len()).filter_map(|index| Some((ends(points[index]), by_then(index)?))).collect(),
        amount: newest.filter(|_| points.len() == 1 || is_hold || aggregate == Aggregate::Last).and_then(|it| it.amount),
        source: newest.and_then(|it| it.source.clone()),
        until: newest.map(|it| ends(it)),
    })
}
