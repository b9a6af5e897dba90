//! The KPI sheet ("phiếu KPI"): the form that hands out a month's targets before it begins, and assesses it afterwards.

use serde::Serialize;

use crate::{
    charts::{self, PointKind, Spark, Svg, XmrPoint},
    compute::{Sheet, SheetOf, SheetRow},
    model::{CheckIn, Id, Period},
    route::SitePath,
};

use super::{
    Anchor, Html, Site,
    excerpt::excerpt,
    figure::Figure,
    status::{StatusView, objective_mark},
};

/// A KPI sheet, its words ready.
#[derive(Clone, Debug, Serialize)]
pub struct SheetView {
    /// "Phiếu đánh giá KPI tháng 7/2026", or the one that hands out.
    pub title: String,
    /// Whose, their department and role.
    pub facts: Vec<(String, String)>,
    /// Number, KPI, weight, target, actual, attainment, points, explanation.
    pub head: [String; 8],
    /// The KPIs, under their sub-heads.
    pub groups: Vec<SheetGroup>,
    /// "Total".
    pub total_label: String,
    /// Mean of the points by weight; empty while the month runs.
    pub total: String,
    /// How it is made, and what the weights add up to where they should be 100 % and are not.
    pub total_how: String,
    /// The grade, with its label; empty without one.
    pub grade: String,
    /// "The work serves".
    pub guides_label: String,
    /// The objectives that the work is for: never a point.
    pub guides: Vec<Guide>,
    /// Comments of staff and manager: labels above empty room.
    pub comments: [String; 2],
    /// Places to sign: who, and whose name.
    pub signs: Vec<(String, String)>,
    /// "Date, signature".
    pub sign_how: String,
}

/// KPIs under a sub-head.
#[derive(Clone, Debug, Serialize)]
pub struct SheetGroup {
    /// The sub-head; empty for none.
    pub heading: String,
    /// Its KPIs.
    pub rows: Vec<SheetLine>,
}

/// A KPI on a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetLine {
    /// Its place in the sheet's rows.
    #[serde(skip)]
    pub row: usize,
    /// 1, 2, 3 …
    pub number: String,
    /// Its name, and its page where there is one.
    pub kpi: Anchor,
    /// Its share of the sheet.
    pub weight: String,
    /// What it should be.
    pub target_html: Html,
    /// What it is.
    pub value_html: Html,
    /// Value by target.
    pub attainment: String,
    /// What it counts, 100 for 100 %; empty where it does not.
    pub points: String,
    /// What a check-in says of it, else empty.
    pub explanation: String,
    /// Nobody gave a value, and it counts 0.
    pub missing: bool,
}

/// An objective that the work is for.
#[derive(Clone, Debug, Serialize)]
pub struct Guide {
    /// The objective.
    pub link: Anchor,
    /// Where it stands.
    pub status: StatusView,
    /// How far it has come.
    pub progress: String,
}

/// What a sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFor {
    /// Hand out targets before the month begins.
    Assigning,
    /// Assess it afterwards.
    Assessing,
}

/// A sheet; links lead from `page`, where there is one.
pub(super) fn sheet_view(site: &Site<'_>, page: Option<&SitePath>, sheet: &Sheet, purpose: SheetFor) -> SheetView {
    let words = site.words;
    let title = match purpose {
        SheetFor::Assigning => "sheet.title-assign",
        SheetFor::Assessing => "sheet.title",
    };
    let weights: f64 = sheet.rows.iter().filter(|row| row.target.is_some()).map(|row| row.weight).sum();
    SheetView {
        title: words.say(title, &[("month", words.period_inside(&sheet.month).into())]),
        facts: facts(site, &sheet.of),
        head: ["number", "kpi", "weight", "target", "value", "attainment", "points", "explanation"]
            .map(|key| words.word(&format!("sheet.{key}"))),
        groups: groups(site, page, sheet, purpose, weights),
        total_label: words.word("sheet.total"),
        total: match (purpose, sheet.total) {
            (SheetFor::Assessing, Some(total)) => words.number(total * 100.0, 1),
            (SheetFor::Assessing, None) | (SheetFor::Assigning, _) => String::new(),
        },
        total_how: match sheet.odd_weights {
            None => words.word("sheet.total-how"),
            Some(sum) => words.word("sheet.total-how") + " " + &words.say("sheet.weights", &[("sum", words.percent(sum).into())]),
        },
        grade: match (purpose, &sheet.grade) {
            (SheetFor::Assessing, Some(grade)) => words.say("sheet.grade", &[("grade", grade.as_str().into())]),
            (SheetFor::Assessing, None) | (SheetFor::Assigning, _) => String::new(),
        },
        guides_label: words.word("sheet.guides"),
        guides: guides(site, page, sheet),
        comments: match &sheet.of {
            SheetOf::Person(_) => [words.word("sheet.comment-staff"), words.word("sheet.comment-manager")],
            SheetOf::Department(_) => [words.word("sheet.comment-lead"), words.word("sheet.comment-director")],
        },
        signs: signs(site, &sheet.of),
        sign_how: words.word("sheet.sign-how"),
    }
}

