//! A report's table of KPIs of its month or period: signals and missed targets are told, the rest stands in a sentence, and
//! whole in the appendix.

use serde::Serialize;

use crate::{
    charts::{Mark, Svg},
    compute::{Capability, KpiOver, KpiScore, KpiStatus, Sense},
    model::Kpi,
    view::{Anchor, Html, figure::Figure, kpi_rows::spark, kpi_words::capability_of, status::StatusView},
    words::with_unit,
};

use super::{View, lead::clauses};

/// KPIs of a month or period.
#[derive(Clone, Debug, Serialize)]
pub struct KpiPart {
    /// Its heading.
    pub heading: String,
    /// Column heads: variation, title, value, target, line, against the target.
    pub head: [String; 6],
    /// The rows.
    pub rows: Vec<KpiReportRow>,
    /// The others, in a sentence.
    pub rest: String,
}

/// A KPI in a month or period.
#[derive(Clone, Debug, Serialize)]
pub struct KpiReportRow {
    /// What its newest values say.
    pub mark: StatusView,
    /// The same as a single sign.
    pub symbol: &'static str,
    /// Its title.
    pub title: Anchor,
    /// Department, and whether the process can meet its target.
    pub owner: String,
    /// Its value over the month, to be traced.
    pub value_html: Html,
    /// The same in plain words, with its unit.
    pub value: String,
    /// The unit alone.
    pub unit: String,
    /// That not all of the month is in it.
    pub partial: String,
    /// What it should be.
    pub target: String,
    /// The newest values as a line.
    pub spark_svg: Svg,
    /// Whether the value meets the target.
    pub met: String,
}

/// A KPI with its value over the report's month or period.
pub(super) struct MonthOf<'a> {
    pub(super) kpi: &'a Kpi,
    pub(super) score: &'a KpiScore,
    pub(super) over: &'a KpiOver,
}

/// So many KPIs.
const MOST_KPIS: usize = 5;
/// So many of those with a signal.
const MOST_SIGNALS: usize = 9;

