//! What should be mended, by who can do it: the first thing to open before a weekly meeting.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use crate::{
    charts::Mark,
    diagnostic::{Finding, Severity, quoted_span},
    model::Id,
    route::SitePath,
};

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
    /// What they mean, one by one.
    pub guides: Anchor,
    /// By who can mend them, those with most errors first.
    pub people: Vec<PersonFindings>,
    /// How many files have more that are not shown.
    pub more: String,
    /// What authors want to keep.
    pub kept: Vec<KeptView>,
    /// Its heading.
    pub kept_heading: String,
    /// What that is.
    pub kept_how: String,
    /// When there is nothing.
    pub empty: Option<Empty>,
}

/// What one person can mend.
#[derive(Debug, Serialize)]
pub struct PersonFindings {
    /// The name; a department's, where no person is named.
    pub name: String,
    /// "2 errors, 1 warning".
    pub counts: String,
    /// Files with findings.
    pub files: Vec<FileFindings>,
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
    /// The code, and the page that explains it.
    pub code: Anchor,
    /// What is wrong.
    pub message: Vec<Words>,
    /// What to write instead.
    pub help: Vec<Words>,
    /// `line 3, column 5`.
    pub place: String,
    /// The line as it stands there: before, what is meant, behind; empty when it is not known.
    pub quote: Option<[String; 3]>,
    /// The other half of the mistake.
    pub related: String,
}

/// A warning that its author wants to keep.
#[derive(Debug, Serialize)]
pub struct KeptView {
    /// What.
    pub finding: FindingView,
    /// In which file.
    pub file: String,
    /// Why.
    pub reason: String,
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
    let (errors, warnings) = counted(site.findings.iter());
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
    let (people, hidden) = people(site, &path);
    let kept = site.kept.iter().map(|(finding, reason)| KeptView {
        finding: view(site, &path, finding),
        file: finding.place.file.to_string(),
        reason: reason.clone(),
    });
    let view = Problems {
        frame: site.frame(&path, &words.word("problems.title"), Menu::Problems, Vec::new()),
        heading,
        sub: words.word("problems.sub"),
        guides: Anchor { text: words.word("guide.heading"), href: path.href(&site.routes.guides()) },
        people,
        more: if hidden == 0 { String::new() } else { words.count("problems.more-files", hidden) },
        kept: kept.collect(),
        kept_heading: words.word("problems.kept"),
        kept_how: words.word("problems.kept-how"),
        empty,
    };
    Made { path, view, files: Vec::new() }
}

