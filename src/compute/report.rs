//! What a report tells of a month or a period: the figures of its day, what changed since the one before, and what was
//! promised. Sentences are made of it elsewhere.
//!
//! A month's report stands on its last day, or on the day of the data if that is earlier: what is known later changes
//! nothing in it. A review stands to the end of the month after its period, for the closing check-ins come after its last day.

use crate::model::{
    CheckIn, Date, Every, Id, Initiative, KeyResult, Kpi, Objective, Outcome, Period, PeriodKind, Promise, Status, Workspace,
};

use super::{
    KeyResultScore, KpiPoint, KpiScore, Moment, ObjectiveChange, ObjectiveScore, Scorecard, Sense, Spoken, StatusCounts, TargetOver,
    Variation, changes,
    due::Ended,
    kpi::Clock,
    longer,
    scorecard::{KpisOf, earlier, earlier_kpis},
    variation, weighted_mean,
};

/// Whose report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportOf {
    /// The whole company's.
    Company,
    /// A department's: its objectives and KPIs.
    Department(Id),
    /// What one person answers for.
    Person(Id),
}

impl ReportOf {
    /// Whether a key result of an objective that the report is about belongs to whoever it is of.
    pub fn concerns(&self, objective: &Objective, key_result: &KeyResult) -> bool {
        match self {
            Self::Company | Self::Department(_) => true,
            Self::Person(id) => {
                key_result.owner.as_ref() == Some(id) || (key_result.owner.is_none() && objective.owner.as_ref() == Some(id))
            }
        }
    }

    /// The same of a piece of work: what nobody took on is the objective's owner's.
    pub fn concerns_work(&self, objective: &Objective, work: &Initiative) -> bool {
        match self {
            Self::Company | Self::Department(_) => true,
            Self::Person(id) => work.who.as_ref().or(objective.owner.as_ref()) == Some(id),
        }
    }

    /// The place of the share of a KPI that is theirs; none where the report speaks of the KPI as it is.
    fn share_of(&self, kpi: &Kpi) -> Option<usize> {
        match self {
            Self::Company | Self::Department(_) => None,
            Self::Person(id) => kpi.assigned.iter().position(|it| it.person == *id),
        }
    }
}

/// What a report is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A month, over or running.
    Month,
    /// A longer period while it runs.
    Running,
    /// A period after its last day.
    Review,
}

/// The facts of a report.
#[derive(Clone, Debug)]
pub struct Report {
    /// The month, or the period.
    pub period: Period,
    /// Whose.
    pub of: ReportOf,
    /// What it is of.
    pub stage: Stage,
    /// The day of the report before it: everything later is news.
    pub since: Date,
    /// The day on which its figures stand.
    pub day: Date,
    /// The figures of that day, of what concerns it: of a KPI that is shared out, a person's own share.
    pub card: Scorecard,
    /// The period whose standing it tells first: the running one, or the one that is reviewed.
    pub cycle: Option<Cycle>,
    /// Objectives that run on its day, or that are reviewed; by place.
    pub objectives: Vec<usize>,
    /// KPIs, by place.
    pub kpis: Vec<usize>,
    /// Those of them that are measured over its month or period, in the same order.
    pub kpi_points: Vec<KpiOver>,
    /// What changed since the report before; nothing in a review.
    pub changes: Vec<ObjectiveChange>,
    /// Check-ins since the report before, in order.
    pub check_ins: Vec<usize>,
    /// What was owed on the day of the report before, or was promised since, by day and then as it was promised.
    pub promises: Vec<Owed>,
}

/// The period whose standing a report tells first.
#[derive(Clone, Debug, PartialEq)]
pub struct Cycle {
    /// Which.
    pub period: Period,
    /// Its objectives that the report speaks of, by place.
    pub objectives: Vec<usize>,
    /// How they stand on the report's day.
    pub standing: Standing,
    /// How they stood on the day of the report before, if the period ran then.
    pub before: Option<Standing>,
}

/// How some objectives stand together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Weighted mean of their progress, 0…1; of a person that of the key results that are theirs.
    pub progress: Option<f64>,
    /// Alike.
    pub expected: Option<f64>,
    /// Weighted mean of their scores, 0…1, after the period.
    pub score: Option<f64>,
    /// Their key results by what pages show of them; of a person theirs alone.
    pub counts: StatusCounts,
}

