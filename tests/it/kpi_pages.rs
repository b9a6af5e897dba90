//! What a reader is told of KPIs, people and sheets.

use crate::{
    cli::{run, workspace},
    given::{Company, company},
};

fn vietnamese(files: &[(&str, &str)]) -> Company {
    let settings = ("scorebook.yaml", "language: vi\npeople: {phuc: Phúc, lan: Lan}\ndepartments: {kho: Kho}\nlints: {no-owner: off}\n");
    company(&[&[settings], files].concat())
}

#[track_caller]
fn says(page: &str, wanted: &[&str], unwanted: &[&str]) {
    for it in wanted {
        assert!(page.contains(it), "“{it}” is missing in:\n{page}");
    }
    for it in unwanted {
        assert!(!page.contains(it), "“{it}” stands in:\n{page}");
    }
}

/// Twelve months around 93, mean 93, range 2, limits 87.68 and 98.32; then what each test adds.
const YEAR: &str = "2025-07: 92, 2025-08: 94, 2025-09: 92, 2025-10: 94, 2025-11: 92, 2025-12: 94, 2026-01: 92, 2026-02: 94, 2026-03: 92, 2026-04: 94, 2026-05: 92, 2026-06: 94";

fn kpi(head: &str, more: &str) -> String {
    format!("---\ndepartment: kho\nowner: phuc\nunit: \"%\"\nbaseline: 2025-07..2026-06\n{head}values: {{{YEAR}{more}}}\n---\n# Đúng hẹn\n")
}

#[test]
fn a_kpi_is_steady_or_a_signal_and_says_what_the_process_can_do() {
    let page = |head: &str, more: &str| vietnamese(&[("kpis/a.md", &kpi(head, more))]).page("2026-08-01", "kpis/a.html");
    says(
        &page("target: 95\n", ", 2026-07: 93"),
        &[
            "Đúng hẹn ổn định, lúc đạt lúc không chỉ tiêu ≥ 95%",
            "Giới hạn trên 98,3%",
            "Giới hạn dưới 87,7%",
            "Trung bình 93,0%",
            "không phải nhắc nhở nhiều hơn",
        ],
        &["Tín hiệu xấu", "Tín hiệu tốt"],
    );
    says(&page("target: 87\n", ", 2026-07: 93"), &["ổn định và luôn đạt chỉ tiêu ≥ 87%", "Luôn đạt"], &["nhắc nhở"]);
    says(&page("target: 99\n", ", 2026-07: 93"), &["khó đạt chỉ tiêu ≥ 99% nếu không đổi cách làm"], &[]);
    says(
        &page("target: 95\n", ", 2026-07: 80"),
        &[
            "Đúng hẹn xuống 80% trong tháng 7/2026, thấp hơn mọi dao động bình thường",
            "Tín hiệu xấu",
            "80% thấp hơn giới hạn dưới 87,7%",
            "Chưa có check-in nào giải thích",
        ],
        &["Tín hiệu tốt"],
    );
    // The same fall of a number that should be low is a good signal.
    says(&page("target: 95\nbetter: lower\n", ", 2026-07: 80"), &["Tín hiệu tốt"], &["Tín hiệu xấu"]);
    // What cannot be is not drawn, and its label makes no claim of precision.
    says(&page("target: 95\nbounds: [0, 95]\n", ", 2026-07: 93"), &["Tối đa 95,0%"], &["Giới hạn trên 98,3%"]);
}

#[test]
fn a_signal_is_explained_by_the_check_in_that_names_the_kpi() {
    let company = vietnamese(&[
        ("kpis/a.md", &kpi("target: 95\n", "")),
        ("check-ins/2026-07-31.md", "---\nauthor: phuc\nkpis: {a: 80}\n---\nHai xe nghỉ vì ngập.\n"),
    ]);
    says(
        &company.page("2026-08-01", "kpis/a.html"),
        &["Check-in ngày 31/07 (Phúc) ghi: Hai xe nghỉ vì ngập."],
        &["Chưa có check-in nào giải thích"],
    );
}

