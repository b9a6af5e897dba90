//! What an export is made of.

use crate::{compute::Scorecard, diagnostic::Finding, model::Workspace, words::Words};

/// A workspace with its figures, already without what the audience may not see, and the words to name them.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    /// What authors wrote.
    pub workspace: &'a Workspace,
    /// What is computed of it.
    pub scorecard: &'a Scorecard,
    /// In order.
    pub findings: &'a [Finding],
    /// In whose language sheets are named, and whose decimal mark a CSV has.
    pub words: &'a Words,
}

impl Figures<'_> {
    /// The company's name, or what stands in its place.
    pub(super) fn title(&self) -> String {
        self.workspace.config.title.clone().unwrap_or_else(|| self.words.word("site.untitled"))
    }
}
