//! `check`: findings only.

use std::path::{Component, Path, Prefix};

use crate::{
    diagnostic::{Finding, Severity},
    export::{
        findings::{Folders, Warnings, github, gitlab, junit, sarif, short},
        findings_json,
    },
    model::Visibility,
};

use super::{
    Failure, Outcome, Volume,
    args::{Check, CheckFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Check, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(Visibility::Restricted, Into::into);
    if arguments.fix {
        super::fix::run(arguments, audience)?;
    }
    let session = Session::open(&arguments.common, audience)?;
    match written(arguments, &session, volume) {
        Some(text) => {
            findings::print(text)?;
            findings::show_notes(&session, volume);
        }
        None => {
            findings::show(&session, volume);
            if volume != Volume::Quiet {
                findings::say(&findings::summary(&session));
            }
        }
    }
    let theme = super::theme::check(&session, volume)?;
    let (errors, warnings) = session.counts();
    let counts = errors > 0 || (arguments.deny.is_some() && warnings > 0);
    Ok(if counts { Outcome::Findings } else { theme })
}

/// What stands on standard output; people read the findings on standard error.
fn written(arguments: &Check, session: &Session, volume: Volume) -> Option<String> {
    let Session { findings, words, .. } = session;
    let folders = || folders(&session.root);
    let warnings = if arguments.deny.is_some() { Warnings::Fail } else { Warnings::Pass };
    Some(match arguments.format {
        CheckFormat::Human => return None,
        CheckFormat::Short => short(&loud_enough(findings, volume), words),
        CheckFormat::Json => findings_json(findings, words),
        CheckFormat::Github => github(findings, words, &folders()),
        CheckFormat::Gitlab => gitlab(findings, words, &folders()),
        CheckFormat::Sarif => sarif(findings, words, &folders(), env!("CARGO_PKG_VERSION")),
        CheckFormat::Junit => junit(findings, words, &folders(), warnings),
    })
}

/// `-q` says only what went wrong, in the forms that people read.
fn loud_enough(findings: &[Finding], volume: Volume) -> Vec<Finding> {
    findings.iter().filter(|it| volume != Volume::Quiet || it.severity == Severity::Error).cloned().collect()
}

/// The folder in which the command runs, and the workspace.
fn folders(root: &Path) -> Folders {
    let here = std::env::current_dir().unwrap_or_default();
    let (here, workspace) = (names(&here), names(&here.join(root)));
    let shared = here.iter().zip(&workspace).take_while(|(a, b)| a == b).count();
    let path = |names: &[String]| names.iter().map(|name| format!("{name}/")).collect();
    Folders { here: path(&here[shared..]), workspace: path(&workspace[shared..]) }
}

/// The names of an absolute path's folders. A drive is one name in both of Windows' spellings.
fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::Prefix(prefix) => match prefix.kind() {
                Prefix::Disk(drive) | Prefix::VerbatimDisk(drive) => names.push(format!("{}:", char::from(drive.to_ascii_uppercase()))),
                _ => names.push(prefix.as_os_str().to_string_lossy().replace('\\', "/")),
            },
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir => {
                names.pop();
            }
            Component::Normal(name) => names.push(name.to_string_lossy().into_owned()),
        }
    }
    names
}
