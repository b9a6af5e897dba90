//! A period's review: scores with the owners' reasons, what was learnt, which commitments were not kept, and what becomes
//! of each objective.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    compute::Stage,
    model::{CheckIn, Commitment, Objective, Outcome, Status},
    view::{
        Anchor, Html,
        excerpt::cut,
        figure::Figure,
        rows::in_order,
        status::{StatusView, mark_of, objective_mark, shown_mark, symbol},
    },
};

use super::{Bullet, Bullets, Quote, View, lists::bare};

/// What a review has besides.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// The section's heading.
    pub heading: String,
    /// How scores are read.
    pub how: String,
    /// Column heads: title, reached, score.
    pub head: [String; 3],
    /// Objectives, the worst first.
    pub groups: Vec<ReviewGroup>,
    /// How many more there are.
    pub rest: String,
    /// What was learnt, commitments that were not kept, what becomes of things.
    pub lists: Vec<Bullets>,
}

/// An objective with its score.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewGroup {
    /// What came out.
    pub status: StatusView,
    /// The same as a single sign.
    pub symbol: &'static str,
    /// Its title.
    pub title: Anchor,
    /// Department, owner, whether it was a commitment.
    pub meta: String,
    /// Its score, to be traced.
    pub score_html: Html,
    /// The same in plain words.
    pub score: String,
    /// Its key results.
    pub rows: Vec<ReviewRow>,
    /// The owner's reason.
    pub reason: Option<Quote>,
    /// That there is none.
    pub no_reason: String,
}

/// A key result with its score.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRow {
    /// What came out.
    pub status: StatusView,
    /// The same as a single sign.
    pub symbol: &'static str,
    /// Its title.
    pub title: Anchor,
    /// What was reached, to be traced.
    pub value_html: Html,
    /// The same in plain words, with its unit.
    pub value: String,
    /// The unit alone.
    pub unit: String,
    /// From where to where.
    pub range: String,
    /// Its score, to be traced.
    pub score_html: Html,
    /// The same in plain words.
    pub score: String,
}

/// So many objectives fit on two pages beside what becomes of them.
const MOST: usize = 9;
/// So many lessons.
const LESSONS: usize = 6;

impl View<'_, '_> {
    pub(super) fn review(&self) -> Option<Review> {
        if self.report.stage != Stage::Review {
            return None;
        }
        let words = self.site.words;
        let all: Vec<usize> = in_order(self.site, &self.report.objectives)
            .into_iter()
            .filter(|at| !matches!(self.site.scorecard.objectives[*at].status, Status::Cancelled))
            .collect();
        let shown = &all[..MOST.min(all.len())];
        let left = all.len() - shown.len();
        let lists = [self.learned(&all), self.not_kept(&all), self.onward(&all)];
        Some(Review {
            heading: words.word("report.review.scores"),
            how: words.word("report.review.scores-how"),
            head: ["title", "reached", "score"].map(|key| words.word(&format!("report.review.head.{key}"))),
            groups: shown.iter().map(|at| self.group(*at)).collect(),
            rest: if left > 0 { words.say("report.review.rest", &[("n", left.into())]) } else { String::new() },
            lists: lists.into_iter().flatten().filter(|it| !it.items.is_empty()).collect(),
        })
    }

    fn group(&self, at: usize) -> ReviewGroup {
        let (site, words) = (self.site, self.site.words);
        let (objective, score) = (&site.workspace.objectives[at], &site.scorecard.objectives[at]);
        let department = objective.department.as_ref().map(|id| site.department_name(id));
        let owner = Some(site.person(objective.owner.as_ref())).filter(|it| !it.is_empty());
        let committed = (objective.commitment == Commitment::Committed).then(|| words.word("report.review.committed"));
        let figure = site.objective_score_figure(objective, at);
        let rows = objective
            .key_results
            .iter()
            .zip(&score.key_results)
            .filter(|(key_result, score)| score.status != Status::Cancelled && self.is_mine(objective, key_result));
        let reason = self.closing(at).and_then(|it| self.quote(it));
        ReviewGroup {
            status: StatusView::new(objective_mark(score), words),
            symbol: symbol(objective_mark(score)),
            title: self.objective_link(objective),
            meta: department.into_iter().chain(owner).chain(committed).collect::<Vec<_>>().join(", "),
            score: figure.text.clone(),
            score_html: figure.html(),
            rows: rows.map(|(key_result, score)| self.review_row(objective, key_result, score)).collect(),
            no_reason: if reason.is_none() { words.word("report.review.no-reason") } else { String::new() },
            reason,
        }
    }

