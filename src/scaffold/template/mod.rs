//! Templates: a plain folder of source files with a `template.yaml` that says what it asks.
//!
//! A template comes from this program, from a coach's folder or out of a stranger's `.zip`; it is text with names of
//! variables in it, and nothing of it is ever run. Dates are said by the quarter that it is started in, so it never ages.

mod archive;
mod built_in;
mod fill;
mod manifest;
mod safe;

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Finding, Place, nearest},
    model::{Calendar, Date, Period, is_colour, parse_day},
    words::Words,
};

pub use archive::{ArchiveError, archive, unpack};
pub use built_in::{built_in, built_ins};
pub use safe::{MOST_FILE, MOST_FILES, MOST_TEMPLATE, Unsafe, what_is_unsafe};

use fill::Filler;

/// The file that makes a folder a template.
pub(super) const MANIFEST: &str = "template.yaml";

/// A text in several languages, or one that serves them all.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Localised(pub(super) Vec<(String, String)>);

impl Localised {
    /// Every text.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str())
    }

    /// The text in a language, else the first that there is.
    pub fn text(&self, language: &str) -> &str {
        let found = self.0.iter().find(|(it, _)| it == language).or(self.0.first());
        found.map_or("", |(_, text)| text)
    }
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Any text on one line.
    Text,
    /// A number in the language's marks.
    Number,
    /// A day, `2026-08-14`.
    Day,
    /// A quarter, `2026-Q3`.
    Quarter,
    /// `#rrggbb`.
    Colour,
    /// An e-mail address.
    Email,
    /// One of these.
    OneOf(Vec<String>),
}

/// Something that a template asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in `{{ … }}` and `--var`.
    pub id: String,
    /// As it is put to whoever starts the workspace.
    pub question: Localised,
    /// What holds when nobody answers; may hold `{{ … }}` itself.
    pub default: Localised,
    /// What an answer must be.
    pub check: Check,
}

/// A template that was read whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its id in each language: `ban-le`, `retail`.
    pub ids: Localised,
    /// Its name.
    pub name: Localised,
    /// What it is for, in a sentence.
    pub description: Localised,
    /// What it asks besides the company's name and the quarter.
    pub variables: Vec<Variable>,
    /// The languages in which it can be started, the first one by default. Empty: its files stand beside `template.yaml`.
    pub languages: Vec<String>,
    /// The fiscal year in which its quarters are counted.
    pub calendar: Calendar,
    files: BTreeMap<String, Vec<u8>>,
}

/// Whether a closed and a running quarter come with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// Goals without values.
    Without,
    /// With figures, to be shown.
    With,
}

/// How a template is to be started.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Its words.
    pub words: &'a Words,
    /// With figures or without.
    pub demo: Demo,
    /// Answers by variable; the others take their defaults.
    pub values: &'a BTreeMap<String, String>,
    /// The name of the folder, by default the company's.
    pub folder: &'a str,
    /// The day on which it is started.
    pub today: Date,
    /// The company's picture: its name in the workspace and its bytes.
    pub logo: Option<(String, Vec<u8>)>,
}

/// Why an answer will not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// Nothing asks that; the name that was probably meant, and all names.
    Unknown(Option<String>, Vec<String>),
    /// It is not what is asked for: the key of the words that say what is.
    Not(&'static str, Vec<String>),
}

/// Names that every template knows.
const ALWAYS: [&str; 3] = ["company", "quarter", "accent"];

