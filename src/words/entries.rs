//! A word file: keys to sentences with places for values, singular and plural.

use std::collections::BTreeMap;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use super::Arg;

/// A sentence, in one form or two.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    other: Vec<Piece>,
    /// Where a language has a form of its own for one.
    one: Option<Vec<Piece>>,
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Value(String),
}

enum Node {
    Text(String),
    Map(BTreeMap<String, Node>),
}

// By hand: what serde derives would first hold everything as something that could be either.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Node;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a sentence, or a map of them")
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_string<E>(self, text: String) -> Result<Node, E> {
                Ok(Node::Text(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Node, A::Error> {
                let mut map = BTreeMap::new();
                while let Some((key, node)) = pairs.next_entry()? {
                    map.insert(key, node);
                }
                Ok(Node::Map(map))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Sentences by their key. A page asks some hundred times, and keys begin alike: each is found by a number made from
/// all its letters, at its place in a table or right behind it.
#[derive(Clone, Debug)]
pub(super) struct Entries {
    all: Vec<(String, Entry)>,
    /// As long as a power of two: numbers of sentences, from 1, and 0 where none stands.
    table: Vec<u16>,
}

impl Entries {
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        let last = self.table.len() - 1;
        let mut at = fingerprint(key) as usize & last;
        loop {
            let (known, entry) = self.all.get(usize::from(self.table[at]).checked_sub(1)?)?;
            if known == key {
                return Some(entry);
            }
            at = (at + 1) & last;
        }
    }
}

impl From<BTreeMap<String, Entry>> for Entries {
    fn from(map: BTreeMap<String, Entry>) -> Self {
        let all: Vec<_> = map.into_iter().collect();
        // Mostly empty, so that a search ends soon.
        let mut table = vec![0; (all.len() * 4).next_power_of_two()];
        let last = table.len() - 1;
        for (number, (key, _)) in (1..).zip(&all) {
            let mut at = fingerprint(key) as usize & last;
            while table[at] != 0 {
                at = (at + 1) & last;
            }
            table[at] = number;
        }
        Self { all, table }
    }
}

/// FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn fingerprint(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |print, byte| (print ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Reads a word file; its maps become dotted keys. `{one: …, other: …}` is one sentence in two forms.
pub(super) fn read(text: &str) -> BTreeMap<String, Entry> {
    try_read(text).expect("the built-in word files are YAML: a test reads them")
}

/// The same of a word file that somebody wrote.
///
/// # Errors
/// In the parser's words, when it is no YAML, or no map of sentences.
pub(super) fn try_read(text: &str) -> Result<BTreeMap<String, Entry>, String> {
    // `off` and `no` are words here, not booleans.
    let options = serde_yaml::options! { strict_booleans: true };
    let root: BTreeMap<String, Node> = serde_yaml::from_str_with_options(text, options).map_err(|error| error.to_string())?;
    let mut entries = BTreeMap::new();
    for (key, node) in root {
        flatten(&key, &node, &mut entries);
    }
    Ok(entries)
}

fn flatten(key: &str, node: &Node, entries: &mut BTreeMap<String, Entry>) {
    match node {
        Node::Text(text) => drop(entries.insert(key.to_owned(), Entry { other: pieces(text), one: None })),
        Node::Map(map) => {
            if let (Some(Node::Text(one)), Some(Node::Text(other)), 2) = (map.get("one"), map.get("other"), map.len()) {
                entries.insert(key.to_owned(), Entry { other: pieces(other), one: Some(pieces(one)) });
                return;
            }
            for (name, inner) in map {
                flatten(&format!("{key}.{name}"), inner, entries);
            }
        }
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let length = rest[open + 1..].find('}').unwrap_or(0);
        let name = &rest[open + 1..open + 1 + length];
        words.push_str(&rest[..open]);
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            if !words.is_empty() {
                all.push(Piece::Text(std::mem::take(&mut words)));
            }
            all.push(Piece::Value(name.to_owned()));
            rest = &rest[open + length + 2..];
        } else {
            // Braces around anything else are braces.
            words.push('{');
            rest = &rest[open + 1..];
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        all.push(Piece::Text(words));
    }
    all
}

impl Entry {
    /// Puts the values in; the first count chooses the form.
    pub(super) fn fill(&self, args: &[(&str, Arg<'_>)], number: impl Fn(i64) -> String) -> String {
        let count = args.iter().find_map(|(_, arg)| match arg {
            Arg::Count(count) => Some(*count),
            Arg::Text(_) => None,
        });
        let pieces = match (&self.one, count) {
            (Some(one), Some(1)) => one,
            _ => &self.other,
        };
        let mut text = String::with_capacity(64);
        for piece in pieces {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Value(name) => match args.iter().find(|(it, _)| it == name) {
                    Some((_, Arg::Text(value))) => text.push_str(value),
                    Some((_, Arg::Count(count))) => text.push_str(&number(*count)),
                    None => text.push('…'),
                },
            }
        }
        text
    }

    /// Puts the values in that `value` writes for each name.
    pub(super) fn fill_with(&self, value: impl Fn(&str, &mut String)) -> String {
        let mut text = String::with_capacity(24);
        for piece in &self.other {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Value(name) => value(name, &mut text),
            }
        }
        text
    }

    /// The names of the values, for the test that holds languages against each other.
    #[cfg(test)]
    pub(super) fn values(&self) -> std::collections::BTreeSet<&str> {
        let names = |piece: &'_ Piece| match piece {
            Piece::Value(_) => true,
            Piece::Text(_) => false,
        };
        self.other
            .iter()
            .filter(|piece| names(piece))
            .map(|piece| match piece {
                Piece::Value(name) | Piece::Text(name) => name.as_str(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_around_a_name_are_a_value_and_all_others_are_braces() {
        let entry = Entry { other: pieces("in { } of {n}, {N} and {x"), one: None };
        assert_eq!(entry.fill(&[("n", Arg::Count(3)), ("x", "y".into())], |count| count.to_string()), "in { } of 3, {N} and {x");
    }

    #[test]
    fn every_language_has_every_word_with_the_same_values() {
        let english = read(crate::theme::words("en").expect("English"));
        for language in crate::theme::languages() {
            let own = read(crate::theme::words(language).expect("listed"));
            let missing: Vec<&String> = english.keys().filter(|key| !own.contains_key(*key)).collect();
            let extra: Vec<&String> = own.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{language} lacks {missing:?}, has besides {extra:?}");
            let invented: Vec<(&String, Vec<&str>)> = own
                .iter()
                // A day or month is given in every way in which a language may write it.
                .map(|(key, entry)| (key, entry.values(), english[key].values()))
                .map(|(key, own, english)| (key, own.difference(&english).copied().filter(|it| !["dd", "mm", "no"].contains(it)).collect()))
                .filter(|(_, names): &(&String, Vec<&str>)| !names.is_empty())
                .collect();
            assert!(invented.is_empty(), "{language} names values that English does not: {invented:?}");
        }
    }
}
