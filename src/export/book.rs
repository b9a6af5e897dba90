//! What every workbook of ours has: a fixed date of making, names that Excel takes, texts that fit into a cell.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::model::Date;

/// A cell takes 32,767 UTF-16 units.
const MOST_UNITS: usize = 32_000;

/// The longest name of a sheet, in UTF-16 units.
const NAME_UNITS: usize = 31;

/// An empty workbook, made on the day of its figures: its bytes depend on no clock.
///
/// # Errors
/// None that a day can cause.
pub(super) fn workbook(title: &str, as_of: Date) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = match excel_day(as_of) {
        Some(day) => day,
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    book.set_properties(&DocProperties::new().set_title(clipped(title, 255)).set_creation_datetime(&made));
    Ok(book)
}

/// A day as Excel counts it; its calendar begins in 1900.
pub(super) fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// A text as long as a cell takes.
pub(super) fn fitting(text: &str) -> String {
    clipped(text, MOST_UNITS)
}

fn clipped(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < most
    });
    kept.chain(['…']).collect()
}

/// A name that Excel takes for a sheet – at most 31 characters, none of `[]:*?/\`, no quote at an edge –, and that no
/// sheet has before it, capitals or not.
pub(super) fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        wanted.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { ' ' } else { c }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches(['\'', ' ']);
    // Excel keeps "History" for itself.
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { format!("{plain}_") } else { plain.to_owned() };
    let mut number = 1;
    loop {
        let tail = if number == 1 { String::new() } else { format!(" ({number})") };
        let name = clipped(&plain, NAME_UNITS - tail.len()).trim_end_matches(['\'', ' ']).to_owned() + &tail;
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_takes_every_name_and_none_comes_twice() {
        let mut taken = BTreeSet::new();
        let long = "Nguyễn Thị Hồng Nhung Phương Thảo Ngân";
        for (wanted, name) in [
            ("Kinh doanh", "Kinh doanh"),
            ("KINH doanh", "KINH doanh (2)"),
            ("[R&D]: 1/2*?\\", "R&D 1 2"),
            ("'Ý kiến'", "Ý kiến"),
            ("", "_"),
            ("history", "history_"),
            (long, "Nguyễn Thị Hồng Nhung Phương T…"),
            (long, "Nguyễn Thị Hồng Nhung Phươ… (2)"),
            ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀…"),
        ] {
            let got = sheet_name(wanted, &mut taken);
            assert_eq!(got, name, "{wanted}");
            Workbook::new().add_worksheet().set_name(&got).expect("Excel takes it");
        }
    }

    #[test]
    fn a_text_is_cut_where_a_cell_ends() {
        assert_eq!(fitting("ngắn"), "ngắn");
        let long = fitting(&"😀".repeat(20_000));
        assert!(long.ends_with("😀…") && long.encode_utf16().count() <= MOST_UNITS, "{}", long.len());
    }
}
