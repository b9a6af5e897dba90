//! A workspace's own theme over the built-in one, file by file: `templates/…`, `assets/…`, `words/LANGUAGE.yaml`.

use std::{collections::BTreeMap, sync::Arc};

use super::{DEFAULT, files, raw_files};

/// The built-in theme, and what lies over it.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    own: Arc<BTreeMap<String, Vec<u8>>>,
    /// Where the overlay lies, for messages; empty without one.
    folder: Arc<str>,
}

/// A file that was copied out of the built-in theme to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ejected {
    /// Its path in the theme.
    pub path: String,
    /// Whether the built-in file is another one by now.
    pub is_behind: bool,
}

/// How the first line of an ejected file begins, in whatever the file takes for a comment.
const STAMP: &str = "scorebook eject:";

impl Theme {
    /// The files that lie over the built-in theme, by path from `folder`, which is named in messages.
    pub fn over(folder: &str, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { own: Arc::new(files), folder: folder.into() }
    }

    /// Whether anything lies over the built-in theme.
    pub fn is_plain(&self) -> bool {
        self.own.is_empty()
    }

    /// A path in the theme as an author knows it.
    pub fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    /// The templates that lie over the built-in ones, by name, sorted; what is not UTF-8 is none.
    pub fn own_templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts("templates/")
    }

    /// The files that go to a site's `assets/`, by name.
    pub fn assets(&self) -> BTreeMap<&str, &[u8]> {
        let mut all: BTreeMap<&str, &[u8]> = super::assets().collect();
        all.extend(self.own.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, bytes.as_slice()))));
        all
    }

    /// The overlay's words of a language.
    pub fn own_words(&self, language: &str) -> Option<&str> {
        self.text(&format!("words/{language}.yaml"))
    }

    /// The overlay's explanations of findings in a language.
    pub fn own_explanations(&self, language: &str) -> Option<&str> {
        self.text(&format!("explanations/{language}.yaml"))
    }

    /// Whether there are words for a language, built in or laid over.
    pub fn has_language(&self, language: &str) -> bool {
        super::words(language).is_some() || self.own_words(language).is_some()
    }

    /// The languages that there are words for, sorted.
    pub fn languages(&self) -> Vec<&str> {
        let mut all: Vec<&str> = super::languages().collect();
        all.extend(self.own.keys().filter_map(|path| path.strip_prefix("words/")?.strip_suffix(".yaml")));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The overlay's files that nothing reads, sorted: a slip of the pen in a name, most likely.
    pub fn unread(&self) -> Vec<&str> {
        let known = |path: &&str| {
            path.starts_with("assets/")
                || path.strip_prefix("templates/").is_some_and(|name| DEFAULT.get_file(path).is_some() || name.starts_with('_'))
                || path.strip_prefix("words/").or(path.strip_prefix("explanations/")).is_some_and(|it| it.ends_with(".yaml"))
        };
        self.own.keys().map(String::as_str).filter(|path| !known(path)).collect()
    }

    /// The files that were copied out of the built-in theme, sorted.
    pub fn ejected(&self) -> Vec<Ejected> {
        let one = |(path, bytes): (&String, &Vec<u8>)| {
            let text = std::str::from_utf8(bytes).ok()?;
            let stamp = text.lines().next()?.split_once(STAMP)?.1;
            let print = stamp.split_whitespace().next()?;
            let now = DEFAULT.get_file(path).map(|file| fingerprint(file.contents()));
            Some(Ejected { path: path.clone(), is_behind: now.is_none_or(|now| now != print) })
        };
        self.own.iter().filter_map(one).collect()
    }

    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.own.get(path)?).ok()
    }

    fn texts<'a>(&'a self, folder: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let inside = move |(path, bytes): (&'a String, &'a Vec<u8>)| Some((path.strip_prefix(folder)?, std::str::from_utf8(bytes).ok()?));
        self.own.iter().filter_map(inside)
    }
}

/// The paths of all built-in files that can be laid over, sorted.
pub fn ejectable() -> Vec<String> {
    let mut all: Vec<String> = ["templates", "words", "explanations"]
        .into_iter()
        .flat_map(|folder| files(folder).map(move |(name, _)| format!("{folder}/{name}")))
        .chain(raw_files("assets").map(|(name, _)| format!("assets/{name}")))
        .collect();
    all.sort();
    all
}

/// A built-in file as it is copied out: with a first line that says from which version it comes.
pub fn eject(path: &str, version: &str) -> Option<Vec<u8>> {
    let file = DEFAULT.get_file(path)?;
    let stamp = format!("{STAMP} {} {path} {version}", fingerprint(file.contents()));
    let (open, close) = match path.rsplit_once('.')?.1 {
        "html" => ("{#", " -#}"),
        "css" => ("/*", " */"),
        _ => ("#", ""),
    };
    let mut bytes = format!("{open} {stamp}{close}\n").into_bytes();
    bytes.extend(file.contents());
    Some(bytes)
}

/// FNV-1a, as sixteen hexadecimal digits.
fn fingerprint(bytes: &[u8]) -> String {
    let print = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |print, byte| (print ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{print:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_file_knows_whether_it_has_fallen_behind() {
        for path in ["templates/page.html", "assets/scorebook.css", "words/vi.yaml"] {
            let copy = eject(path, "0.1.0").expect("it is built in");
            let behind = |bytes: Vec<u8>| Theme::over("themes/a", [(path.to_owned(), bytes)].into()).ejected()[0].is_behind;
            assert!(!behind(copy.clone()), "{path}");
            let text = String::from_utf8(copy).expect("a text");
            let print = text.split_whitespace().find(|it| it.len() == 16).expect("a print").to_owned();
            assert!(behind(text.replace(&print, "0123456789abcdef").into_bytes()), "{path}");
        }
        assert_eq!(eject("templates/nothing.html", "0.1.0"), None);
    }
}
