//! A check-in to be filled in: its objective's key results with their last values.

use crate::{
    compute::{KeyResultScore, Scorecard},
    model::{Date, Id, KeyResult, Measure, ObjectiveAt, Workspace},
    words::{Words, yaml},
};

use super::NewFile;

/// A check-in on an objective: every key result that takes a value, the value that it had last, and what else may be told.
pub fn check_in(workspace: &Workspace, scorecard: &Scorecard, at: ObjectiveAt, day: Date, author: Option<&Id>, words: &Words) -> NewFile {
    let (objective, score) = (workspace.objective(at), &scorecard.objectives[at.0]);
    let mut text = format!("---\ndate: {day}\n");
    match author.or(objective.owner.as_ref()) {
        Some(author) => text.push_str(&format!("author: {}\n", yaml::text(author.as_str()))),
        None => text.push_str("# author:\n"),
    }
    text.push_str(&format!("objective: {}  # {}\n", yaml::text(objective.id.as_str()), comment(&objective.title)));
    let asked: Vec<(&KeyResult, &KeyResultScore)> =
        objective.key_results.iter().zip(&score.key_results).filter(|(it, _)| takes_value(it)).collect();
    if !asked.is_empty() {
        text.push_str("values:\n");
    }
    for (key_result, score) in asked {
        text.push_str(&format!("  {}:  # {}", yaml::text(key_result.id.as_str()), comment(&key_result.title)));
        if let Some(last) = last(key_result, score, words) {
            text.push_str(&format!(" – {}", comment(&last)));
        }
        text.push('\n');
    }
    for key in ["confidence", "status", "finished", "blocked", "help", "decision", "next"] {
        text.push_str(&format!("# {key}: {}\n", words.word(&format!("new.check-in.{key}"))));
    }
    if day >= objective.period.last() {
        for key in ["score", "outcome", "learned"] {
            text.push_str(&format!("# {key}: {}\n", words.word(&format!("new.check-in.{key}"))));
        }
    }
    text.push_str("---\n");
    NewFile { path: format!("check-ins/{}/{day}-{}.md", objective.period.slug(), objective.id), text }
}

/// A KPI's values measure a key result by themselves, and what is given up wants none.
fn takes_value(key_result: &KeyResult) -> bool {
    !key_result.cancelled && !matches!(key_result.measure, Measure::Kpi { .. })
}

fn last(key_result: &KeyResult, score: &KeyResultScore, words: &Words) -> Option<String> {
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

/// A text behind `#`: on one line.
fn comment(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}
