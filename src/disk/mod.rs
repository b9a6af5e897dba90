//! The one door to the disk: reads a workspace's tree, puts a site in place in one step.
//!
//! Plain maps of path → bytes, so that everything between the two ends stays pure. This room knows no goal, no
//! page and no clock: a leftover's age is measured against a folder made just now, by the file system's own time.
//! What it hands out is sorted, whatever the number of threads.

#![allow(clippy::disallowed_methods, reason = "std::fs is at home here")]

mod beside;
mod error;
mod file;
mod folder;
mod one_by_one;
mod place;
mod revision;
mod site;
mod tree;

pub use error::DiskError;
pub use file::{is_there, read_file, read_start, read_text, write_file, write_new, write_stdout};
pub use folder::{Folder, Most, absolute, read_folder, workspaces_in};
pub use revision::{Revision, RevisionError, is_repository, read_blob, read_revision, revision_of_day};
pub use site::{Content, MANIFEST, Note, Stage, Written, write};
pub use tree::{CONFIG, Problem, ProblemKind, TEXT_KEPT, Tree, find_workspace, read};
