//! Bytes → one objective's file → a workspace with findings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::{compute::Drafts, load};
use scorebook_fuzz::{all_of, file};

fuzz_target!(|bytes: &[u8]| {
    let (config, declared, _) = load::config(bytes.to_vec()).unwrap_or_default();
    drop((config, declared));
    all_of(b"language: vi", vec![file("objectives/2026-q3/a.md", bytes)], "2026-08-14", Drafts::Included);
});
