//! What a reader of the site is told, and what not.

use crate::given::{Company, company};

const HEAD: &str = "period: 2026-Q3\ndepartment: van-hanh\n";

fn goal(head: &str, key_results: &str, check_ins: &str) -> String {
    format!("---\n{HEAD}{head}key_results:\n{key_results}check_ins:\n{check_ins}---\n# Giao nhanh hơn\n")
}

/// A Vietnamese company of these files.
fn vietnamese(files: &[(&str, String)]) -> Company {
    let settings = ("scorebook.yaml", "language: vi\n".to_owned());
    company(&[&[settings], files].concat())
}

fn one(key_results: &str, check_ins: &str) -> Company {
    vietnamese(&[("objectives/a.md", goal("", key_results, check_ins))])
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

#[test]
fn a_draft_that_has_no_page_is_not_counted_on_any() {
    let two = vietnamese(&[
        ("objectives/a.md", goal("", "  - {title: A, start: 0, target: 10}\n", "  - {date: 2026-07-10, values: {kr1: 1}}\n")),
        ("objectives/b.md", goal("status: draft\n", "  - {title: B, start: 0, target: 10}\n", "  []\n")),
    ]);
    says(&two.page("2026-07-12", "departments/van-hanh.html"), &["Mục tiêu 1 "], &["Bản nháp", "bản nháp"]);
}

#[test]
fn what_closes_a_period_bears_its_outcome() {
    // 8 of 10 on the last day is two tenths behind the plan of that day, and achieved.
    let done = one("  - {title: A, start: 0, target: 10}\n", "  - {date: 2026-09-30, values: {kr1: 8}, note: Xong.}\n");
    says(
        &done.page("2026-10-02", "objectives/a.html"),
        &["30/09 8 10,0 Đạt objectives/a.md", "Th 4, 30/09 Đạt"],
        &["10,0 Có rủi ro", "30/09 Có rủi ro"],
    );
}

#[test]
fn silence_is_named_where_it_is_one_goals() {
    let silent = "  - {title: A, start: 0, target: 10}\n  - {title: B, start: 0, target: 10}\n";
    let weekly = "  - {date: 2026-07-02, values: {kr1: 1, kr2: 1}}\n  - {date: 2026-07-09, values: {kr1: 2, kr2: 2}}\n  - {date: 2026-07-16, values: {kr1: 2, kr2: 3}}\n";
    let mut files = vec![("objectives/a.md", goal("title: Im lặng\n", silent, "  []\n")), ("objectives/b.md", goal("", silent, weekly))];
    let page = vietnamese(&files).page("2026-07-18", "index.html");
    says(&page, &["4 trong 4 lượt không check-in thuộc cùng một mục tiêu, “Im lặng”."], &[]);
    files.push(("objectives/c.md", goal("title: Cũng thế\n", silent, "  []\n")));
    says(&vietnamese(&files).page("2026-07-18", "index.html"), &["8 lượt không check-in, rải ở nhiều kết quả."], &["cùng một mục tiêu"]);
}

#[test]
fn a_forecast_promises_nothing_that_cannot_be() {
    let rising =
        "  - {date: 2026-07-08, values: {kr1: 30}}\n  - {date: 2026-07-15, values: {kr1: 55}}\n  - {date: 2026-07-22, values: {kr1: 80}}\n";
    let early = one("  - {title: A, start: 5, target: 90, unit: \"%\"}\n", rising).page("2026-07-23", "objectives/a.html");
    says(&early, &["Với đà hiện tại: đạt chỉ tiêu trước hạn", "sẽ đến khoảng 100%"], &["khoảng 3"]);
    let falling = rising.replace("30", "20").replace("55", "10").replace("80", "2");
    let never_below_nothing = one("  - {title: A, start: 30, target: 1, unit: lần}\n", &falling).page("2026-07-23", "objectives/a.html");
    says(&never_below_nothing, &["sẽ đến khoảng 0 lần"], &["khoảng −", "từ −", "đến −"]);
    // By hand: slopes 0.14, 0.93, 1.29, 1.43, 1.71, 2.43; the median arrives at 124, the lower quartile at 95.
    let wavering =
        "  - {date: 2026-07-08, values: {kr1: 12}}\n  - {date: 2026-07-15, values: {kr1: 13}}\n  - {date: 2026-07-22, values: {kr1: 30}}\n";
    let open = one("  - {title: A, start: 0, target: 100}\n", wavering).page("2026-07-23", "objectives/a.html");
    says(&open, &["Với đà hiện tại: khoảng 124 (từ 95 đến "], &["trước hạn"]);
}

#[test]
fn alignment_with_a_key_result_shows_how_that_one_stands() {
    let parent = goal(
        "",
        "  - {title: A, start: 0, target: 10}\n  - {title: B, start: 0, target: 10}\n",
        "  - {date: 2026-07-10, values: {kr1: 9, kr2: 2}}\n",
    );
    let child = goal("parent: a/kr2\n", "  - {title: C, start: 0, target: 1}\n", "  []\n");
    let page = vietnamese(&[("objectives/a.md", parent), ("objectives/b.md", child)]).page("2026-07-12", "objectives/b.html");
    says(&page, &["Phục vụ Giao nhanh hơn → B Đúng tiến độ · 20%"], &["55%"]);
}

#[test]
fn the_figures_of_a_hold_carry_their_unit() {
    let hold = one("  - {title: A, at_least: 80, unit: điểm}\n", "  - {date: 2026-07-10, values: {kr1: 82}}\n");
    says(&hold.page("2026-07-12", "objectives/a.html"), &["10/07 82 điểm ít nhất 80 điểm Đúng tiến độ"], &["Kế hoạch Thực tế"]);
}

#[test]
fn a_goal_whose_file_could_not_be_read_whole_says_so() {
    let page = one("  - {title: A, start: 0, target: 10}\n", "  - {date: 2026-07-10, values: {kr1: nhiều}}\n")
        .page("2026-07-12", "objectives/a.html");
    says(&page, &["1 chỗ trong tệp này đọc không được", "Xem cách sửa"], &[]);
}

#[test]
fn a_gap_is_rounded_from_what_it_is() {
    // On 15 August 45 of 91 days have passed: 49.45 per cent; 38.6 of it is 10.85 points behind, at risk.
    let page =
        one("  - {title: A, start: 0, target: 100}\n", "  - {date: 2026-08-14, values: {kr1: 38.6}}\n").page("2026-08-15", "index.html");
    says(&page, &["39%", "chậm 11 điểm %"], &["chậm 10"]);
}

#[test]
fn a_tables_columns_are_aligned_without_a_style_that_the_pages_policy_drops() {
    let page = "# Own\n\n| a | b | c |\n|:--|--:|:-:|\n| x | 1 | y |\n";
    let html = company(&[("scorebook.yaml", ""), ("pages/own.md", page)]).html("2026-08-14", "pages/own.html");
    assert!(html.contains("class=\"scroll tr-2 tc-3\"") && html.contains("<td>1</td>"), "{html}");
    assert!(!html.contains(" style="), "{html}");
}
