//! A page at an old address that leads on.

use serde::Serialize;

use crate::{
    model::{Id, Kpi, Objective},
    route::SitePath,
};

use super::{Anchor, Made, Site, frame::Frame, frame::Menu};

/// Leads from an alias to the page of today.
#[derive(Debug, Serialize)]
pub struct Redirect {
    /// Masthead and footer.
    pub frame: Frame,
    /// "… now stands here".
    pub heading: String,
    /// The page.
    pub to: Anchor,
}

/// The page at an objective's old id.
pub fn redirect(site: &Site<'_>, alias: &Id, objective: &Objective) -> Made<Redirect> {
    let path = site.routes.objective(alias);
    let to = site.objective_link(&path, objective);
    moved(site, path, to)
}

/// The page at a KPI's old id.
pub fn redirect_kpi(site: &Site<'_>, alias: &Id, kpi: &Kpi) -> Made<Redirect> {
    let path = site.routes.kpi(alias);
    let to = site.kpi_link(&path, kpi);
    moved(site, path, to)
}

fn moved(site: &Site<'_>, path: SitePath, to: Anchor) -> Made<Redirect> {
    let frame = site.frame(&path, &to.text, Menu::None, Vec::new());
    let view = Redirect { frame, heading: site.words.word("redirect.heading"), to };
    Made { path, view, files: Vec::new() }
}
