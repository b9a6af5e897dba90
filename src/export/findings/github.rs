//! Workflow commands of GitHub Actions: each becomes a note at its line of a pull request.

use crate::{diagnostic::Finding, words::Words};

use super::{Folders, told};

/// `::error file=…,line=…,col=…,title=…::message`, one line a finding.
///
/// The escapes are those of the `core` package in `github.com/actions/toolkit`.
pub fn github(findings: &[Finding], words: &Words, folders: &Folders) -> String {
    findings.iter().map(|finding| command(finding, words, folders)).collect()
}

fn command(finding: &Finding, words: &Words, folders: &Folders) -> String {
    let Finding { place, severity, code, .. } = finding;
    format!(
        "::{} file={},line={},col={},title={}::{}\n",
        severity.name(),
        property(&folders.path(&place.file)),
        place.line,
        place.column,
        property(code.name()),
        data(&told(finding, words)),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("5 %0A: a, b\r\nc"), "5 %250A: a, b%0D%0Ac");
        assert_eq!(property("100%, a: b\n.md"), "100%25%2C a%3A b%0A.md");
    }
}
