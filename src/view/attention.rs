//! What needs a person today: at most three things, the worst first, each with a name and what is owed.

use serde::Serialize;

use crate::{
    charts::Mark,
    compute::KeyResultScore,
    model::{Date, KeyResult, Measure, Objective, Promise, days_between},
    route::SitePath,
};

use super::{
    Anchor, Site,
    excerpt::cut,
    figure::plain,
    status::{StatusView, shown_mark},
};

/// One thing that needs a person.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Where it stands.
    pub status: StatusView,
    /// The key result.
    pub title: Anchor,
    /// Two sentences of evidence.
    pub evidence: String,
    /// "Next step", "Do now".
    pub owed_label: String,
    /// What, by when, by whom.
    pub owed: String,
}

const MOST: usize = 3;

/// The worst key result of each objective, then the worst of those.
pub(super) fn attention(site: &Site<'_>, from: &SitePath, objectives: &[usize]) -> Vec<Item> {
    let mut all: Vec<(f64, usize, usize)> = objectives
        .iter()
        .filter_map(|at| {
            let scores = &site.scorecard.objectives[*at].key_results;
            let worst = scores.iter().enumerate().filter_map(|(index, score)| rank(site, score).map(|rank| (rank, index)));
            worst.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(rank, index)| (rank, *at, index))
        })
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    all.into_iter().take(MOST).map(|(_, at, index)| item(site, from, at, index)).collect()
}

/// Off track by distance to the plan, then by days of silence, then at risk by distance; smaller is worse.
fn rank(site: &Site<'_>, score: &KeyResultScore) -> Option<f64> {
    let silent = score.last_check_in.map_or(90, |day| days_between(day, site.scorecard.as_of)).min(365) as f64 / 366.0;
    let gap = (score.expected - score.progress).clamp(0.0, 1.0);
    match shown_mark(score) {
        Mark::OffTrack => Some(-gap),
        // Of those that are equally silent, the one that was furthest behind.
        Mark::NotUpdated => Some(1.0 - silent - gap / 1000.0),
        Mark::AtRisk => Some(3.0 - gap),
        _ => None,
    }
}

fn item(site: &Site<'_>, from: &SitePath, at: usize, index: usize) -> Item {
    let objective = &site.workspace.objectives[at];
    let (key_result, score) = (&objective.key_results[index], &site.scorecard.objectives[at].key_results[index]);
    let mark = shown_mark(score);
    let (owed_label, owed) = owed(site, at, key_result, mark);
    Item {
        status: StatusView::new(mark, site.words),
        title: Anchor { text: key_result.title.clone(), href: site.key_result_href(from, objective, key_result) },
        evidence: evidence(site, objective, at, (key_result, score), mark),
        owed_label,
        owed,
    }
}

fn evidence(site: &Site<'_>, objective: &Objective, at: usize, of: (&KeyResult, &KeyResultScore), mark: Mark) -> String {
    let words = site.words;
    let (key_result, score) = of;
    if key_result.misread {
        // No check-in can mend what the file says wrongly.
        return words.say("attention.misread", &[("objective", cut(&objective.title, 80).into())]);
    }
    let mut sentences = Vec::new();
    if mark == Mark::NotUpdated {
        let kpi = match &key_result.measure {
            Measure::Kpi { kpi, .. } => Some(cut(&site.workspace.kpi(*kpi).title, 80)),
            _ => None,
        };
        sentences.push(match (score.last_check_in, kpi) {
            (Some(day), Some(kpi)) => words.say(
                "attention.silent-kpi",
                &[("kpi", kpi.into()), ("n", days_between(day, site.scorecard.as_of).into()), ("day", words.short_day(day).into())],
            ),
            (None, Some(kpi)) => words.say("attention.never-kpi", &[("kpi", kpi.into())]),
            (Some(day), None) => words
                .say("attention.silent", &[("n", days_between(day, site.scorecard.as_of).into()), ("day", words.short_day(day).into())]),
            (None, None) => words.word("attention.never"),
        });
    } else {
        sentences.push(words.say(
            "attention.gap",
            &[("percent", words.percent(score.raw_progress.unwrap_or(0.0)).into()), ("expected", words.percent(score.expected).into())],
        ));
    }
    if let Some(sentence) = confidence_moved(site, score) {
        sentences.push(sentence);
    } else if let Some(blocked) = last_blocked(site, at) {
        sentences.push(words.say("attention.blocked", &[("what", cut(&blocked, 90).into())]));
    } else {
        sentences.push(words.say("attention.of", &[("objective", cut(&objective.title, 80).into())]));
    }
    sentences.join(" ")
}

