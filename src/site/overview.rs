//! The coach's overview as one page that needs nothing else.

use serde::Serialize;

use crate::{
    model::Date,
    render::{RenderError, Renderer},
    theme::Theme,
    view::{self, Overview, OverviewClient},
    words::Words,
};

#[derive(Serialize)]
struct Page<'a> {
    page: &'a Overview,
}

/// The page of all clients.
///
/// # Errors
/// When the template fails.
pub fn overview(clients: Vec<OverviewClient>, today: Date, words: &Words) -> Result<Vec<u8>, RenderError> {
    let page = view::overview(clients, today, words);
    let mut bytes = Vec::new();
    Renderer::new(&Theme::default())?.page("overview.html", &Page { page: &page }, &mut bytes)?;
    Ok(bytes)
}
