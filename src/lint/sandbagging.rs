//! `sandbagging`: an owner's last four closed aspirational objectives were all reached in full. A stretch that is
//! always met was none.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{Commitment, Id, Objective},
};

use super::Look;

const IN_A_ROW: usize = 4;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let mut by_owner: BTreeMap<&Id, Vec<(&Objective, f64)>> = BTreeMap::new();
    for (objective, score) in look.workspace.objectives.iter().zip(&look.scorecard.objectives) {
        if let (Some(owner), Some(score), Commitment::Aspirational) = (&objective.owner, score.score, objective.commitment) {
            by_owner.entry(owner).or_default().push((objective, score));
        }
    }
    for (owner, mut closed) in by_owner {
        closed.sort_by_key(|(objective, _)| (objective.period.last(), objective.period.first()));
        let last = &closed[closed.len().saturating_sub(IN_A_ROW)..];
        let [.., (newest, _)] = last else { continue };
        if last.len() == IN_A_ROW && last.iter().all(|(_, score)| *score >= 1.0 - 1e-9) {
            let name = look.workspace.person(owner).map_or_else(|| owner.to_string(), |it| it.name.clone());
            let finding = Finding::new(Code::Sandbagging, Place::at(&newest.source, newest.title_at)).text("owner", name);
            let earlier = last[..IN_A_ROW - 1].iter();
            findings.push(earlier.fold(finding, |finding, (it, _)| finding.beside(Place::at(&it.source, it.title_at))));
        }
    }
}
