//! The pace line of a key result, and the line of one that must be held.
//!
//! OKR moves: the distance from baseline to target is the picture's height, the period its width, the plan a dashed
//! line through it. A hold has no way to go: its bounds are level lines. Neither knows a unit, a date or a language;
//! they get days counted from the period's first, and ready words.

use std::ops::Range;

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::element::PathElement;

use super::canvas::{Finish, Frame, Ground, Held, Letter, Pen, Sheet, Spot, Stretch, Tone, sure};
use super::confidence::cross;
use super::labels::{self, Place, Taken, Weight};
use super::{Mark, Svg};

/// The two widths a chart is drawn at, because its text must not shrink with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 936 px, the evidence column of a desk: class `wide`.
    Wide,
    /// 354 px, a phone: class `narrow`.
    Narrow,
}

/// A check-in's value.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Days from the first day of the period.
    pub day: i64,
    /// In the key result's unit; not finite: a gap in the line.
    pub value: f64,
    /// The status at that check-in.
    pub mark: Mark,
}

/// The forecast, from the newest value to the last day.
#[derive(Clone, Copy, Debug)]
pub struct Fan {
    /// Where it starts: the day of the newest value.
    pub from_day: i64,
    /// The newest value.
    pub from_value: f64,
    /// The value to be expected on the last day.
    pub value: f64,
    /// The range's one end on the last day.
    pub low: f64,
    /// The range's other end.
    pub high: f64,
}

/// What is missing today: the bracket from expected to actual.
#[derive(Clone, Copy, Debug)]
pub struct Gap<'a> {
    /// The day it is measured on.
    pub day: i64,
    /// The value the plan expects.
    pub expected: f64,
    /// The value there is.
    pub actual: f64,
    /// Gives the colour.
    pub mark: Mark,
    /// "thiếu 3,4 điểm %".
    pub word: &'a str,
}

/// A mark under the axis.
#[derive(Clone, Copy, Debug)]
pub struct WeekMark {
    /// Where it stands.
    pub day: i64,
    /// What happened.
    pub state: WeekState,
}

/// What happened in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekState {
    /// A check-in: a dot.
    Checked,
    /// None: a red cross.
    Missed,
    /// Still to come, or nothing due: a speck.
    Future,
}

/// The words of a [`Pace`]; an empty one is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct PaceWords<'a> {
    /// Left end of the baseline's line: "84".
    pub start_end: &'a str,
    /// Left end of the target's line: "96".
    pub target_end: &'a str,
    /// Right end: "Ban đầu 84%".
    pub start_label: &'a str,
    /// Right end: "Chỉ tiêu 96%".
    pub target_label: &'a str,
    /// Right end of the forecast: "Với đà hiện tại: khoảng 86 (84–88)".
    pub forecast_label: &'a str,
    /// The same for the narrow picture.
    pub forecast_short: &'a str,
    /// At the newest point: "86,5%".
    pub current_label: &'a str,
    /// Along the plan: "kế hoạch".
    pub pace_label: &'a str,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// A key result that travels from a baseline to a target.
#[derive(Clone, Copy, Debug)]
pub struct Pace<'a> {
    /// Last day − first day.
    pub days: i64,
    /// Days from the first; none outside the period.
    pub today: Option<i64>,
    /// "Hôm nay".
    pub today_word: &'a str,
    /// The baseline.
    pub start: f64,
    /// The target; below the baseline for a falling metric.
    pub target: f64,
    /// The plan from (0, start) over its checkpoints to (days, target); empty: straight.
    pub pace: &'a [(i64, f64)],
    /// What may be missing without being late, in units of the value (ten points of the way).
    pub tolerance: f64,
    /// In order of their days.
    pub points: &'a [Point],
    /// The forecast.
    pub forecast: Option<Fan>,
    /// The bracket, when late.
    pub gap: Option<Gap<'a>>,
    /// The first day of each month and its name; the first at day 0.
    pub months: &'a [(i64, &'a str)],
    /// The marks under the axis.
    pub weeks: &'a [WeekMark],
    /// The words.
    pub words: PaceWords<'a>,
}

/// The words of a [`Hold`]; an empty one is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct HoldWords<'a> {
    /// Left end of the lower bound.
    pub low_end: &'a str,
    /// Left end of the upper bound.
    pub high_end: &'a str,
    /// Right end of the lower bound: "ít nhất 95%".
    pub low_label: &'a str,
    /// Right end of the upper bound.
    pub high_label: &'a str,
    /// At the newest point.
    pub current_label: &'a str,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// A key result that must stay inside bounds.
#[derive(Clone, Copy, Debug)]
pub struct Hold<'a> {
    /// Last day − first day.
    pub days: i64,
    /// Days from the first; none outside the period.
    pub today: Option<i64>,
    /// "Hôm nay".
    pub today_word: &'a str,
    /// At least this.
    pub low: Option<f64>,
    /// At most this.
    pub high: Option<f64>,
    /// In order of their days; inside `OnTrack`, outside `OffTrack`.
    pub points: &'a [Point],
    /// The first day of each month and its name; the first at day 0.
    pub months: &'a [(i64, &'a str)],
    /// The marks under the axis.
    pub weeks: &'a [WeekMark],
    /// The words.
    pub words: HoldWords<'a>,
}

