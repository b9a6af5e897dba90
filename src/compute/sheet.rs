//! KPI sheets, the monthly form that staff and boss sign ("phiếu KPI"): points by weight, never money.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Assigned, Config, Every, Id, Kpi, KpiAt, KpiTarget, Period, Source, Targets, Workspace};

use super::{
    at_least,
    kpi::{KpiPoint, KpiScore, TargetOver, attainment, longer, meets},
};

/// Whose sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetOf {
    /// Of somebody who owns KPIs.
    Person(Id),
    /// Of a department, over all its KPIs whoever owns them.
    Department(Id),
}

/// The KPIs of a person or department in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Whose.
    pub of: SheetOf,
    /// A calendar month.
    pub month: Period,
    /// Mean of the points by weight, 1 is 100 %; none while the month runs, and where no row counts.
    pub total: Option<f64>,
    /// The first of the workspace's ratings that the total reaches.
    pub grade: Option<String>,
    /// What the weights add up to where each of somebody's KPIs stands here with one in percent, and that is not 1.
    pub odd_weights: Option<f64>,
    /// By the KPI's id.
    pub rows: Vec<SheetRow>,
}

/// A KPI on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// Which.
    pub kpi: KpiAt,
    /// Relative.
    pub weight: f64,
    /// Over the whole month.
    pub target: Option<KpiTarget>,
    /// The line that says so.
    pub target_source: Option<Source>,
    /// Over the month.
    pub value: Option<f64>,
    /// The line that gave it.
    pub source: Option<Source>,
    /// 1 is 100 %.
    pub attainment: Option<f64>,
    /// 1 is 100 %; none without a target, which does not count, and without a value while the month runs.
    pub points: Option<f64>,
}

/// What stands in one sheet: a KPI with the series, targets and weight that are its owner's here.
struct Line<'a> {
    at: KpiAt,
    kpi: &'a Kpi,
    series: &'a [KpiPoint],
    targets: &'a Targets,
    weight: f64,
    weight_in_percent: bool,
}

/// Which lines stand on whose sheet, by owner. What an audience may not see is withheld.
fn lines<'a>(workspace: &'a Workspace, scores: &'a [KpiScore]) -> BTreeMap<SheetOf, Vec<Line<'a>>> {
    let mut all: BTreeMap<SheetOf, Vec<Line<'a>>> = BTreeMap::new();
    for (at, (kpi, score)) in workspace.kpis.iter().zip(scores).enumerate() {
        let at = KpiAt(at);
        let own =
            || Line { at, kpi, series: &score.series, targets: &kpi.targets, weight: kpi.weight, weight_in_percent: kpi.weight_in_percent };
        if let (Some(owner), true) = (&kpi.owner, kpi.assigned.is_empty()) {
            all.entry(SheetOf::Person(owner.clone())).or_default().push(own());
        }
        for (assigned, series) in kpi.assigned.iter().zip(&score.people) {
            let Assigned { person: _, targets, weight, weight_in_percent } = assigned;
            let line = Line { at, kpi, series, targets, weight: *weight, weight_in_percent: *weight_in_percent };
            all.entry(SheetOf::Person(assigned.person.clone())).or_default().push(line);
        }
        if let Some(department) = &kpi.department {
            all.entry(SheetOf::Department(department.clone())).or_default().push(own());
        }
    }
    all.retain(|of, _| match of {
        SheetOf::Person(id) => !workspace.withheld.people && !workspace.withheld.person.contains(id),
        SheetOf::Department(id) => !workspace.withheld.department.contains(id),
    });
    all
}

/// Every sheet of a month that is over and in which one of its KPIs has a target; people first, by id, then by month.
pub(super) fn sheets(workspace: &Workspace, scores: &[KpiScore], as_of: jiff::civil::Date) -> Vec<Sheet> {
    let own = |(of, lines): &(SheetOf, Vec<Line<'_>>)| -> Vec<Sheet> {
        let Some(first) = lines.iter().filter_map(first_day).min() else { return Vec::new() };
        let over = Every::Month.from_to(first, as_of, workspace.config.calendar).filter(|month| month.last() < as_of);
        over.map(|month| sheet(&workspace.config, of.clone(), lines, &month, Running::No))
            .filter(|sheet| sheet.rows.iter().any(|row| row.target.is_some()))
            .collect()
    };
    let owners: Vec<(SheetOf, Vec<Line<'_>>)> = lines(workspace, scores).into_iter().collect();
    owners.par_iter().flat_map_iter(own).collect()
}

/// The first day of which there is a value or a dated target.
fn first_day(line: &Line<'_>) -> Option<jiff::civil::Date> {
    let value = line.series.iter().find(|it| it.value.is_some()).map(|it| it.period.belongs_on());
    let from = line.targets.steps.iter().find(|it| it.target.is_some()).and_then(|it| it.from.as_ref());
    let dated = from.into_iter().chain(line.targets.of_periods.keys().next());
    value.into_iter().chain(dated.flat_map(|it| [it.belongs_on(), it.first()])).min()
}

/// Whether a sheet's month is over: before that it has no total.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Running {
    Yes,
    No,
}

