//! Findings: what is wrong, how bad, and where – as values with typed arguments, never as sentences.
//!
//! The sentences are in the theme's word files, one entry a message, so that a company reads them in its own
//! language. A new mistake is a new [`Code`] with its entry there.

mod code;
mod finding;
mod fix;
mod nearest;
mod number;
mod quote;

pub use code::{Code, Severity};
pub use finding::{Argument, Finding, Mention, Place};
pub use fix::{Fix, Mended, mend};
pub use nearest::nearest;
pub use number::{AdviceOnBound, bad_number};
pub use quote::{cell_span, is_hidden, quoted_span, visible};
