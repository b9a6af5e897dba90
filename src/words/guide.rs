//! Pages of the guide, and the recipes that stand in them.

use crate::theme;

use super::Words;

impl Words {
    /// A recipe that publishes a site, for a version of the program.
    pub fn recipe(&self, name: &str, version: &str) -> Option<String> {
        theme::recipe(name).map(|text| text.replace("{version}", version))
    }

    /// A page of the guide as Markdown, in this language or else in English, with the recipes in their places.
    pub fn guide(&self, name: &str, version: &str) -> String {
        let text = theme::guide(name, self.language()).or_else(|| theme::guide(name, "en")).unwrap_or_default();
        theme::recipes().fold(text.to_owned(), |text, recipe| {
            let words = self.recipe(recipe, version).unwrap_or_default();
            text.replace(&format!("{{{recipe}}}"), words.trim_end())
        })
    }
}
