//! `objective-is-a-number`: an objective's title repeats the target of one of its key results, or is a KPI's. A number
//! inspires nobody, and there is nothing left for the key result to say.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{Amount, Denomination, Id, KeyResult, Marks, Measure, Quoting, Scale, State, read_number},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let marks = look.workspace.config.marks();
    let kpis = super::kpi_as_okr::titles(look.workspace);
    for objective in look.workspace.objectives.iter().filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let repeats =
            |key_result: &&KeyResult| targets(key_result).into_iter().any(|target| says(&objective.title, target, key_result, marks));
        if let Some(key_result) = objective.key_results.iter().find(repeats) {
            let finding = Finding::new(Code::ObjectiveIsANumber, Place::at(&objective.source, objective.title_at));
            let finding = finding.text("title", &objective.title).text("key_result", &key_result.title);
            findings.push(finding.beside(Place::at(&key_result.source, key_result.title_at)));
        } else if let Some(at) = kpis.get(Id::new(&objective.title).as_str()) {
            let kpi = &look.workspace.kpis[*at];
            let finding = Finding::new(Code::ObjectiveIsANumber, Place::at(&objective.source, objective.title_at));
            let finding = finding.says("objective-is-a-number.kpi").text("title", &objective.title);
            findings.push(finding.beside(Place::at(&kpi.source, kpi.title_at)));
        }
    }
}

fn targets(key_result: &KeyResult) -> Vec<Amount> {
    match &key_result.measure {
        Measure::Metric { target, .. } => vec![*target],
        Measure::Hold { low, high } => low.iter().chain(high).copied().collect(),
        Measure::Kpi { target, low, high, .. } => target.iter().chain(low).chain(high).copied().collect(),
        Measure::Milestones(_) | Measure::Done { .. } | Measure::Unmeasured { .. } => Vec::new(),
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
                read.is_some_and(|it| {
                    let same = (it.value - target.value).abs() <= 1e-9 * target.value.abs().max(1.0) && !is_a_year(it.value);
                    // A bare number may be another one that happens to be as large.
                    let telling = it.scale != Scale::One || it.denomination != Denomination::Plain;
                    same && (telling || share_a_word(title, key_result))
                })
            },
        )
    })
}

/// Whether a title speaks of what a key result counts: a word of three letters or more stands in both.
fn share_a_word(title: &str, key_result: &KeyResult) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
        words.map(|word| word.trim_end_matches('s').to_owned()).filter(|word| !EMPTY.contains(&word.as_str())).collect()
    };
    let unit = key_result.unit.as_ref().map_or("", |unit| unit.as_str());
    let counted = words(&format!("{} {unit}", key_result.title));
    words(title).iter().any(|word| counted.contains(word))
}

/// Words that say nothing of what is counted.
const EMPTY: [&str; 12] = ["the", "and", "for", "with", "from", "our", "của", "các", "cho", "với", "trong", "được"];

/// A year is a day, not a measure.
fn is_a_year(value: f64) -> bool {
    value.fract() == 0.0 && (1990.0..2100.0).contains(&value)
}
