//! The list of reports, the newest first.

use serde::Serialize;

use crate::view::{
    Anchor, Empty, Made, Site,
    frame::{Frame, Menu},
};

use super::{ReportPage, ReportView};

/// All reports of a site.
#[derive(Debug, Serialize)]
pub struct ReportsPage {
    /// Masthead and footer.
    pub frame: Frame,
    /// How many there are.
    pub heading: String,
    /// On which day their figures stand.
    pub sub: String,
    /// When there is none yet.
    pub empty: Option<Empty>,
    /// The list's name.
    pub label: String,
    /// The newest first.
    pub reports: Vec<ReportLink>,
}

/// A report with its headline.
#[derive(Debug, Serialize)]
pub struct ReportLink {
    /// Which, leading to it.
    pub link: Anchor,
    /// Its headline.
    pub headline: String,
    /// On which day it stands.
    pub stands: String,
    /// Whether it reviews a whole period.
    pub is_review: bool,
}

/// The list of reports.
pub fn reports(site: &Site<'_>, all: &[Made<ReportPage>]) -> Made<ReportsPage> {
    let words = site.words;
    let path = site.routes.reports();
    let reports: Vec<ReportLink> = all
        .iter()
        .rev()
        .map(|Made { path: page, view, .. }| {
            let ReportView { kind, headline, stands, review, .. } = &view.report;
            ReportLink {
                link: Anchor { text: kind.clone(), href: path.href(page) },
                headline: headline.clone(),
                stands: stands.clone(),
                is_review: review.is_some(),
            }
        })
        .collect();
    let heading = match site.reports.last() {
        Some(newest) => words.say("report.index.heading", &[("n", reports.len().into()), ("newest", words.period_inside(newest).into())]),
        None => words.word("report.index.none"),
    };
    let empty = reports.is_empty().then(|| Empty {
        title: words.word("report.index.none"),
        text: words.word("report.index.none-text"),
        file: String::new(),
    });
    let frame = site.frame(&path, &words.word("report.menu"), Menu::Reports, Vec::new());
    let view = ReportsPage { frame, heading, sub: words.word("report.index.sub"), empty, label: words.word("report.index.label"), reports };
    Made { path, view, files: Vec::new() }
}