impl Template {
    /// Reads a template from its files: path from its folder, with `/`, to bytes. `id` is the folder's name.
    ///
    /// # Errors
    /// When there is no sound `template.yaml`: everything that is wrong with it.
    pub fn read(id: &str, files: BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<Finding>> {
        let Some(bytes) = files.get(MANIFEST).cloned() else {
            let place = Place { file: MANIFEST.into(), line: 1, column: 1 };
            return Err(vec![Finding::new(Code::MissingKey, place).says("missing-key.template")]);
        };
        manifest::read(id, bytes, files)
    }

    /// The paths of what it writes in a language, as they stand in the template, sorted.
    pub fn paths(&self, language: &str, demo: Demo) -> Vec<&str> {
        self.sources(language, demo).into_iter().map(|(path, _)| path).collect()
    }

    /// What a file of the template is called in its own first heading, if it has one.
    pub fn title(&self, language: &str, demo: Demo, path: &str) -> Option<&str> {
        let (_, bytes) = self.sources(language, demo).into_iter().find(|(it, _)| *it == path)?;
        let text = std::str::from_utf8(bytes).ok().filter(|_| path.ends_with(".md"))?;
        text.lines().find_map(|line| line.strip_prefix("# ")).map(str::trim)
    }

    /// The names that `{{ … }}` and `--var` know, besides `today` and those made from a quarter.
    pub fn names(&self) -> Vec<&str> {
        ALWAYS.into_iter().chain(self.variables.iter().map(|it| it.id.as_str()).filter(|it| !ALWAYS.contains(it))).collect()
    }

    /// Whether an answer will do.
    ///
    /// # Errors
    /// When nothing asks it, or it is not what is asked for.
    pub fn check(&self, name: &str, value: &str) -> Result<(), AnswerError> {
        let own = self.variables.iter().find(|it| it.id == name).map(|it| &it.check);
        let check = match (own, name) {
            (Some(check), _) => check,
            (None, "company") => &Check::Text,
            (None, "quarter") => &Check::Quarter,
            (None, "accent") => &Check::Colour,
            (None, _) => {
                let names = self.names();
                let near = nearest(name, names.iter().copied());
                return Err(AnswerError::Unknown(near, names.into_iter().map(str::to_owned).collect()));
            }
        };
        check.admits(value, self.calendar).map_err(|key| match check {
            Check::OneOf(choices) => AnswerError::Not(key, choices.clone()),
            Check::Text | Check::Number | Check::Day | Check::Quarter | Check::Colour | Check::Email => AnswerError::Not(key, Vec::new()),
        })
    }

    /// The quarter that it is started in: the running one. A demonstration's is the newest whose ninth week is over, so that
    /// nothing in it lies ahead.
    pub fn quarter(&self, today: Date, demo: Demo) -> Period {
        let running = Period::quarter_of(today, self.calendar).expect("a day that a calendar shows lies in a quarter");
        let is_shown = |quarter: &Period| fill::shown_on(quarter) <= today;
        match demo {
            Demo::With if !is_shown(&running) => fill::previous(&running, self.calendar),
            Demo::With | Demo::Without => running,
        }
    }

    /// The workspace: path to bytes.
    ///
    /// # Errors
    /// Every place in the template that names what there is not.
    pub fn fill(&self, wanted: &Wanted<'_>) -> Result<BTreeMap<String, Vec<u8>>, Vec<Finding>> {
        let filler = self.filler(wanted)?;
        let mut files = BTreeMap::new();
        let mut findings = Vec::new();
        for (path, bytes) in self.sources(wanted.words.language(), wanted.demo) {
            match (filler.path(path), filler.file(path, bytes)) {
                (Ok(path), Ok(bytes)) => drop(files.insert(path, bytes)),
                (path, bytes) => findings.extend([path.err(), bytes.err()].into_iter().flatten().flatten()),
            }
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        if files.values().map(|it: &Vec<u8>| it.len() as u64).sum::<u64>() > MOST_TEMPLATE {
            return Err(vec![fill::too_large(MANIFEST, 1, "too-large.filled-all")]);
        }
        let settings = files.entry("scorebook.yaml".to_owned()).or_default();
        fill::settle(settings, &filler, wanted);
        if let Some(finding) = manifest::leads_out(settings) {
            return Err(vec![finding]);
        }
        if let Some((name, bytes)) = &wanted.logo {
            files.insert(name.clone(), bytes.clone());
        }
        Ok(files)
    }

    fn filler<'a>(&self, wanted: &'a Wanted<'a>) -> Result<Filler<'a>, Vec<Finding>> {
        let said = wanted.values.get("quarter").and_then(|text| Period::parse(text, self.calendar));
        let quarter = said.unwrap_or_else(|| self.quarter(wanted.today, wanted.demo));
        let mut filler = Filler::new(wanted, quarter, self.calendar);
        let company = wanted.values.get("company").cloned().unwrap_or_else(|| wanted.folder.to_owned());
        filler.set("company", company);
        if let Some(accent) = wanted.values.get("accent") {
            filler.set("accent", accent.clone());
        }
        for variable in &self.variables {
            let value = match wanted.values.get(&variable.id) {
                Some(value) => value.clone(),
                None => filler.line(MANIFEST, variable.default.text(wanted.words.language()))?,
            };
            if variable.id != "company" || wanted.values.contains_key("company") || !value.is_empty() {
                filler.set(&variable.id, value);
            }
        }
        Ok(filler)
    }

    /// The files of a language, by the path that they get; those of the demonstration lie over the others.
    fn sources(&self, language: &str, demo: Demo) -> Vec<(&str, &[u8])> {
        let mut found: BTreeMap<&str, &[u8]> = BTreeMap::new();
        let folder = self.languages.iter().any(|it| it == language).then(|| format!("{language}/"));
        let mut shown: Vec<(&str, &[u8])> = Vec::new();
        for (path, bytes) in &self.files {
            let own = match &folder {
                Some(folder) => path.strip_prefix(folder.as_str()),
                None => Some(path.as_str()).filter(|it| *it != MANIFEST),
            };
            match own.map(|it| (it, it.strip_prefix("demo/"))) {
                Some((_, Some(over))) => shown.push((over, bytes)),
                Some((plain, None)) => drop(found.insert(plain, bytes)),
                None => {}
            }
        }
        if demo == Demo::With {
            found.extend(shown);
        }
        found.into_iter().collect()
    }
}

impl Check {
    /// Whether a value will do; else the key of the words that say what would.
    ///
    /// # Errors
    /// When it will not.
    pub fn admits(&self, value: &str, calendar: Calendar) -> Result<(), &'static str> {
        if value.trim().is_empty() || value.chars().any(char::is_control) || value.chars().count() > 200 {
            return Err("template.must.text");
        }
        let (holds, must) = match self {
            Self::Text => (true, "template.must.text"),
            Self::Number => (value.chars().any(|it| it.is_ascii_digit()), "template.must.number"),
            Self::Day => (parse_day(value).is_some(), "template.must.day"),
            Self::Quarter => (
                Period::parse(value, calendar).is_some_and(|it| matches!(it.kind(), crate::model::PeriodKind::Quarter(_))),
                "template.must.quarter",
            ),
            Self::Colour => (is_colour(value), "template.must.colour"),
            Self::Email => (value.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.')), "template.must.email"),
            Self::OneOf(choices) => (choices.iter().any(|it| it == value), "template.must.one-of"),
        };
        if holds { Ok(()) } else { Err(must) }
    }
}
