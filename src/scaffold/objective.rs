//! An objective to be filled in: what was answered stands in it, what may still be said stands as a comment.

use crate::{
    model::{Id, Period},
    words::{Words, yaml},
};

use super::NewFile;

/// What is known of a new objective.
#[derive(Clone, Debug)]
pub struct NewObjective {
    /// Its id; made from the title without one.
    pub id: Option<Id>,
    /// As its author says it.
    pub title: String,
    /// When.
    pub period: Period,
    /// Whose.
    pub department: Option<Id>,
    /// Who answers for it.
    pub owner: Option<Id>,
    /// What it serves.
    pub parent: Option<Id>,
    /// How it is measured.
    pub key_results: Vec<NewKeyResult>,
    /// Why it matters.
    pub why: Option<String>,
}

/// A key result as its author answered: figures are raw texts, which `load` reads like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKeyResult {
    /// As its author says it.
    pub title: String,
    /// How it is measured.
    pub measure: NewMeasure,
    /// Of its figures.
    pub unit: Option<String>,
}

/// The kinds of key result that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewMeasure {
    /// From a start to a target.
    FromTo(String, String),
    /// A level that is not to be undercut.
    AtLeast(String),
    /// A level that is not to be passed.
    AtMost(String),
    /// Steps, each done or open.
    Steps(Vec<String>),
    /// Done or not, by a day.
    Done(String),
}

impl NewKeyResult {
    /// Reads `Title; 28 -> 36; %`, `Title; >= 80; %`, `Title; <= 5`, `Title; steps: plan, pilot, all shops`,
    /// `Title; done by 2026-12-15`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let title = parts.next().filter(|it| !it.is_empty())?.to_owned();
        let measure = measure(parts.next()?)?;
        let unit = parts.next().filter(|it| !it.is_empty()).map(str::to_owned);
        parts.next().is_none().then_some(Self { title, measure, unit })
    }
}

fn measure(text: &str) -> Option<NewMeasure> {
    let full = |text: &str| Some(text.trim().to_owned()).filter(|it| !it.is_empty());
    if let Some((start, target)) = text.split_once("->").or_else(|| text.split_once('→')) {
        return Some(NewMeasure::FromTo(full(start)?, full(target)?));
    }
    let after = |marks: &[&str]| marks.iter().find_map(|mark| text.strip_prefix(mark)).and_then(full);
    if let Some(bound) = after(&[">=", "≥"]) {
        return Some(NewMeasure::AtLeast(bound));
    }
    if let Some(bound) = after(&["<=", "≤"]) {
        return Some(NewMeasure::AtMost(bound));
    }
    if let Some(steps) = after(&["steps:"]) {
        return Some(NewMeasure::Steps(steps.split(',').filter_map(full).collect()));
    }
    after(&["done by"]).map(NewMeasure::Done)
}

/// The file of an objective: `objectives/PERIOD/DEPARTMENT/ID.md`.
pub fn objective(new: &NewObjective, words: &Words) -> NewFile {
    let told = |key: &str| words.word(&format!("new.objective.{key}"));
    let mut text = format!("---\nperiod: {}\n", new.period);
    text.push_str(&yaml::line("department", new.department.as_ref().map(Id::as_str), &told("department")));
    text.push_str(&yaml::line("owner", new.owner.as_ref().map(Id::as_str), &told("owner")));
    text.push_str(&yaml::line("parent", new.parent.as_ref().map(Id::as_str), &told("parent")));
    text.push_str(&format!("# commitment: committed  # {}\n", told("commitment")));
    text.push_str(&format!("# {}\n", told("key-results")));
    if new.key_results.is_empty() {
        text.push_str("# key_results:\n");
        for line in told("example").lines() {
            text.push_str(&format!("#   {line}\n"));
        }
    } else {
        text.push_str("key_results:\n");
        new.key_results.iter().for_each(|it| text.push_str(&key_result(it)));
    }
    text.push_str(&format!("# initiatives:  # {}\n", told("initiatives")));
    text.push_str(&format!("---\n# {}\n\n", one_line(&new.title)));
    match new.why.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        Some(why) => text.push_str(&format!("{why}\n")),
        None => text.push_str(&format!("{}\n", told("why"))),
    }
    let id = new.id.clone().unwrap_or_else(|| Id::new(&new.title));
    let department = new.department.as_ref().map(|it| format!("{it}/")).unwrap_or_default();
    NewFile { path: format!("objectives/{}/{department}{id}.md", new.period.slug()), text }
}

fn key_result(new: &NewKeyResult) -> String {
    let NewKeyResult { title, measure, unit } = new;
    let mut text = format!("  - title: {}\n", yaml::text(title));
    let mut add = |key: &str, value: &str| text.push_str(&format!("    {key}: {}\n", yaml::figure(value)));
    match measure {
        NewMeasure::FromTo(start, target) => {
            add("start", start);
            add("target", target);
        }
        NewMeasure::AtLeast(bound) => add("at_least", bound),
        NewMeasure::AtMost(bound) => add("at_most", bound),
        NewMeasure::Done(day) => {
            add("kind", "done");
            add("due", day);
        }
        NewMeasure::Steps(steps) => {
            text.push_str("    milestones:\n");
            for step in steps {
                text.push_str(&format!("      - title: {}\n", yaml::text(step)));
            }
        }
    }
    if let Some(unit) = unit {
        text.push_str(&format!("    unit: {}\n", yaml::text(unit)));
    }
    text
}

/// A heading is one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_result_is_said_on_one_line() {
        let read = |text: &str| NewKeyResult::parse(text).map(|it| (it.title, it.measure, it.unit));
        let own = |text: &str| text.to_owned();
        assert_eq!(
            read("Khách quay lại trong 60 ngày; 28 -> 36; %"),
            Some((own("Khách quay lại trong 60 ngày"), NewMeasure::FromTo(own("28"), own("36")), Some(own("%"))))
        );
        assert_eq!(read("Rating; >= 4.5"), Some((own("Rating"), NewMeasure::AtLeast(own("4.5")), None)));
        assert_eq!(read("Wait; ≤ 6; minutes"), Some((own("Wait"), NewMeasure::AtMost(own("6")), Some(own("minutes")))));
        let steps = NewMeasure::Steps(vec![own("plan"), own("first shop")]);
        assert_eq!(read("Card; steps: plan, first shop"), Some((own("Card"), steps, None)));
        assert_eq!(read("Licence; done by 2026-12-15"), Some((own("Licence"), NewMeasure::Done(own("2026-12-15")), None)));
        for text in ["", "Title", "; 1 -> 2", "Title; much better", "Title; 1 -> ; %", "a; 1 -> 2; %; more"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
