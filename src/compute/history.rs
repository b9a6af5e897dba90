//! What check-ins said of a key result, in the order in which they count.

use crate::model::{Amount, CheckIn, Date, Period, Reading, Source};

/// What one check-in said of one key result.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The check-in's own day.
    pub date: Date,
    /// The day on which it counts: inside the period.
    pub day: Date,
    /// Its place in the workspace's check-ins.
    pub check_in: usize,
    /// What it gave.
    pub value: Value,
    /// How sure, 0–10.
    pub confidence: Option<f64>,
    /// The line that says so.
    pub source: Source,
}

/// A value, as its kind of key result has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// None: only the confidence was given, or a gap was written.
    Nothing,
    /// A number.
    Number(Amount),
    /// Done or open.
    Done(bool),
    /// Milestones by place.
    Milestones(Vec<(usize, bool)>),
}

impl Value {
    /// Whether there is one.
    pub fn is_given(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Milestones(marks) => !marks.is_empty(),
            Self::Number(_) | Self::Done(_) => true,
        }
    }
}

/// The check-ins of an objective sorted out by key result: one list each, in the order of the check-ins.
pub(super) fn by_key_result(
    objective: usize,
    key_results: usize,
    period: &Period,
    mentions: &[usize],
    check_ins: &[CheckIn],
) -> Vec<Vec<Said>> {
    let mut all: Vec<Vec<Said>> = vec![Vec::new(); key_results];
    for &index in mentions {
        let check_in = &check_ins[index];
        let day = check_in.date.clamp(period.first(), period.last());
        let said = |value, line| Said {
            date: check_in.date,
            day,
            check_in: index,
            value,
            confidence: None,
            source: Source { path: check_in.source.path.clone(), line },
        };
        let from = all.iter().map(Vec::len).collect::<Vec<_>>();
        for entry in check_in.entries.iter().filter(|entry| entry.objective.0 == objective) {
            let value = match &entry.reading {
                Reading::NoValue => Value::Nothing,
                Reading::Number(amount) => Value::Number(*amount),
                Reading::Done(done) => Value::Done(*done),
                Reading::Milestones(marks) => Value::Milestones(marks.clone()),
            };
            all[entry.key_result.0].push(said(value, entry.line));
        }
        for (_, key_result, confidence) in check_in.confidence.iter().filter(|(at, _, _)| at.0 == objective) {
            let list = &mut all[key_result.0];
            if list.len() == from[key_result.0] {
                list.push(said(Value::Nothing, check_in.source.line));
            }
            list[from[key_result.0]..].iter_mut().for_each(|it| it.confidence = Some(*confidence));
        }
    }
    all
}
