//! Themes: templates, style and words that are baked into the binary.
//!
//! A workspace's own theme is laid over them file by file. This room knows nothing of goals.

mod brand;
mod overlay;

use include_dir::{Dir, include_dir};

pub use brand::{BrandNote, brand_note, company_style};
pub use overlay::{Ejected, Theme, eject, ejectable};

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The templates by name (`quarter.html`), sorted.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    files("templates")
}

/// The files that go to a site's `assets/`, by name, sorted.
pub fn assets() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    raw_files("assets")
}

/// The word file of a language, if the theme has it.
pub fn words(language: &str) -> Option<&'static str> {
    DEFAULT.get_file(format!("words/{language}.yaml")).and_then(|file| file.contents_utf8())
}

/// What each finding means, in a language, if the theme says it.
pub fn explanations(language: &str) -> Option<&'static str> {
    DEFAULT.get_file(format!("explanations/{language}.yaml")).and_then(|file| file.contents_utf8())
}

/// What each key of a workspace's files is, in a language, if the theme says it.
pub fn descriptions(language: &str) -> Option<&'static str> {
    DEFAULT.get_file(format!("schema/{language}.yaml")).and_then(|file| file.contents_utf8())
}

/// A recipe that publishes a site, by its file's name.
pub fn recipe(name: &str) -> Option<&'static str> {
    DEFAULT.get_file(format!("recipes/{name}")).and_then(|file| file.contents_utf8())
}

/// The recipes' names, sorted.
pub fn recipes() -> impl Iterator<Item = &'static str> {
    files("recipes").map(|(name, _)| name)
}

/// A page of the guide in a language, as Markdown, if the theme has it.
pub fn guide(name: &str, language: &str) -> Option<&'static str> {
    DEFAULT.get_file(format!("guide/{name}.{language}.md")).and_then(|file| file.contents_utf8())
}

/// The languages that the theme has words for, sorted.
pub fn languages() -> impl Iterator<Item = &'static str> {
    files("words").filter_map(|(name, _)| name.strip_suffix(".yaml"))
}

fn files(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    raw_files(folder).filter_map(|(name, bytes)| std::str::from_utf8(bytes).ok().map(|text| (name, text)))
}

fn raw_files(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let mut all: Vec<(&str, &[u8])> = DEFAULT
        .get_dir(folder)
        .map(|dir| dir.files())
        .into_iter()
        .flatten()
        .filter_map(|file| file.path().file_name().and_then(|name| name.to_str()).map(|name| (name, file.contents())))
        .collect();
    all.sort_unstable();
    all.into_iter()
}
