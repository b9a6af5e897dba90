//! The figures in spreadsheets: CSV, workbooks, and KPI sheets that calculate.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read},
    path::Path,
};

use scorebook::source::{Cell, read_table};
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{run, workspace};

const DAY: &str = "2026-09-01";

const SETTINGS: &str = "title: Sao Mai\nlanguage: vi\ncurrency: VND\npeople: {minh: {name: Trần Minh, department: kd}, lan: Lan}\ndepartments: {kd: {name: Kinh doanh, lead: lan}}\nratings: [{grade: A, from: 100%}, {grade: B, from: 85%}, {grade: D, from: 0%}]\nkpi_cap: 120%\nvisibility_defaults: {person_sheet: internal}\nlints: {no-owner: off, no-department: off, unused-kpi: off, too-few-key-results: off, on-paper: off}\n";

/// The KPI sheet of FORMAT.md's rules, by hand: 0.5 × 1.2 + 0.3 × 0.6 + 0.2 × 1 = 0.98 in July.
const FILES: [(&str, &str); 7] = [
    ("scorebook.yaml", SETTINGS),
    (
        "kpis/doanh-so.md",
        "---\nowner: minh\ndepartment: kd\nunit: VND\ngroup: Tài chính\naggregate: sum\nweight: 50%\ntarget: 400 triệu\nvalues: {2026-07: 480 triệu, 2026-08: 600 triệu}\n---\n# =HYPERLINK(\"x\"); doanh số\n",
    ),
    (
        "kpis/khieu-nai.md",
        "---\nowner: minh\nunit: vụ\nbetter: lower\nweight: 30%\ntarget: 5\nscale: [{from: 80%, points: 60%}, {from: 100%, points: 100%}]\nvalues: {2026-07: 6, 2026-08: 7}\n---\n# Khiếu nại\n",
    ),
    (
        "kpis/nhiet-do.md",
        "---\nowner: minh\nunit: °C\nbetter: within\nweight: 20%\ntarget: [18, 22]\nvalues: {2026-07: 20.5}\n---\n# Nhiệt độ\n",
    ),
    ("kpis/khong.md", "---\nowner: minh\nweight: 10%\nunit: \"%\"\nvalues: {2026-07: \"91,5%\"}\n---\n# @không chỉ tiêu\n"),
    (
        "objectives/a.md",
        "---\nperiod: 2026-Q3\ndepartment: kd\nowner: lan\nkey_results:\n  - {title: \"-5 phút chờ\", start: \"9,5\", target: 6, unit: phút}\n  - {title: Giữ, between: [1, 3]}\n---\n# Nhanh, gọn; \"êm\"\n",
    ),
    (
        "check-ins/2026-07-20.md",
        "---\nauthor: minh\nobjective: a\nvalues: {kr1: \"8,45\", kr2: 2}\nconfidence: 7\nkpis: {nhiet-do: 1}\n---\nTốt.\n",
    ),
];

fn given() -> TempDir {
    workspace(&FILES)
}

fn exported(folder: &Path, arguments: &[&str], out: &str) -> Vec<u8> {
    let mut all = vec![arguments[0], "--as-of", DAY, "-o", out];
    all.extend(&arguments[1..]);
    let (code, said, err) = run(&all, folder);
    assert_eq!((code, said.as_str(), err.as_str()), (0, "", ""), "{all:?}");
    let path = folder.join(out);
    if path.is_file() { fs::read(path).expect("it was written") } else { Vec::new() }
}

/// Every part of a ZIP.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("it can be unpacked");
        all.insert(file.name().expect("UTF-8").into_owned(), bytes);
    }
    all
}

/// Rows by the names of their columns, as another program reads them.
fn rows(bytes: &[u8], separator: u8) -> Vec<BTreeMap<String, String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a BOM");
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text);
    reader.deserialize().map(|row| row.expect("as many cells as columns")).collect()
}

fn csvs(folder: &Path, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut all = vec!["export", "--format", "csv"];
    all.extend(more);
    parts(&exported(folder, &all, "figures.zip"))
}

