//! HTML that skips escaping: whoever makes it escapes what goes in.
//!
//! There are two makers: the writer of an author's prose, and [`Rows`], the figures behind a chart. They are by far
//! the most elements of a page, and come ready because a template that loops over each costs more than all the rest.

use serde::Serialize;

use crate::{charts::Mark, words::Words};

use super::status::StatusView;

/// Safe HTML, which with [`Svg`](crate::charts::Svg) alone skips escaping in templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    /// What a writer made that escapes by itself.
    pub(super) fn of_writer(html: String) -> Self {
        Self(html)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `<tr>`s of a table of figures: three cells, how it stood, and the line that says so.
pub(super) struct Rows<'a> {
    words: &'a Words,
    out: String,
    /// The cells of the marks that were shown already.
    marks: Vec<(Mark, String)>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(words: &'a Words, count: usize) -> Self {
        Self { words, out: String::with_capacity(count * 384), marks: Vec::new() }
    }

    /// A row that stood at `mark`.
    pub(super) fn push(&mut self, cells: [&str; 3], mark: Mark, source: &dyn std::fmt::Display) {
        self.open(cells);
        match self.marks.iter().find(|(known, _)| *known == mark) {
            Some((_, cell)) => self.out.push_str(cell),
            None => {
                let cell = status_cell(&StatusView::new(mark, self.words));
                self.out.push_str(&cell);
                self.marks.push((mark, cell));
            }
        }
        self.close(source);
    }

    /// A row whose status has a word of its own.
    pub(super) fn push_said(&mut self, cells: [&str; 3], status: &StatusView, source: &dyn std::fmt::Display) {
        self.open(cells);
        self.out.push_str(&status_cell(status));
        self.close(source);
    }

    pub(super) fn finish(self) -> Html {
        Html(self.out)
    }

    fn open(&mut self, cells: [&str; 3]) {
        self.out.push_str("<tr>");
        for cell in cells {
            self.out.push_str("<td>");
            escape(&mut self.out, cell);
            self.out.push_str("</td>");
        }
    }

    fn close(&mut self, source: &dyn std::fmt::Display) {
        self.out.push_str("<td><code>");
        let from = self.out.len();
        let _ = std::fmt::write(&mut self.out, format_args!("{source}"));
        if self.out[from..].contains(SPECIAL) {
            let raw = self.out.split_off(from);
            escape(&mut self.out, &raw);
        }
        self.out.push_str("</code></td></tr>");
    }
}

fn status_cell(status: &StatusView) -> String {
    let mut cell = String::with_capacity(192);
    for part in ["<td><span class=\"st ", status.class, "\">", status.glyph_svg.as_str()] {
        cell.push_str(part);
    }
    escape(&mut cell, &status.word);
    cell.push_str("</span></td>");
    cell
}

/// What cannot stand in a text or an attribute as it is.
const SPECIAL: [char; 5] = ['&', '<', '>', '"', '\''];

fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(SPECIAL) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use crate::{charts::Mark, model::Calendar, words::Words};

    use super::Rows;

    #[test]
    fn what_an_author_wrote_stays_text_in_a_row() {
        let words = Words::load("en", Calendar::default()).expect("English");
        let mut rows = Rows::new(&words, 1);
        rows.push(["<b>Ẩn & hiện</b>", "'1'", "\"2\""], Mark::OnTrack, &"a<b>.md:3");
        let html = rows.finish();
        assert!(html.as_str().starts_with("<tr><td>&lt;b&gt;Ẩn &amp; hiện&lt;/b&gt;</td><td>&#39;1&#39;</td><td>&quot;2&quot;</td><td>"));
        assert!(html.as_str().ends_with("On track</span></td><td><code>a&lt;b&gt;.md:3</code></td></tr>"), "{}", html.as_str());
    }
}
