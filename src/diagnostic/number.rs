//! Why a text is no number, said alike wherever one is read.

use crate::model::{Marks, NumberError, Quoting, Unit, read_number};

use super::{Code, Finding, Place};

/// The finding for what is written in a field and cannot be read as its number.
pub fn bad_number(place: Place, (field, text): (&str, &str), unit: Option<&Unit>, marks: Marks, error: NumberError) -> Finding {
    let bad = |message| Finding::new(Code::BadNumber, place.clone()).says(message).text("key", field).text("value", text);
    let example = if marks.decimal == ',' { "1.234,5" } else { "1,234.5" };
    match error {
        NumberError::Ambiguous { whole, decimal } => {
            Finding::new(Code::AmbiguousNumber, place).text("value", text).text("whole", whole).text("decimal", decimal)
        }
        NumberError::NotANumber => match text.trim_start().chars().next() {
            Some(sign @ ('>' | '≥' | '<' | '≤')) => {
                let number = text.trim_start_matches(['>', '≥', '<', '≤', '=', ' ']);
                let bound = if matches!(sign, '>' | '≥') { "at_least" } else { "at_most" };
                bad("bad-number.bound").text("bound", bound).text("number", number)
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
