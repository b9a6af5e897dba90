//! `check --format …`: each form is read back by something that we did not write – the SARIF schema, an XML reader – or
//! by a decoder that knows only the form's rules, and says what `--format json` says.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    browser::{required, say},
    cli::{run, workspace},
};

const SOUND: &str = "---\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {title: Churn 4 %, start: 9, target: 4}\n  - {title: Reach, at_least: 10}\n---\n# A\n";
const WRONG: &str = "---\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {title: K, start: 0, target: 'much: 5%, <b>&\"'}\n  - {title: L, start: 0, target: 'much: 5%, <b>&\"'}\nowner: lan\n---\n# B\n";
const POOR: &str = "---\nperiod: 2026-Q3\nkey_results:\n  - {title: 'K {0} [x](1)', target: 4}\n---\n# C\n";
const SETTINGS: &str = "people: {lan: {name: Lan}}\n";
const DAY: [&str; 2] = ["--as-of", "2026-07-02"];

/// Errors, equals, a warning, and names that every form has to escape.
fn mixed() -> TempDir {
    workspace(&[
        ("scorebook.yaml", SETTINGS),
        ("objectives/50%, mục tiêu.md", WRONG),
        ("objectives/c.md", POOR),
        ("objectives/a.md", SOUND),
    ])
}

fn check(format: &str, folder: &Path, more: &[&str]) -> (i32, String, String) {
    run(&[&["check", "--format", format], &DAY[..], more].concat(), folder)
}

/// What `--format json` says.
fn findings(folder: &Path, more: &[&str]) -> Vec<Value> {
    let document: Value = serde_json::from_str(&check("json", folder, more).1).expect("JSON");
    document["findings"].as_array().expect("a list").clone()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("`{key}` in {value}"))
}

/// The case folders of tests/it/mistakes and the sample companies: all that anybody can be told.
fn everything() -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = fs::read_dir(root.join("tests/it/mistakes")).expect("the cases").map(|it| it.expect("an entry").path());
    let mut all: Vec<_> = cases.chain(["sao-mai", "harbor-lane"].map(|it| root.join("sample-data").join(it))).collect();
    all.sort();
    all
}

#[test]
fn short_is_one_line_a_finding() {
    let folder = mixed();
    let (code, out, err) = check("short", folder.path(), &[]);
    assert_eq!((code, err.as_str()), (1, ""));
    let want: Vec<String> = findings(folder.path(), &[])
        .iter()
        .map(|it| {
            let place = format!("{}:{}:{}", text(it, "file"), it["line"], it["column"]);
            format!("{place}: {}[{}]: {}", text(it, "severity"), text(it, "code"), text(it, "message"))
        })
        .collect();
    assert_eq!(out.lines().collect::<Vec<_>>(), want);
    assert!(want.len() > 4 && out.contains("objectives/50%, mục tiêu.md:5:34: error[bad-number]: "), "{out}");
    let (_, vietnamese, _) = check("short", folder.path(), &["--language", "vi"]);
    assert!(vietnamese.contains("error[bad-number]: `target` không phải là số"), "{vietnamese}");
    let (_, quiet, _) = check("short", folder.path(), &["-q"]);
    assert!(quiet.contains("error[") && !quiet.contains("warning["), "{quiet}");
}

/// A workflow command taken apart as the runner does: properties by `,` and `=`, then the escapes.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let plain = |text: &str| text.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let (head, data) = line.strip_prefix("::").and_then(|it| it.split_once("::")).expect("::head::data");
    let (name, properties) = head.split_once(' ').expect("properties");
    let properties =
        properties.split(',').map(|it| it.split_once('=').expect("key=value")).map(|(key, value)| (key.to_owned(), plain(value)));
    let data = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (name.to_owned(), properties.collect(), data)
}

#[test]
fn github_commands_say_what_json_says() {
    let folder = mixed();
    let (code, out, err) = check("github", folder.path(), &[]);
    assert_eq!((code, err.as_str()), (1, ""));
    let findings = findings(folder.path(), &[]);
    assert_eq!(out.lines().count(), findings.len());
    for (line, it) in out.lines().zip(&findings) {
        let (name, properties, data) = command(line);
        assert_eq!(name, text(it, "severity"));
        let want = [
            ("file", text(it, "file").to_owned()),
            ("line", it["line"].to_string()),
            ("col", it["column"].to_string()),
            ("title", text(it, "code").to_owned()),
        ];
        assert_eq!(properties, want.map(|(key, value)| (key.to_owned(), value)));
        assert_eq!(data, format!("{}\nhelp: {}", text(it, "message"), text(it, "help")));
    }
    assert!(out.contains("file=objectives/50%25%2C mục tiêu.md,"), "{out}");
    let sound = workspace(&[("scorebook.yaml", SETTINGS)]);
    assert_eq!(check("github", sound.path(), &[]), (0, String::new(), String::new()));
}

