//! `no-number`: a key result that nothing can measure counts as no value. Where its title names a number, the message
//! says how to write it so that it counts.

use crate::{
    diagnostic::{Code, Finding, Place},
    model::{Measure, State},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    for objective in look.workspace.objectives.iter().filter(|it| !matches!(it.state, State::Cancelled { .. })) {
        for key_result in objective.key_results.iter().filter(|it| !it.misread && !it.cancelled) {
            if let Measure::Unmeasured { .. } = key_result.measure {
                let finding =
                    Finding::new(Code::NoNumber, Place::at(&key_result.source, key_result.title_at)).text("title", &key_result.title);
                findings.push(match last_number(&key_result.title) {
                    Some((number, unit)) => finding.says("no-number.said").text("number", number).text("unit", unit),
                    None => finding,
                });
            }
        }
    }
}

/// The last number of a title, and the per cent sign behind it if there is one: where it goes to stands at the end.
fn last_number(title: &str) -> Option<(String, String)> {
    let word = title.split_whitespace().rfind(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let word = word.trim_end_matches([',', '.', ';', ':', ')']);
    let (number, unit) = word.split_at(word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(word.len()));
    let number = if number.contains([',', '.']) { format!("\"{number}\"") } else { number.to_owned() };
    Some((number, if unit.is_empty() { String::new() } else { format!(", unit: \"{unit}\"") }))
}

#[cfg(test)]
mod tests {
    use super::last_number;

    #[test]
    fn the_number_that_a_title_ends_in_is_its_target() {
        for (title, want) in [
            ("Tăng doanh số 30%", Some(("30", ", unit: \"%\""))),
            ("Giảm từ 9 xuống 6,5 phút", Some(("\"6,5\"", ""))),
            ("Better communication", None),
        ] {
            assert_eq!(last_number(title).as_ref().map(|(number, unit)| (number.as_str(), unit.as_str())), want, "{title}");
        }
    }
}
