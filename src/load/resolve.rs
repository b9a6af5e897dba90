//! Names become places. What leads nowhere is a finding, and the thing that named it stays without it.

mod check_ins;
mod cycles;
mod kpis;
mod names;
mod tables;

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;

use crate::{
    diagnostic::{Code, Finding, Mention, Place, nearest},
    model::{
        Aggregate, Amount, COMPANY, CheckIn, Config, Department, Foreword, Id, Initiative, KeyResult, KeyResultAt, KpiAt, Link, Linked,
        Measure, Objective, ObjectiveAt, Page, Period, Person, Source, Unit, Visibility, Workspace,
    },
    source::At,
};

use super::{
    Others,
    check_in::RawCheckIn,
    config::Declared,
    fields::{Reference, spot},
    key_result::{RawKeyResult, RawMeasure},
    kpi::RawKpi,
    objective::RawObjective,
    others::{RawDepartment, RawForeword, RawPage, RawPerson},
    raw::Raw,
};
use names::Names;

/// Everything that a name can lead to.
pub(super) struct Links {
    /// Objectives and KPIs that could not be read: naming one of them is no mistake.
    broken: std::collections::BTreeSet<Id>,
    departments: Names,
    people: Names,
    /// Ids and aliases.
    objectives: BTreeMap<Id, ObjectiveAt>,
    /// Ids and aliases.
    kpis: BTreeMap<Id, KpiAt>,
    /// What a key result takes from the KPI that measures it.
    measuring: Vec<Measuring>,
    /// Ids of the key results of each objective.
    key_results: Vec<Vec<Id>>,
    /// What was probably meant by an objective's name that leads nowhere.
    meant: BTreeMap<Id, String>,
}

/// What a key result takes from a KPI.
struct Measuring {
    unit: Option<Unit>,
    /// Its values are added up: they always begin at 0.
    is_sum: bool,
}

#[derive(Default)]
struct Sorted<'a> {
    /// Objectives and KPIs that could not be read, by the id that they would have.
    broken: std::collections::BTreeSet<Id>,
    objectives: Vec<RawObjective<'a>>,
    /// Left in their boxes: they are many, and moved on by other threads.
    #[expect(clippy::vec_box, reason = "moving a box is cheaper than moving what is in it")]
    check_ins: Vec<Box<RawCheckIn<'a>>>,
    departments: Vec<RawDepartment>,
    people: Vec<RawPerson>,
    pages: Vec<RawPage>,
    forewords: Vec<RawForeword>,
    kpis: Vec<RawKpi>,
}

