//! Bytes, cut at the first `0xff`, → a KPI's file and the table that it may name → a workspace with charts and sheets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::compute::Drafts;
use scorebook_fuzz::{all_of_with, file};

const DAYS: [&str; 4] = ["2026-08-14", "2026-12-31", "0001-01-01", "9999-12-31"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let cut = bytes.iter().position(|byte| *byte == 0xff).unwrap_or(bytes.len());
    let (head, table) = bytes.split_at(cut);
    let table = table.get(1..).unwrap_or_default();
    let mut text = b"---\n".to_vec();
    text.extend_from_slice(head);
    text.extend_from_slice(b"\n---\n# A\n");
    let goal = b"---\nperiod: 2026-Q3\nkey_results: [{kpi: a, start: 1, target: 5}, {kpi: a, at_least: 3}]\n---\n# B\n";
    let said = b"---\ndate: 2026-07-20\nauthor: minh\nkpis: {a: 3}\n---\nX\n";
    let files = vec![file("kpis/a.md", &text), file("objectives/b.md", goal), file("check-ins/c.md", said)];
    let settings = b"language: vi\nvisibility_defaults: {person_sheet: internal}\nratings: [{grade: A, from: 90%}]\n";
    let name = if choice & 4 == 0 { "data/a.csv" } else { "data/a.xlsx" };
    all_of_with(settings, files, &[(name, table)], DAYS[usize::from(choice % 4)], Drafts::LeftOut);
});
