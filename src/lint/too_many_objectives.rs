//! `too-many-objectives`: more than five objectives of one department in one period.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Argument, Code, Finding, Place},
    model::{Id, Objective, Period, State},
};

use super::Look;

const MOST: usize = 5;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let mut groups: BTreeMap<(&Id, &Period), Vec<&Objective>> = BTreeMap::new();
    for objective in look.workspace.objectives.iter().filter(|it| it.state == State::Active) {
        if let Some(department) = &objective.department {
            groups.entry((department, &objective.period)).or_default().push(objective);
        }
    }
    for ((department, period), mut all) in groups.into_iter().filter(|(_, all)| all.len() > MOST) {
        all.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        let first_too_many = all[MOST];
        let name = look.workspace.department(department).and_then(|it| it.name.clone());
        let finding = Finding::new(Code::TooManyObjectives, Place::at(&first_too_many.source, first_too_many.title_at))
            .with("n", Argument::Count(all.len()))
            .text("department", name.unwrap_or_else(|| department.to_string()))
            .text("period", period.to_string());
        findings.push(all[..MOST].iter().fold(finding, |finding, it| finding.beside(Place::at(&it.source, it.title_at))));
    }
}
