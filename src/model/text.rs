//! An author's prose, and where a thing was written.

use std::sync::Arc;

/// Where a thing stands: the file, relative to the workspace, and the line (from 1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// With `/`, on every system.
    pub path: Arc<str>,
    /// From 1.
    pub line: u32,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.path, self.line)
    }
}

/// Markdown with the file it stands in, from which its relative links are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// As written, without the first heading when that is the title.
    pub markdown: String,
    /// The file and the line of the first character.
    pub source: Source,
}

impl Text {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.markdown.trim().is_empty()
    }
}
