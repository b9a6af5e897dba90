//! Texts with one row a line.

use std::{collections::BTreeMap, sync::Arc};

use csv_core::{ReadFieldResult, ReaderBuilder, Terminator};

use crate::diagnostic::{Code, Finding, Place};

use super::{
    super::file::{end_of, number, plain},
    Cell, Missing, Row, Stored, Table, table, text,
};

/// What may stand between two cells.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// What stands between the cells of a file with one column: no text holds it.
const NOTHING: u8 = 0;

pub(super) fn read(path: &Arc<str>, bytes: &[u8], ending: &str) -> Result<Table, Box<Finding>> {
    let whole = whole(path, bytes)?;
    if is_blank(&whole) {
        return table(path, Vec::new());
    }
    let (separator, from) = match declared(&whole) {
        Some(found) => found,
        None => (found(path, &whole, ending)?, 0),
    };
    let (rows, mut problems) = rows(path, &whole, from, separator)?;
    let mut table = table(path, rows)?;
    problems.extend(surplus(&mut table, separator));
    problems.sort_by(|a, b| a.order().cmp(&b.order()));
    table.problems = problems;
    Ok(table)
}

/// Every row as it lies, and what is wrong with single cells: there is no header whose width the others have.
pub(super) fn raw(path: &Arc<str>, bytes: &[u8], ending: &str) -> Result<(Vec<Row>, Vec<Finding>), Box<Finding>> {
    let whole = whole(path, bytes)?;
    if is_blank(&whole) {
        return Ok((Vec::new(), Vec::new()));
    }
    let (separator, from) = match declared(&whole) {
        Some(found) => found,
        None => (usual(&whole).map_or_else(|| found(path, &whole, ending), Ok)?, 0),
    };
    rows(path, &whole, from, separator)
}

fn whole(path: &Arc<str>, bytes: &[u8]) -> Result<String, Box<Finding>> {
    let not_text = |sound| Box::new(Finding::new(Code::NotUtf8, end_of(path, sound)).says("not-utf8.table"));
    let whole = std::str::from_utf8(bytes).map_err(|error| not_text(&bytes[..error.valid_up_to()]))?;
    match whole.find('\0') {
        Some(zero) => Err(not_text(&bytes[..zero])),
        None => Ok(plain(whole.to_owned())),
    }
}

/// Without a letter there is nothing that a separator could stand between.
fn is_blank(whole: &str) -> bool {
    whole.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"'))
}

/// The separator that gives the most rows of one width, where just one does. A sheet with a title above its header and
/// signatures below says nothing by its first row.
fn usual(whole: &str) -> Option<u8> {
    let most_alike = |separator: u8| {
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        shapes(whole, separator).filter(|row| row.width > 1).for_each(|row| *widths.entry(row.width).or_default() += 1);
        widths.into_iter().map(|(width, rows)| (rows, width)).max().unwrap_or((0, 0))
    };
    let mut found: Vec<((usize, usize), u8)> = SEPARATORS.into_iter().map(|it| (most_alike(it), it)).collect();
    found.sort_by_key(|(alike, _)| std::cmp::Reverse(*alike));
    match found[..] {
        [(best, separator), (next, _), ..] if best.0 > 1 && best > next => Some(separator),
        _ => None,
    }
}

/// What Excel's own first line says, `sep=;`, and where the rest begins.
fn declared(whole: &str) -> Option<(u8, usize)> {
    let line = whole.split('\n').next().unwrap_or_default();
    let inside = line.trim_end_matches([' ', '"']).trim_start_matches('"');
    let rest = inside.get(..4).filter(|it| it.eq_ignore_ascii_case("sep=")).map(|_| &inside[4..])?;
    let &[separator] = rest.as_bytes() else { return None };
    let fits = separator == b'\t' || separator.is_ascii_punctuation() && separator != b'"';
    fits.then_some((separator, (line.len() + 1).min(whole.len())))
}

/// How a file reads with one of the separators.
struct Fit {
    separator: u8,
    /// Each row has as many cells as the header.
    alike: bool,
    /// No row has more.
    within: bool,
    /// Some row below the header has more than one.
    used: bool,
    /// Quotes stand where they may.
    sound: bool,
}

