//! Who owes what: `due --format json`.

use serde::Serialize;

use crate::{
    compute::Due,
    model::{Date, Id},
};

/// A thing that is owed, in the words of a language.
#[derive(Clone, Debug)]
pub struct DueWords<'a> {
    /// What.
    pub what: &'a str,
    /// Of what; empty when of nothing.
    pub of: &'a str,
    /// The command that creates the file in which it is answered; empty where there is one already.
    pub command: &'a str,
    /// The line in which it is answered; empty where a command makes the file.
    pub source: &'a str,
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    as_of: String,
    due: Vec<DueOut<'a>>,
}

#[derive(Serialize)]
struct DueOut<'a> {
    who: Option<&'a str>,
    day: String,
    overdue: bool,
    kind: &'static str,
    what: &'a str,
    of: &'a str,
    command: Option<&'a str>,
    source: Option<&'a str>,
}

/// What is owed on a day, with its words, in one line with a line feed at the end.
pub fn due_json<'a>(as_of: Date, all: impl Iterator<Item = (&'a Due, DueWords<'a>)>) -> String {
    let given = |text: &'a str| Some(text).filter(|it| !it.is_empty());
    let due = all.map(|(due, DueWords { what, of, command, source })| DueOut {
        who: due.who.as_ref().map(Id::as_str),
        day: due.day.to_string(),
        overdue: due.day < as_of,
        kind: due.what.name(),
        what,
        of,
        command: given(command),
        source: given(source),
    });
    let document = Document { schema_version: 1, as_of: as_of.to_string(), due: due.collect() };
    let mut text = serde_json::to_string(&document).expect("the document holds texts and numbers only");
    text.push('\n');
    text
}
