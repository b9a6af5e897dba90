//! Source files for an author to fill in: a check-in that lists what it asks for, the next period out of the last one.
//!
//! What is made here is read by `load` like anything that somebody wrote; nothing is ever overwritten.

mod check_in;
mod period;
mod recipe;

pub use check_in::check_in;
pub use period::{NextPeriod, next_period};
pub use recipe::{Host, recipe};

/// A file to be written: its path from the workspace's root, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// With `/`.
    pub path: String,
    /// UTF-8, lines ending with LF.
    pub text: String,
}
