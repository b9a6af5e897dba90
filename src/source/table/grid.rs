//! A sheet as it lies on the table: nothing is taken for a header, titles and signatures stand where they stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::diagnostic::{Argument, Code, Finding, Place};

use super::{Cell, Kind, Row, csv, kind, top, xlsx};

/// A sheet that people fill in by hand has a few thousand; a list of so many cells is no sheet of goals.
const MOST_CELLS: usize = 200_000;

/// As many cells are known to lie in merged ones: what is merged beyond is read as empty.
const MOST_MERGED: usize = 100_000;

/// A sheet's cells, by row and column, both from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The file in which it is.
    pub file: Arc<str>,
    /// Its name in the workbook; none where the file is one sheet.
    pub name: Option<String>,
    /// The workbook does not show it.
    pub hidden: bool,
    /// Cells whose quotes are wrong: the rest is sound.
    pub problems: Vec<Finding>,
    cells: BTreeMap<(u32, u32), Stored>,
    /// What lies under a merged cell, and the first cell of it.
    merged: BTreeMap<(u32, u32), (u32, u32)>,
    percents: BTreeSet<(u32, u32)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Stored {
    cell: Cell,
    /// Line and column in the file.
    at: (u32, u32),
}

impl Grid {
    /// What stands in a cell itself.
    pub fn cell(&self, row: u32, column: u32) -> &Cell {
        self.cells.get(&(row, column)).map_or(&Cell::Empty, |stored| &stored.cell)
    }

    /// The cell in which the text of this one stands: itself, or the first one of those that are merged with it.
    pub fn origin(&self, row: u32, column: u32) -> (u32, u32) {
        self.merged.get(&(row, column)).copied().unwrap_or((row, column))
    }

    /// Whether a number is shown in per cent.
    pub fn is_percent(&self, row: u32, column: u32) -> bool {
        self.percents.contains(&(row, column))
    }

    /// The rows that hold something, in order.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The columns of a row that hold something, in order.
    pub fn columns(&self, row: u32) -> impl Iterator<Item = u32> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), _)| *column)
    }

    /// One more than the last column that holds something.
    pub fn width(&self) -> u32 {
        self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0)
    }

    /// Where a cell stands in the file: line and character, or a workbook's row and column.
    pub fn place(&self, row: u32, column: u32) -> Place {
        let (line, column) = self.cells.get(&(row, column)).map_or((row + 1, column + 1), |stored| stored.at);
        Place { file: self.file.clone(), line, column }
    }
}

/// Every sheet of a file, hidden ones too; a text file is one.
///
/// # Errors
/// A finding when nothing of it can be read, at its place in the file.
pub fn read_grids(path: &str, bytes: &[u8]) -> Result<Vec<Grid>, Box<Finding>> {
    let path: Arc<str> = path.into();
    let grids = match kind(&path, bytes)? {
        Kind::Text(ending) => {
            let (rows, problems) = csv::raw(&path, bytes, &ending)?;
            vec![Grid { problems, ..grid(&path, rows) }]
        }
        Kind::Workbook => {
            let mut room = MOST_MERGED;
            let sheets = xlsx::raw(&path, bytes)?.into_iter();
            sheets
                .map(|it| {
                    let own = grid(&path, it.rows);
                    let mut merged = under(&it.merged, &mut room);
                    // What another program left below a merged cell nobody sees, and yet it is not the same.
                    merged.retain(|at, _| !own.cells.contains_key(at));
                    Grid { name: Some(it.name), hidden: it.hidden, merged, percents: it.percents, ..own }
                })
                .collect()
        }
    };
    if grids.iter().map(|it| it.cells.len()).sum::<usize>() > MOST_CELLS {
        let finding = Finding::new(Code::TooLarge, top(&path)).says("too-large.table-cells");
        return Err(Box::new(finding.with("n", Argument::Count(MOST_CELLS))));
    }
    if grids.iter().all(|it| it.cells.is_empty()) {
        return Err(Box::new(Finding::new(Code::Syntax, top(&path)).says("syntax.table-empty")));
    }
    Ok(grids)
}

/// A text's rows are those of its lines: a value with a line break in it makes the next one stand lower.
fn grid(file: &Arc<str>, rows: Vec<Row>) -> Grid {
    let mut cells = BTreeMap::new();
    for row in rows {
        let at = row.line.saturating_sub(1);
        for stored in row.cells.into_iter().filter(|it| it.cell != Cell::Empty) {
            cells.insert((at, stored.column), Stored { cell: stored.cell, at: stored.at });
        }
    }
    let (merged, percents) = (BTreeMap::new(), BTreeSet::new());
    Grid { file: file.clone(), name: None, hidden: false, problems: Vec::new(), cells, merged, percents }
}

