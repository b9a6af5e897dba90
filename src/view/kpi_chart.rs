//! The process behaviour chart of a KPI: what is drawn, in which words, and the figures behind it.

use serde::Serialize;

use crate::{
    charts::{
        self, BandLimits, PointKind, RangeStretch, RangeWords, Ranges, Size, Standing, Svg, TargetSpan, Tick, Word, Xmr, XmrEvent,
        XmrPoint, XmrStretch, XmrWords,
    },
    compute::{KpiPoint, KpiScore, Rule, Sense, Signal, Stretch, Variation, sense, variation},
    model::{Aggregate, Kpi, KpiTarget, Period, PeriodKind},
};

use super::{Html, Site, html::Writer};

/// The process behaviour chart with its figures.
#[derive(Debug, Serialize)]
pub struct KpiChart {
    /// The section's heading.
    pub heading: String,
    /// How to read it.
    pub how: String,
    /// Outside, in a row, target, limits; empty for what this chart does not draw.
    pub legend: [String; 4],
    /// The finding.
    pub caption: String,
    /// What is drawn.
    pub about: String,
    /// For desks.
    pub wide_svg: Svg,
    /// For phones.
    pub narrow_svg: Svg,
    /// What the ranges are.
    pub ranges_caption: String,
    /// The moving ranges, for desks; empty without limits.
    pub ranges_wide_svg: Svg,
    /// For phones.
    pub ranges_narrow_svg: Svg,
    /// "Show the figures".
    pub details: String,
    /// Column heads.
    pub head: [String; 6],
    /// The figures, the newest first.
    pub rows_html: Html,
}

/// What charts of a KPI draw, the line beside its name and the large one alike.
pub(super) struct Drawn<'a> {
    pub(super) points: Vec<XmrPoint<'a>>,
    pub(super) stretches: Vec<XmrStretch>,
    pub(super) targets: Vec<TargetSpan<'a>>,
    pub(super) bounds: (Option<f64>, Option<f64>),
}

impl Drawn<'_> {
    /// From one point of the series on, without a word.
    pub(super) fn of(kpi: &Kpi, score: &KpiScore, from: usize) -> Self {
        let signals: Vec<Signal> = score.stretches.iter().flat_map(|it| it.signals.iter().copied()).collect();
        // The sum of a running period would be drawn as a fall.
        let value = |point: &KpiPoint| point.value.filter(|_| !point.partial || kpi.aggregate != Aggregate::Sum);
        let point = |(at, point): (usize, &KpiPoint)| XmrPoint { value: value(point), kind: kind(kpi, point, &signals, at), label: None };
        let moved = |at: usize| at.saturating_sub(from);
        let stretches = score.stretches.iter().filter(|it| it.to > from).map(|it| stretch(kpi, score, it)).map(|it| XmrStretch {
            from: moved(it.from),
            to: moved(it.to),
            baseline_end: it.baseline_end.filter(|end| *end >= from).map(moved),
            ..it
        });
        let targets = target_spans(score).into_iter().filter(|it| it.1 > from).map(|(first, to, target)| {
            let (low, high) = ends(target);
            TargetSpan { from: moved(first), to: moved(to), low, high, word: Word::default() }
        });
        Self {
            points: score.series.iter().enumerate().skip(from).map(point).collect(),
            stretches: stretches.collect(),
            targets: targets.collect(),
            bounds: (kpi.bounds.0.map(|it| it.value), kpi.bounds.1.map(|it| it.value)),
        }
    }
}

/// What a chart shows of a point.
fn kind(kpi: &Kpi, point: &KpiPoint, signals: &[Signal], at: usize) -> PointKind {
    let of = |good| match good {
        Sense::Better => charts::Sense::Better,
        Sense::Worse => charts::Sense::Worse,
        Sense::Neither => charts::Sense::Neither,
    };
    let mut own = signals.iter().filter(|it| it.at == at);
    match own.next() {
        _ if point.partial => PointKind::Partial,
        // Rules are sorted: the first is the strongest.
        Some(signal) if signal.rule == crate::compute::Rule::BeyondLimit => PointKind::Beyond(of(sense(kpi, signal.side, point))),
        Some(signal) => PointKind::Pattern(of(sense(kpi, signal.side, point))),
        None => PointKind::Routine,
    }
}

