//! Excel's files (ECMA-376): the values of one sheet as they were last computed.
//!
//! Merged cells hold their value in the first alone. What a file declares of itself – counts, sizes – is not read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Finding, nearest};

use super::{
    super::file::plain,
    Cell, MOST_COLUMNS, Missing, Row, Stored, Table,
    format::{Epoch, Format},
    package::{MOST_UNPACKED, Package, Trouble, Xml, attribute, name, resolved, walk},
    table, text, too_large, top,
};

/// As many rows as Excel itself can hold.
const MOST_ROWS: u32 = 1 << 20;

/// What old Excel files, and new ones with a password, begin with.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

pub(super) fn read(path: &Arc<str>, bytes: &[u8], sheet: Option<&str>) -> Result<Table, Box<Finding>> {
    let told = |trouble| Box::new(told(path, bytes, trouble));
    let mut package = Package::open(bytes).map_err(told)?;
    let book = Book::read(&mut package).map_err(told)?;
    let part = book.sheet(path, sheet)?;
    // A text that many cells share is held once in the file, and once a cell here.
    let mut room = usize::try_from(MOST_UNPACKED).unwrap_or(usize::MAX);
    let laid = book.cells(&mut package, part, &mut room).map_err(told)?;
    table(path, rows(path, laid.cells))
}

/// Every sheet as it lies, hidden ones too.
pub(super) fn raw(path: &Arc<str>, bytes: &[u8]) -> Result<Vec<Raws>, Box<Finding>> {
    let told = |trouble| Box::new(told(path, bytes, trouble));
    let mut package = Package::open(bytes).map_err(told)?;
    let book = Book::read(&mut package).map_err(told)?;
    // One for all sheets: many may name the same part.
    let mut room = usize::try_from(MOST_UNPACKED).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for sheet in &book.sheets {
        let Laid { cells, merged, percents } = book.cells(&mut package, &sheet.part, &mut room).map_err(told)?;
        let hidden = sheet.hidden;
        all.push(Raws { name: sheet.name.clone(), hidden, rows: rows(path, cells), merged, percents });
    }
    Ok(all)
}

/// One sheet of a workbook.
pub(super) struct Raws {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) rows: Vec<Row>,
    /// Top, left, bottom, right, from 0.
    pub(super) merged: Vec<[u32; 4]>,
    /// Row and column, from 0, of what is shown as a percentage.
    pub(super) percents: BTreeSet<(u32, u32)>,
}

/// What stands in a sheet's file.
#[derive(Default)]
struct Laid {
    /// By row and column, both from 0.
    cells: Vec<(u32, u32, Cell)>,
    merged: Vec<[u32; 4]>,
    percents: BTreeSet<(u32, u32)>,
}

fn told(path: &Arc<str>, bytes: &[u8], trouble: Trouble) -> Finding {
    match trouble {
        Trouble::TooLarge => too_large(path, "too-large.table-unpacked", "64 MiB"),
        Trouble::Broken => {
            let message = if bytes.starts_with(OLD) { "syntax.table-locked" } else { "syntax.table-broken" };
            Finding::new(Code::Syntax, top(path)).says(message)
        }
    }
}

/// What all sheets of a file share.
struct Book {
    sheets: Vec<Sheet>,
    epoch: Epoch,
    strings: Strings,
    formats: Vec<Format>,
}

struct Sheet {
    name: String,
    hidden: bool,
    part: String,
}

impl Book {
    fn read(package: &mut Package<'_>) -> Result<Self, Trouble> {
        let ends_in = |kind: &'static str| move |target: &&Target| target.kind.ends_with(kind);
        let root = targets(package, "")?;
        let workbook = root.values().find(ends_in("/officeDocument")).ok_or(Trouble::Broken)?.part.clone();
        let targets = targets(package, &workbook)?;
        let part = |kind| targets.values().find(ends_in(kind)).map(|target| target.part.as_str());
        let xml = package.part(&workbook)?.ok_or(Trouble::Broken)?;
        let (mut sheets, mut epoch) = (Vec::new(), Epoch::Of1900);
        walk(&xml, |found| {
            let Xml::Open(tag) = found else { return Ok(()) };
            if name(tag) == "workbookPr" && attribute(tag, "date1904").is_some_and(|it| matches!(&*it, "1" | "true")) {
                epoch = Epoch::Of1904;
            }
            let target = (name(tag) == "sheet").then(|| attribute(tag, "id")).flatten().and_then(|id| targets.get(&*id));
            if let Some(target) = target.filter(|it| it.kind.ends_with("/worksheet")) {
                let hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                let name = plain(attribute(tag, "name").unwrap_or_default().into_owned());
                sheets.push(Sheet { name, hidden, part: target.part.clone() });
            }
            Ok(())
        })?;
        let strings = part("/sharedStrings").map_or(Ok(None), |part| package.part(part))?.unwrap_or_default();
        let styles = part("/styles").map_or(Ok(None), |part| package.part(part))?.unwrap_or_default();
        Ok(Self { sheets, epoch, strings: Strings::read(&strings)?, formats: formats(&styles)? })
    }

