//! Numbers as people write them, read without ever guessing.
//!
//! The workspace's language says which mark groups and which is the decimal one. What could mean two things
//! is [`NumberError::Ambiguous`] and has no value.

use unicode_normalization::UnicodeNormalization;

/// The marks of a language: Vietnamese `1.234,5`, English `1,234.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between the whole and its parts.
    pub decimal: char,
    /// Between thousands. Spaces and `_` group in every language.
    pub group: char,
}

impl Marks {
    /// The marks of a language; a decimal point for one that we do not know.
    pub fn of_language(language: &str) -> Self {
        match language.split('-').next() {
            Some("vi" | "de" | "es" | "id" | "it" | "nl" | "pt" | "da" | "tr") => Self { decimal: ',', group: '.' },
            _ => Self { decimal: '.', group: ',' },
        }
    }
}

/// The power of ten in which an author chose to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scale {
    /// As it is.
    #[default]
    One,
    /// nghìn, k.
    Thousand,
    /// triệu, m.
    Million,
    /// tỷ, b.
    Billion,
}

impl Scale {
    /// How many ones make one of it.
    pub fn factor(self) -> f64 {
        10f64.powi(self.exponent())
    }

    fn exponent(self) -> i32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::Million => 6,
            Self::Billion => 9,
        }
    }
}

/// What a number was written with behind (or before) it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Denomination {
    /// Nothing, or the field's own unit.
    #[default]
    Plain,
    /// A percent sign.
    Percent,
    /// Money; the currency's ISO code.
    Money(&'static str),
}

/// A finite number with the way in which its author wrote it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number; percentages in points (80 % is 80).
    pub value: f64,
    /// Decimals written.
    pub decimals: u8,
    /// The suffix written.
    pub scale: Scale,
    /// The sign or currency written.
    pub denomination: Denomination,
}

impl Amount {
    /// A whole number without a unit.
    pub fn plain(value: f64) -> Self {
        Self { value, decimals: 0, scale: Scale::One, denomination: Denomination::Plain }
    }
}

/// A field's unit as its author named it, and what of money and powers of ten it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    name: String,
    currency: Option<&'static str>,
    scale: Scale,
}

impl Unit {
    /// Any text; marks are composed and spaces folded.
    pub fn new(text: &str) -> Option<Self> {
        let name = fold(text);
        if name.is_empty() {
            return None;
        }
        let (scale, currency) = match (currency(&name), split_suffix(&name)) {
            (Some(code), _) => (Scale::One, Some(code)),
            (None, Some((scale, rest))) if rest.trim().is_empty() || currency(rest.trim()).is_some() => (scale, currency(rest.trim())),
            (None, _) => (Scale::One, None),
        };
        Some(Self { name, currency, scale })
    }

    /// The unit as written.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Whether it is the percent sign.
    pub fn is_percent(&self) -> bool {
        self.name == "%"
    }

    /// The currency it names, with or without a suffix before it (`triệu ₫`).
    pub fn currency(&self) -> Option<&'static str> {
        self.currency
    }

    /// The suffix it begins with (`triệu ₫`).
    pub fn scale(&self) -> Scale {
        self.scale
    }
}

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Reads two ways; both spellings, to choose from.
    Ambiguous {
        /// The spelling of the whole number.
        whole: String,
        /// The spelling of the number with decimals.
        decimal: String,
    },
    /// Not a number at all.
    NotANumber,
    /// Marks that stand where they cannot.
    MisplacedMark,
    /// A clock time or ratio, hexadecimal, octal.
    Notation,
    /// Does not fit.
    TooLarge,
    /// A suffix or unit that the field's own unit rules out.
    WrongUnit {
        /// What was written.
        written: String,
    },
}

/// How a scalar stood in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// Bare.
    Plain,
    /// In quotes or a block.
    Quoted,
}

