//! The figures for other programs: FORMAT.md §8 as JSON, as tables (CSV, XLSX), KPI sheets as workbooks; the findings in
//! their forms.

mod book;
mod calendar;
mod csv;
mod feed;
mod figures;
pub mod findings;
mod form;
mod json;
mod tables;
mod xlsx;

pub use calendar::{Event, calendar};
pub use csv::{csv, csv_zip};
pub use feed::{Entry, Feed, feed};
pub use figures::Figures;
pub use form::{
    CheckInForm, CheckInLine, Form, FormGroup, FormLine, Forms, PaperSheet, Stage, check_in_csv, check_in_xlsx, forms_xlsx, paper_xlsx,
};
pub use json::{DueWords, ReportWords, Revisions, changes_json, due_json, export_schema, findings_json, json, report_json};
pub use xlsx::xlsx;

pub use rust_xlsxwriter::XlsxError;
