//! One row an objective.

use crate::{
    compute::ObjectiveScore,
    export::Figures,
    model::{Objective, ObjectiveAt, State, Status, Workspace},
};

use super::{
    Cell, Column,
    Holds::{Day, Flag, Number, Share, Text},
    Table,
};

const PART: &str = "export.objective";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::new("id", PART, Text),
        Column::new("title", PART, Text),
        Column::new("period", PART, Text),
        Column::new("department", PART, Text),
        Column::new("owner", PART, Text),
        Column::new("commitment", PART, Text),
        Column::new("parent", PART, Text),
        Column::new("continues", PART, Text),
        Column::new("weight", PART, Number),
        Column::new("visibility", PART, Text),
        Column::of("cancelled_on", ("export.cancelled", "on"), Day),
        Column::of("cancelled_why", ("export.cancelled", "why"), Text),
        Column::new("progress", PART, Share),
        Column::new("expected", PART, Share),
        Column::new("status", PART, Text),
        Column::new("score", PART, Share),
        Column::new("stale", PART, Flag),
        Column::new("last_check_in", PART, Day),
        Column::new("source", PART, Text),
    ];
    let all = figures.workspace.objectives.iter().zip(&figures.scorecard.objectives);
    Table { name: "objectives", columns, rows: all.map(|(objective, score)| row(figures.workspace, objective, score)).collect() }
}

fn row<'a>(workspace: &'a Workspace, it: &'a Objective, score: &ObjectiveScore) -> Vec<Cell<'a>> {
    let id_of = |at: ObjectiveAt| workspace.objective(at).id.as_str();
    let (on, why) = match (&it.state, score.status) {
        (State::Cancelled { on, why }, Status::Cancelled) => (*on, why.as_deref()),
        _ => (None, None),
    };
    vec![
        Cell::text(it.id.as_str()),
        Cell::text(it.title.as_str()),
        Cell::text(it.period.to_string()),
        Cell::id(it.department.as_ref()),
        Cell::id(it.owner.as_ref()),
        Cell::text(it.commitment.name()),
        Cell::text_or_empty(it.parent.map(|link| match link.key_result {
            Some(key_result) => format!("{}/{}", id_of(link.objective), workspace.key_result(link.objective, key_result).id),
            None => id_of(link.objective).to_owned(),
        })),
        Cell::text_or_empty(it.continues.map(id_of)),
        Cell::plain(Some(it.weight)),
        Cell::text(it.visibility.name()),
        Cell::day(on),
        Cell::text_or_empty(why),
        Cell::share(score.progress),
        Cell::share(score.expected),
        Cell::text(score.status.name()),
        Cell::share(score.score),
        Cell::Flag(score.stale),
        Cell::day(score.last_check_in),
        Cell::text(it.source.to_string()),
    ]
}
