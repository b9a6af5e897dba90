//! Where a text has room: its width on paper, and the search for a place where it covers no other.
//!
//! It must never know what a text says.

use super::canvas::{Held, Spot};

/// The least distance between the base lines of two texts that share a column, in tenths of a pixel.
pub(super) const APART: i32 = 160;

/// Bold letters take more room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// The width of a text at 12 px, in tenths of a pixel: an upper estimate for the widest face of the font stack.
/// Marks on Vietnamese letters take no room, whether they are part of the letter or stand after it.
pub(super) fn width(text: &str, weight: Weight) -> i32 {
    let sum: i32 = text.chars().take(1000).map(letter).sum();
    match weight {
        Weight::Regular => sum,
        Weight::Bold => sum * 108 / 100,
    }
}

fn letter(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 34,
        ' ' | '\u{a0}' | '\u{202f}' => 32,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '[' | ']' => 46,
        'm' | 'M' | 'W' | '%' | '@' | '…' | '—' => 112,
        'w' | 'G' | 'O' | 'Q' | 'N' | 'H' | 'U' | 'D' => 94,
        '0'..='9' | 'a'..='z' | '–' | '−' => 70,
        'A'..='Z' => 80,
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ị' | 'ỉ' => 36,
        '\u{300}'..='\u{36f}' => 0,
        '\u{0}'..='\u{1f}' => 32,
        'À'..='Þ' => 86,
        '\u{1ea0}'..='\u{1ef9}' if c.is_uppercase() => 90,
        '\u{80}'..='\u{2dff}' => 74,
        _ => 130,
    }
}

/// `text` if it fits into `room`, else its beginning with an ellipsis; empty where not even that has room.
pub(super) fn shorten(text: &str, room: i32, weight: Weight) -> String {
    if width(text, weight) <= room {
        return text.to_owned();
    }
    let room = room - width("…", weight);
    let mut end = 0;
    let mut used = 0;
    for (at, c) in text.char_indices() {
        let wide = match weight {
            Weight::Regular => letter(c),
            Weight::Bold => letter(c) * 108 / 100 + 1,
        };
        if used + wide > room {
            break;
        }
        used += wide;
        end = at + c.len_utf8();
    }
    // Rather a whole word less than half a one, where that leaves most of the text.
    let whole = text[..end].rfind(' ').filter(|at| *at > end / 2 && !text[end..].starts_with(' '));
    match text[..whole.unwrap_or(end)].trim_end_matches([' ', ',', ';', ':']) {
        "" => String::new(),
        kept => format!("{kept}…"),
    }
}

/// The names that stand between `starts` and the next start, the last one's being `end`, each with its room: whole ones
/// if they fit, else their last words ("7" of "Tháng 7"), and none where even that has no room.
pub(super) fn between<'a>(starts: &[i32], end: i32, names: &[(i64, &'a str)]) -> Vec<(i32, i32, &'a str)> {
    let ends = starts.iter().copied().skip(1).chain([end]);
    let spans = starts.iter().copied().zip(ends).zip(names);
    let fits = |word: &str, from: i32, to: i32| width(word, Weight::Regular) + 60 <= to.saturating_sub(from);
    // The first and the last may be cut short by the period; they do not decide for the others.
    let inner = 1..names.len().saturating_sub(1);
    let whole = spans
        .clone()
        .enumerate()
        .filter(|(at, _)| inner.is_empty() || inner.contains(at))
        .all(|(_, ((from, to), (_, word)))| fits(word, from, to));
    spans
        .map(|((from, to), &(_, word))| match whole {
            true => (from, to, word),
            false => (from, to, word.split_whitespace().next_back().unwrap_or("")),
        })
        .filter(|&(from, to, word)| fits(word, from, to))
        .collect()
}

/// A word centred at `x` and kept inside a picture of this width.
pub(super) fn kept(word: &str, x: i32, picture: i32, weight: Weight) -> (i32, String) {
    let word = shorten(word, picture - 20, weight);
    let half = width(&word, weight) / 2 + 10;
    (x.max(half).min((picture - half).max(0)), word)
}

/// Places pushed `apart`, in their order, and kept between `first` and `last` as far as there is room.
pub(super) fn spread(lines: &mut [i32], apart: i32, first: i32, last: i32) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&at| lines[at]);
    let mut least = first;
    for &at in &order {
        lines[at] = lines[at].max(least);
        least = lines[at] + apart;
    }
    let mut most = last;
    for &at in order.iter().rev() {
        lines[at] = lines[at].min(most);
        most = lines[at] - apart;
    }
}

/// A place that a text may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) held: Held,
    pub(super) at: Spot,
}

