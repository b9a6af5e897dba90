//! What holds for any goals: figures over random input, and no input that breaks the program.

use proptest::prelude::*;

use crate::given::{Company, OWN, company, goal};

/// A quarter's objective with metrics from random starts to random targets, and weekly values.
#[derive(Clone, Debug)]
struct Metric {
    start: i32,
    target: i32,
    weight: u8,
    values: Vec<i32>,
}

fn metric() -> impl Strategy<Value = Metric> {
    (-1000..1000, -1000..1000, 0u8..5, prop::collection::vec(-2000..2000, 0..10))
        .prop_filter("a metric goes somewhere", |(start, target, _, _)| start != target)
        .prop_map(|(start, target, weight, values)| Metric { start, target, weight, values })
}

const FIRST_WEEK: i8 = 2;

/// The day of a week's check-in.
fn day(week: usize) -> String {
    let days = i64::try_from(week * 7).expect("a few weeks");
    let day = jiff::civil::date(2026, 7, FIRST_WEEK).checked_add(jiff::Span::new().days(days)).expect("a day");
    day.to_string()
}

fn files(metrics: &[Metric]) -> Vec<(String, String)> {
    let mut head = String::from("---\nperiod: 2026-Q3\ndepartment: d\nkey_results:\n");
    for Metric { start, target, weight, .. } in metrics {
        head.push_str(&format!("  - {{title: K, start: {start}, target: {target}, weight: {weight}}}\n"));
    }
    let mut all = vec![("objectives/a.md".to_owned(), head + "---\n")];
    for (at, metric) in metrics.iter().enumerate() {
        for (week, value) in metric.values.iter().enumerate() {
            let text = format!("---\nobjective: a\nvalues: {{kr{}: {value}}}\nconfidence: {}\n---\n", at + 1, week % 11);
            all.push((format!("check-ins/{}-{at}.md", day(week)), text));
        }
    }
    all
}

fn of(files: &[(String, String)]) -> Company {
    company(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// In the middle of the quarter.
const TODAY: &str = "2026-08-14";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_start_is_nothing_and_the_target_is_all(metric in metric()) {
        for (value, want) in [(metric.start, 0.0), (metric.target, 1.0)] {
            let document = of(&files(&[Metric { values: vec![value], ..metric.clone() }])).on(TODAY);
            prop_assert_eq!(goal(&document, "a/kr1")["raw_progress"].as_f64(), Some(want));
        }
    }

    #[test]
    fn a_roll_up_lies_between_its_parts(metrics in prop::collection::vec(metric(), 1..5)) {
        let document = of(&files(&metrics)).on(TODAY);
        let objective = goal(&document, "a");
        let parts: Vec<f64> = objective["key_results"].as_array().expect("a list").iter().filter_map(|it| it["progress"].as_f64()).collect();
        let (low, high) = parts.iter().fold((1.0f64, 0.0f64), |(low, high), it| (low.min(*it), high.max(*it)));
        match objective["progress"].as_f64() {
            Some(mean) => prop_assert!(low - 1e-9 <= mean && mean <= high + 1e-9, "{} not in {}..{}", mean, low, high),
            None => prop_assert!(metrics.iter().all(|it| it.weight == 0)),
        }
        prop_assert_eq!(&document["periods"][0]["progress"], &objective["progress"]);
    }

    #[test]
    fn the_order_of_files_changes_nothing(metrics in prop::collection::vec(metric(), 1..4), seed in any::<u64>()) {
        let mut shuffled = of(&files(&metrics));
        let plain = shuffled.document(TODAY, OWN);
        let all = shuffled.files_mut();
        let count = u64::try_from(all.len()).expect("a few files");
        for at in (1..all.len()).rev() {
            let other = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::try_from(at).expect("small")) % count;
            all.swap(at, usize::try_from(other).expect("small") % (at + 1));
        }
        prop_assert_eq!(shuffled.document(TODAY, OWN), plain);
    }

    #[test]
    fn what_is_dated_after_the_day_changes_nothing(metrics in prop::collection::vec(metric(), 1..4), value in -500..500, ahead in 1i64..60) {
        let mut all = files(&metrics);
        let plain = of(&all).document(TODAY, OWN);
        let later = jiff::civil::date(2026, 8, 14).checked_add(jiff::Span::new().days(ahead)).expect("a day");
        all.push((format!("check-ins/{later}-x.md"), format!("---\nobjective: a\nvalues: {{kr1: {value}}}\nconfidence: 1\nscore: 0.1\n---\n")));
        prop_assert_eq!(of(&all).document(TODAY, OWN), plain);
    }

    #[test]
    fn a_cancelled_key_result_changes_no_mean(metrics in prop::collection::vec(metric(), 1..4), extra in metric()) {
        let plain = of(&files(&metrics)).on(TODAY);
        let mut all = files(&metrics);
        let line = format!("  - {{title: Given up, start: {}, target: {}, weight: 3, status: cancelled}}\n---\n", extra.start, extra.target);
        all[0].1 = all[0].1.replacen("---\n", "\u{0}", 1).replace("---\n", &line).replace('\u{0}', "---\n");
        let document = of(&all).on(TODAY);
        for key in ["progress", "expected", "status", "score"] {
            prop_assert_eq!(&goal(&document, "a")[key], &goal(&plain, "a")[key], "{}", key);
        }
        prop_assert_eq!(&document["departments"][0]["periods"], &plain["departments"][0]["periods"]);
    }

    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..400), folder in "objectives|check-ins|people|pages|departments") {
        let company = company(&[(format!("{folder}/a.md").as_str(), bytes.as_slice()), ("scorebook.yaml", bytes.as_slice())]);
        prop_assume!(!bytes.starts_with(b"format"));
        let _ = company.on(TODAY);
    }

    #[test]
    fn no_half_eaten_file_breaks_it(at in 0usize..2000, eaten in 0usize..40, put in "[\\PC\n:{}\\[\\]\"'#&*|>-]{0,6}") {
        let whole = include_str!("../../sample-data/sao-mai/objectives/2026-q3/van-hanh/phuc-vu-gio-cao-diem.md");
        let from = whole.char_indices().map(|(at, _)| at).nth(at % whole.chars().count()).unwrap_or(0);
        let to = whole[from..].char_indices().map(|(at, _)| from + at).nth(eaten).unwrap_or(whole.len());
        let text = format!("{}{put}{}", &whole[..from], &whole[to..]);
        let _ = company(&[("objectives/2026-q3/van-hanh/a.md", text.as_str())]).on(TODAY);
    }
}
