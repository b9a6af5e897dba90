//! What changed between two moments: `diff --format json`, and the changes in a report's document.

use serde::Serialize;

use crate::{
    compute::{KeyResultChange, Moment, Moved, ObjectiveChange, Shown, Turn},
    model::Amount,
};

use super::zero;

/// An objective that changed.
#[derive(Serialize)]
pub(super) struct ChangeOut<'a> {
    id: &'a str,
    title: &'a str,
    turns: Vec<&'static str>,
    progress: Option<MovedOut<Option<f64>>>,
    status: Option<MovedOut<&'static str>>,
    silent_since: Option<String>,
    key_results: Vec<KeyResultChangeOut<'a>>,
}

#[derive(Serialize)]
struct KeyResultChangeOut<'a> {
    id: &'a str,
    title: &'a str,
    turns: Vec<&'static str>,
    progress: Option<MovedOut<Option<f64>>>,
    current: Option<MovedOut<Option<f64>>>,
    status: Option<MovedOut<&'static str>>,
    confidence: Option<MovedOut<Option<f64>>>,
    start: Option<MovedOut<Option<f64>>>,
    target: Option<MovedOut<Option<f64>>>,
    bounds: Option<MovedOut<[Option<f64>; 2]>>,
    silent_since: Option<String>,
    check_in: Option<String>,
    source: String,
}

#[derive(Serialize)]
struct MovedOut<T> {
    from: T,
    to: T,
}

impl<T: Copy> MovedOut<T> {
    fn of<F: Copy>(moved: Option<Moved<F>>, with: impl Fn(F) -> T) -> Option<Self> {
        moved.map(|Moved { from, to }| Self { from: with(from), to: with(to) })
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    from: String,
    to: String,
    from_revision: Option<&'a str>,
    to_revision: Option<&'a str>,
    objectives: Vec<ChangeOut<'a>>,
}

/// The revisions between which a difference is taken, where it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Revisions<'a> {
    /// The earlier one, by its full name.
    pub from: Option<&'a str>,
    /// The later one.
    pub to: Option<&'a str>,
}

/// What changed between two moments, in one line with a line feed at the end.
pub fn changes_json(changes: &[ObjectiveChange], before: Moment<'_>, after: Moment<'_>, revisions: Revisions<'_>) -> String {
    let document = Document {
        schema_version: 1,
        from: before.scorecard.as_of.to_string(),
        to: after.scorecard.as_of.to_string(),
        from_revision: revisions.from,
        to_revision: revisions.to,
        objectives: changes_of(changes, before, after),
    };
    let mut text = serde_json::to_string(&document).expect("the document holds texts and numbers only");
    text.push('\n');
    text
}

/// The changes, with the titles that things have after – or had before, where they are gone.
pub(super) fn changes_of<'a>(changes: &'a [ObjectiveChange], before: Moment<'a>, after: Moment<'a>) -> Vec<ChangeOut<'a>> {
    changes.iter().map(|it| change_of(it, before, after)).collect()
}

fn change_of<'a>(change: &'a ObjectiveChange, before: Moment<'a>, after: Moment<'a>) -> ChangeOut<'a> {
    let ObjectiveChange { id, before: was, after: is, turns, progress, status, silent_since, key_results } = change;
    let old = was.map(|at| &before.workspace.objectives[at]);
    let new = is.map(|at| &after.workspace.objectives[at]);
    let title = new.or(old).map_or("", |it| it.title.as_str());
    let key_results = key_results.iter().map(|it| {
        let found = it.after.and_then(|at| Some(&new?.key_results[at])).or_else(|| it.before.and_then(|at| Some(&old?.key_results[at])));
        let told = it.told_by.map(|at| after.workspace.check_ins[at].source.to_string());
        key_result_of(it, found.map_or("", |it| it.title.as_str()), told, found.map_or_else(String::new, |it| it.source.to_string()))
    });
    ChangeOut {
        id: id.as_str(),
        title,
        turns: turns.iter().map(|it| turn_name(*it)).collect(),
        progress: MovedOut::of(*progress, |it| it.map(zero)),
        status: MovedOut::of(*status, Shown::name),
        silent_since: silent_since.map(|day| day.to_string()),
        key_results: key_results.collect(),
    }
}

fn key_result_of<'a>(change: &'a KeyResultChange, title: &'a str, check_in: Option<String>, source: String) -> KeyResultChangeOut<'a> {
    let KeyResultChange {
        id,
        before: _,
        after: _,
        turns,
        progress,
        current,
        status,
        confidence,
        start,
        target,
        bounds,
        silent_since,
        told_by: _,
    } = change;
    let value = |it: Option<Amount>| it.map(|it| zero(it.value));
    KeyResultChangeOut {
        id: id.as_str(),
        title,
        turns: turns.iter().map(|it| turn_name(*it)).collect(),
        progress: MovedOut::of(*progress, |it| it.map(zero)),
        current: MovedOut::of(*current, |it| it.map(zero)),
        status: MovedOut::of(*status, Shown::name),
        confidence: MovedOut::of(*confidence, |it| it.map(zero)),
        start: MovedOut::of(*start, value),
        target: MovedOut::of(*target, value),
        bounds: MovedOut::of(*bounds, |(low, high)| [value(low), value(high)]),
        silent_since: silent_since.map(|day| day.to_string()),
        check_in,
        source,
    }
}

fn turn_name(turn: Turn) -> &'static str {
    match turn {
        Turn::New => "new",
        Turn::Gone => "gone",
        Turn::Closed => "closed",
        Turn::Reached => "reached",
        Turn::Cancelled => "cancelled",
        Turn::Renamed => "renamed",
    }
}
