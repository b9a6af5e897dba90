//! `new`: files to fill in. Nothing is ever overwritten.

use crate::{
    diagnostic::nearest,
    disk,
    model::{Id, ObjectiveAt, Period, Visibility},
    scaffold::{self, NewFile, NextPeriod},
};

use super::{
    Failure, Outcome, Volume,
    args::{NewCheckIn, NewPeriod, NewWhat},
    findings,
    session::Session,
};

pub(crate) fn run(what: &NewWhat, volume: Volume) -> Result<Outcome, Failure> {
    match what {
        NewWhat::CheckIn(arguments) => check_in(arguments),
        NewWhat::Period(arguments) => period(arguments, volume),
    }
}

fn check_in(arguments: &NewCheckIn) -> Result<Outcome, Failure> {
    // Whoever writes a check-in has the files before their eyes.
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let objectives = &session.workspace.objectives;
    let id = Id::new(&arguments.objective);
    let at = objectives.iter().position(|it| it.id == id || it.aliases.contains(&id)).ok_or_else(|| {
        let words = session.voice.say("new.no-objective", &[("value", arguments.objective.as_str().into())]);
        let near = nearest(id.as_str(), objectives.iter().map(|it| it.id.as_str()));
        Failure(near.map_or(words.clone(), |near| format!("{words}; {}", session.voice.say("cli.meant", &[("name", near.into())]))))
    })?;
    let author = arguments.author.as_deref().map(|text| session.person(text)).transpose()?;
    let day = arguments.date.unwrap_or(session.scorecard.as_of);
    let file = scaffold::check_in(&session.workspace, &session.scorecard, ObjectiveAt(at), day, author.as_ref(), &session.words);
    write(&session, &file)?;
    Ok(Outcome::Fine)
}

fn period(arguments: &NewPeriod, volume: Volume) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let calendar = session.workspace.config.calendar;
    let parse = |text: &str| {
        let no = || Failure(session.voice.say("cli.no-period", &[("value", text.into())]));
        Period::parse(text, calendar).ok_or_else(no)
    };
    let (next, last) = (parse(&arguments.period)?, parse(&arguments.from)?);
    let NextPeriod { files, ended, undecided } =
        scaffold::next_period(&session.workspace, &session.scorecard, &last, &next, &session.words);
    for file in &files {
        write(&session, file)?;
    }
    if volume != Volume::Quiet {
        for (title, outcome) in ended {
            let outcome = session.words.word(&format!("report.review.{}", outcome.name())).to_lowercase();
            findings::say(&session.words.say("new.ended", &[("title", title.into()), ("outcome", outcome.into())]));
        }
        for title in &undecided {
            findings::say(&session.words.say("new.undecided", &[("title", title.as_str().into())]));
        }
        if files.is_empty() && undecided.is_empty() {
            findings::say(&session.words.say("new.nothing", &[("period", session.words.period_inside(&last).into())]));
        }
    }
    Ok(Outcome::Fine)
}

/// Writes a file that is not there yet, and prints where.
fn write(session: &Session, file: &NewFile) -> Result<(), Failure> {
    let path = session.root.join(&file.path);
    disk::write_new(&path, file.text.as_bytes())?;
    findings::print(format!("{}\n", path.display()))
}
