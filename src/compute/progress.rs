//! How far a key result has come.

use crate::model::{Amount, Date, KeyResult, Measure, Milestone, Period};

use super::{Said, Value, at_least, at_most};

/// How far a key result has come, before anything is clamped.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Reached {
    /// Unclamped; `None` while there is no value.
    pub(super) raw: Option<f64>,
    /// The newest value, in the key result's own unit.
    pub(super) current: Option<f64>,
    /// The entry of the history that gave it.
    pub(super) from: Option<usize>,
    /// One value a day, by day: what the line is drawn through and the forecast made from.
    pub(super) days: Vec<(Date, f64)>,
    /// For milestones: each one's state.
    pub(super) milestones: Vec<MilestoneScore>,
}

/// What became of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct MilestoneScore {
    /// Done by the last day: it counts.
    pub counted: bool,
    /// When it was done, also later.
    pub done: Option<Date>,
}

/// Whether a value lies within bounds, bounds included.
pub fn inside(value: f64, low: Option<Amount>, high: Option<Amount>) -> bool {
    low.is_none_or(|low| at_least(value, low.value)) && high.is_none_or(|high| at_most(value, high.value))
}

/// The share of the way from `start` to `target` at which a value stands, unclamped.
///
/// Halves are subtracted, because the whole way between two numbers may not fit where the numbers do.
pub(super) fn way(value: f64, start: f64, target: f64) -> f64 {
    ((value / 2.0 - start / 2.0) / (target / 2.0 - start / 2.0)).clamp(f64::MIN, f64::MAX)
}

pub(super) fn reached(key_result: &KeyResult, period: &Period, history: &[Said], as_of: Date) -> Reached {
    match &key_result.measure {
        Measure::Metric { start, target, .. } => metric(start.value, target.value, history),
        Measure::Hold { low, high } => hold(*low, *high, history),
        Measure::Milestones(milestones) => stepwise(milestones, period, history, as_of),
        Measure::Done { due, done } => {
            let one = Milestone {
                id: key_result.id.clone(),
                title: String::new(),
                due: *due,
                done: *done,
                weight: 1.0,
                at: crate::model::Spot::TOP,
            };
            let mut reached = stepwise(std::slice::from_ref(&one), period, history, as_of);
            reached.current = reached.current.map(|points| points / 100.0);
            reached
        }
        // Values are kept in the history, and no progress is made of them: nothing measures it, or its KPI does.
        Measure::Kpi { .. } | Measure::Unmeasured { .. } => Reached::default(),
    }
}

/// The last value of each day, by day, with its place in the history.
fn daily(history: &[Said]) -> Vec<(Date, f64, usize)> {
    let mut days: Vec<(Date, f64, usize)> = Vec::new();
    for (index, said) in history.iter().enumerate() {
        let Value::Number(amount) = said.value else { continue };
        match days.last_mut() {
            Some(last) if last.0 == said.day => *last = (said.day, amount.value, index),
            _ => days.push((said.day, amount.value, index)),
        }
    }
    days
}

fn metric(start: f64, target: f64, history: &[Said]) -> Reached {
    let days = daily(history);
    let newest = days.last().copied();
    Reached {
        raw: newest.map(|(_, value, _)| way(value, start, target)),
        current: newest.map(|(_, value, _)| value),
        from: newest.map(|(_, _, index)| index),
        days: days.into_iter().map(|(day, value, _)| (day, value)).collect(),
        milestones: Vec::new(),
    }
}

fn hold(low: Option<Amount>, high: Option<Amount>, history: &[Said]) -> Reached {
    let days = daily(history);
    let newest = days.last().copied();
    let held = days.iter().filter(|(_, value, _)| inside(*value, low, high)).count();
    Reached {
        raw: newest.map(|_| held as f64 / days.len() as f64),
        current: newest.map(|(_, value, _)| value),
        from: newest.map(|(_, _, index)| index),
        days: days.into_iter().map(|(day, value, _)| (day, value)).collect(),
        milestones: Vec::new(),
    }
}

