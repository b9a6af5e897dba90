//! The week's check-in as a workbook or a table to be filled in; `import` reads it back, each row by its id.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::model::Date;

use super::super::book::{fitting, sheet_name, workbook};

/// A form for one department or person; words come ready.
#[derive(Clone, Debug)]
pub struct CheckInForm {
    /// Whose, for the worksheet's name.
    pub name: String,
    /// Above it all: the company, what it is, how it is used.
    pub top: [String; 3],
    /// Labels with room behind them, such as the day.
    pub labels: Vec<String>,
    /// Id, objective, what is measured, target, last value, period, new value, confidence, note.
    pub head: [String; 9],
    /// What is asked for.
    pub rows: Vec<CheckInLine>,
}

/// A key result or a KPI.
#[derive(Clone, Debug)]
pub struct CheckInLine {
    /// `objective/key-result`, or the KPI's id.
    pub id: String,
    /// The objective; empty for a KPI.
    pub objective: String,
    /// As people call it.
    pub title: String,
    /// Where it should go.
    pub target: String,
    /// What it was.
    pub last: String,
    /// Of which period a KPI's value is.
    pub period: String,
}

impl CheckInLine {
    fn texts(&self) -> [&str; 6] {
        let Self { id, objective, title, target, last, period } = self;
        [id, objective, title, target, last, period]
    }
}

/// So many columns are written by hand: new value, confidence, note.
const BY_HAND: u16 = 3;
const WIDTHS: [u8; 9] = [22, 30, 38, 18, 18, 11, 16, 14, 44];
const GREY: Color = Color::RGB(0x0062_6A73);

/// A worksheet for each form.
///
/// # Errors
/// When Excel has no room for it.
pub fn check_in_xlsx(title: &str, as_of: Date, forms: &[CheckInForm]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(title, as_of)?;
    let mut taken = BTreeSet::new();
    for form in forms {
        let sheet = book.add_worksheet().set_name(sheet_name(&form.name, &mut taken))?;
        fill(sheet, form)?;
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, form: &CheckInForm) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let grey = Format::new().set_font_color(GREY);
    let framed =
        Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x0085_8C91)).set_align(FormatAlign::Top).set_text_wrap();
    let to_fill = framed.clone().set_background_color(Color::RGB(0x00FF_F9E5));
    let [company, title, how] = &form.top;
    sheet.write_string_with_format(0, 0, fitting(company), &grey)?;
    sheet.write_string_with_format(1, 0, fitting(title), &Format::new().set_bold().set_font_size(16))?;
    sheet.write_string_with_format(2, 0, fitting(how), &grey)?;
    let mut row = 3;
    for label in &form.labels {
        sheet.write_string_with_format(row, 0, fitting(label), &Format::new().set_bold())?;
        for column in 1..4 {
            sheet.write_blank(row, column, &to_fill)?;
        }
        row += 1;
    }
    row += 1;
    let bold = framed.clone().set_bold().set_background_color(Color::RGB(0x00F0_F3F4));
    for (column, text) in (0..).zip(&form.head) {
        sheet.write_string_with_format(row, column, fitting(text), &bold)?;
    }
    let fixed = framed.clone().set_font_color(GREY);
    for line in &form.rows {
        row += 1;
        for (column, text) in (0..).zip(line.texts()) {
            sheet.write_string_with_format(row, column, fitting(text), if column == 2 { &framed } else { &fixed })?;
        }
        for column in 6..6 + BY_HAND {
            sheet.write_blank(row, column, &to_fill)?;
        }
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The same as a table: UTF-8 with BOM, so that Excel opens it by a double click.
pub fn check_in_csv(form: &CheckInForm, separator: char) -> Vec<u8> {
    let mut text = "\u{feff}".to_owned();
    let mut line = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|it| quoted(it, separator)).collect();
        text.push_str(&cells.join(&separator.to_string()));
        text.push_str("\r\n");
    };
    form.top.iter().for_each(|it| line(&[it]));
    form.labels.iter().for_each(|it| line(&[it, "", "", ""]));
    line(&form.head.iter().map(String::as_str).collect::<Vec<_>>());
    for it in &form.rows {
        line(&it.texts().into_iter().chain([""; BY_HAND as usize]).collect::<Vec<_>>());
    }
    text.into_bytes()
}

/// A cell; what a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(text: &str, separator: char) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    let special = text.contains([separator, '"', '\n', '\r']);
    if special { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