    fn review_row(&self, objective: &Objective, key_result: &crate::model::KeyResult, score: &crate::compute::KeyResultScore) -> ReviewRow {
        let (site, words) = (self.site, self.site.words);
        let (value, unit) = site.current_figure(key_result, score);
        let number = score.score.map_or_else(|| "–".to_owned(), |it| words.score(it));
        let figure = match &score.score_source {
            Some(source) => Figure {
                text: words.say("report.review.own", &[("score", number.into())]),
                formula: String::new(),
                source: source.to_string(),
            },
            None => Figure { text: number, ..site.progress_figure(key_result, score) },
        };
        ReviewRow {
            status: StatusView::new(shown_mark(score), words),
            symbol: symbol(shown_mark(score)),
            title: self.key_result_link(objective, key_result),
            value: site.current_text(key_result, score),
            value_html: value.html(),
            unit,
            range: site.range(key_result, score),
            score: figure.text.clone(),
            score_html: figure.html(),
        }
    }

    /// The last check-in on the period's last day or after it that says something.
    fn closing(&self, at: usize) -> Option<&CheckIn> {
        let last = self.site.workspace.objectives[at].period.last();
        let all = self.site.scorecard.objectives[at].check_ins.iter().rev().map(|index| &self.site.workspace.check_ins[*index]);
        all.take_while(|it| it.date >= last).find(|it| !it.text.markdown.trim().is_empty())
    }

    fn learned(&self, all: &[usize]) -> Option<Bullets> {
        let words = self.site.words;
        let (mut items, mut told) = (Vec::new(), BTreeSet::new());
        for at in all {
            // A check-in on several objectives is told once.
            for index in self.site.scorecard.objectives[*at].check_ins.iter().filter(|index| told.insert(**index)) {
                let check_in = &self.site.workspace.check_ins[*index];
                items.extend(check_in.learned.iter().map(|what| Bullet { text: bare(what).to_owned(), by: self.said_by(check_in) }));
            }
        }
        let left = items.len().saturating_sub(LESSONS);
        items.truncate(LESSONS);
        let more = if left > 0 { words.say("report.more", &[("n", left.into())]) } else { String::new() };
        Some(Bullets { name: "learned", heading: words.word("report.review.learned"), items, more })
    }

    fn not_kept(&self, all: &[usize]) -> Option<Bullets> {
        let words = self.site.words;
        let broken = all.iter().filter(|at| {
            self.site.workspace.objectives[**at].commitment == Commitment::Committed
                && self.site.scorecard.objectives[**at].status != Status::Achieved
        });
        let items = broken.map(|at| {
            let objective = &self.site.workspace.objectives[*at];
            let score = &self.site.scorecard.objectives[*at];
            let status = words.word(crate::view::status::key(mark_of(score.status))).to_lowercase();
            let number = score.score.map_or_else(|| "–".to_owned(), |it| words.score(it));
            Bullet::plain(format!("{}: {status}, {number}", objective.title))
        });
        Some(Bullets { name: "missed", heading: words.word("report.review.missed"), items: items.collect(), more: String::new() })
    }

    /// What becomes of the objectives: carried on, stopped, done – and those of which nobody says so.
    fn onward(&self, all: &[usize]) -> Option<Bullets> {
        let words = self.site.words;
        let of = |wanted: Option<Outcome>| -> Vec<String> {
            let titled = all.iter().filter(|at| self.report.outcome(self.site.workspace, **at) == wanted);
            titled.map(|at| format!("“{}”", cut(&self.site.workspace.objectives[*at].title, 80))).collect()
        };
        let ends = [
            ("report.review.carry", Some(Outcome::Carry)),
            ("report.review.stop", Some(Outcome::Stop)),
            ("report.review.done", Some(Outcome::Done)),
            ("report.review.undecided", None),
        ];
        let items = ends.into_iter().filter_map(|(key, outcome)| {
            let titles = of(outcome);
            (!titles.is_empty()).then(|| Bullet::plain(format!("{}: {}.", words.word(key), words.list(&titles))))
        });
        Some(Bullets { name: "onward", heading: words.word("report.review.onward"), items: items.collect(), more: String::new() })
    }
}
