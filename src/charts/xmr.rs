//! The process behaviour chart of a KPI: values in their natural limits, and the signals among them.
//!
//! A KPI holds, so its picture is a band and not a way: the limits that its own values drew, the middle, the target
//! that somebody set. What counts as a signal is decided elsewhere; here it only gets its shape. The chart must never
//! know a rule, a unit or a date: it gets numbers in the order of their periods, and ready words.

use std::ops::Range;

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;

use super::Svg;
use super::canvas::{Finish, Frame, Ground, Held, Letter, Pen, Sheet, Spot, Stretch, Tone};
use super::labels::{self, Weight};
use super::line::{Size, known};

/// A word for the wide picture and one for the narrow; an empty one is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word<'a> {
    /// "Giới hạn trên 97,5%".
    pub long: &'a str,
    /// "97,5".
    pub short: &'a str,
}

impl<'a> Word<'a> {
    pub(super) fn at(self, size: Size) -> &'a str {
        match size {
            Size::Wide => self.long,
            Size::Narrow => self.short,
        }
    }
}

/// Whether a deviation is welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// On the good side.
    Better,
    /// On the bad side.
    Worse,
    /// The KPI has no good side.
    Neither,
}

/// What a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointKind {
    /// Nothing to ask about: a dot.
    Routine,
    /// Its period still runs: a ring, at the end of a dotted line.
    Partial,
    /// Outside the natural limits: a diamond.
    Beyond(Sense),
    /// Part of a pattern inside them: a triangle (worse), a large dot (better), a square (neither).
    Pattern(Sense),
}

/// A period's value.
#[derive(Clone, Copy, Debug)]
pub struct XmrPoint<'a> {
    /// None or not finite: a gap, the line is split.
    pub value: Option<f64>,
    /// Its shape.
    pub kind: PointKind,
    /// "87,4%"; shown at signals, where it has room.
    pub label: Option<&'a str>,
}

/// Natural limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandLimits {
    /// As computed; drawn within the chart's bounds.
    pub lower: f64,
    /// As computed; drawn within the chart's bounds.
    pub upper: f64,
}

/// How much the limits of a stretch are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// From enough values.
    Settled,
    /// From few: a lighter band.
    Provisional,
}

/// A stretch of points that are judged by the same limits; the next one begins with a rebase.
#[derive(Clone, Copy, Debug)]
pub struct XmrStretch {
    /// The first point.
    pub from: usize,
    /// Behind the last point.
    pub to: usize,
    /// None: too few values, a run chart.
    pub limits: Option<BandLimits>,
    /// The mean, or the median where there are no limits.
    pub middle: f64,
    /// What the limits are worth.
    pub standing: Standing,
    /// The last point that the limits are computed from, where more follow: a dotted vertical behind it.
    pub baseline_end: Option<usize>,
}

/// A target while it holds; one that changes is several of these.
#[derive(Clone, Copy, Debug)]
pub struct TargetSpan<'a> {
    /// The first point.
    pub from: usize,
    /// Behind the last point.
    pub to: usize,
    /// At least this.
    pub low: Option<f64>,
    /// At most this.
    pub high: Option<f64>,
    /// "Chỉ tiêu ≥ 95%", "≥ 95".
    pub word: Word<'a>,
}

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub struct XmrEvent<'a> {
    /// The point it happened at.
    pub at: usize,
    /// "tuần 25: đổi đơn vị giao ngoại thành", "tuần 25". Where neither has room its number stands, counted from 1 in
    /// the order given.
    pub word: Word<'a>,
}

/// The name of a point's period.
#[derive(Clone, Copy, Debug)]
pub struct Tick<'a> {
    /// The point.
    pub at: usize,
    /// "tuần 5".
    pub label: &'a str,
}

/// The words of an [`Xmr`].
#[derive(Clone, Copy, Debug, Default)]
pub struct XmrWords<'a> {
    /// Right end of the last stretch's upper limit.
    pub upper: Word<'a>,
    /// Right end of its middle.
    pub middle: Word<'a>,
    /// Right end of its lower limit.
    pub lower: Word<'a>,
    /// At the end of a baseline: "kỳ gốc, 20 tuần để tính giới hạn", "kỳ gốc".
    pub baseline: Word<'a>,
}

/// A process behaviour chart.
#[derive(Clone, Copy, Debug)]
pub struct Xmr<'a> {
    /// One a period, the oldest first.
    pub points: &'a [XmrPoint<'a>],
    /// In order, without a gap.
    pub stretches: &'a [XmrStretch],
    /// In order.
    pub targets: &'a [TargetSpan<'a>],
    /// In order.
    pub events: &'a [XmrEvent<'a>],
    /// One a point; the chart takes as many as have room.
    pub ticks: &'a [Tick<'a>],
    /// The least and the greatest possible value: limits are not drawn beyond.
    pub bounds: (Option<f64>, Option<f64>),
    /// The words.
    pub words: XmrWords<'a>,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// Draws the chart: 936×330 or 354×270 px.
pub fn xmr(chart: &Xmr<'_>, size: Size) -> Svg {
    let measures = measures(size);
    let mut flags = flags(chart, size);
    let rows = raise(&mut flags, measures.width);
    let top = measures.top + labels::APART * (rows.max(1) as i32 - 1);
    let mut plot = Plot::new(&Setting {
        measures: Measures { top, ..measures },
        right: right_margin(chart, size),
        count: chart.points.len(),
        values: reach(chart.points, chart.stretches, chart.targets, chart.bounds),
        label: chart.label,
    });

    plot.bands(chart.stretches, chart.bounds);
    plot.axis();
    let ticks = plot.ticks(chart.ticks);
    plot.baseline_ends(&flags);
    plot.limits(chart.stretches, chart.bounds);
    plot.targets(chart.targets, Pen::new(Tone::Brand, 18).with(Finish::Goal));
    plot.event_lines(&flags, chart.points);
    plot.curve(chart.points, Pen::new(Tone::Data2, if plot.slot() < 60 { 12 } else { 16 }));
    plot.points(chart.points);

    plot.tick_names(&ticks);
    plot.right_end(&ends(chart, size));
    plot.flag_words(&flags);
    plot.signal_words(chart);
    plot.target_words(chart.targets, size);
    plot.sheet.finish()
}

/// The measures of a picture, in tenths of a pixel.
pub(super) struct Measures {
    pub(super) class: &'static str,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) axis: i32,
}