fn cell<'r>(rows: &'r [BTreeMap<String, String>], by: (&str, &str), column: &str) -> &'r str {
    let row = rows.iter().find(|row| row[by.0] == by.1).unwrap_or_else(|| panic!("no {by:?} in {rows:#?}"));
    &row[column]
}

/// serde_json reads a number to within its last digit.
fn close(text: &str, want: f64) -> bool {
    text.parse::<f64>().is_ok_and(|got| (got - want).abs() <= 1e-15 * want.abs())
}

const TABLES: [&str; 9] =
    ["check_ins", "departments", "findings", "key_results", "kpi_sheets", "kpi_values", "kpis", "objectives", "people"];

#[test]
fn csv_has_the_marks_of_the_language_and_every_digit() {
    let folder = given();
    let vi = csvs(folder.path(), &[]);
    let names: Vec<&str> = vi.keys().map(|it| it.trim_end_matches(".csv")).collect();
    assert_eq!(names, TABLES);
    for bytes in vi.values() {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count(), "{text}");
    }
    let results = rows(&vi["key_results.csv"], b';');
    // (8.45 − 9.5) / (6 − 9.5) = 0.3
    for (column, want) in
        [("objective", "a"), ("start", "9,5"), ("target", "6"), ("current", "8,45"), ("last_check_in", "2026-07-20"), ("stale", "true")]
    {
        assert_eq!(cell(&results, ("id", "kr1"), column), want, "{column}");
    }
    let progress: f64 = cell(&results, ("id", "kr1"), "progress").replace(',', ".").parse().expect("a number");
    assert!((progress - 0.3).abs() < 1e-9, "{progress}");
    assert_eq!((cell(&results, ("id", "kr2"), "bounds_low"), cell(&results, ("id", "kr2"), "bounds_high")), ("1", "3"));
    assert_eq!(cell(&rows(&vi["kpis.csv"], b';'), ("id", "nhiet-do"), "current_value"), "20,5");
    let sheets = rows(&vi["kpi_sheets.csv"], b';');
    let july: Vec<_> = sheets.iter().filter(|row| row["person"] == "minh" && row["period"] == "2026-07").cloned().collect();
    assert_eq!(july.len(), 4);
    for (kpi, column, want) in [
        ("doanh-so", "target", "400000000"),
        ("doanh-so", "value", "480000000"),
        ("doanh-so", "attainment", "1,2"),
        ("khieu-nai", "points", "0,6"),
        ("nhiet-do", "target_low", "18"),
        ("nhiet-do", "target_high", "22"),
        ("nhiet-do", "target", ""),
        ("khong", "points", ""),
        ("khong", "value", "91,5"),
        ("khong", "grade", "B"),
    ] {
        assert_eq!(cell(&july, ("kpi", kpi), column), want, "{kpi} {column}");
    }
    let en = csvs(folder.path(), &["--language", "en"]);
    assert_eq!(cell(&rows(&en["kpi_values.csv"], b','), ("value", "20.5"), "kpi"), "nhiet-do");
}

