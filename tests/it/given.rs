//! A company as a list of files, and what is computed of it: the export, as another program reads it.

use std::collections::BTreeMap;

use scorebook::{
    compute::{self, Drafts},
    diagnostic::Finding,
    export,
    lint::{self, DayFrom, Look},
    load::{self, Input, Others},
    model::{Visibility, Workspace, parse_day},
    route::Routes,
    site::{self, File, Half, Plan},
    words::Words,
};
use serde_json::Value;

/// A company's files.
pub(crate) struct Company {
    config: Vec<u8>,
    files: Vec<Input>,
    tables: Vec<Input>,
}

/// Rules of practice that a small example would break without being about them.
const QUIET: &str = "\nlints: {too-few-key-results: off, too-many-key-results: off, no-owner: off, no-department: off, task-like: off}\n";

/// Files by path; `scorebook.yaml` is empty unless it is one of them. Where it says nothing of `lints`, rules of
/// practice that these examples are not about are off.
pub(crate) fn company<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Company {
    let mut company = Company { config: Vec::new(), files: Vec::new(), tables: Vec::new() };
    for (path, text) in files {
        let bytes = text.as_ref().to_vec();
        if *path == "scorebook.yaml" {
            company.config = bytes;
        } else if !path.ends_with(".md") && path.starts_with("data/") {
            company.tables.push(Input { path: (*path).to_owned(), bytes });
        } else {
            company.files.push(Input { path: (*path).to_owned(), bytes });
        }
    }
    if !company.config.windows(6).any(|six| six == b"lints:") {
        company.config.extend_from_slice(QUIET.as_bytes());
    }
    company
}

/// How a company is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Eyes {
    pub(crate) audience: Visibility,
    pub(crate) drafts: Drafts,
    pub(crate) day: DayFrom,
}

/// The company itself, on a day that somebody named, without drafts.
pub(crate) const OWN: Eyes = Eyes { audience: Visibility::Internal, drafts: Drafts::LeftOut, day: DayFrom::Given };

impl Company {
    /// Every file but the settings, for a test that turns them about.
    pub(crate) fn files_mut(&mut self) -> &mut Vec<Input> {
        &mut self.files
    }

    pub(crate) fn load(&self) -> (Workspace, Vec<Finding>) {
        let (config, declared, mut findings) = load::config(self.config.clone()).expect("a format that we read");
        let sizes = self.tables.iter().map(|it| (it.path.clone(), it.bytes.len() as u64)).collect();
        let read = |path: &str| self.tables.iter().find(|it| it.path == path).map(|it| it.bytes.clone());
        let (workspace, found) = load::workspace(config, declared, self.files.clone(), Others { sizes, read: &read });
        findings.extend(found);
        (workspace, findings)
    }

    /// The export's bytes.
    pub(crate) fn document(&self, day: &str, eyes: Eyes) -> String {
        let (workspace, findings) = self.load();
        let (workspace, mut findings) = compute::for_audience(workspace, findings, eyes.audience);
        let scorecard = compute::scorecard(&workspace, parse_day(day).expect("a day"), eyes.drafts);
        findings.extend(lint::run(Look { workspace: &workspace, scorecard: &scorecard, day: eyes.day }).findings);
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        let words = Words::load("en", workspace.config.calendar).expect("English");
        let mut document = Vec::new();
        export::json(&mut document, &workspace, &scorecard, &findings, &words).expect("memory takes every byte");
        String::from_utf8(document).expect("JSON is UTF-8")
    }

    /// The export as somebody sees it.
    pub(crate) fn seen(&self, day: &str, eyes: Eyes) -> Value {
        serde_json::from_str(&self.document(day, eyes)).expect("the export is JSON")
    }

    /// The export as the company sees it.
    pub(crate) fn on(&self, day: &str) -> Value {
        self.seen(day, OWN)
    }

    /// `code file:line` of every finding.
    pub(crate) fn findings(&self, day: &str) -> Vec<String> {
        let document = self.on(day);
        let all = document["findings"].as_array().expect("a list");
        all.iter().map(|it| format!("{} {}:{}", text(&it["code"]), text(&it["file"]), it["line"])).collect()
    }
}

