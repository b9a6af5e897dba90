//! scorebook: goals as plain text, published as a site.
pub mod charts;
pub mod compute;
pub mod diagnostic;
pub mod disk;
pub mod load;
pub mod model;
pub mod source;