/// Draws the way of a key result.
pub fn pace_line(p: &Pace<'_>, size: Size) -> Svg {
    let start = known(p.start).unwrap_or(0.0);
    let target = known(p.target).unwrap_or(start);
    let words = &p.words;
    let plan = plan(p, start, target);
    let mut plot = Plot::new(&Setting {
        size,
        days: p.days,
        values: pace_range(p, start, target, &plan),
        left_words: &[words.start_end, words.target_end],
        right_words: &[words.start_label, words.target_label, words.forecast_label],
        label: words.label,
    });

    if let Some(fan) = &p.forecast {
        plot.fan(fan);
    }
    plot.tolerance(&plan, start, target, known(p.tolerance).unwrap_or(0.0));
    plot.month_lines(p.months);
    plot.week_marks(p.weeks);
    plot.axis();
    plot.level(Pen::new(Tone::Ink, 10), target);
    plot.level(Pen::new(Tone::Rule2, 10).with(Finish::Fine), start);
    plot.series(Pen::new(Tone::Ink, 13).with(Finish::Dashed), &plan);
    plot.today_line(p.today);
    if let Some(fan) = &p.forecast {
        plot.forecast(fan);
    }
    plot.actual(p.points);
    if let Some(gap) = &p.gap {
        plot.bracket(gap);
    }

    plot.month_names(p.months);
    plot.today_name(p.today, p.today_word);
    plot.left_end(&[(target, Letter::Strong, words.target_end), (start, Letter::Plain, words.start_end)]);
    let forecast = p.forecast.and_then(|fan| known(fan.value));
    let mut ends = vec![(target, Letter::Strong, words.target_label), (start, Letter::Plain, words.start_label)];
    ends.extend(forecast.map(|value| (value, Letter::Soft, words.forecast_label)));
    plot.right_end(&ends);
    if let Some(gap) = &p.gap {
        plot.bracket_word(gap);
    }
    plot.current(p.points, &plan, words.current_label);
    if let Some(value) = forecast {
        plot.forecast_short(value, target, words.forecast_short);
    }
    let level = |value: f64| plot.spots(&[(0.0, value), (plot.days, value)]);
    let mut others = vec![level(start), level(target)];
    others.extend(p.forecast.as_ref().and_then(|fan| plot.fan_corners(fan)).map(|[from, to, _, _]| plot.spots(&[from, to])));
    others.push(p.points.iter().filter_map(|point| Some(plot.spot((plot.day(point.day), known(point.value)?)))).collect());
    plot.pace_word(&plan, &others, words.pace_label);
    plot.finish()
}

/// Draws a key result that must be held.
pub fn hold_line(h: &Hold<'_>, size: Size) -> Svg {
    let low = h.low.and_then(known);
    let high = h.high.and_then(known);
    let words = &h.words;
    let values = h.points.iter().map(|point| point.value);
    let mut plot = Plot::new(&Setting {
        size,
        days: h.days,
        values: padded(values.chain(low).chain(high), 0.2),
        left_words: &[words.low_end, words.high_end],
        right_words: &[words.low_label, words.high_label],
        label: words.label,
    });

    plot.inside(low, high);
    plot.month_lines(h.months);
    plot.week_marks(h.weeks);
    plot.axis();
    for bound in [high, low].into_iter().flatten() {
        plot.level(Pen::new(Tone::Ink, 10), bound);
    }
    plot.today_line(h.today);
    plot.actual(h.points);

    plot.month_names(h.months);
    plot.today_name(h.today, h.today_word);
    let ends = |high_word, low_word| -> Vec<(f64, Letter, &str)> {
        let high = high.map(|value| (value, Letter::Strong, high_word));
        let low = low.map(|value| (value, Letter::Strong, low_word));
        high.into_iter().chain(low).collect()
    };
    plot.left_end(&ends(words.high_end, words.low_end));
    plot.right_end(&ends(words.high_label, words.low_label));
    let middle = low.or(high).unwrap_or(0.0);
    plot.current(h.points, &[(0.0, middle), (plot.days, middle)], words.current_label);
    plot.finish()
}

/// A day and a value, both known to be finite.
type At = (f64, f64);

/// A finite number, kept where differences cannot overflow.
pub(super) fn known(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-1e300, 1e300))
}

/// The range of all known values with a share more at both ends, never empty.
fn padded(values: impl Iterator<Item = f64>, more: f64) -> Range<f64> {
    let (low, high) =
        values.filter_map(known).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let pad = if high > low { (high - low) * more } else { (high.abs() * 0.1).max(1.0) };
    low - pad..high + pad
}