#[test]
fn too_few_values_have_a_median_and_say_how_many_are_missing() {
    let few = "---\nowner: phuc\nvalues: {2026-05: 1, 2026-06: 5, 2026-07: 3}\n---\n# A\n";
    let page = vietnamese(&[("kpis/a.md", few)]).page("2026-08-01", "kpis/a.html");
    says(&page, &["Còn 3 tháng nữa mới đủ để tính giới hạn", "Trung vị 3"], &["Giới hạn trên"]);
    let none = vietnamese(&[("kpis/a.md", "---\nowner: phuc\n---\n# A\n")]).page("2026-08-01", "kpis/a.html");
    says(&none, &["A: chưa có số nào", "kpis/a.md"], &["Biểu đồ kiểm soát"]);
}

#[test]
fn the_index_puts_signals_first_and_names_what_nobody_needs() {
    let company = vietnamese(&[
        ("kpis/a.md", &kpi("target: 95\nsupports: giao\n", ", 2026-07: 93")),
        ("kpis/z.md", &kpi("target: 95\n", ", 2026-07: 80").replace("Đúng hẹn", "Nhiệt độ kho")),
        (
            "objectives/giao.md",
            "---\nperiod: 2026-Q3\nowner: phuc\nkey_results: [{title: Nhanh, start: 1, target: 5}]\n---\n# Giao nhanh\n",
        ),
        ("objectives/ban.md", "---\nperiod: 2026-Q3\nowner: lan\nkey_results: [{title: Nhiều, start: 1, target: 5}]\n---\n# Bán nhiều\n"),
    ]);
    let page = company.page("2026-08-01", "kpis/index.html");
    says(
        &page,
        &["1 trên 2 KPI có tín hiệu: 1 xấu", "1 KPI chưa gắn mục tiêu nào", "1 mục tiêu chưa có KPI giữ thành quả Khi mục tiêu khép lại"],
        &[],
    );
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing in {page}"));
    assert!(at("Nhiệt độ kho") < at("Đúng hẹn"), "{page}");
    let unheld = &page[at("giữ thành quả")..];
    says(unheld, &["Bán nhiều"], &["Giao nhanh"]);
    // Both ways: the objective names its KPI, and the one without is told.
    says(&company.page("2026-08-01", "objectives/giao.html"), &["Đúng hẹn"], &["Mục tiêu này chưa có KPI nào"]);
    says(&company.page("2026-08-01", "objectives/ban.html"), &["Mục tiêu này chưa có KPI nào"], &[]);
    says(&company.page("2026-08-01", "index.html"), &["KPI có tín hiệu 1 xấu trên 2"], &[]);
}

#[test]
fn a_person_sees_what_is_due_overdue_first_and_no_sheet_that_others_could_read() {
    let goal = "---\nperiod: 2026-Q3\nowner: phuc\nkey_results:\n  - {title: Nhanh, start: 1, target: 5}\n  - {title: Kho mới, milestones: [{title: Thuê đất, due: 2026-08-03}, {title: Xây, due: 2026-09-20}]}\n---\n# Giao nhanh\n";
    let company = vietnamese(&[
        ("kpis/a.md", "---\nowner: phuc\ntarget: 5\nvalues: {2026-05: 4, 2026-06: 5}\n---\n# Đúng hẹn\n"),
        ("objectives/giao.md", goal),
        (
            "check-ins/2026-07-30.md",
            "---\nobjective: giao\nvalues: {kr1: 2}\nnext: [{what: Mua xe, who: phuc, by: 2026-07-31}, {what: Đã mua, who: phuc, by: 2026-07-31, done: 2026-07-31}, {what: Lan gọi, who: lan, by: 2026-08-02}]\n---\n",
        ),
    ]);
    let page = company.page("2026-08-01", "people/phuc.html");
    says(
        &page,
        &[
            "Phúc: 2 việc đã quá hạn, 2 việc đến hạn trong bảy ngày tới",
            "Mua xe",
            "Ghi số liệu tháng 7/2026",
            "Thuê đất",
            "Check-in",
            "scorebook sheet --person phuc",
        ],
        &["Đã mua", "Lan gọi", "Xây", "Tổng điểm"],
    );
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing in {page}"));
    assert!(at("Mua xe") < at("Thuê đất"), "{page}");
}

