//! What an audience may not see is left out before anything is computed.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Finding, Mention},
    model::{
        CheckIn, Entry, Id, KeyResult, KeyResultAt, Kpi, KpiAt, KpiEntry, Link, Linked, Measure, Named, Objective, ObjectiveAt, Report,
        Score, Visibility, Workspace,
    },
};

/// The workspace and its findings as an audience may see them.
///
/// A check-in's text, lists and decision stay only where all that it reports on may be seen; its values each for
/// itself. A name that leads nowhere may be that of something hidden, and counts as such wherever something is.
/// A key result that a hidden KPI measures is hidden with it, and every sheet that it stands on is withheld.
/// People are internal, their sheets restricted unless the workspace says otherwise.
pub fn for_audience(mut workspace: Workspace, mut findings: Vec<Finding>, audience: Visibility) -> (Workspace, Vec<Finding>) {
    let hides = hides_something(&workspace, audience);
    if audience == Visibility::Public {
        hide_people(&mut workspace);
        findings.retain(|it| !it.mentions.contains(&Mention::Person));
    }
    workspace.withheld.people |= workspace.config.visibility_defaults.person_sheet > audience || audience == Visibility::Public;
    let all_may_be_seen = workspace.secret_files.values().all(|it| *it <= audience)
        && workspace.objectives.iter().all(|it| it.visibility <= audience)
        && workspace.kpis.iter().all(|it| it.visibility <= audience)
        && workspace.pages.iter().all(|it| it.visibility <= audience)
        && workspace.forewords.iter().all(|it| it.visibility <= audience)
        && workspace.check_ins.iter().all(|it| it.visibility <= audience);
    if all_may_be_seen {
        if audience == Visibility::Public {
            forget_unnamed(&mut workspace);
        }
        return (workspace, findings);
    }
    let secret = workspace.secret_files.iter().filter(|(_, visibility)| **visibility > audience).map(|(path, _)| path.clone());
    let objectives = workspace.objectives.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let kpis = workspace.kpis.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let forewords = workspace.forewords.iter().filter(|it| it.visibility > audience).map(|it| it.source.path.to_string());
    let hidden_files: BTreeSet<String> = secret.chain(objectives).chain(kpis).chain(forewords).collect();
    withhold_sheets(&mut workspace, audience);
    let moved = Moved::of(&workspace, audience, hides);
    let mut silent_files = moved.files_with_hidden_parts(&workspace);
    moved.note_parts(&mut workspace);
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
        let may_be_named = |mention: &Mention| match mention {
            Mention::Objective(at) => moved.objectives[at.0].is_some(),
            Mention::KeyResultsOf(at) => moved.objectives[at.0].is_some() && moved.key_results[at.0].iter().all(Option::is_some),
            Mention::Kpi(at) => moved.kpis[at.0].is_some(),
            Mention::File(path) => !hidden_files.contains(path),
            Mention::Person => true,
        };
        told(&it.place.file) && it.related.iter().all(|place| told(&place.file)) && it.mentions.iter().all(may_be_named)
    });
    // A warning may stay for a reason that tells of what is hidden.
    for (_, wanted) in workspace.allowed.iter_mut().filter(|(file, _)| silent_files.contains(file.as_ref())) {
        wanted.iter_mut().for_each(|it| it.reason = String::new());
    }
    workspace.partly_hidden = silent_files;
    forget_unnamed(&mut workspace);
    (workspace, findings)
}

/// Whether there is a goal or KPI that the audience may not see, be it one that could not be read.
fn hides_something(workspace: &Workspace, audience: Visibility) -> bool {
    let lost = |path: &String| !workspace.pages_of_files.contains_key(path);
    workspace.objectives.iter().any(|it| it.visibility > audience)
        || workspace.kpis.iter().any(|it| it.visibility > audience)
        || workspace.secret_files.iter().any(|(path, visibility)| *visibility > audience && lost(path))
}

/// Departments and people whom nobody declared stay where something that is left names them.
fn forget_unnamed(workspace: &mut Workspace) {
    let mut people: BTreeSet<&Id> = BTreeSet::new();
    let mut departments: BTreeSet<&Id> = BTreeSet::new();
    for it in &workspace.objectives {
        departments.extend(&it.department);
        people.extend(&it.owner);
        people.extend(it.key_results.iter().filter_map(|it| it.owner.as_ref()));
        people.extend(it.initiatives.iter().filter_map(|it| it.who.as_ref()));
    }
    for it in &workspace.kpis {
        departments.extend(&it.department);
        people.extend(&it.owner);
        people.extend(it.assigned.iter().map(|it| &it.person));
    }
    for it in &workspace.check_ins {
        people.extend(&it.author);
        people.extend(it.report.help.iter().filter_map(|it| it.from.as_ref()));
        people.extend(it.report.next.iter().filter_map(|it| it.who.as_ref()));
    }
    departments.extend(workspace.forewords.iter().filter_map(|it| it.department.as_ref()));
    people.extend(workspace.departments.iter().filter(|it| it.source.is_some()).filter_map(|it| it.lead.as_ref()));
    departments.extend(workspace.people.iter().filter(|it| it.source.is_some()).filter_map(|it| it.department.as_ref()));
    let gone = |id: &Id, declared: bool, named: &BTreeSet<&Id>| !declared && !named.contains(id);
    let nobody: BTreeSet<Id> =
        workspace.people.iter().filter(|it| gone(&it.id, it.source.is_some(), &people)).map(|it| it.id.clone()).collect();
    let nothing: BTreeSet<Id> =
        workspace.departments.iter().filter(|it| gone(&it.id, it.source.is_some(), &departments)).map(|it| it.id.clone()).collect();
    workspace.people.retain(|it| !nobody.contains(&it.id));
    workspace.departments.retain(|it| !nothing.contains(&it.id));
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
    /// There is something hidden that a name which leads nowhere may be meant for.
    hides: bool,
}

