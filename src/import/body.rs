//! The rows below a head: which are goals, which are sub-heads, totals and signatures.

use std::collections::BTreeSet;

use crate::model::{Amount, Denomination, Id, Quoting, Unit, read_number};

use crate::{
    diagnostic::{Argument, Code, Finding, Severity},
    source::Cell,
};

use super::{
    draft::Kept,
    head::{Head, Means, Role},
    sheet::{At, Figure, Sheet, letters},
};

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Item,
    /// A sub-head, in its words.
    Group(String),
    /// A total, a note, a signature.
    Other,
}

/// The rows below the head, each with what it is. `name` is the column of titles.
pub(super) fn rows(sheet: &Sheet<'_>, head: &Head, name: u32) -> Vec<(u32, RowKind)> {
    let below: Vec<u32> = sheet.rows().iter().copied().filter(|row| *row > head.last).collect();
    let end = below.iter().position(|row| is_signature(sheet, head, *row)).unwrap_or(below.len());
    let of = |(index, row): (usize, &u32)| {
        if index >= end || is_total(sheet, *row) || sheet.text((*row, name)).is_none() {
            return RowKind::Other;
        }
        let bare = sheet.own((*row, name)).filter(|_| !has_content(sheet, head, *row, name));
        bare.map_or(RowKind::Item, RowKind::Group)
    };
    let mut kinds: Vec<RowKind> = below.iter().enumerate().map(of).collect();
    if kinds.contains(&RowKind::Item) {
        // A sub-head has goals below it; words below the last goal are a note.
        let mut heads_something = false;
        for kind in kinds.iter_mut().rev() {
            match kind {
                RowKind::Item => heads_something = true,
                RowKind::Group(_) if !heads_something => *kind = RowKind::Other,
                RowKind::Group(_) | RowKind::Other => {}
            }
        }
    } else {
        // Names alone, one below the other, are what there is.
        kinds.iter_mut().filter(|it| matches!(it, RowKind::Group(_))).for_each(|it| *it = RowKind::Item);
    }
    below.into_iter().zip(kinds).collect()
}

/// Whether something besides its name, number and weight stands in a row.
fn has_content(sheet: &Sheet<'_>, head: &Head, row: u32, name: u32) -> bool {
    head.columns.iter().filter(|it| it.at != name).any(|it| {
        let names = matches!(it.means, Means::Role(Role::Number | Role::Weight | Role::Group | Role::Note | Role::Objective));
        !names && sheet.own(sheet.grid.origin(row, it.at)).is_some_and(|_| sheet.grid.origin(row, it.at).1 != name)
    })
}

const TOTALS: [&str; 8] = ["tong", "tong-cong", "cong", "tong-so", "total", "sum", "grand-total", "tong-diem"];

/// A row that adds up those above it.
fn is_total(sheet: &Sheet<'_>, row: u32) -> bool {
    let first = sheet.grid.columns(row).find_map(|column| match sheet.grid.cell(row, column) {
        Cell::Text(text) if text.chars().any(char::is_alphabetic) => Some(Id::new(text.trim_end_matches([':', '.']))),
        Cell::Text(_) | Cell::Number(_) | Cell::Day(_) | Cell::Empty => None,
    });
    first.is_some_and(|it| {
        let opens =
            ["tong-trong-so", "cong-nhom", "tong-nhom", "tong-cong-", "total-weight"].iter().any(|word| it.as_str().starts_with(word));
        TOTALS.contains(&it.as_str()) || opens
    })
}

/// How signatures and notes below a sheet begin.
const SIGNATURES: [&str; 18] = [
    "nguoi-lap",
    "nguoi-duyet",
    "nguoi-ky",
    "nguoi-bao-cao",
    "giam-doc",
    "truong-phong",
    "ky-ten",
    "xac-nhan",
    "phe-duyet",
    "prepared-by",
    "approved-by",
    "signature",
    "signed",
    "ghi-chu",
    "luu-y",
    "note",
    "notes",
    "nguoi-danh-gia",
];

/// From the first such row on nothing is a goal: signatures, and notes that explain the sheet.
fn is_signature(sheet: &Sheet<'_>, head: &Head, row: u32) -> bool {
    let has_figure = head.columns.iter().any(|it| {
        let figures = matches!(it.means, Means::Figures { .. } | Means::Role(Role::Target | Role::Result | Role::Value | Role::Start));
        figures && sheet.own((row, it.at)).is_some() && sheet.is_figure((row, it.at))
    });
    let begins = |text: &str| {
        let id = Id::new(text);
        SIGNATURES.iter().any(|it| id.as_str() == *it || id.as_str().strip_prefix(*it).is_some_and(|rest| rest.starts_with('-')))
    };
    let marked = |column: u32| {
        let is_note =
            head.columns.iter().any(|it| it.at == column && matches!(it.means, Means::Role(Role::Note | Role::Owner | Role::Status)));
        !is_note && matches!(sheet.grid.cell(row, column), Cell::Text(text) if begins(text))
    };
    !has_figure && sheet.grid.columns(row).any(marked)
}

