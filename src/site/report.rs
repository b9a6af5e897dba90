//! A report as one file: a page, a mail, Markdown, JSON.

use serde::Serialize;

use crate::{
    compute::{self, Report},
    export::{self, ReportWords},
    render::{self, Envelope, RenderError, Renderer},
    view::{self, Length, Links},
};

use super::{Plan, Shared, company_style, frame};

/// In which form a report is wanted.
#[derive(Clone, Debug)]
pub enum ReportForm {
    /// One page that needs nothing else.
    Html,
    /// What mail clients show right.
    Mail,
    /// The same as a whole mail: headers, plain text, tables.
    Eml(Envelope),
    /// For a job's summary.
    Markdown,
    /// For programs.
    Json,
}

/// A report as one file. `base_url` is where the site stands, for links.
///
/// # Errors
/// When a template fails.
pub fn report(plan: &Plan<'_>, report: &Report, form: &ReportForm, length: Length, base_url: Option<&str>) -> Result<Vec<u8>, RenderError> {
    let half = plan.halves.first().expect("a plan has a language");
    let compass = view::Compass::of(plan.workspace);
    let reports = compute::reported(plan.workspace, plan.scorecard);
    let site = frame(plan, half, Shared { compass: &compass, reports: &reports, due: &[], twins: &[] });
    let links = base_url.map_or(Links::Nowhere, Links::Base);
    let view = view::report_view(&site, report, &links, length, &mut Vec::new());
    let mail = |view: &view::ReportView| -> Result<Vec<u8>, RenderError> {
        let mut bytes = Vec::new();
        Renderer::new(plan.theme)?.page("report-mail.html", &ReportFile { report: view, style_html: view::Html::default() }, &mut bytes)?;
        Ok(bytes)
    };
    Ok(match form {
        ReportForm::Html => {
            let style = view::Html::of_style(&company_style(plan));
            let mut bytes = Vec::new();
            Renderer::new(plan.theme)?.page("report-file.html", &ReportFile { report: &view, style_html: style }, &mut bytes)?;
            bytes
        }
        ReportForm::Mail => mail(&view)?,
        ReportForm::Eml(envelope) => {
            let subject =
                half.words.say("report.subject", &[("company", view.company.as_str().into()), ("kind", view.kind.as_str().into())]);
            let html = String::from_utf8_lossy(&mail(&view)?).into_owned();
            render::mail(envelope, &subject, &render::report_text(&view), &html)
        }
        ReportForm::Markdown => render::report_markdown(&view).into_bytes(),
        ReportForm::Json => {
            let view::ReportView { headline, lead, foreword, .. } = view;
            let words = ReportWords { headline, lead, foreword };
            export::report_json(plan.workspace, half.words.language(), report, &words).into_bytes()
        }
    })
}

/// What the template of a report that stands alone gets.
#[derive(Serialize)]
struct ReportFile<'a> {
    report: &'a view::ReportView,
    style_html: view::Html,
}
