//! Sheets as small companies really lay them out, and what becomes of them: every figure by hand, every cell accounted for.

use std::{collections::BTreeMap, fs, path::Path};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{run, tree, workspace};

/// What stands in `scorebook.yaml` where a test says nothing else.
const VIETNAMESE: &str = "title: Công ty\nlanguage: vi\ncurrency: VND\nas_of: 2026-09-30\n";
const ENGLISH: &str = "title: Company\nlanguage: en\nas_of: 2026-09-30\n";

/// A workspace with a sheet in it.
struct Desk {
    folder: TempDir,
    sheet: &'static str,
}

/// What an import said.
struct Told {
    code: i32,
    out: Value,
}

impl Desk {
    fn new(config: &str, sheet: &'static str, bytes: &[u8]) -> Self {
        Self::with(&[("scorebook.yaml", config)], sheet, bytes)
    }

    fn with(files: &[(&str, &str)], sheet: &'static str, bytes: &[u8]) -> Self {
        let folder = workspace(files);
        fs::write(folder.path().join(sheet), bytes).expect("a file");
        Self { folder, sheet }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn import(&self, more: &[&str]) -> Told {
        let arguments = [&["import", self.sheet, "--format", "json"], more].concat();
        let (code, out, err) = run(&arguments, self.root());
        let out = serde_json::from_str(&out).unwrap_or_else(|_| panic!("one document: {out} {err}"));
        Told { code, out }
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|_| panic!("no {path} among {:?}", tree(self.root()).keys()))
    }

    /// The workspace as another program reads it.
    fn export(&self) -> Value {
        serde_json::from_str(&run(&["export", "--audience", "restricted"], self.root()).1).expect("JSON")
    }

    /// Imports, looks at what `check` says and imports again: what is written loads without an error, and the second
    /// time nothing changes.
    fn sound(&self, more: &[&str]) -> Told {
        let told = self.import(more);
        let (_, out, _) = run(&["check", "--format", "json"], self.root());
        let found: Value = serde_json::from_str(&out).expect("JSON");
        let errors: Vec<&Value> = found["findings"].as_array().expect("a list").iter().filter(|it| it["severity"] == "error").collect();
        assert!(errors.is_empty(), "{errors:#?}\n{:#?}", self.written());
        let before = tree(self.root());
        let again = self.import(more);
        assert_eq!((tree(self.root()), again.code), (before, told.code));
        assert!(again.states().iter().all(|it| it == "unchanged"), "{:?}", again.out);
        told
    }

    /// Every file that was written, with its text.
    fn written(&self) -> BTreeMap<String, String> {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
        let all = tree(self.root()).into_iter().filter_map(|(path, bytes)| Some((path.display().to_string(), text(bytes)?)));
        all.filter(|(path, _)| path.ends_with(".md")).collect()
    }

    /// A KPI's values by period, as `period=value` and, where it has one, `/target`.
    fn kpi(&self, id: &str) -> String {
        let export = self.export();
        let kpi = export["kpis"].as_array().expect("a list").iter().find(|it| it["id"] == id);
        let kpi = kpi.unwrap_or_else(|| panic!("no {id}: {:?}", self.written()));
        let point = |it: &Value| match &it["target"] {
            Value::Null => format!("{}={}", it["period"].as_str().unwrap_or_default(), it["value"]),
            target => format!("{}={}/{}", it["period"].as_str().unwrap_or_default(), it["value"], target),
        };
        kpi["series"].as_array().expect("a list").iter().map(point).collect::<Vec<_>>().join(" ")
    }

    /// The key results of an objective, a line each.
    fn key_results(&self, id: &str) -> Vec<String> {
        let export = self.export();
        let objective = export["objectives"].as_array().expect("a list").iter().find(|it| it["id"] == id);
        let objective = objective.unwrap_or_else(|| panic!("no {id}: {:?}", self.written()));
        let all = objective["key_results"].as_array().expect("a list").iter().map(|it| {
            let text = |key: &str| it[key].as_str().unwrap_or("–").to_owned();
            let (start, target, bounds, weight) = (&it["start"], &it["target"], &it["bounds"], &it["weight"]);
            format!(
                "{} | {} {start}→{target} {bounds} {} ×{weight} {} = {}",
                text("title"),
                text("kind"),
                text("unit"),
                text("owner"),
                it["current"]
            )
        });
        all.collect()
    }
}

impl Told {
    fn states(&self) -> Vec<String> {
        let files = self.out["files"].as_array().expect("a list").iter();
        files.map(|it| it["state"].as_str().expect("a name").to_owned()).collect()
    }

    fn paths(&self) -> Vec<&str> {
        self.out["files"].as_array().expect("a list").iter().map(|it| it["path"].as_str().expect("a path")).collect()
    }

    /// What to write instead, of the first finding of a code.
    fn help(&self, code: &str) -> &str {
        let found = self.out["findings"].as_array().expect("a list").iter().find(|it| it["code"] == code);
        found.and_then(|it| it["help"].as_str()).expect("such a finding")
    }

    /// `code Sheet1!D14`, errors only.
    fn errors(&self) -> Vec<String> {
        self.of("error")
    }

    fn warnings(&self) -> Vec<String> {
        self.of("warning")
    }

    fn of(&self, severity: &str) -> Vec<String> {
        let place = |it: &Value| match it["cell"].as_str() {
            Some(cell) => cell.to_owned(),
            None => format!("{}:{}", it["line"], it["column"]),
        };
        let all = self.out["findings"].as_array().expect("a list").iter().filter(|it| it["severity"] == severity);
        all.map(|it| format!("{} {}", it["code"].as_str().unwrap_or_default(), place(it))).collect()
    }
}

/// Writes rows of texts from a row on; what reads as a plain number is one unless a `'` stands before it, an empty text
/// leaves the cell.
fn fill(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0_u16..).zip(*cells) {
            match text.parse::<f64>() {
                _ if text.is_empty() => {}
                _ if text.starts_with('\'') => drop(sheet.write(row, column, &text[1..]).expect("written")),
                Ok(number) if number.is_finite() => drop(sheet.write(row, column, number).expect("written")),
                Ok(_) | Err(_) => drop(sheet.write(row, column, *text).expect("written")),
            }
        }
    }
}

fn percent() -> Format {
    Format::new().set_num_format("0%")
}

fn bytes(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("saved")
}

/// A shop's OKR sheet: objectives merged over their key results, a title, percent cells, bounds, owners and weights.
fn shop() -> Vec<u8> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    let sheet = book.add_worksheet();
    sheet.set_name("OKR Q3").expect("a name");
    sheet.merge_range(0, 0, 0, 9, "OKR QUÝ 3/2026 – CỬA HÀNG SAO MAI", &plain).expect("merged");
    let head =
        ["STT", "Mục tiêu", "KQ then chốt", "Ban đầu", "Chỉ tiêu", "Đơn vị", "Kết quả", "Trọng số", "Phụ trách", "Phòng ban", "Ghi chú"];
    fill(sheet, 2, &[&head]);
    fill(
        sheet,
        3,
        &[
            &[
                "1",
                "",
                "Doanh thu bán lẻ đạt 3,2 tỷ",
                "2,4 tỷ",
                "3,2 tỷ",
                "VND",
                "2,9 tỷ",
                "",
                "Nguyễn Thị Lan",
                "Bán hàng",
                "Tính cả bán qua mạng",
            ],
            &["", "", "Tỷ lệ khách quay lại", "", "", "%", "", "", "Nguyễn Thị Lan", "Bán hàng"],
            &["", "", "Thời gian chờ thanh toán", "", "≤ 5", "phút", "6", "", "Trần Minh", "Bán hàng"],
            &["2", "", "Đơn giao đúng hẹn", "", "28–32", "đơn/ngày", "29", "", "Lê Phúc", "Kho"],
            &["", "", "Sai sót kiểm kho", "12", "chưa chốt", "lỗi", "7", "", "Lê Phúc", "Kho"],
        ],
    );
    sheet.merge_range(3, 1, 5, 1, "Khách hàng yêu thích cửa hàng hơn", &plain).expect("merged");
    sheet.merge_range(6, 1, 7, 1, "Giao hàng đáng tin cậy", &plain).expect("merged");
    for (row, column, share) in [(4, 3, 0.35), (4, 4, 0.5), (4, 6, 0.41), (3, 7, 0.5), (4, 7, 0.3), (5, 7, 0.2), (6, 7, 0.6), (7, 7, 0.4)] {
        sheet.write_with_format(row, column, share, &percent()).expect("written");
    }
    bytes(book)
}

