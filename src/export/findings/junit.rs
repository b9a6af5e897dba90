//! JUnit's XML, as the CI systems read it: a file with findings is a test case, and fails with an error.

use crate::{
    diagnostic::{Finding, Severity},
    words::Words,
};

use super::{Folders, short::line};

/// Whether a warning makes its file fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warnings {
    /// Like an error: `--deny warnings`.
    Fail,
    /// They stand in the test case's output.
    Pass,
}

/// One suite. Of a file that fails all findings stand in one `failure`, for Jenkins reads no second one.
///
/// A workspace without findings passes one test: its `scorebook.yaml`.
pub fn junit(findings: &[Finding], words: &Words, folders: &Folders, warnings: Warnings) -> String {
    let fails = |finding: &&Finding| finding.severity == Severity::Error || warnings == Warnings::Fail;
    let files: Vec<&[Finding]> = findings.chunk_by(|a, b| a.place.file == b.place.file).collect();
    let mut cases: String = files.iter().map(|findings| case(findings, words, folders, fails)).collect();
    if files.is_empty() {
        cases = format!("    {}/>\n", open(&folders.path("scorebook.yaml")));
    }
    let failures = files.iter().filter(|findings| findings.iter().any(|it| fails(&it))).count();
    let counts = format!("name=\"scorebook check\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" time=\"0\"", files.len().max(1));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite {counts}>\n{cases}  </testsuite>\n</testsuites>\n"
    )
}

fn case(findings: &[Finding], words: &Words, folders: &Folders, fails: impl Fn(&&Finding) -> bool) -> String {
    let path = folders.path(&findings[0].place.file);
    let (wrong, passing): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|it| fails(it));
    let mut xml = format!("    {}>\n", open(&path));
    if let [first, rest @ ..] = wrong.as_slice() {
        let more = if rest.is_empty() { String::new() } else { format!(" (+{})", rest.len()) };
        let message = escape(&format!("{}{more}", words.finding_message(first)));
        let text = escape(&text(&wrong, &path, words));
        xml.push_str(&format!("      <failure type=\"{}\" message=\"{message}\">{text}</failure>\n", first.code.name()));
    }
    if !passing.is_empty() {
        xml.push_str(&format!("      <system-out>{}</system-out>\n", escape(&text(&passing, &path, words))));
    }
    xml.push_str("    </testcase>\n");
    xml
}

fn open(path: &str) -> String {
    let path = escape(path);
    format!("<testcase classname=\"scorebook.check\" name=\"{path}\" file=\"{path}\" time=\"0\"")
}

/// Each finding with what to write instead.
fn text(findings: &[&Finding], path: &str, words: &Words) -> String {
    let one = |it: &&Finding| format!("{}\n  {}: {}\n", line(it, path, words), words.word("findings.help"), words.finding_help(it));
    findings.iter().map(one).collect()
}

/// For a text or an attribute; what XML cannot hold at all becomes a mark.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            '\t' | '\r' => escaped.push_str(&format!("&#{};", u32::from(c))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_and_what_xml_cannot_hold_are_escaped() {
        assert_eq!(escape("<a & \"b\">\t\u{1}\u{ffff}ệ"), "&lt;a &amp; &quot;b&quot;&gt;&#9;\u{fffd}\u{fffd}ệ");
    }
}
