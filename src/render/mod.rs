//! Views → HTML, by the theme's templates. Knows no model and makes no sentence.

mod mail;
mod markdown;
mod plain;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, OnceLock, PoisonError},
};

use serde::Serialize;
use tera::{Context, Tera};

use crate::theme::{self, Theme};

pub use mail::{Envelope, Mailbox, mail};
pub use markdown::{changes_markdown, due_markdown, report_markdown};
pub use plain::{changes_text, due_text, report_text};

/// The templates, compiled once; shared by all threads.
pub struct Renderer {
    tera: Tera,
    /// The built-in templates alone, for pages whose own template fails.
    plain: OnceLock<Tera>,
    is_plain: bool,
    theme: Theme,
    mistakes: Mutex<BTreeSet<String>>,
    /// What each template was given, where somebody wants to see it.
    seen: Option<Mutex<BTreeMap<String, Vec<serde_json::Value>>>>,
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

/// Under this prefix a workspace's template finds the built-in one that it stands before.
const BUILT_IN: &str = "builtin/";

/// The built-in templates; a page that stands alone takes the style into itself.
fn built_in(theme: &Theme) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".svg"]);
    tera.set_fallback_prefixes([BUILT_IN])?;
    let mut all: Vec<(String, &str)> = theme::templates().map(|(name, text)| (format!("{BUILT_IN}{name}"), text)).collect();
    let assets = theme.assets();
    for (name, bytes) in assets.iter().filter(|(name, _)| name.ends_with(".css")) {
        all.extend(std::str::from_utf8(bytes).ok().map(|text| (format!("{BUILT_IN}{name}"), text)));
    }
    tera.add_raw_templates(all)?;
    Ok(tera)
}

impl Renderer {
    /// Compiles the built-in templates, and a workspace's own over them. One of those that is wrong is left out, and
    /// [`Self::mistakes`] tells of it: every other page is as it should be.
    ///
    /// # Errors
    /// When a built-in template is wrong; the message points into it.
    pub fn new(theme: &Theme) -> Result<Self, RenderError> {
        let mut tera = built_in(theme).map_err(|error| RenderError(error.to_string()))?;
        let mut mistakes = BTreeSet::new();
        let mut left: Vec<(&str, &str)> = theme.own_templates().collect();
        // One may stand on another: those that fail are tried again as long as others came in meanwhile.
        loop {
            let before = left.len();
            let mut wrong = Vec::new();
            left.retain(|(name, text)| match tera.add_raw_template(name, text) {
                Ok(()) => false,
                Err(error) => {
                    wrong.push(mistake(theme, name, &error));
                    true
                }
            });
            if left.is_empty() || left.len() == before {
                mistakes.extend(wrong);
                break;
            }
        }
        Ok(Self {
            tera,
            plain: OnceLock::new(),
            is_plain: theme.own_templates().next().is_none(),
            theme: theme.clone(),
            mistakes: Mutex::new(mistakes),
            seen: None,
        })
    }

    /// The same, keeping what each template is given.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn seeing(theme: &Theme) -> Result<Self, RenderError> {
        Ok(Self { seen: Some(Mutex::default()), ..Self::new(theme)? })
    }

    /// What each template was given, page by page.
    pub fn seen(self) -> BTreeMap<String, Vec<serde_json::Value>> {
        self.seen.map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner)).unwrap_or_default()
    }

    /// What is wrong with a workspace's own templates, sorted: where, and the names that were at hand.
    pub fn mistakes(&self) -> Vec<String> {
        self.mistakes.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Renders a page, to the end of `out`. Where a workspace's own template fails, the built-in one serves.
    ///
    /// # Errors
    /// When a built-in template asks for something that the view does not have; the message points into the template.
    pub fn page(&self, template: &str, view: &impl Serialize, out: &mut Vec<u8>) -> Result<(), RenderError> {
        let failed = |error: tera::Error| RenderError(format!("{template}: {error}"));
        let context = Context::from_serialize(view).map_err(failed)?;
        if let Some(seen) = &self.seen {
            let value = serde_json::to_value(view).map_err(|error| RenderError(format!("{template}: {error}")))?;
            seen.lock().unwrap_or_else(PoisonError::into_inner).entry(template.to_owned()).or_default().push(value);
        }
        let start = out.len();
        match self.tera.render_to(template, &context, &mut *out) {
            Ok(()) => Ok(()),
            Err(error) if self.is_plain => Err(failed(error)),
            Err(error) => {
                let names = serde_json::to_value(view).ok().and_then(|it| it.as_object().map(|it| it.keys().cloned().collect::<Vec<_>>()));
                let told = format!("{}\n  the page has: {}", mistake(&self.theme, template, &error), names.unwrap_or_default().join(", "));
                self.mistakes.lock().unwrap_or_else(PoisonError::into_inner).insert(told);
                out.truncate(start);
                let plain = self.plain.get_or_init(|| built_in(&self.theme).expect("they were compiled before"));
                plain.render_to(template, &context, out).map_err(failed)
            }
        }
    }
}

/// A mistake in a workspace's template, in the template engine's words, which point into the text.
fn mistake(theme: &Theme, name: &str, error: &tera::Error) -> String {
    format!("{}: {error}", theme.shown(&format!("templates/{name}")))
}
