//! How a KPI's numbers stand in a cell that somebody will write into: what is typed is what is shown.
//!
//! Money stands in ones, whatever its author writes it in; per cent are shares, because Excel makes a share of `92%` and,
//! in such a cell, of `92`.

use crate::{
    compute::Written,
    export::tables::Look,
    model::{Amount, Better, Denomination, Kpi, Scale},
    words::Words,
};

/// How a KPI's numbers are stored and shown.
pub(super) struct Numbers {
    /// How many of its unit make 1 in a cell: 100 for per cent.
    pub(super) per: f64,
    digits: String,
    front: String,
    behind: String,
}

impl Numbers {
    pub(super) fn of(kpi: &Kpi, written: &Written, words: &Words) -> Self {
        let denomination = written.denomination;
        let is_percent = match &kpi.unit {
            Some(unit) => unit.is_percent(),
            None => denomination == Denomination::Percent,
        };
        let Look::Value { decimals, .. } = Look::of_kpi(kpi, written) else { return Self::plain() };
        let point = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(decimals))) };
        if is_percent {
            return Self { per: 100.0, digits: format!("0{point}%"), front: String::new(), behind: String::new() };
        }
        // How the language writes one of it, and with what around.
        let one = Amount { value: 1.0, decimals: 0, scale: Scale::One, denomination };
        let (front, behind) = words.value_parts(1.0, &one, kpi.unit.as_ref());
        let behind = if behind.is_empty() { behind } else { format!("\u{a0}{behind}") };
        Self { per: 1.0, digits: format!("#,##0{point}"), front: front.trim_end_matches('1').to_owned(), behind }
    }

    fn plain() -> Self {
        Self { per: 1.0, digits: "General".to_owned(), front: String::new(), behind: String::new() }
    }

    /// The number format of a value.
    pub(super) fn value(&self) -> String {
        self.code("")
    }

    /// The number format of a target, with the sign that says which way is the good one.
    pub(super) fn target(&self, better: Better) -> String {
        self.code(match better {
            Better::Lower => "≤\u{a0}",
            Better::Higher | Better::Within => "≥\u{a0}",
        })
    }

    fn code(&self, sign: &str) -> String {
        format!("{}{}{}", quoted(&format!("{sign}{}", self.front)), self.digits, quoted(&self.behind))
    }
}

/// Words in a number format. One has 255 characters at most: a longer unit is left to the KPI's name.
fn quoted(text: &str) -> String {
    let plain = text.replace('"', "''");
    if plain.is_empty() || plain.chars().count() > 60 { String::new() } else { format!("\"{plain}\"") }
}
