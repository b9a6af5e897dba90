//! What is read and what is documented are one.

use std::collections::BTreeSet;

use crate::{
    load::{config, raw},
    model::Config,
    source::SourceFile,
};

use super::{Keys, Shape, TYPES, Table, asked, tables};

const SETTINGS: &str = "\
departments: {sales: {name: Sales}}
people: {lan: {name: Lan}}
brand: {name: Sao Mai}
visibility_defaults: {kpi: public}
outputs: [{dir: site}]
ratings: [{grade: A, from: 100%}]
";

/// Together they lead a reader to every key.
const FILES: [(&str, &str); 9] = [
    (
        "objectives/a.md",
        "period: 2026-Q3\ncancelled: {on: 2026-08-01}\ninitiatives: [{title: A}]\ncheck_ins: [{date: 2026-07-20, help: [{what: A}], next: [{what: A}]}]\n\
         key_results:\n  - {title: A, start: 1, target: 2}\n  - {title: B, kind: hold, between: [1, 2]}\n  - {title: C, milestones: [{title: A}]}\n  \
         - {title: D, kind: done, due: 2026-08-01}\n  - {title: E, kpi: a}\n",
    ),
    ("check-ins/a.md", "date: 2026-07-20\nobjective: a\nhelp: [{what: A}]\nnext: [{what: A}]\n"),
    ("kpis/a.md", "scale: [{from: 100%, points: 1}]\nassigned: {lan: {target: 1, weight: 2}}\ndata: {file: a.csv, value: b}\n"),
    ("departments/a.md", "name: A\n"),
    ("departments/b.md", "title: B\n"),
    ("people/a.md", "name: A\n"),
    ("people/b.md", "title: B\n"),
    ("pages/a.md", "title: A\n"),
    ("reports/2026-07.md", "title: A\nperiod: 2026-07\n"),
];

/// Known, and nobody asks for them through their table: what they do, a line each.
const ELSEWHERE: [(&str, &str); 16] = [
    // Looked at before anything else, for it decides how numbers are read.
    ("config", "language"),
    // They may stand in every kind, and settings have no page of their own.
    ("config", "visibility"),
    ("config", "allow"),
    ("inline-department", "allow"),
    ("inline-person", "allow"),
    // Seen before one knows which table a file has.
    ("objective", "type"),
    ("kpi", "type"),
    ("check-in", "type"),
    ("department", "type"),
    ("person", "type"),
    ("page", "type"),
    ("report", "type"),
    // Check-ins have no id and no page; nobody who writes one is wrong.
    ("check-in", "id"),
    // A report is found by its period.
    ("report", "id"),
    ("check-in", "title"),
    ("embedded-check-in", "title"),
];

fn reach(table: &'static Table, all: &mut Vec<&'static Table>) {
    if all.iter().any(|known| known.name == table.name) {
        return;
    }
    all.push(table);
    table.fields.iter().for_each(|field| reach_in(&field.shape, all));
}

fn reach_in(shape: &'static Shape, all: &mut Vec<&'static Table>) {
    match shape {
        Shape::Table(table) => reach(table, all),
        Shape::List(inner) | Shape::Items(inner) | Shape::Pair(inner) | Shape::Map(_, inner) => reach_in(inner, all),
        Shape::Any(several) => several.iter().for_each(|shape| reach_in(shape, all)),
        Shape::Constant(_)
        | Shape::Text
        | Shape::Number(..)
        | Shape::Day
        | Shape::Period
        | Shape::Choice(_)
        | Shape::Words(_)
        | Shape::Flag => {}
    }
}

fn every_table() -> Vec<&'static Table> {
    let mut all = Vec::new();
    reach(&tables::CONFIG, &mut all);
    TYPES.into_iter().for_each(|table| reach(table, &mut all));
    all
}

#[test]
fn every_key_in_the_schema_is_read() {
    let _ = asked::take();
    let (settings, _, findings) = config(SETTINGS.as_bytes().to_vec()).expect("a format that we read");
    assert!(findings.is_empty(), "{findings:?}");
    assert_ne!(settings, Config::default());
    for (path, head) in FILES {
        let file = SourceFile::read(path, format!("---\n{head}---\n").into_bytes()).expect("a text");
        raw::read(&file, &settings);
    }
    let mut read: BTreeSet<(String, String)> = asked::take().into_iter().map(|(table, key)| (table.to_owned(), key)).collect();
    for (table, key) in ELSEWHERE {
        assert!(read.insert((table.to_owned(), key.to_owned())), "{table}.{key} is asked for by now");
    }
    let documented: BTreeSet<(String, String)> =
        every_table().into_iter().flat_map(|table| table.keys.iter().map(|key| (table.name.to_owned(), (*key).to_owned()))).collect();
    assert_eq!(read, documented);
}

#[test]
#[should_panic(expected = "page.owner is read and not in the schema")]
fn a_key_that_is_not_in_the_schema_cannot_be_read() {
    let root = crate::source::parse("owner: lan\n", 1).expect("YAML").expect("something");
    let settings = Config::default();
    let mut reader = crate::load::fields::Reader::new("a.md".into(), &settings);
    let fields = reader.fields(&root, &tables::PAGE).expect("a map");
    let _ = fields.get("owner");
}

#[test]
fn a_table_names_each_key_once() {
    for table in every_table() {
        let keys: BTreeSet<&str> = table.keys.iter().copied().collect();
        assert_eq!(keys.len(), table.keys.len(), "{}", table.name);
        let warnings = table.fields.iter().filter(|field| field.shape.is(|shape| matches!(shape, Shape::Map(Keys::Warnings, _))));
        assert!(warnings.map(|field| field.key).all(|key| ["allow", "lints"].contains(&key)), "{}", table.name);
    }
}
