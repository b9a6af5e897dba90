//! The small marks that stand beside words: one for each status, and the mark of the program.
//!
//! They are fixed drawings, so they need no canvas. Each has a shape of its own, for a page without colour; those of
//! an ended period are ruled off below, as an account is.

use std::borrow::Cow;

use super::{Mark, Svg};

macro_rules! whole {
    ($body:literal) => {
        concat!(r#"<svg class="i" viewBox="0 0 12 12" aria-hidden="true">"#, $body, "</svg>")
    };
}

/// The 12 px mark of a status, hidden from screen readers because its word stands beside it.
pub fn glyph(mark: Mark) -> Svg {
    // Whole texts, so that none of a site's thousands is made.
    Svg(Cow::Borrowed(match mark {
        Mark::OnTrack => whole!(r#"<circle cx="6" cy="6.2" r="4.7" class="f-ok"/>"#),
        Mark::AtRisk => whole!(r#"<path d="M6 .3l6 10.6H0z" class="f-watch"/>"#),
        Mark::OffTrack => whole!(r#"<path d="M6 .2l6 6-6 6-6-6z" class="f-off"/>"#),
        Mark::NotUpdated => {
            whole!(r#"<circle cx="6" cy="6.2" r="4.2" class="l-none f-paper" stroke-width="1.6" stroke-dasharray="2.1 1.5"/>"#)
        }
        Mark::Done => {
            whole!(r#"<circle cx="6" cy="6" r="6" class="f-ok"/><path d="M3.2 6.2l2 2 3.6-4.2" class="ln l-paper" stroke-width="1.7"/>"#)
        }
        Mark::Achieved => whole!(r#"<path d="M1.8 4.8l3 3.2L10.4 1M1 11.2h10" class="ln l-ok" stroke-width="1.8"/>"#),
        Mark::Progressed => whole!(r#"<path d="M6 0l5 8.8H1zM1 10.3h10V12H1z" class="f-watch"/>"#),
        Mark::Missed => whole!(r#"<path d="M6-.2l4.7 4.7L6 9.2 1.3 4.5zM1 10.3h10V12H1z" class="f-off"/>"#),
        Mark::NoData => whole!(r#"<circle cx="6" cy="6" r="2.4" class="l-none f-paper" stroke-width="1.5"/>"#),
        Mark::NotStarted => whole!(r#"<circle cx="6" cy="6.2" r="4.4" class="l-none f-paper" stroke-width="1.4"/>"#),
        Mark::Cancelled => whole!(r#"<path d="M10.4 6a4.4 4.4 0 1 0 0 .1zM2.9 9.1l6.2-6.2" class="l-none f-paper" stroke-width="1.4"/>"#),
        Mark::Draft => whole!(r#"<path d="M1.7 1.7h8.6v8.6H1.7z" class="l-none f-paper" stroke-width="1.4" stroke-dasharray="1.4 1.47"/>"#),
    }))
}

/// The 12 px mark of a KPI that is steady: a level line.
pub fn steady_glyph() -> Svg {
    Svg(Cow::Borrowed(whole!(r#"<path d="M.5 6.2h11" class="ln l-data" stroke-width="2.4"/>"#)))
}

/// The 28 px compass that stands beside an objective which guides a KPI. Takes the colour of the text around it.
pub fn compass_glyph() -> Svg {
    Svg(Cow::Borrowed(concat!(
        r#"<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">"#,
        r#"<circle cx="14" cy="14" r="12.4" fill="none" stroke="currentColor" stroke-width="1.6"/>"#,
        r#"<path d="M14 4.6l3.6 9.4h-7.2z" fill="currentColor"/>"#,
        r#"<path d="M17.6 14L14 23.4 10.4 14z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/>"#,
        "</svg>"
    )))
}

/// The mark of the program: an open ledger, one page ruled, one ticked. Takes the colour of the text around it.
pub fn logo() -> Svg {
    Svg(Cow::Borrowed(concat!(
        r#"<svg viewBox="0 0 32 32" aria-hidden="true">"#,
        r#"<path d="M15.2 7.6C12.2 5.7 7.6 4.8 2 5v20c5.6-.2 10.2.7 13.2 2.6zM16.8 7.6c3-1.9 7.6-2.8 13.2-2.6v20c-5.6-.2-10.2.7-13.2 2.6z" fill="currentColor"/>"#,
        r#"<path d="M5.6 10.3c2.3 0 4.3.3 6 .9M5.6 14.8c2.3 0 4.3.3 6 .9M5.6 19.3c1.3 0 2.5.1 3.6.3" class="ln l-paper" stroke-width="1.5" stroke-linecap="round"/>"#,
        r#"<path d="M20 16.2l2.7 3 4.6-7" class="ln l-paper" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>"#,
        "</svg>"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The drawing without its colours.
    fn grey(mark: Mark) -> String {
        ["ok", "watch", "off", "none"]
            .into_iter()
            .fold(glyph(mark).to_string(), |svg, class| svg.replace(&format!("f-{class}"), "f").replace(&format!("l-{class}"), "l"))
    }

    #[test]
    fn no_two_marks_look_alike_without_colour() {
        for (at, one) in Mark::ALL.into_iter().enumerate() {
            for other in Mark::ALL.into_iter().skip(at + 1) {
                assert_ne!(grey(one), grey(other), "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn a_mark_wears_the_class_of_its_status() {
        for mark in Mark::ALL {
            let svg = glyph(mark);
            let class = mark.class();
            assert!(svg.as_str().contains(&format!("f-{class}")) || svg.as_str().contains(&format!("l-{class}")), "{mark:?}");
        }
    }
}
