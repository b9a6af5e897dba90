//! The KPI sheet as a workbook that calculates: whoever writes an actual value sees the points and the total change.
//!
//! Words come ready, the same as on the page that is printed; figures come from the sheet, and formulas repeat the rules
//! by which it was computed. What a cell shows before anybody calculates is the exact figure.

mod check_in;
mod formula;
mod number;
mod paper;
mod sheet;

use std::collections::BTreeSet;

pub use check_in::{CheckInForm, CheckInLine, check_in_csv, check_in_xlsx};
pub use paper::{PaperSheet, paper_xlsx};

use rust_xlsxwriter::XlsxError;

use crate::compute::Sheet;

use super::{
    Figures,
    book::{sheet_name, workbook},
};

/// Sheets, each on a worksheet of its own.
#[derive(Clone, Debug)]
pub struct Forms<'a> {
    /// The company, above each.
    pub company: String,
    /// The workbook's title.
    pub title: String,
    /// Below each: of which day the figures are.
    pub foot: String,
    /// In order.
    pub sheets: Vec<Form<'a>>,
}

/// A KPI sheet with its words.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// Its figures.
    pub sheet: &'a Sheet,
    /// Hand out or assess.
    pub stage: Stage,
    /// "Phiếu đánh giá KPI tháng 7/2026".
    pub title: String,
    /// Whose, their role and department, with labels; the first names the worksheet.
    pub facts: Vec<(String, String)>,
    /// Number, KPI, weight, target, actual, attainment, points, explanation.
    pub head: [String; 8],
    /// The KPIs, under their sub-heads.
    pub groups: Vec<FormGroup>,
    /// "Total", and how it is made.
    pub total: (String, String),
    /// "The work serves"; empty above nothing.
    pub guides_label: String,
    /// The objectives that the work is for, a line each.
    pub guides: Vec<String>,
    /// Labels above empty room.
    pub comments: [String; 2],
    /// Places to sign: who, and whose name.
    pub signs: Vec<(String, String)>,
    /// "Date, signature".
    pub sign_how: String,
}

/// KPIs under a sub-head.
#[derive(Clone, Debug)]
pub struct FormGroup {
    /// Empty for none.
    pub heading: String,
    /// In order.
    pub lines: Vec<FormLine>,
}

/// A KPI on the form.
#[derive(Clone, Debug)]
pub struct FormLine {
    /// Its place in the sheet's rows.
    pub row: usize,
    /// What a check-in says of it.
    pub explanation: String,
}

/// Where a month stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Targets are handed out: no values yet.
    Assigning,
    /// The month runs: a KPI without a value has no points yet, and there is no total before all have.
    Running,
    /// The month is over: a KPI without a value counts 0.
    Over,
}

/// The workbook's bytes.
///
/// # Errors
/// When Excel has no room for it.
pub fn forms_xlsx(figures: &Figures<'_>, forms: &Forms<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(&forms.title, figures.scorecard.as_of)?;
    let mut taken = BTreeSet::new();
    for form in &forms.sheets {
        let whose = form.facts.first().map_or("", |(_, name)| name.as_str());
        let worksheet = book.add_worksheet().set_name(sheet_name(whose, &mut taken))?;
        sheet::fill(worksheet, figures, forms, form)?;
    }
    book.save_to_buffer()
}
