//! `schema`: judged by a validator and a YAML reader that we did not write – ajv and `yaml`, as editors use them, on Node –
//! against the meta-schema, every file that loads and mistakes that must not pass. They are taken from `target/schema`,
//! where `.ci/run` puts them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    browser::{required, say},
    cli::{run, workspace},
};

const KINDS: [&str; 9] = ["config", "objective", "kpi", "check-in", "department", "person", "report", "page", "export"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema(arguments: &[&str]) -> Value {
    let (code, out, err) = run(&[&["schema"], arguments].concat(), root());
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
    assert!(out.starts_with("{\n  \"$") && out.ends_with("}\n"), "pretty, with a line feed at the end");
    serde_json::from_str(&out).expect("JSON")
}

/// Every key of every map, with its place.
fn described(schema: &Value, at: &str, each: &mut dyn FnMut(&str, &Value)) {
    let Some(object) = schema.as_object() else { return };
    for (name, property) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
        each(&format!("{at}.{name}"), property);
    }
    for (name, inner) in object {
        match inner {
            Value::Object(_) => described(inner, &format!("{at}/{name}"), each),
            Value::Array(items) => items.iter().for_each(|item| described(item, &format!("{at}/{name}"), each)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

#[test]
fn every_key_is_described_in_every_language() {
    for (language, other) in [("en", "x-description-vi"), ("vi", "x-description-en")] {
        for kind in KINDS.map(Some).into_iter().chain([None]) {
            let arguments: Vec<&str> = kind.into_iter().chain(["--language", language]).collect();
            let schema = schema(&arguments);
            let mut seen = 0;
            described(&schema, kind.unwrap_or("all"), &mut |place, property| {
                let texts = ["description", other].map(|name| property[name].as_str().unwrap_or_default());
                assert!(texts.iter().all(|text| text.chars().count() > 5), "{place} lacks words: {property}");
                assert!(texts[0] != texts[1], "{place}");
                seen += 1;
            });
            assert!(seen > 3, "{kind:?} has {seen} keys");
            assert!(["title", "description", other].iter().all(|name| schema[name].is_string()), "{kind:?}");
        }
    }
}

#[test]
fn the_language_is_the_workspaces_unless_one_is_asked_for() {
    let folder = workspace(&[("scorebook.yaml", "language: vi\n")]);
    let title = |arguments: &[&str], folder: &Path| -> String {
        let (_, out, _) = run(&[&["schema", "objective"], arguments].concat(), folder);
        serde_json::from_str::<Value>(&out).expect("JSON")["title"].as_str().expect("a title").to_owned()
    };
    assert_eq!(title(&[], folder.path()), "Mục tiêu");
    assert_eq!(title(&["--language", "en"], folder.path()), "Objective");
    let nowhere = tempfile::tempdir().expect("a folder");
    assert_eq!(title(&[], nowhere.path()), "Objective");
    assert_eq!(run(&["schema", "objective", "--language", "xx"], nowhere.path()).0, 2);
    assert_eq!(run(&["schema", "goal"], nowhere.path()).0, 2);
}

/// Reads cases from its input and says which are what they should not be.
const JUDGE: &str = r"
const Ajv = require('ajv/dist/2020').default, yaml = require('yaml');
const ajv = new Ajv({allErrors: true, strict: true, strictTypes: false, strictRequired: false});
ajv.addVocabulary(['x-title-en', 'x-title-vi', 'x-description-en', 'x-description-vi']);
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
const {schemas, cases} = JSON.parse(require('fs').readFileSync(0, 'utf8')), judges = {};
for (const [name, schema] of Object.entries(schemas)) {
  if (!ajv.validateSchema(schema)) console.log(name + ' is no schema: ' + ajv.errorsText());
  judges[name] = ajv.compile(schema);
}
for (const {name, schema, text, wanted} of cases) {
  let value;
  try { value = yaml.parse(text, {version: '1.2', logLevel: 'silent'}) ?? {}; } catch (error) { console.log(name + ': ' + error.message); continue; }
  const valid = judges[schema](value);
  if (valid !== (wanted === 'sound')) console.log(`${name} by ${schema} is not ${wanted}: ${ajv.errorsText(judges[schema].errors)}`);
}
console.log(cases.length + ' judged');
";

fn judge(test: &str, cases: &[Value]) {
    let room = root().join("target/schema");
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !room.join("node_modules/ajv").is_dir() || !room.join("node_modules/yaml").is_dir() || !node.is_ok_and(|it| it.success()) {
        required("Node, and ajv and yaml in target/schema (.ci/run installs them)");
        return say(&format!("left out, no Node or no ajv and yaml in target/schema: {test}"));
    }
    let mut schemas: BTreeMap<&str, Value> = KINDS.into_iter().map(|kind| (kind, schema(&[kind]))).collect();
    schemas.insert("all", schema(&[]));
    let input = tempfile::NamedTempFile::new().expect("a file");
    fs::write(input.path(), json!({"schemas": schemas, "cases": cases}).to_string()).expect("it takes every byte");
    let mut command = Command::new("node");
    command.arg("-e").arg(JUDGE).current_dir(&room).stdin(fs::File::open(input.path()).expect("it is there"));
    let output = command.output().expect("node runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.trim() == format!("{} judged", cases.len()), "{out}{err}");
}

fn case(name: &str, schema: &str, text: &str, wanted: &str) -> Value {
    json!({"name": name, "schema": schema, "text": text, "wanted": wanted})
}

/// The case folders of tests/it/mistakes and the sample companies.
fn companies() -> Vec<PathBuf> {
    let cases = fs::read_dir(root().join("tests/it/mistakes")).expect("the cases").map(|it| it.expect("an entry").path());
    cases.chain(["sao-mai", "harbor-lane"].map(|it| root().join("sample-data").join(it))).collect()
}

/// A file's YAML with its kind, by folder or `type`.
fn head(path: &Path, below: &Path) -> Option<(&'static str, String)> {
    let text = fs::read_to_string(path).ok()?.replace("\r\n", "\n");
    if path.ends_with("scorebook.yaml") {
        return Some(("config", text));
    }
    let (head, _) = text.strip_prefix("---\n")?.split_once("\n---")?;
    let typed = head.lines().find_map(|line| line.strip_prefix("type: "));
    let folder = path.strip_prefix(below).ok()?.components().next()?.as_os_str().to_str()?.to_owned();
    let folders = [("objectives", "objective"), ("check-ins", "check-in"), ("people", "person")];
    let of_folder =
        folders.into_iter().find(|(name, _)| *name == folder).map_or_else(|| folder.trim_end_matches('s').to_owned(), |it| it.1.to_owned());
    let kind = typed.map_or(of_folder, str::to_owned);
    Some((KINDS.into_iter().find(|known| *known == kind)?, head.to_owned()))
}

/// Every file of every company, with the codes of its findings.
fn files() -> Vec<(String, &'static str, String, BTreeSet<String>)> {
    let mut all = Vec::new();
    for company in companies() {
        let (_, out, _) = run(&["check", "--format", "json", "--as-of", "2026-08-14"], &company);
        let document: Value = serde_json::from_str(&out).expect("JSON");
        let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for it in document["findings"].as_array().expect("a list") {
            let of = |key: &str| it[key].as_str().expect("a text").to_owned();
            let code = if of("severity") == "error" { of("code") } else { "warning".to_owned() };
            codes.entry(of("file")).or_default().insert(code);
        }
        for entry in walkdir::WalkDir::new(&company).sort_by_file_name() {
            let path = entry.expect("readable").into_path();
            let name = path.strip_prefix(&company).expect("below it").to_string_lossy().replace('\\', "/");
            if path.is_file()
                && let Some((kind, text)) = head(&path, &company)
            {
                all.push((format!("{}/{name}", company.display()), kind, text, codes.remove(&name).unwrap_or_default()));
            }
        }
    }
    all
}

#[test]
fn what_loads_passes_and_strange_keys_do_not() {
    let mut cases = Vec::new();
    for (name, kind, text, codes) in files() {
        let errors: Vec<&String> = codes.iter().filter(|code| *code != "warning").collect();
        if errors.is_empty() {
            cases.push(case(&name, kind, &text, "sound"));
            if kind != "config" {
                cases.push(case(&name, "all", &text, "sound"));
            }
        } else if codes.contains("unknown-key") && !codes.contains("duplicate-key") && !codes.contains("syntax") {
            cases.push(case(&name, kind, &text, "refused"));
        }
    }
    assert!(cases.iter().filter(|it| it["wanted"] == "sound").count() > 150, "{}", cases.len());
    assert!(cases.iter().any(|it| it["wanted"] == "refused"));
    judge("what_loads_passes_and_strange_keys_do_not", &cases);
}

#[test]
fn every_way_of_writing_passes_and_usual_mistakes_do_not() {
    // The loader's word on each, so that the schema's is not only ours.
    let rows: &[(&str, &str, &str)] = &[
        ("config", "", "sound"),
        ("config", "title: 2026\nlanguage: en\nmore_languages: vi\nkpi_cap: 1.2\nx-own: {a: [1]}\n", "sound"),
        ("config", "departments: {a: Sales, b: {name: Shops}, c: }\npeople: {lan: Lan}\nbrand: {x-font: Inter}\n", "sound"),
        (
            "config",
            "lints: {overdue: off, no-owner: error}\nfiscal_year_start: '4'\nutc_offset: '+07:00'\ncheck_in_every: two weeks\n",
            "sound",
        ),
        ("config", "lints: {overdu: off}\n", "refused"),
        ("config", "lints: {overdue: never}\n", "refused"),
        ("config", "fiscal_year_start: 13\n", "refused"),
        ("config", "check_in_evry: week\n", "refused"),
        ("config", "check_in_every: day\n", "refused"),
        ("config", "outputs: {dir: site}\n", "refused"),
        ("config", "outputs: [{audience: public}]\n", "refused"),
        ("config", "departments: [sales]\n", "refused"),
        ("config", "as_of: 14/08/2026\n", "refused"),
        ("objective", "{period: 2026, weight: 40%, owner: null, status: canceled, aliases: old}", "sound"),
        (
            "objective",
            "{period: Quý 3/2026, key_results: [{title: A, start: 1, target: TBD}, {title: B, start: '1,5', target: 2 tỷ, weight: 0}]}",
            "sound",
        ),
        (
            "objective",
            "{period: 2026-Q3, check_ins: [{date: 2026-07-20, values: {kr1: 5}, confidence: Tốt}], key_results: [{title: A, start: 1, target: 9}]}",
            "sound",
        ),
        (
            "objective",
            "{period: 2026-Q3, key_results: [Only words, {title: B, between: [1, null]}], initiatives: [Do it, {title: C, by: 2026-08-01T09:30}]}",
            "sound",
        ),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, milestones: [Plan, {title: Work, due: 2026-08-01, done: }]}]}", "sound"),
        ("objective", "{period: 2026-Q3, allow: {no-owner: because}, cancelled: {on: 2026-08-01}, x-mine: 1}", "sound"),
        ("objective", "{period: 2026-Q3, allow: {no-owner: }}", "refused"),
        ("objective", "{period: 2026-Q3, comitment: committed}", "refused"),
        ("objective", "{period: 2026-Q3, commitment: maybe}", "refused"),
        ("objective", "{period: soon}", "refused"),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, tagret: 4, start: 1}]}", "refused"),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, start: 1, target: many}]}", "refused"),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, start: 1, target: 9, weight: -1}]}", "refused"),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, at_least: [1]}]}", "refused"),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, between: [1, 2, 3]}]}", "refused"),
        ("objective", "{period: 2026-Q3, key_results: [{title: A, milestones: [{due: 2026-08-01}]}]}", "refused"),
        ("objective", "{period: 2026-Q3, check_ins: [{values: {kr1: 5}}]}", "refused"),
        ("objective", "{period: 2026-Q3, status: at risk}", "refused"),
        ("objective", "{type: objective, period: 2026-Q3, author: lan}", "refused"),
        (
            "check-in",
            "{date: 2026-07-20, objective: a, values: {kr1: 5}, confidence: {kr1: Ổn}, status: At risk, finished: One thing}",
            "sound",
        ),
        (
            "check-in",
            "{date: 2026-07-20, objective: a, values: {kr1: , kr2: 'TBD'}, help: A van, next: {what: Call, by: 2026-08-01}, score: 70%}",
            "sound",
        ),
        ("check-in", "{date: 2026-07-20, values: {a/kr1: 5}, confidence: 11}", "refused"),
        ("check-in", "{date: 2026-07-20, values: {a/kr1: 5}, outcome: maybe}", "refused"),
        ("check-in", "{date: 2026-07-20, values: [5], objective: a}", "refused"),
        ("check-in", "{date: 20.7.2026, objective: a}", "refused"),
        ("check-in", "{date: 2026-07-20, objective: a, next: [{who: lan}]}", "refused"),
        (
            "kpi",
            "{department: a, unit: VND, better: higher, every: month, target: {2026-01: 450tr, 2026-07: 500tr}, amber: 10%, pay_linked: true, bounds: [0, null]}",
            "sound",
        ),
        ("kpi", "{better: within, target: {2026-01: [18, 22]}, every: week, aggregate: last, weight: 2, group: Kho}", "sound"),
        (
            "kpi",
            "{values: {2026-01: 430 triệu, 2026-03: TBD, 2026-04: {minh: 118}}, assigned: {minh: {target: 120, weight: 40%}}, rebase: 2026-04, supports: a}",
            "sound",
        ),
        (
            "kpi",
            "{data: {file: a.csv, period: thang, value: v, where: {cua_hang: Quận 3}}, baseline: 2025-01..2025-12, events: {2026-06: New}, scale: [{from: 1, points: 1}]}",
            "sound",
        ),
        ("kpi", "{data: {file: a.csv, date: thang, value: v, target: v}}", "sound"),
        ("kpi", "{better: bigger}", "refused"),
        ("kpi", "{values: {soon: 1}}", "refused"),
        ("kpi", "{data: {period: thang}}", "refused"),
        ("kpi", "{scale: [{from: 1}]}", "refused"),
        ("kpi", "{assigned: {minh: {share: 1}}}", "refused"),
        ("page", "{title: A, order: 2}", "sound"),
        ("page", "{title: A, owner: lan}", "refused"),
        ("person", "{name: Lan, role: Head, visibility: secret}", "refused"),
    ];
    let folders = [("objective", "objectives"), ("kpi", "kpis"), ("check-in", "check-ins"), ("page", "pages"), ("person", "people")];
    let mut cases = Vec::new();
    for (kind, text, wanted) in rows {
        let path = folders.iter().find(|(name, _)| name == kind).map(|(_, folder)| format!("{folder}/z.md"));
        let file = path.as_ref().map(|path| (path.as_str(), format!("---\n{text}\n---\n")));
        let known =
            "---\nperiod: 2026-Q3\nowner: lan\nkey_results: [{title: A, start: 0, target: 9}, {title: B, start: 0, target: 9}]\n---\n";
        let settings = if *kind == "config" { text } else { "language: vi\n" };
        let table = ("a.csv", "thang;v;cua_hang\n2026-01;5,5;Quận 3\n");
        let mut files = vec![("scorebook.yaml", settings), ("objectives/a.md", known), table];
        files.extend(file.as_ref().map(|(path, text)| (*path, text.as_str())));
        let folder = workspace(&files);
        let (code, out, err) = run(&["check", "--format", "short", "--as-of", "2026-08-14"], folder.path());
        assert_eq!(code, i32::from(*wanted == "refused"), "{kind} {text}: {out}{err}");
        cases.push(case(text, kind, text, wanted));
        if *kind != "config" && *wanted == "sound" {
            cases.push(case(text, "all", text, wanted));
        }
    }
    // Of reports the loader has no word yet.
    let later = [
        ("report", "{period: 2026-09, department: a}", "sound"),
        ("report", "{month: 2026-09}", "refused"),
        ("all", "{type: page, owner: lan}", "refused"),
        ("all", "{title: A}", "sound"),
        ("all", "{ownr: lan}", "refused"),
    ];
    cases.extend(later.map(|(kind, text, wanted)| case(text, kind, text, wanted)));
    judge("every_way_of_writing_passes_and_usual_mistakes_do_not", &cases);
}

#[test]
fn the_export_is_what_its_schema_says() {
    let mut cases = Vec::new();
    for company in companies() {
        for audience in ["public", "restricted"] {
            let arguments = ["export", "--drafts", "--audience", audience, "--as-of", "2026-08-14"];
            let (_, out, _) = run(&arguments, &company);
            cases.push(case(&company.display().to_string(), "export", &out, "sound"));
            cases.push(case("one version on", "export", &out.replacen("\"schema_version\":1", "\"schema_version\":2", 1), "refused"));
            let renamed = out.replacen("\"as_of\"", "\"day\"", 1);
            cases.push(case("a key that is missing", "export", &renamed, "refused"));
        }
    }
    judge("the_export_is_what_its_schema_says", &cases);
}
