//! A report's table of key results on its day: what is out of the way is told, the rest stands in a sentence, and whole in
//! the appendix.

use serde::Serialize;

use crate::{
    charts::{self, Bullet, Mark, Svg},
    compute::{KeyResultScore, Stage},
    model::{KeyResult, Objective, Status},
    view::{
        Anchor, Html,
        status::{StatusView, shown_mark, symbol, urgency},
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

/// So many key results fit beside everything else on two pages.
const MOST_KEY_RESULTS: usize = 8;
/// Fewer than this are all shown: a sentence about two others would be odd.
const ALL_KEY_RESULTS: usize = 10;
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
        let of = |mark: Mark| others.iter().filter(|it| shown_mark(it.score) == mark).count();
        let said = clauses(
            words,
            &[
                ("report.clause.off", of(Mark::OffTrack)),
                ("report.clause.silent", of(Mark::NotUpdated)),
                ("report.clause.risk", of(Mark::AtRisk)),
                ("report.clause.no-data", of(Mark::NoData)),
                ("report.clause.good", of(Mark::OnTrack)),
                ("report.clause.done", of(Mark::Done)),
                ("report.clause.achieved", of(Mark::Achieved)),
                ("report.clause.progressed", of(Mark::Progressed)),
                ("report.clause.missed", of(Mark::Missed)),
            ],
        );
        let alike = (of(Mark::OnTrack) == others.len(), of(Mark::Done) == others.len());
        let key = match alike {
            (true, _) => "report.key-results.rest-good",
            (_, true) => "report.key-results.rest-done",
            (false, false) => "report.key-results.rest",
        };
        words.say(key, &[("n", others.len().into()), ("clauses", words.list(&said).into())])
    }
}
