//! One KPI sheet on one worksheet: A4 upright, as wide as the page, a frame to sign at its end.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

use crate::{
    compute::{SheetRow, weighted_mean},
    export::book::fitting,
    model::KpiTarget,
};

use super::{
    Figures, Form, FormLine, Forms, Stage,
    formula::{self, Cells},
    number::Numbers,
};

/// How wide each column is, in characters.
const WIDTHS: [f64; 8] = [5.0, 30.0, 9.0, 16.0, 16.0, 14.0, 8.0, 28.0];
const NUMBER: u16 = 0;
const KPI: u16 = 1;
const WEIGHT: u16 = 2;
const TARGET: u16 = 3;
const VALUE: u16 = 4;
const ATTAINMENT: u16 = 5;
const POINTS: u16 = 6;
const EXPLANATION: u16 = 7;

const GREY: Color = Color::RGB(0x0048_4E56);
const LINE: Color = Color::RGB(0x0085_8C91);

/// `E7`, counted from 0.
fn cell(row: u32, column: u16) -> String {
    format!("{}{}", char::from(b'A' + u8::try_from(column).expect("eight columns")), row + 1)
}

fn framed() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top).set_text_wrap()
}

fn figure() -> Format {
    framed().set_align(FormatAlign::Right)
}

/// A cell for somebody to write into.
fn to_fill() -> Format {
    figure().set_background_color(Color::RGB(0x00FF_F9E5))
}

fn grey() -> Format {
    Format::new().set_font_color(GREY)
}

pub(super) fn fill(sheet: &mut Worksheet, figures: &Figures<'_>, forms: &Forms<'_>, form: &Form<'_>) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    // A formula that comes to nothing is an empty text before it is calculated, too.
    sheet.set_formula_result_default("");
    let head = top(sheet, forms, form)?;
    let (first, total) = rows(sheet, figures, form, head)?;
    total_row(sheet, figures, form, first, total)?;
    let mut row = guides(sheet, form, total + 1)?;
    row = boxes(sheet, form, row + 1)?;
    row = signs(sheet, form, row + 1)?;
    sheet.write_string_with_format(row + 1, 0, fitting(&forms.foot), &grey().set_font_size(9))?;
    page(sheet, head, row + 1)
}

/// A4 upright, fit to the width of one page, the table's head on each.
fn page(sheet: &mut Worksheet, head: u32, last: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.5, 0.6, 0.3, 0.3).set_footer("&R&9&P/&N");
    sheet.set_print_area(0, 0, last, EXPLANATION)?;
    sheet.set_repeat_rows(head, head)?;
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.set_screen_gridlines(false);
    Ok(())
}

/// The company, the title, whose sheet it is; returns the row of the table's head, which it writes, too.
fn top(sheet: &mut Worksheet, forms: &Forms<'_>, form: &Form<'_>) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(0, 0, fitting(&forms.company), &grey())?;
    sheet.write_string_with_format(1, 0, fitting(&form.title), &Format::new().set_bold().set_font_size(16))?;
    sheet.set_row_height(1, 26)?;
    let mut row = 2;
    for (label, text) in &form.facts {
        sheet.write_string_with_format(row, 0, fitting(label), &grey())?;
        sheet.write_string_with_format(row, WEIGHT, fitting(text), &Format::new().set_bold())?;
        row += 1;
    }
    let head = row + 1;
    grow(sheet, head, &[(KPI, &form.head[1]), (ATTAINMENT, &form.head[5]), (EXPLANATION, &form.head[7])])?;
    let left = framed().set_bold().set_background_color(Color::RGB(0x00F0_F3F4));
    let right = left.clone().set_align(FormatAlign::Right);
    for (column, text) in (0..).zip(&form.head) {
        sheet.write_string_with_format(head, column, text, if (WEIGHT..EXPLANATION).contains(&column) { &right } else { &left })?;
    }
    Ok(head)
}