#[test]
fn a_folder_takes_the_files_and_keeps_what_is_not_ours() {
    let folder = given();
    fs::create_dir(folder.path().join("out")).expect("a folder");
    fs::write(folder.path().join("out/mine.csv"), "mine").expect("a file");
    fs::write(folder.path().join("out/people.csv"), "old").expect("a file");
    exported(folder.path(), &["export", "--format", "csv"], "out");
    let zipped = csvs(folder.path(), &[]);
    for (name, bytes) in &zipped {
        assert!(fs::read(folder.path().join("out").join(name)).expect("it is there") == *bytes, "{name}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("out/mine.csv")).expect("it is there"), "mine");
    assert_eq!(fs::read_dir(folder.path().join("out")).expect("a folder").count(), zipped.len() + 1);
}

#[test]
fn what_is_no_text_wants_a_place() {
    let folder = given();
    for (arguments, want) in [
        (&["export", "--format", "csv"][..], "name a folder or a .zip"),
        (&["export", "--format", "xlsx"], "name a file, like -o figures.xlsx"),
        (&["sheet", "--format", "xlsx", "--as-of", DAY], "name a file, like -o figures.xlsx"),
        (&["export", "--format", "csv", "-o", "scorebook.yaml"], "name a folder or a .zip"),
    ] {
        let (code, out, err) = run(arguments, folder.path());
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains(want), "{arguments:?}: {err}");
    }
}

#[test]
fn no_text_becomes_a_formula() {
    let folder = given();
    let tables = csvs(folder.path(), &[]);
    assert_eq!(cell(&rows(&tables["kpis.csv"], b';'), ("id", "doanh-so"), "title"), "'=HYPERLINK(\"x\"); doanh số");
    assert_eq!(cell(&rows(&tables["kpis.csv"], b';'), ("id", "khong"), "title"), "'@không chỉ tiêu");
    assert_eq!(cell(&rows(&tables["key_results.csv"], b';'), ("id", "kr1"), "title"), "'-5 phút chờ");
    assert_eq!(cell(&rows(&tables["objectives.csv"], b';'), ("id", "a"), "title"), "Nhanh, gọn; \"êm\"");
    let book = parts(&exported(folder.path(), &["export", "--format", "xlsx"], "x.xlsx"));
    for (name, bytes) in &book {
        assert!(!String::from_utf8_lossy(bytes).contains("<f>"), "{name} calculates");
    }
    for (sheet, at, want) in [("KPI", 1, "=HYPERLINK(\"x\"); doanh số"), ("Kết quả then chốt", 2, "-5 phút chờ")] {
        let bytes = fs::read(folder.path().join("x.xlsx")).expect("it is there");
        let table = read_table("x.xlsx", &bytes, Some(sheet)).expect("a table");
        assert_eq!(table.rows[0].cell(at), &Cell::Text(want.to_owned()));
    }
}

const SHEETS: [(&str, &str); 9] = [
    ("objectives", "Mục tiêu"),
    ("key_results", "Kết quả then chốt"),
    ("check_ins", "Check-in"),
    ("kpis", "KPI"),
    ("kpi_values", "Giá trị KPI"),
    ("kpi_sheets", "Phiếu KPI"),
    ("departments", "Phòng ban"),
    ("people", "Nhân sự"),
    ("findings", "Điều cần sửa"),
];

/// One cell of a workbook as the CSV writes it.
fn as_csv(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if text.starts_with(['=', '-', '@']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string().replace('.', ","),
        Cell::Day(day) => day.to_string(),
    }
}

#[test]
fn the_workbook_says_what_the_csv_says() {
    let folder = given();
    let bytes = exported(folder.path(), &["export", "--format", "xlsx"], "x.xlsx");
    let tables = csvs(folder.path(), &[]);
    for (name, sheet) in SHEETS {
        let rows = rows(&tables[&format!("{name}.csv")], b';');
        let Ok(table) = read_table("x.xlsx", &bytes, Some(sheet)) else {
            assert!(rows.is_empty(), "{name}");
            continue;
        };
        assert_eq!(table.rows.len(), rows.len(), "{name}");
        for (read, row) in table.rows.iter().zip(&rows) {
            for (column, want) in row {
                let cell = read.cell(table.column(column).expect("the same columns"));
                let got = as_csv(cell);
                let same = match (got.replace(',', ".").parse::<f64>(), want.replace(',', ".").parse::<f64>()) {
                    // A share is shown in per cent, which a reader takes for points.
                    (Ok(got), Ok(want)) => [got, got / 100.0].iter().any(|it| (it - want).abs() <= 1e-9 * want.abs().max(1.0)),
                    _ => got.to_lowercase() == *want,
                };
                assert!(same || got == *want, "{name}.{column}: {got:?}, not {want:?}");
            }
        }
    }
    let about = String::from_utf8(parts(&bytes)["xl/sharedStrings.xml"].clone()).expect("UTF-8");
    for said in ["Giải thích", "Số liệu tính đến hết ngày 01/09/2026.", "1 = 100 %", "Tiến độ: đã đi được bao nhiêu"]
    {
        assert!(about.contains(said) || parts(&bytes).values().any(|it| String::from_utf8_lossy(it).contains(said)), "{said}");
    }
}

#[test]
fn tables_have_the_figures_of_the_json() {
    for company in ["sao-mai", "harbor-lane"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(company);
        let out = tempfile::tempdir().expect("a folder");
        let zip = out.path().join("x.zip");
        let path = root.to_str().expect("UTF-8");
        let arguments = ["export", path, "--language", "en", "--audience", "restricted", "-q"];
        let mut csv = arguments.to_vec();
        csv.extend(["--format", "csv", "-o", zip.to_str().expect("UTF-8")]);
        assert_eq!(run(&csv, out.path()).0, 0);
        let document: Value = serde_json::from_str(&run(&arguments, out.path()).1).expect("JSON");
        let tables = parts(&fs::read(&zip).expect("it was written"));
        let list = |of: &Value, key: &str| of[key].as_array().expect("a list").clone();
        let inner = |outer: &str, key: &str| -> Vec<Value> { list(&document, outer).iter().flat_map(|it| list(it, key)).collect() };
        for (name, want) in [
            ("objectives", list(&document, "objectives")),
            ("key_results", inner("objectives", "key_results")),
            ("check_ins", list(&document, "check_ins")),
            ("kpis", list(&document, "kpis")),
            ("kpi_values", inner("kpis", "series")),
            ("kpi_sheets", inner("kpi_sheets", "rows")),
            ("people", list(&document, "people")),
            ("findings", list(&document, "findings")),
        ] {
            let got = rows(&tables[&format!("{name}.csv")], b',');
            assert_eq!(got.len(), want.len(), "{company} {name}");
            for (row, object) in got.iter().zip(&want) {
                for (key, value) in object.as_object().expect("an object") {
                    let Some(cell) = row.get(key) else { continue };
                    let same = match value {
                        Value::Null => cell.is_empty(),
                        Value::Bool(flag) => *cell == flag.to_string(),
                        Value::Number(number) => close(cell, number.as_f64().expect("it fits")),
                        Value::String(text) => cell.trim_start_matches('\'') == text,
                        // A range has two columns, and a list its ids in one.
                        Value::Array(all) => {
                            cell.is_empty() || all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ") == *cell
                        }
                        Value::Object(_) => false,
                    };
                    assert!(same, "{company} {name}.{key}: {cell:?}, not {value}");
                }
            }
        }
    }
}

#[test]
fn the_same_goals_give_the_same_bytes() {
    let (one, other) = (given(), given());
    for (arguments, out) in [
        (&["export", "--format", "csv"][..], "x.zip"),
        (&["export", "--format", "xlsx"], "x.xlsx"),
        (&["sheet", "--format", "xlsx"], "s.xlsx"),
    ] {
        let first = exported(one.path(), arguments, out);
        // The time in a ZIP's entries counts in steps of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(if out == "x.zip" { 2100 } else { 0 }));
        assert!(first == exported(other.path(), arguments, out), "{arguments:?}");
        assert!(!first.is_empty());
    }
}

#[test]
fn a_restricted_kpi_is_in_no_byte() {
    let folder = given();
    fs::write(
        folder.path().join("kpis/luong.md"),
        "---\nowner: lan\ndepartment: kd\nweight: 10%\npay_linked: true\ntarget: 77123\nunit: bí số\nvalues: {2026-07: 88123}\n---\n# Bí mật\n",
    )
    .expect("a file");
    let secrets = ["77123", "88123", "luong", "Bí mật", "bí số"];
    for (arguments, out) in [(&["export", "--format", "csv"][..], "x.zip"), (&["export", "--format", "xlsx"], "x.xlsx")] {
        for (name, bytes) in parts(&exported(folder.path(), arguments, out)) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(secrets.iter().all(|secret| !text.contains(secret)), "{out} {name}: {text}");
        }
    }
    let all = [&["export", "--format", "xlsx", "--audience", "restricted"][..], &["sheet", "--format", "xlsx", "--month", "2026-07"]];
    for arguments in all {
        let found: BTreeSet<&str> = parts(&exported(folder.path(), arguments, "all.xlsx"))
            .values()
            .flat_map(|bytes| secrets.iter().copied().filter(|it| String::from_utf8_lossy(bytes).contains(it)).collect::<Vec<_>>())
            .collect();
        assert!(found.contains("88123") && found.contains("Bí mật"), "{arguments:?}: {found:?}");
    }
}

