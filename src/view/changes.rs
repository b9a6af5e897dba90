//! What changed between two moments, in words: first where a goal was moved, then what began, ended and moved.

use serde::Serialize;

use crate::{
    compute::{KeyResultChange, Moved, ObjectiveChange, Shown, Turn},
    model::{Amount, KeyResult},
    words::Words,
};

use super::{Site, report::bare_status};

/// The changes in words.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    /// From when to when, and how much changed.
    pub heading: String,
    /// That nothing changed.
    pub nothing: String,
    /// Targets, starts and bounds that were written anew: always first.
    pub goals_heading: String,
    /// Each with its key result.
    pub goals: Vec<ChangeLine>,
    /// Objectives with what changed of them.
    pub objectives: Vec<ObjectiveLines>,
}

/// An objective with what changed of it.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveLines {
    /// Its title.
    pub title: String,
    /// What changed of it, in sentences.
    pub text: String,
    /// Its key results.
    pub key_results: Vec<ChangeLine>,
}

/// A thing and what changed of it.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    /// Its title.
    pub title: String,
    /// What changed, in sentences.
    pub text: String,
    /// The line that says so now.
    pub source: String,
}

/// The changes in words. `before` and `after` are the two moments; `heading` says which.
pub fn changes_view(before: &Site<'_>, after: &Site<'_>, changes: &[ObjectiveChange], heading: String) -> ChangesView {
    let words = after.words;
    let mut goals = Vec::new();
    let mut objectives = Vec::new();
    for change in changes {
        let look = Look { before, after, change };
        goals.extend(change.key_results.iter().filter(|it| it.moved_the_goal()).filter_map(|it| look.goal(it)));
        let lines = look.lines();
        if !lines.text.is_empty() || !lines.key_results.is_empty() {
            objectives.push(lines);
        }
    }
    let nothing = if goals.is_empty() && objectives.is_empty() { words.word("diff.nothing") } else { String::new() };
    let goals_heading = if goals.is_empty() { String::new() } else { words.count("diff.goals", goals.len()) };
    ChangesView { heading, nothing, goals_heading, goals, objectives }
}

/// An objective that changed, seen from both moments.
struct Look<'s, 'a> {
    before: &'s Site<'a>,
    after: &'s Site<'a>,
    change: &'s ObjectiveChange,
}

impl Look<'_, '_> {
    fn words(&self) -> &Words {
        self.after.words
    }

    fn lines(&self) -> ObjectiveLines {
        let change = self.change;
        let new = change.after.map(|at| &self.after.workspace.objectives[at]);
        let old = change.before.map(|at| &self.before.workspace.objectives[at]);
        let title = new.or(old).map_or_else(String::new, |it| it.title.clone());
        let mut said = self.turns(&change.turns, old.map_or("", |it| it.title.as_str()));
        said.extend(self.progress(change.progress));
        // What ended, was reached or given up says by itself where it stands.
        said.extend(change.status.filter(|_| change.turns.iter().all(|it| *it == Turn::Renamed)).and_then(|it| self.status(it)));
        said.extend(change.silent_since.map(|day| self.words().say("diff.silent", &[("day", self.words().day(day).into())])));
        let key_results = change.key_results.iter().filter_map(|it| self.key_result(it)).collect();
        ObjectiveLines { title, text: said.join(" "), key_results }
    }

    fn key_result(&self, change: &KeyResultChange) -> Option<ChangeLine> {
        let key_result = self.found(change)?;
        let old = change.before.zip(self.change.before).map(|(at, of)| &self.before.workspace.objectives[of].key_results[at]);
        let mut said = self.turns(&change.turns, old.map_or("", |it| it.title.as_str()));
        said.extend(self.progress(change.progress));
        said.extend(change.status.filter(|_| change.turns.iter().all(|it| *it == Turn::Renamed)).and_then(|it| self.status(it)));
        if let Some(Moved { from, to: Some(to) }) = change.confidence {
            let number = |it: f64| super::figure::plain(self.words(), it);
            said.push(match from {
                Some(from) => self.words().say("diff.confidence", &[("from", number(from).into()), ("to", number(to).into())]),
                None => self.words().say("diff.confidence-first", &[("to", number(to).into())]),
            });
        }
        said.extend(change.silent_since.map(|day| self.words().say("diff.silent", &[("day", self.words().day(day).into())])));
        let line = ChangeLine { title: key_result.title.clone(), text: said.join(" "), source: key_result.source.to_string() };
        (!line.text.is_empty()).then_some(line)
    }

