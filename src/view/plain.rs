//! An author's Markdown as plain text, for a reader whose mail shows nothing else: paragraphs, lists and tables stand a line
//! each, a link's address behind its words.

use pulldown_cmark::{Event, Tag, TagEnd};

/// The text of events that are rewritten for their reader.
pub(super) fn plain<'e>(events: impl IntoIterator<Item = Event<'e>>) -> String {
    let mut plain = Plain::default();
    events.into_iter().for_each(|event| plain.take(event));
    let lines: Vec<&str> = plain.out.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

#[derive(Default)]
struct Plain {
    out: String,
    /// The next number of each list around; none of one without numbers.
    lists: Vec<Option<u64>>,
    /// Where links around lead, and where their words begin.
    links: Vec<(String, usize)>,
    /// Names of footnotes, in the order in which they are first met.
    notes: Vec<String>,
    /// Cells of the row so far.
    cells: usize,
}

impl Plain {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(words) | Event::Code(words) => self.out.push_str(&words),
            Event::SoftBreak | Event::HardBreak => self.break_line(),
            Event::Rule => self.out.push_str("---\n\n"),
            Event::TaskListMarker(done) => self.out.push_str(if done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                self.out.push_str(&format!("[{number}]"));
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            // HTML became text, and signs of mathematics are not read.
            Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(number) => {
                if !self.lists.is_empty() {
                    self.end_line();
                }
                self.lists.push(number);
            }
            Tag::Item => self.item(),
            Tag::Link { dest_url, .. } => self.links.push((dest_url.to_string(), self.out.len())),
            Tag::TableCell => {
                if self.cells > 0 {
                    self.out.push_str(" | ");
                }
                self.cells += 1;
            }
            Tag::FootnoteDefinition(name) => {
                let number = self.note(&name);
                self.out.push_str(&format!("[{number}] "));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if !self.lists.is_empty() => self.end_line(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => self.end_block(),
            TagEnd::Item => self.end_line(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end_block();
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.cells = 0;
                self.end_line();
            }
            TagEnd::Link => {
                if let Some((href, from)) = self.links.pop()
                    && !href.starts_with('#')
                    && !href.strip_prefix("mailto:").unwrap_or(&href).eq(&self.out[from..])
                {
                    self.out.push_str(&format!(" ({href})"));
                }
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.out.push_str(&"  ".repeat(self.lists.len().saturating_sub(1)));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.out.push_str(&format!("{number}. "));
                *number += 1;
            }
            Some(None) | None => self.out.push_str("- "),
        }
    }

    /// A new line of the same paragraph, below its item.
    fn break_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&"  ".repeat(self.lists.len()));
    }

    fn end_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn note(&mut self, name: &str) -> usize {
        let at = self.notes.iter().position(|it| it == name).unwrap_or_else(|| {
            self.notes.push(name.to_owned());
            self.notes.len() - 1
        });
        at + 1
    }
}
