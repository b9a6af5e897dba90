//! Forms that staff fill in: on paper with this company's goals, as workbooks that `import` reads back.

use std::fs;

use scraper::{Html, Selector};

use crate::shell::{run, write};

fn company() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = "title: Tre Xanh\nlanguage: vi\ndepartments: {ban: {name: Bán hàng, lead: lan}, kho: {name: Kho}}\npeople: {lan: {name: Nguyễn Thị Lan, department: ban}, tu: {name: Trần Tư, department: kho}}\n";
    write(folder.path(), "scorebook.yaml", settings);
    let goal = "---\nperiod: 2026-Q3\ndepartment: ban\nowner: lan\nkey_results:\n  - {id: quay-lai, title: Khách quay lại, start: 28, target: 36, unit: \"%\"}\n  - {id: the, title: Thẻ thành viên, milestones: [{title: Vẽ, done: 2026-07-20}, {title: Thử}]}\n  - {id: giu, title: Hài lòng, at_least: 80, unit: điểm}\n---\n# Khách quay lại vì thích\n";
    write(folder.path(), "objectives/khach.md", goal);
    write(
        folder.path(),
        "check-ins/2026-08-05-a.md",
        "---\nobjective: khach\nvalues: {quay-lai: 30,5, giu: 82}\n---\n".replace("30,5", "\"30,5\"").as_str(),
    );
    let kpi = "---\ndepartment: ban\nowner: lan\nunit: VND\naggregate: sum\ntarget: 450 triệu\nweight: 100%\nsupports: [khach]\nvalues: {2026-07: 430 triệu}\n---\n# Doanh thu\n";
    write(folder.path(), "kpis/doanh-thu.md", kpi);
    folder
}

