//! Names and links of the things that pages speak of.

use crate::{
    model::{COMPANY, CheckIn, Id, KeyResult, Kpi, Objective, Workspace},
    route::SitePath,
};

use super::{Anchor, Site};

impl Site<'_> {
    /// The company's name.
    pub fn company(&self) -> String {
        let config = &self.workspace.config;
        config.brand.name.clone().or_else(|| config.title.clone()).unwrap_or_else(|| self.words.word("site.untitled"))
    }

    /// A person's name; empty when nobody is named.
    pub(super) fn person(&self, id: Option<&Id>) -> String {
        id.map_or_else(String::new, |id| self.workspace.person(id).map_or_else(|| id.to_string(), |person| person.name.clone()))
    }

    /// A department's name.
    pub(super) fn department_name(&self, id: &Id) -> String {
        let declared = self.workspace.department(id).and_then(|it| it.name.clone());
        declared.unwrap_or_else(|| if id.as_str() == COMPANY { self.words.word("company.whole") } else { id.to_string() })
    }

    pub(super) fn objective_link(&self, from: &SitePath, objective: &Objective) -> Anchor {
        Anchor { text: objective.title.clone(), href: from.href(&self.routes.objective(&objective.id)) }
    }

    /// The places of a department's KPIs.
    pub(super) fn kpis_of_department(&self, id: &Id) -> Vec<usize> {
        let own = self.workspace.kpis.iter().enumerate().filter(|(_, kpi)| kpi.department.as_ref() == Some(id));
        own.map(|(at, _)| at).collect()
    }

    pub(super) fn kpi_link(&self, from: &SitePath, kpi: &Kpi) -> Anchor {
        Anchor { text: kpi.title.clone(), href: from.href(&self.routes.kpi(&kpi.id)) }
    }

    pub(super) fn key_result_href(&self, from: &SitePath, objective: &Objective, key_result: &KeyResult) -> String {
        from.href_at(&self.routes.objective(&objective.id), &anchor(key_result))
    }

    /// Departments in the order in which a reader expects them: the whole company, then as declared, then by name.
    pub(super) fn departments_in_order(&self) -> Vec<usize> {
        let order = &self.workspace.config.department_order;
        let mut all: Vec<usize> = (0..self.workspace.departments.len()).collect();
        all.sort_by_cached_key(|at| {
            let department = &self.workspace.departments[*at];
            let place = order.iter().position(|id| *id == department.id).unwrap_or(usize::MAX);
            (department.id.as_str() != COMPANY, place, self.department_name(&department.id))
        });
        all
    }

    /// Whether an objective's page is part of the site: a draft is only when drafts are asked for.
    pub(super) fn is_shown(&self, at: usize) -> bool {
        self.scorecard.drafts == crate::compute::Drafts::Included || self.scorecard.objectives[at].status != crate::model::Status::Draft
    }
}

/// A check-in's own name, for feeds and calendars: the same whatever stands above it in its file, and one of an objective's
/// own also when the file has moved.
pub(super) fn check_in_name(workspace: &Workspace, at: usize) -> String {
    let check_in = &workspace.check_ins[at];
    let own = |it: &CheckIn| it.objective.map(|at| workspace.objective(at)).filter(|goal| goal.source.path == it.source.path);
    let file = own(check_in).map_or_else(|| check_in.source.path.to_string(), |it| it.id.to_string());
    // They stand by day and path, so that those of one file and day are neighbours.
    let is_same = |it: &&CheckIn| it.date == check_in.date && it.source.path == check_in.source.path;
    match workspace.check_ins[..at].iter().rev().take_while(is_same).count() {
        0 => format!("{file}:{}", check_in.date),
        before => format!("{file}:{}:{}", check_in.date, before + 1),
    }
}

/// The place of a key result on its objective's page.
pub(super) fn anchor(key_result: &KeyResult) -> String {
    format!("kr-{}", key_result.id)
}