    /// The part of the sheet that is meant.
    fn sheet(&self, path: &Arc<str>, wanted: Option<&str>) -> Result<&str, Box<Finding>> {
        let Some(wanted) = wanted else {
            let first = self.sheets.iter().find(|sheet| !sheet.hidden).or(self.sheets.first());
            return match first {
                Some(sheet) => Ok(&sheet.part),
                None => Err(Box::new(Finding::new(Code::Syntax, top(path)).says("syntax.table-empty"))),
            };
        };
        let composed = |name: &str| name.trim().nfc().collect::<String>();
        let small = |name: &str| composed(name).to_lowercase();
        let exact = self.sheets.iter().find(|sheet| composed(&sheet.name) == composed(wanted));
        let found = exact.or_else(|| self.sheets.iter().find(|sheet| small(&sheet.name) == small(wanted)));
        found.map(|sheet| sheet.part.as_str()).ok_or_else(|| {
            let names: Vec<&str> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            let finding = Finding::new(Code::UnknownReference, top(path)).says("unknown-reference.sheet").text("value", wanted);
            let file = path.rsplit('/').next().unwrap_or_default();
            Box::new(finding.text("file", file).names("names", &names).perhaps(nearest(wanted, names.iter().copied())))
        })
    }

    /// The cells that hold something, and which of them are merged. `room` is for their texts.
    fn cells(&self, package: &mut Package<'_>, part: &str, room: &mut usize) -> Result<Laid, Trouble> {
        let xml = package.part(part)?.ok_or(Trouble::Broken)?;
        let (mut laid, mut row, mut column) = (Laid::default(), 0_u32, 0_u32);
        let (mut raw, mut in_data) = (Raw::default(), false);
        walk(&xml, |found| {
            match found {
                Xml::Open(tag) if !in_data && name(tag) == "mergeCell" => {
                    laid.merged.extend(attribute(tag, "ref").and_then(|it| area(&it)))
                }
                Xml::Open(tag) if !in_data => in_data = name(tag) == "sheetData",
                Xml::Close("sheetData") => in_data = false,
                Xml::Close(_) | Xml::Text(_) if !in_data => {}
                Xml::Open(tag) => match name(tag) {
                    "row" => {
                        let written = attribute(tag, "r").map(|it| it.trim().parse::<u32>().ok().and_then(|it| it.checked_sub(1)));
                        (row, column) = (written.unwrap_or(Some(row)).ok_or(Trouble::Broken)?, 0);
                    }
                    "c" => {
                        if let Some(reference) = attribute(tag, "r") {
                            (row, column) = place(&reference).ok_or(Trouble::Broken)?;
                        }
                        raw.begin(tag);
                    }
                    part => raw.open(part),
                },
                Xml::Text(text) => raw.add(&text),
                Xml::Close("row") => row = row.saturating_add(1),
                Xml::Close("c") => {
                    if row >= MOST_ROWS || column as usize >= MOST_COLUMNS {
                        return Err(Trouble::Broken);
                    }
                    let cell = raw.cell(self)?;
                    if let Cell::Text(text) = &cell {
                        *room = room.checked_sub(text.len()).ok_or(Trouble::TooLarge)?;
                    }
                    if raw.is_percent(self, &cell) {
                        laid.percents.insert((row, column));
                    }
                    if cell != Cell::Empty {
                        laid.cells.push((row, column, cell));
                    }
                    column += 1;
                }
                Xml::Close(part) => raw.close(part),
            }
            Ok(())
        })?;
        let all = &mut laid.cells;
        if !all.is_sorted_by_key(|&(row, column, _)| (row, column)) {
            all.sort_by_key(|&(row, column, _)| (row, column));
        }
        all.dedup_by_key(|&mut (row, column, _)| (row, column));
        Ok(laid)
    }
}