fn counted<'a>(findings: impl Iterator<Item = &'a Finding>) -> (usize, usize) {
    findings.fold((0, 0), |(errors, warnings), finding| match finding.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
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

/// Who can mend what stands in a file, by name: its objective's owner or its author, else the department, else whoever
/// looks after the settings.
fn menders(site: &Site<'_>) -> BTreeMap<Arc<str>, String> {
    let workspace = site.workspace;
    let mut all: BTreeMap<Arc<str>, String> = BTreeMap::new();
    let named = |person: Option<&Id>, department: Option<&Id>| match (person, department) {
        (Some(id), _) => Some(site.person(Some(id))),
        (None, Some(id)) => Some(site.department_name(id)),
        (None, None) => None,
    };
    for check_in in workspace.check_ins.iter().filter(|it| !it.embedded) {
        let of = check_in.objective.map(|at| workspace.objective(at));
        let owner = of.and_then(|it| it.owner.as_ref());
        all.extend(
            named(check_in.author.as_ref().or(owner), of.and_then(|it| it.department.as_ref()))
                .map(|name| (check_in.source.path.clone(), name)),
        );
    }
    for objective in &workspace.objectives {
        all.extend(named(objective.owner.as_ref(), objective.department.as_ref()).map(|name| (objective.source.path.clone(), name)));
    }
    for kpi in &workspace.kpis {
        let name = named(kpi.owner.as_ref(), kpi.department.as_ref());
        // Its table, too, where its values come from.
        let files = kpi.readings.iter().map(|it| &it.source.path).filter(|path| **path != kpi.source.path).take(1);
        let files: Vec<Arc<str>> = files.chain([&kpi.source.path]).cloned().collect();
        name.into_iter().for_each(|name| all.extend(files.iter().map(|path| (path.clone(), name.clone()))));
    }
    for department in &workspace.departments {
        let source = department.source.as_ref().filter(|it| &*it.path != "scorebook.yaml");
        all.extend(source.and_then(|it| Some((it.path.clone(), named(department.lead.as_ref(), Some(&department.id))?))));
    }
    all
}

/// Findings by who can mend them, and how many files are left out.
fn people(site: &Site<'_>, path: &SitePath) -> (Vec<PersonFindings>, usize) {
    let words = site.words;
    let menders = menders(site);
    let mut by_person: BTreeMap<String, BTreeMap<&str, Vec<&Finding>>> = BTreeMap::new();
    for finding in site.findings {
        let name = menders.get(&finding.place.file).cloned().unwrap_or_default();
        by_person.entry(name).or_default().entry(&finding.place.file).or_default().push(finding);
    }
    let mut groups: Vec<_> = by_person.into_iter().map(|(name, files)| (counted(files.values().flatten().copied()), name, files)).collect();
    groups.sort_by(|((errors, warnings), name, _), ((other_errors, other_warnings), other, _)| {
        other_errors.cmp(errors).then(other_warnings.cmp(warnings)).then_with(|| name.cmp(other))
    });
    let all: usize = groups.iter().map(|(_, _, files)| files.len()).sum();
    let mut room = MOST_FILES;
    let mut shown = Vec::new();
    for ((errors, warnings), name, files) in groups {
        if room == 0 {
            break;
        }
        let files: Vec<FileFindings> = files
            .into_iter()
            .take(room)
            .map(|(file, findings)| FileFindings {
                file: file.to_owned(),
                more: match findings.len().saturating_sub(MOST_OF_A_FILE) {
                    0 => String::new(),
                    n => words.count("problems.more", n),
                },
                findings: findings.into_iter().take(MOST_OF_A_FILE).map(|finding| view(site, path, finding)).collect(),
            })
            .collect();
        room -= files.len();
        let counts = [("cli.errors", errors), ("cli.warnings", warnings)].into_iter().filter(|(_, n)| *n > 0);
        let counts: Vec<String> = counts.map(|(key, n)| words.count(key, n)).collect();
        let name = if name.is_empty() { words.word("problems.nobody") } else { name };
        shown.push(PersonFindings { name, counts: counts.join(", "), files });
    }
    let hidden = all - shown.iter().map(|it| it.files.len()).sum::<usize>();
    (shown, hidden)
}

/// Error or warning, as it is shown.
pub(super) fn severity(site: &Site<'_>, severity: Severity) -> StatusView {
    let (mark, key) = match severity {
        Severity::Error => (Mark::OffTrack, "findings.severity.error"),
        Severity::Warning => (Mark::AtRisk, "findings.severity.warning"),
    };
    StatusView { word: site.words.word(key), ..StatusView::new(mark, site.words) }
}

fn view(site: &Site<'_>, path: &SitePath, finding: &Finding) -> FindingView {
    let words = site.words;
    let place = &finding.place;
    let related: Vec<String> = finding.related.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
    FindingView {
        severity: severity(site, finding.severity),
        code: Anchor { text: finding.code.name().to_owned(), href: path.href(&site.routes.guide(finding.code.name())) },
        message: stretches(&words.finding_message(finding)),
        help: stretches(&words.finding_help(finding)),
        place: words.say("problems.place", &[("line", place.line.to_string().into()), ("column", place.column.to_string().into())]),
        quote: site.quotes.get(&(place.file.clone(), place.line)).filter(|line| !line.trim().is_empty()).map(|line| {
            let span = quoted_span(line, place.column);
            [line[..span.start].to_owned(), line[span.clone()].to_owned(), line[span.end..].to_owned()]
        }),
        related: related.join(", "),
    }
}

/// A message apart at its backticks; one without its other stays as it is.
pub(super) fn stretches(message: &str) -> Vec<Words> {
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
