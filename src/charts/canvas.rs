//! The drawing backend that plotters draws on: it writes compact SVG with CSS classes.
//!
//! plotters counts in whole pixels, so the canvas is ten times as large as the picture and every coordinate is written
//! divided by ten. plotters knows colours, not classes, so a [`Pen`] travels as a reserved RGB value and comes out as
//! a class. Neighbours with the same pen share one `<path>`. The canvas must never know what a chart means.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Debug;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily, FontStyle,
};

use super::{Mark, Svg, labels};

/// A point of the canvas, in tenths of a pixel.
pub(super) type Spot = (i32, i32);

/// The colour tokens of the design; on screen each is a class `f-…` or `l-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Ok,
    Watch,
    Off,
    None,
    Data,
    Data2,
    Band,
    Band2,
    Rule,
    Rule2,
    Ink,
    Paper,
    /// The company's own colour: a KPI's target, nothing else in a chart.
    Brand,
}

impl Tone {
    const ALL: [Tone; 13] = [
        Tone::Ok,
        Tone::Watch,
        Tone::Off,
        Tone::None,
        Tone::Data,
        Tone::Data2,
        Tone::Band,
        Tone::Band2,
        Tone::Rule,
        Tone::Rule2,
        Tone::Ink,
        Tone::Paper,
        Tone::Brand,
    ];

    /// The colour of a status.
    pub(super) fn of(mark: Mark) -> Tone {
        match mark.class() {
            "ok" => Tone::Ok,
            "watch" => Tone::Watch,
            "off" => Tone::Off,
            _ => Tone::None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Watch => "watch",
            Tone::Off => "off",
            Tone::None => "none",
            Tone::Data => "data",
            Tone::Data2 => "data2",
            Tone::Band => "band",
            Tone::Band2 => "band2",
            Tone::Rule => "rule",
            Tone::Rule2 => "rule2",
            Tone::Ink => "ink",
            Tone::Paper => "paper",
            Tone::Brand => "brand",
        }
    }
}

/// How a stroke or an area is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    Plain,
    /// Round joins, for a line of data.
    Round,
    /// 6 4: what was planned.
    Dashed,
    /// Round dots: what is to be expected.
    Dotted,
    /// 1 3: where it began.
    Fine,
    /// 5 3: a natural limit.
    Limit,
    /// 2 4: a natural limit of few values.
    Loose,
    /// 10 3 2 3: a target that holds.
    Goal,
    /// The same where everything is small.
    SmallGoal,
    /// An area half as strong.
    Faint,
    /// Paper inside, the colour as outline.
    Hollow,
    /// A thin edge of paper around an area.
    Halo,
}

impl Finish {
    const ALL: [Finish; 12] = [
        Finish::Plain,
        Finish::Round,
        Finish::Dashed,
        Finish::Dotted,
        Finish::Fine,
        Finish::Limit,
        Finish::Loose,
        Finish::Goal,
        Finish::SmallGoal,
        Finish::Faint,
        Finish::Hollow,
        Finish::Halo,
    ];

    fn attributes(self) -> &'static str {
        match self {
            Finish::Plain | Finish::Hollow | Finish::Halo | Finish::Faint => "",
            Finish::Round => " stroke-linejoin=\"round\"",
            Finish::Dashed => " stroke-dasharray=\"6 4\"",
            Finish::Dotted => " stroke-dasharray=\"1.5 4\" stroke-linecap=\"round\"",
            Finish::Fine => " stroke-dasharray=\"1 3\"",
            Finish::Limit => " stroke-dasharray=\"5 3\"",
            Finish::Loose => " stroke-dasharray=\"2 4\"",
            Finish::Goal => " stroke-dasharray=\"10 3 2 3\"",
            Finish::SmallGoal => " stroke-dasharray=\"6 2 1.5 2\"",
        }
    }
}

/// The blue that marks a reserved colour of shapes.
const SHAPE: u8 = 0x5b;
/// The blue that marks a reserved colour of texts.
const LETTER: u8 = 0x7e;

