//! Mistakes, as folders: the wanted finding stands as a comment below the line that it speaks of.
//!
//! `#! CODE COLUMN WORDS` wants a finding with that code at that column of the line above, whose message or help
//! holds the words; `@N` at its end names another line. Files in which no comment can stand have their findings in
//! `wanted.txt`, as `CODE FILE:LINE:COLUMN WORDS`. A finding that nobody wants is a mistake of ours.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use scorebook::words::Words;

use crate::given::company;

/// A finding that a case wants.
#[derive(Debug)]
struct Wanted {
    /// `code file:line:column`.
    place: String,
    words: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mistakes")
}

fn files(folder: &Path, below: &Path, all: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a case").map(|it| it.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, below, all);
        } else {
            let name = path.strip_prefix(below).expect("it is below").to_str().expect("UTF-8").replace('\\', "/");
            all.push((name, fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

/// The comments of a file.
fn wanted(name: &str, text: &str) -> Vec<Wanted> {
    let mut all = Vec::new();
    let mut above = 0;
    for (index, line) in text.lines().enumerate() {
        let Some(comment) = line.trim_start().strip_prefix("#! ") else {
            above = index + 1;
            continue;
        };
        let (comment, line) = match comment.rsplit_once(" @") {
            Some((comment, line)) => (comment, line.parse().expect("a line")),
            None => (comment, above),
        };
        let mut parts = comment.splitn(3, ' ');
        let mut next = || parts.next().expect("code, column, words");
        let (code, column, words) = (next(), next(), next());
        all.push(Wanted { place: format!("{code} {name}:{line}:{column}"), words: words.to_owned() });
    }
    all
}

fn check(case: &str) {
    let folder = root().join(case);
    let mut all = Vec::new();
    files(&folder, &folder, &mut all);
    let mut want: Vec<Wanted> = Vec::new();
    for (name, text) in &all {
        if name == "wanted.txt" {
            want.extend(text.lines().map(|line| {
                let mut parts = line.splitn(3, ' ');
                let mut next = || parts.next().expect("code, place, words");
                let (code, place, words) = (next(), next(), next());
                Wanted { place: format!("{code} {place}"), words: words.to_owned() }
            }));
        } else {
            want.extend(wanted(name, text));
        }
    }
    let inputs: Vec<(&str, &str)> =
        all.iter().filter(|(name, _)| name != "wanted.txt").map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let found = company(&inputs).told("2026-07-14");
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for Wanted { place, words } in &want {
        match found.iter().position(|(it, said)| it == place && said.contains(words.as_str())) {
            Some(at) => drop(met.insert(at)),
            None => wrong.push(format!("wanted: {place} {words}")),
        }
    }
    let unwanted = found.iter().enumerate().filter(|(at, _)| !met.contains(at));
    wrong.extend(unwanted.map(|(_, (place, said))| format!("found:  {place} {said}")));
    assert!(wrong.is_empty(), "{case}\n{}", wrong.join("\n"));
}

#[test]
fn numbers_that_cannot_be_read() {
    check("numbers");
}

#[test]
fn key_results_that_cannot_be_measured() {
    check("key-results");
}

#[test]
fn names_that_lead_nowhere() {
    check("references");
}

#[test]
fn check_ins_that_say_what_they_cannot() {
    check("check-ins");
}

#[test]
fn kpis_that_say_what_they_cannot() {
    check("kpis");
}

#[test]
fn files_that_are_no_goal() {
    check("syntax");
}

#[test]
fn settings_that_settle_nothing() {
    check("settings");
}

#[test]
fn traps_that_people_walk_into() {
    check("traps");
}

#[test]
fn practice_that_makes_goals_fail() {
    check("practice");
}

#[test]
fn a_file_that_is_not_utf8_or_too_large_is_named_and_the_rest_is_read() {
    let goal = b"---\nperiod: 2026-Q3\n---\n# A\n".to_vec();
    let company = company(&[
        ("objectives/a.md", goal),
        ("objectives/b.md", b"---\nperiod: 2026-Q3\ntitle: \xff\n---\n".to_vec()),
        ("objectives/c.md", vec![b'x'; (1 << 20) + 1]),
    ]);
    assert_eq!(company.findings("2026-07-02"), ["not-utf8 objectives/b.md:3", "too-large objectives/c.md:1"]);
    assert_eq!(company.on("2026-07-02")["objectives"].as_array().map(Vec::len), Some(1));
}

/// Every key that the code asks the word files for is there: a key that lacks shows as itself.
#[test]
fn every_word_that_is_asked_for_is_there() {
    let words = Words::load("en", scorebook::model::Calendar::default()).expect("English");
    let mut missing = BTreeSet::new();
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let path = entry.expect("a readable folder").into_path();
        if path.extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("UTF-8");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_finding =
            ["diagnostic", "source", "load", "lint", "import"].iter().any(|room| path.components().any(|it| it.as_os_str() == *room));
        for literal in literals(code, if is_finding { &["says("][..] } else { &["word(", "say(", "count(", "clause("][..] }) {
            let keys =
                if is_finding { vec![format!("findings.{literal}.message"), format!("findings.{literal}.help")] } else { vec![literal] };
            missing.extend(keys.into_iter().filter(|key| !words.has(key)).map(|key| format!("{}: {key}", path.display())));
        }
    }
    for code in scorebook::diagnostic::Code::ALL {
        let keys = [format!("findings.{}.message", code.name()), format!("findings.{}.help", code.name())];
        // A code whose messages all have a name of their own needs none under its own.
        let under = ["file", "person", "objective"].iter().any(|it| words.has(&format!("findings.{}.{it}.message", code.name())));
        missing.extend(keys.into_iter().filter(|key| !words.has(key) && !under));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The first argument of each call, where it is a literal.
fn literals(code: &str, calls: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for call in calls {
        for (at, _) in code.match_indices(call) {
            let rest = code[at + call.len()..].trim_start();
            if let Some(literal) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                all.push(literal.to_owned());
            }
        }
    }
    all
}
