//! One row a finding.

use crate::{diagnostic::Finding, export::Figures};

use super::{
    Cell, Column,
    Holds::{Number, Text},
    Table,
};

const PART: &str = "export.finding";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::new("code", PART, Text),
        Column::new("severity", PART, Text),
        Column::new("file", PART, Text),
        Column::new("line", PART, Number),
        Column::new("column", PART, Number),
        Column::new("message", PART, Text),
        Column::new("help", PART, Text),
    ];
    let words = figures.words;
    let row = |it: &'a Finding| {
        vec![
            Cell::text(it.code.name()),
            Cell::text(it.severity.name()),
            Cell::text(&*it.place.file),
            Cell::plain(Some(f64::from(it.place.line))),
            Cell::plain(Some(f64::from(it.place.column))),
            Cell::text(words.finding_message(it)),
            Cell::text(words.finding_help(it)),
        ]
    };
    Table { name: "findings", columns, rows: figures.findings.iter().map(row).collect() }
}
