//! The rules of a KPI sheet as formulas: FORMAT.md §6, "KPI sheet".

use crate::model::{Better, Kpi, KpiTarget, Rating};

use super::Stage;

/// Excel nests 64 conditions at most.
const DEEPEST: usize = 60;

/// The cells of a KPI, as `D5`.
pub(super) struct Cells {
    pub(super) target: String,
    pub(super) value: String,
    pub(super) attainment: String,
}

/// What a formula compares.
#[derive(Clone, Copy)]
enum Side<'a> {
    Cell(&'a str),
    Constant(f64),
}

/// `a ≥ b` as the program compares: 1e-9 is forgiven, relative, at least absolute.
fn at_least(a: Side<'_>, b: Side<'_>) -> String {
    let mut least = 1_f64;
    let mut size = String::new();
    let [a, b] = [a, b].map(|side| match side {
        Side::Cell(cell) => {
            size += &format!("ABS({cell}),");
            cell.to_owned()
        }
        Side::Constant(value) => {
            least = least.max(value.abs());
            value.to_string()
        }
    });
    format!("{a}+1E-9*MAX({size}{least})>={b}")
}

/// Value by target; none where there is no share to speak of.
pub(super) fn attainment(kpi: &Kpi, target: KpiTarget, cells: &Cells) -> Option<String> {
    let KpiTarget::One(amount) = target else { return None };
    let Cells { target, value, .. } = cells;
    let share = match kpi.better {
        Better::Higher => format!("{value}/{target}"),
        Better::Lower => format!("2-{value}/{target}"),
        Better::Within => return None,
    };
    (amount.value > 0.0).then(|| format!("=IF({value}=\"\",\"\",{share})"))
}

/// Points, 100 for 100 %: attainment up to the cap, or by steps; all or nothing without attainment. `per` is how many
/// of the KPI's unit make 1 in the cells: 100 where they hold shares.
///
/// None for a scale of more steps than a formula nests.
pub(super) fn points(kpi: &Kpi, target: KpiTarget, cap: f64, per: f64, stage: Stage, cells: &Cells) -> Option<String> {
    let counts = if attainment(kpi, target, cells).is_some() {
        if kpi.scale.is_empty() {
            format!("MAX(0,MIN({},{cap}))", cells.attainment)
        } else {
            let steps =
                kpi.scale.iter().map(|step| (at_least(Side::Cell(&cells.attainment), Side::Constant(step.from)), step.points.to_string()));
            nested(steps, "0")?
        }
    } else {
        format!("IF({},1,0)", meets(kpi.better, target, per, cells))
    };
    let blank = match stage {
        Stage::Over => "0",
        Stage::Assigning | Stage::Running => "\"\"",
    };
    Some(format!("=IF({}=\"\",{blank},100*{counts})", cells.value))
}

fn meets(better: Better, target: KpiTarget, per: f64, cells: &Cells) -> String {
    let Cells { target: cell, value, .. } = cells;
    let (cell, value) = (Side::Cell(cell), Side::Cell(value));
    let inside = |low: Side<'_>, high: Side<'_>| format!("AND({},{})", at_least(value, low), at_least(high, value));
    match (target, better) {
        (KpiTarget::One(_), Better::Higher) => at_least(value, cell),
        (KpiTarget::One(_), Better::Lower) => at_least(cell, value),
        (KpiTarget::One(_), Better::Within) => inside(cell, cell),
        // Both bounds stand in one cell, as words.
        (KpiTarget::Range(low, high), _) => inside(Side::Constant(low.value / per), Side::Constant(high.value / per)),
    }
}

/// The mean of `points` by `weights`, both ranges as `C5:C9`. A cell that holds words counts nothing.
pub(super) fn total(weights: &str, points: &str, stage: Stage) -> String {
    let none = match stage {
        Stage::Over => format!("SUM({weights})=0"),
        Stage::Assigning | Stage::Running => format!("OR(COUNT({points})<COUNT({weights}),SUM({weights})=0)"),
    };
    format!("=IF({none},\"\",SUMPRODUCT({weights},{points})/SUM({weights}))")
}

/// The first rating that the total in `cell`, 100 for 100 %, reaches, in `words`.
pub(super) fn grade(ratings: &[Rating], cell: &str, words: impl Fn(&str) -> String) -> Option<String> {
    if ratings.is_empty() {
        return None;
    }
    let text = |rating: &Rating| format!("\"{}\"", words(&rating.grade).replace('"', "\"\""));
    // A text in a formula has 255 characters at most.
    if ratings.iter().any(|it| text(it).encode_utf16().count() > 250) {
        return None;
    }
    let share = format!("{cell}%");
    let steps = ratings.iter().map(|it| (at_least(Side::Cell(&share), Side::Constant(it.from)), text(it)));
    Some(format!("=IF({cell}=\"\",\"\",{})", nested(steps, "\"\"")?))
}

/// `IF(first,…,IF(second,…,last))`.
fn nested(steps: impl ExactSizeIterator<Item = (String, String)>, last: &str) -> Option<String> {
    let count = steps.len();
    if count > DEEPEST {
        return None;
    }
    let mut text = String::new();
    for (when, then) in steps {
        text += &format!("IF({when},{then},");
    }
    text += last;
    text += &")".repeat(count);
    // A formula has 8,192 characters at most.
    (text.len() < 7_500).then_some(text)
}