/// Reads an author's raw text. `Ok(None)` is "no value": `TBD`, `N/A`, `-`, `?`, empty, null.
///
/// # Errors
/// [`NumberError`] says why there is no number; nothing is ever guessed.
pub fn read_number(raw: &str, quoting: Quoting, unit: Option<&Unit>, marks: Marks) -> Result<Option<Amount>, NumberError> {
    let text = fold(raw);
    if is_no_value(&text, quoting) {
        return Ok(None);
    }
    let Lexed { negative, front, core, rest } = lex(&text)?;
    let digits = read_core(core, marks)?;
    if quoting == Quoting::Plain && rest.is_empty() && front.is_none() {
        refuse_two_readings(core, negative, marks)?;
    }
    let (scale, denomination) = read_tail(front, rest, unit, &digits)?;
    let sign = if negative { "-" } else { "" };
    let exponent = digits.exponent.saturating_add(scale.exponent());
    let value: f64 = format!("{sign}{}.{}e{exponent}", digits.whole, digits.fraction).parse().map_err(|_| NumberError::NotANumber)?;
    if !value.is_finite() {
        return Err(NumberError::TooLarge);
    }
    let decimals = u8::try_from(digits.fraction.len().min(12)).unwrap_or(12);
    Ok(Some(Amount { value, decimals, scale, denomination }))
}

fn is_no_value(text: &str, quoting: Quoting) -> bool {
    let lower = text.to_lowercase();
    matches!(lower.as_str(), "" | "tbd" | "n/a" | "-" | "–" | "?") || (quoting == Quoting::Plain && matches!(lower.as_str(), "~" | "null"))
}

/// Composes marks, folds spaces of every kind, and turns the typographic minus into ours.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    let composed: String = text.nfc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    composed.split([' ', '\u{a0}', '\u{202f}', '\t', '\n']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

struct Lexed<'a> {
    negative: bool,
    front: Option<&'static str>,
    core: &'a str,
    rest: &'a str,
}

fn lex(text: &str) -> Result<Lexed<'_>, NumberError> {
    let (mut negative, mut signed, mut front, mut at) = (false, false, None, text);
    loop {
        if !signed && let Some(after) = at.strip_prefix(['-', '+']) {
            negative = at.starts_with('-');
            (signed, at) = (true, after.trim_start());
        } else if front.is_none()
            && let Some((code, after)) = currency_in_front(at)
        {
            (front, at) = (Some(code), after.trim_start());
        } else {
            break;
        }
    }
    let end = core_end(at);
    let (core, rest) = at.split_at(end);
    if !core.bytes().any(|b| b.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    if rest.starts_with(':')
        || (core == "0" && rest.len() > 1 && rest.starts_with(['x', 'X', 'o', 'O', 'b']) && rest.as_bytes()[1].is_ascii_hexdigit())
    {
        return Err(NumberError::Notation);
    }
    Ok(Lexed { negative, front, core, rest: rest.trim() })
}

/// The end of the longest run of digits and marks; a space belongs to it only between digits.
fn core_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while end < bytes.len() {
        match bytes[end] {
            b'0'..=b'9' | b'.' | b',' | b'_' => end += 1,
            b' ' if end > 0 && digit(end - 1) && digit(end + 1) => end += 1,
            b'e' | b'E' if end > 0 && (digit(end + 1) || (matches!(bytes.get(end + 1), Some(b'-' | b'+')) && digit(end + 2))) => {
                end += 2;
                while digit(end) {
                    end += 1;
                }
                return end;
            }
            _ => break,
        }
    }
    end
}

struct Digits {
    whole: String,
    fraction: String,
    exponent: i32,
}

