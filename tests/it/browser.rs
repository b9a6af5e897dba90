//! The sites in a real browser: no request, no error, nothing wider than the screen, readable for everybody.
//!
//! Chromium, Chrome or Edge is looked for; where there is none, the tests say by name what they leave out, and
//! with `CI=true` that is a failure. axe-core is taken from `target/axe`, where `.ci/run` puts it.

#[path = "browser/devtools.rs"]
mod devtools;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use devtools::{Browser, Page};

/// The sample companies, built into a folder that goes away.
fn sites(companies: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for company in companies {
        let out = folder.path().join(company);
        let built = Command::new(env!("CARGO_BIN_EXE_scorebook"))
            .args(["build", "--quiet", "--out"])
            .arg(&out)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(company))
            .output()
            .expect("the program runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    }
    folder
}

/// A company that begins today from a template, in Vietnamese and English, with its forms; and its coach's overview.
fn beginners(folder: &Path) -> Vec<PathBuf> {
    let run = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_scorebook"))
            .args(arguments)
            .current_dir(folder)
            .env("SOURCE_DATE_EPOCH", "1786665600") // 2026-08-14
            .output()
            .expect("the program runs");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    run(&["init", "clients/tre", "--from", "ban-le", "--language", "vi", "--var", "company=Tre Xanh", "--var", "accent=#b8860b"]);
    run(&["init", "clients/oak", "--from", "retail", "--language", "en", "--var", "company=Oak & Sons"]);
    run(&["build", "--all", "clients", "-o", "begun", "--overview", "mine", "--language", "vi"]);
    let pages = ["index", "guide/coaching", "guide/workshop", "guide/okr-and-kpi"].map(|it| format!("begun/tre/{it}.html"));
    let forms = ["check-in", "objective", "review"].map(|it| format!("clients/oak/forms/{it}.html"));
    pages.into_iter().chain(forms).chain(["mine/index.html", "begun/oak/index.html"].map(str::to_owned)).map(|it| folder.join(it)).collect()
}

/// Every page below a folder, sorted.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|it| it == "html"))
        .collect();
    all.sort();
    all
}

/// Past the test runner's capture, so that it is read even when all tests pass.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

pub(crate) fn required(what: &str) {
    let ci = std::env::var("CI").is_ok_and(|it| it == "true");
    assert!(!ci, "with CI=true {what} is needed");
}

fn browser(test: &str) -> Option<Browser> {
    let found = Browser::start();
    if found.is_none() {
        required("Chromium, Chrome or Edge");
        say(&format!("left out, no Chromium, Chrome or Edge here: {test}"));
    }
    found
}

