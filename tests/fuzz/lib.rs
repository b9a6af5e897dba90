//! What the targets share: files in memory, and everything that is made of them.
//!
//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz --sanitizer none workspace -- -max_total_time=300` – the program's
//! own code is free of `unsafe`, and its allocator is its own, so that the address sanitiser would see little.

use std::collections::BTreeMap;

use scorebook::{
    compute::{self, Drafts},
    export,
    lint::{self, DayFrom, Look},
    load::{self, Input, Others},
    model::{Period, Visibility, parse_day},
    route::Routes,
    site::{self, File, Half, Plan},
    words::Words,
};

/// A file by its path.
pub fn file(path: &str, bytes: &[u8]) -> Input {
    Input { path: path.to_owned(), bytes: bytes.to_vec() }
}

/// Loads, computes, checks, builds and exports, as `build` does. Nothing when the settings name a later format.
pub fn all_of(settings: &[u8], files: Vec<Input>, day: &str, drafts: Drafts) -> Option<BTreeMap<String, File>> {
    all_of_with(settings, files, &[("static/logo.svg", b"<svg/>")], day, drafts)
}

/// The same, with other files of the workspace.
pub fn all_of_with(settings: &[u8], files: Vec<Input>, others: &[(&str, &[u8])], day: &str, drafts: Drafts) -> Option<BTreeMap<String, File>> {
    let (config, declared, mut findings) = load::config(settings.to_vec()).ok()?;
    let (workspace, found) = load::workspace(
        config,
        declared,
        files,
        Others {
            sizes: others.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.len() as u64)).collect(),
            read: &|path| others.iter().find(|(it, _)| *it == path).map(|(_, bytes)| bytes.to_vec()),
        },
    );
    findings.extend(found);
    let (workspace, mut findings) = compute::for_audience(workspace, findings, Visibility::Internal);
    let day = parse_day(day).expect("a day");
    let scorecard = compute::scorecard(&workspace, day, drafts);
    let lint::Found { findings: found, kept } = lint::run(Look { workspace: &workspace, scorecard: &scorecard, day: DayFrom::Given });
    findings.extend(found);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    let language = if workspace.config.language == "vi" { "vi" } else { "en" };
    let words = Words::load(language, workspace.config.calendar).expect("a built-in language");
    for finding in &findings {
        assert!(finding.place.line > 0 && finding.place.column > 0, "{finding:?}");
        assert!(!words.finding_message(finding).is_empty() && !words.finding_help(finding).is_empty(), "{finding:?}");
    }
    compute::sheets_of_month(&workspace, &scorecard.kpis, &Period::month(2026, 7).expect("a month"), day);
    let mut document = Vec::new();
    export::json(&mut document, &workspace, &scorecard, &findings, &words).expect("memory takes every byte");
    serde_json::from_slice::<serde_json::Value>(&document).expect("the export is JSON");
    let halves = [Half { words, routes: Routes::own() }];
    let plan = Plan { workspace: &workspace, scorecard: &scorecard, findings: &findings, kept: &kept, quotes: &BTreeMap::new(), halves: &halves, theme: &scorebook::theme::Theme::default(), version: "fuzz" };
    let site = site::in_memory(&plan).expect("the theme's templates are right");
    for (path, file) in &site {
        let File::Bytes(bytes) = file else { continue };
        if path.ends_with(".html") {
            clean(path, std::str::from_utf8(bytes).expect("pages are UTF-8"));
        }
    }
    Some(site)
}

/// Reads a page's tags, as far as they are written by machines: none of them runs anything.
pub fn clean(path: &str, page: &str) {
    assert!(!page.contains('\0'), "{path} holds a NUL");
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '/' && c != '!').unwrap_or(rest.len());
        let name = rest[..name_end].to_ascii_lowercase();
        for evil in ["script", "iframe", "object", "embed", "base", "style", "form", "input", "img onerror"] {
            assert!(name != evil, "{path}: <{name}>");
        }
        rest = attributes(path, &rest[name_end..]);
    }
}

/// Goes to the end of a tag.
fn attributes<'a>(path: &str, mut rest: &'a str) -> &'a str {
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return rest };
        if first == '>' {
            return &rest[1..];
        }
        let end = rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        assert!(!name.starts_with("on") && name != "style", "{path}: {name}");
        rest = &rest[end..];
        let Some(after) = rest.strip_prefix("=\"") else {
            rest = rest.strip_prefix('=').unwrap_or(rest);
            continue;
        };
        let end = after.find('"').expect("a value is closed");
        let value: String = after[..end].chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
        for evil in ["javascript:", "data:", "vbscript:", "//"] {
            assert!(!(matches!(name.as_str(), "href" | "src") && value.starts_with(evil)), "{path}: {name}={value}");
        }
        rest = &after[end + 1..];
    }
}