fn measures(size: Size) -> Measures {
    match size {
        Size::Wide => Measures { class: "wide", width: 9360, height: 3300, left: 440, top: 200, axis: 2900 },
        Size::Narrow => Measures { class: "narrow", width: 3540, height: 2700, left: 120, top: 200, axis: 2300 },
    }
}

/// The base line of the lowest row of words above the plot, from the plot's top.
const ABOVE: i32 = 40;

/// The room for the words at the right end.
pub(super) fn right_margin(chart: &Xmr<'_>, size: Size) -> i32 {
    room(&ends(chart, size), size)
}

/// The room that these words take at the right end.
pub(super) fn room(ends: &[End<'_>], size: Size) -> i32 {
    let widest = ends.iter().map(|end| labels::width(end.word, end.letter.weight())).max();
    let (least, most) = match size {
        Size::Wide => (1680, 3000),
        Size::Narrow => (120, 1100),
    };
    widest.map_or(0, |widest| widest + 140).clamp(least, most)
}

/// A word at the right end of a level.
pub(super) struct End<'a> {
    pub(super) value: f64,
    pub(super) letter: Letter,
    pub(super) word: &'a str,
}

/// What stands at the right end: the levels of the last stretch, and the target that holds there.
fn ends<'a>(chart: &Xmr<'a>, size: Size) -> Vec<End<'a>> {
    let count = chart.points.len();
    let mut ends = Vec::new();
    let mut end = |value: Option<f64>, letter: Letter, word: Word<'a>| {
        if let Some(value) = value.and_then(known)
            && !word.at(size).is_empty()
        {
            ends.push(End { value, letter, word: word.at(size) });
        }
    };
    if let Some(stretch) = chart.stretches.last() {
        let limits = stretch.limits.and_then(|limits| within(limits, chart.bounds));
        end(limits.map(|limits| limits.upper), Letter::Plain, chart.words.upper);
        end(Some(stretch.middle), Letter::Strong, chart.words.middle);
        end(limits.map(|limits| limits.lower), Letter::Plain, chart.words.lower);
    }
    if let Some(target) = chart.targets.last().filter(|target| target.to >= count) {
        end(target.centre(), Letter::Brand, target.word);
    }
    ends
}

impl TargetSpan<'_> {
    /// The line, or what lies between the two.
    fn centre(&self) -> Option<f64> {
        match (self.low.and_then(known), self.high.and_then(known)) {
            (Some(low), Some(high)) => Some(low / 2.0 + high / 2.0),
            (low, high) => low.or(high),
        }
    }
}

/// Limits as they are drawn: in order and not beyond what is possible.
fn within(limits: BandLimits, (least, greatest): (Option<f64>, Option<f64>)) -> Option<BandLimits> {
    let drawn = |value: f64| {
        let value = least.and_then(known).map_or(value, |least| value.max(least));
        greatest.and_then(known).map_or(value, |greatest| value.min(greatest))
    };
    let (lower, upper) = (drawn(known(limits.lower)?), drawn(known(limits.upper)?));
    Some(BandLimits { lower: lower.min(upper), upper: lower.max(upper) })
}

/// The range of everything that is drawn, with some air.
pub(super) fn reach(
    points: &[XmrPoint<'_>],
    stretches: &[XmrStretch],
    targets: &[TargetSpan<'_>],
    bounds: (Option<f64>, Option<f64>),
) -> Range<f64> {
    let limits = stretches.iter().filter_map(|stretch| within(stretch.limits?, bounds)).flat_map(|limits| [limits.lower, limits.upper]);
    airy(
        points
            .iter()
            .filter_map(|point| point.value)
            .chain(limits)
            .chain(stretches.iter().map(|stretch| stretch.middle))
            .chain(targets.iter().flat_map(|target| [target.low, target.high]).flatten()),
    )
}

/// The range of all known values and some air, never empty: values that differ by no more than the last digits of a
/// float are alike, or their noise would fill the picture.
fn airy(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (low, high) =
        values.filter_map(known).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let (span, largest) = (high - low, low.abs().max(high.abs()));
    let air = if span > (largest * 1e-9).max(1e-290) {
        span * 0.09
    } else if largest > 1e-290 {
        largest * 0.1
    } else {
        1.0
    };
    low - air..high + air
}

/// A word above the plot with a line down from it.
struct Flag<'a> {
    kind: FlagKind,
    /// The point, and where its line stands.
    at: usize,
    x: i32,
    /// From the one to be shown if possible to the last resort.
    forms: Vec<(&'a str, i32)>,
    number: String,
    form: usize,
    place: Option<Raised>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FlagKind {
    /// The end of a baseline: dotted, its word on the side of the baseline.
    Baseline,
    Event,
}

/// Where a flag's word stands: its row, counted from the plot, and its reach.
#[derive(Clone, Copy)]
struct Raised {
    row: usize,
    held: Held,
    x: i32,
    from: i32,
    to: i32,
}

/// More events than this are numbers from the outset.
const MANY: usize = 40;
const ROWS: usize = 2;

/// The events and the ends of baselines.
fn flags<'a>(chart: &Xmr<'a>, size: Size) -> Vec<Flag<'a>> {
    let count = chart.points.len();
    let Measures { width, left, .. } = measures(size);
    let slots = Slots { left, right: width - right_margin(chart, size), count };
    let forms = |word: Word<'a>| -> Vec<(&'a str, i32)> {
        let long = if size == Size::Wide { word.long } else { "" };
        [long, word.short].into_iter().filter(|form| !form.is_empty()).map(|form| (form, labels::width(form, Weight::Regular))).collect()
    };
    let first = if chart.events.len() > MANY { usize::MAX } else { 0 };
    let events = chart.events.iter().enumerate().filter(|(_, event)| event.at < count).map(|(rank, event)| {
        let forms = forms(event.word);
        Flag {
            kind: FlagKind::Event,
            at: event.at,
            x: slots.middle(event.at),
            number: (rank + 1).to_string(),
            form: first.min(forms.len()),
            forms,
            place: None,
        }
    });
    let baselines = chart.stretches.iter().filter_map(|stretch| stretch.baseline_end).filter(|at| *at < count).map(|at| Flag {
        kind: FlagKind::Baseline,
        at,
        x: slots.edge(at + 1),
        forms: forms(chart.words.baseline),
        number: String::new(),
        form: 0,
        place: None,
    });
    let mut flags: Vec<Flag<'a>> = events.chain(baselines).collect();
    flags.sort_by_key(|flag| flag.x);
    flags
}