/// The cells of a row that hold figures, with the unit in which they are.
pub(super) struct Figures {
    pub(super) unit: Option<Unit>,
    /// Where the unit is `%`: whether a number of at most 1 may be a share of one, so that 0.95 is 95 %.
    doubt: Doubt,
}

/// Whether a number of at most 1 may be meant as a share.
#[derive(Clone, Copy, PartialEq)]
enum Doubt {
    /// It says what it is.
    No,
    /// No number of the row is larger.
    All,
    /// Beside numbers of this size: it may, where a hundred times of it is about as much.
    Beside(f64),
}

/// A cell's number without a sign of per cent, as far as it says none; and whether it says one.
fn bare(sheet: &Sheet<'_>, at: At) -> Option<(f64, bool)> {
    match sheet.cell(at) {
        Cell::Number(number) => Some((*number, sheet.grid.is_percent(at.0, at.1))),
        Cell::Text(text) => {
            let read = crate::model::read_number(text.trim_end_matches('%').trim(), Quoting::Quoted, None, sheet.marks());
            read.ok().flatten().map(|it| (it.value, text.trim_end().ends_with('%')))
        }
        Cell::Day(_) | Cell::Empty => None,
    }
}

impl Figures {
    /// Reads in what a row is measured: by its own column, by a head's brackets, by what stands behind the numbers.
    pub(super) fn of(sheet: &mut Sheet<'_>, head: &Head, row: u32, cells: &[At]) -> Self {
        let written = head.column(Role::Unit).and_then(|column| sheet.take_text((row, column)));
        let of_head = || {
            let brackets = head.columns.iter().filter(|it| cells.iter().any(|cell| cell.1 == it.at)).filter_map(|it| it.bracket.as_deref());
            brackets.filter(|it| is_unit(it)).map(str::to_owned).next()
        };
        let is_share = |text: &str| ["ty-le", "phan-tram", "percent", "pct", "rate", "ti-le"].contains(&Id::new(text).as_str());
        let percents = cells.iter().any(|at| sheet.grid.is_percent(at.0, at.1) || sheet.text(*at).is_some_and(|it| it.ends_with('%')));
        let unit = match written {
            Some(text) if is_share(&text) => Unit::new("%"),
            Some(text) if text.trim() != "-" => Unit::new(&text),
            Some(_) | None if percents => Unit::new("%"),
            Some(_) | None => of_head().or_else(|| behind(sheet, cells)).and_then(|text| Unit::new(&text)),
        };
        let numbers: Vec<(f64, bool)> = cells.iter().filter_map(|at| bare(sheet, *at)).collect();
        let largest = numbers.iter().map(|(number, _)| number.abs()).fold(0.0, f64::max);
        let doubt = match unit.as_ref().is_some_and(Unit::is_percent) {
            false => Doubt::No,
            true if largest > 1.0 => Doubt::Beside(largest),
            true if numbers.iter().any(|(_, percent)| *percent) => Doubt::No,
            true => Doubt::All,
        };
        Self { unit, doubt }
    }

    pub(super) fn number(&self, sheet: &mut Sheet<'_>, at: At, field: &str) -> Figure<Amount> {
        if self.is_doubtful(sheet, at) { Figure::Wrong } else { sheet.number(at, field, self.unit.as_ref()) }
    }

    pub(super) fn goal(&self, sheet: &mut Sheet<'_>, at: At, field: &str) -> Figure<super::sheet::Goal> {
        if self.is_doubtful(sheet, at) { Figure::Wrong } else { sheet.goal(at, field, self.unit.as_ref()) }
    }

    fn is_doubtful(&self, sheet: &mut Sheet<'_>, at: At) -> bool {
        let Some((number, percent)) = bare(sheet, at) else { return false };
        let is_share = match self.doubt {
            Doubt::No => false,
            Doubt::All => true,
            Doubt::Beside(other) => (2.0 / 3.0..=1.5).contains(&(number * 100.0 / other)),
        };
        if !is_share || percent || number == 0.0 || number.abs() > 1.0 {
            return false;
        }
        let (share, points) = (format!("{}%", number * 100.0), format!("{number}%"));
        sheet.find(Code::AmbiguousNumber, at, |it| {
            it.says("ambiguous-number.share").text("value", number.to_string()).text("whole", share).text("decimal", points)
        });
        true
    }
}

/// Whether brackets name a unit, and no remark.
pub(super) fn is_unit(text: &str) -> bool {
    let unit = Unit::new(text);
    unit.is_some_and(|it| it.is_percent() || it.currency().is_some() || it.scale() != crate::model::Scale::One)
}

/// What stands behind all the numbers that have something behind them.
fn behind(sheet: &Sheet<'_>, cells: &[At]) -> Option<String> {
    let mut found: Option<String> = None;
    for at in cells {
        let Cell::Text(text) = sheet.cell(*at) else { continue };
        let error = read_number(text, Quoting::Quoted, None, sheet.marks()).err();
        if let Some(crate::model::NumberError::WrongUnit { written }) = error
            && written.starts_with(char::is_alphabetic)
            && !written.contains(|c: char| c.is_ascii_digit())
        {
            if found.as_ref().is_some_and(|it| *it != written) {
                return None;
            }
            found = Some(written);
        }
    }
    found
}

