//! YAML as nearly everybody writes it, read in one go.
//!
//! A front matter is mostly lines of `key: value`, lists in brackets, maps in braces, and lists of those. Such a text
//! has one meaning, and it is found here in a tenth of the time that the whole of YAML takes. Whatever else stands in a
//! text – comments, blocks, escapes, a mistake – makes this reader give up: then the parser reads it from the start, and
//! says what is wrong with it. A test holds the two against each other.

use std::borrow::Cow;

use super::yaml::{At, Key, Node, Value, place};

/// Longer texts are not the usual ones, and no shorter one comes near the limits on nodes.
const MOST_BYTES: usize = 16 * 1024;

/// YAML knows a key only so far before its colon.
const MOST_BYTES_OF_A_LINE: usize = 1000;

const MOST_LEVELS: usize = 8;

/// The tree of a text, the first line of which is line `first_line` of its file. `None`: read it as YAML.
pub(super) fn read(text: &str, first_line: u32) -> Option<Node<'_>> {
    if text.len() > MOST_BYTES || text.bytes().any(is_unusual) || text.contains(['\u{2028}', '\u{2029}']) {
        return None;
    }
    let mut pairs: Vec<(Key<'_>, Node<'_>)> = Vec::with_capacity(8);
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty()).peekable();
    while let Some((number, line)) = lines.next() {
        let mut line = Line::new(line, place(first_line, number, 0))?;
        let key = line.key()?;
        let node = if line.rest.is_empty() {
            let mut items = Vec::new();
            let mut at = None;
            while let Some((number, item)) = lines.next_if(|(_, line)| line.starts_with("  - ")) {
                let mut item = Line::new(item, place(first_line, number, 0))?;
                item.skip(2);
                at.get_or_insert(item.at);
                item.skip(2);
                items.push(item.whole_value()?);
            }
            Node { value: Value::List(items), at: at? }
        } else {
            line.space()?;
            line.whole_value()?
        };
        pairs.push((key, node));
    }
    let at = pairs.first()?.0.at;
    Some(Node { value: Value::Map(pairs), at })
}

/// What no usual text has: control characters, and the bytes with which their like beyond ASCII begin.
fn is_unusual(byte: u8) -> bool {
    byte < b' ' && byte != b'\n' || matches!(byte, 0x7f | 0xc2 | 0xef)
}

/// What is still to be read of a line, and where that begins.
struct Line<'a> {
    rest: &'a str,
    at: At,
}

impl<'a> Line<'a> {
    fn new(line: &'a str, at: At) -> Option<Self> {
        (line.len() <= MOST_BYTES_OF_A_LINE).then_some(Self { rest: line, at })
    }

    fn starts_with(&self, byte: u8) -> bool {
        self.rest.as_bytes().first() == Some(&byte)
    }

    /// Goes on by so many bytes.
    fn skip(&mut self, bytes: usize) -> &'a str {
        let (passed, rest) = self.rest.split_at(bytes);
        // Every byte that is not inside a letter begins one.
        let letters = passed.bytes().filter(|byte| byte & 0xc0 != 0x80).count();
        self.at.column += u32::try_from(letters).unwrap_or(u32::MAX);
        self.rest = rest;
        passed
    }

    /// Goes on if this stands here.
    fn mark(&mut self, mark: u8) -> Option<()> {
        self.starts_with(mark).then(|| {
            self.skip(1);
        })
    }

    /// One space, and nothing that would be a second.
    fn space(&mut self) -> Option<()> {
        self.mark(b' ')?;
        (!self.starts_with(b' ')).then_some(())
    }

    /// A bare key and its colon.
    fn key(&mut self) -> Option<Key<'a>> {
        let at = self.at;
        let length = self.rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let text = self.skip(length);
        self.mark(b':')?;
        (length > 0).then_some(Key { text: Cow::Borrowed(text), at })
    }

    /// What stands from here to the end of the line.
    fn whole_value(&mut self) -> Option<Node<'a>> {
        if self.rest.starts_with(['"', '{', '[']) {
            let node = self.value(0)?;
            return self.rest.is_empty().then_some(node);
        }
        let at = self.at;
        let text = self.rest;
        let ends = text.ends_with([':', ' ']) || text.contains(": ") || text.contains(" #");
        (begins_bare(text) && !ends).then_some(Node { value: Value::Plain(Cow::Borrowed(text)), at })
    }

    /// A value in quotes, brackets or braces, or a bare one inside those.
    fn value(&mut self, level: usize) -> Option<Node<'a>> {
        let at = self.at;
        let value = match self.rest.as_bytes().first()? {
            b'"' => {
                self.mark(b'"')?;
                let text = self.skip(self.rest.find(['"', '\\'])?);
                self.mark(b'"')?;
                Value::Quoted(Cow::Borrowed(text))
            }
            b'[' => Value::List(self.items(b'[', b']', level, |line| line.value(level + 1))?),
            b'{' => Value::Map(self.items(b'{', b'}', level, |line| {
                let key = line.key()?;
                line.space()?;
                Some((key, line.value(level + 1)?))
            })?),
            _ => {
                let is_bare =
                    |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b' ' | b'.' | b'-' | b'_' | b'%' | b'/');
                let length = self.rest.bytes().take_while(|byte| is_bare(*byte)).count();
                let text = self.skip(length);
                if !begins_bare(text) || text.ends_with(' ') {
                    return None;
                }
                Value::Plain(Cow::Borrowed(text))
            }
        };
        Some(Node { value, at })
    }

    /// What stands between two marks, with `, ` between each and the next.
    fn items<T>(&mut self, open: u8, close: u8, level: usize, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if level == MOST_LEVELS {
            return None;
        }
        self.mark(open)?;
        let mut items = Vec::with_capacity(4);
        loop {
            items.push(item(self)?);
            if self.mark(close).is_some() {
                return Some(items);
            }
            self.mark(b',')?;
            self.space()?;
        }
    }
}

