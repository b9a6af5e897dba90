//! One row a key result, with its objective.

use crate::{
    compute::KeyResultScore,
    export::Figures,
    model::{Amount, KeyResult, Measure, Objective},
};

use super::{
    Cell, Column,
    Holds::{Day, Flag, Number, Share, Text, Value},
    Look, Table,
};

const PART: &str = "export.key-result";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::of("objective", ("tables", "objective"), Text),
        Column::new("id", PART, Text),
        Column::new("title", PART, Text),
        Column::new("kind", PART, Text),
        Column::new("unit", PART, Text),
        Column::new("start", PART, Value),
        Column::new("target", PART, Value),
        Column::of("bounds_low", ("tables", "bounds_low"), Value),
        Column::of("bounds_high", ("tables", "bounds_high"), Value),
        Column::new("weight", PART, Number),
        Column::new("owner", PART, Text),
        Column::new("current", PART, Value),
        Column::new("raw_progress", PART, Share),
        Column::new("progress", PART, Share),
        Column::new("expected", PART, Share),
        Column::new("status", PART, Text),
        Column::new("score", PART, Share),
        Column::new("stale", PART, Flag),
        Column::new("confidence", PART, Number),
        Column::new("last_check_in", PART, Day),
        Column::of("forecast_value", ("export.forecast", "value"), Value),
        Column::of("forecast_low", ("export.forecast", "low"), Value),
        Column::of("forecast_high", ("export.forecast", "high"), Value),
        Column::of("forecast_progress", ("export.forecast", "progress"), Share),
        Column::new("source", PART, Text),
    ];
    let all = figures.workspace.objectives.iter().zip(&figures.scorecard.objectives);
    let rows = all.flat_map(|(objective, score)| {
        objective.key_results.iter().zip(&score.key_results).map(move |(key_result, score)| row(objective, key_result, score))
    });
    Table { name: "key_results", columns, rows: rows.collect() }
}

fn row<'a>(objective: &'a Objective, it: &'a KeyResult, score: &KeyResultScore) -> Vec<Cell<'a>> {
    let (start, target, low, high) = match &it.measure {
        Measure::Metric { start, target, .. } => (Some(*start), Some(*target), None, None),
        Measure::Hold { low, high } => (None, None, *low, *high),
        Measure::Milestones(_) | Measure::Done { .. } => (None, None, None, None),
        Measure::Kpi { start, target, low, high, .. } => (*start, *target, *low, *high),
        Measure::Unmeasured { start, target } => (*start, *target, None, None),
    };
    let look = Look::of([start, target, low, high].into_iter().flatten(), it.unit.as_ref());
    let amount = |amount: Option<Amount>| Cell::value(amount.map(|it| it.value), look);
    let forecast = score.forecast;
    vec![
        Cell::text(objective.id.as_str()),
        Cell::text(it.id.as_str()),
        Cell::text(it.title.as_str()),
        Cell::text(it.measure.name()),
        Cell::text_or_empty(it.unit.as_ref().map(|unit| unit.as_str())),
        amount(start),
        amount(target),
        amount(low),
        amount(high),
        Cell::plain(Some(it.weight)),
        Cell::id(it.owner.as_ref()),
        Cell::value(score.current, look),
        Cell::share(score.raw_progress),
        Cell::share(Some(score.progress)),
        Cell::share(Some(score.expected)),
        Cell::text(score.status.name()),
        Cell::share(score.score),
        Cell::Flag(score.stale),
        Cell::plain(score.confidence),
        Cell::day(score.last_check_in),
        Cell::value(forecast.map(|it| it.value), look),
        Cell::value(forecast.map(|it| it.low), look),
        Cell::value(forecast.map(|it| it.high), look),
        Cell::share(forecast.map(|it| it.progress)),
        Cell::text(it.source.to_string()),
    ]
}
