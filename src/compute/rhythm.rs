//! The rhythm of check-ins: the slots of a period, and what happened in each.

use crate::model::{Cadence, Date, Period, PeriodKind};

/// A stretch of a period, usually a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its first day.
    pub first: Date,
    /// Its last day, inside.
    pub last: Date,
}

/// What happened in a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SlotState {
    /// Somebody checked in; how sure they were, if they said.
    Checked(Option<f64>),
    /// Something was due, and nobody did.
    Missed,
    /// Nothing was due.
    Quiet,
    /// It is still to come.
    Future,
}

/// A key result's check-ins over a period's slots.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Rhythm {
    /// One for each slot.
    pub states: Vec<SlotState>,
}

impl Rhythm {
    /// How many slots have a check-in, and how many should.
    pub fn kept(&self) -> (usize, usize) {
        let checked = self.states.iter().filter(|state| matches!(state, SlotState::Checked(_))).count();
        let missed = self.states.iter().filter(|state| matches!(state, SlotState::Missed)).count();
        (checked, checked + missed)
    }
}

/// Thirteen weeks of a quarter, the weeks of a month or a short range, the months of a half, a year, a long range.
pub fn slots(period: &Period) -> Vec<Slot> {
    let days = period.days() + 1;
    let by_month = matches!(period.kind(), PeriodKind::Half(_) | PeriodKind::Year) || days > 7 * 18;
    if by_month {
        return months(period);
    }
    let count = ((days + 3) / 7).max(1);
    (0..count)
        .map(|index| {
            let at = |days: i64| period.first().checked_add(jiff::Span::new().days(days)).unwrap_or(period.last());
            let last = if index + 1 == count { period.last() } else { at(index * 7 + 6) };
            Slot { first: at(index * 7), last }
        })
        .collect()
}

fn months(period: &Period) -> Vec<Slot> {
    let mut all = Vec::new();
    let mut first = period.first();
    while first <= period.last() {
        let last = first.last_of_month().min(period.last());
        all.push(Slot { first, last });
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    all
}

/// When check-ins stop being due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) cadence: Cadence,
    /// Before this day nothing is due.
    pub(super) from: Date,
    /// From this day on nothing is due: it was reached, or given up.
    pub(super) until: Option<Date>,
    pub(super) as_of: Date,
}

/// `heard` are the days of check-ins within the period with their confidence, in order.
pub(super) fn rhythm(period: &Period, slots: &[Slot], heard: &[(Date, Option<f64>)], due: Due) -> Rhythm {
    let from = due.from.max(period.first());
    let before_first = from.yesterday().unwrap_or(from);
    let mut next = 0;
    let mut last = before_first;
    let states = slots
        .iter()
        .map(|slot| {
            let mut confidence = None;
            let mut checked = false;
            while let Some((day, sure)) = heard.get(next).filter(|(day, _)| *day <= slot.last) {
                (checked, last) = (true, (*day).max(last));
                confidence = sure.or(confidence);
                next += 1;
            }
            let state = state(slot, checked.then_some(confidence), last, due);
            if state == SlotState::Missed {
                // It is missed once: the next is due a whole cadence later.
                last = slot.last;
            }
            state
        })
        .collect();
    Rhythm { states }
}

fn state(slot: &Slot, checked: Option<Option<f64>>, last: Date, due: Due) -> SlotState {
    if let Some(confidence) = checked {
        return SlotState::Checked(confidence);
    }
    let Due { cadence, from: _, until, as_of } = due;
    if slot.first > as_of {
        return SlotState::Future;
    }
    if until.is_some_and(|day| day <= slot.last) {
        return SlotState::Quiet;
    }
    // In the slot that runs, something is missing only once a whole cadence has gone by.
    let over = if slot.last < as_of { slot.last } else { as_of.yesterday().unwrap_or(as_of) };
    let missing = cadence.after(last, 1) <= over;
    match (missing, slot.last >= as_of) {
        (true, _) => SlotState::Missed,
        (false, true) => SlotState::Future,
        (false, false) => SlotState::Quiet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Calendar;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        Period::parse(text, Calendar::default()).expect("a period")
    }

    #[test]
    fn a_quarter_is_thirteen_weeks_a_half_six_months() {
        for (text, count) in [
            ("2026-Q1", 13),
            ("2026-Q3", 13),
            ("2026-Q4", 13),
            ("2026-02", 4),
            ("2026-08", 4),
            ("2026-H2", 6),
            ("2026", 12),
            ("2026-W33", 1),
        ] {
            let slots = slots(&period(text));
            assert_eq!(slots.len(), count, "{text}");
            assert_eq!(slots.last().map(|slot| slot.last), Some(period(text).last()), "{text}");
        }
    }

    #[test]
    fn silence_is_seen_by_the_cadence() {
        let quarter = period("2026-Q3");
        let slots = slots(&quarter);
        let since = |heard: &[(Date, Option<f64>)], cadence, from| -> String {
            let due = Due { cadence, from, until: None, as_of: date(2026, 8, 14) };
            let states = rhythm(&quarter, &slots, heard, due).states;
            states
                .iter()
                .map(|state| match state {
                    SlotState::Checked(_) => 'c',
                    SlotState::Missed => 'x',
                    SlotState::Quiet => '-',
                    SlotState::Future => '.',
                })
                .collect()
        };
        let letters = |heard: &[(Date, Option<f64>)], cadence| since(heard, cadence, quarter.first());
        // Weeks of Q3 2026 begin on Wednesdays: 1, 8, 15, 22, 29 July, 5 and 12 August.
        let day = |month, day| (date(2026, month, day), None);
        assert_eq!(letters(&[], Cadence::Week), "xxxxxx.......");
        assert_eq!(letters(&[day(7, 3), day(7, 10), day(7, 24)], Cadence::Week), "ccxcxx.......");
        assert_eq!(letters(&[day(7, 3), day(7, 17), day(8, 13)], Cadence::TwoWeeks), "c-c-x-c......");
        assert_eq!(letters(&[day(8, 10)], Cadence::Week), "xxxxxc.......");
        // A company that began on 23 July owed its first word by the 30th, in the week up to 4 August.
        assert_eq!(since(&[], Cadence::Week, date(2026, 7, 23)), "----xx.......");
    }
}
