//! What should be mended, file by file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{charts::Mark, diagnostic::Severity, route::SitePath};

use super::{
    Anchor, Empty, Made, Site,
    frame::{Frame, Menu},
    status::StatusView,
};

/// All findings.
#[derive(Debug, Serialize)]
pub struct Problems {
    /// Masthead and footer.
    pub frame: Frame,
    /// How many there are, in a sentence.
    pub heading: String,
    /// What errors and warnings mean.
    pub sub: String,
    /// Files with findings, those with errors first.
    pub files: Vec<FileFindings>,
    /// When there is nothing.
    pub empty: Option<Empty>,
}

/// The findings of one file.
#[derive(Debug, Serialize)]
pub struct FileFindings {
    /// Its path.
    pub file: String,
    /// Its findings, in order.
    pub findings: Vec<FindingView>,
    /// How many more there are that are not shown.
    pub more: String,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// Error or warning.
    pub severity: StatusView,
    /// The code.
    pub code: &'static str,
    /// What is wrong.
    pub message: Vec<Words>,
    /// What to write instead.
    pub help: Vec<Words>,
    /// `line 3, column 5`.
    pub place: String,
    /// The other half of the mistake.
    pub related: String,
}

/// A stretch of a message.
#[derive(Debug, Serialize)]
pub struct Words {
    /// What it says.
    pub text: String,
    /// Whether it quotes what stands, or should stand, in a file.
    pub is_code: bool,
}

/// So many of one file are shown whole.
const MOST_OF_A_FILE: usize = 50;
/// So many files are shown.
const MOST_FILES: usize = 200;

/// The page of findings.
pub fn problems(site: &Site<'_>) -> Made<Problems> {
    let words = site.words;
    let path = site.routes.problems();
    let errors = site.findings.iter().filter(|it| it.severity == Severity::Error).count();
    let warnings = site.findings.len() - errors;
    let heading = match (errors, warnings) {
        (0, 0) => words.word("problems.none"),
        (0, _) => words.count("problems.warnings", warnings),
        (_, 0) => words.count("problems.errors", errors),
        _ => words.say(
            "problems.both",
            &[("errors", words.count("cli.errors", errors).into()), ("warnings", words.count("cli.warnings", warnings).into())],
        ),
    };
    let empty = site.findings.is_empty().then(|| Empty {
        title: words.word("problems.none"),
        text: words.word("problems.none-text"),
        file: String::new(),
    });
    let view = Problems {
        frame: site.frame(&path, &words.word("problems.title"), Menu::Problems, Vec::new()),
        heading,
        sub: words.word("problems.sub"),
        files: files(site),
        empty,
    };
    Made { path, view, files: Vec::new() }
}

/// Beside figures that could be wrong or missing: how many errors there are, and where it says how to mend them.
#[derive(Clone, Debug, Serialize)]
pub struct Mend {
    /// What.
    pub text: String,
    /// Where.
    pub link: Anchor,
}

impl Site<'_> {
    pub(super) fn mend(&self, from: &SitePath) -> Option<Mend> {
        let errors = self.findings.iter().filter(|it| it.severity == Severity::Error).count();
        (errors > 0).then(|| Mend {
            text: self.words.count("lead.mend", errors),
            link: Anchor { text: self.words.word("objective.mend-link"), href: from.href(&self.routes.problems()) },
        })
    }
}

fn files(site: &Site<'_>) -> Vec<FileFindings> {
    let words = site.words;
    let mut by_file: BTreeMap<&str, Vec<&crate::diagnostic::Finding>> = BTreeMap::new();
    for finding in site.findings {
        by_file.entry(&finding.place.file).or_default().push(finding);
    }
    let mut files: Vec<_> = by_file.into_iter().collect();
    files.sort_by_key(|(_, findings)| findings.iter().map(|it| it.severity).min());
    let hidden = files.len().saturating_sub(MOST_FILES);
    let mut shown: Vec<FileFindings> = files
        .into_iter()
        .take(MOST_FILES)
        .map(|(file, findings)| FileFindings {
            file: file.to_owned(),
            more: match findings.len().saturating_sub(MOST_OF_A_FILE) {
                0 => String::new(),
                n => words.count("problems.more", n),
            },
            findings: findings.into_iter().take(MOST_OF_A_FILE).map(|finding| view(site, finding)).collect(),
        })
        .collect();
    if let (Some(last), 1..) = (shown.last_mut(), hidden) {
        last.more = words.count("problems.more-files", hidden);
    }
    shown
}

fn view(site: &Site<'_>, finding: &crate::diagnostic::Finding) -> FindingView {
    let words = site.words;
    let (mark, key) = match finding.severity {
        Severity::Error => (Mark::OffTrack, "findings.severity.error"),
        Severity::Warning => (Mark::AtRisk, "findings.severity.warning"),
    };
    let related: Vec<String> = finding.related.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
    FindingView {
        severity: StatusView { word: words.word(key), ..StatusView::new(mark, words) },
        code: finding.code.name(),
        message: stretches(&words.finding_message(finding)),
        help: stretches(&words.finding_help(finding)),
        place: words
            .say("problems.place", &[("line", finding.place.line.to_string().into()), ("column", finding.place.column.to_string().into())]),
        related: related.join(", "),
    }
}

/// A message apart at its backticks; one without its other stays as it is.
fn stretches(message: &str) -> Vec<Words> {
    let parts: Vec<&str> = message.split('`').collect();
    let paired = if parts.len() % 2 == 1 { parts.len() } else { parts.len() - 2 };
    let rest = parts[paired..].join("`");
    let pieces = parts[..paired].iter().enumerate().map(|(at, text)| Words { text: (*text).to_owned(), is_code: at % 2 == 1 });
    pieces.chain([Words { text: rest, is_code: false }]).filter(|it| !it.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn what_stands_in_backticks_is_code() {
        let shown = |message: &str| -> Vec<(String, bool)> { stretches(message).into_iter().map(|it| (it.text, it.is_code)).collect() };
        let text = |text: &str| (text.to_owned(), false);
        assert_eq!(shown("no `a` here, `b`"), [text("no "), ("a".to_owned(), true), text(" here, "), ("b".to_owned(), true)]);
        assert_eq!(shown("cannot begin with ` alone"), [text("cannot begin with ` alone")]);
    }
}
