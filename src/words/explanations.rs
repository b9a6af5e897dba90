//! What a finding means, why it matters, how to mend it: for `explain`, the site's guide and whoever writes goals.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{diagnostic::Code, theme};

use super::Words;

/// The explanation of a finding; texts with code in backticks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Explanation {
    /// In a few words.
    pub title: String,
    /// What was seen.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// Lines that show it.
    pub bad: String,
    /// The same lines, mended.
    pub good: String,
    /// What to do.
    pub mend: String,
}

pub(super) type Explanations = BTreeMap<String, Explanation>;

impl Words {
    /// What a finding means; in English where the language does not say it.
    pub fn explanation(&self, code: Code) -> Option<&Explanation> {
        self.explanations.get_or_init(|| read(&self.language, self.own_explanations.as_deref())).get(code.name())
    }
}

fn read(language: &str, over: Option<&str>) -> Explanations {
    let of = |language| theme::explanations(language).map(parse).unwrap_or_default();
    let mut all = of("en");
    if language != "en" {
        all.extend(of(language));
    }
    if let Some(Ok(over)) = over.map(try_parse) {
        all.extend(over);
    }
    all
}

fn parse(text: &str) -> Explanations {
    try_parse(text).expect("the built-in explanations are YAML: a test reads them")
}

/// The same of a file that somebody wrote.
///
/// # Errors
/// In the parser's words.
pub(super) fn try_parse(text: &str) -> Result<Explanations, String> {
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_in_every_language() {
        for language in theme::languages() {
            let all = theme::explanations(language).map(parse).expect("a file");
            for code in Code::ALL {
                let it = all.get(code.name()).unwrap_or_else(|| panic!("{language} does not explain {}", code.name()));
                for text in [&it.title, &it.what, &it.why, &it.bad, &it.good, &it.mend] {
                    assert!(!text.trim().is_empty(), "{language}: {}", code.name());
                }
            }
        }
    }
}
