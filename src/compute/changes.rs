//! What changed between two moments: two days of one workspace, or two states of it.
//!
//! Things are matched by their ids, never by their place: between two states anything may have been moved.

use crate::model::{Amount, Date, Id, KeyResult, Measure, Objective, Status, Workspace};

use super::{KeyResultScore, ObjectiveScore, Scorecard, at_least, at_most};

/// A workspace and its figures on a day.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// All that was written by then.
    pub workspace: &'a Workspace,
    /// What it comes to.
    pub scorecard: &'a Scorecard,
}

/// A figure before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved<T> {
    /// On the earlier day.
    pub from: T,
    /// On the later one.
    pub to: T,
}

impl<T> Moved<T> {
    /// The two, where they differ.
    fn unless(from: T, to: T, same: impl Fn(&T, &T) -> bool) -> Option<Self> {
        (!same(&from, &to)).then_some(Self { from, to })
    }
}

/// A status as pages show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// "Not updated", in place of every status but done.
    NotUpdated,
    /// As it is computed.
    Status(Status),
}

impl Shown {
    /// The name in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotUpdated => "stale",
            Self::Status(status) => status.name(),
        }
    }
}

impl KeyResultScore {
    /// What pages show of it.
    pub fn shown_status(&self) -> Shown {
        if self.shows_stale() { Shown::NotUpdated } else { Shown::Status(self.status) }
    }
}

impl ObjectiveScore {
    /// What pages show of it.
    pub fn shown_status(&self) -> Shown {
        if self.shows_stale() { Shown::NotUpdated } else { Shown::Status(self.status) }
    }
}

/// A turn in an objective's life, or a key result's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It was not there before: written since, or its period has begun since.
    New,
    /// It is not there any more: the files do not hold it.
    Gone,
    /// Its period has ended since.
    Closed,
    /// It was reached since.
    Reached,
    /// It was given up since.
    Cancelled,
    /// Its title was written anew.
    Renamed,
}

/// What changed of an objective.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectiveChange {
    /// Which.
    pub id: Id,
    /// Its place before; none where it was not there.
    pub before: Option<usize>,
    /// Its place after; none where it is gone.
    pub after: Option<usize>,
    /// Turns in its life, in order.
    pub turns: Vec<Turn>,
    /// Progress, 1 is 100 %.
    pub progress: Option<Moved<Option<f64>>>,
    /// What pages show of it.
    pub status: Option<Moved<Shown>>,
    /// Since when nobody has reported on it: its last check-in or, without one, its first day. Only where it was not silent before.
    pub silent_since: Option<Date>,
    /// Its key results that changed, in their order after, then those that are gone.
    pub key_results: Vec<KeyResultChange>,
}

/// What changed of a key result.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyResultChange {
    /// Which.
    pub id: Id,
    /// Its place in its objective before; none where it was not there.
    pub before: Option<usize>,
    /// Its place after; none where it is gone.
    pub after: Option<usize>,
    /// Turns in its life, in order.
    pub turns: Vec<Turn>,
    /// Raw progress, 1 is 100 %.
    pub progress: Option<Moved<Option<f64>>>,
    /// The newest value.
    pub current: Option<Moved<Option<f64>>>,
    /// What pages show of it.
    pub status: Option<Moved<Shown>>,
    /// 0–10.
    pub confidence: Option<Moved<Option<f64>>>,
    /// Where it begins was written anew.
    pub start: Option<Moved<Option<Amount>>>,
    /// Where it should arrive was written anew.
    pub target: Option<Moved<Option<Amount>>>,
    /// Between what it should hold was written anew: low and high.
    pub bounds: Option<Moved<(Option<Amount>, Option<Amount>)>>,
    /// Since when nobody has given it a value, as with its objective.
    pub silent_since: Option<Date>,
    /// The newest check-in since that speaks of it, by its place after.
    pub told_by: Option<usize>,
}

impl KeyResultChange {
    /// Whether what it is measured by was changed: where it begins, where it should arrive, between what it should hold.
    pub fn moved_the_goal(&self) -> bool {
        self.start.is_some() || self.target.is_some() || self.bounds.is_some()
    }
}

/// What changed between two moments, by objective in the order of ids; those of which nothing changed are left out.
///
/// Drafts are left out, and what had ended before the earlier day unless it was written anew.
pub fn changes(before: Moment<'_>, after: Moment<'_>) -> Vec<ObjectiveChange> {
    // Both are in the order of ids: they are gone through side by side.
    let (was, is) = (&before.workspace.objectives, &after.workspace.objectives);
    let (mut old, mut new) = (0, 0);
    let mut all = Vec::new();
    while old < was.len() || new < is.len() {
        let (id, pair) = match (was.get(old), is.get(new)) {
            (Some(a), Some(b)) if a.id == b.id => (&a.id, (Some(old), Some(new))),
            (Some(a), Some(b)) if a.id < b.id => (&a.id, (Some(old), None)),
            (Some(a), None) => (&a.id, (Some(old), None)),
            (_, Some(b)) => (&b.id, (None, Some(new))),
            (None, None) => break,
        };
        old += usize::from(pair.0.is_some());
        new += usize::from(pair.1.is_some());
        all.extend(objective_change(before, after, id, pair.0, pair.1).filter(|it| !it.is_nothing()));
    }
    all
}

