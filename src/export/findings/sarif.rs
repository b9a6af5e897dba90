//! SARIF 2.1.0, the OASIS interchange format of static analysis: code scanning, editors.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    diagnostic::{Code, Finding, Place},
    route::encode,
    words::Words,
};

use super::{Folders, fingerprint::fingerprints, told};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run of scorebook's `version`: the codes that were found as rules, each finding as a result.
pub fn sarif(findings: &[Finding], words: &Words, folders: &Folders, version: &str) -> String {
    let codes: Vec<Code> = findings.iter().map(|it| it.code).collect::<BTreeSet<_>>().into_iter().collect();
    let results = findings.iter().zip(fingerprints(findings, folders)).map(|(finding, fingerprint)| Outcome {
        rule_id: finding.code.name(),
        rule_index: codes.binary_search(&finding.code).expect("every code is among them"),
        level: finding.severity.name(),
        message: Text { text: message(&told(finding, words)) },
        locations: [location(&finding.place, folders)],
        related_locations: finding.related.iter().map(|place| location(place, folders)).collect(),
        partial_fingerprints: BTreeMap::from([("scorebookFinding/v1", fingerprint)]),
    });
    let driver = Driver { name: "scorebook", version, rules: codes.iter().map(|code| rule(*code, words)).collect() };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: results.collect() };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    let mut text = serde_json::to_string(&log).expect("the log holds texts and numbers only");
    text.push('\n');
    text
}

fn rule(code: Code, words: &Words) -> Rule {
    let explained = words.explanation(code);
    let text = |text: String| Text { text };
    Rule {
        id: code.name(),
        short_description: text(explained.map_or(code.name(), |it| it.title.trim()).to_owned()),
        full_description: explained.map(|it| text(it.what.trim().to_owned())),
        default_configuration: Configuration { level: code.severity().name() },
        help: explained.map(|it| text(format!("{}\n\n{}", it.why.trim(), it.mend.trim()))),
    }
}

fn location(place: &Place, folders: &Folders) -> Location {
    let mut uri = String::new();
    encode(&folders.path(&place.file), &mut uri);
    let region = Region { start_line: place.line, start_column: place.column };
    Location { physical_location: Physical { artifact_location: Artifact { uri }, region } }
}

/// A result's text: braces would be placeholders (§3.11.5), `[…](…)` a link (§3.11.6).
fn message(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text }
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text>,
    default_configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn an_authors_text_is_neither_placeholder_nor_link() {
        assert_eq!(message("write `{title: A}`"), "write `{{title: A}}`");
        assert_eq!(message("close every `[`"), "close every `[`");
        assert_eq!(message("[x](y)"), "\\[x\\](y)");
    }
}
