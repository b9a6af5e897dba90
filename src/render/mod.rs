//! Views → HTML, by the theme's templates. Knows no model and makes no sentence.

use serde::Serialize;
use tera::{Context, Tera};

use crate::theme;

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
        tera.add_raw_templates(theme::templates()).map_err(|error| RenderError(error.to_string()))?;
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
