//! The table of objectives with their key results.

use serde::Serialize;

use crate::{
    charts::{self, Bullet, Mark},
    compute::{KeyResultScore, ObjectiveScore},
    model::{Commitment, KeyResult, Objective, Period, State, Status},
    route::SitePath,
};

use super::{
    Anchor, Empty, Html, Site,
    figure::plain,
    html::Writer,
    rhythm::strip,
    status::{StatusView, objective_mark, shown_mark, urgency},
};

/// Column heads of the table.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Status.
    pub status: String,
    /// Key result.
    pub key_result: String,
    /// Now.
    pub now: String,
    /// Progress from baseline to target.
    pub progress: String,
    /// Confidence over the slots.
    pub confidence: String,
    /// Last check-in.
    pub last: String,
}

/// The legend beside the table.
#[derive(Clone, Debug, Serialize)]
pub struct Legend {
    /// The section's heading.
    pub heading: String,
    /// How to read it.
    pub how: String,
    /// Bar, tick, missing part, strip.
    pub bar: String,
    /// The tick; empty when the period does not run.
    pub pace: String,
    /// The missing part.
    pub missing: String,
    /// The strip.
    pub strip: String,
}

/// An objective with its key results.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The objective.
    pub objective: Anchor,
    /// Its status, when it says more than its key results do.
    pub status: Option<StatusView>,
    /// Department and progress.
    pub meta: String,
    /// The progress, to be traced.
    pub progress_html: Html,
    /// Why it was given up; a promise; a draft.
    pub note: String,
    /// Its key results, a row each.
    pub rows_html: Html,
    /// When it has none.
    pub empty: Option<Empty>,
}

pub(super) fn head(site: &Site<'_>, period: Option<&Period>) -> Head {
    let now = if period.is_some_and(|it| it.last() < site.scorecard.as_of) { "table.ended" } else { "table.now" };
    let word = |key: &str| site.words.word(key);
    Head {
        status: word("table.status"),
        key_result: word("table.key-result"),
        now: word(now),
        progress: word("table.progress"),
        confidence: word("table.confidence"),
        last: word("table.last"),
    }
}

pub(super) fn legend(site: &Site<'_>, period: Option<&Period>) -> Legend {
    let running = period.is_none_or(|it| it.contains(site.scorecard.as_of));
    let word = |key: &str| site.words.word(key);
    Legend {
        heading: word("okr.heading"),
        how: word("okr.how"),
        bar: word("okr.bar"),
        pace: if running { word("okr.pace") } else { String::new() },
        missing: word("okr.missing"),
        strip: word("okr.strip"),
    }
}

/// Objectives, the worst first; those given up last.
pub(super) fn in_order(site: &Site<'_>, objectives: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = objectives.iter().copied().filter(|at| site.is_shown(*at)).collect();
    all.sort_by(|a, b| worst(site, *a).total_cmp(&worst(site, *b)).then_with(|| a.cmp(b)));
    all
}

/// The urgency of an objective's worst key result, then how far behind it is as a whole.
fn worst(site: &Site<'_>, at: usize) -> f64 {
    let score = &site.scorecard.objectives[at];
    let own = urgency(objective_mark(score));
    let key_results = score.key_results.iter().map(|it| urgency(shown_mark(it))).filter(|it| *it < 7).min();
    let rank = match objective_mark(score) {
        Mark::Cancelled | Mark::Draft => own,
        _ => key_results.unwrap_or(own).min(own),
    };
    let gap = score.expected.unwrap_or(0.0) - score.progress.unwrap_or(0.0);
    f64::from(rank) - gap.clamp(-0.99, 0.99) / 2.0
}

