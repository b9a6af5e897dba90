//! A workspace's own theme: file by file over the built-in one, its mistakes told at their line, its languages and words.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::shell::{run, write};

/// A small workspace in which no rule of practice speaks.
fn workspace(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "scorebook.yaml", settings);
    let goal = "---\nperiod: 2026-Q3\nowner: a\nkey_results: [{title: One, start: 0, target: 4}, {title: Two, start: 0, target: 9}]\n---\n# More guests\n";
    write(folder.path(), "objectives/more.md", goal);
    write(folder.path(), "check-ins/2026-08-12-a.md", "---\nobjective: more\nvalues: {kr1: 2, kr2: 4}\n---\nFine.\n");
    write(folder.path(), "pages/own.md", "# Own page\n\nText.\n");
    folder
}

fn page(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("site").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn one_file_of_a_theme_changes_its_pages_and_no_other() {
    let folder = workspace("title: Tre\ntheme: rieng\n");
    let root = folder.path();
    write(
        root,
        "themes/rieng/templates/page.html",
        "{% extends \"builtin/page.html\" %}{% block main %}<p>Above: {{ heading }}</p>{{ super() }}{% endblock main %}",
    );
    write(
        root,
        "themes/rieng/templates/base.html",
        "{% extends \"builtin/base.html\" %}{% block head %}<link rel=\"stylesheet\" href=\"{{ frame.style }}?own\">{% endblock head %}",
    );
    write(root, "themes/rieng/assets/more.css", "b{color:red}");
    write(root, "themes/rieng/assets/scorebook.css", "body{color:#123456}");
    let (code, _, err) = run(&["build"], root);
    assert_eq!(code, Some(0), "{err}");
    let own = page(root, "pages/own.html");
    assert!(own.contains("<p>Above: Own page</p>") && own.contains("<h1>Own page</h1>"), "{own}");
    // What all pages stand on is changed for all of them; what only this page has, only here.
    for path in ["pages/own.html", "objectives/more.html", "index.html"] {
        let html = page(root, path);
        assert!(html.contains(".css?own"), "{path}");
        assert_eq!(html.contains("Above:"), path == "pages/own.html", "{path}");
    }
    assert_eq!(page(root, "assets/more.css"), "b{color:red}");
    assert_eq!(page(root, "assets/scorebook.css"), "body{color:#123456}");
    let (_, report, _) = run(&["report", "--month", "2026-07", "--format", "html"], root);
    assert!(report.contains("body{color:#123456}"), "a page that stands alone has the theme's style in it");
}

#[test]
fn a_mistake_points_into_the_template_and_stops_no_other_page() {
    let folder = workspace("title: Tre\ntheme: rieng\n");
    let root = folder.path();
    write(
        root,
        "themes/rieng/templates/objective.html",
        "{% extends \"builtin/objective.html\" %}\n{% block main %}\n<p>{{ headng }}</p>\n{% endblock main %}",
    );
    write(root, "themes/rieng/templates/page.html", "<p>\n{% if %}</p>");
    write(root, "themes/rieng/templates/kpi.htm", "x");
    write(root, "themes/rieng/words/en.yaml", "status: {on_track: [}\n");
    let (code, _, err) = run(&["build"], root);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("themes/rieng/templates/page.html") && err.contains(":2:"), "{err}");
    assert!(err.contains("themes/rieng/templates/objective.html") && err.contains("headng") && err.contains(":3:"), "{err}");
    let names = err.lines().find(|it| it.contains("the page has:")).expect("the names at hand");
    assert!(names.contains("heading") && names.contains("frame"), "{names}");
    // The built-in ones serve.
    assert!(page(root, "objectives/more.html").contains("More guests") && page(root, "pages/own.html").contains("<h1>Own page</h1>"));
    let (code, _, err) = run(&["check"], root);
    assert_eq!(code, Some(1), "{err}");
    for word in ["templates/page.html", "words/en.yaml", "nothing reads themes/rieng/templates/kpi.htm"] {
        assert!(err.contains(word), "{word}: {err}");
    }
}

#[test]
fn a_theme_brings_a_language_and_what_it_lacks_is_listed_and_said_in_english() {
    let folder = workspace("title: Tre\nlanguage: ja\n");
    let root = folder.path();
    assert_eq!(run(&["build"], root).0, Some(1), "nobody has the words yet");
    write(root, "themes/default/words/ja.yaml", "language: {name: 日本語}\nstatus: {on_track: 順調}\n");
    let (code, _, err) = run(&["build"], root);
    assert_eq!(code, Some(0), "{err}");
    let html = page(root, "objectives/more.html");
    assert!(html.contains("<html lang=\"ja\">") && html.contains("順調") && html.contains("Key result"), "{html}");
    let (code, _, err) = run(&["check"], root);
    assert_eq!(code, Some(0), "{err}");
    let line = err.lines().find(|it| it.contains("themes/default/words/ja.yaml lacks")).unwrap_or_else(|| panic!("{err}"));
    assert!(line.contains("words, which are said in English: ago.days") && line.ends_with('…'), "{line}");
    let (_, _, err) = run(&["check", "-v"], root);
    assert!(err.contains("status.at_risk") && !err.contains("status.on_track"), "all of them with -v");
    // A word of a built-in language can be another one here.
    write(root, "scorebook.yaml", "title: Tre\nlanguage: en\n");
    write(root, "themes/default/words/en.yaml", "status: {on_track: going well}\n");
    assert_eq!(run(&["build"], root).0, Some(0));
    assert!(page(root, "objectives/more.html").contains("going well"));
}