fn department_of<'s>(site: &'s Site<'_>, of: &'s SheetOf) -> Option<&'s Id> {
    match of {
        SheetOf::Person(id) => site.workspace.person(id).and_then(|it| it.department.as_ref()),
        SheetOf::Department(id) => Some(id),
    }
}

fn facts(site: &Site<'_>, of: &SheetOf) -> Vec<(String, String)> {
    let words = site.words;
    let department = department_of(site, of).map(|id| site.department_name(id));
    let mut all = Vec::new();
    if let SheetOf::Person(id) = of {
        all.push((words.word("sheet.person"), site.person(Some(id))));
        let role = site.workspace.person(id).and_then(|it| it.role.clone());
        all.extend(role.map(|role| (words.word("sheet.role"), role)));
    }
    all.extend(department.map(|name| (words.word("sheet.department"), name)));
    all
}

fn groups(site: &Site<'_>, page: Option<&SitePath>, sheet: &Sheet, purpose: SheetFor, weights: f64) -> Vec<SheetGroup> {
    let mut all: Vec<SheetGroup> = Vec::new();
    for row in &sheet.rows {
        let heading = site.workspace.kpi(row.kpi).group.clone().unwrap_or_default();
        if !all.iter().any(|it| it.heading == heading) {
            all.push(SheetGroup { heading, rows: Vec::new() });
        }
    }
    // Those without a sub-head stand first, where none could be taken for theirs.
    all.sort_by_key(|it| !it.heading.is_empty());
    let mut number = 0;
    for group in &mut all {
        for (at, row) in sheet.rows.iter().enumerate() {
            if site.workspace.kpi(row.kpi).group.as_deref().unwrap_or_default() != group.heading {
                continue;
            }
            number += 1;
            group.rows.push(SheetLine { row: at, ..line(site, page, sheet, row, purpose, (number, weights)) });
        }
    }
    all
}

fn line(
    site: &Site<'_>,
    page: Option<&SitePath>,
    sheet: &Sheet,
    row: &SheetRow,
    purpose: SheetFor,
    (number, weights): (usize, f64),
) -> SheetLine {
    let words = site.words;
    let kpi = site.workspace.kpi(row.kpi);
    let target = row.target.map_or_else(|| "–".to_owned(), |target| site.kpi_target(kpi, target));
    let target_source = row.target_source.as_ref().map_or_else(String::new, ToString::to_string);
    let value = row.value.map_or_else(String::new, |value| site.kpi_value_beside(kpi, value, row.target));
    let source = row.source.as_ref().map_or_else(String::new, ToString::to_string);
    let assessed = purpose == SheetFor::Assessing;
    // On paper nothing can be hovered over.
    let figure =
        |text: String, source: String| Figure { text, formula: String::new(), source: if page.is_some() { source } else { String::new() } };
    SheetLine {
        row: 0,
        number: number.to_string(),
        kpi: Anchor { text: kpi.title.clone(), href: page.map_or_else(String::new, |page| page.href(&site.routes.kpi(&kpi.id))) },
        weight: if row.target.is_some() && weights > 0.0 { words.percent(row.weight / weights) } else { "–".to_owned() },
        target_html: figure(target, target_source).html(),
        value_html: if assessed { figure(value, source).html() } else { Html::default() },
        attainment: match (row.attainment, row.points) {
            (Some(share), _) if assessed && row.value.is_some() => words.percent(share),
            // A range has no share of a target: it is met or not.
            (None, Some(points)) if assessed && row.value.is_some() => words.word(if points > 0.0 { "kpi.met" } else { "kpi.missed" }),
            _ => String::new(),
        },
        points: row.points.filter(|_| assessed).map_or_else(String::new, |it| words.number(it * 100.0, 1)),
        explanation: if assessed { explanation(site, sheet, row) } else { String::new() },
        missing: assessed && row.value.is_none() && row.points.is_some(),
    }
}

/// What a check-in of the month says that gives this KPI a value; on somebody's sheet of a shared one, their own value.
fn explanation(site: &Site<'_>, sheet: &Sheet, row: &SheetRow) -> String {
    let month = &sheet.month;
    let told = site.compass.told[row.kpi.0].iter().filter(|at| **at < site.scorecard.known_check_ins);
    let is_shared = !site.workspace.kpi(row.kpi).assigned.is_empty();
    let whose = match &sheet.of {
        SheetOf::Person(id) if is_shared => Some(id),
        SheetOf::Person(_) | SheetOf::Department(_) => None,
    };
    let is_own = |it: &&CheckIn| whose.is_none_or(|id| it.kpis.iter().any(|own| own.kpi == row.kpi && own.person.as_ref() == Some(id)));
    let said = told.map(|at| &site.workspace.check_ins[*at]).filter(is_own);
    let mut within = said.filter(|it| month.contains(it.date) && !it.text.is_empty());
    let said = within.next_back();
    said.map_or_else(String::new, |it| excerpt(&it.text.markdown, 110))
}

