//! The turn of a period: what its closing check-ins carry on becomes drafts of the next one.

use std::collections::BTreeSet;

use crate::{
    compute::{KeyResultScore, Scorecard, at_least, at_most},
    model::{Amount, Commitment, KeyResult, Measure, Objective, Outcome, Period, Status, Workspace},
    words::{Words, yaml},
};

use super::NewFile;

/// The next period, laid out.
#[derive(Clone, Debug, Default)]
pub struct NextPeriod {
    /// Drafts, by path.
    pub files: Vec<NewFile>,
    /// Objectives that end here: their titles, with what becomes of them.
    pub ended: Vec<(String, Outcome)>,
    /// Objectives of which nobody says what becomes.
    pub undecided: Vec<String>,
}

/// Lays out `next` from the outcomes of `last`: drafts that `continue` what is carried on, with last values as starts and
/// without what is reached.
pub fn next_period(workspace: &Workspace, scorecard: &Scorecard, last: &Period, next: &Period, words: &Words) -> NextPeriod {
    let mut made = NextPeriod::default();
    let carried_on: BTreeSet<usize> = workspace.objectives.iter().filter_map(|it| it.continues).map(|earlier| earlier.0).collect();
    for (at, objective) in workspace.objectives.iter().enumerate().filter(|(_, it)| it.period == *last) {
        let score = &scorecard.objectives[at];
        if matches!(score.status, Status::Cancelled | Status::Draft) {
            continue;
        }
        // Carried on by hand already.
        if carried_on.contains(&at) {
            continue;
        }
        match score.outcome(workspace) {
            Some(Outcome::Carry) => made.files.push(draft(workspace, objective, &score.key_results, next, words)),
            Some(end) => made.ended.push((objective.title.clone(), end)),
            None => made.undecided.push(objective.title.clone()),
        }
    }
    made.files.sort_by(|a, b| a.path.cmp(&b.path));
    made
}

fn draft(workspace: &Workspace, objective: &Objective, scores: &[KeyResultScore], next: &Period, words: &Words) -> NewFile {
    let mut text = format!("---\nperiod: {next}\nstatus: draft  # {}\n", words.word("new.period.draft"));
    let mut key = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{key}: {value}\n"));
        }
    };
    key("title", Some(yaml::text(&objective.title)));
    key("department", objective.department.as_ref().map(|id| yaml::text(id.as_str())));
    key("owner", objective.owner.as_ref().map(|id| yaml::text(id.as_str())));
    key("commitment", (objective.commitment == Commitment::Committed).then(|| "committed".to_owned()));
    key(
        "visibility",
        (objective.visibility != workspace.config.visibility_defaults.objective).then(|| objective.visibility.name().to_owned()),
    );
    key("weight", (!at_least(1.0, objective.weight) || !at_most(1.0, objective.weight)).then(|| plain(objective.weight)));
    key(
        "parent",
        objective.parent.map(|link| {
            let parent = workspace.objective(link.objective);
            let of = link.key_result.map_or_else(String::new, |at| format!("/{}", parent.key_results[at.0].id));
            yaml::text(&format!("{}{of}", parent.id))
        }),
    );
    key("continues", Some(yaml::text(objective.id.as_str())));
    let mut reached = Vec::new();
    let mut kept = String::new();
    for (key_result, score) in objective.key_results.iter().zip(scores).filter(|(it, _)| !it.cancelled) {
        match carried(workspace, objective, key_result, score, words) {
            Some(lines) => kept.push_str(&lines),
            None => reached.push(&key_result.title),
        }
    }
    if !kept.is_empty() {
        text.push_str("key_results:\n");
        text.push_str(&kept);
    }
    if kept.is_empty() && !reached.is_empty() {
        text.push_str(&format!("# {}\n", words.word("new.period.all-reached")));
    }
    for title in reached {
        text.push_str(&format!("  # {}\n", words.say("new.period.reached", &[("title", one_line(title).into())])));
    }
    text.push_str("---\n");
    let body = objective.text.markdown.trim();
    if !body.is_empty() {
        text.push_str(body);
        text.push('\n');
    }
    NewFile { path: path(objective, next), text }
}

