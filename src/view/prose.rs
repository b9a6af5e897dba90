//! An author's Markdown as safe HTML: everything that a writer expects, and no raw HTML.
//!
//! The sanitiser is the rewriting of parser events: raw HTML becomes text, links are read by the model and lead
//! to pages, files or outside, or nowhere. What is left is made by pulldown-cmark's own writer, which escapes.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use crate::{
    model::{Linked, MOST_BYTES, Target, Text},
    route::{SitePath, check_in_anchor},
};

use super::{Html, Site, plain::plain, report::Links};

/// How far headings are lowered, so that a page has one h1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    /// `#` becomes h2.
    H1,
    /// `#` becomes h3.
    H2,
    /// `#` becomes h4.
    H3,
}

impl Below {
    fn lower(self, level: HeadingLevel) -> HeadingLevel {
        let steps = match self {
            Self::H1 => 1,
            Self::H2 => 2,
            Self::H3 => 3,
        };
        let lowered = (level as usize + steps).min(6);
        HeadingLevel::try_from(lowered).unwrap_or(HeadingLevel::H6)
    }
}

/// A text as it stands on a page, and the files of the workspace that it names.
pub(super) struct Prose<'s, 'a> {
    site: &'s Site<'a>,
    links: Links<'s>,
    /// Tells apart footnotes of several texts on one page.
    label: String,
    below: Below,
    files: &'s mut Vec<String>,
    /// How many emphases stand inside each other here.
    emphases: usize,
    /// How many tables stand above: each region has a name of its own.
    tables: usize,
}

/// What an author may write beyond CommonMark.
const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS).union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

/// More emphasis than this inside each other nobody sees, and browsers build no tree of.
const MOST_EMPHASES: usize = 16;

impl<'s, 'a> Prose<'s, 'a> {
    pub(super) fn new(site: &'s Site<'a>, page: &'s SitePath, label: String, below: Below, files: &'s mut Vec<String>) -> Self {
        Self::linked(site, Links::From(page), label, below, files)
    }

    /// A text whose reader gets to other pages by `links`; what cannot be reached is no link.
    pub(super) fn linked(site: &'s Site<'a>, links: Links<'s>, label: String, below: Below, files: &'s mut Vec<String>) -> Self {
        Self { site, links, label, below, files, emphases: 0, tables: 0 }
    }

    pub(super) fn html(&mut self, text: &Text) -> Html {
        if text.is_empty() {
            return Html::default();
        }
        let mut events: Vec<Event<'_>> = Vec::with_capacity(32);
        // Links and pictures that lead nowhere are opened but not written; their ends must not be, either.
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_ext(&text.markdown, OPTIONS) {
            self.rewrite(text, event, &mut open, &mut events);
        }
        let mut out = String::with_capacity(text.markdown.len() * 3 / 2);
        html::push_html(&mut out, events.into_iter());
        Html::of_writer(out)
    }

    /// The same as Markdown again, for a page that is Markdown itself: raw HTML as text, links as far as they lead, and a
    /// name behind `@` calls nobody.
    pub(super) fn markdown(&mut self, text: &Text) -> String {
        let mut is_code = false;
        let events = TextMergeStream::new(self.own_events(text).into_iter()).map(|event| match event {
            Event::Text(words) if !is_code => Event::Text(calling_nobody(&words).into()),
            other => {
                is_code = matches!(other, Event::Start(Tag::CodeBlock(_))) || is_code && !matches!(other, Event::End(TagEnd::CodeBlock));
                other
            }
        });
        let mut out = String::with_capacity(text.markdown.len());
        let written = pulldown_cmark_to_cmark::cmark(events, &mut out, OPTIONS);
        // What cannot be written as Markdown is shown as it stands, without what could be markup.
        if written.is_ok() { out } else { calling_nobody(&text.markdown.replace('<', "&lt;")) }
    }

