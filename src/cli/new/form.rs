//! Questions about a new thing, each followed at once by what the findings say of the answer.

use std::collections::BTreeSet;

use crate::{
    cli::{
        Failure,
        args::Common,
        ask::{self, Ask, Empty, Question},
        session::Session,
    },
    diagnostic::{Code, Finding},
    model::{Id, Visibility},
    scaffold::NewFile,
    words::Words,
};

/// What is lacking while there are questions to come is no mistake yet.
const NOT_YET: [Code; 7] =
    [Code::TooFewKeyResults, Code::NoOwner, Code::NoDepartment, Code::MissingKey, Code::UnusedKpi, Code::TooManyObjectives, Code::OnPaper];

/// A conversation about a file that is being made.
pub(super) struct Form<'a> {
    pub(super) ask: Ask,
    pub(super) session: &'a Session,
    common: &'a Common,
    told: BTreeSet<(Code, &'static str, String)>,
}

impl<'a> Form<'a> {
    pub(super) fn new(session: &'a Session, common: &'a Common) -> Self {
        Self { ask: Ask::here(), session, common, told: BTreeSet::new() }
    }

    pub(super) fn words(&self) -> &'a Words {
        &self.session.words
    }

    pub(super) fn is_asked(&self) -> bool {
        self.ask == Ask::Somebody
    }

    /// A line; `key` names the question and its hint in the word files.
    pub(super) fn line(&self, key: &str, default: Option<&str>, empty: Empty) -> Result<Option<String>, Failure> {
        let words = self.words();
        let hint = format!("{key}-hint");
        let hint = words.has(&hint).then(|| words.word(&hint));
        let text = words.word(key);
        let question = Question { text: &text, hint: hint.as_deref(), default, may_be_empty: empty };
        let nothing = words.word("new.ask.nothing");
        self.ask.line(&question, |answer| if answer.is_empty() { Err(nothing.clone()) } else { Ok(()) })
    }

    /// A line whose answer must be something that `read` makes sense of; its refusal is said and the question put again.
    pub(super) fn read<T>(
        &self,
        key: &str,
        default: Option<&str>,
        empty: Empty,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Failure> {
        let words = self.words();
        let text = words.word(key);
        let question = Question { text: &text, hint: None, default, may_be_empty: empty };
        let answer = self.ask.line(&question, |answer| read(answer).map(|_| ()))?;
        answer.map(|it| read(&it).map_err(Failure)).transpose()
    }

    /// One of several; the last line means none of them.
    pub(super) fn choice(&self, key: &str, items: &[String], none: Option<&str>) -> Result<Option<usize>, Failure> {
        if items.is_empty() {
            return Ok(None);
        }
        let mut all = items.to_vec();
        all.extend(none.map(|key| self.words().word(key)));
        Ok(self.ask.one_of(&self.words().word(key), &all, 0)?.filter(|at| *at < items.len()))
    }

    /// Whether an answer stays as it is, although something was said of it.
    pub(super) fn is_kept(&self) -> Result<bool, Failure> {
        let answers = ["new.ask.keep-it", "new.ask.write-anew"].map(|key| self.words().word(key));
        Ok(self.choice("new.ask.keep", &answers, None)? != Some(1))
    }

    /// A person of the workspace, or any name where nobody is declared.
    pub(super) fn person(&self, key: &str) -> Result<Option<Id>, Failure> {
        let people: Vec<_> = self.session.workspace.people.iter().filter(|it| it.source.is_some()).collect();
        if people.is_empty() {
            return Ok(self.line(key, None, Empty::Fine)?.map(|it| Id::new(&it)));
        }
        let names: Vec<String> = people.iter().map(|it| it.name.clone()).collect();
        Ok(self.choice(key, &names, Some("new.ask.nobody"))?.map(|at| people[at].id.clone()))
    }

    /// A department, alike; the whole company is one of the answers.
    pub(super) fn department(&self, key: &str) -> Result<Option<Id>, Failure> {
        let all: Vec<_> = self.session.workspace.departments.iter().filter(|it| it.source.is_some() && it.name.is_some()).collect();
        if all.is_empty() {
            return Ok(None);
        }
        let names: Vec<String> = all.iter().map(|it| it.name.clone().unwrap_or_default()).collect();
        let at = self.choice(key, &names, Some("new.ask.company"))?;
        Ok(Some(at.map_or_else(|| Id::new("company"), |at| all[at].id.clone())))
    }

    /// What the findings say of the file so far that they have not said before. `true` when there is something.
    pub(super) fn tell(&mut self, file: &NewFile, is_whole: bool) -> Result<bool, Failure> {
        let session = Session::open_with(self.common, Visibility::Restricted, Some(file))?;
        let mut told = false;
        let own = |it: &&Finding| *it.place.file == *file.path && (is_whole || !NOT_YET.contains(&it.code));
        for finding in session.findings.iter().filter(own) {
            let message = session.words.finding_message(finding);
            if self.told.insert((finding.code, finding.message, message.clone())) {
                ask::say(&format!("  ▲ {message} [{}]\n    {}", finding.code.name(), session.words.finding_help(finding)));
                told = true;
            }
        }
        Ok(told)
    }
}