/// A factory's KPIs: months over plan and actual, groups, a total, signatures, formulas with what they came to, errors.
fn factory() -> Vec<u8> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 9, "CÔNG TY CỔ PHẦN NHỰA BÌNH MINH", &plain).expect("merged");
    sheet.merge_range(1, 0, 1, 9, "BẢNG THEO DÕI KPI NĂM 2026", &plain).expect("merged");
    for (column, text) in [(0, "STT"), (1, "Chỉ tiêu"), (2, "ĐVT"), (3, "Trọng số")] {
        sheet.merge_range(3, column, 4, column, text, &plain).expect("merged");
    }
    for (column, text) in [(4, "Tháng 1"), (7, "Tháng 2")] {
        sheet.merge_range(3, column, 3, column + 2, text, &plain).expect("merged");
    }
    fill(sheet, 4, &[&["", "", "", "", "Kế hoạch", "Thực hiện", "%", "Kế hoạch", "Thực hiện", "%"]]);
    fill(
        sheet,
        5,
        &[
            &["I", "Tài chính"],
            &["1", "Doanh thu", "triệu đồng", "", "5000", "5200.5", "", "5500", ""],
            &["2", "Chi phí sản xuất / doanh thu", "%", "", "≤ 62%", "", "", "≤ 61%"],
            &["II", "Vận hành"],
            &["3", "Sản lượng", "tấn", "", "'1.250", "1190", "", "1300", "#N/A"],
            &["", "Tổng", "", "1"],
            &["", "", ""],
            &["", "Người lập biểu", "", "", "", "", "", "Giám đốc nhà máy"],
        ],
    );
    for (row, weight) in [(6, 0.4), (7, 0.25), (9, 0.35)] {
        sheet.write_with_format(row, 3, weight, &percent()).expect("written");
    }
    for (row, column, share) in [(7, 5, 0.618), (7, 8, 0.6), (6, 6, 1.0401)] {
        sheet.write_with_format(row, column, share, &percent()).expect("written");
    }
    sheet.write_formula(6, 8, Formula::new("=F7+10").set_result("5210.5")).expect("written");
    sheet.write_formula(9, 9, Formula::new("=I10/H10").set_result("#N/A")).expect("written");
    bytes(book)
}

#[test]
fn a_factorys_plan_and_actual() {
    let desk = Desk::new(VIETNAMESE, "kpi.xlsx", &factory());
    let told = desk.sound(&[]);
    assert_eq!(told.paths(), ["_import/kpi-xlsx.md", "kpis/chi-phi-san-xuat-doanh-thu.md", "kpis/doanh-thu.md", "kpis/san-luong.md"]);
    assert!(desk.kpi("doanh-thu").starts_with("2026-01=5200.5/5000.0 2026-02=5210.5/5500.0 2026-03=null/5500.0"));
    assert!(desk.kpi("chi-phi-san-xuat-doanh-thu").starts_with("2026-01=61.8/62.0 2026-02=60.0/61.0 2026-03=null"));
    assert!(desk.kpi("san-luong").starts_with("2026-01=1190.0 2026-02=null/1300.0"));
    let text = desk.text("kpis/chi-phi-san-xuat-doanh-thu.md");
    for line in ["unit: \"%\"", "better: lower", "weight: 25%", "group: Tài chính"] {
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
    assert!(desk.text("kpis/san-luong.md").contains("\ngroup: Vận hành\n"));
    // Which of two numbers `1.250` is nobody says; what cannot be computed is no value. Both stay, with their cells.
    assert_eq!(told.code, 1);
    assert_eq!(told.errors(), ["ambiguous-number Sheet1!E10", "bad-number Sheet1!I10"]);
    let text = desk.text("kpis/san-luong.md");
    assert!(text.contains("(Sheet1!E10): 1\\.250\n") && text.contains("(Sheet1!I10): \\#N/A\n"), "{text}");
    assert!(told.help("ambiguous-number").contains("1250") && told.help("ambiguous-number").contains("1,250"));
    // The title, the share worked out of plan and actual, the total with the signatures.
    assert_eq!(told.warnings(), ["unknown-key Sheet1!A1", "unknown-key Sheet1!G5", "unknown-key Sheet1!J5", "unknown-key Sheet1!B11"]);
    let left = desk.text("_import/kpi-xlsx.md");
    for line in ["(Sheet1!A2): BẢNG THEO DÕI KPI NĂM 2026", "(Sheet1!B11): Tổng", "(Sheet1!H13): Giám đốc nhà máy"] {
        assert!(left.contains(line), "{line}: {left}");
    }
}

/// A `;` CSV out of a Vietnamese Excel: byte order mark, decimal commas, one row a seller and KPI.
const SELLERS: &str = "\u{feff}KPI ĐỘI KINH DOANH 2026;;;;;;;\r\n;;;;;;;\r\n\
Nhân viên;KPI;ĐVT;Chỉ tiêu;Tỷ trọng;T1;T2;T3\r\n\
Lan;Doanh số;triệu;120;60%;118,5;121;-\r\n\
Lan;Khách mới;khách;8;40%;7;9;10\r\n\
Minh;Doanh số;triệu;90;60%;96;88,25;1,5 tỷ\r\n\
Minh;Khách mới;khách;6;40%;6;x;7\r\n\
Cộng;;;;;;;\r\n";

#[test]
fn a_sales_teams_rows() {
    let desk = Desk::new(VIETNAMESE, "ban-hang.csv", SELLERS.as_bytes());
    let told = desk.sound(&[]);
    let text = desk.text("kpis/doanh-so.md");
    assert!(text.contains("assigned:\n  Lan:\n    target: 120\n    weight: 60%\n  Minh:\n    target: 90\n    weight: 60%\n"), "{text}");
    assert!(text.contains("  2026-01:\n    Lan: \"118,5\"\n    Minh: 96\n  2026-02:\n    Lan: 121\n    Minh: \"88,25\"\n"), "{text}");
    // The mean of two people: (118.5 + 96) / 2 and (121 + 88.25) / 2.
    assert!(desk.kpi("doanh-so").starts_with("2026-01=107.25 2026-02=104.625 2026-03=null"));
    assert!(desk.kpi("khach-moi").starts_with("2026-01=6.5 2026-02=9.0 2026-03=8.5"));
    // A suffix beside a unit that has one, and a letter where a number should be.
    assert_eq!(told.errors(), ["bad-number 6:37", "bad-number 7:30"]);
    assert!(text.contains("(ban-hang.csv:6:37): 1,5 tỷ"), "{text}");
    assert_eq!(told.warnings(), ["unknown-key 1:1", "unknown-key 8:1"]);
}

/// People in columns, plan and result below each, of one month.
fn people() -> Vec<u8> {
    let (mut book, plain) = (Workbook::new(), Format::new());
    let sheet = book.add_worksheet();
    sheet.set_name("T9").expect("a name");
    fill(sheet, 0, &[&["Kết quả tháng 9/2026"], &["KPI", "Đơn vị"]]);
    sheet.merge_range(1, 2, 1, 3, "Nguyễn Thị Lan", &plain).expect("merged");
    sheet.merge_range(1, 4, 1, 5, "minh", &plain).expect("merged");
    fill(
        sheet,
        2,
        &[
            &["", "", "Giao", "Đạt được", "Giao", "Đạt được"],
            &["Doanh số", "VND", "120 triệu", "118 triệu", "90 triệu", "96 triệu"],
            &["Cuộc gọi", "cuộc", "200", "215", "180", "n/a"],
        ],
    );
    bytes(book)
}

#[test]
fn people_in_columns() {
    let config = format!("{VIETNAMESE}people:\n  lan: {{name: Nguyễn Thị Lan}}\n  minh: {{name: Trần Minh}}\n");
    let desk = Desk::new(&config, "t9.xlsx", &people());
    let told = desk.sound(&[]);
    assert_eq!((told.code, told.errors().len()), (0, 0));
    let text = desk.text("kpis/doanh-so.md");
    assert!(
        text.contains("  lan:\n    target:\n      2026-09: \"120 triệu\"\n  minh:\n    target:\n      2026-09: \"90 triệu\"\n"),
        "{text}"
    );
    assert_eq!(desk.kpi("doanh-so"), "2026-09=107000000.0");
    assert!(desk.text("kpis/cuoc-goi.md").contains("    lan: 215\n    minh: \"n/a\"\n"));
}

/// An accountant's one sheet: twelve months beside the year's plan, a running sum, a remark a row.
fn accountant() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Chỉ số 2026").expect("a name");
    fill(
        sheet,
        0,
        &[
            &["Khoản mục", "ĐVT", "Kế hoạch năm", "", "", "", "Lũy kế", "Diễn giải"],
            &["", "", "", "1", "2", "3"],
            &["Lợi nhuận gộp", "%", "32%", "30.5", "31", "33.2", "", "không gồm chiết khấu"],
            &["Phải thu quá hạn", "đồng", "0", "450 triệu", "1,2 tỷ", "380.500.000", "2030500000"],
            &["Vòng quay kho", "", "6", "0,5", "0,55", "#DIV/0!", "1,05"],
        ],
    );
    sheet.merge_range(0, 3, 0, 5, "Tháng", &Format::new()).expect("merged");
    bytes(book)
}

