//! Values as YAML: what an author could have written, and what reads back as itself.

use crate::model::{Amount, Scale};

use super::Words;

/// A text on one line, quoted only where it must be.
pub fn text(words: &str) -> String {
    let plain = !words.is_empty()
        && words.trim() == words
        && words.chars().all(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_' | '.' | ',' | '/' | '(' | ')' | '%' | '+'))
        && words.starts_with(|it: char| it.is_alphabetic())
        && !matches!(words.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n");
    if plain { words.to_owned() } else { quoted(words) }
}

/// A text in double quotes, as it can stand between brackets, too.
pub fn quoted(words: &str) -> String {
    serde_json::to_string(words).expect("a text is always JSON, and JSON's texts are YAML's")
}

/// `key: value`, or the same as a comment that says what may stand there.
pub fn line(key: &str, value: Option<&str>, hint: &str) -> String {
    match value.filter(|it| !it.is_empty()) {
        Some(value) => format!("{key}: {}\n", text(value)),
        None => format!("# {key}:  # {hint}\n"),
    }
}

/// A figure as somebody typed it: bare where every language reads it alike, else in quotes.
pub fn figure(typed: &str) -> String {
    let digits = typed.strip_suffix('%').unwrap_or(typed);
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    let plain = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    let is_day = crate::model::parse_day(typed).is_some();
    if plain || is_day { typed.to_owned() } else { text(typed) }
}

/// A text behind `#`: on one line.
pub fn comment(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// A number as its author wrote it: with the language's decimal mark and the suffix of `like`, and as many decimals as it needs.
pub fn number(value: f64, like: &Amount, words: &Words) -> String {
    let shown = value / like.scale.factor();
    let decimals = (0..=6_usize).find(|places| {
        let power = 10f64.powi(i32::try_from(*places).unwrap_or(0));
        ((shown * power).round() / power - shown).abs() <= shown.abs() * 1e-12
    });
    let digits = format!("{shown:.*}", decimals.unwrap_or(6));
    let digits = if words.decimal_mark() == ',' { digits.replace('.', ",") } else { digits };
    let suffix = words.word(match like.scale {
        Scale::One => "new.suffix.one",
        Scale::Thousand => "new.suffix.thousand",
        Scale::Million => "new.suffix.million",
        Scale::Billion => "new.suffix.billion",
    });
    let suffix = if suffix.is_empty() { suffix } else { format!(" {suffix}") };
    // A comma would cut a pair in two, and a point is read by its language: quotes make both plain.
    if digits.contains([',', '.']) || !suffix.is_empty() { format!("\"{digits}{suffix}\"") } else { digits }
}
