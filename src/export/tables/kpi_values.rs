//! One row a KPI and period, from the first with a value on, gaps among them.

use crate::{compute::KpiPoint, export::Figures, model::Kpi};

use super::{
    Cell, Column,
    Holds::{Flag, Share, Text, Value},
    Look, Table,
};

const PART: &str = "export.kpi-point";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::of("kpi", ("export.kpi-sheet-row", "kpi"), Text),
        Column::new("period", PART, Text),
        Column::new("value", PART, Value),
        Column::of("target", ("tables", "target"), Value),
        Column::of("target_low", ("tables", "target_low"), Value),
        Column::of("target_high", ("tables", "target_high"), Value),
        Column::new("attainment", PART, Share),
        Column::new("status", PART, Text),
        Column::new("partial", PART, Flag),
        Column::of("source", ("tables", "source"), Text),
    ];
    let all = figures.workspace.kpis.iter().zip(&figures.scorecard.kpis);
    let rows = all.flat_map(|(kpi, score)| {
        let look = Look::of_kpi(kpi, &score.written);
        score.series.iter().map(move |point| row(kpi, look, point))
    });
    Table { name: "kpi_values", columns, rows: rows.collect() }
}

fn row<'a>(kpi: &'a Kpi, look: Look, point: &KpiPoint) -> Vec<Cell<'a>> {
    let [target, low, high] = Cell::target(point.target, look);
    vec![
        Cell::text(kpi.id.as_str()),
        Cell::text(point.period.to_string()),
        Cell::value(point.value, look),
        target,
        low,
        high,
        Cell::share(point.attainment),
        Cell::text_or_empty(point.status.map(|it| it.name())),
        Cell::Flag(point.partial),
        Cell::text_or_empty(point.source.as_ref().map(ToString::to_string)),
    ]
}