/// A KPI over a report's month or period.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiOver {
    /// Its place.
    pub kpi: usize,
    /// All of it together.
    pub point: KpiPoint,
    /// What the newest values signal, where they do and are of that time.
    pub signal: Option<Sense>,
    /// A part of it has no value. That its last week runs into the next month is no lack.
    pub incomplete: bool,
}

/// A promise and what became of it by a report's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The check-in, by place.
    pub check_in: usize,
    /// Its place among what that check-in promises.
    pub place: usize,
    /// What became of it.
    pub fate: Fate,
    /// Already owed on the day of the report before.
    pub was_owed: bool,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Done on that day, in time or without a day to be done by.
    Kept(Date),
    /// Done on that day, later than promised.
    Late(Date),
    /// Its day is past.
    Overdue,
    /// Still to come.
    Open,
}

impl Report {
    /// A promise as it is written.
    pub fn promise<'a>(&self, workspace: &'a Workspace, owed: Owed) -> &'a Promise {
        &workspace.check_ins[owed.check_in].report.next[owed.place]
    }

    /// What becomes of an objective: the newest word of a check-in by the report's day.
    pub fn outcome(&self, workspace: &Workspace, at: usize) -> Option<Outcome> {
        self.card.objectives[at].outcome(workspace)
    }
}

/// The months and periods of which a site holds a report: every month in which a goal ran, and every period that is over;
/// by last day, a period after its months.
pub fn reported(workspace: &Workspace, now: &Scorecard) -> Vec<Period> {
    let over = now.periods.iter().map(|it| &it.period).filter(|it| it.last() < now.as_of && !is_month(it));
    let mut all: Vec<Period> = months(workspace, now).into_iter().chain(over.cloned()).collect();
    all.sort_by_key(|it| (it.last(), it.days()));
    all
}

fn is_month(period: &Period) -> bool {
    matches!(period.kind(), PeriodKind::Month(_))
}

/// From the first month of which something is known to the one in which the day lies, where a goal runs.
fn months(workspace: &Workspace, now: &Scorecard) -> Vec<Period> {
    let begun = now.periods.iter().map(|it| it.period.first()).filter(|day| *day <= now.as_of).min();
    let Some(first) = begun else { return Vec::new() };
    let runs = |month: &Period| now.periods.iter().any(|it| it.period.first() <= month.last() && month.first() <= it.period.last());
    Every::Month.from_to(first, now.as_of, workspace.config.calendar).filter(runs).collect()
}

/// One report, of a month or a period that has begun.
pub fn report(workspace: &Workspace, now: &Scorecard, period: Period, of: ReportOf) -> Report {
    report_after(workspace, now, period, of, None)
}

/// The same, where the report of the month before is at hand: its day is the one since which everything is news.
pub fn report_after(workspace: &Workspace, now: &Scorecard, period: Period, of: ReportOf, last: Option<&Report>) -> Report {
    let is_goal_period = now.periods.iter().any(|it| it.period == period);
    let stage = match (is_month(&period), period.last() < now.as_of) {
        (true, _) => Stage::Month,
        (false, true) if is_goal_period => Stage::Review,
        (false, _) => Stage::Running,
    };
    let frame = Frame::of(now, &period, stage);
    let card = frame.card(workspace, now);
    let own;
    let before = match last {
        _ if stage == Stage::Review => None,
        Some(last) if last.stage == Stage::Month && last.day == frame.since => Some(&last.card),
        Some(_) | None => {
            own = frame.before(workspace, now);
            Some(&own)
        }
    };
    make(workspace, period, of, &frame, card, before)
}

/// Between which days a report stands.
struct Frame {
    stage: Stage,
    since: Date,
    day: Date,
    /// The days whose goals it speaks of.
    span: std::ops::RangeInclusive<Date>,
}

impl Frame {
    fn of(now: &Scorecard, period: &Period, stage: Stage) -> Self {
        let since = period.first().yesterday().unwrap_or(period.first());
        let last = match stage {
            Stage::Month | Stage::Running => period.last(),
            Stage::Review => period.last().checked_add(jiff::Span::new().months(1)).map_or(period.last(), Date::last_of_month),
        };
        let day = last.min(now.as_of);
        let span = match stage {
            // What closed on the day of the report before is news.
            Stage::Month | Stage::Running => since..=period.last(),
            Stage::Review => period.first()..=period.last(),
        };
        Self { stage, since, day, span }
    }

