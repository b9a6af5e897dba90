//! The table of KPIs: what speaks, what is steady, and which objective each serves.

use serde::Serialize;

use crate::{
    charts::{self, Spark, Svg},
    compute::KpiScore,
    model::{Kpi, KpiTarget, ObjectiveAt},
    route::SitePath,
};

use super::{Anchor, Html, Site, kpi_chart::Drawn, status::StatusView};

/// A section with the table of KPIs.
#[derive(Clone, Debug, Serialize)]
pub struct KpiTable {
    /// The section's heading.
    pub heading: String,
    /// How to read it.
    pub how: String,
    /// Band, target, signal.
    pub legend: [String; 3],
    /// Column heads.
    pub head: [String; 6],
    /// The KPIs.
    pub rows: Vec<KpiRow>,
    /// The way to all of them.
    pub more: Option<Anchor>,
}

/// A KPI.
#[derive(Clone, Debug, Serialize)]
pub struct KpiRow {
    /// What its newest values say.
    pub mark: StatusView,
    /// Its page.
    pub title: Anchor,
    /// Department and owner.
    pub owner: String,
    /// The newest value.
    pub value_html: Html,
    /// What stands behind it.
    pub unit: String,
    /// Of which period, and against which target.
    pub target: String,
    /// The newest values as a line.
    pub spark_svg: Svg,
    /// Whether the process meets its target.
    pub capability: String,
    /// Whether the newest value does.
    pub met: String,
    /// The objectives that it serves.
    pub compass: Vec<Anchor>,
    /// That there is none.
    pub unserved: String,
}

/// So many of the newest values a line shows.
const SHOWN: usize = 32;

/// Which words stand below a KPI's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    /// Department and owner.
    Both,
    /// The owner alone: the page is the department's.
    Owner,
    /// The department alone: the page is the owner's.
    Department,
}

/// The table of some KPIs, the most urgent first; nothing of none.
pub(super) fn kpi_table(site: &Site<'_>, page: &SitePath, kpis: &[usize], below: Below, most: usize) -> Option<KpiTable> {
    if kpis.is_empty() {
        return None;
    }
    let words = site.words;
    let shown = in_order(site, kpis);
    let more = (shown.len() > most)
        .then(|| Anchor { text: words.count("kpi.all", site.workspace.kpis.len()), href: page.href(&site.routes.kpis()) });
    Some(KpiTable {
        heading: words.word("kpi.heading"),
        how: words.word("kpi.how"),
        legend: ["kpi.legend.band", "kpi.legend.target", "kpi.legend.signal"].map(|key| words.word(key)),
        head: head(site),
        rows: shown.iter().take(most).map(|at| row(site, page, *at, below)).collect(),
        more,
    })
}

/// Column heads.
pub(super) fn head(site: &Site<'_>) -> [String; 6] {
    ["kpi.variation", "kpi.name", "kpi.newest", "kpi.line", "kpi.capability", "kpi.compass"].map(|key| site.words.word(key))
}

/// Signals first, the worse before the better; then by title's id.
pub(super) fn in_order(site: &Site<'_>, kpis: &[usize]) -> Vec<usize> {
    let mut all = kpis.to_vec();
    all.sort_by_key(|at| (site.variation_urgency(&site.workspace.kpis[*at], &site.scorecard.kpis[*at]), *at));
    all
}

pub(super) fn row(site: &Site<'_>, page: &SitePath, at: usize, below: Below) -> KpiRow {
    let words = site.words;
    let (kpi, score) = (&site.workspace.kpis[at], &site.scorecard.kpis[at]);
    let newest = score.telling(kpi);
    let (text, unit) = newest.map_or_else(|| ("–".to_owned(), String::new()), |point| site.kpi_parts(kpi, point));
    let department = kpi.department.as_ref().map(|id| site.department_name(id));
    let owner = Some(site.person(kpi.owner.as_ref())).filter(|name| !name.is_empty());
    let owner = match below {
        Below::Both => department.into_iter().chain(owner).collect::<Vec<_>>().join(" · "),
        Below::Owner => owner.unwrap_or_default(),
        Below::Department => department.unwrap_or_default(),
    };
    let served = serves(site, at);
    KpiRow {
        mark: site.variation_mark(kpi, score),
        title: site.kpi_link(page, kpi),
        owner,
        value_html: newest
            .map_or_else(|| super::figure::Figure::plain(text.clone()).html(), |point| site.kpi_figure(kpi, point, text.clone()).html()),
        unit,
        target: match newest {
            Some(point) => words.say(
                "kpi.of-period",
                &[
                    ("period", site.kpi_period(&point.period).into()),
                    ("target", site.kpi_target_words(kpi, point.target.or_else(|| target_today(site, kpi))).into()),
                ],
            ),
            None => site.kpi_target_words(kpi, target_today(site, kpi)),
        },
        spark_svg: spark(site, kpi, score),
        capability: site.capability_words(kpi, score),
        met: newest.map_or_else(String::new, |point| site.kpi_status(point.status)),
        unserved: if is_unserved(site, at) { words.word("kpi.unserved") } else { String::new() },
        compass: served.iter().map(|at| site.objective_link(page, site.workspace.objective(*at))).collect(),
    }
}

/// The target that holds today, for a KPI without a value.
pub(super) fn target_today(site: &Site<'_>, kpi: &Kpi) -> Option<KpiTarget> {
    let period = kpi.every.around(site.scorecard.as_of, site.workspace.config.calendar)?;
    kpi.targets.for_period(&period).and_then(|step| step.target)
}

/// The objectives that a KPI serves: those that it names, and those with a key result that it measures; shown ones only,
/// those of the newest periods first, three at most.
pub(super) fn serves(site: &Site<'_>, at: usize) -> Vec<ObjectiveAt> {
    let kpi = &site.workspace.kpis[at];
    let measured = site.compass.measured[at].iter().map(|(objective, _)| *objective);
    let mut all: Vec<ObjectiveAt> = Vec::new();
    for objective in kpi.supports.iter().copied().chain(measured) {
        if site.is_shown(objective.0) && !all.contains(&objective) {
            all.push(objective);
        }
    }
    all.sort_by_key(|at| std::cmp::Reverse(site.workspace.objective(*at).period.first()));
    all.truncate(3);
    all
}

/// Whether a KPI serves nothing. Of one that serves what is hidden nobody is told so.
pub(super) fn is_unserved(site: &Site<'_>, at: usize) -> bool {
    serves(site, at).is_empty() && !site.workspace.withheld.serving.contains(&site.workspace.kpis[at].id)
}

pub(super) fn spark(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> Svg {
    let from = score.series.len().saturating_sub(SHOWN);
    let shown = &score.series[from..];
    let values = || shown.iter().filter_map(|it| it.value);
    let Some(newest) = values().next_back() else { return Svg::default() };
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let label = site.words.say(
        "kpi.spark",
        &[
            ("n", site.kpi_count(kpi.every, shown.len()).into()),
            ("low", site.kpi_value(kpi, low).into()),
            ("high", site.kpi_value(kpi, high).into()),
            ("newest", site.kpi_value(kpi, newest).into()),
        ],
    );
    let drawn = Drawn::of(kpi, score, from);
    charts::sparkline(&Spark {
        points: &drawn.points,
        stretches: &drawn.stretches,
        targets: &drawn.targets,
        bounds: drawn.bounds,
        label: &label,
    })
}
