//! An objective: will it be reached, by how much short, what was decided?

use serde::Serialize;

use crate::{
    diagnostic::Severity,
    model::{Commitment, Initiative, Measure, Objective, Status, days_between},
    route::SitePath,
};

use super::{
    Anchor, Empty, Html, Made, Site,
    chart::charts,
    figure::Figure,
    frame::{Frame, Menu},
    kpi_rows::{Below, KpiTable, kpi_table},
    log::log,
    prose::{Below as HeadingsBelow, Prose},
    rows::{no_key_results, note},
    sentence::{Fact, fact},
    status::{StatusView, objective_mark, shown_mark},
};

/// An objective.
#[derive(Debug, Serialize)]
pub struct ObjectivePage {
    /// Masthead and footer.
    pub frame: Frame,
    /// Its title.
    pub heading: String,
    /// The finding.
    pub sub: String,
    /// Why it was given up, that it is a promise or a draft.
    pub note: String,
    /// "Why this objective", at the head of a paragraph and of a section.
    pub why_label: String,
    /// The same as a heading.
    pub why_heading: String,
    /// Why it matters, when it is short.
    pub why_html: Html,
    /// Why it matters, when it is long: a section of its own.
    pub story_html: Html,
    /// Status, progress, owner …
    pub facts: Vec<Fact>,
    /// The status, for the first fact.
    pub status: StatusView,
    /// "Status".
    pub status_label: String,
    /// What it serves and what it carries on.
    pub compass: Vec<Related>,
    /// Their heading.
    pub compass_heading: String,
    /// Their note.
    pub compass_how: String,
    /// Heading of the key results.
    pub charts_heading: String,
    /// How to read them.
    pub charts_how: String,
    /// The legend's words: plan, actual, at this rate, marks; empty for what no chart here draws.
    pub legend: [String; 4],
    /// That something in its file could not be read; empty when all could.
    pub mend: String,
    /// Where it says how to mend it.
    pub mend_link: Anchor,
    /// One chart a key result.
    pub charts_html: Html,
    /// When it has none.
    pub empty: Option<Empty>,
    /// The work.
    pub initiatives: Vec<InitiativeView>,
    /// Its heading.
    pub initiatives_heading: String,
    /// Its note.
    pub initiatives_how: String,
    /// Column heads.
    pub initiatives_head: [String; 4],
    /// Heading of the log.
    pub log_heading: String,
    /// Its note.
    pub log_how: String,
    /// The check-ins, the newest first.
    pub log_html: Html,
    /// When there are none.
    pub log_empty: Option<Empty>,
    /// The KPIs that it guides.
    pub kpis: Option<KpiTable>,
    /// When it has none, and it runs.
    pub kpis_empty: Option<Empty>,
    /// Their heading then.
    pub kpis_heading: String,
    /// Where it is written.
    pub source: String,
}

/// Something that the objective hangs on, or that hangs on it.
#[derive(Debug, Serialize)]
pub struct Related {
    /// "Serves", "Carries on" …
    pub label: String,
    /// The other objective.
    pub link: Anchor,
    /// Its standing.
    pub note: String,
}

/// A piece of work.
#[derive(Debug, Serialize)]
pub struct InitiativeView {
    /// What.
    pub title: String,
    /// For which key result.
    pub key_result: String,
    /// Who.
    pub who: String,
    /// By when.
    pub by: String,
    /// Done, open or late.
    pub state: String,
    /// The state's class.
    pub class: &'static str,
}

/// A text up to this length stands in the lead.
const SHORT: usize = 700;

