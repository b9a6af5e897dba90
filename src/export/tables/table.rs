//! A table: columns that say what they hold, and rows of cells.

use std::borrow::Cow;

use crate::{
    compute::Written,
    model::{Amount, Date, Denomination, Id, Kpi, KpiTarget, Scale, Unit},
};

/// Rows below named columns.
pub(in crate::export) struct Table<'a> {
    /// Its name in file names, `key_results`.
    pub(in crate::export) name: &'static str,
    /// In order.
    pub(in crate::export) columns: Vec<Column>,
    /// Each as long as there are columns.
    pub(in crate::export) rows: Vec<Vec<Cell<'a>>>,
}

/// A column.
#[derive(Clone, Copy)]
pub(in crate::export) struct Column {
    /// Its name: the key in the JSON.
    pub(in crate::export) key: &'static str,
    /// The part and the key of the JSON whose description is this column's.
    pub(in crate::export) about: (&'static str, &'static str),
    /// What stands in it.
    pub(in crate::export) holds: Holds,
}

/// What a column holds, and in what unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Holds {
    /// Words.
    Text,
    /// 1 is 100 %.
    Share,
    /// In the unit of its key result or KPI.
    Value,
    /// A number that is none of these: a weight, 0 to 10, how many.
    Number,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) enum Cell<'a> {
    /// No value.
    Empty,
    /// Never to be read as anything else.
    Text(Cow<'a, str>),
    /// Unrounded.
    Number(f64, Look),
    /// Without a time.
    Day(Date),
    /// Yes or no.
    Flag(bool),
}

/// How a number is shown where something can only be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export) enum Look {
    /// As it is.
    Plain,
    /// 1 as `100%`.
    Percent,
    /// With as many decimals as its author writes.
    Value {
        /// At most 6.
        decimals: u8,
        /// Thousands set apart: money.
        grouped: bool,
    },
}

impl Column {
    pub(super) const fn new(key: &'static str, part: &'static str, holds: Holds) -> Self {
        Self { key, about: (part, key), holds }
    }

    /// Flattened out of another part of the JSON, under another name.
    pub(super) const fn of(key: &'static str, about: (&'static str, &'static str), holds: Holds) -> Self {
        Self { key, about, holds }
    }
}

impl Look {
    /// That of values of a KPI or key result: as many decimals as any of its author's numbers has, in ones.
    pub(in crate::export) fn of(amounts: impl IntoIterator<Item = Amount>, unit: Option<&Unit>) -> Self {
        let mut money = unit.is_some_and(|unit| unit.currency().is_some());
        let mut decimals = 0;
        for amount in amounts {
            money |= matches!(amount.denomination, Denomination::Money(_));
            let digits = match amount.scale {
                Scale::One => 0,
                Scale::Thousand => 3,
                Scale::Million => 6,
                Scale::Billion => 9,
            };
            decimals = decimals.max(amount.decimals.saturating_sub(digits));
        }
        Self::Value { decimals: decimals.min(6), grouped: money }
    }

    /// That of a KPI's values and targets.
    pub(in crate::export) fn of_kpi(kpi: &Kpi, written: &Written) -> Self {
        Self::Value { decimals: written.decimals_in_ones.min(6), grouped: written.is_money(kpi) }
    }
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn text_or_empty(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(super) fn id(id: Option<&'a Id>) -> Self {
        Self::text_or_empty(id.map(Id::as_str))
    }

    /// A spreadsheet has no use for a negative zero.
    pub(super) fn number(value: f64, look: Look) -> Self {
        Self::Number(if value == 0.0 { 0.0 } else { value }, look)
    }

    pub(super) fn plain(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, |value| Self::number(value, Look::Plain))
    }

    pub(super) fn count(count: usize) -> Self {
        Self::number(count as f64, Look::Plain)
    }

    pub(super) fn share(share: Option<f64>) -> Self {
        share.map_or(Self::Empty, |share| Self::number(share, Look::Percent))
    }

    pub(super) fn value(value: Option<f64>, look: Look) -> Self {
        value.map_or(Self::Empty, |value| Self::number(value, look))
    }

    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A target as one number, and as the bounds of a range: either the one or the other two.
    pub(super) fn target(target: Option<KpiTarget>, look: Look) -> [Self; 3] {
        match target {
            None => [Self::Empty, Self::Empty, Self::Empty],
            Some(KpiTarget::One(amount)) => [Self::number(amount.value, look), Self::Empty, Self::Empty],
            Some(KpiTarget::Range(low, high)) => [Self::Empty, Self::number(low.value, look), Self::number(high.value, look)],
        }
    }
}
