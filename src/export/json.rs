//! One JSON document, `schema_version` 1, its keys in the order of FORMAT.md §8.

mod changes;
mod due;
mod kpi;
mod report;
mod schema;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    compute::{DepartmentScore, KeyResultScore, ObjectiveScore, Scorecard, StatusCounts},
    diagnostic::Finding,
    model::{Amount, COMPANY, Date, KeyResult, Measure, Objective, State, Status, Workspace},
    words::Words,
};

pub use changes::{Revisions, changes_json};
pub use due::{DueWords, due_json};
pub use report::{ReportWords, report_json};
pub use schema::export_schema;

/// Writes the document, in one line with a line feed at the end. Nothing of it is held longer than it takes to write.
///
/// # Errors
/// Those of `out`.
pub fn json(out: impl Write, workspace: &Workspace, scorecard: &Scorecard, findings: &[Finding], words: &Words) -> io::Result<()> {
    let document = Document {
        schema_version: 1,
        title: workspace.config.title.clone().unwrap_or_else(|| words.word("site.untitled")),
        language: words.language(),
        as_of: scorecard.as_of.to_string(),
        periods: scorecard
            .periods
            .iter()
            .map(|it| Period {
                id: it.period.to_string(),
                first_day: it.period.first().to_string(),
                last_day: it.period.last().to_string(),
                progress: it.progress.map(zero),
                expected: it.expected.map(zero),
            })
            .collect(),
        departments: departments(workspace, scorecard, words),
        people: workspace
            .people
            .iter()
            .map(|it| Person { id: it.id.as_str(), name: &it.name, department: it.department.as_ref().map(|id| id.as_str()) })
            .collect(),
        objectives: Each(|| {
            workspace.objectives.iter().zip(&scorecard.objectives).map(|(objective, score)| objective_of(workspace, objective, score))
        }),
        kpis: Each(|| workspace.kpis.iter().zip(&scorecard.kpis).map(|(kpi, score)| kpi::kpi_of(workspace, kpi, score))),
        kpi_sheets: Each(|| scorecard.sheets.iter().map(|sheet| kpi::sheet_of(workspace, sheet))),
        check_ins: Each(|| check_ins(workspace, scorecard)),
        findings: Each(|| findings.iter().map(|finding| finding_of(finding, words))),
    };
    let mut out = out;
    serde_json::to_writer(&mut out, &document)?;
    out.write_all(b"\n")
}

/// A list whose items are made while it is written.
struct Each<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Findings alone, as `check --format json` prints them.
pub fn findings_json(findings: &[Finding], words: &Words) -> String {
    let document = Findings { findings: findings.iter().map(|finding| finding_of(finding, words)).collect() };
    let mut text = serde_json::to_string(&document).expect("the document holds texts and numbers only");
    text.push('\n');
    text
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "document")]
struct Document<'a, O: Serialize, K: Serialize, S: Serialize, C: Serialize, F: Serialize> {
    #[schemars(schema_with = "schema::version")]
    schema_version: u32,
    title: String,
    language: &'a str,
    #[schemars(with = "Iso")]
    as_of: String,
    periods: Vec<Period>,
    departments: Vec<Department<'a>>,
    people: Vec<Person<'a>>,
    objectives: O,
    kpis: K,
    kpi_sheets: S,
    check_ins: C,
    findings: F,
}

#[derive(Serialize)]
struct Findings<'a> {
    findings: Vec<FindingOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "period")]
struct Period {
    id: String,
    #[schemars(with = "Iso")]
    first_day: String,
    #[schemars(with = "Iso")]
    last_day: String,
    progress: Option<f64>,
    expected: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "department")]
struct Department<'a> {
    id: &'a str,
    name: String,
    lead: Option<&'a str>,
    periods: Vec<DepartmentPeriodOut>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "department-period")]
struct DepartmentPeriodOut {
    id: String,
    progress: Option<f64>,
    expected: Option<f64>,
    status_counts: Counts,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "status-counts")]
struct Counts {
    not_started: usize,
    no_data: usize,
    on_track: usize,
    at_risk: usize,
    off_track: usize,
    done: usize,
    achieved: usize,
    progressed: usize,
    missed: usize,
    cancelled: usize,
    draft: usize,
    stale: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "person")]
struct Person<'a> {
    id: &'a str,
    name: &'a str,
    department: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "objective")]