    fn card(&self, workspace: &Workspace, now: &Scorecard) -> Scorecard {
        let kpis = if self.stage == Stage::Review { KpisOf::KeyResults } else { KpisOf::All };
        let mut card = earlier(workspace, now, self.day, &self.span, kpis);
        if self.stage == Stage::Review {
            // Closing check-ins come later; what the processes said, they said in the period.
            card.kpis = earlier_kpis(workspace, now, *self.span.end());
        }
        card
    }

    fn before(&self, workspace: &Workspace, now: &Scorecard) -> Scorecard {
        earlier(workspace, now, self.since, &self.span, KpisOf::KeyResults)
    }
}

fn make(workspace: &Workspace, period: Period, of: ReportOf, frame: &Frame, mut card: Scorecard, before: Option<&Scorecard>) -> Report {
    let Frame { stage, since, day, .. } = *frame;
    let mine = Mine { workspace, of: &of };
    mine.take_shares(&mut card, if stage == Stage::Review { *frame.span.end() } else { day });
    let shown = |at: &usize| card.objectives[*at].status != Status::Draft || card.drafts == super::Drafts::Included;
    let objectives: Vec<usize> = (0..workspace.objectives.len())
        .filter(|at| {
            let objective = &workspace.objectives[*at];
            let belongs = match stage {
                Stage::Month => objective.period.contains(day),
                Stage::Running | Stage::Review => objective.period == period,
            };
            belongs && mine.objective(objective)
        })
        .filter(shown)
        .collect();
    let cycle_period = match stage {
        Stage::Running | Stage::Review => Some(period.clone()),
        Stage::Month => cycle_of(&card, workspace, &objectives),
    };
    let cycle = cycle_period.map(|period| cycle(&mine, period, &objectives, &card, before));
    let changes = before.map_or_else(Vec::new, |before| {
        let all = changes(Moment { workspace, scorecard: before }, Moment { workspace, scorecard: &card });
        all.into_iter().filter_map(|it| mine.change(it)).collect()
    });
    let from = workspace.check_ins.partition_point(|it| it.date <= since);
    // Those of the next period are not this review's.
    let of_period = |it: &CheckIn| match stage {
        Stage::Month | Stage::Running => true,
        Stage::Review => it.objectives().iter().any(|at| workspace.objective(*at).period == period),
    };
    let concerns = |at: &usize| of_period(&workspace.check_ins[*at]) && mine.check_in(&workspace.check_ins[*at]);
    let check_ins = (from..card.known_check_ins).filter(concerns).collect();
    let kpis: Vec<usize> = (0..workspace.kpis.len()).filter(|at| mine.kpi(&workspace.kpis[*at])).collect();
    let kpi_points = kpis.iter().filter_map(|at| mine.kpi_over(*at, &card.kpis[*at], &period, stage)).collect();
    let ended = match stage {
        Stage::Month | Stage::Running => Some(Ended::by(workspace, since)),
        Stage::Review => None,
    };
    let mut promises = promises(&mine, since, day, &card.promising, ended.as_ref());
    promises.retain(|it| of_period(&workspace.check_ins[it.check_in]));
    Report { period, stage, since, day, cycle, objectives, kpis, kpi_points, changes, check_ins, promises, card, of }
}

/// The period that home would show on that day, if it is among those of some objectives; else the shortest of theirs.
fn cycle_of(card: &Scorecard, workspace: &Workspace, objectives: &[usize]) -> Option<Period> {
    let periods = || objectives.iter().map(|at| &workspace.objectives[*at].period);
    let home = card.home().map(|at| &card.periods[at].period);
    home.filter(|home| periods().any(|it| it == *home)).or_else(|| periods().min_by_key(|it| it.days())).cloned()
}

fn cycle(mine: &Mine<'_>, period: Period, objectives: &[usize], card: &Scorecard, before: Option<&Scorecard>) -> Cycle {
    let objectives: Vec<usize> = objectives.iter().copied().filter(|at| mine.workspace.objectives[*at].period == period).collect();
    let before = before.filter(|it| period.first() <= it.as_of);
    Cycle { standing: standing(mine, &objectives, card), before: before.map(|it| standing(mine, &objectives, it)), objectives, period }
}

