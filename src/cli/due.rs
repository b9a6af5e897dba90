//! `due`: who owes what, and the command that answers it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    compute::{self, Due},
    disk,
    model::Visibility,
    render, site,
    view::DueOf,
};

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
        DueFormat::Json => json(&session, &all, &by_person()),
        DueFormat::Ics => site::due_calendar(&plan, &all),
    };
    match &arguments.out {
        Some(file) => disk::write_file(file, &bytes)?,
        None => findings::print(&bytes)?,
    }
    findings::count(&session, volume);
    Ok(if session.counts().0 > 0 { Outcome::Findings } else { Outcome::Fine })
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    as_of: String,
    due: Vec<DueOut<'a>>,
}

#[derive(Serialize)]
struct DueOut<'a> {
    who: Option<&'a str>,
    day: String,
    overdue: bool,
    what: &'a str,
    of: &'a str,
    command: Option<&'a str>,
    source: Option<&'a str>,
}

fn json(session: &Session, all: &[Due], by_person: &[DueOf]) -> Vec<u8> {
    let given = |text: &'_ str| !text.is_empty();
    let lines = by_person.iter().flat_map(|it| &it.lines);
    let due = all
        .iter()
        .zip(lines)
        .map(|(due, line)| DueOut {
            who: due.who.as_ref().map(|id| id.as_str()),
            day: due.day.to_string(),
            overdue: line.late,
            what: &line.what,
            of: &line.of,
            command: Some(line.command.as_str()).filter(|it| given(it)),
            source: Some(line.source.as_str()).filter(|it| given(it)),
        })
        .collect();
    let document = Document { schema_version: 1, as_of: session.scorecard.as_of.to_string(), due };
    let mut bytes = serde_json::to_vec(&document).expect("the document holds texts and numbers only");
    bytes.push(b'\n');
    bytes
}