/// From baseline to target and what lies outside; a forecast may stretch the picture by half the way, no more.
fn pace_range(p: &Pace<'_>, start: f64, target: f64, plan: &[At]) -> Range<f64> {
    let way = (target - start).abs();
    // The forecast itself may stretch the picture; its range only a little, or a wide one would flatten the line.
    let within = |value: f64, share: f64| value.clamp(start.min(target) - way * share, start.max(target) + way * share);
    let fan = p.forecast.iter().flat_map(|fan| [(fan.value, 0.5), (fan.low, 0.15), (fan.high, 0.15)]);
    let points = p.points.iter().map(|point| point.value);
    padded(
        [start, target]
            .into_iter()
            .chain(plan.iter().map(|&(_, value)| value))
            .chain(points)
            .chain(p.gap.iter().flat_map(|gap| [gap.expected, gap.actual]))
            .chain(fan.filter_map(|(value, share)| known(value).map(|value| within(value, share)))),
        0.1,
    )
}

/// The plan as points, from the first day to the last.
fn plan(p: &Pace<'_>, start: f64, target: f64) -> Vec<At> {
    let days = p.days.max(1) as f64;
    let mut plan: Vec<At> = p.pace.iter().filter_map(|&(day, value)| Some(((day as f64).clamp(0.0, days), known(value)?))).collect();
    plan.sort_by(|a, b| a.0.total_cmp(&b.0));
    if plan.first().is_none_or(|&(day, _)| day > 0.0) {
        plan.insert(0, (0.0, start));
    }
    if plan.last().is_none_or(|&(day, _)| day < days) {
        plan.push((days, target));
    }
    plan
}

/// What the plan expects on a day.
fn planned(plan: &[At], day: f64) -> f64 {
    let next = plan.partition_point(|&(at, _)| at < day);
    match (plan.get(next.wrapping_sub(1)), plan.get(next)) {
        (Some(&(d0, v0)), Some(&(d1, v1))) if d1 > d0 => v0 + (v1 - v0) * ((day - d0) / (d1 - d0)),
        (_, Some(&(_, value))) | (Some(&(_, value)), None) => value,
        (None, None) => 0.0,
    }
}

/// The lower edge of what is still on track: the plan less the tolerance, at the baseline at the least.
fn edge(plan: &[At], start: f64, target: f64, tolerance: f64) -> Vec<At> {
    let side = if target < start { -1.0 } else { 1.0 };
    let tolerance = tolerance.abs();
    let over = |value: f64| (value - start) * side - tolerance;
    let mut edge = Vec::with_capacity(plan.len() + 2);
    for (at, &(day, value)) in plan.iter().enumerate() {
        if let Some(&(before, was)) = at.checked_sub(1).and_then(|at| plan.get(at)) {
            let (a, b) = (over(was), over(value));
            if (a < 0.0) != (b < 0.0) && day > before {
                edge.push((before + (day - before) * (a / (a - b)), start));
            }
        }
        let lowest = ((value - start) * side).min(0.0);
        edge.push((day, start + over(value).max(lowest) * side));
    }
    edge
}

/// The measures of a size, in tenths of a pixel.
struct Measures {
    class: &'static str,
    width: i32,
    height: i32,
    left: i32,
    right: i32,
    top: i32,
    axis: i32,
    /// The widest the left and right margins may grow for long words.
    most: (i32, i32),
}

impl Size {
    fn measures(self) -> Measures {
        match self {
            Size::Wide => {
                Measures { class: "wide", width: 9360, height: 3000, left: 560, right: 1680, top: 220, axis: 2540, most: (1800, 3000) }
            }
            Size::Narrow => {
                Measures { class: "narrow", width: 3540, height: 2800, left: 440, right: 160, top: 260, axis: 2340, most: (1000, 160) }
            }
        }
    }
}

/// What a picture is set up with.
struct Setting<'a> {
    size: Size,
    days: i64,
    values: Range<f64>,
    left_words: &'a [&'a str],
    right_words: &'a [&'a str],
    label: &'a str,
}

/// The picture: plotters' coordinates on our sheet, and the texts that already have a place.
struct Plot {
    size: Size,
    sheet: Sheet,
    way: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    /// Where the first and the last day lie, the lowest and the highest value.
    across: (i32, i32),
    down: (i32, i32),
    measures: Measures,
    days: f64,
    values: Range<f64>,
    taken: Taken,
}

impl Plot {
    fn new(setting: &Setting<'_>) -> Plot {
        let mut measures = setting.size.measures();
        let widest = |words: &[&str]| {
            let widths = words.iter().map(|word| labels::width(word, Weight::Bold));
            widths.max().unwrap_or(0)
        };
        let room = |least: i32, words: &[&str], most: i32| (widest(words) + 120).clamp(least, most);
        measures.left = room(measures.left, setting.left_words, measures.most.0);
        measures.right = room(measures.right, setting.right_words, measures.most.1);
        let sheet = Sheet::new(&Frame {
            class: measures.class,
            width: measures.width as u32 / 10,
            height: measures.height as u32 / 10,
            label: setting.label,
            stretch: Stretch::No,
        });
        let days = setting.days.max(1) as f64;
        let across = measures.left..measures.width - measures.right - 1;
        // The highest value lies on top.
        let down = measures.axis - 1..measures.top;
        let way = Cartesian2d::new(0.0..days, setting.values.clone(), (across.clone(), down.clone()));
        Plot {
            size: setting.size,
            sheet,
            days,
            values: setting.values.clone(),
            taken: Taken::default(),
            measures,
            way,
            across: (across.start, across.end),
            down: (down.start, down.end),
        }
    }