#[test]
fn a_sheet_stands_on_the_site_where_the_workspace_says_so() {
    let settings = "language: vi\npeople: {phuc: Phúc}\nvisibility_defaults: {person_sheet: internal}\nratings: [{grade: A, from: 90%}]\nlints: {no-owner: off}\n";
    let a = "---\nowner: phuc\nweight: 3\ngroup: Kho\ntarget: 100\nvalues: {2026-06: 80, 2026-07: 90}\n---\n# Đúng hẹn\n";
    let b = "---\nowner: phuc\nweight: 1\nbetter: within\ntarget: [18, 22]\nvalues: {2026-07: 20}\nsupports: giao\n---\n# Nhiệt độ\n";
    let goal = "---\nperiod: 2026-Q3\nkey_results: [{start: 0, target: 1}]\n---\n# Giao nhanh\n";
    let company = company(&[("scorebook.yaml", settings), ("kpis/a.md", a), ("kpis/b.md", b), ("objectives/giao.md", goal)]);
    // 0.75 × 90 + 0.25 × 100; in June the temperature was not measured yet, and did not count.
    let page = company.page("2026-08-01", "people/phuc.html");
    says(
        &page,
        &[
            "Phiếu đánh giá KPI tháng 7/2026",
            "75%",
            "25%",
            "92,5",
            "Xếp loại A",
            "T6/26 80,0 · T7/26 92,5",
            "không tính điểm",
            "Giao nhanh",
        ],
        &["scorebook sheet --person"],
    );
}

#[test]
fn weights_that_do_not_add_up_are_named_on_the_sheet_on_which_all_of_them_stand() {
    let settings = "language: vi\npeople: {phuc: Phúc, lan: Lan}\nvisibility_defaults: {person_sheet: internal}\n";
    let kpi = |owner: &str, weight: &str| {
        format!("---\nowner: {owner}\nweight: {weight}\ntarget: 100\nvalues: {{2026-07: 90}}\n---\n# Đúng hẹn\n")
    };
    let quarterly = "---\nowner: lan\nweight: 60%\nevery: quarter\ntarget: 1\nvalues: {2026-Q1: 1}\n---\n# Hài lòng\n";
    let files = [("a", kpi("phuc", "40%")), ("b", kpi("phuc", "20%")), ("c", kpi("lan", "40%"))];
    let mut all: Vec<(String, String)> = files.into_iter().map(|(id, text)| (format!("kpis/{id}.md"), text)).collect();
    all.push(("kpis/q.md".to_owned(), quarterly.to_owned()));
    all.push(("scorebook.yaml".to_owned(), settings.to_owned()));
    let all: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let company = company(&all);
    says(&company.page("2026-08-01", "people/phuc.html"), &["Trọng số đã ghi cộng lại là 60%"], &[]);
    // Lan's other 60 % stand on the quarter's last sheet.
    says(&company.page("2026-08-01", "people/lan.html"), &["Đúng hẹn 100%"], &["cộng lại"]);
}

#[test]
fn calibration_sets_words_against_what_came_out() {
    // Four key results, confidence 8 in the first third of July, 6 in the last; scores 0.5: too sure by 30 points.
    let goal = |name: &str| {
        format!(
            "---\nperiod: 2026-07\ndepartment: kho\nowner: phuc\nkey_results: [{{title: {name} 1, start: 0, target: 10}}, {{title: {name} 2, start: 0, target: 10}}]\ncheck_ins:\n  - {{date: 2026-07-02, values: {{kr1: 1, kr2: 1}}, confidence: 8}}\n  - {{date: 2026-07-31, values: {{kr1: 5, kr2: 5}}, confidence: 6}}\n---\n# {name}\n"
        )
    };
    let (a, b) = (goal("A"), goal("B"));
    let four = vietnamese(&[("objectives/a.md", &a), ("objectives/b.md", &b)]);
    let page = four.page("2026-08-05", "departments/kho.html");
    says(&page, &["Đầu kỳ tự tin 80%, điểm trung bình chỉ 50%", "4 kết quả then chốt trong 1 kỳ đã đóng", "60%"], &[]);
    // Two say too little.
    let two = vietnamese(&[("objectives/a.md", &a)]);
    says(&two.page("2026-08-05", "departments/kho.html"), &[], &["Tự tin và kết quả"]);
}

