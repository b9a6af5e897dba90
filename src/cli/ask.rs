//! Questions on a terminal, one at a time, each with its default. Where nobody sits, nothing is asked.

use std::io::IsTerminal;

use dialoguer::{Input, Select, theme::ColorfulTheme, theme::SimpleTheme, theme::Theme};

use super::Failure;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Somebody at a terminal.
    Somebody,
    /// Nobody: a job, a script, a pipe.
    Nobody,
}

/// A question.
pub(crate) struct Question<'a> {
    /// As it is put.
    pub(crate) text: &'a str,
    /// What a good answer looks like; said before the question.
    pub(crate) hint: Option<&'a str>,
    /// What Enter alone means.
    pub(crate) default: Option<&'a str>,
    /// Whether nothing is an answer, too.
    pub(crate) may_be_empty: Empty,
}

/// Whether nothing is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    /// Enter alone goes on.
    Fine,
    /// Something must be said.
    Refused,
}

impl Ask {
    /// Questions go to standard error and answers come from standard input: both must be a terminal.
    pub(crate) fn here() -> Self {
        if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() { Self::Somebody } else { Self::Nobody }
    }

    /// A line. An answer that will not do is said to be so, and asked for again.
    pub(crate) fn line(self, question: &Question<'_>, check: impl Fn(&str) -> Result<(), String>) -> Result<Option<String>, Failure> {
        if self == Self::Nobody {
            return Ok(None);
        }
        if let Some(hint) = question.hint {
            say(hint);
        }
        let theme = theme();
        let mut input = Input::<String>::with_theme(theme.as_ref()).with_prompt(question.text).allow_empty(true);
        if let Some(default) = question.default.filter(|it| !it.is_empty()) {
            input = input.default(default.to_owned());
        }
        let needed = question.may_be_empty == Empty::Refused;
        let input = input.validate_with(|answer: &String| match (answer.trim(), needed) {
            ("", false) => Ok(()),
            (answer, _) => check(answer),
        });
        let answer = input.interact_text()?;
        Ok(Some(answer.trim().to_owned()).filter(|it| !it.is_empty()))
    }

    /// One of several, with the arrow keys.
    pub(crate) fn one_of(self, text: &str, items: &[String], default: usize) -> Result<Option<usize>, Failure> {
        if self == Self::Nobody || items.is_empty() {
            return Ok(None);
        }
        let theme = theme();
        Ok(Some(Select::with_theme(theme.as_ref()).with_prompt(text).items(items).default(default).interact()?))
    }
}

/// Says something between questions.
pub(crate) fn say(line: &str) {
    super::findings::say(line);
}

fn theme() -> Box<dyn Theme> {
    if std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty()) { Box::new(SimpleTheme) } else { Box::new(ColorfulTheme::default()) }
}
