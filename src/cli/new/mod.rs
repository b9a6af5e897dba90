//! `new`: files to fill in, or filled in by answers. Nothing is ever overwritten.

mod check_in;
mod form;
mod kpi;
mod objective;
mod people;
mod period;

use crate::{
    diagnostic::nearest,
    disk,
    model::{Id, Period},
    scaffold::NewFile,
};

use super::{Failure, Outcome, Volume, args::NewWhat, findings, session::Session};

pub(crate) fn run(what: &NewWhat, volume: Volume) -> Result<Outcome, Failure> {
    match what {
        NewWhat::Objective(it) => objective::run(it, volume),
        NewWhat::Kpi(it) => kpi::run(it, volume),
        NewWhat::CheckIn(it) => check_in::run(it, volume),
        NewWhat::Department(it) => people::department(it, volume),
        NewWhat::Person(it) => people::person(it, volume),
        NewWhat::Period(it) => period::run(it, volume),
    }
}

/// Writes a file that is not there yet, and prints where.
fn write(session: &Session, file: &NewFile) -> Result<(), Failure> {
    let path = session.root.join(&file.path);
    disk::write_new(&path, file.text.as_bytes())?;
    findings::print(format!("{}\n", path.display()))
}

/// A period that the command line names.
fn period_of(session: &Session, text: &str) -> Result<Period, Failure> {
    let no = || Failure(session.voice.say("cli.no-period", &[("value", text.into())]));
    Period::parse(text, session.workspace.config.calendar).ok_or_else(no)
}

/// A person as the command line or an answer names them: somebody declared by id or name; where nobody is declared, any name.
fn person_of(session: &Session, text: &str) -> Result<Id, Failure> {
    if session.workspace.people.iter().any(|it| it.source.is_some()) { session.person(text) } else { Ok(Id::new(text)) }
}

/// A department, alike.
fn department_of(session: &Session, text: &str) -> Result<Id, Failure> {
    let is_declared = session.workspace.departments.iter().any(|it| it.source.is_some());
    if is_declared && text != "company" { session.department(text) } else { Ok(Id::new(text)) }
}

/// An objective by its id or an old one.
fn objective_of(session: &Session, text: &str) -> Result<usize, Failure> {
    let objectives = &session.workspace.objectives;
    let id = Id::new(text);
    objectives.iter().position(|it| it.id == id || it.aliases.contains(&id)).ok_or_else(|| {
        let words = session.voice.say("new.no-objective", &[("value", text.into())]);
        let near = nearest(id.as_str(), objectives.iter().map(|it| it.id.as_str()));
        Failure(near.map_or(words.clone(), |near| format!("{words}; {}", session.voice.say("cli.meant", &[("name", near.into())]))))
    })
}
