//! What an author may write, and where: FORMAT.md §1 to §3, §5 and §8.

use scorebook::model::Visibility;
use serde_json::{Value, json};

use crate::given::{Company, Eyes, OWN, by_id, company, goal, same};

const METRIC: &str = "key_results: [{start: 0, target: 10}]";

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|it| it["id"].as_str().expect("an id")).collect()
}

fn codes(company: &Company) -> Vec<String> {
    company.findings("2026-08-01").into_iter().filter(|it| !it.starts_with("on-paper")).collect()
}

#[test]
fn an_id_is_made_of_a_files_name() {
    let text = format!("---\nperiod: 2026-Q3\n{METRIC}\n---\n");
    for (name, want) in [
        ("Mục tiêu 1", "muc-tieu-1"),
        ("Mu\u{323}c tie\u{302}u 1", "muc-tieu-1"),
        ("Đội Giao hàng", "doi-giao-hang"),
        ("index", "index-1"),
        ("con", "con-1"),
        ("AUX", "aux-1"),
        ("2026-07-01 Khởi động", "2026-07-01-khoi-dong"),
    ] {
        let path = format!("objectives/{name}.md");
        assert_eq!(ids(&company(&[(path.as_str(), &text)]).on("2026-08-01")["objectives"]), [want], "{name}");
    }
    for ending in ["MD", "Md"] {
        let path = format!("objectives/a.{ending}");
        assert_eq!(ids(&company(&[(path.as_str(), &text)]).on("2026-08-01")["objectives"]), ["a"], "{ending}");
    }
    let named = format!("---\nid: Tăng trưởng\nperiod: 2026-Q3\n{METRIC}\n---\n");
    assert_eq!(ids(&company(&[("objectives/x.md", named)]).on("2026-08-01")["objectives"]), ["tang-truong"]);
}

#[test]
fn key_results_are_numbered_by_every_position() {
    let text = "---\nperiod: 2026-Q3\nkey_results:\n  - {start: 0, target: 1}\n  - {id: Doanh số, start: 0, target: 1}\n  - {start: 0, target: 1}\n---\n";
    let document = company(&[("objectives/a.md", text)]).on("2026-08-01");
    assert_eq!(ids(&goal(&document, "a")["key_results"]), ["kr1", "doanh-so", "kr3"]);
}

#[test]
fn a_title_is_the_key_or_the_first_heading_or_the_id() {
    for (head, body, want) in [
        ("title: Tăng trưởng\n", "# Khác\n", "Tăng trưởng"),
        ("", "# Tăng *trưởng* `x`\n\nVì sao.\n", "Tăng trưởng x"),
        ("", "Chỉ có lời.\n", "a"),
    ] {
        let document = company(&[("objectives/a.md", format!("---\nperiod: 2026-Q3\n{head}{METRIC}\n---\n{body}"))]).on("2026-08-01");
        assert_eq!(goal(&document, "a")["title"], want);
    }
}

#[test]
fn references_are_made_safe_and_follow_aliases() {
    let company = company(&[
        ("objectives/a.md", format!("---\nperiod: 2026-Q3\naliases: [Tên cũ]\n{METRIC}\n---\n")),
        ("objectives/b.md", format!("---\nperiod: 2026-Q3\nparent: Tên cũ/KR1\ncontinues: A\n{METRIC}\n---\n")),
        ("check-ins/2026-07-03.md", "---\nobjective: ten-cu\nvalues: {KR1: 4}\n---\n".to_owned()),
    ]);
    assert_eq!(codes(&company), Vec::<String>::new());
    let document = company.on("2026-08-01");
    same(goal(&document, "b"), &json!({"parent": "a/kr1", "continues": "a"}), "b");
    same(goal(&document, "a/kr1"), &json!({"current": 4}), "a");
}

