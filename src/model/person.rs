//! People.

use super::{Id, Source, Text};

/// Somebody who owns goals or writes check-ins.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their address.
    pub id: Id,
    /// As they are called.
    pub name: String,
    /// Where they work.
    pub department: Option<Id>,
    /// What they do.
    pub role: Option<String>,
    /// What their file says.
    pub text: Option<Text>,
    /// Where they are declared; none when only named.
    pub source: Option<Source>,
}
