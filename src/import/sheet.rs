//! A sheet's cells as figures, days and texts, each told of when it is none.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{AdviceOnBound, Code, Finding, Place, bad_number},
    model::{Amount, Config, Date, Denomination, Marks, Quoting, Unit, days_meant, parse_day, read_number},
    source::{Cell, Grid, MarksFound, marks_of},
};

use super::CellFinding;

/// Row and column, from 0.
pub(super) type At = (u32, u32);

/// What a cell comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Figure<T> {
    /// The cell is empty.
    Nothing,
    /// It says that there is no value yet: `-`, `TBD`.
    Gap(String),
    /// It reads.
    Read(T),
    /// It does not read; a finding says why.
    Wrong,
}

impl<T> Figure<T> {
    pub(super) fn read(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Nothing | Self::Gap(_) | Self::Wrong => None,
        }
    }
}

/// A target: a number, or the bounds within which to stay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goal {
    One(Amount),
    AtLeast(Amount),
    AtMost(Amount),
    Between(Amount, Amount),
}

/// A sheet, and what of it has found its place.
pub(super) struct Sheet<'g> {
    pub(super) grid: &'g Grid,
    config: &'g Config,
    quoting: Quoting,
    /// In a column of typed days: which of two numbers is the month.
    day_first: Option<bool>,
    rows: Vec<u32>,
    used: BTreeSet<At>,
    told: BTreeSet<At>,
    pub(super) findings: Vec<CellFinding>,
}

impl<'g> Sheet<'g> {
    pub(super) fn new(grid: &'g Grid, config: &'g Config) -> Self {
        let texts = || {
            let cells = grid.rows().into_iter().flat_map(|row| grid.columns(row).map(move |column| (row, column)));
            cells.filter_map(|(row, column)| match grid.cell(row, column) {
                Cell::Text(text) if !is_day_like(text) => Some(text.as_str()),
                Cell::Text(_) | Cell::Empty | Cell::Number(_) | Cell::Day(_) => None,
            })
        };
        // `1.234` in a sheet that also has `0,5` reads in one way only; in one that contradicts the language it does not.
        let known = marks_of(texts()) == MarksFound::Known(config.marks().decimal);
        let quoting = if known { Quoting::Quoted } else { Quoting::Plain };
        Self {
            grid,
            config,
            quoting,
            day_first: day_first(grid),
            rows: grid.rows(),
            used: BTreeSet::new(),
            told: BTreeSet::new(),
            findings: Vec::new(),
        }
    }

    /// The rows that hold something, in order.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// So many columns are looked at; nobody fills in more by hand.
    pub(super) fn width(&self) -> u32 {
        self.grid.width().min(400)
    }

    /// What stands in a cell itself, as a person reads it.
    pub(super) fn own(&self, (row, column): At) -> Option<String> {
        match self.grid.cell(row, column) {
            Cell::Empty => None,
            Cell::Text(text) => Some(text.clone()),
            Cell::Number(number) if self.grid.is_percent(row, column) => Some(format!("{number}%")),
            Cell::Number(number) => Some(number.to_string()),
            Cell::Day(day) => Some(day.to_string()),
        }
    }

    /// What stands in a cell or in the one with which it is merged.
    pub(super) fn text(&self, (row, column): At) -> Option<String> {
        self.own(self.grid.origin(row, column))
    }

    pub(super) fn cell(&self, at: At) -> &Cell {
        let (row, column) = self.grid.origin(at.0, at.1);
        self.grid.cell(row, column)
    }

    /// The cell has found its place: as a field, a figure, or word for word in a text.
    pub(super) fn take(&mut self, at: At) {
        self.used.insert(self.grid.origin(at.0, at.1));
    }

    /// The cell has found no place after all.
    pub(super) fn give_back(&mut self, at: At) {
        self.used.remove(&self.grid.origin(at.0, at.1));
    }

    /// A whole row has found none.
    pub(super) fn give_back_row(&mut self, row: u32) {
        self.used.retain(|at| at.0 != row);
    }

    /// Taken and read as a text.
    pub(super) fn take_text(&mut self, at: At) -> Option<String> {
        self.take(at);
        self.text(at)
    }

    pub(super) fn is_taken(&self, at: At) -> bool {
        self.used.contains(&at)
    }

    /// Whether a finding speaks of the cell already.
    pub(super) fn is_told(&self, at: At) -> bool {
        self.told.contains(&at)
    }

    /// `Sheet1!D14` as spreadsheets write it; in a text file `a.csv:14:3`.
    pub(super) fn address(&self, (row, column): At) -> String {
        address(self.grid, (row, column))
    }

    pub(super) fn place(&self, (row, column): At) -> Place {
        self.grid.place(row, column)
    }

    pub(super) fn find(&mut self, code: Code, at: At, with: impl FnOnce(Finding) -> Finding) {
        let finding = with(Finding::new(code, self.place(at)));
        self.push(at, finding);
    }