#[test]
fn the_sheet_command_hands_out_and_assesses() {
    let folder = workspace(&[
        ("scorebook.yaml", "people: {phuc: Phúc, lan: Lan}\nas_of: 2026-08-14\nlints: {unused-kpi: off}\n"),
        ("kpis/a.md", "---\nowner: phuc\npay_linked: true\ntarget: {2026-07: 100, 2026-09: 120}\nvalues: {2026-07: 90}\n---\n# On time\n"),
        ("kpis/b.md", "---\nowner: lan\ntarget: 10\nvalues: {2026-07: 10}\n---\n# Calls\n"),
    ]);
    let (code, out, err) = run(&["sheet", "--person", "phuc"], folder.path());
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    says(
        &out,
        &["KPI sheet, assessment for July 2026", "Phúc", "On time", "90.0"],
        &["Calls", "http:", "https:", "<script", "src=", "url("],
    );
    let (code, out, _) = run(&["sheet", "--month", "2026-09", "--assign", "--person", "Phúc"], folder.path());
    assert_eq!(code, 0);
    says(&out, &["KPI sheet, targets for September 2026", "120"], &["90.0"]);
    // What the running month still owes costs nothing yet.
    let (_, out, _) = run(&["sheet", "--month", "2026-08", "--person", "lan"], folder.path());
    says(&out, &["assessment for August 2026", "Calls"], &["0.0"]);
    let (_, both, _) = run(&["sheet", "--month", "2026-07"], folder.path());
    assert_eq!(both.matches("class=\"paper\"").count(), 2, "one for each");
    for (arguments, wanted) in [
        (&["sheet", "--person", "phc"][..], "did you mean `phuc`?"),
        (&["sheet", "--month", "2026-Q3"][..], "is not a month"),
        (&["sheet", "--month", "2026-09"][..], "add --assign"),
        (&["sheet", "--month", "2020-01"][..], "no KPI sheet for 2020-01"),
    ] {
        let (code, out, err) = run(arguments, folder.path());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(wanted), "{err}");
    }
}

#[test]
fn no_byte_of_a_site_tells_a_restricted_kpi() {
    let folder = workspace(&[
        (
            "scorebook.yaml",
            "as_of: 2026-08-14\nmore_languages: [vi]\npeople: {phuc: Phúc}\ndepartments: {kho: Kho}\nvisibility_defaults: {person_sheet: internal}\nlints: {unused-kpi: off}\n",
        ),
        (
            "kpis/bonus.md",
            "---\nowner: phuc\ndepartment: kho\npay_linked: true\ntarget: 70707\namber: nonsense\ndata: {file: data/bonus.csv, period: m, value: v}\nsupports: a\n---\n# Very secret bonus\n",
        ),
        ("data/bonus.csv", "m,v\n2026-06,81818\n2026-07,82828\n2026-08,soon\n"),
        ("kpis/open.md", "---\nowner: phuc\ndepartment: kho\ntarget: 5\nvalues: {2026-07: 4}\n---\n# Calls\n"),
        (
            "objectives/2026-q3/a.md",
            "---\nowner: phuc\ndepartment: kho\nkey_results:\n  - {id: x, title: Hush hush result, kpi: bonus, target: 93939}\n  - {id: y, title: Calls a day, start: 1, target: 5}\n---\n# Grow\nSee [the table](../../data/bonus.csv) and [the KPI](../../kpis/bonus.md).\n",
        ),
        (
            "check-ins/2026-08-03.md",
            "---\nauthor: phuc\nobjective: a\nvalues: {y: 2}\nkpis: {bonus: {2026-05: 84848}}\n---\nThe bonus came to eighty-four thousand.\n",
        ),
    ]);
    let secrets =
        ["70707", "70,707", "81818", "82828", "84848", "84,848", "93939", "93,939", "bonus", "eighty-four", "Hush hush", "Very secret"];
    for audience in ["internal", "public"] {
        let (code, out, err) = run(&["build", "--audience", audience], folder.path());
        assert_eq!(code, 1, "what is hidden has an error, and that is told: {out}{err}");
        let mut seen = 0;
        for entry in walkdir::WalkDir::new(folder.path().join("site")) {
            let entry = entry.expect("readable");
            let name = entry.path().strip_prefix(folder.path()).expect("below it").display().to_string();
            assert!(!name.contains("bonus"), "{name} ({audience})");
            if entry.file_type().is_file() {
                let bytes = std::fs::read(entry.path()).expect("readable");
                let text = String::from_utf8_lossy(&bytes);
                for secret in secrets {
                    assert!(!text.contains(secret), "{secret} is in {name} ({audience})");
                }
                seen += 1;
            }
        }
        assert!(seen > 40, "{seen} files");
        assert!(!out.contains("81818") && !err.contains("81818") && !err.contains("70707"), "{out}{err}");
    }
    let (_, out, _) = run(&["build", "--audience", "restricted"], folder.path());
    assert!(out.contains("Wrote"), "{out}");
    let page = std::fs::read_to_string(folder.path().join("site/kpis/bonus.html")).expect("a page");
    says(&page, &["82,828", "Very secret bonus"], &[]);
}