#[test]
fn an_accountants_one_sheet() {
    let desk = Desk::new(VIETNAMESE, "ke-toan.xlsx", &accountant());
    let told = desk.sound(&[]);
    assert!(desk.kpi("loi-nhuan-gop").starts_with("2026-01=30.5 2026-02=31.0 2026-03=33.2 2026-04=null"));
    assert!(desk.kpi("phai-thu-qua-han").starts_with("2026-01=450000000.0 2026-02=1200000000.0 2026-03=380500000.0 2026-04=null"));
    assert!(desk.kpi("vong-quay-kho").starts_with("2026-01=0.5 2026-02=0.55 2026-03=null"));
    assert!(desk.text("kpis/phai-thu-qua-han.md").contains("  2026-01: \"450 triệu\"\n  2026-02: \"1,2 tỷ\"\n  2026-03: 380500000\n"));
    assert_eq!(told.errors(), ["bad-number 'Chỉ số 2026'!F5"]);
    // A year's plan is no month's target, a running sum no value: kept and told, a column each.
    assert_eq!(told.warnings(), ["unknown-key 'Chỉ số 2026'!C2", "unknown-key 'Chỉ số 2026'!G2", "unknown-key 'Chỉ số 2026'!H2"]);
    let text = desk.text("kpis/loi-nhuan-gop.md");
    assert!(text.contains("**Kế hoạch năm** ('Chỉ số 2026'!C3): 32%\n") && text.contains("không gồm chiết khấu"), "{text}");
}

#[test]
fn a_column_is_what_somebody_says_it_is() {
    for mapped in ["target=Kế hoạch năm", "target=C"] {
        let desk = Desk::new(VIETNAMESE, "ke-toan.xlsx", &accountant());
        desk.sound(&["--map", mapped]);
        assert!(desk.kpi("loi-nhuan-gop").starts_with("2026-01=30.5/32.0 2026-02=31.0/32.0"), "{mapped}");
    }
    let map = "kind: kpi\ncolumns:\n  target: Kế hoạch năm\n  note: Lũy kế\n";
    let desk = Desk::with(&[("scorebook.yaml", VIETNAMESE), ("map.yaml", map)], "ke-toan.xlsx", &accountant());
    desk.sound(&["--map-file", "map.yaml"]);
    assert!(desk.kpi("vong-quay-kho").starts_with("2026-01=0.5/6.0"));
}

#[test]
fn what_is_wrong_in_a_mapping_is_told_where_it_stands() {
    let map = "colums: {target: A}\ncolumns:\n  tarrget: Kế hoạch năm\nkind: kpis\n";
    let desk = Desk::with(&[("scorebook.yaml", VIETNAMESE), ("map.yaml", map)], "ke-toan.xlsx", &accountant());
    let told = desk.import(&["--map-file", "map.yaml"]);
    assert_eq!((told.code, told.paths().len()), (1, 0));
    assert_eq!(told.errors(), ["wrong-type 1:9", "unknown-key 3:3", "wrong-type 4:7"]);
    assert!(told.help("unknown-key").contains("`target`"), "{}", told.help("unknown-key"));
    let (code, _, err) = run(&["import", "ke-toan.xlsx", "--map", "tarrget=C"], desk.root());
    assert!(code == 2 && err.contains("`target`"), "{err}");
    let (code, _, err) = run(&["import", "ke-toan.xlsx", "--map", "target=Kế hoạch quý"], desk.root());
    assert!(code == 2 && err.contains("Kế hoạch năm"), "{err}");
    assert!(desk.written().is_empty());
}

/// OKRs out of Google Sheets, in English, the objective only in the first row of its group.
const SHEETS: &str = "Objective,Key Result,Baseline,Target,Current,Unit,Owner,Due Date,Status,Confidence,Link\n\
Delight our first hundred customers,Raise NPS,22,45,31,,Ana Lopez,,On track,7,https://example.com/nps\n\
,Cut first response time,12,<= 4,\"5.5\",hours,Ben,,At risk,5,\n\
,Publish the help centre,,,done,,Ben,2026-08-15,Done,,\n\
Become profitable,Grow MRR,\"$41,500\",\"$60,000\",\"$48,250\",$,Ana Lopez,,,6/10,\n\
,Gross margin,61%,70%,64%,,Ana Lopez,,,eleven,\n";

#[test]
fn english_okrs_out_of_google_sheets() {
    let desk = Desk::new(ENGLISH, "okrs.csv", SHEETS.as_bytes());
    let told = desk.sound(&["--period", "2026-Q3", "--date", "2026-09-15"]);
    assert_eq!(
        desk.key_results("delight-our-first-hundred-customers"),
        [
            "Raise NPS | metric 22.0→45.0 null – ×1.0 ana-lopez = 31.0",
            "Cut first response time | hold null→null [null,4.0] hours ×1.0 ben = 5.5",
            "Publish the help centre | done null→null null – ×1.0 ben = 1.0",
        ]
    );
    assert_eq!(
        desk.key_results("become-profitable"),
        [
            "Grow MRR | metric 41500.0→60000.0 null $ ×1.0 ana-lopez = 48250.0",
            "Gross margin | metric 61.0→70.0 null % ×1.0 ana-lopez = 64.0",
        ]
    );
    let check_in = desk.text("check-ins/2026-q3/2026-09-15-delight-our-first-hundred-customers.md");
    assert!(check_in.contains("values:\n  kr1: 31\n  kr2: \"5.5\"\n  kr3: done\nconfidence:\n  kr1: 7\n  kr2: 5\n"), "{check_in}");
    assert!(desk.text("objectives/2026-q3/become-profitable.md").contains("\nowner: Ana Lopez\n"));
    assert!(desk.text("objectives/2026-q3/delight-our-first-hundred-customers.md").contains("    due: 2026-08-15\n"));
    // `eleven` is no confidence; a start beside a bound, statuses and links have no key, and are kept.
    assert_eq!(told.errors(), ["bad-number 6:40"]);
    assert_eq!(told.warnings(), ["unknown-key 1:66", "unknown-key 1:84", "unknown-key 3:26"]);
    let text = desk.text("objectives/2026-q3/delight-our-first-hundred-customers.md");
    assert!(text.contains("**Status** (okrs.csv:3:51): At risk\n") && text.contains("): https://example.com/nps\n"), "{text}");
}

/// Months in rows, a column a KPI, Excel's own days.
fn months() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let month = Format::new().set_num_format("mm/yyyy");
    fill(sheet, 1, &[&["", "Tháng", "Doanh thu (triệu đồng)", "Tỷ lệ hủy đơn", "Ghi chú"]]);
    for (row, (day, sales, lost, note)) in (2..).zip([
        (46_023.0, "430", 0.031, ""),
        (46_054.0, "455,5", 0.028, "Tết"),
        (46_082.0, "TBD", 0.04, ""),
        (46_113.0, "hỏng", 0.035, ""),
    ]) {
        sheet.write_with_format(row, 1, day, &month).expect("written");
        fill(sheet, row, &[&["", "", sales, "", note]]);
        sheet.write_with_format(row, 3, lost, &percent()).expect("written");
    }
    bytes(book)
}

