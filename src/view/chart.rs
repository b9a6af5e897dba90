//! A key result's chart: its finding as the title, two sizes, and its figures in a table.

use crate::{
    charts::{self, Fan, Gap, Hold, HoldWords, Mark, Pace, PaceWords, Point, Size, Step, StepState, Steps, Svg, WeekMark, WeekState},
    compute::{KeyResultScore, SlotState, pace_points, slots},
    model::{Amount, Date, KeyResult, KpiAt, Measure, Milestone, Objective, Period, Source, Status, days_between},
    words::with_unit,
};

use super::{
    Html, Site,
    figure::{computed_like, plain},
    html::{Rows, Writer},
    log::mark_on,
    names::anchor,
    rhythm::{months, today_in},
    status::{StatusView, mark_of, shown_mark},
};

/// The charts of an objective: a figure each, with its finding, where it stands, the picture for a desk and for a phone,
/// and its figures in a table.
pub(super) fn charts(site: &Site<'_>, objective: &Objective, scores: &[KeyResultScore]) -> Html {
    // Two pictures and a table are some ten thousand bytes.
    let mut out = Writer::with_capacity(objective.key_results.len() * 12 * 1024);
    for (key_result, score) in objective.key_results.iter().zip(scores) {
        chart(site, objective, key_result, score, &mut out);
    }
    out.finish()
}

fn chart(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore, out: &mut Writer) {
    let words = site.words;
    let heading = heading(site, objective, key_result, score);
    let mark = shown_mark(score);
    let (wide, narrow) = drawn(site, objective, key_result, score, &heading);
    let (mut value, behind) = site.current_figure(key_result, score);
    value.text = with_unit(value.text, &behind);
    let (head, rows) = figures(site, objective, key_result, score);
    let gap = super::rows::gap(site, key_result, score, mark).0;
    out.raw("<figure class=\"fig\" id=\"");
    out.text(&anchor(key_result));
    out.raw("\"><figcaption><h3>");
    out.text(&heading);
    out.raw("</h3></figcaption><p class=\"desc\">");
    out.text(&about(site, key_result, score));
    out.raw("</p><p class=\"desc line\">");
    out.status(&StatusView::new(mark, words));
    out.raw("<span>");
    out.text(&words.word("table.now"));
    out.raw(" <b>");
    out.figure(&value);
    out.raw("</b></span><span>");
    out.text(&words.word("fact.progress"));
    out.raw(" <b>");
    out.figure(&site.progress_figure(key_result, score));
    out.raw("</b>");
    if !gap.is_empty() {
        out.raw(", ");
        out.text(&gap);
    }
    out.raw("</span></p>\n");
    out.svg(&wide);
    out.svg(&narrow);
    if !rows.as_str().is_empty() {
        out.raw("<details><summary>");
        out.text(&words.word("details.show"));
        out.raw("</summary><div class=\"scroll\"><table><thead><tr>");
        for key in head {
            out.raw("<th scope=\"col\">");
            out.text(&words.word(key));
            out.raw("</th>");
        }
        out.raw("</tr></thead><tbody>");
        out.html(&rows);
        out.raw("</tbody></table></div>");
        if let Some(it) = shown_forecast(key_result, score, mark) {
            let computed = |value| site.computed(key_result, score, value);
            out.raw("<p class=\"note\">");
            out.text(&words.say(
                "chart.forecast-long",
                &[
                    ("value", computed(it.value).into()),
                    ("low", computed(it.low).into()),
                    ("high", computed(it.high).into()),
                    ("percent", words.percent(it.progress).into()),
                ],
            ));
            out.raw("</p>");
        }
        out.raw("</details>");
    }
    out.raw("</figure>");
}

