//! Everything that is computed of a workspace on a day.

use std::{borrow::Cow, collections::BTreeMap, ops::RangeInclusive};

use rayon::prelude::*;

use crate::model::{
    Amount, Cadence, Config, Date, Department, Id, KeyResult, Measure, Objective, Outcome, Period, PeriodKind, Source, State, Status,
    Workspace,
};

use super::{
    Forecast, MilestoneScore, Rhythm, Said, Slot,
    forecast::forecast,
    history::by_key_result,
    inside,
    kpi::{self, Clock, KpiScore},
    measured::measured_by_kpi,
    pace::expected_progress,
    progress::{Reached, reached, shown_values, way},
    rhythm::{self, Due},
    rollup::weighted_mean,
    sheet::{Sheet, sheets},
    slots,
    stale::is_stale,
    standing::{Phase, by_gap, by_score, phase},
};

/// Whether drafts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Drafts {
    /// Left out of every mean.
    #[default]
    LeftOut,
    /// Counted like the rest.
    Included,
}

/// The figures of a workspace as of a day.
#[derive(Clone, Debug)]
pub struct Scorecard {
    /// The day.
    pub as_of: Date,
    /// Whether drafts count.
    pub drafts: Drafts,
    /// One for each of the workspace's objectives, in its order.
    pub objectives: Vec<ObjectiveScore>,
    /// One for each of the workspace's KPIs, in its order.
    pub kpis: Vec<KpiScore>,
    /// The KPI sheets of months that are over: people first, by id, then by month.
    pub sheets: Vec<Sheet>,
    /// Every period with objectives, by first day.
    pub periods: Vec<PeriodScore>,
    /// One for each of the workspace's departments, in its order.
    pub departments: Vec<DepartmentScore>,
    /// How many of the workspace's check-ins are known on that day: the first so many.
    pub known_check_ins: usize,
    /// Those of them that give KPIs values, in order.
    pub on_kpis: Vec<usize>,
    /// Those of them that promise something, in order.
    pub promising: Vec<usize>,
}

/// An objective's figures.
#[derive(Clone, Debug)]
pub struct ObjectiveScore {
    /// Weighted mean of its key results', 0…1; `None` when nothing counts.
    pub progress: Option<f64>,
    /// Alike.
    pub expected: Option<f64>,
    /// Where it stands.
    pub status: Status,
    /// After the period, 0…1.
    pub score: Option<f64>,
    /// A goal on paper.
    pub stale: bool,
    /// The newest check-in's own day.
    pub last_check_in: Option<Date>,
    /// One for each of its key results.
    pub key_results: Vec<KeyResultScore>,
    /// Its check-ins known on that day, in order.
    pub check_ins: Vec<usize>,
}

/// A key result's figures.
#[derive(Clone, Debug)]
pub struct KeyResultScore {
    /// The newest value.
    pub current: Option<f64>,
    /// As its author wrote it, where it is a number.
    pub current_amount: Option<Amount>,
    /// The line that gave it.
    pub current_source: Option<Source>,
    /// Unclamped; `None` without a value.
    pub raw_progress: Option<f64>,
    /// 0…1; 0 without a value.
    pub progress: f64,
    /// 0…1.
    pub expected: f64,
    /// Where it stands.
    pub status: Status,
    /// After the period, 0…1.
    pub score: Option<f64>,
    /// The line of the owner's own score, where there is one.
    pub score_source: Option<Source>,
    /// Nobody has given it a value for two cadences.
    pub stale: bool,
    /// The newest given, 0–10.
    pub confidence: Option<f64>,
    /// The newest day that gave it a value.
    pub last_check_in: Option<Date>,
    /// At the current rate.
    pub forecast: Option<Forecast>,
    /// What was said, in order.
    pub history: Vec<Said>,
    /// The value that each entry of the history shows.
    pub shown: Vec<Option<f64>>,
    /// One value a day.
    pub days: Vec<(Date, f64)>,
    /// What became of each milestone.
    pub milestones: Vec<MilestoneScore>,
    /// Its check-ins over the period's slots.
    pub rhythm: Rhythm,
}

impl KeyResultScore {
    /// Whether "not updated" stands in place of its status: stale, and not reached.
    pub fn shows_stale(&self) -> bool {
        self.stale && self.status != Status::Done
    }
}

