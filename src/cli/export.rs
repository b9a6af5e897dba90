//! `export`: the figures for other programs.

use crate::{disk, export::json, model::Visibility};

use super::{
    Failure, Outcome, Volume,
    args::{Export, ExportFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Export, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(Visibility::Internal, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    let mut document = Vec::new();
    match arguments.format {
        ExportFormat::Json => json(&mut document, &session.workspace, &session.scorecard, &session.findings, &session.words)?,
    }
    match &arguments.out {
        Some(file) => disk::write_file(file, &document)?,
        None => findings::print(&document)?,
    }
    findings::show(&session, volume);
    Ok(if session.counts().0 > 0 { Outcome::Findings } else { Outcome::Fine })
}