/// The issues of a report in GitLab's form.
fn issues(folder: &Path) -> Vec<Value> {
    let report: Value = serde_json::from_str(&check("gitlab", folder, &[]).1).expect("JSON");
    report.as_array().expect("a list").clone()
}

#[test]
fn gitlab_issues_have_what_gitlab_asks_for() {
    for folder in everything() {
        let all = issues(&folder);
        let findings = findings(&folder, &[]);
        assert_eq!(all.len(), findings.len());
        let prints: BTreeSet<&str> = all.iter().map(|it| text(it, "fingerprint")).collect();
        assert_eq!(prints.len(), all.len(), "{}: fingerprints are unique", folder.display());
        for (issue, it) in all.iter().zip(&findings) {
            let keys: Vec<&String> = issue.as_object().expect("an issue").keys().collect();
            assert_eq!(keys, ["check_name", "description", "fingerprint", "location", "severity"]);
            assert_eq!(text(issue, "check_name"), text(it, "code"));
            assert_eq!(text(issue, "severity"), if text(it, "severity") == "error" { "major" } else { "minor" });
            let description = text(issue, "description");
            assert!(description.starts_with(text(it, "message")) && description.ends_with(text(it, "help")) && !description.contains('\n'));
            assert_eq!(text(&issue["location"], "path"), text(it, "file"));
            assert_eq!(issue["location"]["lines"]["begin"], it["line"]);
        }
    }
    let sound = workspace(&[("scorebook.yaml", SETTINGS)]);
    assert_eq!(check("gitlab", sound.path(), &[]), (0, "[]\n".to_owned(), String::new()));
}

#[test]
fn a_fingerprint_stays_when_lines_above_come_and_goes_with_what_it_quotes() {
    let prints = |wrong: &str, language: &str| {
        let folder = workspace(&[("scorebook.yaml", &format!("language: {language}\n{SETTINGS}")), ("objectives/b.md", wrong)]);
        issues(folder.path()).iter().map(|it| (text(it, "check_name").to_owned(), text(it, "fingerprint").to_owned())).collect::<Vec<_>>()
    };
    let before = prints(WRONG, "en");
    assert!(before.len() >= 3, "{before:?}");
    let later = WRONG.replace("---\nperiod", "---\n# a line\nx-note: another\nperiod").replace("# B", "\n\n# B");
    assert_eq!(before, prints(&later, "en"));
    assert_eq!(before, prints(WRONG, "vi"));
    let other = prints(&WRONG.replacen("much", "most", 1), "en");
    let kept = before.iter().filter(|it| other.contains(it)).count();
    assert_eq!(kept, before.len() - 1, "one of two equals has other words now: {before:?} {other:?}");
}

/// Whether the official schema takes each file; what it objects to. Ajv and the schema are Microsoft's `jest-sarif`.
const VALIDATE: &str = "
const ajv = new (require('ajv'))({schemaId: 'id', meta: false, allErrors: true, format: 'full'});
const draft = require('ajv/lib/refs/json-schema-draft-04.json');
ajv.addMetaSchema(draft); ajv._opts.defaultMeta = draft.id;
const valid = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
for (const path of process.argv.slice(1)) {
  const log = JSON.parse(require('fs').readFileSync(path, 'utf8'));
  if (!valid(log)) { console.log(path, ajv.errorsText(valid.errors)); process.exitCode = 1; }
}
const broken = {version: '2.1.0', runs: [{tool: {driver: {name: 'x', colour: 'red'}}, results: [{message: {text: ''}, level: 'bad'}]}]};
if (valid(broken) || valid.errors.length < 2) { console.log('the schema takes anything'); process.exitCode = 1; }
";