impl ObjectiveScore {
    fn not_looked_at(status: Status) -> Self {
        Self {
            progress: None,
            expected: None,
            // A draft is one on every day; what was given up later was not yet.
            status: if status == Status::Draft { status } else { Status::NotStarted },
            score: None,
            stale: false,
            last_check_in: None,
            key_results: Vec::new(),
            check_ins: Vec::new(),
        }
    }

    /// What becomes of it: the newest word of a check-in.
    pub fn outcome(&self, workspace: &Workspace) -> Option<Outcome> {
        self.check_ins.iter().rev().find_map(|index| workspace.check_ins[*index].outcome)
    }

    /// Whether "not updated" stands in place of its status.
    pub fn shows_stale(&self) -> bool {
        self.stale && self.status != Status::Done
    }
}

/// A period's figures.
#[derive(Clone, Debug)]
pub struct PeriodScore {
    /// Which.
    pub period: Period,
    /// Its objectives, by place.
    pub objectives: Vec<usize>,
    /// Weighted mean of theirs.
    pub progress: Option<f64>,
    /// Alike.
    pub expected: Option<f64>,
}

/// A department's figures.
#[derive(Clone, Debug)]
pub struct DepartmentScore {
    /// Every period in which it has objectives, by first day.
    pub periods: Vec<DepartmentPeriod>,
}

/// A department's figures in a period.
#[derive(Clone, Debug)]
pub struct DepartmentPeriod {
    /// Which.
    pub period: Period,
    /// Its objectives, by place.
    pub objectives: Vec<usize>,
    /// Weighted mean of theirs.
    pub progress: Option<f64>,
    /// Alike.
    pub expected: Option<f64>,
    /// Key results by what pages show of them.
    pub counts: StatusCounts,
}

/// Key results by what pages show of them: their status, or that they are not updated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    counts: [usize; Status::ALL.len()],
    /// "Not updated", in place of their status.
    pub stale: usize,
}

impl StatusCounts {
    /// How many have a status.
    pub fn of(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// How many are on track or reached.
    pub fn good(&self) -> usize {
        self.of(Status::OnTrack) + self.of(Status::Done)
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.counts.iter().sum::<usize>() + self.stale
    }

    /// Counts an objective's key results, unless they or it are cancelled.
    pub fn add(&mut self, objective: &ObjectiveScore) {
        if objective.status == Status::Cancelled {
            return;
        }
        objective.key_results.iter().filter(|it| it.status != Status::Cancelled).for_each(|it| self.add_one(it));
    }

    /// Counts a key result.
    pub fn add_one(&mut self, key_result: &KeyResultScore) {
        if key_result.shows_stale() {
            self.stale += 1;
        } else {
            self.counts[key_result.status as usize] += 1;
        }
    }
}

impl Scorecard {
    /// Whether an objective counts in the means of its department and period.
    pub fn counts(&self, at: usize) -> bool {
        counts(&self.objectives[at], self.drafts)
    }

