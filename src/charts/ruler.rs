//! The quarter ruler: every check-in of the period on one line of time.
//!
//! It must never know who checked in; it draws how many did and how many did not.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::Svg;
use super::canvas::{Finish, Frame, Ground, Held, Letter, Pen, Sheet, Stretch, Tone};
use super::labels::{self, Weight};

/// Where a slot lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Over.
    Past,
    /// Today lies in it.
    Now,
    /// Still to come.
    Future,
}

/// One slot: a week of a quarter, a month of a half or a year.
#[derive(Clone, Copy, Debug)]
pub struct RulerSlot<'a> {
    /// "Tuần 1", "2"; where it has no room, its last word.
    pub label: &'a str,
    /// Key results with a check-in.
    pub checked: usize,
    /// Key results whose check-in did not come.
    pub missed: usize,
    /// Its first day, from the first day of the period.
    pub start: i64,
    /// Its last day, likewise.
    pub end: i64,
    /// Where it lies in time.
    pub when: When,
    /// Key results that owe a check-in here.
    pub expected: usize,
}

/// The ruler of a period.
#[derive(Clone, Copy, Debug)]
pub struct Ruler<'a> {
    /// In order.
    pub slots: &'a [RulerSlot<'a>],
    /// Last day − first day.
    pub days: i64,
    /// Days from the first; none outside the period.
    pub today: Option<i64>,
    /// "Hôm nay 14/08: đã qua 48% thời gian của quý".
    pub today_word: &'a str,
    /// The first day of each month and its name; the first at day 0.
    pub months: &'a [(i64, &'a str)],
    /// At the right end: "kết quý".
    pub end_word: &'a str,
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// The three widths of a ruler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulerSize {
    /// 1176×112: class `wide`.
    Wide,
    /// 354×124: class `narrow`.
    Narrow,
    /// 690×100, paper and tablets: class `pr`.
    Print,
}

/// More key results than these are drawn as bars.
pub const MOST_DOTS: usize = 18;

/// Draws one dot a key result and slot, or bars with their numbers where there are too many for dots.
pub fn ruler(r: &Ruler<'_>, size: RulerSize) -> Svg {
    let measures = size.measures();
    let mut sheet = Sheet::new(&Frame {
        class: measures.class,
        width: measures.width as u32 / 10,
        height: measures.height as u32 / 10,
        label: r.label,
        stretch: Stretch::No,
    });
    let time = Time::new(r.days, measures.width);
    let slots: Vec<Column<'_>> = r
        .slots
        .iter()
        .take(MOST_SLOTS)
        .map(|slot| Column { slot, from: time.begin(slot.start), to: time.begin(slot.end.saturating_add(1)) })
        .collect();
    let Measures { axis, .. } = measures;

    for column in slots.iter().filter(|column| column.slot.when == When::Now) {
        let pen = Pen::new(Tone::Band2, 10);
        sheet.rect(pen, (column.from, TOP), (column.to, axis));
    }
    let ticks = slots.iter().map(|column| column.from).filter(|&x| x > 0);
    let end = slots.last().map(|column| column.to);
    let rule = Pen::new(Tone::Rule2, 10);
    for x in ticks.chain(end.filter(|&x| x < measures.width)) {
        sheet.line(rule, &[(x, axis), (x, axis + 50)]);
    }
    if let Some((_, line)) = measures.months {
        for &(day, _) in r.months.iter().skip(1) {
            let x = time.begin(day);
            sheet.line(rule, &[(x, axis), (x, line)]);
        }
    }
    sheet.line(rule, &[(0, axis), (measures.width, axis)]);
    match Crowd::of(&slots, &measures) {
        Crowd::Dots(columns) => dots(&sheet, &slots, columns, &measures),
        Crowd::Bars => bars(&mut sheet, &slots, &measures),
    }
    let today = r.today.filter(|&day| (0..=r.days.max(0)).contains(&day));
    if let Some(today) = today {
        let x = time.begin(today.saturating_add(1));
        sheet.rect(Pen::new(Tone::Ink, 10), (0, axis - 15), (x, axis + 15));
        sheet.line(Pen::new(Tone::Ink, 24), &[(x, axis - 65), (x, axis + 45)]);
    }

    let reached = slot_names(&mut sheet, &slots, &measures);
    end_name(&mut sheet, reached, r.end_word, &measures);
    month_names(&mut sheet, r.months, &time, &measures);
    if let Some(today) = today {
        let now = slots.iter().find(|column| column.slot.when == When::Now);
        let x = now.map_or(time.begin(today), |column| column.from);
        let word = labels::shorten(r.today_word, measures.width, Weight::Bold);
        let over = measures.width - labels::width(&word, Weight::Bold);
        let (held, x) = if x > over { (Held::End, measures.width) } else { (Held::Start, x) };
        sheet.text(Letter::Strong, Ground::Bare, held, (x, 130), &word);
    }
    sheet.finish()
}

