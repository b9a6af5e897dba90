//! The tables as one workbook: a sheet a table, and before them one that says what each column is.
//!
//! Numbers and days are numbers and days, shown as people read them and stored unrounded; a text is always a text, never a
//! formula.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::words::Descriptions;

use super::{
    Figures,
    book::{excel_day, fitting, sheet_name, workbook},
    tables::{Cell, Column, Holds, Look, Table, tables},
};

/// The widest that a column gets by itself, in characters.
const WIDEST: usize = 48;

/// The workbook's bytes.
///
/// # Errors
/// When a table has more rows than a sheet of Excel, 1,048,576.
pub fn xlsx(figures: &Figures<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(&figures.title(), figures.scorecard.as_of)?;
    let tables = tables(figures);
    let looks = Looks::new();
    let mut taken = BTreeSet::new();
    let about = sheet_name(&figures.words.word("tables.about"), &mut taken);
    let names: Vec<String> =
        tables.iter().map(|table| sheet_name(&figures.words.word(&format!("tables.sheets.{}", table.name)), &mut taken)).collect();
    explain(book.add_worksheet().set_name(about)?, figures, &tables, &names)?;
    for (table, name) in tables.iter().zip(names) {
        fill(book.add_worksheet().set_name(name)?, table, &looks)?;
    }
    book.save_to_buffer()
}

/// The formats of cells, made once.
struct Looks {
    head: Format,
    plain: Format,
    percent: Format,
    day: Format,
    values: BTreeMap<(u8, bool), Format>,
}

impl Looks {
    fn new() -> Self {
        let code = |decimals: u8, grouped: bool| {
            let whole = if grouped { "#,##0" } else { "0" };
            if decimals == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(usize::from(decimals))) }
        };
        let pairs = (0..=6).flat_map(|decimals| [(decimals, false), (decimals, true)]);
        Self {
            head: head(),
            plain: Format::new(),
            percent: Format::new().set_num_format("0%"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            values: pairs.map(|(decimals, grouped)| ((decimals, grouped), Format::new().set_num_format(code(decimals, grouped)))).collect(),
        }
    }

    fn of(&self, look: Look) -> &Format {
        match look {
            Look::Plain => &self.plain,
            Look::Percent => &self.percent,
            Look::Value { decimals, grouped } => self.values.get(&(decimals.min(6), grouped)).expect("one is made for each"),
        }
    }
}

fn head() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00F0_F3F4)).set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Top)
}

fn fill(sheet: &mut Worksheet, table: &Table<'_>, looks: &Looks) -> Result<(), XlsxError> {
    let mut widths = vec![0; table.columns.len()];
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, column.key, &looks.head)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for ((at, cell), width) in (0..).zip(cells).zip(&mut widths) {
            *width = length(cell).max(*width);
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(sheet.write_string(row, at, fitting(text))?),
                Cell::Number(value, look) => drop(sheet.write_number_with_format(row, at, *value, looks.of(*look))?),
                Cell::Day(day) => match excel_day(*day) {
                    Some(day) => drop(sheet.write_datetime_with_format(row, at, &day, &looks.day)?),
                    None => drop(sheet.write_string(row, at, day.to_string())?),
                },
                Cell::Flag(flag) => drop(sheet.write_boolean(row, at, *flag)?),
            }
        }
    }
    for ((at, column), width) in (0..).zip(&table.columns).zip(widths) {
        // Room for the arrow of the filter beside the name.
        sheet.set_column_width(at, (column.key.len() + 4).max(width + 2).min(WIDEST) as f64)?;
    }
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, last_column(table.columns.len()))?;
    sheet.set_freeze_panes(1, 0)?;
    paper(sheet, 0)
}

/// Printed on A4 across, as wide as the page, the head on each.
fn paper(sheet: &mut Worksheet, head: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(head, head)?;
    Ok(())
}

fn last_column(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(1)).expect("a table of ours has few columns")
}