pub(super) fn link(config: Config, declared: Declared, raws: Vec<(Arc<str>, Raw<'_>)>, others: Others<'_>) -> (Workspace, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut sorted = sort(declared, raws);
    unique_objectives(&mut sorted.objectives, &mut findings);
    sorted.kpis = unique(std::mem::take(&mut sorted.kpis), |it| (&mut it.id, &it.source, it.id_at), &mut findings);
    let departments = unique(std::mem::take(&mut sorted.departments), |it| (&mut it.id, &it.source, it.at), &mut findings);
    let before = findings.len();
    let people = unique(std::mem::take(&mut sorted.people), |it| (&mut it.id, &it.source, it.at), &mut findings);
    findings[before..].iter_mut().for_each(|it| it.mentions.push(Mention::Person));
    let pages = unique(std::mem::take(&mut sorted.pages), |it| (&mut it.id, &it.source, TOP), &mut findings);
    let links = links(&sorted, &departments, &people);

    let mut workspace = Workspace { config, ..Workspace::default() };
    workspace.pages_of_files = pages_of_files(&sorted, &departments, &people, &pages, &links);
    let (objectives, embedded): (Vec<_>, Vec<_>) = sorted.objectives.into_iter().map(take_check_ins).unzip();
    let linked = |(at, raw)| {
        let mut found = Vec::new();
        (objective(&links, raw, at, &mut found), found)
    };
    let mut found: Vec<Vec<Finding>> = Vec::new();
    objectives.into_par_iter().enumerate().map(linked).unzip_into_vecs(&mut workspace.objectives, &mut found);
    findings.extend(found.into_iter().flatten());
    kpis::check_weights(&links, &sorted.kpis, &mut findings);
    link_kpis(&links, sorted.kpis, &others, &mut workspace, &mut findings);
    workspace.assets = others.sizes;
    let parents: Vec<Option<usize>> = workspace.objectives.iter().map(|it| it.parent.map(|link| link.objective.0)).collect();
    cycles::break_cycles(&parents, &mut workspace.objectives, &mut findings);

    workspace.check_ins =
        check_ins::link(&links, (&workspace.objectives, &workspace.kpis), embedded, sorted.check_ins, &workspace.config, &mut findings);
    workspace.departments = departments.into_iter().map(|raw| department(&links, raw, &mut findings)).collect();
    workspace.people = people.into_iter().map(|raw| person(&links, raw, &mut findings)).collect();
    add_named(&links, &mut workspace);
    workspace.forewords = forewords(&links, std::mem::take(&mut sorted.forewords), &mut findings);
    workspace.pages = pages.into_iter().map(page).collect();
    workspace.pages.sort_by(|a, b| a.order.total_cmp(&b.order).then_with(|| a.id.cmp(&b.id)));
    (workspace, findings)
}

/// With the values of their tables, each of which is as secret as the KPIs that it serves.
fn link_kpis(links: &Links, raws: Vec<RawKpi>, others: &Others<'_>, workspace: &mut Workspace, findings: &mut Vec<Finding>) {
    let tables = tables::read_all(&raws, others);
    for mut raw in raws {
        let data = raw.data.take();
        let mut kpi = kpis::link(links, raw, findings);
        if let Some(data) = &data {
            findings.extend(tables::add(links, &mut kpi, data, &tables, &workspace.config, others));
            if let Some(path) = tables::path_of(data).filter(|_| kpi.visibility > Visibility::Public) {
                super::hide(&mut workspace.secret_files, &path, kpi.visibility);
            }
        }
        workspace.kpis.push(kpi);
    }
}

const TOP: At = At { line: 1, column: 1 };

fn sort<'a>(declared: Declared, raws: Vec<(Arc<str>, Raw<'a>)>) -> Sorted<'a> {
    // Room for all at once: a list of large things that grows leaves each of its former places to be made anew.
    let count = |of: fn(&Raw<'_>) -> bool| raws.iter().filter(|(_, raw)| of(raw)).count();
    let mut sorted = Sorted {
        objectives: Vec::with_capacity(count(|it| matches!(it, Raw::Objective(_)))),
        check_ins: Vec::with_capacity(count(|it| matches!(it, Raw::CheckIn(_)))),
        kpis: Vec::with_capacity(count(|it| matches!(it, Raw::Kpi(_)))),
        departments: declared.departments,
        people: declared.people,
        ..Sorted::default()
    };
    for (_, raw) in raws {
        match raw {
            Raw::Objective(it) => sorted.objectives.push(*it),
            Raw::CheckIn(it) => sorted.check_ins.push(it),
            Raw::Department(it) => sorted.departments.push(*it),
            Raw::Person(it) => sorted.people.push(*it),
            Raw::Page(it) => sorted.pages.push(*it),
            Raw::Kpi(it) => sorted.kpis.push(*it),
            Raw::Broken(id) => drop(sorted.broken.insert(id)),
            Raw::Report(it) => sorted.forewords.push(*it),
            Raw::Nothing => {}
        }
    }
    sorted
}