/// What a mean is made of.
struct Part {
    progress: Option<f64>,
    expected: Option<f64>,
    score: Option<f64>,
    weight: f64,
}

fn standing(mine: &Mine<'_>, objectives: &[usize], card: &Scorecard) -> Standing {
    let mut counts = StatusCounts::default();
    objectives.iter().flat_map(|at| mine.key_results(card, *at)).for_each(|(_, score)| counts.add_one(score));
    let parts: Vec<Part> = objectives.iter().filter(|at| card.counts(**at)).flat_map(|at| mine.parts(card, *at)).collect();
    let mean = |of: fn(&Part) -> Option<f64>| weighted_mean(parts.iter().filter_map(|it| Some((of(it)?, it.weight))));
    Standing { progress: mean(|it| it.progress), expected: mean(|it| it.expected), score: mean(|it| it.score), counts }
}

/// What concerns whoever a report is of.
struct Mine<'a> {
    workspace: &'a Workspace,
    of: &'a ReportOf,
}

impl<'a> Mine<'a> {
    /// Key results of an objective that count and concern them, with their figures.
    fn key_results<'s>(&self, card: &'s Scorecard, at: usize) -> impl Iterator<Item = (&'a KeyResult, &'s KeyResultScore)> {
        let (objective, score, of) = (&self.workspace.objectives[at], &card.objectives[at], self.of);
        let pairs = objective.key_results.iter().zip(&score.key_results).filter(|_| score.status != Status::Cancelled);
        pairs.filter(move |(it, score)| score.status != Status::Cancelled && of.concerns(objective, it))
    }

    /// What an objective adds to a mean: itself, or the key results that are a person's.
    fn parts(&self, card: &Scorecard, at: usize) -> Vec<Part> {
        let score = &card.objectives[at];
        match self.of {
            ReportOf::Company | ReportOf::Department(_) => {
                let ObjectiveScore { progress, expected, score, .. } = *score;
                vec![Part { progress, expected, score, weight: self.workspace.objectives[at].weight }]
            }
            ReportOf::Person(_) => {
                let closed = score.score.is_some();
                let part = |(key_result, score): (&KeyResult, &KeyResultScore)| Part {
                    progress: Some(score.progress),
                    expected: Some(score.expected),
                    score: closed.then(|| score.score.unwrap_or(0.0)),
                    weight: key_result.weight,
                };
                self.key_results(card, at).map(part).collect()
            }
        }
    }

    /// What changed of an objective, as far as it concerns them: its own figures are its owner's.
    fn change(&self, mut it: ObjectiveChange) -> Option<ObjectiveChange> {
        let objective = &self.workspace.objectives[it.after?];
        if !self.objective(objective) {
            return None;
        }
        it.key_results.retain(|it| it.after.is_some_and(|at| self.of.concerns(objective, &objective.key_results[at])));
        match self.of {
            ReportOf::Person(id) if objective.owner.as_ref() != Some(id) => {
                (it.progress, it.status, it.silent_since) = (None, None, None);
            }
            ReportOf::Company | ReportOf::Department(_) | ReportOf::Person(_) => {}
        }
        (!it.is_nothing()).then_some(it)
    }

    /// A KPI in the report's month: its weeks together, its month, and a quarterly one in the quarter's last.
    fn kpi_over(&self, at: usize, score: &KpiScore, period: &Period, stage: Stage) -> Option<KpiOver> {
        let (kpi, calendar) = (&self.workspace.kpis[at], self.workspace.config.calendar);
        let over = match (stage, kpi.every) {
            (Stage::Month, Every::Quarter) => Period::quarter_of(period.last(), calendar).filter(|it| it.last() == period.last())?,
            (Stage::Month | Stage::Running | Stage::Review, _) => period.clone(),
        };
        let mut parts = kpi.every.within(&over, calendar).peekable();
        parts.peek()?;
        let value_of = |part: &Period| score.series.binary_search_by(|it| it.period.cmp(part)).ok().and_then(|at| score.series[at].value);
        let incomplete = !parts.all(|part| value_of(&part).is_some());
        // Nothing was measured or aimed at before it began.
        score.series.first().filter(|it| it.period.first() <= over.last())?;
        let targets = self.of.share_of(kpi).map_or(&kpi.targets, |at| &kpi.assigned[at].targets);
        let point = longer(kpi, &score.series, targets, &over, TargetOver::Reported, calendar);
        let signal = match variation(kpi, score) {
            Variation::Signal(Spoken { sense, .. }) if !score.stale && point.value.is_some() => Some(sense),
            Variation::Signal(_) | Variation::Steady | Variation::TooFew(_) | Variation::ShortBaseline(_) | Variation::Nothing => None,
        };
        Some(KpiOver { kpi: at, point, signal, incomplete })
    }

    /// Of a KPI that is shared out a person reads what is theirs.
    fn take_shares(&self, card: &mut Scorecard, as_of: Date) {
        for (kpi, score) in self.workspace.kpis.iter().zip(&mut card.kpis) {
            if let Some(at) = self.of.share_of(kpi) {
                *score =
                    score.share(kpi, at, Clock { as_of, calendar: self.workspace.config.calendar, started: self.workspace.config.started });
            }
        }
    }

    fn objective(&self, it: &Objective) -> bool {
        match self.of {
            ReportOf::Company => true,
            ReportOf::Department(id) => it.department.as_ref() == Some(id),
            ReportOf::Person(id) => it.owner.as_ref() == Some(id) || it.key_results.iter().any(|it| it.owner.as_ref() == Some(id)),
        }
    }

    fn kpi(&self, it: &Kpi) -> bool {
        match self.of {
            ReportOf::Company => true,
            ReportOf::Department(id) => it.department.as_ref() == Some(id),
            ReportOf::Person(id) => it.owner.as_ref() == Some(id) || it.assigned.iter().any(|it| it.person == *id),
        }
    }

    fn check_in(&self, it: &CheckIn) -> bool {
        let speaks = || {
            it.objectives().iter().any(|at| self.objective(self.workspace.objective(*at)))
                || it.kpis().iter().any(|at| self.kpi(self.workspace.kpi(*at)))
        };
        match self.of {
            ReportOf::Company => true,
            ReportOf::Department(_) => speaks(),
            ReportOf::Person(id) => it.author.as_ref() == Some(id) || speaks(),
        }
    }

    fn promise(&self, check_in: &CheckIn, it: &Promise) -> bool {
        match self.of {
            ReportOf::Company => true,
            ReportOf::Department(id) => {
                let who = it.who.as_ref().and_then(|who| self.workspace.person(who));
                who.and_then(|it| it.department.as_ref()).map_or_else(|| self.check_in(check_in), |department| department == id)
            }
            ReportOf::Person(id) => it.who.as_ref() == Some(id),
        }
    }
}

