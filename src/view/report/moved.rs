//! What moved since the report before, and why: in the words of the check-in that says so.

use serde::Serialize;

use crate::{
    charts::Mark,
    compute::{KeyResultChange, KeyResultScore, Moved, Shown, Stage, Turn},
    model::{CheckIn, KeyResult, Objective, State, Status},
    view::{
        Anchor,
        excerpt::{cut, excerpt},
        status::{self, StatusView, mark_of, shown_mark, symbol},
    },
};

use super::{View, lead::clauses};

/// What moved.
#[derive(Clone, Debug, Serialize)]
pub struct MovedPart {
    /// Its heading.
    pub heading: String,
    /// The most telling first.
    pub items: Vec<Move>,
    /// How many moved a little.
    pub rest: String,
}

/// A thing that moved.
#[derive(Clone, Debug, Serialize)]
pub struct Move {
    /// Where it stands now.
    pub status: StatusView,
    /// The same as a single sign.
    pub symbol: &'static str,
    /// What it is.
    pub title: Anchor,
    /// How it moved, a sentence or two.
    pub text: String,
    /// Why, in the words of a check-in.
    pub quote: Option<Quote>,
}

/// The words of a check-in.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    /// Its first words.
    pub text: String,
    /// Who and when, leading to it.
    pub by: Anchor,
}

/// Fewer words than this explain nothing.
const FEWEST_WORDS: usize = 4;
/// So many are told.
const MOST: usize = 5;
/// From so many points of progress on a thing has moved.
const POINTS: f64 = 0.05;

struct Moving<'a> {
    rank: (u8, i64),
    objective: &'a Objective,
    key_result: &'a KeyResult,
    score: &'a KeyResultScore,
    change: &'a KeyResultChange,
    /// Its objective began since the report before.
    begun: bool,
}

impl View<'_, '_> {
    pub(super) fn moved(&self) -> Option<MovedPart> {
        if self.report.stage == Stage::Review {
            return None;
        }
        let mut told: Vec<Moving<'_>> = Vec::new();
        let mut little = 0_usize;
        let mut items = self.cancelled();
        let cancelled = items.len().saturating_sub(MOST);
        items.truncate(MOST);
        for change in &self.report.changes {
            let Some(at) = change.after.filter(|at| self.report.objectives.binary_search(at).is_ok()) else { continue };
            let objective = &self.site.workspace.objectives[at];
            if self.site.scorecard.objectives[at].status == Status::Cancelled {
                continue;
            }
            for moved in &change.key_results {
                let Some(place) = moved.after else { continue };
                let key_result = &objective.key_results[place];
                let score = &self.site.scorecard.objectives[at].key_results[place];
                if score.status == Status::Cancelled {
                    continue;
                }
                match rank(moved, key_result, score) {
                    Some(rank) => told.push(Moving { rank, objective, key_result, score, change: moved, begun: change.before.is_none() }),
                    None if moved.progress.is_some() && key_result.measure.bounds().is_none() => little += 1,
                    None => {}
                }
            }
        }
        told.sort_by_key(|it| it.rank);
        let room = MOST.saturating_sub(items.len());
        let others = told.len().saturating_sub(room);
        let mut quoted: Vec<usize> = Vec::new();
        for it in told.iter().take(room) {
            let mut item = self.item(it);
            // One check-in may tell of several key results; its words are told once.
            if let Some(at) = it.change.told_by {
                if quoted.contains(&at) {
                    item.quote = None;
                }
                quoted.push(at);
            }
            items.push(item);
        }
        if items.is_empty() {
            return None;
        }
        let words = self.site.words;
        let heading = if self.report.stage == Stage::Month { "report.moved.heading" } else { "report.moved.heading-period" };
        let rest = [("report.moved.others-cancelled", cancelled), ("report.moved.others", others), ("report.moved.more", little)];
        Some(MovedPart { heading: words.word(heading), items, rest: clauses(words, &rest).join(" ") })
    }

    /// Objectives that were given up, with the reason.
    fn cancelled(&self) -> Vec<Move> {
        let words = self.site.words;
        let given_up = self.report.changes.iter().filter(|it| it.turns.contains(&Turn::Cancelled)).filter_map(|it| it.after);
        given_up
            .map(|at| {
                let objective = &self.site.workspace.objectives[at];
                let why = match &objective.state {
                    State::Cancelled { why: Some(why), .. } => why.clone(),
                    State::Cancelled { why: None, .. } | State::Active | State::Draft => words.word("cancelled.no-reason"),
                };
                Move {
                    status: StatusView::new(Mark::Cancelled, words),
                    symbol: symbol(Mark::Cancelled),
                    title: self.objective_link(objective),
                    text: words.say("report.moved.cancelled", &[("why", sentence(&why).into())]),
                    quote: None,
                }
            })
            .collect()
    }

