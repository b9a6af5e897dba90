//! `{{ … }}` in a template's texts and names: an answer, a day, a period. Nothing else is understood, so nothing can run.
//!
//! What a quarter gives: `quarter`, `quarter.next`, `quarter.previous` (again and again), and of each `.name` in words,
//! `.slug` as folders are called, `.year`, `.half`, `.first_day`, `.last_day`, `.month1` to `.month3`, `.week1` to `.week13`
//! (the first day of each of its thirteen weeks) and `.week4.friday`; of a month `.name` too, of a week `.iso`. `today` is a day.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Finding, Place, nearest},
    model::{Calendar, Date, Id, Period},
    words::{Words, yaml},
};

use super::{Demo, MOST_FILE, Wanted};

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// So many characters an answer at most, and so a default.
const LONGEST_ANSWER: usize = 200;
/// Of so many mistakes of one file is told; a stranger's template could hold millions.
const MOST_TOLD: usize = 50;
/// Endings of what is filled in; the rest is copied as it is.
const TEXTS: [&str; 6] = ["md", "yaml", "yml", "csv", "tsv", "txt"];

pub(super) struct Filler<'a> {
    answers: BTreeMap<String, String>,
    words: &'a Words,
    pub(super) quarter: Period,
    calendar: Calendar,
    today: Date,
}

/// What a name stands for.
enum Meaning {
    /// Somebody's words: they may hold what means something to YAML.
    Words(String),
    /// A day, a period, a number: never.
    Plain(String),
}

/// Where a text stands, which decides what must be taken care of in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Yaml,
    Prose,
    Name,
}

pub(super) fn previous(quarter: &Period, calendar: Calendar) -> Period {
    let day = quarter.first().yesterday().unwrap_or(quarter.first());
    Period::quarter_of(day, calendar).unwrap_or_else(|| quarter.clone())
}

fn next(quarter: &Period, calendar: Calendar) -> Period {
    let day = quarter.last().tomorrow().unwrap_or(quarter.last());
    Period::quarter_of(day, calendar).unwrap_or_else(|| quarter.clone())
}

/// The day that a demonstration shows: the Friday of the ninth week.
pub(super) fn shown_on(quarter: &Period) -> Date {
    weekday_in(quarter, 9, 4)
}

/// The first day of a quarter's week, from 1: its thirteen slots.
fn week(quarter: &Period, number: i64) -> Date {
    quarter.first().checked_add(jiff::Span::new().days((number - 1) * 7)).unwrap_or(quarter.last()).min(quarter.last())
}

/// Monday is 0. The last week may be short: its last day then.
fn weekday_in(quarter: &Period, number: i64, weekday: i64) -> Date {
    let first = week(quarter, number);
    let ahead = (weekday - i64::from(first.weekday().to_monday_zero_offset())).rem_euclid(7);
    first.checked_add(jiff::Span::new().days(ahead)).unwrap_or(first).min(quarter.last())
}

impl<'a> Filler<'a> {
    pub(super) fn new(wanted: &'a Wanted<'a>, quarter: Period, calendar: Calendar) -> Self {
        Self { answers: BTreeMap::new(), words: wanted.words, quarter, calendar, today: wanted.today }
    }

    pub(super) fn set(&mut self, name: &str, value: String) {
        self.answers.insert(name.to_owned(), value);
    }

    /// A text on one line, such as a variable's default.
    pub(super) fn line(&self, file: &str, text: &str) -> Result<String, Vec<Finding>> {
        let line = self.rooms(file, &[(text, Room::Prose)], 1)?;
        if line.chars().count() > LONGEST_ANSWER {
            return Err(vec![too_large(file, 1, "too-large.default")]);
        }
        Ok(line)
    }

    /// Where a file goes.
    pub(super) fn path(&self, path: &str) -> Result<String, Vec<Finding>> {
        self.rooms(path, &[(path, Room::Name)], 1)
    }

    /// A file's bytes; what is no text stays as it is.
    pub(super) fn file(&self, path: &str, bytes: &[u8]) -> Result<Vec<u8>, Vec<Finding>> {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        let text = std::str::from_utf8(bytes).ok().filter(|_| TEXTS.contains(&ending.as_str()));
        let Some(text) = text else { return Ok(bytes.to_vec()) };
        let is_yaml = ending.starts_with('y');
        let mut in_head = ending == "md" && text.lines().next().is_some_and(|line| line.trim_end() == "---");
        let rooms: Vec<(&str, Room)> = text
            .split_inclusive('\n')
            .enumerate()
            .map(|(at, line)| {
                let room = if is_yaml || in_head { Room::Yaml } else { Room::Prose };
                in_head &= at == 0 || line.trim_end() != "---";
                (line, room)
            })
            .collect();
        self.rooms(path, &rooms, 1).map(String::into_bytes)
    }

