//! The house of ARCHITECTURE.md: which room may import which, and what only one room may touch.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Rooms from the ground up: each with the rooms it imports, all of which stand above it in this table.
///
/// An arrow that is not here, a room that nobody built, an arrow that no code uses: each is a mistake.
const TABLE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("charts", &[]),
    ("theme", &[]),
    ("disk", &[]),
    ("diagnostic", &["model"]),
    ("route", &["model"]),
    // diagnostic: what an audience may not see is left out of the findings, too.
    ("compute", &["model", "diagnostic"]),
    ("source", &["diagnostic"]),
    ("words", &["model", "theme", "diagnostic"]),
    ("load", &["model", "diagnostic", "source"]),
    ("lint", &["model", "diagnostic", "compute"]),
    ("view", &["model", "charts", "diagnostic", "route", "compute", "words"]),
    // Templates take anything that serialises; what is written as Markdown and plain text is read field by field.
    ("render", &["theme", "words", "view"]),
    ("export", &["model", "diagnostic", "route", "compute", "words"]),
    ("scaffold", &["model", "diagnostic", "compute", "source", "words"]),
    ("import", &["model", "diagnostic", "source", "words"]),
    ("site", &["model", "theme", "diagnostic", "route", "compute", "words", "view", "render", "export"]),
    (
        "cli",
        &[
            "model",
            "theme",
            "disk",
            "diagnostic",
            "route",
            "compute",
            "words",
            "load",
            "lint",
            "export",
            "view",
            "render",
            "scaffold",
            "import",
            "site",
        ],
    ),
];

/// The rooms that may touch files, the environment and the clock.
const DOORS: [&str; 2] = ["disk", "cli"];

struct Room {
    name: String,
    path: PathBuf,
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// The program's files, each with its room and its code without comments, texts and tests.
fn rooms() -> Vec<Room> {
    let src = root().join("src");
    files(&src)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .filter_map(|path| {
            let below = path.strip_prefix(&src).expect("it is below src");
            let first = below.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
            let name = first.trim_end_matches(".rs").to_owned();
            let code = code_of(&fs::read_to_string(&path).expect("a text"));
            (name != "lib" && name != "main").then_some(Room { name, path, code })
        })
        .collect()
}

/// Without comments, texts in quotes and what stands behind `#[cfg(test)]`.
fn code_of(text: &str) -> String {
    let mut code = without_texts(text);
    while let Some(start) = code.find("#[cfg(test)]") {
        let rest = &code[start..];
        let opens = rest.find('{').unwrap_or(rest.len());
        let ends = rest.find(';').unwrap_or(rest.len());
        let end = if ends < opens { ends } else { closing(rest, opens) };
        code.replace_range(start..(start + end + 1).min(code.len()), "");
    }
    code
}

/// Where the brace that opens at `from` closes.
fn closing(text: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text[from..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return from + at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len() - 1
}

fn without_texts(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |at| at + 5)
        } else if c == '"' {
            quoted(rest, '"')
        } else if c == '\'' && is_character(rest) {
            quoted(rest, '\'')
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

/// `'x'` and `'\n'`, not the lifetime `'x`.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    chars.next().is_some_and(|c| c == '\\') || chars.next() == Some('\'')
}

fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// Every path that the code names from `crate` or `std`, groups of a `use` taken apart.
fn paths(code: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for prefix in ["crate::", "std::"] {
        for (at, _) in code.match_indices(prefix) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            expand(prefix, &code[at + prefix.len()..], &mut all);
        }
    }
    all
}

fn expand(prefix: &str, rest: &str, all: &mut BTreeSet<String>) {
    if rest.starts_with('{') {
        let inner = &rest[1..closing(rest, 0)];
        let mut depth = 0_usize;
        let parts = inner.split(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        });
        parts.map(str::trim).filter(|part| !part.is_empty()).for_each(|part| expand(prefix, part, all));
        return;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let path = format!("{prefix}{}", &rest[..end]);
    match rest[end..].strip_prefix("::") {
        Some(more) if more.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{') => {
            all.insert(path.clone());
            expand(&format!("{path}::"), more, all);
        }
        _ => drop(all.insert(path)),
    }
}