/// A cell of a worksheet: its formula, and what it shows before anybody calculates.
#[derive(Clone, Debug, Default)]
struct Written {
    formula: String,
    shows: String,
}

/// The worksheets of a workbook by name, cells by address.
fn worksheets(bytes: &[u8]) -> BTreeMap<String, BTreeMap<String, Written>> {
    let parts = parts(bytes);
    let text = |name: &str| String::from_utf8(parts[name].clone()).expect("UTF-8");
    let strings = text("xl/sharedStrings.xml");
    let strings = roxmltree::Document::parse(&strings).expect("XML");
    let strings: Vec<String> = strings
        .descendants()
        .filter(|it| it.has_tag_name("si") || it.tag_name().name() == "si")
        .map(|it| it.descendants().filter(|it| it.is_text()).filter_map(|it| it.text()).collect())
        .collect();
    let book = text("xl/workbook.xml");
    let book = roxmltree::Document::parse(&book).expect("XML");
    let names = book.descendants().filter(|it| it.tag_name().name() == "sheet").map(|it| it.attribute("name").expect("a name").to_owned());
    names
        .enumerate()
        .map(|(at, name)| {
            let sheet = text(&format!("xl/worksheets/sheet{}.xml", at + 1));
            let sheet = roxmltree::Document::parse(&sheet).expect("XML");
            let cells = sheet.descendants().filter(|it| it.tag_name().name() == "c").map(|cell| {
                let child = |tag: &str| {
                    let found = cell.children().find(|it| it.tag_name().name() == tag);
                    found.and_then(|it| it.text()).unwrap_or_default().to_owned()
                };
                let shows = child("v");
                let shows =
                    if cell.attribute("t") == Some("s") { strings[shows.parse::<usize>().expect("a number")].clone() } else { shows };
                (cell.attribute("r").expect("an address").to_owned(), Written { formula: child("f"), shows })
            });
            (name, cells.collect())
        })
        .collect()
}