/// Adds to `changes` the goals that `written`, the changes between other moments up to the same day, says were written anew;
/// whatever else changed between those stays out.
pub fn add_moved_goals(changes: &mut Vec<ObjectiveChange>, written: Vec<ObjectiveChange>) {
    for ObjectiveChange { id, after, key_results, .. } in written {
        let moved: Vec<KeyResultChange> = key_results.into_iter().filter(KeyResultChange::moved_the_goal).collect();
        if moved.is_empty() {
            continue;
        }
        // Of what did not change otherwise there is nothing to tell but this.
        let at = changes.binary_search_by(|it| it.id.cmp(&id)).unwrap_or_else(|at| {
            changes.insert(at, ObjectiveChange { before: after, ..ObjectiveChange::none(id, after) });
            at
        });
        moved.into_iter().for_each(|it| add_moved_goal(&mut changes[at].key_results, &it));
    }
}

fn add_moved_goal(known: &mut Vec<KeyResultChange>, moved: &KeyResultChange) {
    let KeyResultChange { id, after, start, target, bounds, .. } = moved;
    let (start, target, bounds) = (*start, *target, *bounds);
    match known.iter_mut().find(|it| it.id == *id) {
        Some(known) => (known.start, known.target, known.bounds) = (start, target, bounds),
        None => known.push(KeyResultChange { before: *after, after: *after, start, target, bounds, ..KeyResultChange::none(id) }),
    }
}

impl ObjectiveChange {
    /// Nothing changed.
    fn none(id: Id, after: Option<usize>) -> Self {
        Self { id, before: None, after, turns: Vec::new(), progress: None, status: None, silent_since: None, key_results: Vec::new() }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.turns.is_empty()
            && self.progress.is_none()
            && self.status.is_none()
            && self.silent_since.is_none()
            && self.key_results.is_empty()
    }
}

/// An objective and its figures at a moment: only where it has begun and is more than a draft.
fn at<'a>(moment: Moment<'a>, place: Option<usize>) -> Option<(usize, &'a Objective, &'a ObjectiveScore)> {
    let place = place?;
    let score = &moment.scorecard.objectives[place];
    let is_there = score.status != Status::Draft && score.status != Status::NotStarted;
    is_there.then(|| (place, &moment.workspace.objectives[place], score))
}

fn objective_change(before: Moment<'_>, after: Moment<'_>, id: &Id, was: Option<usize>, is: Option<usize>) -> Option<ObjectiveChange> {
    let (old, new) = (at(before, was), at(after, is));
    let nothing =
        ObjectiveChange { before: old.map(|(place, ..)| place), ..ObjectiveChange::none(id.clone(), new.map(|(place, ..)| place)) };
    match (old, new) {
        (None, None) => None,
        (Some(_), None) => Some(ObjectiveChange { turns: vec![Turn::Gone], ..nothing }),
        (None, Some((_, _, score))) => {
            let turns = std::iter::once(Turn::New).chain(turn(None, score.status)).collect();
            Some(ObjectiveChange { turns, key_results: key_result_changes(before, None, new?), ..nothing })
        }
        (Some((_, old_objective, old_score)), Some((_, objective, score))) => Some(ObjectiveChange {
            turns: renamed(&old_objective.title, &objective.title).into_iter().chain(turn(Some(old_score.status), score.status)).collect(),
            progress: Moved::unless(old_score.progress, score.progress, same_figure),
            status: Moved::unless(old_score.shown_status(), score.shown_status(), PartialEq::eq),
            silent_since: (score.shows_stale() && !old_score.shows_stale())
                .then(|| score.last_check_in.unwrap_or_else(|| objective.period.first())),
            key_results: key_result_changes(before, old, new?),
            ..nothing
        }),
    }
}

/// A title that was written anew may be a goal that was.
fn renamed(before: &str, after: &str) -> Option<Turn> {
    (before != after).then_some(Turn::Renamed)
}

/// The turn that two statuses tell of.
fn turn(before: Option<Status>, after: Status) -> Option<Turn> {
    let kind = |status: Status| match status {
        Status::Cancelled => Some(Turn::Cancelled),
        Status::Achieved | Status::Progressed | Status::Missed => Some(Turn::Closed),
        Status::Done => Some(Turn::Reached),
        Status::NotStarted | Status::NoData | Status::OnTrack | Status::AtRisk | Status::OffTrack | Status::Draft => None,
    };
    kind(after).filter(|turn| before.and_then(kind) != Some(*turn))
}