/// What was open on the day of the report before, and what was promised since and is open still.
///
/// A promise ends with its objective, as it does for [`due`](super::due()), and the report of the month in which it ended tells
/// of it a last time: what had `ended` by the report before is left out unless it was done after all. A review accounts for
/// all that its period promised.
fn promises(mine: &Mine<'_>, since: Date, day: Date, promising: &[usize], ended: Option<&Ended>) -> Vec<Owed> {
    let mut all = Vec::new();
    for at in promising.iter().copied() {
        let check_in = &mine.workspace.check_ins[at];
        for (place, promise) in check_in.report.next.iter().enumerate().filter(|(_, it)| mine.promise(check_in, it)) {
            let done = promise.done.filter(|done| *done <= day);
            let was_owed = check_in.date <= since && done.is_none_or(|done| done > since);
            let fate = match (done, promise.by) {
                (Some(done), Some(by)) if by < done => Fate::Late(done),
                (Some(done), _) => Fate::Kept(done),
                (None, Some(by)) if by < day => Fate::Overdue,
                (None, _) => Fate::Open,
            };
            let is_open = matches!(fate, Fate::Overdue | Fate::Open);
            if is_open && ended.is_some_and(|it| it.ends(check_in)) {
                continue;
            }
            if was_owed || (check_in.date > since && is_open) {
                all.push(Owed { check_in: at, place, fate, was_owed });
            }
        }
    }
    all.sort_by_key(|it| {
        let promise = &mine.workspace.check_ins[it.check_in].report.next[it.place];
        (promise.by.unwrap_or(Date::MAX), it.check_in, it.place)
    });
    all
}
