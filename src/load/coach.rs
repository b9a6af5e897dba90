//! `coach.yaml`, beside the clients' folders: what a coach keeps to themselves.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Argument, Code, Finding, Place, nearest},
    model::{Date, parse_day},
    source::{At, SourceFile, parse},
};

/// What a coach notes of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoachNote {
    /// When they meet next.
    pub next_meeting: Option<Date>,
    /// Anything.
    pub note: Option<String>,
}

const KEYS: [&str; 2] = ["next_meeting", "note"];

/// Reads `coach.yaml`: by the client's folder, what is noted of it. `clients` are the folders that there are.
pub fn coach(bytes: Vec<u8>, clients: &[String]) -> (BTreeMap<String, CoachNote>, Vec<Finding>) {
    let file = match SourceFile::read("coach.yaml", bytes) {
        Ok(file) => file,
        Err(finding) => return (BTreeMap::new(), vec![*finding]),
    };
    let mut notes = BTreeMap::new();
    let mut findings = Vec::new();
    let mut find = |code, at: At, words: &dyn Fn(Finding) -> Finding| {
        findings.push(words(Finding::new(code, Place { file: file.path.clone(), line: at.line, column: at.column })));
    };
    let root = match parse(&file.text, 1) {
        Ok(Some(root)) => root,
        Ok(None) => return (notes, findings),
        Err(problem) => {
            find(Code::Syntax, problem.at, &|it| it.says("syntax.coach"));
            return (notes, findings);
        }
    };
    let wrong = |key: &str, wanted| {
        let key = key.to_owned();
        move |it: Finding| it.text("key", key.as_str()).with("wanted", Argument::Word(wanted))
    };
    let Some(pairs) = root.pairs() else {
        find(Code::WrongType, root.at, &wrong("coach.yaml", "a-map"));
        return (notes, findings);
    };
    for (key, node) in pairs {
        let name = key.text.as_ref();
        if !clients.iter().any(|it| it == name) {
            let near = nearest(name, clients.iter().map(String::as_str));
            find(Code::UnknownReference, key.at, &|it| it.says("unknown-reference.client").text("value", name).perhaps(near.clone()));
            continue;
        }
        let Some(own) = node.pairs() else {
            find(Code::WrongType, node.at, &wrong(name, "a-map"));
            continue;
        };
        let mut note = CoachNote::default();
        for (key, node) in own {
            match (key.text.as_ref(), node.text().map(str::trim)) {
                ("note", Some(text)) => note.note = Some(text.to_owned()).filter(|it| !it.is_empty()),
                ("next_meeting", Some(text)) => match parse_day(text) {
                    Some(day) => note.next_meeting = Some(day),
                    None => find(Code::BadDate, node.at, &|it| it.text("key", "next_meeting").text("value", text)),
                },
                ("note" | "next_meeting", None) => find(Code::WrongType, node.at, &wrong(&key.text, "a-text")),
                (other, _) => {
                    let near = nearest(other, KEYS);
                    find(Code::UnknownKey, key.at, &|it| {
                        it.says("unknown-key.here").text("key", other).names("names", &KEYS).perhaps(near.clone())
                    });
                }
            }
        }
        notes.insert(name.to_owned(), note);
    }
    (notes, findings)
}