/// Sorted by id; the later of two with one id gets a number behind it, and a finding that names both places.
fn unique<T>(mut all: Vec<T>, parts: impl Fn(&mut T) -> (&mut Id, &Source, At), findings: &mut Vec<Finding>) -> Vec<T> {
    let mut seen: BTreeMap<Id, Place> = BTreeMap::new();
    // Of thousands with one id, each begins where the one before it found a number.
    let mut numbers: BTreeMap<Id, u32> = BTreeMap::new();
    for one in &mut all {
        let (id, source, at) = parts(one);
        let place = Place { file: source.path.clone(), line: at.line, column: at.column };
        if let Some(first) = seen.get(id) {
            findings.push(duplicate(id, place.clone(), first.clone()));
            let number = numbers.entry(id.clone()).or_insert(1);
            *id = std::iter::repeat_with(|| {
                *number += 1;
                Id::new(&format!("{id}-{number}"))
            })
            .find(|it| !seen.contains_key(it))
            .expect("there is always a free number");
        }
        seen.insert(id.clone(), place);
    }
    let mut keyed: Vec<(Id, T)> = all.into_iter().map(|mut one| (parts(&mut one).0.clone(), one)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.into_iter().map(|(_, one)| one).collect()
}

fn unique_objectives(objectives: &mut Vec<RawObjective<'_>>, findings: &mut Vec<Finding>) {
    *objectives = unique(std::mem::take(objectives), |it| (&mut it.id, &it.source, it.id_at), findings);
}

fn duplicate(id: &Id, place: Place, first: Place) -> Finding {
    Finding::new(Code::DuplicateId, place)
        .says("duplicate-id.file")
        .text("id", id.as_str())
        .text("other", format!("{}:{}", first.file, first.line))
        .beside(first)
}

fn links(sorted: &Sorted<'_>, departments: &[RawDepartment], people: &[RawPerson]) -> Links {
    let mut objectives: BTreeMap<Id, ObjectiveAt> = BTreeMap::new();
    for (at, raw) in sorted.objectives.iter().enumerate() {
        for alias in &raw.aliases {
            objectives.entry(alias.clone()).or_insert(ObjectiveAt(at));
        }
    }
    objectives.extend(sorted.objectives.iter().enumerate().map(|(at, raw)| (raw.id.clone(), ObjectiveAt(at))));
    let mut kpis: BTreeMap<Id, KpiAt> = BTreeMap::new();
    for (at, raw) in sorted.kpis.iter().enumerate() {
        for alias in &raw.aliases {
            kpis.entry(alias.clone()).or_insert(KpiAt(at));
        }
    }
    kpis.extend(sorted.kpis.iter().enumerate().map(|(at, raw)| (raw.id.clone(), KpiAt(at))));
    let mut links = Links {
        departments: Names::declared(departments.iter().map(|it| (&it.id, it.name.as_str()))),
        people: Names::declared(people.iter().map(|it| (&it.id, it.name.as_str()))),
        key_results: sorted.objectives.iter().map(|raw| raw.key_results.iter().map(|it| it.id.clone()).collect()).collect(),
        objectives,
        kpis,
        measuring: sorted.kpis.iter().map(|it| Measuring { unit: it.unit.clone(), is_sum: it.aggregate == Aggregate::Sum }).collect(),
        broken: sorted.broken.clone(),
        meant: BTreeMap::new(),
    };
    links.departments.allow(Id::new(COMPANY));
    name_whoever_is_named(sorted, departments, people, &mut links);
    links.meant = meant(sorted, &links);
    links
}

/// Where nobody is declared, every text is a name.
fn name_whoever_is_named(sorted: &Sorted<'_>, departments: &[RawDepartment], people: &[RawPerson], links: &mut Links) {
    for raw in &sorted.objectives {
        links.departments.hear(raw.department.as_ref());
        links.people.hear(raw.owner.as_ref());
        raw.key_results.iter().for_each(|it| links.people.hear(it.owner.as_ref()));
        raw.initiatives.iter().for_each(|it| links.people.hear(it.who.as_ref()));
    }
    for raw in &sorted.kpis {
        links.departments.hear(raw.department.as_ref());
        links.people.hear(raw.owner.as_ref());
        raw.assigned.iter().for_each(|it| links.people.hear(Some(&it.person)));
    }
    departments.iter().for_each(|it| links.people.hear(it.lead.as_ref()));
    people.iter().for_each(|it| links.departments.hear(it.department.as_ref()));
    sorted.forewords.iter().for_each(|it| links.departments.hear(it.department.as_ref()));
    let embedded = sorted.objectives.iter().flat_map(|raw| &raw.check_ins);
    for raw in sorted.check_ins.iter().map(AsRef::as_ref).chain(embedded) {
        links.people.hear(raw.author.as_ref());
        raw.help.iter().for_each(|(_, from)| links.people.hear(from.as_ref()));
        raw.next.iter().for_each(|it| links.people.hear(it.who.as_ref()));
    }
}

/// Computed once for each name, and for two hundred names at most: a misspelt id may stand in a thousand check-ins.
fn meant(sorted: &Sorted<'_>, links: &Links) -> BTreeMap<Id, String> {
    let lost = |text: &str| {
        let id = Id::new(text.split('/').next().unwrap_or_default());
        Some(id).filter(|id| !links.objectives.contains_key(id))
    };
    let of_objectives = sorted.objectives.iter().flat_map(|it| [&it.parent, &it.continues]).flatten();
    let of_kpis = sorted.kpis.iter().flat_map(|it| &it.supports);
    let mut unknown: std::collections::BTreeSet<Id> = of_objectives.chain(of_kpis).filter_map(|it| lost(&it.text)).collect();
    let of_check_in = |it: &RawCheckIn<'_>| -> Vec<Id> {
        let values = it.values.iter().map(|(key, _)| &*key.text).filter(|text| text.contains('/'));
        it.objective.iter().map(|it| it.text.as_str()).chain(values).filter_map(lost).collect()
    };
    unknown.par_extend(sorted.check_ins.par_iter().flat_map_iter(|it| of_check_in(it)));
    if unknown.is_empty() {
        return BTreeMap::new();
    }
    // Whoever writes the title means the objective of that title.
    let titles: BTreeMap<Id, &Id> = sorted.objectives.iter().map(|it| (Id::new(&it.title), &it.id)).collect();
    let near = |id: Id| {
        let titled = titles.get(&id).map(|it| it.to_string());
        titled.or_else(|| nearest(id.as_str(), links.objectives.keys().map(Id::as_str))).map(|name| (id, name))
    };
    unknown.into_iter().take(200).filter_map(near).collect()
}

