//! `objective-is-a-number`: an objective's title repeats the target of one of its key results. A number inspires
//! nobody, and there is nothing left for the key result to say.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{Amount, KeyResult, Marks, Measure, Quoting, State, read_number},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let marks = look.workspace.config.marks();
    for objective in look.workspace.objectives.iter().filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let repeats =
            |key_result: &&KeyResult| targets(key_result).into_iter().any(|target| says(&objective.title, target, key_result, marks));
        if let Some(key_result) = objective.key_results.iter().find(repeats) {
            let finding = Finding::new(Code::ObjectiveIsANumber, Place::at(&objective.source, objective.title_at));
            let finding = finding.text("title", &objective.title).text("key_result", &key_result.title);
            findings.push(finding.beside(Place::at(&key_result.source, key_result.title_at)));
        }
    }
}

fn targets(key_result: &KeyResult) -> Vec<Amount> {
    match &key_result.measure {
        Measure::Metric { target, .. } => vec![*target],
        Measure::Hold { low, high } => low.iter().chain(high).copied().collect(),
        Measure::Milestones(_) | Measure::Done { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => Vec::new(),
    }
}

/// Whether a title names this amount, with its suffix or sign or without.
fn says(title: &str, target: Amount, key_result: &KeyResult, marks: Marks) -> bool {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.iter().enumerate().filter(|(_, word)| word.contains(|c: char| c.is_ascii_digit())).any(|(at, word)| {
        let word = word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '“' | '”' | '"' | '!' | '?'));
        let with_next = words.get(at + 1).map(|next| format!("{word} {}", next.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':'))));
        let units = [key_result.unit.as_ref(), None];
        [Some(word.to_owned()), with_next].into_iter().flatten().flat_map(|text| units.map(|unit| (text.clone(), unit))).any(
            |(text, unit)| {
                let read = read_number(&text, Quoting::Quoted, unit, marks).ok().flatten();
                read.is_some_and(|it| (it.value - target.value).abs() <= 1e-9 * target.value.abs().max(1.0) && !is_a_year(it.value))
            },
        )
    })
}

/// A year is a day, not a measure.
fn is_a_year(value: f64) -> bool {
    value.fract() == 0.0 && (1990.0..2100.0).contains(&value)
}
