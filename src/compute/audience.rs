//! What an audience may not see is left out before anything is computed.

use std::collections::BTreeSet;

use crate::{
    diagnostic::Finding,
    model::{
        CheckIn, Entry, Id, KeyResultAt, Kpi, KpiAt, KpiEntry, Link, Linked, Measure, Objective, ObjectiveAt, Report, Score, Visibility,
        Workspace,
    },
};

/// The workspace and its findings as an audience may see them.
///
/// A check-in's text, lists and decision stay only where all that it reports on may be seen; its values each for
/// itself. A key result that a hidden KPI measures is hidden with it, and every sheet that it stands on is withheld.
/// People are internal, their sheets restricted unless the workspace says otherwise.
pub fn for_audience(mut workspace: Workspace, mut findings: Vec<Finding>, audience: Visibility) -> (Workspace, Vec<Finding>) {
    if audience == Visibility::Public {
        hide_people(&mut workspace);
    }
    workspace.withheld.people |= workspace.config.visibility_defaults.person_sheet > audience || audience == Visibility::Public;
    let all_may_be_seen = workspace.secret_files.values().all(|it| *it <= audience)
        && workspace.objectives.iter().all(|it| it.visibility <= audience)
        && workspace.kpis.iter().all(|it| it.visibility <= audience)
        && workspace.pages.iter().all(|it| it.visibility <= audience)
        && workspace.forewords.iter().all(|it| it.visibility <= audience)
        && workspace.check_ins.iter().all(|it| it.visibility <= audience);
    if all_may_be_seen {
        return (workspace, findings);
    }
    let secret = workspace.secret_files.iter().filter(|(_, visibility)| **visibility > audience).map(|(path, _)| path.clone());
    let objectives = workspace.objectives.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let kpis = workspace.kpis.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let forewords = workspace.forewords.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let hidden_files: BTreeSet<String> = secret.chain(objectives).chain(kpis).chain(forewords).collect();
    withhold_sheets(&mut workspace, audience);
    let moved = Moved::of(&workspace, audience);
    let mut silent_files = moved.files_with_hidden_parts(&workspace);
    workspace.check_ins = std::mem::take(&mut workspace.check_ins)
        .into_iter()
        .filter(|it| it.visibility <= audience)
        .filter_map(|it| check_in(it, &moved, &mut silent_files))
        .collect();
    workspace.objectives = std::mem::take(&mut workspace.objectives)
        .into_iter()
        .enumerate()
        .filter(|(_, it)| it.visibility <= audience)
        .map(|(at, it)| objective(ObjectiveAt(at), it, &moved))
        .collect();
    workspace.kpis =
        std::mem::take(&mut workspace.kpis).into_iter().filter(|it| it.visibility <= audience).map(|it| kpi(it, &moved)).collect();
    let names: BTreeSet<Id> = workspace.objectives.iter().map(|it| it.id.clone()).collect();
    let kpis: BTreeSet<Id> = workspace.kpis.iter().map(|it| it.id.clone()).collect();
    workspace.forewords.retain(|it| it.visibility <= audience);
    workspace.pages.retain(|it| it.visibility <= audience);
    let pages: BTreeSet<Id> = workspace.pages.iter().map(|it| it.id.clone()).collect();
    workspace.pages_of_files.retain(|path, linked| match linked {
        _ if hidden_files.contains(path) => false,
        Linked::Objective(id) | Linked::CheckIn(Some(id), _) => names.contains(id),
        Linked::Kpi(id) => kpis.contains(id),
        Linked::Page(id) => pages.contains(id),
        Linked::CheckIn(None, _) | Linked::Department(_) | Linked::Person(_) | Linked::Report(_) => true,
    });
    // A table that holds a hidden KPI's values is not copied, whoever's text names it.
    workspace.assets.retain(|path, _| !hidden_files.contains(path));
    findings.retain(|it| {
        let told = |file: &str| !hidden_files.contains(file) && !silent_files.contains(file);
        told(&it.place.file) && it.related.iter().all(|place| told(&place.file))
    });
    workspace.partly_hidden = silent_files;
    (workspace, findings)
}

/// A total gives away what a hidden row holds.
fn withhold_sheets(workspace: &mut Workspace, audience: Visibility) {
    for kpi in workspace.kpis.iter().filter(|it| it.visibility > audience) {
        let owner = kpi.owner.iter().filter(|_| kpi.assigned.is_empty());
        workspace.withheld.person.extend(owner.chain(kpi.assigned.iter().map(|it| &it.person)).cloned());
        workspace.withheld.department.extend(kpi.department.clone());
    }
}

/// Where everything goes when what is hidden is gone.
struct Moved {
    objectives: Vec<Option<ObjectiveAt>>,
    key_results: Vec<Vec<Option<KeyResultAt>>>,
    kpis: Vec<Option<KpiAt>>,
}

impl Moved {
    fn of(workspace: &Workspace, audience: Visibility) -> Self {
        let objectives = counted(workspace.objectives.iter().map(|it| it.visibility <= audience), ObjectiveAt);
        let kpis = counted(workspace.kpis.iter().map(|it| it.visibility <= audience), KpiAt);
        let is_seen = |measure: &Measure| match measure {
            Measure::Kpi { kpi, .. } => kpis[kpi.0].is_some(),
            Measure::Metric { .. } | Measure::Hold { .. } | Measure::Milestones(_) | Measure::Done { .. } | Measure::Unmeasured { .. } => {
                true
            }
        };
        let key_results = |it: &Objective| counted(it.key_results.iter().map(|it| is_seen(&it.measure)), KeyResultAt);
        Self { key_results: workspace.objectives.iter().map(key_results).collect(), objectives, kpis }
    }

