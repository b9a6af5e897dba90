//! The two tables of a report: key results on its day, and KPIs of its month. Both tell what is out of the way; the rest
//! stands in a sentence, and whole in the appendix.

use serde::Serialize;

use crate::{
    charts::{self, Bullet, Mark, Svg},
    compute::{Capability, KeyResultScore, KpiPoint, KpiScore, KpiStatus, Stage, TargetOver, Variation, longer, variation},
    model::{Every, KeyResult, Kpi, Objective, Period, Status},
    view::{
        Anchor, Html,
        figure::Figure,
        kpi_rows::spark,
        kpi_words::capability_of,
        status::{StatusView, shown_mark, urgency},
    },
};

use super::{View, lead::clauses};

/// Key results on a day.
#[derive(Clone, Debug, Serialize)]
pub struct KeyResultTable {
    /// Its heading.
    pub heading: String,
    /// How to read the bar.
    pub how: String,
    /// Column heads: status, title, value, bar, change.
    pub head: [String; 5],
    /// The rows.
    pub rows: Vec<KeyResultRow>,
    /// The others, in a sentence.
    pub rest: String,
}

/// A key result on a day.
#[derive(Clone, Debug, Serialize)]
pub struct KeyResultRow {
    /// Where it stands.
    pub status: StatusView,
    /// The same as a single sign, where nothing can be drawn.
    pub symbol: &'static str,
    /// Its title.
    pub title: Anchor,
    /// Department and owner.
    pub owner: String,
    /// Its value, to be traced.
    pub value_html: Html,
    /// The same in plain words, with its unit.
    pub value: String,
    /// The unit alone.
    pub unit: String,
    /// From where to where.
    pub range: String,
    /// The bar.
    pub bullet_svg: Svg,
    /// The bar where nothing can be drawn.
    pub bar: Bar,
    /// The progress, to be traced.
    pub progress_html: Html,
    /// The same in plain words.
    pub progress: String,
    /// How many points it moved since the report before; empty when none, or when that is not known.
    pub moved: String,
}

/// A bar as so many parts of a hundred: what is done, and what the plan asks for.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    /// In order; their widths together make 120 pixels.
    pub parts: Vec<BarPart>,
    /// Ten signs, the plan among them.
    pub text: String,
}

/// A stretch of a bar.
#[derive(Clone, Debug, Serialize)]
pub struct BarPart {
    /// In pixels.
    pub width: u16,
    /// `#rrggbb`.
    pub colour: &'static str,
}

impl Bar {
    /// How wide a bar is in a mail, in pixels.
    const WIDTH: u16 = 120;
    const DONE: &'static str = "#24506b";
    const PLAN: &'static str = "#1a1d21";
    const ROOM: &'static str = "#e2e8ea";

    fn of(score: &KeyResultScore) -> Self {
        let width = f64::from(Self::WIDTH - 2);
        let at = |share: f64| (share.clamp(0.0, 1.0) * width).round() as u16;
        let (done, plan) = (at(score.progress), at(score.expected));
        let whole = Self::WIDTH - 2;
        let stretches = if done <= plan {
            [(done, Self::DONE), (plan - done, Self::ROOM), (2, Self::PLAN), (whole - plan, Self::ROOM)]
        } else {
            [(plan, Self::DONE), (2, Self::PLAN), (done - plan, Self::DONE), (whole - done, Self::ROOM)]
        };
        let parts = stretches.into_iter().filter(|(width, _)| *width > 0).map(|(width, colour)| BarPart { width, colour });
        let signs = |share: f64| (share.clamp(0.0, 1.0) * 10.0).round() as usize;
        let (done, plan) = (signs(score.progress), signs(score.expected));
        let mut text: String = (0..10).map(|at| if at < done { '█' } else { '░' }).collect();
        let place = text.char_indices().nth(plan).map_or(text.len(), |(at, _)| at);
        text.insert(place, '|');
        Self { parts: parts.collect(), text }
    }
}

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

/// A key result with its objective and figures.
pub(super) struct Told<'a> {
    pub(super) objective: &'a Objective,
    pub(super) key_result: &'a KeyResult,
    pub(super) score: &'a KeyResultScore,
    /// The objective's place.
    pub(super) at: usize,
}