impl Place {
    fn reach(self, width: i32) -> (i32, i32) {
        let x = self.at.0;
        match self.held {
            Held::Start => (x, x + width),
            Held::Middle => (x - width / 2, x + width / 2),
            Held::End => (x - width, x),
        }
    }
}

/// The texts of one picture that already have their place.
#[derive(Debug, Default)]
pub(super) struct Taken(Vec<(i32, i32, i32)>);

impl Taken {
    /// Takes a place without asking.
    pub(super) fn take(&mut self, place: Place, width: i32) {
        let (from, to) = place.reach(width);
        self.0.push((from, to, place.at.1));
    }

    /// Takes the first of the wished places, or of those above and below them, that covers no other text and lies
    /// within `bounds` (left, top, right, bottom); none, when the picture is full.
    pub(super) fn find(&mut self, wishes: &[Place], width: i32, bounds: (i32, i32, i32, i32)) -> Option<Place> {
        const STEPS: [i32; 9] = [0, 160, -160, 320, -320, 480, -480, 640, -640];
        let place = STEPS
            .iter()
            .flat_map(|step| wishes.iter().map(move |wish| Place { at: (wish.at.0, wish.at.1 + step), ..*wish }))
            .find(|place| self.is_free(*place, width, bounds))?;
        self.take(place, width);
        Some(place)
    }

    fn is_free(&self, place: Place, width: i32, bounds: (i32, i32, i32, i32)) -> bool {
        let (from, to) = place.reach(width);
        let y = place.at.1;
        let (left, top, right, bottom) = bounds;
        from >= left
            && to <= right
            && y >= top
            && y <= bottom
            && self
                .0
                .iter()
                .all(|&(other_from, other_to, other_y)| to + 100 <= other_from || from >= other_to + 100 || (y - other_y).abs() >= APART)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_on_vietnamese_letters_take_no_room() {
        // The same word composed and decomposed.
        let (one, two) = ("tiến độ", "tie\u{302}\u{301}n đo\u{323}\u{302}");
        let (one, two) = (width(one, Weight::Regular), width(two, Weight::Regular));
        assert!((one - two).abs() <= 10, "{one} {two}");
        // plotters would count bytes.
        assert!(one < 7 * 80);
    }

    #[test]
    fn widths_are_those_of_noto_sans_as_chromium_measures_them() {
        for (text, regular, bold) in [
            ("Với đà hiện tại: khoảng 86 (84–88)", 1894, 2000),
            ("Hôm nay", 508, 535),
            ("Tháng 12", 525, 544),
            ("thiếu 3,4 điểm %", 938, 994),
            ("Chỉ tiêu 1.150,5 triệu ₫", 1269, 1338),
            ("Chuyển dữ liệu khách hàng của cả hai kho", 2369, 2527),
            ("Willow mmmm", 849, 903),
            ("With the current rate: about 86", 1741, 1863),
            ("1.150,5 triệu ₫", 810, 845),
            ("Người phụ trách: Đỗ Minh Khoa", 1787, 1900),
        ] {
            for (weight, measured) in [(Weight::Regular, regular), (Weight::Bold, bold)] {
                let estimate = width(text, weight);
                let share = estimate * 100 / measured;
                assert!((98..=118).contains(&share), "{text}: {estimate} for {measured}");
            }
        }
    }

    #[test]
    fn a_long_title_is_cut_with_an_ellipsis() {
        let title = "Chuyển dữ liệu khách hàng sang hệ thống mới";
        let cut = shorten(title, 1500, Weight::Regular);
        assert!(cut.ends_with('…') && title.starts_with(cut.trim_end_matches('…')));
        assert!(width(&cut, Weight::Regular) <= 1500);
        assert_eq!(shorten(title, 100_000, Weight::Bold), title);
        assert_eq!(shorten(title, 50, Weight::Regular), "");
    }

    #[test]
    fn lines_are_pushed_apart_in_their_order() {
        let mut lines = [500, 490, 510, 100];
        spread(&mut lines, APART, 0, 600);
        let mut sorted = lines;
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= APART), "{lines:?}");
        assert!(lines[1] < lines[0] && lines[0] < lines[2] && lines[2] <= 600);
    }

    #[test]
    fn month_names_shrink_together() {
        let names: Vec<(i64, &str)> = vec![(0, "Tháng 1"), (31, "Tháng 2"), (59, "Tháng 3")];
        let word = |starts: &[i32], end| -> Vec<&str> { between(starts, end, &names).into_iter().map(|name| name.2).collect() };
        assert_eq!(word(&[0, 1000, 2000], 3000), ["Tháng 1", "Tháng 2", "Tháng 3"]);
        assert_eq!(word(&[0, 245, 490], 735), ["1", "2", "3"]);
        assert_eq!(word(&[0, 10, 20], 30), Vec::<&str>::new());
    }
}