    fn key_result(&self, objective: ObjectiveAt, key_result: KeyResultAt) -> Option<(ObjectiveAt, KeyResultAt)> {
        Some((self.objectives[objective.0]?, self.key_results[objective.0][key_result.0]?))
    }

    /// Files that may be seen and speak of a key result that may not: what is wrong with them is not told.
    fn files_with_hidden_parts(&self, workspace: &Workspace) -> BTreeSet<String> {
        let partly = workspace.objectives.iter().zip(&self.key_results).filter(|(_, all)| all.iter().any(Option::is_none));
        partly.map(|(objective, _)| objective.source.path.to_string()).collect()
    }
}

fn counted<T>(seen: impl Iterator<Item = bool>, at: fn(usize) -> T) -> Vec<Option<T>> {
    let mut kept = 0;
    seen.map(|seen| {
        kept += usize::from(seen);
        seen.then(|| at(kept - 1))
    })
    .collect()
}

fn objective(at: ObjectiveAt, mut it: Objective, moved: &Moved) -> Objective {
    it.parent = it.parent.and_then(|link| match link.key_result {
        // What serves a hidden key result serves its objective.
        Some(key_result) => moved.objectives[link.objective.0]
            .map(|objective| Link { objective, key_result: moved.key_results[link.objective.0][key_result.0] }),
        None => moved.objectives[link.objective.0].map(|objective| Link { objective, ..link }),
    });
    it.continues = it.continues.and_then(|at| moved.objectives[at.0]);
    let own = &moved.key_results[at.0];
    it.initiatives.retain(|work| work.key_result.is_none_or(|at| own[at.0].is_some()));
    it.initiatives.iter_mut().for_each(|work| work.key_result = work.key_result.and_then(|at| own[at.0]));
    let mut seen = own.iter().map(Option::is_some);
    it.key_results.retain(|_| seen.next().unwrap_or(true));
    for key_result in &mut it.key_results {
        if let Measure::Kpi { kpi, .. } = &mut key_result.measure {
            *kpi = moved.kpis[kpi.0].expect("a key result goes with the KPI that measures it");
        }
    }
    it
}

fn kpi(mut it: Kpi, moved: &Moved) -> Kpi {
    it.supports = it.supports.into_iter().filter_map(|at| moved.objectives[at.0]).collect();
    it
}

fn check_in(mut it: CheckIn, moved: &Moved, silent: &mut BTreeSet<String>) -> Option<CheckIn> {
    let objectives = it.objectives();
    let kpis = it.kpis();
    let shown_objectives = objectives.iter().filter(|at| moved.objectives[at.0].is_some()).count();
    let shown_kpis = kpis.iter().filter(|at| moved.kpis[at.0].is_some()).count();
    let values = it.entries.iter().map(|entry| (entry.objective, entry.key_result));
    let mut spoken = values.chain(it.scores.iter().map(|score| (score.objective, score.key_result)));
    let all_parts_shown = spoken.all(|(objective, key_result)| moved.key_result(objective, key_result).is_some());
    if shown_objectives < objectives.len() || shown_kpis < kpis.len() || !all_parts_shown {
        silent.insert(it.source.path.to_string());
        it.report = Report::default();
        it.text.markdown = String::new();
        it.learned = Vec::new();
        (it.status, it.outcome) = (None, None);
    }
    if objectives.len() + kpis.len() > 0 && shown_objectives + shown_kpis == 0 {
        return None;
    }
    it.objective = it.objective.and_then(|at| moved.objectives[at.0]);
    it.entries = it
        .entries
        .into_iter()
        .filter_map(|entry| {
            let (objective, key_result) = moved.key_result(entry.objective, entry.key_result)?;
            Some(Entry { objective, key_result, ..entry })
        })
        .collect();
    it.confidence = it
        .confidence
        .into_iter()
        .filter_map(|(objective, key_result, sure)| {
            let (objective, key_result) = moved.key_result(objective, key_result)?;
            Some((objective, key_result, sure))
        })
        .collect();
    it.scores = it
        .scores
        .into_iter()
        .filter_map(|score| {
            let (objective, key_result) = moved.key_result(score.objective, score.key_result)?;
            Some(Score { objective, key_result, ..score })
        })
        .collect();
    it.kpis = it.kpis.into_iter().filter_map(|entry| Some(KpiEntry { kpi: moved.kpis[entry.kpi.0]?, ..entry })).collect();
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
    for kpi in &mut workspace.kpis {
        kpi.owner = None;
        // What the shares come to stays; whose they are does not.
        for (at, assigned) in kpi.assigned.iter_mut().enumerate() {
            let nobody = Id::new(&format!("share-{}", at + 1));
            kpi.readings
                .iter_mut()
                .filter(|it| it.person.as_ref() == Some(&assigned.person))
                .for_each(|it| it.person = Some(nobody.clone()));
            for check_in in &mut workspace.check_ins {
                let own = check_in.kpis.iter_mut().filter(|it| it.person.as_ref() == Some(&assigned.person));
                own.for_each(|it| it.person = Some(nobody.clone()));
            }
            assigned.person = nobody;
        }
    }
    for check_in in &mut workspace.check_ins {
        check_in.author = None;
        check_in.report.help.iter_mut().for_each(|it| it.from = None);
        check_in.report.next.iter_mut().for_each(|it| it.who = None);
    }
    workspace.pages_of_files.retain(|_, linked| !matches!(linked, Linked::Person(_)));
}
