//! `just-enough`: six times in a row a KPI came out no more than 2 % better than its target. Either the work stops at
//! the target, or the number is made to fit.

use crate::{
    compute::{KpiPoint, at_least, at_most},
    diagnostic::{Code, Finding, Place},
    model::{Amount, Better, Kpi, KpiTarget},
};

use super::Look;

/// How many times, and how close, as a share of the target.
const TIMES: usize = 6;
const CLOSE: f64 = 0.02;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for (kpi, score) in look.workspace.kpis.iter().zip(&look.scorecard.kpis) {
        let known: Vec<&KpiPoint> = score.series.iter().filter(|it| it.whole().is_some()).collect();
        let newest = &known[known.len().saturating_sub(TIMES)..];
        if newest.len() == TIMES && newest.iter().all(|point| only_just(kpi, point)) {
            let finding = Finding::new(Code::JustEnough, Place::at(&kpi.source, kpi.title_at)).text("title", &kpi.title);
            let line = newest.last().and_then(|it| it.source.clone());
            findings.push(line.into_iter().fold(finding, |it, source| {
                let spot = crate::model::Spot { line: source.line, column: 1 };
                it.beside(Place::at(&source, spot))
            }));
        }
    }
}

fn only_just(kpi: &Kpi, point: &KpiPoint) -> bool {
    let (Some(value), Some(KpiTarget::One(target))) = (point.value, point.target) else { return false };
    // Where nothing better is possible, nothing better can be asked for.
    let (low, high) = kpi.bounds;
    let at_the_end = |bound: Option<Amount>| bound.is_some_and(|it| it.value == target.value);
    let room = CLOSE * target.value.abs();
    let over = match kpi.better {
        Better::Higher if !at_the_end(high) => value - target.value,
        Better::Lower if !at_the_end(low) => target.value - value,
        Better::Higher | Better::Lower | Better::Within => return false,
    };
    target.value != 0.0 && at_least(over, 0.0) && at_most(over, room)
}
