//! One row a KPI, with its newest value and its natural limits.

use crate::{
    compute::KpiScore,
    export::Figures,
    model::{Kpi, Workspace},
};

use super::{
    Cell, Column,
    Holds::{Flag, Number, Share, Text, Value},
    Look, Table,
};

const PART: &str = "export.kpi";
const POINT: &str = "export.kpi-point";
const XMR: &str = "export.xmr";

pub(super) fn table<'a>(figures: &Figures<'a>) -> Table<'a> {
    let columns = vec![
        Column::new("id", PART, Text),
        Column::new("title", PART, Text),
        Column::new("department", PART, Text),
        Column::new("owner", PART, Text),
        Column::new("unit", PART, Text),
        Column::new("better", PART, Text),
        Column::new("every", PART, Text),
        Column::new("aggregate", PART, Text),
        Column::new("weight", PART, Number),
        Column::new("pay_linked", PART, Flag),
        Column::new("supports", PART, Text),
        Column::new("stale", PART, Flag),
        Column::of("current_period", (PART, "current"), Text),
        Column::of("current_value", (POINT, "value"), Value),
        Column::of("current_target", ("tables", "target"), Value),
        Column::of("current_target_low", ("tables", "target_low"), Value),
        Column::of("current_target_high", ("tables", "target_high"), Value),
        Column::of("current_attainment", (POINT, "attainment"), Share),
        Column::of("current_status", (POINT, "status"), Text),
        Column::of("current_partial", (POINT, "partial"), Flag),
        Column::of("xmr_mean", (XMR, "mean"), Value),
        Column::of("xmr_mean_moving_range", (XMR, "mean_moving_range"), Value),
        Column::of("xmr_lower", (XMR, "lower"), Value),
        Column::of("xmr_upper", (XMR, "upper"), Value),
        Column::of("xmr_upper_range", (XMR, "upper_range"), Value),
        Column::of("xmr_provisional", (XMR, "provisional"), Flag),
        Column::of("xmr_signals", (XMR, "signals"), Text),
        Column::new("source", PART, Text),
    ];
    let all = figures.workspace.kpis.iter().zip(&figures.scorecard.kpis);
    Table { name: "kpis", columns, rows: all.map(|(kpi, score)| row(figures.workspace, kpi, score)).collect() }
}

fn row<'a>(workspace: &'a Workspace, it: &'a Kpi, score: &KpiScore) -> Vec<Cell<'a>> {
    let look = Look::of_kpi(it, &score.written);
    let supports: Vec<&str> = it.supports.iter().map(|at| workspace.objective(*at).id.as_str()).collect();
    let current = score.newest();
    let [target, low, high] = Cell::target(current.and_then(|it| it.target), look);
    let limits = score.last_stretch().and_then(|stretch| stretch.limits);
    let signals = score.last_stretch().filter(|_| limits.is_some()).map(|stretch| {
        let named = stretch.signals.iter().map(|it| format!("{} {}", score.series[it.at].period, it.rule.name()));
        named.collect::<Vec<_>>().join(", ")
    });
    vec![
        Cell::text(it.id.as_str()),
        Cell::text(it.title.as_str()),
        Cell::id(it.department.as_ref()),
        Cell::id(it.owner.as_ref()),
        Cell::text_or_empty(it.unit.as_ref().map(|unit| unit.as_str())),
        Cell::text(it.better.name()),
        Cell::text(it.every.name()),
        Cell::text(it.aggregate.name()),
        Cell::plain(Some(it.weight)),
        Cell::Flag(it.pay_linked),
        Cell::text_or_empty(Some(supports.join(", ")).filter(|it| !it.is_empty())),
        Cell::Flag(score.stale),
        Cell::text_or_empty(current.map(|it| it.period.to_string())),
        Cell::value(current.and_then(|it| it.value), look),
        target,
        low,
        high,
        Cell::share(current.and_then(|it| it.attainment)),
        Cell::text_or_empty(current.and_then(|it| it.status).map(|it| it.name())),
        current.map_or(Cell::Empty, |it| Cell::Flag(it.partial)),
        Cell::value(limits.map(|it| it.mean), look),
        Cell::value(limits.map(|it| it.mean_moving_range), look),
        Cell::value(limits.map(|it| it.lower), look),
        Cell::value(limits.map(|it| it.upper), look),
        Cell::value(limits.map(|it| it.upper_range), look),
        limits.map_or(Cell::Empty, |it| Cell::Flag(it.provisional)),
        Cell::text_or_empty(signals.filter(|it| !it.is_empty())),
        Cell::text(it.source.to_string()),
    ]
}
