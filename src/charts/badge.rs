//! A badge: a label and a value side by side, as wikis and READMEs show them. It stands alone, so that its colours stand in it.
//!
//! Colour says nothing here: a figure that wants looking at has its page.

use std::borrow::Cow;

use quick_xml::escape::escape;

use super::{
    Svg,
    labels::{Weight, width},
};

/// Draws a badge of 24 px height.
pub fn badge(label: &str, value: &str) -> Svg {
    let wide = |text: &str, weight| f64::from(width(text, weight)) / 10.0 + 20.0;
    let (left, right) = (wide(label, Weight::Regular), wide(value, Weight::Bold));
    // Signs that XML cannot hold at all are none of a text.
    let clean = |text: &str| text.chars().filter(|it| !it.is_control()).collect::<String>();
    let (label, value) = (clean(label), clean(value));
    let words = (escape(&label), escape(&value));
    let all = left + right;
    let middle = (left / 2.0, left + right / 2.0);
    Svg(Cow::Owned(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all:.0}\" height=\"24\" viewBox=\"0 0 {all:.0} 24\" role=\"img\" aria-label=\"{0}: {1}\">\
         <rect width=\"{left:.1}\" height=\"24\" fill=\"#484e56\"/><rect x=\"{left:.1}\" width=\"{right:.1}\" height=\"24\" fill=\"#24506b\"/>\
         <g fill=\"#fff\" font-family=\"Segoe UI,Roboto,Noto Sans,Liberation Sans,Arial,sans-serif\" font-size=\"12\" text-anchor=\"middle\">\
         <text x=\"{2:.1}\" y=\"16\">{0}</text><text x=\"{3:.1}\" y=\"16\" font-weight=\"600\">{1}</text></g></svg>\n",
        words.0, words.1, middle.0, middle.1
    )))
}
