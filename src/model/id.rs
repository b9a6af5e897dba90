//! Names that are safe in an address, a file name and a reference.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A safe id: lower case, without marks, letters and digits of any script with `-` between them.
///
/// `Mục tiêu 1` and its NFD twin both make `muc-tieu-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

/// What an address cannot be called: our own index page, and names that Windows keeps for itself.
const KEPT: [&str; 5] = ["index", "con", "prn", "aux", "nul"];

/// The most bytes of an id: with `.html` behind it, it fits every file system, also as a part of a longer name.
const MOST_BYTES: usize = 160;

impl Id {
    /// Makes any text safe. A text without a letter or digit becomes `unnamed`; a very long one is cut, and ends with
    /// a number made from all of it, so that two of them stay two.
    pub fn new(text: &str) -> Self {
        if is_safe(text) && text.len() <= MOST_BYTES {
            return Self::guarded(text.to_owned());
        }
        let mut safe = String::with_capacity(text.len());
        let mut gap = false;
        for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
            for c in c.to_lowercase() {
                if c.is_alphanumeric() {
                    if gap && !safe.is_empty() {
                        safe.push('-');
                    }
                    gap = false;
                    safe.push(if c == 'đ' { 'd' } else { c });
                } else if !is_combining_mark(c) {
                    gap = true;
                }
            }
        }
        if safe.is_empty() {
            safe.push_str("unnamed");
        }
        Self::guarded(short(safe.nfc().collect()))
    }

    /// The id as it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn guarded(safe: String) -> Self {
        let numbered = |prefix| safe.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && matches!(rest.as_bytes()[0], b'1'..=b'9'));
        if KEPT.contains(&safe.as_str()) || numbered("com") || numbered("lpt") {
            return Self(safe + "-1");
        }
        Self(safe)
    }
}

fn short(safe: String) -> String {
    if safe.len() <= MOST_BYTES {
        return safe;
    }
    // FNV-1a: the same on every machine and for ever, as addresses must be.
    let print = safe.bytes().fold(0x811c_9dc5_u32, |print, byte| (print ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let end = safe.floor_char_boundary(MOST_BYTES - "-01234567".len());
    format!("{}-{print:08x}", safe[..end].trim_end_matches('-'))
}

fn is_safe(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_makes_a_safe_id() {
        for (text, want) in [
            ("Mục tiêu 1", "muc-tieu-1"),
            ("Mu\u{323}c tie\u{302}u 1", "muc-tieu-1"),
            ("Đội – Giao hàng", "doi-giao-hang"),
            ("kinh-doanh", "kinh-doanh"),
            ("  a__b  ", "a-b"),
            ("-a-", "a"),
            ("../../etc/passwd", "etc-passwd"),
            ("INDEX", "index-1"),
            ("con", "con-1"),
            ("COM1", "com1-1"),
            ("com10", "com10"),
            ("売上", "売上"),
            ("한글", "한글"),
            ("!!!", "unnamed"),
            ("", "unnamed"),
        ] {
            assert_eq!(Id::new(text).as_str(), want, "{text}");
        }
    }

    #[test]
    fn a_very_long_id_fits_a_file_name_and_stays_itself() {
        let (one, two) = (Id::new(&"ề한x ".repeat(1000)), Id::new(&("ề한x ".repeat(1000) + "y")));
        assert!(one != two && one.as_str().len() <= 160 && one.as_str().len() > 140, "{one}");
        assert_eq!(Id::new(one.as_str()), one);
        assert_eq!(Id::new(&"t".repeat(160)).as_str(), "t".repeat(160));
        assert_eq!(Id::new(&"t".repeat(161)).as_str().len(), 160);
    }

    proptest::proptest! {
        #[test]
        fn making_an_id_of_an_id_changes_nothing_but_a_kept_name(text in "\\PC{0,40}") {
            let once = Id::new(&text);
            proptest::prop_assert_eq!(&Id::new(once.as_str()), &once);
            proptest::prop_assert!(!once.as_str().contains(['/', '\\', '.', ' ', '<', '"', '\0']));
        }
    }
}