/// "Confidence fell from 7 to 3 in 5 weeks", where it moved by two points or more.
fn confidence_moved(site: &Site<'_>, score: &KeyResultScore) -> Option<String> {
    let said: Vec<(Date, f64)> = score.history.iter().filter_map(|it| it.confidence.map(|sure| (it.date, sure))).collect();
    let ((first_day, first), (last_day, last)) = (*said.first()?, *said.last()?);
    let weeks = (days_between(first_day, last_day) + 3) / 7;
    if (first - last).abs() < 2.0 || weeks < 1 {
        return None;
    }
    let words = site.words;
    let key = if last < first { "attention.confidence-fell" } else { "attention.confidence-rose" };
    Some(words.say(key, &[("n", weeks.into()), ("from", plain(words, first).into()), ("to", plain(words, last).into())]))
}

fn last_blocked(site: &Site<'_>, at: usize) -> Option<String> {
    let check_ins = &site.scorecard.objectives[at].check_ins;
    let last = check_ins.iter().rev().map(|index| &site.workspace.check_ins[*index]).find(|it| !it.report.blocked.is_empty())?;
    last.report.blocked.first().cloned()
}

/// The newest promise that is still open, or what the silence asks for.
fn owed(site: &Site<'_>, at: usize, key_result: &KeyResult, mark: Mark) -> (String, String) {
    let words = site.words;
    let objective = &site.workspace.objectives[at];
    let who = key_result.owner.as_ref().or(objective.owner.as_ref());
    let name = match who {
        Some(id) => site.person(Some(id)),
        None => words.word("attention.nobody"),
    };
    if key_result.misread {
        return (
            words.word("attention.do-now"),
            words.say("attention.mend", &[("source", key_result.source.to_string().into()), ("who", name.into())]),
        );
    }
    if mark == Mark::NotUpdated {
        return (words.word("attention.do-now"), words.say("attention.update", &[("who", name.into())]));
    }
    match newest_promise(site, at) {
        Some(promise) => {
            let who = promise.who.as_ref().map_or(name, |id| site.person(Some(id)));
            (words.word("attention.next"), promise_text(site, promise, &who))
        }
        None => (words.word("attention.next"), words.say("attention.no-next", &[("who", name.into())])),
    }
}

fn newest_promise<'a>(site: &Site<'a>, at: usize) -> Option<&'a Promise> {
    let as_of = site.scorecard.as_of;
    let workspace = site.workspace;
    let check_ins = site.scorecard.objectives[at].check_ins.iter().rev().map(|index| &workspace.check_ins[*index]);
    check_ins.flat_map(|it| &it.report.next).find(|it| it.done.is_none_or(|day| day > as_of))
}

/// "Chốt đội giao thứ hai trước 18/08. Hoàng Văn Phúc".
pub(super) fn promise_text(site: &Site<'_>, promise: &Promise, who: &str) -> String {
    let words = site.words;
    let what = promise.what.trim_end_matches('.');
    match promise.by {
        Some(by) => {
            let key = if by < site.scorecard.as_of { "promise.overdue" } else { "promise.by" };
            words.say(key, &[("what", what.into()), ("day", words.short_day(by).into()), ("who", who.into())])
        }
        None => words.say("promise.open", &[("what", what.into()), ("who", who.into())]),
    }
    .trim()
    .to_owned()
}
