//! Findings in the forms of other programs: editors, continuous integration, code review. One file a format.
//!
//! Each writer is a function of the findings, the words and, where paths are told from outside the workspace, the
//! [`Folders`]; none looks at the disk. The order is that of the findings.

mod fingerprint;
mod folders;
mod github;
mod gitlab;
mod junit;
mod sarif;
mod short;

pub use folders::Folders;
pub use github::github;
pub use gitlab::gitlab;
pub use junit::{Warnings, junit};
pub use sarif::sarif;
pub use short::short;

use crate::{diagnostic::Finding, words::Words};

/// What is wrong and, on a line of its own, what to write instead.
fn told(finding: &Finding, words: &Words) -> String {
    format!("{}\n{}: {}", words.finding_message(finding), words.word("findings.help"), words.finding_help(finding))
}