impl Links {
    pub(super) fn objective(&self, path: &Arc<str>, text: &str, at: At, findings: &mut Vec<Finding>) -> Option<ObjectiveAt> {
        let id = Id::new(text);
        let found = self.objectives.get(&id).copied();
        if found.is_none() && !self.broken.contains(&id) {
            let finding = Finding::new(Code::UnknownReference, place(path, at)).says("unknown-reference.objective").text("value", text);
            let meant = self.meant.get(&id).cloned();
            let named = meant.as_ref().and_then(|name| self.objectives.get(&Id::new(name))).map(|at| Mention::Objective(*at));
            findings.push(finding.perhaps(meant).naming(named));
        }
        found
    }

    pub(super) fn key_result(
        &self,
        of: ObjectiveAt,
        path: &Arc<str>,
        text: &str,
        at: At,
        findings: &mut Vec<Finding>,
    ) -> Option<KeyResultAt> {
        let id = Id::new(text);
        let ids = &self.key_results[of.0];
        let found = ids.iter().position(|it| *it == id).map(KeyResultAt);
        if found.is_none() {
            let names: Vec<&str> = ids.iter().map(Id::as_str).collect();
            let finding = Finding::new(Code::UnknownReference, place(path, at)).says("unknown-reference.key-result").text("value", text);
            let finding = finding.names("names", &names).perhaps(nearest(id.as_str(), names.iter().copied()));
            findings.push(finding.naming([Mention::KeyResultsOf(of)]));
        }
        found
    }

    pub(super) fn person(&self, path: &Arc<str>, reference: Option<&Reference>, findings: &mut Vec<Finding>) -> Option<Id> {
        let reference = reference?;
        self.people.resolve(&reference.text).or_else(|| {
            let finding = self.people.unknown(place(path, reference.at), &reference.text, "unknown-reference.person");
            findings.push(finding.naming([Mention::Person]));
            None
        })
    }

    /// The department that is written, else that of the deepest folder that has a department's name.
    fn department_or_folder(
        &self,
        path: &Arc<str>,
        reference: Option<&Reference>,
        folders: &[Id],
        findings: &mut Vec<Finding>,
    ) -> Option<Id> {
        match reference {
            Some(_) => self.department(path, reference, findings),
            None => folders.iter().find(|folder| self.departments.is_declared(folder)).cloned(),
        }
    }

    fn department(&self, path: &Arc<str>, reference: Option<&Reference>, findings: &mut Vec<Finding>) -> Option<Id> {
        let reference = reference?;
        self.departments.resolve(&reference.text).or_else(|| {
            findings.push(self.departments.unknown(place(path, reference.at), &reference.text, "unknown-reference.department"));
            None
        })
    }
}

pub(super) fn place(path: &Arc<str>, at: At) -> Place {
    Place { file: path.clone(), line: at.line, column: at.column }
}

fn take_check_ins(mut raw: RawObjective<'_>) -> (RawObjective<'_>, Vec<RawCheckIn<'_>>) {
    let check_ins = std::mem::take(&mut raw.check_ins);
    (raw, check_ins)
}

