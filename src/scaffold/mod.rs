//! Source files for an author to fill in: a check-in that lists what it asks for, the next period out of the last one.
//!
//! What is made here is read by `load` like anything that somebody wrote; nothing is ever overwritten.

mod check_in;
mod kpi;
mod objective;
mod pack;
mod people;
mod period;
mod recipe;
mod template;

pub use check_in::{Answers, check_in, last_value, takes_value};
pub use kpi::{NewKpi, kpi};
pub use objective::{NewKeyResult, NewMeasure, NewObjective, objective};
pub use pack::{ClientFile, Gone, Pack, Secret, Taken, pack};
pub use people::{department, person};
pub use period::{NextPeriod, next_period};
pub use recipe::{Host, recipe};
pub use template::{
    AnswerError, ArchiveError, Check, Demo, Localised, MOST_FILE, MOST_FILES, MOST_TEMPLATE, Template, Unsafe, Variable, Wanted, archive,
    built_in, built_ins, unpack, what_is_unsafe,
};

/// A file to be written: its path from the workspace's root, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// With `/`.
    pub path: String,
    /// UTF-8, lines ending with LF.
    pub text: String,
}
