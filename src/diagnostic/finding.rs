//! A finding and its place.

use std::sync::Arc;

use crate::model::{Date, KpiAt, ObjectiveAt, Source, Spot};

use super::{Code, Fix, Severity};

/// Where something stands in an author's file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Relative to the workspace, with `/`.
    pub file: Arc<str>,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

impl Place {
    /// A place in the file of `source`.
    pub fn at(source: &Source, Spot { line, column }: Spot) -> Self {
        Self { file: source.path.clone(), line, column }
    }
}

/// A value that a message speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// An author's text or a name of ours.
    Text(String),
    /// Names to choose from.
    Names(Vec<String>),
    /// A word of the word files, by its key.
    Word(&'static str),
    /// How many.
    Count(usize),
    /// A day.
    Day(Date),
}

/// One mistake, or one poor practice.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// How much it counts here.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Which of the code's messages: the key in the word files.
    pub message: &'static str,
    /// The message's arguments by name.
    pub arguments: Vec<(&'static str, Argument)>,
    /// The name that was probably meant.
    pub suggestion: Option<String>,
    /// Where the other half of the mistake stands.
    pub related: Vec<Place>,
    /// What to write instead, where there is exactly one right answer.
    pub fix: Option<Fix>,
    /// What its words name besides the file that it is in: who may not see that is not told.
    pub mentions: Vec<Mention>,
}

/// Something that a finding's words name, by its place in the workspace that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// An objective.
    Objective(ObjectiveAt),
    /// All key results of an objective.
    KeyResultsOf(ObjectiveAt),
    /// A KPI.
    Kpi(KpiAt),
    /// What stands in another file, or its name.
    File(String),
    /// Somebody.
    Person,
}

impl Finding {
    /// A finding with the code's plain message.
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            severity: code.severity(),
            place,
            message: code.name(),
            arguments: Vec::new(),
            suggestion: None,
            related: Vec::new(),
            fix: None,
            mentions: Vec::new(),
        }
    }

    /// Says it with another message of the word files.
    #[must_use]
    pub fn says(mut self, message: &'static str) -> Self {
        self.message = message;
        self
    }

    /// Adds a text that the message shows.
    #[must_use]
    pub fn text(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(name, Argument::Text(value.into()))
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Argument) -> Self {
        self.arguments.push((name, value));
        self
    }

    /// Adds names to choose from.
    #[must_use]
    pub fn names(self, name: &'static str, names: &[&str]) -> Self {
        self.with(name, Argument::Names(names.iter().map(|&it| it.to_owned()).collect()))
    }

    /// Adds the name that was probably meant.
    #[must_use]
    pub fn perhaps(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// Adds the one right answer: `new` in place of `old`, which stands at the finding's place.
    #[must_use]
    pub fn mended_by(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.fix = Some(Fix { old: old.into(), new: new.into() });
        self
    }

    /// Adds what its words name.
    #[must_use]
    pub fn naming(mut self, mentions: impl IntoIterator<Item = Mention>) -> Self {
        self.mentions.extend(mentions);
        self
    }

    /// Adds the place of the other half.
    #[must_use]
    pub fn beside(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// The order in which findings are shown: file, line, column, severity, then what they say.
    pub fn order(&self) -> (&Place, Severity, Code, &'static str) {
        (&self.place, self.severity, self.code, self.message)
    }
}
