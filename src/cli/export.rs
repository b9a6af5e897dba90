//! `export`: the figures for other programs, and for people who live in a spreadsheet.

use std::path::Path;

use crate::{
    disk,
    export::{self, Figures},
    model::Visibility,
};

use super::{
    Failure, Outcome, Volume,
    args::{Export, ExportFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Export, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(Visibility::Internal, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    let Session { workspace, scorecard, findings: found, words, .. } = &session;
    let figures = Figures { workspace, scorecard, findings: found, words };
    let nowhere = |key: &str| Failure(session.voice.word(key));
    match (arguments.format, &arguments.out) {
        (ExportFormat::Json, out) => {
            let mut document = Vec::new();
            export::json(&mut document, workspace, scorecard, found, words)?;
            findings::deliver(out.as_deref(), &document)?;
        }
        (ExportFormat::Csv, Some(file)) if is_zip(file) => disk::write_file(file, &export::csv_zip(&figures)?)?,
        (ExportFormat::Csv, Some(file)) if file.is_file() => return Err(nowhere("cli.where-csv")),
        (ExportFormat::Csv, Some(folder)) => {
            for (name, bytes) in export::csv(&figures) {
                disk::write_file(&folder.join(name), &bytes)?;
            }
        }
        (ExportFormat::Xlsx, Some(file)) => disk::write_file(file, &export::xlsx(&figures)?)?,
        (ExportFormat::Csv, None) => return Err(nowhere("cli.where-csv")),
        (ExportFormat::Xlsx, None) => return Err(nowhere("cli.where-xlsx")),
    }
    findings::show(&session, volume);
    Ok(session.outcome())
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip"))
}