#[test]
fn every_page_opens_from_a_file_share_without_error_request_or_sideways_scroll() {
    let Some(mut browser) = browser("every_page_opens_from_a_file_share_without_error_request_or_sideways_scroll") else { return };
    let folder = sites(&["sao-mai", "harbor-lane"]);
    let mut page = browser.page();
    let mut wrong = Vec::new();
    let companies = pages(folder.path());
    let begun = beginners(folder.path()).into_iter().filter(|it| !it.parent().is_some_and(|it| it.ends_with("forms")));
    for path in companies.into_iter().chain(begun) {
        page.size(320, 800);
        page.open(&path);
        let name = path.strip_prefix(folder.path()).expect("below it").display().to_string();
        let wide = page.number("document.documentElement.scrollWidth");
        if wide > 320.0 {
            let who = page.text(
                "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.scroll,.tip,.vh')).slice(0, 3).map(e => e.tagName + '.' + (e.className.baseVal ?? e.className)).join(' ')",
            );
            wrong.push(format!("{name}: {wide} px wide at 320: {who}"));
        }
        if page.number("document.querySelectorAll('h1').length") != 1.0 {
            wrong.push(format!("{name}: not one h1"));
        }
        let styled = page.text("getComputedStyle(document.querySelector('.mast')).borderTopWidth");
        if styled != "5px" {
            wrong.push(format!("{name}: the style sheet did not load ({styled})"));
        }
        let broken = page.number("[...document.images].filter(i => i.complete && i.naturalWidth === 0).length");
        if broken > 0.0 {
            wrong.push(format!("{name}: {broken} pictures did not load"));
        }
        wrong.extend(page.complaints().into_iter().map(|it| format!("{name}: {it}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_leads_to_a_page_and_a_place_that_exist() {
    let folder = sites(&["sao-mai", "harbor-lane"]);
    let link = scraper::Selector::parse("[href], img[src]").expect("a selector");
    let with_id = scraper::Selector::parse("[id]").expect("a selector");
    let mut wrong = Vec::new();
    for path in pages(folder.path()) {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let document = scraper::Html::parse_document(&text);
        for element in document.select(&link) {
            let value = element.value();
            let Some(href) = value.attr("href").or(value.attr("src")) else { continue };
            if href.starts_with("http") || href.starts_with("mailto:") || href.starts_with("tel:") {
                continue;
            }
            let (file, anchor) = href.split_once('#').map_or((href, None), |(file, anchor)| (file, Some(anchor)));
            let target = if file.is_empty() { path.clone() } else { path.parent().expect("a folder").join(decode(file)) };
            let Ok(there) = std::fs::read(&target) else {
                wrong.push(format!("{}: {href}", path.display()));
                continue;
            };
            if let Some(anchor) = anchor {
                let there = scraper::Html::parse_document(&String::from_utf8_lossy(&there));
                let anchor = decode(anchor);
                if !there.select(&with_id).any(|it| it.value().id() == Some(anchor.as_str())) {
                    wrong.push(format!("{}: no place {href}", path.display()));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&text[at + 1..at + 3], 16).expect("percent-encoded"));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_figure_shows_its_formula_and_its_line_on_focus() {
    let Some(mut browser) = browser("a_figure_shows_its_formula_and_its_line_on_focus") else { return };
    let folder = sites(&["sao-mai"]);
    let mut page = browser.page();
    for width in [390, 1280] {
        page.size(width, 900);
        page.open(&folder.path().join("sao-mai/objectives/phuc-vu-gio-cao-diem.html"));
        let shown = page.text(
            "(() => { const f = [...document.querySelectorAll('figure .tr')].find(e => e.textContent.includes('÷')); f.focus(); \
             const t = f.querySelector('.tip'); const r = t.getBoundingClientRect(); \
             return [getComputedStyle(t).display, r.left >= 0 && r.right <= innerWidth, t.innerText].join('|') })()",
        );
        assert!(shown.starts_with("block|true|"), "{width}: {shown}");
        assert!(shown.contains("(7,4 − 9,5) ÷ (6,0 − 9,5)") || shown.contains("(7,4 − 9,5) ÷ (6 − 9,5)"), "{shown}");
        assert!(shown.contains("objectives/2026-q3/van-hanh/phuc-vu-gio-cao-diem.md:"), "{shown}");
    }
}

/// One page of each kind, and the odd ones.
const KINDS: [&str; 21] = [
    "sao-mai/index.html",
    "sao-mai/2026-q3/index.html",
    "sao-mai/2026-q2/index.html",
    "sao-mai/2026-q3/van-hanh.html",
    "sao-mai/departments/rang-xay.html",
    "sao-mai/objectives/phuc-vu-gio-cao-diem.html",
    "sao-mai/objectives/giao-nong-dong-nai.html",
    "sao-mai/objectives/lo-rang-moi.html",
    "sao-mai/objectives/quay-pha-che-gon-tay.html",
    "sao-mai/problems.html",
    "sao-mai/guide/findings.html",
    "sao-mai/guide/task-like.html",
    "sao-mai/en/index.html",
    "sao-mai/en/objectives/mua-he-nho-sao-mai.html",
    "harbor-lane/index.html",
    "harbor-lane/departments/desk.html",
    "sao-mai/kpis/index.html",
    "sao-mai/kpis/giao-dung-hen.html",
    "sao-mai/people/loc.html",
    "sao-mai/departments/van-hanh.html",
    "harbor-lane/kpis/index.html",
];

#[test]
fn axe_finds_nothing_in_light_and_dark_on_desk_and_phone() {
    let name = "axe_finds_nothing_in_light_and_dark_on_desk_and_phone";
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(source) else {
        required("axe-core in target/axe (.ci/run installs it)");
        return say(&format!("left out, no axe-core in target/axe: {name}"));
    };
    let Some(mut browser) = browser(name) else { return };
    let folder = sites(&["sao-mai", "harbor-lane"]);
    let mut page = browser.page();
    let mut wrong = Vec::new();
    let begun = beginners(folder.path());
    for file in KINDS.into_iter().map(|it| folder.path().join(it)).chain(begun) {
        let kind = file.strip_prefix(folder.path()).expect("below it").display();
        for (width, scheme) in [(1280, "light"), (1280, "dark"), (390, "light")] {
            page.size(width, 900);
            page.scheme(scheme);
            page.open(&file);
            page.run(&axe);
            let found = page.text(
                "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => \
                 r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120) + ' ' + (n.any[0] ? n.any[0].message : '')).join(' / ')).join('\\n'))",
            );
            if !found.is_empty() {
                wrong.push(format!("{kind} {width} {scheme}:\n{found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What the page says about itself to somebody who cannot see it.
#[test]
fn charts_have_a_sentence_and_their_figures_in_a_table() {
    let folder = sites(&["sao-mai"]);
    let chart = scraper::Selector::parse("figure.fig").expect("a selector");
    let picture = scraper::Selector::parse("svg[role=img]").expect("a selector");
    let caption = scraper::Selector::parse("figcaption").expect("a selector");
    let row = scraper::Selector::parse("details tbody tr").expect("a selector");
    let text = std::fs::read_to_string(folder.path().join("sao-mai/objectives/phuc-vu-gio-cao-diem.html")).expect("the page");
    let document = scraper::Html::parse_document(&text);
    let charts: Vec<_> = document.select(&chart).collect();
    assert_eq!(charts.len(), 3);
    for chart in charts {
        let said: String = chart.select(&caption).flat_map(|it| it.text()).collect();
        let labels: Vec<&str> = chart.select(&picture).filter_map(|it| it.value().attr("aria-label")).collect();
        assert_eq!(labels, [said.as_str(), said.as_str()], "both sizes say what the title says");
        assert_eq!(chart.select(&row).count(), 7, "one line a check-in");
    }
}

/// The form that staff and boss sign: what does not fit on a page is stapled, and half of it is lost.
#[test]
fn every_kpi_sheet_prints_on_exactly_one_page() {
    let Some(mut browser) = browser("every_kpi_sheet_prints_on_exactly_one_page") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut page = browser.page();
    for (company, arguments) in [
        ("sao-mai", &["--month", "2026-07"][..]),
        ("sao-mai", &["--month", "2026-09", "--assign"][..]),
        ("sao-mai", &["--month", "2026-07", "--language", "en"][..]),
        ("harbor-lane", &["--month", "2026-07"][..]),
    ] {
        let file = folder.path().join("sheets.html");
        let written = Command::new(env!("CARGO_BIN_EXE_scorebook"))
            .args(["sheet", "--quiet", "--out"])
            .arg(&file)
            .args(arguments)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(company))
            .output()
            .expect("the program runs");
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        let sheets = std::fs::read_to_string(&file).expect("the sheets").matches("class=\"paper\"").count();
        assert!(sheets > 2, "{company} has {sheets}");
        assert_eq!(pages_of(&mut page, &file), sheets, "{company} {arguments:?}");
    }
}

/// What is filled in by hand is one sheet of paper, in a company as small as a template's.
#[test]
fn every_form_of_a_small_company_prints_on_one_page() {
    let Some(mut browser) = browser("every_form_of_a_small_company_prints_on_one_page") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    beginners(folder.path());
    let mut page = browser.page();
    for (client, forms) in [("tre", 2), ("oak", 2)] {
        for (form, count) in [("check-in", forms), ("objective", 1), ("review", 1)] {
            let file = folder.path().join(format!("clients/{client}/forms/{form}.html"));
            let mains = std::fs::read_to_string(&file).expect("a form").matches("class=\"paper form").count();
            assert_eq!((mains, pages_of(&mut page, &file)), (count, count), "{client} {form}");
        }
    }
    // The exercise is on one page, and the answers on the next.
    assert_eq!(pages_of(&mut page, &folder.path().join("begun/tre/guide/workshop.html")), 2);
}

/// How many pages of paper a page takes.
fn pages_of(page: &mut Page<'_>, file: &Path) -> usize {
    page.open(file);
    let printed = page.call("Page.printToPDF", serde_json::json!({"preferCSSPageSize": true, "printBackground": true}));
    let pdf = from_base64(printed["data"].as_str().expect("a PDF"));
    pdf.windows(11).filter(|it| *it == b"/Type /Page").count() - pdf.windows(12).filter(|it| *it == b"/Type /Pages").count()
}

#[test]
fn a_report_prints_on_two_pages_at_most() {
    let Some(mut browser) = browser("a_report_prints_on_two_pages_at_most") else { return };
    let folder = sites(&["sao-mai", "harbor-lane"]);
    let mut page = browser.page();
    let mut longer = Vec::new();
    let reports: Vec<PathBuf> =
        pages(folder.path()).into_iter().filter(|it| it.parent().is_some_and(|it| it.ends_with("reports"))).collect();
    assert!(reports.len() > 40, "{}", reports.len());
    for path in reports.iter().filter(|it| !it.ends_with("index.html")) {
        let count = pages_of(&mut page, path);
        if count > 2 {
            longer.push(format!("{}: {count}", path.strip_prefix(folder.path()).expect("below it").display()));
        }
    }
    assert!(longer.is_empty(), "{longer:#?}");
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(value).collect();
    let bytes = digits.chunks(4).flat_map(|four| {
        let word = four.iter().enumerate().fold(0, |word, (at, digit)| word | digit << (18 - 6 * at));
        word.to_be_bytes().into_iter().skip(1).take(four.len() - 1)
    });
    bytes.collect()
}

impl Page<'_> {
    fn size(&mut self, width: u32, height: u32) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            serde_json::json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}),
        );
    }

    fn scheme(&mut self, scheme: &str) {
        self.call("Emulation.setEmulatedMedia", serde_json::json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}));
    }
}