    fn finish(self) -> Svg {
        self.sheet.finish()
    }

    /// The plot's right end.
    fn end(&self) -> i32 {
        self.measures.width - self.measures.right
    }

    /// Where a text inside the plot may stand: left, top, right, bottom.
    fn inner(&self) -> (i32, i32, i32, i32) {
        let Measures { left, top, axis, .. } = self.measures;
        (left + 20, top + 30, self.end(), axis - 50)
    }

    fn day(&self, day: i64) -> f64 {
        (day as f64).clamp(0.0, self.days)
    }

    fn value(&self, value: f64) -> f64 {
        value.clamp(self.values.start, self.values.end)
    }

    fn spot(&self, (day, value): At) -> Spot {
        self.way.translate(&(day, self.value(value)))
    }

    fn x(&self, day: i64) -> i32 {
        self.way.x_spec().map(&self.day(day), self.across)
    }

    fn y(&self, value: f64) -> i32 {
        self.way.y_spec().map(&self.value(value), self.down)
    }

    /// Where days and values lie.
    fn spots(&self, line: &[At]) -> Vec<Spot> {
        line.iter().map(|&at| self.spot(at)).collect()
    }

    /// A line through days and values.
    fn series(&self, pen: Pen, line: &[At]) {
        self.sheet.line(pen, &self.spots(line));
    }

    fn level(&self, pen: Pen, value: f64) {
        self.series(pen, &[(0.0, value), (self.days, value)]);
    }

    fn polygon(&self, tone: Tone, mut there: Vec<At>, back: Vec<At>) {
        there.extend(back.into_iter().rev());
        self.sheet.area(Pen::new(tone, 10), &self.spots(&there));
    }

    fn tolerance(&mut self, plan: &[At], start: f64, target: f64, tolerance: f64) {
        if tolerance != 0.0 && start != target {
            self.polygon(Tone::Band, plan.to_vec(), edge(plan, start, target, tolerance));
        }
    }

    /// The band between the bounds of a hold.
    fn inside(&mut self, low: Option<f64>, high: Option<f64>) {
        if low.is_none() && high.is_none() {
            return;
        }
        let low = low.unwrap_or(self.values.start);
        let high = high.unwrap_or(self.values.end);
        self.polygon(Tone::Band2, vec![(0.0, high), (self.days, high)], vec![(0.0, low), (self.days, low)]);
    }

    fn month_lines(&self, months: &[(i64, &str)]) {
        let Measures { top, axis, .. } = self.measures;
        for x in self.month_starts(months).into_iter().skip(1) {
            self.sheet.line(Pen::new(Tone::Rule, 10), &[(x, top), (x, axis + 60)]);
        }
    }

    fn month_starts(&self, months: &[(i64, &str)]) -> Vec<i32> {
        months.iter().map(|&(day, _)| self.x(day)).collect()
    }

    fn month_names(&mut self, months: &[(i64, &str)]) {
        let starts = self.month_starts(months);
        let y = self.measures.axis + 340;
        for (from, to, word) in labels::between(&starts, self.end(), months) {
            let at = (i32::midpoint(from, to), y);
            self.sheet.text(Letter::Plain, Ground::Bare, Held::Middle, at, word);
        }
    }

    /// One mark a week, those of a kind together.
    fn week_marks(&self, weeks: &[WeekMark]) {
        let y = self.measures.axis + 120;
        let of = |state: WeekState| weeks.iter().filter(move |week| week.state == state).map(|week| (self.x(week.day), y));
        of(WeekState::Checked).for_each(|at| self.sheet.dot(Tone::Data2, at, 30));
        of(WeekState::Future).for_each(|at| self.sheet.dot(Tone::Data2, at, 12));
        of(WeekState::Missed).for_each(|at| cross(&self.sheet, at, 30));
    }

    fn axis(&self) {
        let Measures { left, axis, .. } = self.measures;
        self.sheet.line(Pen::new(Tone::Rule2, 10), &[(left, axis), (self.end(), axis)]);
    }

    /// Today, if it lies in the period.
    fn today(&self, today: Option<i64>) -> Option<i32> {
        let today = today.filter(|&day| day >= 0 && day as f64 <= self.days)?;
        Some(self.x(today))
    }

    fn today_line(&self, today: Option<i64>) {
        let Measures { top, axis, .. } = self.measures;
        if let Some(x) = self.today(today) {
            self.sheet.line(Pen::new(Tone::Rule2, 10), &[(x, top - 60), (x, axis)]);
        }
    }

    fn today_name(&mut self, today: Option<i64>, word: &str) {
        let Some(x) = self.today(today) else { return };
        let (x, word) = labels::kept(word, x, self.measures.width, Weight::Regular);
        let at = (x, self.measures.top - 100);
        let held = Held::Middle;
        self.taken.take(Place { held, at }, labels::width(&word, Weight::Regular));
        self.sheet.text(Letter::Soft, Ground::Bare, Held::Middle, at, &word);
    }

