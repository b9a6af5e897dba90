//! Prose that is nested without end.
//!
//! A Markdown parser looks at every open quote and list on each line, so that fifty thousand of them on one line and
//! as many lines behind it take hours. How deep a text can be nested at most is seen from the front of its lines.

/// The most quotes and lists inside each other.
const MOST_LEVELS: usize = 64;

/// The first line, from 0, that opens more quotes and lists than anybody means.
pub(super) fn too_deep(markdown: &str) -> Option<usize> {
    markdown.lines().position(|line| line.len() > MOST_LEVELS && levels(line) > MOST_LEVELS)
}

/// The text as one block of code: it shows as it is written, its lines stay where they are.
pub(super) fn as_code(markdown: &str) -> String {
    markdown.split_inclusive('\n').flat_map(|line| ["    ", line]).collect()
}

/// At most so many levels does a line open: each quote and each list has its mark here, or two columns of indentation
/// below the mark of an earlier line.
fn levels(line: &str) -> usize {
    let bytes = line.as_bytes();
    let (mut at, mut columns, mut levels, mut most) = (0, 0usize, 0usize, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4,
            _ => {
                let Some(length) = mark(&bytes[at..]) else { break };
                levels += columns / 2 + 1;
                most = levels;
                // One column, or what a tab leaves of four, belongs to the mark.
                columns = 0;
                at += length + usize::from(bytes.get(at + length) == Some(&b' '));
                continue;
            }
        }
        at += 1;
    }
    most
}

/// The bytes of a quote's or a list's mark.
fn mark(bytes: &[u8]) -> Option<usize> {
    let ends = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\t'));
    match bytes.first()? {
        b'>' => Some(1),
        b'-' | b'+' | b'*' => ends(1).then_some(1),
        _ => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0 && matches!(bytes.get(digits), Some(b'.' | b')')) && ends(digits + 1)).then_some(digits + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_counted_at_the_front_of_a_line() {
        for (line, want) in [
            ("a > b - c", 0),
            ("> > a", 2),
            (">>> a", 3),
            ("- - a", 2),
            ("1. 2) - a", 3),
            ("    - a", 3),
            (">   - a", 3),
            ("-a", 0),
            ("---", 0),
            ("12345678901. a", 0),
            ("    code", 0),
            ("", 0),
        ] {
            assert_eq!(levels(line), want, "{line}");
        }
    }

    #[test]
    fn what_nobody_means_is_found_and_shown_as_it_is() {
        assert_eq!(too_deep(&format!("a\n{}b", "> ".repeat(64))), None);
        assert_eq!(too_deep(&format!("a\n{}b", "> ".repeat(65))), Some(1));
        assert_eq!(too_deep(&format!("{}- b", "  ".repeat(65))), Some(0));
        assert_eq!(too_deep(&format!("{}b", " ".repeat(500))), None);
        assert_eq!(as_code("> a\n\nb"), "    > a\n    \n    b");
    }
}
