//! The first words of a text, as text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The first paragraph without markup, cut at a word's end.
pub(super) fn excerpt(markdown: &str, most: usize) -> String {
    let mut text = String::new();
    let mut inside = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Paragraph | Tag::Item) => inside = true,
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::List(_)) if !text.trim().is_empty() => break,
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) if inside => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak if inside => text.push(' '),
            _ => {}
        }
    }
    cut(text.trim(), most)
}

/// At most so many characters, ending with a whole word and `…`.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let whole = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..whole].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// With a capital letter in front, as the head of a sentence has it.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_in_plain_words() {
        assert_eq!(excerpt("# Head\n\nHai **xe** nghỉ [ở đây](x.md).\n\nSau.", 100), "Hai xe nghỉ ở đây.");
        assert_eq!(excerpt("- một\n- hai", 100), "một");
        assert_eq!(excerpt("Một hai ba bốn", 8), "Một hai…");
        assert_eq!(excerpt("", 8), "");
    }
}
