//! What is expected of a key result by a day.

use crate::model::{Date, KeyResult, Measure, Milestone, Period, days_between};

use super::progress::way;

/// The share of the way expected on a day, 0…1: the share of the time, unless checkpoints or due dates say otherwise.
///
/// `has_value` matters to a hold alone, which expects 1 once there is a value.
pub fn expected_progress(key_result: &KeyResult, period: &Period, day: Date, has_value: bool) -> f64 {
    match &key_result.measure {
        Measure::Metric { start, target, checkpoints } if !checkpoints.is_empty() => {
            let value = along(&pace_points(key_result, period), days_between(period.first(), day));
            way(value, start.value, target.value).clamp(0.0, 1.0)
        }
        Measure::Hold { .. } => f64::from(u8::from(has_value)),
        Measure::Kpi { .. } if key_result.measure.bounds().is_some() => f64::from(u8::from(has_value)),
        Measure::Milestones(milestones) => due_share(milestones.iter().map(dated), period, day),
        Measure::Done { due, .. } => due_share([(*due, 1.0)].into_iter(), period, day),
        Measure::Metric { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => time_share(period, day),
    }
}

/// The values expected over the period as (days from the first, value), for what goes from a start to a target; empty for other kinds.
pub fn pace_points(key_result: &KeyResult, period: &Period) -> Vec<(i64, f64)> {
    let Some((start, target)) = key_result.measure.ends() else { return Vec::new() };
    let checkpoints = match &key_result.measure {
        Measure::Metric { checkpoints, .. } => checkpoints.as_slice(),
        Measure::Kpi { .. } | Measure::Hold { .. } | Measure::Milestones(_) | Measure::Done { .. } | Measure::Unmeasured { .. } => &[],
    };
    let mut points = vec![(0, start.value)];
    for checkpoint in checkpoints {
        let x = days_between(period.first(), checkpoint.date);
        match points.last_mut() {
            Some(last) if last.0 == x => last.1 = checkpoint.value.value,
            _ => points.push((x, checkpoint.value.value)),
        }
    }
    match points.last_mut() {
        Some(last) if last.0 == period.days() => last.1 = target.value,
        _ => points.push((period.days(), target.value)),
    }
    points
}

/// The share of the period's days that have passed: 0 on the first day, 1 on the last.
fn time_share(period: &Period, day: Date) -> f64 {
    if day < period.first() {
        return 0.0;
    }
    if period.days() == 0 {
        return 1.0;
    }
    (days_between(period.first(), day) as f64 / period.days() as f64).clamp(0.0, 1.0)
}

fn along(points: &[(i64, f64)], x: i64) -> f64 {
    let after = points.partition_point(|(at, _)| *at <= x);
    match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
        (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 / 2.0 - y0 / 2.0) * ((x - x0) as f64 / (x1 - x0) as f64) * 2.0,
        (Some((_, y)), None) => y,
        (None, Some(&(_, y))) => y,
        (None, None) => 0.0,
    }
}

fn dated(milestone: &Milestone) -> (Option<Date>, f64) {
    (milestone.due, milestone.weight)
}

/// The weight due by the day; what has no day is due on the last. Without any due date: the share of the time.
fn due_share(steps: impl Iterator<Item = (Option<Date>, f64)> + Clone, period: &Period, day: Date) -> f64 {
    if steps.clone().all(|(due, _)| due.is_none()) {
        return time_share(period, day);
    }
    let due_by = |due: Option<Date>| if due.unwrap_or(period.last()) <= day { 1.0 } else { 0.0 };
    super::weighted_mean(steps.map(|(due, weight)| (due_by(due), weight))).unwrap_or(0.0)
}