#[test]
fn months_in_rows() {
    let desk = Desk::new(VIETNAMESE, "thang.xlsx", &months());
    let told = desk.sound(&[]);
    assert!(desk.kpi("doanh-thu").starts_with("2026-01=430.0 2026-02=455.5 2026-03=null 2026-04=null"));
    assert!(desk.kpi("ty-le-huy-don").starts_with("2026-01=3.1 2026-02=2.8 2026-03=4.0 2026-04=3.5 2026-05=null"));
    let text = desk.text("kpis/doanh-thu.md");
    assert!(text.contains("\nunit: triệu đồng\n") && text.contains("(Sheet1!C6): hỏng\n"), "{text}");
    assert_eq!((told.errors(), told.warnings()), (vec!["bad-number Sheet1!C6".to_owned()], vec!["unknown-key Sheet1!E4".to_owned()]));
    assert!(desk.text("_import/thang-xlsx.md").contains("(Sheet1!E4): Tết\n"));
}

/// A company's own codes are no ids of the workspace: the sheet stays one of KPIs, unless somebody says otherwise.
#[test]
fn codes_of_their_own_make_no_form() {
    let sheet = "Mã;KPI;Tháng;Giá trị\nKD-01;Đơn hàng;8/2026;412\nKD-02;Khách mới;8/2026;30\n";
    let desk = Desk::new(VIETNAMESE, "so.csv", sheet.as_bytes());
    let told = desk.sound(&[]);
    assert_eq!((told.errors().len(), told.warnings()), (0, vec!["unknown-key 1:1".to_owned()]));
    assert!(desk.kpi("don-hang").starts_with("2026-08=412.0"));
    assert!(desk.text("kpis/don-hang.md").contains("(so.csv:2:1): KD-01\n"));
    // The same figures as a check-in on what is there by now, found by its title.
    let told = desk.import(&["--map", "kind=check-in", "--map", "id=KPI", "--date", "2026-09-05", "--dry-run"]);
    let texts = told.out["files"].as_array().expect("a list").iter().filter_map(|it| it["text"].as_str());
    assert!(
        texts.into_iter().any(|it| it.contains("kpis:\n  don-hang:\n    2026-08: 412\n  khach-moi:\n    2026-08: 30\n")),
        "{:#}",
        told.out
    );
}

/// One objective in two quarters is two, and stays two when the sheet is read again.
#[test]
fn an_objective_of_two_quarters() {
    let sheet = "Objective,Key result,Quarter,Target\nGrow,Sales,Q4 2026,9\n,Orders,,40\nGrow,Sales,Q3 2026,5\n";
    let desk = Desk::new(ENGLISH, "okr.csv", sheet.as_bytes());
    assert_eq!(desk.sound(&[]).code, 0);
    assert_eq!(desk.key_results("grow").len(), 2);
    assert_eq!(desk.key_results("grow-2026-q3"), ["Sales | metric 0.0→5.0 null – ×1.0 – = null"]);
}

/// Nothing but months and figures, in English, the month as a name.
#[test]
fn a_month_is_enough_of_a_head() {
    let desk = Desk::new(ENGLISH, "m.csv", b"Month,Revenue,Orders\nJan 2026,\"1,204\",30\nFeb 2026,\"1,180\",28\nTotal,\"2,384\",58\n");
    let told = desk.sound(&[]);
    assert_eq!((told.code, told.warnings()), (0, vec!["unknown-key 4:1".to_owned()]));
    assert!(desk.kpi("revenue").starts_with("2026-01=1204.0 2026-02=1180.0 2026-03=null"));
    assert!(desk.kpi("orders").starts_with("2026-01=30.0 2026-02=28.0 2026-03=null"));
}

/// One value a row: month, KPI, value and target.
const LONG: &str = "Month,KPI,Value,Target\n2026-07,Tickets solved,120,110\n2026-08,Tickets solved,131,110\n\
2026-08,Uptime,99.9%,99.5%\n2026-07,Uptime,\"99,5%\",99.5%\nsoon,Uptime,99%,\n2026-08,Uptime,98%,\n";

#[test]
fn a_value_a_row() {
    let desk = Desk::new(ENGLISH, "values.csv", LONG.as_bytes());
    let told = desk.sound(&[]);
    assert!(desk.kpi("tickets-solved").starts_with("2026-07=120.0/110.0 2026-08=131.0/110.0"));
    assert!(desk.kpi("uptime").starts_with("2026-07=99.5/99.5 2026-08=99.9/99.5"));
    // No month, and one that has a value already: the first stays, the second is kept as words.
    assert_eq!(told.errors(), ["bad-period 6:1", "duplicate-key 7:1"]);
    assert!(desk.text("kpis/uptime.md").contains("(values.csv:7:16): 98%\n"));
}

/// A messy one: NFD, no-break spaces, rows and columns left blank, a total in the middle, notes, a hidden sheet.
fn messy() -> Vec<u8> {
    let mut book = Workbook::new();
    let guide = book.add_worksheet();
    guide.set_name("Hướng dẫn").expect("a name");
    fill(guide, 0, &[&["Điền vào các ô màu vàng"], &["Nộp trước ngày 5"]]);
    let sheet = book.add_worksheet();
    sheet.set_name("Quý 3-2026").expect("a name");
    fill(
        sheet,
        1,
        &[
            &["", "Phòng Kế toán"],
            &["", "KPI quý 3 năm 2026, bản nháp lần 2"],
            &[],
            &[
                "",
                "Te\u{302}n chi\u{309} tie\u{302}u",
                "",
                "\u{a0}Tro\u{323}ng so\u{302}\u{301}\u{a0}",
                "Mục\u{a0}tiêu",
                "7/2026",
                "8/2026",
                "Tháng\u{a0}9/2026",
                "Ghi chu\u{301}",
            ],
            &["", "Khách hàng"],
            &["", "Phản hồi đúng hạn", "", "30", "95%", "96%", "94%", "'1.234", "theo phần mềm"],
            &["", "Nợ phải thu", "", "40", "'1.500", "1.620,5", "1\u{a0}580", "1500"],
            &["", "Cộng nhóm", "", "70"],
            &["", "Báo cáo nộp trễ", "", "", "≤ 1", "0", "2", "1"],
            &["", "Tổng cộng:", "", "100"],
            &["", "Ghi chú: số liệu lấy ngày 5 tháng sau"],
            &["", "Hà Nội, ngày 5/10/2026", "", "", "", "Người lập"],
        ],
    );
    let hidden = book.add_worksheet();
    hidden.set_name("Nháp").expect("a name").set_hidden(true);
    fill(hidden, 0, &[&["KPI", "Chỉ tiêu", "T1"], &["Bí mật", "1", "2"]]);
    bytes(book)
}

#[test]
fn a_messy_one() {
    let desk = Desk::new(VIETNAMESE, "lon-xon.xlsx", &messy());
    let told = desk.sound(&[]);
    assert_eq!(desk.kpi("no-phai-thu"), "2026-07=1620.5/1500.0 2026-08=1580.0/1500.0 2026-09=1500.0/1500.0");
    // What proves its mark elsewhere in the sheet, `1.620,5`, settles `1.234`, too.
    assert_eq!(desk.kpi("phan-hoi-dung-han"), "2026-07=96.0/95.0 2026-08=94.0/95.0 2026-09=1234.0/95.0");
    assert_eq!(desk.kpi("bao-cao-nop-tre"), "2026-07=0.0/1.0 2026-08=2.0/1.0 2026-09=1.0/1.0");
    assert!(desk.text("kpis/bao-cao-nop-tre.md").contains("better: lower\ntarget: 1\nweight: 0\ngroup: Khách hàng\n"));
    assert_eq!((told.code, told.errors().len()), (0, 0));
    assert_eq!(
        told.warnings(),
        [
            "unknown-key 'Quý 3-2026'!B2",
            "unknown-key 'Quý 3-2026'!I5",
            "unknown-key 'Quý 3-2026'!B9",
            "bad-weight 'Quý 3-2026'!D10",
            "unknown-key 'Quý 3-2026'!B11"
        ]
    );
    assert!(!desk.written().keys().any(|path| path.contains("bi-mat")), "a hidden sheet stays hidden");
}

