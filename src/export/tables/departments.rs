//! One row a department and period; one row with no period where a department has no objectives.

use crate::{
    compute::{DepartmentPeriod, StatusCounts},
    export::{Figures, json::department_name},
    model::{Department, Status},
};

use super::{
    Cell, Column,
    Holds::{Number, Share, Text},
    Table,
};

const PART: &str = "export.department";
const PERIOD: &str = "export.department-period";
const COUNTS: &str = "export.status-counts";

/// In the order of the JSON, `stale` behind them.
const STATUSES: [Status; 11] = [
    Status::NotStarted,
    Status::NoData,
    Status::OnTrack,
    Status::AtRisk,
    Status::OffTrack,
    Status::Done,
    Status::Achieved,
    Status::Progressed,
    Status::Missed,
    Status::Cancelled,
    Status::Draft,
];

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let mut columns = vec![
        Column::new("id", PART, Text),
        Column::new("name", PART, Text),
        Column::new("lead", PART, Text),
        Column::of("period", (PERIOD, "id"), Text),
        Column::new("progress", PERIOD, Share),
        Column::new("expected", PERIOD, Share),
    ];
    columns.extend(STATUSES.map(|status| Column::new(status.name(), COUNTS, Number)));
    columns.push(Column::new("stale", COUNTS, Number));
    let mut rows = Vec::new();
    for (department, score) in figures.workspace.departments.iter().zip(&figures.scorecard.departments) {
        let name = department_name(department, figures.words);
        if score.periods.is_empty() {
            rows.push(row(department, name, None));
        } else {
            rows.extend(score.periods.iter().map(|period| row(department, name.clone(), Some(period))));
        }
    }
    Table { name: "departments", columns, rows }
}

fn row<'a>(it: &'a Department, name: String, period: Option<&DepartmentPeriod>) -> Vec<Cell<'a>> {
    let mut cells = vec![
        Cell::text(it.id.as_str()),
        Cell::text(name),
        Cell::id(it.lead.as_ref()),
        Cell::text_or_empty(period.map(|it| it.period.to_string())),
        Cell::share(period.and_then(|it| it.progress)),
        Cell::share(period.and_then(|it| it.expected)),
    ];
    let count = |of: &dyn Fn(&StatusCounts) -> usize| period.map_or(Cell::Empty, |it| Cell::count(of(&it.counts)));
    cells.extend(STATUSES.map(|status| count(&|counts| counts.of(status))));
    cells.push(count(&|counts| counts.stale));
    cells
}