/// A tone, a finish and a width in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) tone: Tone,
    pub(super) finish: Finish,
    pub(super) width: u32,
}

impl Pen {
    /// A plain stroke of `width` tenths.
    pub(super) const fn new(tone: Tone, width: u32) -> Pen {
        Pen { tone, finish: Finish::Plain, width }
    }

    /// The same with another finish.
    pub(super) const fn with(self, finish: Finish) -> Pen {
        Pen { finish, ..self }
    }

    /// As plotters carries it along a line.
    pub(super) fn stroke(self) -> ShapeStyle {
        ShapeStyle { color: RGBAColor(self.tone as u8, self.finish as u8, SHAPE, 1.0), filled: false, stroke_width: self.width }
    }

    /// As plotters carries it into an area.
    pub(super) fn fill(self) -> ShapeStyle {
        self.stroke().filled()
    }

    fn read(color: BackendColor, width: u32) -> Pen {
        let (tone, finish, kind) = color.rgb;
        match (Tone::ALL.get(usize::from(tone)), Finish::ALL.get(usize::from(finish))) {
            (Some(&tone), Some(&finish)) if kind == SHAPE => Pen { tone, finish, width },
            _ => Pen::new(Tone::Ink, width),
        }
    }
}

/// The lettering of a text, a class each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    Plain,
    Soft,
    Strong,
    Ok,
    Watch,
    Off,
    Brand,
}

impl Letter {
    const ALL: [Letter; 7] = [Letter::Plain, Letter::Soft, Letter::Strong, Letter::Ok, Letter::Watch, Letter::Off, Letter::Brand];

    /// The lettering of a status.
    pub(super) fn of(mark: Mark) -> Letter {
        match mark.class() {
            "ok" => Letter::Ok,
            "watch" => Letter::Watch,
            "off" => Letter::Off,
            _ => Letter::Soft,
        }
    }

    /// Bold letters are wider.
    pub(super) fn weight(self) -> labels::Weight {
        match self {
            Letter::Plain | Letter::Soft => labels::Weight::Regular,
            Letter::Strong | Letter::Ok | Letter::Watch | Letter::Off | Letter::Brand => labels::Weight::Bold,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Letter::Plain => "",
            Letter::Soft => "t2",
            Letter::Strong => "tb",
            Letter::Ok => "t-ok",
            Letter::Watch => "t-watch",
            Letter::Off => "t-off",
            Letter::Brand => "tbr",
        }
    }
}

/// What lies under a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Nothing: no halo needed.
    Bare,
    /// Lines: the letters get an edge of paper.
    Busy,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Start,
    Middle,
    End,
}

impl Held {
    fn pos(self) -> Pos {
        let h = match self {
            Held::Start => HPos::Left,
            Held::Middle => HPos::Center,
            Held::End => HPos::Right,
        };
        Pos::new(h, VPos::Bottom)
    }
}

/// Whether the page may pull the picture wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// As drawn.
    No,
    /// Pulled to the width of its box; strokes stay `<line>`s, which the style sheet keeps from thickening.
    Fill,
}

/// The opening tag.
pub(super) struct Frame<'a> {
    pub(super) class: &'a str,
    /// In pixels.
    pub(super) width: u32,
    /// In pixels.
    pub(super) height: u32,
    pub(super) label: &'a str,
    pub(super) stretch: Stretch,
}

/// What the open `<path>` is made of; another look needs another element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Fill(Tone, Finish, u32),
    Stroke(Pen),
    /// Zero-length strokes with round caps: the shortest way to write a circle.
    Dots(Tone, u32),
    Rings(Tone, u32),
}

/// The stroke width that a stretched picture's lines inherit from it, in tenths of a pixel.
const INHERITED: u32 = 20;

/// The text so far, as bytes: numbers are most of it, and each would be asked whether it is text.
struct Out(Vec<u8>);

