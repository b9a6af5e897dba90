//! The guide: what each finding means, why it matters, how to mend it.

use serde::Serialize;

use crate::{
    diagnostic::{Code, Severity},
    words::Explanation,
};

use super::{
    Anchor, Made, Site,
    frame::{Frame, Menu},
    problems::{Words, severity, stretches},
    status::StatusView,
};

/// The explanation of one finding.
#[derive(Debug, Serialize)]
pub struct Guide {
    /// Masthead and footer.
    pub frame: Frame,
    /// What it is, in a few words.
    pub heading: String,
    /// Error or warning.
    pub severity: StatusView,
    /// Its code.
    pub code: &'static str,
    /// What was seen.
    pub what: Vec<Words>,
    /// "Why it matters", "Instead of", "Write", "How to mend it".
    pub labels: [String; 4],
    /// Why it matters.
    pub why: Vec<Words>,
    /// Lines that show it.
    pub bad: String,
    /// The same, mended.
    pub good: String,
    /// What to do.
    pub mend: Vec<Words>,
}

/// All explanations by name.
#[derive(Debug, Serialize)]
pub struct Guides {
    /// Masthead and footer.
    pub frame: Frame,
    /// What the page is.
    pub heading: String,
    /// How findings are meant.
    pub sub: String,
    /// Errors, then warnings.
    pub parts: Vec<GuidePart>,
}

/// The explanations of one weight.
#[derive(Debug, Serialize)]
pub struct GuidePart {
    /// "Errors", "Warnings".
    pub heading: String,
    /// What they mean.
    pub how: String,
    /// Each with its code.
    pub items: Vec<GuideItem>,
}

/// A line of the list.
#[derive(Debug, Serialize)]
pub struct GuideItem {
    /// Its page.
    pub link: Anchor,
    /// Its code.
    pub code: &'static str,
}

/// The page of a code.
pub fn guide(site: &Site<'_>, code: Code) -> Made<Guide> {
    let words = site.words;
    let path = site.routes.guide(code.name());
    let empty = || Explanation {
        title: code.name().to_owned(),
        what: String::new(),
        why: String::new(),
        bad: String::new(),
        good: String::new(),
        mend: String::new(),
    };
    let it = words.explanation(code).cloned().unwrap_or_else(empty);
    let crumbs = vec![
        Anchor { text: words.word("problems.title"), href: path.href(&site.routes.problems()) },
        Anchor { text: words.word("guide.findings"), href: path.href(&site.routes.guides()) },
        Anchor { text: code.name().to_owned(), href: String::new() },
    ];
    let view = Guide {
        frame: site.frame(&path, &it.title, Menu::None, crumbs),
        heading: it.title,
        severity: severity(site, code.severity()),
        code: code.name(),
        what: stretches(&it.what),
        labels: ["guide.why", "guide.bad", "guide.good", "guide.mend"].map(|key| words.word(key)),
        why: stretches(&it.why),
        bad: it.bad.trim_end().to_owned(),
        good: it.good.trim_end().to_owned(),
        mend: stretches(&it.mend),
    };
    Made { path, view, files: Vec::new() }
}

/// The page that lists them.
pub fn guides(site: &Site<'_>) -> Made<Guides> {
    let words = site.words;
    let path = site.routes.guides();
    let part = |weight: Severity, heading: &str, how: &str| GuidePart {
        heading: words.word(heading),
        how: words.word(how),
        items: Code::ALL
            .iter()
            .filter(|code| code.severity() == weight)
            .map(|code| GuideItem {
                link: Anchor {
                    text: words.explanation(*code).map_or_else(|| code.name().to_owned(), |it| it.title.clone()),
                    href: path.href(&site.routes.guide(code.name())),
                },
                code: code.name(),
            })
            .collect(),
    };
    let title = words.word("guide.findings");
    let crumbs = vec![
        Anchor { text: words.word("problems.title"), href: path.href(&site.routes.problems()) },
        Anchor { text: title.clone(), href: String::new() },
    ];
    let view = Guides {
        frame: site.frame(&path, &title, Menu::None, crumbs),
        heading: words.word("guide.heading"),
        sub: words.word("problems.sub"),
        parts: vec![
            part(Severity::Error, "guide.errors", "guide.errors-how"),
            part(Severity::Warning, "guide.warnings", "guide.warnings-how"),
        ],
    };
    Made { path, view, files: Vec::new() }
}