    /// The forecast's range as a fan that opens from the newest value to the last day, under everything else.
    fn fan(&mut self, fan: &Fan) {
        let Some([from, _, low, high]) = self.fan_corners(fan) else {
            return;
        };
        let to_low = vec![from, self.clipped(from, low), low];
        let to_high = vec![self.clipped(from, high), high];
        self.polygon(Tone::Band2, to_low, to_high);
    }

    /// The forecast as dots to the last day, its range there as a thin bar.
    fn forecast(&mut self, fan: &Fan) {
        let Some([from, to, low, high]) = self.fan_corners(fan) else {
            return;
        };
        self.series(Pen::new(Tone::Data2, 16), &[low, high]);
        let pen = Pen::new(Tone::Data, 16).with(Finish::Dotted);
        let to = self.clipped(from, to);
        self.series(pen, &[from, to]);
    }

    /// Where the forecast starts, where it ends, and its range there; without a range the value stands for it.
    fn fan_corners(&self, fan: &Fan) -> Option<[At; 4]> {
        let from = (self.day(fan.from_day), known(fan.from_value)?);
        let value = known(fan.value)?;
        let end = |value: f64| (self.days, value);
        let low = known(fan.low).unwrap_or(value);
        let high = known(fan.high).unwrap_or(value);
        Some([from, end(value), end(low), end(high)])
    }

    /// The end of a line that must not leave the picture.
    fn clipped(&self, from: At, to: At) -> At {
        let inside = self.value(to.1);
        if inside == to.1 || to.1 == from.1 {
            return to;
        }
        let share = ((inside - from.1) / (to.1 - from.1)).clamp(0.0, 1.0);
        (from.0 + (to.0 - from.0) * share, inside)
    }

    /// What was reached: the line, broken where a value is missing, and a mark for each check-in.
    fn actual(&mut self, points: &[Point]) {
        let pen = Pen::new(Tone::Data, 22).with(Finish::Round);
        for run in points.split(|point| known(point.value).is_none()) {
            let line: Vec<At> = run.iter().map(|point| (self.day(point.day), point.value)).collect();
            if line.len() > 1 {
                self.series(pen, &line);
            }
        }
        self.marks(points);
    }

    /// Dots of one colour together, so that they share a path; the newest stands out.
    fn marks(&mut self, points: &[Point]) {
        let last = points.iter().rposition(|p| known(p.value).is_some());
        let kinds = [Shape::Dot, Shape::Ring, Shape::Triangle, Shape::Diamond];
        let spot = |point: &Point| Some(self.spot((self.day(point.day), known(point.value)?)));
        for (old, radius) in [(true, 40), (false, 49)] {
            let these = |shape: Shape| {
                points
                    .iter()
                    .enumerate()
                    .filter(move |(at, p)| (Some(*at) != last) == old && Shape::of(p.mark) == shape)
                    .filter_map(move |(_, p)| Some((spot(p)?, p.mark)))
            };
            let dots: Vec<(Spot, Mark)> = these(Shape::Dot).collect();
            for tone in [Tone::Paper, Tone::Ok] {
                let radius = if tone == Tone::Paper { radius + 10 } else { radius };
                for (at, _) in &dots {
                    self.sheet.dot(tone, *at, radius);
                }
            }
            for shape in kinds {
                for (at, mark) in these(shape) {
                    shape.draw(&self.sheet, Tone::of(mark), at, radius);
                }
            }
        }
    }

    /// From what is expected to what there is, in the colour of the status.
    fn bracket(&self, gap: &Gap<'_>) {
        let (Some(expected), Some(actual)) = (known(gap.expected), known(gap.actual)) else {
            return;
        };
        let x = self.x(gap.day) + 70;
        let (from, to) = (self.y(expected), self.y(actual));
        let serif = |y: i32| PathElement::new([(x - 40, y), (x + 40, y)], pen(gap).stroke());
        fn pen(gap: &Gap<'_>) -> Pen {
            Pen::new(Tone::of(gap.mark), 20)
        }
        self.sheet.line(pen(gap), &[(x, from), (x, to)]);
        sure(self.sheet.root().draw(&serif(from)));
        sure(self.sheet.root().draw(&serif(to)));
    }

    fn bracket_word(&mut self, gap: &Gap<'_>) {
        let (Some(expected), Some(actual)) = (known(gap.expected), known(gap.actual)) else {
            return;
        };
        let x = self.x(gap.day) + 70;
        let y = i32::midpoint(self.y(expected), self.y(actual)) + 40;
        let wishes = [(Held::Start, x + 90), (Held::End, x - 130)];
        self.find(Letter::of(gap.mark), &wishes.map(|(held, x)| Place { held, at: (x, y) }), gap.word);
    }

    /// Puts a word into the first free of the wished places inside the plot; leaves it out where none is.
    fn find(&mut self, letter: Letter, wishes: &[Place], word: &str) {
        if word.is_empty() {
            return;
        }
        let width = labels::width(word, letter.weight());
        if let Some(place) = self.taken.find(wishes, width, self.inner()) {
            self.sheet.text(letter, Ground::Busy, place.held, place.at, word);
        }
    }

