//! Nothing in an author's file may crash the program, hang it or eat memory: each of these folders ends with 0 or 1, what
//! was not read is a finding, the rest is built, and no page holds markup that an author wrote.
//!
//! No test is timed: one that a hang would hold up holds up the whole run.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use scraper::{Html, Selector};
use tempfile::TempDir;

const SOUND: &str = "---\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {title: K, start: 0, target: 10}\n  - {title: L, start: 0, target: 10}\n---\n# Sound\n";

/// A workspace with one sound objective, and what somebody hostile put beside it.
fn beside_a_sound_goal(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in [("scorebook.yaml", &b""[..]), ("objectives/sound.md", SOUND.as_bytes())].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

/// What is left when the program has been through a folder.
struct Aftermath {
    /// `code file` of each finding.
    findings: Vec<String>,
    /// What `check` says on a terminal.
    said: String,
    /// Pages by path.
    pages: BTreeMap<String, String>,
}

impl Aftermath {
    fn has(&self, finding: &str) -> bool {
        self.findings.iter().any(|it| it == finding)
    }

    fn needs(&self, finding: &str) {
        assert!(self.has(finding), "no `{finding}` in {:?}", self.findings.iter().take(20).collect::<Vec<_>>());
    }
}

fn scorebook(folder: &Path, arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorebook"));
    command.args(arguments).current_dir(folder).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    let output = command.output().expect("the program runs");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {:?}: {}", output.status, &err[..err.len().min(4000)]);
    (String::from_utf8(output.stdout).expect("UTF-8"), err)
}

/// Checks and builds a folder: the sound goal must be there, and every page clean.
fn survives(folder: &Path) -> Aftermath {
    survives_on(folder, "2026-07-20")
}

fn survives_on(folder: &Path, day: &str) -> Aftermath {
    let (json, _) = scorebook(folder, &["check", "--format", "json", "--as-of", day]);
    let document: serde_json::Value = serde_json::from_str(&json).expect("one JSON document");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let all = document["findings"].as_array().expect("a list");
    let findings = all.iter().map(|it| format!("{} {}", text(&it["code"]), text(&it["file"]))).collect();
    let (_, said) = scorebook(folder, &["check", "--as-of", day]);
    assert!(!said.contains(hidden), "a terminal is told what it would not show");
    scorebook(folder, &["build", "-q", "--as-of", day]);
    let pages = pages(&folder.join("site"));
    assert!(pages.contains_key("objectives/sound.html"), "the rest is built");
    pages.iter().for_each(|(path, page)| clean(path, page));
    Aftermath { findings, said, pages }
}

fn survive(files: &[(&str, &[u8])]) -> Aftermath {
    survives(beside_a_sound_goal(files).path())
}

/// What moves a cursor, changes the order of letters or takes no room.
fn hidden(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn pages(site: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(site).into_iter().map(|it| it.expect("readable").into_path());
    files
        .filter(|it| it.extension().is_some_and(|it| it == "html"))
        .map(|path| {
            let name = path.strip_prefix(site).expect("below it").to_string_lossy().into_owned();
            (name, String::from_utf8(fs::read(&path).expect("readable")).expect("UTF-8"))
        })
        .collect()
}

/// Nothing runs, nothing is fetched from elsewhere, and no link leads to a script.
fn clean(path: &str, page: &str) {
    assert!(!page.contains('\0'), "{path} holds a NUL");
    let document = Html::parse_document(page);
    let all = Selector::parse("*").expect("a selector");
    for element in document.select(&all) {
        let name = element.value().name();
        let ours = !matches!(name, "script" | "iframe" | "object" | "embed" | "base" | "style" | "form" | "input" | "video" | "marquee");
        assert!(ours, "{path}: <{name}>");
        for (key, value) in element.value().attrs() {
            assert!(!key.starts_with("on") && key != "style" && key != "srcset", "{path}: <{name} {key}={value}>");
            if matches!(key, "href" | "src" | "action" | "formaction" | "xlink:href" | "cite" | "poster" | "background") {
                let bare: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                let scheme = bare.split(['/', '?', '#']).next().and_then(|it| it.split_once(':')).map(|(scheme, _)| scheme.to_lowercase());
                let allowed = scheme.as_deref().is_none_or(|it| matches!(it, "http" | "https" | "mailto" | "tel"));
                assert!(allowed && !bare.starts_with("//"), "{path}: <{name} {key}={value}>");
                assert!(key == "href" || scheme.is_none(), "{path}: <{name} {key}={value}> leaves the site");
            }
        }
    }
}

/// An objective with these lines in its head and this text.
fn goal(head: &str, body: &str) -> String {
    format!("---\nperiod: 2026-Q3\n{head}---\n{body}")
}

const KEY_RESULT: &str = "key_results:\n  - {title: K, start: 0, target: 10}\n";

/// Many files at once, each of which must have a finding of one of these codes.
fn each_is_found(files: &[(String, Vec<u8>)], codes: &[&str]) -> Aftermath {
    let all: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let told = survive(&all);
    for (path, bytes) in files {
        let found = codes.iter().any(|code| told.has(&format!("{code} {path}")));
        assert!(
            found,
            "{path}, {}…: {:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(60)]),
            told.findings.iter().take(20).collect::<Vec<_>>()
        );
    }
    told
}

fn objectives(texts: &[String]) -> Vec<(String, Vec<u8>)> {
    texts.iter().enumerate().map(|(at, text)| (format!("objectives/a{at:02}.md"), text.clone().into_bytes())).collect()
}

#[test]
fn yaml_that_grows_when_it_is_read() {
    let mut bomb = String::from("x-a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (name, before) in ('b'..='i').zip('a'..) {
        let all = format!("*{before}, ").repeat(9);
        bomb.push_str(&format!("x-{name}: &{name} [{}]\n", all.trim_end_matches(", ")));
    }
    let merge = format!("x-m: &m {{a: 1}}\n{KEY_RESULT}<<: *m\n");
    each_is_found(&objectives(&[goal(&bomb, ""), goal(&merge, "")]), &["syntax"]);
    survive(&[("scorebook.yaml", bomb.as_bytes())]).needs("syntax scorebook.yaml");
}

#[test]
fn yaml_that_is_nested_without_end() {
    let deep = |open: &str, close: &str| format!("title: {}{}\n", open.repeat(10_000), close.repeat(10_000));
    let indented: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let heads = [
        deep("[", ""),
        deep("[", "]"),
        deep("{a: ", "}"),
        deep("{", ""),
        deep("[{", "}]"),
        format!("key_results:\n{}x\n", "- ".repeat(10_000)),
        format!("key_results:\n{}x\n", "? ".repeat(10_000)),
        format!("key_results:\n{}x\n", "! ".repeat(10_000)),
        format!("title: {}\n", "\"".repeat(10_001)),
        format!("title: {}\n", "'".repeat(10_001)),
        format!("title: \"{}", "\\\n".repeat(10_000)),
        "a: ".repeat(10_000) + "\n",
        "?".repeat(10_000) + "\n",
        ":".repeat(10_000) + "\n",
        "\n".repeat(10_000) + "{",
        "%\n".repeat(10_000),
        indented,
    ];
    each_is_found(&objectives(&heads.each_ref().map(|head| goal(head, ""))), &["syntax", "unknown-key", "missing-key"]);
    for at in [0, 5, 16] {
        survive(&[("scorebook.yaml", heads[at].as_bytes())]).needs("syntax scorebook.yaml");
    }
}

/// A text in every place where Markdown stands: an objective's body, a check-in's, a note, a page.
fn in_every_text(at: usize, markdown: &str) -> [(String, Vec<u8>); 3] {
    let note = markdown.replace(['\n', '\r', '\0'], " ").replace('\'', "''");
    let head = format!("{KEY_RESULT}check_ins:\n  - {{date: 2026-07-06, values: {{kr1: 1}}, note: '{note}'}}\n");
    [
        (format!("objectives/a{at:02}.md"), goal(&head, &format!("# A\n\n{markdown}\n")).into_bytes()),
        (format!("check-ins/2026-07-13-{at}.md"), format!("---\nobjective: sound\nvalues: {{kr1: 5}}\n---\n{markdown}\n").into_bytes()),
        (format!("pages/p{at:02}.md"), format!("---\ntitle: P\n---\n{markdown}\n").into_bytes()),
    ]
}

#[test]
fn markdown_that_is_nested_without_end() {
    let mut files = Vec::new();
    for (at, open) in ["> ", ">", "- ", "1. ", "> - ", ">\t- "].iter().enumerate() {
        files.extend(in_every_text(at, &format!("{}x", open.repeat(50_000))));
    }
    let told = each_is_found(&files, &["syntax"]);
    let page = Html::parse_document(&told.pages["pages/p00.html"]);
    let code = page.select(&Selector::parse("main pre").expect("a selector")).next().expect("the text shows as it is written");
    assert!(code.text().collect::<String>().starts_with("> > > > "));
}

#[test]
fn markdown_whose_lines_are_looked_at_again_for_each_level() {
    let lazy = format!("{}x\n{}", ">".repeat(100_000), "y\n".repeat(300_000));
    let blank = format!("{}x\n{}", "- ".repeat(100_000), "\n".repeat(300_000));
    let most = format!("{}x\n{}", ">".repeat(64), "y\n".repeat(100_000));
    let page = |text: &str| format!("---\ntitle: P\n---\n{text}").into_bytes();
    let told = survive(&[("pages/a.md", &page(&lazy)), ("pages/b.md", &page(&blank)), ("pages/c.md", &page(&most))]);
    told.needs("syntax pages/a.md");
    told.needs("syntax pages/b.md");
    assert!(!told.has("syntax pages/c.md"));
}

#[test]
fn marks_of_markdown_by_the_ten_thousand() {
    let growing: String = (1..300).map(|n| "`".repeat(n) + " ").collect();
    let texts = [
        "*".repeat(50_000),
        "*a ".repeat(50_000),
        "**a _b ".repeat(25_000),
        "*a**b ".repeat(25_000),
        "a**b".repeat(25_000) + &"c*d".repeat(25_000),
        "*a **b ".repeat(10_000) + &"c** d* ".repeat(10_000),
        "~~a ".repeat(25_000),
        "[".repeat(50_000),
        "[a](".repeat(25_000),
        "![[]()".repeat(2_000),
        "[a][".repeat(25_000),
        "[".repeat(25_000) + "a" + &"](b)".repeat(25_000),
        "![".repeat(5_000) + "a" + &"](b)".repeat(5_000),
        "`".repeat(50_000),
        "`a``b".repeat(20_000),
        growing,
        "<".repeat(50_000),
        "<a ".repeat(25_000),
        "<!--".repeat(25_000),
        "<?".repeat(25_000),
        "<![CDATA[".repeat(10_000),
        "&amp".repeat(25_000),
        "\\".repeat(50_001),
        "[^a]".repeat(25_000),
        "a@b".repeat(25_000),
        "|a".repeat(25_000) + "\n" + &"|-".repeat(25_000),
        "|a".repeat(2_000) + "|\n" + &"|-".repeat(2_000) + "|\n" + &"|\n".repeat(20_000),
        "[a]: /".to_owned() + &"x".repeat(20_000) + "\n\n" + &"[a] ".repeat(20_000),
        "#".repeat(50_000),
        "=\n".repeat(25_000),
        "---\n".repeat(10_000),
    ];
    let files: Vec<(String, Vec<u8>)> = texts.iter().enumerate().flat_map(|(at, text)| in_every_text(at, text)).collect();
    let told = survive(&files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    assert!(told.pages.contains_key("pages/p30.html"));
}

#[test]
fn links_to_nowhere_by_the_ten_thousand() {
    let told = survive(&[("pages/a.md", ("---\ntitle: P\n---\n".to_owned() + &"[a](b)\n".repeat(50_000)).as_bytes())]);
    assert_eq!(told.findings.iter().filter(|it| *it == "broken-link pages/a.md").count(), 50_000);
}

#[test]
fn files_that_are_too_large_are_not_read_whole() {
    let line = vec![b'x'; 64 << 20];
    let folder = beside_a_sound_goal(&[("objectives/a.md", &line), ("scorebook.yaml", &[b"title: ", line.as_slice()].concat())]);
    // A sparse file: it takes no room on the disk, and would take a gigabyte of memory.
    let sparse = |path: &str| {
        fs::create_dir_all(folder.path().join(path).parent().expect("below the folder")).expect("a folder");
        fs::File::create(folder.path().join(path)).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
    };
    sparse("objectives/b.md");
    sparse("data/large.csv");
    fs::write(folder.path().join("objectives/c.md"), goal(KEY_RESULT, "[x](../data/large.csv)")).expect("a file");
    let told = survives(folder.path());
    for file in ["objectives/a.md", "scorebook.yaml", "objectives/b.md", "objectives/c.md"] {
        told.needs(&format!("too-large {file}"));
    }
    assert!(told.said.len() < 10_000, "of a line, as much is shown as fits a screen");
    assert!(!folder.path().join("site/assets/files/data/large.csv").exists());
}

#[test]
fn bytes_that_are_no_text() {
    let text = goal("owner: lan\nkey_results:\n  - {title: Café, start: 0, target: 10}\n", "# Café\n");
    let utf16 = |mark: bool, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = if mark { "\u{feff}".to_owned() + &text } else { text.clone() };
        marked.encode_utf16().flat_map(order).collect()
    };
    let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("it is in Latin-1")).collect();
    let files: Vec<(String, Vec<u8>)> = [
        utf16(true, u16::to_le_bytes),
        utf16(true, u16::to_be_bytes),
        utf16(false, u16::to_le_bytes),
        utf16(false, u16::to_be_bytes),
        latin1,
        text.replace("lan", "l\0n").into_bytes(),
        text.replace("# C", "# \0C").into_bytes(),
        vec![0; 1000],
        vec![0xff; 1000],
        b"\x7fELF\x02\x01\x01\0".to_vec(),
        [text.as_bytes(), b"\xed\xa0\x80"].concat(),
        [text.as_bytes(), b"\xc0\xaf"].concat(),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, bytes)| (format!("objectives/a{at:02}.md"), bytes))
    .collect();
    each_is_found(&files, &["not-utf8"]);
    survive(&[("scorebook.yaml", &utf16(true, u16::to_le_bytes))]).needs("not-utf8 scorebook.yaml");
    let bom = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert!(!survive(&[("objectives/a.md", bom.as_bytes())]).has("not-utf8 objectives/a.md"));
}

