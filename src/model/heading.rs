//! What stands in an author's prose: its first heading, its links.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A heading in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words, without markup.
    pub title: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The first `#` heading that opens a text, before any prose.
pub fn first_heading(markdown: &str) -> Option<Heading> {
    let opening = markdown.trim_start();
    let line = opening.lines().next()?;
    let underlined = opening.lines().nth(1).is_some_and(|next| !next.is_empty() && next.trim_end().bytes().all(|byte| byte == b'='));
    if !(line.starts_with("# ") || line.starts_with("#\t") || underlined) {
        return None;
    }
    let mut title = String::new();
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => title.clear(),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                let title = title.trim().to_owned();
                return (!title.is_empty()).then_some(Heading { title, range });
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => title.push_str(&text),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            _ => {}
        }
    }
    None
}

/// The destinations of a text's links and pictures, with the bytes where each begins.
pub fn links(markdown: &str) -> Vec<(String, usize)> {
    if !markdown.contains('[') {
        return Vec::new();
    }
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some((dest_url.into_string(), range.start)),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_heading_is_the_title() {
        for (text, want) in [
            ("# Một\n\nHai", Some("Một")),
            ("\n# *Một* `x` #\n", Some("Một x")),
            ("Một\n===\n", Some("Một")),
            ("## Hai\n", None),
            ("Prose\n\n# Later\n", None),
            ("#\n", None),
            ("", None),
        ] {
            assert_eq!(first_heading(text).map(|heading| heading.title).as_deref(), want, "{text:?}");
        }
    }
}