    /// The period that the home page shows: the one in which the day lies, quarters first; else the latest begun; else the next.
    pub fn home(&self) -> Option<usize> {
        let order = |index: &usize| {
            let period = &self.periods[*index].period;
            let rank = match period.kind() {
                PeriodKind::Quarter(_) => 0,
                PeriodKind::Month(_) => 1,
                PeriodKind::Half(_) => 2,
                PeriodKind::Year => 3,
                PeriodKind::Range => 4,
                PeriodKind::Week(_) => 5,
            };
            (rank, *index)
        };
        let all = || 0..self.periods.len();
        all()
            .filter(|index| self.periods[*index].period.contains(self.as_of))
            .min_by_key(order)
            .or_else(|| {
                all()
                    .filter(|index| self.periods[*index].period.first() <= self.as_of)
                    .max_by_key(|index| (self.periods[*index].period.first(), std::cmp::Reverse(order(index))))
            })
            .or_else(|| all().next())
    }
}

/// Computes everything, objectives in parallel.
pub fn scorecard(workspace: &Workspace, as_of: Date, drafts: Drafts) -> Scorecard {
    let known_check_ins = workspace.check_ins.partition_point(|it| it.date <= as_of);
    let clock = Clock { as_of, calendar: workspace.config.calendar, started: workspace.config.started };
    let Mentions { objectives: mentions, on_kpis, promising } = mentions(workspace, known_check_ins);
    let kpis = kpi::scores(&workspace.kpis, &workspace.check_ins, &on_kpis, clock);
    let sheets = sheets(workspace, &kpis, as_of);
    let cadences: BTreeMap<&Id, Cadence> =
        workspace.departments.iter().filter_map(|it| it.check_in_every.map(|cadence| (&it.id, cadence))).collect();
    let objectives: Vec<ObjectiveScore> = (0..workspace.objectives.len())
        .into_par_iter()
        .zip(mentions)
        .map(|(at, mentions)| {
            let objective = &workspace.objectives[at];
            let department = objective.department.as_ref().and_then(|id| cadences.get(id).copied());
            let cadence = objective.check_in_every.or(department).unwrap_or(workspace.config.check_in_every);
            score_objective(
                workspace,
                at,
                mentions,
                None,
                Frame { config: &workspace.config, as_of, cadence, kpis: &kpis, detail: Detail::Whole },
            )
        })
        .collect();
    let periods = periods(workspace, &objectives, drafts);
    let departments = departments(workspace, &objectives, drafts);
    Scorecard { as_of, drafts, objectives, kpis, sheets, periods, departments, known_check_ins, on_kpis, promising }
}

/// Which KPIs are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KpisOf {
    /// All of them.
    All,
    /// Those that measure a key result.
    KeyResults,
}

/// The figures of an earlier day, of what concerns `span` alone: other objectives stand there without key results, there
/// are no sheets, and key results come without forecast, rhythm and the values that check-ins show. `now` is what is known on a later day.
///
/// A report of every month of many years would otherwise compute everything for each of them.
pub(super) fn earlier(workspace: &Workspace, now: &Scorecard, as_of: Date, span: &RangeInclusive<Date>, of: KpisOf) -> Scorecard {
    let known_check_ins = workspace.check_ins.partition_point(|it| it.date <= as_of).min(now.known_check_ins);
    let clock = Clock { as_of, calendar: workspace.config.calendar, started: workspace.config.started };
    let known = |all: &[usize]| all[..all.partition_point(|it| *it < known_check_ins)].to_vec();
    let (on_kpis, promising) = (known(&now.on_kpis), known(&now.promising));
    let runs = |it: &Objective| *span.start() <= it.period.last() && it.period.first() <= *span.end();
    let kpis = match of {
        KpisOf::All => kpi::scores(&workspace.kpis, &workspace.check_ins, &on_kpis, clock),
        KpisOf::KeyResults => {
            let measuring = workspace.objectives.iter().filter(|it| runs(it)).flat_map(|it| &it.key_results);
            let wanted = measuring.filter_map(|it| if let Measure::Kpi { kpi, .. } = it.measure { Some(kpi) } else { None }).collect();
            kpi::some_scores(&workspace.kpis, &workspace.check_ins, &on_kpis, clock, &wanted)
        }
    };
    let objectives: Vec<ObjectiveScore> = workspace
        .objectives
        .iter()
        .zip(&now.objectives)
        .enumerate()
        .map(|(at, (objective, later))| {
            if !runs(objective) {
                return ObjectiveScore::not_looked_at(later.status);
            }
            let cadence = cadence_of(workspace, objective);
            score_objective(
                workspace,
                at,
                known(&later.check_ins),
                Some(later),
                Frame { config: &workspace.config, as_of, cadence, kpis: &kpis, detail: Detail::Standing },
            )
        })
        .collect();
    let periods = periods(workspace, &objectives, now.drafts);
    let departments = departments(workspace, &objectives, now.drafts);
    Scorecard { as_of, drafts: now.drafts, objectives, kpis, sheets: Vec::new(), periods, departments, known_check_ins, on_kpis, promising }
}

/// The figures of KPIs on an earlier day.
pub(super) fn earlier_kpis(workspace: &Workspace, now: &Scorecard, as_of: Date) -> Vec<KpiScore> {
    let known = workspace.check_ins.partition_point(|it| it.date <= as_of);
    let on_kpis = &now.on_kpis[..now.on_kpis.partition_point(|it| *it < known)];
    kpi::scores(
        &workspace.kpis,
        &workspace.check_ins,
        on_kpis,
        Clock { as_of, calendar: workspace.config.calendar, started: workspace.config.started },
    )
}

