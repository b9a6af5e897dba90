//! Numbers, days, sentences and messages in the reader's language.
//!
//! Sentences stand in the theme's word files, whole, so that each language keeps its own grammar; a word that a
//! language lacks is English. Rounding happens here and nowhere else. This room knows no HTML.

mod days;
mod descriptions;
mod entries;
mod explanations;
mod finding;
mod guide;
mod numbers;
pub mod yaml;

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use crate::{
    model::{Calendar, Marks},
    theme,
};

pub use descriptions::Descriptions;
use entries::{Entries, Entry};
pub use explanations::Explanation;
use explanations::Explanations;
pub use numbers::with_unit;

/// A value in a sentence.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Ready words.
    Text(Cow<'a, str>),
    /// How many: chooses between singular and plural.
    Count(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

/// The words of one language, for one workspace.
#[derive(Clone, Debug)]
pub struct Words {
    language: String,
    marks: Marks,
    calendar: Calendar,
    entries: Entries,
    explanations: OnceLock<Explanations>,
}

impl Words {
    /// The words of a language, with English where it lacks some. `None` for a language that the theme does not have.
    pub fn load(language: &str, calendar: Calendar) -> Option<Self> {
        let own = theme::words(language)?;
        // Every language stands on it: it is read once.
        static ENGLISH: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
        let mut entries = ENGLISH.get_or_init(|| entries::read(theme::words("en").unwrap_or_default())).clone();
        if language != "en" {
            entries.extend(entries::read(own));
        }
        Some(Self {
            language: language.to_owned(),
            marks: Marks::of_language(language),
            calendar,
            entries: entries.into(),
            explanations: OnceLock::new(),
        })
    }

    /// The language's code, for `lang`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The sign between a number's whole part and its decimals.
    pub fn decimal_mark(&self) -> char {
        self.marks.decimal
    }

    /// A sentence with its values put in. A key that no word file has shows as itself, for a person to see.
    pub fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match self.entries.get(key) {
            Some(entry) => entry.fill(args, |count| self.number(count as f64, 0)),
            None => key.to_owned(),
        }
    }

    /// A sentence whose values are written by name, where they are many and most sentences want few.
    fn fill(&self, key: &str, value: impl Fn(&str, &mut String)) -> String {
        self.entries.get(key).map_or_else(|| key.to_owned(), |entry| entry.fill_with(value))
    }

    /// A word without values.
    pub fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// Whether a word file has the key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.get(key).is_some()
    }

    /// `a, b và c`.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => self.say("list.and", &[("most", most.join(", ").into()), ("last", last.as_str().into())]),
        }
    }
}
