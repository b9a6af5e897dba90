//! Views → HTML, by the theme's templates. Knows no model and makes no sentence.

mod mail;
mod markdown;
mod plain;

use serde::Serialize;
use tera::{Context, Tera};

use crate::theme;

pub use mail::{Envelope, Mailbox, mail};
pub use markdown::{changes_markdown, due_markdown, report_markdown};
pub use plain::{changes_text, due_text, report_text};

/// The templates, compiled once; shared by all threads.
pub struct Renderer {
    tera: Tera,
}

/// A template that cannot be rendered.
#[derive(Debug)]
pub struct RenderError(String);

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenderError {}

impl Renderer {
    /// Compiles the built-in theme's templates.
    ///
    /// # Errors
    /// When one of them is wrong; the message points into the template.
    pub fn new() -> Result<Self, RenderError> {
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".svg"]);
        // A page that stands alone takes the style into itself.
        let styles = theme::assets().filter_map(|(name, bytes)| Some((name, std::str::from_utf8(bytes).ok()?)));
        tera.add_raw_templates(theme::templates().chain(styles)).map_err(|error| RenderError(error.to_string()))?;
        Ok(Self { tera })
    }

    /// Renders a page, to the end of `out`.
    ///
    /// # Errors
    /// When the template asks for something that the view does not have; the message points into the template.
    pub fn page(&self, template: &str, view: &impl Serialize, out: &mut Vec<u8>) -> Result<(), RenderError> {
        let failed = |error: tera::Error| RenderError(format!("{template}: {error}"));
        let context = Context::from_serialize(view).map_err(failed)?;
        self.tera.render_to(template, &context, out).map_err(failed)
    }
}