    fn rooms(&self, file: &str, lines: &[(&str, Room)], first: u32) -> Result<String, Vec<Finding>> {
        let mut filled = Filled::default();
        let mut findings = Vec::new();
        for (number, (line, room)) in (first..).zip(lines) {
            let mut rest = *line;
            let mut column = 1;
            while let Some((before, behind)) = rest.split_once("{{") {
                filled.push(before);
                column += count(before);
                let place = || Place { file: file.into(), line: number, column };
                let Some((name, after)) = behind.split_once("}}").filter(|(name, _)| !name.contains('\n')) else {
                    findings.push(Finding::new(Code::Syntax, place()).says("syntax.placeholder"));
                    // No other one of this line is closed either.
                    break;
                };
                match self.meaning(name.trim()) {
                    Some(meaning) => match placed(meaning, *room, &filled, after) {
                        Some(text) => filled.push(&text),
                        None => {
                            findings.push(Finding::new(Code::Syntax, place()).says("syntax.placeholder-bare").text("name", name.trim()))
                        }
                    },
                    None => findings.push(self.unknown(name.trim(), place())),
                }
                if filled.text.len() as u64 > MOST_FILE {
                    return Err(vec![too_large(file, number, "too-large.filled")]);
                }
                if findings.len() >= MOST_TOLD {
                    return Err(findings);
                }
                column += count(name) + 4;
                rest = after;
            }
            filled.push(rest);
        }
        if findings.is_empty() { Ok(filled.text) } else { Err(findings) }
    }

    fn unknown(&self, name: &str, place: Place) -> Finding {
        let names: Vec<&str> = self.answers.keys().map(String::as_str).chain(["quarter", "today"]).collect();
        let near = nearest(name.split('.').next().unwrap_or_default(), names.iter().copied()).filter(|it| !name.starts_with(it.as_str()));
        Finding::new(Code::UnknownReference, place)
            .says("unknown-reference.placeholder")
            .text("name", name)
            .names("names", &names)
            .perhaps(near)
    }

    fn meaning(&self, name: &str) -> Option<Meaning> {
        // So that a text can speak of the braces themselves.
        if name == "'{{'" || name == "\"{{\"" {
            return Some(Meaning::Plain("{{".to_owned()));
        }
        if let Some(answer) = self.answers.get(name) {
            return Some(Meaning::Words(answer.clone()));
        }
        let mut parts = name.split('.');
        match parts.next()? {
            "today" => parts.next().is_none().then(|| Meaning::Plain(self.today.to_string())),
            "quarter" => self.of_quarter(parts).map(Meaning::Plain),
            _ => None,
        }
    }

