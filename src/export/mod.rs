//! The figures for other programs: FORMAT.md §8; the findings in their forms.

pub mod findings;
mod json;

pub use json::{export_schema, findings_json, json};
