//! One row a person.

use crate::export::Figures;

use super::{Cell, Column, Holds::Text, Table};

const PART: &str = "export.person";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![Column::new("id", PART, Text), Column::new("name", PART, Text), Column::new("department", PART, Text)];
    let row =
        |it: &'a crate::model::Person| vec![Cell::text(it.id.as_str()), Cell::text(it.name.as_str()), Cell::id(it.department.as_ref())];
    Table { name: "people", columns, rows: figures.workspace.people.iter().map(row).collect() }
}
