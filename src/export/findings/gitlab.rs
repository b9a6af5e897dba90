//! GitLab's Code Quality report: a subset of Code Climate's issues.

use serde::Serialize;

use crate::{
    diagnostic::{Finding, Severity},
    words::Words,
};

use super::{Folders, fingerprint::fingerprints, told};

/// A list of issues, each with a fingerprint by which GitLab knows it again: what a merge request adds and mends.
pub fn gitlab(findings: &[Finding], words: &Words, folders: &Folders) -> String {
    let issues: Vec<Issue> = findings
        .iter()
        .zip(fingerprints(findings, folders))
        .map(|(finding, fingerprint)| Issue {
            // GitLab shows it in one line.
            description: told(finding, words).replace('\n', " – "),
            check_name: finding.code.name(),
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
            },
            location: Location { path: folders.path(&finding.place.file), lines: Lines { begin: finding.place.line } },
        })
        .collect();
    let mut text = serde_json::to_string(&issues).expect("the report holds texts and numbers only");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}