/// What is left of a key result; nothing of one that is reached.
fn carried(workspace: &Workspace, objective: &Objective, it: &KeyResult, score: &KeyResultScore, words: &Words) -> Option<String> {
    let mut lines = format!("  - id: {}\n    title: {}\n", yaml::text(it.id.as_str()), yaml::text(&it.title));
    let mut key = |key: &str, value: String| lines.push_str(&format!("    {key}: {value}\n"));
    let number = |amount: Amount| yaml::number(amount.value, &amount, words);
    let is_open = score.raw_progress.is_none_or(|raw| !at_least(raw, 1.0));
    match &it.measure {
        Measure::Metric { start, target, checkpoints } => {
            if !is_open {
                return None;
            }
            if score.current.is_some() {
                let start = words.say("new.period.look", &[("start", words.value(start.value, start, it.unit.as_ref()).into())]);
                lines.push_str(&format!("    # {}\n", one_line(&start)));
            }
            if !checkpoints.is_empty() {
                lines.push_str(&format!("    # {}\n", words.word("new.period.checkpoints")));
            }
            let mut key = |key: &str, value: String| lines.push_str(&format!("    {key}: {value}\n"));
            let from = score.current.unwrap_or(start.value);
            key("start", yaml::number(from, &score.current_amount.unwrap_or(*start), words));
            key("target", number(*target));
        }
        Measure::Hold { low, high } => bounds(*low, *high, &number, &mut key),
        Measure::Kpi { kpi, start, target, low, high } => {
            if !is_open && low.is_none() && high.is_none() {
                return None;
            }
            key("kpi", yaml::text(workspace.kpi(*kpi).id.as_str()));
            if let Some(start) = start.filter(|it| it.value != 0.0) {
                key("start", number(start));
            }
            if let Some(target) = target {
                key("target", number(*target));
            }
            bounds(*low, *high, &number, &mut key);
        }
        Measure::Milestones(steps) => {
            let open: Vec<String> = steps
                .iter()
                .zip(&score.milestones)
                .filter(|(_, state)| state.done.is_none())
                .map(|(step, _)| format!("      - {{title: {}}}\n", quoted(&step.title)))
                .collect();
            if open.is_empty() {
                return None;
            }
            key("milestones", String::new());
            lines.truncate(lines.trim_end().len());
            lines.push('\n');
            lines.push_str(&open.concat());
        }
        Measure::Done { .. } => {
            if !is_open {
                return None;
            }
            key("kind", "done".to_owned());
        }
        Measure::Unmeasured { .. } => {}
    }
    let mut key = |key: &str, value: String| lines.push_str(&format!("    {key}: {value}\n"));
    if let Some(unit) = &it.unit {
        key("unit", quoted(unit.as_str()));
    }
    if it.weight != 1.0 {
        key("weight", plain(it.weight));
    }
    if it.owner.is_some() && it.owner != objective.owner {
        key("owner", it.owner.as_ref().map(|id| yaml::text(id.as_str())).unwrap_or_default());
    }
    Some(lines)
}

fn bounds(low: Option<Amount>, high: Option<Amount>, number: &impl Fn(Amount) -> String, key: &mut impl FnMut(&str, String)) {
    match (low, high) {
        (Some(low), Some(high)) => key("between", format!("[{}, {}]", number(low), number(high))),
        (Some(low), None) => key("at_least", number(low)),
        (None, Some(high)) => key("at_most", number(high)),
        (None, None) => {}
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn plain(value: f64) -> String {
    format!("{value}")
}

fn one_line(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// Beside the old one, in the next period's folder, under a name that no other objective has.
fn path(objective: &Objective, next: &Period) -> String {
    let slug = objective.period.slug();
    let name = objective.id.as_str().strip_suffix(&format!("-{slug}")).unwrap_or(objective.id.as_str());
    let folders: Vec<&str> = objective.source.path.split('/').collect();
    let folders = &folders[..folders.len().saturating_sub(1)];
    let next = next.slug();
    let is_old = |folder: &&str| crate::model::Id::new(folder).as_str() == slug;
    let mut folder: Vec<String> = folders.iter().map(|it| if is_old(it) { next.clone() } else { (*it).to_owned() }).collect();
    if !folders.iter().any(is_old) {
        folder = vec!["objectives".to_owned(), next.clone()];
    }
    format!("{}/{name}-{next}.md", folder.join("/"))
}