/// The KPIs; returns the first of their rows and the one behind them.
fn rows(sheet: &mut Worksheet, figures: &Figures<'_>, form: &Form<'_>, head: u32) -> Result<(u32, u32), XlsxError> {
    let first = head + 1;
    let mut row = first;
    let mut number = 0_u32;
    let weights: f64 = form.sheet.rows.iter().filter(|it| it.target.is_some()).map(|it| it.weight).sum();
    for group in &form.groups {
        if !group.heading.is_empty() {
            let look = framed().set_bold().set_background_color(Color::RGB(0x00F8_F9F9));
            sheet.merge_range(row, NUMBER, row, EXPLANATION, &fitting(&group.heading), &look)?;
            row += 1;
        }
        for line in &group.lines {
            number += 1;
            sheet.write_number_with_format(row, NUMBER, number, &framed().set_align(FormatAlign::Center))?;
            kpi(sheet, figures, form, (row, weights), line)?;
            row += 1;
        }
    }
    Ok((first, row))
}

fn kpi(
    sheet: &mut Worksheet,
    figures: &Figures<'_>,
    form: &Form<'_>,
    (row, weights): (u32, f64),
    line: &FormLine,
) -> Result<(), XlsxError> {
    let it: &SheetRow = &form.sheet.rows[line.row];
    let kpi = figures.workspace.kpi(it.kpi);
    let numbers = Numbers::of(kpi, &figures.scorecard.kpis[it.kpi.0].written, figures.words);
    let stored = |value: f64| value / numbers.per;
    grow(sheet, row, &[(KPI, &kpi.title), (EXPLANATION, &line.explanation)])?;
    sheet.write_string_with_format(row, KPI, fitting(&kpi.title), &framed())?;
    sheet.write_string_with_format(row, EXPLANATION, fitting(&line.explanation), &framed().set_indent(1))?;
    let value = it.value.filter(|_| form.stage != Stage::Assigning);
    let look = to_fill().set_num_format(numbers.value());
    match value {
        Some(value) => sheet.write_number_with_format(row, VALUE, stored(value), &look)?,
        None => sheet.write_blank(row, VALUE, &look)?,
    };
    let Some(target) = it.target else {
        for column in [WEIGHT, TARGET, ATTAINMENT, POINTS] {
            sheet.write_string_with_format(row, column, if column == WEIGHT || column == TARGET { "–" } else { "" }, &figure())?;
        }
        return Ok(());
    };
    // A weight of a sheet where none weighs anything counts as it is written: 0.
    let share = if weights > 0.0 { it.weight / weights } else { 0.0 };
    sheet.write_number_with_format(row, WEIGHT, share, &figure().set_num_format("0%"))?;
    match target {
        KpiTarget::One(amount) => {
            let look = figure().set_num_format(numbers.target(kpi.better));
            sheet.write_number_with_format(row, TARGET, stored(amount.value), &look)?;
        }
        KpiTarget::Range(low, high) => {
            let words = figures.words;
            let (from, _) = words.value_parts(low.value, &low, kpi.unit.as_ref());
            sheet.write_string_with_format(
                row,
                TARGET,
                format!("{from}\u{2013}{}", words.value(high.value, &high, kpi.unit.as_ref())),
                &figure(),
            )?;
        }
    }
    let cells = Cells { target: cell(row, TARGET), value: cell(row, VALUE), attainment: cell(row, ATTAINMENT) };
    let percent = figure().set_num_format("0%");
    match formula::attainment(kpi, target, &cells) {
        Some(text) => calculated(sheet, (row, ATTAINMENT), text, it.attainment.filter(|_| value.is_some()), &percent)?,
        None => drop(sheet.write_blank(row, ATTAINMENT, &percent)?),
    }
    let points = it.points.filter(|_| value.is_some() || form.stage == Stage::Over).map(|points| points * 100.0);
    let look = figure().set_num_format("0.0");
    match formula::points(kpi, target, figures.workspace.config.kpi_cap, numbers.per, form.stage, &cells) {
        Some(text) => calculated(sheet, (row, POINTS), text, points, &look),
        None => match points {
            Some(points) => sheet.write_number_with_format(row, POINTS, points, &look).map(drop),
            None => sheet.write_blank(row, POINTS, &to_fill().set_num_format("0.0")).map(drop),
        },
    }
}

/// As high as its longest text needs: not every program looks for itself.
fn grow(sheet: &mut Worksheet, row: u32, texts: &[(u16, &str)]) -> Result<(), XlsxError> {
    let lines = texts.iter().map(|(column, text)| (text.chars().count() as f64 * 1.1 / WIDTHS[usize::from(*column)]).ceil());
    let most = lines.fold(1.0, f64::max);
    if most > 1.0 {
        // Excel's rows have 409 points at most.
        sheet.set_row_height(row, (most * 15.0).min(405.0))?;
    }
    Ok(())
}

