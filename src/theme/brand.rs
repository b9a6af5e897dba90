//! A company's own colour, brought to enough contrast by itself, and its name in the print margins.
//!
//! Lightness is changed in OKLCH, where a step looks as large as it is, until the colour has a contrast of 4.5
//! (WCAG 2.2) on the paper; hue and chroma stay.

/// The contrast that text needs.
const ENOUGH: f64 = 4.5;
const LIGHT_PAPER: [f64; 3] = [1.0, 1.0, 1.0];
const DARK_PAPER: [f64; 3] = [22.0 / 255.0, 24.0 / 255.0, 27.0 / 255.0];
/// `--off` of the style sheet.
const OFF: [f64; 3] = [168.0 / 255.0, 50.0 / 255.0, 31.0 / 255.0];

/// The style sheet that follows the theme's own.
pub fn company_style(name: &str, accent: Option<&str>) -> String {
    let mut style = String::new();
    if let Some(colour) = accent.and_then(parse) {
        let light = readable(colour, LIGHT_PAPER, -0.01);
        let dark = readable(colour, DARK_PAPER, 0.01);
        let light = tokens(light, LIGHT_PAPER, 0.88);
        let dark = tokens(dark, DARK_PAPER, 0.80);
        style.push_str(&format!(
            ":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n:root[data-theme=dark]{{{dark}}}\n@media print{{:root,:root[data-theme=dark],:root:not([data-theme=light]){{{light}}}}}\n"
        ));
        if is_like_off(colour) {
            // A link must not look like a warning.
            style.push_str("main a{color:var(--ink);text-decoration-line:underline}\n");
        }
    }
    style.push_str(&format!("@media print{{@page{{@bottom-left{{content:\"{}\"}}}}}}\n", escape(name)));
    style
}

/// A text inside a CSS string: whatever could end it is written as a number.
fn escape(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c.to_string() } else { format!("\\{:x} ", u32::from(c)) }).collect()
}

/// What became of a company's colour, for whoever builds the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandNote {
    /// The colour that serves on white paper, where the company's own could not be read there.
    pub light: Option<String>,
    /// The same on dark paper.
    pub dark: Option<String>,
    /// Whether its hue is that of what is off track: links are in ink then.
    pub is_like_off: bool,
}

/// What became of a colour; none where it is none, or serves as it is.
pub fn brand_note(accent: &str) -> Option<BrandNote> {
    let colour = parse(accent)?;
    let changed = |paper, step| {
        let found = readable(colour, paper, step);
        (found != colour).then(|| hex(found))
    };
    let note = BrandNote { light: changed(LIGHT_PAPER, -0.01), dark: changed(DARK_PAPER, 0.01), is_like_off: is_like_off(colour) };
    (note.light.is_some() || note.dark.is_some() || note.is_like_off).then_some(note)
}

/// Whether a colour's hue lies within 20° of that of "off track", and is strong enough to have one.
fn is_like_off(colour: [f64; 3]) -> bool {
    let hue = |colour| {
        let [_, a, b]: [f64; 3] = to_oklab(colour);
        (b.atan2(a).to_degrees(), a.hypot(b))
    };
    let ((own, chroma), (off, _)) = (hue(colour), hue(OFF));
    let apart = (own - off).rem_euclid(360.0);
    chroma > 0.04 && apart.min(360.0 - apart) <= 20.0
}

fn tokens(colour: [f64; 3], paper: [f64; 3], share: f64) -> String {
    let soft = [0, 1, 2].map(|at| colour[at] * (1.0 - share) + paper[at] * share);
    let on = if contrast(colour, LIGHT_PAPER) >= ENOUGH { LIGHT_PAPER } else { DARK_PAPER };
    format!("--brand:{};--brand-soft:{};--on-brand:{}", hex(colour), hex(soft), hex(on))
}

fn parse(text: &str) -> Option<[f64; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let wide: String = match digits.len() {
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| u8::from_str_radix(wide.get(at..at + 2)?, 16).ok().map(|it| f64::from(it) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

fn hex(colour: [f64; 3]) -> String {
    let part = |value: f64| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    format!("#{:02x}{:02x}{:02x}", part(colour[0]), part(colour[1]), part(colour[2]))
}

/// Steps through lightness until the contrast is enough; black or white at the latest.
fn readable(colour: [f64; 3], paper: [f64; 3], step: f64) -> [f64; 3] {
    let [mut lightness, a, b] = to_oklab(colour);
    let mut found = colour;
    while contrast(found, paper) < ENOUGH && (0.0..=1.0).contains(&lightness) {
        lightness += step;
        found = from_oklab([lightness, a, b]);
    }
    found
}

fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn gamma(value: f64) -> f64 {
    if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG 2.2's contrast ratio, 1–21.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (x, y) = (luminance(a), luminance(b));
    (x.max(y) + 0.05) / (x.min(y) + 0.05)
}

/// Ottosson 2020.
fn to_oklab(colour: [f64; 3]) -> [f64; 3] {
    let [r, g, b] = colour.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
    ]
}

fn from_oklab([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let rgb = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ];
    rgb.map(|value| gamma(value.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_colour_becomes_readable_on_both_papers() {
        for text in ["#3d4580", "#ffff00", "#ffffff", "#000000", "#ff0000", "#0f0", "#7a3b1d"] {
            let colour = parse(text).expect("a colour");
            for (paper, step) in [(LIGHT_PAPER, -0.01), (DARK_PAPER, 0.01)] {
                assert!(contrast(readable(colour, paper, step), paper) >= ENOUGH, "{text}");
            }
        }
        assert_eq!(hex(readable(parse("#0b5a6b").expect("a colour"), LIGHT_PAPER, -0.01)), "#0b5a6b");
        assert!((contrast(LIGHT_PAPER, [0.0; 3]) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_told_and_one_like_a_warning_leaves_links_alone() {
        assert_eq!(brand_note("#0b5a6b").map(|it| it.light), Some(None), "it serves on white");
        let yellow = brand_note("#ffff00").expect("too light for white");
        assert!(yellow.light.is_some() && yellow.dark.is_none() && !yellow.is_like_off, "{yellow:?}");
        assert!(brand_note("#b0281a").is_some_and(|it| it.is_like_off));
        assert!(company_style("A", Some("#b0281a")).contains("main a{color:var(--ink)"));
        assert!(!company_style("A", Some("#3d4580")).contains("main a"));
        assert_eq!(brand_note("red"), None);
    }

    #[test]
    fn a_name_cannot_leave_its_string() {
        let style = company_style("A\"}</style>*{x:url(http://e)}\n", Some("red;x"));
        assert!(!style.contains("A\"}") && !style.contains("url(") && !style.contains('<'), "{style}");
        assert!(style.starts_with("@media print"));
    }
}
