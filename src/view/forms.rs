//! Forms on paper, filled with this company's goals: what people write into them by hand, a check-in holds.

use serde::Serialize;

use crate::{
    compute::{KeyResultScore, KpiScore},
    model::{Cadence, Date, Id, KeyResult, Kpi, KpiAt, Measure, ObjectiveAt, Period, Status},
};

use super::Site;

/// Whose forms are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormsOf {
    /// Every department's, and the company's own.
    All,
    /// One department's.
    Department(Id),
    /// One person's.
    Person(Id),
}

/// Forms as a page of their own: nothing of it lies elsewhere.
#[derive(Debug, Serialize)]
pub struct FormsPage {
    /// For `lang`.
    pub language: String,
    /// The company.
    pub company: String,
    /// The page's title.
    pub title: String,
    /// A sheet of paper each, or more.
    pub forms: Vec<PaperForm>,
    /// From which day the figures are.
    pub foot: String,
}

/// A form.
#[derive(Debug, Serialize)]
pub struct PaperForm {
    /// Whose, for a file's name.
    #[serde(skip)]
    pub key: String,
    /// "Weekly check-in · Bookshop".
    pub title: String,
    /// What it is for, in a sentence.
    pub how: String,
    /// Fields on top, by label; what is known stands in them.
    pub facts: Vec<(String, String)>,
    /// What is done when, with the minutes it takes.
    pub agenda: Vec<(String, String)>,
    /// Tables to be filled in.
    pub tables: Vec<PaperTable>,
    /// Labels above empty room.
    pub boxes: Vec<String>,
    /// What to look at before it is handed in.
    pub checks: Vec<String>,
}

/// A table of a form.
#[derive(Debug, Serialize)]
pub struct PaperTable {
    /// Above it; empty for none.
    pub heading: String,
    /// Column heads; the class says how wide.
    pub head: Vec<PaperCell>,
    /// Its rows.
    pub rows: Vec<PaperRow>,
}

/// A row: a sub-head over all columns, or cells.
#[derive(Debug, Serialize)]
pub struct PaperRow {
    /// A sub-head; empty for none.
    pub heading: String,
    /// The id that a workbook carries along.
    #[serde(skip)]
    pub id: String,
    /// The period that a KPI's value is for.
    #[serde(skip)]
    pub period: String,
    /// Its cells.
    pub cells: Vec<PaperCell>,
}

/// A cell: words, or room to write.
#[derive(Clone, Debug, Serialize)]
pub struct PaperCell {
    /// Empty where somebody writes.
    pub text: String,
    /// `w` wide, `n` a figure, `s` narrow.
    pub class: &'static str,
}

fn cell(text: impl Into<String>, class: &'static str) -> PaperCell {
    PaperCell { text: text.into(), class }
}

/// What a week's form asks of one department or person.
struct Asked {
    key: String,
    name: String,
    key_results: Vec<(ObjectiveAt, Vec<usize>)>,
    kpis: Vec<KpiAt>,
}

/// The weekly check-in, a form for each whom it concerns.
pub fn check_in_forms(site: &Site<'_>, of: &FormsOf) -> FormsPage {
    let words = site.words;
    let forms = asked(site, of).into_iter().map(|asked| check_in_form(site, asked)).collect();
    page(site, words.word("forms.check-in.title"), forms)
}

/// The sheet on which an objective is drafted, with its checks.
pub fn objective_form(site: &Site<'_>) -> FormsPage {
    let words = site.words;
    let title = words.word("forms.objective.title");
    let head = ["result", "start", "target", "unit", "owner", "measured"];
    let classes = ["w", "s", "s", "s", "s", "s"];
    let head = head.iter().zip(classes).map(|(key, class)| cell(words.word(&format!("forms.objective.{key}")), class)).collect();
    let blank = |number: usize| PaperRow {
        heading: String::new(),
        id: String::new(),
        period: String::new(),
        cells: classes
            .iter()
            .enumerate()
            .map(|(at, class)| cell(if at == 0 { format!("{number}.") } else { String::new() }, class))
            .collect(),
    };
    let fact = |key: &str| (words.word(&format!("forms.objective.{key}")), String::new());
    let form = PaperForm {
        key: "objective".to_owned(),
        title: title.clone(),
        how: words.word("forms.objective.how"),
        facts: vec![fact("period"), fact("department"), fact("owner")],
        agenda: Vec::new(),
        boxes: vec![words.word("forms.objective.objective"), words.word("forms.objective.why")],
        tables: vec![PaperTable { heading: words.word("forms.objective.key-results"), head, rows: (1..=5).map(blank).collect() }],
        checks: (1..=6).map(|n| words.word(&format!("forms.objective.check-{n}"))).collect(),
    };
    page(site, title, vec![form])
}