pub(super) fn group(site: &Site<'_>, from: &SitePath, at: usize, with_department: Department) -> Group {
    let objective = &site.workspace.objectives[at];
    let score = &site.scorecard.objectives[at];
    let words = site.words;
    let department = match (&objective.department, with_department) {
        (Some(id), Department::Named) => site.department_name(id),
        (None, _) | (_, Department::Known) => String::new(),
    };
    let meta = match department.as_str() {
        "" => words.word("okr.meta"),
        name => words.say("okr.meta-department", &[("department", name.into())]),
    };
    let mark = objective_mark(score);
    let telling = matches!(mark, Mark::Cancelled | Mark::Draft | Mark::NotUpdated);
    Group {
        objective: site.objective_link(from, objective),
        status: telling.then(|| StatusView::new(mark, words)),
        meta,
        progress_html: site.objective_figure(objective, at).html(),
        note: note(site, objective, score.status),
        rows_html: rows(site, from, objective, score),
        empty: objective.key_results.is_empty().then(|| no_key_results(site, objective)),
    }
}

/// What an objective that nothing measures lacks, and where to write it.
pub(super) fn no_key_results(site: &Site<'_>, objective: &Objective) -> Empty {
    let words = site.words;
    Empty { title: words.word("empty.key-results"), text: words.word("empty.key-results-text"), file: objective.source.path.to_string() }
}

/// Whether the table names the department of each objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Department {
    Named,
    Known,
}

/// Why an objective was given up, or that it is a promise.
pub(super) fn note(site: &Site<'_>, objective: &Objective, status: Status) -> String {
    let words = site.words;
    match (&objective.state, status) {
        (State::Cancelled { on, why }, Status::Cancelled) => {
            let why = why.clone().unwrap_or_else(|| words.word("cancelled.no-reason"));
            match on {
                Some(day) => words.say("cancelled.on", &[("day", words.day(*day).into()), ("why", why.into())]),
                None => words.say("cancelled.why", &[("why", why.into())]),
            }
        }
        (State::Draft, _) => words.word("draft.note"),
        _ if objective.commitment == Commitment::Committed => words.word("committed.note"),
        _ => String::new(),
    }
}

fn rows(site: &Site<'_>, from: &SitePath, objective: &Objective, score: &ObjectiveScore) -> Html {
    let mut out = Writer::with_capacity(objective.key_results.len() * 2560);
    for (key_result, score) in objective.key_results.iter().zip(&score.key_results) {
        row(site, from, objective, key_result, score, &mut out);
    }
    out.finish()
}

/// A key result: its status, title and owner, value and range, the bar, the strip, its last check-in.
fn row(site: &Site<'_>, from: &SitePath, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore, out: &mut Writer) {
    let words = site.words;
    let mark = shown_mark(score);
    let (value, unit) = site.current_figure(key_result, score);
    let progress = site.progress_figure(key_result, score);
    let (gap, gap_class) = gap(site, key_result, score, mark);
    let label = words.say(
        "bullet.label",
        &[
            ("title", super::excerpt::cut(&key_result.title, 60).into()),
            ("percent", progress.text.clone().into()),
            ("expected", words.percent(score.expected).into()),
        ],
    );
    let drawn =
        if score.raw_progress.is_none() && !matches!(mark, Mark::NotStarted | Mark::Cancelled | Mark::Draft) { Mark::NoData } else { mark };
    let bullet = Bullet { progress: score.raw_progress.unwrap_or(0.0), expected: score.expected, mark: drawn, label: &label };
    out.raw("<tr role=\"row\"><td role=\"cell\" class=\"a\">");
    out.status(&StatusView::new(mark, words));
    out.raw("</td><td role=\"cell\" class=\"b\"><a class=\"q u\" href=\"");
    out.text(&site.key_result_href(from, objective, key_result));
    out.raw("\"");
    out.language(site.text_language());
    out.raw(">");
    out.text(&key_result.title);
    out.raw("</a>");
    out.own(&site.person(key_result.owner.as_ref()));
    out.raw("</td>\n<td role=\"cell\"><span class=\"val\"><b>");
    out.figure(&value);
    out.raw("</b>");
    if !unit.is_empty() {
        out.raw(" ");
        out.text(&unit);
    }
    out.raw("<span>");
    out.text(&site.range(key_result, score));
    out.raw("</span></span></td>\n<td role=\"cell\">");
    out.svg(&charts::bullet(&bullet));
    out.raw("<span class=\"gap\"><b>");
    out.figure(&progress);
    out.raw("</b>");
    if !gap.is_empty() {
        out.raw(", <span");
        if !gap_class.is_empty() {
            out.raw(" class=\"");
            out.raw(gap_class);
            out.raw("\"");
        }
        out.raw(">");
        out.text(&gap);
        out.raw("</span>");
    }
    out.raw("</span></td>\n<td role=\"cell\">");
    out.svg(&strip(site, &key_result.title, score));
    if let Some(sure) = score.confidence {
        out.raw("<span class=\"gap\">");
        out.text(&words.say("confidence.short", &[("sure", plain(words, sure).into())]));
        out.raw("</span>");
    }
    out.raw("</td>\n<td role=\"cell\" class=\"z\"><span");
    if score.shows_stale() {
        out.raw(" class=\"late\"");
    }
    out.raw(">");
    let running = site.scorecard.as_of <= objective.period.last();
    out.text(&match score.last_check_in {
        None => words.word("table.never"),
        // How long ago it was matters while the period runs.
        Some(day) if !running => words.day(day),
        Some(day) => words.ago(day, site.scorecard.as_of),
    });
    out.raw("</span>");
    if let Some(day) = score.last_check_in.filter(|_| running) {
        out.own(&words.short_day(day));
    }
    out.raw("</td></tr>");
}