struct ObjectiveOut<'a> {
    id: &'a str,
    title: &'a str,
    period: String,
    department: Option<&'a str>,
    owner: Option<&'a str>,
    #[schemars(schema_with = "schema::commitment")]
    commitment: &'a str,
    parent: Option<String>,
    #[serde(rename = "continues")]
    continues: Option<&'a str>,
    weight: f64,
    #[schemars(schema_with = "schema::visibility")]
    visibility: &'a str,
    cancelled: Option<Cancelled<'a>>,
    progress: Option<f64>,
    expected: Option<f64>,
    #[schemars(schema_with = "schema::status")]
    status: &'a str,
    score: Option<f64>,
    stale: bool,
    #[schemars(with = "Option<Iso>")]
    last_check_in: Option<String>,
    source: String,
    key_results: Vec<KeyResultOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "cancelled")]
struct Cancelled<'a> {
    #[schemars(with = "Option<Iso>")]
    on: Option<String>,
    why: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "key-result")]
struct KeyResultOut<'a> {
    id: &'a str,
    title: &'a str,
    #[schemars(schema_with = "schema::kind")]
    kind: &'a str,
    unit: Option<&'a str>,
    start: Option<f64>,
    target: Option<f64>,
    bounds: Option<[Option<f64>; 2]>,
    weight: f64,
    owner: Option<&'a str>,
    current: Option<f64>,
    raw_progress: Option<f64>,
    progress: f64,
    expected: f64,
    #[schemars(schema_with = "schema::status")]
    status: &'a str,
    score: Option<f64>,
    stale: bool,
    confidence: Option<f64>,
    #[schemars(with = "Option<Iso>")]
    last_check_in: Option<String>,
    forecast: Option<ForecastOut>,
    history: Vec<HistoryOut>,
    source: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "forecast")]
struct ForecastOut {
    value: f64,
    low: f64,
    high: f64,
    progress: f64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "history")]
struct HistoryOut {
    date: Iso,
    value: Option<f64>,
    confidence: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "check-in")]
struct CheckInOut<'a> {
    date: Iso,
    author: Option<&'a str>,
    objective: Option<&'a str>,
    kpis: Vec<&'a str>,
    confidence: Option<f64>,
    source: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "finding")]
struct FindingOut<'a> {
    #[schemars(schema_with = "schema::code")]
    code: &'a str,
    #[schemars(schema_with = "schema::severity")]
    severity: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    message: String,
    help: String,
}

/// A day as `2026-08-14`, written without a text of its own: there are many.
struct Iso(Date);

impl Serialize for Iso {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (year, month, day) = (self.0.year(), self.0.month().unsigned_abs(), self.0.day().unsigned_abs());
        let Ok(year) = u16::try_from(year) else { return serializer.collect_str(&self.0) };
        let digit = |number: u16| b'0' + u8::try_from(number % 10).unwrap_or(0);
        let (month, day) = (u16::from(month), u16::from(day));
        let text = [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        serializer.serialize_str(std::str::from_utf8(&text).expect("digits are ASCII"))
    }
}

/// JSON has no use for a negative zero.
fn zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

fn departments<'a>(workspace: &'a Workspace, scorecard: &Scorecard, words: &Words) -> Vec<Department<'a>> {
    workspace
        .departments
        .iter()
        .zip(&scorecard.departments)
        .map(|(it, DepartmentScore { periods })| Department {
            id: it.id.as_str(),
            name: department_name(it, words),
            lead: it.lead.as_ref().map(|id| id.as_str()),
            periods: periods
                .iter()
                .map(|it| DepartmentPeriodOut {
                    id: it.period.to_string(),
                    progress: it.progress.map(zero),
                    expected: it.expected.map(zero),
                    status_counts: counts(&it.counts),
                })
                .collect(),
        })
        .collect()
}

/// A department's name; the whole company's is a word.
pub(super) fn department_name(it: &crate::model::Department, words: &Words) -> String {
    let own = || if it.id.as_str() == COMPANY { words.word("company.whole") } else { it.id.to_string() };
    it.name.clone().unwrap_or_else(own)
}

fn counts(counts: &StatusCounts) -> Counts {
    Counts {
        not_started: counts.of(Status::NotStarted),
        no_data: counts.of(Status::NoData),
        on_track: counts.of(Status::OnTrack),
        at_risk: counts.of(Status::AtRisk),
        off_track: counts.of(Status::OffTrack),
        done: counts.of(Status::Done),
        achieved: counts.of(Status::Achieved),
        progressed: counts.of(Status::Progressed),
        missed: counts.of(Status::Missed),
        cancelled: counts.of(Status::Cancelled),
        draft: counts.of(Status::Draft),
        stale: counts.stale,
    }
}

