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
    theme::{self, Theme},
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
    own_explanations: Option<std::sync::Arc<str>>,
    explanations: OnceLock<Explanations>,
}

impl Words {
    /// The words of a language, with English where it lacks some. `None` for a language that the theme does not have.
    pub fn load(language: &str, calendar: Calendar) -> Option<Self> {
        Self::of_theme(&Theme::default(), language, calendar)
    }

    /// The same with a workspace's theme over the built-in words. What of it is no YAML is passed over:
    /// [`Self::mistakes_of`] tells it.
    pub fn of_theme(theme: &Theme, language: &str, calendar: Calendar) -> Option<Self> {
        let own = theme::words(language);
        let over = theme.own_words(language);
        own.or(over)?;
        // Every language stands on it: it is read once.
        static ENGLISH: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
        let mut entries = ENGLISH.get_or_init(|| entries::read(theme::words("en").unwrap_or_default())).clone();
        if let Some(own) = own.filter(|_| language != "en") {
            entries.extend(entries::read(own));
        }
        if let Some(Ok(over)) = over.map(entries::try_read) {
            entries.extend(over);
        }
        Some(Self {
            language: language.to_owned(),
            marks: Marks::of_language(language),
            calendar,
            entries: entries.into(),
            own_explanations: theme.own_explanations(language).map(Into::into),
            explanations: OnceLock::new(),
        })
    }

    /// What is wrong with a theme's word files: the path in the theme, and why.
    pub fn mistakes_of(theme: &Theme) -> Vec<(String, String)> {
        let of = |language: &str| {
            let words = theme.own_words(language).and_then(|it| entries::try_read(it).err());
            let explanations = theme.own_explanations(language).and_then(|it| explanations::try_parse(it).err());
            let named = |folder: &str, why: Option<String>| why.map(|why| (format!("{folder}/{language}.yaml"), why));
            [named("words", words), named("explanations", explanations)]
        };
        theme.languages().into_iter().flat_map(of).flatten().collect()
    }

    /// The keys that a theme's own language lacks, sorted: they are said in English. Languages that are built in lack none.
    pub fn missing_in(theme: &Theme, language: &str) -> Vec<String> {
        if theme::words(language).is_some() {
            return Vec::new();
        }
        let own = theme.own_words(language).and_then(|it| entries::try_read(it).ok()).unwrap_or_default();
        let all = entries::read(theme::words("en").unwrap_or_default());
        all.into_keys().filter(|key| !own.contains_key(key)).collect()
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