fn texts(html: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    let page = Html::parse_document(html);
    page.select(&selector).map(|it| it.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_weeks_form_asks_for_what_this_department_answers_for_with_the_last_values() {
    let folder = company();
    let (code, out, err) = run(&["forms"], folder.path());
    assert_eq!(code, Some(0), "{err}");
    let names: Vec<&str> = out.lines().filter_map(|it| it.rsplit('/').next()).collect();
    assert_eq!(names, ["check-in.html", "objective.html", "review.html", "kpi-assess-2026-08.html", "kpi-assign-2026-09.html"]);
    let page = fs::read_to_string(folder.path().join("forms/check-in.html")).expect("a form");
    // The store answers for nothing that runs.
    assert_eq!(texts(&page, "h1"), ["Check-in hằng tuần · Bán hàng"]);
    let rows = texts(&page, "tbody tr");
    assert_eq!(rows[0], "Khách quay lại vì thích");
    for (row, parts) in [
        (1, ["Khách quay lại", "28% → 36%", "30,5% (05/08)"]),
        (2, ["Thẻ thành viên – bước chưa xong: Thử", "1/2", ""]),
        (3, ["Hài lòng", "≥ 80 điểm", "82 điểm (05/08)"]),
    ] {
        assert!(parts.iter().all(|it| rows[row].contains(it)), "{}", rows[row]);
    }
    assert!(rows[4].contains("Doanh thu") && rows[4].contains("450 triệu") && rows[4].contains("430 triệu"), "{}", rows[4]);
    assert_eq!(texts(&page, ".agenda li").len(), 4);
    let objective = fs::read_to_string(folder.path().join("forms/objective.html")).expect("a form");
    assert_eq!(texts(&objective, ".checks li")[0], "Hai đến năm kết quả then chốt, không nhiều hơn");
    let review = fs::read_to_string(folder.path().join("forms/review.html")).expect("a form");
    assert!(
        texts(&review, "h2").contains(&"Khách quay lại vì thích".to_owned()) && review.contains("60 phút")
            || review.contains("Sáu mươi phút")
    );
    let (code, _, err) = run(&["forms", "--person", "Trần Tư"], folder.path());
    assert_eq!(code, Some(0), "{err}");
    let (code, out, _) = run(&["forms", "--person", "lan", "--format", "csv", "-o", "lan"], folder.path());
    assert_eq!((code, out.trim()), (Some(0), "lan/check-in-lan-2026-08-14.csv"));
}

/// A row with its last three cells filled in: new value, confidence, note.
fn with(line: &str, cells: [&str; 3]) -> String {
    let known = line.trim_end().split(';').take(6).collect::<Vec<_>>().join(";");
    format!("{known};{}", cells.join(";"))
}

/// The table, filled in as somebody would in a spreadsheet.
fn filled(form: &str) -> String {
    let line = |line: &str| match line.split(';').next().unwrap_or_default() {
        "Ngày" => "Ngày;14/08/2026;;".to_owned(),
        "Người ghi" => "Người ghi;Nguyễn Thị Lan;;".to_owned(),
        "Đã xong" => "Đã xong;\"Tập huấn; Sơn quầy\";;".to_owned(),
        "Vướng mắc" => "Vướng mắc;Thiếu người;;".to_owned(),
        "khach/quay-lai" => with(line, ["31,5", "7", "Hội chợ"]),
        "khach/the" => with(line, ["bảy", "", ""]),
        "khach/giu" => with(line, ["84", "", ""]),
        "doanh-thu" => with(line, ["455 triệu", "", ""]),
        _ => line.to_owned(),
    };
    let mut next = 0;
    let lines = form.lines().map(line).map(|it| {
        if it.starts_with("\"Tiếp theo") || it.starts_with("Tiếp theo") {
            next += 1;
            if next == 1 {
                return it.replacen(";;;", ";Tuyển hai người;Trần Tư;2026-08-20", 1);
            }
        }
        it
    });
    lines.collect::<Vec<_>>().join("\r\n") + "\r\n"
}

#[test]
fn a_form_that_is_filled_in_becomes_a_check_in_and_every_cell_is_checked() {
    let folder = company();
    assert_eq!(run(&["forms", "--format", "csv"], folder.path()).0, Some(0));
    let form = fs::read_to_string(folder.path().join("forms/check-in-ban-2026-08-14.csv")).expect("a form");
    write(folder.path(), "tuan.csv", filled(&form));
    let (code, out, err) = run(&["import", "tuan.csv"], folder.path());
    assert_eq!(code, Some(1), "one cell is no number: {out}{err}");
    assert!(err.contains("bảy"), "{err}");
    let path = out.lines().find(|it| it.contains("check-ins/")).expect("a check-in").to_owned();
    let text = fs::read_to_string(folder.path().join(&path)).expect("it is there");
    for line in [
        "date: 2026-08-14",
        "author: lan",
        "khach/quay-lai: \"31,5\"",
        "khach/giu: 84",
        "2026-08: \"455 triệu\"",
        "khach/quay-lai: 7",
        "finished: [\"Tập huấn\", \"Sơn quầy\"]",
        "blocked: [\"Thiếu người\"]",
        "next: [{what: \"Tuyển hai người\", who: tu, by: 2026-08-20}]",
        "- Khách quay lại: Hội chợ",
        "bảy",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let (code, found, _) = run(&["check", "--format", "short"], folder.path());
    assert_eq!((code, found.contains("error")), (Some(0), false), "{found}");
    let (_, figures, _) = run(&["export"], folder.path());
    assert!(figures.contains("31.5"), "{figures}");
    assert_eq!(run(&["import", "tuan.csv"], folder.path()).1.trim(), "", "a second time nothing is new");
}

#[test]
fn a_workbook_that_may_be_filled_in_is_never_overwritten() {
    let folder = company();
    let (code, out, _) = run(&["forms", "--format", "xlsx"], folder.path());
    let names: Vec<&str> = out.lines().filter_map(|it| it.rsplit('/').next()).collect();
    let wanted = [
        "check-in-ban-2026-08-14.xlsx",
        "objective-2026-08-14.xlsx",
        "review-2026-08-14.xlsx",
        "kpi-assess-2026-08.xlsx",
        "kpi-assign-2026-09.xlsx",
    ];
    assert_eq!((code, names), (Some(0), wanted.to_vec()));
    let path = folder.path().join("forms/check-in-ban-2026-08-14.xlsx");
    let made = fs::read(&path).expect("a workbook");
    assert_eq!(run(&["forms", "--format", "xlsx"], folder.path()).2, "", "the same again is no news");
    fs::write(&path, b"filled in").expect("it is written");
    let (code, _, err) = run(&["forms", "--format", "xlsx"], folder.path());
    assert!(code == Some(0) && err.contains("left as it is"), "{err}");
    assert_eq!(fs::read(&path).expect("it is there"), b"filled in");
    // What is printed is made anew, unless somebody else made it.
    write(folder.path(), "forms/review.html", "<h1>Of my own</h1>");
    let (code, out, err) = run(&["forms"], folder.path());
    assert!(code == Some(0) && out.contains("check-in.html") && !out.contains("review.html") && err.contains("review.html"), "{out}{err}");
    assert_eq!(run(&["forms"], folder.path()).1, out, "the others are made anew");
    fs::write(&path, &made).expect("it is written");
    let (code, out, err) = run(&["import", path.to_str().expect("UTF-8")], folder.path());
    assert_eq!((code, out.contains("check-ins/")), (Some(0), false), "nobody has filled it in: {out}{err}");
}
