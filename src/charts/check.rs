//! What the tests of all charts ask of a picture: well-formed, texts apart and inside, paths by class.

use super::labels::{self, Weight};

/// A text of a picture and its place, in pixels.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) text: &'a str,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) y: f64,
}

/// The `d` of the first path whose attributes after it begin with `class="…`; empty without one.
pub(super) fn path<'a>(svg: &'a str, class: &str) -> &'a str {
    let wanted = format!("class=\"{class}");
    svg.split("<path d=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once("\" "))
        .find(|(_, rest)| rest.starts_with(&wanted))
        .map_or("", |(d, _)| d)
}

/// All texts with their places.
pub(super) fn placed(svg: &str) -> Vec<Placed<'_>> {
    svg.split("<text ")
        .skip(1)
        .map(|rest| {
            let (head, rest) = rest.split_once('>').expect("an opening tag");
            let (text, _) = rest.split_once("</text>").expect("a closing tag");
            let value = |name: &str| {
                let (_, rest) = head.split_once(&format!("{name}=\"")).unwrap_or(("", "\""));
                rest.split_once('"').expect("a closing quote").0
            };
            let classes: Vec<&str> = value("class").split(' ').collect();
            let bold = classes.iter().any(|class| *class == "tb" || *class == "tbr" || class.starts_with("t-"));
            let weight = if bold { Weight::Bold } else { Weight::Regular };
            let width = f64::from(labels::width(text, weight)) / 10.0;
            let x: f64 = value("x").parse().expect("a number");
            let from = match classes {
                ref classes if classes.contains(&"e") => x - width,
                ref classes if classes.contains(&"mid") => x - width / 2.0,
                _ => x,
            };
            Placed { text, from, to: from + width, y: value("y").parse().expect("a number") }
        })
        .collect()
}

/// No two texts touch, none leaves the picture.
pub(super) fn texts(svg: &str, width: f64) {
    let placed = placed(svg);
    for (at, one) in placed.iter().enumerate() {
        assert!(one.from >= -1.0 && one.to <= width + 1.0, "{one:?} leaves\n{svg}");
        for other in &placed[at + 1..] {
            // Places are written with one decimal: 72.6 − 56.6 is 16.
            let apart = ((one.y - other.y).abs() * 10.0).round() >= 160.0 || one.to <= other.from || other.to <= one.from;
            assert!(apart, "{one:?} {other:?}\n{svg}");
        }
    }
}

/// Tags balance, attributes are quoted and stand once, nothing is left unescaped, every number is one.
pub(super) fn well_formed(svg: &str) {
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
    assert!(!svg.contains(" style="), "{svg}");
    assert!(svg.chars().all(|c| c >= ' '), "{svg:?}");
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        text(&rest[..at]);
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{svg}");
            continue;
        }
        let (tag, closed) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, list) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{name}");
        attributes(list);
        if !closed {
            open.push(name);
        }
    }
    assert_eq!((rest, open.len()), ("", 0), "{svg}");
}

fn attributes(mut list: &str) {
    let mut seen: Vec<&str> = Vec::new();
    while !list.is_empty() {
        let (name, rest) = list.split_once("=\"").expect("a value");
        let (value, rest) = rest.split_once('"').expect("a closing quote");
        assert!(!seen.contains(&name), "{name} twice");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{name}");
        text(value);
        seen.push(name);
        list = rest.strip_prefix(' ').unwrap_or(rest);
    }
}

fn text(text: &str) {
    assert!(!text.contains(['<', '>', '"', '\'']), "{text}");
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        assert!(known.iter().any(|name| text[at..].starts_with(name)), "{text}");
    }
}
