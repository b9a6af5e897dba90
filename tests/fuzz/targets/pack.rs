//! Bytes around a name → a page of a client: the name is not in the template.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::{
    load::{self, Others},
    model::{Calendar, Period},
    scaffold,
};
use scorebook_fuzz::file;

const NAME: &str = "Đặng Thuỳ Quỳnh Chi";

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(bytes);
    let at = text.char_indices().map(|(at, _)| at).nth(usize::from(choice)).unwrap_or(text.len());
    let (before, after) = text.split_at(at);
    let page = format!("---\ntitle: T\n---\n{before}\n\n{NAME}\n\n{after}{NAME}");
    let goal = format!("---\nperiod: 2026-Q3\nkey_results: [{{title: {}, start: 0, target: 3}}]\n---\n# A\n", serde_json::to_string(&format!("{before} {NAME} {after}")).expect("a text"));
    let settings = format!("title: Gốm Hồng Lạc\npeople: {{chi: {{name: {NAME}}}}}\n");
    let Ok((config, declared, _)) = load::config(settings.into_bytes()) else { return };
    let files = vec![file("pages/a.md", page.as_bytes()), file("objectives/a.md", goal.as_bytes())];
    let (workspace, _) = load::workspace(config, declared, files, Others::none());
    let home = Period::parse("2026-Q3", Calendar::default()).expect("a quarter");
    for (path, text) in scaffold::pack(&workspace, &home, &[], &[]).files {
        let bare: String = text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        assert!(!bare.contains("thuỳquỳnhchi"), "{path}: {text}");
    }
});
