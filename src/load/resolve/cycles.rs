//! Objectives that serve each other in a circle.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::Objective,
};

/// Reports each circle once, at its first objective by id, and takes that one's parent away.
pub(super) fn break_cycles(parents: &[Option<usize>], objectives: &mut [Objective], findings: &mut Vec<Finding>) {
    // 0: not seen; otherwise the number of the walk that saw it, so that every objective is walked once.
    let mut walk_of = vec![0usize; parents.len()];
    for start in 0..parents.len() {
        let (mut at, walk) = (start, start + 1);
        while walk_of[at] == 0 {
            walk_of[at] = walk;
            let Some(parent) = parents[at] else { break };
            at = parent;
        }
        if walk_of[at] == walk && on_cycle(parents, at) {
            report(parents, objectives, at, findings);
        }
    }
}

fn on_cycle(parents: &[Option<usize>], from: usize) -> bool {
    members(parents, from).is_some()
}

/// The circle that begins and ends at `from`.
fn members(parents: &[Option<usize>], from: usize) -> Option<Vec<usize>> {
    let mut all = vec![from];
    let mut at = parents[from]?;
    while at != from {
        if all.len() > parents.len() {
            return None;
        }
        all.push(at);
        at = parents[at]?;
    }
    Some(all)
}

fn report(parents: &[Option<usize>], objectives: &mut [Objective], at: usize, findings: &mut Vec<Finding>) {
    let Some(circle) = members(parents, at) else { return };
    let first = circle.iter().copied().min().unwrap_or(at);
    if objectives[first].parent.is_none() {
        return;
    }
    let start = circle.iter().position(|it| *it == first).unwrap_or(0);
    let mut ids: Vec<String> = circle[start..].iter().chain(&circle[..start]).map(|it| objectives[*it].id.to_string()).collect();
    ids.push(objectives[first].id.to_string());
    let mut finding =
        Finding::new(Code::AlignmentCycle, Place::at(&objectives[first].source, objectives[first].parent_at)).text("ids", ids.join(" → "));
    for other in circle.iter().filter(|it| **it != first) {
        finding = finding.beside(Place::at(&objectives[*other].source, objectives[*other].parent_at));
    }
    findings.push(finding);
    objectives[first].parent = None;
}