fn objective(links: &Links, raw: RawObjective<'_>, at: usize, findings: &mut Vec<Finding>) -> Objective {
    let path = raw.source.path.clone();
    let RawObjective {
        id,
        id_at: _,
        title,
        title_at,
        period,
        department,
        folders,
        owner_written,
        department_written,
        owner,
        commitment,
        parent,
        continues,
        weight,
        state,
        visibility,
        check_in_every,
        key_results,
        initiatives,
        check_ins: _,
        text,
        aliases,
        source,
    } = raw;
    let department = links.department_or_folder(&path, department.as_ref(), &folders, findings);
    let owner = links.person(&path, owner.as_ref(), findings);
    Objective {
        department_is_lost: department_written && department.is_none(),
        owner_is_lost: owner_written && owner.is_none(),
        department,
        parent_at: parent.as_ref().map_or(title_at, |it| spot(it.at)),
        parent: parent.and_then(|it| parent_link(links, &path, &it, findings)),
        continues: continues.and_then(|it| links.objective(&path, &it.text, it.at, findings)),
        key_results: key_results.into_iter().map(|raw| key_result(links, &path, raw, owner.as_ref(), findings)).collect(),
        initiatives: initiatives
            .into_iter()
            .map(|raw| {
                let is_named = raw.key_result.is_some();
                let who = links.person(&path, raw.who.as_ref(), findings);
                let key_result = raw.key_result.and_then(|it| links.key_result(ObjectiveAt(at), &path, &it.text, it.at, findings));
                Initiative {
                    title: raw.title,
                    who,
                    by: raw.by,
                    key_result,
                    key_result_is_lost: is_named && key_result.is_none(),
                    done: raw.done,
                    source: raw.source,
                    at: raw.at,
                }
            })
            .collect(),
        owner,
        id,
        title,
        title_at,
        period,
        commitment,
        weight,
        state,
        visibility,
        check_in_every,
        text,
        aliases,
        source,
    }
}

fn parent_link(links: &Links, path: &Arc<str>, reference: &Reference, findings: &mut Vec<Finding>) -> Option<Link> {
    let (objective, key_result) = match reference.text.split_once('/') {
        Some((objective, key_result)) => (objective, Some(key_result)),
        None => (reference.text.as_str(), None),
    };
    let objective = links.objective(path, objective, reference.at, findings)?;
    let key_result = key_result.and_then(|text| links.key_result(objective, path, text, reference.at, findings));
    Some(Link { objective, key_result })
}

fn key_result(links: &Links, path: &Arc<str>, raw: RawKeyResult, default: Option<&Id>, findings: &mut Vec<Finding>) -> KeyResult {
    let owner = match &raw.owner {
        Some(reference) => links.person(path, Some(reference), findings),
        None => default.cloned(),
    };
    let (kpi, named_at) = match &raw.measure {
        RawMeasure::Kpi { kpi, .. } => (links.kpi(path, &kpi.text, kpi.at, findings), kpi.at),
        RawMeasure::Known(_) => (None, TOP),
    };
    let mut key_result = raw.into_model(owner, kpi);
    if let Measure::Kpi { kpi, start, target: Some(target), low: None, high: None } = key_result.measure {
        let Measuring { unit, is_sum } = &links.measuring[kpi.0];
        let begins = if *is_sum { Amount::plain(0.0) } else { start.unwrap_or(Amount::plain(0.0)) };
        if begins.value == target.value {
            findings.push(Finding::new(Code::StartEqualsTarget, place(path, named_at)).text("value", target.value.to_string()));
            key_result.measure = Measure::Unmeasured { start, target: Some(target) };
            key_result.misread = true;
        } else {
            key_result.measure = Measure::Kpi { kpi, start: Some(begins), target: Some(target), low: None, high: None };
        }
        key_result.start_is_default = !is_sum && start.is_none();
        key_result.unit = key_result.unit.or_else(|| unit.clone());
    } else if let Measure::Kpi { kpi, .. } = key_result.measure {
        key_result.unit = key_result.unit.or_else(|| links.measuring[kpi.0].unit.clone());
    }
    key_result
}

fn department(links: &Links, raw: RawDepartment, findings: &mut Vec<Finding>) -> Department {
    let RawDepartment { id, name, lead, check_in_every, text, source, at: _ } = raw;
    let lead = links.person(&source.path, lead.as_ref(), findings);
    Department { id, name: Some(name), lead, check_in_every, text, source: Some(source) }
}

fn person(links: &Links, raw: RawPerson, findings: &mut Vec<Finding>) -> Person {
    let RawPerson { id, name, department, role, text, source, at: _ } = raw;
    let department = links.department(&source.path, department.as_ref(), findings);
    Person { id, name, department, role, text, source: Some(source) }
}

fn page(raw: RawPage) -> Page {
    let RawPage { id, title, order, visibility, text, source: _ } = raw;
    Page { id, title, order, visibility, text }
}

