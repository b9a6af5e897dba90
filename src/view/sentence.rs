//! The finding in a sentence, and the facts beside it.

use serde::Serialize;

use crate::{
    charts::Mark,
    compute::StatusCounts,
    model::{Date, Period, Status, days_between},
    words::Arg,
};

use super::{Html, Site, figure::Figure, rhythm::share_of_time, status::StatusView};

/// A line of the fact list.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// A status in place of the label.
    pub status: Option<StatusView>,
    /// What it is.
    pub label: String,
    /// How much, with where it comes from.
    pub figure_html: Html,
    /// Of how many, against what.
    pub context: String,
}

/// The finding of some objectives in a period.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) heading: String,
    pub(super) sub: String,
    pub(super) facts: Vec<Fact>,
}

/// What a finding is made from.
pub(super) struct Standing<'p> {
    pub(super) name: String,
    pub(super) period: &'p Period,
    pub(super) objectives: &'p [usize],
    pub(super) progress: Option<f64>,
    pub(super) expected: Option<f64>,
}

pub(super) fn finding(site: &Site<'_>, standing: &Standing<'_>) -> Finding {
    let mut counts = StatusCounts::default();
    for at in standing.objectives.iter().filter(|at| site.is_shown(**at)) {
        counts.add(&site.scorecard.objectives[*at]);
    }
    let as_of = site.scorecard.as_of;
    if as_of < standing.period.first() {
        before(site, standing, counts, as_of)
    } else if as_of > standing.period.last() {
        after(site, standing, counts)
    } else {
        running(site, standing, counts, as_of)
    }
}

fn before(site: &Site<'_>, standing: &Standing<'_>, counts: StatusCounts, as_of: Date) -> Finding {
    let words = site.words;
    let args = [
        ("n", Arg::from(days_between(as_of, standing.period.first()))),
        ("name", standing.name.as_str().into()),
        ("objectives", words.count("count.objectives", standing.objectives.len()).into()),
        ("key_results", words.count("count.key-results", counts.total()).into()),
        ("day", words.day(standing.period.first()).into()),
    ];
    Finding {
        heading: words.say("lead.before", &args),
        sub: words.say("lead.before-sub", &args),
        facts: facts(site, standing, counts, &[Mark::NotStarted]),
    }
}

fn running(site: &Site<'_>, standing: &Standing<'_>, counts: StatusCounts, as_of: Date) -> Finding {
    let words = site.words;
    let total = counts.total();
    let good = counts.good();
    let good_key = if counts.of(Status::Done) > 0 { "lead.good-or-done" } else { "lead.good" };
    let mut clauses = vec![words.say(good_key, &[("n", good.into()), ("total", total.into())])];
    let clause = |key: &str, n: usize| (n > 0).then(|| words.say(key, &[("n", n.into())]));
    clauses.extend(clause("lead.risk", counts.of(Status::AtRisk)));
    clauses.extend(clause("lead.off", counts.of(Status::OffTrack)));
    clauses.extend(silent(site, standing, counts.stale, as_of));
    let heading = if total == 0 {
        words.say("lead.nothing", &[("name", standing.name.as_str().into())])
    } else {
        words.say("lead.running", &[("name", standing.name.as_str().into()), ("clauses", clauses.join(", ").into())])
    };
    let time = words.percent(share_of_time(standing.period, as_of));
    let sub = match (standing.progress, standing.expected) {
        (Some(progress), Some(expected)) => {
            let args = [
                ("time", time.into()),
                ("progress", words.percent(progress).into()),
                ("expected", words.percent(expected).into()),
                ("n", Arg::from(days_between(as_of, standing.period.last()))),
            ];
            words.say(if is_one(site, standing) { "lead.running-sub-one" } else { "lead.running-sub" }, &args)
        }
        _ => words.say("lead.running-sub-none", &[("time", time.into())]),
    };
    let marks = [Mark::OnTrack, Mark::AtRisk, Mark::OffTrack, Mark::NotUpdated, Mark::Done, Mark::NoData];
    Finding { heading, sub, facts: facts(site, standing, counts, &marks) }
}

/// Whether there is nothing to take a mean of.
fn is_one(site: &Site<'_>, standing: &Standing<'_>) -> bool {
    standing.objectives.iter().filter(|at| site.is_shown(**at)).count() == 1
}