#[test]
fn folders_give_kind_period_and_department_and_keys_go_before_them() {
    let text = format!("---\n{METRIC}\n---\n");
    let own = format!("---\nperiod: 2026-Q1\ndepartment: nhan-su\n{METRIC}\n---\n");
    let company = company(&[
        ("scorebook.yaml", "departments: {kinh-doanh: Kinh doanh, nhan-su: {name: Nhân sự}}"),
        ("objectives/2026-Q3/kinh-doanh/a.md", &text),
        // The deepest wins, whatever lies between
        ("objectives/2026-Q3/kinh-doanh/2026-07/khac/nhan-su/b.md", &text),
        ("objectives/2026-Q3/kinh-doanh/c.md", &own),
        ("objectives/Kinh doanh/Quý 3 2026/d.md", &text),
        ("objectives/company/2026-Q3/e.md", &text),
        // `type` says it for a file that stands anywhere
        ("ghi-chep/2026-Q3/f.md", &format!("---\ntype: objective\nperiod: 2026-Q3\n{METRIC}\n---\n")),
        // The outermost folder with a kind's name is the kind
        ("team/objectives/2026-Q3/pages/g.md", &text),
    ]);
    assert_eq!(codes(&company), Vec::<String>::new());
    let document = company.on("2026-08-01");
    for (id, want) in [
        ("a", json!({"period": "2026-Q3", "department": "kinh-doanh"})),
        ("b", json!({"period": "2026-07", "department": "nhan-su"})),
        ("c", json!({"period": "2026-Q1", "department": "nhan-su"})),
        ("d", json!({"period": "2026-Q3", "department": "kinh-doanh"})),
        ("e", json!({"period": "2026-Q3", "department": "company"})),
        ("f", json!({"period": "2026-Q3", "department": null})),
        ("g", json!({"period": "2026-Q3", "department": null})),
    ] {
        same(goal(&document, id), &want, id);
    }
    assert_eq!(ids(&document["departments"]), ["company", "kinh-doanh", "nhan-su"]);
}

#[test]
fn what_is_no_goal_is_passed_over() {
    let text = format!("---\nperiod: 2026-Q3\n{METRIC}\n---\n");
    let company = company(&[
        ("objectives/README.md", text.as_str()),
        ("objectives/_a.md", &text),
        ("objectives/.a.md", &text),
        ("_archive/objectives/a.md", &text),
        ("objectives/a.bak.md", &text),
        ("README.md", "---\nnot: ours\n---\n"),
        ("notes.md", "# Prose without front matter\n"),
        ("objectives/real.md", &text),
    ]);
    assert_eq!(ids(&company.on("2026-08-01")["objectives"]), ["real"]);
    assert_eq!(codes(&company), Vec::<String>::new());
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = "---\nperiod: 2026-Q3\nkey_results:\n  - {start: 0, target: 10, title: Một}\n  - {title: Hai}\n---\n# Tiêu đề\n\nLời.\n";
    let plain = company(&[("objectives/a.md", text), ("scorebook.yaml", "title: T\n")]).document("2026-08-01", OWN);
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let marked = company(&[("objectives/a.md", windows.as_str()), ("scorebook.yaml", "\u{feff}title: T\r\n")]).document("2026-08-01", OWN);
    assert_eq!(plain, marked);
}

#[test]
fn people_and_departments_are_inline_or_files_or_only_named() {
    let text = format!("---\nperiod: 2026-Q3\ndepartment: Kinh doanh\nowner: Nguyễn Thị Lan\n{METRIC}\n---\n");
    let inline = "departments:\n  kinh-doanh: {name: Kinh doanh, lead: lan}\npeople:\n  lan: {name: Nguyễn Thị Lan, department: kinh-doanh, role: Trưởng phòng}\n";
    let declared = [
        company(&[("objectives/a.md", text.as_str()), ("scorebook.yaml", inline)]),
        company(&[
            ("objectives/a.md", text.as_str()),
            ("departments/kinh-doanh.md", "---\nlead: lan\n---\n# Kinh doanh\nLời.\n"),
            ("people/lan.md", "---\nname: Nguyễn Thị Lan\ndepartment: kinh-doanh\n---\n"),
        ]),
    ];
    for company in declared {
        assert_eq!(codes(&company), Vec::<String>::new());
        let document = company.on("2026-08-01");
        same(goal(&document, "a"), &json!({"department": "kinh-doanh", "owner": "lan"}), "declared");
        same(&document["departments"], &json!([{"id": "kinh-doanh", "name": "Kinh doanh", "lead": "lan"}]), "departments");
        same(&document["people"], &json!([{"id": "lan", "name": "Nguyễn Thị Lan", "department": "kinh-doanh"}]), "people");
        same(goal(&document, "a/kr1"), &json!({"owner": "lan"}), "a key result's owner is the objective's");
    }
    let named = company(&[("objectives/a.md", text.as_str())]);
    assert_eq!(codes(&named), Vec::<String>::new());
    let document = named.on("2026-08-01");
    same(goal(&document, "a"), &json!({"department": "kinh-doanh", "owner": "nguyen-thi-lan"}), "named");
    same(&document["departments"], &json!([{"id": "kinh-doanh", "name": "Kinh doanh", "lead": null}]), "departments");
    same(&document["people"], &json!([{"id": "nguyen-thi-lan", "name": "Nguyễn Thị Lan", "department": null}]), "people");
}

