//! What the numbers of a column prove about their decimal mark.

/// The decimal mark of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarksFound {
    /// Some cell reads in one way only, and none contradicts it: `,` or `.`.
    Known(char),
    /// No cell proves anything.
    Open,
    /// One cell proves the comma and another the point: which of the texts, counted from 0, did so first.
    Contradicting {
        /// Where the decimal mark can only be a comma.
        comma: usize,
        /// Where it can only be a point.
        point: usize,
    },
}

/// What a column's cells prove about the decimal mark. `1.234` and `1,234` prove nothing, nor does a cell without a number.
pub fn marks_of<'a>(texts: impl Iterator<Item = &'a str>) -> MarksFound {
    let (mut comma, mut point) = (None, None);
    for (at, text) in texts.enumerate() {
        match proven(text) {
            Some(',') => _ = comma.get_or_insert(at),
            Some(_) => _ = point.get_or_insert(at),
            None => {}
        }
    }
    match (comma, point) {
        (Some(comma), Some(point)) => MarksFound::Contradicting { comma, point },
        (Some(_), None) => MarksFound::Known(','),
        (None, Some(_)) => MarksFound::Known('.'),
        (None, None) => MarksFound::Open,
    }
}

/// The decimal mark that one text proves.
fn proven(text: &str) -> Option<char> {
    let core = core(text)?;
    let mark = |c: char| matches!(c, '.' | ',');
    let last = core.rfind(mark)?;
    let (before, after) = (&core[..last], &core[last + 1..]);
    let decimal = if core[last..].starts_with(',') { ',' } else { '.' };
    let other = if decimal == ',' { '.' } else { ',' };
    if !before.contains(mark) {
        let ambiguous = can_group(before, after);
        return (!ambiguous && !after.is_empty() && is_whole(before, None)).then_some(decimal);
    }
    // Marks of one kind group; a last one of the other kind is the decimal mark.
    if before.contains(decimal) {
        let groups = !before.contains(other) && after.len() == 3 && is_whole(before, Some(decimal));
        return groups.then_some(other);
    }
    (!after.is_empty() && is_whole(before, Some(other))).then_some(decimal)
}

/// One to three digits, the first not 0, before exactly three: a mark between them may group.
fn can_group(before: &str, after: &str) -> bool {
    (1..=3).contains(&before.len()) && !before.starts_with('0') && after.len() == 3
}

/// Digits alone, or in groups of three by spaces or by `mark`.
fn is_whole(text: &str, mark: Option<char>) -> bool {
    let is_group = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '_') || Some(c) == mark;
    let mut groups = text.split(is_group);
    let first = groups.next().unwrap_or_default();
    let mut grouped = false;
    let rest = groups.all(|group| {
        grouped = true;
        group.len() == 3
    });
    rest && (!grouped || ((1..=3).contains(&first.len()) && !first.starts_with('0')))
}

/// The digits and marks of the number in a text; `None` when a word stands before it.
fn core(text: &str) -> Option<&str> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let front = &text[..digit];
    // `.7` begins with its mark.
    let start = if front.ends_with(['.', ',']) { digit - 1 } else { digit };
    let front = &text[..start];
    // A currency's code, but no word.
    if front.contains(['.', ',']) || front.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        return None;
    }
    let rest = &text[start..];
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let spaced = matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '_') && rest[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if !(c.is_ascii_digit() || matches!(c, '.' | ',') || spaced) {
            break;
        }
        end = at + c.len_utf8();
    }
    // A full stop or comma behind the number belongs to the sentence.
    Some(rest[..end].trim_end_matches(['.', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_proves_what_it_can() {
        for (text, want) in [
            ("1.234,5", Some(',')),
            ("1,234.5", Some('.')),
            ("0,5", Some(',')),
            ("12,75", Some(',')),
            ("1234,567", Some(',')),
            ("0.125", Some('.')),
            ("76.5", Some('.')),
            ("1234.567", Some('.')),
            ("1.234.567", Some(',')),
            ("1,234,567", Some('.')),
            ("1.234.567,891", Some(',')),
            ("1,234,567.891", Some('.')),
            (".7", Some('.')),
            (",7", Some(',')),
            ("0,123", Some(',')),
            ("1 234,567", Some(',')),
            ("1\u{a0}234.5", Some('.')),
            ("12,5 triệu", Some(',')),
            ("76.5%", Some('.')),
            ("−3,5", Some(',')),
            ("₫1.500.000", Some(',')),
            ("VND 1,500,000", Some('.')),
            ("1.234.567 ₫", Some(',')),
            ("1.234", None),
            ("1,234", None),
            ("999.999", None),
            ("1.234 ₫", None),
            ("12", None),
            ("5.", None),
            ("", None),
            ("TBD", None),
            ("-", None),
            ("31.12.2026", None),
            ("31/12/2026", None),
            ("2026-01", None),
            ("1.23.4", None),
            ("1.2345,6", None),
            ("0.123,4", None),
            ("phiên bản 2.5", None),
            ("12:30", None),
        ] {
            assert_eq!(proven(text), want, "{text}");
        }
    }

    #[test]
    fn a_column_is_known_open_or_contradicts_itself() {
        let of = |texts: &[&str]| marks_of(texts.iter().copied());
        assert_eq!(of(&["1.234", "0,5", "TBD"]), MarksFound::Known(','));
        assert_eq!(of(&["1,234", "0.5"]), MarksFound::Known('.'));
        assert_eq!(of(&["1.234", "1,234"]), MarksFound::Open);
        assert_eq!(of(&[]), MarksFound::Open);
        assert_eq!(of(&["7", "1.5", "2,5", "3,5"]), MarksFound::Contradicting { comma: 2, point: 1 });
    }

    proptest::proptest! {
        #[test]
        fn no_text_crashes_it(texts in proptest::collection::vec("\\PC{0,12}|[0-9., _%-]{0,12}", 0..6)) {
            marks_of(texts.iter().map(String::as_str));
        }
    }
}
