//! Why a text is no number, said alike wherever one is read.

use crate::model::{Marks, NumberError, Quoting, Unit, read_number};

use super::{Code, Finding, Place};

/// What somebody who wrote `≥ 80` for a number can write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdviceOnBound {
    /// A key result has `at_least` and `at_most`.
    OfKeyResult,
    /// A KPI has a target, and the side that is better.
    OfKpi,
    /// There is no bound here.
    Nowhere,
}

/// The finding for what is written in a field and cannot be read as its number.
pub fn bad_number(
    place: Place,
    (field, text): (&str, &str),
    unit: Option<&Unit>,
    marks: Marks,
    (error, advice): (NumberError, AdviceOnBound),
) -> Finding {
    let bad = |message| Finding::new(Code::BadNumber, place.clone()).says(message).text("key", field).text("value", text);
    let example = if marks.decimal == ',' { "1.234,5" } else { "1,234.5" };
    match error {
        NumberError::Ambiguous { whole, decimal } => {
            Finding::new(Code::AmbiguousNumber, place).text("value", text).text("whole", whole).text("decimal", decimal)
        }
        NumberError::NotANumber => match text.trim_start().chars().next() {
            Some(sign @ ('>' | '≥' | '<' | '≤')) => {
                let number = text.trim_start_matches(['>', '≥', '<', '≤', '=', ' ']);
                let is_least = matches!(sign, '>' | '≥');
                match advice {
                    AdviceOnBound::OfKpi => {
                        bad("bad-number.bound-kpi").text("number", number).text("better", if is_least { "higher" } else { "lower" })
                    }
                    AdviceOnBound::Nowhere => bad("bad-number"),
                    AdviceOnBound::OfKeyResult => {
                        bad("bad-number.bound").text("bound", if is_least { "at_least" } else { "at_most" }).text("number", number)
                    }
                }
            }
            Some('“' | '”' | '‘' | '’' | '«' | '»') => {
                let bare = text.trim_matches(['“', '”', '‘', '’', '«', '»']);
                let whole = text.trim_end().ends_with(['“', '”', '‘', '’', '«', '»']);
                let reads = whole && read_number(bare, Quoting::Quoted, unit, marks).is_ok_and(|it| it.is_some());
                let finding = bad("bad-number.curly");
                if reads { finding.mended_by(text, format!("\"{bare}\"")) } else { finding }
            }
            _ => {
                let narrow: String = unicode_normalization::UnicodeNormalization::nfkc(text).collect();
                let reads = narrow != text && read_number(&narrow, Quoting::Quoted, unit, marks).is_ok_and(|it| it.is_some());
                if reads { bad("bad-number.wide").text("number", narrow.as_str()).mended_by(text, narrow) } else { bad("bad-number") }
            }
        },
        NumberError::MisplacedMark => bad("bad-number.mark").text("example", example),
        NumberError::Notation => bad("bad-number.notation"),
        NumberError::TooLarge => bad("bad-number.too-large"),
        NumberError::WrongUnit { written } => match unit {
            Some(unit) => bad("bad-number.unit").text("written", written).text("unit", unit.as_str()),
            None => bad("bad-number.unknown-unit").text("written", written),
        },
    }
}
