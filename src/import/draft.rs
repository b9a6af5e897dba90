//! A file that is to be written: its keys, and under a heading of its own what has no place among them.

use crate::{
    model::{Amount, Denomination, Marks, Quoting, Scale, Unit, read_number},
    words::{Words, yaml},
};

/// A cell that is kept word for word.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// `Sheet1!D14`.
    pub(super) address: String,
    /// What stands over it.
    pub(super) head: String,
    pub(super) text: String,
}

/// A file in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// A comment: from where it comes.
    pub(super) from: String,
    /// Keys and values, as YAML.
    pub(super) keys: String,
    /// What an author could have written below.
    pub(super) text: String,
    pub(super) kept: Vec<Kept>,
}

impl Draft {
    pub(super) fn key(&mut self, key: &str, value: &str) {
        self.keys.push_str(&format!("{key}: {value}\n"));
    }

    pub(super) fn maybe(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.key(key, &value);
        }
    }

    pub(super) fn render(&self, words: &Words) -> String {
        let mut text = format!("---\n# {}\n{}---\n", one_line(&self.from), self.keys);
        text.push_str(&self.text);
        if !self.kept.is_empty() {
            if !self.text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("## {}\n\n{}", words.word("import.heading"), list(&self.kept)));
        }
        text
    }
}

/// Cells as a list, each with its address.
pub(super) fn list(kept: &[Kept]) -> String {
    let item = |Kept { address, head, text }: &Kept| {
        let head = if head.is_empty() { String::new() } else { format!("**{}** ", escaped(head).replace('\n', " ")) };
        format!("- {head}({}): {}\n", address.replace('\n', " "), escaped(text).replace('\n', "  \n  "))
    };
    kept.iter().map(item).collect()
}

/// A text that Markdown shows as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut starts = true;
    for c in text.chars() {
        let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|');
        if special || (starts && matches!(c, '#' | '>' | '-' | '+' | '=' | ':')) {
            all.push('\\');
        }
        // `1.` at the front of a line would be a list.
        if matches!(c, '.' | ')')
            && all.rsplit('\n').next().is_some_and(|line| !line.is_empty() && line.bytes().all(|it| it.is_ascii_digit()))
        {
            all.push('\\');
        }
        all.push(c);
        starts = c == '\n' || (starts && c == ' ');
    }
    all
}

/// A text behind `#`.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// A number as a value: with the suffix that it was written with where it reads back as itself, else digit for digit.
pub(super) fn number(amount: &Amount, unit: Option<&Unit>, words: &Words, marks: Marks) -> String {
    let reads = |written: &str| {
        let bare = written.trim_matches('"');
        matches!(read_number(bare, Quoting::Quoted, unit, marks), Ok(Some(read)) if read.value == amount.value)
    };
    if amount.scale != Scale::One {
        let short = yaml::number(amount.value, amount, words);
        if reads(&short) {
            return short;
        }
    }
    let value = if amount.value == 0.0 { 0.0 } else { amount.value };
    let mut digits = format!("{value}");
    let written = digits.split('.').nth(1).map_or(0, str::len);
    // `12,50` keeps the decimals that its author wrote.
    let wanted = usize::from(amount.decimals).min(6);
    if amount.scale == Scale::One && written < wanted {
        digits = format!("{value:.wanted$}");
    }
    let digits = digits.replace('.', &marks.decimal.to_string());
    if digits.contains([',', '.']) { format!("\"{digits}\"") } else { digits }
}

/// A weight, in per cent where it was written so.
pub(super) fn weight(amount: &Amount, words: &Words, marks: Marks) -> String {
    let bare = number(amount, None, words, marks);
    match amount.denomination {
        Denomination::Percent if bare.starts_with('"') => format!("\"{}%\"", bare.trim_matches('"')),
        Denomination::Percent => format!("{bare}%"),
        Denomination::Plain | Denomination::Money(_) => bare,
    }
}
