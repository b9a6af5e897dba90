//! Front matter and body.

use std::{ops::Range, sync::Arc};

use crate::diagnostic::{Code, Finding, Place};

use super::nesting;

/// A text above this is no goal (1 MiB).
pub(crate) const MOST_BYTES: usize = 1 << 20;

/// A file as text, with LF and without BOM.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the workspace, with `/`.
    pub path: Arc<str>,
    /// The whole text.
    pub text: String,
    /// The front matter, if there is one.
    pub head: Head,
    /// The prose.
    pub body: Range<usize>,
    /// The line on which the prose begins, from 1.
    pub body_line: u32,
    /// The line of the file from which the prose was too deeply nested to be read as Markdown: it is code now.
    pub too_deep: Option<u32>,
}

/// Where the front matter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The file does not begin with `---`.
    Missing,
    /// It begins with `---`, and no other `---` closes it.
    Unclosed,
    /// Between the two lines; the first line of it is line 2.
    Found(Range<usize>),
}

impl SourceFile {
    /// Reads bytes as text.
    ///
    /// # Errors
    /// A finding when the file is too large or not UTF-8, with the place of the first wrong byte.
    pub fn read(path: &str, bytes: Vec<u8>) -> Result<Self, Box<Finding>> {
        let path: Arc<str> = path.into();
        if bytes.len() > MOST_BYTES {
            let place = Place { file: path, line: 1, column: 1 };
            return Err(Box::new(Finding::new(Code::TooLarge, place).text("size", "1 MiB")));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            Box::new(Finding::new(Code::NotUtf8, end_of(&path, valid)))
        })?;
        // A text has none; UTF-16 without its mark has one in every letter.
        if let Some(zero) = text.find('\0') {
            return Err(Box::new(Finding::new(Code::NotUtf8, end_of(&path, &text.as_bytes()[..zero]))));
        }
        Ok(Self::of_text(path, text))
    }

    /// Takes a text apart.
    pub fn of_text(path: Arc<str>, text: String) -> Self {
        let mut text = plain(text);
        let (head, mut body) = split(&text);
        let body_line = number(text[..body.start].bytes().filter(|&byte| byte == b'\n').count() + 1);
        let mut too_deep = None;
        if let Some((line, code)) = flat(&text[body.clone()]) {
            text.replace_range(body.clone(), &code);
            body.end = body.start + code.len();
            too_deep = Some(body_line.saturating_add(line));
        }
        Self { path, text, head, body, body_line, too_deep }
    }

    /// The prose.
    pub fn body(&self) -> &str {
        &self.text[self.body.clone()]
    }

    /// The front matter, closed or not; empty when there is none.
    pub fn yaml(&self) -> &str {
        match &self.head {
            Head::Found(range) => &self.text[range.clone()],
            Head::Missing | Head::Unclosed => "",
        }
    }
}

/// Prose that is nested too deeply to be read as Markdown, as code, and the line, from 0, where that begins.
pub fn flat(markdown: &str) -> Option<(u32, String)> {
    nesting::too_deep(markdown).map(|line| (number(line), nesting::as_code(markdown)))
}

/// Without BOM, with LF, and with a mark for what cannot be shown.
pub(super) fn plain(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if may_be_unfit(&text) {
        if text.contains('\r') {
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        if text.contains(is_unfit) {
            text = text.replace(is_unfit, "\u{fffd}");
        }
    }
    text
}

/// The place behind the sound beginning of a file.
pub(super) fn end_of(path: &Arc<str>, sound: &[u8]) -> Place {
    let line = sound.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let start = sound.iter().rposition(|&byte| byte == b'\n').map_or(0, |it| it + 1);
    let column = String::from_utf8_lossy(&sound[start..]).chars().count() + 1;
    Place { file: path.clone(), line: number(line), column: number(column) }
}

/// Whether a byte stands there with which such a letter begins, or a CR: most texts have none.
fn may_be_unfit(text: &str) -> bool {
    let is_one = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\t') || matches!(byte, 0x7f | 0xc2 | 0xef);
    // Some at a time without a look at each: so it is done in a few steps.
    text.as_bytes().chunks(256).any(|some| some.iter().fold(false, |found, byte| found | is_one(*byte)))
}

/// What no text needs, and XML and terminals cannot have.
pub(super) fn is_unfit(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn split(text: &str) -> (Head, Range<usize>) {
    let first_end = text.find('\n').map_or(text.len(), |it| it + 1);
    if text[..first_end].trim_end() != "---" {
        return (Head::Missing, 0..text.len());
    }
    let mut at = first_end;
    for line in text[first_end..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (Head::Found(first_end..at), at + line.len()..text.len());
        }
        at += line.len();
    }
    (Head::Unclosed, text.len()..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String, u32) {
        let file = SourceFile::read("a.md", text.as_bytes().to_vec()).expect("valid text");
        (file.yaml().to_owned(), file.body().to_owned(), file.body_line)
    }

    #[test]
    fn front_matter_is_between_two_lines() {
        for text in ["---\na: 1\n---\nText\n", "\u{feff}---\r\na: 1\r\n---\r\nText\r\n", "--- \na: 1\n...\nText\n"] {
            assert_eq!(parts(text), ("a: 1\n".to_owned(), "Text\n".to_owned(), 4), "{text:?}");
        }
        assert_eq!(parts("Text\n---\n"), (String::new(), "Text\n---\n".to_owned(), 1));
        assert_eq!(parts("---\n---").1, "");
        assert_eq!(SourceFile::of_text("a".into(), "---\na: 1\n".to_owned()).head, Head::Unclosed);
    }

    #[test]
    fn a_wrong_byte_has_a_place() {
        let finding = SourceFile::read("a.md", b"---\nt: \xc3\xa9x\xff".to_vec()).expect_err("not UTF-8");
        assert_eq!((finding.code, finding.place.line, finding.place.column), (Code::NotUtf8, 2, 6));
        let finding = SourceFile::read("a.md", b"---\nt\0".to_vec()).expect_err("not a text");
        assert_eq!((finding.code, finding.place.line, finding.place.column), (Code::NotUtf8, 2, 2));
    }

    #[test]
    fn what_cannot_be_shown_becomes_a_mark() {
        assert_eq!(
            parts("---\na: \u{1b}[1m\n---\n\u{7f}\tx\u{ffff}\n"),
            ("a: \u{fffd}[1m\n".to_owned(), "\u{fffd}\tx\u{fffd}\n".to_owned(), 4)
        );
    }

    #[test]
    fn prose_without_end_becomes_code() {
        let file = SourceFile::of_text("a.md".into(), format!("---\n---\na\n{}b\n", "> ".repeat(100)));
        assert_eq!((file.too_deep, file.body().starts_with("    a\n    > > ")), (Some(4), true));
    }
}