fn key_result_changes(
    before: Moment<'_>,
    old: Option<(usize, &Objective, &ObjectiveScore)>,
    (_, objective, score): (usize, &Objective, &ObjectiveScore),
) -> Vec<KeyResultChange> {
    let found = |id: &Id| {
        let (_, objective, score) = old?;
        let place = objective.key_results.iter().position(|it| it.id == *id)?;
        Some((place, &objective.key_results[place], &score.key_results[place]))
    };
    let there = objective.key_results.iter().zip(&score.key_results).enumerate().filter_map(|(place, (key_result, score))| {
        let change = match found(&key_result.id) {
            Some(old) => changed(before, objective.period.first(), old, (key_result, score)),
            // With a new objective all is new, which goes without saying.
            None if old.is_none() => begun(before, key_result, score),
            None => KeyResultChange { turns: vec![Turn::New], told_by: told_by(score, before.scorecard.as_of), ..nothing(key_result) },
        };
        let change = KeyResultChange { after: Some(place), ..change };
        (!change.is_nothing()).then_some(change)
    });
    let gone = old.into_iter().flat_map(|(_, old, _)| old.key_results.iter().enumerate()).filter_map(|(place, old)| {
        let stays = objective.key_results.iter().any(|it| it.id == old.id);
        (!stays).then(|| KeyResultChange { before: Some(place), turns: vec![Turn::Gone], ..nothing(old) })
    });
    there.chain(gone).collect()
}

/// Of a new objective: how far it has come since.
fn begun(before: Moment<'_>, key_result: &KeyResult, score: &KeyResultScore) -> KeyResultChange {
    let told_by = told_by(score, before.scorecard.as_of);
    KeyResultChange {
        progress: Moved::unless(None, score.raw_progress, same_figure),
        current: Moved::unless(None, score.current, same_figure),
        turns: turn(None, score.status).into_iter().collect(),
        told_by,
        ..nothing(key_result)
    }
}

fn nothing(key_result: &KeyResult) -> KeyResultChange {
    KeyResultChange::none(&key_result.id)
}

impl KeyResultChange {
    /// Nothing changed.
    fn none(id: &Id) -> Self {
        Self {
            id: id.clone(),
            before: None,
            after: None,
            turns: Vec::new(),
            progress: None,
            current: None,
            status: None,
            confidence: None,
            start: None,
            target: None,
            bounds: None,
            silent_since: None,
            told_by: None,
        }
    }

    fn is_nothing(&self) -> bool {
        self.turns.is_empty()
            && self.progress.is_none()
            && self.current.is_none()
            && self.status.is_none()
            && self.confidence.is_none()
            && !self.moved_the_goal()
            && self.silent_since.is_none()
    }
}

fn changed(
    before: Moment<'_>,
    first: Date,
    (was, old, old_score): (usize, &KeyResult, &KeyResultScore),
    (new, score): (&KeyResult, &KeyResultScore),
) -> KeyResultChange {
    let ends = |it: &KeyResult| match &it.measure {
        Measure::Unmeasured { start, target } => (*start, *target),
        measure => measure.ends().map_or((None, None), |(start, target)| (Some(start), Some(target))),
    };
    let bounds = |it: &KeyResult| it.measure.bounds().unwrap_or((None, None));
    let ((old_start, old_target), (start, target)) = (ends(old), ends(new));
    KeyResultChange {
        before: Some(was),
        turns: renamed(&old.title, &new.title).into_iter().chain(turn(Some(old_score.status), score.status)).collect(),
        progress: Moved::unless(old_score.raw_progress, score.raw_progress, same_figure),
        current: Moved::unless(old_score.current, score.current, same_figure),
        status: Moved::unless(old_score.shown_status(), score.shown_status(), PartialEq::eq),
        confidence: Moved::unless(old_score.confidence, score.confidence, same_figure),
        start: Moved::unless(old_start, start, same_amount),
        target: Moved::unless(old_target, target, same_amount),
        bounds: Moved::unless(bounds(old), bounds(new), |a, b| same_amount(&a.0, &b.0) && same_amount(&a.1, &b.1)),
        silent_since: (score.shows_stale() && !old_score.shows_stale()).then(|| score.last_check_in.unwrap_or(first)),
        told_by: told_by(score, before.scorecard.as_of),
        ..nothing(new)
    }
}

/// The newest check-in after a day that speaks of a key result.
fn told_by(score: &KeyResultScore, after: Date) -> Option<usize> {
    score.history.iter().rev().find(|said| said.date > after).map(|said| said.check_in)
}

fn same_figure(a: &Option<f64>, b: &Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => at_least(*a, *b) && at_most(*a, *b),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn same_amount(a: &Option<Amount>, b: &Option<Amount>) -> bool {
    same_figure(&a.map(|it| it.value), &b.map(|it| it.value))
}
