//! scorebook: goals as plain text, published as a site.
pub mod charts;
pub mod diagnostic;
pub mod model;
pub mod source;
