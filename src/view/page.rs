//! A page that the company wrote itself.

use serde::Serialize;

use crate::model::{Source, Text};

use super::{
    Html, Made, Site,
    frame::{Frame, Menu},
    prose::{Below, Prose},
};

/// A text of the company's own.
#[derive(Debug, Serialize)]
pub struct OwnPage {
    /// Masthead and footer.
    pub frame: Frame,
    /// Its heading.
    pub heading: String,
    /// Which page of the manual it is; empty for the company's own.
    pub manual: &'static str,
    /// What it says.
    pub body_html: Html,
}

/// A page of the manual, which goes with every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manual {
    /// How a coach begins with a company, and the rhythm that follows.
    Coaching,
    /// What an OKR is and what a KPI, and how they go together.
    OkrAndKpi,
    /// Twenty statements to be told apart, to print for a training.
    Workshop,
    /// How the site is published: recipes, complete.
    Publishing,
}

impl Manual {
    /// All pages, in the order in which they are read.
    pub const ALL: [Self; 4] = [Self::OkrAndKpi, Self::Coaching, Self::Workshop, Self::Publishing];

    /// Its file's name, here and on the site.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coaching => "coaching",
            Self::OkrAndKpi => "okr-and-kpi",
            Self::Workshop => "workshop",
            Self::Publishing => "publishing",
        }
    }

    /// The key of its heading.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Coaching => "guide.coaching",
            Self::OkrAndKpi => "guide.okr-and-kpi",
            Self::Workshop => "guide.workshop",
            Self::Publishing => "guide.publishing",
        }
    }
}

/// A page of the manual.
pub fn manual(site: &Site<'_>, page: Manual) -> Made<OwnPage> {
    let name = page.name();
    let path = site.routes.manual(name);
    let markdown = site.words.guide(name, site.version);
    let text = Text { markdown, source: Source { path: format!("guide/{name}.md").into(), line: 1 } };
    let body_html = Prose::new(site, &path, "p".to_owned(), Below::H1, &mut Vec::new()).html(&text);
    let heading = site.words.word(page.heading());
    let view = OwnPage { frame: site.frame(&path, &heading, Menu::None, Vec::new()), heading, manual: name, body_html };
    Made { path, view, files: Vec::new() }
}

/// The page at a place of the workspace's pages.
pub fn page(site: &Site<'_>, at: usize) -> Made<OwnPage> {
    let page = &site.workspace.pages[at];
    let path = site.routes.page(&page.id);
    let mut files = Vec::new();
    let body_html = Prose::new(site, &path, "p".to_owned(), Below::H1, &mut files).html(&page.text);
    let view =
        OwnPage { frame: site.frame(&path, &page.title, Menu::Page(at), Vec::new()), heading: page.title.clone(), manual: "", body_html };
    Made { path, view, files }
}