impl Flag<'_> {
    /// The word to be shown, if any, and its width.
    fn word(&self) -> Option<(&str, i32)> {
        match self.forms.get(self.form) {
            Some(&form) => Some(form),
            None if self.form == self.forms.len() && !self.number.is_empty() => {
                Some((&self.number, labels::width(&self.number, Weight::Regular)))
            }
            None => None,
        }
    }
}

/// Gives every flag a place in as few rows as possible; where they are too many, words give way to shorter ones.
/// Returns the number of rows.
fn raise(flags: &mut [Flag<'_>], width: i32) -> usize {
    loop {
        let mut failed = None;
        for rows in 1..=ROWS {
            failed = place_in(flags, rows, width);
            if failed.is_none() {
                return flags.iter().filter_map(|flag| Some(flag.place?.row + 1)).max().unwrap_or(0);
            }
        }
        let Some(failed) = failed else { return 0 };
        let (x, wide) = (flags[failed].x, flags[failed].word().map_or(0, |word| word.1));
        // The baseline gives way first, then the longest of those that stand close.
        let victim = (0..flags.len())
            .filter(|&at| {
                let flag = &flags[at];
                flag.form < flag.forms.len() && flag.word().is_some_and(|word| (flag.x - x).abs() < word.1 + wide + 200)
            })
            .max_by_key(|&at| (flags[at].kind == FlagKind::Baseline, flags[at].word().map_or(0, |word| word.1), at));
        flags[victim.unwrap_or(failed)].form += 1;
    }
}

/// Places the flags in so many rows; the one that finds no place, if any.
fn place_in(flags: &mut [Flag<'_>], rows: usize, width: i32) -> Option<usize> {
    flags.iter_mut().for_each(|flag| flag.place = None);
    for at in 0..flags.len() {
        let flag = &flags[at];
        let Some((_, wide)) = flag.word() else { continue };
        let (left, right, over) = ((Held::End, flag.x - 60), (Held::Start, flag.x + 50), (Held::Middle, flag.x));
        let long = flag.form + 1 < flag.forms.len() || flag.forms.len() == 1;
        let wishes = match flag.kind {
            FlagKind::Baseline => vec![left, right, over],
            // A number stands over its line, or it would take its neighbour's room.
            FlagKind::Event if flag.form >= flag.forms.len() => vec![over],
            FlagKind::Event if long => vec![right, left, over],
            FlagKind::Event => vec![over, right, left],
        };
        let place = (0..rows).flat_map(|row| wishes.iter().map(move |&(held, x)| (row, held, x))).find_map(|(row, held, x)| {
            let (from, to) = span(held, x, wide);
            let place = Raised { row, held, x, from, to };
            (from >= 10 && to <= width - 10 && stands_free(flags, at, &place)).then_some(place)
        });
        if place.is_none() {
            return Some(at);
        }
        flags[at].place = place;
    }
    None
}

/// Whether the word touches no other, no line runs through it and its own line through none.
fn stands_free(flags: &[Flag<'_>], own: usize, place: &Raised) -> bool {
    flags.iter().enumerate().filter(|(at, _)| *at != own).all(|(_, flag)| match flag.place {
        Some(other) => {
            let apart = place.to + 80 <= other.from || other.to + 80 <= place.from;
            let crossed = |word: &Raised, x: i32| word.from - 20 < x && x < word.to + 20;
            match place.row.cmp(&other.row) {
                std::cmp::Ordering::Equal => apart,
                std::cmp::Ordering::Less => !crossed(place, flag.x),
                std::cmp::Ordering::Greater => !crossed(&other, flags[own].x),
            }
        }
        None => true,
    })
}

fn span(held: Held, x: i32, width: i32) -> (i32, i32) {
    match held {
        Held::Start => (x, x + width),
        Held::Middle => (x - width / 2, x + width / 2),
        Held::End => (x - width, x),
    }
}

/// The plot's width, in as many slots as there are points.
#[derive(Clone, Copy)]
struct Slots {
    left: i32,
    right: i32,
    count: usize,
}

impl Slots {
    /// Where slot `at` begins and the one before it ends.
    fn edge(self, at: usize) -> i32 {
        let count = self.count.max(1) as i64;
        let at = (at as i64).clamp(0, count);
        self.left + (i64::from(self.right - self.left) * at / count) as i32
    }

    fn middle(self, at: usize) -> i32 {
        let count = self.count.max(1) as i64 * 2;
        let at = (at as i64 * 2 + 1).clamp(0, count);
        self.left + (i64::from(self.right - self.left) * at / count) as i32
    }
}

/// A rectangle of the picture: left, top, right, bottom.
type Area = (i32, i32, i32, i32);

fn overlap(one: Area, other: Area) -> bool {
    one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
}

/// Whether a straight line passes through an area.
fn crosses((a, b): (Spot, Spot), area: Area) -> bool {
    let (left, top, right, bottom) = area;
    let outside = a.0.max(b.0) < left || a.0.min(b.0) > right || a.1.max(b.1) < top || a.1.min(b.1) > bottom;
    if outside {
        return false;
    }
    let side = |x: i32, y: i32| i64::from(b.0 - a.0) * i64::from(y - a.1) - i64::from(b.1 - a.1) * i64::from(x - a.0);
    let sides = [side(left, top), side(right, top), side(left, bottom), side(right, bottom)];
    !(sides.iter().all(|side| *side > 0) || sides.iter().all(|side| *side < 0))
}

/// What a picture is set up with.
pub(super) struct Setting<'a> {
    pub(super) measures: Measures,
    pub(super) right: i32,
    pub(super) count: usize,
    pub(super) values: Range<f64>,
    pub(super) label: &'a str,
}

/// The picture: the sheet, plotters' scale of the values, and what already stands on it.
pub(super) struct Plot {
    pub(super) sheet: Sheet,
    scale: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    slots: Slots,
    measures: Measures,
    values: Range<f64>,
    texts: Vec<Area>,
    marks: Vec<Area>,
    lines: Vec<(Spot, Spot)>,
}

impl Plot {
    pub(super) fn new(setting: &Setting<'_>) -> Plot {
        let Measures { class, width, height, left, top, axis } = setting.measures;
        let sheet =
            Sheet::new(&Frame { class, width: width as u32 / 10, height: height as u32 / 10, label: setting.label, stretch: Stretch::No });
        let slots = Slots { left, right: width - setting.right, count: setting.count };
        let values = setting.values.clone();
        let scale = Cartesian2d::new(0.0..1.0, values.clone(), (left..slots.right, axis..top));
        let measures = Measures { class, width, height, left, top, axis };
        Plot { sheet, scale, slots, measures, values, texts: Vec::new(), marks: Vec::new(), lines: Vec::new() }
    }

    /// The width of a slot.
    pub(super) fn slot(&self) -> i32 {
        (self.slots.right - self.slots.left) / i32::try_from(self.slots.count.max(1)).unwrap_or(i32::MAX)
    }

    pub(super) fn x(&self, at: usize) -> i32 {
        self.slots.middle(at)
    }

    pub(super) fn y(&self, value: f64) -> i32 {
        self.scale.translate(&(0.0, value.clamp(self.values.start, self.values.end))).1
    }

    /// Where the point stands, if it has a value.
    fn spot(&self, at: usize, value: Option<f64>) -> Option<Spot> {
        Some((self.x(at), self.y(value.and_then(known)?)))
    }

    /// A level from the beginning of a slot to that of another; nothing outside the points.
    pub(super) fn level(&mut self, pen: Pen, from: usize, to: usize, value: f64) {
        let (left, right) = (self.slots.edge(from), self.slots.edge(to));
        if left < right {
            let line = [(left, self.y(value)), (right, self.y(value))];
            self.sheet.line(pen, &line);
            self.lines.push((line[0], line[1]));
        }
    }

    /// A band over the same stretch.
    pub(super) fn band(&self, standing: Standing, from: usize, to: usize, lower: f64, upper: f64) {
        let (left, right) = (self.slots.edge(from), self.slots.edge(to));
        let (top, bottom) = (self.y(upper), self.y(lower));
        if left < right && top < bottom {
            let finish = match standing {
                Standing::Settled => Finish::Plain,
                Standing::Provisional => Finish::Faint,
            };
            self.sheet.rect(Pen::new(Tone::Band2, 10).with(finish), (left, top), (right, bottom));
        }
    }

    pub(super) fn bands(&self, stretches: &[XmrStretch], bounds: (Option<f64>, Option<f64>)) {
        for stretch in stretches {
            if let Some(limits) = stretch.limits.and_then(|limits| within(limits, bounds)) {
                self.band(stretch.standing, stretch.from, stretch.to, limits.lower, limits.upper);
            }
        }
    }

    /// The limits of all stretches, then their middles, so that a kind shares a path.
    fn limits(&mut self, stretches: &[XmrStretch], bounds: (Option<f64>, Option<f64>)) {
        for stretch in stretches {
            if let Some(limits) = stretch.limits.and_then(|limits| within(limits, bounds)) {
                let pen = limit(stretch.standing);
                self.level(pen, stretch.from, stretch.to, limits.upper);
                self.level(pen, stretch.from, stretch.to, limits.lower);
            }
        }
        for stretch in stretches {
            if let Some(middle) = known(stretch.middle) {
                self.level(Pen::new(Tone::Data, 12), stretch.from, stretch.to, middle);
            }
        }
    }

    pub(super) fn targets(&mut self, targets: &[TargetSpan<'_>], pen: Pen) {
        for target in targets {
            for value in [target.low, target.high].into_iter().flatten().filter_map(known) {
                self.level(pen, target.from, target.to, value);
            }
        }
    }

    pub(super) fn axis(&self) {
        let axis = self.measures.axis;
        self.sheet.line(Pen::new(Tone::Rule2, 10), &[(self.slots.left, axis), (self.slots.right, axis)]);
    }

    /// As many ticks as have room, evenly, the newest among them: their strokes; returns those to be named.
    fn ticks<'a>(&self, ticks: &[Tick<'a>]) -> Vec<Tick<'a>> {
        let ticks: Vec<Tick<'a>> = ticks.iter().filter(|tick| tick.at < self.slots.count && !tick.label.is_empty()).copied().collect();
        let widest = ticks.iter().map(|tick| labels::width(tick.label, Weight::Regular)).max().unwrap_or(0);
        let Some(last) = ticks.iter().map(|tick| tick.at).max() else { return ticks };
        // 1, 2, 3, 4, 6, 8, 12, 16 … periods.
        let strides = (0..60).flat_map(|power| [1_u64 << power, (1 << power) + (1 << power) / 2]).filter(|stride| *stride != 1);
        let width = i64::from(self.slots.right - self.slots.left);
        let fits = |stride: u64| width as i128 * i128::from(stride) >= i128::from(widest + 240) * self.slots.count as i128;
        let stride = std::iter::once(1).chain(strides).find(|stride| fits(*stride)).unwrap_or(1 << 60);
        let axis = self.measures.axis;
        let shown: Vec<Tick<'a>> = ticks
            .into_iter()
            .filter(|tick| ((last - tick.at) as u64).is_multiple_of(stride))
            .filter(|tick| tick.at == last || self.x(tick.at) - labels::width(tick.label, Weight::Regular) / 2 >= 0)
            .collect();
        for tick in &shown {
            let x = self.x(tick.at);
            self.sheet.line(Pen::new(Tone::Rule2, 10), &[(x, axis), (x, axis + 40)]);
        }
        shown
    }

    fn tick_names(&mut self, ticks: &[Tick<'_>]) {
        let y = self.measures.axis + 180;
        for tick in ticks {
            let (x, word) = labels::kept(tick.label, self.x(tick.at), self.measures.width, Weight::Regular);
            self.text(Letter::Plain, Ground::Bare, Held::Middle, (x, y), &word);
        }
    }

    /// Writes a text and remembers its place.
    fn text(&mut self, letter: Letter, ground: Ground, held: Held, at: Spot, word: &str) {
        self.texts.push(area(held, at, labels::width(word, letter.weight())));
        self.sheet.text(letter, ground, held, at, word);
    }

    /// The y of the base line in a row above the plot.
    fn row(&self, row: usize) -> i32 {
        self.measures.top - ABOVE - labels::APART * row as i32
    }

    /// Where a flag's line begins: under its word, or at the plot's top.
    fn mast(&self, flag: &Flag<'_>) -> i32 {
        flag.place.map_or(self.measures.top, |place| self.row(place.row) + 40)
    }

    fn baseline_ends(&mut self, flags: &[Flag<'_>]) {
        for flag in flags.iter().filter(|flag| flag.kind == FlagKind::Baseline) {
            let line = [(flag.x, self.mast(flag)), (flag.x, self.measures.axis)];
            self.sheet.line(Pen::new(Tone::Rule2, 10).with(Finish::Fine), &line);
            self.lines.push((line[0], line[1]));
        }
    }

    /// From the word down to the point, or to the axis where there is none.
    fn event_lines(&mut self, flags: &[Flag<'_>], points: &[XmrPoint<'_>]) {
        for flag in flags.iter().filter(|flag| flag.kind == FlagKind::Event) {
            let value = points.get(flag.at).and_then(|point| point.value);
            let end = self.spot(flag.at, value).map_or(self.measures.axis, |(_, y)| y);
            let line = [(flag.x, self.mast(flag)), (flag.x, end)];
            self.sheet.line(Pen::new(Tone::Ink, 10), &line);
            self.lines.push((line[0], line[1]));
        }
    }

    fn flag_words(&mut self, flags: &[Flag<'_>]) {
        for flag in flags {
            if let (Some(place), Some((word, _))) = (flag.place, flag.word()) {
                let letter = match flag.kind {
                    FlagKind::Baseline => Letter::Plain,
                    FlagKind::Event => Letter::Soft,
                };
                self.text(letter, Ground::Bare, place.held, (place.x, self.row(place.row)), word);
            }
        }
    }

    /// The line through the points, split at gaps; dotted to and from a period that still runs.
    pub(super) fn curve(&mut self, points: &[XmrPoint<'_>], pen: Pen) {
        let partial = |point: &XmrPoint<'_>| point.kind == PointKind::Partial;
        let mut run: Vec<Spot> = Vec::new();
        let mut dotted = Vec::new();
        let mut before: Option<(Spot, bool)> = None;
        let mut runs = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let here = self.spot(at, point.value).map(|spot| (spot, partial(point)));
            match (before, here) {
                (Some((from, a)), Some((to, b))) if a || b => {
                    dotted.push([from, to]);
                    runs.push(std::mem::take(&mut run));
                }
                (_, Some(_)) => {}
                (_, None) => runs.push(std::mem::take(&mut run)),
            }
            run.extend(here.map(|(spot, _)| spot));
            before = here;
        }
        runs.push(run);
        for run in runs.iter().filter(|run| run.len() > 1) {
            self.sheet.line(pen.with(Finish::Round), run);
            self.lines.extend(run.windows(2).map(|ends| (ends[0], ends[1])));
        }
        for line in dotted {
            self.sheet.line(pen.with(Finish::Dotted), &line);
            self.lines.push((line[0], line[1]));
        }
    }

    /// The marks: dots shrink with the room for them and vanish into the line, but neither a lone point, which has no
    /// line, nor the newest one does.
    fn points(&mut self, points: &[XmrPoint<'_>]) {
        let full = if self.measures.class == "wide" { 36 } else { 30 };
        let radius = (self.slot() / 3).min(full);
        let newest = points.iter().rposition(|point| point.value.and_then(known).is_some());
        let missing = |at: Option<usize>| at.and_then(|at| points.get(at)).is_none_or(|point| point.value.and_then(known).is_none());
        let mut dots = Vec::new();
        let mut marks = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let Some(spot) = self.spot(at, point.value) else { continue };
            match point.kind {
                PointKind::Routine if radius >= 12 => dots.push((spot, radius)),
                PointKind::Routine if newest == Some(at) => dots.push((spot, 28)),
                PointKind::Routine if missing(at.checked_sub(1)) && missing(Some(at + 1)) => dots.push((spot, 20)),
                PointKind::Routine => {}
                PointKind::Partial => marks.push((spot, point.kind, radius.max(22))),
                PointKind::Beyond(_) => marks.push((spot, point.kind, (self.slot() * 8 / 10).clamp(46, full * 2))),
                PointKind::Pattern(_) => marks.push((spot, point.kind, (self.slot() * 6 / 10).clamp(36, full * 14 / 10))),
            }
        }
        dots.iter().for_each(|(spot, radius)| self.sheet.dot(Tone::Paper, *spot, radius + 10));
        dots.iter().for_each(|(spot, radius)| self.sheet.dot(Tone::Data, *spot, *radius));
        // Patterns of a kind together; what lies outside the limits above everything.
        marks.sort_by_key(|(_, kind, _)| rank(*kind));
        for (spot, kind, radius) in &marks {
            mark(&self.sheet, *kind, *spot, *radius);
        }
        let around = |((x, y), r): (Spot, i32)| (x - r - 5, y - r - 5, x + r + 5, y + r + 5);
        self.marks.extend(dots.into_iter().chain(marks.into_iter().map(|(spot, _, radius)| (spot, radius))).map(around));
    }

    /// The words at the right end, pushed apart.
    pub(super) fn right_end(&mut self, ends: &[End<'_>]) {
        let x = self.slots.right + 100;
        let room = self.measures.width - x;
        let mut lines: Vec<i32> = ends.iter().map(|end| self.y(end.value) + 40).collect();
        balance(&mut lines);
        labels::spread(&mut lines, labels::APART, self.measures.top + 120, self.measures.axis + 20);
        for (end, y) in ends.iter().zip(lines) {
            let word = labels::shorten(end.word, room, end.letter.weight());
            self.text(end.letter, Ground::Bare, Held::Start, (x, y), &word);
        }
    }

    /// The values of signals, where they have room: what lies outside the limits first, then patterns from the newest
    /// on, these only where nothing at all is in the way.
    fn signal_words(&mut self, chart: &Xmr<'_>) {
        let beyond = |kind: PointKind| matches!(kind, PointKind::Beyond(_));
        let mut signals: Vec<usize> =
            (0..chart.points.len()).filter(|&at| matches!(chart.points[at].kind, PointKind::Beyond(_) | PointKind::Pattern(_))).collect();
        signals.sort_by_key(|&at| (!beyond(chart.points[at].kind), std::cmp::Reverse(at)));
        for at in signals {
            let point = &chart.points[at];
            let (Some((x, y)), Some(word)) = (self.spot(at, point.value), point.label.filter(|word| !word.is_empty())) else {
                continue;
            };
            let middle = chart.stretches.iter().find(|stretch| (stretch.from..stretch.to).contains(&at)).map(|stretch| stretch.middle);
            let above = middle.and_then(known).is_some_and(|middle| self.y(middle) > y);
            let (out, back) = if above { (-110, 190) } else { (190, -110) };
            let wishes = [
                (Held::End, (x - 110, y + 40)),
                (Held::Start, (x + 110, y + 40)),
                (Held::Middle, (x, y + out)),
                (Held::End, (x - 60, y + out)),
                (Held::Start, (x + 60, y + out)),
                (Held::Middle, (x, y + back)),
                (Held::End, (x - 80, y + back)),
                (Held::Start, (x + 80, y + back)),
            ];
            let most = if beyond(point.kind) { usize::MAX } else { 0 };
            self.find(Letter::Strong, &wishes, word, most);
        }
    }

    /// The names of targets that held before.
    fn target_words(&mut self, targets: &[TargetSpan<'_>], size: Size) {
        let count = self.slots.count;
        for target in targets.iter().filter(|target| target.to < count) {
            let Some(y) = target.high.or(target.low).and_then(known).map(|value| self.y(value)) else { continue };
            let (left, right) = (self.slots.edge(target.from), self.slots.edge(target.to));
            let wishes = [(Held::Start, left + 40), (Held::End, right - 40)].map(|(held, x)| [(held, (x, y - 60)), (held, (x, y + 160))]);
            let word = target.word.at(size);
            if labels::width(word, Weight::Bold) + 80 <= right - left {
                self.find(Letter::Brand, wishes.as_flattened(), word, 2);
            }
        }
    }

    /// Writes a word at the one of the wished places where the least is in the way; not where more than `most` is, and
    /// never over another text or outside the plot.
    fn find(&mut self, letter: Letter, wishes: &[(Held, Spot)], word: &str, most: usize) {
        let width = labels::width(word, letter.weight());
        let best = wishes
            .iter()
            .filter_map(|&(held, at)| {
                let area = area(held, at, width);
                let inside =
                    area.0 >= self.slots.left && area.2 <= self.slots.right && area.1 >= self.measures.top && area.3 <= self.measures.axis;
                (inside && !self.texts.iter().any(|text| overlap(*text, area))).then(|| {
                    let lines = self.lines.iter().filter(|line| crosses(**line, area)).count();
                    let marks = self.marks.iter().filter(|mark| overlap(**mark, area)).count();
                    (lines + marks * 4, held, at)
                })
            })
            .min_by_key(|(cost, _, _)| *cost);
        if let Some((cost, held, at)) = best
            && cost <= most
            && !word.is_empty()
        {
            self.text(letter, Ground::Busy, held, at, word);
        }
    }
}

/// Pushes lines apart around their common middle, so that none of several on one level has to give way alone.
fn balance(lines: &mut [i32]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&at| lines[at]);
    // Groups that touch: how many, the sum of where their first wants to be.
    let mut groups: Vec<(i32, i64)> = Vec::new();
    for &at in &order {
        let mut group = (1, i64::from(lines[at]));
        while let Some(&(count, sum)) = groups.last() {
            if sum / i64::from(count) + i64::from(count * labels::APART) <= group.1 / i64::from(group.0) {
                break;
            }
            groups.pop();
            group = (count + group.0, sum + group.1 - i64::from(group.0) * i64::from(count * labels::APART));
        }
        groups.push(group);
    }
    let places = groups.iter().flat_map(|&(count, sum)| (0..count).map(move |rank| (sum / i64::from(count)) as i32 + rank * labels::APART));
    for (at, place) in order.into_iter().zip(places) {
        lines[at] = place;
    }
}

/// What a text covers: 16 px of height, which leaves room for stacked marks.
fn area(held: Held, (x, y): Spot, width: i32) -> Area {
    let (from, to) = span(held, x, width);
    (from - 30, y - 115, to + 30, y + 45)
}

pub(super) fn limit(standing: Standing) -> Pen {
    let finish = match standing {
        Standing::Settled => Finish::Limit,
        Standing::Provisional => Finish::Loose,
    };
    Pen::new(Tone::Data2, 12).with(finish)
}

/// The order in which marks are drawn.
fn rank(kind: PointKind) -> u8 {
    match kind {
        PointKind::Routine => 0,
        PointKind::Partial => 1,
        PointKind::Pattern(Sense::Neither) => 2,
        PointKind::Pattern(Sense::Better) => 3,
        PointKind::Pattern(Sense::Worse) => 4,
        PointKind::Beyond(Sense::Neither) => 5,
        PointKind::Beyond(Sense::Better) => 6,
        PointKind::Beyond(Sense::Worse) => 7,
    }
}

/// Draws the mark of a point with the reach `r`.
pub(super) fn mark(sheet: &Sheet, kind: PointKind, (x, y): Spot, r: i32) {
    let halo = |tone: Tone| Pen::new(tone, 10).with(Finish::Halo);
    match kind {
        PointKind::Routine => sheet.dot(Tone::Data, (x, y), r),
        PointKind::Partial => sheet.ring(Tone::Data, (x, y), r),
        PointKind::Beyond(sense) => {
            let tone = match sense {
                Sense::Better => Tone::Ok,
                Sense::Worse => Tone::Off,
                Sense::Neither => Tone::Ink,
            };
            sheet.area(halo(tone), &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]);
        }
        PointKind::Pattern(Sense::Worse) => {
            let wide = r * 112 / 100;
            sheet.area(halo(Tone::Watch), &[(x, y - r * 110 / 100), (x + wide, y + r * 88 / 100), (x - wide, y + r * 88 / 100)]);
        }
        PointKind::Pattern(Sense::Better) => {
            sheet.dot(Tone::Paper, (x, y), r + 10);
            sheet.dot(Tone::Ok, (x, y), r);
        }
        PointKind::Pattern(Sense::Neither) => {
            let r = r * 85 / 100;
            sheet.rect(halo(Tone::Ink), (x - r, y - r), (x + r, y + r));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    const SIZES: [(Size, f64); 2] = [(Size::Wide, 936.0), (Size::Narrow, 354.0)];
    const WEEKS: [f64; 32] = [
        93.4, 94.6, 92.9, 94.1, 93.0, 95.2, 94.3, 92.1, 93.8, 92.7, 93.6, 95.4, 94.0, 94.3, 92.5, 94.9, 93.7, 94.4, 92.8, 93.9, 94.2, 95.1,
        93.3, 94.5, 92.3, 92.8, 91.2, 92.1, 91.6, 87.4, 90.3, 91.4,
    ];

    fn points(values: &[f64]) -> Vec<XmrPoint<'static>> {
        values.iter().map(|&value| XmrPoint { value: Some(value), kind: PointKind::Routine, label: None }).collect()
    }

    fn weeks() -> Vec<XmrPoint<'static>> {
        let mut points = points(&WEEKS);
        points[24..].iter_mut().for_each(|point| point.kind = PointKind::Pattern(Sense::Worse));
        points[29] = XmrPoint { value: Some(87.4), kind: PointKind::Beyond(Sense::Worse), label: Some("87,4%") };
        points
    }

    fn stretch(from: usize, to: usize, middle: f64, reach: f64) -> XmrStretch {
        let limits = Some(BandLimits { lower: middle - reach, upper: middle + reach });
        XmrStretch { from, to, limits, middle, standing: Standing::Settled, baseline_end: None }
    }

    const fn word<'a>(long: &'a str, short: &'a str) -> Word<'a> {
        Word { long, short }
    }

    const WORDS: XmrWords<'_> = XmrWords {
        upper: word("Giới hạn trên 97,5%", "97,5"),
        middle: word("Trung bình 93,8%", "93,8"),
        lower: word("Giới hạn dưới 90,1%", "90,1"),
        baseline: word("kỳ gốc, 20 tuần để tính giới hạn", "kỳ gốc"),
    };

    fn target(from: usize, to: usize, low: f64) -> TargetSpan<'static> {
        TargetSpan { from, to, low: Some(low), high: None, word: word("Chỉ tiêu ≥ 95%", "≥ 95") }
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("tuần {}", at + 2)).collect()
    }

    fn ticks(names: &[String]) -> Vec<Tick<'_>> {
        names.iter().enumerate().map(|(at, label)| Tick { at, label }).collect()
    }

    fn chart<'a>(points: &'a [XmrPoint<'a>], stretches: &'a [XmrStretch]) -> Xmr<'a> {
        Xmr { points, stretches, targets: &[], events: &[], ticks: &[], bounds: (None, None), words: WORDS, label: "Giao đúng hẹn" }
    }

    /// The parts of a path.
    fn parts(svg: &str, class: &str) -> usize {
        check::path(svg, class).matches(['M', 'm']).count()
    }

    const LINE: &str = "ln l-data2\" stroke-width=\"1.6\" stroke-linejoin";
    const LIMIT: &str = "ln l-data2\" stroke-width=\"1.2\" stroke-dasharray=\"5 3\"";

    #[test]
    fn the_mockup_has_its_band_its_signals_and_its_words() {
        let (points, names) = (weeks(), names(32));
        let stretches = [XmrStretch { baseline_end: Some(19), ..stretch(0, 32, 93.8, 3.7) }];
        let (ticks, targets) = (ticks(&names), [target(0, 32, 95.0)]);
        let events = [XmrEvent { at: 23, word: word("tuần 25: đổi đơn vị giao ngoại thành", "tuần 25") }];
        let chart = Xmr { ticks: &ticks, targets: &targets, events: &events, ..chart(&points, &stretches) };
        for (size, width) in SIZES {
            let svg = xmr(&chart, size).to_string();
            check::well_formed(&svg);
            check::texts(&svg, width);
            assert_eq!((parts(&svg, LIMIT), parts(&svg, LINE)), (2, 1));
            assert_eq!(check::path(&svg, "f-watch l-paper").matches('z').count(), 7);
            assert_eq!(check::path(&svg, "f-off l-paper").matches('z').count(), 1);
            assert_eq!(parts(&svg, "ln l-brand\" stroke-width=\"1.8\" stroke-dasharray=\"10 3 2 3\""), 1);
            assert!(svg.contains(">87,4%<") && svg.contains(">tuần 33<"), "{svg}");
            assert!(svg.len() < 4500, "{}", svg.len());
        }
        let svg = xmr(&chart, Size::Wide).to_string();
        assert!(svg.contains(&format!(">{}<", WORDS.baseline.long)) && svg.contains(&format!(">{}<", events[0].word.long)));
        assert!(xmr(&chart, Size::Narrow).as_str().contains(">tuần 25<"));
    }

    #[test]
    fn a_rebase_is_a_step_without_a_gap() {
        let points = points(&WEEKS);
        let stretches = [stretch(0, 20, 93.8, 3.0), stretch(20, 32, 91.8, 2.0)];
        let svg = xmr(&chart(&points, &stretches), Size::Wide).to_string();
        assert_eq!((parts(&svg, LIMIT), parts(&svg, "ln l-data\" stroke-width=\"1.2"), parts(&svg, LINE)), (4, 2, 1));
        // Two rectangles, the second beginning where the first ends; only level strokes in the limits.
        let band = check::path(&svg, "f-band2\"");
        assert_eq!(band.matches('z').count(), 2);
        assert!(!check::path(&svg, LIMIT).contains(['v', 'l']), "{svg}");
        let slots = Slots { left: 440, right: 7680, count: 32 };
        assert!(band.starts_with("M44 ") && band.contains(&format!("h{}", f64::from(slots.edge(20) - 440) / 10.0)), "{band}");
    }

    #[test]
    fn a_gap_splits_the_line() {
        for missing in [None, Some(f64::NAN), Some(f64::INFINITY)] {
            let mut points = points(&WEEKS);
            points[4].value = missing;
            points[5].value = missing;
            let svg = xmr(&chart(&points, &[]), Size::Wide).to_string();
            assert_eq!(parts(&svg, LINE), 2);
        }
    }

    #[test]
    fn a_running_period_is_a_ring_on_a_dotted_line() {
        let mut points = points(&WEEKS[..8]);
        points[7].kind = PointKind::Partial;
        let svg = xmr(&chart(&points, &[]), Size::Wide).to_string();
        assert_eq!(parts(&svg, "ln l-data2\" stroke-width=\"1.6\" stroke-dasharray=\"1.5 4\""), 1);
        assert!(svg.contains("f-paper l-data\""));
    }

    #[test]
    fn limits_stay_within_what_is_possible() {
        let points = points(&[98.0, 99.0, 97.5, 99.5, 98.2, 99.1]);
        let stretches = [stretch(0, 6, 98.5, 3.0)];
        let free = chart(&points, &stretches);
        let y = |chart: &Xmr<'_>| ends(chart, Size::Wide)[0].value;
        assert_eq!(y(&free), 101.5);
        let bound = Xmr { bounds: (Some(0.0), Some(100.0)), ..free };
        assert_eq!(y(&bound), 100.0);
        assert!(reach(&points, &stretches, &[], bound.bounds).end < 101.0);
        // Bounds that contradict each other.
        check::well_formed(xmr(&Xmr { bounds: (Some(200.0), Some(1.0)), ..free }, Size::Wide).as_str());
    }

    #[test]
    fn values_that_are_all_alike_have_a_readable_range() {
        for value in [0.0, 5.0, -3.0, 1e12, 1e-12, f64::MAX] {
            let points = points(&[value; 12]);
            let stretches = [stretch(0, 12, value, 0.0)];
            for (size, width) in SIZES {
                let svg = xmr(&chart(&points, &stretches), size).to_string();
                check::texts(&svg, width);
                assert!(!svg.contains("f-band2") && parts(&svg, LIMIT) == 2, "{svg}");
            }
        }
        let noise = airy([0.3, 0.1 + 0.2].into_iter());
        assert!(noise.end - noise.start > 0.05);
    }

    #[test]
    fn words_on_one_level_share_the_way() {
        let mut lines = [500, 500, 500, 2000, 100];
        balance(&mut lines);
        assert_eq!(lines, [340, 500, 660, 2000, 100]);
        let mut lines = [500, 340, 505];
        balance(&mut lines);
        assert!(lines[1] + 160 <= lines[0] && lines[0] + 160 <= lines[2], "{lines:?}");
    }

    #[test]
    fn few_values_are_a_run_chart() {
        for count in 0..4 {
            let points = points(&WEEKS[..count]);
            let stretches = [XmrStretch { limits: None, ..stretch(0, count, 93.4, 0.0) }];
            let targets = [target(0, count, 95.0)];
            let names = names(count);
            let ticks = ticks(&names);
            for (size, width) in SIZES {
                let svg = xmr(&Xmr { targets: &targets, ticks: &ticks, ..chart(&points, &stretches) }, size).to_string();
                check::texts(&svg, width);
                assert!(!svg.contains("band2") && parts(&svg, LIMIT) == 0);
                assert_eq!(parts(&svg, "ln l-data\" stroke-width=\"1.2\""), count.min(1));
            }
        }
    }

    #[test]
    fn limits_of_few_values_are_lighter() {
        let points = points(&WEEKS[..8]);
        let stretches = [XmrStretch { standing: Standing::Provisional, ..stretch(0, 8, 93.8, 3.0) }];
        let svg = xmr(&chart(&points, &stretches), Size::Wide).to_string();
        assert!(svg.contains("f-band2\" fill-opacity=\".5\"") && parts(&svg, LIMIT) == 0);
    }

    #[test]
    fn five_years_of_weeks_are_a_line_with_signals() {
        let mut points: Vec<XmrPoint<'_>> = points(&(0..250).map(|at| 50.0 + f64::from(at * 37 % 17)).collect::<Vec<_>>());
        points[100].kind = PointKind::Beyond(Sense::Better);
        let names = names(250);
        let ticks = ticks(&names);
        for (size, width) in SIZES {
            let svg = xmr(&Xmr { ticks: &ticks, ..chart(&points, &[stretch(0, 250, 58.0, 12.0)]) }, size).to_string();
            check::texts(&svg, width);
            assert_eq!(check::path(&svg, "ln l-data\" stroke-width=\"5.6\"").matches("h0").count(), 1);
            assert_eq!(check::path(&svg, "f-ok l-paper").matches('z').count(), 1);
        }
    }

    #[test]
    fn a_target_that_changes_is_a_step() {
        let points = points(&WEEKS);
        let targets = [target(0, 12, 93.0), TargetSpan { high: Some(97.0), ..target(12, 32, 95.0) }];
        let svg = xmr(&Xmr { targets: &targets, ..chart(&points, &[stretch(0, 32, 93.8, 3.7)]) }, Size::Wide).to_string();
        assert_eq!(parts(&svg, "ln l-brand"), 3);
        check::texts(&svg, 936.0);
        let far = [target(0, 32, 200.0)];
        assert!(reach(&points, &[], &far, (None, None)).contains(&200.0));
    }

    #[test]
    fn events_keep_apart_and_none_is_lost() {
        let points = points(&WEEKS);
        let stretches = [XmrStretch { baseline_end: Some(19), ..stretch(0, 32, 93.8, 3.7) }];
        let full = word("tuần 25: đổi đơn vị giao ngoại thành", "tuần 25");
        for places in [vec![0], vec![31], vec![0, 31], vec![10, 11, 12], (0..32).step_by(4).collect(), vec![24; 3], (0..32).collect()] {
            let events: Vec<XmrEvent<'_>> = places.iter().map(|&at| XmrEvent { at, word: full }).collect();
            let chart = Xmr { events: &events, ..chart(&points, &stretches) };
            for (size, width) in SIZES {
                let svg = xmr(&chart, size).to_string();
                check::texts(&svg, width);
                assert_eq!(parts(&svg, "ln l-ink\""), events.len());
                let named = (1..=events.len()).filter(|number| svg.contains(&format!(">{number}<"))).count();
                let told = svg.matches(">tuần 25").count() + named;
                assert!(told == events.len() || events.len() > 8 || places[0] == 24, "{told} of {places:?}\n{svg}");
            }
        }
    }

    #[test]
    fn labels_keep_clear_of_each_other() {
        for shift in [-30.0, -3.7, -0.1, 0.0, 0.1, 3.7, 30.0] {
            let mut points = weeks();
            for point in &mut points[20..] {
                point.label = Some("1.150,5 triệu ₫");
            }
            let names = names(32);
            let ticks = ticks(&names);
            let targets = [target(0, 9, 93.0), target(9, 32, 93.8 + shift)];
            let stretches = [stretch(0, 32, 93.8, 3.7)];
            let chart = Xmr { targets: &targets, ticks: &ticks, ..chart(&points, &stretches) };
            for (size, width) in SIZES {
                check::texts(xmr(&chart, size).as_str(), width);
            }
        }
    }

    #[test]
    fn huge_tiny_and_negative_values_stay_inside() {
        for scale in [1e12, 1e-12, -1.0, -1e300, 1e-310] {
            let values: Vec<f64> = WEEKS.iter().map(|value| value * scale).collect();
            let points = points(&values);
            let stretches = [stretch(0, 32, 93.8 * scale, 3.7 * scale)];
            for (size, width) in SIZES {
                let svg = xmr(&chart(&points, &stretches), size).to_string();
                check::well_formed(&svg);
                check::texts(&svg, width);
            }
        }
    }
}