/// The separator with which the file reads as a table, if just one does.
fn found(path: &Arc<str>, whole: &str, ending: &str) -> Result<u8, Box<Finding>> {
    let is_wide = |separator: &u8| shapes(whole, *separator).next().is_some_and(|header| header.width > 1);
    let wide: Vec<u8> = SEPARATORS.into_iter().filter(is_wide).collect();
    if ending == "tsv" && wide.contains(&b'\t') {
        return Ok(b'\t');
    }
    if let [one] = wide[..] {
        let mut below = shapes(whole, one).skip(1).peekable();
        let fits = below.peek().is_none() || below.any(|row| row.width > 1);
        return Ok(if fits { one } else { NOTHING });
    }
    let fits: Vec<Fit> = wide.into_iter().map(|separator| fit(whole, separator)).collect();
    let tiers: [fn(&Fit) -> bool; 3] = [|it| it.alike && it.sound, |it| it.used && it.within && it.sound, |it| it.used];
    for tier in tiers {
        let mut fitting = fits.iter().filter(|fit| tier(fit));
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => return Ok(one.separator),
            (Some(one), Some(other)) => return Err(Box::new(two_ways(path, whole, [one.separator, other.separator]))),
            (None, _) => {}
        }
    }
    Ok(NOTHING)
}

fn fit(whole: &str, separator: u8) -> Fit {
    let mut fit = Fit { separator, alike: true, within: true, used: false, sound: true };
    let mut header = None;
    for Shape { width, sound } in shapes(whole, separator) {
        fit.sound &= sound;
        match header {
            None => header = Some(width),
            Some(columns) => {
                fit.alike &= width == columns;
                fit.within &= width <= columns;
                fit.used |= width > 1;
            }
        }
    }
    fit
}

/// A row that is not blank, as a separator makes it.
struct Shape {
    width: usize,
    /// Quotes stand where they may.
    sound: bool,
}

fn shapes(whole: &str, separator: u8) -> impl Iterator<Item = Shape> {
    let mut fields = Fields::new(whole, 0, separator);
    std::iter::from_fn(move || {
        let (mut width, mut blank, mut sound) = (0, true, true);
        while let Some(field) = fields.next() {
            width += 1;
            blank &= field.text().trim().is_empty();
            sound &= field.closing() == Closing::Sound;
            if field.ends_row {
                if !blank {
                    return Some(Shape { width, sound });
                }
                (width, sound) = (0, true);
            }
        }
        None
    })
}

fn two_ways(path: &Arc<str>, whole: &str, separators: [u8; 2]) -> Finding {
    let blank = whole.split('\n').take_while(|line| line.trim().is_empty()).count();
    let place = Place { file: path.clone(), line: number(blank + 1), column: 1 };
    let [one, other] = separators.map(shown);
    Finding::new(Code::Syntax, place).says("syntax.table-separator").text("one", one).text("other", other)
}

fn shown(separator: u8) -> String {
    if separator == b'\t' { "Tab".to_owned() } else { char::from(separator).to_string() }
}

fn rows(path: &Arc<str>, whole: &str, from: usize, separator: u8) -> Result<(Vec<Row>, Vec<Finding>), Box<Finding>> {
    let at = |(line, column)| Place { file: path.clone(), line, column };
    let mut rows: Vec<Row> = Vec::new();
    let mut problems = Vec::new();
    let mut walk = Walk { whole, at: 0, line: 1, column: 1 };
    let mut cells: Vec<Stored> = Vec::new();
    let mut fields = Fields::new(whole, from, separator);
    while let Some(field) = fields.next() {
        match field.closing() {
            Closing::Sound | Closing::Stray => {}
            Closing::Early => {
                problems.push(Finding::new(Code::Syntax, at(walk.to(field.start))).says("syntax.table-quote-early"));
            }
            Closing::Never => return Err(Box::new(Finding::new(Code::Syntax, at(walk.to(field.start))).says("syntax.table-quote"))),
        }
        let value = field.text();
        let spaces = if value.trim().is_empty() { 0 } else { value.len() - value.trim_start().len() };
        let spot = walk.to(field.start + usize::from(field.is_quoted()) + spaces);
        cells.push(Stored { column: number(cells.len()), at: spot, cell: text(value) });
        if field.ends_row {
            let (line, column) = walk.to(field.start + field.raw.len());
            let line_of_row = cells.first().map_or(line, |stored| stored.at.0);
            let room = Vec::with_capacity(cells.len());
            let cells = std::mem::replace(&mut cells, room);
            rows.push(Row { file: path.clone(), line: line_of_row, cells, missing: Missing::At(line, column), surplus: false });
        }
    }
    Ok((rows, problems))
}

