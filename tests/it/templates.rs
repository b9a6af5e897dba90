//! The built-in templates: each begins without a finding on whatever day, in both languages, plain and as a
//! demonstration, with the figures of its story.

use std::{collections::BTreeMap, path::Path, process::Command, thread};

use scorebook::{
    model::{Visibility, parse_day},
    scaffold::{Demo, Template, Wanted, built_in, built_ins},
    words::Words,
};
use serde_json::Value;

use crate::given::{Company, Eyes, OWN, by_id, company, goal, text};

/// First, middle and last days of quarters, the day before a ninth week is over and that day, leap days, a turn of the year.
const DAYS: [&str; 10] = [
    "2026-11-26",
    "2026-10-01",
    "2026-10-20",
    "2026-12-31",
    "2027-01-01",
    "2027-03-31",
    "2026-09-04",
    "2026-08-28",
    "2028-02-29",
    "2024-06-30",
];

/// Id in Vietnamese and in English.
const IDS: [(&str, &str); 7] = [
    ("ban-le", "retail"),
    ("chuoi-ca-phe", "cafe-roastery"),
    ("doi-ban-hang", "sales-team"),
    ("mot-nguoi", "one-person"),
    ("phan-mem", "software"),
    ("san-xuat", "manufacturer"),
    ("trong", "blank"),
];

fn files(template: &Template, language: &str, demo: Demo, today: &str) -> BTreeMap<String, String> {
    let today = parse_day(today).expect("a day");
    let values = BTreeMap::from([("company".to_owned(), "Tre Xanh".to_owned())]);
    let words = Words::load(language, template.calendar).expect("a built-in language");
    let wanted = Wanted { words: &words, demo, values: &values, folder: "x", today, logo: None };
    let files = template.fill(&wanted).unwrap_or_else(|findings| panic!("{} {language}: {findings:?}", template.ids.text("vi")));
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// A started workspace, with every rule of practice on.
fn begun(template: &Template, language: &str, demo: Demo, today: &str) -> Company {
    let mut files = files(template, language, demo, today);
    files.retain(|path, _| !path.starts_with('_'));
    files.entry("scorebook.yaml".to_owned()).or_default().push_str("lints: {}\n");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    company(&files)
}

/// The day that a workspace is looked at: its own, else the day on which it was begun.
fn looked_at(template: &Template, language: &str, demo: Demo, today: &str) -> String {
    if demo == Demo::Without {
        return today.to_owned();
    }
    let settings = &files(template, language, demo, today)["scorebook.yaml"];
    let own = settings.lines().find_map(|line| line.strip_prefix("as_of: "));
    own.unwrap_or(today).to_owned()
}

fn named(id: &str) -> Template {
    built_in(id).unwrap_or_else(|| panic!("no template `{id}`")).0
}

fn demo(id: &str, language: &str) -> (Company, String) {
    let template = named(id);
    (begun(&template, language, Demo::With, DAYS[0]), looked_at(&template, language, Demo::With, DAYS[0]))
}

#[test]
fn every_template_is_found_by_its_name_in_either_language() {
    let ids: Vec<_> = built_ins().iter().map(|it| (it.ids.text("vi").to_owned(), it.ids.text("en").to_owned())).collect();
    let wanted: Vec<_> = IDS.iter().map(|(vi, en)| ((*vi).to_owned(), (*en).to_owned())).collect();
    assert_eq!(ids, wanted);
    for (vi, en) in IDS {
        assert_eq!(built_in(vi).expect(vi).1.as_deref(), Some("vi"));
        assert_eq!(built_in(en).expect(en).1.as_deref(), Some("en"));
        assert_eq!(named(vi), named(en));
    }
}

#[test]
fn a_workspace_begins_without_a_finding_on_any_day() {
    let templates = built_ins();
    thread::scope(|scope| {
        for template in &templates {
            scope.spawn(move || {
                for (language, kind, day) in cases() {
                    let on = looked_at(template, language, kind, day);
                    let found = begun(template, language, kind, day).findings(&on);
                    assert_eq!(found, [""; 0], "{} {language} {kind:?} begun on {day}, seen on {on}", template.ids.text("vi"));
                }
            });
        }
    });
}

fn cases() -> impl Iterator<Item = (&'static str, Demo, &'static str)> {
    let kinds = [("vi", Demo::Without), ("vi", Demo::With), ("en", Demo::Without), ("en", Demo::With)];
    kinds.into_iter().flat_map(|(language, kind)| DAYS.into_iter().map(move |day| (language, kind, day)))
}

#[test]
fn the_program_starts_each_and_has_nothing_to_mend() {
    let folder = tempfile::tempdir().expect("a folder");
    for (vi, en) in IDS {
        for (id, kind) in [(vi, None), (vi, Some("--demo")), (en, None), (en, Some("--demo"))] {
            let name = format!("{id}{}", kind.unwrap_or_default());
            let init: Vec<&str> = ["init", &name, "--from", id, "-q"].into_iter().chain(kind).collect();
            let begun = run(&init, folder.path());
            assert_eq!((begun.0, begun.2.as_str()), (Some(0), ""), "{name}");
            let (code, out, told) = run(&["check", &name, "--deny", "warnings", "--format", "short"], folder.path());
            assert_eq!(code, Some(0), "{name}: {out}{told}");
        }
    }
}

fn run(args: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_scorebook"))
        .args(args)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1795651200") // 2026-11-26
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code(), text(&out.stdout), text(&out.stderr))
}

