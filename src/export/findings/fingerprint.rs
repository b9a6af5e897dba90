//! A name by which a finding is known again after its file was edited.

use std::collections::BTreeMap;

use crate::diagnostic::{Argument, Finding, Place};

use super::Folders;

/// Figures of the day: they move while the finding stays.
const MOVING: [&str; 2] = ["progress", "expected"];

/// One a finding, in their order: of the code, the path, what the message quotes, and which of several equals it is.
///
/// Neither the line nor the language counts, so that lines above it may come and go.
pub(super) fn fingerprints(findings: &[Finding], folders: &Folders) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let content = content(finding, folders);
            let before = seen.entry(content.clone()).or_default();
            let text = format!("{content}\0{before}");
            *before += 1;
            format!("{:016x}", fnv_1a(text.as_bytes()))
        })
        .collect()
}

fn content(finding: &Finding, folders: &Folders) -> String {
    let mut parts = vec![finding.code.name().to_owned(), folders.path(&finding.place.file), finding.message.to_owned()];
    for (name, argument) in finding.arguments.iter().filter(|(name, _)| !MOVING.contains(name)) {
        if let Some(quoted) = quoted(argument, &finding.related) {
            parts.push(format!("{name}={quoted}"));
        }
    }
    parts.join("\0")
}

/// What stays of an argument when time passes and lines move.
fn quoted(argument: &Argument, related: &[Place]) -> Option<String> {
    match argument {
        Argument::Text(text) => without_line(text, related),
        Argument::Word(word) => Some((*word).to_owned()),
        Argument::Day(day) => Some(day.to_string()),
        // What there is to choose from, how many, for how many days: it grows while the finding stays.
        Argument::Names(_) | Argument::Count(_) => None,
    }
}

/// A text that tells where the other half stands moves with its line: its file alone counts.
fn without_line(text: &str, related: &[Place]) -> Option<String> {
    for place in related {
        if text == place.line.to_string() {
            return None;
        }
        if text == format!("{}:{}", place.file, place.line) {
            return Some(place.file.to_string());
        }
    }
    Some(text.to_owned())
}

/// The 64 bits of Fowler, Noll and Vo's hash, variant 1a: the same on every machine and in every version of ours.
fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn at(line: u32) -> Place {
        Place { file: "a.md".into(), line, column: 1 }
    }

    #[test]
    fn the_hash_is_the_one_of_its_inventors() {
        // From the tables of draft-eastlake-fnv.
        for (text, want) in [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)] {
            assert_eq!(fnv_1a(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn lines_and_figures_of_the_day_do_not_count_and_quotes_do() {
        let one = |finding: Finding| fingerprints(&[finding], &Folders::default()).remove(0);
        let twice = |line: u32, first: u32| {
            let finding = Finding::new(Code::DuplicateKey, at(line)).text("key", "owner");
            one(finding.text("line", first.to_string()).beside(at(first)))
        };
        assert_eq!(twice(9, 4), twice(12, 7));
        let stale = |days| one(Finding::new(Code::OnPaper, at(1)).text("title", "A").with("n", Argument::Count(days)));
        assert_eq!(stale(20), stale(21));
        let bad = |value| one(Finding::new(Code::BadNumber, at(1)).text("value", value));
        assert_ne!(bad("much"), bad("little"));
    }

    #[test]
    fn equals_are_told_apart_by_their_order() {
        let same = || Finding::new(Code::BadNumber, at(1)).text("value", "much");
        let all = fingerprints(&[same(), same(), same()], &Folders::default());
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
        assert_eq!(all[..2], fingerprints(&[same(), same()], &Folders::default()));
    }
}
