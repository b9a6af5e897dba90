//! One row a check-in that the day knows.

use crate::{export::Figures, export::json::known_check_ins, export::json::single, model::CheckIn};

use super::{
    Cell, Column,
    Holds::{Day, Number, Text},
    Table,
};

const PART: &str = "export.check-in";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::new("date", PART, Day),
        Column::new("author", PART, Text),
        Column::new("objective", PART, Text),
        Column::new("kpis", PART, Text),
        Column::new("confidence", PART, Number),
        Column::new("source", PART, Text),
    ];
    let workspace = figures.workspace;
    let row = |it: &'a CheckIn| {
        let kpis: Vec<&str> = it.kpis().into_iter().map(|at| workspace.kpi(at).id.as_str()).collect();
        vec![
            Cell::Day(it.date),
            Cell::id(it.author.as_ref()),
            Cell::id(it.objective.map(|at| &workspace.objective(at).id)),
            Cell::text_or_empty(Some(kpis.join(", ")).filter(|it| !it.is_empty())),
            Cell::plain(single(&it.confidence.iter().map(|(_, _, sure)| *sure).collect::<Vec<_>>())),
            Cell::text(it.source.to_string()),
        ]
    };
    Table { name: "check_ins", columns, rows: known_check_ins(workspace, figures.scorecard).into_iter().map(row).collect() }
}
