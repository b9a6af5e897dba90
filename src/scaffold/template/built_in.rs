//! The templates that the program brings, baked in from `sample-data/templates`.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};

use super::Template;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/templates");

/// All of them, by their first id.
pub fn built_ins() -> Vec<Template> {
    let mut found: Vec<Template> = TEMPLATES.dirs().map(read).collect();
    found.sort_by(|a, b| a.ids.text("").cmp(b.ids.text("")));
    found
}

/// One of them by its id in any language, and the language whose id it is.
pub fn built_in(id: &str) -> Option<(Template, Option<String>)> {
    built_ins().into_iter().find_map(|template| {
        let language = template.ids.0.iter().find(|(_, it)| it == id).map(|(language, _)| language.clone())?;
        Some((template, Some(language)))
    })
}

fn read(dir: &Dir<'_>) -> Template {
    let mut files = BTreeMap::new();
    gather(dir, dir.path(), &mut files);
    let id = dir.path().file_name().and_then(|it| it.to_str()).unwrap_or_default();
    Template::read(id, files).expect("a test reads every built-in template")
}

fn gather(dir: &Dir<'_>, root: &std::path::Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(below) => gather(below, root, files),
            DirEntry::File(file) => {
                let path = file.path().strip_prefix(root).unwrap_or(file.path());
                let path = path.components().filter_map(|it| it.as_os_str().to_str()).collect::<Vec<_>>().join("/");
                files.insert(path, file.contents().to_vec());
            }
        }
    }
}