fn read_core(core: &str, marks: Marks) -> Result<Digits, NumberError> {
    let (mantissa, exponent) = match core.find(['e', 'E']) {
        Some(at) => (&core[..at], core[at + 1..].parse::<i32>().map_err(|_| NumberError::TooLarge)?),
        None => (core, 0),
    };
    let (whole, fraction) = match decimal_at(mantissa, marks) {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, ""),
    };
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(fraction) || (decimal_at(mantissa, marks).is_some() && fraction.is_empty()) {
        return Err(NumberError::MisplacedMark);
    }
    let mut groups = whole.split([marks.group, ' ', '_']);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let grouped_well = rest.is_empty()
        || (!first.is_empty() && first.len() <= 3 && (!first.starts_with('0')) && rest.iter().all(|group| group.len() == 3));
    if !grouped_well || !all_digits(first) || !rest.iter().all(|group| all_digits(group)) {
        return Err(NumberError::MisplacedMark);
    }
    Ok(Digits { whole: first.to_owned() + &rest.concat(), fraction: fraction.to_owned(), exponent })
}

/// Where the decimal mark stands: the language's own, or a single foreign one that cannot group.
fn decimal_at(mantissa: &str, marks: Marks) -> Option<usize> {
    if let Some(at) = mantissa.find(marks.decimal) {
        return Some(at);
    }
    let mut places = mantissa.match_indices(marks.group);
    let (at, _) = places.next()?;
    if places.next().is_some() || mantissa.contains([' ', '_']) {
        return None;
    }
    (!can_group(&mantissa[..at], &mantissa[at + 1..])).then_some(at)
}

/// One to three digits, the first not 0, before exactly three: a mark between them groups.
fn can_group(before: &str, after: &str) -> bool {
    (1..=3).contains(&before.len()) && !before.starts_with('0') && after.len() == 3
}

/// `500.000` without quotes is half a million to a reader of Vietnamese and five hundred to YAML.
fn refuse_two_readings(core: &str, negative: bool, marks: Marks) -> Result<(), NumberError> {
    let Some((before, after)) = core.split_once('.') else { return Ok(()) };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if marks.group != '.' || !digits(before) || !digits(after) || !can_group(before, after) {
        return Ok(());
    }
    let sign = if negative { "-" } else { "" };
    Err(NumberError::Ambiguous { whole: format!("{sign}{before}{after}"), decimal: format!("\"{sign}{before},{after}\"") })
}

fn read_tail(front: Option<&'static str>, rest: &str, unit: Option<&Unit>, digits: &Digits) -> Result<(Scale, Denomination), NumberError> {
    let wrong = || NumberError::WrongUnit { written: rest.to_owned() };
    let own_currency = unit.and_then(Unit::currency);
    let money = |code: &'static str| match unit {
        Some(_) if own_currency != Some(code) => Err(wrong()),
        Some(_) | None => Ok(Denomination::Money(code)),
    };
    let start = front.map_or(Ok(Denomination::Plain), money)?;
    if rest.is_empty() {
        return Ok((Scale::One, start));
    }
    if let Some(unit) = unit
        && same_unit(rest, unit)
    {
        let denomination = if unit.is_percent() { Denomination::Percent } else { Denomination::Plain };
        return Ok((Scale::One, denomination));
    }
    if rest == "%" {
        return if unit.is_none_or(Unit::is_percent) && front.is_none() { Ok((Scale::One, Denomination::Percent)) } else { Err(wrong()) };
    }
    if front.is_none()
        && let Some(code) = currency(rest)
    {
        return if unit.is_some_and(|unit| unit.scale() != Scale::One) { Err(wrong()) } else { Ok((Scale::One, money(code)?)) };
    }
    let (scale, after) = split_suffix(rest).ok_or_else(wrong)?;
    if digits.exponent != 0 {
        return Err(wrong());
    }
    let after = after.trim();
    let denomination = match unit {
        Some(unit) if same_unit(after, unit) && !after.is_empty() => start,
        _ if after.is_empty() => start,
        _ if front.is_none() => money(currency(after).ok_or_else(wrong)?)?,
        _ => return Err(wrong()),
    };
    match unit.map_or(Scale::One, Unit::scale) {
        Scale::One => Ok((scale, denomination)),
        // The unit already says `triệu`: written again it is the unit, another suffix is a mistake.
        own if own == scale => Ok((Scale::One, denomination)),
        _ => Err(wrong()),
    }
}

