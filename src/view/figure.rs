//! A figure that can be traced: hover or focus shows its formula and the line that somebody wrote.

use serde::Serialize;

use crate::{
    compute::KeyResultScore,
    model::{Amount, Denomination, KeyResult, Measure, Objective, Scale, Source},
    words::with_unit,
};

use super::{Html, Site, html::Writer};

/// A figure with where it comes from.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// As it is shown.
    pub text: String,
    /// How it is computed, in numbers; empty when it is what somebody wrote.
    pub formula: String,
    /// `path:line`.
    pub source: String,
}

impl Figure {
    pub(super) fn plain(text: String) -> Self {
        Self { text, formula: String::new(), source: String::new() }
    }

    /// Ready to be shown.
    pub(super) fn html(self) -> Html {
        let mut out = Writer::with_capacity(self.text.len() + self.formula.len() + self.source.len() + 128);
        out.figure(&self);
        out.finish()
    }
}

/// The way in which a key result's numbers are written: its target's suffix and sign, and enough decimals.
pub(super) fn like(key_result: &KeyResult, score: &KeyResultScore) -> Amount {
    let all: [Option<Amount>; 3] = match key_result.measure {
        Measure::Metric { start, target, .. } => [Some(target), Some(start), None],
        Measure::Hold { low, high } => [high, low, None],
        // The start of a sum is nobody's number.
        Measure::Kpi { target, low, high, .. } => [target, low, high],
        Measure::Unmeasured { start, target } => [target, start, None],
        Measure::Milestones(_) | Measure::Done { .. } => [None; 3],
    };
    let written = || all.iter().flatten();
    let Some(first) = written().next().copied() else {
        return Amount { value: 0.0, decimals: 0, scale: Scale::One, denomination: Denomination::Percent };
    };
    let denomination = written().chain(&score.current_amount).map(|it| it.denomination).find(|it| *it != Denomination::Plain);
    let scale = written().map(|it| it.scale).max().unwrap_or_default();
    let decimals = written().chain(&score.current_amount).filter(|it| it.scale == scale).map(|it| it.decimals).max().unwrap_or(0);
    Amount { decimals, scale, denomination: denomination.unwrap_or_default(), ..first }
}

/// A computed value's way: one decimal more where whole numbers would hide the distance.
pub(super) fn computed_like(key_result: &KeyResult, score: &KeyResultScore) -> Amount {
    let like = like(key_result, score);
    let distance =
        key_result.measure.ends().map_or(f64::INFINITY, |(start, target)| (target.value - start.value).abs() / like.scale.factor());
    let decimals = if distance < 20.0 { like.decimals.max(1) } else { like.decimals };
    Amount { decimals, ..like }
}

