//! A sheet that a company already has, as rows of cells, each with its place.
//!
//! The first row that is not empty names the columns; a title above them is not guessed at. What the cells mean – a
//! number, a period – is not known here: a text stays as it was written, and only Excel's own numbers and days are more.

mod csv;
mod format;
mod grid;
mod marks;
mod package;
mod xlsx;

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Argument, Code, Finding, Place};

pub use grid::{Grid, read_grids};
pub use marks::{MarksFound, marks_of};

/// A sheet above this is no list of figures (5 MiB).
pub(crate) const MOST_BYTES: usize = 5 << 20;

/// As many columns as Excel itself can hold.
const MOST_COLUMNS: usize = 16_384;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// As written, without the spaces around it. Never empty. Excel's errors (`#N/A`), `TRUE` and `FALSE`, times and
    /// formulas that nobody computed (`=…`) are texts too.
    Text(String),
    /// From Excel only, finite. What is shown as a percentage is in points: 80, not 0.8.
    Number(f64),
    /// From Excel only.
    Day(jiff::civil::Date),
}

/// A cell with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What stands there.
    pub cell: Cell,
    /// In CSV the line and the character at which the value begins, behind a quote; in Excel the row as shown and the
    /// column, A being 1.
    pub place: Place,
}

/// A row that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    file: Arc<str>,
    line: u32,
    /// In the order of their columns; a sheet of Excel has only those that hold something.
    cells: Vec<Stored>,
    missing: Missing,
    surplus: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Stored {
    column: u32,
    at: (u32, u32),
    cell: Cell,
}

/// Where a cell stands that the row does not have.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Missing {
    /// At the end of the line.
    At(u32, u32),
    /// In its column.
    InColumn,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The names of the columns, texts or empty.
    pub header: Vec<Placed>,
    /// The rows below it; empty ones are left out.
    pub rows: Vec<Row>,
    /// What is wrong with single rows: the rest is sound.
    pub problems: Vec<Finding>,
}

/// Why a name gives no column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnError {
    /// No column bears it.
    Missing,
    /// Two columns bear it: the places of both.
    Twice(Place, Place),
}

impl Row {
    /// The line on which it begins; in Excel the row's number.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The cell of a column, counted from 0.
    pub fn cell(&self, column: usize) -> &Cell {
        self.stored(column).map_or(&Cell::Empty, |stored| &stored.cell)
    }

    /// Where the cell of a column stands; one that the line does not have stands at its end.
    pub fn place(&self, column: usize) -> Place {
        let (line, column) = match (self.stored(column), self.missing) {
            (Some(stored), _) => stored.at,
            (None, Missing::At(line, column)) => (line, column),
            (None, Missing::InColumn) => (self.line, u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1)),
        };
        Place { file: self.file.clone(), line, column }
    }

    /// Whether a line of CSV holds more values than there are columns: most often a comma inside a number, so that
    /// its values are not those that were meant. One of [`Table::problems`] tells of it.
    pub fn has_surplus(&self) -> bool {
        self.surplus
    }

    fn stored(&self, column: usize) -> Option<&Stored> {
        let wanted = u32::try_from(column).ok()?;
        match self.cells.get(column) {
            Some(stored) if stored.column == wanted => Some(stored),
            _ => self.cells.binary_search_by_key(&wanted, |stored| stored.column).ok().map(|at| &self.cells[at]),
        }
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|stored| stored.cell == Cell::Empty)
    }
}

impl Table {
    /// The column of a name, counted from 0: letters composed and spaces folded, and whatever their case when no
    /// name is the same.
    ///
    /// # Errors
    /// When no column bears the name, or more than one does.
    pub fn column(&self, name: &str) -> Result<usize, ColumnError> {
        let wanted = folded(name);
        if wanted.is_empty() {
            return Err(ColumnError::Missing);
        }
        self.only(|name| name == wanted).or_else(|error| match error {
            ColumnError::Missing => {
                let wanted = wanted.to_lowercase();
                self.only(|name| name.to_lowercase() == wanted)
            }
            ColumnError::Twice(..) => Err(error),
        })
    }

    /// The names of the columns that have one, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter().filter_map(|placed| match &placed.cell {
            Cell::Text(name) => Some(name.as_str()),
            Cell::Empty | Cell::Number(_) | Cell::Day(_) => None,
        })
    }

    fn only(&self, is_meant: impl Fn(&str) -> bool) -> Result<usize, ColumnError> {
        let mut found = self.header.iter().enumerate().filter(|(_, placed)| match &placed.cell {
            Cell::Text(name) => is_meant(&folded(name)),
            Cell::Empty | Cell::Number(_) | Cell::Day(_) => false,
        });
        let (at, first) = found.next().ok_or(ColumnError::Missing)?;
        match found.next() {
            Some((_, second)) => Err(ColumnError::Twice(first.place.clone(), second.place.clone())),
            None => Ok(at),
        }
    }
}

