//! A text → the pages on which it stands, which hold no markup but ours.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::compute::Drafts;
use scorebook_fuzz::{all_of, file};

fuzz_target!(|text: &str| {
    let objective = format!("---\nperiod: 2026-Q3\nkey_results: [{{title: K, start: 0, target: 10}}]\n---\n{text}");
    let check_in = format!("---\nobjective: a\nvalues: {{kr1: 5}}\n---\n{text}");
    let files = vec![
        file("objectives/a.md", objective.as_bytes()),
        file("check-ins/2026-07-13-a.md", check_in.as_bytes()),
        file("pages/p.md", format!("---\ntitle: P\n---\n{text}").as_bytes()),
    ];
    all_of(b"", files, "2026-08-14", Drafts::LeftOut);
});
