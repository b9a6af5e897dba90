//! What an audience may not see is left out before anything is computed.

use std::collections::BTreeSet;

use crate::{
    diagnostic::Finding,
    model::{CheckIn, Id, KeyResultAt, Link, Linked, Objective, ObjectiveAt, Report, Visibility, Workspace},
};

/// The workspace and its findings as an audience may see them.
///
/// A check-in's text, lists and decision stay only where all that it reports on may be seen; its values each for
/// itself. People are internal.
pub fn for_audience(mut workspace: Workspace, mut findings: Vec<Finding>, audience: Visibility) -> (Workspace, Vec<Finding>) {
    if audience == Visibility::Public {
        hide_people(&mut workspace);
    }
    let all_may_be_seen = workspace.secret_files.values().all(|it| *it <= audience)
        && workspace.objectives.iter().all(|it| it.visibility <= audience)
        && workspace.pages.iter().all(|it| it.visibility <= audience)
        && workspace.check_ins.iter().all(|it| it.visibility <= audience);
    if all_may_be_seen {
        return (workspace, findings);
    }
    let secret = workspace.secret_files.iter().filter(|(_, visibility)| **visibility > audience).map(|(path, _)| path.clone());
    let hidden = workspace.objectives.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let hidden_files: BTreeSet<String> = secret.chain(hidden).collect();
    let mut moved: Vec<Option<ObjectiveAt>> = Vec::with_capacity(workspace.objectives.len());
    let mut kept = 0;
    for objective in &workspace.objectives {
        let visible = objective.visibility <= audience;
        moved.push(visible.then_some(ObjectiveAt(kept)));
        kept += usize::from(visible);
    }
    let mut silent_files = BTreeSet::new();
    workspace.check_ins = std::mem::take(&mut workspace.check_ins)
        .into_iter()
        .filter(|it| it.visibility <= audience)
        .filter_map(|it| check_in(it, &moved, &mut silent_files))
        .collect();
    workspace.objectives = std::mem::take(&mut workspace.objectives)
        .into_iter()
        .filter(|it| it.visibility <= audience)
        .map(|it| objective(it, &moved))
        .collect();
    let names: BTreeSet<Id> = workspace.objectives.iter().map(|it| it.id.clone()).collect();
    workspace.pages.retain(|it| it.visibility <= audience);
    let pages: BTreeSet<Id> = workspace.pages.iter().map(|it| it.id.clone()).collect();
    workspace.pages_of_files.retain(|path, linked| match linked {
        _ if hidden_files.contains(path) => false,
        Linked::Objective(id) | Linked::CheckIn(Some(id), _) => names.contains(id),
        Linked::Page(id) => pages.contains(id),
        Linked::CheckIn(None, _) | Linked::Department(_) | Linked::Person(_) => true,
    });
    findings.retain(|it| {
        let told = |file: &str| !hidden_files.contains(file) && !silent_files.contains(file);
        told(&it.place.file) && it.related.iter().all(|place| told(&place.file))
    });
    (workspace, findings)
}

fn objective(mut it: Objective, moved: &[Option<ObjectiveAt>]) -> Objective {
    it.parent = it.parent.and_then(|link| moved[link.objective.0].map(|objective| Link { objective, ..link }));
    it.continues = it.continues.and_then(|at| moved[at.0]);
    it
}

fn check_in(mut it: CheckIn, moved: &[Option<ObjectiveAt>], silent: &mut BTreeSet<String>) -> Option<CheckIn> {
    let about = it.objectives();
    let all_visible = about.iter().all(|at| moved[at.0].is_some());
    if !all_visible {
        silent.insert(it.source.path.to_string());
        it.report = Report::default();
        it.text.markdown = String::new();
        it.learned = Vec::new();
        (it.status, it.outcome) = (None, None);
    }
    if !about.is_empty() && about.iter().all(|at| moved[at.0].is_none()) {
        return None;
    }
    it.objective = it.objective.and_then(|at| moved[at.0]);
    it.entries = it
        .entries
        .into_iter()
        .filter_map(|entry| moved[entry.objective.0].map(|objective| crate::model::Entry { objective, ..entry }))
        .collect();
    it.confidence = it
        .confidence
        .into_iter()
        .filter_map(|(at, key_result, sure): (ObjectiveAt, KeyResultAt, f64)| moved[at.0].map(|at| (at, key_result, sure)))
        .collect();
    it.scores = it
        .scores
        .into_iter()
        .filter_map(|score| moved[score.objective.0].map(|objective| crate::model::Score { objective, ..score }))
        .collect();
    Some(it)
}

fn hide_people(workspace: &mut Workspace) {
    workspace.people = Vec::new();
    workspace.departments.iter_mut().for_each(|it| it.lead = None);
    for objective in &mut workspace.objectives {
        objective.owner = None;
        objective.key_results.iter_mut().for_each(|it| it.owner = None);
        objective.initiatives.iter_mut().for_each(|it| it.who = None);
    }
    for check_in in &mut workspace.check_ins {
        check_in.author = None;
        check_in.report.help.iter_mut().for_each(|it| it.from = None);
        check_in.report.next.iter_mut().for_each(|it| it.who = None);
    }
    workspace.pages_of_files.retain(|_, linked| !matches!(linked, Linked::Person(_)));
}
