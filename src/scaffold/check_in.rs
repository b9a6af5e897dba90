//! A check-in to be filled in: its objective's key results with their last values.

use std::collections::BTreeMap;

use crate::{
    compute::{KeyResultScore, Scorecard},
    model::{Date, Id, KeyResult, Measure, ObjectiveAt, Period, Workspace},
    words::{Words, yaml},
};

use super::NewFile;

/// What somebody answered to the questions of a check-in; figures are raw texts.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Values by key result.
    pub values: BTreeMap<Id, String>,
    /// Values of KPIs: of which, of which period, how much.
    pub kpis: Vec<(Id, Period, String)>,
    /// How sure they are, 0–10 or a word.
    pub confidence: Option<String>,
    /// What is finished.
    pub finished: Vec<String>,
    /// What got in the way.
    pub blocked: Vec<String>,
    /// What was decided.
    pub decision: Option<String>,
    /// What is next: what, who, by when.
    pub next: Vec<(String, Option<Id>, Option<Date>)>,
    /// Why, in a sentence or two.
    pub note: Option<String>,
}

/// A check-in on an objective: every key result that takes a value, the value that it had last, and what else may be told.
pub fn check_in(
    workspace: &Workspace,
    scorecard: &Scorecard,
    at: ObjectiveAt,
    day: Date,
    author: Option<&Id>,
    answers: &Answers,
    words: &Words,
) -> NewFile {
    let (objective, score) = (workspace.objective(at), &scorecard.objectives[at.0]);
    let mut text = format!("---\ndate: {day}\n");
    match author.or(objective.owner.as_ref()) {
        Some(author) => text.push_str(&format!("author: {}\n", yaml::text(author.as_str()))),
        None => text.push_str("# author:\n"),
    }
    text.push_str(&format!("objective: {}  # {}\n", yaml::text(objective.id.as_str()), yaml::comment(&objective.title)));
    let asked: Vec<(&KeyResult, &KeyResultScore)> =
        objective.key_results.iter().zip(&score.key_results).filter(|(it, _)| takes_value(it)).collect();
    if !asked.is_empty() {
        text.push_str("values:\n");
    }
    for (key_result, score) in asked {
        let answer = answers.values.get(&key_result.id).map(|it| format!(" {}", value(key_result, it))).unwrap_or_default();
        text.push_str(&format!("  {}:{answer}  # {}", yaml::text(key_result.id.as_str()), yaml::comment(&key_result.title)));
        if let Some(last) = last_value(key_result, score, words) {
            text.push_str(&format!(" – {}", yaml::comment(&last)));
        }
        text.push('\n');
    }
    if !answers.kpis.is_empty() {
        text.push_str("kpis:\n");
    }
    for (kpi, period, value) in &answers.kpis {
        text.push_str(&format!("  {}: {{{period}: {}}}\n", yaml::text(kpi.as_str()), yaml::figure(value)));
    }
    for key in ["confidence", "status", "finished", "blocked", "help", "decision", "next"] {
        match answer(answers, key) {
            Some(answer) => text.push_str(&format!("{key}: {answer}\n")),
            None => text.push_str(&format!("# {key}: {}\n", words.word(&format!("new.check-in.{key}")))),
        }
    }
    if day >= objective.period.last() {
        for key in ["score", "outcome", "learned"] {
            text.push_str(&format!("# {key}: {}\n", words.word(&format!("new.check-in.{key}"))));
        }
    }
    text.push_str("---\n");
    if let Some(note) = answers.note.as_deref().filter(|it| !it.is_empty()) {
        text.push_str(&format!("{note}\n"));
    }
    NewFile { path: format!("check-ins/{}/{day}-{}.md", objective.period.slug(), objective.id), text }
}

/// What was answered to one of the lists, as YAML.
fn answer(answers: &Answers, key: &str) -> Option<String> {
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|it| yaml::quoted(it)).collect();
        (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
    };
    match key {
        "confidence" => answers.confidence.as_deref().map(yaml::figure),
        "finished" => list(&answers.finished),
        "blocked" => list(&answers.blocked),
        "decision" => answers.decision.as_deref().map(yaml::text),
        "next" => {
            let next = answers.next.iter().map(|(what, who, by)| {
                let who = who.as_ref().map(|it| format!(", who: {}", yaml::text(it.as_str()))).unwrap_or_default();
                let by = by.map(|it| format!(", by: {it}")).unwrap_or_default();
                format!("{{what: {}{who}{by}}}", yaml::quoted(what))
            });
            let next: Vec<String> = next.collect();
            (!next.is_empty()).then(|| format!("[{}]", next.join(", ")))
        }
        _ => None,
    }
}

/// A value as its key result takes it: of milestones, which are done.
fn value(key_result: &KeyResult, typed: &str) -> String {
    match &key_result.measure {
        Measure::Milestones(steps) if !typed.starts_with(|it: char| it.is_ascii_digit()) => {
            let said = typed.split([',', ';']).map(str::trim).filter(|it| !it.is_empty());
            let done = said.map(|it| {
                let id = Id::new(it);
                let known = steps.iter().find(|step| step.id == id).map_or(id, |step| step.id.clone());
                format!("{}: done", yaml::text(known.as_str()))
            });
            format!("{{{}}}", done.collect::<Vec<_>>().join(", "))
        }
        Measure::Milestones(_)
        | Measure::Metric { .. }
        | Measure::Hold { .. }
        | Measure::Done { .. }
        | Measure::Unmeasured { .. }
        | Measure::Kpi { .. } => yaml::figure(typed),
    }
}

/// Whether a check-in is asked for its value: a KPI's values measure a key result by themselves, and what is given up wants none.
pub fn takes_value(key_result: &KeyResult) -> bool {
    !key_result.cancelled && !matches!(key_result.measure, Measure::Kpi { .. })
}

/// The value that a key result had last, with its day, in words; of steps, those that are open.
pub fn last_value(key_result: &KeyResult, score: &KeyResultScore, words: &Words) -> Option<String> {
    let value = match &key_result.measure {
        Measure::Milestones(steps) => {
            let open = steps.iter().zip(&score.milestones).filter(|(_, state)| state.done.is_none()).map(|(step, _)| step.id.to_string());
            let open: Vec<String> = open.collect();
            return (!open.is_empty()).then(|| words.say("new.check-in.steps", &[("steps", open.join(", ").into())]));
        }
        Measure::Done { .. } => return Some(words.word("new.check-in.done")),
        Measure::Metric { target, .. } => words.value(score.current?, &score.current_amount.unwrap_or(*target), key_result.unit.as_ref()),
        Measure::Hold { .. } | Measure::Unmeasured { .. } | Measure::Kpi { .. } => {
            let amount = score.current_amount?;
            words.value(amount.value, &amount, key_result.unit.as_ref())
        }
    };
    let day = score.last_check_in.map(|day| words.short_day(day))?;
    Some(words.say("new.check-in.last", &[("value", value.into()), ("day", day.into())]))
}