#[test]
fn an_ejected_file_changes_nothing_until_it_is_changed_and_check_says_when_it_falls_behind() {
    let folder = workspace("title: Tre\n");
    let root = folder.path();
    assert_eq!(run(&["build", "-o", "before"], root).0, Some(0));
    let (_, list, _) = run(&["theme", "list"], root);
    let files: Vec<&str> = list.lines().collect();
    assert!(
        files.contains(&"templates/page.html") && files.contains(&"assets/scorebook.css") && files.contains(&"words/vi.yaml"),
        "{list}"
    );
    for file in &files {
        let (code, out, err) = run(&["theme", "eject", file], root);
        assert_eq!((code, out.trim().ends_with(file)), (Some(0), true), "{err}");
    }
    assert_eq!(run(&["theme", "eject", "page.html"], root).0, Some(2), "nothing is overwritten");
    let (code, _, err) = run(&["build", "-o", "after"], root);
    assert_eq!(code, Some(0), "{err}");
    let text = |site: &str, path: &str| fs::read_to_string(root.join(site).join(path)).expect("a page");
    for path in ["index.html", "objectives/more.html", "pages/own.html", "guide/publishing.html"] {
        assert!(text("before", path) == text("after", path), "{path} is another page");
    }
    let (_, _, err) = run(&["check"], root);
    assert!(!err.contains("older"), "{err}");
    // As if the program had been upgraded since.
    let file = root.join("themes/default/templates/page.html");
    let old = fs::read_to_string(&file).expect("it is there");
    let print =
        old.split_whitespace().find(|it| it.len() == 16 && it.bytes().all(|it| it.is_ascii_hexdigit())).expect("a print").to_owned();
    fs::write(&file, old.replace(&print, "00000000deadbeef")).expect("it is written");
    let (code, _, err) = run(&["check"], root);
    assert_eq!(code, Some(0));
    let lines: Vec<&str> = err.lines().filter(|it| it.contains("older")).collect();
    assert!(lines.len() == 1 && lines[0].contains("themes/default/templates/page.html"), "{err}");
    let (code, _, err) = run(&["theme", "eject", "pag.html"], root);
    assert!(code == Some(2) && err.contains("no built-in file `pag.html`"), "{err}");
}

#[test]
fn a_colour_a_logo_and_a_theme_that_are_none_are_told() {
    let folder = workspace("title: Tre\ntheme: ../x\nbrand: {logo: lgo.svg, accent: blue}\n");
    write(folder.path(), "logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let (code, out, _) = run(&["check", "--format", "short"], folder.path());
    assert_eq!(code, Some(1));
    for line in [
        "scorebook.yaml:2:8: error[unknown-reference]",
        "scorebook.yaml:3:15: warning[broken-link]",
        "scorebook.yaml:3:32: error[wrong-type]",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    write(folder.path(), "scorebook.yaml", "title: Tre\nbrand: {logo: logo.svg, accent: \"#ffe14d\"}\n");
    let (code, _, err) = run(&["build"], folder.path());
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("#ffe14d could not be read on white; the site uses #"), "{err}");
    assert!(page(folder.path(), "index.html").contains("<img src=\"assets/files/logo.svg\""));
}

/// Every name that a template can ask for, with its kind, as the data of both sample companies have it.
fn names(value: &serde_json::Value, path: &str, all: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    use serde_json::Value;
    let kind = match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    };
    if !path.is_empty() {
        all.entry(path.to_owned()).or_default().insert(kind);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|it| names(it, &format!("{path}[]"), all)),
        Value::Object(map) => {
            for (key, it) in map {
                names(it, &if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The contract with whoever writes a template: a name that is in the list stays, with its kind.
///
/// `SCOREBOOK_WRITE=1` writes the list anew; what it loses then stands in the change, for a person to see.
#[test]
fn the_data_that_templates_see_is_a_contract() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all: BTreeMap<String, BTreeMap<String, BTreeSet<&'static str>>> = BTreeMap::new();
    for company in ["sao-mai", "harbor-lane"] {
        for template in [
            "department-quarter.html",
            "department.html",
            "guide.html",
            "guides.html",
            "kpi.html",
            "kpis.html",
            "objective.html",
            "page.html",
            "person.html",
            "problems.html",
            "quarter.html",
            "report.html",
            "reports.html",
        ] {
            let (code, out, err) = run(
                &["theme", "data", &format!("templates/{template}"), root.join("sample-data").join(company).to_str().expect("UTF-8")],
                root,
            );
            assert_eq!(code, Some(0), "{template}: {err}");
            names(&serde_json::from_str(&out).expect("JSON"), "", all.entry(template.to_owned()).or_default());
        }
    }
    let mut text =
        "# What templates see: name and kind; `[]` is every one of a list. Printed by `scorebook theme data TEMPLATE`.\n".to_owned();
    for (template, names) in &all {
        text.push_str(&format!("\n{template}:\n"));
        for (name, kinds) in names {
            let kinds: Vec<&str> = kinds.iter().copied().collect();
            text.push_str(&format!("  \"{name}\": {}\n", kinds.join(", or ")));
        }
    }
    let file = root.join("themes/default/data.yaml");
    if std::env::var_os("SCOREBOOK_WRITE").is_some() {
        fs::write(&file, &text).expect("it is written");
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    let lost: Vec<&str> = known.lines().filter(|line| !text.lines().any(|it| it == *line)).collect();
    assert_eq!(known, text, "names that are gone or of another kind: {lost:#?}");
}
