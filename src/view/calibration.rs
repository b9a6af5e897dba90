//! One small chart: how sure people said they were against what came out. Of a department, never a ranking of people.

use serde::Serialize;

use crate::{
    charts::{self, CalibrationWords, Svg, Third},
    compute::{Calibration, calibration},
    model::{KeyResult, Objective},
};

use super::Site;

/// Confidence against outcome.
#[derive(Clone, Debug, Serialize)]
pub struct CalibrationView {
    /// The section's heading.
    pub heading: String,
    /// How to read it.
    pub how: String,
    /// The finding.
    pub caption: String,
    /// What it is made of.
    pub about: String,
    /// The chart.
    pub chart_svg: Svg,
}

/// How far confidence and outcome may lie apart and still agree, as a share.
const CLOSE: f64 = 0.1;

/// From so many key results on there is something to be learnt.
const FEWEST: usize = 4;

/// Of the key results that `counts` says yes to; nothing where there are too few.
pub(super) fn calibration_view(site: &Site<'_>, counts: impl Fn(&Objective, &KeyResult) -> bool) -> Option<CalibrationView> {
    let words = site.words;
    let it = calibration(site.workspace, site.scorecard, counts).filter(|it| it.key_results >= FEWEST)?;
    let names = ["calibration.first", "calibration.middle", "calibration.last"].map(|key| words.word(key));
    let values = it.thirds.map(|sure| sure.map_or_else(String::new, |sure| words.percent(sure / 10.0)));
    let outcome = words.say("calibration.outcome", &[("percent", words.percent(it.outcome).into())]);
    let caption = caption(site, &it);
    let ends = (words.percent(0.0), words.percent(1.0));
    let third = |at: usize| Third { confidence: it.thirds[at], name: &names[at], value: &values[at] };
    let chart = charts::Calibration {
        thirds: [third(0), third(1), third(2)],
        outcome: Some(it.outcome),
        words: CalibrationWords { said: &words.word("calibration.said"), outcome: &outcome, ends: (&ends.0, &ends.1), label: &caption },
    };
    let chart_svg = charts::calibration(&chart);
    let about = words.say(
        "calibration.about",
        &[
            ("key_results", words.count("count.key-results", it.key_results).into()),
            ("periods", words.count("count.periods", it.periods).into()),
        ],
    );
    Some(CalibrationView { heading: words.word("calibration.heading"), how: words.word("calibration.how"), caption, about, chart_svg })
}

/// What the first words of a period were worth.
fn caption(site: &Site<'_>, it: &Calibration) -> String {
    let words = site.words;
    let Some(first) = it.thirds.iter().flatten().next() else { return String::new() };
    let gap = first / 10.0 - it.outcome;
    let key = if gap > CLOSE {
        "calibration.too-sure"
    } else if gap < -CLOSE {
        "calibration.too-careful"
    } else {
        "calibration.close"
    };
    words.say(key, &[("sure", words.percent(first / 10.0).into()), ("outcome", words.percent(it.outcome).into())])
}
