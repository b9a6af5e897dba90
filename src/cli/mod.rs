//! One file a command; parses and prints; the only reader of clock and environment.

#![allow(clippy::disallowed_methods, reason = "clock and environment are read here and nowhere else")]

mod args;
mod ask;
mod build;
mod check;
mod day;
mod diff;
mod due;
mod explain;
mod export;
mod findings;
mod fix;
mod forms;
mod import;
mod init;
mod new;
mod report;
mod schema;
mod session;
mod sheet;
mod templates;
mod theme;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Fine: 0.
    Fine,
    /// Findings that count: 1.
    Findings,
}

/// How much is said on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Volume {
    /// Only what went wrong.
    Quiet,
    /// Findings and notes.
    Normal,
    /// How long each stage took, too.
    Loud,
}

/// Why a command could not be carried out: 2.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl<T: std::fmt::Display> From<T> for Failure {
    fn from(error: T) -> Self {
        Self(error.to_string())
    }
}

/// Reads the arguments, carries out the command and says how it went: 0 fine, 1 findings that count, 2 not possible.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.apply();
    let volume = match (arguments.quiet, arguments.verbose) {
        (true, _) => Volume::Quiet,
        (false, true) => Volume::Loud,
        (false, false) => Volume::Normal,
    };
    let result = match arguments.command {
        Command::Build(it) => build::run(&it, volume),
        Command::Check(it) => check::run(&it, volume),
        Command::Diff(it) => diff::run(&it, volume),
        Command::Due(it) => due::run(&it, volume),
        Command::Explain(it) => explain::run(&it),
        Command::Export(it) => export::run(&it, volume),
        Command::Forms(it) => forms::run(&it, volume),
        Command::Import(it) => import::run(&it, volume),
        Command::Init(it) => init::run(&it, volume),
        Command::New(it) => new::run(&it.what, volume),
        Command::Report(it) => report::run(&it, volume),
        Command::Schema(it) => schema::run(&it),
        Command::Sheet(it) => sheet::run(&it, volume),
        Command::Theme(it) => theme::run(&it.what, volume),
        Command::Template(it) => templates::run(&it.what, volume),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Failure(words)) => {
            findings::say(&format!("{} {words}", findings::paint_error("error:")));
            ExitCode::from(2)
        }
    }
}