/// The objectives that the sheet's KPIs serve and that run in its month.
fn guides(site: &Site<'_>, page: Option<&SitePath>, sheet: &Sheet) -> Vec<Guide> {
    let mut seen = Vec::new();
    for row in &sheet.rows {
        for (at, kpis) in site.compass.kpis.iter().enumerate() {
            let runs = site.workspace.objectives[at].period.first() <= sheet.month.last()
                && site.workspace.objectives[at].period.last() >= sheet.month.first();
            if runs && site.is_shown(at) && kpis.contains(&row.kpi.0) && !seen.contains(&at) {
                seen.push(at);
            }
        }
    }
    seen.into_iter()
        .map(|at| {
            let objective = &site.workspace.objectives[at];
            let score = &site.scorecard.objectives[at];
            let href = page.map_or_else(String::new, |page| page.href(&site.routes.objective(&objective.id)));
            Guide {
                link: Anchor { text: objective.title.clone(), href },
                status: StatusView::new(objective_mark(score), site.words),
                progress: site.words.percent_or_dash(score.progress),
            }
        })
        .collect()
}

fn signs(site: &Site<'_>, of: &SheetOf) -> Vec<(String, String)> {
    let words = site.words;
    let lead = department_of(site, of).and_then(|id| site.workspace.department(id)).and_then(|it| it.lead.clone());
    match of {
        SheetOf::Person(id) => {
            // Whoever leads signs for themselves only once; somebody above signs beside them.
            let manager = lead.filter(|lead| lead != id).map_or_else(String::new, |lead| site.person(Some(&lead)));
            vec![(words.word("sheet.sign-staff"), site.person(Some(id))), (words.word("sheet.sign-manager"), manager)]
        }
        SheetOf::Department(_) => {
            vec![
                (words.word("sheet.sign-lead"), lead.map_or_else(String::new, |lead| site.person(Some(&lead)))),
                (words.word("sheet.sign-director"), String::new()),
            ]
        }
    }
}

/// Totals of the months up to a sheet's, as a line with a sentence; nothing of fewer than two.
pub(super) fn totals_line(site: &Site<'_>, sheets: &[&Sheet]) -> Svg {
    let known: Vec<(&Period, f64)> = sheets.iter().filter_map(|sheet| Some((&sheet.month, sheet.total?))).collect();
    let (Some((first, _)), Some((_, last))) = (known.first(), known.last()) else { return Svg::default() };
    if known.len() < 2 {
        return Svg::default();
    }
    let points: Vec<XmrPoint<'_>> =
        known.iter().map(|(_, total)| XmrPoint { value: Some(*total), kind: PointKind::Routine, label: None }).collect();
    let label = site.words.say(
        "sheet.line",
        &[("n", known.len().into()), ("from", site.words.period_inside(first).into()), ("last", site.words.number(last * 100.0, 1).into())],
    );
    charts::sparkline(&Spark { points: &points, stretches: &[], targets: &[], bounds: (Some(0.0), None), label: &label })
}

/// Sheets on a page of their own, to print and sign, each on a sheet of paper.
#[derive(Clone, Debug, Serialize)]
pub struct SheetsPage {
    /// For `lang`.
    pub language: String,
    /// The company.
    pub company: String,
    /// The page's title.
    pub title: String,
    /// Everything on them.
    pub sheets: Vec<SheetView>,
    /// Of which day the figures are, and where they come from.
    pub foot: String,
}

/// Sheets as a page of their own: nothing of it lies elsewhere.
pub fn sheets_page(site: &Site<'_>, sheets: &[Sheet], purpose: SheetFor) -> SheetsPage {
    let words = site.words;
    let sheets: Vec<SheetView> = sheets.iter().map(|sheet| sheet_view(site, None, sheet, purpose)).collect();
    let whose = sheets.first().and_then(|sheet| sheet.facts.first()).filter(|_| sheets.len() == 1).map(|(_, name)| format!(" · {name}"));
    SheetsPage {
        language: words.language().to_owned(),
        company: site.company(),
        title: sheets.first().map_or_else(String::new, |sheet| sheet.title.clone()) + &whose.unwrap_or_default(),
        sheets,
        foot: words.say("sheet.foot", &[("day", words.day(site.scorecard.as_of).into()), ("version", site.version.into())]),
    }
}
