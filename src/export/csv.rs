//! The tables as CSV, one file each, as Excel in the reader's country opens them by a double click.
//!
//! UTF-8 with BOM, CRLF. Where the language's decimal mark is a comma (Vietnamese), numbers have it and `;` stands between
//! the cells; else a point and `,`. No number is grouped or rounded; days are `2026-08-14`.
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a line's end for a formula, which could call
//! programs: an apostrophe stands before such a text. Numbers have none.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Cursor, Write as _},
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::model::Marks;

use super::{
    Figures,
    tables::{Cell, Table, tables},
};

/// The tables by the names of their files, in order.
pub fn csv(figures: &Figures<'_>) -> Vec<(String, Vec<u8>)> {
    let marks = Marks::of_language(figures.words.language());
    tables(figures).iter().map(|table| (format!("{}.csv", table.name), written(table, marks).into_bytes())).collect()
}

/// The same files in one, their time the first that a ZIP knows: the bytes depend on nothing else.
///
/// # Errors
/// When the files are too large for a ZIP.
pub fn csv_zip(figures: &Figures<'_>) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in csv(figures) {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn written(table: &Table<'_>, marks: Marks) -> String {
    let separator = if marks.decimal == ',' { ';' } else { ',' };
    let mut text = String::from('\u{feff}');
    let heads: Vec<Cow<'_, str>> = table.columns.iter().map(|column| column.key.into()).collect();
    push_line(&mut text, &heads, separator);
    for row in &table.rows {
        let cells: Vec<Cow<'_, str>> = row.iter().map(|cell| shown(cell, marks)).collect();
        push_line(&mut text, &cells, separator);
    }
    text
}

fn push_line(text: &mut String, cells: &[Cow<'_, str>], separator: char) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(separator);
        }
        if cell.contains([separator, '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

fn shown<'c>(cell: &'c Cell<'_>, marks: Marks) -> Cow<'c, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => no_formula(text),
        // The shortest digits that read back as the same number, never with an exponent.
        Cell::Number(value, _) if marks.decimal == '.' => value.to_string().into(),
        Cell::Number(value, _) => value.to_string().replace('.', &marks.decimal.to_string()).into(),
        Cell::Day(day) => day.to_string().into(),
        Cell::Flag(true) => "true".into(),
        Cell::Flag(false) => "false".into(),
    }
}

/// With an apostrophe before what a spreadsheet would calculate; it knows the wide signs of East Asia, too.
fn no_formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
