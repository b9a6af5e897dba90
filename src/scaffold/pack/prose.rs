//! A page's text as it may go on: its words and their order, without anything that leads elsewhere or is not shown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text as Markdown, without pictures, raw HTML and the addresses of links; none where it cannot be written so.
pub(super) fn plain(markdown: &str) -> Option<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut in_picture = 0_usize;
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Start(Tag::Image { .. }) => {
            in_picture += 1;
            None
        }
        Event::End(TagEnd::Image) => {
            in_picture = in_picture.saturating_sub(1);
            None
        }
        _ if in_picture > 0 => None,
        Event::Start(Tag::Link { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_))
        | Event::End(TagEnd::Link | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_))
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_) => None,
        // A footnote's name is the author's word, and nobody reads it.
        Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) | Event::End(TagEnd::FootnoteDefinition) => None,
        // What a block of code is in, or a heading is called, is not shown either.
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced("".into())))),
        Event::Start(Tag::Heading { level, .. }) => {
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        // Emphasis inside a word would cut a name in two.
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => None,
        other => Some(other),
    });
    let mut text = String::new();
    pulldown_cmark_to_cmark::cmark(events, &mut text, options).ok().map(|_| text)
}

/// A title as the heading of a file: one line.
pub(super) fn heading(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}