/// "1 not updated for 24 days", or how many.
fn silent(site: &Site<'_>, standing: &Standing<'_>, stale: usize, as_of: Date) -> Option<String> {
    let words = site.words;
    match stale {
        0 => None,
        1 => {
            let scores = standing.objectives.iter().flat_map(|at| &site.scorecard.objectives[*at].key_results);
            let silent = scores.filter(|score| score.shows_stale() && score.status != Status::Cancelled);
            let since = silent.map(|score| score.last_check_in.unwrap_or(standing.period.first())).min()?;
            Some(words.say("lead.one-silent", &[("n", days_between(since, as_of).into())]))
        }
        n => Some(words.say("lead.silent", &[("n", n.into())])),
    }
}

fn after(site: &Site<'_>, standing: &Standing<'_>, counts: StatusCounts) -> Finding {
    let words = site.words;
    let total = counts.total();
    let mut clauses = vec![words.say("lead.achieved", &[("n", counts.of(Status::Achieved).into()), ("total", total.into())])];
    for (key, status) in [("lead.progressed", Status::Progressed), ("lead.missed", Status::Missed)] {
        if counts.of(status) > 0 {
            clauses.push(words.say(key, &[("n", counts.of(status).into())]));
        }
    }
    let heading = if total == 0 {
        words.say("lead.nothing", &[("name", standing.name.as_str().into())])
    } else {
        words.say("lead.running", &[("name", standing.name.as_str().into()), ("clauses", clauses.join(", ").into())])
    };
    let sub = words.say(
        if is_one(site, standing) { "lead.after-sub-one" } else { "lead.after-sub" },
        &[("day", words.day(standing.period.last()).into()), ("progress", words.percent_or_dash(standing.progress).into())],
    );
    Finding { heading, sub, facts: facts(site, standing, counts, &[Mark::Achieved, Mark::Progressed, Mark::Missed, Mark::NoData]) }
}

/// How many of each status: the first three always, the others where there are some; then the progress.
fn facts(site: &Site<'_>, standing: &Standing<'_>, counts: StatusCounts, marks: &[Mark]) -> Vec<Fact> {
    let words = site.words;
    let total = counts.total();
    let mut facts = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let count = match mark {
            Mark::OnTrack => counts.of(Status::OnTrack),
            Mark::AtRisk => counts.of(Status::AtRisk),
            Mark::OffTrack => counts.of(Status::OffTrack),
            Mark::NotUpdated => counts.stale,
            Mark::Done => counts.of(Status::Done),
            Mark::Achieved => counts.of(Status::Achieved),
            Mark::Progressed => counts.of(Status::Progressed),
            Mark::Missed => counts.of(Status::Missed),
            Mark::NoData => counts.of(Status::NoData),
            Mark::NotStarted => counts.of(Status::NotStarted),
            Mark::Cancelled => counts.of(Status::Cancelled),
            Mark::Draft => counts.of(Status::Draft),
        };
        if index < 3 || count > 0 {
            let context = if index == 0 { words.say("fact.of", &[("n", total.into())]) } else { String::new() };
            facts.push(Fact {
                status: Some(StatusView::new(*mark, words)),
                label: String::new(),
                figure_html: Figure::plain(count.to_string()).html(),
                context,
            });
        }
    }
    if let Some(progress) = standing.progress {
        let counted = standing
            .objectives
            .iter()
            .filter(|at| site.scorecard.counts(**at) && site.scorecard.objectives[**at].progress.is_some())
            .count();
        let formula = words.say("formula.mean-objectives", &[("n", counted.into()), ("percent", words.percent(progress).into())]);
        let context = match standing.expected {
            Some(expected) if standing.period.contains(site.scorecard.as_of) => {
                words.say("fact.plan", &[("percent", words.percent(expected).into())])
            }
            _ => String::new(),
        };
        let source = words.word("fact.below");
        facts.push(Fact {
            status: None,
            label: words.word("fact.progress"),
            figure_html: Figure { text: words.percent(progress), formula, source }.html(),
            context,
        });
    }
    facts
}

/// A line without a status.
pub(super) fn fact(label: String, figure: Figure, context: String) -> Fact {
    Fact { status: None, label, figure_html: figure.html(), context }
}