/// One for each period and department; of two for the same, the first by path stays.
fn forewords(links: &Links, mut raws: Vec<RawForeword>, findings: &mut Vec<Finding>) -> Vec<Foreword> {
    raws.sort_by(|a, b| a.source.cmp(&b.source));
    let mut all: Vec<Foreword> = Vec::new();
    for raw in raws {
        let RawForeword { period, department, headline, visibility, text, source } = raw;
        let at = department.as_ref().map_or(TOP, |it| it.at);
        let resolved = links.department(&source.path, department.as_ref(), findings);
        if department.is_some() && resolved.is_none() {
            continue;
        }
        let department = resolved.filter(|id| id.as_str() != COMPANY);
        match all.iter().find(|it| it.period == period && it.department == department) {
            Some(first) => {
                let beside = Place { file: first.source.path.clone(), line: first.source.line, column: 1 };
                findings.push(duplicate_words(place(&source.path, at), &period, beside));
            }
            None => all.push(Foreword { period, department, headline, visibility, text, source }),
        }
    }
    all.sort_by(|a, b| (&a.period, &a.department).cmp(&(&b.period, &b.department)));
    all
}

fn duplicate_words(place: Place, period: &Period, first: Place) -> Finding {
    let other = first.file.to_string();
    Finding::new(Code::DuplicateId, place).says("duplicate-id.report").text("id", period.to_string()).text("other", other).beside(first)
}

/// Departments and people who are only named, and the whole company where it has goals.
fn add_named(links: &Links, workspace: &mut Workspace) {
    let company = Id::new(COMPANY);
    let used = workspace.objectives.iter().any(|it| it.department.as_ref() == Some(&company))
        || workspace.kpis.iter().any(|it| it.department.as_ref() == Some(&company));
    if used && !workspace.departments.iter().any(|it| it.id == company) {
        let whole = Department { id: company, name: None, lead: None, check_in_every: None, text: None, source: None };
        workspace.departments.push(whole);
    }
    for (id, name) in links.departments.heard() {
        if workspace.departments.iter().all(|it| it.id != *id) {
            workspace.departments.push(Department {
                id: id.clone(),
                name: Some(name.clone()),
                lead: None,
                check_in_every: None,
                text: None,
                source: None,
            });
        }
    }
    for (id, name) in links.people.heard() {
        workspace.people.push(Person { id: id.clone(), name: name.clone(), department: None, role: None, text: None, source: None });
    }
    workspace.departments.sort_by(|a, b| a.id.cmp(&b.id));
    workspace.people.sort_by(|a, b| a.id.cmp(&b.id));
}

fn pages_of_files(
    sorted: &Sorted<'_>,
    departments: &[RawDepartment],
    people: &[RawPerson],
    pages: &[RawPage],
    links: &Links,
) -> BTreeMap<String, Linked> {
    let path = |source: &Source| source.path.to_string();
    let objectives = sorted.objectives.iter().map(|it| (path(&it.source), Linked::Objective(it.id.clone())));
    let kpis = sorted.kpis.iter().map(|it| (path(&it.source), Linked::Kpi(it.id.clone())));
    let departments = departments.iter().map(|it| (path(&it.source), Linked::Department(it.id.clone())));
    let people = people.iter().map(|it| (path(&it.source), Linked::Person(it.id.clone())));
    let pages = pages.iter().map(|it| (path(&it.source), Linked::Page(it.id.clone())));
    let reports = sorted.forewords.iter().map(|it| {
        let of_company = it.department.as_ref().is_none_or(|it| Id::new(&it.text).as_str() == COMPANY);
        (path(&it.source), Linked::Report(of_company.then(|| it.period.clone())))
    });
    // They are most of the files, and each looks its objective up.
    let check_ins: Vec<(String, Linked)> = sorted
        .check_ins
        .par_iter()
        .filter_map(|it| {
            let named = it.objective.as_ref().and_then(|reference| links.objectives.get(&Id::new(&reference.text)));
            let named = named.map(|at| sorted.objectives[at.0].id.clone());
            Some((path(&it.source), Linked::CheckIn(named, it.date?)))
        })
        .collect();
    departments
        .chain(people)
        .filter(|(path, _)| path != "scorebook.yaml")
        .chain(objectives)
        .chain(kpis)
        .chain(pages)
        .chain(reports)
        .chain(check_ins)
        .collect()
}

/// All check-ins of a workspace in the order in which they count.
pub(super) fn in_order(mut check_ins: Vec<CheckIn>) -> Vec<CheckIn> {
    check_ins.par_sort_by(|a, b| (a.date, !a.embedded, &a.source.path).cmp(&(b.date, !b.embedded, &b.source.path)));
    check_ins
}
