//! One benchmark a stage, on a workspace of 400 objectives with 13 check-ins each: `cargo bench`.

use std::collections::BTreeMap;

use scorebook::{
    charts,
    compute::{Drafts, Scorecard, scorecard},
    disk,
    load::{self, Input, Others},
    model::{Date, Workspace},
    render::Renderer,
    route::Routes,
    site::{self, File, Half, Plan},
    words::Words,
};

fn main() {
    divan::main();
}

const OBJECTIVES: usize = 400;
const WEEKS: usize = 13;

fn day() -> Date {
    Date::new(2026, 9, 20).expect("a day")
}

/// Files in the voice of nobody: they are timed, not read.
fn files() -> Vec<Input> {
    let mut files = Vec::new();
    let file = |path: String, text: String| Input { path, bytes: text.into_bytes() };
    for at in 0..OBJECTIVES {
        let department = ["kinh-doanh", "van-hanh", "marketing", "nhan-su"][at % 4];
        files.push(file(
            format!("objectives/2026-q3/{department}/o{at}.md"),
            format!(
                "---\nowner: Nguyễn Thị Lan\nkey_results:\n  - {{title: Doanh thu, start: 0, target: 100, unit: triệu ₫}}\n  - {{title: Lỗi, start: 9, target: 3, unit: lần}}\n  - {{title: Hài lòng, at_least: 80, unit: \"%\"}}\n---\n# Mục tiêu {at}\n\nVì *khách hàng* cần.\n"
            ),
        ));
        for week in 0..WEEKS {
            let date = day_of(week);
            let (a, b, c) = (week * 7 + at % 5, 9 - week / 3, 76 + (week + at) % 9);
            files.push(file(
                format!("check-ins/2026-q3/{department}/o{at}-{date}.md"),
                format!(
                    "---\ndate: {date}\nobjective: o{at}\nvalues:\n  kr1: {a}\n  kr2: {b}\n  kr3: {c}\nconfidence: {}\n---\nTuần này **xong** {a} việc, còn vướng kho.\n",
                    week % 10
                ),
            ));
        }
    }
    files
}

fn day_of(week: usize) -> Date {
    let days = i64::try_from(week * 7 + 2).expect("a few weeks");
    Date::new(2026, 7, 1).expect("a day").checked_add(jiff::Span::new().days(days)).expect("a day")
}

fn workspace() -> Workspace {
    let (config, declared, _) = load::config(b"language: vi\n".to_vec()).expect("settings");
    load::workspace(config, declared, files(), Others::none()).0
}

fn half(workspace: &Workspace) -> Half {
    Half { words: Words::load("vi", workspace.config.calendar).expect("Vietnamese"), routes: Routes::own() }
}

fn built(workspace: &Workspace, scorecard: &Scorecard) -> BTreeMap<String, File> {
    let halves = [half(workspace)];
    let plan = Plan {
        workspace,
        scorecard,
        findings: &[],
        kept: &[],
        quotes: &BTreeMap::new(),
        halves: &halves,
        theme: &scorebook::theme::Theme::default(),
        version: "bench",
    };
    site::in_memory(&plan).expect("the theme's templates are right")
}

/// Bytes → linked workspace.
#[divan::bench(sample_count = 20)]
fn load_workspace(bencher: divan::Bencher<'_, '_>) {
    bencher.with_inputs(files).bench_values(|files| {
        let (config, declared, _) = load::config(b"language: vi\n".to_vec()).expect("settings");
        load::workspace(config, declared, files, Others::none())
    });
}

/// Workspace → figures.
#[divan::bench(sample_count = 20)]
fn compute(bencher: divan::Bencher<'_, '_>) {
    let workspace = workspace();
    bencher.bench(|| scorecard(&workspace, day(), Drafts::LeftOut));
}

/// One pace line in both sizes.
#[divan::bench]
fn chart(bencher: divan::Bencher<'_, '_>) {
    let points: Vec<charts::Point> =
        (0..13).map(|week| charts::Point { day: week * 7, value: week as f64 * 7.5, mark: charts::Mark::OnTrack }).collect();
    let pace = charts::Pace {
        days: 91,
        today: Some(80),
        today_word: "Hôm nay",
        start: 0.0,
        target: 100.0,
        pace: &[],
        tolerance: 10.0,
        points: &points,
        forecast: None,
        gap: None,
        months: &[(0, "Tháng 7"), (31, "Tháng 8"), (62, "Tháng 9")],
        weeks: &[],
        words: charts::PaceWords::default(),
    };
    bencher.bench(|| (charts::pace_line(&pace, charts::Size::Wide), charts::pace_line(&pace, charts::Size::Narrow)));
}

/// Compiling the theme's templates.
#[divan::bench(sample_count = 20)]
fn compile_templates() -> Renderer {
    Renderer::new(&scorebook::theme::Theme::default()).expect("the theme's templates are right")
}

/// Figures → every page in memory.
#[divan::bench(sample_count = 10)]
fn render(bencher: divan::Bencher<'_, '_>) {
    let workspace = workspace();
    let scorecard = scorecard(&workspace, day(), Drafts::LeftOut);
    bencher.bench(|| built(&workspace, &scorecard));
}

/// Pages in memory → a site in its place.
#[divan::bench(sample_count = 10)]
fn write(bencher: divan::Bencher<'_, '_>) {
    let workspace = workspace();
    let scorecard = scorecard(&workspace, day(), Drafts::LeftOut);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: BTreeMap<String, disk::Content> = built(&workspace, &scorecard)
        .into_iter()
        .filter_map(|(path, content)| match content {
            File::Bytes(bytes) => Some((path, disk::Content::Bytes(bytes))),
            File::CopyOf(_) => None,
        })
        .collect();
    let root = folder.path().join("workspace");
    bencher.bench(|| disk::write(&folder.path().join("site"), &root, &files).expect("a writable folder"));
}