#[test]
fn a_weight_that_does_not_go_with_the_others_is_told_of_and_kept() {
    let sheet = "KPI,Trọng số,Mục tiêu,7/2026\nDoanh thu,40%,100,95\nKhách mới,\"0,6\",20,18\nLỗi,60%,2,1\n";
    let desk = Desk::new(VIETNAMESE, "trong-so.csv", sheet.as_bytes());
    let told = desk.import(&[]);
    assert_eq!(told.errors(), ["bad-weight 3:12"]);
    assert_eq!(told.warnings(), [""; 0], "nobody says of a cell with a weight that it has none");
    let text = desk.text("kpis/khach-moi.md");
    assert!(text.contains("weight: 0%\n") && text.contains("(trong-so.csv:3:12): 0,6"), "{text}");
}

#[test]
fn every_sheet_is_told_of() {
    let desk = Desk::new(VIETNAMESE, "lon-xon.xlsx", &messy());
    let (code, out, err) = run(&["import", "lon-xon.xlsx"], desk.root());
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 4, "{out}");
    for words in ["đọc `Quý 3-2026` như bảng KPI, tiêu đề ở hàng 5", "bỏ qua `Hướng dẫn`", "bỏ qua `Nháp`", "4 tệp mới, 0 không đổi"]
    {
        assert!(err.contains(words), "{words}: {err}");
    }
    let hidden = desk.import(&["--sheet", "nháp", "--year", "2026"]);
    assert!(hidden.paths().contains(&"kpis/bi-mat.md"), "a hidden sheet is read when it is asked for");
    let (code, _, err) = run(&["import", "lon-xon.xlsx", "--sheet", "Quý 4"], desk.root());
    assert!(code == 2 && err.contains("Quý 3-2026"), "{err}");
}

/// Objectives and key results in one column, told apart by their numbers.
const NUMBERED: &str = "OKR PHÒNG MARKETING\nMục tiêu / Kết quả then chốt;Kỳ;Hiện trạng;Chỉ tiêu;Kết quả;Phụ trách\n\
O1: Thương hiệu được nhớ đến;Q3/2026;;;;Hoa\nKR1.1 Lượt tìm tên thương hiệu;;1200;2000;1450;Hoa\n\
KR1.2 Bài báo nhắc đến;;0;12;5;Đức, Hoa\nO2: Khách tự tìm đến;Q3/2026;;;;Đức\nKR2.1 Khách từ tìm kiếm;;0,5 nghìn;1,2 nghìn;0,8 nghìn;\n\
KR2.2 Giữ chi phí một khách;;;0;;\n";

#[test]
fn okrs_told_apart_by_their_numbers() {
    let desk = Desk::new(VIETNAMESE, "marketing.csv", NUMBERED.as_bytes());
    let told = desk.sound(&["--date", "2026-08-31"]);
    assert_eq!(
        desk.key_results("thuong-hieu-duoc-nho-den"),
        [
            "Lượt tìm tên thương hiệu | metric 1200.0→2000.0 null – ×1.0 hoa = 1450.0",
            "Bài báo nhắc đến | metric 0.0→12.0 null – ×1.0 hoa = 5.0",
        ]
    );
    assert_eq!(
        desk.key_results("khach-tu-tim-den"),
        [
            "Khách từ tìm kiếm | metric 500.0→1200.0 null – ×1.0 duc = 800.0",
            "Giữ chi phí một khách | metric 0.0→null null – ×1.0 duc = null",
        ]
    );
    assert!(desk.text("objectives/2026-q3/khach-tu-tim-den.md").contains("(O2, KR2.1, KR2.2)\n"), "the numbers are not lost");
    // Two owners are none, and from nothing to nothing leads no way.
    assert_eq!(told.errors(), ["wrong-type 5:32", "start-equals-target 8:31"]);
    assert!(desk.text("objectives/2026-q3/thuong-hieu-duoc-nho-den.md").contains("(marketing.csv:5:32): Đức, Hoa\n"));
}

#[test]
fn a_shops_merged_objectives() {
    let desk = Desk::new(VIETNAMESE, "okr.xlsx", &shop());
    let told = desk.sound(&[]);
    assert_eq!(
        desk.key_results("khach-hang-yeu-thich-cua-hang-hon"),
        [
            "Doanh thu bán lẻ đạt 3,2 tỷ | metric 2400000000.0→3200000000.0 null VND ×50.0 nguyen-thi-lan = 2900000000.0",
            "Tỷ lệ khách quay lại | metric 35.0→50.0 null % ×30.0 nguyen-thi-lan = 41.0",
            "Thời gian chờ thanh toán | hold null→null [null,5.0] phút ×20.0 tran-minh = 6.0",
        ]
    );
    assert_eq!(
        desk.key_results("giao-hang-dang-tin-cay"),
        [
            "Đơn giao đúng hẹn | hold null→null [28.0,32.0] đơn/ngày ×60.0 le-phuc = 29.0",
            "Sai sót kiểm kho | metric 12.0→null null lỗi ×40.0 le-phuc = null",
        ]
    );
    let text = desk.text("objectives/2026-q3/giao-hang-dang-tin-cay.md");
    assert!(text.contains("# từ okr.xlsx, trang tính OKR Q3, hàng 7, 8 (2)\n"), "{text}");
    assert!(
        text.contains("department: Kho\nowner: Lê Phúc\n") && text.contains("## Từ bảng tính\n\n- **Chỉ tiêu** ('OKR Q3'!E8): chưa chốt\n"),
        "{text}"
    );
    assert_eq!((told.code, told.errors()), (1, vec!["bad-number 'OKR Q3'!E8".to_owned()]));
    assert_eq!(told.warnings(), ["unknown-key 'OKR Q3'!A1", "unknown-key 'OKR Q3'!K3"]);
}

/// A company that declares its people and departments: names lead to them whatever their marks, others get files.
#[test]
fn names_lead_to_those_who_are_declared() {
    let config =
        format!("{VIETNAMESE}departments: {{ban-hang: Bán hàng}}\npeople:\n  lan: {{name: Nguyễn Thị Lan, department: ban-hang}}\n");
    let sheet = "KPI;ĐVT;Chỉ tiêu;T1/2026;Phụ trách;Bộ phận\nDoanh thu;triệu;500;480;nguyen thi lan;Phòng Bán Hàng\nTồn kho;ngày;30;28;Trần Minh;Kho\n";
    let desk = Desk::new(&config, "kpi.csv", sheet.as_bytes());
    let told = desk.sound(&[]);
    assert_eq!((told.code, told.warnings().len()), (0, 0));
    assert!(desk.text("kpis/doanh-thu.md").contains("department: ban-hang\nowner: lan\n"));
    assert!(desk.text("kpis/ton-kho.md").contains("department: kho\nowner: tran-minh\n"));
    assert_eq!(desk.text("people/tran-minh.md"), "---\nname: Trần Minh\n---\n");
    assert_eq!(desk.text("departments/kho.md"), "---\nname: Kho\n---\n");
}

#[test]
fn an_ambiguous_number_is_reported_with_both_spellings_and_no_value() {
    let sheet = "KPI;Chỉ tiêu;T1/2026;T2/2026\nLượt khách;500.000;480.000;1200\n";
    let desk = Desk::new(VIETNAMESE, "kpi.csv", sheet.as_bytes());
    let told = desk.sound(&[]);
    assert_eq!(told.errors(), ["ambiguous-number 2:12", "ambiguous-number 2:20"]);
    assert!(told.help("ambiguous-number").contains("500000") && told.help("ambiguous-number").contains("500,000"));
    assert!(desk.kpi("luot-khach").starts_with("2026-02=1200.0 2026-03=null"), "{}", desk.kpi("luot-khach"));
    // In English the point is no group's mark.
    let desk = Desk::new(ENGLISH, "kpi.csv", "KPI,Target,Jan 2026\nVisits,\"500,000\",480.125\n".as_bytes());
    assert_eq!(desk.sound(&[]).code, 0);
    assert!(desk.kpi("visits").starts_with("2026-01=480.125/500000.0"));
}