#[test]
fn a_fiscal_year_is_named_by_its_start_or_its_end() {
    let text = |period: &str| format!("---\nperiod: {period}\n{METRIC}\n---\n");
    for (config, period, want) in [
        ("fiscal_year_start: 4\n", "FY2026-Q1", json!({"id": "2026-Q1", "first_day": "2026-04-01", "last_day": "2026-06-30"})),
        ("fiscal_year_start: 4\n", "2026-Q4", json!({"id": "2026-Q4", "first_day": "2027-01-01", "last_day": "2027-03-31"})),
        ("fiscal_year_start: 4\n", "2026-08", json!({"id": "2026-08", "first_day": "2026-08-01", "last_day": "2026-08-31"})),
        (
            "fiscal_year_start: 2\nfiscal_year_named_by: end\n",
            "FY2021",
            json!({"id": "2021", "first_day": "2020-02-01", "last_day": "2021-01-31"}),
        ),
        (
            "fiscal_year_start: 2\nfiscal_year_named_by: end\n",
            "2021-H1",
            json!({"id": "2021-H1", "first_day": "2020-02-01", "last_day": "2020-07-31"}),
        ),
        // A range that is a quarter is that quarter
        (
            "fiscal_year_start: 2\nfiscal_year_named_by: end\n",
            "2020-11-01..2021-01-31",
            json!({"id": "2021-Q4", "first_day": "2020-11-01", "last_day": "2021-01-31"}),
        ),
    ] {
        let document = company(&[("scorebook.yaml", config.to_owned()), ("objectives/a.md", text(period))]).on("2026-08-01");
        same(&document["periods"], &json!([want]), &format!("{config}{period}"));
        assert_eq!(document["objectives"][0]["period"], document["periods"][0]["id"]);
    }
}

#[test]
fn numbers_are_read_in_the_workspaces_language_with_their_units() {
    // Start 0, so that the target alone decides: (language, unit, target as written, its value)
    for (language, unit, written, want) in [
        ("vi", "", "1,2 tỷ", 1.2e9),
        ("vi", "", "\"1.234,5\"", 1234.5),
        ("vi", "", "'1,234'", 1.234),
        ("vi", "", "\"500.000\"", 500_000.0),
        ("vi", "", "1.234.567", 1_234_567.0),
        ("vi", "", "5.5 triệu", 5.5e6),
        ("vi", "", "0.125", 0.125),
        ("vi", "", "500 000", 500_000.0),
        ("vi", "", "500\u{a0}000", 500_000.0),
        ("en", "", "1,234.5", 1234.5),
        ("en", "", "1_000", 1000.0),
        ("en", "", "500.000", 500.0),
        ("en", "", "1e3", 1000.0),
        ("en", "", "$12k", 12_000.0),
        ("en", "", "−5", -5.0),
        ("en", "\"%\"", "80%", 80.0),
        ("en", "\"%\"", "80", 80.0),
        ("en", "m", "5 m", 5.0),
        ("en", "", "5 m", 5e6),
        ("vi", "triệu ₫", "700 triệu ₫", 700.0),
        ("vi", "VND", "430 triệu", 430e6),
        ("vi", "khách", "30 khách", 30.0),
    ] {
        let unit = if unit.is_empty() { String::new() } else { format!("    unit: {unit}\n") };
        let text = format!("---\nperiod: 2026-Q3\nkey_results:\n  - start: 0\n    target: {written}\n{unit}---\n");
        let company = company(&[("scorebook.yaml", format!("language: {language}\n")), ("objectives/a.md", text)]);
        assert_eq!(codes(&company), Vec::<String>::new(), "{language} {written}");
        same(goal(&company.on("2026-08-01"), "a/kr1"), &json!({ "target": want }), &format!("{language} {written} {unit}"));
    }
}