    fn item(&self, it: &Moving<'_>) -> Move {
        Move {
            status: StatusView::new(shown_mark(it.score), self.site.words),
            symbol: symbol(shown_mark(it.score)),
            title: self.key_result_link(it.objective, it.key_result),
            text: self.moved_text(it),
            quote: it.change.told_by.and_then(|at| self.quote(&self.site.workspace.check_ins[at])),
        }
    }

    fn moved_text(&self, it: &Moving<'_>) -> String {
        let (site, words) = (self.site, self.site.words);
        let value = site.current_text(it.key_result, it.score);
        let progress = words.percent(it.score.raw_progress.unwrap_or(0.0));
        let is_hold = it.key_result.measure.bounds().is_some();
        let mut said = Vec::new();
        let before = it.change.progress.and_then(|it| it.from);
        if it.change.turns.contains(&Turn::Reached) {
            let figure = it.score.current_amount.is_some();
            said.push(words.say(if figure { "report.moved.reached" } else { "report.moved.reached-plain" }, &[("value", value.into())]));
        } else if is_hold {
            let key = if it.score.status == Status::OffTrack { "report.moved.hold-out" } else { "report.moved.hold-in" };
            said.push(words.say(key, &[("value", value.into())]));
        } else if let Some(moved) = it.change.progress {
            let (from, to) = (before.unwrap_or(0.0), moved.to.unwrap_or(0.0));
            let args = [("from", words.percent(from).into()), ("to", progress.into()), ("value", value.into())];
            let key = match before {
                None if it.begun => "report.moved.begun",
                None => "report.moved.first",
                Some(_) if to > from => "report.moved.up",
                Some(_) => "report.moved.down",
            };
            said.push(words.say(key, &args));
        }
        // A first figure, a target reached and bounds left say by themselves where a thing stands.
        let turned = it.change.status.filter(|_| before.is_some() && !is_hold && !it.change.turns.contains(&Turn::Reached));
        if let Some(turned) = turned.filter(|it| !matches!(it.to, Shown::NotUpdated)) {
            let args = [
                ("from", bare_status(words, turned.from).into()),
                ("to", bare_status(words, turned.to).into()),
                ("expected", words.percent(it.score.expected).into()),
            ];
            // It went on, and the plan went on faster.
            let rose = it.change.progress.is_some_and(|moved| moved.to > moved.from);
            let fell_behind = matches!(turned.to, Shown::Status(Status::AtRisk | Status::OffTrack));
            let key = if rose && fell_behind { "report.moved.overtaken" } else { "report.moved.turned" };
            said.push(words.say(key, &args));
        }
        said.join(" ")
    }

    /// What a check-in says, with its author and day.
    pub(super) fn quote(&self, check_in: &CheckIn) -> Option<Quote> {
        let text = excerpt(&check_in.text.markdown, 150);
        // A word or two explain nothing.
        if text.split_whitespace().count() < FEWEST_WORDS {
            return None;
        }
        Some(Quote { text, by: self.said_by(check_in) })
    }
}

/// Reached and fallen first, then by how far it moved; none where it hardly did.
fn rank(change: &KeyResultChange, key_result: &KeyResult, score: &KeyResultScore) -> Option<(u8, i64)> {
    let moved = change.progress.map_or(0.0, |it| it.to.unwrap_or(0.0).clamp(-1.0, 1.5) - it.from.unwrap_or(0.0).clamp(-1.0, 1.5));
    let far = -((moved.abs() * 1000.0).round() as i64);
    if change.turns.contains(&Turn::Reached) || change.turns.contains(&Turn::Cancelled) {
        return Some((0, far));
    }
    let turned = change.status.is_some_and(|it| {
        use Status::{AtRisk, OffTrack, OnTrack};
        let Moved { from: Shown::Status(from), to: Shown::Status(to) } = it else { return false };
        matches!((from, to), (OnTrack, OffTrack | AtRisk) | (OffTrack | AtRisk, OnTrack) | (AtRisk, OffTrack))
    });
    // A silent one did not move: silence has a section of its own.
    let silent = score.shows_stale();
    if key_result.measure.bounds().is_some() {
        // What holds a level has moved when it leaves its bounds, or is back.
        let out = change.before.is_none() && score.status == Status::OffTrack;
        return ((turned || out) && !silent).then_some((1, far));
    }
    match (turned && !silent, moved < -POINTS, moved.abs() >= POINTS) {
        (true, ..) | (_, true, _) => Some((1, far)),
        (false, false, true) => Some((2, far)),
        (false, false, false) => None,
    }
}

/// A status in the middle of a sentence.
pub(in crate::view) fn bare_status(words: &crate::words::Words, shown: Shown) -> String {
    let key = match shown {
        Shown::NotUpdated => "status.not_updated",
        Shown::Status(it) => status::key(mark_of(it)),
    };
    words.word(key).to_lowercase()
}

/// With a full stop at its end.
pub(super) fn sentence(text: &str) -> String {
    let text = cut(text.trim(), 160);
    if text.ends_with(['.', '!', '?', '…']) { text } else { text + "." }
}
