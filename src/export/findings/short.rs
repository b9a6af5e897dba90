//! One line a finding, as compilers print them and editors jump to them.

use crate::{diagnostic::Finding, words::Words};

/// `path:line:column: severity[code]: message`, paths from the workspace; the severity is a name, not a word, for
/// programs look for it.
pub fn short(findings: &[Finding], words: &Words) -> String {
    findings.iter().map(|finding| line(finding, &finding.place.file, words) + "\n").collect()
}

/// The line of one finding, its path as somebody else sees it.
pub(super) fn line(finding: &Finding, path: &str, words: &Words) -> String {
    let Finding { place, severity, code, .. } = finding;
    let message = words.finding_message(finding);
    let line = format!("{path}:{}:{}: {}[{}]: {message}", place.line, place.column, severity.name(), code.name());
    // A name may hold a line feed; a line may not.
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