fn about(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore) -> String {
    let words = site.words;
    let falling = key_result.measure.ends().is_some_and(|(start, target)| target.value < start.value);
    let by_kpi = match key_result.measure {
        Measure::Kpi { kpi, .. } => words.say("range.kpi", &[("kpi", site.workspace.kpi(kpi).title.as_str().into())]),
        _ => String::new(),
    };
    let parts = [
        range_with_unit(site, key_result, score),
        by_kpi,
        if falling { words.word("chart.lower-is-better") } else { String::new() },
        if key_result.weight == 1.0 {
            String::new()
        } else {
            words.say("chart.weight", &[("weight", plain(words, key_result.weight).into())])
        },
        site.person(key_result.owner.as_ref()),
    ];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// From where to where, with the unit; money carries its sign in the numbers, where they have a suffix.
fn range_with_unit(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore) -> String {
    let range = site.range(key_result, score);
    match key_result.unit.as_ref() {
        Some(unit) if unit.is_percent() && !range.is_empty() => format!("{range}%"),
        Some(unit) if unit.currency().is_none() && !range.is_empty() => format!("{range}\u{a0}{}", unit.as_str()),
        Some(_) | None => range,
    }
}

/// The finding: where it is against where it should be.
fn heading(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore) -> String {
    let words = site.words;
    let title = key_result.title.trim_end_matches('.');
    let current = site.current_text(key_result, score);
    let mut args =
        vec![("title", title.into()), ("current", current.into()), ("percent", words.percent(score.raw_progress.unwrap_or(0.0)).into())];
    let key = match (shown_mark(score), &key_result.measure) {
        (Mark::NotStarted, _) => "chart.before",
        (Mark::Cancelled, _) => "chart.cancelled",
        (Mark::Draft, _) => "chart.draft",
        (Mark::NotUpdated, _) if score.raw_progress.is_some() => {
            let since = score.last_check_in.unwrap_or(objective.period.first());
            args.push(("n", days_between(since, site.scorecard.as_of).into()));
            "chart.stale"
        }
        (_, _) if score.raw_progress.is_none() => "chart.no-data",
        (Mark::Achieved | Mark::Progressed | Mark::Missed, _) => {
            args.push(("score", words.number(score.score.unwrap_or(0.0), 2).into()));
            "chart.ended"
        }
        (Mark::Done, Measure::Done { .. } | Measure::Milestones(_)) => "chart.steps-done",
        (Mark::Done, _) => "chart.done",
        (mark, measure) if measure.bounds().is_some() => {
            args.push(("held", ((score.progress * score.days.len() as f64).round() as usize).into()));
            args.push(("all", score.days.len().into()));
            if mark == Mark::OffTrack { "chart.outside" } else { "chart.inside" }
        }
        (mark, Measure::Metric { .. } | Measure::Kpi { .. }) if key_result.measure.ends().is_some() => {
            let (start, target) = key_result.measure.ends().expect("it was asked for");
            args.push(("target", site.written(key_result, score, &target).into()));
            let expected = expected_value(score, start.value, target.value);
            args.push(("expected", site.computed(key_result, score, expected).into()));
            if mark == Mark::OnTrack { "chart.on-track" } else { "chart.late" }
        }
        (mark, _) => {
            args.push(("expected", words.percent(score.expected).into()));
            if mark == Mark::OnTrack { "chart.steps-on-track" } else { "chart.steps-late" }
        }
    };
    words.say(key, &args)
}

/// A forecast as it is drawn: no value below zero, nor a share above 100, where neither end of the way lies there. The
/// export keeps what was computed.
#[derive(Clone, Copy)]
struct Shown {
    value: f64,
    low: f64,
    high: f64,
    progress: f64,
    /// At any rate of the range the target is passed before the last day.
    early: bool,
}

fn shown_forecast(key_result: &KeyResult, score: &KeyResultScore, mark: Mark) -> Option<Shown> {
    // What nobody has updated says nothing of where it goes, and what is reached goes nowhere.
    let it = score.forecast.filter(|_| !matches!(mark, Mark::NotUpdated | Mark::Done))?;
    let Measure::Metric { start, target, .. } = &key_result.measure else { return None };
    let (start, target) = (start.value, target.value);
    let least = if start >= 0.0 && target >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let percent = computed_like(key_result, score).denomination == crate::model::Denomination::Percent
        || key_result.unit.as_ref().is_some_and(crate::model::Unit::is_percent);
    // Growth in per cent may well pass 100; a share may not, and its way ends there at the latest.
    let most = if percent && start.max(target) <= 100.0 && start.min(target) > 0.0 { 100.0 } else { f64::INFINITY };
    let possible = |value: f64| value.clamp(least, most);
    // A forecast is a number with a range: only where all of it lies beyond the target is "early" the whole truth.
    let early = [it.value, it.low, it.high].into_iter().all(|value| (value - target) * (target - start).signum() > 0.0);
    Some(Shown { value: possible(it.value), low: possible(it.low), high: possible(it.high), progress: it.progress, early })
}

fn expected_value(score: &KeyResultScore, start: f64, target: f64) -> f64 {
    start + (target - start) * score.expected
}

fn drawn(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore, label: &str) -> (Svg, Svg) {
    match &key_result.measure {
        measure if measure.ends().is_some() || measure.bounds().is_some() => match (measure.ends(), measure.bounds()) {
            (Some(ends), _) => pace(site, objective, key_result, score, ends, label),
            (None, Some(bounds)) => hold(site, objective, key_result, score, bounds, label),
            (None, None) => (Svg::default(), Svg::default()),
        },
        Measure::Milestones(all) => steps(site, &objective.period, all, score, label),
        Measure::Done { due, .. } => {
            let one = Milestone {
                id: key_result.id.clone(),
                title: key_result.title.clone(),
                due: *due,
                done: None,
                weight: 1.0,
                at: crate::model::Spot::TOP,
            };
            steps(site, &objective.period, &[one], score, label)
        }
        Measure::Metric { .. } | Measure::Hold { .. } | Measure::Kpi { .. } | Measure::Unmeasured { .. } => {
            (Svg::default(), Svg::default())
        }
    }
}

/// What line charts share: points, weeks, months, today.
struct Axis {
    points: Vec<Point>,
    weeks: Vec<WeekMark>,
    months: Vec<(i64, String)>,
    today: Option<i64>,
    today_word: String,
}

fn axis(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore) -> Axis {
    let period = &objective.period;
    let day = |date| days_between(period.first(), date);
    let points = score
        .days
        .iter()
        .map(|(date, value)| Point { day: day(*date), value: *value, mark: mark_on(site, objective, key_result, score, *date, *value) })
        .collect();
    let weeks = slots(period)
        .iter()
        .zip(&score.rhythm.states)
        .map(|(slot, state)| WeekMark {
            day: (day(slot.first) + day(slot.last)) / 2,
            state: match state {
                SlotState::Checked(_) => WeekState::Checked,
                SlotState::Missed => WeekState::Missed,
                SlotState::Quiet | SlotState::Future => WeekState::Future,
            },
        })
        .collect();
    Axis { points, weeks, months: months(site, period), today: today_in(site, period), today_word: site.words.word("chart.today") }
}

fn pace(
    site: &Site<'_>,
    objective: &Objective,
    key_result: &KeyResult,
    score: &KeyResultScore,
    (start, target): (Amount, Amount),
    label: &str,
) -> (Svg, Svg) {
    let words = site.words;
    let period = &objective.period;
    let axis = axis(site, objective, key_result, score);
    let mark = shown_mark(score);
    let plan = pace_points(key_result, period);
    let expected = expected_value(score, start.value, target.value);
    let computed = |value| site.computed(key_result, score, value);
    let late = matches!(mark, Mark::AtRisk | Mark::OffTrack);
    let missing = words
        .say("chart.missing", &[("value", gap_text(site, key_result, score, (expected - score.current.unwrap_or(expected)).abs()).into())]);
    let gap = match (axis.today, score.current) {
        (Some(day), Some(actual)) if late => Some(Gap { day, expected, actual, mark, word: &missing }),
        _ => None,
    };
    let newest = axis.points.last().copied();
    let forecast = shown_forecast(key_result, score, mark);
    let early = forecast.is_some_and(|it| it.early);
    let fan = forecast.zip(newest).map(|(it, from)| Fan {
        from_day: from.day,
        from_value: from.value,
        value: it.value,
        low: it.low,
        high: it.high,
    });
    let forecast_label = match forecast {
        Some(_) if early => words.word("chart.forecast-early"),
        Some(it) => words.say(
            "chart.forecast",
            &[
                ("value", number(site, key_result, score, it.value).into()),
                ("low", number(site, key_result, score, it.low).into()),
                ("high", number(site, key_result, score, it.high).into()),
            ],
        ),
        None => String::new(),
    };
    let forecast_short = match forecast {
        Some(_) if early => words.word("chart.forecast-early-short"),
        Some(it) => words.say("chart.forecast-short", &[("value", computed(it.value).into())]),
        None => String::new(),
    };
    // Two suffixes on one axis: without them 900 would stand below 1,2.
    let mixed = start.scale != target.scale && start.value != 0.0 && target.value != 0.0;
    let end = |amount: &Amount| {
        if mixed { site.written(key_result, score, amount) } else { words.value_parts(amount.value, amount, key_result.unit.as_ref()).0 }
    };
    let (start_end, target_end) = (end(&start), end(&target));
    let start_label = words.say("chart.start", &[("value", site.written(key_result, score, &start).into())]);
    let target_label = words.say("chart.target", &[("value", site.written(key_result, score, &target).into())]);
    let current_label = score.current.map_or_else(String::new, |_| site.current_text(key_result, score));
    let pace_label = words.word("chart.plan");
    let months: Vec<(i64, &str)> = axis.months.iter().map(|(day, name)| (*day, name.as_str())).collect();
    let picture = Pace {
        days: period.days(),
        today: axis.today,
        today_word: &axis.today_word,
        start: start.value,
        target: target.value,
        pace: &plan,
        tolerance: (target.value - start.value).abs() * 0.1,
        points: &axis.points,
        forecast: fan,
        gap,
        months: &months,
        weeks: &axis.weeks,
        words: PaceWords {
            start_end: &start_end,
            target_end: &target_end,
            start_label: &start_label,
            target_label: &target_label,
            forecast_label: &forecast_label,
            forecast_short: &forecast_short,
            current_label: &current_label,
            pace_label: &pace_label,
            label,
        },
    };
    (charts::pace_line(&picture, Size::Wide), charts::pace_line(&picture, Size::Narrow))
}

/// A distance: percentages in percentage points.
fn gap_text(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore, value: f64) -> String {
    let percent = key_result.unit.as_ref().is_some_and(crate::model::Unit::is_percent)
        || computed_like(key_result, score).denomination == crate::model::Denomination::Percent && key_result.unit.is_none();
    if percent {
        return site.words.say("chart.points", &[("value", number(site, key_result, score, value).into())]);
    }
    site.computed(key_result, score, value)
}

/// A computed number without its unit.
fn number(site: &Site<'_>, key_result: &KeyResult, score: &KeyResultScore, value: f64) -> String {
    site.words.value_parts(value, &computed_like(key_result, score), key_result.unit.as_ref()).0
}

fn hold(
    site: &Site<'_>,
    objective: &Objective,
    key_result: &KeyResult,
    score: &KeyResultScore,
    (low, high): (Option<Amount>, Option<Amount>),
    label: &str,
) -> (Svg, Svg) {
    let words = site.words;
    let axis = axis(site, objective, key_result, score);
    let end = |amount: Option<Amount>| amount.map_or_else(String::new, |it| words.value_parts(it.value, &it, key_result.unit.as_ref()).0);
    let said = |key: &str, amount: Option<Amount>| {
        amount.map_or_else(String::new, |it| words.say(key, &[("value", site.written(key_result, score, &it).into())]))
    };
    let (low_end, high_end) = (end(low), end(high));
    let (low_label, high_label) = (said("chart.at-least", low), said("chart.at-most", high));
    let current_label = score.current.map_or_else(String::new, |_| site.current_text(key_result, score));
    let months: Vec<(i64, &str)> = axis.months.iter().map(|(day, name)| (*day, name.as_str())).collect();
    let picture = Hold {
        days: objective.period.days(),
        today: axis.today,
        today_word: &axis.today_word,
        low: low.map(|it| it.value),
        high: high.map(|it| it.value),
        points: &axis.points,
        months: &months,
        weeks: &axis.weeks,
        words: HoldWords {
            low_end: &low_end,
            high_end: &high_end,
            low_label: &low_label,
            high_label: &high_label,
            current_label: &current_label,
            label,
        },
    };
    (charts::hold_line(&picture, Size::Wide), charts::hold_line(&picture, Size::Narrow))
}

fn steps(site: &Site<'_>, period: &Period, all: &[Milestone], score: &KeyResultScore, label: &str) -> (Svg, Svg) {
    let day = |date| days_between(period.first(), date);
    let as_of = site.scorecard.as_of;
    let rows: Vec<Step<'_>> = all
        .iter()
        .zip(&score.milestones)
        .map(|(it, state)| Step {
            due: it.due.map(day),
            done: state.done.map(day),
            title: &it.title,
            state: step_state(it, state.done, state.counted, as_of),
        })
        .collect();
    let months = months(site, period);
    let names: Vec<(i64, &str)> = months.iter().map(|(day, name)| (*day, name.as_str())).collect();
    let today_word = site.words.word("chart.today");
    let picture =
        Steps { days: period.days(), today: today_in(site, period), today_word: &today_word, steps: &rows, months: &names, label };
    (charts::steps(&picture, Size::Wide), charts::steps(&picture, Size::Narrow))
}

fn step_state(milestone: &Milestone, done: Option<crate::model::Date>, counted: bool, as_of: crate::model::Date) -> StepState {
    match (done, milestone.due) {
        (Some(day), Some(due)) if day > due || !counted => StepState::DoneLate,
        (Some(_), _) => StepState::Done,
        (None, Some(due)) if due < as_of => StepState::Overdue,
        (None, Some(_)) => StepState::Due,
        (None, None) => StepState::Open,
    }
}

/// The keys of the column heads, and the rows.
fn figures(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore) -> ([&'static str; 5], Html) {
    match &key_result.measure {
        Measure::Milestones(all) => {
            let head = ["milestone.title", "milestone.due", "milestone.done-on", "table.status", "details.source"];
            (head, milestone_figures(site, key_result, all, score))
        }
        _ => {
            let head = ["details.day", "details.value", "details.plan", "table.status", "details.source"];
            (head, value_figures(site, objective, key_result, score))
        }
    }
}

fn milestone_figures(site: &Site<'_>, key_result: &KeyResult, all: &[Milestone], score: &KeyResultScore) -> Html {
    let words = site.words;
    let mut rows = Rows::new(words, all.len());
    for (it, state) in all.iter().zip(&score.milestones) {
        let (status, key) = match (state.done, it.due) {
            (Some(_), _) => (Status::Done, "milestone.done"),
            (None, Some(due)) if due < site.scorecard.as_of => (Status::OffTrack, "milestone.overdue"),
            (None, _) => (Status::NotStarted, "milestone.open"),
        };
        let day = |day: Option<crate::model::Date>| day.map_or_else(|| "–".to_owned(), |day| words.short_day(day));
        let status = StatusView { word: words.word(key), ..StatusView::new(mark_of(status), words) };
        let source = Source { path: key_result.source.path.clone(), line: it.at.line };
        let title = if it.weight == 1.0 {
            it.title.clone()
        } else {
            let weight = words.say("chart.weight", &[("weight", plain(words, it.weight).into())]);
            format!("{} · {weight}", it.title)
        };
        rows.push_said([&title, &day(it.due), &day(state.done)], &status, &source);
    }
    rows.finish()
}

/// What a KPI's parts have come to by the end of each: the lines that gave them are the KPI's.
fn kpi_figures(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore, kpi: KpiAt) -> Html {
    let words = site.words;
    let mut rows = Rows::new(words, score.days.len());
    let period = &objective.period;
    let parts = site.scorecard.kpis[kpi.0].series.iter().filter(|it| it.value.is_some() && period.contains(it.period.belongs_on()));
    for (part, (day, value)) in parts.zip(&score.days) {
        let expected = expected_on(site, objective, key_result, score, *day);
        let shown = site.computed(key_result, score, *value);
        let mark = mark_on(site, objective, key_result, score, *day, *value);
        let source = part.source.clone().unwrap_or_else(|| site.workspace.kpi(kpi).source.clone());
        rows.push([&words.short_day(*day), &shown, &expected], mark, &source);
    }
    rows.finish()
}

/// The plan's value on a day, or what must be held.
fn expected_on(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore, day: Date) -> String {
    match key_result.measure.ends() {
        Some((start, target)) => {
            let share = crate::compute::expected_progress(key_result, &objective.period, day, true);
            let value = start.value + (target.value - start.value) * share;
            site.words.value(value, &computed_like(key_result, score), key_result.unit.as_ref())
        }
        None => range_with_unit(site, key_result, score),
    }
}

fn value_figures(site: &Site<'_>, objective: &Objective, key_result: &KeyResult, score: &KeyResultScore) -> Html {
    let words = site.words;
    if let Measure::Kpi { kpi, .. } = key_result.measure {
        return kpi_figures(site, objective, key_result, score, kpi);
    }
    let mut rows = Rows::new(words, score.history.len());
    for (said, value) in score.history.iter().zip(&score.shown) {
        let Some(value) = *value else { continue };
        let expected = expected_on(site, objective, key_result, score, said.day);
        let shown = match &said.value {
            crate::compute::Value::Number(amount) => site.written(key_result, score, amount),
            crate::compute::Value::Done(done) => words.word(if *done { "done.yes" } else { "done.no" }),
            _ => plain(words, value),
        };
        let mark = mark_on(site, objective, key_result, score, said.day, value);
        rows.push([&words.short_day(said.date), &shown, &expected], mark, &said.source);
    }
    rows.finish()
}