struct Target {
    kind: String,
    part: String,
}

/// What a part names, by the names that it gives; that of `""` is the whole file's.
fn targets(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<String, Target>, Trouble> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let xml = package.part(&resolved("", &format!("{folder}/_rels/{file}.rels")))?.ok_or(Trouble::Broken)?;
    let mut all = BTreeMap::new();
    walk(&xml, |found| {
        if let Xml::Open(tag) = found
            && name(tag) == "Relationship"
            && let (Some(id), Some(kind), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
        {
            all.insert(id.into_owned(), Target { kind: kind.into_owned(), part: resolved(part, &target) });
        }
        Ok(())
    })?;
    Ok(all)
}

/// The texts that cells share, one behind the other.
#[derive(Default)]
struct Strings {
    all: String,
    ends: Vec<usize>,
}

impl Strings {
    fn read(xml: &str) -> Result<Self, Trouble> {
        let (mut strings, mut spoken) = (Self::default(), Spoken::default());
        walk(xml, |found| {
            match found {
                Xml::Open(tag) => spoken.open(name(tag)),
                Xml::Text(text) if spoken.is_read() => strings.all.push_str(&text),
                Xml::Text(_) => {}
                Xml::Close("si") => strings.ends.push(strings.all.len()),
                Xml::Close(part) => spoken.close(part),
            }
            Ok(())
        })?;
        Ok(strings)
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.all[start..end])
    }
}

/// Which texts are the cell's own: those in `<t>`, but not in `<rPh>`, which says how East Asian letters are spoken.
#[derive(Default)]
struct Spoken {
    in_text: bool,
    in_phonetic: bool,
}

impl Spoken {
    fn open(&mut self, part: &str) {
        match part {
            "t" => self.in_text = true,
            "rPh" => self.in_phonetic = true,
            _ => {}
        }
    }

    fn close(&mut self, part: &str) {
        match part {
            "t" => self.in_text = false,
            "rPh" => self.in_phonetic = false,
            _ => {}
        }
    }

    fn is_read(&self) -> bool {
        self.in_text && !self.in_phonetic
    }
}