    pub(super) fn push(&mut self, at: At, finding: Finding) {
        let cell = self.grid.name.is_some().then(|| self.address(at));
        self.told.insert(self.grid.origin(at.0, at.1));
        self.findings.push(CellFinding { finding, cell });
    }

    pub(super) fn marks(&self) -> Marks {
        self.config.marks()
    }

    /// Whether the cell holds what could be a number, or says that there is none.
    pub(super) fn is_figure(&self, at: At) -> bool {
        match self.cell(at) {
            Cell::Number(_) => true,
            Cell::Text(text) => {
                let bare = without_bound(text).1;
                let starts = bare.trim_start_matches(['-', '+', '−', '$', '€', '£', '₫', '(']).starts_with(|c: char| c.is_ascii_digit());
                (starts && bare.chars().filter(|c| c.is_alphabetic()).count() <= 12) || self.is_gap(text) || text.starts_with('#')
            }
            Cell::Empty | Cell::Day(_) => false,
        }
    }

    fn is_gap(&self, text: &str) -> bool {
        matches!(read_number(text, Quoting::Quoted, None, self.marks()), Ok(None))
    }

    /// A number. Excel's own are exact; a text is read as an author's.
    pub(super) fn number(&mut self, at: At, field: &str, unit: Option<&Unit>) -> Figure<Amount> {
        let text = match self.cell(at) {
            Cell::Empty => return Figure::Nothing,
            Cell::Number(value) => return self.typed(at, *value, field, unit),
            Cell::Day(day) => day.to_string(),
            Cell::Text(text) => text.clone(),
        };
        match self.read(&text, unit) {
            Ok(Some(amount)) => Figure::Read(amount),
            Ok(None) => Figure::Gap(text),
            Err(error) => {
                let finding = bad_number(self.place(at), (field, &text), unit, self.marks(), (error, AdviceOnBound::OfKeyResult));
                self.push(at, finding);
                Figure::Wrong
            }
        }
    }

    fn read(&self, text: &str, unit: Option<&Unit>) -> Result<Option<Amount>, crate::model::NumberError> {
        read_number(text, self.quoting, unit, self.marks())
    }

    fn typed(&mut self, at: At, value: f64, field: &str, unit: Option<&Unit>) -> Figure<Amount> {
        let (row, column) = self.grid.origin(at.0, at.1);
        let percent = self.grid.is_percent(row, column);
        if percent && let Some(unit) = unit.filter(|it| !it.is_percent()) {
            let written = self.text(at).unwrap_or_default();
            self.find(Code::BadNumber, at, |it| {
                it.says("bad-number.unit").text("key", field).text("value", written).text("written", "%").text("unit", unit.as_str())
            });
            return Figure::Wrong;
        }
        let denomination = if percent { Denomination::Percent } else { Denomination::Plain };
        Figure::Read(Amount { denomination, ..exact(value) })
    }

    /// A target: `30`, `≤ 30`, `>= 95%`, `28–32`.
    pub(super) fn goal(&mut self, at: At, field: &str, unit: Option<&Unit>) -> Figure<Goal> {
        let Cell::Text(text) = self.cell(at) else {
            return match self.number(at, field, unit) {
                Figure::Read(amount) => Figure::Read(Goal::One(amount)),
                Figure::Nothing => Figure::Nothing,
                Figure::Gap(text) => Figure::Gap(text),
                Figure::Wrong => Figure::Wrong,
            };
        };
        let text = text.clone();
        let (bound, bare) = without_bound(&text);
        let read = |text: &str| self.read(text, unit).ok().flatten();
        if let Some(bound) = bound
            && let Some(amount) = read(bare)
        {
            return Figure::Read(match bound {
                Bound::Least => Goal::AtLeast(amount),
                Bound::Most => Goal::AtMost(amount),
            });
        }
        if let Some((low, high)) = two(&text).and_then(|(low, high)| Some((read(low)?, read(high)?)))
            && low.value <= high.value
        {
            // `28–32 %`: what stands behind the second is meant for both.
            let low = if low.denomination == Denomination::Plain { Amount { denomination: high.denomination, ..low } } else { low };
            return Figure::Read(Goal::Between(low, high));
        }
        match self.number(at, field, unit) {
            Figure::Read(amount) => Figure::Read(Goal::One(amount)),
            Figure::Nothing => Figure::Nothing,
            Figure::Gap(text) => Figure::Gap(text),
            Figure::Wrong => Figure::Wrong,
        }
    }