impl Moved {
    fn of(workspace: &Workspace, audience: Visibility, hides: bool) -> Self {
        let objectives = counted(workspace.objectives.iter().map(|it| it.visibility <= audience), ObjectiveAt);
        let kpis = counted(workspace.kpis.iter().map(|it| it.visibility <= audience), KpiAt);
        let is_seen = |it: &KeyResult| match it.measure {
            Measure::Kpi { kpi, .. } => kpis[kpi.0].is_some(),
            Measure::Metric { .. } | Measure::Hold { .. } | Measure::Milestones(_) | Measure::Done { .. } | Measure::Unmeasured { .. } => {
                !(hides && it.kpi_is_lost)
            }
        };
        let key_results = |it: &Objective| counted(it.key_results.iter().map(is_seen), KeyResultAt);
        Self { key_results: workspace.objectives.iter().map(key_results).collect(), objectives, kpis, hides }
    }

    fn key_result(&self, objective: ObjectiveAt, key_result: KeyResultAt) -> Option<(ObjectiveAt, KeyResultAt)> {
        Some((self.objectives[objective.0]?, self.key_results[objective.0][key_result.0]?))
    }

    /// Notes of what only a part can be seen, so that nobody finds missing what is hidden.
    fn note_parts(&self, workspace: &mut Workspace) {
        let Workspace { objectives, kpis, withheld, .. } = workspace;
        for (at, objective) in objectives.iter().enumerate() {
            let seen = self.objectives[at].is_some();
            if self.key_results[at].iter().any(Option::is_none) {
                withheld.partly.insert(objective.id.clone());
            }
            for (key_result, place) in objective.key_results.iter().zip(&self.key_results[at]) {
                if let (Measure::Kpi { kpi, .. }, true) = (&key_result.measure, !seen || place.is_none()) {
                    withheld.serving.insert(kpis[kpi.0].id.clone());
                }
            }
        }
        let hidden = kpis.iter().filter(|kpi| kpi.supports.iter().any(|at| self.objectives[at.0].is_none()));
        withheld.serving.extend(hidden.map(|kpi| kpi.id.clone()));
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
    let is_whole = own.iter().all(Option::is_some);
    it.initiatives.retain(|work| work.key_result.is_none_or(|at| own[at.0].is_some()) && (is_whole || !work.key_result_is_lost));
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
    let Named { objectives: also, key_results, kpis: unread, is_lost } = std::mem::take(&mut it.also);
    let mut objectives = it.objectives();
    objectives.extend(also.into_iter().chain(key_results.iter().map(|(objective, _)| *objective)));
    let mut kpis = it.kpis();
    kpis.extend(unread);
    let shown_objectives = objectives.iter().filter(|at| moved.objectives[at.0].is_some()).count();
    let shown_kpis = kpis.iter().filter(|at| moved.kpis[at.0].is_some()).count();
    let values = it.entries.iter().map(|entry| (entry.objective, entry.key_result));
    let mut spoken = values.chain(it.scores.iter().map(|score| (score.objective, score.key_result))).chain(key_results);
    let all_parts_shown = spoken.all(|(objective, key_result)| moved.key_result(objective, key_result).is_some());
    let may_be_hidden = is_lost && moved.hides;
    if shown_objectives < objectives.len() || shown_kpis < kpis.len() || !all_parts_shown || may_be_hidden {
        silent.insert(it.source.path.to_string());
        it.report = Report::default();
        it.text.markdown = String::new();
        it.learned = Vec::new();
        (it.status, it.outcome) = (None, None);
    }
    if (objectives.len() + kpis.len() > 0 || may_be_hidden) && shown_objectives + shown_kpis == 0 {
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
        objective.owner_is_lost |= objective.owner.take().is_some();
        objective.key_results.iter_mut().for_each(|it| it.owner = None);
        objective.initiatives.iter_mut().for_each(|it| it.who = None);
    }
    // What the shares come to stays; whose they are does not. Shares of one KPI alone are counted: the third of one and
    // the third of another need not be the same person's.
    let mut nobody: Vec<BTreeMap<Id, Id>> = Vec::with_capacity(workspace.kpis.len());
    for kpi in &mut workspace.kpis {
        kpi.owner_is_lost |= kpi.owner.take().is_some();
        let own: BTreeMap<Id, Id> =
            kpi.assigned.iter().enumerate().map(|(at, it)| (it.person.clone(), Id::new(&format!("share-{}", at + 1)))).collect();
        kpi.assigned.iter_mut().for_each(|it| it.person = own[&it.person].clone());
        kpi.readings.iter_mut().for_each(|it| it.person = it.person.as_ref().and_then(|person| own.get(person)).cloned());
        nobody.push(own);
    }
    for check_in in &mut workspace.check_ins {
        check_in.author = None;
        for entry in &mut check_in.kpis {
            entry.person = entry.person.as_ref().and_then(|person| nobody[entry.kpi.0].get(person)).cloned();
        }
        check_in.report.help.iter_mut().for_each(|it| it.from = None);
        check_in.report.next.iter_mut().for_each(|it| it.who = None);
    }
    // A link to one of them leads nowhere and is no mistake; what is wrong in their files names them.
    let own = workspace.pages_of_files.iter().filter(|(_, linked)| matches!(linked, Linked::Person(_)));
    let own: Vec<String> = own.map(|(path, _)| path.clone()).collect();
    for path in own {
        workspace.pages_of_files.remove(&path);
        workspace.secret_files.entry(path).and_modify(|it| *it = Visibility::Internal.max(*it)).or_insert(Visibility::Internal);
    }
}