/// How far behind or ahead of the plan, in words, and the colour of it.
pub(super) fn gap(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore, mark: Mark) -> (String, &'static str) {
    let words = site.words;
    let class = match mark {
        Mark::OffTrack => "t-off",
        Mark::AtRisk => "t-watch",
        _ => "",
    };
    let text = match mark {
        Mark::NotUpdated => match score.last_check_in {
            Some(day) if score.raw_progress.is_some() => words.say("gap.old", &[("day", words.short_day(day).into())]),
            _ => words.word("gap.no-data"),
        },
        Mark::NoData => words.word("gap.no-data"),
        Mark::NotStarted => words.word("gap.not-started"),
        Mark::Cancelled => words.word("gap.cancelled"),
        Mark::Draft => words.word("gap.draft"),
        Mark::Done => words.word("gap.done"),
        Mark::Achieved | Mark::Progressed | Mark::Missed => {
            let key = if score.score_source.is_some() { "gap.own-score" } else { "gap.score" };
            words.say(key, &[("score", words.number(score.score.unwrap_or(0.0), 2).into())])
        }
        Mark::OnTrack | Mark::AtRisk | Mark::OffTrack => running_gap(site, key_result, score),
    };
    (text, class)
}

fn running_gap(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore) -> String {
    let words = site.words;
    if key_result.measure.bounds().is_some() {
        let held = (score.progress * score.days.len() as f64).round() as usize;
        return words.say("gap.hold", &[("held", held.into()), ("all", score.days.len().into())]);
    }
    let gap = score.expected - score.progress;
    // What follows from the figures as they are shown; at the edge of a status, what the status says.
    let points = match (words.points_shown(score.expected, score.progress), score.status) {
        (points, Status::AtRisk) if points <= 10 => (gap * 100.0).ceil() as i64,
        (points, Status::OffTrack) if points <= 25 => (gap * 100.0).ceil() as i64,
        (points, Status::OnTrack) if points > 10 && gap > 0.0 => 10,
        (points, _) => points,
    };
    match (points, score.expected > score.progress) {
        (0, _) => words.word("gap.on-plan"),
        (n, true) => words.say("gap.behind", &[("n", n.into())]),
        (n, false) => words.say("gap.ahead", &[("n", n.into())]),
    }
}
