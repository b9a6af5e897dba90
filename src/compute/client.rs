//! How a company stands at a glance, for a coach who keeps an eye on many.

use std::cmp::Reverse;

use crate::{
    diagnostic::{Finding, Severity},
    model::{Date, Period, Workspace},
};

use super::{Scorecard, Sense, StatusCounts, Variation, variation};

/// A client in figures; every one of them stands on the client's own site, too.
#[derive(Clone, Debug)]
pub struct Client {
    /// The day as of which it is computed.
    pub as_of: Date,
    /// The period that its home shows: with progress and expected progress, 1 is 100 %.
    pub standing: Option<(Period, Option<f64>, Option<f64>)>,
    /// Key results of that period by what pages show.
    pub counts: StatusCounts,
    /// The newest check-in on an objective.
    pub last_check_in: Option<Date>,
    /// KPIs with a signal on the bad side.
    pub worse: usize,
    /// KPIs with another signal.
    pub signals: usize,
    /// KPIs without a value in their last two periods.
    pub silent_kpis: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// The figures of a client.
pub fn client(workspace: &Workspace, scorecard: &Scorecard, findings: &[Finding]) -> Client {
    let home = scorecard.home().map(|at| &scorecard.periods[at]);
    let mut counts = StatusCounts::default();
    for at in home.map(|it| it.objectives.as_slice()).unwrap_or_default() {
        counts.add(&scorecard.objectives[*at]);
    }
    let (mut worse, mut signals, mut silent_kpis) = (0, 0, 0);
    for (kpi, score) in workspace.kpis.iter().zip(&scorecard.kpis) {
        match variation(kpi, score) {
            _ if score.stale => silent_kpis += 1,
            Variation::Signal(spoken) if spoken.sense == Sense::Worse => worse += 1,
            Variation::Signal(_) => signals += 1,
            Variation::Steady | Variation::TooFew(_) | Variation::ShortBaseline(_) | Variation::Nothing => {}
        }
    }
    let errors = findings.iter().filter(|it| it.severity == Severity::Error).count();
    Client {
        as_of: scorecard.as_of,
        standing: home.map(|it| (it.period.clone(), it.progress, it.expected)),
        counts,
        last_check_in: scorecard.objectives.iter().filter_map(|it| it.last_check_in).max(),
        worse,
        signals,
        silent_kpis,
        errors,
        warnings: findings.len() - errors,
    }
}

impl Client {
    /// Who needs the coach most, least first: figures that are wrong, then silence, then what runs behind, then signals.
    /// Silence and what runs behind are shares of all key results, so that a large company is not always first.
    pub fn need(&self) -> impl Ord + use<> {
        let total = self.counts.total();
        let share = |count: usize| Reverse((count * 1000).checked_div(total).unwrap_or(0));
        let behind = self.counts.of(crate::model::Status::OffTrack) * 2 + self.counts.of(crate::model::Status::AtRisk);
        (Reverse(self.errors.min(1)), share(self.counts.stale), share(behind), Reverse(self.worse + self.silent_kpis), self.last_check_in)
    }
}
