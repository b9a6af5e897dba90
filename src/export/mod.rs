//! The figures for other programs: FORMAT.md §8.

mod json;

pub use json::{findings_json, json};
