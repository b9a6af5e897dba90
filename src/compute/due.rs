//! Who owes what: check-ins, values of KPIs, promises, milestones and work that was taken on.

use std::collections::BTreeSet;

use crate::model::{CheckIn, Date, Id, KeyResult, Kpi, KpiAt, Measure, Objective, ObjectiveAt, Period, State, Status, Workspace};

use super::{Scorecard, cadence_of};

/// Something that somebody owes.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Who; none where nobody is named.
    pub who: Option<Id>,
    /// The day by which it is owed; past days are overdue.
    pub day: Date,
    /// What.
    pub what: Owing,
}

/// What can be owed.
#[derive(Clone, Debug, PartialEq)]
pub enum Owing {
    /// A word on an objective.
    CheckIn(ObjectiveAt),
    /// A KPI's value of a period that is over.
    Value {
        /// Of which KPI.
        kpi: KpiAt,
        /// Of which period.
        period: Period,
    },
    /// What a check-in promised.
    Promise {
        /// The check-in, by place.
        check_in: usize,
        /// Its place among what it promises.
        place: usize,
    },
    /// A step of a key result.
    Milestone {
        /// Of which objective.
        objective: ObjectiveAt,
        /// Of which key result, by place.
        key_result: usize,
        /// Which, by place.
        milestone: usize,
    },
    /// A key result that is a yes or a no.
    Done {
        /// Of which objective.
        objective: ObjectiveAt,
        /// Which, by place.
        key_result: usize,
    },
    /// A piece of work.
    Work {
        /// Of which objective.
        objective: ObjectiveAt,
        /// Which, by place.
        place: usize,
    },
}

impl Owing {
    /// The name in exports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CheckIn(_) => "check_in",
            Self::Value { .. } => "value",
            Self::Promise { .. } => "promise",
            Self::Milestone { .. } => "milestone",
            Self::Done { .. } => "done",
            Self::Work { .. } => "work",
        }
    }
}

/// Everything that is owed up to a day, by person, then by day; what nobody is named for comes last.
///
/// An objective owes a check-in one cadence after it was last heard of, at the latest on its last day; everybody who
/// answers for one of its key results owes it, those measured by a KPI excepted. A KPI owes the value of its last period
/// that is over.
pub fn due(workspace: &Workspace, scorecard: &Scorecard, until: Date) -> Vec<Due> {
    let mut all = Vec::new();
    for (at, objective) in running(workspace, scorecard) {
        check_in(workspace, scorecard, at, objective, &mut all);
    }
    for (at, kpi) in workspace.kpis.iter().enumerate() {
        values(workspace, scorecard, at, kpi, &mut all);
    }
    all.extend(taken_on(workspace, scorecard));
    all.retain(|it| it.day <= until);
    all.sort_by(|a, b| (a.who.is_none(), &a.who, a.day).cmp(&(b.who.is_none(), &b.who, b.day)));
    all
}

/// What somebody put a day to and has not done: promises, milestones, yeses and work, whenever they are due; by objective,
/// then promises by check-in.
///
/// Milestones, yeses and work end with their objective's period. A promise outlives it, and ends when a check-in says what
/// becomes of the objective, or when that is cancelled; one of several objectives ends with the last of them, and one of
/// KPIs alone never does.
pub fn taken_on(workspace: &Workspace, scorecard: &Scorecard) -> Vec<Due> {
    let mut all = Vec::new();
    for (at, objective) in running(workspace, scorecard) {
        steps(scorecard, at, objective, &mut all);
    }
    promises(workspace, scorecard, &mut all);
    all
}

/// The objectives that run on the day, drafts left out.
fn running<'a>(workspace: &'a Workspace, scorecard: &Scorecard) -> impl Iterator<Item = (usize, &'a Objective)> {
    let runs = |(at, objective): &(usize, &Objective)| {
        let open = !matches!(scorecard.objectives[*at].status, Status::Cancelled | Status::Draft);
        open && objective.period.contains(scorecard.as_of)
    };
    workspace.objectives.iter().enumerate().filter(runs)
}

/// The objectives whose promises nobody owes any more.
pub(super) struct Ended(BTreeSet<ObjectiveAt>);

impl Ended {
    /// By a day.
    pub(super) fn by(workspace: &Workspace, day: Date) -> Self {
        let known = &workspace.check_ins[..workspace.check_ins.partition_point(|it| it.date <= day)];
        let closed = known.iter().filter(|it| it.outcome.is_some()).flat_map(CheckIn::objectives);
        let given_up = workspace.objectives.iter().enumerate().filter(|(_, it)| match it.state {
            State::Active => false,
            State::Draft => true,
            State::Cancelled { on, .. } => on.is_none_or(|on| on <= day),
        });
        Self(closed.chain(given_up.map(|(at, _)| ObjectiveAt(at))).collect())
    }