    fn of_quarter<'n>(&self, parts: impl Iterator<Item = &'n str>) -> Option<String> {
        let mut parts = parts.peekable();
        let mut quarter = self.quarter.clone();
        let part = loop {
            match parts.next() {
                Some("next") => quarter = next(&quarter, self.calendar),
                Some("previous") => quarter = previous(&quarter, self.calendar),
                other => break other,
            }
        };
        let Some(part) = part else { return Some(quarter.to_string()) };
        let last = parts.next();
        if parts.next().is_some() {
            return None;
        }
        if let Some(number) = part.strip_prefix("week").and_then(|it| it.parse::<i64>().ok()).filter(|it| (1..=13).contains(it)) {
            return match last {
                None => Some(week(&quarter, number).to_string()),
                Some("iso") => Period::week_of(week(&quarter, number)).map(|it| it.to_string()),
                Some(name) => {
                    let day = DAYS.iter().position(|it| *it == name)?;
                    Some(weekday_in(&quarter, number, i64::try_from(day).ok()?).to_string())
                }
            };
        }
        if let Some(number) = part.strip_prefix("month").and_then(|it| it.parse::<i32>().ok()).filter(|it| (1..=3).contains(it)) {
            let day = quarter.first().checked_add(jiff::Span::new().months(number - 1)).ok()?;
            let month = Period::month(day.year(), day.month())?;
            return match last {
                None => Some(month.to_string()),
                Some("name") => Some(self.words.period(&month)),
                Some(_) => None,
            };
        }
        let text = match part {
            "name" => self.words.period(&quarter),
            "slug" => quarter.slug(),
            "year" => quarter.year().to_string(),
            "half" => format!("{}-H{}", quarter.year(), if quarter.to_string().ends_with(['1', '2']) { 1 } else { 2 }),
            "first_day" => quarter.first().to_string(),
            "last_day" => quarter.last().to_string(),
            _ => return None,
        };
        last.is_none().then_some(text)
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// What is filled in makes more than a template may.
pub(super) fn too_large(file: &str, line: u32, message: &'static str) -> Finding {
    Finding::new(Code::TooLarge, Place { file: file.into(), line, column: 1 }).says(message)
}

/// A meaning as it may stand where it stands; `None` where somebody's words would be taken for YAML of ours.
fn placed(meaning: Meaning, room: Room, before: &Filled, after: &str) -> Option<String> {
    match (meaning, room) {
        (Meaning::Plain(text), Room::Yaml | Room::Prose) => Some(text),
        (Meaning::Words(text), Room::Prose) => Some(text),
        (Meaning::Plain(text) | Meaning::Words(text), Room::Name) => Some(Id::new(&text).as_str().to_owned()),
        (Meaning::Words(text), Room::Yaml) => {
            if before.in_quotes {
                return Some(text.replace('\\', "\\\\").replace('"', "\\\""));
            }
            let quoted = yaml::text(&text);
            if quoted == text || before.in_comment {
                return Some(text);
            }
            // Alone behind its key, it can be quoted here.
            let line = &before.text[before.line_from..];
            let alone = line.ends_with(": ") || line.trim_end().ends_with('-');
            (alone && after.trim_start().is_empty()).then_some(quoted)
        }
    }
}

/// A text so far, and where in a line of YAML it ends: kept while it grows, since a look back at each placeholder would take
/// hours in a line of a hundred thousand.
#[derive(Default)]
struct Filled {
    text: String,
    /// Where its last line begins.
    line_from: usize,
    /// Whether a double quote is open there.
    in_quotes: bool,
    in_comment: bool,
    after_backslash: bool,
    /// Whether something besides spaces stands in the line.
    is_begun: bool,
}

impl Filled {
    fn push(&mut self, more: &str) {
        for it in more.chars() {
            let after_space = !self.is_begun || self.text.ends_with(' ');
            self.text.push(it);
            if it == '\n' {
                *self = Self { line_from: self.text.len(), text: std::mem::take(&mut self.text), ..Self::default() };
                continue;
            }
            self.in_comment |= it == '#' && after_space;
            self.is_begun |= !it.is_whitespace();
            match it {
                '\\' if self.in_quotes => self.after_backslash = !self.after_backslash,
                '"' if !self.after_backslash => self.in_quotes = !self.in_quotes,
                _ => self.after_backslash = false,
            }
        }
    }
}

/// What `scorebook.yaml` says of the start itself, where the template does not: the day from which word is expected, or the
/// day that a demonstration shows; the company's colour and picture.
pub(super) fn settle(settings: &mut Vec<u8>, filler: &Filler<'_>, wanted: &Wanted<'_>) {
    let mut text = String::from_utf8_lossy(settings).into_owned();
    let has = |text: &str, key: &str| text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let mut add = |key: &str, value: String| {
        if !has(&text, key) {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&format!("{key}: {value}\n"));
        }
    };
    add("language", wanted.words.language().to_owned());
    let company = filler.answers.get("company").map(String::as_str).unwrap_or_default();
    add("title", yaml::text(company));
    match wanted.demo {
        Demo::Without => add("started", filler.today.to_string()),
        Demo::With => add("as_of", shown_on(&filler.quarter).to_string()),
    }
    let logo = wanted.logo.as_ref().map(|(name, _)| format!("logo: {}", yaml::text(name)));
    let accent = filler.answers.get("accent").filter(|it| !it.is_empty()).map(|it| format!("accent: \"{it}\""));
    let brand: Vec<String> = logo.into_iter().chain(accent).collect();
    if !brand.is_empty() {
        add("brand", format!("{{{}}}", brand.join(", ")));
    }
    *settings = text.into_bytes();
}