/// The page of an objective, by its place.
pub fn objective(site: &Site<'_>, at: usize, children: &[usize]) -> Made<ObjectivePage> {
    let words = site.words;
    let objective = &site.workspace.objectives[at];
    let score = &site.scorecard.objectives[at];
    let path = site.routes.objective(&objective.id);
    let mut files = Vec::new();
    let text_html = Prose::new(site, &path, "o".to_owned(), HeadingsBelow::H2, &mut files).html(&objective.text);
    let short =
        objective.text.markdown.len() <= SHORT && !objective.text.markdown.contains(['|', '#']) && !objective.text.markdown.contains("![");
    let (why_html, story_html) = if short { (text_html, Html::default()) } else { (Html::default(), text_html) };
    let log = log(site, &path, at, &mut files);
    let view = ObjectivePage {
        frame: site.frame(&path, &objective.title, Menu::None, crumbs(site, &path, objective)),
        heading: objective.title.clone(),
        sub: finding(site, at),
        note: note(site, objective, score.status),
        why_label: words.word("objective.why"),
        why_heading: words.word("objective.why-heading"),
        why_html,
        story_html,
        facts: facts(site, objective, at),
        status: StatusView::new(objective_mark(score), words),
        status_label: words.word("fact.status"),
        compass: compass(site, &path, objective, children),
        compass_heading: words.word("objective.compass"),
        compass_how: words.word("objective.compass-how"),
        charts_heading: words.word("objective.key-results"),
        charts_how: {
            let how = words.word(charts_how(objective));
            let by_kpi = |it: &crate::model::KeyResult| matches!(it.measure, Measure::Kpi { .. }) && it.measure.ends().is_some();
            // A point of such a line is no period's own number.
            if objective.key_results.iter().any(by_kpi) { how + " " + &words.word("objective.key-results-kpi") } else { how }
        },
        legend: legend(site, at),
        mend: mend(site, objective),
        mend_link: Anchor { text: words.word("objective.mend-link"), href: path.href(&site.routes.problems()) },
        charts_html: charts(site, objective, &score.key_results),
        empty: objective.key_results.is_empty().then(|| no_key_results(site, objective)),
        initiatives: objective.initiatives.iter().map(|it| initiative(site, objective, it)).collect(),
        initiatives_heading: words.word("objective.initiatives"),
        initiatives_how: words.word("objective.initiatives-how"),
        initiatives_head: ["initiative.what", "initiative.who", "initiative.by", "initiative.state"].map(|key| words.word(key)),
        log_heading: words.word("log.heading"),
        log_how: words.word("log.how"),
        log_empty: log.as_str().is_empty().then(|| no_check_ins(site, objective)),
        log_html: log,
        kpis: kpi_table(site, &path, &site.compass.kpis[at], Below::Both, usize::MAX).map(|table| KpiTable {
            heading: words.word("objective.kpis"),
            how: words.word("objective.kpis-how"),
            ..table
        }),
        kpis_empty: no_kpis(site, objective, at),
        kpis_heading: words.word("objective.kpis"),
        source: words.say("objective.source", &[("source", objective.source.to_string().into())]),
    };
    Made { path, view, files }
}

/// How to read the charts, by what most of them are.
fn charts_how(objective: &Objective) -> &'static str {
    let has = |wanted: fn(&Measure) -> bool| objective.key_results.iter().any(|it| wanted(&it.measure));
    if has(|it| it.ends().is_some()) {
        "objective.key-results-how"
    } else if has(|it| it.bounds().is_some()) {
        "objective.key-results-hold"
    } else {
        "objective.key-results-steps"
    }
}

fn legend(site: &Site<'_>, at: usize) -> [String; 4] {
    let (objective, score) = (&site.workspace.objectives[at], &site.scorecard.objectives[at]);
    let pairs = || objective.key_results.iter().zip(&score.key_results);
    let line = pairs().any(|(it, _)| it.measure.ends().is_some());
    let points = pairs().any(|(it, score)| (it.measure.ends().is_some() || it.measure.bounds().is_some()) && !score.days.is_empty());
    let forecast = pairs().any(|(_, score)| score.forecast.is_some() && score.status != Status::Done && !score.shows_stale());
    let marks = if site.scorecard.as_of > objective.period.last() { "legend.marks-closed" } else { "legend.marks" };
    let shown = [("legend.plan", line), ("legend.actual", points), ("legend.forecast", forecast), (marks, points)];
    shown.map(|(key, shown)| if shown { site.words.word(key) } else { String::new() })
}

/// A figure may be missing here: who reads the page shall not have to guess why.
fn mend(site: &Site<'_>, objective: &Objective) -> String {
    let path = &objective.source.path;
    // Findings are sorted by file.
    let from = site.findings.partition_point(|it| it.place.file < *path);
    let here = site.findings[from..].iter().take_while(|it| it.place.file == *path).filter(|it| it.severity == Severity::Error).count();
    if here == 0 { String::new() } else { site.words.say("objective.mend", &[("n", here.into())]) }
}

/// When the objective is closed, nobody will measure its gain.
fn no_kpis(site: &Site<'_>, objective: &Objective, at: usize) -> Option<Empty> {
    let running = objective.period.contains(site.scorecard.as_of) && site.scorecard.objectives[at].status != Status::Cancelled;
    (running && site.compass.kpis[at].is_empty() && !site.workspace.kpis.is_empty()).then(|| Empty {
        title: site.words.word("objective.no-kpi"),
        text: site.words.word("objective.no-kpi-text"),
        file: "kpis/".to_owned(),
    })
}