fn objective_of<'a>(workspace: &'a Workspace, it: &'a Objective, score: &ObjectiveScore) -> ObjectiveOut<'a> {
    let id_of = |at: crate::model::ObjectiveAt| workspace.objective(at).id.as_str();
    ObjectiveOut {
        id: it.id.as_str(),
        title: &it.title,
        period: it.period.to_string(),
        department: it.department.as_ref().map(|id| id.as_str()),
        owner: it.owner.as_ref().map(|id| id.as_str()),
        commitment: it.commitment.name(),
        parent: it.parent.map(|link| match link.key_result {
            Some(key_result) => format!("{}/{}", id_of(link.objective), workspace.key_result(link.objective, key_result).id),
            None => id_of(link.objective).to_owned(),
        }),
        continues: it.continues.map(id_of),
        weight: it.weight,
        visibility: it.visibility.name(),
        cancelled: match (&it.state, score.status) {
            (State::Cancelled { on, why }, Status::Cancelled) => Some(Cancelled { on: on.map(|day| day.to_string()), why: why.as_deref() }),
            _ => None,
        },
        progress: score.progress.map(zero),
        expected: score.expected.map(zero),
        status: score.status.name(),
        score: score.score.map(zero),
        stale: score.stale,
        last_check_in: score.last_check_in.map(|day| day.to_string()),
        source: it.source.to_string(),
        key_results: it.key_results.iter().zip(&score.key_results).map(|(it, score)| key_result_of(it, score)).collect(),
    }
}

fn key_result_of<'a>(it: &'a KeyResult, score: &KeyResultScore) -> KeyResultOut<'a> {
    let value = |amount: &Option<Amount>| amount.map(|it| zero(it.value));
    let (start, target, bounds) = match &it.measure {
        Measure::Metric { start, target, .. } => (Some(zero(start.value)), Some(zero(target.value)), None),
        Measure::Hold { low, high } => (None, None, Some([value(low), value(high)])),
        Measure::Milestones(_) | Measure::Done { .. } => (None, None, None),
        Measure::Kpi { start, target, low, high, .. } => {
            (value(start), value(target), (low.is_some() || high.is_some()).then(|| [value(low), value(high)]))
        }
        Measure::Unmeasured { start, target } => (value(start), value(target), None),
    };
    KeyResultOut {
        id: it.id.as_str(),
        title: &it.title,
        kind: it.measure.name(),
        unit: it.unit.as_ref().map(|unit| unit.as_str()),
        start,
        target,
        bounds,
        weight: it.weight,
        owner: it.owner.as_ref().map(|id| id.as_str()),
        current: score.current.map(zero),
        raw_progress: score.raw_progress.map(zero),
        progress: zero(score.progress),
        expected: zero(score.expected),
        status: score.status.name(),
        score: score.score.map(zero),
        stale: score.stale,
        confidence: score.confidence.map(zero),
        last_check_in: score.last_check_in.map(|day| day.to_string()),
        forecast: score.forecast.map(|it| ForecastOut {
            value: zero(it.value),
            low: zero(it.low),
            high: zero(it.high),
            progress: zero(it.progress),
        }),
        history: score
            .history
            .iter()
            .zip(&score.shown)
            .map(|(said, shown)| HistoryOut { date: Iso(said.date), value: shown.map(zero), confidence: said.confidence.map(zero) })
            .collect(),
        source: it.source.to_string(),
    }
}

fn check_ins<'a>(workspace: &'a Workspace, scorecard: &Scorecard) -> impl Iterator<Item = CheckInOut<'a>> {
    known_check_ins(workspace, scorecard).into_iter().map(|it| CheckInOut {
        date: Iso(it.date),
        author: it.author.as_ref().map(|id| id.as_str()),
        objective: it.objective.map(|at| workspace.objective(at).id.as_str()),
        kpis: it.kpis().into_iter().map(|at| workspace.kpi(at).id.as_str()).collect(),
        confidence: single(&it.confidence.iter().map(|(_, _, sure)| *sure).collect::<Vec<_>>()),
        source: it.source.to_string(),
    })
}

/// Those that the day knows, by date and path.
pub(super) fn known_check_ins<'a>(workspace: &'a Workspace, scorecard: &Scorecard) -> Vec<&'a crate::model::CheckIn> {
    let mut known: Vec<&crate::model::CheckIn> = workspace.check_ins[..scorecard.known_check_ins].iter().collect();
    known.sort_by(|a, b| (a.date, &a.source.path).cmp(&(b.date, &b.source.path)));
    known
}

/// The confidence of a check-in, where it is one for all that it speaks of.
pub(super) fn single(all: &[f64]) -> Option<f64> {
    let (first, rest) = all.split_first()?;
    rest.iter().all(|it| it == first).then_some(zero(*first))
}

fn finding_of<'a>(finding: &'a Finding, words: &Words) -> FindingOut<'a> {
    FindingOut {
        code: finding.code.name(),
        severity: finding.severity.name(),
        file: &finding.place.file,
        line: finding.place.line,
        column: finding.place.column,
        message: words.finding_message(finding),
        help: words.finding_help(finding),
    }
}
