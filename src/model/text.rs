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

/// A place in a file, both numbers from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

impl Spot {
    /// Where a file begins.
    pub const TOP: Self = Self { line: 1, column: 1 };
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

/// Where a link in a text leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a file of the workspace, by its path from the root, with what stands behind `#`.
    File(String, Option<String>),
    /// To a place on the same page.
    Here(String),
    /// Out of the workspace, by a scheme that a reader may follow.
    Outside,
    /// A script, data, or an address that nobody should follow.
    Forbidden,
}

impl Source {
    /// Reads a link of this file. A relative path is read from the file's folder; one that leaves the workspace is forbidden.
    pub fn target(&self, link: &str) -> Target {
        let link = link.trim();
        if let Some(anchor) = link.strip_prefix('#') {
            return Target::Here(anchor.to_owned());
        }
        match scheme(link) {
            Some(scheme) if matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") => return Target::Outside,
            Some(_) => return Target::Forbidden,
            None => {}
        }
        if link.starts_with("//") || link.contains('\\') {
            return Target::Forbidden;
        }
        let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
        let path = percent_decode(path.split('?').next().unwrap_or(path));
        let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { self.path.split('/').collect() };
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return Target::Forbidden;
                    }
                }
                name => parts.push(name),
            }
        }
        Target::File(parts.join("/"), anchor)
    }
}

/// The scheme of an address, in lower case, without the marks that browsers pass over.
fn scheme(link: &str) -> Option<String> {
    let link: String = percent_decode(link).chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = link.split_once(':')?;
    let shaped = !scheme.contains(['/', '?', '#']);
    shaped.then(|| scheme.to_lowercase())
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_from_their_file() {
        let source = Source { path: "objectives/2026-q3/a.md".into(), line: 1 };
        let file = |path: &str, anchor: Option<&str>| Target::File(path.to_owned(), anchor.map(str::to_owned));
        for (link, want) in [
            ("b.md", file("objectives/2026-q3/b.md", None)),
            ("../2026-q2/b.md#kr1", file("objectives/2026-q2/b.md", Some("kr1"))),
            ("/tai-lieu/x.csv", file("tai-lieu/x.csv", None)),
            ("anh/m%C3%A1y.svg", file("objectives/2026-q3/anh/máy.svg", None)),
            ("#ghi-chu", Target::Here("ghi-chu".to_owned())),
            ("https://example.com", Target::Outside),
            ("MAILTO:a@example.com", Target::Outside),
            ("javascript:alert(1)", Target::Forbidden),
            ("java\tscript:alert(1)", Target::Forbidden),
            ("%6aavascript:alert(1)", Target::Forbidden),
            ("data:text/html,x", Target::Forbidden),
            ("//evil.example", Target::Forbidden),
            ("../../../etc/passwd", Target::Forbidden),
        ] {
            assert_eq!(source.target(link), want, "{link}");
        }
    }
}