fn no_check_ins(site: &Site<'_>, objective: &Objective) -> Empty {
    let words = site.words;
    if site.scorecard.as_of < objective.period.first() {
        let text = words.say("empty.not-begun", &[("day", words.day(objective.period.first()).into())]);
        return Empty { title: words.word("empty.log"), text, file: String::new() };
    }
    let percent = words.percent(super::rhythm::share_of_time(&objective.period, site.scorecard.as_of));
    Empty {
        title: words.word("empty.log"),
        text: words.say("empty.log-text", &[("percent", percent.into()), ("id", objective.id.as_str().into())]),
        file: format!("check-ins/{}/{}-{}.md", objective.period.slug(), site.scorecard.as_of.min(objective.period.last()), objective.id),
    }
}

fn crumbs(site: &Site<'_>, path: &SitePath, objective: &Objective) -> Vec<Anchor> {
    let mut crumbs = vec![site.period_crumb(path, &objective.period)];
    if let Some(id) = &objective.department {
        crumbs.push(Anchor { text: site.department_name(id), href: path.href(&site.routes.department_in(&objective.period, id)) });
    }
    crumbs.push(Anchor { text: site.words.word("objective.crumb"), href: String::new() });
    crumbs
}

/// How many key results stand how, and the worst of them by name.
fn finding(site: &Site<'_>, at: usize) -> String {
    let words = site.words;
    let objective = &site.workspace.objectives[at];
    let score = &site.scorecard.objectives[at];
    let counted: Vec<_> =
        objective.key_results.iter().zip(&score.key_results).filter(|(_, score)| score.status != Status::Cancelled).collect();
    let total = counted.len();
    if matches!(score.status, Status::Cancelled | Status::Draft) {
        return words.say("objective.finding-still", &[("percent", words.percent_or_dash(score.progress).into())]);
    }
    if total == 0 {
        return words.word("objective.finding-none");
    }
    if let Some(score) = score.score {
        return words.say(
            "objective.finding-ended",
            &[
                ("score", words.score(score).into()),
                ("n", counted.iter().filter(|(_, it)| it.status == Status::Achieved).count().into()),
                ("total", total.into()),
            ],
        );
    }
    if score.status == Status::NotStarted {
        let days = days_between(site.scorecard.as_of, objective.period.first());
        return words.say("objective.finding-before", &[("n", days.into()), ("day", words.day(objective.period.first()).into())]);
    }
    let stale = counted.iter().filter(|(_, it)| it.shows_stale()).count();
    let late: Vec<_> =
        counted.iter().filter(|(_, it)| matches!(it.status, Status::OffTrack | Status::AtRisk) && !it.shows_stale()).collect();
    let worst = late.iter().max_by(|a, b| (a.1.expected - a.1.progress).total_cmp(&(b.1.expected - b.1.progress)));
    let mut sentences = Vec::new();
    match worst {
        Some((key_result, it)) => {
            let args = [
                ("n", late.len().into()),
                ("total", total.into()),
                ("title", super::excerpt::cut(&key_result.title, 90).into()),
                ("percent", words.percent(it.raw_progress.unwrap_or(0.0)).into()),
                ("expected", words.percent(it.expected).into()),
            ];
            let hold = key_result.measure.bounds().is_some();
            let key = match (hold, late.iter().any(|(_, it)| it.status == Status::OffTrack)) {
                (true, _) => "objective.finding-outside",
                (false, true) => "objective.finding-late",
                (false, false) => "objective.finding-risk",
            };
            sentences.push(words.say(key, &args));
        }
        None if stale < total => {
            let good =
                counted.iter().filter(|(_, it)| matches!(shown_mark(it), crate::charts::Mark::OnTrack | crate::charts::Mark::Done)).count();
            let done = counted.iter().filter(|(_, it)| it.status == Status::Done).count();
            let key = match (good == total, done) {
                (true, done) if done == total => "objective.finding-all-done",
                (true, 0) => "objective.finding-all-good",
                (true, _) => "objective.finding-all-good-or-done",
                (false, 0) => "objective.finding-good",
                (false, _) => "objective.finding-good-or-done",
            };
            sentences.push(words.say(key, &[("n", good.into()), ("total", total.into())]));
        }
        None => {}
    }
    if let (true, Some(progress), Some(expected)) = (late.is_empty() && stale == 0, score.progress, score.expected) {
        // Each result may be near enough to its plan, and all of them together not.
        let behind = matches!(score.status, Status::AtRisk | Status::OffTrack);
        sentences.extend(behind.then(|| words.say("objective.finding-together", &[("n", words.points_shown(expected, progress).into())])));
    }
    if stale > 0 {
        let since = score.last_check_in.unwrap_or(objective.period.first());
        let days = days_between(since, site.scorecard.as_of);
        let key = if stale == total { "objective.finding-paper" } else { "objective.finding-stale" };
        sentences.push(words.say(key, &[("n", if stale == total { days.into() } else { stale.into() }), ("total", total.into())]));
    }
    sentences.join(" ")
}