/// How often an objective is reported on: as it says itself, else as its department does, else as the workspace does.
pub fn cadence_of(workspace: &Workspace, objective: &Objective) -> Cadence {
    let department = objective.department.as_ref().and_then(|id| workspace.department(id)).and_then(|it| it.check_in_every);
    objective.check_in_every.or(department).unwrap_or(workspace.config.check_in_every)
}

/// Which check-ins speak of what.
struct Mentions {
    /// By objective.
    objectives: Vec<Vec<usize>>,
    on_kpis: Vec<usize>,
    promising: Vec<usize>,
}

fn mentions(workspace: &Workspace, known: usize) -> Mentions {
    let mut all = Mentions { objectives: vec![Vec::new(); workspace.objectives.len()], on_kpis: Vec::new(), promising: Vec::new() };
    for (index, check_in) in workspace.check_ins[..known].iter().enumerate() {
        for at in check_in.objectives() {
            all.objectives[at.0].push(index);
        }
        if !check_in.kpis.is_empty() {
            all.on_kpis.push(index);
        }
        if !check_in.report.next.is_empty() {
            all.promising.push(index);
        }
    }
    all
}

#[derive(Clone, Copy)]
struct Frame<'a> {
    config: &'a Config,
    as_of: Date,
    cadence: Cadence,
    kpis: &'a [KpiScore],
    detail: Detail,
}

/// How much of a key result is computed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Whole,
    /// Where it stands: without forecast, rhythm, and the value that each check-in shows.
    Standing,
}

fn score_objective(
    workspace: &Workspace,
    at: usize,
    mentions: Vec<usize>,
    later: Option<&ObjectiveScore>,
    frame: Frame<'_>,
) -> ObjectiveScore {
    let objective = &workspace.objectives[at];
    // What is known on an earlier day are the first so many words of what is known later.
    let known = mentions.last().map_or(0, |last| last + 1);
    let histories: Vec<Cow<'_, [Said]>> = match later {
        Some(later) => later
            .key_results
            .iter()
            .map(|it| Cow::Borrowed(&it.history[..it.history.partition_point(|said| said.check_in < known)]))
            .collect(),
        None => {
            let own = by_key_result(at, objective.key_results.len(), &objective.period, &mentions, &workspace.check_ins);
            own.into_iter().map(Cow::Owned).collect()
        }
    };
    let standing = Standing::of(objective, frame.as_of);
    let slots = slots(&objective.period);
    let owners = owner_scores(workspace, at, &mentions, &objective.period);
    let key_results: Vec<KeyResultScore> = objective
        .key_results
        .iter()
        .zip(histories)
        .enumerate()
        .map(|(index, (key_result, history))| {
            let owner = owners.iter().rev().find(|(at, _, _)| *at == index).map(|(_, value, source)| (*value, source.clone()));
            score_key_result(workspace, objective, key_result, history, owner, &slots, standing, frame)
        })
        .collect();
    roll_up(workspace, objective, key_results, mentions, standing, frame)
}

/// What decides before any figure does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Cancelled(Option<Date>),
    Draft,
    Active(Phase),
}

