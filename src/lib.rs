//! scorebook: goals as plain text, published as a site.
pub mod charts;