    /// A start, target or bound that was written anew.
    fn goal(&self, change: &KeyResultChange) -> Option<ChangeLine> {
        let words = self.words();
        let (old, new) = (change.before.zip(self.change.before)?, change.after.zip(self.change.after)?);
        let was = &self.before.workspace.objectives[old.1].key_results[old.0];
        let is = &self.after.workspace.objectives[new.1].key_results[new.0];
        let amount =
            |it: Option<Amount>, of: &KeyResult| it.map_or_else(|| "–".to_owned(), |it| words.value(it.value, &it, of.unit.as_ref()));
        let mut said = Vec::new();
        for (key, moved) in [("diff.start", change.start), ("diff.target", change.target)] {
            if let Some(Moved { from, to }) = moved {
                said.push(words.say(key, &[("from", amount(from, was).into()), ("to", amount(to, is).into())]));
            }
        }
        if let Some(Moved { from, to }) = change.bounds {
            let range = |(low, high): (Option<Amount>, Option<Amount>), of: &KeyResult| match (low, high) {
                (Some(_), Some(_)) => format!("{}–{}", amount(low, of), amount(high, of)),
                (Some(_), None) => format!("≥\u{a0}{}", amount(low, of)),
                (None, Some(_)) => format!("≤\u{a0}{}", amount(high, of)),
                (None, None) => "–".to_owned(),
            };
            said.push(words.say("diff.bounds", &[("from", range(from, was).into()), ("to", range(to, is).into())]));
        }
        let source = format!("{}:{}", is.source.path, is.target_line);
        Some(ChangeLine { title: is.title.clone(), text: said.join(" "), source })
    }

    fn found(&self, change: &KeyResultChange) -> Option<&KeyResult> {
        let new = change.after.zip(self.change.after).map(|(at, of)| &self.after.workspace.objectives[of].key_results[at]);
        let old = || change.before.zip(self.change.before).map(|(at, of)| &self.before.workspace.objectives[of].key_results[at]);
        new.or_else(old)
    }

    fn turns(&self, turns: &[Turn], old_title: &str) -> Vec<String> {
        let key = |turn: &Turn| match turn {
            Turn::New => "diff.new",
            Turn::Gone => "diff.gone",
            Turn::Closed => "diff.closed",
            Turn::Reached => "diff.reached",
            Turn::Cancelled => "diff.cancelled",
            Turn::Renamed => "diff.renamed",
        };
        turns.iter().map(|turn| self.words().say(key(turn), &[("from", old_title.into())])).collect()
    }

    fn progress(&self, moved: Option<Moved<Option<f64>>>) -> Option<String> {
        let words = self.words();
        let Moved { from, to } = moved?;
        let to = to?;
        Some(match from {
            Some(from) => {
                let key = if to < from { "diff.progress-back" } else { "diff.progress" };
                words.say(key, &[("from", words.percent(from).into()), ("to", words.percent(to).into())])
            }
            None => words.say("diff.progress-first", &[("to", words.percent(to).into())]),
        })
    }

    fn status(&self, Moved { from, to }: Moved<Shown>) -> Option<String> {
        let words = self.words();
        // Falling silent is told with its day.
        if to == Shown::NotUpdated {
            return None;
        }
        let name = |it: Shown| bare_status(words, it);
        Some(words.say("report.moved.turned", &[("from", name(from).into()), ("to", name(to).into())]))
    }
}
