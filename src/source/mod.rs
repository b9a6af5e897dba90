//! An author's file as text: what is front matter, what is prose, and where each thing stands.
//!
//! BOM and CRLF end here: behind this room every text is UTF-8 with LF. It knows nothing of goals.

mod file;

mod yaml;

pub use file::{Head, SourceFile};

pub use yaml::{At, Key, Node, Problem, ProblemKind, Value, parse};
