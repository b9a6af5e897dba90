//! The YAML that we document: the keys of each map, what each holds, and which must be there.
//!
//! Readers take their known keys from these tables and may ask for no other, so that what is read is what
//! `scorebook schema` prints.  This room knows no language: descriptions are handed in.

mod json;
mod tables;

pub use json::{Annotate, Documented, json_schema};
pub(super) use tables::*;

/// The keys of one map.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name among the schema's definitions.
    pub(super) name: &'static str,
    /// What findings and descriptions call it.
    pub(super) kind: &'static str,
    /// The keys alone, close together: every key of every file is looked up here.
    pub(super) keys: &'static [&'static str],
    pub(super) fields: &'static [Field],
}

/// A key and what it holds.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) need: Need,
    pub(super) shape: Shape,
}

/// Whether a map is complete without a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Must,
    May,
}

/// What a value looks like. Null is "nothing written" and allowed wherever a key may be absent.
#[derive(Debug)]
pub(super) enum Shape {
    /// This word alone.
    Constant(&'static str),
    /// Any scalar, as it is written.
    Text,
    /// A number as FORMAT.md §5 reads it, or "no value"; the least and the most where it has bounds.
    Number(Option<f64>, Option<f64>),
    /// A day, with or without a time.
    Day,
    Period,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Words that are understood in either case, spaces for `_`; editors need not offer them.
    Words(&'static [&'static str]),
    /// Done or open, yes or no, in every way of saying so.
    Flag,
    /// A list, even of one.
    List(&'static Shape),
    /// A list, or one alone.
    Items(&'static Shape),
    /// Two of them.
    Pair(&'static Shape),
    /// A map with keys that are not ours.
    Map(Keys, &'static Shape),
    /// A map with keys of ours.
    Table(&'static Table),
    /// One of several.
    Any(&'static [Shape]),
}

/// Which keys stand in a map that is not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// The author's.
    Own,
    Days,
    Periods,
    /// Codes of warnings.
    Warnings,
}

impl Table {
    pub(super) fn shape(&self, key: &str) -> Option<&'static Shape> {
        self.fields.iter().find(|field| field.key == key).map(|field| &field.shape)
    }

    /// The words that a key can hold.
    pub(super) fn words(&self, key: &str) -> &'static [&'static str] {
        self.shape(key).map_or(&[], Shape::words)
    }
}

impl Shape {
    /// Whether it, or one of several, is such a shape.
    pub(super) fn is(&self, wanted: fn(&Self) -> bool) -> bool {
        match self {
            Self::Any(all) => all.iter().any(|shape| shape.is(wanted)),
            one => wanted(one),
        }
    }

    /// Whether it is one thing alone, of no parts.
    fn is_plain(&self) -> bool {
        !matches!(self, Self::Table(_) | Self::Any(_) | Self::Items(_))
    }

    fn words(&self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) => words,
            Self::Any(all) => all.iter().map(Self::words).find(|words| !words.is_empty()).unwrap_or_default(),
            Self::Constant(_)
            | Self::Text
            | Self::Number(..)
            | Self::Day
            | Self::Period
            | Self::Words(_)
            | Self::Flag
            | Self::List(_)
            | Self::Items(_)
            | Self::Pair(_)
            | Self::Map(..)
            | Self::Table(_) => &[],
        }
    }
}

/// Which keys readers asked for, on this thread.
#[cfg(test)]
pub(super) mod asked {
    use std::{cell::RefCell, collections::BTreeSet};

    thread_local! {
        static ASKED: RefCell<BTreeSet<(&'static str, String)>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(in crate::load) fn note(table: &'static str, key: &str) {
        let _new = ASKED.with_borrow_mut(|asked| asked.insert((table, key.to_owned())));
    }

    pub(in crate::load) fn take() -> BTreeSet<(&'static str, String)> {
        ASKED.with_borrow_mut(std::mem::take)
    }
}

#[cfg(test)]
mod tests;