/// More slots than a year has weeks.
const MOST_SLOTS: usize = 60;
/// The top of the dots' room, below the words on today.
const TOP: i32 = 180;

/// Days along the ruler: a day begins where the one before ends, so the last one ends at the right edge.
struct Time {
    days: RangedCoordf64,
    last: f64,
    width: i32,
}

impl Time {
    fn new(days: i64, width: i32) -> Time {
        let last = days.max(0) as f64 + 1.0;
        Time { days: (0.0..last).into(), last, width }
    }

    /// Where a day begins.
    fn begin(&self, day: i64) -> i32 {
        let day = (day as f64).clamp(0.0, self.last);
        self.days.map(&day, (0, self.width))
    }
}

/// A slot and its place.
struct Column<'a> {
    slot: &'a RulerSlot<'a>,
    from: i32,
    to: i32,
}

impl Column<'_> {
    fn middle(&self) -> i32 {
        i32::midpoint(self.from, self.to)
    }

    /// Checked, missed, and still to come.
    fn parts(&self) -> [usize; 3] {
        let RulerSlot { checked, missed, expected, when, .. } = *self.slot;
        let open = match when {
            When::Past => 0,
            When::Now | When::Future => expected.saturating_sub(checked.saturating_add(missed)),
        };
        [checked, missed, open]
    }

    fn total(&self) -> usize {
        self.parts().into_iter().fold(0, usize::saturating_add)
    }
}

/// One dot each, or bars.
enum Crowd {
    /// So many columns of dots a slot.
    Dots(usize),
    Bars,
}