/// The format of each style, by its number.
fn formats(xml: &str) -> Result<Vec<Format>, Trouble> {
    let (mut written, mut all, mut in_cells) = (BTreeMap::new(), Vec::new(), false);
    walk(xml, |found| {
        match found {
            Xml::Open(tag) => match name(tag) {
                "numFmt" => {
                    let id = attribute(tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
                    if let (Some(id), Some(code)) = (id, attribute(tag, "formatCode")) {
                        written.insert(id, Format::parse(&code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok()).unwrap_or(0);
                    all.push(written.get(&id).copied().unwrap_or_else(|| Format::built_in(id)));
                }
                _ => {}
            },
            Xml::Close("cellXfs") => in_cells = false,
            Xml::Close(_) | Xml::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(all)
}

/// A cell as it stands in the file.
#[derive(Default)]
struct Raw {
    kind: String,
    style: usize,
    value: String,
    formula: String,
    has_value: bool,
    has_formula: bool,
    within: Within,
    spoken: Spoken,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Within {
    #[default]
    Nothing,
    Value,
    Formula,
    Inline,
}

impl Raw {
    fn begin(&mut self, tag: &quick_xml::events::BytesStart<'_>) {
        self.kind.clear();
        self.kind.push_str(&attribute(tag, "t").unwrap_or_default());
        self.style = attribute(tag, "s").and_then(|it| it.trim().parse().ok()).unwrap_or(0);
        self.value.clear();
        self.formula.clear();
        (self.has_value, self.has_formula) = (false, false);
        (self.within, self.spoken) = (Within::Nothing, Spoken::default());
    }

    fn open(&mut self, part: &str) {
        match part {
            "v" if self.kind != "inlineStr" => (self.within, self.has_value) = (Within::Value, true),
            "f" => (self.within, self.has_formula) = (Within::Formula, true),
            "is" => (self.within, self.has_value) = (Within::Inline, true),
            part => self.spoken.open(part),
        }
    }

    fn close(&mut self, part: &str) {
        match part {
            "v" | "f" | "is" => self.within = Within::Nothing,
            part => self.spoken.close(part),
        }
    }

    fn add(&mut self, text: &str) {
        match self.within {
            Within::Value => self.value.push_str(text),
            Within::Formula => self.formula.push_str(text),
            Within::Inline if self.spoken.is_read() => self.value.push_str(text),
            Within::Inline | Within::Nothing => {}
        }
    }

    /// Whether a reader sees `80 %`, where the cell is 80.
    fn is_percent(&self, book: &Book, cell: &Cell) -> bool {
        matches!(cell, Cell::Number(_)) && book.formats.get(self.style).is_some_and(|it| it.is_percent())
    }

    fn cell(&self, book: &Book) -> Result<Cell, Trouble> {
        // Another program wrote the formula and left the computing to Excel: that is no gap.
        // An empty number is no result either; an empty text (`str`) is one.
        let is_open = !self.has_value || (matches!(self.kind.as_str(), "" | "n") && self.value.trim().is_empty());
        if self.has_formula && is_open {
            return Ok(Cell::Text(plain(format!("={}", self.formula))));
        }
        let value = self.value.trim();
        Ok(match self.kind.as_str() {
            "s" if value.is_empty() => Cell::Empty,
            "s" => {
                let shared = value.parse().ok().and_then(|at| book.strings.get(at)).ok_or(Trouble::Broken)?;
                written(shared)
            }
            "b" => match value {
                "" => Cell::Empty,
                "0" | "false" => Cell::Text("FALSE".to_owned()),
                _ => Cell::Text("TRUE".to_owned()),
            },
            "d" => value.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| written(value), Cell::Day),
            "" | "n" if value.is_empty() => Cell::Empty,
            "" | "n" => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => book.formats.get(self.style).copied().unwrap_or_default().cell(number, book.epoch),
                Ok(_) | Err(_) => written(value),
            },
            // `str`, `inlineStr`, and `e` for errors.
            _ => written(value),
        })
    }
}

/// A text as Excel writes it, in which `_x000D_` is a letter that XML cannot have.
fn written(raw: &str) -> Cell {
    let mut whole = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let letter = code.filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit())).and_then(|it| u32::from_str_radix(it, 16).ok());
        let (kept, done) = match letter {
            Some(_) => (at, at + 7),
            None => (at + 2, at + 2),
        };
        whole.push_str(&rest[..kept]);
        whole.extend(letter.map(|letter| char::from_u32(letter).unwrap_or('\u{fffd}')));
        rest = &rest[done..];
    }
    whole.push_str(rest);
    text(&plain(whole))
}

/// The first and the last cell of `B2:C5`; more than one.
fn area(reference: &str) -> Option<[u32; 4]> {
    let (from, to) = reference.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(from)?, place(to)?);
    let inside = bottom < MOST_ROWS && right as usize <= MOST_COLUMNS;
    (inside && top <= bottom && left <= right && (top, left) != (bottom, right)).then_some([top, left, bottom, right])
}

/// Row and column of `B12`, from 0; a `$` is not written there.
fn place(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.trim();
    let digits = reference.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = reference.split_at(digits);
    if !(1..=3).contains(&letters.len()) || digits.len() > 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

fn rows(path: &Arc<str>, cells: Vec<(u32, u32, Cell)>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (row, column, cell) in cells {
        let line = row + 1;
        if rows.last().is_none_or(|last| last.line != line) {
            rows.push(Row { file: path.clone(), line, cells: Vec::new(), missing: Missing::InColumn, surplus: false });
        }
        let last = rows.last_mut().expect("one was pushed");
        last.cells.push(Stored { column, at: (line, column + 1), cell });
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use rust_xlsxwriter::{ExcelDateTime, Format as Shown, Formula, Workbook};
    use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn sheet(bytes: &[u8], name: Option<&str>) -> Table {
        super::super::read("data/a.xlsx", bytes, name).unwrap_or_else(|finding| panic!("{}", finding.message))
    }

    fn refused(bytes: &[u8]) -> &'static str {
        super::super::read("data/a.xlsx", bytes, None).expect_err("no sheet").message
    }

    fn company() -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Số liệu").expect("a name");
        let percent = Shown::new().set_num_format("0.0%");
        let day = Shown::new().set_num_format("dd/mm/yyyy");
        let on = ExcelDateTime::from_ymd(2026, 7, 31).expect("a day");
        for (column, name) in ["Ngày", " Doanh thu\u{a0}", "Tỷ lệ", "", "Ghi chú"].into_iter().enumerate() {
            sheet.write(2, column as u16, name).expect("written");
        }
        sheet.write_with_format(4, 0, &on, &day).expect("written");
        sheet.write(4, 1, 1234.5).expect("written");
        sheet.write_with_format(4, 2, 0.07, &percent).expect("written");
        sheet.write(4, 4, "  <hai>\n& \u{1f600} _x000D_ ").expect("written");
        sheet.write(4, 6, "bên cạnh").expect("written");
        sheet.write(5, 1, Formula::new("=B5*2").set_result("2469")).expect("written");
        sheet.write(5, 2, Formula::new("=NA()").set_result("#N/A")).expect("written");
        sheet.write(5, 4, true).expect("written");
        sheet.merge_range(6, 0, 7, 1, "gộp", &Shown::new()).expect("merged");
        sheet.write(7, 4, "sau").expect("written");
        let second = book.add_worksheet().set_name("Quận 3").expect("a name");
        second.write(0, 0, 2026).expect("written");
        second.write(1, 0, "x").expect("written");
        book.save_to_buffer().expect("saved")
    }

    #[test]
    fn cells_are_what_a_reader_sees() {
        let table = sheet(&company(), None);
        assert_eq!(table.names().collect::<Vec<_>>(), ["Ngày", "Doanh thu", "Tỷ lệ", "Ghi chú"]);
        assert_eq!((table.header.len(), table.column("ghi chú")), (5, Ok(4)));
        let text = |text: &str| Cell::Text(text.to_owned());
        let day = Cell::Day("2026-07-31".parse().expect("a day"));
        let cells: Vec<Vec<Cell>> = table.rows.iter().map(|row| (0..5).map(|at| row.cell(at).clone()).collect()).collect();
        assert_eq!(
            cells,
            [
                vec![day, Cell::Number(1234.5), Cell::Number(7.0), Cell::Empty, text("<hai>\n& \u{1f600} _x000D_")],
                vec![Cell::Empty, Cell::Number(2469.0), text("#N/A"), Cell::Empty, text("TRUE")],
                vec![text("gộp"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
                vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, text("sau")],
            ]
        );
        let place = |row: usize, column| (table.rows[row].place(column).line, table.rows[row].place(column).column);
        assert_eq!((place(0, 1), place(0, 3), place(3, 4), place(1, 90)), ((5, 2), (5, 4), (8, 5), (6, 91)));
        assert_eq!((table.header[1].place.line, table.header[1].place.column, table.rows[0].line()), (3, 2, 5));
        assert!(table.problems.is_empty() && !table.rows[0].has_surplus());
    }

    #[test]
    fn a_sheet_is_found_by_name() {
        let bytes = company();
        for name in ["Quận 3", "quận 3", " Qu\u{1ead}n 3", "Qua\u{302}\u{323}n 3"] {
            assert_eq!(sheet(&bytes, Some(name)).header[0].cell, Cell::Text("2026".to_owned()), "{name}");
        }
        let finding = super::super::read("data/a.xlsx", &bytes, Some("Quận 5")).expect_err("no such sheet");
        assert_eq!((finding.code, finding.message), (Code::UnknownReference, "unknown-reference.sheet"));
        assert_eq!(finding.suggestion.as_deref(), Some("Quận 3"));
    }

    #[test]
    fn a_hidden_sheet_is_not_the_first() {
        let mut book = Workbook::new();
        book.add_worksheet().set_hidden(true).write(0, 0, "ẩn").expect("written");
        book.add_worksheet().set_active(true).write(0, 0, "hiện").expect("written");
        assert_eq!(sheet(&book.save_to_buffer().expect("saved"), None).names().next(), Some("hiện"));
    }

    #[test]
    fn what_is_no_workbook_is_told() {
        assert_eq!(refused(b"PK\x03\x04"), "syntax.table-broken");
        assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), "syntax.table-locked");
        let bytes = company();
        assert_eq!(refused(&bytes[..bytes.len() / 2]), "syntax.table-broken");
        assert_eq!(refused(&Workbook::new().save_to_buffer().expect("saved")), "syntax.table-empty");
    }

    /// The parts of a workbook, changed, and packed again.
    fn packed(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            let mut inside = Vec::new();
            part.read_to_end(&mut inside).expect("whole");
            let name = part.name().expect("a name").into_owned();
            writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("started");
            writer.write_all(&change(&name, inside)).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    fn of_sheet(xml: &str) -> Vec<u8> {
        let xml = format!("<x:worksheet><x:sheetData>{xml}</x:sheetData></x:worksheet>");
        packed(&company(), |name, inside| if name == "xl/worksheets/sheet1.xml" { xml.clone().into_bytes() } else { inside })
    }

    #[test]
    fn sheets_of_other_programs_are_read() {
        let table = sheet(
            &of_sheet(
                "<x:row><x:c t='inlineStr'><x:is><x:r><x:t>a</x:t></x:r><x:r><x:t>&amp;b</x:t></x:r><x:rPh><x:t>z</x:t></x:rPh></x:is></x:c>\
                 <x:c t='str'><x:v>c</x:v></x:c></x:row><x:row/><x:row><x:c/><x:c><x:f>A1+1</x:f></x:c><x:c t='d'><x:v>2026-07-31T00:00:00</x:v></x:c></x:row>\
                 <x:row r='9'><x:c r='B9'><x:v>1E3</x:v></x:c><x:c r='A9'><x:v>NaN</x:v></x:c></x:row>",
            ),
            None,
        );
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(table.names().collect::<Vec<_>>(), ["a&b", "c"]);
        assert_eq!((table.rows[0].line(), table.rows[0].cell(1)), (3, &text("=A1+1")));
        assert_eq!(table.rows[0].cell(2), &Cell::Day("2026-07-31".parse().expect("a day")));
        assert_eq!((table.rows[1].line(), table.rows[1].cell(0), table.rows[1].cell(1)), (9, &text("NaN"), &Cell::Number(1000.0)));
    }

    #[test]
    fn what_a_file_declares_is_not_believed() {
        for xml in [
            "<x:row r='0'/>",
            "<x:row r='4294967295'><x:c/></x:row>",
            "<x:row><x:c r='XFE1'/></x:row>",
            "<x:row><x:c r='A1048577'/></x:row>",
        ] {
            assert_eq!(refused(&of_sheet(xml)), "syntax.table-broken", "{xml}");
        }
        let forged = packed(&company(), |_, inside| {
            String::from_utf8(inside).expect("XML").replace("uniqueCount=\"", "uniqueCount=\"99999999999999").into_bytes()
        });
        assert_eq!(sheet(&forged, None).rows.len(), 4);
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let bomb = packed(&company(), |name, inside| if name == "xl/styles.xml" { vec![b' '; MOST_UNPACKED as usize] } else { inside });
        assert!(bomb.len() < super::super::MOST_BYTES);
        assert_eq!(refused(&bomb), "too-large.table-unpacked");
        let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
        let cells = "<c t=\"s\"><v>0</v></c>".repeat(100);
        let shared = packed(&company(), |name, inside| match name {
            "xl/sharedStrings.xml" => long.clone().into_bytes(),
            "xl/worksheets/sheet1.xml" => format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>").into_bytes(),
            _ => inside,
        });
        assert_eq!(refused(&shared), "too-large.table-unpacked");
        // A row for each of Excel's, each with a cell at the far right: none takes the room of what lies between.
        let far = |row: usize| format!("<row><c r=\"XFD{row}\"><v>1</v></c></row>");
        let wide = of_sheet(&(1..20_000).map(far).collect::<String>().replace('<', "<x:").replace("<x:/", "</x:"));
        assert_eq!(sheet(&wide, None).rows.len(), 19_998);
    }

    proptest::proptest! {
        #[test]
        fn no_damage_crashes_it(seed in 0..usize::MAX, byte in proptest::num::u8::ANY, which in 0..6_usize) {
            let names = ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"];
            thread_local!(static WHOLE: Vec<u8> = company());
            let whole = WHOLE.with(Clone::clone);
            let changed = packed(&whole, |name, mut inside| {
                if name == names[which] {
                    let at = seed % inside.len();
                    match seed % 3 {
                        0 => inside[at] = byte,
                        1 => inside.truncate(at),
                        _ => drop(inside.splice(at..at, std::iter::repeat_n(byte, 20))),
                    }
                }
                inside
            });
            drop(super::super::read("a.xlsx", &changed, Some("Quận 3")));
            drop(super::super::read("a.xlsx", &changed, None));
            drop(super::super::read_grids("a.xlsx", &changed));
            let mut broken = whole;
            let at = seed % broken.len();
            broken[at] = byte;
            drop(super::super::read("a.xlsx", &broken, None));
        }
    }
}
