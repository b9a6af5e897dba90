//! Numbers as they are shown. Half is rounded away from zero.

use std::borrow::Cow;

use crate::model::{Amount, Denomination, Scale, Unit};

use super::{Arg, Words};

/// No line breaks between a number and its unit.
const NBSP: char = '\u{a0}';

/// A number and what stands behind it, in one piece.
pub fn with_unit(mut number: String, behind: &str) -> String {
    if !matches!(behind, "" | "%") {
        number.push(NBSP);
    }
    number.push_str(behind);
    number
}

impl Words {
    /// A number with the language's marks; `−0` is 0, the minus is U+2212.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        let mut shown = String::with_capacity(24);
        self.push_number(&mut shown, value, decimals);
        shown
    }

    fn push_number(&self, shown: &mut String, value: f64, decimals: u8) {
        if value.is_nan() {
            shown.push('–');
            return;
        }
        // The difference of two values at the edges of what fits may not fit: the edge is shown.
        let value = value.clamp(f64::MIN, f64::MAX);
        let rounded = Some(round(value, decimals)).filter(|it| it.is_finite()).unwrap_or(value);
        let mut place = [0; 20];
        let long;
        let digits = match digits(rounded.abs(), decimals, &mut place) {
            Some(digits) => digits,
            None => {
                long = format!("{:.*}", usize::from(decimals), rounded.abs()).replace('.', "");
                long.as_str()
            }
        };
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(decimals));
        if rounded < 0.0 {
            shown.push('\u{2212}');
        }
        let first = (whole.len() - 1) % 3 + 1;
        shown.push_str(&whole[..first]);
        let mut at = first;
        while at < whole.len() {
            shown.push(self.marks.group);
            shown.push_str(&whole[at..at + 3]);
            at += 3;
        }
        if decimals > 0 {
            shown.push(self.marks.decimal);
            shown.push_str(fraction);
        }
    }

    /// A share in whole per cent: never `100%` below 1, never `0%` above 0.
    pub fn percent(&self, share: f64) -> String {
        let mut shown = String::with_capacity(8);
        self.push_number(&mut shown, whole_points(share), 0);
        shown.push('%');
        shown
    }

    /// A score, 0…1, with two decimals; with three where two would lift it over the border of a status.
    pub fn score(&self, score: f64) -> String {
        let shown = round(score, 2);
        let lifted = [0.4, 0.7, 1.0].into_iter().any(|border| score < border - 1e-9 && shown >= border);
        self.number(score, if lifted { 3 } else { 2 })
    }

    /// A share, or a dash where there is none.
    pub fn percent_or_dash(&self, share: Option<f64>) -> String {
        share.map_or_else(|| "–".to_owned(), |share| self.percent(share))
    }

    /// The distance between two shares as it follows from what is shown of them.
    pub fn points_shown(&self, a: f64, b: f64) -> i64 {
        (whole_points(a) - whole_points(b)).abs() as i64
    }

    /// The distance between two shares, in whole points.
    pub fn points_between(&self, a: f64, b: f64) -> i64 {
        round((a - b) * 100.0, 0).abs() as i64
    }

    /// A value with its unit: `655 triệu ₫`, `₫655m`, `86,5%`, `41 giờ`.
    pub fn value(&self, value: f64, like: &Amount, unit: Option<&Unit>) -> String {
        let (number, behind) = self.parts(value, like, unit);
        with_unit(number, &behind)
    }

    /// A value apart from its unit, for a table that sets them differently.
    pub fn value_parts(&self, value: f64, like: &Amount, unit: Option<&Unit>) -> (String, String) {
        let (number, behind) = self.parts(value, like, unit);
        (number, behind.into_owned())
    }

    fn parts<'u>(&self, value: f64, like: &Amount, unit: Option<&'u Unit>) -> (String, Cow<'u, str>) {
        let number = self.number(value / like.scale.factor(), like.decimals);
        let code = unit.map_or(
            match like.denomination {
                Denomination::Money(code) => Some(code),
                Denomination::Plain | Denomination::Percent => None,
            },
            |unit| unit.currency().filter(|_| unit.scale() == Scale::One),
        );
        if let Some(code) = code {
            let (number, behind) = self.money(&number, like.scale, code);
            return (number, behind.into());
        }
        let suffix = self.scale_word(like.scale);
        let name = match unit {
            Some(unit) => unit.as_str(),
            None if like.denomination == Denomination::Percent => "%",
            None => "",
        };
        let behind = match (suffix.is_empty(), name.is_empty()) {
            (true, _) => name.into(),
            (false, true) => suffix.into(),
            (false, false) => format!("{suffix}{NBSP}{name}").into(),
        };
        (number, behind)
    }

    fn money(&self, number: &str, scale: Scale, code: &str) -> (String, String) {
        let sign = match code {
            "VND" => "₫",
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            "THB" => "฿",
            "KRW" => "₩",
            other => other,
        };
        let suffix = self.scale_word(scale);
        if self.word("money.sign") == "front" {
            let (minus, digits) = number.strip_prefix('\u{2212}').map_or(("", number), |digits| ("\u{2212}", digits));
            let gap = if sign.chars().count() > 1 { NBSP.to_string() } else { String::new() };
            return (format!("{minus}{sign}{gap}{digits}{suffix}"), String::new());
        }
        let behind = if suffix.is_empty() { sign.to_owned() } else { format!("{suffix}{NBSP}{sign}") };
        (number.to_owned(), behind)
    }

    fn scale_word(&self, scale: Scale) -> String {
        match scale {
            Scale::One => String::new(),
            Scale::Thousand => self.word("money.thousand"),
            Scale::Million => self.word("money.million"),
            Scale::Billion => self.word("money.billion"),
        }
    }

    /// How many, with the noun: `3 kết quả then chốt`, `1 key result`.
    pub fn count(&self, key: &str, count: usize) -> String {
        self.say(key, &[("n", Arg::from(count))])
    }
}

