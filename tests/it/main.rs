//! What a user can see of scorebook, as tests: files in, figures, findings and pages out.

#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

mod architecture;
mod audience;
mod browser;
mod cli;
mod clients;
mod figures;
mod format;
mod formats;
mod forms;
mod given;
mod hostile;
mod import;
mod judgement;
mod kpi_pages;
mod kpis;
mod messages;
mod new;
mod packing;
mod pages;
mod properties;
mod publish;
mod reports;
mod schema;
mod shell;
mod start;
mod tables;
mod templates;
mod terminal;
mod theme;