    /// A day: Excel's, ISO, or typed as `31/12/2026` where day and month cannot change places, in this cell or another.
    pub(super) fn day(&mut self, at: At, field: &str) -> Figure<Date> {
        let text = match self.cell(at) {
            Cell::Empty => return Figure::Nothing,
            Cell::Day(day) => return Figure::Read(*day),
            Cell::Number(_) | Cell::Text(_) => self.text(at).unwrap_or_default(),
        };
        if self.is_gap(&text) {
            return Figure::Gap(text);
        }
        if let Some(day) = parse_day(&text) {
            return Figure::Read(day);
        }
        let place = self.place(at);
        let finding = match (days_meant(&text)[..].to_vec().as_slice(), self.day_first) {
            ([day], _) | ([day, _, ..], Some(true)) | ([_, day, ..], Some(false)) => return Figure::Read(*day),
            ([first, second, ..], None) => {
                Finding::new(Code::BadDate, place).says("bad-date.table").text("day", first.to_string()).text("other", second.to_string())
            }
            ([], _) => Finding::new(Code::BadDate, place),
        };
        self.push(at, finding.text("key", field).text("value", text));
        Figure::Wrong
    }

    /// Every cell that has found no place yet, in order.
    pub(super) fn left(&self) -> Vec<At> {
        let cells = self.rows.iter().flat_map(|row| self.grid.columns(*row).map(move |column| (*row, column)));
        cells.filter(|at| !self.used.contains(at)).collect()
    }
}

/// `Sheet1!D14` as spreadsheets write it; in a text file `a.csv:14:3`.
pub(super) fn address(grid: &Grid, (row, column): At) -> String {
    let place = grid.place(row, column);
    match &grid.name {
        None => format!("{}:{}:{}", place.file, place.line, place.column),
        Some(name) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => format!("{name}!{}{}", letters(column), row + 1),
        Some(name) => format!("'{}'!{}{}", name.replace('\'', "''"), letters(column), row + 1),
    }
}

/// A column's letters: A is 0, AA is 26.
pub(super) fn letters(column: u32) -> String {
    let (mut left, mut letters) = (column + 1, Vec::new());
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("one of twenty-six");
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Excel keeps a number and no decimals: those that it needs.
pub(super) fn exact(value: f64) -> Amount {
    let decimals = value.to_string().split('.').nth(1).map_or(0, str::len);
    Amount { decimals: u8::try_from(decimals.min(12)).unwrap_or(12), ..Amount::plain(value) }
}

#[derive(Clone, Copy)]
enum Bound {
    Least,
    Most,
}

/// The words and signs for bounds, the longest first.
const BOUNDS: [(&str, Bound); 20] = [
    ("không vượt quá", Bound::Most),
    ("không quá", Bound::Most),
    ("không dưới", Bound::Least),
    ("tối thiểu", Bound::Least),
    ("at least", Bound::Least),
    ("ít nhất", Bound::Least),
    ("at most", Bound::Most),
    ("tối đa", Bound::Most),
    ("dưới", Bound::Most),
    ("trên", Bound::Least),
    ("min", Bound::Least),
    ("max", Bound::Most),
    (">=", Bound::Least),
    ("=>", Bound::Least),
    ("<=", Bound::Most),
    ("=<", Bound::Most),
    ("≥", Bound::Least),
    ("≤", Bound::Most),
    (">", Bound::Least),
    ("<", Bound::Most),
];

fn without_bound(text: &str) -> (Option<Bound>, &str) {
    let text = text.trim();
    let found = BOUNDS.iter().find_map(|(word, bound)| {
        let start = text.get(..word.len()).or_else(|| text.char_indices().nth(word.chars().count()).map(|(at, _)| &text[..at]))?;
        (start.to_lowercase() == *word).then(|| (Some(*bound), text[start.len()..].trim()))
    });
    found.unwrap_or((None, text))
}

/// The halves of `28–32`.
fn two(text: &str) -> Option<(&str, &str)> {
    [" đến ", " to ", "–", "—", "~", "÷", "-"].into_iter().find_map(|mark| {
        let (low, high) = text.split_once(mark)?;
        let (low, high) = (low.trim(), high.trim());
        (!low.is_empty() && !high.is_empty() && !high.contains(mark)).then_some((low, high))
    })
}

fn is_day_like(text: &str) -> bool {
    parse_day(text).is_some() || !days_meant(text).is_empty()
}

/// Whether the days that people typed into the sheet begin with the day; none where they do not say, or say both.
fn day_first(grid: &Grid) -> Option<bool> {
    let mut said = BTreeSet::new();
    for row in grid.rows() {
        for column in grid.columns(row) {
            let Cell::Text(text) = grid.cell(row, column) else { continue };
            if parse_day(text).is_some() {
                continue;
            }
            let Some(first) = text.split(['/', '.', '-', ' ']).next().and_then(|it| it.trim().parse::<i8>().ok()) else { continue };
            if let [only] = days_meant(text)[..]
                && only.day() != only.month()
            {
                said.insert(only.day() == first);
            }
        }
    }
    if said.len() == 1 { said.pop_first() } else { None }
}