#[test]
fn a_range_is_spoken_of_as_a_range() {
    // Mean 20, mean moving range 2.4: limits 13.6 to 26.4.
    let months = "2026-01: 19, 2026-02: 21, 2026-03: 19, 2026-04: 22, 2026-05: 19, 2026-06: 20";
    for (target, wanted) in
        [("[18, 40]", "chỉ có một phần nằm trong khoảng"), ("[0, 40]", "nằm trọn trong khoảng"), ("[30, 40]", "nằm hẳn ngoài khoảng")]
    {
        let kpi = format!("---\nbetter: within\ntarget: {target}\nvalues: {{{months}}}\n---\n# Nhiệt độ\n");
        says(&vietnamese(&[("kpis/a.md", &kpi)]).page("2026-07-02", "kpis/a.html"), &[wanted], &["giữa hai giới hạn"]);
    }
}

#[test]
fn values_all_alike_want_no_more_values() {
    let months = "2026-01: 3, 2026-02: 3, 2026-03: 3, 2026-04: 3, 2026-05: 3, 2026-06: 3";
    let kpi = format!("---\nvalues: {{{months}}}\n---\n# Ca trực\n");
    let page = vietnamese(&[("kpis/a.md", &kpi)]).page("2026-07-02", "kpis/a.html");
    says(&page, &["Kỳ nào cũng là 3.", "Khi một kỳ khác 3:"], &["3,0 đến 3,0"]);
}

#[test]
fn a_shared_kpi_names_everybody_with_their_target_and_newest_value() {
    let kpi = "---\naggregate: sum\nunit: đơn\nbetter: lower\ntarget: 9\nassigned: {lan: {target: 3}, phuc: {target: 6}}\nvalues: {2026-06: {lan: 4, phuc: 5}}\n---\n# Sai đơn\n";
    let settings = "language: vi\npeople: {lan: Lan, phuc: Phúc}\n";
    let page = company(&[("scorebook.yaml", settings), ("kpis/a.md", kpi)]).page("2026-07-02", "kpis/a.html");
    says(&page, &["Lan: chỉ tiêu ≤ 3 đơn; tháng 6/2026, 4 đơn", "Phúc: chỉ tiêu ≤ 6 đơn; tháng 6/2026, 5 đơn"], &[]);
}

