//! `near-duplicate-name`: two people or two departments whose names are alike without case, marks and spaces.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{Id, Source, Spot, Workspace},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let workspace = look.workspace;
    let departments = workspace.departments.iter().map(|it| (&it.id, it.name.as_deref(), it.source.as_ref()));
    alike(departments, findings, |id| first_use(workspace, |it| it.department.as_ref() == Some(id)));
    let people = workspace.people.iter().map(|it| (&it.id, Some(it.name.as_str()), it.source.as_ref()));
    alike(people, findings, |id| first_use(workspace, |it| it.owner.as_ref() == Some(id)).or_else(|| first_word(workspace, id)));
}

type Named<'a> = (&'a Id, Option<&'a str>, Option<&'a Source>);

fn alike<'a>(names: impl Iterator<Item = Named<'a>>, findings: &mut Vec<Finding>, used: impl Fn(&Id) -> Option<Place>) {
    let mut seen: BTreeMap<String, Named<'a>> = BTreeMap::new();
    for (id, name, source) in names {
        let shown = name.unwrap_or(id.as_str());
        let bare: String = Id::new(shown).as_str().chars().filter(|c| *c != '-').collect();
        let Some((first, first_name, first_source)) = seen.get(&bare).copied() else {
            seen.insert(bare, (id, name, source));
            continue;
        };
        let place =
            |id: &Id, source: Option<&Source>| source.map(|it| Place::at(it, Spot { line: it.line, column: 1 })).or_else(|| used(id));
        if let Some(here) = place(id, source) {
            let finding = Finding::new(Code::NearDuplicateName, here).text("name", shown);
            let finding = finding.text("other", first_name.unwrap_or(first.as_str()));
            findings.push(place(first, first_source).into_iter().fold(finding, Finding::beside));
        }
    }
}

/// The first objective, by path, that says so.
fn first_use(workspace: &Workspace, says: impl Fn(&crate::model::Objective) -> bool) -> Option<Place> {
    let all = workspace.objectives.iter().filter(|it| says(it));
    all.min_by(|a, b| a.source.path.cmp(&b.source.path)).map(|it| Place::at(&it.source, it.title_at))
}

/// The first check-in that somebody wrote.
fn first_word(workspace: &Workspace, id: &Id) -> Option<Place> {
    workspace.check_ins.iter().find(|it| it.author.as_ref() == Some(id)).map(|it| Place::at(&it.source, Spot::TOP))
}
