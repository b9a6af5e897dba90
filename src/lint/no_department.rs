//! `no-department`: an objective of nobody's, where departments are declared.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::State,
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let declared: Vec<&str> = look.workspace.departments.iter().filter(|it| it.source.is_some()).map(|it| it.id.as_str()).collect();
    if declared.is_empty() {
        return;
    }
    let homeless = |it: &&crate::model::Objective| it.department.is_none() && !it.department_is_lost;
    for objective in look.workspace.objectives.iter().filter(homeless).filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        let finding = Finding::new(Code::NoDepartment, Place::at(&objective.source, objective.title_at)).text("title", &objective.title);
        findings.push(finding.names("names", &declared));
    }
}
