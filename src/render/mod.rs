//! Views → HTML, by the theme's templates. Knows no model and makes no sentence.

use serde::Serialize;
use tera::{Context, Tera};

use crate::theme;

/// The templates, compiled once; shared by all threads.
pub struct Renderer {
    tera: Tera,
}

/// Most pages are smaller than this.
const USUAL_BYTES: usize = 48 * 1024;

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

    /// Renders a page.
    ///
    /// # Errors
    /// When the template asks for something that the view does not have; the message points into the template.
    pub fn page(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, RenderError> {
        let failed = |error: tera::Error| RenderError(format!("{template}: {error}"));
        let context = Context::from_serialize(view).map_err(failed)?;
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        self.tera.render_to(template, &context, &mut bytes).map_err(failed)?;
        // A page waits in memory until all are made: what it grew into for nothing would wait with it.
        bytes.shrink_to_fit();
        Ok(bytes)
    }
}
