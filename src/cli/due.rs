//! `due`: who owes what, and the command that answers it.

use std::collections::BTreeMap;

use crate::{compute, model::Visibility, render, site};

use super::{
    Failure, Outcome, Volume,
    args::{DueArgs, DueFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &DueArgs, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(Visibility::Internal, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    let as_of = session.scorecard.as_of;
    let until = as_of.checked_add(jiff::Span::new().days(arguments.within)).unwrap_or(as_of);
    let all = compute::due(&session.workspace, &session.scorecard, until);
    let (halves, quotes) = (session.own_half(), BTreeMap::new());
    let plan = session.plan(&halves, &quotes);
    let by_person = || site::due(&plan, &all);
    let day = session.words.day(until);
    let bytes = match arguments.format {
        DueFormat::Human => render::due_text(&session.words, &by_person(), &day).into_bytes(),
        DueFormat::Md => render::due_markdown(&session.words, &by_person(), &day).into_bytes(),
        DueFormat::Json => site::due_json(&plan, &all).into_bytes(),
        DueFormat::Ics => site::due_calendar(&plan, &all),
    };
    findings::deliver(arguments.out.as_deref(), &bytes)?;
    findings::count(&session, volume);
    Ok(session.outcome())
}
