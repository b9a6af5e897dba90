//! `diff`: what changed between two days, or two revisions of the repository in which the workspace lies.

use std::path::Path;

use crate::{
    compute::{self, Moment, ObjectiveChange, Scorecard},
    disk,
    export::{self, Revisions},
    load::{self, Input, Others},
    model::{Date, Visibility, Workspace, parse_day},
    render,
    route::Routes,
    site,
};

use super::{
    Failure, Outcome, Volume,
    args::{Diff, DiffFormat},
    findings,
    session::{Session, newer},
};

pub(crate) fn run(arguments: &Diff, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(Visibility::Internal, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    let (before, after) = sides(arguments, &session, audience)?;
    let (was, is) = (before.moment(&session), after.moment(&session));
    if was.scorecard.as_of > is.scorecard.as_of {
        return Err(Failure(session.voice.word("cli.diff-order")));
    }
    let mut changes = compute::changes(was, is);
    if before.commit.is_none() {
        add_moved_goals(&session, arguments, audience, is, &mut changes);
    }
    let words = &session.words;
    let heading = words
        .say("diff.days", &[("from", name(&session, &before, was.scorecard).into()), ("to", name(&session, &after, is.scorecard).into())]);
    let view = || site::changes(was, is, &changes, words, &Routes::own(), heading.clone());
    let text = match arguments.format {
        DiffFormat::Human => render::changes_text(&view()),
        DiffFormat::Md => render::changes_markdown(&view()),
        DiffFormat::Json => {
            let revisions = Revisions { from: before.commit.as_deref(), to: after.commit.as_deref() };
            export::changes_json(&changes, was, is, revisions)
        }
    };
    findings::deliver(arguments.out.as_deref(), text.as_bytes())?;
    findings::count(&session, volume);
    Ok(session.outcome())
}

/// One of the two moments: of the files as they are, or of a revision.
struct Moments {
    /// None: the workspace as it is.
    workspace: Option<Workspace>,
    /// None: as of the session's day.
    scorecard: Option<Scorecard>,
    commit: Option<String>,
}

impl Moments {
    fn moment<'a>(&'a self, session: &'a Session) -> Moment<'a> {
        Moment {
            workspace: self.workspace.as_ref().unwrap_or(&session.workspace),
            scorecard: self.scorecard.as_ref().unwrap_or(&session.scorecard),
        }
    }
}

fn sides(arguments: &Diff, session: &Session, audience: Visibility) -> Result<(Moments, Moments), Failure> {
    let drafts = arguments.common.drafts();
    let of_files = |day: Option<Date>| Moments {
        workspace: None,
        scorecard: day.map(|day| compute::scorecard(&session.workspace, day, drafts)),
        commit: None,
    };
    let of_revision = |revision: &str, day: Option<Date>| -> Result<Moments, Failure> {
        let (workspace, commit, committed) = at_revision(&session.root, revision, audience)?;
        let day = day.or(session.workspace.config.as_of).unwrap_or(committed);
        let scorecard = compute::scorecard(&workspace, day, drafts);
        Ok(Moments { workspace: Some(workspace), scorecard: Some(scorecard), commit: Some(commit) })
    };
    let before = match &arguments.from_rev {
        Some(revision) => of_revision(revision, arguments.from)?,
        None => of_files(arguments.from),
    };
    let after = match &arguments.to_rev {
        Some(revision) => of_revision(revision, arguments.to)?,
        None => of_files(arguments.to),
    };
    Ok((before, after))
}

/// The workspace of a revision, the commit, and its day.
fn at_revision(root: &Path, revision: &str, audience: Visibility) -> Result<(Workspace, String, Date), Failure> {
    let disk::Revision { commit, day, tree, blobs } = disk::read_revision(root, revision)?;
    let (config, declared, mut found) = load::config(tree.config).map_err(newer)?;
    let files = tree.texts.into_iter().map(|(path, bytes)| Input { path, bytes }).collect();
    let read = |path: &str| blobs.get(path).and_then(|name| disk::read_blob(root, name));
    let (workspace, findings) = load::workspace(config, declared, files, Others { sizes: tree.others, read: &read });
    found.extend(findings);
    let (workspace, _) = compute::for_audience(workspace, found, audience);
    let day = parse_day(&day).ok_or_else(|| Failure(format!("git gives no day for `{revision}`")))?;
    Ok((workspace, commit, day))
}

/// Between two days of the files as they are no goal can have moved; the repository knows better.
///
/// Nobody moves the goalposts unseen: where there is a history, what was written on the earlier day is compared, too.
fn add_moved_goals(session: &Session, arguments: &Diff, audience: Visibility, after: Moment<'_>, changes: &mut Vec<ObjectiveChange>) {
    let Some(from) = arguments.from.filter(|_| disk::is_repository(&session.root)) else { return };
    let Ok(Some(commit)) = disk::revision_of_day(&session.root, &from.to_string()) else { return };
    let Ok((workspace, ..)) = at_revision(&session.root, &commit, audience) else { return };
    let scorecard = compute::scorecard(&workspace, from, arguments.common.drafts());
    let written = compute::changes(Moment { workspace: &workspace, scorecard: &scorecard }, after);
    compute::add_moved_goals(changes, written);
}

/// A day, with the revision where there is one.
fn name(session: &Session, side: &Moments, scorecard: &Scorecard) -> String {
    let day = session.words.day(scorecard.as_of);
    side.commit.as_ref().map_or_else(|| day.clone(), |commit| format!("{day} ({})", &commit[..commit.len().min(10)]))
}
