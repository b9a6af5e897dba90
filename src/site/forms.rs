//! Forms to print and to fill in, each a file of its own.

use serde::Serialize;

use crate::{
    compute,
    export::{self, CheckInForm, CheckInLine, PaperSheet, XlsxError},
    model::Period,
    render::{RenderError, Renderer},
    view::{self, FormsOf, FormsPage, PaperForm, SheetFor},
};

use super::{Plan, feeds::with_site, sheets, sheets_workbook};

#[derive(Serialize)]
struct Page<'a> {
    page: &'a FormsPage,
}

/// Forms on paper, by the file's name: the week's check-in, the objective's draft sheet, the quarter's review, and the
/// KPI sheets that hand out the next month and assess the running one.
///
/// # Errors
/// When a template fails.
pub fn paper_forms(plan: &Plan<'_>, of: &FormsOf) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
    let pages = with_site(plan, |site| {
        [
            ("check-in.html", view::check_in_forms(site, of)),
            ("objective.html", view::objective_form(site)),
            ("review.html", view::review_forms(site, of)),
        ]
    });
    let renderer = Renderer::new(plan.theme)?;
    let mut files = Vec::new();
    for (name, page) in pages.iter().filter(|(_, page)| !page.forms.is_empty()) {
        let mut bytes = Vec::new();
        renderer.page("forms.html", &Page { page }, &mut bytes)?;
        files.push(((*name).to_owned(), bytes));
    }
    for (name, month, purpose) in months(plan) {
        let all = sheets_of(plan, &month, of);
        if !all.is_empty() {
            files.push((format!("kpi-{name}-{month}.html"), sheets(plan, &all, purpose)?));
        }
    }
    Ok(files)
}

/// The month that is assessed next, and the one that is handed out next.
fn months(plan: &Plan<'_>) -> Vec<(&'static str, Period, SheetFor)> {
    let day = plan.scorecard.as_of;
    let month = |day: crate::model::Date| Period::month(day.year(), day.month());
    let running = month(day).map(|it| ("assess", it, SheetFor::Assessing));
    let next = day.last_of_month().tomorrow().ok().and_then(month).map(|it| ("assign", it, SheetFor::Assigning));
    running.into_iter().chain(next).collect()
}

fn concerns(sheet: &compute::SheetOf, of: &FormsOf) -> bool {
    match (sheet, of) {
        (_, FormsOf::All) => true,
        (compute::SheetOf::Person(id), FormsOf::Person(wanted)) | (compute::SheetOf::Department(id), FormsOf::Department(wanted)) => {
            id == wanted
        }
        (compute::SheetOf::Person(_), FormsOf::Department(_)) | (compute::SheetOf::Department(_), FormsOf::Person(_)) => false,
    }
}

/// The same forms as workbooks, by the file's name; the week's check-in is one for each whom it concerns.
///
/// # Errors
/// When Excel has no room for one.
pub fn workbook_forms(plan: &Plan<'_>, of: &FormsOf) -> Result<Vec<(String, Vec<u8>)>, XlsxError> {
    let as_of = plan.scorecard.as_of;
    let one = |(key, form): (String, CheckInForm)| {
        Ok((format!("check-in-{key}-{as_of}.xlsx"), export::check_in_xlsx(&form.top[1], as_of, std::slice::from_ref(&form))?))
    };
    let mut files: Vec<(String, Vec<u8>)> = check_ins(plan, of).into_iter().map(one).collect::<Result<_, XlsxError>>()?;
    let papers = with_site(plan, |site| [("objective", view::objective_form(site)), ("review", view::review_forms(site, of))]);
    for (name, page) in papers {
        let FormsPage { company, title, forms, .. } = page;
        let sheets: Vec<PaperSheet> = forms.into_iter().map(|it| paper(&company, it)).collect();
        if !sheets.is_empty() {
            files.push((format!("{name}-{as_of}.xlsx"), export::paper_xlsx(&title, as_of, &sheets)?));
        }
    }
    for (name, month, purpose) in months(plan) {
        let all = sheets_of(plan, &month, of);
        if !all.is_empty() {
            files.push((format!("kpi-{name}-{month}.xlsx"), sheets_workbook(plan, &all, purpose)?));
        }
    }
    Ok(files)
}

/// A form on paper as a worksheet of its own.
fn paper(company: &str, form: PaperForm) -> PaperSheet {
    let PaperForm { key: _, title, how, facts, agenda, tables, boxes, checks } = form;
    let texts = |cells: Vec<view::PaperCell>| cells.into_iter().map(|it| it.text).collect::<Vec<_>>();
    let row = |it: view::PaperRow| if it.heading.is_empty() { texts(it.cells) } else { vec![it.heading] };
    PaperSheet {
        name: title.clone(),
        top: [company.to_owned(), title, how],
        facts: facts.into_iter().map(|(label, _)| label).collect(),
        agenda,
        tables: tables.into_iter().map(|it| (it.heading, texts(it.head), it.rows.into_iter().map(row).collect())).collect(),
        boxes,
        checks,
    }
}

/// The KPI sheets of a month that are wanted.
fn sheets_of(plan: &Plan<'_>, month: &Period, of: &FormsOf) -> Vec<compute::Sheet> {
    let mut all = compute::sheets_of_month(plan.workspace, &plan.scorecard.kpis, month, plan.scorecard.as_of);
    all.retain(|sheet| concerns(&sheet.of, of));
    all
}

/// The check-ins as tables.
pub fn table_forms(plan: &Plan<'_>, of: &FormsOf) -> Vec<(String, Vec<u8>)> {
    let as_of = plan.scorecard.as_of;
    let half = plan.halves.first().expect("a plan has a language");
    let separator = if half.words.decimal_mark() == ',' { ';' } else { ',' };
    let one = |(key, form): (String, CheckInForm)| (format!("check-in-{key}-{as_of}.csv"), export::check_in_csv(&form, separator));
    check_ins(plan, of).into_iter().map(one).collect()
}

fn check_ins(plan: &Plan<'_>, of: &FormsOf) -> Vec<(String, CheckInForm)> {
    with_site(plan, |site| {
        let FormsPage { company, forms, .. } = view::check_in_forms(site, of);
        forms.into_iter().map(|it| (it.key.clone(), check_in(site, company.clone(), it))).collect()
    })
}

/// The paper's form with its figures as rows: what is asked is the same.
fn check_in(site: &view::Site<'_>, company: String, form: PaperForm) -> CheckInForm {
    let words = site.words;
    let told = |key: &str| words.word(&format!("forms.check-in.{key}"));
    let mut rows = Vec::new();
    for table in form.tables {
        let mut objective = String::new();
        for row in table.rows {
            if !row.heading.is_empty() {
                objective = row.heading;
            } else if !row.id.is_empty() {
                let text = |at: usize| row.cells.get(at).map(|it| it.text.clone()).unwrap_or_default();
                rows.push(CheckInLine {
                    id: row.id.clone(),
                    objective: objective.clone(),
                    title: text(0),
                    target: text(1),
                    last: text(2),
                    period: row.period.clone(),
                });
            }
        }
    }
    let labels = ["day", "by-whom", "finished", "obstacles", "help", "next-one", "next-one", "next-one"].map(told).into();
    let head = ["id", "objective", "measured", "target", "last", "period", "now", "sure-short", "note"].map(told);
    CheckInForm { name: form.title.clone(), top: [company, form.title, words.word("forms.check-in.workbook")], labels, head, rows }
}
