//! Cycles: quarters, halves, years, months, weeks and free ranges, read as people write them.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Date, days_between, parse_day};

/// Which month a year begins in, and which calendar year names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// First month of the fiscal year, 1–12.
    pub start_month: i8,
    /// Whether the year is named by the calendar year in which it starts or ends.
    pub named_by: YearName,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { start_month: 1, named_by: YearName::Start }
    }
}

/// Whose calendar year gives a fiscal year its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearName {
    /// The year of its first day.
    Start,
    /// The year of its last day (Feb 2020 – Jan 2021 is 2021).
    End,
}

/// What sort of cycle a period is. The order is the one in which home chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodKind {
    /// Three months of the fiscal year, 1–4.
    Quarter(i8),
    /// A calendar month, 1–12.
    Month(i8),
    /// Six months of the fiscal year, 1–2.
    Half(i8),
    /// A fiscal year.
    Year,
    /// From a day to a day.
    Range,
    /// An ISO week, 1–53.
    Week(i8),
}

/// A cycle with a first and a last day, both inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
    kind: PeriodKind,
    /// The number by which the year is called: the fiscal year's, an ISO week's own.
    year: i16,
}

/// By first day, then the shorter one, then by kind.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first, self.last, self.kind, self.year).cmp(&(other.first, other.last, other.kind, other.year))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Period {
    /// Reads `2026-Q3`, `Q3 2026`, `Quý 3/2026`, `Quý III năm 2026`, `2026-H2`, `2026`, `FY2026-Q3`, `2026-09`,
    /// `Tháng 9/2026`, `2026-W33` and `A..B` of days, weeks or months, in either case.
    pub fn parse(text: &str, calendar: Calendar) -> Option<Self> {
        let text = text.trim();
        // A year's digits are in every one of them; most folders have none.
        if text.bytes().filter(u8::is_ascii_digit).count() < 4 {
            return None;
        }
        if let Some((from, to)) = text.split_once("..") {
            return Self::parse_range(from.trim(), to.trim(), calendar);
        }
        Self::parse_named(text, calendar)
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day, itself inside.
    pub fn last(&self) -> Date {
        self.last
    }

    /// Quarter, month, half, year, range or week.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// The number of the (fiscal) year that the period is named after.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Days from the first to the last: 0 for a period of one day.
    pub fn days(&self) -> i64 {
        days_between(self.first, self.last)
    }

    /// Whether the day lies inside, bounds included.
    pub fn contains(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether all of `other` lies inside.
    pub fn encloses(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The folder of the period's pages: its id made safe.
    pub fn slug(&self) -> String {
        super::Id::new(&self.to_string()).as_str().to_owned()
    }

    /// A month of the civil calendar.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month(), kind: PeriodKind::Month(month), year })
    }

    /// The ISO week in which a day lies.
    pub fn week_of(day: Date) -> Option<Self> {
        let week = day.iso_week_date();
        Self::week(week.year(), week.week())
    }

    /// The quarter of the fiscal year in which a day lies.
    pub fn quarter_of(day: Date, calendar: Calendar) -> Option<Self> {
        let year = day.year();
        let quarters = |year| (1..=4).filter_map(move |n| Self::quarter(year, n, calendar));
        [year.checked_sub(1), Some(year), year.checked_add(1)].into_iter().flatten().flat_map(quarters).find(|it| it.contains(day))
    }

    /// A single day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day, kind: PeriodKind::Range, year: day.year() }
    }

    /// The day by which it belongs to a longer period: its last; of a week its Thursday, as ISO 8601 counts weeks.
    pub fn belongs_on(&self) -> Date {
        match self.kind {
            PeriodKind::Week(_) => self.first.checked_add(jiff::Span::new().days(3)).unwrap_or(self.last),
            PeriodKind::Quarter(_) | PeriodKind::Month(_) | PeriodKind::Half(_) | PeriodKind::Year | PeriodKind::Range => self.last,
        }
    }

    fn quarter(year: i16, quarter: i8, calendar: Calendar) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(())?;
        Self::months(year, (quarter - 1) * 3, 3, PeriodKind::Quarter(quarter), calendar)
    }

    fn half(year: i16, half: i8, calendar: Calendar) -> Option<Self> {
        (1..=2).contains(&half).then_some(())?;
        Self::months(year, (half - 1) * 6, 6, PeriodKind::Half(half), calendar)
    }

    fn fiscal_year(year: i16, calendar: Calendar) -> Option<Self> {
        Self::months(year, 0, 12, PeriodKind::Year, calendar)
    }

    fn months(year: i16, skip: i8, count: i8, kind: PeriodKind, calendar: Calendar) -> Option<Self> {
        let begins = match calendar.named_by {
            YearName::End if calendar.start_month > 1 => year.checked_sub(1)?,
            YearName::Start | YearName::End => year,
        };
        let (first_year, first_month) = shift(begins, calendar.start_month, skip)?;
        let (last_year, last_month) = shift(first_year, first_month, count - 1)?;
        let first = Date::new(first_year, first_month, 1).ok()?;
        let last = Date::new(last_year, last_month, 1).ok()?.last_of_month();
        Some(Self { first, last, kind, year })
    }

    fn week(year: i16, week: i8) -> Option<Self> {
        let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date();
        let last = monday.checked_add(jiff::Span::new().days(6)).ok()?;
        Some(Self { first: monday, last, kind: PeriodKind::Week(week), year })
    }

    fn parse_range(from: &str, to: &str, calendar: Calendar) -> Option<Self> {
        let edge = |text: &str| -> Option<(Date, Date)> {
            if let Some(day) = parse_day(text) {
                return Some((day, day));
            }
            let period = Self::parse_named(text, calendar)?;
            matches!(period.kind, PeriodKind::Month(_) | PeriodKind::Week(_)).then_some((period.first, period.last))
        };
        let (first, last) = (edge(from)?.0, edge(to)?.1);
        let named = |day: Date| YEARS.contains(&day.year());
        if first > last || !named(first) || !named(last) || last.year() - first.year() > MOST_YEARS {
            return None;
        }
        Some(Self::named(first, last, calendar).unwrap_or(Self { first, last, kind: PeriodKind::Range, year: first.year() }))
    }

    /// A range equal to a named period is that period.
    fn named(first: Date, last: Date, calendar: Calendar) -> Option<Self> {
        let same = |period: &Self| period.first == first && period.last == last;
        let year = first.year();
        [year, year + 1, year - 1]
            .into_iter()
            .flat_map(|year| {
                (1..=4)
                    .map(move |n| Self::quarter(year, n, calendar))
                    .chain((1..=2).map(move |n| Self::half(year, n, calendar)))
                    .chain([Self::fiscal_year(year, calendar)])
            })
            .chain([Self::month(year, first.month())])
            .chain([{
                let week = first.iso_week_date();
                Self::week(week.year(), week.week())
            }])
            .flatten()
            .find(same)
    }

    fn parse_named(text: &str, calendar: Calendar) -> Option<Self> {
        let folded: String = if text.is_ascii() {
            text.to_ascii_lowercase()
        } else {
            text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
        };
        let mut words = folded.split([' ', '-', '/', '_', '\u{a0}']).filter(|word| !word.is_empty());
        let words = [words.next(), words.next(), words.next(), words.next(), words.next()];
        match words {
            [Some(year), None, ..] => Self::fiscal_year(parse_year(year)?, calendar),
            [Some("nam"), Some(year), None, ..] => Self::fiscal_year(parse_year(year)?, calendar),
            [Some(a), Some(b), None, ..] => Self::parse_pair(a, b, calendar).or_else(|| Self::parse_pair(b, a, calendar)),
            [Some(word), Some(number), Some(year), None, _] | [Some(word), Some(number), Some("nam"), Some(year), None] => {
                let (number, year) = (parse_number(number)?, parse_plain_year(year)?);
                match word {
                    "quy" | "quarter" => Self::quarter(year, number, calendar),
                    "thang" | "month" => Self::month(year, number),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn parse_pair(year: &str, part: &str, calendar: Calendar) -> Option<Self> {
        let fiscal = year.starts_with("fy");
        let year = parse_year(year)?;
        let after = |prefix: char| part.strip_prefix(prefix).and_then(|digits| digits.parse::<i8>().ok());
        if let Some(quarter) = after('q') {
            return Self::quarter(year, quarter, calendar);
        }
        if let Some(half) = after('h') {
            return Self::half(year, half, calendar);
        }
        if fiscal {
            return None;
        }
        if let Some(week) = after('w') {
            return Self::week(year, week);
        }
        if part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) {
            return Self::month(year, part.parse().ok()?);
        }
        None
    }
}

fn shift(year: i16, month: i8, by: i8) -> Option<(i16, i8)> {
    let months = i32::from(year) * 12 + i32::from(month - 1) + i32::from(by);
    Some((i16::try_from(months.div_euclid(12)).ok()?, i8::try_from(months.rem_euclid(12)).ok()? + 1))
}

/// The years that goals are set in; a number outside them is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// The longest range; what is longer is a slip of the pen, and a page would draw each of its weeks.
const MOST_YEARS: i16 = 100;

fn parse_year(text: &str) -> Option<i16> {
    parse_plain_year(text.strip_prefix("fy").unwrap_or(text))
}

fn parse_plain_year(text: &str) -> Option<i16> {
    let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten().filter(|year| YEARS.contains(year))
}

fn parse_number(text: &str) -> Option<i8> {
    match text {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        digits => digits.parse().ok(),
    }
}

/// The period's id: `2026-Q3`, `2026-H2`, `2026`, `2026-09`, `2026-W33`, `2026-07-01..2026-08-15`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.kind {
            PeriodKind::Quarter(n) => write!(f, "{year}-Q{n}"),
            PeriodKind::Half(n) => write!(f, "{year}-H{n}"),
            PeriodKind::Year => write!(f, "{year}"),
            PeriodKind::Month(n) => write!(f, "{year}-{n:02}"),
            PeriodKind::Week(n) => write!(f, "{year}-W{n:02}"),
            PeriodKind::Range => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(calendar: Calendar, rows: &[(&str, &str)]) {
        for (text, want) in rows {
            let got = Period::parse(text, calendar).map_or("none".to_owned(), |p| format!("{p} {} {}", p.first, p.last));
            assert_eq!(&got, want, "{text}");
        }
    }

    #[test]
    fn every_way_to_write_a_period() {
        check(
            Calendar::default(),
            &[
                ("2026-Q3", "2026-Q3 2026-07-01 2026-09-30"),
                ("2026-q3", "2026-Q3 2026-07-01 2026-09-30"),
                ("Q3 2026", "2026-Q3 2026-07-01 2026-09-30"),
                ("Quý 3/2026", "2026-Q3 2026-07-01 2026-09-30"),
                ("QUÝ III/2026", "2026-Q3 2026-07-01 2026-09-30"),
                ("quý 3 năm 2026", "2026-Q3 2026-07-01 2026-09-30"),
                ("FY2026-Q3", "2026-Q3 2026-07-01 2026-09-30"),
                ("2026-H2", "2026-H2 2026-07-01 2026-12-31"),
                ("2026", "2026 2026-01-01 2026-12-31"),
                ("2026-09", "2026-09 2026-09-01 2026-09-30"),
                ("Tháng 9/2026", "2026-09 2026-09-01 2026-09-30"),
                ("2026-W33", "2026-W33 2026-08-10 2026-08-16"),
                ("2026-W53", "2026-W53 2026-12-28 2027-01-03"),
                ("2025-W53", "none"),
                ("2026-07-01..2026-08-15", "2026-07-01..2026-08-15 2026-07-01 2026-08-15"),
                ("2026-07-01..2026-09-30", "2026-Q3 2026-07-01 2026-09-30"),
                ("2026-07..2026-09", "2026-Q3 2026-07-01 2026-09-30"),
                ("2025-01..2025-12", "2025 2025-01-01 2025-12-31"),
                ("2026-W33..2026-W34", "2026-08-10..2026-08-23 2026-08-10 2026-08-23"),
                ("2026-08-15..2026-07-01", "none"),
                ("2000-01-01..2100-12-31", "2000-01-01..2100-12-31 2000-01-01 2100-12-31"),
                ("2000-01-01..2101-01-01", "none"),
                ("0001-01-01..9999-12-31", "none"),
                ("1899-12-31..1900-01-01", "none"),
                ("2026-Q5", "none"),
                ("2026-13", "none"),
                ("2026-9", "none"),
                ("2026-Q0", "none"),
                ("Quý 5/2026", "none"),
                ("kinh-doanh", "none"),
                ("", "none"),
            ],
        );
    }

    #[test]
    fn a_fiscal_year_moves_quarters_halves_and_years_but_not_months() {
        check(
            Calendar { start_month: 4, named_by: YearName::Start },
            &[
                ("2026-Q1", "2026-Q1 2026-04-01 2026-06-30"),
                ("FY2026-Q4", "2026-Q4 2027-01-01 2027-03-31"),
                ("2026-H2", "2026-H2 2026-10-01 2027-03-31"),
                ("FY2026", "2026 2026-04-01 2027-03-31"),
                ("2026-08", "2026-08 2026-08-01 2026-08-31"),
                ("2027-01..2027-03", "2026-Q4 2027-01-01 2027-03-31"),
            ],
        );
        check(
            Calendar { start_month: 2, named_by: YearName::End },
            &[("FY2021", "2021 2020-02-01 2021-01-31"), ("2021-Q4", "2021-Q4 2020-11-01 2021-01-31")],
        );
    }
}
