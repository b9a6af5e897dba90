//! A finding in words.

use crate::diagnostic::{Argument, Code, Finding, is_hidden};

use super::{Arg, Words};

impl Words {
    /// What is wrong: lower case, values in backticks, no full stop.
    pub fn finding_message(&self, finding: &Finding) -> String {
        self.say(&format!("findings.{}.message", finding.message), &self.arguments(finding))
    }

    /// What to write instead, with the name that was probably meant.
    pub fn finding_help(&self, finding: &Finding) -> String {
        let help = || self.say(&format!("findings.{}.help", finding.message), &self.arguments(finding));
        let Some(name) = &finding.suggestion else { return help() };
        let meant = self.say("findings.did-you-mean", &[("name", shorten(name).into())]);
        match finding.code {
            // The one key that was meant says more than all that there are.
            Code::UnknownKey => meant,
            _ => format!("{meant} {}", help()),
        }
    }

    fn arguments<'f>(&self, finding: &'f Finding) -> Vec<(&'f str, Arg<'f>)> {
        let value = |argument: &Argument| match argument {
            Argument::Text(text) => Arg::from(shorten(text)),
            Argument::Names(names) => Arg::from(names.iter().map(|name| format!("`{}`", shorten(name))).collect::<Vec<_>>().join(", ")),
            Argument::Word(key) => Arg::from(self.word(&format!("kinds.{key}"))),
            Argument::Count(count) => Arg::from(*count),
            Argument::Day(day) => Arg::from(self.day(*day)),
        };
        finding.arguments.iter().map(|(name, argument)| (*name, value(argument))).collect()
    }
}

/// A quoted text of any length stays on its line; what cannot be seen is written out.
fn shorten(text: &str) -> String {
    const MOST: usize = 80;
    let mut shown: String = String::new();
    for c in text.chars().take(MOST) {
        if is_hidden(c) {
            shown.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    if text.chars().count() > MOST {
        shown.push('…');
    }
    shown
}