/// How many characters a cell shows, more or less.
fn length(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.chars().count(),
        Cell::Number(value, Look::Plain) => value.to_string().len().min(12),
        Cell::Number(_, Look::Percent) | Cell::Flag(_) => 6,
        Cell::Number(value, Look::Value { decimals, grouped }) => {
            let whole = format!("{:.0}", value.abs()).len();
            whole + usize::from(*decimals) + 2 + if *grouped { whole / 3 } else { 0 }
        }
        Cell::Day(_) => 10,
    }
}

/// The first sheet: what each column of each table is, and in what unit.
fn explain(sheet: &mut Worksheet, figures: &Figures<'_>, tables: &[Table<'_>], names: &[String]) -> Result<(), XlsxError> {
    let words = figures.words;
    let descriptions = Descriptions::load(words.language());
    let title = Format::new().set_bold().set_font_size(14);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let top = Format::new().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, fitting(&figures.title()), &title)?;
    sheet.write_string(1, 0, words.say("tables.as-of", &[("day", words.day(figures.scorecard.as_of).into())]))?;
    sheet.write_string(2, 0, words.word("tables.empty"))?;
    let first = 4;
    for (at, key) in (0..).zip(["tables.table", "tables.column", "tables.meaning", "tables.unit"]) {
        sheet.write_string_with_format(first, at, words.word(key), &head())?;
    }
    let mut row = first;
    for (table, name) in tables.iter().zip(names) {
        for column in &table.columns {
            row += 1;
            sheet.write_string_with_format(row, 0, name, &top)?;
            sheet.write_string_with_format(row, 1, column.key, &top)?;
            let meaning = meaning(figures, &descriptions, column);
            // Not every program looks for itself how high a row must be.
            sheet.set_row_height(row, 15.0 * (meaning.chars().count() as f64 / 85.0).ceil().max(1.0))?;
            sheet.write_string_with_format(row, 2, meaning, &wrapped)?;
            sheet.write_string_with_format(row, 3, unit(figures, column.holds), &top)?;
        }
    }
    for (at, width) in (0..).zip([20.0, 24.0, 90.0, 26.0]) {
        sheet.set_column_width(at, width)?;
    }
    sheet.autofilter(first, 0, row, 3)?;
    sheet.set_freeze_panes(first + 1, 0)?;
    paper(sheet, first)
}

/// What the schema of the JSON says of it, without its marks.
fn meaning(figures: &Figures<'_>, descriptions: &Descriptions, column: &Column) -> String {
    let (part, key) = column.about;
    if part == "tables" {
        return figures.words.word(&format!("tables.columns.{key}"));
    }
    let all = descriptions.annotations(part, Some(key));
    all.into_iter().find(|(name, _)| name == "description").map_or_else(String::new, |(_, text)| text.replace('`', ""))
}

fn unit(figures: &Figures<'_>, holds: Holds) -> String {
    figures.words.word(match holds {
        Holds::Text => "tables.holds.text",
        Holds::Share => "tables.holds.share",
        Holds::Value => "tables.holds.value",
        Holds::Number => "tables.holds.number",
        Holds::Day => "tables.holds.day",
        Holds::Flag => "tables.holds.flag",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_explained_in_every_language() {
        let (config, declared, _) = crate::load::config(Vec::new()).expect("an empty one is right");
        let others = crate::load::Others { sizes: BTreeMap::new(), read: &|_| None };
        let (workspace, findings) = crate::load::workspace(config, declared, Vec::new(), others);
        let day = crate::model::parse_day("2026-08-14").expect("a day");
        let scorecard = crate::compute::scorecard(&workspace, day, crate::compute::Drafts::LeftOut);
        for language in crate::theme::languages() {
            let words = crate::words::Words::load(language, workspace.config.calendar).expect("listed");
            let figures = Figures { workspace: &workspace, scorecard: &scorecard, findings: &findings, words: &words };
            let descriptions = Descriptions::load(language);
            for table in tables(&figures) {
                assert!(words.has(&format!("tables.sheets.{}", table.name)), "{language}: {}", table.name);
                for column in &table.columns {
                    let said = meaning(&figures, &descriptions, column);
                    assert!(!said.is_empty() && !said.starts_with("tables."), "{language}: {}.{}", table.name, column.key);
                }
            }
        }
    }
}