    /// Whether what a check-in promises is owed no more.
    pub(super) fn ends(&self, check_in: &CheckIn) -> bool {
        let objectives = check_in.objectives();
        !objectives.is_empty() && objectives.iter().all(|at| self.0.contains(at))
    }
}

fn check_in(workspace: &Workspace, scorecard: &Scorecard, at: usize, objective: &Objective, all: &mut Vec<Due>) {
    let score = &scorecard.objectives[at];
    if score.status == Status::Done {
        return;
    }
    let from = workspace.config.expected_from(objective.period.first());
    let heard = score.last_check_in.map_or(from, |day| day.max(from));
    let day = cadence_of(workspace, objective).after(heard, 1).min(objective.period.last());
    let answers = |it: &&KeyResult| !it.cancelled && !matches!(it.measure, Measure::Kpi { .. });
    let mut who: Vec<&Id> = objective.key_results.iter().filter(answers).filter_map(|it| it.owner.as_ref()).collect();
    who.extend(objective.owner.as_ref());
    who.sort();
    who.dedup();
    let what = Owing::CheckIn(ObjectiveAt(at));
    if who.is_empty() {
        all.push(Due { who: None, day, what });
    } else {
        all.extend(who.into_iter().map(|who| Due { who: Some(who.clone()), day, what: what.clone() }));
    }
}

/// Milestones of key results, those that are a yes or a no, and work that somebody took on.
fn steps(scorecard: &Scorecard, at: usize, objective: &Objective, all: &mut Vec<Due>) {
    let as_of = scorecard.as_of;
    for (place, (key_result, score)) in objective.key_results.iter().zip(&scorecard.objectives[at].key_results).enumerate() {
        if score.status == Status::Cancelled {
            continue;
        }
        let who = key_result.owner.as_ref().or(objective.owner.as_ref());
        let milestones = match &key_result.measure {
            Measure::Milestones(milestones) => milestones.as_slice(),
            Measure::Done { due: Some(day), .. } if score.status != Status::Done => {
                let what = Owing::Done { objective: ObjectiveAt(at), key_result: place };
                all.push(Due { who: who.cloned(), day: *day, what });
                continue;
            }
            Measure::Done { .. } | Measure::Metric { .. } | Measure::Hold { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => {
                continue;
            }
        };
        for (step, (milestone, state)) in milestones.iter().zip(&score.milestones).enumerate() {
            if let (Some(day), None) = (milestone.due, state.done) {
                let what = Owing::Milestone { objective: ObjectiveAt(at), key_result: place, milestone: step };
                all.push(Due { who: who.cloned(), day, what });
            }
        }
    }
    for (place, work) in objective.initiatives.iter().enumerate().filter(|(_, it)| it.done.is_none_or(|day| day > as_of)) {
        if let Some(day) = work.by {
            all.push(Due { who: work.who.clone(), day, what: Owing::Work { objective: ObjectiveAt(at), place } });
        }
    }
}

/// The last period that is over has no value, nor has a later one. Where an audience knows nobody, what several owe is owed
/// once: whose shares they are is not told, nor how many are missing.
fn values(workspace: &Workspace, scorecard: &Scorecard, at: usize, kpi: &Kpi, all: &mut Vec<Due>) {
    let calendar = workspace.config.calendar;
    let score = &scorecard.kpis[at];
    let running = kpi.every.around(scorecard.as_of, calendar);
    let Some(over) = running.and_then(|it| kpi.every.around(it.first().yesterday().ok()?, calendar)) else { return };
    if workspace.config.started.is_some_and(|day| over.last() < day) {
        return;
    }
    let mut owes = |who: Option<&Id>, series: &[super::KpiPoint]| {
        if series.iter().any(|it| it.period >= over && it.value.is_some()) {
            return;
        }
        let due = Due { who: who.cloned(), day: over.last(), what: Owing::Value { kpi: KpiAt(at), period: over.clone() } };
        if all.last() != Some(&due) {
            all.push(due);
        }
    };
    if kpi.assigned.is_empty() {
        owes(kpi.owner.as_ref(), &score.series);
    }
    for (assigned, series) in kpi.assigned.iter().zip(&score.people) {
        owes(workspace.person(&assigned.person).map(|it| &it.id), series);
    }
}

fn promises(workspace: &Workspace, scorecard: &Scorecard, all: &mut Vec<Due>) {
    let ended = Ended::by(workspace, scorecard.as_of);
    let open = |check_in: &CheckIn, place: usize| check_in.report.next[place].done.is_none_or(|day| day > scorecard.as_of);
    for at in scorecard.promising.iter().copied().filter(|at| !ended.ends(&workspace.check_ins[*at])) {
        let check_in = &workspace.check_ins[at];
        for (place, promise) in check_in.report.next.iter().enumerate() {
            if let (Some(day), true) = (promise.by, open(check_in, place)) {
                all.push(Due { who: promise.who.clone(), day, what: Owing::Promise { check_in: at, place } });
            }
        }
    }
}