/// Marks the rows that hold more values than there are columns, and tells of each.
fn surplus(table: &mut Table, separator: u8) -> Vec<Finding> {
    let width = table.header.len();
    let mut problems = Vec::new();
    for row in &mut table.rows {
        let first = row.cells.iter().skip(width).find(|stored| stored.cell != Cell::Empty);
        let Some((line, column)) = first.map(|stored| stored.at) else { continue };
        row.surplus = true;
        let place = Place { file: row.file.clone(), line, column };
        let finding = Finding::new(Code::Syntax, place)
            .says("syntax.table-long-row")
            .text("cells", row.cells.len().to_string())
            .text("columns", width.to_string())
            .text("separator", shown(separator));
        problems.push(finding);
    }
    problems
}

/// Goes through a text once: the places that it is asked for come in order.
struct Walk<'t> {
    whole: &'t str,
    at: usize,
    line: u32,
    column: u32,
}

impl Walk<'_> {
    fn to(&mut self, offset: usize) -> (u32, u32) {
        let offset = offset.max(self.at);
        for &byte in &self.whole.as_bytes()[self.at..offset] {
            match byte {
                b'\n' => (self.line, self.column) = (self.line + 1, 1),
                // The rest of a letter.
                0x80..=0xbf => {}
                _ => self.column += 1,
            }
        }
        self.at = offset;
        (self.line, self.column)
    }
}

/// One cell as it stands in the file.
struct Field<'f> {
    /// The byte at which it begins, at the quote if it has one.
    start: usize,
    /// With its quotes, without the separator.
    raw: &'f str,
    /// What is inside the quotes.
    inside: &'f [u8],
    ends_row: bool,
}

/// How a cell's quotes close.
#[derive(PartialEq)]
enum Closing {
    Sound,
    /// A quote stands inside a value without quotes, as in `5"`.
    Stray,
    /// Something stands behind the quote that closes.
    Early,
    Never,
}

impl Field<'_> {
    fn is_quoted(&self) -> bool {
        self.raw.starts_with('"')
    }

    fn text(&self) -> &str {
        if self.is_quoted() { std::str::from_utf8(self.inside).expect("quotes are single bytes") } else { self.raw }
    }

    fn closing(&self) -> Closing {
        if !self.is_quoted() {
            return if self.raw.contains('"') { Closing::Stray } else { Closing::Sound };
        }
        let mut rest = &self.raw[1..];
        loop {
            let Some(at) = rest.find('"') else { return Closing::Never };
            rest = &rest[at + 1..];
            match rest.strip_prefix('"') {
                Some(more) => rest = more,
                None if rest.trim().is_empty() => return Closing::Sound,
                None => return Closing::Early,
            }
        }
    }
}

/// The cells of a text, one after another.
struct Fields<'t> {
    whole: &'t str,
    reader: csv_core::Reader,
    inside: Vec<u8>,
    at: usize,
    starts_row: bool,
}

impl<'t> Fields<'t> {
    fn new(whole: &'t str, from: usize, separator: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(separator).terminator(Terminator::Any(b'\n')).build();
        Self { whole, reader, inside: vec![0; whole.len() + 1], at: from, starts_row: true }
    }