impl Told<'_> {
    /// How far behind the plan, 1 is the whole way: below its start a thing is further behind than at it.
    pub(super) fn behind(&self) -> f64 {
        self.score.expected - self.score.raw_progress.unwrap_or(0.0).min(1.0)
    }

    /// The same in points, as it follows from the figures that are shown.
    pub(super) fn points_behind(&self, words: &crate::words::Words) -> i64 {
        words.points_shown(self.score.expected, self.score.raw_progress.unwrap_or(0.0).min(1.0))
    }
}

/// A KPI with its value over the report's month or period.
pub(super) struct MonthOf<'a> {
    pub(super) kpi: &'a Kpi,
    pub(super) score: &'a KpiScore,
    pub(super) point: KpiPoint,
    pub(super) signal: bool,
    /// A part of it has no value. That its last week runs into the next month is no lack.
    incomplete: bool,
}

/// So many key results fit beside everything else on two pages.
const MOST_KEY_RESULTS: usize = 8;
/// Fewer than this are all shown: a sentence about two others would be odd.
const ALL_KEY_RESULTS: usize = 10;
/// So many KPIs.
const MOST_KPIS: usize = 5;
/// So many of those with a signal.
const MOST_SIGNALS: usize = 9;

impl<'s> View<'s, '_> {
    /// Every key result that the report is about, the worst first.
    pub(super) fn telling(&self) -> &[Told<'s>] {
        self.telling.get_or_init(|| self.find_telling())
    }

    fn find_telling(&self) -> Vec<Told<'s>> {
        let site = self.site;
        let mut all: Vec<Told<'s>> = Vec::new();
        for at in &self.report.objectives {
            let objective = &site.workspace.objectives[*at];
            let score = &site.scorecard.objectives[*at];
            if score.status == Status::Cancelled {
                continue;
            }
            let pairs = objective.key_results.iter().zip(&score.key_results);
            let mine = pairs.filter(|(key_result, score)| score.status != Status::Cancelled && self.is_mine(objective, key_result));
            all.extend(mine.map(|(key_result, score)| Told { objective, key_result, score, at: *at }));
        }
        all.sort_by(|a, b| {
            let behind = Told::behind;
            let rank = |it: &Told<'_>| urgency(shown_mark(it.score));
            rank(a).cmp(&rank(b)).then(behind(b).total_cmp(&behind(a)))
        });
        all
    }

    pub(super) fn key_results(&self) -> Option<KeyResultTable> {
        if self.report.stage == Stage::Review {
            return None;
        }
        let all = self.telling();
        let most = if all.len() <= ALL_KEY_RESULTS { all.len() } else { MOST_KEY_RESULTS };
        self.key_result_table(all, most)
    }

    pub(super) fn all_key_results(&self) -> Option<KeyResultTable> {
        let all = self.telling();
        let mut table = self.key_result_table(all, usize::MAX)?;
        table.heading = self.site.words.word("report.appendix-key-results");
        Some(table)
    }

    fn key_result_table(&self, all: &[Told<'_>], most: usize) -> Option<KeyResultTable> {
        if all.is_empty() {
            return None;
        }
        let words = self.site.words;
        let word = |key: &str| words.word(&format!("report.key-results.head.{key}"));
        let shown = &all[..most.min(all.len())];
        let moved = if self.report.stage == Stage::Month { "moved" } else { "moved-period" };
        Some(KeyResultTable {
            heading: words.say("report.key-results.heading", &[("day", words.short_day(self.report.day).into())]),
            how: words.word("report.key-results.how"),
            head: ["status", "title", "value", "bar", moved].map(word),
            rows: shown.iter().map(|it| self.key_result_row(it)).collect(),
            rest: self.rest(&all[shown.len()..]),
        })
    }

    fn key_result_row(&self, told: &Told<'_>) -> KeyResultRow {
        let site = self.site;
        let Told { objective, key_result, score, .. } = told;
        let mark = shown_mark(score);
        let (value, unit) = site.current_figure(key_result, score);
        let progress = site.progress_figure(key_result, score);
        let drawn = if score.raw_progress.is_none() && !matches!(mark, Mark::NotStarted | Mark::Cancelled | Mark::Draft) {
            Mark::NoData
        } else {
            mark
        };
        let label = site.words.say(
            "bullet.label",
            &[
                ("title", crate::view::excerpt::cut(&key_result.title, 60).into()),
                ("percent", progress.text.clone().into()),
                ("expected", site.words.percent(score.expected).into()),
            ],
        );
        let department = objective.department.as_ref().map(|id| site.department_name(id));
        let owner = Some(site.person(key_result.owner.as_ref())).filter(|name| !name.is_empty());
        KeyResultRow {
            status: StatusView::new(mark, site.words),
            symbol: symbol(mark),
            title: self.key_result_link(objective, key_result),
            owner: department.into_iter().chain(owner).collect::<Vec<_>>().join(", "),
            value: site.current_text(key_result, score),
            value_html: value.html(),
            unit,
            range: site.range(key_result, score),
            bullet_svg: charts::bullet(&Bullet {
                progress: score.raw_progress.unwrap_or(0.0),
                expected: score.expected,
                mark: drawn,
                label: &label,
            }),
            bar: Bar::of(score),
            progress: progress.text.clone(),
            progress_html: progress.html(),
            moved: self.moved_points(told),
        }
    }

    /// "+12", "−3", from progress as it is shown.
    fn moved_points(&self, told: &Told<'_>) -> String {
        let words = self.site.words;
        let change = self.report.changes.iter().find(|it| it.after == Some(told.at));
        let change = change.and_then(|it| it.key_results.iter().find(|it| it.id == told.key_result.id));
        // A share of days inside bounds is no way that one goes.
        let moved = change.and_then(|it| it.progress).filter(|_| told.key_result.measure.bounds().is_none());
        let Some(moved) = moved else { return String::new() };
        let (from, to) = (moved.from.unwrap_or(0.0), moved.to.unwrap_or(0.0));
        let points = words.points_shown(to, from);
        match points {
            0 => String::new(),
            n if to > from => words.say("report.key-results.plus", &[("n", n.into())]),
            n => words.say("report.key-results.minus", &[("n", n.into())]),
        }
    }

    /// "Còn 14 kết quả khác: 12 đúng tiến độ, 2 đã đạt."
    fn rest(&self, others: &[Told<'_>]) -> String {
        let words = self.site.words;
        if others.is_empty() {
            return String::new();
        }
        let of = |marks: &[Mark]| others.iter().filter(|it| marks.contains(&shown_mark(it.score))).count();
        let said = clauses(
            words,
            &[
                ("report.clause.off", of(&[Mark::OffTrack])),
                ("report.clause.silent", of(&[Mark::NotUpdated])),
                ("report.clause.risk", of(&[Mark::AtRisk])),
                ("report.clause.no-data", of(&[Mark::NoData])),
                ("report.clause.good", of(&[Mark::OnTrack])),
                ("report.clause.done", of(&[Mark::Done])),
                ("report.clause.achieved", of(&[Mark::Achieved])),
                ("report.clause.progressed", of(&[Mark::Progressed])),
                ("report.clause.missed", of(&[Mark::Missed])),
            ],
        );
        let alike = (of(&[Mark::OnTrack]) == others.len(), of(&[Mark::Done]) == others.len());
        let key = match alike {
            (true, _) => "report.key-results.rest-good",
            (_, true) => "report.key-results.rest-done",
            (false, false) => "report.key-results.rest",
        };
        words.say(key, &[("n", others.len().into()), ("clauses", words.list(&said).into())])
    }

    /// Every KPI over the month or period: those with signals first, then those that miss their target.
    pub(super) fn kpi_points(&self) -> &[MonthOf<'s>] {
        self.kpi_points.get_or_init(|| self.find_kpi_points())
    }

    fn find_kpi_points(&self) -> Vec<MonthOf<'s>> {
        let site = self.site;
        let mut all: Vec<(u8, MonthOf<'s>)> = Vec::new();
        for at in &self.report.kpis {
            let (kpi, score) = (&site.workspace.kpis[*at], &site.scorecard.kpis[*at]);
            let Some((point, incomplete)) = self.over_the_period(kpi, score) else { continue };
            let urgency = site.variation_urgency(kpi, score);
            let signal = matches!(variation(kpi, score), Variation::Signal(_)) && !score.stale && point.value.is_some();
            let missed = match point.status {
                Some(KpiStatus::Missed) => 0,
                Some(KpiStatus::Near) => 1,
                Some(KpiStatus::NoData) => 2,
                Some(KpiStatus::Met | KpiStatus::NoTarget) | None => 3,
            };
            all.push((if signal { urgency } else { 3 + missed }, MonthOf { kpi, score, point, signal, incomplete }));
        }
        all.sort_by_key(|(rank, _)| *rank);
        all.into_iter().map(|(_, it)| it).collect()
    }

    /// A KPI in the report's month: its weeks together, its month, and a quarterly one in the quarter's last.
    fn over_the_period(&self, kpi: &Kpi, score: &KpiScore) -> Option<(KpiPoint, bool)> {
        let calendar = self.site.workspace.config.calendar;
        let over: Period = match (self.report.stage, kpi.every) {
            (Stage::Month, Every::Quarter) => {
                Period::quarter_of(self.report.period.last(), calendar).filter(|it| it.last() == self.report.period.last())?
            }
            _ => self.report.period.clone(),
        };
        let mut parts = kpi.every.within(&over, calendar).peekable();
        parts.peek()?;
        let has_value =
            |part: &Period| score.series.binary_search_by(|it| it.period.cmp(part)).is_ok_and(|at| score.series[at].value.is_some());
        let incomplete = !parts.all(|part| has_value(&part));
        // Nothing was measured or aimed at before it began.
        let begun = score.series.first().is_some_and(|it| it.period.first() <= over.last());
        begun.then(|| (longer(kpi, &score.series, &kpi.targets, &over, TargetOver::Reported, calendar), incomplete))
    }

    pub(super) fn kpis(&self) -> Option<KpiPart> {
        let all = self.kpi_points();
        let telling = |it: &&MonthOf<'_>| it.signal || matches!(it.point.status, Some(KpiStatus::Missed | KpiStatus::NoData));
        let signals = all.iter().filter(|it| it.signal).count();
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
        let MonthOf { kpi, score, point, signal, incomplete } = it;
        let (text, unit) = site.kpi_parts(kpi, point);
        let department = kpi.department.as_ref().map(|id| site.department_name(id));
        // What the old level could do says nothing beside a fresh signal.
        let capability = capability_of(kpi, score).filter(|_| !signal).map(|it| {
            site.words.word(match it {
                Capability::Always => "report.kpis.always",
                Capability::Sometimes => "report.kpis.sometimes",
                Capability::Never => "report.kpis.never",
            })
        });
        // Without a value of this month an older signal is no news of it.
        let mark = if point.value.is_some() { site.variation_mark(kpi, score) } else { StatusView::new(Mark::NoData, site.words) };
        let symbol = match (signal, mark.class) {
            (true, "ok sig") => "●",
            (true, "off sig") => "◆",
            (true, _) => "▲",
            (false, _) => "–",
        };
        let value = match unit.as_str() {
            "" => text.clone(),
            "%" => format!("{text}%"),
            unit => format!("{text}\u{a0}{unit}"),
        };
        KpiReportRow {
            mark,
            symbol,
            title: Anchor { text: kpi.title.clone(), href: self.links.to(&site.routes.kpi(&kpi.id)) },
            owner: department.into_iter().chain(capability).collect::<Vec<_>>().join(" · "),
            value_html: if point.value.is_some() { site.kpi_figure(kpi, point, text).html() } else { Figure::plain(text).html() },
            value,
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
        let of = |status: &[Option<KpiStatus>]| others.iter().filter(|it| status.contains(&it.point.status)).count();
        let said = clauses(
            words,
            &[
                ("report.kpis.clause.met", of(&[Some(KpiStatus::Met)])),
                ("report.kpis.clause.near", of(&[Some(KpiStatus::Near)])),
                ("report.kpis.clause.missed", of(&[Some(KpiStatus::Missed)])),
                ("report.kpis.clause.none", of(&[Some(KpiStatus::NoTarget)])),
                ("report.kpis.clause.running", of(&[None])),
                ("report.kpis.clause.no-data", of(&[Some(KpiStatus::NoData)])),
            ],
        );
        let key = match (are_all, others.iter().any(|it| it.signal)) {
            (true, _) => "report.kpis.all-steady",
            (false, false) => "report.kpis.rest",
            (false, true) => "report.kpis.rest-too",
        };
        words.say(key, &[("n", others.len().into()), ("clauses", words.list(&said).into())])
    }
}

/// A status as a single sign, for where nothing can be drawn.
pub(super) fn symbol(mark: Mark) -> &'static str {
    match mark {
        Mark::OnTrack => "●",
        Mark::AtRisk | Mark::Progressed => "▲",
        Mark::OffTrack | Mark::Missed => "◆",
        Mark::NotUpdated | Mark::NoData | Mark::NotStarted => "◌",
        Mark::Done | Mark::Achieved => "✓",
        Mark::Cancelled => "×",
        Mark::Draft => "·",
    }
}
