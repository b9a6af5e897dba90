//! Mending a file where there is exactly one right answer. Every other byte stays as it was.

use super::Finding;

/// What to write instead of what stands at a finding's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// As it stands there, inside its quotes if it has some.
    pub old: String,
    /// What is right.
    pub new: String,
}

/// A line that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// From 1.
    pub line: u32,
    /// Without its end.
    pub old: String,
    /// Without its end.
    pub new: String,
}

/// The file with what `findings` of it say, and the lines that changed. Of two that overlap the first is carried out; a
/// file that is not UTF-8 stays as it is.
pub fn mend(bytes: &[u8], findings: &[&Finding]) -> (Vec<u8>, Vec<Mended>) {
    let Ok(text) = std::str::from_utf8(bytes) else { return (bytes.to_vec(), Vec::new()) };
    let lines = lines(text);
    let mut edits: Vec<(usize, usize, &str, u32)> = Vec::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let line = usize::try_from(finding.place.line).unwrap_or(1).saturating_sub(1);
        let Some(range) = lines.get(line) else { continue };
        let shown = &text[range.clone()];
        let column = usize::try_from(finding.place.column).unwrap_or(1).saturating_sub(1);
        let Some(at) = shown.char_indices().map(|(at, _)| at).nth(column) else { continue };
        let inside = at + usize::from(!shown[at..].starts_with(&fix.old) && shown[at..].starts_with(['"', '\'']));
        if shown[inside..].starts_with(&fix.old) {
            let from = range.start + inside;
            edits.push((from, from + fix.old.len(), &fix.new, finding.place.line));
        }
    }
    edits.sort_by_key(|(from, to, _, _)| (*from, *to));
    let mut mended = String::with_capacity(text.len() + 16);
    let mut changed: Vec<u32> = Vec::new();
    let mut done = 0;
    for (from, to, new, line) in edits {
        if from < done {
            continue;
        }
        mended.push_str(&text[done..from]);
        mended.push_str(new);
        done = to;
        changed.push(line);
    }
    mended.push_str(&text[done..]);
    changed.dedup();
    let (before, after) = (lines, self::lines(&mended));
    let at = |line: u32| usize::try_from(line).unwrap_or(1) - 1;
    let changed = changed
        .into_iter()
        .map(|line| Mended { line, old: text[before[at(line)].clone()].to_owned(), new: mended[after[at(line)].clone()].to_owned() })
        .collect();
    (mended.into_bytes(), changed)
}

/// The lines as findings count them: a byte order mark is not part of the first, any of the three line ends ends one.
fn lines(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut all = Vec::new();
    let mut from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if matches!(bytes[at], b'\n' | b'\r') {
            all.push(from..at);
            at += usize::from(bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n'));
            from = at + 1;
        }
        at += 1;
    }
    all.push(from..bytes.len());
    all
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Finding, Place};

    use super::mend;

    fn finding(line: u32, column: u32, old: &str, new: &str) -> Finding {
        Finding::new(Code::BadDate, Place { file: "a.md".into(), line, column }).mended_by(old, new)
    }

    #[test]
    fn every_other_byte_stays_as_it_was() {
        let text = "\u{feff}---\r\ndate: 30/9/2026   # ngày\r\ntitle: \"x\"\rdue: '1/2/2026'\n---\r\n\tTiếp  \n";
        let found = [finding(2, 7, "30/9/2026", "2026-09-30"), finding(4, 6, "1/2/2026", "2026-02-01"), finding(3, 8, "y", "z")];
        let (bytes, lines) = mend(text.as_bytes(), &found.iter().collect::<Vec<_>>());
        let want = "\u{feff}---\r\ndate: 2026-09-30   # ngày\r\ntitle: \"x\"\rdue: '2026-02-01'\n---\r\n\tTiếp  \n";
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), want);
        let shown: Vec<(u32, &str)> = lines.iter().map(|it| (it.line, it.new.as_str())).collect();
        assert_eq!(shown, [(2, "date: 2026-09-30   # ngày"), (4, "due: '2026-02-01'")]);
    }

    #[test]
    fn what_overlaps_or_does_not_stand_there_is_left() {
        let found = [finding(1, 1, "abc", "x"), finding(1, 2, "bc", "y"), finding(9, 1, "a", "b"), finding(1, 99, "a", "b")];
        let (bytes, lines) = mend(b"abcd", &found.iter().collect::<Vec<_>>());
        assert_eq!((bytes.as_slice(), lines.len()), (b"xd".as_slice(), 1));
        assert_eq!(mend(b"\xff", &found.iter().collect::<Vec<_>>()).0, b"\xff");
    }
}
