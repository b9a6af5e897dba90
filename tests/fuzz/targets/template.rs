//! Bytes → a template, out of an archive or as its texts: whatever it is, what it writes stays in its folder.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use scorebook::{
    model::{Calendar, parse_day},
    scaffold::{self, Demo, Template, Wanted, what_is_unsafe},
    words::Words,
};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let files = if choice & 1 == 0 {
        let Ok((files, _)) = scaffold::unpack(bytes) else { return };
        files
    } else {
        let names = ["template.yaml", "scorebook.yaml", "pages/{{ company }}.md", "data/a.csv"];
        names.into_iter().map(str::to_owned).zip(bytes.split(|it| *it == 0).map(<[u8]>::to_vec)).collect()
    };
    for path in files.keys() {
        assert!(choice & 1 == 1 || what_is_unsafe(path, None).is_none(), "{path}");
    }
    let Ok(template) = Template::read("x", files) else { return };
    let words = Words::load("vi", Calendar::default()).expect("Vietnamese");
    let values: BTreeMap<String, String> = [("company".to_owned(), "A \"b\" ../c: #d".to_owned())].into();
    for demo in [Demo::Without, Demo::With] {
        let today = parse_day("2026-11-26").expect("a day");
        let wanted = Wanted { words: &words, demo, values: &values, folder: "x", today, logo: None };
        for path in template.fill(&wanted).into_iter().flat_map(BTreeMap::into_keys) {
            assert!(!path.starts_with('/') && !path.split(['/', '\\']).any(|part| part == ".."), "{path}");
        }
    }
});
