//! Numbers in, SVG out: every picture on a page that is not plain HTML.
//!
//! It exists so that a chart can be drawn, tested and looked at without a goal, a day or a language. It must never
//! know any other module of ours: it gets numbers and ready words, and gives back text that carries CSS classes
//! instead of colours, so that dark pages and print need no second picture.
//!
//! All charts are drawn through plotters on [`canvas`], our own backend. Numbers that are not finite are left out or
//! pushed to the edge; no input makes a chart fail.

mod bullet;
mod canvas;
mod confidence;
mod glyph;
mod labels;
mod line;
mod ruler;
mod steps;

pub use bullet::{Bullet, bullet};
pub use confidence::{Slot, Strip, confidence};
pub use glyph::{glyph, logo};
pub use line::{
    Fan, Gap, Hold, HoldWords, Pace, PaceWords, Point, Size, WeekMark, WeekState, hold_line,
    pace_line,
};
pub use ruler::{Ruler, RulerSize, RulerSlot, When, ruler};
pub use steps::{Step, StepState, Steps, steps};

use std::fmt;

/// Safe SVG text, the only thing besides `Html` that skips escaping in templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Svg(String);

impl Svg {
    /// The text of the `<svg>` element; empty where there is nothing to draw.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a mark says about a result; its shape tells them apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// ● within ten points of the pace.
    OnTrack,
    /// ▲ up to 25 points behind.
    AtRisk,
    /// ◆ further behind.
    OffTrack,
    /// ◌ nothing heard for two cadences.
    NotUpdated,
    /// ✓ in a circle: reached while the period runs.
    Done,
    /// ✓ after the period.
    Achieved,
    /// ▲ after the period, ruled off.
    Progressed,
    /// ◆ after the period, ruled off.
    Missed,
    /// A small ring: no value yet.
    NoData,
    /// An empty ring: the period has not begun.
    NotStarted,
    /// A ring with a bar.
    Cancelled,
    /// A dotted square.
    Draft,
}

impl Mark {
    /// All marks, in the order of the enum.
    pub const ALL: [Mark; 12] = [
        Mark::OnTrack,
        Mark::AtRisk,
        Mark::OffTrack,
        Mark::NotUpdated,
        Mark::Done,
        Mark::Achieved,
        Mark::Progressed,
        Mark::Missed,
        Mark::NoData,
        Mark::NotStarted,
        Mark::Cancelled,
        Mark::Draft,
    ];

    /// The CSS class of its colour: `ok`, `watch`, `off` or `none`.
    pub fn class(self) -> &'static str {
        match self {
            Mark::OnTrack | Mark::Done | Mark::Achieved => "ok",
            Mark::AtRisk | Mark::Progressed => "watch",
            Mark::OffTrack | Mark::Missed => "off",
            Mark::NotUpdated | Mark::NoData | Mark::NotStarted | Mark::Cancelled | Mark::Draft => {
                "none"
            }
        }
    }
}
