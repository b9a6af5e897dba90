//! A calendar (RFC 5545): check-in days, promises, milestones – each a whole day, without a clock.
//!
//! Written here because it is forty lines of folding and escaping; every library for it brings a second calendar of dates.
//! `DTSTAMP`, which the format asks for, is the day of the data: the same data give the same bytes.

use crate::model::Date;

/// An event of a whole day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same thing, whenever it is written.
    pub uid: String,
    /// Its day.
    pub day: Date,
    /// What is owed, and by whom.
    pub summary: String,
    /// What to do.
    pub description: String,
    /// Where to read more; empty when nowhere.
    pub url: String,
}

/// The calendar's bytes, lines ending with CRLF.
pub fn calendar(name: &str, stamp: Date, events: &[Event]) -> Vec<u8> {
    let mut out = String::with_capacity(256 + events.len() * 256);
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//scorebook//EN");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, &format!("X-WR-CALNAME:{}", text(name)));
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", text(&event.uid)));
        line(&mut out, &format!("DTSTAMP:{}T000000Z", day(stamp)));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", day(event.day)));
        line(&mut out, &format!("SUMMARY:{}", text(&event.summary)));
        if !event.description.is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", text(&event.description)));
        }
        if !event.url.is_empty() {
            // An address has no signs that would need escaping, and may have no line break.
            line(&mut out, &format!("URL:{}", event.url.replace(['\r', '\n'], "")));
        }
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

fn day(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// `\`, `;`, `,` and line breaks are escaped; other control signs are none of a text.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A line of at most 75 bytes; what is longer goes on in the next, behind a space, and no letter is cut.
fn line(out: &mut String, content: &str) {
    let mut room = 75;
    for letter in content.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn long_lines_go_on_and_signs_are_escaped() {
        let events = [Event {
            uid: "a".to_owned(),
            day: date(2026, 8, 18),
            summary: "Chốt đội giao thứ hai; cho thứ Sáu, thứ Bảy và cả những ngày lễ trong quý\nEND:VEVENT".to_owned(),
            description: String::new(),
            url: String::new(),
        }];
        let bytes = calendar("Sao Mai", date(2026, 8, 14), &events);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(
            unfolded.contains("SUMMARY:Chốt đội giao thứ hai\\; cho thứ Sáu\\, thứ Bảy và cả những ngày lễ trong quý\\nEND:VEVENT\r\n")
        );
        assert!(unfolded.contains("DTSTART;VALUE=DATE:20260818\r\n"));
        assert_eq!(unfolded.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }
}
