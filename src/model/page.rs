//! Pages that the company writes itself.

use super::{Id, Text, Visibility};

/// A text of the company's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its address.
    pub id: Id,
    /// Its heading.
    pub title: String,
    /// Its place in the menu; small ones first.
    pub order: f64,
    /// Who may read it.
    pub visibility: Visibility,
    /// What it says.
    pub text: Text,
}
