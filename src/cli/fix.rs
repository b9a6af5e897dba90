//! `check --fix`: what has exactly one right answer is mended in its file.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Finding, Mended, mend},
    disk,
    model::Visibility,
};

use super::{
    Failure,
    args::{Check, CheckFormat},
    findings,
    session::Session,
};

/// One mistake can hide another: so often a file is looked at anew.
const MOST_ROUNDS: usize = 50;

/// Mends the files, or only shows how, and says what was changed.
pub(super) fn run(arguments: &Check, audience: Visibility) -> Result<(), Failure> {
    let mut total = 0;
    for _ in 0..MOST_ROUNDS {
        let session = Session::open(&arguments.common, audience)?;
        let changed = round(&session, arguments)?;
        total += changed;
        if changed == 0 || arguments.dry_run {
            break;
        }
    }
    let session = Session::open(&arguments.common, audience)?;
    let key = if arguments.dry_run { "cli.would-fix" } else { "cli.fixed" };
    findings::say(&session.voice.count(key, total));
    Ok(())
}

fn round(session: &Session, arguments: &Check) -> Result<usize, Failure> {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in session.findings.iter().filter(|it| it.fix.is_some()) {
        by_file.entry(&finding.place.file).or_default().push(finding);
    }
    let mut changed = 0;
    for (file, all) in by_file {
        let path = session.root.join(file);
        let (bytes, lines) = mend(&disk::read_file(&path)?, &all);
        if lines.is_empty() {
            continue;
        }
        changed += lines.len();
        let diff = diff(file, &lines);
        match arguments.format {
            CheckFormat::Human => findings::print(diff)?,
            // Standard output is another program's.
            CheckFormat::Short
            | CheckFormat::Json
            | CheckFormat::Github
            | CheckFormat::Gitlab
            | CheckFormat::Sarif
            | CheckFormat::Junit => findings::say(diff.trim_end()),
        }
        if !arguments.dry_run {
            disk::write_file(&path, &bytes)?;
        }
    }
    Ok(changed)
}

fn diff(file: &str, lines: &[Mended]) -> String {
    let mut text = format!("--- {file}\n+++ {file}\n");
    for Mended { line, old, new } in lines {
        text.push_str(&format!("@@ -{line} +{line} @@\n-{old}\n+{new}\n"));
    }
    text
}
