//! From figures to a status.

use crate::model::{Commitment, Date, Period, Status};

use super::{at_least, at_most};

/// While the period runs: the gap up to which a goal is on track, and the one up to which it is at risk.
const ON_TRACK_GAP: f64 = 0.10;
const AT_RISK_GAP: f64 = 0.25;

/// From how far behind the plan while it runs. Both 0…1.
pub(super) fn by_gap(expected: f64, progress: f64) -> Status {
    let gap = expected - progress;
    if at_most(gap, ON_TRACK_GAP) {
        Status::OnTrack
    } else if at_most(gap, AT_RISK_GAP) {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

/// From the score after the period, 0…1. A promise is kept only whole.
pub(super) fn by_score(score: f64, commitment: Commitment) -> Status {
    let (achieved, progressed) = match commitment {
        Commitment::Aspirational => (0.7, 0.4),
        Commitment::Committed => (1.0, 0.7),
    };
    if at_least(score, achieved) {
        Status::Achieved
    } else if at_least(score, progressed) {
        Status::Progressed
    } else {
        Status::Missed
    }
}

/// Where a period is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Before,
    Running,
    After,
}

pub(super) fn phase(period: &Period, as_of: Date) -> Phase {
    if as_of < period.first() {
        Phase::Before
    } else if as_of > period.last() {
        Phase::After
    } else {
        Phase::Running
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_belong_to_the_better_side() {
        for (expected, progress, want) in [
            (0.4, 0.3, Status::OnTrack),
            (0.5, 0.5, Status::OnTrack),
            (0.4, 0.299, Status::AtRisk),
            (0.75, 0.5, Status::AtRisk),
            (0.75, 0.499, Status::OffTrack),
        ] {
            assert_eq!(by_gap(expected, progress), want, "{expected} {progress}");
        }
        for (score, commitment, want) in [
            (0.7, Commitment::Aspirational, Status::Achieved),
            (0.69, Commitment::Aspirational, Status::Progressed),
            (0.4, Commitment::Aspirational, Status::Progressed),
            (0.39, Commitment::Aspirational, Status::Missed),
            (0.99, Commitment::Committed, Status::Progressed),
            (1.0, Commitment::Committed, Status::Achieved),
            (0.69, Commitment::Committed, Status::Missed),
        ] {
            assert_eq!(by_score(score, commitment), want, "{score}");
        }
    }
}