/// Start and target of a key result of each template, Vietnamese and English; a share in points.
type Way = (&'static str, f64, f64);

#[rustfmt::skip]
const STORIES: [(&str, &str, &[Way]); 12] = [
    ("ban-le", "vi", &[("khach-quay-lai-vi-thich/quay-lai-60-ngay", 28.0, 36.0), ("khach-quay-lai-vi-thich/don-khong-ma", 44.0, 60.0)]),
    ("ban-le", "en", &[("back-because-they-like-it/back-in-60-days", 28.0, 36.0), ("back-because-they-like-it/full-price-orders", 44.0, 60.0)]),
    ("chuoi-ca-phe", "vi", &[("quan-chay-tot-khi-chu-vang/quan-dat-90", 2.0, 5.0), ("quan-chay-tot-khi-chu-vang/phuc-vu-gio-cao-diem", 7.0, 4.5), ("quan-chay-tot-khi-chu-vang/truong-ca-dat-chuan", 0.0, 6.0)]),
    ("chuoi-ca-phe", "en", &[("runs-well-without-the-owner/shops-at-90", 2.0, 5.0), ("runs-well-without-the-owner/rush-hour-service", 7.0, 4.5), ("runs-well-without-the-owner/qualified-shift-leads", 0.0, 6.0)]),
    ("san-xuat", "vi", &[("giao-dung-hen/dung-hen", 82.0, 95.0), ("giao-dung-hen/dat-den-giao", 14.0, 9.0), ("giao-dung-hen/doi-khuon", 55.0, 30.0)]),
    ("san-xuat", "en", &[("on-time-every-time/on-time", 82.0, 95.0), ("on-time-every-time/order-to-delivery", 14.0, 9.0), ("on-time-every-time/changeover", 55.0, 30.0)]),
    ("phan-mem", "vi", &[("thay-gia-tri-ngay-dau/kich-hoat", 32.0, 50.0), ("thay-gia-tri-ngay-dau/den-gia-tri", 72.0, 4.0), ("thay-gia-tri-ngay-dau/roi-bo", 3.8, 2.5)]),
    ("phan-mem", "en", &[("value-on-day-one/activation", 32.0, 50.0), ("value-on-day-one/time-to-value", 72.0, 4.0), ("value-on-day-one/churn", 3.8, 2.5)]),
    ("doi-ban-hang", "vi", &[("song-bang-khach-mua-lai/khach-mua-lai", 40.0, 65.0), ("song-bang-khach-mua-lai/don-binh-quan", 12e6, 16e6)]),
    ("doi-ban-hang", "en", &[("live-on-returning-customers/repeat-customers", 40.0, 65.0), ("live-on-returning-customers/average-order", 1200.0, 1600.0)]),
    ("mot-nguoi", "vi", &[("so-lieu-kip-quyet-dinh/ngay-khoa-so", 12.0, 5.0), ("so-lieu-kip-quyet-dinh/nhap-tay", 70.0, 20.0)]),
    ("mot-nguoi", "en", &[("figures-in-time/day-of-close", 12.0, 5.0), ("figures-in-time/typed-by-hand", 70.0, 20.0)]),
];

#[test]
fn each_template_tells_its_story_in_figures() {
    for (id, language, story) in STORIES {
        let document = begun(&named(id), language, Demo::Without, DAYS[0]).on(DAYS[0]);
        assert_eq!(document["check_ins"], Value::Array(Vec::new()), "{id} {language}: a plain template knows no values");
        for (path, start, target) in story {
            let got = goal(&document, path);
            assert_eq!((got["start"].as_f64(), got["target"].as_f64()), (Some(*start), Some(*target)), "{id} {language} {path}");
            assert_eq!(got["current"], Value::Null, "{id} {language} {path}");
        }
    }
    let cards = [("vi", "khach-quay-lai-vi-thich/the-thanh-vien"), ("en", "back-because-they-like-it/member-card")];
    for (language, path) in cards {
        let document = begun(&named("ban-le"), language, Demo::Without, DAYS[0]).on(DAYS[0]);
        assert_eq!(goal(&document, path)["kind"], "milestones");
    }
}

#[test]
fn the_shares_of_every_sheet_add_up_to_a_hundred() {
    let shares: [(&str, &[f64]); 6] = [
        ("ban-le", &[20.0, 20.0, 20.0, 40.0]),
        ("chuoi-ca-phe", &[20.0, 20.0, 25.0, 35.0]),
        ("san-xuat", &[15.0, 25.0, 30.0, 30.0]),
        ("phan-mem", &[20.0, 20.0, 25.0, 35.0]),
        ("doi-ban-hang", &[20.0, 30.0, 50.0]),
        ("mot-nguoi", &[20.0, 40.0, 40.0]),
    ];
    let people = |id: &str| if id == "doi-ban-hang" { 3 } else { 1 };
    for (id, wanted) in shares {
        for language in ["vi", "en"] {
            let (company, day) = demo(id, language);
            let document = company.seen(&day, Eyes { audience: Visibility::Restricted, ..OWN });
            let sheets = document["kpi_sheets"].as_array().expect("a list");
            // July is the last month that is over on 28 August.
            let own: Vec<&Value> = sheets.iter().filter(|it| !it["person"].is_null() && it["period"] == "2026-07").collect();
            assert_eq!(own.len(), people(id), "{id} {language}");
            for sheet in own {
                let rows = sheet["rows"].as_array().expect("a list");
                let mut weights: Vec<f64> = rows.iter().filter_map(|row| row["weight"].as_f64()).collect();
                weights.sort_by(f64::total_cmp);
                assert_eq!(weights, wanted, "{id} {language} {}", sheet["person"]);
                assert!(rows.iter().all(|row| !row["value"].is_null()), "{id} {language}: every line has its value");
            }
        }
    }
    assert!(shares.iter().all(|(_, it)| it.iter().sum::<f64>() == 100.0));
}

#[test]
fn a_demonstration_shows_good_and_bad_and_a_quarter_that_is_closed() {
    // (on track, of all), by what was written: each has one key result at risk.
    let wanted =
        [("ban-le", 2, 3), ("chuoi-ca-phe", 2, 3), ("san-xuat", 2, 3), ("phan-mem", 2, 3), ("doi-ban-hang", 1, 2), ("mot-nguoi", 1, 2)];
    for (id, on_track, all) in wanted {
        for language in ["vi", "en"] {
            let (company, day) = demo(id, language);
            assert_eq!(day, "2026-08-28", "the ninth week of the fourth quarter ends on the day after {}", DAYS[0]);
            let document = company.on(&day);
            let periods: Vec<&str> = document["periods"].as_array().expect("a list").iter().map(|it| text(&it["id"])).collect();
            assert_eq!(periods, ["2026-Q2", "2026-Q3"], "{id} {language}");
            let objectives = document["objectives"].as_array().expect("a list");
            let running = objectives.iter().find(|it| it["period"] == "2026-Q3").expect("one that runs");
            let statuses: Vec<&str> = running["key_results"].as_array().expect("a list").iter().map(|it| text(&it["status"])).collect();
            let count = |status: &str| statuses.iter().filter(|it| **it == status).count();
            assert_eq!((count("on_track"), count("at_risk"), statuses.len()), (on_track, 1, all), "{id} {language}");
            let closed = objectives.iter().find(|it| it["period"] == "2026-Q2").expect("one that is closed");
            assert_eq!((text(&closed["status"]), &running["continues"]), ("achieved", &closed["id"]), "{id} {language}");
            let kpis = document["kpis"].as_array().expect("a list");
            let signals = |kpi: &Value| kpi["xmr"]["signals"].as_array().is_some_and(|it| !it.is_empty());
            assert!(kpis.iter().any(signals), "{id} {language}: no KPI has a signal");
            assert!(kpis.iter().all(|it| it["series"].as_array().is_some_and(|it| it.len() == 11)), "{id} {language}");
            let home = company.page(&day, "index.html");
            let (says, at_risk) = match language {
                "vi" => (format!("Quý 3/2026: {on_track} trên {all} kết quả then chốt đúng tiến độ"), "1 có rủi ro"),
                _ => (format!("Q3 2026: {on_track} of {all} key results on track"), "1 at risk"),
            };
            assert!(home.contains(&says) && home.contains(at_risk), "{id} {language}: {}", &home[..400.min(home.len())]);
        }
    }
}

#[test]
fn roles_stand_where_names_belong_and_the_first_page_says_so() {
    let page = |language: &str| begun(&named("ban-le"), language, Demo::Without, DAYS[0]).page(DAYS[0], "index.html");
    assert!(page("vi").contains("Ghi tên người thật thay cho chức danh: Chủ cửa hàng"), "{}", page("vi"));
    assert!(page("en").contains("Shop owner"), "{}", page("en"));
    let (company, day) = demo("ban-le", "vi");
    assert!(!company.page(&day, "index.html").contains("Ghi tên người thật"));
}

#[test]
fn an_answer_takes_the_place_of_a_role() {
    let template = named("retail");
    let words = Words::load("en", template.calendar).expect("English");
    let values = [("lead", "Ann \"the boss\" Lee"), ("currency", "GBP")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let values = BTreeMap::from(values);
    let today = parse_day(DAYS[0]).expect("a day");
    let files = template.fill(&Wanted { words: &words, demo: Demo::Without, values: &values, folder: "x", today, logo: None });
    let files = files.expect("it is filled");
    let settings = String::from_utf8_lossy(&files["scorebook.yaml"]);
    assert!(settings.contains(r#"store-manager: {name: "Ann \"the boss\" Lee","#), "{settings}");
    assert!(String::from_utf8_lossy(&files["kpis/shop/revenue.md"]).contains("unit: \"GBP\""));
    assert!(template.check("currency", "XYZ").is_err() && template.check("currency", "GBP").is_ok());
}

#[test]
fn the_blank_templates_examples_are_right_once_they_are_moved() {
    let moves = [("vi", "muc-tieu", "_vi-du", "khach-quay-lai"), ("en", "objective", "_examples", "come-back")];
    for (language, objective, folder, id) in moves {
        let files = files(&named("trong"), language, Demo::Without, DAYS[0]);
        let of = |name: &str| files[&format!("{folder}/{name}.md")].as_str();
        let objective_at = format!("objectives/2026-Q4/sales/{id}.md");
        let moved = [
            ("scorebook.yaml", files["scorebook.yaml"].clone() + "lints: {}\n"),
            (objective_at.as_str(), of(objective).to_owned()),
            ("kpis/sales/revenue.md", of("kpi").to_owned()),
            ("check-ins/first.md", of("check-in").to_owned()),
        ];
        let company = company(&moved);
        assert_eq!(company.findings("2026-10-03"), [""; 0], "{language}");
        let document = company.on("2026-10-03");
        assert_eq!(by_id(&document["objectives"], id)["key_results"].as_array().map(Vec::len), Some(3), "{language}");
        assert_eq!(document["check_ins"].as_array().map(Vec::len), Some(1), "{language}");
    }
}