    /// The same as plain text, with addresses behind the words that lead there.
    pub(super) fn plain(&mut self, text: &Text) -> String {
        plain(self.own_events(text))
    }

    /// Events whose tables and boxes are still Markdown's own.
    fn own_events<'e>(&mut self, text: &'e Text) -> Vec<Event<'e>> {
        let mut events: Vec<Event<'_>> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_ext(&text.markdown, OPTIONS) {
            match event {
                // These become markup of a page, which Markdown has signs of its own for.
                Event::Start(Tag::Table(_)) | Event::End(TagEnd::Table) | Event::TaskListMarker(_) => events.push(event),
                other => self.rewrite(text, other, &mut open, &mut events),
            }
        }
        events
    }

    fn rewrite<'e>(&mut self, text: &Text, event: Event<'e>, open: &mut Vec<Open>, events: &mut Vec<Event<'e>>) {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => events.push(Event::Text(raw)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Heading { level, .. }) => {
                events.push(Event::Start(Tag::Heading {
                    level: self.below.lower(level),
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Event::End(TagEnd::Heading(level)) => events.push(Event::End(TagEnd::Heading(self.below.lower(level)))),
            Event::Start(Tag::Link { dest_url, .. }) => self.open_link(text, &dest_url, open, events),
            Event::Start(Tag::Image { dest_url, .. }) => self.open_image(text, &dest_url, open, events),
            Event::End(TagEnd::Link | TagEnd::Image) => match open.pop() {
                Some(Open::Written(end)) => events.push(Event::End(end)),
                Some(Open::Passed) | None => {}
            },
            Event::Start(Tag::Table(alignment)) => {
                self.tables += 1;
                let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
                let label = self.site.words.word("prose.table") + &number;
                let aligned = classes_of(&alignment);
                events.push(Event::Html(
                    format!("<div class=\"scroll{aligned}\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">").into(),
                ));
                events.push(Event::Start(Tag::Table(vec![Alignment::None; alignment.len()])));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>".into()));
            }
            Event::TaskListMarker(done) => {
                let (class, word) = if done { ("task done", "prose.task-done") } else { ("task", "prose.task-open") };
                let word = self.site.words.word(word);
                events.push(Event::Html(format!("<span class=\"{class}\" role=\"img\" aria-label=\"{word}\"></span>").into()));
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                self.emphases += 1;
                if self.emphases <= MOST_EMPHASES {
                    events.push(event);
                }
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                if self.emphases <= MOST_EMPHASES {
                    events.push(event);
                }
                self.emphases = self.emphases.saturating_sub(1);
            }
            Event::FootnoteReference(name) => events.push(Event::FootnoteReference(self.footnote(&name))),
            Event::Start(Tag::FootnoteDefinition(name)) => events.push(Event::Start(Tag::FootnoteDefinition(self.footnote(&name)))),
            other => events.push(other),
        }
    }

    /// Footnotes of one page have names of their own, safe in an address.
    fn footnote<'e>(&self, name: &str) -> CowStr<'e> {
        format!("fn-{}-{}", self.label, crate::model::Id::new(name)).into()
    }

    fn open_link<'e>(&mut self, text: &Text, link: &CowStr<'e>, open: &mut Vec<Open>, events: &mut Vec<Event<'e>>) {
        match self.address(text, link) {
            Some(href) => {
                let link_type = pulldown_cmark::LinkType::Inline;
                events.push(Event::Start(Tag::Link { link_type, dest_url: href.into(), title: "".into(), id: "".into() }));
                open.push(Open::Written(TagEnd::Link));
            }
            None => open.push(Open::Passed),
        }
    }

    /// A picture of the workspace is shown; one from elsewhere becomes a link, so that no request leaves the site.
    fn open_image<'e>(&mut self, text: &Text, link: &CowStr<'e>, open: &mut Vec<Open>, events: &mut Vec<Event<'e>>) {
        let link_type = pulldown_cmark::LinkType::Inline;
        match text.source.target(link) {
            Target::File(path, _) if self.is_copied(&path) && matches!(self.links, Links::From(_)) => {
                let href = self.file(path);
                events.push(Event::Start(Tag::Image { link_type, dest_url: href.into(), title: "".into(), id: "".into() }));
                open.push(Open::Written(TagEnd::Image));
            }
            // A file or a mail stands alone: it leads to the picture and does not fetch it.
            Target::File(path, _) if self.is_copied(&path) => self.open_link(text, link, open, events),
            Target::Outside => self.open_link(text, link, open, events),
            Target::File(..) | Target::Here(_) | Target::Forbidden => open.push(Open::Passed),
        }
    }

    fn address(&mut self, text: &Text, link: &str) -> Option<String> {
        let site = self.site;
        match text.source.target(link) {
            Target::Outside => Some(link.to_owned()),
            Target::Forbidden => None,
            Target::Here(anchor) => Some(format!("#{anchor}")),
            Target::File(path, anchor) => match site.workspace.pages_of_files.get(&path) {
                Some(linked) => self.page_of(linked, anchor.as_deref()),
                None if self.is_copied(&path) => Some(self.file(path)),
                None => None,
            },
        }
    }

    fn page_of(&self, linked: &Linked, anchor: Option<&str>) -> Option<String> {
        let routes = self.site.routes;
        let shown = |id: &crate::model::Id| {
            let at = self.site.workspace.objectives.binary_search_by(|it| it.id.cmp(id)).ok()?;
            self.site.is_shown(at).then(|| routes.objective(id))
        };
        let path = match linked {
            Linked::Objective(id) => shown(id)?,
            Linked::CheckIn(Some(id), date) => return reached(self.links.at(&shown(id)?, &check_in_anchor(*date))),
            Linked::Department(id) => routes.department(id),
            Linked::Page(id) => routes.page(id),
            Linked::Kpi(id) => routes.kpi(id),
            Linked::Person(id) => routes.person(id),
            Linked::Report(Some(period)) if self.site.reports.contains(period) => routes.report(period),
            Linked::CheckIn(None, _) | Linked::Report(_) => return None,
        };
        reached(self.links.at(&path, anchor.unwrap_or_default()))
    }

    fn is_copied(&self, path: &str) -> bool {
        // What cannot be reached is not copied, either.
        !matches!(self.links, Links::Nowhere) && self.site.workspace.assets.get(path).is_some_and(|size| *size <= MOST_BYTES)
    }

    fn file(&mut self, path: String) -> String {
        let href = self.links.to(&self.site.routes.file(&path));
        self.files.push(path);
        href
    }
}

