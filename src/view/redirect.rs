//! A page at an old address that leads on.

use serde::Serialize;

use crate::model::{Id, Objective};

use super::{Anchor, Made, Site, frame::Frame, frame::Menu};

/// Leads from an alias to the objective's page.
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
    let view = Redirect {
        frame: site.frame(&path, &objective.title, Menu::None, Vec::new()),
        heading: site.words.word("redirect.heading"),
        to: site.objective_link(&path, objective),
    };
    Made { path, view, files: Vec::new() }
}