/// The sheets of one month, also of one that still runs or is to come: with blanks, and without a total.
pub fn sheets_of_month(workspace: &Workspace, scores: &[KpiScore], month: &Period, as_of: jiff::civil::Date) -> Vec<Sheet> {
    let running = if month.last() < as_of { Running::No } else { Running::Yes };
    // Of a month that is over before anything was measured or aimed at there is none.
    let begun =
        |lines: &[Line<'_>]| running == Running::Yes || lines.iter().filter_map(first_day).min().is_some_and(|first| first <= month.last());
    let known = lines(workspace, scores).into_iter().filter(|(_, lines)| begun(lines));
    let sheets = known.map(|(of, lines)| sheet(&workspace.config, of, &lines, month, running));
    sheets.filter(|sheet| sheet.rows.iter().any(|row| row.target.is_some() || row.value.is_some())).collect()
}

fn sheet(config: &Config, of: SheetOf, lines: &[Line<'_>], month: &Period, running: Running) -> Sheet {
    // What was neither measured nor aimed at yet counts nothing: each line stands here from its own beginning on.
    let begun = |line: &&Line<'_>| running == Running::Yes || first_day(line).is_some_and(|first| first <= month.last());
    let rows: Vec<SheetRow> = lines.iter().filter(begun).filter_map(|line| row(config, line, month, running)).collect();
    let total = match running {
        Running::No => super::weighted_mean(rows.iter().filter_map(|row| row.points.map(|points| (points, row.weight)))),
        Running::Yes => None,
    };
    let grade = total.and_then(|total| config.ratings.iter().find(|it| at_least(total, it.from))).map(|it| it.grade.clone());
    Sheet { odd_weights: odd_weights(&of, lines, &rows), of, month: month.clone(), total, grade, rows }
}

/// A quarterly KPI stands on one sheet in three: what lacks on the others is no mistake. Nor is what a department's
/// people weigh each for themselves.
fn odd_weights(of: &SheetOf, lines: &[Line<'_>], rows: &[SheetRow]) -> Option<f64> {
    let is_whole = matches!(of, SheetOf::Person(_)) && rows.len() == lines.len() && lines.iter().all(|it| it.weight_in_percent);
    let sum: f64 = rows.iter().map(|it| it.weight / 100.0).sum();
    // 33 % three times is as near to it as whole points come.
    (is_whole && (sum - 1.0).abs() > 0.011).then_some(sum)
}

/// A KPI in a month; a quarterly one stands in the quarter's last.
fn row(config: &Config, line: &Line<'_>, month: &Period, running: Running) -> Option<SheetRow> {
    let Line { at, kpi, series, targets, weight, weight_in_percent: _ } = *line;
    let calendar = config.calendar;
    let over = match kpi.every {
        Every::Week | Every::Month => month.clone(),
        Every::Quarter => Period::quarter_of(month.last(), calendar).filter(|it| it.last() == month.last())?,
    };
    let whole = match kpi.aggregate {
        crate::model::Aggregate::Sum => TargetOver::All,
        crate::model::Aggregate::Mean | crate::model::Aggregate::Last => TargetOver::Reported,
    };
    let KpiPoint { value, target, target_source, source, attainment, .. } = longer(kpi, series, targets, &over, whole, calendar);
    Some(SheetRow {
        kpi: at,
        weight,
        points: target.and_then(|target| match value {
            Some(value) => Some(points(config, kpi, value, target)),
            // What is still to come costs nothing yet.
            None => (running == Running::No).then_some(0.0),
        }),
        target,
        target_source,
        value,
        source,
        attainment,
    })
}

/// What a value counts: its attainment up to the cap, or by steps; all or nothing where there is no attainment.
fn points(config: &Config, kpi: &Kpi, value: f64, target: KpiTarget) -> f64 {
    match attainment(kpi.better, value, target) {
        Some(share) if kpi.scale.is_empty() => share.clamp(0.0, config.kpi_cap),
        Some(share) => kpi.scale.iter().find(|step| at_least(share, step.from)).map_or(0.0, |step| step.points),
        None => f64::from(u8::from(meets(kpi.better, value, target))),
    }
}