/// The quarter's review, a form for each whom it concerns.
pub fn review_forms(site: &Site<'_>, of: &FormsOf) -> FormsPage {
    let words = site.words;
    let forms = asked(site, of).into_iter().filter(|it| !it.key_results.is_empty()).map(|asked| review_form(site, &asked)).collect();
    page(site, words.word("forms.review.title"), forms)
}

fn page(site: &Site<'_>, title: String, forms: Vec<PaperForm>) -> FormsPage {
    let words = site.words;
    FormsPage {
        language: words.language().to_owned(),
        company: site.company(),
        title,
        forms,
        foot: words.say("forms.foot", &[("day", words.day(site.scorecard.as_of).into())]),
    }
}

/// Those who have something to report, with what.
fn asked(site: &Site<'_>, of: &FormsOf) -> Vec<Asked> {
    let all: Vec<Asked> = match of {
        FormsOf::Person(id) => vec![asked_of(site, id.to_string(), site.person(Some(id)), |owner, _| owner == Some(id))],
        FormsOf::Department(id) => {
            vec![asked_of(site, id.to_string(), site.department_name(id), |_, department| department == Some(id))]
        }
        FormsOf::All => {
            let own = site.departments_in_order().into_iter().map(|at| {
                let id = &site.workspace.departments[at].id;
                asked_of(site, id.to_string(), site.department_name(id), |_, department| department == Some(id))
            });
            let rest = asked_of(site, "company".to_owned(), site.company(), |_, department| department.is_none());
            own.chain([rest]).collect()
        }
    };
    all.into_iter().filter(|it| !it.key_results.is_empty() || !it.kpis.is_empty()).collect()
}

fn asked_of(site: &Site<'_>, key: String, name: String, concerns: impl Fn(Option<&Id>, Option<&Id>) -> bool) -> Asked {
    let (workspace, scorecard) = (site.workspace, site.scorecard);
    let runs = |at: &usize| {
        let open = !matches!(scorecard.objectives[*at].status, Status::Cancelled | Status::Draft);
        open && workspace.objectives[*at].period.contains(scorecard.as_of)
    };
    let own = |at: usize| {
        let objective = &workspace.objectives[at];
        let takes = |it: &KeyResult| !it.cancelled && !matches!(it.measure, Measure::Kpi { .. });
        let hers = |it: &KeyResult| concerns(it.owner.as_ref().or(objective.owner.as_ref()), objective.department.as_ref());
        let places = objective.key_results.iter().enumerate().filter(|(_, it)| takes(it) && hers(it)).map(|(place, _)| place);
        (ObjectiveAt(at), places.collect::<Vec<_>>())
    };
    let key_results = (0..workspace.objectives.len()).filter(runs).map(own).filter(|(_, places)| !places.is_empty()).collect();
    let kpis = workspace.kpis.iter().enumerate().filter(|(_, it)| concerns(it.owner.as_ref(), it.department.as_ref()));
    Asked { key, name, key_results, kpis: kpis.map(|(at, _)| KpiAt(at)).collect() }
}