/// 0.95 in a cell that is not formatted as a percentage may be 95 %.
#[test]
fn a_share_that_is_no_percentage_is_no_guess() {
    let mut book = Workbook::new();
    fill(
        book.add_worksheet(),
        0,
        &[
            &["KPI", "Unit", "Target", "Jan 2026"],
            &["On time", "%", "0.95", "0.91"],
            &["Margin", "%", "40", "0.5"],
            &["Errors", "%", "2", "0.5"],
        ],
    );
    let desk = Desk::new(ENGLISH, "kpi.xlsx", &bytes(book));
    let told = desk.sound(&[]);
    // 0.5 beside a target of 40 may be half; beside one of 2 it is what it says.
    assert_eq!(told.errors(), ["ambiguous-number Sheet1!C2", "ambiguous-number Sheet1!D2", "ambiguous-number Sheet1!D3"]);
    assert!(told.help("ambiguous-number").contains("95%") && told.help("ambiguous-number").contains("0.95%"));
    assert!(desk.kpi("margin").starts_with("2026-01=null/40.0") || desk.kpi("margin").is_empty(), "{}", desk.kpi("margin"));
    assert!(desk.kpi("errors").starts_with("2026-01=0.5/2.0"), "{}", desk.kpi("errors"));
    // In a table of texts, too.
    let sheet = "KPI;Đơn vị;Chỉ tiêu;Tháng 1;Tháng 2;Tháng 3\nĐúng giờ;%;95;94;0,95;95,5%\n";
    let desk = Desk::new(VIETNAMESE, "kpi.csv", sheet.as_bytes());
    let told = desk.import(&["--year", "2026"]);
    assert_eq!(told.errors(), ["ambiguous-number 2:18"]);
    assert!(desk.kpi("dung-gio").starts_with("2026-01=94.0/95.0 2026-02=null/95.0 2026-03=95.5/95.0"), "{}", desk.kpi("dung-gio"));
}

/// Plan and result of a KPI in two rows, the KPI merged over both, quarters in columns.
#[test]
fn plan_and_result_in_rows() {
    let (mut book, plain) = (Workbook::new(), Format::new());
    let sheet = book.add_worksheet();
    fill(
        sheet,
        0,
        &[
            &["STT", "Chỉ số", "Loại", "Quý I", "Quý II", "Quý III/2026", "Tần suất"],
            &["1", "", "KH", "100", "110", "120", "Hằng quý"],
            &["", "", "TH", "98", "115"],
            &["2", "", "KH", "≥ 90%", "≥ 90%", "28–32"],
            &["", "", "TH", "91%", "", ""],
        ],
    );
    sheet.merge_range(1, 1, 2, 1, "Hợp đồng mới", &plain).expect("merged");
    sheet.merge_range(3, 1, 4, 1, "Gia hạn", &plain).expect("merged");
    let desk = Desk::new(VIETNAMESE, "quy.xlsx", &bytes(book));
    let told = desk.sound(&["--year", "2026"]);
    assert_eq!(desk.kpi("hop-dong-moi"), "2026-Q1=98.0/100.0 2026-Q2=115.0/110.0 2026-Q3=null/120.0");
    assert_eq!(desk.text("kpis/hop-dong-moi.md").lines().nth(3), Some("every: quarter"));
    // A range makes the KPI one that stays within, and one number is none.
    assert_eq!(told.errors(), ["wrong-type Sheet1!D4", "wrong-type Sheet1!E4"]);
    assert!(desk.text("kpis/gia-han.md").contains("better: within\nevery: quarter\ntarget:\n  2026-Q3: [28, 32]\n"));
    assert!(desk.text("kpis/gia-han.md").contains("(Sheet1!D4): ≥ 90%\n"));
}

/// A form of one month or quarter, which only its title names.
#[test]
fn a_period_that_the_title_names() {
    for (title, every, want) in [
        ("BẢNG KPI THÁNG 8/2026", "", "2026-08=118.0/120.0 2026-09=null/120.0"),
        ("KPI QUÝ III NĂM 2026", "every: quarter\n", "2026-Q3=118.0/120.0"),
    ] {
        let sheet = format!("{title};;;;\nKPI;Chỉ tiêu;Thực hiện;% đạt;Ngày cập nhật\nHợp đồng;120;118;98%;31/8/2026\n");
        let desk = Desk::new(VIETNAMESE, "kpi.csv", sheet.as_bytes());
        let told = desk.sound(&[]);
        assert!(desk.kpi("hop-dong").starts_with(want), "{title}: {}", desk.kpi("hop-dong"));
        assert!(desk.text("kpis/hop-dong.md").contains(every) && told.code == 0, "{:?}", told.out);
    }
}

/// A program that writes formulas and leaves the computing to Excel writes `<f>…</f><v/>`: the cell is no gap, and is told.
#[test]
fn a_formula_that_nobody_computed_is_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, 0, &[&["KPI", "Tháng 8", "Tháng 9"], &["Chi phí", "40"]]);
    sheet.write_formula(1, 2, Formula::new("=B2*0.9").set_result("77")).expect("written");
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes(book))).expect("an archive");
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut text).expect("it is whole");
        let name = part.name().expect("a name").into_owned();
        let text = if name.ends_with("sheet1.xml") {
            String::from_utf8(text).expect("XML").replace("<v>77</v>", "<v/>").into_bytes()
        } else {
            text
        };
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("it begins");
        std::io::Write::write_all(&mut new, &text).expect("it is written");
    }
    let desk = Desk::new(VIETNAMESE, "kpi.xlsx", &new.finish().expect("it ends").into_inner());
    let told = desk.import(&["--year", "2026"]);
    assert_eq!(told.errors(), ["bad-number Sheet1!C2"], "{}", told.out);
    assert!(desk.kpi("chi-phi").starts_with("2026-08=40"), "{}", desk.kpi("chi-phi"));
}

/// Figures of people whom the workspace does not know, and of a whole year, are not the KPI's own of a month.
#[test]
fn what_is_nobodys_is_no_value() {
    let sheet = "KPI;Anna;;Ben;;Team total;\n;Target;Actual;Target;Actual;Target;Actual\nRevenue;40;43;36;36;76;79\n";
    let desk = Desk::new(ENGLISH, "kpi.csv", sheet.as_bytes());
    let told = desk.import(&["--period", "2026-05"]);
    assert_eq!(desk.kpi("revenue"), "", "{}", told.out);
    let sheet = "KPI;Tháng 1;;Cả năm;\n;Kế hoạch;Thực hiện;Kế hoạch;Thực hiện\nDoanh thu;40;43;500;480\n";
    let desk = Desk::new(VIETNAMESE, "kpi.csv", sheet.as_bytes());
    desk.import(&["--year", "2026"]);
    let kpi = desk.kpi("doanh-thu");
    assert!(kpi.starts_with("2026-01=43.0/40.0") && !kpi.contains("480") && !kpi.contains("500"), "{kpi}");
}

/// `May` is a month and what a garment maker does, `Máy` a machine: neither a company's name nor a head makes a month of it.
#[test]
fn a_name_that_sounds_like_a_month_is_none() {
    let sheet = "CÔNG TY MAY HOA SEN – KPI NĂM 2026;;;\nKPI;Máy;Thực hiện\nSản lượng;7;118\n";
    let desk = Desk::new(VIETNAMESE, "kpi.csv", sheet.as_bytes());
    let told = desk.import(&[]);
    assert_eq!(told.errors(), ["missing-key 3:13"], "{:?}", told.out);
    assert_eq!(desk.kpi("san-luong"), "");
    let sheet = "Sales – May 2026;;\nKPI;Target;Actual\nRevenue;120;118\n";
    let desk = Desk::new(ENGLISH, "kpi.csv", sheet.as_bytes());
    desk.sound(&[]);
    assert!(desk.kpi("revenue").starts_with("2026-05=118.0/120.0"), "{}", desk.kpi("revenue"));
}