/// A word on a milestone: the file's date, or a check-in's. The newest counts; of one day, the check-in's.
#[derive(Clone, Copy)]
struct Word {
    date: Date,
    done: bool,
}

fn stepwise(milestones: &[Milestone], period: &Period, history: &[Said], as_of: Date) -> Reached {
    let states: Vec<MilestoneScore> = milestones.iter().enumerate().map(|(at, it)| state(it, at, period, history, as_of)).collect();
    let spoken = milestones.iter().any(|it| it.done.is_some_and(|day| day <= as_of)) || history.iter().any(|said| said.value.is_given());
    let estimate = daily(history).last().map(|(_, points, index)| (points / 100.0, *index));
    let share = share(milestones, |at| states[at].counted);
    let raw = spoken.then(|| estimate.map_or(share, |(points, _)| points.max(share)));
    Reached {
        raw,
        current: spoken.then_some(share * 100.0),
        from: history.iter().rposition(|said| said.value.is_given()),
        days: Vec::new(),
        milestones: states,
    }
}

fn share(milestones: &[Milestone], counts: impl Fn(usize) -> bool) -> f64 {
    super::weighted_mean(milestones.iter().enumerate().map(|(at, it)| (if counts(at) { 1.0 } else { 0.0 }, it.weight))).unwrap_or(0.0)
}

fn state(milestone: &Milestone, at: usize, period: &Period, history: &[Said], as_of: Date) -> MilestoneScore {
    let in_file = milestone.done.filter(|day| *day <= as_of).map(|date| Word { date, done: true });
    let words: Vec<Word> = in_file.into_iter().chain(history.iter().filter_map(|said| word(said, at))).collect();
    let newest = |until: Date| {
        let mut newest: Option<Word> = None;
        for word in words.iter().filter(|word| word.date <= until) {
            if newest.is_none_or(|it| it.date <= word.date) {
                newest = Some(*word);
            }
        }
        newest.filter(|word| word.done)
    };
    // The date that the file names is when it was done; without one, the day on which a check-in first said so.
    let when = |word| in_file.map_or_else(|| first_said(&words, word), |it| it.date);
    MilestoneScore { counted: newest(period.last()).is_some(), done: newest(as_of).map(when) }
}

/// A milestone that several check-ins call done was done when the first of them said so.
fn first_said(words: &[Word], last: Word) -> Date {
    let reopened = words.iter().filter(|word| !word.done && word.date <= last.date).map(|word| word.date).max();
    words.iter().filter(|word| word.done && reopened.is_none_or(|day| word.date >= day)).map(|word| word.date).min().unwrap_or(last.date)
}

fn word(said: &Said, at: usize) -> Option<Word> {
    match &said.value {
        Value::Done(done) => Some(Word { date: said.date, done: *done }),
        Value::Milestones(marks) => {
            marks.iter().rev().find(|(index, _)| *index == at).map(|(_, done)| Word { date: said.date, done: *done })
        }
        Value::Nothing | Value::Number(_) => None,
    }
}

/// The value that a history entry shows: for milestones the weight done in points once it was said.
pub(super) fn shown_values(key_result: &KeyResult, period: &Period, history: &[Said]) -> Vec<Option<f64>> {
    let steps: Option<(&[Milestone], f64)> = match &key_result.measure {
        Measure::Milestones(milestones) => Some((milestones, 100.0)),
        Measure::Metric { .. } | Measure::Hold { .. } | Measure::Done { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => None,
    };
    (0..history.len())
        .map(|index| match &history[index].value {
            Value::Nothing => None,
            Value::Number(amount) => Some(amount.value),
            Value::Done(done) => Some(if *done { 1.0 } else { 0.0 }),
            Value::Milestones(marks) if marks.is_empty() => None,
            Value::Milestones(_) => steps.map(|(milestones, points)| {
                let so_far = &history[..=index];
                let until = history[index].date;
                share(milestones, |at| state(&milestones[at], at, period, so_far, until).done.is_some()) * points
            }),
        })
        .collect()
}