/// Reads a sheet, by what its name ends in: `.csv`, `.tsv`, `.txt`, `.xlsx`, `.xlsm`. `sheet` names one of a workbook's
/// sheets; without it the first that is not hidden is meant. A CSV file has but one, whatever `sheet` says.
///
/// # Errors
/// A finding when nothing of it can be read, at its place in the sheet's file.
pub fn read(path: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Table, Box<Finding>> {
    let path: Arc<str> = path.into();
    match kind(&path, bytes)? {
        Kind::Text(ending) => csv::read(&path, bytes, &ending),
        Kind::Workbook => xlsx::read(&path, bytes, sheet),
    }
}

/// What a file's name says that it is.
enum Kind {
    /// With what its name ends in.
    Text(String),
    Workbook,
}

fn kind(path: &Arc<str>, bytes: &[u8]) -> Result<Kind, Box<Finding>> {
    if bytes.len() > MOST_BYTES {
        return Err(Box::new(too_large(path, "too-large.table", "5 MiB")));
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => Ok(Kind::Text(ending)),
        "xlsx" | "xlsm" => Ok(Kind::Workbook),
        _ => Err(Box::new(Finding::new(Code::Syntax, top(path)).says("syntax.table-kind").text("file", name))),
    }
}

fn too_large(path: &Arc<str>, message: &'static str, size: &str) -> Finding {
    Finding::new(Code::TooLarge, top(path)).says(message).text("size", size)
}

fn top(path: &Arc<str>) -> Place {
    Place { file: path.clone(), line: 1, column: 1 }
}

/// The first of the rows names the columns.
fn table(path: &Arc<str>, rows: Vec<Row>) -> Result<Table, Box<Finding>> {
    let mut rows = rows.into_iter().filter(|row| !row.is_blank());
    let Some(first) = rows.next() else {
        return Err(Box::new(Finding::new(Code::Syntax, top(path)).says("syntax.table-empty")));
    };
    let last = first.cells.iter().rfind(|stored| stored.cell != Cell::Empty).map_or(0, |stored| stored.column);
    let width = usize::try_from(last).unwrap_or(usize::MAX).saturating_add(1).max(match first.missing {
        Missing::At(..) => first.cells.len(),
        Missing::InColumn => 0,
    });
    if width > MOST_COLUMNS {
        let finding = Finding::new(Code::TooLarge, top(path)).says("too-large.table-columns");
        return Err(Box::new(finding.with("n", Argument::Count(MOST_COLUMNS))));
    }
    let header = (0..width).map(|column| Placed { cell: named(first.cell(column)), place: first.place(column) }).collect();
    Ok(Table { header, rows: rows.collect(), problems: Vec::new() })
}

/// A year or a day over a column is its name.
fn named(cell: &Cell) -> Cell {
    match cell {
        Cell::Empty => Cell::Empty,
        Cell::Text(text) => Cell::Text(text.clone()),
        Cell::Number(number) => Cell::Text(number.to_string()),
        Cell::Day(day) => Cell::Text(day.to_string()),
    }
}

/// A text as it is compared: letters composed, spaces folded.
pub fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// A text without the spaces around it, of every kind.
fn text(raw: &str) -> Cell {
    match raw.trim() {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Table {
        read("data/a.csv", text.as_bytes(), None).expect("a sheet")
    }

    #[test]
    fn columns_are_found_by_name() {
        let table = sheet("Thang,doanh_thu,Cu\u{309}a ha\u{300}ng, Ghi\u{a0}chu\u{301} ,a,A,x,x,\n1,2,3,4,5,6,7,8,9\n");
        for (name, want) in [
            ("Thang", Ok(0)),
            ("thang", Ok(0)),
            (" DOANH_THU ", Ok(1)),
            ("C\u{1ee7}a h\u{e0}ng", Ok(2)),
            ("ghi chú", Ok(3)),
            ("a", Ok(4)),
            ("A", Ok(5)),
            ("y", Err(ColumnError::Missing)),
            ("", Err(ColumnError::Missing)),
        ] {
            assert_eq!(table.column(name), want, "{name}");
        }
        let Err(ColumnError::Twice(first, second)) = table.column("X") else { panic!("two are called x") };
        assert_eq!((first.line, second.column - first.column), (1, 2));
        assert_eq!(table.names().next(), Some("Thang"));
        assert_eq!((table.header.len(), table.names().count()), (9, 8));
    }

    #[test]
    fn what_is_no_sheet_is_told() {
        for (path, message) in [
            ("a.xls", "syntax.table-kind"),
            ("a.ods", "syntax.table-kind"),
            ("csv", "syntax.table-kind"),
            ("a.XLSX", "syntax.table-broken"),
        ] {
            assert_eq!(read(path, b"x", None).expect_err(path).message, message, "{path}");
        }
        let finding = read("a.csv", &vec![b'x'; MOST_BYTES + 1], None).expect_err("too large");
        assert_eq!((finding.code, finding.message), (Code::TooLarge, "too-large.table"));
        for empty in ["", "\n \n", "sep=;\n", ",,\n,\n", "\u{feff}"] {
            assert_eq!(read("a.csv", empty.as_bytes(), None).expect_err("empty").message, "syntax.table-empty", "{empty:?}");
        }
    }

    #[test]
    fn more_columns_than_excel_has_are_told() {
        let finding = read("a.csv", ",a".repeat(MOST_COLUMNS).as_bytes(), None).expect_err("too wide");
        assert_eq!(finding.message, "too-large.table-columns");
    }
}
