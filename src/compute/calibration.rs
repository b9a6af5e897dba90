//! Calibration: how sure people said they were while a period ran, against what came out of it.

use crate::model::{Date, KeyResult, Objective, Status, Workspace, days_between};

use super::{ObjectiveScore, Scorecard};

/// Confidence and outcome over closed periods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Mean confidence, 0–10, in the first, middle and last third of a period; none where nobody said.
    pub thirds: [Option<f64>; 3],
    /// Mean score of the same key results, 0…1.
    pub outcome: f64,
    /// How many key results that are.
    pub key_results: usize,
    /// In how many periods.
    pub periods: usize,
}

/// Of the key results that `counts` says yes to, in periods that are over: those of which somebody said how sure they
/// were, each counted once. A third is a third of the period's days. None without any.
pub fn calibration(workspace: &Workspace, scorecard: &Scorecard, counts: impl Fn(&Objective, &KeyResult) -> bool) -> Option<Calibration> {
    let mut sums = [(0.0, 0_u32); 3];
    let (mut outcome, mut key_results) = (0.0, 0_usize);
    let mut periods = std::collections::BTreeSet::new();
    let closed =
        |(objective, score): &(&Objective, &ObjectiveScore)| objective.period.last() < scorecard.as_of && score.status != Status::Cancelled;
    for (objective, score) in workspace.objectives.iter().zip(&scorecard.objectives).filter(closed) {
        for (key_result, score) in objective.key_results.iter().zip(&score.key_results) {
            let (Some(result), true) = (score.score, counts(objective, key_result)) else { continue };
            let mut said = [(0.0, 0_u32); 3];
            for it in score.history.iter().filter(|it| it.date <= objective.period.last()) {
                if let Some(sure) = it.confidence {
                    let place = &mut said[third(objective, it.day)];
                    *place = (place.0 + sure, place.1 + 1);
                }
            }
            if said.iter().all(|(_, count)| *count == 0) {
                continue;
            }
            for (sum, (said, count)) in sums.iter_mut().zip(said) {
                if count > 0 {
                    *sum = (sum.0 + said / f64::from(count), sum.1 + 1);
                }
            }
            outcome += result;
            key_results += 1;
            periods.insert(&objective.period);
        }
    }
    (key_results > 0).then(|| Calibration {
        thirds: sums.map(|(sum, count)| (count > 0).then(|| sum / f64::from(count))),
        outcome: outcome / key_results as f64,
        key_results,
        periods: periods.len(),
    })
}

/// Which third of its period a day lies in.
fn third(objective: &Objective, day: Date) -> usize {
    let period = &objective.period;
    let passed = days_between(period.first(), day).clamp(0, period.days());
    usize::try_from(passed * 3 / (period.days() + 1)).unwrap_or(0).min(2)
}