#[test]
fn what_cannot_be_seen_is_shown_as_a_mark() {
    let hidden_in = |text: &str| text.replace('@', "\u{202e}\u{200b}\u{2066}\u{ad}\u{feff}\u{1b}[2J\u{7f}\u{85}\u{e0041}");
    let told = survive(&[
        ("scorebook.yaml", b"title: \"a\\u202eb\\0c\\e[31m\\x07\"\nlanguag\\u0065: x\n"),
        (
            "objectives/a.md",
            hidden_in(&goal("own@er: x\nowner: '@'\nkey_results:\n  - {title: 'K@', start: 0, target: '@'}\n", "# T@\n\nx@y [a](@)\n"))
                .as_bytes(),
        ),
        (
            "objectives/b.md",
            goal("owner: \"\\0\\e\\u202e\"\nkey_results:\n  - {title: \"\\0\\e[2J\", start: 0, target: \"\\e\\0\"}\n", "").as_bytes(),
        ),
    ]);
    for finding in ["unknown-key scorebook.yaml", "unknown-key objectives/a.md", "bad-number objectives/a.md", "bad-number objectives/b.md"]
    {
        told.needs(finding);
    }
    assert!(told.said.contains('\u{fffd}') && told.said.contains("\\u{202e}"), "{}", told.said);
}

