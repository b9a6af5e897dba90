//! Recipes for continuous integration: from a checkout to the published site and the job's summary.

use crate::words::Words;

use super::NewFile;

/// Who runs the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions, with Pages.
    Github,
    /// GitLab CI, with Pages.
    Gitlab,
}

/// The recipe's file. `version` is the program's: it is installed once and kept.
pub fn recipe(host: Host, version: &str, words: &Words) -> NewFile {
    let (path, name) = match host {
        Host::Github => (".github/workflows/scorebook.yml", "github.yml"),
        Host::Gitlab => (".gitlab-ci.yml", "gitlab.yml"),
    };
    NewFile { path: path.to_owned(), text: words.recipe(name, version).expect("the theme has every recipe") }
}