fn three_audiences() -> Company {
    company(&[
        ("scorebook.yaml", "people: {lan: Lan}\ndepartments: {d: {name: D, lead: lan}}\n".to_owned()),
        ("objectives/open.md", format!("---\nvisibility: public\nperiod: 2026-Q3\ndepartment: d\nowner: lan\n{METRIC}\n---\n")),
        ("objectives/own.md", format!("---\nperiod: 2026-Q3\ndepartment: d\nowner: lan\nparent: secret/kr1\n{METRIC}\n---\n")),
        ("objectives/secret.md", format!("---\nvisibility: restricted\nperiod: 2026-Q3\ndepartment: d\ncolour: red\n{METRIC}\n---\n")),
        ("check-ins/2026-07-02.md", "---\nobjective: open\nvalues: {kr1: 1}\nauthor: lan\n---\n".to_owned()),
        (
            "check-ins/2026-07-03.md",
            "---\nobjective: secret\nstatus: off_track\nvalues: {open/kr1: 5, own/kr1: 6, kr1: 7}\ndecision: Bán\n---\nKín.\n".to_owned(),
        ),
        ("check-ins/2026-07-04.md", "---\nobjective: secret\nvalues: {kr1: 8}\nperson: x\n---\n".to_owned()),
        ("pages/plan.md", "---\nvisibility: restricted\norder: bad number\n---\n# Plan\n".to_owned()),
    ])
}

#[test]
fn an_audience_sees_figures_of_what_it_may_see() {
    let company = three_audiences();
    let seen = |audience| company.seen("2026-08-01", Eyes { audience, ..OWN });
    let (public, internal, restricted) = (seen(Visibility::Public), seen(Visibility::Internal), seen(Visibility::Restricted));
    assert_eq!(ids(&public["objectives"]), ["open"]);
    assert_eq!(ids(&internal["objectives"]), ["open", "own"]);
    assert_eq!(ids(&restricted["objectives"]), ["open", "own", "secret"]);
    // Left out before anything is computed: 0.5; (0.5 + 0.6) / 2; (0.5 + 0.6 + 0.8) / 3
    for (document, want) in [(&public, 0.5), (&internal, 0.55), (&restricted, 1.9 / 3.0)] {
        same(&document["periods"], &json!([{ "progress": want }]), "the period");
        same(&by_id(&document["departments"], "d")["periods"], &json!([{ "progress": want }]), "the department");
    }
    // References go with what they name
    assert_eq!(goal(&internal, "own")["parent"], Value::Null);
    assert_eq!(goal(&restricted, "own")["parent"], "secret/kr1");
    // People are internal
    assert_eq!((&public["people"], goal(&public, "open")["owner"].clone()), (&json!([]), Value::Null));
    assert_eq!(by_id(&public["departments"], "d")["lead"], Value::Null);
    assert_eq!(public["check_ins"][0]["author"], Value::Null);
    assert_eq!(ids(&internal["people"]), ["lan"]);
    // So do findings, of every kind of file
    let files = |document: &Value| -> Vec<String> {
        let all = document["findings"].as_array().expect("a list");
        let errors = all.iter().filter(|it| it["severity"] == "error");
        errors.map(|it| it["file"].as_str().expect("a file").to_owned()).collect()
    };
    assert_eq!(files(&restricted), ["check-ins/2026-07-04.md", "objectives/secret.md", "pages/plan.md"]);
    assert_eq!(files(&internal), Vec::<String>::new());
    for text in [&public, &internal].map(Value::to_string) {
        assert!(!text.contains("secret") && !text.contains("plan.md"), "{text}");
    }
}

#[test]
fn a_check_in_on_hidden_goals_keeps_its_visible_values_and_nothing_else() {
    let (workspace, findings) = three_audiences().load();
    let (workspace, _) = scorebook::compute::for_audience(workspace, findings, Visibility::Internal);
    let mixed = workspace.check_ins.iter().find(|it| &*it.source.path == "check-ins/2026-07-03.md").expect("its values may be seen");
    assert_eq!(mixed.entries.len(), 2);
    assert_eq!((mixed.text.markdown.as_str(), &mixed.report.decision, mixed.status), ("", &None, None));
    assert!(workspace.check_ins.iter().all(|it| &*it.source.path != "check-ins/2026-07-04.md"));
}

