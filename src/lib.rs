//! scorebook: goals as plain text, published as a site.
pub mod charts;
pub mod compute;
pub mod diagnostic;
pub mod export;
pub mod lint;
pub mod load;
pub mod model;
pub mod route;
pub mod source;
pub mod theme;
pub mod words;
mod cli;
pub use cli::run;
