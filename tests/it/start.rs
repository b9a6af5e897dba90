//! What a company that has just begun sees first, and how that shrinks.

use scraper::{Html, Selector};

use crate::given::company;

const TODAY: &str = "2026-11-26";

const GOAL: &str = "---\nperiod: 2026-Q4\nowner: sep\nkey_results: [{title: Khách quay lại, start: 28, target: 36, unit: \"%\"}, {title: Đơn lẻ, start: 4, target: 9}]\n---\n# Khách quay lại vì thích\n";
const KPI: &str = "---\nowner: sep\nunit: đơn\ntarget: 40\n---\n# Số đơn\n";

fn settings(more: &str) -> String {
    format!("language: vi\nstarted: 2026-11-23\n{more}\n")
}

/// The steps on home, by what they say.
fn steps(files: &[(&str, &str)]) -> Vec<String> {
    let page = Html::parse_document(&company(files).html(TODAY, "index.html"));
    let titles = Selector::parse(".start li b").expect("a selector");
    page.select(&titles).map(|it| it.text().collect()).collect()
}

#[test]
fn the_first_page_says_what_to_do_next_and_shrinks_as_it_is_done() {
    let roles = settings("people: {sep: {name: Chủ cửa hàng, role: Chủ cửa hàng}}");
    let all = steps(&[("scorebook.yaml", &roles), ("objectives/a.md", GOAL), ("kpis/b.md", KPI)]);
    assert_eq!(
        all,
        [
            "Ghi tên người thật thay cho chức danh: Chủ cửa hàng.",
            "Viết check-in đầu tiên.",
            "Nhập những con số đầu tiên của KPI.",
            "Biến trang này thành của công ty."
        ]
    );
    let people = settings("people: {sep: {name: Lê Thị Hoa, role: Chủ cửa hàng}}\nbrand: {logo: logo.svg}");
    let word = "---\ndate: 2026-11-25\nobjective: a\nvalues: {kr1: 30}\nkpis: {b: 12}\n---\n";
    let none = steps(&[("scorebook.yaml", &people), ("objectives/a.md", GOAL), ("kpis/b.md", KPI), ("check-ins/a.md", word)]);
    assert_eq!(none, [""; 0]);
    assert_eq!(steps(&[("scorebook.yaml", &settings(""))])[..2], ["Thống nhất mục tiêu đầu tiên.", "Ghi ai là ai."]);
}

#[test]
fn a_company_that_does_not_say_when_it_began_is_left_alone() {
    assert_eq!(steps(&[("scorebook.yaml", "language: vi\n"), ("objectives/a.md", GOAL)]), [""; 0]);
}

#[test]
fn nothing_is_missing_before_the_day_on_which_it_began() {
    let day = |started: &str| format!("language: vi\n{started}\nlints: {{}}\n");
    let codes = |settings: &str| {
        let company = company(&[("scorebook.yaml", settings), ("objectives/a.md", GOAL), ("kpis/b.md", KPI)]);
        company.findings(TODAY).iter().filter(|it| it.contains("on-paper")).count()
    };
    assert_eq!(codes(&day("")), 2);
    assert_eq!(codes(&day("started: 2026-11-23")), 0);
    assert_eq!(codes(&day("started: 2026-11-11")), 1);
}
