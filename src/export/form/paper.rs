//! A form on paper as a worksheet: the same fields, tables, room to write and checks, to be filled in or printed.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::model::Date;

use super::super::book::{fitting, sheet_name, workbook};

/// A form; words come ready.
#[derive(Clone, Debug)]
pub struct PaperSheet {
    /// For the worksheet's name.
    pub name: String,
    /// The company, the form's title, what it is for.
    pub top: [String; 3],
    /// Fields, by label.
    pub facts: Vec<String>,
    /// Minutes, and what is done in them.
    pub agenda: Vec<(String, String)>,
    /// Heading, column heads, and rows: a sub-head alone, or cells.
    pub tables: Vec<(String, Vec<String>, Vec<Vec<String>>)>,
    /// Labels before empty room.
    pub boxes: Vec<String>,
    /// What to look at before it is handed in.
    pub checks: Vec<String>,
}

const WIDTHS: [u8; 6] = [46, 22, 20, 16, 16, 40];
/// As high as a hand writes, and as a paragraph.
const LINE: f64 = 26.0;
const ROOM: f64 = 64.0;

/// A worksheet for each form.
///
/// # Errors
/// When Excel has no room for it.
pub fn paper_xlsx(title: &str, as_of: Date, forms: &[PaperSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(title, as_of)?;
    let mut taken = BTreeSet::new();
    for form in forms {
        let sheet = book.add_worksheet().set_name(sheet_name(&form.name, &mut taken))?;
        fill(sheet, form)?;
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, form: &PaperSheet) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let grey = Format::new().set_font_color(Color::RGB(0x0062_6A73));
    let bold = Format::new().set_bold();
    let framed =
        Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x0085_8C91)).set_align(FormatAlign::Top).set_text_wrap();
    let to_fill = framed.clone().set_background_color(Color::RGB(0x00FF_F9E5));
    let head = framed.clone().set_bold().set_background_color(Color::RGB(0x00F0_F3F4));
    let [company, title, how] = &form.top;
    sheet.write_string_with_format(0, 0, fitting(company), &grey)?;
    sheet.write_string_with_format(1, 0, fitting(title), &Format::new().set_bold().set_font_size(16))?;
    sheet.write_string_with_format(2, 0, fitting(how), &grey)?;
    let mut row = 3;
    for label in &form.facts {
        sheet.write_string_with_format(row, 0, fitting(label), &bold)?;
        sheet.write_blank(row, 1, &to_fill)?;
        row += 1;
    }
    for (minutes, what) in &form.agenda {
        sheet.write_string_with_format(row, 0, fitting(&format!("{minutes}  {what}")), &grey)?;
        row += 1;
    }
    for (heading, heads, rows) in &form.tables {
        row += 1;
        sheet.write_string_with_format(row, 0, fitting(heading), &bold)?;
        row += 1;
        for (column, text) in (0..).zip(heads) {
            sheet.write_string_with_format(row, column, fitting(text), &head)?;
        }
        for cells in rows {
            row += 1;
            sheet.set_row_height(row, LINE)?;
            let is_heading = cells.len() == 1 && heads.len() > 1;
            for (column, text) in (0..).zip(cells) {
                match (text.is_empty(), is_heading) {
                    (true, _) => sheet.write_blank(row, column, &to_fill)?,
                    (false, true) => sheet.write_string_with_format(row, column, fitting(text), &head)?,
                    (false, false) => sheet.write_string_with_format(row, column, fitting(text), &framed)?,
                };
            }
        }
        row += 1;
    }
    for label in &form.boxes {
        row += 1;
        sheet.set_row_height(row, ROOM)?;
        sheet.write_string_with_format(row, 0, fitting(label), &framed)?;
        sheet.merge_range(row, 1, row, 5, "", &to_fill)?;
    }
    row += 1;
    for check in &form.checks {
        row += 1;
        sheet.write_string_with_format(row, 0, fitting(&format!("☐ {check}")), &Format::new())?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
