//! How Excel shows a number: as one, as a percentage, as a day or as a length of time.

use jiff::{Span, civil::Date};

use super::Cell;

/// What a format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Number,
    /// With how many `%`.
    Percent(u8),
    /// A day, a time of day, or both.
    Day,
    /// A length of time, as in `[h]:mm`.
    Time,
}

/// A number format: what it makes of positive numbers, of negative ones and of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Format([Shown; 3]);

/// From which day a workbook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1 January 1900, and 60 a day that never was.
    Of1900,
    /// 0 is 1 January 1904: old files from a Mac.
    Of1904,
}

impl Format {
    /// One of those that are known by number alone (ECMA-376, 18.8.30).
    pub(super) fn built_in(id: u32) -> Self {
        Self(
            [match id {
                9 | 10 => Shown::Percent(1),
                14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Day,
                46 => Shown::Time,
                _ => Shown::Number,
            }; 3],
        )
    }

    /// One that is written out, as in `0.0%;[Red]-0.0%`.
    pub(super) fn parse(code: &str) -> Self {
        let mut sections = sections(code).into_iter();
        let first = sections.next().unwrap_or_default();
        let second = sections.next().unwrap_or(first);
        Self([first, second, sections.next().unwrap_or(first)])
    }

    /// Whether numbers are shown in per cent.
    pub(super) fn is_percent(self) -> bool {
        matches!(self.0[0], Shown::Percent(_))
    }

    /// The cell that a reader sees.
    pub(super) fn cell(self, number: f64, epoch: Epoch) -> Cell {
        let [above, below, zero] = self.0;
        let shown = if number > 0.0 {
            above
        } else if number < 0.0 {
            below
        } else {
            zero
        };
        match shown {
            Shown::Number => Cell::Number(number),
            Shown::Percent(signs) => points(number, signs),
            Shown::Day if (0.0..1.0).contains(&number) => Cell::Text(time(number)),
            Shown::Day => day(number, epoch).map_or_else(|| Cell::Text(number.to_string()), Cell::Day),
            Shown::Time => Cell::Text(time(number)),
        }
    }
}

/// 0.07 shown as 7 % is 7, not 7.000000000000001.
fn points(number: f64, signs: u8) -> Cell {
    let exponent = u32::from(signs) * 2;
    let points: f64 = format!("{number}e{exponent}").parse().expect("a number and its power of ten");
    if points.is_finite() { Cell::Number(points) } else { Cell::Text(format!("{number}e{exponent}%")) }
}

fn day(number: f64, epoch: Epoch) -> Option<Date> {
    // The last day that Excel knows is 31 December 9999.
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let (year, month, day) = match epoch {
        Epoch::Of1904 => (1904, 1, 1),
        Epoch::Of1900 if number < 60.0 => (1899, 12, 31),
        Epoch::Of1900 if number < 61.0 => return None,
        Epoch::Of1900 => (1899, 12, 30),
    };
    let days = Span::new().try_days(number.floor() as i64).ok()?;
    Date::new(year, month, day).ok()?.checked_add(days).ok()
}

/// `36:30:00`.
fn time(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round();
    // Beyond it there are no single seconds.
    if seconds >= 1e15 {
        return format!("{days} × 24:00:00");
    }
    let seconds = seconds as u64;
    let sign = if days < 0.0 { "-" } else { "" };
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// What each part of a format shows; quotes, escapes and colours stand for themselves.
fn sections(code: &str) -> Vec<Shown> {
    let mut all = vec![Shown::Number];
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        let shown = all.last_mut().expect("there is one from the start");
        match letter {
            '"' => drop(letters.by_ref().find(|&c| c == '"')),
            '\\' | '_' | '*' => drop(letters.next()),
            '[' => {
                let inside: String = letters.by_ref().take_while(|&c| c != ']').collect();
                if !inside.is_empty() && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                    *shown = Shown::Time;
                }
            }
            ';' => all.push(Shown::Number),
            '%' => match shown {
                Shown::Percent(signs) => *signs = signs.saturating_add(1),
                Shown::Number => *shown = Shown::Percent(1),
                Shown::Day | Shown::Time => {}
            },
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' if *shown == Shown::Number => *shown = Shown::Day,
            _ => {}
        }
        if all.len() > 4 {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_a_reader_sees() {
        let day = |text: &str| Cell::Day(text.parse().expect("a day"));
        let text = |text: &str| Cell::Text(text.to_owned());
        for (code, number, want) in [
            ("General", 0.8, Cell::Number(0.8)),
            ("0%", 0.8, Cell::Number(80.0)),
            ("0.0%", 0.07, Cell::Number(7.0)),
            ("0%;[Red]-0%", -0.123, Cell::Number(-12.3)),
            ("0.00\"%\"", 80.0, Cell::Number(80.0)),
            ("0\\%", 80.0, Cell::Number(80.0)),
            ("0%;0", -3.0, Cell::Number(-3.0)),
            ("#,##0\\ \"đồng\"", 5.0, Cell::Number(5.0)),
            ("_-* #,##0\\ [$₫-42A]_-;\\-* #,##0\\ [$₫-42A]_-", 5.0, Cell::Number(5.0)),
            ("[Red]0.00E+00", 5.0, Cell::Number(5.0)),
            ("dd/mm/yyyy", 46_022.0, day("2025-12-31")),
            ("[$-42A]mmmm yyyy;@", 46_023.5, day("2026-01-01")),
            ("yyyy", 1.0, day("1900-01-01")),
            ("yyyy", 59.0, day("1900-02-28")),
            ("yyyy", 60.0, text("60")),
            ("yyyy", 61.0, day("1900-03-01")),
            ("yyyy", 2_958_465.0, day("9999-12-31")),
            ("yyyy", 2_958_466.0, text("2958466")),
            ("yyyy", -1.0, text("-1")),
            ("h:mm", 0.5, text("12:00:00")),
            ("[h]:mm", 1.5, text("36:00:00")),
        ] {
            assert_eq!(Format::parse(code).cell(number, Epoch::Of1900), want, "{number} as {code}");
        }
        assert_eq!(Format::parse("d").cell(0.0 + 1.0, Epoch::Of1904), day("1904-01-02"));
        assert_eq!(Format::built_in(10).cell(0.29, Epoch::Of1900), Cell::Number(29.0));
        assert_eq!(Format::built_in(14).cell(46_022.0, Epoch::Of1900), day("2025-12-31"));
    }

    proptest::proptest! {
        #[test]
        fn no_format_and_no_number_crashes_it(code in "\\PC{0,16}|[0#.,%;yhms\\[\\]\"\\\\]{0,16}", number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            for epoch in [Epoch::Of1900, Epoch::Of1904] {
                if let Cell::Number(shown) = Format::parse(&code).cell(number, epoch) {
                    proptest::prop_assert!(shown.is_finite());
                }
            }
        }
    }
}