fn same_unit(written: &str, unit: &Unit) -> bool {
    written == unit.as_str() || (written.chars().count() > 1 && written.to_lowercase() == unit.as_str().to_lowercase())
}

/// The suffix at the front of a text, and what follows it; the longest one that ends at a word's end.
fn split_suffix(text: &str) -> Option<(Scale, &str)> {
    const SUFFIXES: [(&str, Scale); 12] = [
        ("billion", Scale::Billion),
        ("million", Scale::Million),
        ("triệu", Scale::Million),
        ("nghìn", Scale::Thousand),
        ("ngàn", Scale::Thousand),
        ("tỷ", Scale::Billion),
        ("tỉ", Scale::Billion),
        ("tr", Scale::Million),
        ("k", Scale::Thousand),
        ("m", Scale::Million),
        ("b", Scale::Billion),
        ("thousand", Scale::Thousand),
    ];
    SUFFIXES.into_iter().find_map(|(suffix, scale)| {
        let mut rest = text.chars();
        let matches = suffix.chars().all(|want| rest.next().is_some_and(|got| got.to_lowercase().eq(want.to_lowercase())));
        let rest = rest.as_str();
        let ends = rest.trim().is_empty() || currency(rest.trim()).is_some() || rest.starts_with(' ');
        (matches && ends).then_some((scale, rest))
    })
}

const CURRENCIES: [(&str, &[&str]); 12] = [
    ("VND", &["₫", "đ", "đồng", "vnd", "vnđ"]),
    ("USD", &["$", "usd", "us$", "dollar", "dollars", "đô", "đô la", "đô-la"]),
    ("EUR", &["€", "eur", "euro", "euros"]),
    ("GBP", &["£", "gbp", "pound", "pounds"]),
    ("JPY", &["¥", "jpy", "yen"]),
    ("AUD", &["aud", "a$"]),
    ("CAD", &["cad", "c$"]),
    ("SGD", &["sgd", "s$"]),
    ("THB", &["฿", "thb", "baht"]),
    ("KRW", &["₩", "krw", "won"]),
    ("CNY", &["cny", "rmb", "yuan"]),
    ("CHF", &["chf"]),
];

fn currency(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    CURRENCIES.into_iter().find(|(_, words)| words.contains(&lower.as_str())).map(|(code, _)| code)
}

