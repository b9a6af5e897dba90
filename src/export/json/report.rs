//! A report's facts as JSON: its figures unrounded, and the line that each comes from. The sentences stand beside them.

use serde::Serialize;

use crate::{
    compute::{Fate, KpiOver, Moment, Owed, Report, ReportOf, Stage, Standing},
    model::{CheckIn, Status, Workspace},
};

use super::{
    changes::{ChangeOut, changes_of},
    kpi::{TargetOut, target_of},
    zero,
};

/// The sentences of a report, made where words are.
#[derive(Clone, Debug)]
pub struct ReportWords {
    /// Its headline.
    pub headline: String,
    /// What follows from the figures.
    pub lead: Vec<String>,
    /// What an author put before it, as Markdown.
    pub foreword: String,
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    language: &'a str,
    period: String,
    kind: &'static str,
    department: Option<&'a str>,
    person: Option<&'a str>,
    since: String,
    as_of: String,
    headline: &'a str,
    lead: &'a [String],
    foreword: &'a str,
    cycle: Option<CycleOut>,
    key_results: Vec<KeyResultOut<'a>>,
    kpis: Vec<KpiOut<'a>>,
    changes: Vec<ChangeOut<'a>>,
    finished: Vec<SaidOut<'a>>,
    blocked: Vec<SaidOut<'a>>,
    help: Vec<SaidOut<'a>>,
    decisions: Vec<SaidOut<'a>>,
    learned: Vec<SaidOut<'a>>,
    promises: Vec<PromiseOut<'a>>,
    outcomes: Vec<OutcomeOut<'a>>,
}

#[derive(Serialize)]
struct CycleOut {
    period: String,
    #[serde(flatten)]
    standing: StandingOut,
    before: Option<StandingOut>,
}

#[derive(Serialize)]
struct StandingOut {
    progress: Option<f64>,
    expected: Option<f64>,
    score: Option<f64>,
    status_counts: std::collections::BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct KeyResultOut<'a> {
    objective: &'a str,
    id: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    status: &'static str,
    stale: bool,
    current: Option<f64>,
    progress: f64,
    expected: f64,
    score: Option<f64>,
    source: String,
}

#[derive(Serialize)]
struct KpiOut<'a> {
    id: &'a str,
    title: &'a str,
    department: Option<&'a str>,
    owner: Option<&'a str>,
    unit: Option<&'a str>,
    period: String,
    value: Option<f64>,
    target: Option<TargetOut>,
    attainment: Option<f64>,
    status: Option<&'static str>,
    incomplete: bool,
    signal: Option<&'static str>,
    source: Option<String>,
}

#[derive(Serialize)]
struct SaidOut<'a> {
    text: &'a str,
    author: Option<&'a str>,
    from: Option<&'a str>,
    date: String,
    source: String,
}

#[derive(Serialize)]
struct PromiseOut<'a> {
    what: &'a str,
    who: Option<&'a str>,
    by: Option<String>,
    done: Option<String>,
    fate: &'static str,
    was_owed: bool,
    source: String,
}

#[derive(Serialize)]
struct OutcomeOut<'a> {
    objective: &'a str,
    outcome: Option<&'static str>,
}

/// The document, in one line with a line feed at the end.
pub fn report_json(workspace: &Workspace, language: &str, report: &Report, words: &ReportWords) -> String {
    let moment = Moment { workspace, scorecard: &report.card };
    let (department, person) = match &report.of {
        ReportOf::Company => (None, None),
        ReportOf::Department(id) => (Some(id.as_str()), None),
        ReportOf::Person(id) => (None, Some(id.as_str())),
    };
    let texts = |of: fn(&CheckIn) -> Vec<&str>| said(workspace, report, |it| of(it).into_iter().map(|text| (text, None)).collect());
    let document = Document {
        schema_version: 1,
        language,
        period: report.period.to_string(),
        kind: match report.stage {
            Stage::Month => "month",
            Stage::Running => "period",
            Stage::Review => "review",
        },
        department,
        person,
        since: report.since.to_string(),
        as_of: report.day.to_string(),
        headline: &words.headline,
        lead: &words.lead,
        foreword: &words.foreword,
        cycle: report.cycle.as_ref().map(|it| CycleOut {
            period: it.period.to_string(),
            standing: standing(it.standing),
            before: it.before.map(standing),
        }),
        key_results: key_results(workspace, report),
        kpis: report.kpi_points.iter().map(|it| kpi(workspace, it)).collect(),
        // Nothing is gone between two days of one workspace.
        changes: changes_of(&report.changes, moment, moment),
        finished: texts(|it| it.report.finished.iter().map(String::as_str).collect()),
        blocked: texts(|it| it.report.blocked.iter().map(String::as_str).collect()),
        help: said(workspace, report, |it| {
            it.report.help.iter().map(|help| (help.what.as_str(), help.from.as_ref().map(|id| id.as_str()))).collect()
        }),
        decisions: texts(|it| it.report.decision.iter().map(String::as_str).collect()),
        learned: texts(|it| it.learned.iter().map(String::as_str).collect()),
        promises: report.promises.iter().map(|it| promise(workspace, report, *it)).collect(),
        outcomes: match report.stage {
            Stage::Month | Stage::Running => Vec::new(),
            Stage::Review => report
                .objectives
                .iter()
                .map(|at| OutcomeOut {
                    objective: workspace.objectives[*at].id.as_str(),
                    outcome: report.outcome(workspace, *at).map(|it| it.name()),
                })
                .collect(),
        },
    };
    let mut text = serde_json::to_string(&document).expect("the document holds texts and numbers only");
    text.push('\n');
    text
}