    /// The newest value beside its point, on the side away from the plan.
    fn current(&mut self, points: &[Point], plan: &[At], word: &str) {
        let newest = points.iter().rev().find_map(|point| {
            let value = known(point.value)?;
            Some((self.day(point.day), value))
        });
        let Some(newest) = newest else { return };
        let (x, y) = self.spot(newest);
        let below = y >= self.y(planned(plan, newest.0));
        let (first, second) = if below { (220, -120) } else { (-120, 220) };
        let half = labels::width(word, Weight::Bold) / 2;
        let middle = (x - 20).max(self.inner().0 + half).min(self.end() - half);
        let wish = |held, x, y| Place { held, at: (x, y) };
        let mut wishes = [wish(Held::Middle, middle, y + first), wish(Held::Middle, middle, y + second), wish(Held::End, x - 90, y + 40)];
        // Rather on the other side than over the points that came before.
        let line: Vec<Spot> = points.iter().filter_map(|point| Some(self.spot((self.day(point.day), known(point.value)?)))).collect();
        wishes.sort_by_key(|place| Self::runs_through(&line, place, half * 2));
        self.find(Letter::Strong, &wishes, word);
    }

    /// The numbers at the left ends of level lines.
    fn left_end(&mut self, words: &[(f64, Letter, &str)]) {
        let x = self.measures.left - 80;
        self.column(words, Held::End, x, x);
    }

    /// The names at the right ends, where the picture is wide enough to have them.
    fn right_end(&mut self, words: &[(f64, Letter, &str)]) {
        if self.size == Size::Wide {
            let x = self.end() + 80;
            self.column(words, Held::Start, x, self.measures.width - x);
        }
    }

    fn column(&mut self, words: &[(f64, Letter, &str)], held: Held, x: i32, room: i32) {
        let words: Vec<_> = words.iter().filter(|word| !word.2.is_empty()).collect();
        let mut lines: Vec<i32> = words.iter().map(|word| self.y(word.0) + 40).collect();
        let (top, bottom) = (self.measures.top, self.measures.axis + 30);
        labels::spread(&mut lines, labels::APART, top, bottom);
        for ((_, letter, word), y) in words.into_iter().zip(lines) {
            let word = labels::shorten(word, room, letter.weight());
            let place = Place { held, at: (x, y) };
            self.taken.take(place, labels::width(&word, letter.weight()));
            self.sheet.text(*letter, Ground::Bare, held, (x, y), &word);
        }
    }

    /// The forecast's words in the narrow picture, inside the plot at its right end.
    fn forecast_short(&mut self, value: f64, target: f64, word: &str) {
        if self.size == Size::Wide {
            return;
        }
        let (y, goal) = (self.y(value), self.y(target));
        let (first, second) = if y >= goal { (180, -80) } else { (-80, 180) };
        let wish = |dy| Place { held: Held::End, at: (self.end(), y + dy) };
        self.find(Letter::Soft, &[wish(first), wish(second)], word);
    }

    /// The plan's name along it, where no other line runs through the letters.
    fn pace_word(&mut self, plan: &[At], others: &[Vec<Spot>], word: &str) {
        if self.size == Size::Narrow {
            return;
        }
        let rising = self.y(planned(plan, self.days)) <= self.y(planned(plan, 0.0));
        let wish = |share: f64, dy: i32| {
            let day = self.days * share;
            let (x, y) = self.spot((day, planned(plan, day)));
            // Away from the line on the side on which it rises or falls towards the word.
            let dx = if rising == (dy < 0) { -120 } else { 120 };
            let held = if dx < 0 { Held::End } else { Held::Start };
            Place { held, at: (x + dx, y + dy) }
        };
        let (open, other) = if rising { (-70, 150) } else { (150, -70) };
        let width = labels::width(word, Weight::Regular);
        let wishes: Vec<Place> = [0.74, 0.9, 0.6, 0.4, 0.25]
            .into_iter()
            .flat_map(|share| [wish(share, open), wish(share, other)])
            .filter(|place| !others.iter().any(|line| Self::runs_through(line, place, width)))
            .collect();
        self.find(Letter::Soft, &wishes, word);
    }

    /// Whether a line passes behind the letters of a word that would stand there.
    fn runs_through(line: &[Spot], place: &Place, width: i32) -> bool {
        let (x, y) = place.at;
        let left = match place.held {
            Held::Start => x,
            Held::Middle => x - width / 2,
            Held::End => x - width,
        };
        line.windows(2).any(|ends| {
            let (from, to) = (ends[0], ends[1]);
            if left + width < from.0 || left > to.0 {
                return false;
            }
            (0..=4).map(|part| left + width * part / 4).any(|x| {
                if x < from.0 || x > to.0 || from.0 == to.0 {
                    return false;
                }
                let at = from.1 + ((to.1 - from.1) as i64 * (x - from.0) as i64 / (to.0 - from.0) as i64) as i32;
                (y - 110..=y + 40).contains(&at)
            })
        })
    }
}

/// The shape of a point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Dot,
    Ring,
    Triangle,
    Diamond,
}