impl<'s> View<'s, '_> {
    /// Every KPI over the month or period: those with signals first, then those that miss their target.
    pub(super) fn kpi_points(&self) -> &[MonthOf<'s>] {
        self.kpi_points.get_or_init(|| self.find_kpi_points())
    }

    fn find_kpi_points(&self) -> Vec<MonthOf<'s>> {
        let site = self.site;
        let mut all: Vec<(u8, MonthOf<'s>)> = Vec::new();
        for over in &self.report.kpi_points {
            let (kpi, score) = (&site.workspace.kpis[over.kpi], &site.scorecard.kpis[over.kpi]);
            let missed = match over.point.status {
                Some(KpiStatus::Missed) => 0,
                Some(KpiStatus::Near) => 1,
                Some(KpiStatus::NoData) => 2,
                Some(KpiStatus::Met | KpiStatus::NoTarget) | None => 3,
            };
            let rank = if over.signal.is_some() { site.variation_urgency(kpi, score) } else { 3 + missed };
            all.push((rank, MonthOf { kpi, score, over }));
        }
        all.sort_by_key(|(rank, _)| *rank);
        all.into_iter().map(|(_, it)| it).collect()
    }

    pub(super) fn kpis(&self) -> Option<KpiPart> {
        let all = self.kpi_points();
        let telling =
            |it: &&MonthOf<'_>| it.over.signal.is_some() || matches!(it.over.point.status, Some(KpiStatus::Missed | KpiStatus::NoData));
        let signals = all.iter().filter(|it| it.over.signal.is_some()).count();
        let most = if all.len() <= MOST_KPIS { all.len() } else { all.iter().filter(telling).count().min(MOST_KPIS) };
        let most = most.max(signals.min(MOST_SIGNALS));
        self.kpi_part(all, most)
    }

    pub(super) fn all_kpis(&self) -> Option<KpiPart> {
        let mut part = self.kpi_part(self.kpi_points(), usize::MAX)?;
        part.heading = self.site.words.word("report.appendix-kpis");
        Some(part)
    }

    fn kpi_part(&self, all: &[MonthOf<'_>], most: usize) -> Option<KpiPart> {
        if all.is_empty() {
            return None;
        }
        let words = self.site.words;
        let (shown, others) = all.split_at(most.min(all.len()));
        let word = |key: &str| words.word(&format!("report.kpis.head.{key}"));
        Some(KpiPart {
            heading: words.say("report.kpis.heading", &[("period", words.period_inside(&self.report.period).into())]),
            head: ["variation", "title", "value", "target", "line", "met"].map(word),
            rows: shown.iter().map(|it| self.kpi_row(it)).collect(),
            rest: self.other_kpis(others, shown.is_empty()),
        })
    }

    fn kpi_row(&self, it: &MonthOf<'_>) -> KpiReportRow {
        let site = self.site;
        let MonthOf { kpi, score, over: KpiOver { kpi: _, point, signal, incomplete } } = it;
        let (text, unit) = site.kpi_parts(kpi, point);
        let department = kpi.department.as_ref().map(|id| site.department_name(id));
        // What the old level could do says nothing beside a fresh signal.
        let capability = capability_of(kpi, score).filter(|_| signal.is_none()).map(|it| {
            site.words.word(match it {
                Capability::Always => "report.kpis.always",
                Capability::Sometimes => "report.kpis.sometimes",
                Capability::Never => "report.kpis.never",
            })
        });
        // Without a value of this month an older signal is no news of it.
        let mark = if point.value.is_some() { site.variation_mark(kpi, score) } else { StatusView::new(Mark::NoData, site.words) };
        let symbol = match signal {
            Some(Sense::Better) => "●",
            Some(Sense::Worse) => "◆",
            Some(Sense::Neither) => "▲",
            None => "–",
        };
        KpiReportRow {
            mark,
            symbol,
            title: Anchor { text: kpi.title.clone(), href: self.links.to(&site.routes.kpi(&kpi.id)) },
            owner: department.into_iter().chain(capability).collect::<Vec<_>>().join(" · "),
            value: with_unit(text.clone(), &unit),
            value_html: if point.value.is_some() { site.kpi_figure(kpi, point, text).html() } else { Figure::plain(text).html() },
            unit,
            partial: if *incomplete && point.value.is_some() { site.words.word("report.kpis.partial") } else { String::new() },
            target: point.target.map_or_else(|| site.words.word("kpi.no-target"), |target| site.kpi_target(kpi, target)),
            spark_svg: spark(site, kpi, score),
            met: site.kpi_status(point.status),
        }
    }

    /// "Còn 10 KPI khác ổn định: 8 đạt, 2 gần đạt."
    fn other_kpis(&self, others: &[MonthOf<'_>], are_all: bool) -> String {
        let words = self.site.words;
        if others.is_empty() {
            return String::new();
        }
        let of = |status: Option<KpiStatus>| others.iter().filter(|it| it.over.point.status == status).count();
        let said = clauses(
            words,
            &[
                ("report.kpis.clause.met", of(Some(KpiStatus::Met))),
                ("report.kpis.clause.near", of(Some(KpiStatus::Near))),
                ("report.kpis.clause.missed", of(Some(KpiStatus::Missed))),
                ("report.kpis.clause.none", of(Some(KpiStatus::NoTarget))),
                ("report.kpis.clause.running", of(None)),
                ("report.kpis.clause.no-data", of(Some(KpiStatus::NoData))),
            ],
        );
        let key = match (are_all, others.iter().any(|it| it.over.signal.is_some())) {
            (true, _) => "report.kpis.all-steady",
            (false, false) => "report.kpis.rest",
            (false, true) => "report.kpis.rest-too",
        };
        words.say(key, &[("n", others.len().into()), ("clauses", words.list(&said).into())])
    }
}