fn standing(it: Standing) -> StandingOut {
    let mut status_counts: std::collections::BTreeMap<&'static str, usize> =
        Status::ALL.into_iter().map(|status| (status.name(), it.counts.of(status))).collect();
    status_counts.insert("stale", it.counts.stale);
    StandingOut { progress: it.progress.map(zero), expected: it.expected.map(zero), score: it.score.map(zero), status_counts }
}

fn key_results<'a>(workspace: &'a Workspace, report: &'a Report) -> Vec<KeyResultOut<'a>> {
    let mut all = Vec::new();
    for at in &report.objectives {
        let (objective, score) = (&workspace.objectives[*at], &report.card.objectives[*at]);
        for (key_result, score) in objective.key_results.iter().zip(&score.key_results) {
            if !report.of.concerns(objective, key_result) {
                continue;
            }
            all.push(KeyResultOut {
                objective: objective.id.as_str(),
                id: key_result.id.as_str(),
                title: &key_result.title,
                owner: key_result.owner.as_ref().map(|id| id.as_str()),
                status: score.status.name(),
                stale: score.stale,
                current: score.current.map(zero),
                progress: zero(score.progress),
                expected: zero(score.expected),
                score: score.score.map(zero),
                source: key_result.source.to_string(),
            });
        }
    }
    all
}

fn kpi<'a>(workspace: &'a Workspace, over: &KpiOver) -> KpiOut<'a> {
    let KpiOver { kpi, point, signal, incomplete } = over;
    let kpi = &workspace.kpis[*kpi];
    KpiOut {
        id: kpi.id.as_str(),
        title: &kpi.title,
        department: kpi.department.as_ref().map(|id| id.as_str()),
        owner: kpi.owner.as_ref().map(|id| id.as_str()),
        unit: kpi.unit.as_ref().map(|it| it.as_str()),
        period: point.period.to_string(),
        value: point.value.map(zero),
        target: point.target.map(target_of),
        attainment: point.attainment.map(zero),
        status: point.status.map(|it| it.name()),
        incomplete: *incomplete,
        signal: signal.map(|it| it.name()),
        source: point.source.as_ref().map(ToString::to_string),
    }
}

fn said<'a>(workspace: &'a Workspace, report: &Report, of: impl Fn(&'a CheckIn) -> Vec<(&'a str, Option<&'a str>)>) -> Vec<SaidOut<'a>> {
    let check_ins = report.check_ins.iter().map(|at| &workspace.check_ins[*at]);
    check_ins
        .flat_map(|it| {
            of(it).into_iter().map(move |(text, from)| SaidOut {
                text,
                author: it.author.as_ref().map(|id| id.as_str()),
                from,
                date: it.date.to_string(),
                source: it.source.to_string(),
            })
        })
        .collect()
}

fn promise<'a>(workspace: &'a Workspace, report: &Report, owed: Owed) -> PromiseOut<'a> {
    let promise = report.promise(workspace, owed);
    let (fate, done) = match owed.fate {
        Fate::Kept(day) => ("kept", Some(day)),
        Fate::Late(day) => ("late", Some(day)),
        Fate::Overdue => ("overdue", None),
        Fate::Open => ("open", None),
    };
    let path = &workspace.check_ins[owed.check_in].source.path;
    PromiseOut {
        what: &promise.what,
        who: promise.who.as_ref().map(|id| id.as_str()),
        by: promise.by.map(|day| day.to_string()),
        done: done.map(|day| day.to_string()),
        fate,
        was_owed: owed.was_owed,
        source: format!("{path}:{}", promise.at.line),
    }
}