fn facts(site: &Site<'_>, objective: &Objective, at: usize) -> Vec<Fact> {
    let words = site.words;
    let score = &site.scorecard.objectives[at];
    let as_of = site.scorecard.as_of;
    let running = objective.period.contains(as_of) && !matches!(score.status, Status::Cancelled | Status::Draft);
    let plan = match score.expected {
        Some(expected) if running => words.say("fact.plan", &[("percent", words.percent(expected).into())]),
        _ => String::new(),
    };
    let mut facts = vec![fact(words.word("fact.progress"), site.objective_figure(objective, at), plan)];
    if score.score.is_some() {
        facts.push(fact(words.word("fact.score"), site.objective_score_figure(objective, at), String::new()));
    }
    if objective.owner.is_some() {
        facts.push(fact(words.word("fact.owner"), Figure::plain(site.person(objective.owner.as_ref())), String::new()));
    }
    if objective.commitment == Commitment::Committed {
        facts.push(fact(words.word("fact.commitment"), Figure::plain(words.word("commitment.committed")), String::new()));
    }
    facts.push(fact(words.word("fact.period"), Figure::plain(words.period(&objective.period)), String::new()));
    let (kept, due) = score.key_results.iter().map(|it| it.rhythm.kept()).fold((0, 0), |(a, b), (kept, due)| (a + kept, b + due));
    if due > 0 {
        facts.push(fact(words.word("fact.updates"), Figure::plain(kept.to_string()), words.say("fact.of-turns", &[("n", due.into())])));
    }
    if running {
        let left = words.say("fact.days", &[("n", days_between(as_of, objective.period.last()).into())]);
        facts.push(fact(words.word("fact.left"), Figure::plain(left), String::new()));
    }
    facts
}

/// What it serves, what hangs on it, what it carries on and what carries it on.
fn compass(site: &Site<'_>, path: &SitePath, objective: &Objective, children: &[usize]) -> Vec<Related> {
    let words = site.words;
    let told = |mark, score: Option<f64>, progress: Option<f64>| {
        let word = StatusView::new(mark, words).word;
        match score {
            Some(score) => format!("{word} · {}", words.say("gap.score", &[("score", words.score(score).into())])),
            None => format!("{word} · {}", words.percent_or_dash(progress)),
        }
    };
    let standing = |at: usize| {
        let score = &site.scorecard.objectives[at];
        told(objective_mark(score), score.score, score.progress)
    };
    let mut all = Vec::new();
    if let Some(link) = objective.parent.filter(|link| site.is_shown(link.objective.0)) {
        let parent = site.workspace.objective(link.objective);
        let (text, href, note) = match link.key_result {
            Some(at) => {
                let key_result = &parent.key_results[at.0];
                let score = &site.scorecard.objectives[link.objective.0].key_results[at.0];
                let text = format!("{} → {}", parent.title, key_result.title);
                (text, site.key_result_href(path, parent, key_result), told(shown_mark(score), score.score, score.raw_progress))
            }
            None => (parent.title.clone(), path.href(&site.routes.objective(&parent.id)), standing(link.objective.0)),
        };
        all.push(Related { label: words.word("objective.serves"), link: Anchor { text, href }, note });
    }
    if let Some(at) = objective.continues.filter(|at| site.is_shown(at.0)) {
        all.push(Related {
            label: words.word("objective.continues"),
            link: site.objective_link(path, site.workspace.objective(at)),
            note: standing(at.0),
        });
    }
    for at in children.iter().copied().filter(|at| site.is_shown(*at)) {
        let child = &site.workspace.objectives[at];
        let carried = child.continues.is_some_and(|it| site.workspace.objective(it).id == objective.id);
        let label = if carried { "objective.continued-by" } else { "objective.served-by" };
        all.push(Related { label: words.word(label), link: site.objective_link(path, child), note: standing(at) });
    }
    all
}

fn initiative(site: &Site<'_>, objective: &Objective, it: &Initiative) -> InitiativeView {
    let words = site.words;
    let as_of = site.scorecard.as_of;
    let (state, class) = match (it.done.filter(|day| *day <= as_of), it.by) {
        (Some(day), _) => (words.say("initiative.done", &[("day", words.short_day(day).into())]), "ok"),
        (None, Some(by)) if by < as_of => (words.say("initiative.late", &[("n", days_between(by, as_of).into())]), "off"),
        (None, _) => (words.word("initiative.open"), "none"),
    };
    InitiativeView {
        title: it.title.clone(),
        key_result: it.key_result.map_or_else(String::new, |at| objective.key_results[at.0].title.clone()),
        who: site.person(it.who.as_ref()),
        by: it.by.map_or_else(String::new, |day| words.short_day(day)),
        state,
        class,
    }
}
