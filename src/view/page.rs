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
    /// What it says.
    pub body_html: Html,
}

/// The guide's page on publishing: recipes, complete.
pub fn publishing(site: &Site<'_>) -> Made<OwnPage> {
    let path = site.routes.publishing();
    let markdown = site.words.guide("publishing", site.version);
    let text = Text { markdown, source: Source { path: "guide/publishing.md".into(), line: 1 } };
    let body_html = Prose::new(site, &path, "p".to_owned(), Below::H1, &mut Vec::new()).html(&text);
    let heading = site.words.word("guide.publishing");
    let view = OwnPage { frame: site.frame(&path, &heading, Menu::None, Vec::new()), heading, body_html };
    Made { path, view, files: Vec::new() }
}

/// The page at a place of the workspace's pages.
pub fn page(site: &Site<'_>, at: usize) -> Made<OwnPage> {
    let page = &site.workspace.pages[at];
    let path = site.routes.page(&page.id);
    let mut files = Vec::new();
    let body_html = Prose::new(site, &path, "p".to_owned(), Below::H1, &mut files).html(&page.text);
    let view = OwnPage { frame: site.frame(&path, &page.title, Menu::Page(at), Vec::new()), heading: page.title.clone(), body_html };
    Made { path, view, files }
}