#[test]
fn a_check_in_has_a_visibility_of_its_own() {
    let company = company(&[
        ("objectives/a.md", format!("---\nperiod: 2026-Q3\nowner: lan\n{METRIC}\n---\n")),
        ("check-ins/2026-07-02.md", "---\nobjective: a\nvalues: {kr1: 1}\n---\n".to_owned()),
        ("check-ins/2026-07-03.md", "---\nvisibility: restricted\nobjective: a\nvalues: {kr1: 9}\n---\nKín.\n".to_owned()),
    ]);
    let current = |audience| goal(&company.seen("2026-08-01", Eyes { audience, ..OWN }), "a/kr1")["current"].clone();
    assert_eq!((current(Visibility::Internal), current(Visibility::Restricted)), (json!(1.0), json!(9.0)));
}

#[test]
fn a_file_with_mistakes_is_as_secret_as_its_author_says() {
    // Without a period it becomes no objective, and is still nobody's business.
    let company = company(&[("objectives/merger.md", format!("---\nvisibility: restricted\ntitle: Mua lại\n{METRIC}\n---\n"))]);
    let found = |audience| company.seen("2026-08-01", Eyes { audience, ..OWN })["findings"].as_array().expect("a list").len();
    assert_eq!((found(Visibility::Internal), found(Visibility::Restricted)), (0, 1));
}

#[test]
fn the_default_visibility_is_the_workspaces() {
    let company = company(&[
        ("scorebook.yaml", "visibility_defaults: {objective: public}\n".to_owned()),
        ("objectives/a.md", format!("---\nperiod: 2026-Q3\n{METRIC}\n---\n")),
        ("objectives/b.md", format!("---\nperiod: 2026-Q3\nvisibility: internal\n{METRIC}\n---\n")),
    ]);
    let document = company.seen("2026-08-01", Eyes { audience: Visibility::Public, ..OWN });
    assert_eq!(ids(&document["objectives"]), ["a"]);
    assert_eq!(goal(&document, "a")["visibility"], "public");
}

/// The keys of a JSON text with the path to each, in the order in which they stand there; of a list the first item alone.
fn keys(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let (mut open, mut last): (Vec<Option<String>>, Option<String>) = (Vec::new(), None);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '"' => {
                let end = (1..).find(|at| rest.as_bytes()[*at] == b'"' && rest.as_bytes()[at - 1] != b'\\').expect("it closes");
                length = end + 1;
                if rest[length..].starts_with(':') {
                    let path: Vec<&str> = open.iter().flatten().map(String::as_str).chain([&rest[1..end]]).collect();
                    let path = path.join(".");
                    if !all.contains(&path) {
                        all.push(path);
                    }
                    last = Some(rest[1..end].to_owned());
                }
            }
            '{' | '[' => open.push(last.take()),
            '}' | ']' => drop(open.pop()),
            _ => {}
        }
        rest = &rest[length..];
    }
    all
}

