//! A line of an author's file as it is quoted beside a finding.

/// A line as a person can see it: what is hidden or moves the cursor becomes a mark, a very long one is cut.
pub fn visible(line: &str) -> String {
    line.chars()
        .take(400)
        .map(|c| match c {
            '\t' => ' ',
            c if is_hidden(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// What takes no room, moves the cursor or turns the order of letters: a reader must be told of it to see it.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The bytes from a column to the end of the value that begins there.
pub fn quoted_span(line: &str, column: u32) -> std::ops::Range<usize> {
    let column = usize::try_from(column).unwrap_or(1).max(1) - 1;
    let start = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let rest = &line[start..];
    let quoted = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let length = match quoted {
        Some(mark) => rest[1..].find(mark).map_or(rest.len(), |at| at + 2),
        None => value_end(rest),
    };
    let end = start + rest[..length].trim_end().len();
    start..end.max(start)
}

/// The same of a table's line: to the end of the cell that begins there.
pub fn cell_span(line: &str, column: u32) -> std::ops::Range<usize> {
    let at = usize::try_from(column).unwrap_or(1).max(1) - 1;
    let start = line.char_indices().nth(at).map_or(line.len(), |(at, _)| at);
    let rest = &line[start..];
    // A semicolon or a tab anywhere parts the columns; then a comma may stand inside a number.
    let separator = [';', '\t'].into_iter().find(|mark| line.contains(*mark)).unwrap_or(',');
    let end = start + rest.find([separator, '"']).unwrap_or(rest.len());
    start..end.max(start)
}

/// Where a bare value ends: before `: `, `, `, a closing bracket or a comment.
fn value_end(rest: &str) -> usize {
    let ends = |at: usize| rest[at + 1..].chars().next().is_none_or(|next| next == ' ' || next == '}' || next == ']');
    rest.char_indices()
        .find(|(at, c)| match c {
            ':' | ',' => ends(*at),
            '}' | ']' => true,
            '#' => rest[..*at].ends_with(' '),
            _ => false,
        })
        .map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::quoted_span;

    #[test]
    fn the_caret_covers_the_value_that_is_meant() {
        for (line, column, want) in [
            ("target: 12:30", 9, "12:30"),
            ("  - {title: Một, due: 30/9/2026}", 23, "30/9/2026"),
            ("values: {kr1: 76,5, kr9: 1}", 15, "76,5"),
            ("owner: lan # wer", 8, "lan"),
            ("title: \"a, b\" # x", 8, "\"a, b\""),
            ("perriod: 2026-Q3", 1, "perriod"),
            ("x", 9, ""),
        ] {
            assert_eq!(&line[quoted_span(line, column)], want, "{line}");
        }
    }
}