#[test]
fn what_no_year_and_no_period_says_is_asked_for() {
    let desk = Desk::new(VIETNAMESE, "kpi.csv", "KPI;Chỉ tiêu;Tháng 1;Tháng 2\nDoanh thu;5;4;6\n".as_bytes());
    let told = desk.import(&["--dry-run"]);
    assert_eq!(told.errors(), ["bad-period 1:14", "bad-period 1:22"]);
    assert!(desk.written().is_empty());
    desk.sound(&["--year", "2025"]);
    assert!(desk.kpi("doanh-thu").starts_with("2025-01=4.0/5.0 2025-02=6.0/5.0"));
    let desk = Desk::new(ENGLISH, "okr.csv", "Objective,Key result,Target\nGrow,Sales,5\n".as_bytes());
    let told = desk.import(&["--dry-run"]);
    assert_eq!((told.code, told.errors()), (1, vec!["missing-key 2:1".to_owned()]));
    assert_eq!(desk.sound(&["--period", "2026-Q4"]).code, 0);
    assert_eq!(desk.key_results("grow"), ["Sales | metric 0.0→5.0 null – ×1.0 – = null"]);
}

#[test]
fn a_dry_run_shows_every_text_and_writes_nothing() {
    let desk = Desk::new(VIETNAMESE, "ban-hang.csv", SELLERS.as_bytes());
    let before = tree(desk.root());
    let (code, out, err) = run(&["import", "ban-hang.csv", "--dry-run"], desk.root());
    assert_eq!((code, tree(desk.root())), (1, before));
    assert!(out.contains("==> kpis/doanh-so.md (mới)\n---\n# từ ban-hang.csv, dòng 4, 6\ntitle: Doanh số\n"), "{out}");
    assert!(err.contains("3 tệp mới"), "{err}");
    let told = desk.import(&["--dry-run"]);
    assert!(told.out["files"].as_array().expect("a list").iter().all(|it| it["text"].is_string() && it["state"] == "new"));
}

#[test]
fn nothing_is_ever_overwritten() {
    let desk =
        Desk::with(&[("scorebook.yaml", ENGLISH), ("kpis/uptime.md", "---\nunit: \"%\"\n---\n# Mine\n")], "values.csv", LONG.as_bytes());
    let told = desk.import(&[]);
    assert_eq!((told.code, told.states()), (1, vec!["new".to_owned(), "new".to_owned(), "exists".to_owned()]));
    assert_eq!(desk.text("kpis/uptime.md"), "---\nunit: \"%\"\n---\n# Mine\n");
    assert!(told.errors().contains(&"duplicate-id 1:1".to_owned()));
    assert!(told.out["files"][2]["text"].as_str().expect("what would be added").contains("2026-08: \"99.9\""));
    // One of the same id in another folder is the same KPI.
    let desk = Desk::with(&[("scorebook.yaml", ENGLISH), ("kpis/it/uptime.md", "---\n---\n# Mine\n")], "values.csv", LONG.as_bytes());
    assert!(desk.import(&[]).paths().contains(&"kpis/it/uptime.md"));
}

/// A sheet without a day of its own that is read again a day later says nothing new.
#[test]
fn the_same_sheet_on_another_day_writes_no_second_check_in() {
    let sheet = "Objective,Key result,Start,Target,Current\nGrow,Sales,1,5,3\n";
    let desk = Desk::new("language: en\nas_of: 2026-09-10\n", "okr.csv", sheet.as_bytes());
    assert_eq!(desk.import(&["--period", "2026-Q3"]).code, 0);
    fs::write(desk.root().join("scorebook.yaml"), "language: en\nas_of: 2026-09-11\n").expect("a file");
    let told = desk.import(&["--period", "2026-Q3"]);
    assert!(told.states().iter().all(|it| it == "unchanged"), "{:?}", told.out);
    fs::write(desk.root().join("okr.csv"), sheet.replace(",3", ",4")).expect("a file");
    assert!(desk.import(&["--period", "2026-Q3"]).paths().contains(&"check-ins/2026-q3/2026-09-11-grow.md"));
}

#[test]
fn what_is_no_sheet_of_goals_cannot_be_imported() {
    let empty = tempfile::tempdir().expect("a folder");
    fs::write(empty.path().join("a.csv"), LONG).expect("a file");
    let (code, _, err) = run(&["import", "a.csv"], empty.path());
    assert!(code == 2 && err.contains("scorebook.yaml"), "{err}");
    for (name, text) in [("a.csv", "hello\nworld\n"), ("a.csv", "\n"), ("a.xls", "x"), ("a.xlsx", "PK\u{3}\u{4}")] {
        let desk = Desk::new(ENGLISH, name, text.as_bytes());
        let (code, _, err) = run(&["import", name], desk.root());
        assert!(code == 2 && desk.written().is_empty(), "{name}: {err}");
    }
    let desk = Desk::new(ENGLISH, "a.csv", b"x");
    assert_eq!(run(&["import", "b.csv"], desk.root()).0, 2);
}

