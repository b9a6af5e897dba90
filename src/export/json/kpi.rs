//! KPIs and their sheets in the document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    compute::{KpiPoint, KpiScore, Sheet, SheetOf, SheetRow, Stretch},
    model::{Kpi, KpiTarget, Workspace},
};

use super::{schema, zero};

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "kpi")]
pub(super) struct KpiOut<'a> {
    id: &'a str,
    title: &'a str,
    department: Option<&'a str>,
    owner: Option<&'a str>,
    unit: Option<&'a str>,
    #[schemars(schema_with = "schema::better")]
    better: &'a str,
    #[schemars(schema_with = "schema::every")]
    every: &'a str,
    #[schemars(schema_with = "schema::aggregate")]
    aggregate: &'a str,
    weight: f64,
    pay_linked: bool,
    supports: Vec<&'a str>,
    stale: bool,
    current: Option<PointOut>,
    series: Vec<PointOut>,
    xmr: Option<XmrOut>,
    source: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "kpi-point")]
struct PointOut {
    period: String,
    value: Option<f64>,
    target: Option<TargetOut>,
    attainment: Option<f64>,
    #[schemars(schema_with = "schema::kpi_status")]
    status: Option<&'static str>,
    partial: bool,
}

/// One number, or two for a range.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum TargetOut {
    One(f64),
    Range([f64; 2]),
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "xmr")]
struct XmrOut {
    mean: f64,
    mean_moving_range: f64,
    lower: f64,
    upper: f64,
    upper_range: f64,
    provisional: bool,
    signals: Vec<SignalOut>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "signal")]
struct SignalOut {
    period: String,
    #[schemars(schema_with = "schema::rule")]
    rule: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "kpi-sheet")]
pub(super) struct SheetOut<'a> {
    person: Option<&'a str>,
    department: Option<&'a str>,
    period: String,
    total: Option<f64>,
    grade: Option<&'a str>,
    rows: Vec<RowOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "kpi-sheet-row")]
struct RowOut<'a> {
    kpi: &'a str,
    weight: f64,
    target: Option<TargetOut>,
    value: Option<f64>,
    attainment: Option<f64>,
    points: Option<f64>,
}

pub(super) fn kpi_of<'a>(workspace: &'a Workspace, kpi: &'a Kpi, score: &KpiScore) -> KpiOut<'a> {
    KpiOut {
        id: kpi.id.as_str(),
        title: &kpi.title,
        department: kpi.department.as_ref().map(|id| id.as_str()),
        owner: kpi.owner.as_ref().map(|id| id.as_str()),
        unit: kpi.unit.as_ref().map(|unit| unit.as_str()),
        better: kpi.better.name(),
        every: kpi.every.name(),
        aggregate: kpi.aggregate.name(),
        weight: kpi.weight,
        pay_linked: kpi.pay_linked,
        supports: kpi.supports.iter().map(|at| workspace.objective(*at).id.as_str()).collect(),
        stale: score.stale,
        current: score.newest().map(point_of),
        series: score.series.iter().map(point_of).collect(),
        xmr: score.last_stretch().and_then(|stretch| xmr_of(stretch, &score.series)),
        source: kpi.source.to_string(),
    }
}

fn point_of(point: &KpiPoint) -> PointOut {
    PointOut {
        period: point.period.to_string(),
        value: point.value.map(zero),
        target: point.target.map(target_of),
        attainment: point.attainment.map(zero),
        status: point.status.map(|it| it.name()),
        partial: point.partial,
    }
}

pub(super) fn target_of(target: KpiTarget) -> TargetOut {
    match target {
        KpiTarget::One(amount) => TargetOut::One(zero(amount.value)),
        KpiTarget::Range(low, high) => TargetOut::Range([zero(low.value), zero(high.value)]),
    }
}

fn xmr_of(stretch: &Stretch, series: &[KpiPoint]) -> Option<XmrOut> {
    let limits = stretch.limits?;
    Some(XmrOut {
        mean: zero(limits.mean),
        mean_moving_range: zero(limits.mean_moving_range),
        lower: zero(limits.lower),
        upper: zero(limits.upper),
        upper_range: zero(limits.upper_range),
        provisional: limits.provisional,
        signals: stretch.signals.iter().map(|it| SignalOut { period: series[it.at].period.to_string(), rule: it.rule.name() }).collect(),
    })
}

pub(super) fn sheet_of<'a>(workspace: &'a Workspace, sheet: &'a Sheet) -> SheetOut<'a> {
    let (person, department) = match &sheet.of {
        SheetOf::Person(id) => (Some(id.as_str()), None),
        SheetOf::Department(id) => (None, Some(id.as_str())),
    };
    SheetOut {
        person,
        department,
        period: sheet.month.to_string(),
        total: sheet.total.map(zero),
        grade: sheet.grade.as_deref(),
        rows: sheet.rows.iter().map(|row| row_of(workspace, row)).collect(),
    }
}

fn row_of<'a>(workspace: &'a Workspace, row: &SheetRow) -> RowOut<'a> {
    RowOut {
        kpi: workspace.kpi(row.kpi).id.as_str(),
        weight: row.weight,
        target: row.target.map(target_of),
        value: row.value.map(zero),
        attainment: row.attainment.map(zero),
        points: row.points.map(zero),
    }
}
