//! A page that the company wrote itself.

use serde::Serialize;

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

/// The page at a place of the workspace's pages.
pub fn page(site: &Site<'_>, at: usize) -> Made<OwnPage> {
    let page = &site.workspace.pages[at];
    let path = site.routes.page(&page.id);
    let mut files = Vec::new();
    let body_html = Prose::new(site, &path, "p".to_owned(), Below::H1, &mut files).html(&page.text);
    let view = OwnPage { frame: site.frame(&path, &page.title, Menu::Page(at), Vec::new()), heading: page.title.clone(), body_html };
    Made { path, view, files }
}