fn currency_in_front(text: &str) -> Option<(&'static str, &str)> {
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',' | ' '))?;
    currency(&text[..end]).map(|code| (code, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: Marks = Marks { decimal: ',', group: '.' };
    const EN: Marks = Marks { decimal: '.', group: ',' };

    fn read(raw: &str, quoting: Quoting, unit: &str, marks: Marks) -> String {
        match read_number(raw, quoting, Unit::new(unit).as_ref(), marks) {
            Ok(Some(amount)) => amount.value.to_string(),
            Ok(None) => "no value".to_owned(),
            Err(NumberError::Ambiguous { whole, decimal }) => format!("ambiguous {whole} {decimal}"),
            Err(_) => "bad".to_owned(),
        }
    }

    #[test]
    fn vietnamese_numbers() {
        for (raw, unit, want) in [
            ("1.234,5", "", "1234.5"),
            ("1,2 tỷ", "", "1200000000"),
            ("455 triệu", "VND", "455000000"),
            ("450tr", "", "450000000"),
            ("450 TR", "", "450000000"),
            ("1,234", "", "1.234"),
            ("1.234", "", "1234"),
            ("1.234.567", "", "1234567"),
            (".7", "", "0.7"),
            ("5.5 triệu", "", "5500000"),
            ("0.125", "", "0.125"),
            ("12.5", "", "12.5"),
            ("1.23.4", "", "bad"),
            ("1,234.5", "", "bad"),
            ("1 200", "", "1200"),
            ("1\u{a0}200\u{202f}300", "", "1200300"),
            ("1_000", "", "1000"),
            ("12 30", "", "bad"),
            ("80%", "%", "80"),
            ("80 %", "", "80"),
            ("76,5", "%", "76.5"),
            ("−3,5", "", "-3.5"),
            ("500.000 ₫", "VND", "500000"),
            ("₫500.000", "VND", "500000"),
            ("700 triệu ₫", "triệu ₫", "700"),
            ("700 triệu", "triệu ₫", "700"),
            ("700", "triệu ₫", "700"),
            ("0,7 tỷ", "triệu ₫", "bad"),
            ("700 ₫", "triệu ₫", "bad"),
            ("5 m", "m", "5"),
            ("5 m", "", "5000000"),
            ("5 kg", "kg", "5"),
            ("5 kg", "", "bad"),
            ("5 khách", "khách", "5"),
            ("5 kha\u{301}ch", "khách", "5"),
            ("12:30", "", "bad"),
            ("0x1F", "", "bad"),
            ("0o17", "", "bad"),
            ("1e3", "", "1000"),
            ("1e999", "", "bad"),
            ("NaN", "", "bad"),
            (".inf", "", "bad"),
            ("5%", "khách", "bad"),
            ("$5", "VND", "bad"),
            ("TBD", "", "no value"),
            ("n/a", "", "no value"),
            ("-", "", "no value"),
            ("?", "", "no value"),
            ("", "", "no value"),
        ] {
            assert_eq!(read(raw, Quoting::Quoted, unit, VI), want, "{raw} in {unit}");
        }
    }

    #[test]
    fn what_yaml_and_a_reader_understand_differently_is_never_guessed() {
        assert_eq!(read("500.000", Quoting::Plain, "", VI), "ambiguous 500000 \"500,000\"");
        assert_eq!(read("-1.234", Quoting::Plain, "", VI), "ambiguous -1234 \"-1,234\"");
        assert_eq!(read("0.500", Quoting::Plain, "", VI), "0.5");
        assert_eq!(read("16.75", Quoting::Plain, "", VI), "16.75");
        assert_eq!(read("1.234.567", Quoting::Plain, "", VI), "1234567");
        assert_eq!(read("500.000", Quoting::Plain, "", EN), "500");
        assert_eq!(read("500.000 đ", Quoting::Plain, "", VI), "500000");
    }

    #[test]
    fn english_numbers() {
        for (raw, want) in [
            ("1,234.5", "1234.5"),
            ("1,234", "1234"),
            ("1,23", "1.23"),
            ("1.234,5", "bad"),
            ("£14.5k", "14500"),
            ("-$5", "-5"),
            ("$-5", "-5"),
            ("USD 1.2 million", "1200000"),
            ("12%", "12"),
            ("1,2345", "1.2345"),
            ("3 b", "3000000000"),
        ] {
            assert_eq!(read(raw, Quoting::Quoted, "", EN), want, "{raw}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_crashes_it_and_what_it_reads_is_finite(raw in "\\PC{0,24}") {
            for marks in [VI, EN] {
                if let Ok(Some(amount)) = read_number(&raw, Quoting::Quoted, None, marks) {
                    proptest::prop_assert!(amount.value.is_finite());
                }
            }
        }

        #[test]
        fn a_number_written_in_a_language_is_read_back(whole in 0u64..10_000_000, cents in 0u8..100) {
            let grouped = whole.to_string().as_bytes().rchunks(3).rev().map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>();
            let want: f64 = format!("{whole}.{cents:02}").parse().expect("digits");
            for marks in [VI, EN] {
                let text = format!("{}{}{cents:02}", grouped.join(&marks.group.to_string()), marks.decimal);
                let got = read_number(&text, Quoting::Quoted, None, marks).ok().flatten().map(|amount| amount.value);
                proptest::prop_assert_eq!(got, Some(want));
            }
        }
    }
}