#[test]
fn rounding_does_not_belie_what_it_is_measured_against() {
    let settings = "language: vi\npeople: {phuc: Phúc}\nvisibility_defaults: {person_sheet: internal}\n";
    // 14.75 is better than 15, 91.75 is 47 % of the way from 88 to 96.
    let minutes = "---\nowner: phuc\nevery: week\nbetter: lower\nunit: phút\ntarget: 15\nvalues: {2026-W27: 14, 2026-W28: 16, 2026-W29: 15, 2026-W30: 14}\n---\n# Trả lời\n";
    let share = "---\nevery: week\nvalues: {2026-W27: 91, 2026-W28: 92, 2026-W29: 92, 2026-W30: 92}\n---\n# Đúng hẹn\n";
    let range = "---\nowner: phuc\nbetter: within\ntarget: [1, 2]\nvalues: {2026-07: 3}\n---\n# Tồn kho\n";
    let goal = "---\nperiod: 2026-Q3\nkey_results: [{title: Nhanh, kpi: share, start: 88, target: 96}]\ncheck_ins:\n  - {date: 2026-07-20, confidence: 6}\n---\n# Giao\n";
    let company = company(&[
        ("scorebook.yaml", settings),
        ("kpis/minutes.md", minutes),
        ("kpis/share.md", share),
        ("kpis/range.md", range),
        ("objectives/giao.md", goal),
    ]);
    says(&company.page("2026-08-03", "people/phuc.html"), &["14,8 phút", "102%", "chưa đạt 0,0"], &[]);
    says(&company.page("2026-08-03", "objectives/giao.html"), &["91,8", "số gộp từ đầu kỳ"], &[]);
    says(&company.page("2026-08-03", "index.html"), &["Mục tiêu đi được 47% quãng đường"], &["Trung bình các mục tiêu"]);
}

#[test]
fn what_is_planned_is_not_told_before_its_day() {
    let head = "rebase: [2026-05, 2026-09]\nevents: {2026-06: New carrier, 2026-09: Second warehouse}\n";
    let company = company(&[("kpis/k.md", kpi(head, "").as_str())]);
    says(&company.page("2026-08-14", "kpis/k.html"), &["New carrier", "May 2026"], &["Second warehouse", "September 2026"]);
    says(&company.page("2026-09-01", "kpis/k.html"), &["New carrier", "Second warehouse"], &[]);
}

#[test]
fn a_baseline_that_is_too_short_is_told_as_such() {
    let values = "2026-01: 1, 2026-02: 5, 2026-03: 3, 2026-04: 4, 2026-05: 2, 2026-06: 6, 2026-07: 3";
    let short = format!("---\nowner: phuc\nbaseline: 2026-01..2026-03\nvalues: {{{values}}}\n---\n# A\n");
    let page = company(&[("kpis/a.md", short.as_str())]).page("2026-08-01", "kpis/a.html");
    let said = ["Only 3 months of the baseline have a value", "The baseline has a value for 3 months only"];
    says(&page, &said, &["more are needed", "more until there are limits"]);
    let page = vietnamese(&[("kpis/a.md", short.as_str())]).page("2026-08-01", "kpis/a.html");
    says(&page, &["Kỳ gốc chỉ có số của 3 tháng"], &["nữa mới đủ"]);
    // One that still runs may yet have enough.
    let runs = short.replace("2026-01..2026-03", "2026-06..2026-12");
    says(&company(&[("kpis/a.md", runs.as_str())]).page("2026-08-01", "kpis/a.html"), &["more are needed"], &["Only"]);
}

#[test]
fn sheets_that_are_withheld_are_told_as_such() {
    let folder = workspace(&[
        ("scorebook.yaml", "as_of: 2026-08-14\npeople: {phuc: Phúc}\nlints: {unused-kpi: off}\n"),
        ("kpis/a.md", "---\nowner: phuc\ntarget: 5\nvalues: {2026-07: 4}\n---\n# A\n"),
    ]);
    let said = |arguments: &[&str]| run(&[&["sheet", "--month", "2026-07"], arguments].concat(), folder.path());
    let (code, out, err) = said(&["--audience", "internal"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("are withheld from the audience `internal`"), "{err}");
    assert_eq!(said(&[]).0, 0);
    let (_, _, err) = run(&["sheet", "--month", "2020-01", "--audience", "internal"], folder.path());
    assert!(err.contains("no KPI sheet for 2020-01"), "{err}");
}
