//! HTML that skips escaping: whoever makes it escapes what goes in.
//!
//! One maker is the writer of an author's prose. The others make what a page has most of – charts with the figures
//! behind them ([`Rows`]), the entries of a log, the key results of a table –, because a template that loops over each costs more
//! than all the rest. They write by [`Writer`], which takes markup from the program alone.

use serde::Serialize;

use crate::{
    charts::{Mark, Svg},
    model::{Date, Source},
    words::Words,
};

use super::{figure::Figure, status::StatusView};

/// Safe HTML, which with [`Svg`](crate::charts::Svg) alone skips escaping in templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    /// What a writer made that escapes by itself.
    pub(super) fn of_writer(html: String) -> Self {
        Self(html)
    }

    /// A style sheet of ours inside a page: nothing in it ends the element that it stands in.
    pub fn of_style(css: &str) -> Self {
        Self(css.replace('<', "\\3c "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Elements as they are written, one behind the other.
pub(super) struct Writer(String);

impl Writer {
    /// With room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup: what stands in the program, never what anybody wrote.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// A text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.0, text);
    }

    /// The line that says so.
    pub(super) fn source(&mut self, source: &Source) {
        self.text(&source.path);
        self.raw(":");
        self.number(source.line);
    }

    /// A day for machines; a date is digits and dashes, whatever it is.
    pub(super) fn date(&mut self, date: Date) {
        let _ = std::fmt::Write::write_fmt(&mut self.0, format_args!("{date}"));
    }

    fn number(&mut self, number: u32) {
        let mut digits = [0; 10];
        let mut at = digits.len();
        let mut rest = number;
        while rest > 0 || at == digits.len() {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.0.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    }

    pub(super) fn svg(&mut self, svg: &Svg) {
        self.0.push_str(svg.as_str());
    }

    pub(super) fn html(&mut self, html: &Html) {
        self.0.push_str(&html.0);
    }

    /// A status: its shape and its word.
    pub(super) fn status(&mut self, status: &StatusView) {
        self.raw("<span class=\"st ");
        self.raw(status.class);
        self.raw("\">");
        self.svg(&status.glyph_svg);
        self.text(&status.word);
        self.raw("</span>");
    }

    /// A figure, with where it comes from to be looked up.
    pub(super) fn figure(&mut self, figure: &Figure) {
        if figure.source.is_empty() && figure.formula.is_empty() {
            return self.text(&figure.text);
        }
        self.raw("<span class=\"tr\" tabindex=\"0\">");
        self.text(&figure.text);
        self.raw("<span class=\"tip\" role=\"note\">");
        if !figure.formula.is_empty() {
            self.raw("<span>");
            self.text(&figure.formula);
            self.raw("</span>");
        }
        if !figure.source.is_empty() {
            self.raw("<code>");
            self.text(&figure.source);
            self.raw("</code>");
        }
        self.raw("</span></span>");
    }

    /// What stands small below a text, if there is anything.
    pub(super) fn own(&mut self, text: &str) {
        if !text.is_empty() {
            self.raw("<span class=\"own\">");
            self.text(text);
            self.raw("</span>");
        }
    }

    /// The attribute of a text in another language than the page's.
    pub(super) fn language(&mut self, language: Option<&str>) {
        if let Some(language) = language {
            self.raw(" lang=\"");
            self.text(language);
            self.raw("\"");
        }
    }

    pub(super) fn finish(self) -> Html {
        Html(self.0)
    }
}

/// `<tr>`s of a table of figures: three cells, how it stood, and the line that says so.
pub(super) struct Rows<'a> {
    words: &'a Words,
    out: Writer,
    /// The statuses that were shown already.
    marks: Vec<(Mark, Html)>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(words: &'a Words, count: usize) -> Self {
        Self { words, out: Writer::with_capacity(count * 384), marks: Vec::new() }
    }

    /// A row that stood at `mark`.
    pub(super) fn push(&mut self, cells: [&str; 3], mark: Mark, source: &Source) {
        self.open(cells);
        match self.marks.iter().find(|(known, _)| *known == mark) {
            Some((_, status)) => self.out.html(status),
            None => {
                let mut status = Writer::with_capacity(192);
                status.status(&StatusView::new(mark, self.words));
                let status = status.finish();
                self.out.html(&status);
                self.marks.push((mark, status));
            }
        }
        self.close(source);
    }

    /// A row whose status has a word of its own.
    pub(super) fn push_said(&mut self, cells: [&str; 3], status: &StatusView, source: &Source) {
        self.open(cells);
        self.out.status(status);
        self.close(source);
    }

    pub(super) fn finish(self) -> Html {
        self.out.finish()
    }

    fn open(&mut self, cells: [&str; 3]) {
        self.out.raw("<tr>");
        for cell in cells {
            self.out.raw("<td>");
            self.out.text(cell);
            self.out.raw("</td>");
        }
        self.out.raw("<td>");
    }

    fn close(&mut self, source: &Source) {
        self.out.raw("</td><td><code>");
        self.out.source(source);
        self.out.raw("</code></td></tr>");
    }
}

/// What cannot stand in a text or an attribute as it is; each is one byte, so that no letter needs to be read.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

fn escape(out: &mut String, text: &str) {
    // Most texts have none, which is seen without a stop at each byte.
    if !text.bytes().fold(false, |found, byte| found | is_special(byte)) {
        return out.push_str(text);
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_special) {
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
    use crate::{
        charts::Mark,
        model::{Calendar, Source},
        words::Words,
    };

    use super::Rows;

    #[test]
    fn what_an_author_wrote_stays_text_in_a_row() {
        let words = Words::load("en", Calendar::default()).expect("English");
        let mut rows = Rows::new(&words, 1);
        rows.push(["<b>Ẩn & hiện</b>", "'1'", "\"2\""], Mark::OnTrack, &Source { path: "a<b>.md".into(), line: 3 });
        let html = rows.finish();
        assert!(html.as_str().starts_with("<tr><td>&lt;b&gt;Ẩn &amp; hiện&lt;/b&gt;</td><td>&#39;1&#39;</td><td>&quot;2&quot;</td><td>"));
        assert!(html.as_str().ends_with("On track</span></td><td><code>a&lt;b&gt;.md:3</code></td></tr>"), "{}", html.as_str());
    }
}
