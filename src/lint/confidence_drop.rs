//! `confidence-drop`: three points or more less sure than at the check-in before.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding, Place};

use super::Look;

const POINTS: f64 = 3.0;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    // One check-in may lower the confidence of many key results at once: it is one thing to talk about.
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (objective, score) in look.workspace.objectives.iter().zip(&look.scorecard.objectives) {
        if !objective.period.contains(look.scorecard.as_of) {
            continue;
        }
        for (key_result, figures) in objective.key_results.iter().zip(&score.key_results) {
            let mut given = figures.history.iter().rev().filter_map(|said| Some((said.check_in, said.confidence?)));
            let (Some((newest, now)), Some((before_at, before))) = (given.next(), given.next()) else { continue };
            if before - now < POINTS - 1e-9 || !told.insert(newest) {
                continue;
            }
            let (check_in, earlier) = (&look.workspace.check_ins[newest], &look.workspace.check_ins[before_at]);
            let finding = Finding::new(Code::ConfidenceDrop, Place::at(&check_in.source, check_in.places.confidence));
            let finding = finding.text("title", &key_result.title).text("now", now.to_string()).text("before", before.to_string());
            findings.push(finding.beside(Place::at(&earlier.source, earlier.places.confidence)));
        }
    }
}
