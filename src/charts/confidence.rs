//! The confidence strip: one slot a week, and a cross where nobody spoke.
//!
//! It must never know who was asked; it draws numbers from 0 to 10 and silence.

use super::Svg;
use super::canvas::{Frame, Pen, Sheet, Spot, Stretch, Tone};

/// One slot of the period's grammar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slot {
    /// A check-in with this confidence, 0 to 10.
    Value(f64),
    /// A check-in was due and did not come.
    Missed,
    /// Still to come.
    Future,
    /// Over, and nothing was due.
    Silent,
}

/// A strip of 117×26 px.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// The slots in order, as many as the period has; past 58 only the newest have room.
    pub slots: &'a [Slot],
    /// The sentence for screen readers.
    pub label: &'a str,
}

const WIDTH: i32 = 1170;
const FLOOR: i32 = 230;

/// Draws the strip, its slots spread over the width.
pub fn confidence(s: &Strip<'_>) -> Svg {
    let sheet = Sheet::new(&Frame { class: "", width: 117, height: 26, label: s.label, stretch: Stretch::No });
    let slots = &s.slots[s.slots.len().saturating_sub(58)..];
    let columns = sheet.root().split_evenly((1, slots.len().max(1)));
    let centre = |at: usize| {
        let (x, _) = columns[at].get_pixel_range();
        i32::midpoint(x.start, x.end)
    };
    let bar = (WIDTH / slots.len().max(1) as i32 * 7 / 9).clamp(10, 140);
    let values: Vec<(usize, f64)> = slots
        .iter()
        .enumerate()
        .filter_map(|(at, slot)| match slot {
            Slot::Value(value) if value.is_finite() => Some((at, value.clamp(0.0, 10.0))),
            Slot::Value(_) | Slot::Missed | Slot::Future | Slot::Silent => None,
        })
        .collect();

    for (rank, &(at, value)) in values.iter().enumerate() {
        let tone = if rank + 1 == values.len() { Tone::Data } else { Tone::Data2 };
        let left = centre(at) - bar / 2;
        let height = (20.0 + 21.0 * value).round() as i32;
        sheet.rect(Pen::new(tone, 10), (left, FLOOR - height), (left + bar, FLOOR));
    }
    let places = |wanted: Slot| slots.iter().enumerate().filter(move |(_, slot)| **slot == wanted).map(|(at, _)| centre(at));
    places(Slot::Missed).for_each(|x| cross(&sheet, (x, 195), 25.min(bar / 2)));
    places(Slot::Future).for_each(|x| sheet.dot(Tone::Data2, (x, FLOOR - 20), 8));
    sheet.line(Pen::new(Tone::Rule2, 10), &[(0, 235), (WIDTH, 235)]);
    sheet.finish()
}

/// × for a check-in that did not come.
pub(super) fn cross(sheet: &Sheet, (x, y): Spot, reach: i32) {
    let pen = Pen::new(Tone::Off, 15);
    sheet.line(pen, &[(x - reach, y - reach), (x + reach, y + reach)]);
    sheet.line(pen, &[(x + reach, y - reach), (x - reach, y + reach)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    fn draw(slots: &[Slot]) -> String {
        let label = "Mức tự tin gần nhất 3/10";
        confidence(&Strip { slots, label }).to_string()
    }

    #[test]
    fn the_newest_value_stands_out() {
        let svg = draw(&[Slot::Value(8.0), Slot::Value(5.0), Slot::Missed, Slot::Future]);
        assert_eq!(check::path(&svg, "f-data2\"").matches('z').count(), 1);
        assert_eq!(check::path(&svg, "f-data\"").matches('z').count(), 1);
    }

    #[test]
    fn more_confidence_is_a_higher_bar() {
        let high = |value| {
            let svg = draw(&[Slot::Value(value)]);
            let path = check::path(&svg, "f-data\"");
            let (_, rest) = path.split_once('v').expect("a height");
            rest.split_once('H').expect("a way back").0.parse::<f64>().expect("a number")
        };
        assert_eq!(high(10.0), 23.0);
        assert_eq!(high(0.0), 2.0);
        assert_eq!(high(99.0), 23.0);
        assert!(high(3.0) < high(3.5));
    }

    #[test]
    fn silence_is_a_cross_and_nothing_due_is_nothing() {
        let svg = draw(&[Slot::Missed, Slot::Missed, Slot::Silent]);
        assert_eq!(check::path(&svg, "ln l-off\"").matches(['M', 'm']).count(), 4);
        assert_eq!(draw(&[Slot::Silent; 13]).matches("<path").count(), 1);
    }

    #[test]
    fn it_is_small_for_a_quarter_and_bounded_for_a_decade() {
        let quarter: Vec<Slot> = (0..13).map(|at| Slot::Value(f64::from(at) * 0.7)).collect();
        assert!(draw(&quarter).len() < 700);
        assert!(draw(&vec![Slot::Value(1.5); 520]).len() < 2000);
    }
}
