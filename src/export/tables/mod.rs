//! The figures as tables, for people who live in a spreadsheet: CSV and XLSX are two ways to write them.
//!
//! Columns are named like the keys of the JSON, and hold what it holds: shares are 1 for 100 %, nothing is rounded, what
//! has no value is an empty cell. What JSON nests stands flat: `current: {value}` is `current_value`, a range is two
//! columns, `_low` and `_high`, and rows of a list repeat what they belong to.

mod check_ins;
mod departments;
mod findings;
mod key_results;
mod kpi_sheets;
mod kpi_values;
mod kpis;
mod objectives;
mod people;
mod table;

pub(super) use table::{Cell, Column, Holds, Look, Table};

use super::Figures;

/// Every table, in the order of its sheets. One without rows is there, too, so that an old file of it does not stay.
pub(super) fn tables<'a>(figures: &Figures<'a>) -> Vec<Table<'a>> {
    vec![
        objectives::table(figures),
        key_results::table(figures),
        check_ins::table(figures),
        kpis::table(figures),
        kpi_values::table(figures),
        kpi_sheets::table(figures),
        departments::table(figures),
        people::table(figures),
        findings::table(figures),
    ]
}
