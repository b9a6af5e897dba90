//! How well the rules judge: a labelled set of key results and objectives, half of which was kept apart while the
//! rules were written. The figures are printed; a rule that is a warning by default is right nineteen times in twenty.
//!
//! `good` must meet no rule of wording; each other label is the code of the rule that should see it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::given::company;

#[derive(Deserialize)]
struct Set {
    key_results: Vec<KeyResult>,
    objectives: Vec<Objective>,
}

#[derive(Deserialize)]
struct KeyResult {
    label: String,
    language: String,
    yaml: String,
}

#[derive(Deserialize)]
struct Objective {
    label: String,
    language: String,
    title: String,
    key_results: Vec<String>,
}

/// The rules that read words, and which labels they are asked about: what nothing measures may be a doing, too.
const RULES: [(&str, &[&str]); 4] = [
    ("task-like", &["good", "task-like"]),
    ("no-number", &["good", "task-like", "no-number"]),
    ("kpi-as-okr", &["good", "kpi-as-okr", "objective-is-a-number"]),
    ("objective-is-a-number", &["good", "kpi-as-okr", "objective-is-a-number"]),
];

struct Case {
    label: String,
    text: String,
    codes: BTreeSet<String>,
}

fn cases(set: &Set) -> Vec<Case> {
    let mut all = Vec::new();
    for language in ["vi", "en"] {
        let mut files = vec![("scorebook.yaml".to_owned(), format!("language: {language}\nlints: {{}}\n"))];
        let mut labels: Vec<(String, String)> = Vec::new();
        let mut add = |label: &str, title: &str, key_results: &[String]| {
            let items: String = key_results.iter().map(|it| format!("  - {it}\n")).collect();
            let name = format!("objectives/o{:03}.md", labels.len());
            files.push((name, format!("---\nperiod: 2026-Q3\nowner: lan\ntitle: {title:?}\nkey_results:\n{items}---\n")));
            labels.push((label.to_owned(), format!("{title} {key_results:?}")));
        };
        for it in set.key_results.iter().filter(|it| it.language == language) {
            add(&it.label, "Neutral", std::slice::from_ref(&it.yaml));
        }
        for it in set.objectives.iter().filter(|it| it.language == language) {
            add(&it.label, &it.title, &it.key_results);
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for finding in company(&files).findings("2026-07-02") {
            let (code, place) = finding.split_once(' ').expect("code and place");
            let file = place.rsplit_once(':').expect("file and line").0;
            codes.entry(file.to_owned()).or_default().insert(code.to_owned());
        }
        for (at, (label, text)) in labels.into_iter().enumerate() {
            let codes = codes.remove(&format!("objectives/o{at:03}.md")).unwrap_or_default();
            all.push(Case { label, text, codes });
        }
    }
    all
}

/// (precision, recall, how many were seen, how many there are) of a rule over the cases that it is asked about.
fn figures(rule: &str, asked: &[&str], cases: &[Case]) -> (f64, f64, usize, usize) {
    let of = |key_results: bool| {
        move |case: &&Case| {
            let single = case.text.starts_with("Neutral ");
            single == key_results && asked.contains(&case.label.as_str())
        }
    };
    let about_key_results = matches!(rule, "task-like" | "no-number");
    let cases: Vec<&Case> = cases.iter().filter(of(about_key_results)).collect();
    let seen = cases.iter().filter(|it| it.codes.contains(rule)).count();
    let there = cases.iter().filter(|it| it.label == rule).count();
    let right = cases.iter().filter(|it| it.label == rule && it.codes.contains(rule)).count();
    let share = |of: usize| if of == 0 { 1.0 } else { right as f64 / of as f64 };
    (share(seen), share(there), seen, there)
}

fn check(name: &str, text: &str) {
    let options = serde_yaml::options! { strict_booleans: true };
    let set: Set = serde_yaml::from_str_with_options(text, options).expect("the set is YAML");
    let cases = cases(&set);
    let mut poor = Vec::new();
    for (rule, asked) in RULES {
        let (precision, recall, seen, there) = figures(rule, asked, &cases);
        println!("{name}: {rule}: precision {precision:.3} over {seen}, recall {recall:.3} over {there}, of {} cases", cases.len());
        if precision < 0.95 {
            poor.push(rule);
        }
    }
    if std::env::var_os("SHOW_JUDGEMENT").is_some_and(|wanted| wanted == name) {
        for case in &cases {
            let wrong = RULES
                .iter()
                .any(|(rule, asked)| asked.contains(&case.label.as_str()) && case.codes.contains(*rule) != (case.label == *rule));
            if wrong {
                println!("{} {:?}: {}", case.label, case.codes, case.text);
            }
        }
    }
    assert!(poor.is_empty(), "{name}: {poor:?} speak up where they should not");
}

#[test]
fn the_rules_are_right_about_what_was_known_when_they_were_written() {
    check("known", include_str!("judgement/known.yaml"));
}

#[test]
fn the_rules_are_right_about_what_was_kept_apart() {
    check("apart", include_str!("judgement/apart.yaml"));
}