fn check_in_form(site: &Site<'_>, asked: Asked) -> PaperForm {
    let words = site.words;
    let Asked { key, name, key_results, kpis } = asked;
    let told = |key: &str| words.word(&format!("forms.check-in.{key}"));
    let head = |keys: [(&str, &'static str); 6]| keys.into_iter().map(|(key, class)| cell(told(key), class)).collect();
    let mut rows = Vec::new();
    for (at, places) in &key_results {
        let objective = site.workspace.objective(*at);
        rows.push(PaperRow { heading: objective.title.clone(), id: String::new(), period: String::new(), cells: Vec::new() });
        for place in places {
            let score = &site.scorecard.objectives[at.0].key_results[*place];
            let key_result = &objective.key_results[*place];
            let id = format!("{}/{}", objective.id, key_result.id);
            rows.push(PaperRow { heading: String::new(), id, period: String::new(), cells: key_result_cells(site, key_result, score) });
        }
    }
    let mut tables = Vec::new();
    if !rows.is_empty() {
        let columns = [("key-result", "w"), ("way", "n"), ("last", "n"), ("now", "s"), ("sure", "s"), ("why", "w")];
        tables.push(PaperTable { heading: told("figures"), head: head(columns), rows });
    }
    if !kpis.is_empty() {
        let columns = [("kpi", "w"), ("target", "n"), ("last", "n"), ("period", "s"), ("now", "s"), ("why", "w")];
        let rows = kpis.iter().filter_map(|at| kpi_row(site, site.workspace.kpi(*at), &site.scorecard.kpis[at.0])).collect();
        tables.push(PaperTable { heading: told("kpis"), head: head(columns), rows });
    }
    let blank = |number: usize| PaperRow {
        heading: String::new(),
        id: String::new(),
        period: String::new(),
        cells: vec![cell(format!("{number}."), "w"), cell("", "s"), cell("", "s")],
    };
    let next = vec![cell(told("what"), "x"), cell(told("who"), "p"), cell(told("by"), "n")];
    tables.push(PaperTable { heading: told("next"), head: next, rows: (1..=3).map(blank).collect() });
    PaperForm {
        key,
        title: words.say("forms.check-in.of", &[("name", name.into())]),
        how: told("how"),
        facts: vec![(told("day"), String::new()), (told("by-whom"), String::new())],
        agenda: agenda(site, "check-in", 4),
        tables,
        boxes: ["finished", "late", "obstacles", "help"].map(told).into(),
        checks: Vec::new(),
    }
}

/// Minutes and what is done in them.
fn agenda(site: &Site<'_>, form: &str, steps: usize) -> Vec<(String, String)> {
    let told = |part: &str, n: usize| site.words.word(&format!("forms.{form}.{part}-{n}"));
    (1..=steps).map(|n| (told("minutes", n), told("step", n))).collect()
}

fn key_result_cells(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore) -> Vec<PaperCell> {
    let words = site.words;
    let unit = key_result.unit.as_ref();
    let way = match &key_result.measure {
        Measure::Metric { start, target, .. } => {
            format!("{} → {}", words.value(start.value, start, unit), words.value(target.value, target, unit))
        }
        Measure::Hold { low: Some(low), high: Some(high) } => {
            format!("{} – {}", words.value(low.value, low, unit), words.value(high.value, high, unit))
        }
        Measure::Hold { low: Some(low), high: None } => format!("≥ {}", words.value(low.value, low, unit)),
        Measure::Hold { low: None, high: Some(high) } => format!("≤ {}", words.value(high.value, high, unit)),
        Measure::Milestones(steps) => {
            let done = score.milestones.iter().filter(|state| state.done.is_some()).count();
            format!("{done}/{}", steps.len())
        }
        Measure::Done { due, .. } => {
            due.map(|day| words.say("forms.check-in.done-by", &[("day", words.short_day(day).into())])).unwrap_or_default()
        }
        Measure::Hold { low: None, high: None } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => String::new(),
    };
    let like = match &key_result.measure {
        Measure::Metric { target, .. } => Some(*target),
        Measure::Hold { .. } | Measure::Milestones(_) | Measure::Done { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => None,
    };
    let amount = score.current_amount.or(like);
    let is_steps = matches!(key_result.measure, Measure::Milestones(_) | Measure::Done { .. });
    let last = match (score.current, amount, is_steps) {
        (Some(value), Some(amount), false) => words.value(value, &amount, unit),
        _ => String::new(),
    };
    let day = score.last_check_in.filter(|_| !last.is_empty()).map(|day| format!(" ({})", words.short_day(day))).unwrap_or_default();
    // What is still open stands with the title, where there is room for words.
    let title = match &key_result.measure {
        Measure::Milestones(steps) => {
            let open = steps.iter().zip(&score.milestones).filter(|(_, state)| state.done.is_none()).map(|(step, _)| step.title.clone());
            let open: Vec<String> = open.collect();
            let said = words.say("forms.check-in.steps", &[("steps", open.join(", ").into())]);
            if open.is_empty() { key_result.title.clone() } else { format!("{} – {said}", key_result.title) }
        }
        Measure::Metric { .. } | Measure::Hold { .. } | Measure::Done { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => {
            key_result.title.clone()
        }
    };
    vec![cell(title, "w"), cell(way, "n"), cell(format!("{last}{day}"), "n"), cell("", "s"), cell("", "s"), cell("", "w")]
}

fn kpi_row(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> Option<PaperRow> {
    let words = site.words;
    let running: Period = kpi.every.around(site.scorecard.as_of, site.workspace.config.calendar)?;
    let target = kpi.targets.for_period(&running).and_then(|it| it.target).map(|it| site.kpi_target(kpi, it)).unwrap_or_default();
    let last = score.newest().and_then(|point| point.value).map(|value| site.kpi_value(kpi, value)).unwrap_or_default();
    let cells = vec![
        cell(kpi.title.clone(), "w"),
        cell(target, "n"),
        cell(last, "n"),
        cell(words.short_period(&running), "s"),
        cell("", "s"),
        cell("", "w"),
    ];
    Some(PaperRow { heading: String::new(), id: kpi.id.to_string(), period: running.to_string(), cells })
}

fn review_form(site: &Site<'_>, asked: &Asked) -> PaperForm {
    let words = site.words;
    let told = |key: &str| words.word(&format!("forms.review.{key}"));
    let mut tables = Vec::new();
    for (at, places) in &asked.key_results {
        let objective = site.workspace.objective(*at);
        let rows = places.iter().map(|place| {
            let mut cells = key_result_cells(site, &objective.key_results[*place], &site.scorecard.objectives[at.0].key_results[*place]);
            cells.truncate(3);
            cells.extend([cell("", "s"), cell("", "w")]);
            PaperRow { heading: String::new(), id: String::new(), period: String::new(), cells }
        });
        let mut rows: Vec<PaperRow> = rows.collect();
        rows.push(PaperRow { heading: told("outcome"), id: String::new(), period: String::new(), cells: Vec::new() });
        let head = [("key-result", "w"), ("way", "n"), ("last", "n"), ("score", "s"), ("why", "w")];
        let head = head.into_iter().map(|(key, class)| cell(told(key), class)).collect();
        tables.push(PaperTable { heading: objective.title.clone(), head, rows });
    }
    PaperForm {
        key: asked.key.clone(),
        title: words.say("forms.review.of", &[("name", asked.name.as_str().into())]),
        how: told("how"),
        facts: vec![(told("day"), String::new()), (told("present"), String::new())],
        agenda: agenda(site, "review", 6),
        tables,
        boxes: ["learned", "stop", "next"].map(told).into(),
        checks: Vec::new(),
    }
}

/// A day of the period's rhythm.
#[derive(Clone, Debug)]
pub struct RhythmDay {
    /// The same for the same day, whenever it is asked.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// What is done.
    pub summary: String,
    /// How long it takes, and how.
    pub description: String,
}

/// The days of the period that runs, from today on: check-ins in the company's rhythm, the first days of months for the
/// last one's KPIs, the review on the last day.
pub fn rhythm_days(site: &Site<'_>) -> Vec<RhythmDay> {
    let (workspace, scorecard, words) = (site.workspace, site.scorecard, site.words);
    let Some(period) = scorecard.home().map(|at| &scorecard.periods[at].period).filter(|it| it.contains(scorecard.as_of)) else {
        return Vec::new();
    };
    let event = |kind: &str, day: Date| RhythmDay {
        uid: format!("{kind}-{day}@scorebook"),
        day,
        summary: words.word(&format!("forms.calendar.{kind}")),
        description: words.word(&format!("forms.calendar.{kind}-how")),
    };
    let every = workspace.config.check_in_every;
    let from = workspace.config.expected_from(period.first());
    let check_ins = (1..200).map(|n| every.after(from, n)).take_while(|day| *day < period.last());
    let mut all: Vec<RhythmDay> = check_ins.filter(|day| *day >= scorecard.as_of).map(|day| event("check-in", day)).collect();
    if !workspace.kpis.is_empty() {
        let months = (1..13).map(|n| Cadence::Month.after(scorecard.as_of.first_of_month(), n));
        let last = period.last().tomorrow().unwrap_or(period.last());
        all.extend(months.take_while(|day| *day <= last).map(|day| event("month", day)));
    }
    all.push(event("review", period.last()));
    all.sort_by_key(|it| it.day);
    all
}
