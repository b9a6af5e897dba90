//! Goals on paper: nobody has reported on them for two cadences.

use crate::model::{Cadence, Date, Period};

/// Whether a running thing, of which word is expected `from` a day on, was last heard of on `last` and is silent for too long.
pub(super) fn is_stale(cadence: Cadence, period: &Period, from: Date, last: Option<Date>, as_of: Date) -> bool {
    let heard = last.map_or(from, |day| day.max(from));
    period.contains(as_of) && as_of > cadence.after(heard, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Calendar;
    use jiff::civil::date;

    #[test]
    fn two_cadences_after_the_last_word_a_goal_is_on_paper() {
        let quarter = Period::parse("2026-Q3", Calendar::default()).expect("a quarter");
        for (cadence, last, as_of, want) in [
            (Cadence::Week, Some(date(2026, 8, 1)), date(2026, 8, 15), false),
            (Cadence::Week, Some(date(2026, 8, 1)), date(2026, 8, 16), true),
            (Cadence::Week, None, date(2026, 7, 15), false),
            (Cadence::Week, None, date(2026, 7, 16), true),
            (Cadence::Week, Some(date(2026, 6, 1)), date(2026, 7, 15), false),
            (Cadence::TwoWeeks, Some(date(2026, 7, 1)), date(2026, 7, 29), false),
            (Cadence::TwoWeeks, Some(date(2026, 7, 1)), date(2026, 7, 30), true),
            (Cadence::Month, Some(date(2026, 7, 10)), date(2026, 9, 10), false),
            (Cadence::Month, Some(date(2026, 7, 10)), date(2026, 9, 11), true),
            (Cadence::Week, None, date(2026, 10, 1), false),
        ] {
            assert_eq!(is_stale(cadence, &quarter, quarter.first(), last, as_of), want, "{cadence:?} {last:?} {as_of}");
        }
        // Whoever begins on 10 August has until the 24th.
        for (as_of, want) in [(date(2026, 8, 24), false), (date(2026, 8, 25), true)] {
            assert_eq!(is_stale(Cadence::Week, &quarter, date(2026, 8, 10), None, as_of), want, "{as_of}");
        }
    }
}
