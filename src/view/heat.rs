//! The heat map: departments by periods, a table that is coloured.

use serde::Serialize;

use crate::{
    compute::DepartmentPeriod,
    model::{Period, PeriodKind},
    route::SitePath,
};

use super::{Anchor, Site};

/// The heat map.
#[derive(Clone, Debug, Serialize)]
pub struct Heat {
    /// "Six quarters".
    pub heading: String,
    /// How to read it.
    pub how: String,
    /// The finding, made from the data.
    pub caption: String,
    /// Column heads.
    pub periods: Vec<Anchor>,
    /// One a department.
    pub rows: Vec<HeatRow>,
    /// "Low", "High" and the steps between.
    pub scale_low: String,
    /// The steps, each with its class.
    pub scale: Vec<(String, &'static str)>,
    /// The upper end.
    pub scale_high: String,
}

/// A department's row.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    /// Its name and page.
    pub department: Anchor,
    /// One for each period.
    pub cells: Vec<Cell>,
}

/// A department in a period.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The progress, or that there is none.
    pub text: String,
    /// What the plan asks for, while it runs.
    pub note: String,
    /// The step's class.
    pub class: &'static str,
    /// Its page; empty when there is none.
    pub href: String,
    /// Whether the period is the one that the page is about.
    pub now: bool,
}

const MOST: usize = 6;

/// The last six periods of one kind up to `until`; none when there is but one period and one department.
pub(super) fn heat(site: &Site<'_>, from: &SitePath, until: &Period) -> Option<Heat> {
    let kind = std::mem::discriminant(&until.kind());
    let mut periods: Vec<&Period> = site
        .scorecard
        .periods
        .iter()
        .map(|it| &it.period)
        .filter(|it| std::mem::discriminant(&it.kind()) == kind && it.first() <= until.first())
        .collect();
    let skip = periods.len().saturating_sub(MOST);
    periods.drain(..skip);
    let mut departments = site.departments_in_order();
    if let [only] = periods[..] {
        // One column compares departments with each other, if at all: those without a figure have no part in it.
        departments.retain(|at| find(site, *at, only).is_some_and(|it| it.progress.is_some()));
        if departments.len() < 2 {
            return None;
        }
    }
    if departments.is_empty() || periods.is_empty() {
        return None;
    }
    let words = site.words;
    let rows: Vec<HeatRow> = departments.iter().map(|at| row(site, from, *at, &periods, until)).collect();
    Some(Heat {
        heading: match until.kind() {
            PeriodKind::Quarter(_) => words.count("heat.quarters", periods.len()),
            _ => words.count("heat.periods", periods.len()),
        },
        how: words.word("heat.how"),
        caption: caption(site, &departments, until),
        periods: periods.iter().map(|it| Anchor { text: words.short_period(it), href: from.href(&site.routes.period(it)) }).collect(),
        rows,
        scale_low: words.word("heat.low"),
        scale: ["heat.under30", "heat.from30", "heat.from45", "heat.from60", "heat.from70"]
            .into_iter()
            .zip(["q1", "q2", "q3", "q4", "q5"])
            .map(|(key, class)| (words.word(key), class))
            .collect(),
        scale_high: words.word("heat.high"),
    })
}

fn find<'s>(site: &'s Site<'_>, department: usize, period: &Period) -> Option<&'s DepartmentPeriod> {
    site.scorecard.departments[department].periods.iter().find(|it| it.period == *period)
}

fn row(site: &Site<'_>, from: &SitePath, department: usize, periods: &[&Period], until: &Period) -> HeatRow {
    let words = site.words;
    let id = &site.workspace.departments[department].id;
    let cells = periods
        .iter()
        .map(|period| {
            let found = find(site, department, period);
            let progress = found.and_then(|it| it.progress);
            let running = period.contains(site.scorecard.as_of);
            Cell {
                text: progress.map_or_else(|| words.word("heat.none"), |it| words.percent(it)),
                note: match found.and_then(|it| it.expected) {
                    Some(expected) if running && progress.is_some() => {
                        words.say("heat.plan", &[("percent", words.percent(expected).into())])
                    }
                    _ => String::new(),
                },
                class: progress.map_or("qx", step),
                href: found.map_or_else(String::new, |_| from.href(&site.routes.department_in(period, id))),
                now: *period == until,
            }
        })
        .collect();
    HeatRow { department: Anchor { text: site.department_name(id), href: from.href(&site.routes.department(id)) }, cells }
}

/// Steps at 30, 45, 60 and 70 per cent, as shown.
fn step(progress: f64) -> &'static str {
    match (progress * 100.0).round() {
        points if points < 30.0 => "q1",
        points if points < 45.0 => "q2",
        points if points < 60.0 => "q3",
        points if points < 70.0 => "q4",
        _ => "q5",
    }
}

/// Who has come furthest and least far in the page's own period.
fn caption(site: &Site<'_>, departments: &[usize], until: &Period) -> String {
    let words = site.words;
    let mut all: Vec<(f64, usize)> = departments.iter().filter_map(|at| find(site, *at, until)?.progress.map(|it| (it, *at))).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let name = |at: usize| site.department_name(&site.workspace.departments[at].id);
    let period = words.period_inside(until);
    let closed = until.last() < site.scorecard.as_of;
    match all[..] {
        [] => words.say("heat.caption-none", &[("period", period.into())]),
        [(progress, at)] => words.say(
            if closed { "heat.caption-one-closed" } else { "heat.caption-one" },
            &[("department", name(at).into()), ("percent", words.percent(progress).into()), ("period", period.into())],
        ),
        [(high, first), .., (low, last)] => words.say(
            if closed { "heat.caption-closed" } else { "heat.caption" },
            &[
                ("first", name(first).into()),
                ("high", words.percent(high).into()),
                ("last", name(last).into()),
                ("low", words.percent(low).into()),
                ("period", period.into()),
            ],
        ),
    }
}
