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
        Cell::Number(value, _) => number(*value, marks).into(),
        Cell::Day(day) => day.to_string().into(),
        Cell::Flag(true) => "true".into(),
        Cell::Flag(false) => "false".into(),
    }
}

/// The shortest digits that read back as the same number; with an exponent only where there would be a line of zeros.
fn number(value: f64, marks: Marks) -> String {
    let is_usual = value == 0.0 || (1e-12..1e21).contains(&value.abs());
    let digits = if is_usual { value.to_string() } else { format!("{value:E}") };
    if marks.decimal == '.' { digits } else { digits.replace('.', &marks.decimal.to_string()) }
}

/// With an apostrophe before what a spreadsheet would calculate; it knows the wide signs of East Asia, too.
fn no_formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_as_itself() {
        let (vi, en) = (Marks::of_language("vi"), Marks::of_language("en"));
        for (value, want) in [
            (0.0, "0"),
            (-1234567.5, "-1234567.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (655_000_000.0, "655000000"),
            (1e20, "100000000000000000000"),
            (1.7e308, "1.7E308"),
            (-1e-300, "-1E-300"),
        ] {
            assert_eq!(number(value, en), want);
            assert_eq!(number(value, vi), want.replace('.', ","));
            assert_eq!(want.parse(), Ok(value));
        }
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_text() {
        for text in ["=1+1", "+84 28", "-5 phút", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(no_formula(text), format!("'{text}"));
        }
        for text in ["", "1+1", "–5", "'=1", "a=b"] {
            assert_eq!(no_formula(text), text);
        }
    }
}