/// The arrows of today's code, each with a file that draws it.
fn arrows(rooms: &[Room]) -> BTreeMap<(String, String), String> {
    let mut all = BTreeMap::new();
    for room in rooms {
        for path in paths(&room.code) {
            let Some(to) = path.strip_prefix("crate::").and_then(|it| it.split("::").next()) else { continue };
            if to != room.name {
                all.entry((room.name.clone(), to.to_owned())).or_insert_with(|| room.path.display().to_string());
            }
        }
    }
    all
}

#[test]
fn a_room_imports_only_what_the_table_says() {
    let allowed: BTreeSet<(&str, &str)> = TABLE.iter().flat_map(|(room, uses)| uses.iter().map(move |to| (*room, *to))).collect();
    let wrong: Vec<String> = arrows(&rooms())
        .into_iter()
        .filter(|((from, to), _)| !allowed.contains(&(from.as_str(), to.as_str())))
        .map(|((from, to), file)| format!("{from} → {to} in {file}"))
        .collect();
    assert!(wrong.is_empty(), "arrows that are not in the table:\n{}", wrong.join("\n"));
}

#[test]
fn no_row_of_the_table_is_idle() {
    let rooms = rooms();
    let drawn = arrows(&rooms);
    let idle: Vec<String> = TABLE
        .iter()
        .flat_map(|(from, uses)| uses.iter().map(move |to| ((*from).to_owned(), (*to).to_owned())))
        .filter(|arrow| !drawn.contains_key(arrow))
        .map(|(from, to)| format!("{from} → {to}"))
        .collect();
    assert!(idle.is_empty(), "nobody uses {idle:?}");
    let built: BTreeSet<&str> = rooms.iter().map(|room| room.name.as_str()).collect();
    let named: BTreeSet<&str> = TABLE.iter().map(|(room, _)| *room).collect();
    assert_eq!(built, named, "the rooms in src, and those of the table");
}

#[test]
fn arrows_point_down() {
    for (at, (room, uses)) in TABLE.iter().enumerate() {
        for to in *uses {
            assert!(TABLE[..at].iter().any(|(below, _)| below == to), "{room} → {to} points upwards");
        }
    }
}

#[test]
fn files_clock_and_environment_have_one_door() {
    for room in rooms().iter().filter(|room| !DOORS.contains(&room.name.as_str())) {
        let named = paths(&room.code);
        let outside = |path: &str| ["std::fs", "std::env", "std::net", "std::process"].contains(&path);
        let wrong: Vec<&String> = named.iter().filter(|path| outside(path)).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", room.path.display());
        for clock in ["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now"] {
            assert!(!room.code.contains(clock), "{} reads the clock: {clock}", room.path.display());
        }
    }
}

#[test]
fn order_is_part_of_the_output() {
    for room in rooms() {
        for unordered in ["HashMap", "HashSet"] {
            assert!(!room.code.contains(unordered), "{}: {unordered}", room.path.display());
        }
    }
}

#[test]
fn a_file_is_named_for_what_it_holds() {
    for room in rooms() {
        let stem = room.path.file_stem().expect("a name").to_string_lossy().into_owned();
        let empty = ["utils", "util", "helpers", "helper", "common", "manager", "misc"];
        assert!(!empty.contains(&stem.as_str()), "{}", room.path.display());
    }
}

#[test]
fn only_pictures_and_rendered_texts_skip_escaping() {
    let mut seen = 0;
    for path in files(&root().join("themes/default/templates")) {
        let text = fs::read_to_string(&path).expect("a template");
        for (at, _) in text.match_indices("safe") {
            let Some(before) = text[..at].trim_end().strip_suffix('|') else { continue };
            let before = before.trim_end();
            let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            assert!(name.ends_with("_svg") || name.ends_with("_html"), "{}: `{name} | safe`", path.display());
            seen += 1;
        }
    }
    assert!(seen > 0, "no template shows a picture");
}

#[test]
fn this_test_reads_code_as_the_compiler_does() {
    let code = code_of(
        "// crate::a\nuse crate::{b, c::{self, D}, e::f};\nlet x = \"crate::g\"; let y: &'static str = crate::h::i();\n\
         #[cfg(test)]\nmod tests { use crate::j; fn k() {} }\nfn z() { std::fs::read('\"'); }",
    );
    let named = paths(&code);
    let tops: BTreeSet<&str> = named.iter().filter_map(|it| it.strip_prefix("crate::")?.split("::").next()).collect();
    assert_eq!(tops, ["b", "c", "e", "h"].into());
    assert!(named.contains("std::fs"));
}
