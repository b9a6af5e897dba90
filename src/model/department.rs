//! Departments.

use super::{Cadence, Id, Source, Text};

/// The id of the whole company, for goals that belong to no single department.
pub const COMPANY: &str = "company";

/// A part of the company that has goals.
#[derive(Clone, Debug, PartialEq)]
pub struct Department {
    /// Its address.
    pub id: Id,
    /// As people call it; none for the whole company, whose name is the workspace's.
    pub name: Option<String>,
    /// Who leads it.
    pub lead: Option<Id>,
    /// Its rhythm, where it has one of its own.
    pub check_in_every: Option<Cadence>,
    /// What its file says.
    pub text: Option<Text>,
    /// Where it is declared; none when it is only named.
    pub source: Option<Source>,
}
