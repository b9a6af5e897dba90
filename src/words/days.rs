//! Days, months and periods as they are shown.

use jiff::civil::Weekday;

use crate::model::{Date, Period, PeriodKind, days_between};

use super::Words;

impl Words {
    /// `14/08/2026`, `14 Aug 2026`.
    pub fn day(&self, day: Date) -> String {
        self.date("day.long", day)
    }

    /// `14/08`, `14 Aug`.
    pub fn short_day(&self, day: Date) -> String {
        self.date("day.short", day)
    }

    /// `Th 6, 14/08`, `Fri 14 Aug`.
    pub fn week_day(&self, day: Date) -> String {
        self.date("day.week", day)
    }

    fn date(&self, key: &str, day: Date) -> String {
        self.fill(key, |name, text| match name {
            "d" => push_number(text, day.day().into(), 1),
            "dd" => push_number(text, day.day().into(), 2),
            "mm" => push_number(text, day.month().into(), 2),
            "y" => push_number(text, day.year(), 4),
            "mon" => text.push_str(&self.short_month(day)),
            "wd" => text.push_str(&self.word(weekday(day))),
            _ => text.push('…'),
        })
    }

    /// `Tháng 7`, `July`.
    pub fn month(&self, day: Date) -> String {
        self.word(&format!("month.long.m{}", day.month()))
    }

    /// `T7`, `Jul`.
    pub fn short_month(&self, day: Date) -> String {
        self.word(MONTHS_SHORT[usize::from(day.month().unsigned_abs()) - 1])
    }

    /// `hôm nay`, `hôm qua`, `3 ngày trước`.
    pub fn ago(&self, day: Date, today: Date) -> String {
        match days_between(day, today) {
            0 => self.word("ago.today"),
            1 => self.word("ago.yesterday"),
            days => self.say("ago.days", &[("n", days.into())]),
        }
    }

    /// `Quý 3/2026`, `Q3 2026`; with a fiscal year of its own `Quý 3 năm tài chính 2026`, `Q3 FY2026`.
    pub fn period(&self, period: &Period) -> String {
        self.named_period("period", period)
    }

    /// In the middle of a sentence: `quý 3/2026`.
    pub fn period_inside(&self, period: &Period) -> String {
        self.named_period("period.inside", period)
    }

    /// For a narrow column: `Q3/26`.
    pub fn short_period(&self, period: &Period) -> String {
        self.named_period("period.short", period)
    }

    fn named_period(&self, group: &str, period: &Period) -> String {
        let fiscal = if self.calendar.start_month == 1 { "" } else { "fiscal-" };
        let (key, number) = match period.kind() {
            PeriodKind::Quarter(n) => (format!("{group}.{fiscal}quarter"), n),
            PeriodKind::Half(n) => (format!("{group}.{fiscal}half{n}"), n),
            PeriodKind::Year => (format!("{group}.{fiscal}year"), 0),
            PeriodKind::Month(n) => (format!("{group}.month"), n),
            PeriodKind::Week(n) => (format!("{group}.week"), n),
            PeriodKind::Range => (format!("{group}.range"), 0),
        };
        self.fill(&key, |name, text| match name {
            "no" => push_number(text, number.into(), 1),
            "year" => push_number(text, period.year(), 1),
            "yy" => push_number(text, period.year().rem_euclid(100), 2),
            "month" => text.push_str(&self.month(period.first())),
            "mon" => text.push_str(&self.short_month(period.first())),
            "from" => text.push_str(&self.short_day(period.first())),
            "to" => text.push_str(&self.day(period.last())),
            "to_short" => text.push_str(&self.short_day(period.last())),
            _ => text.push('…'),
        })
    }
}

/// The months' keys in the word files.
const MONTHS_SHORT: [&str; 12] = [
    "month.short.m1",
    "month.short.m2",
    "month.short.m3",
    "month.short.m4",
    "month.short.m5",
    "month.short.m6",
    "month.short.m7",
    "month.short.m8",
    "month.short.m9",
    "month.short.m10",
    "month.short.m11",
    "month.short.m12",
];

fn push_number(text: &mut String, number: i16, width: usize) {
    use std::fmt::Write;
    // Days and months, which are most of it, have one digit or two.
    let digit = |number: i16| char::from(b'0' + number as u8);
    match (number, width) {
        (0..=9, 1) => text.push(digit(number)),
        (10..=99, 1) | (0..=99, 2) => text.extend([digit(number / 10), digit(number % 10)]),
        _ => write!(text, "{number:0width$}").expect("a text takes what is written to it"),
    }
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "weekday.mon",
        Weekday::Tuesday => "weekday.tue",
        Weekday::Wednesday => "weekday.wed",
        Weekday::Thursday => "weekday.thu",
        Weekday::Friday => "weekday.fri",
        Weekday::Saturday => "weekday.sat",
        Weekday::Sunday => "weekday.sun",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Calendar, YearName};

    #[test]
    fn days_and_periods_in_both_languages() {
        let (vi, en) = (Words::load("vi", Calendar::default()).expect("vi"), Words::load("en", Calendar::default()).expect("en"));
        let day = date(2026, 8, 4);
        assert_eq!([vi.day(day), vi.short_day(day), vi.week_day(day)], ["04/08/2026", "04/08", "Th 3, 04/08"]);
        assert_eq!([en.day(day), en.short_day(day), en.week_day(day)], ["4 Aug 2026", "4 Aug", "Tue 4 Aug"]);
        assert_eq!(
            [vi.ago(day, day), en.ago(day, date(2026, 8, 5)), en.ago(day, date(2026, 8, 6))],
            ["hôm nay", "yesterday", "2 days ago"]
        );
        let period = |text| Period::parse(text, Calendar::default()).expect("a period");
        for (text, in_vi, in_en) in [
            ("2026-Q3", "Quý 3/2026", "Q3 2026"),
            ("2026-H2", "Nửa cuối năm 2026", "Second half of 2026"),
            ("2026", "Năm 2026", "Year 2026"),
            ("2026-09", "Tháng 9/2026", "September 2026"),
            ("2026-07-01..2026-08-15", "01/07 – 15/08/2026", "1 Jul – 15 Aug 2026"),
        ] {
            assert_eq!([vi.period(&period(text)), en.period(&period(text))], [in_vi, in_en]);
        }
        let fiscal = Calendar { start_month: 4, named_by: YearName::Start };
        let en = Words::load("en", fiscal).expect("en");
        assert_eq!(en.period(&Period::parse("FY2026-Q2", fiscal).expect("a period")), "Q2 FY2026");
    }
}