/// A formula with what it comes to; nothing is an empty text.
fn calculated(sheet: &mut Worksheet, (row, column): (u32, u16), text: String, value: Option<f64>, look: &Format) -> Result<(), XlsxError> {
    let formula = Formula::new(text).set_result(value.map_or_else(String::new, |value| value.to_string()));
    sheet.write_formula_with_format(row, column, formula, look).map(drop)
}

fn total_row(sheet: &mut Worksheet, figures: &Figures<'_>, form: &Form<'_>, first: u32, row: u32) -> Result<(), XlsxError> {
    let strong = framed().set_bold().set_border_top(FormatBorder::Medium);
    let (label, how) = &form.total;
    sheet.merge_range(row, NUMBER, row, ATTAINMENT, &fitting(&format!("{label} {how}")), &strong)?;
    let last = row.saturating_sub(1).max(first);
    let range = |column| format!("{}:{}", cell(first, column), cell(last, column));
    let total = total(form);
    let look = strong.clone().set_align(FormatAlign::Right).set_num_format("0.0");
    let text = formula::total(&range(WEIGHT), &range(POINTS), form.stage);
    calculated(sheet, (row, POINTS), text, total.map(|total| total * 100.0), &look)?;
    let words = |grade: &str| figures.words.say("sheet.grade", &[("grade", grade.into())]);
    let ratings = &figures.workspace.config.ratings;
    let reached = total.and_then(|total| ratings.iter().find(|it| crate::compute::at_least(total, it.from))).map(|it| words(&it.grade));
    match formula::grade(ratings, &cell(row, POINTS), words) {
        Some(text) => {
            let formula = Formula::new(text).set_result(reached.unwrap_or_default());
            sheet.write_formula_with_format(row, EXPLANATION, formula, &strong)?
        }
        None => sheet.write_string_with_format(row, EXPLANATION, reached.unwrap_or_default(), &strong)?,
    };
    Ok(())
}

/// What the formula comes to: the sheet's total; while the month runs, that of a sheet on which no value lacks any more.
fn total(form: &Form<'_>) -> Option<f64> {
    let counted = || form.sheet.rows.iter().filter(|it| it.target.is_some());
    match form.stage {
        Stage::Over => form.sheet.total,
        Stage::Assigning => None,
        Stage::Running if counted().any(|it| it.value.is_none()) => None,
        Stage::Running => weighted_mean(counted().filter_map(|it| Some((it.points?, it.weight)))),
    }
}

fn guides(sheet: &mut Worksheet, form: &Form<'_>, mut row: u32) -> Result<u32, XlsxError> {
    if form.guides.is_empty() {
        return Ok(row);
    }
    row += 1;
    sheet.write_string_with_format(row, 0, fitting(&form.guides_label), &Format::new().set_bold())?;
    for guide in &form.guides {
        row += 1;
        sheet.write_string(row, 0, fitting(guide))?;
    }
    Ok(row + 1)
}

/// The two halves of the page's width.
const HALVES: [(u16, u16); 2] = [(NUMBER, TARGET), (VALUE, EXPLANATION)];

/// Room to comment; returns the row behind it.
fn boxes(sheet: &mut Worksheet, form: &Form<'_>, row: u32) -> Result<u32, XlsxError> {
    for (label, (left, right)) in form.comments.iter().zip(HALVES) {
        sheet.merge_range(row, left, row + 4, right, &fitting(label), &framed().set_font_color(GREY))?;
    }
    Ok(row + 5)
}

/// Places to sign; returns the row of the names.
fn signs(sheet: &mut Worksheet, form: &Form<'_>, row: u32) -> Result<u32, XlsxError> {
    let middle = Format::new().set_align(FormatAlign::Center);
    for ((who, name), (left, right)) in form.signs.iter().zip(HALVES) {
        sheet.merge_range(row, left, row, right, &fitting(who), &middle)?;
        sheet.merge_range(
            row + 1,
            left,
            row + 1,
            right,
            &fitting(&form.sign_how),
            &middle.clone().set_font_color(GREY).set_font_size(9),
        )?;
        sheet.merge_range(row + 6, left, row + 6, right, &fitting(name), &middle.clone().set_bold())?;
    }
    Ok(row + 6)
}
