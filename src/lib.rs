//! scorebook: OKRs and KPIs as plain text, published as a site that people want to read.
//!
//! # The house
//!
//! Stages are rooms, arrows point down, the disk has one door:
//!
//! `disk::read` → files → [`load::config`] (marks, fiscal year) → [`load::workspace`] → (Workspace, findings) →
//! [`compute::scorecard`] → [`lint::run`] → [`view`] (with [`charts`] and [`words`]) → [`render`] → files, each as soon
//! as it is made → [`disk::Stage`], which puts them in place in one step. All but the two ends are pure: a test feeds
//! strings and reads strings. Who may import whom is a table in `tests/it/architecture.rs`.
//!
//! # What always holds
//!
//! * One run reports every mistake of every file; what is sound is built all the same.
//! * The same input as of the same day gives the same bytes, whatever the machine, clock or number of threads.
//! * No figure is guessed, and each can be traced to the line that somebody wrote.
//! * Only [`charts::Svg`] and [`view::Html`] skip escaping.

pub mod charts;
mod cli;
pub mod compute;
pub mod diagnostic;
pub mod disk;
pub mod export;
pub mod import;
pub mod lint;
pub mod load;
pub mod model;
pub mod render;
pub mod route;
pub mod scaffold;
pub mod site;
pub mod source;
pub mod theme;
pub mod view;
pub mod words;

pub use cli::run;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