#[test]
fn the_official_schema_takes_our_sarif() {
    let name = "the_official_schema_takes_our_sarif";
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/sarif");
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !room.join("node_modules/@microsoft/jest-sarif").is_dir() || !node.is_ok_and(|it| it.success()) {
        required("Node and the SARIF schema in target/sarif (.ci/run installs it)");
        return say(&format!("left out, no Node or no SARIF schema in target/sarif: {name}"));
    }
    let (mixed, sound, logs) = (mixed(), workspace(&[("scorebook.yaml", SETTINGS)]), tempfile::tempdir().expect("a temporary folder"));
    let folders = everything().into_iter().chain([mixed.path().to_owned(), sound.path().to_owned()]);
    let mut command = Command::new("node");
    command.args(["-e", VALIDATE]).current_dir(&room);
    for (at, folder) in folders.enumerate() {
        let path = logs.path().join(format!("{at}.sarif"));
        fs::write(&path, check("sarif", &folder, &[]).1).expect("a file");
        command.arg(path);
    }
    let output = command.output().expect("node runs");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

#[test]
fn sarif_results_say_what_json_says() {
    let folder = mixed();
    let (code, out, err) = check("sarif", folder.path(), &[]);
    assert_eq!((code, err.as_str()), (1, ""));
    let log: Value = serde_json::from_str(&out).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!((text(&log, "version"), text(run, "columnKind")), ("2.1.0", "unicodeCodePoints"));
    let (rules, results) = (run["tool"]["driver"]["rules"].as_array().expect("rules"), run["results"].as_array().expect("results"));
    let findings = findings(folder.path(), &[]);
    assert_eq!(results.len(), findings.len());
    for (result, it) in results.iter().zip(&findings) {
        assert_eq!((text(result, "ruleId"), text(result, "level")), (text(it, "code"), text(it, "severity")));
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small")];
        assert_eq!(text(rule, "id"), text(it, "code"));
        assert!(!text(&rule["shortDescription"], "text").is_empty() && text(&rule["shortDescription"], "text") != text(rule, "id"));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&it["line"], &it["column"]));
        assert_eq!(decoded(text(&place["artifactLocation"], "uri")), text(it, "file"));
        let said = text(&result["message"], "text").replace("{{", "{").replace("}}", "}").replace("\\[", "[").replace("\\]", "]");
        assert_eq!(said, format!("{}\nhelp: {}", text(it, "message"), text(it, "help")));
    }
    assert!(out.contains("objectives/50%25%2C%20m%E1%BB%A5c%20ti%C3%AAu.md"), "{out}");
    assert!(out.contains(r"`K {{0}} \\[x\\](1)`"), "{out}");
    let twice = results.iter().find(|it| text(it, "ruleId") == "duplicate-key").expect("a key given twice");
    assert_eq!(twice["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 3);
    let prints: Vec<&str> = results.iter().map(|it| text(&it["partialFingerprints"], "scorebookFinding/v1")).collect();
    assert_eq!(prints, issues(folder.path()).iter().map(|it| text(it, "fingerprint").to_owned()).collect::<Vec<_>>());
}

/// A percent-encoded path, decoded.
fn decoded(uri: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), uri.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        if *byte == b'%' {
            let digits = std::str::from_utf8(&after[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &after[2..];
        } else {
            bytes.push(*byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// What a report in JUnit's form holds: (file, failure, system-out) of each case, its counts checked.
fn cases(xml: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let document = roxmltree::Document::parse(xml).expect("well-formed XML");
    let root = document.root_element();
    let suite = root.children().find(roxmltree::Node::is_element).expect("a suite");
    assert_eq!(
        (root.tag_name().name(), suite.tag_name().name(), suite.attribute("name")),
        ("testsuites", "testsuite", Some("scorebook check"))
    );
    let cases: Vec<_> = suite
        .children()
        .filter(roxmltree::Node::is_element)
        .map(|case| {
            assert_eq!((case.tag_name().name(), case.attribute("name")), ("testcase", case.attribute("file")));
            let part = |name: &str| {
                let mut all = case.children().filter(|it| it.has_tag_name(name));
                let first = all.next().map(|it| it.text().expect("a text").to_owned());
                assert!(all.next().is_none(), "one {name} a case");
                first
            };
            (case.attribute("name").expect("a name").to_owned(), part("failure"), part("system-out"))
        })
        .collect();
    let failures = cases.iter().filter(|(_, failure, _)| failure.is_some()).count();
    for node in [root, suite] {
        let count = |name: &str| node.attribute(name).expect("a count").parse::<usize>().expect("a number");
        assert_eq!((count("tests"), count("failures"), count("errors")), (cases.len(), failures, 0));
    }
    cases
}

#[test]
fn junit_fails_a_file_with_an_error_and_passes_one_with_warnings() {
    let folder = mixed();
    let (code, out, err) = check("junit", folder.path(), &[]);
    assert_eq!((code, err.as_str()), (1, ""));
    let all = cases(&out);
    let [(wrong, failure, _), (poor, None, Some(said))] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((wrong.as_str(), poor.as_str()), ("objectives/50%, mục tiêu.md", "objectives/c.md"));
    let failure = failure.as_ref().expect("it fails");
    for it in findings(folder.path(), &[]) {
        let wanted = if text(&it, "file") == poor { said } else { failure };
        assert!(text(&it, "severity") == "warning" || wanted.contains(text(&it, "message")), "{wanted}");
    }
    assert!(failure.contains("`much: 5%, <b>&\"`") && said.contains("`K {0} [x](1)`"), "{failure} {said}");
    let (code, denied, _) = check("junit", folder.path(), &["--deny", "warnings"]);
    let denied = cases(&denied);
    assert!(code == 1 && denied.iter().all(|(_, failure, said)| failure.is_some() && said.is_none()), "{denied:?}");
    let sound = workspace(&[("scorebook.yaml", SETTINGS)]);
    let (code, out, _) = check("junit", sound.path(), &["--deny", "warnings"]);
    assert_eq!((code, cases(&out)), (0, vec![("scorebook.yaml".to_owned(), None, None)]));
    for folder in everything() {
        let files: BTreeSet<String> = findings(&folder, &[]).iter().map(|it| text(it, "file").to_owned()).collect();
        assert_eq!(cases(&check("junit", &folder, &[]).1).len(), files.len().max(1), "{}", folder.display());
    }
}

#[test]
fn machines_get_paths_from_where_the_command_runs_people_from_the_workspace() {
    let folder = workspace(&[("plan/scorebook.yaml", SETTINGS), ("plan/objectives/q3/b.md", WRONG), ("elsewhere/x.txt", "x")]);
    let first = |format: &str, from: &str, path: &str| {
        let (_, out, _) = check(format, &folder.path().join(from), &[path]);
        let line = out.lines().next().unwrap_or_default();
        match format {
            "github" => command(line).1.remove(0).1,
            "gitlab" => text(&serde_json::from_str::<Value>(&out).expect("JSON")[0]["location"], "path").to_owned(),
            "sarif" => {
                let log: Value = serde_json::from_str(&out).expect("JSON");
                text(&log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"], "uri").to_owned()
            }
            "junit" => cases(&out).remove(0).0,
            _ => line.split_once(':').expect("a place").0.to_owned(),
        }
    };
    for (from, path, want) in [
        ("", "plan", "plan/objectives/q3/b.md"),
        ("", "./plan/../plan/", "plan/objectives/q3/b.md"),
        ("plan", ".", "objectives/q3/b.md"),
        ("plan/objectives/q3", ".", "b.md"),
        ("", "plan/objectives", "plan/objectives/q3/b.md"),
        ("elsewhere", "../plan", "../plan/objectives/q3/b.md"),
    ] {
        for format in ["github", "gitlab", "sarif", "junit"] {
            assert_eq!(first(format, from, path), want, "{format} from `{from}`");
        }
        assert_eq!(first("short", from, path), "objectives/q3/b.md");
    }
}

#[test]
fn every_form_ends_with_the_same_exit_code_and_notes_stay_off_standard_output() {
    let secret = SOUND.replace("period: 2026-Q3\n", "period: 2026-Q3\nvisibility: restrictd\n");
    let errors = workspace(&[("scorebook.yaml", SETTINGS), ("objectives/b.md", WRONG)]);
    let warnings = workspace(&[("scorebook.yaml", SETTINGS), ("objectives/c.md", POOR)]);
    let mendable = workspace(&[("scorebook.yaml", SETTINGS), ("objectives/a.md", &SOUND.replace("owner: lan", "title: Grow: 30%"))]);
    let hidden = workspace(&[("scorebook.yaml", SETTINGS), ("objectives/a.md", &secret)]);
    for format in ["human", "short", "json", "github", "gitlab", "sarif", "junit"] {
        assert_eq!(check(format, errors.path(), &[]).0, 1, "{format}");
        assert_eq!(check(format, warnings.path(), &[]).0, 0, "{format}");
        assert_eq!(check(format, warnings.path(), &["--deny", "warnings"]).0, 1, "{format}");
        assert_eq!(check(format, errors.path(), &["nowhere"]).0, 2, "{format}");
        let (_, out, err) = check(format, mendable.path(), &["--fix", "--dry-run"]);
        assert!(if format == "human" { &out } else { &err }.contains("+title: \"Grow: 30%\""), "{format}: {out}{err}");
        assert!(format == "human" || out == check(format, mendable.path(), &[]).1, "{format}: {out}");
        let (code, out, err) = check(format, hidden.path(), &["--audience", "internal"]);
        assert!(code == 1 && err.contains("1 error lies in what this audience may not see") && !out.contains("audience"), "{out}{err}");
    }
}
