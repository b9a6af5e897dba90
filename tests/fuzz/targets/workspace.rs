//! Bytes, taken apart at each `0xff`, → settings, objectives, check-ins, people and pages → all that is made of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::compute::Drafts;
use scorebook_fuzz::{all_of, file};

const FOLDERS: [&str; 7] = ["objectives/2026-q3", "check-ins", "kpis", "check-ins", "people", "departments", "pages"];
const DAYS: [&str; 4] = ["2026-08-14", "2026-12-31", "0001-01-01", "9999-12-31"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let mut parts = bytes.split(|byte| *byte == 0xff);
    let settings = parts.next().unwrap_or_default();
    let path = |at: usize| format!("{}/{}.md", FOLDERS[at % FOLDERS.len()], ["a", "2026-07-13-a", "b", "2026-08-03-b"][at / 2 % 4]);
    let files = parts.take(14).enumerate().map(|(at, text)| file(&path(at), text)).collect();
    let drafts = if choice & 4 == 0 { Drafts::LeftOut } else { Drafts::Included };
    all_of(settings, files, DAYS[usize::from(choice % 4)], drafts);
});