impl Shape {
    fn of(mark: Mark) -> Shape {
        match mark {
            Mark::OnTrack | Mark::Done | Mark::Achieved => Shape::Dot,
            Mark::AtRisk | Mark::Progressed => Shape::Triangle,
            Mark::OffTrack | Mark::Missed => Shape::Diamond,
            Mark::NotUpdated | Mark::NoData | Mark::NotStarted | Mark::Cancelled | Mark::Draft => Shape::Ring,
        }
    }

    /// Draws it with the visual weight of a dot of `radius`; dots themselves are drawn together.
    fn draw(self, sheet: &Sheet, tone: Tone, (x, y): Spot, radius: i32) {
        let pen = Pen::new(tone, 10).with(Finish::Halo);
        let r = radius * 128 / 100;
        match self {
            Shape::Dot => {}
            Shape::Ring => sheet.ring(tone, (x, y), radius - 6),
            Shape::Triangle => sheet.area(pen, &[(x, y - r), (x + r, y + r * 78 / 100), (x - r, y + r * 78 / 100)]),
            Shape::Diamond => sheet.area(pen, &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    const MONTHS: [(i64, &str); 3] = [(0, "Tháng 7"), (31, "Tháng 8"), (62, "Tháng 9")];
    const SIZES: [(Size, f64); 2] = [(Size::Wide, 936.0), (Size::Narrow, 354.0)];

    fn points(values: &[f64]) -> Vec<Point> {
        let at = |(week, &value)| Point { day: week as i64 * 7 + 2, value, mark: Mark::OnTrack };
        values.iter().enumerate().map(at).collect()
    }

    fn pace<'a>(points: &'a [Point], weeks: &'a [WeekMark]) -> Pace<'a> {
        Pace {
            days: 91,
            today: Some(44),
            today_word: "Hôm nay",
            start: 84.0,
            target: 96.0,
            pace: &[(0, 84.0), (91, 96.0)],
            tolerance: 1.2,
            points,
            forecast: None,
            gap: None,
            months: &MONTHS,
            weeks,
            words: PaceWords {
                start_end: "84",
                target_end: "96",
                start_label: "Ban đầu 84%",
                target_label: "Chỉ tiêu 96%",
                forecast_label: "Với đà hiện tại: khoảng 86 (84–88)",
                forecast_short: "với đà này: 86",
                current_label: "86,5%",
                pace_label: "kế hoạch",
                label: "Giao đúng hẹn",
            },
        }
    }

    const LATE: Gap<'_> = Gap { day: 44, expected: 89.8, actual: 86.5, mark: Mark::OffTrack, word: "thiếu 3,4 điểm %" };

    const FAN: Fan = Fan { from_day: 44, from_value: 86.5, value: 86.0, low: 84.0, high: 88.0 };

    #[test]
    fn a_missing_value_breaks_the_line() {
        let whole = points(&[84.0, 85.0, 86.0, 87.0]);
        let broken = points(&[84.0, 85.0, f64::NAN, 86.0, 87.0]);
        let parts = |points: &[Point]| {
            let svg = pace_line(&pace(points, &[]), Size::Wide).to_string();
            check::path(&svg, "ln l-data\" stroke-width=\"2.2").matches(['M', 'm']).count()
        };
        assert_eq!(parts(&whole), 1);
        assert_eq!(parts(&broken), 2);
    }

    #[test]
    fn the_gap_has_the_colour_of_its_status() {
        let points = points(&[84.0, 86.5]);
        for (mark, line, text) in [(Mark::OffTrack, "ln l-off\"", "t-off"), (Mark::AtRisk, "ln l-watch\"", "t-watch")] {
            let late = Pace { gap: Some(Gap { mark, ..LATE }), ..pace(&points, &[]) };
            let svg = pace_line(&late, Size::Wide).to_string();
            assert!(svg.contains(line) && svg.contains(text) && svg.contains(">thiếu 3,4 điểm %<"));
        }
        let svg = pace_line(&pace(&points, &[]), Size::Wide).to_string();
        assert!(!svg.contains("-off") && !svg.contains("-watch"));
    }

    #[test]
    fn a_falling_metric_has_its_target_at_the_bottom() {
        let y = |svg: &str, word: &str| check::placed(svg).into_iter().find(|t| t.text == word).map(|t| t.y);
        let rising = pace_line(&pace(&[], &[]), Size::Wide).to_string();
        assert!(y(&rising, "Chỉ tiêu 96%") < y(&rising, "Ban đầu 84%"));
        let falling = Pace { start: 96.0, target: 84.0, pace: &[], ..pace(&[], &[]) };
        let falling = pace_line(&falling, Size::Wide).to_string();
        assert!(y(&falling, "Chỉ tiêu 96%") > y(&falling, "Ban đầu 84%"));
    }

    #[test]
    fn values_beyond_the_ends_stretch_the_picture() {
        let inside = pace_line(&pace(&points(&[85.0]), &[]), Size::Wide).to_string();
        let above = pace_line(&pace(&points(&[85.0, 120.0]), &[]), Size::Wide).to_string();
        let target = |svg: &str| check::placed(svg).into_iter().find(|t| t.text == "96").expect("the target").y;
        assert!(target(&above) > target(&inside) + 50.0);
    }

    #[test]
    fn weeks_stand_under_the_axis_each_in_its_kind() {
        let weeks: Vec<WeekMark> = (0..13)
            .map(|week| WeekMark { day: week * 7, state: [WeekState::Checked, WeekState::Missed, WeekState::Future][week as usize % 3] })
            .collect();
        let svg = pace_line(&pace(&[], &weeks), Size::Narrow).to_string();
        assert_eq!(check::path(&svg, "ln l-off\"").matches(['M', 'm']).count(), 4 * 2);
        assert_eq!(check::path(&svg, "ln l-data2\" stroke-width=\"6").matches("h0").count(), 5);
    }

    #[test]
    fn labels_keep_clear_of_each_other() {
        for last in [84.0, 84.1, 86.5, 90.0, 95.8, 96.0, 97.0, 110.0] {
            for week in 0..13_usize {
                let values: Vec<f64> = (0..=week).map(|at| 84.0 + (last - 84.0) * (at as f64 + 1.0) / (week as f64 + 1.0)).collect();
                let points = points(&values);
                let day = week as i64 * 7 + 3;
                let expected = 84.0 + 12.0 * day as f64 / 91.0;
                let p = Pace {
                    today: Some(day),
                    gap: (last < expected).then_some(Gap { day, expected, actual: last, ..LATE }),
                    forecast: Some(Fan { from_day: day, from_value: last, value: last, low: last - 1.0, high: last + 1.0 }),
                    ..pace(&points, &[])
                };
                for (size, width) in SIZES {
                    check::texts(pace_line(&p, size).as_str(), width);
                }
            }
        }
    }

    #[test]
    fn the_newest_value_and_the_gap_are_always_told() {
        for day in [3, 20, 44, 70, 90] {
            let points = [Point { day, value: 86.5, mark: Mark::OffTrack }];
            let p = Pace { today: Some(day), gap: Some(Gap { day, expected: 95.0, ..LATE }), forecast: Some(FAN), ..pace(&points, &[]) };
            for (size, _) in SIZES {
                let svg = pace_line(&p, size).to_string();
                assert!(svg.contains(">86,5%<") && svg.contains(">thiếu 3,4 điểm %<"), "{day}");
            }
        }
    }

    #[test]
    fn a_quarter_of_check_ins_is_small() {
        let points = points(&[84.0, 85.1, 86.4, 87.1, 87.9, 87.2, 86.5, 88.0, 88.3, 89.0, 90.4, 91.7, 92.2]);
        let weeks: Vec<WeekMark> = (0..13).map(|week| WeekMark { day: week * 7, state: WeekState::Checked }).collect();
        let p = Pace { gap: Some(LATE), forecast: Some(FAN), ..pace(&points, &weeks) };
        for (size, _) in SIZES {
            let svg = pace_line(&p, size);
            assert!(svg.as_str().len() < 3000, "{}", svg.as_str().len());
        }
    }

    #[test]
    fn tolerance_ends_at_the_baseline() {
        let plan = [(0.0, 84.0), (91.0, 96.0)];
        let lower = edge(&plan, 84.0, 96.0, 1.2);
        assert_eq!(lower.first(), Some(&(0.0, 84.0)));
        assert!((lower[1].0 - 9.1).abs() < 1e-9 && lower[1].1 == 84.0, "{lower:?}");
        assert!((lower[2].1 - 94.8).abs() < 1e-9);
        let falling = edge(&[(0.0, 52.0), (91.0, 30.0)], 52.0, 30.0, 2.2);
        assert!((falling[2].1 - 32.2).abs() < 1e-9, "{falling:?}");
    }

    #[test]
    fn the_plan_goes_through_its_checkpoints() {
        let p = Pace { pace: &[(30, 85.0)], ..pace(&[], &[]) };
        let plan = plan(&p, 84.0, 96.0);
        assert_eq!(plan, [(0.0, 84.0), (30.0, 85.0), (91.0, 96.0)]);
        assert_eq!(planned(&plan, 15.0), 84.5);
        assert_eq!(planned(&plan, 91.0), 96.0);
    }

    #[test]
    fn a_hold_shows_its_bounds_and_what_lies_outside() {
        let mut points = points(&[96.0, 94.0]);
        points[1].mark = Mark::OffTrack;
        let hold = Hold {
            days: 91,
            today: Some(44),
            today_word: "Hôm nay",
            low: Some(95.0),
            high: None,
            points: &points,
            months: &MONTHS,
            weeks: &[],
            words: HoldWords { low_end: "95", low_label: "ít nhất 95%", current_label: "94%", ..HoldWords::default() },
        };
        for (size, width) in SIZES {
            let svg = hold_line(&hold, size).to_string();
            assert_eq!(check::path(&svg, "ln l-ink\"").matches('h').count(), 1);
            assert!(svg.contains("f-off") && svg.contains("f-band2"));
            check::texts(&svg, width);
            let both = Hold { high: Some(97.0), ..hold };
            assert_eq!(check::path(hold_line(&both, size).as_str(), "ln l-ink\"").matches('h').count(), 2);
        }
    }
}