    fn next(&mut self) -> Option<Field<'_>> {
        let bytes = self.whole.as_bytes();
        // The parser passes over empty lines.
        while self.starts_row && bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        let (start, mut written) = (self.at, 0);
        let ends_row = loop {
            let (result, read, wrote) = self.reader.read_field(&bytes[self.at..], &mut self.inside[written..]);
            self.at += read;
            written += wrote;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::Field { record_end } => break record_end,
                // There is room for all of the text.
                ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
            }
        };
        self.starts_row = ends_row;
        let raw = &self.whole[start..self.at];
        let raw = if ends_row { raw.strip_suffix('\n').unwrap_or(raw) } else { &raw[..raw.len() - 1] };
        Some(Field { start, raw, inside: &self.inside[..written], ends_row })
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy;

    use super::*;

    fn sheet(text: &str) -> Table {
        super::super::read("a.csv", text.as_bytes(), None).unwrap_or_else(|finding| panic!("{}: {text:?}", finding.message))
    }

    fn refused(bytes: &[u8]) -> (Code, &'static str, u32, u32) {
        let finding = super::super::read("a.csv", bytes, None).expect_err("no sheet");
        (finding.code, finding.message, finding.place.line, finding.place.column)
    }

    fn shown(cell: &Cell) -> &str {
        match cell {
            Cell::Text(text) => text,
            Cell::Empty => "",
            Cell::Number(_) | Cell::Day(_) => panic!("CSV has texts alone"),
        }
    }

    /// Every cell of a sheet, columns apart by `|`.
    fn lines(table: &Table) -> Vec<String> {
        let width = table.header.len();
        let header = table.header.iter().map(|placed| shown(&placed.cell)).collect::<Vec<_>>().join("|");
        let rows = table.rows.iter().map(|row| (0..width).map(|at| shown(row.cell(at))).collect::<Vec<_>>().join("|"));
        std::iter::once(header).chain(rows).collect()
    }

    #[test]
    fn the_separator_is_found() {
        for (text, want) in [
            ("a,b\n1,2\n", "a|b 1|2"),
            ("a;b\n1;2,5\n2;3\n", "a|b 1|2,5 2|3"),
            ("a\tb\n1,5\t2,5\n", "a|b 1,5|2,5"),
            ("a|b\n1|2", "a|b 1|2"),
            ("a\n1\n2\n", "a 1 2"),
            ("a\n1,5\n2,5\n", "a 1,5 2,5"),
            ("Doanh_thu,triệu\n1\n2\n", "Doanh_thu,triệu 1 2"),
            ("sep=;\na,b;c\n1,2;3\n", "a,b|c 1,2|3"),
            ("\u{feff}\"SEP=,\"\r\na,b;c\r\n1,2;3\r\n", "a|b;c 1|2;3"),
            ("sep=\t\na\tb,c\n1\t2,3\n", "a|b,c 1|2,3"),
            ("thang;\"Doanh_thu,triệu\"\n01;\"12,5\"\n", "thang|Doanh_thu,triệu 01|12,5"),
            ("thang;Doanh_thu,triệu\n01;12\n02\n", "thang|Doanh_thu,triệu 01|12 02|"),
            ("a,b,c\n1\n1,2\n", "a|b|c 1|| 1|2|"),
            ("a,b", "a|b"),
            ("a,b\n1,\n", "a|b 1|"),
            ("a,b\n1,", "a|b 1|"),
            ("a,b\n,2", "a|b |2"),
        ] {
            assert_eq!(lines(&sheet(text)).join(" "), want, "{text:?}");
        }
        assert_eq!(refused(b"\na,b;c\n1,2;3\n"), (Code::Syntax, "syntax.table-separator", 2, 1));
        let tabs = super::super::read("a.tsv", b"a,x\tb\n1,5\t2\n", None).expect("tabs, as the name says");
        assert_eq!(lines(&tabs), ["a,x|b", "1,5|2"]);
    }

    #[test]
    fn each_value_has_its_place() {
        let text = "\u{feff}\r\nTháng; Ghi chú ;\"x\"\r\n01;\" hai\r\ndòng \";3\r03 ; \u{a0}\u{a0}ba\n";
        let table = sheet(text);
        let place = |place: Place| (place.line, place.column);
        let header: Vec<_> = table.header.iter().map(|placed| place(placed.place.clone())).collect();
        assert_eq!(header, [(2, 1), (2, 8), (2, 18)]);
        let cells = |row: usize| (0..4).map(|at| place(table.rows[row].place(at))).collect::<Vec<_>>();
        assert_eq!(cells(0), [(3, 1), (3, 6), (4, 8), (4, 9)]);
        assert_eq!(cells(1), [(5, 1), (5, 8), (5, 10), (5, 10)]);
        assert_eq!(lines(&table)[1..], ["01|hai\ndòng|3", "03|ba|"]);
        assert_eq!(table.rows.iter().map(Row::line).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn blank_lines_are_passed_over() {
        assert_eq!(lines(&sheet("\n  \n;;\na;b;c\n\n \n;;\n1;2;3\n\n")), ["a|b|c", "1|2|3"]);
    }

    #[test]
    fn a_row_that_is_too_long_is_told_and_kept() {
        let table = sheet("a,b\n1,2\n2,3,5\n3,4,,\n4,5,6,7\n");
        let places: Vec<_> = table.problems.iter().map(|it| (it.message, it.place.line, it.place.column)).collect();
        assert_eq!(places, [("syntax.table-long-row", 3, 5), ("syntax.table-long-row", 5, 5)]);
        assert_eq!(table.rows.iter().map(Row::has_surplus).collect::<Vec<_>>(), [false, true, false, true]);
        assert_eq!((table.rows[1].cell(2), table.rows[1].cell(9)), (&Cell::Text("5".to_owned()), &Cell::Empty));
    }

    #[test]
    fn quotes_hold_what_they_may() {
        assert_eq!(lines(&sheet("a;b\n\"x;\"\"y\"\"\";5\"\n\"\";\" \"\nz;\"\"\n")), ["a|b", "x;\"y\"|5\"", "z|"]);
        assert_eq!(refused(b"a,b\n1,2\n3,\"x\n4,5\n"), (Code::Syntax, "syntax.table-quote", 3, 3));
        assert_eq!(refused(b"a,b\n\"x\"\""), (Code::Syntax, "syntax.table-quote", 2, 1));
        let table = sheet("a,b\n1,\"x\" y\n\"2\" ,3\n");
        assert_eq!(lines(&table), ["a|b", "1|x y", "2|3"]);
        assert_eq!(
            table.problems.iter().map(|it| (it.message, it.place.line, it.place.column)).collect::<Vec<_>>(),
            [("syntax.table-quote-early", 2, 3)]
        );
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert_eq!(refused(b"a,b\n1,\xe9\n"), (Code::NotUtf8, "not-utf8.table", 2, 3));
        assert_eq!(refused(b"\xff\xfea\0,\0"), (Code::NotUtf8, "not-utf8.table", 1, 1));
        assert_eq!(refused(b"a\0,\0b\0"), (Code::NotUtf8, "not-utf8.table", 1, 2));
        assert_eq!(lines(&sheet("a,b\n1,\u{1b}[1m\u{ffff}\n"))[1], "1|\u{fffd}[1m\u{fffd}");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_crash_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), ending in "csv|tsv|txt|xlsx") {
            drop(super::super::read(&format!("a.{ending}"), &bytes, None));
            drop(super::super::read_grids(&format!("a.{ending}"), &bytes));
        }

        #[test]
        fn no_text_crashes_it_and_each_cell_stands_in_the_file(text in "[ab1,;\t|\"\r\n é\u{a0}]{0,60}|(sep=.\n)?\\PC{0,60}") {
            if let Ok(table) = super::super::read("a.csv", text.as_bytes(), None) {
                let text = plain(text);
                let lines: Vec<&str> = text.split('\n').collect();
                for row in &table.rows {
                    for at in 0..=table.header.len() {
                        let place = row.place(at);
                        let line = lines[place.line as usize - 1];
                        let rest: String = line.chars().skip(place.column as usize - 1).collect();
                        proptest::prop_assert!(place.column as usize <= line.chars().count() + 1);
                        if let Cell::Text(value) = row.cell(at) && table.problems.is_empty() && !value.contains(['"', '\n']) {
                            proptest::prop_assert!(rest.starts_with(value.as_str()), "{:?} at {:?}", value, rest);
                        }
                    }
                }
            }
        }

        #[test]
        fn what_another_program_wrote_reads_back(
            (width, cells) in (2..5_usize).prop_flat_map(|width| (
                proptest::strategy::Just(width),
                proptest::collection::vec("[a-zà-ỹ0-9.,;|\"\n\t ]{0,6}x", width * 2..width * 6),
            )),
            separator in proptest::sample::select(&SEPARATORS[..]),
            ends in proptest::sample::select(&[::csv::Terminator::CRLF, ::csv::Terminator::Any(b'\n'), ::csv::Terminator::Any(b'\r')][..]),
        ) {
            // Each cell holds a letter, so that no row is blank; the first line says the separator, so that it is known.
            let mut bytes = format!("sep={}\n", char::from(separator)).into_bytes();
            // The library does not quote a line break that is not its own.
            let style = ::csv::QuoteStyle::Always;
            let mut writer = ::csv::WriterBuilder::new().delimiter(separator).terminator(ends).quote_style(style).from_writer(&mut bytes);
            for row in cells.chunks_exact(width) {
                writer.write_record(row).expect("into memory");
            }
            drop(writer);
            let table = super::super::read("a.csv", &bytes, None).expect("a sheet");
            let got: Vec<String> = lines(&table).join("|").split('|').map(str::to_owned).collect();
            let want = cells.chunks_exact(width).flatten().map(|it| it.trim()).collect::<Vec<_>>().join("|");
            proptest::prop_assert_eq!(got.join("|"), want);
        }

        #[test]
        fn the_separator_that_another_program_wrote_is_found(
            rows in proptest::collection::vec(("[a-z]{1,4}", "[0-9]{1,3}([.,][0-9]{1,2})?", "[a-z ,;]{0,3}z"), 2..8),
            separator in proptest::sample::select(&SEPARATORS[..]),
        ) {
            let mut bytes = Vec::new();
            let mut writer = ::csv::WriterBuilder::new().delimiter(separator).from_writer(&mut bytes);
            writer.write_record(["a", "b", "c"]).expect("into memory");
            for (one, two, three) in &rows {
                writer.write_record([one, two, three]).expect("into memory");
            }
            drop(writer);
            let table = super::super::read("a.csv", &bytes, None).expect("the header leaves no doubt");
            let want: Vec<String> = rows.iter().map(|(one, two, three)| format!("{one}|{two}|{}", three.trim())).collect();
            proptest::prop_assert_eq!(&lines(&table)[1..], &want[..]);
        }
    }
}