fn stretch(kpi: &Kpi, score: &KpiScore, stretch: &Stretch) -> XmrStretch {
    let limits = stretch.limits.map(|it| {
        let (lower, upper) = clamped(kpi, it.lower, it.upper);
        BandLimits { lower, upper }
    });
    let settled = stretch.limits.is_none_or(|it| !it.provisional);
    // The baseline's end says something only where values follow it that are judged by it.
    let judged = |end: usize| score.series[end + 1..stretch.to].iter().any(|it| it.whole().is_some());
    let end = stretch.baseline.last().copied().filter(|end| stretch.limits.is_some() && judged(*end));
    XmrStretch {
        from: stretch.from,
        to: stretch.to,
        limits,
        middle: stretch.limits.map_or_else(|| median(score, stretch), |it| it.mean),
        standing: if settled { Standing::Settled } else { Standing::Provisional },
        baseline_end: end,
    }
}

/// Limits as they are drawn: what the value cannot be at all is cut off.
pub(super) fn clamped(kpi: &Kpi, lower: f64, upper: f64) -> (f64, f64) {
    let (low, high) = kpi.bounds;
    (low.map_or(lower, |it| lower.max(it.value)), high.map_or(upper, |it| upper.min(it.value)))
}

/// The texts of a chart, made before it is drawn.
struct Texts {
    ticks: Vec<String>,
    /// Of the points outside the limits, which alone have room for theirs.
    values: Vec<(usize, String)>,
    targets: Vec<[String; 2]>,
    events: Vec<(usize, String, String)>,
    levels: [[String; 2]; 4],
}