#[cfg(unix)]
#[test]
fn names_that_no_page_can_have() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let evil = "a\n\"'<b>\u{202e}\u{1b}[2J{{ x }}`.md";
    let long = "t".repeat(252) + ".md";
    let wide = "ế".repeat(84) + ".md";
    let sound = goal(KEY_RESULT, "");
    let of_department = goal(KEY_RESULT, "").replacen("---\n", "---\ndepartment: zkho\n", 1);
    let broken = goal("owner: [\n", "");
    let folder = beside_a_sound_goal(&[
        (&format!("objectives/{evil}"), broken.as_bytes()),
        (&format!("check-ins/{evil}"), b"---\nobjective: sound\ndate: 2026-07-13\nvalues: {kr1: 3}\n---\n"),
        (&format!("objectives/{long}"), sound.as_bytes()),
        (&format!("objectives/{wide}"), sound.as_bytes()),
        ("objectives/z.md", of_department.as_bytes()),
        (&format!("pages/{long}"), b"---\ntitle: P\n---\n[x](../data/a%0Ab.txt) [y](../static/c:x)\n"),
        ("data/a\nb.txt", b"x"),
        ("static/a\nb", b"x"),
        ("static/c:x", b"x"),
        ("static/\\x", b"x"),
        ("static/a\\..\\b", b"x"),
        ("static/objectives", b"x"),
        ("static/assets/files", b"x"),
        ("static/data", b"x"),
        ("static/badges/departments/zkho.svg", b"x"),
        ("static/badges/own.svg", b"x"),
        ("static/index.html/x", b"x"),
        ("static/kept.txt", b"x"),
    ]);
    for bytes in [&b"objectives/\xff.md"[..], b"objectives/\xed\xa0\x80", b"static/\xff"] {
        fs::write(folder.path().join(OsStr::from_bytes(bytes)), &sound).expect("a file");
    }
    let told = survives(folder.path());
    told.needs(&format!("syntax objectives/{evil}"));
    assert!(told.said.contains("not UTF-8") || told.said.contains("UTF-8"), "{}", told.said);
    assert!(folder.path().join("site/kept.txt").is_file() && folder.path().join("site/objectives/sound.html").is_file());
    let badge = |name: &str| fs::read_to_string(folder.path().join("site/badges").join(name)).expect("a badge");
    assert!(badge("departments/zkho.svg").starts_with("<svg") && badge("own.svg") == "x");
    assert!(told.pages.keys().filter(|it| it.starts_with("objectives/t") || it.starts_with("objectives/e")).count() == 2);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_what_cannot_be_opened() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = beside_a_sound_goal(&[("objectives/closed/a.md", goal(KEY_RESULT, "").as_bytes())]);
    let at = |path: &str| folder.path().join(path);
    symlink(folder.path(), at("objectives/loop")).expect("a link");
    symlink("b.md", at("objectives/a.md")).expect("a link");
    symlink("a.md", at("objectives/b.md")).expect("a link");
    symlink("/dev/zero", at("objectives/zero.md")).expect("a link");
    fs::create_dir_all(at("static")).expect("a folder");
    symlink("/dev/zero", at("static/zero")).expect("a link");
    symlink("..", at("static/up")).expect("a link");
    fs::set_permissions(at("objectives/closed"), fs::Permissions::from_mode(0o000)).expect("it is ours");
    let may_read_all = fs::read_dir(at("objectives/closed")).is_ok();
    let told = survives(folder.path());
    fs::set_permissions(at("objectives/closed"), fs::Permissions::from_mode(0o700)).expect("it is ours");
    if may_read_all {
        println!("skipped for one who may read all: objectives/closed");
    } else {
        assert!(told.said.contains("objectives/closed"), "{}", told.said);
    }
    assert!(!at("site/zero").exists() && !told.pages.contains_key("objectives/zero.html"));
}

