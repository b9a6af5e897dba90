//! A status as it is shown: shape, word and colour.

use serde::Serialize;

use crate::{
    charts::{Mark, Svg, glyph},
    compute::{KeyResultScore, ObjectiveScore},
    model::Status,
    words::Words,
};

/// A status with its glyph.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    /// The word.
    pub word: String,
    /// The colour's class: `ok`, `watch`, `off`, `none`.
    pub class: &'static str,
    /// The shape.
    pub glyph_svg: Svg,
}

impl StatusView {
    pub(super) fn new(mark: Mark, words: &Words) -> Self {
        Self { word: words.word(key(mark)), class: mark.class(), glyph_svg: glyph(mark) }
    }
}

/// The mark of a status.
pub(super) fn mark_of(status: Status) -> Mark {
    match status {
        Status::NotStarted => Mark::NotStarted,
        Status::NoData => Mark::NoData,
        Status::OnTrack => Mark::OnTrack,
        Status::AtRisk => Mark::AtRisk,
        Status::OffTrack => Mark::OffTrack,
        Status::Done => Mark::Done,
        Status::Achieved => Mark::Achieved,
        Status::Progressed => Mark::Progressed,
        Status::Missed => Mark::Missed,
        Status::Cancelled => Mark::Cancelled,
        Status::Draft => Mark::Draft,
    }
}

/// The word's key.
pub(super) fn key(mark: Mark) -> &'static str {
    match mark {
        Mark::OnTrack => "status.on_track",
        Mark::AtRisk => "status.at_risk",
        Mark::OffTrack => "status.off_track",
        Mark::NotUpdated => "status.not_updated",
        Mark::Done => "status.done",
        Mark::Achieved => "status.achieved",
        Mark::Progressed => "status.progressed",
        Mark::Missed => "status.missed",
        Mark::NoData => "status.no_data",
        Mark::NotStarted => "status.not_started",
        Mark::Cancelled => "status.cancelled",
        Mark::Draft => "status.draft",
    }
}

/// "Not updated" stands in place of every status but `done`.
pub(super) fn shown_mark(score: &KeyResultScore) -> Mark {
    if score.shows_stale() { Mark::NotUpdated } else { mark_of(score.status) }
}

/// The same for an objective.
pub(super) fn objective_mark(score: &ObjectiveScore) -> Mark {
    if score.shows_stale() { Mark::NotUpdated } else { mark_of(score.status) }
}

/// How soon a reader should see it: the worst first.
pub(super) fn urgency(mark: Mark) -> u8 {
    match mark {
        Mark::OffTrack | Mark::Missed => 0,
        Mark::NotUpdated => 1,
        Mark::AtRisk | Mark::Progressed => 2,
        Mark::NoData => 3,
        Mark::OnTrack => 4,
        Mark::NotStarted => 5,
        Mark::Done | Mark::Achieved => 6,
        Mark::Draft => 7,
        Mark::Cancelled => 8,
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
