//! Whether confidence came true: what the owners of a department said over closed periods, against what came out.
//!
//! A first, a middle and a last third of a period, each a mean over many key results. It is drawn for a department,
//! never for a person: with the numbers of one it would be a mark for honesty, and honesty would end.

use super::Svg;
use super::canvas::{Finish, Frame, Ground, Held, Letter, Pen, Sheet, Spot, Stretch, Tone};
use super::labels::{self, Weight};
use super::line::known;

/// What was said in a third of the period.
#[derive(Clone, Copy, Debug)]
pub struct Third<'a> {
    /// The mean confidence, 0 to 10; none: nobody said anything.
    pub confidence: Option<f64>,
    /// Under the axis: "đầu kỳ".
    pub name: &'a str,
    /// At the dot: "7,2".
    pub value: &'a str,
}

/// The words of a [`Calibration`]; an empty one is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalibrationWords<'a> {
    /// At the right end of the line of dots: "đã tin".
    pub said: &'a str,
    /// At the right end of the level line: "đạt 54%".
    pub outcome: &'a str,
    /// The scale's ends: "0%" and "100%".
    pub ends: (&'a str, &'a str),
    /// The sentence for screen readers.
    pub label: &'a str,
}

/// A picture of 354×150 px.
#[derive(Clone, Copy, Debug)]
pub struct Calibration<'a> {
    /// The first, the middle and the last.
    pub thirds: [Third<'a>; 3],
    /// The mean score that came out, a share of 1.
    pub outcome: Option<f64>,
    /// The words.
    pub words: CalibrationWords<'a>,
}

const WIDTH: i32 = 3540;
const TOP: i32 = 160;
const AXIS: i32 = 1240;

/// Draws the picture: 0 to 10 and 0 to 100 % are one scale.
pub fn calibration(c: &Calibration<'_>) -> Svg {
    let words = &c.words;
    let mut sheet = Sheet::new(&Frame { class: "", width: 354, height: 150, label: words.label, stretch: Stretch::No });
    let widest = |words: &[&str], weight| words.iter().map(|word| labels::width(word, weight)).max().unwrap_or(0);
    let left = (widest(&[words.ends.0, words.ends.1], Weight::Regular) + 80).clamp(100, 600);
    let right = WIDTH - (widest(&[words.said, words.outcome], Weight::Bold) + 120).clamp(100, 1300);
    let y = |share: f64| AXIS - (f64::from(AXIS - TOP) * share.clamp(0.0, 1.0)).round() as i32;
    let x = |third: usize| left + (right - left) * (third as i32 * 2 + 1) / 6;
    let outcome = c.outcome.and_then(known).map(y);
    let said: Vec<(usize, Spot)> =
        c.thirds.iter().enumerate().filter_map(|(at, third)| Some((at, (x(at), y(third.confidence.and_then(known)? / 10.0))))).collect();

    sheet.line(Pen::new(Tone::Rule, 10), &[(left, TOP), (right, TOP)]);
    sheet.line(Pen::new(Tone::Rule2, 10), &[(left, AXIS), (right, AXIS)]);
    if let Some(y) = outcome {
        sheet.line(Pen::new(Tone::Ink, 13).with(Finish::Dashed), &[(left, y), (right, y)]);
    }
    // A third in which nobody spoke splits the line.
    for pair in said.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1) {
        sheet.line(Pen::new(Tone::Data, 22).with(Finish::Round), &[pair[0].1, pair[1].1]);
    }
    said.iter().for_each(|(_, at)| sheet.dot(Tone::Paper, *at, 50));
    said.iter().for_each(|(_, at)| sheet.dot(Tone::Data, *at, 40));

    for (end, y) in [(words.ends.1, TOP), (words.ends.0, AXIS)] {
        let end = labels::shorten(end, left - 70, Weight::Regular);
        sheet.text(Letter::Plain, Ground::Bare, Held::End, (left - 60, y + 40), &end);
    }
    let third = (right - left) / 3 - 60;
    for (at, it) in c.thirds.iter().enumerate() {
        let name = labels::shorten(it.name, third, Weight::Regular);
        sheet.text(Letter::Plain, Ground::Bare, Held::Middle, (x(at), AXIS + 180), &name);
    }
    for &(at, (x, y)) in &said {
        let value = labels::shorten(c.thirds[at].value, third, Weight::Bold);
        sheet.text(Letter::Strong, Ground::Busy, Held::Middle, (x, beside(y, outcome)), &value);
    }
    let ends: Vec<(i32, Letter, &str)> =
        [said.last().map(|&(_, (_, y))| (y, Letter::Strong, words.said)), outcome.map(|y| (y, Letter::Soft, words.outcome))]
            .into_iter()
            .flatten()
            .filter(|(_, _, word)| !word.is_empty())
            .collect();
    let mut lines: Vec<i32> = ends.iter().map(|(y, _, _)| y + 40).collect();
    labels::spread(&mut lines, labels::APART, TOP, AXIS + 20);
    for ((_, letter, word), y) in ends.into_iter().zip(lines) {
        let word = labels::shorten(word, WIDTH - right - 90, letter.weight());
        sheet.text(letter, Ground::Bare, Held::Start, (right + 80, y), &word);
    }
    sheet.finish()
}

