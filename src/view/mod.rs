//! Typed page data, words ready, links resolved: one file a page.
//!
//! Templates loop, test and print what stands here; every sum, sort and sentence is made in this room. Texts in
//! Markdown become safe HTML here too (`prose`), because only here is it known where their links lead.

mod attention;
mod badge;
mod calibration;
mod changes;
mod chart;
mod compass;
mod department;
mod department_quarter;
mod due;
mod excerpt;
mod feed;
mod figure;
mod first_steps;
mod forms;
mod frame;
mod guide;
mod heat;
mod html;
mod kpi;
mod kpi_chart;
mod kpi_rows;
mod kpi_words;
mod kpis;
mod log;
mod names;
mod objective;
mod overview;
mod page;
mod person;
mod plain;
mod problems;
mod prose;
mod quarter;
mod redirect;
mod report;
mod rhythm;
mod rows;
mod sentence;
mod sheet;
mod status;

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::{
    compute::{Due, Scorecard},
    diagnostic::Finding,
    model::{Period, Workspace},
    route::{Routes, SitePath},
    words::Words,
};

pub use badge::{Badge, badges};
pub use changes::{ChangeLine, ChangesView, ObjectiveLines, changes_view};
pub use compass::Compass;
pub use department::{Department, department};
pub use department_quarter::{DepartmentQuarter, department_quarter};
pub use due::{DueLine, DueOf, due_by_person};
pub use feed::{Happened, happened};
pub use forms::{
    FormsOf, FormsPage, PaperCell, PaperForm, PaperRow, PaperTable, RhythmDay, check_in_forms, objective_form, review_forms, rhythm_days,
};
pub use guide::{Guide, Guides, guide, guides};
pub use html::Html;
pub use kpi::{KpiPage, kpi};
pub use kpis::{Kpis, kpis};
pub use objective::{ObjectivePage, objective};
pub use overview::{Overview, OverviewClient, OverviewRow, OverviewStatus, overview};
pub use page::{Manual, OwnPage, manual, page};
pub use person::{PersonPage, person};
pub use problems::{Problems, problems};
pub use prose::calling_nobody;
pub use quarter::{Quarter, home, quarter};
pub use redirect::{Redirect, redirect, redirect_kpi};
pub use report::{
    Appendix, Bar, Bullet, Bullets, KeyResultRow, KeyResultTable, KpiPart, KpiReportRow, Length, Links, Move, MovedPart, OwedRow,
    OwedTable, Quote, ReportPage, ReportView, ReportsPage, Review, ReviewGroup, ReviewRow, report_page, report_view, reports,
};
pub use sheet::{SheetFor, SheetGroup, SheetView, SheetsPage, sheets_page};

/// What every page is made from.
pub struct Site<'a> {
    /// All that was read.
    pub workspace: &'a Workspace,
    /// All that was computed.
    pub scorecard: &'a Scorecard,
    /// Which KPIs serve which objective.
    pub compass: &'a Compass,
    /// All that was found.
    pub findings: &'a [Finding],
    /// Warnings that their authors want to keep, with the reason of each.
    pub kept: &'a [(Finding, String)],
    /// The lines that findings speak of, by file and line, where they are known.
    pub quotes: &'a BTreeMap<(Arc<str>, u32), String>,
    /// The months and periods of which the site holds a report, by first day.
    pub reports: &'a [Period],
    /// What is owed to the end of the running period and a week ahead: by person, then by day.
    pub due: &'a [Due],
    /// The words of this half of the site.
    pub words: &'a Words,
    /// Where this half's pages stand.
    pub routes: &'a Routes,
    /// The halves in other languages: their routes, and the language's own name for itself.
    pub twins: &'a [(Routes, String, String)],
    /// Whether a second style sheet with the company's own colours and print margins is there.
    pub version: &'a str,
}

/// A page and the files of the workspace that it shows.
#[derive(Debug)]
pub struct Made<T> {
    /// Where it stands.
    pub path: SitePath,
    /// What its template gets.
    pub view: T,
    /// Files of the workspace that its texts name.
    pub files: Vec<String>,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Anchor {
    /// What it says.
    pub text: String,
    /// Where it leads; empty when nowhere.
    pub href: String,
}

/// A box that says what is missing, why it matters, and which file to write.
#[derive(Clone, Debug, Serialize)]
pub struct Empty {
    /// What is missing.
    pub title: String,
    /// Why, and what to do.
    pub text: String,
    /// The file to write, if there is one.
    pub file: String,
}