fn shows(cells: &BTreeMap<String, Written>, address: &str) -> String {
    cells.get(address).cloned().unwrap_or_default().shows
}

fn number(cells: &BTreeMap<String, Written>, address: &str) -> f64 {
    let text = shows(cells, address);
    text.parse().unwrap_or_else(|_| panic!("{address} is {text:?}"))
}

fn sheets(folder: &Path, more: &[&str]) -> BTreeMap<String, BTreeMap<String, Written>> {
    let mut all = vec!["sheet", "--format", "xlsx"];
    all.extend(more);
    worksheets(&exported(folder, &all, "s.xlsx"))
}

#[test]
fn a_kpi_sheet_calculates_and_shows_the_exact_figures_before() {
    let folder = given();
    let book = sheets(folder.path(), &["--month", "2026-07"]);
    assert_eq!(book.keys().collect::<Vec<_>>(), ["Kinh doanh", "Trần Minh"]);
    let cells = &book["Trần Minh"];
    assert_eq!(shows(cells, "A2"), "Phiếu đánh giá KPI tháng 7/2026");
    let head: Vec<String> = ('A'..='H').map(|column| shows(cells, &format!("{column}6"))).collect();
    assert_eq!(head, ["STT", "KPI", "Trọng số", "Chỉ tiêu", "Thực hiện", "% hoàn thành", "Điểm", "Giải trình"]);
    // Those without a sub-head first: khieu-nai 7, khong 8, nhiet-do 9; the sub-head 10, doanh-so 11.
    assert_eq!((shows(cells, "A10"), shows(cells, "B11")), ("Tài chính".to_owned(), "=HYPERLINK(\"x\"); doanh số".to_owned()));
    for (address, want) in [
        ("C7", 0.3),
        ("D7", 5.0),
        ("E7", 6.0),
        ("F7", 0.8),
        ("G7", 60.0),
        // 91.5 % is a share in a cell of per cent.
        ("E8", 0.915),
        ("E9", 20.5),
        ("G9", 100.0),
        ("C11", 0.5),
        ("D11", 400e6),
        ("E11", 480e6),
        ("F11", 1.2),
        ("G11", 120.0),
        ("G12", 98.0),
    ] {
        assert!((number(cells, address) - want).abs() < 1e-9, "{address} is {}", shows(cells, address));
    }
    assert_eq!((shows(cells, "C8"), shows(cells, "D8"), shows(cells, "G8")), ("–".to_owned(), "–".to_owned(), String::new()));
    assert_eq!((shows(cells, "D9"), shows(cells, "H12")), ("18–22\u{a0}°C".to_owned(), "Xếp loại B".to_owned()));
    for (address, want) in [
        ("F7", "IF(E7=\"\",\"\",2-E7/D7)"),
        ("G7", "IF(E7=\"\",0,100*IF(F7+1E-9*MAX(ABS(F7),1)>=1,1,IF(F7+1E-9*MAX(ABS(F7),1)>=0.8,0.6,0)))"),
        ("G9", "IF(E9=\"\",0,100*IF(AND(E9+1E-9*MAX(ABS(E9),18)>=18,22+1E-9*MAX(ABS(E9),22)>=E9),1,0))"),
        ("F11", "IF(E11=\"\",\"\",E11/D11)"),
        ("G11", "IF(E11=\"\",0,100*MAX(0,MIN(F11,1.2)))"),
        ("G12", "IF(SUM(C7:C11)=0,\"\",SUMPRODUCT(C7:C11,G7:G11)/SUM(C7:C11))"),
    ] {
        assert_eq!(cells[address].formula, want, "{address}");
    }
    assert!(cells["H12"].formula.starts_with("IF(G12=\"\",\"\",IF(G12%+1E-9*MAX(ABS(G12%),1)>=1,\"Xếp loại A\""), "{:?}", cells["H12"]);
    // In August nobody gave the temperature: it counts 0. 0.5 × 1.2 = 0.6
    let august = &sheets(folder.path(), &["--month", "2026-08", "--person", "minh"])["Trần Minh"];
    assert_eq!((shows(august, "E9"), number(august, "G9"), number(august, "G12")), (String::new(), 0.0, 60.0));
}