/// A text in which a name or number behind `@`, `#` or `!` calls nobody where GitHub and GitLab show it: a sign without
/// width stands between. Addresses are left as they are.
pub fn calling_nobody(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive(char::is_whitespace) {
        let mut letters = word.chars().peekable();
        let is_address = word.contains("://");
        while let Some(letter) = letters.next() {
            out.push(letter);
            let calls = matches!(letter, '@' | '#' | '!') && letters.peek().is_some_and(|next| next.is_alphanumeric());
            if calls && !is_address {
                out.push('\u{2060}');
            }
        }
    }
    out
}

/// An address that leads somewhere.
fn reached(href: String) -> Option<String> {
    Some(href).filter(|href| !href.is_empty())
}

enum Open {
    Written(TagEnd),
    Passed,
}
/// Columns that are aligned, by class: a page's policy drops what would be written into each cell.
fn classes_of(alignment: &[Alignment]) -> String {
    let class = |(at, it): (usize, &Alignment)| match it {
        Alignment::Right => format!(" tr-{}", at + 1),
        Alignment::Center => format!(" tc-{}", at + 1),
        Alignment::Left | Alignment::None => String::new(),
    };
    // The style sheet knows so many columns; a text's table with more is none that is read.
    alignment.iter().take(12).enumerate().map(class).collect()
}