fn under(areas: &[[u32; 4]], room: &mut usize) -> BTreeMap<(u32, u32), (u32, u32)> {
    let mut all = BTreeMap::new();
    for [top, left, bottom, right] in areas {
        let size = u64::from(bottom - top + 1) * u64::from(right - left + 1);
        let Some(left_over) = usize::try_from(size).ok().and_then(|size| room.checked_sub(size)) else { continue };
        *room = left_over;
        all.extend((*top..=*bottom).flat_map(|row| (*left..=*right).map(move |column| ((row, column), (*top, *left)))));
    }
    all
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    fn texts(grid: &Grid) -> Vec<String> {
        let cell = |row, column| match grid.cell(row, column) {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
        };
        let line = |row: u32| format!("{}:{}", row + 1, (0..grid.width()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|"));
        grid.rows().into_iter().map(line).collect()
    }

    #[test]
    fn a_workbook_lies_as_it_is_seen() {
        let (mut book, percent, plain) = (Workbook::new(), Format::new().set_num_format("0%"), Format::new());
        let first = book.add_worksheet();
        first.set_name("KPI 2026").expect("a name");
        first.merge_range(0, 0, 0, 3, "BẢNG KPI", &plain).expect("merged");
        first.write(2, 1, "Tên").expect("written");
        first.write_with_format(3, 2, 0.29, &percent).expect("written");
        first.merge_range(3, 0, 5, 0, "Gộp", &plain).expect("merged");
        book.add_worksheet().set_hidden(true).write(0, 0, "ẩn").expect("written");
        let bytes = book.save_to_buffer().expect("saved");
        let grids = read_grids("a.xlsx", &bytes).expect("two sheets");
        assert_eq!(
            grids.iter().map(|it| (it.name.as_deref(), it.hidden)).collect::<Vec<_>>(),
            [(Some("KPI 2026"), false), (Some("Sheet2"), true)]
        );
        let grid = &grids[0];
        assert_eq!(texts(grid), ["1:BẢNG KPI||", "3:|Tên|", "4:Gộp||29"]);
        assert_eq!((grid.origin(5, 0), grid.origin(0, 2), grid.origin(3, 1)), ((3, 0), (0, 0), (3, 1)));
        assert_eq!((grid.is_percent(3, 2), grid.is_percent(2, 1)), (true, false));
        assert_eq!((grid.place(3, 2).line, grid.place(3, 2).column), (4, 3));
    }

    #[test]
    fn a_text_with_a_title_above_and_signatures_below_keeps_its_columns() {
        for (text, want) in [
            (
                "KPI 2026, quý 3\n\nTên;T1;T2\nDoanh thu;1,5;2,5\nChi phí;3,5;4\nNgười lập\n",
                ["1:KPI 2026, quý 3||", "3:Tên|T1|T2", "4:Doanh thu|1,5|2,5"],
            ),
            ("\u{feff}sep=;\nTên;T1\nA, B;2\n", ["2:Tên|T1", "3:A, B|2", ""]),
        ] {
            let grids = read_grids("a.csv", text.as_bytes()).expect("a sheet");
            for (got, want) in texts(&grids[0]).iter().zip(want) {
                assert_eq!(got, want);
            }
        }
        let grids = read_grids("a.csv", b"a,b\n1,\"x\ny\"\n2,z\n").expect("a sheet");
        assert_eq!(texts(&grids[0]), ["1:a|b", "2:1|x\ny", "4:2|z"]);
        assert_eq!((grids[0].place(3, 1).line, grids[0].place(3, 1).column), (4, 3));
        assert_eq!(read_grids("a.csv", b"a,b\n3,\"x\n").expect_err("no end").message, "syntax.table-quote");
    }

    #[test]
    fn what_is_no_sheet_of_goals_is_told() {
        assert_eq!(read_grids("a.csv", b"\n,,\n").expect_err("empty").message, "syntax.table-empty");
        assert_eq!(read_grids("a.xls", b"x").expect_err("old").message, "syntax.table-kind");
        let long = "a,b\n".repeat(MOST_CELLS / 2 + 1);
        assert_eq!(read_grids("a.csv", long.as_bytes()).expect_err("too long").message, "too-large.table-cells");
    }

    #[test]
    fn what_is_merged_without_end_takes_no_room() {
        let mut room = MOST_MERGED;
        let all = under(&[[0, 0, 1_000_000, 16_000], [0, 0, 1, 1]], &mut room);
        assert_eq!((all.len(), room), (4, MOST_MERGED - 4));
    }
}