#[test]
fn targets_are_handed_out_with_formulas_ready() {
    let folder = given();
    let book = sheets(folder.path(), &["--assign", "--month", "2026-10", "--person", "minh", "--language", "en"]);
    let cells = &book["Trần Minh"];
    assert_eq!(shows(cells, "A2"), "KPI sheet, targets for October 2026");
    for empty in ["E7", "F7", "G7", "E11", "F11", "G11", "G12", "H12"] {
        assert_eq!(shows(cells, empty), "", "{empty}");
    }
    assert!((number(cells, "D11") - 400e6).abs() < 1e-9);
    assert_eq!(cells["G11"].formula, "IF(E11=\"\",\"\",100*MAX(0,MIN(F11,1.2)))");
    assert_eq!(cells["G12"].formula, "IF(OR(COUNT(G7:G11)<COUNT(C7:C11),SUM(C7:C11)=0),\"\",SUMPRODUCT(C7:C11,G7:G11)/SUM(C7:C11))");
    assert!(cells["H12"].formula.contains("\"Grade A\""));
    // September has just begun, and its sheet has blanks, no zeros.
    let running = &sheets(folder.path(), &["--month", "2026-09", "--person", "minh"])["Trần Minh"];
    assert_eq!((shows(running, "G11"), shows(running, "G12")), (String::new(), String::new()));
}

#[test]
fn a_sheet_is_printed_on_one_upright_a4() {
    let folder = given();
    let parts = parts(&exported(folder.path(), &["sheet", "--format", "xlsx"], "s.xlsx"));
    let sheet = String::from_utf8_lossy(&parts["xl/worksheets/sheet1.xml"]).into_owned();
    assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{sheet}");
    assert!(
        sheet.contains("paperSize=\"9\"") && sheet.contains("fitToHeight=\"0\"") && sheet.contains("orientation=\"portrait\""),
        "{sheet}"
    );
    let core = String::from_utf8_lossy(&parts["docProps/core.xml"]).into_owned();
    assert!(core.contains("2026-09-01T00:00:00Z"), "{core}");
}