/// Half away from zero, as people round; `−0` is 0.
fn round(value: f64, decimals: u8) -> f64 {
    let factor = power(decimals);
    let scaled = value * factor;
    if !scaled.is_finite() {
        return value;
    }
    // What the decimal digits say, not what the binary ones do: 1.005 has a half in its third place.
    let nudged = scaled.abs() * (1.0 + f64::EPSILON);
    let rounded = floor(nudged + 0.5) / factor;
    if rounded == 0.0 { 0.0 } else { rounded.copysign(value) }
}

/// Of a number that is not negative. Not every processor rounds; each cuts off.
fn floor(value: f64) -> f64 {
    if value < EXACT { value as u64 as f64 } else { value.floor() }
}

/// Below this every half is a number of its own.
const EXACT: f64 = 4e15;

fn power(decimals: u8) -> f64 {
    const POWERS: [f64; 8] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
    POWERS.get(usize::from(decimals)).copied().unwrap_or_else(|| 10f64.powi(i32::from(decimals)))
}

/// The digits of a rounded number without its mark: at least one before it, `decimals` behind it. `None` beyond
/// [`EXACT`], up to which whole numbers are written far faster than fractions.
fn digits(value: f64, decimals: u8, place: &mut [u8; 20]) -> Option<&str> {
    let scaled = value * power(decimals);
    if scaled >= EXACT || decimals > 15 {
        return None;
    }
    let mut rest = (scaled + 0.5) as u64;
    let mut at = place.len();
    while rest > 0 || place.len() - at < usize::from(decimals) + 1 {
        at -= 1;
        place[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    std::str::from_utf8(&place[at..]).ok()
}

fn whole_points(share: f64) -> f64 {
    let points = round(share * 100.0, 0);
    if points >= 100.0 && share < 1.0 - 1e-9 {
        return 99.0;
    }
    if points == 0.0 && share > 1e-9 {
        return 1.0;
    }
    points
}

#[cfg(test)]
mod tests {
    use crate::model::{Amount, Calendar, Denomination, Scale, Unit};

    use super::Words;

    fn words(language: &str) -> Words {
        Words::load(language, Calendar::default()).expect("a built-in language")
    }

    #[test]
    fn shares_are_whole_points_that_never_promise_too_much() {
        let vi = words("vi");
        for (share, want) in [
            (0.0, "0%"),
            (0.001, "1%"),
            (0.125, "13%"),
            (0.345, "35%"),
            (0.996, "99%"),
            (1.0, "100%"),
            (0.999_999_999_999, "100%"),
            (1.184, "118%"),
            (-0.001, "0%"),
            (-0.125, "\u{2212}13%"),
        ] {
            assert_eq!(vi.percent(share), want, "{share}");
        }
    }

    #[test]
    fn values_keep_their_authors_way() {
        let amount = |value, decimals, scale, denomination| Amount { value, decimals, scale, denomination };
        let rows = [
            (amount(655e6, 0, Scale::Million, Denomination::Plain), "VND", "655\u{a0}triệu\u{a0}₫", "₫655m"),
            (amount(1.2e9, 1, Scale::Billion, Denomination::Money("VND")), "", "1,2\u{a0}tỷ\u{a0}₫", "₫1.2bn"),
            (amount(86.5, 1, Scale::One, Denomination::Plain), "%", "86,5%", "86.5%"),
            (amount(80.0, 0, Scale::One, Denomination::Percent), "", "80%", "80%"),
            (amount(41.0, 0, Scale::One, Denomination::Plain), "giờ", "41\u{a0}giờ", "41\u{a0}giờ"),
            (amount(1150.5, 1, Scale::One, Denomination::Plain), "", "1.150,5", "1,150.5"),
            (amount(-1234567.0, 0, Scale::One, Denomination::Plain), "", "\u{2212}1.234.567", "\u{2212}1,234,567"),
            (amount(-14500.0, 1, Scale::Thousand, Denomination::Money("GBP")), "", "\u{2212}14,5\u{a0}nghìn\u{a0}£", "\u{2212}£14.5k"),
            (amount(700.0, 0, Scale::One, Denomination::Plain), "triệu ₫", "700\u{a0}triệu ₫", "700\u{a0}triệu ₫"),
        ];
        for (amount, unit, vi, en) in rows {
            let unit = Unit::new(unit);
            assert_eq!(words("vi").value(amount.value, &amount, unit.as_ref()), vi);
            assert_eq!(words("en").value(amount.value, &amount, unit.as_ref()), en);
        }
    }

    #[test]
    fn what_does_not_fit_is_shown_as_the_edge_of_what_does() {
        let words = Words::load("en", crate::model::Calendar::default()).expect("English");
        assert_eq!(words.number(f64::INFINITY, 12), words.number(f64::MAX, 12));
        assert_eq!(words.number(f64::NEG_INFINITY, 0), words.number(f64::MIN, 0));
        assert_eq!(words.number(f64::NAN, 2), "–");
    }

    #[test]
    fn half_goes_away_from_zero() {
        let en = words("en");
        for (value, decimals, want) in
            [(2.5, 0, "3"), (-2.5, 0, "\u{2212}3"), (1.005, 2, "1.01"), (-0.4, 0, "0"), (0.05, 1, "0.1"), (1e300, 0, "1")]
        {
            let got = en.number(value, decimals);
            assert!(if value > 1e200 { got.len() > 300 } else { got == want }, "{value}: {got}");
        }
    }
}
