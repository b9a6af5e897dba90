//! Which day it is: `--as-of`, else `as_of`, else `SOURCE_DATE_EPOCH`, else today.

use crate::{
    lint::DayFrom,
    model::{Config, Date},
};

use super::Failure;

/// The day to compute as of, and whether somebody asked for it.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is not a number of seconds.
pub(crate) fn as_of(flag: Option<Date>, config: &Config) -> Result<(Date, DayFrom), Failure> {
    if let Some(day) = flag.or(config.as_of) {
        return Ok((day, DayFrom::Given));
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) if !text.is_empty() => {
            let seconds = text.trim().parse::<i64>().ok();
            Some(seconds.ok_or_else(|| Failure(format!("SOURCE_DATE_EPOCH is not a number of seconds: `{text}`")))?)
        }
        _ => None,
    };
    match seconds {
        Some(seconds) => Ok((day_of_epoch(seconds, config.utc_offset.unwrap_or(0))?, DayFrom::Given)),
        None => Ok((today(config.utc_offset)?, DayFrom::Today)),
    }
}

fn day_of_epoch(seconds: i64, offset: i32) -> Result<Date, Failure> {
    let at = jiff::Timestamp::from_second(seconds)?;
    let offset = jiff::tz::Offset::from_seconds(offset)?;
    Ok(offset.to_datetime(at).date())
}

/// The machine's day, or that of an offset from UTC.
fn today(offset: Option<i32>) -> Result<Date, Failure> {
    match offset {
        None => Ok(jiff::ZonedDateTime::now().date()),
        Some(offset) => {
            let offset = jiff::tz::Offset::from_seconds(offset)?;
            Ok(offset.to_datetime(jiff::Timestamp::now()).date())
        }
    }
}