/// The base line of a dot's value: above it, or below where the outcome's line would run through the letters.
fn beside(y: i32, outcome: Option<i32>) -> i32 {
    let clear = |base: i32| outcome.is_none_or(|line| !(base - 110..=base + 40).contains(&line));
    let (above, below) = (y - 90, y + 180);
    let inside = |base: i32| (110..=AXIS - 30).contains(&base);
    [above, below].into_iter().find(|base| inside(*base) && clear(*base)).unwrap_or(if inside(above) { above } else { below })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::check;

    fn draw(said: [Option<f64>; 3], outcome: Option<f64>) -> String {
        let names = ["đầu kỳ", "giữa kỳ", "cuối kỳ"];
        let values = ["7,2", "6,8", "10"];
        let third = |at: usize| Third { confidence: said[at], name: names[at], value: values[at] };
        let words =
            CalibrationWords { said: "đã tin", outcome: "đạt 54%", ends: ("0%", "100%"), label: "Mức tự tin và kết quả" };
        let svg = calibration(&Calibration { thirds: [third(0), third(1), third(2)], outcome, words });
        check::well_formed(svg.as_str());
        check::texts(svg.as_str(), 354.0);
        svg.to_string()
    }

    const LINE: &str = "ln l-data\" stroke-width=\"2.2\"";
    const DOTS: &str = "ln l-data\" stroke-width=\"8\"";

    #[test]
    fn three_dots_stand_against_one_level() {
        let svg = draw([Some(7.2), Some(6.8), Some(5.1)], Some(0.54));
        assert_eq!(check::path(&svg, DOTS).matches("h0").count(), 3);
        assert!(check::path(&svg, "ln l-ink\" stroke-width=\"1.3\" stroke-dasharray").contains('h'));
        for word in ["đầu kỳ", "7,2", "đã tin", "đạt 54%", "100%"] {
            assert!(svg.contains(&format!(">{word}<")), "{word}");
        }
    }

    #[test]
    fn silence_splits_the_line() {
        let svg = draw([Some(7.2), None, Some(5.1)], Some(0.54));
        assert!(check::path(&svg, LINE).is_empty());
        assert_eq!(check::path(&svg, DOTS).matches("h0").count(), 2);
        assert!(!draw([None; 3], None).contains("l-data"));
    }

    #[test]
    fn words_keep_clear_at_every_height() {
        for said in 0..=20 {
            for outcome in 0..=20 {
                let said = f64::from(said) / 2.0;
                draw([Some(said), Some(10.0 - said), Some(said)], Some(f64::from(outcome) / 20.0));
            }
        }
    }

    #[test]
    fn what_is_beyond_the_scale_stands_at_its_end() {
        assert_eq!(draw([Some(99.0), Some(-3.0), Some(f64::MAX)], Some(1.4)), draw([Some(10.0), Some(0.0), Some(10.0)], Some(1.0)));
    }
}