pub(super) fn chart(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> KpiChart {
    let words = site.words;
    let last = score.last_stretch().expect("a KPI with a value has a stretch");
    let signals: Vec<Signal> = score.stretches.iter().flat_map(|it| it.signals.iter().copied()).collect();
    let texts = texts(site, kpi, score, last, &signals);
    let mut drawn = Drawn::of(kpi, score, 0);
    for (at, value) in &texts.values {
        drawn.points[*at].label = Some(value);
    }
    let [upper, middle, lower, baseline] = texts.levels.each_ref().map(|[long, short]| Word { long, short });
    for (span, [long, short]) in drawn.targets.iter_mut().zip(&texts.targets) {
        span.word = Word { long, short };
    }
    let events: Vec<XmrEvent<'_>> = texts.events.iter().map(|(at, long, short)| XmrEvent { at: *at, word: Word { long, short } }).collect();
    let ticks: Vec<Tick<'_>> = texts.ticks.iter().enumerate().map(|(at, label)| Tick { at, label }).collect();
    let caption = caption(site, kpi, score);
    let xmr = Xmr {
        points: &drawn.points,
        stretches: &drawn.stretches,
        targets: &drawn.targets,
        events: &events,
        ticks: &ticks,
        bounds: drawn.bounds,
        words: XmrWords { upper, middle, lower, baseline },
        label: &label(site, kpi, score, &caption),
    };
    let (ranges_wide_svg, ranges_narrow_svg) = ranges(site, kpi, score, &xmr);
    KpiChart {
        heading: words.word("kpi.chart"),
        how: words.word(if last.limits.is_some() { "kpi.chart-how" } else { "kpi.chart-how-few" }),
        legend: legend(site, score, &signals),
        caption,
        about: about(site, kpi, score, last),
        wide_svg: charts::xmr(&xmr, Size::Wide),
        narrow_svg: charts::xmr(&xmr, Size::Narrow),
        ranges_caption: words.word("kpi.ranges"),
        ranges_wide_svg,
        ranges_narrow_svg,
        details: words.word("details.show"),
        head: ["kpi.col.period", "kpi.col.value", "kpi.col.target", "kpi.col.change", "kpi.col.verdict", "details.source"]
            .map(|key| words.word(key)),
        rows_html: rows(site, kpi, score, &signals),
    }
}

/// Of a stretch without limits: what a run chart is read against.
fn median(score: &KpiScore, stretch: &Stretch) -> f64 {
    let mut values: Vec<f64> = score.series[stretch.from..stretch.to].iter().filter_map(|it| it.value).collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

fn texts(site: &Site<'_>, kpi: &Kpi, score: &KpiScore, last: &Stretch, signals: &[Signal]) -> Texts {
    let words = site.words;
    let both = |key: &str, value: f64| {
        let shown = site.kpi_level(kpi, score, value);
        [words.say(key, &[("value", shown.into())]), site.kpi_number(kpi, score, value)]
    };
    let (bound_low, bound_high) = kpi.bounds;
    let levels = match last.limits {
        Some(limits) => {
            let (lower, upper) = clamped(kpi, limits.lower, limits.upper);
            [
                both(if bound_high.is_some() && upper < limits.upper { "kpi.level.most" } else { "kpi.level.upper" }, upper),
                both("kpi.level.mean", limits.mean),
                both(if bound_low.is_some() && lower > limits.lower { "kpi.level.least" } else { "kpi.level.lower" }, lower),
                [
                    words.say("kpi.level.baseline", &[("n", site.kpi_count(kpi.every, last.baseline.len()).into())]),
                    words.word("kpi.level.baseline-short"),
                ],
            ]
        }
        None => {
            let middle = median(score, last);
            [
                [String::new(), String::new()],
                both("kpi.level.median", middle),
                [String::new(), String::new()],
                [String::new(), String::new()],
            ]
        }
    };
    let value = |at: usize| score.series[at].value.map_or_else(String::new, |value| site.kpi_value(kpi, value));
    Texts {
        ticks: score.series.iter().map(|it| tick(site, &it.period)).collect(),
        values: signals.iter().filter(|it| it.rule == Rule::BeyondLimit).map(|it| (it.at, value(it.at))).collect(),
        targets: target_words(site, kpi, score),
        events: events(site, kpi, score),
        levels,
    }
}

fn tick(site: &Site<'_>, period: &Period) -> String {
    match period.kind() {
        PeriodKind::Week(no) => site.words.say("kpi.tick-week", &[("no", i64::from(no).into())]),
        _ => site.words.short_period(period),
    }
}

/// The words of each span of one target.
fn target_words(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> Vec<[String; 2]> {
    let spans = target_spans(score);
    spans
        .into_iter()
        .map(|(_, _, target)| {
            let shown = site.kpi_target(kpi, target);
            [site.words.say("kpi.level.target", &[("target", shown.as_str().into())]), shown]
        })
        .collect()
}

/// Targets as steps: one span for each stretch of periods with the same, end exclusive.
fn target_spans(score: &KpiScore) -> Vec<(usize, usize, KpiTarget)> {
    let mut all: Vec<(usize, usize, KpiTarget)> = Vec::new();
    for (at, point) in score.series.iter().enumerate() {
        let Some(target) = point.target else { continue };
        match all.last_mut() {
            Some(last) if last.1 == at && ends(last.2) == ends(target) => last.1 = at + 1,
            _ => all.push((at, at + 1, target)),
        }
    }
    all
}

fn ends(target: KpiTarget) -> (Option<f64>, Option<f64>) {
    match target {
        KpiTarget::One(amount) => (Some(amount.value), None),
        KpiTarget::Range(low, high) => (Some(low.value), Some(high.value)),
    }
}

fn events(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> Vec<(usize, String, String)> {
    let calendar = site.workspace.config.calendar;
    let mut all: Vec<(usize, String, String)> = Vec::new();
    for event in &kpi.events {
        let holding = if kpi.every.is(&event.period) { Some(event.period.clone()) } else { kpi.every.holding(&event.period, calendar) };
        let at = holding.and_then(|period| score.series.iter().position(|it| it.period == period));
        if let Some(at) = at {
            let period = tick(site, &score.series[at].period);
            match all.last_mut() {
                Some(last) if last.0 == at => last.1 = format!("{}; {}", last.1, event.text),
                _ => all.push((at, format!("{period}: {}", event.text), period)),
            }
        }
    }
    all
}

fn caption(site: &Site<'_>, kpi: &Kpi, score: &KpiScore) -> String {
    let words = site.words;
    match variation(kpi, score) {
        Variation::Signal(spoken) => {
            let since = site.kpi_period(&score.series[spoken.since].period);
            let rule = site.rule_words(spoken.rule, spoken.side);
            let event = kpi.events.iter().rev().find(|it| {
                // What happened in the two periods before, or in it, is what one would ask about first.
                let first = score.series[spoken.since.saturating_sub(2)].period.first();
                (first..=score.series[spoken.since].period.last()).contains(&it.period.first())
            });
            let text = words.say("kpi.caption.signal", &[("rule", rule.into()), ("since", since.into())]);
            match event {
                Some(event) => words.say("kpi.caption.event", &[("text", text.into()), ("event", event.text.as_str().into())]),
                None => text,
            }
        }
        Variation::Steady => words.say("kpi.caption.steady", &[("n", site.kpi_count(kpi.every, quiet(score)).into())]),
        Variation::TooFew(missing) => words.say("kpi.caption.too-few", &[("n", site.kpi_count(kpi.every, missing).into())]),
        Variation::ShortBaseline(known) => words.say("kpi.caption.short-baseline", &[("n", site.kpi_count(kpi.every, known).into())]),
        Variation::Nothing => String::new(),
    }
}

/// How many values have come since the last signal, or since the process was changed.
fn quiet(score: &KpiScore) -> usize {
    let Some(stretch) = score.last_stretch() else { return 0 };
    let from = stretch.signals.iter().map(|it| it.at + 1).max().unwrap_or(stretch.from);
    score.series[from..stretch.to].iter().filter(|it| it.value.is_some()).count()
}

fn about(site: &Site<'_>, kpi: &Kpi, score: &KpiScore, last: &Stretch) -> String {
    let words = site.words;
    let (Some(first), Some(newest)) = (score.series.first(), score.telling(kpi)) else { return String::new() };
    let unit = kpi.unit.as_ref().map_or_else(String::new, |unit| unit.as_str().to_owned());
    let key = match last.limits {
        Some(limits) if limits.provisional => "kpi.about-provisional",
        Some(_) => "kpi.about-limits",
        None => "kpi.about-few",
    };
    let from = words.period_inside(&first.period);
    let to = words.period_inside(&newest.period);
    let text = words
        .say(key, &[("title", kpi.title.as_str().into()), ("from", from.into()), ("to", to.into()), ("n", last.baseline.len().into())]);
    if unit.is_empty() { text } else { format!("{text} {}", words.say("kpi.about-unit", &[("unit", unit.into())])) }
}

fn label(site: &Site<'_>, kpi: &Kpi, score: &KpiScore, caption: &str) -> String {
    let words = site.words;
    let limits = score.last_stretch().and_then(|it| it.limits);
    let level = |value| site.kpi_level(kpi, score, value);
    let text = match limits {
        Some(it) => words.say(
            "kpi.label",
            &[
                ("title", kpi.title.as_str().into()),
                ("mean", level(it.mean).into()),
                ("lower", level(it.lower).into()),
                ("upper", level(it.upper).into()),
            ],
        ),
        None => kpi.title.clone(),
    };
    format!("{text}. {caption}")
}

fn legend(site: &Site<'_>, score: &KpiScore, signals: &[Signal]) -> [String; 4] {
    let word = |key: &str, drawn: bool| if drawn { site.words.word(key) } else { String::new() };
    [
        word("kpi.legend.beyond", signals.iter().any(|it| it.rule == Rule::BeyondLimit)),
        word("kpi.legend.pattern", signals.iter().any(|it| it.rule != Rule::BeyondLimit)),
        word("kpi.legend.target", score.series.iter().any(|it| it.target.is_some())),
        word("kpi.legend.limits", score.stretches.iter().any(|it| it.limits.is_some())),
    ]
}

fn ranges(site: &Site<'_>, kpi: &Kpi, score: &KpiScore, above: &Xmr<'_>) -> (Svg, Svg) {
    let words = site.words;
    let Some(limits) = score.last_stretch().and_then(|it| it.limits) else { return (Svg::default(), Svg::default()) };
    let values: Vec<Option<f64>> = score.stretches.iter().flat_map(|it| it.moving_ranges.iter().copied()).collect();
    let stretches: Vec<RangeStretch> = score
        .stretches
        .iter()
        .zip(above.stretches)
        .filter_map(|(it, drawn)| {
            let limits = it.limits?;
            let (mean, upper) = (limits.mean_moving_range, Some(limits.upper_range));
            Some(RangeStretch { from: it.from, to: it.to, mean, upper, standing: drawn.standing })
        })
        .collect();
    let level = |value| site.kpi_number(kpi, score, value);
    let (mean, upper) = (level(limits.mean_moving_range), level(limits.upper_range));
    let mean_word = words.say("kpi.level.mean", &[("value", mean.as_str().into())]);
    let upper_word = words.say("kpi.level.upper", &[("value", upper.as_str().into())]);
    let label = words.say("kpi.ranges-label", &[("mean", mean.as_str().into()), ("upper", upper.as_str().into())]);
    let chart = Ranges {
        values: &values,
        stretches: &stretches,
        above: Some(above),
        words: RangeWords { upper: Word { long: &upper_word, short: &upper }, mean: Word { long: &mean_word, short: &mean }, zero: "0" },
        label: &label,
    };
    (charts::ranges(&chart, Size::Wide), charts::ranges(&chart, Size::Narrow))
}

/// The figures, the newest first: period, value, target, change, verdict, source.
fn rows(site: &Site<'_>, kpi: &Kpi, score: &KpiScore, signals: &[Signal]) -> Html {
    let words = site.words;
    let ranges: Vec<Option<f64>> = score.stretches.iter().flat_map(|it| it.moving_ranges.iter().copied()).collect();
    let mut out = Writer::with_capacity(score.series.len() * 256);
    for (at, point) in score.series.iter().enumerate().rev() {
        let value = point.value.map_or_else(|| words.word("kpi.gap"), |value| site.kpi_value(kpi, value));
        let target = point.target.map_or_else(|| "–".to_owned(), |target| site.kpi_target(kpi, target));
        let change = ranges.get(at).copied().flatten().map_or_else(|| "–".to_owned(), |it| site.kpi_number(kpi, score, it));
        let own: Vec<String> = signals.iter().filter(|it| it.at == at).map(|it| site.rule_words(it.rule, it.side)).collect();
        let limits = score.stretches.iter().find(|it| (it.from..it.to).contains(&at)).and_then(|it| it.limits);
        let verdict = match (own.is_empty(), point.value, limits) {
            (false, _, _) => own.join(", "),
            (true, Some(_), _) if point.partial => words.word("kpi.partial"),
            (true, Some(_), Some(_)) => words.word("kpi.inside"),
            (true, _, _) => String::new(),
        };
        out.raw("<tr><td>");
        out.text(&site.kpi_period_head(&point.period));
        for cell in [&value, &target, &change] {
            out.raw("</td><td class=\"n\">");
            out.text(cell);
        }
        out.raw("</td><td>");
        out.text(&verdict);
        out.raw("</td><td><code>");
        if let Some(source) = &point.source {
            out.source(source);
        }
        out.raw("</code></td></tr>");
    }
    out.finish()
}