impl Site<'_> {
    /// A value that somebody wrote, in the author's own decimals.
    pub(super) fn written(&self, key_result: &KeyResult, score: &KeyResultScore, amount: &Amount) -> String {
        let like = like(key_result, score);
        let own = Amount {
            denomination: if amount.denomination == Denomination::Plain { like.denomination } else { amount.denomination },
            ..*amount
        };
        self.words.value(amount.value, &own, key_result.unit.as_ref())
    }

    /// A value that was computed.
    pub(super) fn computed(&self, key_result: &KeyResult, score: &KeyResultScore, value: f64) -> String {
        self.words.value(value, &computed_like(key_result, score), key_result.unit.as_ref())
    }

    /// The current value as a number and what stands behind it.
    pub(super) fn current_parts(&self, key_result: &KeyResult, score: &KeyResultScore) -> (String, String) {
        let words = self.words;
        match (&key_result.measure, score.current) {
            (_, None) => ("–".to_owned(), String::new()),
            (Measure::Done { .. }, Some(done)) => (words.word(if done > 0.5 { "done.yes" } else { "done.no" }), String::new()),
            (Measure::Milestones(all), Some(_)) => {
                let done = score.milestones.iter().filter(|it| it.counted).count();
                (format!("{done}/{}", all.len()), words.word("milestones.unit"))
            }
            (_, Some(value)) => {
                let like = like(key_result, score);
                let own = score.current_amount.map_or(like, |it| Amount { denomination: like.denomination, ..it });
                let shown = |value: f64, more: u8| {
                    words.value_parts(value, &Amount { decimals: own.decimals + more, ..own }, key_result.unit.as_ref())
                };
                // What is made of many values has no decimals of its own: as many as its progress can be read from.
                let reads = |more: &u8| match (key_result.measure.ends(), score.raw_progress) {
                    (Some((start, target)), Some(raw)) => {
                        let step = own.scale.factor() / 10_f64.powi(i32::from(own.decimals + more));
                        let read = ((value / step).round() * step - start.value) / (target.value - start.value);
                        (read - raw).abs() < 0.005
                    }
                    _ => true,
                };
                let more = if score.current_amount.is_none() { (0..=2).find(reads).unwrap_or(2) } else { 0 };
                shown(value, more)
            }
        }
    }

    /// The current value in one piece.
    pub(super) fn current_text(&self, key_result: &KeyResult, score: &KeyResultScore) -> String {
        let (number, behind) = self.current_parts(key_result, score);
        with_unit(number, &behind)
    }

    /// The range of a key result in words: from … to …, at least …, so many steps.
    pub(super) fn range(&self, key_result: &KeyResult, score: &KeyResultScore) -> String {
        let words = self.words;
        let number = |amount: &Amount| words.value_parts(amount.value, amount, key_result.unit.as_ref()).0;
        // A suffix is part of the number: 1,2 tỷ is not 1,2.
        let told = |amount: &Amount| if amount.scale == Scale::One { number(amount) } else { self.written(key_result, score, amount) };
        if let Some((start, target)) = key_result.measure.ends() {
            let alike = start.scale == target.scale || start.value == 0.0;
            let start = if alike { number(&start) } else { told(&start) };
            return words.say("range.metric", &[("start", start.into()), ("target", told(&target).into())]);
        }
        match key_result.measure.bounds() {
            Some((Some(low), Some(high))) => {
                return words.say("range.between", &[("low", told(&low).into()), ("high", told(&high).into())]);
            }
            Some((Some(low), None)) => return words.say("range.at-least", &[("low", told(&low).into())]),
            Some((None, Some(high))) => return words.say("range.at-most", &[("high", told(&high).into())]),
            Some((None, None)) | None => {}
        }
        match &key_result.measure {
            Measure::Metric { .. } | Measure::Hold { .. } => String::new(),
            Measure::Milestones(all) => words.count("range.milestones", all.len()),
            Measure::Done { due: Some(due), .. } => words.say("range.due", &[("day", words.short_day(*due).into())]),
            Measure::Done { due: None, .. } => words.word("range.done"),
            Measure::Kpi { .. } => String::new(),
            Measure::Unmeasured { .. } => words.word("range.unmeasured"),
        }
    }

    /// The current value with the line that gave it.
    pub(super) fn current_figure(&self, key_result: &KeyResult, score: &KeyResultScore) -> (Figure, String) {
        let (text, behind) = self.current_parts(key_result, score);
        let source = score.current_source.as_ref().map_or_else(|| key_result.source.to_string(), ToString::to_string);
        (Figure { text, formula: String::new(), source }, behind)
    }

    /// The progress with its formula in numbers and the line of its target.
    pub(super) fn progress_figure(&self, key_result: &KeyResult, score: &KeyResultScore) -> Figure {
        let words = self.words;
        let Some(raw) = score.raw_progress else {
            return Figure { text: "–".to_owned(), formula: words.word("formula.none"), source: key_result.source.to_string() };
        };
        let like = like(key_result, score);
        // As many decimals as it needs: a rounded formula would not give the figure.
        let number = |value: f64| plain(words, value / like.scale.factor());
        let percent = words.percent(raw);
        let formula = match (&key_result.measure, score.current) {
            (measure, Some(current)) if measure.ends().is_some() => {
                let (start, target) = measure.ends().expect("it was asked for");
                words.say(
                    "formula.metric",
                    &[
                        ("current", number(current).into()),
                        ("start", number(start.value).into()),
                        ("target", number(target.value).into()),
                        ("percent", percent.clone().into()),
                    ],
                )
            }
            (measure, _) if measure.bounds().is_some() => {
                let all = score.days.len();
                let held = (raw * all as f64).round() as usize;
                words.say("formula.hold", &[("held", held.into()), ("all", all.into()), ("percent", percent.clone().into())])
            }
            (Measure::Milestones(_), Some(current)) => {
                words.say("formula.milestones", &[("done", words.percent(current / 100.0).into()), ("percent", percent.clone().into())])
            }
            (Measure::Done { .. }, _) => words.word("formula.done"),
            _ => String::new(),
        };
        let line = Source { path: key_result.source.path.clone(), line: key_result.target_line };
        Figure { text: percent, formula, source: line.to_string() }
    }

    /// An objective's progress: the mean of its key results by weight.
    pub(super) fn objective_figure(&self, objective: &Objective, at: usize) -> Figure {
        let words = self.words;
        let parts = self.weighted_parts(objective, at, |it| Some(words.percent(it.progress)));
        let text = words.percent_or_dash(self.scorecard.objectives[at].progress);
        let formula = if parts.is_empty() {
            words.word("formula.empty")
        } else {
            words.say("formula.mean", &[("parts", parts.into()), ("percent", text.as_str().into())])
        };
        Figure { text, formula, source: objective.source.to_string() }
    }

    /// An objective's score: the mean of the scores of its key results by weight; those that an owner gave are written there.
    pub(super) fn objective_score_figure(&self, objective: &Objective, at: usize) -> Figure {
        let words = self.words;
        let score = &self.scorecard.objectives[at];
        let Some(value) = score.score else { return Figure::plain("–".to_owned()) };
        let parts = self.weighted_parts(objective, at, |it| it.score.map(|score| words.score(score)));
        let text = words.score(value);
        let formula = words.say("formula.score", &[("parts", parts.into()), ("score", text.as_str().into())]);
        let own = score.key_results.iter().find_map(|it| it.score_source.as_ref());
        Figure { text, formula, source: own.unwrap_or(&objective.source).to_string() }
    }

    /// The parts of a weighted mean, a weight of one unsaid.
    fn weighted_parts(&self, objective: &Objective, at: usize, shown: impl Fn(&KeyResultScore) -> Option<String>) -> String {
        let scores = objective.key_results.iter().zip(&self.scorecard.objectives[at].key_results);
        let parts = scores.filter(|(key_result, _)| !key_result.cancelled).filter_map(|(key_result, score)| {
            let part = shown(score)?;
            let weight = key_result.weight;
            Some(if weight == 1.0 { part } else { format!("{part}\u{a0}×\u{a0}{}", plain(self.words, weight)) })
        });
        parts.collect::<Vec<_>>().join(" + ")
    }
}

/// A number with as many decimals as it needs.
pub(super) fn plain(words: &crate::words::Words, value: f64) -> String {
    let decimals =
        (0..=3).find(|decimals| ((value * 10f64.powi(*decimals)).round() / 10f64.powi(*decimals) - value).abs() < 1e-9).unwrap_or(3);
    words.number(value, u8::try_from(decimals).unwrap_or(3))
}