#[test]
fn the_export_has_the_keys_of_the_contract_in_its_order() {
    let said: Vec<String> = (2..6).map(|day| format!("{{date: 2026-07-0{day}, values: {{kr1: {day}}}, confidence: 7}}")).collect();
    let head = "period: 2026-Q3\ndepartment: d\ncancelled: {on: 2026-07-20, why: x}\n";
    let company = company(&[
        ("scorebook.yaml", "title: T\npeople: {lan: Lan}\n".to_owned()),
        ("objectives/z.md", format!("---\n{head}{METRIC}\n---\n")),
        (
            "objectives/b.md",
            format!("---\nperiod: 2026-Q3\ndepartment: d\nkey_results: [{{target: 10}}]\ncheck_ins: [{}]\n---\n", said.join(", ")),
        ),
    ]);
    let all = keys(&company.document("2026-08-01", OWN));
    let under = |path: &str| -> String {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
        let own: Vec<&str> = all.iter().filter_map(|it| it.strip_prefix(prefix.as_str())).filter(|it| !it.contains('.')).collect();
        own.join(", ")
    };
    for (path, want) in [
        ("", "schema_version, title, language, as_of, periods, departments, people, objectives, kpis, kpi_sheets, check_ins, findings"),
        ("periods", "id, first_day, last_day, progress, expected"),
        ("departments", "id, name, lead, periods"),
        ("departments.periods", "id, progress, expected, status_counts"),
        (
            "departments.periods.status_counts",
            "not_started, no_data, on_track, at_risk, off_track, done, achieved, progressed, missed, cancelled, draft, stale",
        ),
        ("people", "id, name, department"),
        (
            "objectives",
            "id, title, period, department, owner, commitment, parent, continues, weight, visibility, cancelled, progress, expected, status, score, stale, last_check_in, source, key_results",
        ),
        (
            "objectives.key_results",
            "id, title, kind, unit, start, target, bounds, weight, owner, current, raw_progress, progress, expected, status, score, stale, confidence, last_check_in, forecast, history, source",
        ),
        ("objectives.key_results.forecast", "value, low, high, progress"),
        ("objectives.key_results.history", "date, value, confidence"),
        ("check_ins", "date, author, objective, kpis, confidence, source"),
        ("findings", "code, severity, file, line, column, message, help"),
    ] {
        assert_eq!(under(path), want, "{path}");
    }
    let document = company.on("2026-08-01");
    assert_eq!((&document["schema_version"], &document["as_of"]), (&json!(1), &json!("2026-08-01")));
    same(goal(&document, "b"), &json!({"source": "objectives/b.md:1"}), "source");
    same(goal(&document, "b/kr1"), &json!({"source": "objectives/b.md:4"}), "source");
}

#[test]
fn lists_of_the_export_are_sorted() {
    let text = |period: &str| format!("---\nperiod: {period}\ndepartment: d\nowner: o\n{METRIC}\n---\n");
    let company = company(&[
        ("objectives/z.md", text("2026-Q1")),
        ("objectives/a-b.md", text("2026-Q3")),
        ("objectives/a/b.md", text("2026-Q2")),
        ("objectives/B1.md", text("2026-Q3")),
        ("check-ins/b.md", "---\ndate: 2026-07-02\nobjective: z\n---\n".to_owned()),
        ("check-ins/a.md", "---\ndate: 2026-07-02\nobjective: z\n---\n".to_owned()),
        ("check-ins/c.md", "---\ndate: 2026-07-01\nobjective: z\n---\n".to_owned()),
    ]);
    let document = company.on("2026-08-01");
    assert_eq!(ids(&document["objectives"]), ["a-b", "b", "b1", "z"]);
    assert_eq!(ids(&document["periods"]), ["2026-Q1", "2026-Q2", "2026-Q3"]);
    let sources: Vec<&Value> = document["check_ins"].as_array().expect("a list").iter().map(|it| &it["source"]).collect();
    assert_eq!(sources, ["check-ins/c.md:1", "check-ins/a.md:1", "check-ins/b.md:1"]);
}

#[test]
fn a_check_in_has_its_day_from_the_key_or_its_files_name() {
    let company = company(&[
        ("objectives/a.md", format!("---\nperiod: 2026-Q3\n{METRIC}\n---\n")),
        ("check-ins/2026-07-03-tuan-1.md", "---\nobjective: a\n---\n".to_owned()),
        ("check-ins/2026-07-04.md", "---\nobjective: a\ndate: 2026-07-09T23:30:00+07:00\n---\n".to_owned()),
    ]);
    let document = company.on("2026-08-01");
    same(&document["check_ins"], &json!([{"date": "2026-07-03"}, {"date": "2026-07-09"}]), "days");
}

#[test]
fn a_misspelt_visibility_hides_rather_than_publishes() {
    let company = company(&[(
        "objectives/a.md",
        "---\nperiod: 2026-Q3\nvisibility: restrictd\nkey_results: [{title: K, start: 0, target: 1}]\n---\n# Secret\n",
    )]);
    assert!(!company.document("2026-07-02", OWN).contains("Secret"));
    let (_, findings) = company.load();
    assert!(findings.iter().any(|it| it.code.name() == "wrong-type" && it.place.line == 3), "its author is told");
}
