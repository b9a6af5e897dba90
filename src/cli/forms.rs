//! `forms`: what staff fill in by hand, filled with this company's goals.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{disk, model::Visibility, site, view::FormsOf};

use super::{
    Failure, Outcome, Volume,
    args::{Forms, FormsFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Forms, volume: Volume) -> Result<Outcome, Failure> {
    // Whoever prints a form hands it to the one whom it concerns.
    let audience = arguments.common.audience.map_or(Visibility::Restricted, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    let of = match (&arguments.person, &arguments.department) {
        (Some(text), _) => FormsOf::Person(session.person(text)?),
        (None, Some(text)) => FormsOf::Department(session.department(text)?),
        (None, None) => FormsOf::All,
    };
    let dir = arguments.out.clone().unwrap_or_else(|| session.root.join("forms"));
    let files = made(&session, &of, arguments.format)?;
    if files.is_empty() {
        return Err(Failure(session.voice.word("forms.nothing")));
    }
    write(&session, &dir, &files, volume)?;
    Ok(session.outcome())
}

type Files = Vec<(String, Vec<u8>)>;

fn made(session: &Session, of: &FormsOf, format: FormsFormat) -> Result<Files, Failure> {
    let (halves, quotes) = (session.own_half(), BTreeMap::new());
    let plan = session.plan(&halves, &quotes);
    Ok(match format {
        FormsFormat::Html => site::paper_forms(&plan, of)?,
        FormsFormat::Xlsx => site::workbook_forms(&plan, of)?,
        FormsFormat::Csv => site::table_forms(&plan, of),
    })
}

/// Everything that a new company needs to begin: on paper, as workbooks, and the days of the period as a calendar.
pub(crate) fn all(session: &Session, dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (halves, quotes) = (session.own_half(), BTreeMap::new());
    let plan = session.plan(&halves, &quotes);
    let mut files = made(session, &FormsOf::All, FormsFormat::Html)?;
    files.extend(made(session, &FormsOf::All, FormsFormat::Xlsx)?);
    files.extend(site::rhythm_calendar(&plan).map(|bytes| ("calendar.ics".to_owned(), bytes)));
    write(session, dir, &files, Volume::Quiet)
}

/// Whether a file was made here to be printed, or to be read by a calendar: then it can be made anew.
fn is_ours(bytes: &[u8]) -> bool {
    let has = |mark: &str| bytes.windows(mark.len()).any(|it| it == mark.as_bytes());
    has("<meta name=\"generator\" content=\"scorebook\">") || has("PRODID:-//scorebook//EN")
}

/// What is printed is made anew; a workbook may have been filled in since, and stays, as does whatever is not ours.
fn write(session: &Session, dir: &Path, files: &Files, volume: Volume) -> Result<Vec<PathBuf>, Failure> {
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = dir.join(name);
        let old = if disk::is_there(&path) { Some(disk::read_file(&path)?) } else { None };
        if let Some(old) = old.filter(|old| !is_ours(old)) {
            if old != *bytes {
                findings::say(&session.voice.say("forms.kept", &[("file", path.display().to_string().into())]));
            }
            continue;
        }
        disk::write_file(&path, bytes)?;
        if volume != Volume::Quiet {
            findings::print(format!("{}\n", path.display()))?;
        }
        written.push(path);
    }
    Ok(written)
}
