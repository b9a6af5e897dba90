//! A file taken apart: what every kind of file is read from.

use crate::{
    model::{Source, Spot, Text, first_heading},
    source::{Node, SourceFile},
};

use super::kind::{Folders, stem};

/// A file's front matter, prose and folders, ready to be read as a kind.
pub(super) struct Parts<'f, 'a> {
    pub(super) file: &'f SourceFile,
    pub(super) folders: Folders,
    pub(super) root: &'f Node<'a>,
}

impl Parts<'_, '_> {
    /// The title from the key, or the first heading, or the id – and the prose without that heading.
    pub(super) fn title_and_text(&self, title: Option<String>, id: &str) -> (String, Text) {
        let (title, _, text) = self.title(title.map(|title| (title, Spot::TOP)), id);
        (title, text)
    }

    /// The same, with the title's place: the key's value, the heading's first letter, or the file's first line.
    pub(super) fn title(&self, title: Option<(String, Spot)>, id: &str) -> (String, Spot, Text) {
        let body = self.file.body();
        let heading = first_heading(body);
        let opens = heading.filter(|heading| title.as_ref().is_none_or(|(title, _)| title.trim() == heading.title));
        let start = opens.as_ref().map_or(0, |heading| heading.range.end);
        let line = self.file.body_line + u32::try_from(body[..start].matches('\n').count()).unwrap_or(0);
        let markdown = body[start..].to_owned();
        let heading_at = || {
            let before = body.len() - body.trim_start().len();
            let marks = body[before..].chars().take_while(|c| matches!(c, '#' | ' ' | '\t')).count();
            let line = self.file.body_line + u32::try_from(body[..before].matches('\n').count()).unwrap_or(0);
            Spot { line, column: u32::try_from(marks).unwrap_or(0) + 1 }
        };
        let (title, at) = title.or_else(|| opens.map(|it| (it.title, heading_at()))).unwrap_or_else(|| (id.to_owned(), Spot::TOP));
        (title, at, Text { markdown, source: Source { path: self.file.path.clone(), line } })
    }

    /// The id from the key, or the file's name.
    pub(super) fn id_text(&self, id: Option<String>) -> String {
        id.unwrap_or_else(|| stem(&self.file.path).to_owned())
    }
}