impl Company {
    /// `code file:line:column` of every finding, with its message and help in the company's language.
    pub(crate) fn told(&self, day: &str) -> Vec<(String, String)> {
        let (workspace, mut findings) = self.load();
        let scorecard = compute::scorecard(&workspace, parse_day(day).expect("a day"), Drafts::LeftOut);
        findings.extend(lint::run(Look { workspace: &workspace, scorecard: &scorecard, day: DayFrom::Given }).findings);
        let words = Words::load(&workspace.config.language, workspace.config.calendar).expect("a built-in language");
        findings
            .iter()
            .map(|it| {
                let place = format!("{} {}:{}:{}", it.code.name(), it.place.file, it.place.line, it.place.column);
                (place, format!("{} | {}", words.finding_message(it), words.finding_help(it)))
            })
            .collect()
    }
}

impl Company {
    /// What a reader sees of a page of the company's site: the words in its `<main>`, tables and tooltips among them.
    pub(crate) fn page(&self, day: &str, path: &str) -> String {
        let document = scraper::Html::parse_document(&self.html(day, path));
        let main = document.select(&scraper::Selector::parse("main").expect("a selector")).next().expect("a page has a main part");
        let words: Vec<&str> = main.text().flat_map(str::split_whitespace).collect();
        words.join(" ")
    }

    /// A page of the company's site.
    pub(crate) fn html(&self, day: &str, path: &str) -> String {
        let (workspace, findings) = self.load();
        let (workspace, mut findings) = compute::for_audience(workspace, findings, Visibility::Internal);
        let scorecard = compute::scorecard(&workspace, parse_day(day).expect("a day"), Drafts::LeftOut);
        findings.extend(lint::run(Look { workspace: &workspace, scorecard: &scorecard, day: DayFrom::Given }).findings);
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        let language = workspace.config.language.clone();
        let words = Words::load(&language, workspace.config.calendar).expect("a built-in language");
        let halves = [Half { words, routes: Routes::own() }];
        let plan = Plan {
            workspace: &workspace,
            scorecard: &scorecard,
            findings: &findings,
            kept: &[],
            quotes: &BTreeMap::new(),
            halves: &halves,
            theme: &scorebook::theme::Theme::default(),
            version: "test",
        };
        let mut site = site::in_memory(&plan).expect("the theme's templates are right");
        match site.remove(path) {
            Some(File::Bytes(bytes)) => String::from_utf8(bytes).expect("pages are UTF-8"),
            other => panic!("{path} is {other:?}; there are {:?}", site.keys().collect::<Vec<_>>()),
        }
    }
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The one with an id in a list of the export.
pub(crate) fn by_id<'v>(list: &'v Value, id: &str) -> &'v Value {
    let all = list.as_array().expect("a list");
    all.iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("no `{id}` in {list:#}"))
}

/// `objective`, or `objective/key-result`.
pub(crate) fn goal<'v>(document: &'v Value, path: &str) -> &'v Value {
    match path.split_once('/') {
        Some((objective, key_result)) => by_id(&by_id(&document["objectives"], objective)["key_results"], key_result),
        None => by_id(&document["objectives"], path),
    }
}

/// The wanted keys stand in what was got, numbers to within 1e-9.
pub(crate) fn same(got: &Value, want: &Value, what: &str) {
    match (got, want) {
        (Value::Object(_), Value::Object(keys)) => {
            for (key, want) in keys {
                let got = got.get(key).unwrap_or_else(|| panic!("{what}: no `{key}` in {got:#}"));
                same(got, want, &format!("{what}.{key}"));
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).enumerate().for_each(|(at, (got, want))| same(got, want, &format!("{what}[{at}]")));
        }
        (Value::Number(left), Value::Number(right)) => {
            let (left, right) = (left.as_f64().expect("a number"), right.as_f64().expect("a number"));
            assert!((left - right).abs() <= 1e-9 * right.abs().max(1.0), "{what}: got {left}, want {right}");
        }
        _ => assert_eq!(got, want, "{what}"),
    }
}