#[test]
fn too_many_of_everything_in_one_file() {
    let many = |count: usize, line: &dyn Fn(usize) -> String| -> String { (0..count).map(line).collect() };
    let rows = [
        (goal(&(many(5_000, &|n| format!("k{n}: 1\n")) + KEY_RESULT), ""), "unknown-key"),
        (goal(&("key_results:\n".to_owned() + &many(20_000, &|n| format!("  - {{title: K{n}, start: 0, target: 1}}\n"))), ""), "syntax"),
        (
            goal(&format!("{KEY_RESULT}check_ins:\n{}", many(100_000, &|n| format!("  - {{date: 2026-07-{:02}}}\n", n % 28 + 1))), ""),
            "too-large",
        ),
        (
            goal(&format!("{KEY_RESULT}check_ins:\n{}", many(30_000, &|n| format!("  - {{date: 2026-07-{:02}}}\n", n % 28 + 1))), ""),
            "syntax",
        ),
        (goal(&("key_results:\n".to_owned() + &many(1_000, &|_| "  - {id: a, start: 0, target: 1}\n".to_owned())), ""), "duplicate-id"),
        (goal(&many(5_000, &|_| "owner: a\n".to_owned()), ""), "duplicate-key"),
        (goal(&format!("aliases: [{}]\n{KEY_RESULT}", "t".repeat(100_000)), ""), "no-owner"),
        (
            goal(&format!("initiatives:\n{}{KEY_RESULT}", many(1_000, &|n| format!("  - {{title: x, for: kr{n}x}}\n"))), ""),
            "unknown-reference",
        ),
    ];
    let files: Vec<(String, Vec<u8>)> = objectives(&rows.each_ref().map(|(text, _)| text.clone()));
    let told = survive(&files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    for ((path, _), (_, code)) in files.iter().zip(&rows) {
        told.needs(&format!("{code} {path}"));
    }
    let values = format!("---\nobjective: sound\nvalues:\n{}---\n", many(5_000, &|n| format!("  k{n}: 1\n")));
    survive(&[("check-ins/2026-07-05-a.md", values.as_bytes())]).needs("unknown-reference check-ins/2026-07-05-a.md");
    let crowd = format!("departments:\n{}", many(500, &|n| format!("  dep-{n}: {{name: D{n}}}\n")));
    survive(&[("scorebook.yaml", crowd.as_bytes()), ("objectives/a.md", goal("department: depp-7\n", "").as_bytes())])
        .needs("unknown-reference objectives/a.md");
}

#[test]
fn as_many_as_are_read() {
    let key_results: String = (0..1_000).map(|n| format!("  - {{title: K{n}, start: 0, target: 1}}\n")).collect();
    let check_ins: String = (0..1_000).map(|n| format!("  - {{date: 2026-07-{:02}, values: {{kr1: {n}}}}}\n", n % 28 + 1)).collect();
    let told = survive(&[
        ("objectives/a.md", goal(&format!("key_results:\n{key_results}check_ins:\n{check_ins}"), "").as_bytes()),
        ("objectives/b.md", goal(KEY_RESULT, &format!("# {}\n", "t".repeat((1 << 20) - 200))).as_bytes()),
        ("objectives/c.md", goal(&format!("owner: {0}\ndepartment: {0}\n{KEY_RESULT}", "t".repeat(300_000)), "").as_bytes()),
        (
            "objectives/d.md",
            goal(&format!("key_results:\n  - {{title: K, start: 0, target: 1, unit: {}}}\n", "u".repeat(300_000)), "").as_bytes(),
        ),
    ]);
    assert!(!told.findings.iter().any(|it| it.starts_with("too-large") || it.starts_with("syntax")), "{:?}", told.findings);
    for page in ["a", "b", "c", "d"] {
        assert!(told.pages.contains_key(&format!("objectives/{page}.html")), "{page}");
    }
}

#[test]
fn a_thousand_of_one_name_and_a_thousand_in_a_circle() {
    let files: Vec<(String, Vec<u8>)> = (0..1_000)
        .flat_map(|n| {
            let twin = goal(&format!("id: twin\nowner: lan\n{KEY_RESULT}"), "");
            let link = goal(&format!("parent: o{}\nowner: lan\n{KEY_RESULT}", (n + 1) % 1_000), "");
            [(format!("objectives/t{n}.md"), twin.into_bytes()), (format!("objectives/o{n}.md"), link.into_bytes())]
        })
        .collect();
    let told = survive(&files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    assert_eq!(told.findings.iter().filter(|it| it.starts_with("duplicate-id ")).count(), 999);
    assert_eq!(told.findings.iter().filter(|it| it.starts_with("alignment-cycle ")).count(), 1);
    assert!(told.pages.contains_key("objectives/twin-1000.html") && told.pages.contains_key("objectives/o999.html"));
}

#[test]
fn days_at_the_edges_of_the_calendar() {
    let check_ins = "check_ins:\n  - {date: 0001-01-01, values: {kr1: 1}}\n  - {date: 2026-07-06, values: {kr1: 2}}\n  - {date: 9999-12-31, values: {kr1: 3}}\n";
    let of = |period: &str| format!("---\nperiod: {period}\ncheck_in_every: month\n{KEY_RESULT}{check_ins}---\n").into_bytes();
    let periods = [
        "0001-01-01..9999-12-31",
        "0000-01-01..0000-12-31",
        "9999-12-31..9999-12-31",
        "1900..2999",
        "2000-01-01..2100-12-31",
        "2999-Q4",
        "1900-W01",
    ];
    let files: Vec<(String, Vec<u8>)> =
        periods.iter().enumerate().map(|(at, period)| (format!("objectives/a{at:02}.md"), of(period))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    for day in ["0001-01-01", "2026-07-20", "9999-12-31"] {
        let told = survives_on(beside_a_sound_goal(&files).path(), day);
        for at in 0..4 {
            told.needs(&format!("bad-period objectives/a{at:02}.md"));
        }
        assert!(told.pages.contains_key("objectives/a04.html"));
    }
}

#[test]
fn numbers_at_the_edges_of_f64() {
    const EDGES: [&str; 8] =
        ["1e308", "-1.7976931348623157e308", "1.7976931348623157e308", "5e-324", "1e-300", "0", "123456789012345678", "1e-12"];
    let mut files = Vec::new();
    for (at, low) in EDGES.iter().enumerate() {
        for (other, high) in EDGES.iter().enumerate().filter(|(other, _)| *other != at) {
            let values: String = EDGES
                .iter()
                .enumerate()
                .map(|(day, value)| format!("  - {{date: 2026-07-{:02}, values: {{kr1: {value}, kr2: {value}, kr3: {value}}}}}\n", day + 1))
                .collect();
            let head = format!(
                "weight: {high}\nkey_results:\n  - {{title: K, start: {low}, target: {high}, weight: {high}, checkpoints: {{2026-07-10: {low}, 2026-07-20: {high}}}}}\n  - {{title: L, between: [{low}, {high}], weight: {low}}}\n  - {{title: M, at_least: {high}, weight: {high}}}\ncheck_ins:\n{values}"
            );
            files.push((format!("objectives/e{at}-{other}.md"), goal(&head, "").into_bytes()));
        }
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let folder = beside_a_sound_goal(&files);
    for day in ["2026-07-20", "2026-12-31"] {
        let told = survives_on(folder.path(), day);
        told.needs("bad-weight objectives/e1-0.md");
        for (path, page) in &told.pages {
            assert!(!page.contains("NaN") && !page.contains("inf ") && !page.contains("\"inf") && !page.contains(">inf"), "{path}");
        }
    }
}

#[test]
fn marks_of_templates_stay_text() {
    let marks = "{{ frame }} {% include \\\"base.html\\\" %} {# x #} {% raw %} {{ __tera_context }} {{ 1/0 }} ${x} {n} {{n}}";
    let plain = marks.replace('\\', "");
    let head = format!(
        "title: \"{marks}\"\nowner: \"{marks}\"\ndepartment: \"{marks}\"\nallow: {{no-owner: \"{marks}\"}}\nstatus: {{cancelled: 1}}\nkey_results:\n  - {{title: \"{marks}\", start: 0, target: 10, unit: \"{marks}\", owner: \"{marks}\"}}\n  - {{title: M, milestones: [{{title: \"{marks}\", due: 2026-07-10}}]}}\ninitiatives:\n  - {{title: \"{marks}\", who: \"{marks}\", by: 2026-07-10}}\n\"{marks}\": 1\n"
    );
    let check_in = format!(
        "---\nobjective: a\nauthor: \"{marks}\"\nvalues: {{kr1: 5, \"{marks}\": 3}}\nfinished: [\"{marks}\"]\nblocked: [\"{marks}\"]\nhelp: [{{what: \"{marks}\", from: \"{marks}\"}}]\ndecision: \"{marks}\"\nnext: [{{what: \"{marks}\", who: \"{marks}\", by: 2026-07-18}}]\nlearned: [\"{marks}\"]\n---\n{plain}\n"
    );
    let told = survive(&[
        (
            "scorebook.yaml",
            format!("title: \"{marks}\"\nbrand: {{name: \"{marks}\", accent: \"{marks}\", logo: \"{marks}\"}}\n\"{marks}\": 1\n")
                .as_bytes(),
        ),
        ("objectives/a.md", goal(&head, &plain).as_bytes()),
        ("check-ins/2026-07-13-a.md", check_in.as_bytes()),
        ("pages/p.md", format!("---\ntitle: \"{marks}\"\n---\n{plain}\n").as_bytes()),
    ]);
    for page in ["objectives/a.html", "pages/p.html", "index.html"] {
        let document = Html::parse_document(&told.pages[page]);
        let text: String = document.root_element().text().collect();
        assert!(text.contains("{{ frame }} {% include") && text.contains("{{ 1/0 }}"), "{page}");
    }
}

#[test]
fn markup_and_scripts_stay_text_however_they_are_disguised() {
    let markup = "</script><script>alert(1)</script> ]]> \"><img src=x onerror=alert(1)> '><svg/onload=alert(1)> <iframe srcdoc=x> <b onclick=x>b</b> <base href=//x> --><!-- <style>*{}</style> </title></main></body> <a href=javascript:alert(1)>x</a> &lt;script&gt; <math><mi xlink:href=\"data:x\">";
    let quoted = markup.replace('\'', "''");
    let mut links: Vec<String> = Vec::new();
    for scheme in [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "about:blank",
        "view-source:x",
        "feed:javascript:x",
    ] {
        let (name, rest) = scheme.split_once(':').expect("a scheme");
        let entities: String = name.chars().map(|c| format!("&#{};", u32::from(c))).collect();
        let long: String =
            name.chars().map(|c| format!("&#x{:07x};", u32::from(c))).take(6).collect::<String>() + &name[name.len().min(6)..];
        let percent: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let half = name.len() / 2;
        for disguise in [
            scheme.to_owned(),
            scheme.to_uppercase(),
            format!("{entities}:{rest}"),
            format!("{long}:{rest}"),
            format!("{name}&colon;{rest}"),
            format!("{name}&#58;{rest}"),
            format!("{name}%3A{rest}"),
            format!("{percent}:{rest}"),
            format!("{}&Tab;{}:{rest}", &name[..half], &name[half..]),
            format!("{}&NewLine;{}:{rest}", &name[..half], &name[half..]),
            format!("{}&#9;{}:{rest}", &name[..half], &name[half..]),
            format!("{}\\\n{}:{rest}", &name[..half], &name[half..]),
            format!("&#1;{scheme}"),
            format!("&#32;{scheme}"),
            format!("&nbsp;{scheme}"),
            format!("\u{200b}{scheme}"),
            format!("\u{feff}{scheme}"),
            format!("{}\u{ad}{}:{rest}", &name[..half], &name[half..]),
            format!("%20{scheme}"),
            format!("%00{scheme}"),
            format!("\\{scheme}"),
            format!("//{scheme}"),
            format!("/\\{scheme}"),
            format!("\\\\{scheme}"),
            format!("&#47;&#47;x/{scheme}"),
            format!("./{scheme}"),
            format!("?{scheme}"),
            format!("#{scheme}"),
            "#\" onclick=\"x".to_owned(),
            "x\" onerror=\"alert(1)".to_owned(),
        ] {
            links.push(format!("[a]({disguise}) ![a](<{disguise}>) [b](<{disguise}> \"t\\\" onclick=x\") <{disguise}>"));
            links.push(format!("[c{0}][r{0}]\n\n[r{0}]: {disguise}\n", links.len()));
        }
    }
    let body = format!(
        "# {markup}\n\n{markup}\n\n{}\n\n```{markup}\n{markup}\n```\n\n| {markup} |\n|---|\n| {markup} |\n\n[^{markup}]\n\n[^{markup}]: {markup}\n\n- [x] {markup}\n",
        links.join("\n\n")
    );
    let head = format!(
        "owner: '{quoted}'\ndepartment: '{quoted}'\nstatus: {{on: 2026-07-10, why: '{quoted}'}}\nkey_results:\n  - {{id: '{quoted}', title: '{quoted}', start: 0, target: 10, unit: '{quoted}'}}\n  - {{title: N, start: 0, target: '{quoted}'}}\ninitiatives:\n  - {{title: '{quoted}', who: '{quoted}'}}\n'{quoted}': 1\n"
    );
    let check_in = format!(
        "---\nobjective: sound\nauthor: '{quoted}'\nvalues: {{kr1: 5, '{quoted}': 2}}\nnote: '{quoted}'\nfinished: ['{quoted}']\ndecision: '{quoted}'\nhelp: [{{what: '{quoted}', from: '{quoted}'}}]\nnext: [{{what: '{quoted}', who: '{quoted}', by: 2026-07-18}}]\n---\n{body}\n"
    );
    let told = survive(&[
        ("scorebook.yaml", format!("title: '{quoted}'\nbase_url: 'javascript:alert(1)'\nbrand: {{name: '{quoted}', accent: 'red;}}</style>', logo: 'javascript:x'}}\n").as_bytes()),
        ("objectives/a.md", goal(&head, &body).as_bytes()),
        ("check-ins/2026-07-13-a.md", check_in.as_bytes()),
        ("pages/p.md", format!("---\ntitle: '{quoted}'\n---\n{body}\n").as_bytes()),
    ]);
    for file in ["objectives/a.md", "check-ins/2026-07-13-a.md", "pages/p.md"] {
        told.needs(&format!("broken-link {file}"));
    }
    let text: String = Html::parse_document(&told.pages["pages/p.html"]).root_element().text().collect();
    assert!(text.contains("<img src=x onerror=alert(1)>") && text.contains("]]>"), "what was written is read");
}
