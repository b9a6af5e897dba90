//! A text → a period or a day, in calendars that begin in any month; what is read reads itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::model::{Calendar, Period, YearName, parse_day};

fuzz_target!(|parts: (u8, bool, &str)| {
    let (month, end, text) = parts;
    let named_by = if end { YearName::End } else { YearName::Start };
    let calendar = Calendar { start_month: i8::try_from(month % 12).expect("small") + 1, named_by };
    if let Some(day) = parse_day(text) {
        assert_eq!(parse_day(&day.to_string()), Some(day));
    }
    if let Some(period) = Period::parse(text, calendar) {
        assert!(period.first() <= period.last() && period.days() >= 0);
        assert_eq!(Period::parse(&period.to_string(), calendar).as_ref(), Some(&period), "{period}");
        assert!(!period.slug().is_empty());
    }
});