impl Crowd {
    fn of(slots: &[Column<'_>], measures: &Measures) -> Crowd {
        let most = slots.iter().map(Column::total).max().unwrap_or(0);
        // The first and last slot may be cut short by the period; the others have the full width.
        let widest = slots.iter().map(|column| column.to - column.from).max();
        let columns = most.div_ceil(measures.high).max(1);
        let room = widest.unwrap_or(0) / measures.pitch;
        if most <= MOST_DOTS && i32::try_from(columns).is_ok_and(|columns| columns < room.max(2)) {
            Crowd::Dots(columns)
        } else {
            Crowd::Bars
        }
    }
}

/// Dots from the bottom up, column by column: check-ins, then those that did not come, then specks.
fn dots(sheet: &Sheet, slots: &[Column<'_>], columns: usize, measures: &Measures) {
    let wide = (columns as i32 - 1) * measures.pitch;
    let mut lefts: Vec<i32> = slots.iter().map(|column| column.middle() - wide / 2).collect();
    let last = measures.width - wide - measures.radius;
    let apart = wide + measures.pitch * 3 / 2;
    labels::spread(&mut lefts, apart, measures.radius, last);
    let spots = |(column, left): (&Column<'_>, &i32), part: usize| -> Vec<(i32, i32)> {
        let parts = column.parts();
        let first: usize = parts[..part].iter().sum();
        (first..first + parts[part])
            .map(|at| {
                let (across, up) = ((at / measures.high) as i32, (at % measures.high) as i32);
                (left + across * measures.pitch, measures.floor - up * measures.pitch)
            })
            .collect()
    };
    for (part, tone, radius) in [(0, Tone::Data, measures.radius), (2, Tone::Data2, measures.speck), (1, Tone::Off, measures.radius - 7)] {
        for spot in slots.iter().zip(&lefts).flat_map(|slot| spots(slot, part)) {
            match tone {
                Tone::Off => sheet.ring(tone, spot, radius),
                _ => sheet.dot(tone, spot, radius),
            }
        }
    }
}

/// One bar a slot: check-ins filled, those that did not come hollow above, with the numbers where they have room.
fn bars(sheet: &mut Sheet, slots: &[Column<'_>], measures: &Measures) {
    let floor = measures.axis - 45;
    let roof = TOP + 150;
    let most = slots.iter().map(Column::total).max().unwrap_or(0).max(1);
    let height = |count: usize| (f64::from(floor - roof) * (count as f64 / most as f64)).round() as i32;
    let bar = |column: &Column<'_>| {
        let half = ((column.to - column.from) * 3 / 10).clamp(10, 200);
        (column.middle() - half, column.middle() + half)
    };
    for column in slots {
        let (from, to) = bar(column);
        let [checked, _, _] = column.parts();
        if checked > 0 {
            let pen = Pen::new(Tone::Data, 10);
            sheet.rect(pen, (from, floor - height(checked).max(10)), (to, floor));
        }
    }
    for column in slots {
        let (from, to) = bar(column);
        let [checked, missed, _] = column.parts();
        let below = floor - height(checked);
        if missed > 0 {
            let pen = Pen::new(Tone::Off, 12).with(Finish::Hollow);
            sheet.rect(pen, (from + 6, below - height(missed).max(20)), (to - 6, below - 6));
        }
    }
    for column in slots.iter().filter(|column| column.total() > 0) {
        if column.slot.when == When::Future {
            sheet.dot(Tone::Data2, (column.middle(), floor - 30), measures.speck);
        }
    }
    for column in slots {
        let [checked, missed, _] = column.parts();
        let all = checked.saturating_add(missed);
        if all == 0 {
            continue;
        }
        let letter = if missed > 0 { Letter::Off } else { Letter::Plain };
        let room = column.to - column.from - 20;
        let words = [format!("{checked}/{all}"), checked.to_string()];
        let word = words.iter().find(|word| labels::width(word, letter.weight()) <= room);
        if let Some(word) = word {
            let at = (column.middle(), floor - height(all) - 40);
            sheet.text(letter, Ground::Bare, Held::Middle, at, word);
        }
    }
}

/// Writes the slots' names and says how far right they reach.
fn slot_names(sheet: &mut Sheet, slots: &[Column<'_>], measures: &Measures) -> i32 {
    let mut reached = 0;
    for (at, column) in slots.iter().enumerate() {
        let letter = match column.slot.when {
            When::Now => Letter::Strong,
            When::Past | When::Future => Letter::Plain,
        };
        let next = slots.get(at + 1).map_or(measures.width, |next| next.middle() - 120);
        let last = column.slot.label.split_whitespace().next_back().unwrap_or("");
        let found = [column.slot.label, last].into_iter().find_map(|word| {
            let half = labels::width(word, letter.weight()) / 2;
            let x = column.middle().max(half);
            let free = at == 0 || x - half >= reached + 40;
            (free && x + half <= next).then_some((word, x, x + half))
        });
        if let Some((word, x, end)) = found {
            reached = end;
            let at = (x, measures.slot_line);
            sheet.text(letter, Ground::Bare, Held::Middle, at, word);
        }
    }
    reached
}

/// The word at the right end, if the last slot's name leaves it room.
fn end_name(sheet: &mut Sheet, reached: i32, word: &str, measures: &Measures) {
    let left = measures.width - labels::width(word, Weight::Regular);
    if reached + 80 <= left {
        let at = (measures.width, measures.slot_line);
        sheet.text(Letter::Plain, Ground::Bare, Held::End, at, word);
    }
}

/// Month names right of their lines, where they fit before the next one.
fn month_names(sheet: &mut Sheet, months: &[(i64, &str)], time: &Time, measures: &Measures) {
    let Some((line, _)) = measures.months else {
        return;
    };
    let starts: Vec<i32> = months.iter().map(|&(day, _)| time.begin(day)).collect();
    for (from, _, word) in labels::between(&starts, measures.width, months) {
        let x = if from == 0 { 0 } else { from + 60 };
        sheet.text(Letter::Plain, Ground::Bare, Held::Start, (x, line), word);
    }
}

/// The measures of a size, in tenths of a pixel.
struct Measures {
    class: &'static str,
    width: i32,
    height: i32,
    /// The line of time.
    axis: i32,
    /// The lowest dot's middle, the step from dot to dot, and how many stand on each other.
    floor: i32,
    pitch: i32,
    high: usize,
    radius: i32,
    speck: i32,
    /// The base line of the slots' names.
    slot_line: i32,
    /// The base line of the months' names and the end of their lines.
    months: Option<(i32, i32)>,
}

impl RulerSize {
    fn measures(self) -> Measures {
        match self {
            RulerSize::Wide => Measures {
                class: "wide",
                width: 11760,
                height: 1120,
                axis: 695,
                floor: 582,
                pitch: 125,
                high: 3,
                radius: 44,
                speck: 14,
                slot_line: 865,
                months: Some((1065, 1095)),
            },
            RulerSize::Narrow => Measures {
                class: "narrow",
                width: 3540,
                height: 1240,
                axis: 1004,
                floor: 916,
                pitch: 76,
                high: 9,
                radius: 29,
                speck: 10,
                slot_line: 1174,
                months: None,
            },
            RulerSize::Print => Measures {
                class: "pr",
                width: 6900,
                height: 1000,
                axis: 578,
                floor: 485,
                pitch: 86,
                high: 3,
                radius: 30,
                speck: 14,
                slot_line: 748,
                months: Some((948, 978)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    fn slots(total: usize, missed: &[usize]) -> Vec<RulerSlot<'static>> {
        (0..13_usize)
            .map(|at| {
                let missed_here = missed.get(at).copied();
                let first = at as i64 * 7;
                RulerSlot {
                    label: ["Tuần 1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"][at],
                    checked: missed_here.map_or(0, |missed| total - missed),
                    missed: missed_here.unwrap_or(0),
                    start: first,
                    end: first + 6,
                    when: match (at + 1).cmp(&missed.len()) {
                        std::cmp::Ordering::Less => When::Past,
                        std::cmp::Ordering::Equal => When::Now,
                        std::cmp::Ordering::Greater => When::Future,
                    },
                    expected: total,
                }
            })
            .collect()
    }

    fn quarter<'a>(slots: &'a [RulerSlot<'a>], today: i64) -> Ruler<'a> {
        Ruler {
            slots,
            days: 90,
            today: Some(today),
            today_word: "Hôm nay 14/08: đã qua 48% thời gian của quý",
            months: &[(0, "Tháng 7"), (31, "Tháng 8"), (62, "Tháng 9")],
            end_word: "kết quý",
            label: "Check-in theo tuần",
        }
    }

    const SIZES: [RulerSize; 3] = [RulerSize::Wide, RulerSize::Narrow, RulerSize::Print];

    #[test]
    fn each_check_in_is_a_dot_and_each_missed_one_a_ring() {
        let slots = slots(9, &[0, 1, 0, 0, 2, 1, 1]);
        for size in SIZES {
            let svg = ruler(&quarter(&slots, 44), size);
            let filled = check::path(svg.as_str(), "ln l-data\"");
            assert_eq!(filled.matches("h0").count(), 9 * 7 - 5);
            let hollow = check::path(svg.as_str(), "f-paper l-off\"");
            assert_eq!(hollow.matches('z').count(), 5);
            let specks = check::path(svg.as_str(), "ln l-data2\"");
            assert_eq!(specks.matches("h0").count(), 9 * 6);
        }
    }

    #[test]
    fn the_crowd_of_a_large_company_becomes_bars_with_numbers() {
        let slots = slots(200, &[0, 3, 60]);
        let svg = ruler(&quarter(&slots, 20), RulerSize::Wide);
        assert!(svg.as_str().contains(">197/200</text>"));
        assert!(svg.as_str().len() < 3000, "{}", svg.as_str().len());
    }

    #[test]
    fn texts_keep_clear_of_each_other_and_stay_inside() {
        for total in [1, 9, 18, 200] {
            let slots = slots(total, &[0, 1, 0, 0, 0]);
            for (size, width) in SIZES.into_iter().zip([1176.0, 354.0, 690.0]) {
                for today in [0, 33, 90] {
                    check::texts(ruler(&quarter(&slots, today), size).as_str(), width);
                }
            }
        }
    }

    #[test]
    fn elapsed_time_ends_with_today() {
        let slots = slots(9, &[0]);
        let svg = ruler(&quarter(&slots, 90), RulerSize::Wide);
        assert!(check::path(svg.as_str(), "f-ink\"").contains("h1176"));
        let svg = ruler(&Ruler { today: None, ..quarter(&slots, 0) }, RulerSize::Wide);
        assert!(!svg.as_str().contains("f-ink") && !svg.as_str().contains("Hôm nay"));
    }
}
