//! `new period`: what the closing check-ins of one period carry on, as drafts of the next.

use crate::{
    cli::{Failure, Outcome, Volume, args::NewPeriod, findings, session::Session},
    model::Visibility,
    scaffold::{self, NextPeriod},
};

use super::{period_of, write};

pub(super) fn run(arguments: &NewPeriod, volume: Volume) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let (next, last) = (period_of(&session, &arguments.period)?, period_of(&session, &arguments.from)?);
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