/// A form that names what is there by its ids becomes one check-in.
#[test]
fn a_form_filled_in_is_one_check_in() {
    let goal = "---\nperiod: 2026-Q3\nkey_results:\n  - {id: ds, title: Doanh số, start: 0, target: 30, unit: \"%\"}\n  - {id: web, title: Trang mới, kind: done, due: 2026-09-20}\n  - {id: quay-lai, title: Quay lại, kpi: quay-lai, target: 40}\n---\n# Tăng trưởng\n";
    let files = [
        ("scorebook.yaml", VIETNAMESE),
        ("objectives/tang-truong.md", goal),
        ("kpis/don-hang.md", "---\nunit: đơn\n---\n# Đơn hàng\n"),
        ("kpis/quay-lai.md", "---\nunit: \"%\"\n---\n# Khách quay lại\n"),
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Kinh doanh").expect("a name");
    fill(
        sheet,
        0,
        &[
            &["PHIẾU CẬP NHẬT"],
            &["Ngày", "2026-09-28"],
            &["Người phụ trách", "Lan"],
            &[],
            &["Mã", "Nội dung", "Đơn vị", "Giá trị mới", "Mức tự tin", "Ghi chú"],
            &["tang-truong/ds", "Doanh số", "%", "21,5", "7", "Nhờ đợt bán sỉ"],
            &["tang-truong/web", "Trang mới", "", "xong"],
            &["don-hang", "Đơn hàng", "đơn", "412"],
            &["tang-truong/quay-lai", "Quay lại", "%", "38"],
            &["tang-truong/dx", "?", "", "5"],
            &["quay-lai", "Khách quay lại", "%", "nhiều"],
            &["tang-truong/ds", "Doanh số", "%", "23", "8"],
            &["don-hang", "Đơn hàng", "đơn", "415"],
        ],
    );
    let desk = Desk::with(&files, "phieu.xlsx", &bytes(book));
    let told = desk.sound(&[]);
    let text = desk.text("check-ins/2026-09-28-kinh-doanh.md");
    assert!(text.contains("date: 2026-09-28\nauthor: Lan\nvalues:\n  tang-truong/ds: \"21,5\"\n  tang-truong/web: done\nkpis:\n  don-hang: 412\nconfidence:\n  tang-truong/ds: 7\n---\n"), "{text}");
    assert!(text.contains("- Doanh số: Nhờ đợt bán sỉ\n") && text.contains("('Kinh doanh'!D11): nhiều\n"), "{text}");
    assert_eq!(
        told.errors(),
        [
            "wrong-type 'Kinh doanh'!D9",
            "unknown-reference 'Kinh doanh'!A10",
            "bad-number 'Kinh doanh'!D11",
            "duplicate-key 'Kinh doanh'!D12",
            "duplicate-key 'Kinh doanh'!D13"
        ]
    );
    assert!(told.help("unknown-reference").contains("tang-truong/ds"));
    assert_eq!(desk.key_results("tang-truong")[0], "Doanh số | metric 0.0→30.0 null % ×1.0 – = 21.5");
    assert!(desk.kpi("don-hang").contains("2026-09=412.0"));
}

/// What people write over columns, known and unknown, in any order.
const HEADS: [&str; 26] = [
    "STT",
    "Mã",
    "Mục tiêu",
    "KQ then chốt",
    "Chỉ tiêu",
    "KPI",
    "ĐVT",
    "Ban đầu",
    "Kế hoạch",
    "Kết quả",
    "Trọng số",
    "Phụ trách",
    "Phòng ban",
    "Kỳ",
    "Hạn",
    "Trạng thái",
    "Ghi chú",
    "Tần suất",
    "Nhóm",
    "Mức tự tin",
    "Ngày",
    "Giá trị",
    "Tháng 1",
    "Q2/2026",
    "Màu sắc",
    "% hoàn thành",
];

/// What they write below, each with the numbers, days or words that may stand for it; its own text always may.
const CELLS: [(&str, &[&str]); 40] = [
    ("", &[]),
    ("", &[]),
    ("Doanh thu", &[]),
    ("Chi phí  kho", &["Chi phí kho"]),
    ("O1: Tăng trưởng", &["title: Tăng trưởng"]),
    ("KR1.2 Khách mới", &["title: Khách mới"]),
    ("Tổng", &[]),
    ("Ghi chú: xem lại", &[]),
    ("Người lập", &[]),
    ("12", &["#12"]),
    ("0", &["#0"]),
    ("-3,25", &["#-3.25"]),
    ("12,5", &["#12.5"]),
    ("1.234", &["#1234", "#1.234"]),
    ("1.234,5", &["#1234.5"]),
    ("1,2 tỷ", &["#1200000000", "#1.2"]),
    ("450 triệu", &["#450000000", "#450"]),
    ("95%", &["#95"]),
    ("≤ 30", &["#30"]),
    (">= 95%", &["#95"]),
    ("28–32", &["#28"]),
    ("-", &[]),
    ("TBD", &[]),
    ("#N/A", &[]),
    ("1e400", &[]),
    ("abc 12 def", &[]),
    ("31/12/2026", &["2026-12-31"]),
    ("5/9/2026", &["2026-09-05"]),
    ("2026-08-31", &[]),
    ("12/2026", &["2026-12"]),
    ("Quý 3/2026", &["2026-Q3"]),
    ("Lan", &[]),
    ("Lan, Minh", &[]),
    ("công ty", &["company"]),
    ("*a* | _b_ <c> [d](e) `f`", &[]),
    ("# một\n- hai\n3. ba", &[]),
    ("{x: 1}, \"y\" 'z' \\ --- #", &[]),
    ("\u{a0}🙂 null: ~", &[]),
    ("hủy", &["cancelled"]),
    ("xong", &["done"]),
];

/// The texts of an import without the backslashes that Markdown needs, and every number that stands in them as a value.
fn evidence(files: &[scorebook::import::NewFile], findings: &[scorebook::import::CellFinding]) -> (String, Vec<f64>) {
    let (mut text, mut numbers) = (String::new(), Vec::new());
    let marks = scorebook::model::Marks::of_language("vi");
    for file in files {
        for line in file.text.lines() {
            let value = line.split_once(": ").map_or(line, |(_, value)| value);
            let parts = if value.starts_with('[') { value.trim_matches(['[', ']']).split(", ").collect() } else { vec![value] };
            for part in parts {
                let bare = part.trim_matches('"');
                let read = scorebook::model::read_number(bare, scorebook::model::Quoting::Quoted, None, marks);
                numbers.extend(read.ok().flatten().map(|it| it.value));
            }
            // A text in quotes, as it is meant.
            text.push_str(&serde_json::from_str::<String>(value).unwrap_or_default());
            text.push('\n');
        }
        let mut plain = file.text.replace("\\\\", "\u{1}").replace('\\', "").replace('\u{1}', "\\");
        plain = plain.replace("  \n  ", "\n");
        text.push_str(&file.text);
        text.push_str(&plain);
    }
    for finding in findings {
        for (_, argument) in &finding.finding.arguments {
            if let scorebook::diagnostic::Argument::Text(words) = argument {
                text.push_str(words);
                text.push('\n');
            }
        }
    }
    (text.split_whitespace().collect::<Vec<_>>().join(" "), numbers)
}

/// A grid as a text file, every cell in quotes.
fn as_csv(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut bytes = b"sep=;\n".to_vec();
    let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(&mut bytes);
    rows.iter().for_each(|row| writer.write_record(row).expect("into memory"));
    drop(writer);
    bytes
}

/// The same as a workbook, plain numbers typed, with one merged area.
fn as_workbook(rows: &[Vec<&str>], [top, left, down, right]: [u32; 4]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let column = u16::try_from(left).expect("small");
    if down + right > 0 {
        let last = column + u16::try_from(right).expect("small");
        sheet.merge_range(top, column, top + down, last, "", &Format::new()).expect("merged");
    }
    fill(sheet, 0, &rows);
    bytes(book)
}

fn imported(file: &str, bytes: &[u8]) -> Option<scorebook::import::Imported> {
    use scorebook::{import, model, words::Words};
    let config = model::Config { language: "vi".to_owned(), ..model::Config::default() };
    let words = Words::load("vi", config.calendar).expect("Vietnamese");
    let period = model::Period::parse("2026-Q3", config.calendar);
    let asked = import::Asked { period, ..import::Asked::default() };
    let known = import::Known::default();
    let today = model::parse_day("2026-09-30").expect("a day");
    import::import(import::Given { file, bytes, asked: &asked, known: &known, config: &config, words: &words, today }).ok()
}

/// What is written loads without an error.
fn loads(files: &[scorebook::import::NewFile]) -> Result<(), String> {
    let named: Vec<(&str, &str)> = files.iter().map(|it| (it.path.as_str(), it.text.as_str())).collect();
    let all = [&[("scorebook.yaml", "language: vi\nas_of: 2026-09-30\n")][..], &named].concat();
    let (_, findings) = crate::given::company(&all).load();
    let wrong = findings.iter().find(|it| it.severity == scorebook::diagnostic::Severity::Error);
    match wrong {
        None => Ok(()),
        Some(finding) => Err(format!("{finding:?}\n{files:#?}")),
    }
}

fn grid() -> impl proptest::strategy::Strategy<Value = Vec<Vec<&'static str>>> {
    use proptest::{collection::vec, prelude::Strategy, sample::select};
    let cell = (0..CELLS.len()).prop_map(|at| CELLS[at].0);
    (vec(select(&HEADS[..]), 2..8), vec(vec(cell, 2..8), 1..9), 0..3_usize).prop_map(|(heads, mut rows, at)| {
        rows.insert(at.min(rows.len()), heads);
        rows
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    /// Whatever stands in a sheet: no cell of it is lost, and what is written loads.
    #[test]
    fn no_cell_is_lost(rows in grid(), area in (0..4_u32, 0..4_u32, 0..3_u32, 0..3_u32), workbook in proptest::bool::ANY) {
        let area = [area.0, area.1, area.2, area.3];
        let (file, bytes) = if workbook { ("a.xlsx", as_workbook(&rows, area)) } else { ("a.csv", as_csv(&rows)) };
        let Some(imported) = imported(file, &bytes) else { return Ok(()) };
        let (text, numbers) = evidence(&imported.files, &imported.findings);
        for cell in rows.iter().flatten().filter(|it| !it.is_empty()) {
            let bare = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            let others = CELLS.iter().find(|(it, _)| it == cell).map_or(&[][..], |(_, others)| others);
            let stands = |word: &&str| match word.strip_prefix('#') {
                Some(number) => number.parse::<f64>().is_ok_and(|number| numbers.iter().any(|it| (it - number).abs() < 1e-9)),
                None => text.contains(*word),
            };
            proptest::prop_assert!(text.contains(&bare) || others.iter().any(stands), "{bare}: {:#?}", imported);
        }
        if let Err(wrong) = loads(&imported.files) {
            proptest::prop_assert!(false, "{wrong}");
        }
    }

    #[test]
    fn no_grid_crashes_it(rows in proptest::collection::vec(proptest::collection::vec("\\PC{0,12}|[0-9.,%/-]{0,8}|Tháng [0-9]{1,2}|KPI|Mục tiêu|Kế hoạch", 0..7), 0..9)) {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        if let Some(imported) = imported("a.csv", &as_csv(&rows)) && let Err(wrong) = loads(&imported.files) {
            proptest::prop_assert!(false, "{wrong}");
        }
    }
}
