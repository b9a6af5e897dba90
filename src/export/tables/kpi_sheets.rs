//! One row a KPI on a sheet, with the sheet's total.

use crate::{
    compute::{Sheet, SheetOf, SheetRow},
    export::Figures,
};

use super::{
    Cell, Column,
    Holds::{Number, Share, Text, Value},
    Look, Table,
};

const PART: &str = "export.kpi-sheet";
const ROW: &str = "export.kpi-sheet-row";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::new("person", PART, Text),
        Column::new("department", PART, Text),
        Column::new("period", PART, Text),
        Column::new("kpi", ROW, Text),
        Column::new("weight", ROW, Number),
        Column::of("target", ("tables", "target"), Value),
        Column::of("target_low", ("tables", "target_low"), Value),
        Column::of("target_high", ("tables", "target_high"), Value),
        Column::new("value", ROW, Value),
        Column::new("attainment", ROW, Share),
        Column::new("points", ROW, Share),
        Column::new("total", PART, Share),
        Column::new("grade", PART, Text),
    ];
    let sheets = figures.scorecard.sheets.iter();
    let rows = sheets.flat_map(|sheet| sheet.rows.iter().map(move |it| row(figures, sheet, it)));
    Table { name: "kpi_sheets", columns, rows: rows.collect() }
}

fn row<'a>(figures: &Figures<'a>, sheet: &'a Sheet, it: &SheetRow) -> Vec<Cell<'a>> {
    let kpi = figures.workspace.kpi(it.kpi);
    let look = Look::of_kpi(kpi, &figures.scorecard.kpis[it.kpi.0].written);
    let (person, department) = match &sheet.of {
        SheetOf::Person(id) => (Some(id), None),
        SheetOf::Department(id) => (None, Some(id)),
    };
    let [target, low, high] = Cell::target(it.target, look);
    vec![
        Cell::id(person),
        Cell::id(department),
        Cell::text(sheet.month.to_string()),
        Cell::text(kpi.id.as_str()),
        Cell::plain(Some(it.weight)),
        target,
        low,
        high,
        Cell::value(it.value, look),
        Cell::share(it.attainment),
        Cell::share(it.points),
        Cell::share(sheet.total),
        Cell::text_or_empty(sheet.grade.as_deref()),
    ]
}
