//! Days. A date with a time counts as the day that it writes.

/// A civil day, without time or zone.
pub type Date = jiff::civil::Date;

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// Reads an ISO day (`2026-08-14`), alone or with a time behind it (`2026-08-14T09:30+07:00`,
/// `2026-08-14 09:30`): the day is the one that is written.
pub fn parse_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.get(..10)?;
    let rest = &text[10..];
    let shaped = day.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    if !shaped || !(rest.is_empty() || is_time(rest)) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| day[range].parse::<i16>().ok();
    let (year, month, day_of_month) = (number(0..4)?, number(5..7)?, number(8..10)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day_of_month).ok()?).ok()
}

/// The days that a text may mean which is no ISO day: `30/9/2026`, `9/30/2026`, `2026/9/30`, `30.9.2026`. One where only
/// one reading is a day, two where day and month could change places, none where none is.
pub fn days_meant(text: &str) -> Vec<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts[..] else { return Vec::new() };
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
    let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c)) else { return Vec::new() };
    let day = |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let readings = match (a.len(), c.len()) {
        (4, _) => vec![day(first, second, third), day(first, third, second)],
        (_, 4) => vec![day(third, second, first), day(third, first, second)],
        _ => Vec::new(),
    };
    let mut all: Vec<Date> = readings.into_iter().flatten().collect();
    // A year in front is followed by the month, everywhere.
    all.truncate(if a.len() == 4 { 1 } else { 2 });
    all.dedup();
    all
}

/// The month that a text means which is no period: `8/2026`, `T8/2026`, `2026-8`, `2026/08`.
pub fn month_meant(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches(['T', 't', 'M', 'm', ' ']);
    let parts: Vec<&str> = bare.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let [a, b] = parts[..] else { return None };
    let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
    let month = month.parse::<u8>().ok().filter(|month| (1..=12).contains(month))?;
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{year}-{month:02}"))
}

fn is_time(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('T' | 't' | ' '))
        && rest.len() >= 3
        && chars.all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | 'z' | ' '))
        && rest.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_month_that_is_written_otherwise_is_recognised() {
        for text in ["8/2026", "T8/2026", "t8 2026", "2026-8", "08.2026", "2026/08"] {
            assert_eq!(super::month_meant(text).as_deref(), Some("2026-08"), "{text}");
        }
        for text in ["13/2026", "8/26", "2026", "tám/2026", "1/8/2026"] {
            assert_eq!(super::month_meant(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_that_is_written_otherwise_is_recognised() {
        let shown = |text| super::days_meant(text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        for (text, want) in [
            ("30/9/2026", "2026-09-30"),
            ("9/30/2026", "2026-09-30"),
            ("5/9/2026", "2026-09-05 2026-05-09"),
            ("9/9/2026", "2026-09-09"),
            ("2026/9/5", "2026-09-05"),
            ("30.9.2026", "2026-09-30"),
            ("31/2/2026", ""),
            ("2026-02-30", ""),
            ("soon", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_iso_and_exists() {
        for (text, want) in [
            ("2026-08-14", Some(date(2026, 8, 14))),
            ("2026-08-14T23:59:00+07:00", Some(date(2026, 8, 14))),
            ("2026-08-14 09:30", Some(date(2026, 8, 14))),
            ("2024-02-29", Some(date(2024, 2, 29))),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("14/08/2026", None),
            ("2026-8-1", None),
            ("2026-08-14x", None),
            ("2026-08-14é", None),
            ("", None),
        ] {
            assert_eq!(parse_day(text), want, "{text}");
        }
    }
}