impl Standing {
    fn of(objective: &Objective, as_of: Date) -> Self {
        match &objective.state {
            State::Cancelled { on, .. } if on.is_none_or(|day| day <= as_of) => Self::Cancelled(*on),
            State::Draft => Self::Draft,
            State::Active | State::Cancelled { .. } => Self::Active(phase(&objective.period, as_of)),
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "each is one thing that a key result's figures hang on")]
fn score_key_result(
    workspace: &Workspace,
    objective: &Objective,
    key_result: &KeyResult,
    history: Cow<'_, [Said]>,
    owner: Option<(f64, Source)>,
    slots: &[Slot],
    standing: Standing,
    frame: Frame<'_>,
) -> KeyResultScore {
    let period = &objective.period;
    let by_kpi = measured_by_kpi(workspace, key_result, period, frame.kpis, frame.as_of);
    let Reached { raw, current, from, days, milestones } = match &by_kpi {
        Some(measured) => measured.reached(),
        None => reached(key_result, period, &history, frame.as_of),
    };
    let progress = raw.unwrap_or(0.0).clamp(0.0, 1.0);
    let until = by_kpi.as_ref().and_then(|it| it.until).unwrap_or(frame.as_of);
    let expected = expected_progress(key_result, period, until, raw.is_some());
    let standing = match standing {
        Standing::Draft | Standing::Active(_) if key_result.cancelled => Standing::Cancelled(None),
        other => other,
    };
    let score = match standing {
        Standing::Active(Phase::After) => Some(owner.as_ref().map_or(progress, |(value, _)| *value)),
        Standing::Active(Phase::Before | Phase::Running) | Standing::Cancelled(_) | Standing::Draft => None,
    };
    let status = match (standing, score) {
        (Standing::Cancelled(_), _) => Status::Cancelled,
        (Standing::Draft, _) => Status::Draft,
        (Standing::Active(Phase::Before), _) => Status::NotStarted,
        (Standing::Active(_), Some(score)) => by_score(score, objective.commitment),
        (Standing::Active(_), None) => running_status(key_result, raw, current, expected),
    };
    let step_done = milestones.iter().filter_map(|it| it.done).max();
    let heard_value = history.iter().filter(|said| said.value.is_given()).map(|said| said.date).max();
    let last_check_in = heard_value.max(step_done).max(by_kpi.as_ref().and_then(|it| it.until));
    let forecast = match (&key_result.measure, standing) {
        (Measure::Metric { start, target, .. }, Standing::Active(Phase::Running)) if frame.detail == Detail::Whole => {
            forecast(start.value, target.value, &days, period)
        }
        _ => None,
    };
    let running = matches!(standing, Standing::Active(Phase::Running));
    let silent = || match &key_result.measure {
        // A check-in may not give it a value: it is as fresh as its KPI, whose own rhythm may be another one.
        Measure::Kpi { kpi, .. } if frame.kpis[kpi.0].current.is_some() => frame.kpis[kpi.0].stale,
        _ => is_stale(frame.cadence, period, frame.config.expected_from(period.first()), last_check_in, frame.as_of),
    };
    let stale = running && status != Status::Done && silent();
    let whole = frame.detail == Detail::Whole;
    let kpi_days: Vec<Date> = if by_kpi.is_some() { days.iter().map(|(day, _)| *day).collect() } else { Vec::new() };
    let rhythm =
        if whole { key_result_rhythm(period, slots, &history, &milestones, &kpi_days, status, standing, frame) } else { Rhythm::default() };
    KeyResultScore {
        current,
        current_amount: by_kpi.as_ref().and_then(|it| it.amount).or_else(|| {
            from.and_then(|at| match history[at].value {
                super::Value::Number(amount) => Some(amount),
                super::Value::Nothing | super::Value::Done(_) | super::Value::Milestones(_) => None,
            })
        }),
        current_source: by_kpi.and_then(|it| it.source).or_else(|| from.map(|at| history[at].source.clone())),
        raw_progress: raw,
        progress,
        expected,
        status,
        score,
        score_source: score.and(owner).map(|(_, source)| source),
        stale,
        confidence: history.iter().rev().find_map(|said| said.confidence),
        last_check_in,
        forecast,
        shown: if whole { shown_values(key_result, period, &history) } else { Vec::new() },
        // Of an earlier day only the newest word is asked for.
        history: if whole { history.into_owned() } else { history.last().cloned().into_iter().collect() },
        days,
        milestones,
        rhythm,
    }
}

fn running_status(key_result: &KeyResult, raw: Option<f64>, current: Option<f64>, expected: f64) -> Status {
    let (Some(raw), Some(current)) = (raw, current) else { return Status::NoData };
    match key_result.measure.bounds() {
        Some((low, high)) if inside(current, low, high) => Status::OnTrack,
        Some(_) => Status::OffTrack,
        None if super::at_least(raw, 1.0) => Status::Done,
        None => by_gap(expected, raw.clamp(0.0, 1.0)),
    }
}

/// How a value stood on the day on which it was given: against the plan of that day, or inside its bounds.
///
/// `value` is in the key result's unit; for milestones in points, for done 0 or 1.
pub fn status_on(key_result: &KeyResult, period: &Period, day: Date, value: f64) -> Status {
    let raw = match &key_result.measure {
        Measure::Metric { start, target, .. } => way(value, start.value, target.value),
        Measure::Milestones(_) => value / 100.0,
        Measure::Done { .. } => value,
        Measure::Hold { .. } => 1.0,
        Measure::Kpi { .. } => match (key_result.measure.ends(), key_result.measure.bounds()) {
            (Some((start, target)), _) => way(value, start.value, target.value),
            (None, Some(_)) => 1.0,
            (None, None) => return Status::NoData,
        },
        Measure::Unmeasured { .. } => return Status::NoData,
    };
    running_status(key_result, Some(raw), Some(value), expected_progress(key_result, period, day, true))
}

#[expect(clippy::too_many_arguments, reason = "each is one thing that a rhythm hangs on")]
fn key_result_rhythm(
    period: &Period,
    slots: &[Slot],
    history: &[Said],
    milestones: &[MilestoneScore],
    kpi_days: &[Date],
    status: Status,
    standing: Standing,
    frame: Frame<'_>,
) -> Rhythm {
    let until = match (standing, status) {
        (Standing::Cancelled(on), _) => on.or(Some(period.first())),
        (Standing::Draft, _) => Some(period.first()),
        (Standing::Active(_), Status::Done) => history.iter().map(|said| said.day).max().or(Some(period.first())),
        (Standing::Active(_), _) => None,
    };
    // As with staleness: what is said of the objective alone is no word on this key result.
    // Where a KPI gives the value, a check-in's word is its confidence.
    let spoken = |said: &&Said| said.value.is_given() || (!kpi_days.is_empty() && said.confidence.is_some());
    let valued = history.iter().filter(spoken).map(|said| (said.day, said.confidence));
    let steps = milestones.iter().filter_map(|it| it.done).filter(|day| period.contains(*day)).map(|day| (day, None));
    let mut heard: Vec<(Date, Option<f64>)> = valued.chain(steps).chain(kpi_days.iter().map(|day| (*day, None))).collect();
    heard.sort_by_key(|(day, _)| *day);
    rhythm::rhythm(
        period,
        slots,
        &heard,
        Due { cadence: frame.cadence, from: frame.config.expected_from(period.first()), until, as_of: frame.as_of },
    )
}

/// The owner's own scores: only from check-ins on the last day or after it; by key result, the newest last.
fn owner_scores(workspace: &Workspace, at: usize, mentions: &[usize], period: &Period) -> Vec<(usize, f64, Source)> {
    mentions
        .iter()
        .map(|index| &workspace.check_ins[*index])
        .filter(|it| it.date >= period.last())
        .flat_map(|it| {
            let path = it.source.path.clone();
            it.scores
                .iter()
                .filter(|score| score.objective.0 == at)
                .map(move |score| (score.key_result.0, score.value, Source { path: path.clone(), line: score.line }))
        })
        .collect()
}

fn roll_up(
    workspace: &Workspace,
    objective: &Objective,
    key_results: Vec<KeyResultScore>,
    check_ins: Vec<usize>,
    standing: Standing,
    frame: Frame<'_>,
) -> ObjectiveScore {
    let counted = || objective.key_results.iter().zip(&key_results).filter(|(key_result, _)| !key_result.cancelled);
    let progress = weighted_mean(counted().map(|(it, score)| (score.progress, it.weight)));
    let expected = weighted_mean(counted().map(|(it, score)| (score.expected, it.weight)));
    let score = match standing {
        Standing::Active(Phase::After) => weighted_mean(counted().map(|(it, score)| (score.score.unwrap_or(0.0), it.weight))),
        Standing::Active(Phase::Before | Phase::Running) | Standing::Cancelled(_) | Standing::Draft => None,
    };
    let status = match standing {
        Standing::Cancelled(_) => Status::Cancelled,
        Standing::Draft => Status::Draft,
        Standing::Active(Phase::Before) => Status::NotStarted,
        Standing::Active(Phase::After) => score.map_or(Status::NoData, |score| by_score(score, objective.commitment)),
        Standing::Active(Phase::Running) => running_objective(progress, expected, &counted().collect::<Vec<_>>()),
    };
    let said = check_ins.iter().map(|index| workspace.check_ins[*index].date).max();
    let steps = key_results.iter().flat_map(|it| &it.milestones).filter_map(|it| it.done).max();
    let by_kpi = key_results.iter().filter_map(|it| it.last_check_in).max();
    let last_check_in = said.max(steps).max(by_kpi);
    let running = matches!(standing, Standing::Active(Phase::Running));
    // Where KPIs measure all of it, it is on paper when all of them are.
    let by_kpis = counted().count() > 0 && counted().all(|(it, _)| matches!(it.measure, Measure::Kpi { .. }));
    let silent = {
        let from = frame.config.expected_from(objective.period.first());
        is_stale(frame.cadence, &objective.period, from, last_check_in, frame.as_of)
    };
    let silent = silent && !(by_kpis && counted().any(|(_, score)| !score.stale));
    let stale = running && status != Status::Done && silent;
    ObjectiveScore { progress, expected, status, score, stale, last_check_in, key_results, check_ins }
}

fn running_objective(progress: Option<f64>, expected: Option<f64>, counted: &[(&KeyResult, &KeyResultScore)]) -> Status {
    let (Some(progress), Some(expected)) = (progress, expected) else { return Status::NoData };
    if counted.iter().all(|(_, score)| score.raw_progress.is_none()) {
        return Status::NoData;
    }
    let holds = counted.iter().any(|(it, _)| it.measure.bounds().is_some());
    let by_figures = if super::at_least(progress, 1.0) && !holds { Status::Done } else { by_gap(expected, progress) };
    let off = counted.iter().any(|(_, score)| score.status == Status::OffTrack);
    match by_figures {
        Status::OnTrack | Status::Done if off => Status::AtRisk,
        other => other,
    }
}

/// Whether an objective counts in the means of its department and period.
fn counts(score: &ObjectiveScore, drafts: Drafts) -> bool {
    match score.status {
        Status::Cancelled => false,
        Status::Draft => drafts == Drafts::Included,
        Status::NotStarted
        | Status::NoData
        | Status::OnTrack
        | Status::AtRisk
        | Status::OffTrack
        | Status::Done
        | Status::Achieved
        | Status::Progressed
        | Status::Missed => true,
    }
}

fn means(workspace: &Workspace, scores: &[ObjectiveScore], objectives: &[usize], drafts: Drafts) -> (Option<f64>, Option<f64>) {
    let counted =
        || objectives.iter().filter(|at| counts(&scores[**at], drafts)).map(|at| (&scores[*at], workspace.objectives[*at].weight));
    let progress = weighted_mean(counted().filter_map(|(score, weight)| score.progress.map(|it| (it, weight))));
    let expected = weighted_mean(counted().filter_map(|(score, weight)| score.expected.map(|it| (it, weight))));
    (progress, expected)
}

fn periods(workspace: &Workspace, scores: &[ObjectiveScore], drafts: Drafts) -> Vec<PeriodScore> {
    let mut by_period: BTreeMap<&Period, Vec<usize>> = BTreeMap::new();
    for (at, objective) in workspace.objectives.iter().enumerate() {
        by_period.entry(&objective.period).or_default().push(at);
    }
    by_period
        .into_iter()
        .map(|(period, objectives)| {
            let (progress, expected) = means(workspace, scores, &objectives, drafts);
            PeriodScore { period: period.clone(), objectives, progress, expected }
        })
        .collect()
}

fn departments(workspace: &Workspace, scores: &[ObjectiveScore], drafts: Drafts) -> Vec<DepartmentScore> {
    let mut by_department: BTreeMap<&Id, BTreeMap<&Period, Vec<usize>>> = BTreeMap::new();
    for (at, objective) in workspace.objectives.iter().enumerate() {
        if let Some(id) = &objective.department {
            by_department.entry(id).or_default().entry(&objective.period).or_default().push(at);
        }
    }
    let of = |department: &Department| by_department.get(&department.id).into_iter().flatten();
    workspace
        .departments
        .iter()
        .map(|department| DepartmentScore {
            periods: of(department)
                .map(|(period, objectives)| {
                    let (progress, expected) = means(workspace, scores, objectives, drafts);
                    let mut counts = StatusCounts::default();
                    objectives.iter().for_each(|at| counts.add(&scores[*at]));
                    DepartmentPeriod { period: (*period).clone(), objectives: objectives.clone(), progress, expected, counts }
                })
                .collect(),
        })
        .collect()
}