impl Out {
    fn push(&mut self, letter: char) {
        self.0.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn push_str(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// The backend: text of the picture so far.
pub(super) struct Canvas {
    size: (u32, u32),
    stretch: Stretch,
    out: Out,
    look: Option<Look>,
    /// Where the open path stands, where its current part began, and the command that may be left out.
    at: Spot,
    began: Spot,
    implied: u8,
}

impl Canvas {
    fn new(frame: &Frame<'_>) -> Canvas {
        let mut out = Out(Vec::with_capacity(4096));
        out.push_str("<svg");
        if !frame.class.is_empty() {
            out.push_str(" class=\"");
            escape(&mut out, frame.class);
            out.push('"');
        }
        let (w, h) = (frame.width as i32 * 10, frame.height as i32 * 10);
        for (name, number) in [(" width=\"", w), (" height=\"", h)] {
            attribute(&mut out, name, number);
        }
        out.push_str(" viewBox=\"0 0 ");
        tenths(&mut out, w);
        out.push(' ');
        tenths(&mut out, h);
        out.push_str("\" role=\"img\" aria-label=\"");
        escape(&mut out, frame.label);
        out.push_str(match frame.stretch {
            Stretch::No => "\">",
            Stretch::Fill => "\" preserveAspectRatio=\"none\" stroke-width=\"2\">",
        });
        Canvas {
            size: (frame.width * 10, frame.height * 10),
            stretch: frame.stretch,
            out,
            look: None,
            at: (0, 0),
            began: (0, 0),
            implied: 0,
        }
    }

    /// Goes to `to` in a path of this look: on in the open one, or in a new one.
    fn begin(&mut self, look: Look, to: Spot) {
        let to = tame(to);
        if self.look == Some(look) {
            self.out.push('m');
            self.pair(to.0 - self.at.0, to.1 - self.at.1);
            self.implied = b'l';
        } else {
            self.close();
            self.look = Some(look);
            self.out.push_str("<path d=\"M");
            self.pair(to.0, to.1);
            self.implied = 0;
        }
        self.at = to;
        self.began = to;
    }

    fn line_to(&mut self, to: Spot) {
        let to = tame(to);
        let (dx, dy) = (to.0 - self.at.0, to.1 - self.at.1);
        match (dx, dy) {
            (0, 0) => return,
            (_, 0) => {
                self.out.push('h');
                tenths(&mut self.out, dx);
                self.implied = b'h';
            }
            (0, _) => {
                self.out.push('v');
                tenths(&mut self.out, dy);
                self.implied = b'v';
            }
            (_, _) => {
                if self.implied != b'l' {
                    self.out.push('l');
                } else if dx >= 0 {
                    self.out.push(' ');
                }
                self.pair(dx, dy);
                self.implied = b'l';
            }
        }
        self.at = to;
    }

    fn pair(&mut self, x: i32, y: i32) {
        tenths(&mut self.out, x);
        if y >= 0 {
            self.out.push(' ');
        }
        tenths(&mut self.out, y);
    }

    fn seal(&mut self) {
        self.out.push('z');
        self.at = self.began;
        self.implied = 0;
    }

    /// Ends the open path with its class and what else its look needs.
    fn close(&mut self) {
        let Some(look) = self.look.take() else { return };
        let out = &mut self.out;
        match look {
            Look::Fill(tone, Finish::Hollow, width) => {
                out.push_str("\" class=\"f-paper l-");
                out.push_str(tone.name());
                out.push('"');
                stroke_width(out, width);
            }
            Look::Fill(tone, finish, _) => {
                out.push_str("\" class=\"f-");
                out.push_str(tone.name());
                out.push_str(match finish {
                    Finish::Halo => " l-paper\" stroke-width=\"2\" paint-order=\"stroke\"",
                    Finish::Faint => "\" fill-opacity=\".5\"",
                    _ => "\"",
                });
            }
            Look::Stroke(pen) => {
                out.push_str("\" class=\"ln l-");
                out.push_str(pen.tone.name());
                out.push('"');
                stroke_width(out, pen.width);
                out.push_str(pen.finish.attributes());
            }
            Look::Dots(tone, radius) => {
                out.push_str("\" class=\"ln l-");
                out.push_str(tone.name());
                out.push('"');
                attribute(out, " stroke-width=\"", cut(radius) * 2);
                out.push_str(" stroke-linecap=\"round\"");
            }
            Look::Rings(tone, _) => {
                out.push_str("\" class=\"f-paper l-");
                out.push_str(tone.name());
                out.push_str("\" stroke-width=\"1.6\"");
            }
        }
        out.push_str("/>");
    }

    /// A stroke of its own element, which `vector-effect` can keep from thickening.
    fn lone_line(&mut self, from: Spot, to: Spot, pen: Pen) {
        self.close();
        let (from, to) = (tame(from), tame(to));
        for (name, number) in [("<line x1=\"", from.0), (" x2=\"", to.0), (" y1=\"", from.1), (" y2=\"", to.1)] {
            attribute(&mut self.out, name, number);
        }
        self.out.push_str(" class=\"l-");
        self.out.push_str(pen.tone.name());
        self.out.push('"');
        if pen.width != INHERITED {
            attribute(&mut self.out, " stroke-width=\"", cut(pen.width));
        }
        self.out.push_str(pen.finish.attributes());
        self.out.push_str("/>");
    }

    fn take(&mut self) -> Svg {
        self.close();
        self.out.push_str("</svg>");
        let text = std::mem::take(&mut self.out.0);
        Svg(String::from_utf8(text).expect("whole texts and digits were written").into())
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_circle(point, 5, &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, (x0, y0): BackendCoord, (x1, y1): BackendCoord, style: &S, fill: bool) -> Drawn {
        let pen = Pen::read(style.color(), style.stroke_width());
        let look = if fill { Look::Fill(pen.tone, pen.finish, pen.width) } else { Look::Stroke(pen) };
        self.begin(look, (x0, y0));
        self.line_to((x1, y0));
        self.line_to((x1, y1));
        // Back to where it began: an absolute number is the shorter one.
        self.out.push('H');
        tenths(&mut self.out, self.began.0);
        self.seal();
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let pen = Pen::read(style.color(), style.stroke_width());
        let mut path = path.into_iter();
        let (Some(first), Some(second)) = (path.next(), path.next()) else {
            return Ok(());
        };
        if self.stretch == Stretch::Fill {
            self.lone_line(first, second, pen);
            return Ok(());
        }
        self.begin(Look::Stroke(pen), first);
        self.line_to(second);
        path.for_each(|spot| self.line_to(spot));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let pen = Pen::read(style.color(), style.stroke_width());
        if fill {
            self.begin(Look::Dots(pen.tone, radius), (x, y));
            self.out.push_str("h0");
            self.implied = b'h';
        } else {
            let r = cut(radius);
            self.begin(Look::Rings(pen.tone, radius), (x, y.saturating_sub(r)));
            self.out.push('a');
            self.pair(r, r);
            self.out.push_str(" 0 1 0 .1 0");
            self.seal();
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Drawn {
        let pen = Pen::read(style.color(), style.stroke_width());
        let mut vert = vert.into_iter();
        let Some(first) = vert.next() else {
            return Ok(());
        };
        self.begin(Look::Fill(pen.tone, pen.finish, 10), first);
        vert.for_each(|spot| self.line_to(spot));
        self.seal();
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        self.close();
        let (letter, ground, kind) = style.color().rgb;
        let letter = Letter::ALL.get(usize::from(letter)).filter(|_| kind == LETTER).map_or("", |letter| letter.class());
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => "mid",
            HPos::Right => "e",
        };
        let halo = if kind == LETTER && ground != 0 { "ha" } else { "" };
        let (x, y) = tame(pos);
        attribute(&mut self.out, "<text x=\"", x);
        attribute(&mut self.out, " y=\"", y);
        let mut lead = " class=\"";
        for class in [anchor, letter, halo] {
            if !class.is_empty() {
                self.out.push_str(lead);
                self.out.push_str(class);
                lead = " ";
            }
        }
        self.out.push_str(if lead == " " { "\">" } else { ">" });
        escape(&mut self.out, text);
        self.out.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(&self, text: &str, _: &T) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = labels::width(text, labels::Weight::Regular);
        Ok((width.unsigned_abs(), 154))
    }
}

/// The sheet a chart is drawn on: the canvas as plotters' root area, and shorthands for single marks in tenths of a
/// pixel.
pub(super) struct Sheet {
    canvas: Rc<RefCell<Canvas>>,
    root: DrawingArea<Canvas, Shift>,
    lettering: TextStyle<'static>,
}

impl Sheet {
    pub(super) fn new(frame: &Frame<'_>) -> Sheet {
        let canvas = Rc::new(RefCell::new(Canvas::new(frame)));
        let root = DrawingArea::from(&canvas);
        let font = plotters::style::FontDesc::new(FontFamily::SansSerif, 120.0, FontStyle::Normal);
        Sheet { canvas, root, lettering: TextStyle::from(font) }
    }

    pub(super) fn root(&self) -> &DrawingArea<Canvas, Shift> {
        &self.root
    }

    pub(super) fn line(&self, pen: Pen, spots: &[Spot]) {
        sure(self.root.draw(&PathElement::new(spots, pen.stroke())));
    }

    pub(super) fn area(&self, pen: Pen, spots: &[Spot]) {
        sure(self.root.draw(&Polygon::new(spots, pen.fill())));
    }

    pub(super) fn rect(&self, pen: Pen, from: Spot, to: Spot) {
        sure(self.root.draw(&Rectangle::new([from, to], pen.fill())));
    }

    pub(super) fn dot(&self, tone: Tone, at: Spot, radius: i32) {
        sure(self.root.draw(&Circle::new(at, radius, Pen::new(tone, 10).fill())));
    }

    pub(super) fn ring(&self, tone: Tone, at: Spot, radius: i32) {
        sure(self.root.draw(&Circle::new(at, radius, Pen::new(tone, 16).stroke())));
    }

    pub(super) fn text(&mut self, letter: Letter, ground: Ground, held: Held, at: Spot, text: &str) {
        if text.is_empty() {
            return;
        }
        self.lettering.color = RGBColor(letter as u8, ground as u8, LETTER).to_backend_color();
        self.lettering.pos = held.pos();
        sure(self.root.draw_text(text, &self.lettering, at));
    }

    pub(super) fn finish(self) -> Svg {
        self.canvas.borrow_mut().take()
    }
}

/// The value of a drawing that cannot fail.
pub(super) fn sure<T, E: Debug>(drawn: Result<T, E>) -> T {
    drawn.expect("the canvas writes into memory, and no drawing borrows it inside another")
}

/// `& < > " '` as entities; characters that XML forbids are left out.
fn escape(out: &mut Out, text: &str) {
    // Most texts need nothing of it; U+FFFE and U+FFFF begin with EF.
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7f | 0xef);
    if text.bytes().all(plain) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

fn attribute(out: &mut Out, name: &str, number: i32) {
    out.push_str(name);
    tenths(out, number);
    out.push('"');
}

fn stroke_width(out: &mut Out, width: u32) {
    if width != 10 {
        attribute(out, " stroke-width=\"", cut(width));
    }
}

/// The numbers below a thousand as digits, and how many those are.
const WHOLE: [([u8; 4], usize); 1000] = {
    let mut all = [([0; 4], 0); 1000];
    let mut number = 0;
    while number < all.len() {
        let mut digits = [0; 4];
        let mut length = if number < 10 {
            1
        } else if number < 100 {
            2
        } else {
            3
        };
        all[number].1 = length;
        let mut rest = number;
        while length > 0 {
            length -= 1;
            digits[length] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        all[number].0 = digits;
        number += 1;
    }
    all
};

/// Writes `number / 10`, without what SVG can do without: `-.5`, `12`, `3.4`.
fn tenths(out: &mut Out, number: i32) {
    let positive = number.unsigned_abs();
    let (whole, tenth) = (positive / 10, (positive % 10) as u8);
    // A chart is mostly numbers, and hardly one of them has more digits.
    let Some((digits, length)) = WHOLE.get(whole as usize) else {
        let sign = if number < 0 { "-" } else { "" };
        out.push_str(&format!("{sign}{whole}"));
        if tenth != 0 {
            out.0.extend([b'.', b'0' + tenth]);
        }
        return;
    };
    // Eight bytes are one step to copy, however many of them count.
    let mut text = [0_u8; 8];
    let mut at = 0;
    if number < 0 {
        text[0] = b'-';
        at = 1;
    }
    if whole > 0 || tenth == 0 {
        text[at..at + 4].copy_from_slice(digits);
        at += length;
    }
    if tenth != 0 {
        text[at] = b'.';
        text[at + 1] = b'0' + tenth;
        at += 2;
    }
    let end = out.0.len() + at;
    out.0.extend_from_slice(&text);
    out.0.truncate(end);
}

/// Far enough outside to be unseen, near enough that differences cannot overflow.
fn tame((x, y): Spot) -> Spot {
    const FAR: i32 = 1_000_000;
    (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR))
}

fn cut(width: u32) -> i32 {
    i32::try_from(width.min(10_000)).expect("at most 10,000")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet::new(&Frame { class: "wide", width: 100, height: 50, label: "a < b & \"c\"", stretch: Stretch::No })
    }

    #[test]
    fn numbers_are_written_as_short_as_svg_allows() {
        for (number, text) in [(0, "0"), (5, ".5"), (-5, "-.5"), (10, "1"), (-123, "-12.3"), (i32::MIN, "-214748364.8")] {
            let mut out = Out(Vec::new());
            tenths(&mut out, number);
            assert_eq!(out.0, text.as_bytes());
        }
    }

    #[test]
    fn neighbours_with_one_pen_share_a_path() {
        let sheet = sheet();
        sheet.line(Pen::new(Tone::Rule, 10), &[(10, 10), (10, 100)]);
        sheet.line(Pen::new(Tone::Rule, 10), &[(50, 10), (50, 100)]);
        sheet.line(Pen::new(Tone::Ink, 10), &[(50, 10), (55, 100)]);
        assert!(
            sheet
                .finish()
                .as_str()
                .ends_with(concat!(r#"<path d="M1 1v9m4-9v9" class="ln l-rule"/>"#, r#"<path d="M5 1l.5 9" class="ln l-ink"/></svg>"#))
        );
    }

    #[test]
    fn texts_and_labels_are_escaped() {
        let mut sheet = sheet();
        let at = (500, 120);
        sheet.text(Letter::Strong, Ground::Busy, Held::End, at, "<b>'&\0\u{1}");
        let svg = sheet.finish();
        assert!(svg.as_str().contains(r#"aria-label="a &lt; b &amp; &quot;c&quot;""#));
        assert!(svg.as_str().contains(r#"<text x="50" y="12" class="e tb ha">&lt;b&gt;&#39;&amp;</text>"#));
    }

    #[test]
    fn a_colour_that_is_none_of_ours_is_drawn_in_ink() {
        let mut canvas = Canvas::new(&Frame { class: "", width: 10, height: 10, label: "", stretch: Stretch::No });
        sure(canvas.draw_line((0, 0), (5, 5), &RGBColor(255, 0, 0).to_backend_color()));
        assert!(canvas.take().as_str().contains("l-ink"));
    }

    #[test]
    fn the_width_of_a_text_is_not_that_of_its_bytes() {
        let sheet = sheet();
        let size = |text| sure(sheet.root().estimate_text_size(text, &sheet.lettering)).0;
        assert!(size("ế").abs_diff(size("e")) <= 5);
        assert!(size("Tiến độ đến hôm nay") < 19 * 75);
    }
}