/// Every cell of a row that has found no place, kept word for word; each is taken.
pub(super) fn keep(sheet: &mut Sheet<'_>, head: &Head, row: u32) -> Vec<Kept> {
    let left: Vec<u32> = sheet.grid.columns(row).filter(|column| !sheet.is_taken((row, *column))).collect();
    left.into_iter()
        .map(|column| {
            sheet.take((row, column));
            let text = sheet.own((row, column)).unwrap_or_default();
            Kept { address: sheet.address((row, column)), head: head.title(column).to_owned(), text }
        })
        .collect()
}

/// What of a sheet's rows goes into keys, and what is kept as words.
#[derive(Default)]
pub(super) struct Fates {
    /// Columns of which some cell has become a figure or a field.
    used: BTreeSet<u32>,
    /// Cells that are kept, and of which no finding speaks yet.
    kept: Vec<At>,
}

impl Fates {
    /// Notes what became of a row's cells, before the rest is kept.
    pub(super) fn note(&mut self, sheet: &Sheet<'_>, row: u32) {
        for column in sheet.grid.columns(row) {
            match (sheet.is_taken((row, column)), sheet.is_told((row, column))) {
                (true, _) => drop(self.used.insert(column)),
                (false, true) => {}
                (false, false) => self.kept.push((row, column)),
            }
        }
    }

    /// Tells of a column that goes into no key once, and of single cells of the others one by one.
    pub(super) fn tell(self, sheet: &mut Sheet<'_>, head: &Head) {
        let warning = |it: Finding| Finding { severity: Severity::Warning, ..it };
        let columns: BTreeSet<u32> = self.kept.iter().map(|at| at.1).filter(|column| !self.used.contains(column)).collect();
        for column in columns {
            let count = self.kept.iter().filter(|at| at.1 == column).count();
            let first = sheet.grid.origin(head.last, column);
            let at = if sheet.own(first).is_some() { first } else { (head.last, column) };
            let title = Some(head.title(column).to_owned()).filter(|it| !it.is_empty()).unwrap_or_else(|| letters(column));
            sheet.find(Code::UnknownKey, at, |it| {
                warning(it.says("unknown-key.column").text("key", title).with("n", Argument::Count(count)))
            });
        }
        for at in self.kept.into_iter().filter(|at| self.used.contains(&at.1)) {
            let (title, text) = (head.title(at.1).to_owned(), sheet.own(at).unwrap_or_default());
            sheet.find(Code::UnknownKey, at, |it| warning(it.says("unknown-key.cell").text("key", title).text("value", text)));
        }
    }
}

/// The weights of one list, made alike: all in per cent or none, and 0 where a cell is empty beside others that are not.
pub(super) fn weights(sheet: &mut Sheet<'_>, head: &Head, rows: &[u32]) -> Vec<Option<Amount>> {
    let Some(column) = head.column(Role::Weight) else { return vec![None; rows.len()] };
    let in_percent = head.columns.iter().any(|it| it.at == column && it.bracket.as_deref() == Some("%"));
    let mut all: Vec<Option<Amount>> = Vec::with_capacity(rows.len());
    for row in rows {
        let at = (*row, column);
        let amount = match sheet.number(at, Role::Weight.name(), None) {
            Figure::Read(amount) if amount.value >= 0.0 => Some(amount),
            Figure::Read(_) => {
                let value = sheet.text(at).unwrap_or_default();
                sheet.find(Code::BadWeight, at, |it| it.text("value", value));
                None
            }
            Figure::Nothing | Figure::Gap(_) | Figure::Wrong => None,
        };
        if amount.is_some() {
            sheet.take(at);
        }
        all.push(amount.map(|it| if in_percent { Amount { denomination: Denomination::Percent, ..it } } else { it }));
    }
    let percent = all.iter().flatten().filter(|it| it.denomination == Denomination::Percent).count();
    let plain = all.iter().flatten().count() - percent;
    let kind = if percent >= plain { Denomination::Percent } else { Denomination::Plain };
    if percent + plain == 0 {
        return all;
    }
    let none = Amount { denomination: kind, ..Amount::plain(0.0) };
    for (row, weight) in rows.iter().zip(&mut all) {
        let at = (*row, column);
        match weight {
            Some(amount) if amount.denomination == kind || amount.value == 0.0 => {}
            // The cell stays in the text, so that what was written there is not lost.
            Some(_) => {
                let value = sheet.own(at).unwrap_or_default();
                sheet.give_back(at);
                sheet.find(Code::BadWeight, at, |it| it.says("bad-weight.other-kind").text("value", value));
                *weight = Some(none);
            }
            None => {
                sheet.find(Code::BadWeight, at, |it| Finding { severity: Severity::Warning, ..it.says("bad-weight.empty") });
                *weight = Some(none);
            }
        }
    }
    all
}
