//! The figures for other programs: FORMAT.md §8; the findings in their forms.

pub mod findings;
mod json;

pub use json::{findings_json, json};