/// Whether a bare text may begin so: with a letter, a digit, or a minus before one.
fn begins_bare(text: &str) -> bool {
    let begins = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    match text.as_bytes() {
        [b'-', digit, ..] => digit.is_ascii_digit(),
        [first, ..] => begins(*first),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::yaml, *};

    /// The parser's tree of a text that is read here, too.
    fn both(text: &str) -> Option<()> {
        let usual = read(text, 2)?;
        assert_eq!(yaml::parse_whole(text, 2), Ok(Some(usual)), "{text:?}");
        Some(())
    }

    #[test]
    fn the_usual_texts_are_read() {
        for text in [
            "date: 2026-03-01\nobjective: \"o-1\"\nvalues: {kr1: 104.4, kr2: -5, kr3: [1, \"x: y\"]}\n",
            "title: Giao đúng hẹn, 10:30 (#1)\n\nowner: Đỗ Minh Khoa\n",
            "key_results:\n  - {id: \"kr1\", title: \"Số khách – mới\", target: 1.5%, unit: giờ làm}\n  - {id: kr2}\n  - một\nperiod: 2026-Q1",
            "between: [1, 2]\na: [[1], [2, {b: c}]]",
        ] {
            assert_eq!(both(text), Some(()), "{text}");
        }
    }

    #[test]
    fn whatever_is_not_usual_is_left_to_the_parser() {
        for text in [
            "",
            "\n",
            "a",
            "a:",
            "a:b",
            "a:  b",
            "a: b ",
            "a: b #c",
            "a: b: c",
            "a: >\n  b",
            "a: |\n  b",
            "a: 'b'",
            "a: \"b\\n\"",
            "a: \"b\" #c",
            "a: b\n  c",
            "a: b\nc",
            "a:\n- b",
            "a:\n   - b",
            "a:\n  - b: c",
            "a: {}",
            "a: []",
            "a: [b,c]",
            "a: [b, ]",
            "a: {b: c, d}",
            "a: {b c}",
            "a: {\"b\": c}",
            "a: &b c",
            "a: *b",
            "a: !b c",
            "a: @b",
            "a: ?b",
            "a: -",
            "a: - b",
            "a: [b",
            "a: \"b",
            " a: b",
            "? a",
            "---\na: b",
            "a: b\n---\nc: d",
            "a:\tb",
            "a: b\u{85}c",
            "a: b\u{2028}c",
            "\u{feff}a: b",
            "# a\na: b",
            "a: b\n...",
            "%a: b",
            "a: <<",
            "<<: a",
        ] {
            assert_eq!(read(text, 2), None, "{text:?}");
        }
    }

    fn value() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[a-z0-9Đệ][a-z0-9 .:,#'%/–-]{0,8}",
            "-?[0-9]{1,3}[.,]?[0-9]{0,2}%?",
            "\"[a-z0-9 :#,{}Đệ…'\\[\\]-]{0,8}\"",
            Just(String::new())
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(|all| format!("[{}]", all.join(", "))),
                prop::collection::vec(("[a-z]{1,3}", inner), 0..4).prop_map(|all| format!(
                    "{{{}}}",
                    all.iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
                )),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_read_here_is_what_the_parser_reads(
            lines in prop::collection::vec((prop_oneof![4 => Just("key: "), 1 => Just("key:\n  - "), 1 => Just("  - "), 1 => Just("\n")], value()), 0..6)
        ) {
            let text: String = lines.into_iter().map(|(front, value)| format!("{front}{value}\n")).collect();
            both(&text);
        }

        #[test]
        fn so_it_is_with_any_text(text in "([a-c]{0,2}[:,\\-] ?|[ab\n \"{}\\[\\]'>|&*!%@`#-]){0,24}") {
            both(&text);
        }
    }
}
