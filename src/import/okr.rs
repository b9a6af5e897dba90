//! OKR sheets: an objective over its key results, merged, written once, or told by its number.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Code,
    model::{Amount, Date, Id, Period, Unit},
    source::Cell,
    words::yaml,
};

use super::{
    Context, NewFile,
    body::{self, Fates, Figures, RowKind},
    draft::{self, Draft, Kept},
    head::{Head, Role},
    names::Name,
    sheet::{At, Figure, Goal, Sheet},
};

#[derive(Clone, Debug, Default)]
struct Draught {
    title: String,
    /// `O1`, where the sheet numbers them.
    numbers: Vec<String>,
    rows: Vec<u32>,
    period: Option<Period>,
    department: Option<Name>,
    owner: Option<Name>,
    weight: Option<Amount>,
    key_results: Vec<KeyResult>,
    kept: Vec<Kept>,
}

#[derive(Clone, Debug)]
struct KeyResult {
    title: String,
    start: Option<Amount>,
    measure: Measure,
    unit: Option<Unit>,
    weight: Option<Amount>,
    owner: Option<Name>,
    cancelled: bool,
    /// On which day; none where the sheet does not say.
    result: Option<(Option<Date>, Said)>,
    confidence: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Measure {
    Goal(Goal),
    Done(Option<Date>),
    Nothing,
}

/// What a check-in says of a key result.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Number(Amount),
    Word(&'static str),
}

/// What a row of the sheet is.
enum Line {
    Objective(String, Option<String>),
    KeyResult(String, Option<String>),
}

pub(super) fn read(sheet: &mut Sheet<'_>, head: &Head, context: &mut Context<'_>) -> Vec<NewFile> {
    let (objective, key_result) = (head.column(Role::Objective), head.column(Role::KeyResult));
    let Some(name) = key_result.or(objective) else { return Vec::new() };
    let (mut all, mut lines) = outline(sheet, head, (objective, key_result, name), context);
    let mut fates = Fates::default();
    for (at, one) in all.iter_mut().enumerate() {
        let lines = lines.remove(&at).unwrap_or_default();
        let rows: Vec<u32> = lines.iter().map(|it| it.0).collect();
        let mut weights = body::weights(sheet, head, &rows).into_iter();
        for (row, title, number) in lines {
            let weight = weights.next().flatten();
            one.numbers.extend(number);
            one.key_results.push(key_result_of(sheet, head, (row, name), (&title, weight), context));
        }
        settle_owners(one);
        for row in one.rows.clone() {
            fates.note(sheet, row);
            one.kept.extend(body::keep(sheet, head, row));
        }
    }
    fates.tell(sheet, head);
    files(sheet, all, context)
}

/// The rows of each objective's key results, with their titles and numbers.
type Lines = BTreeMap<usize, Vec<(u32, String, Option<String>)>>;

/// The objectives of a sheet, and which rows are their key results.
fn outline(
    sheet: &mut Sheet<'_>,
    head: &Head,
    (objective, key_result, name): (Option<u32>, Option<u32>, u32),
    context: &mut Context<'_>,
) -> (Vec<Draught>, Lines) {
    let (mut all, mut lines): (Vec<Draught>, Lines) = (Vec::new(), BTreeMap::new());
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut current: Option<usize> = None;
    for row in rows(sheet, head, objective, name) {
        let two = objective.filter(|_| key_result.is_some());
        let (title, line) = match two {
            Some(column) => (sheet.text((row, column)), sheet.text((row, name)).map(|it| Line::KeyResult(it, None))),
            None => match line(sheet, head, (row, name)) {
                Some(Line::Objective(title, number)) => (Some(title.clone()), Some(Line::Objective(title, number))),
                other => (None, other),
            },
        };
        if let Some(title) = title {
            // One title in two periods is two objectives; a row that names no period goes on with the one above.
            let title = title.trim().to_owned();
            let period = head.column(Role::Period).and_then(|column| sheet.text((row, column)));
            let goes_on = period.is_none() && current.is_some_and(|at| all[at].title == title);
            if !goes_on {
                current = Some(*places.entry((title.clone(), period.unwrap_or_default())).or_insert_with(|| {
                    all.push(Draught { title, ..Draught::default() });
                    all.len() - 1
                }));
            }
            sheet.take((row, two.unwrap_or(name)));
        }
        let Some((at, one)) = current.and_then(|at| Some((at, all.get_mut(at)?))) else {
            if let Some(Line::KeyResult(..)) = line {
                sheet.find(Code::MissingKey, (row, name), |it| it.says("missing-key.objective"));
            }
            continue;
        };
        one.rows.push(row);
        one.numbers.extend(head.column(Role::Number).and_then(|it| sheet.take_text((row, it))));
        objective_fields(sheet, head, row, one, context);
        match line {
            Some(Line::KeyResult(title, number)) => lines.entry(at).or_default().push((row, title, number)),
            Some(Line::Objective(_, number)) => own_fields(sheet, head, row, (one, number), context),
            None => own_fields(sheet, head, row, (one, None), context),
        }
    }
    (all, lines)
}

/// What a row that is the objective's alone says of it.
fn own_fields(sheet: &mut Sheet<'_>, head: &Head, row: u32, (one, number): (&mut Draught, Option<String>), context: &mut Context<'_>) {
    one.numbers.extend(number);
    if one.owner.is_none() {
        one.owner = context.owner(sheet, head.column(Role::Owner).map(|it| (row, it)));
    }
    if one.weight.is_none() {
        one.weight = body::weights(sheet, head, &[row]).pop().flatten();
    }
}

/// The rows that are objectives and key results: every one with a title, up to the signatures.
fn rows(sheet: &Sheet<'_>, head: &Head, objective: Option<u32>, name: u32) -> Vec<u32> {
    let kinds = body::rows(sheet, head, name);
    let last = kinds.iter().rposition(|(_, kind)| matches!(kind, RowKind::Item)).or_else(|| kinds.len().checked_sub(1));
    let Some(last) = last else { return Vec::new() };
    let has_objective = |row: u32| objective.is_some_and(|column| sheet.own((row, column)).is_some());
    let all = kinds.into_iter().take(last + 1);
    all.filter(|(row, kind)| match kind {
        RowKind::Item | RowKind::Group(_) => true,
        RowKind::Other => has_objective(*row) && sheet.own((*row, name)).is_none(),
    })
    .map(|(row, _)| row)
    .collect()
}

/// A row of a sheet that has objectives and key results in one column, told apart by their numbers or by what they lack.
fn line(sheet: &Sheet<'_>, head: &Head, (row, name): At) -> Option<Line> {
    let text = sheet.text((row, name))?;
    let (number, bare) = numbered(&text);
    let beside = head.column(Role::Number).and_then(|column| sheet.own((row, column)));
    let sign = number.clone().or_else(|| beside.map(|it| it.trim().to_owned())).unwrap_or_default().to_uppercase();
    let digits = sign.trim_start_matches(|c: char| c.is_alphabetic()).trim_start_matches('.').to_owned();
    let is_key_result = sign.starts_with("KR") || sign.starts_with("KQ") || digits.contains('.');
    let figures = [Role::Target, Role::Start, Role::Result, Role::Unit];
    let has_figures = figures.iter().any(|role| head.column(*role).is_some_and(|column| sheet.own((row, column)).is_some()));
    let is_objective = sign.starts_with('O') || (!is_key_result && !has_figures);
    Some(if is_objective { Line::Objective(bare, number) } else { Line::KeyResult(bare, number) })
}

/// `KR1.1: Doanh thu` apart: the number and the rest.
fn numbered(text: &str) -> (Option<String>, String) {
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–')).unwrap_or(text.len());
    let (sign, rest) = text.split_at(end);
    let letters: String = sign.chars().take_while(|c| c.is_alphabetic()).collect();
    let digits = sign[letters.len()..].trim_end_matches('.');
    let numbers = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '.'));
    let is_one = matches!(letters.to_uppercase().as_str(), "O" | "KR" | "KQ" | "MT") && numbers && !rest.is_empty();
    if is_one { (Some(sign.trim_end_matches('.').to_owned()), rest.to_owned()) } else { (None, text.to_owned()) }
}

fn objective_fields(sheet: &mut Sheet<'_>, head: &Head, row: u32, one: &mut Draught, context: &mut Context<'_>) {
    if let Some(at) = head.column(Role::Period).map(|column| (row, column))
        && let Some(text) = sheet.text(at)
    {
        let period = Period::parse(&text, context.config.calendar).or_else(|| {
            let named = super::head::named(sheet.cell(at), &text, context.config.calendar)?;
            named.of_year(context.year, context.config.calendar)
        });
        match period {
            Some(period) if one.period.as_ref().is_none_or(|it| *it == period) => {
                one.period = Some(period);
                sheet.take(at);
            }
            Some(_) => {}
            None => sheet.find(Code::BadPeriod, at, |it| it.text("value", text)),
        }
    }
    if let Some(at) = head.column(Role::Department).map(|column| (row, column))
        && sheet.text(at).is_some()
    {
        let before = sheet.is_taken(at);
        let department = context.department(sheet, Some(at));
        if one.department.is_none() || department == one.department || before {
            one.department = one.department.take().or(department);
        } else {
            sheet.give_back(at);
        }
    }
}

/// The owner of the objective is that of all its key results; where they differ, each has its own.
fn settle_owners(one: &mut Draught) {
    if one.owner.is_none() {
        let owners: Vec<&Name> = one.key_results.iter().filter_map(|it| it.owner.as_ref()).collect();
        if let Some(owner) = owners.first().filter(|first| owners.iter().all(|it| it == *first)) {
            one.owner = Some((*owner).clone());
        }
    }
    for key_result in &mut one.key_results {
        key_result.owner = key_result.owner.take().filter(|it| one.owner.as_ref() != Some(it));
    }
}

fn key_result_of(
    sheet: &mut Sheet<'_>,
    head: &Head,
    (row, name): At,
    (title, weight): (&str, Option<Amount>),
    context: &mut Context<'_>,
) -> KeyResult {
    sheet.take((row, name));
    let at = |role: Role| head.column(role).map(|column| (row, column));
    let cells: Vec<At> = [Role::Target, Role::Start, Role::Result].into_iter().filter_map(at).collect();
    let figures = Figures::of(sheet, head, row, &cells);
    let (start, measure) = measure(sheet, &figures, at(Role::Start), at(Role::Target), at(Role::Due));
    let cancelled = at(Role::Status).is_some_and(|at| {
        let text = sheet.text(at).map(|it| Id::new(&it));
        let given_up = text.is_some_and(|it| ["huy", "da-huy", "cancelled", "canceled", "dung"].contains(&it.as_str()));
        if given_up {
            sheet.take(at);
        }
        given_up
    });
    let result = at(Role::Result).and_then(|cell| {
        let said = said(sheet, &figures, cell, &measure)?;
        let day = match at(Role::Date).map(|at| (at, sheet.day(at, Role::Date.name()))) {
            Some((at, Figure::Read(day))) => {
                sheet.take(at);
                Some(day)
            }
            Some(_) | None => context.asked.date,
        };
        sheet.take(cell);
        Some((day, said))
    });
    let confidence = at(Role::Confidence).filter(|_| result.is_some()).and_then(|at| confidence(sheet, at, context));
    let owner = context.owner(sheet, at(Role::Owner));
    KeyResult { title: title.trim().to_owned(), start, measure, unit: figures.unit, weight, owner, cancelled, result, confidence }
}

/// How sure somebody is: 0 to 10, or a word.
pub(super) fn confidence(sheet: &mut Sheet<'_>, at: At, context: &Context<'_>) -> Option<String> {
    let text = sheet.text(at)?;
    let word = crate::source::folded(&text).to_lowercase();
    let (bare, marks) = (text.trim().trim_end_matches("/10").trim(), context.config.marks());
    let typed = match sheet.cell(at) {
        Cell::Number(number) => Some(super::sheet::exact(*number)),
        Cell::Text(_) | Cell::Day(_) | Cell::Empty => {
            crate::model::read_number(bare, crate::model::Quoting::Quoted, None, marks).ok().flatten()
        }
    };
    let value = match typed.filter(|it| (0.0..=10.0).contains(&it.value) && it.denomination == crate::model::Denomination::Plain) {
        Some(amount) => draft::number(&amount, None, context.words, marks),
        None if ["tốt", "good", "ổn", "ok", "không ổn", "bad"].contains(&word.as_str()) => yaml::text(&word),
        None => {
            sheet.find(Code::BadNumber, at, |it| it.says("bad-number.confidence").text("value", text));
            return None;
        }
    };
    sheet.take(at);
    Some(value)
}

/// Start and what is to be reached. What would be a mistake is told and kept as words.
fn measure(sheet: &mut Sheet<'_>, figures: &Figures, start: Option<At>, target: Option<At>, due: Option<At>) -> (Option<Amount>, Measure) {
    let goal = target.map_or(Figure::Nothing, |at| figures.goal(sheet, at, Role::Target.name()));
    let Figure::Read(goal) = goal else {
        // Only a day by which it is done: that is a key result, too.
        let day =
            due.filter(|_| matches!(goal, Figure::Nothing)).and_then(|at| sheet.day(at, Role::Due.name()).read().map(|day| (at, day)));
        if let Some((at, day)) = day {
            sheet.take(at);
            return (None, Measure::Done(Some(day)));
        }
        let first = start.and_then(|at| figures.number(sheet, at, Role::Start.name()).read().inspect(|_| sheet.take(at)));
        return (first, Measure::Nothing);
    };
    let Goal::One(amount) = goal else {
        target.into_iter().for_each(|at| sheet.take(at));
        return (None, Measure::Goal(goal));
    };
    let from = start.map_or(Figure::Nothing, |at| figures.number(sheet, at, Role::Start.name()));
    let first = match from {
        Figure::Read(from) => Some(from),
        Figure::Nothing | Figure::Gap(_) => None,
        // A start that cannot be read must not become 0.
        Figure::Wrong => return (None, Measure::Nothing),
    };
    if first.map_or(0.0, |it| it.value) == amount.value {
        let at = target.expect("a goal was read from it");
        let value = sheet.text(at).unwrap_or_default();
        sheet.find(Code::StartEqualsTarget, at, |it| it.text("value", value));
        return (None, Measure::Nothing);
    }
    target.into_iter().for_each(|at| sheet.take(at));
    if first.is_some() {
        start.into_iter().for_each(|at| sheet.take(at));
    }
    (first, Measure::Goal(goal))
}

/// A result: a number, or whether it is done.
fn said(sheet: &mut Sheet<'_>, figures: &Figures, at: At, measure: &Measure) -> Option<Said> {
    match measure {
        Measure::Goal(_) | Measure::Nothing => figures.number(sheet, at, Role::Result.name()).read().map(Said::Number),
        Measure::Done(_) => {
            let word = done_or_open(&sheet.text(at)?);
            if word.is_none() {
                let value = sheet.text(at).unwrap_or_default();
                sheet.find(Code::WrongType, at, |it| {
                    it.says("wrong-type.choice").text("key", "result").text("value", value).names("names", &["done", "open"])
                });
            }
            word.map(Said::Word)
        }
    }
}

/// Whether a text says that something is done.
pub(super) fn done_or_open(text: &str) -> Option<&'static str> {
    match Id::new(text).as_str() {
        "done" | "xong" | "hoan-thanh" | "da-xong" | "yes" | "co" | "100" | "1" | "true" | "x" => Some("done"),
        "open" | "chua" | "chua-xong" | "no" | "0" | "false" | "dang-lam" => Some("open"),
        _ if text.trim() == "✓" => Some("done"),
        _ => None,
    }
}

fn files(sheet: &mut Sheet<'_>, draughts: Vec<Draught>, context: &mut Context<'_>) -> Vec<NewFile> {
    let mut all = Vec::new();
    for one in draughts {
        let period = one.period.clone().or(context.asked.period.clone()).or(context.period.clone());
        let Some(period) = period else {
            let at = (one.rows.first().copied().unwrap_or(0), sheet.grid.columns(one.rows[0]).next().unwrap_or(0));
            let title = one.title.clone();
            sheet.find(Code::MissingKey, at, |it| it.says("missing-key.import-period").text("title", title).text("key", "period"));
            let rows = one.rows.clone();
            rows.into_iter().for_each(|row| sheet.give_back_row(row));
            continue;
        };
        let id = context.objective_id(&Id::new(&one.title), &period);
        let path = format!("objectives/{}/{id}.md", period.slug());
        let path = context.known.objectives.iter().find(|it| it.id == id).map_or(path, |it| it.path.clone());
        all.push(NewFile::new(path, objective(sheet, &one, &period, context).render(context.words)));
        all.extend(check_ins(sheet, &one, &id, &period, context));
    }
    all
}

fn objective(sheet: &Sheet<'_>, one: &Draught, period: &Period, context: &mut Context<'_>) -> Draft {
    let mut draft = Draft { from: context.from(sheet, &one.rows, &one.numbers), kept: one.kept.clone(), ..Draft::default() };
    draft.key("title", &yaml::text(&one.title));
    draft.key("period", &period.to_string());
    let department = one.department.clone().or_else(|| context.default_department());
    draft.maybe("department", department.map(|it| it.yaml));
    draft.maybe("owner", one.owner.as_ref().map(|it| it.yaml.clone()));
    let marks = context.config.marks();
    draft.maybe("weight", one.weight.as_ref().map(|it| draft::weight(it, context.words, marks)));
    if one.key_results.is_empty() {
        return draft;
    }
    draft.keys.push_str("key_results:\n");
    for (index, key_result) in one.key_results.iter().enumerate() {
        let KeyResult { title, start, measure, unit, weight, owner, cancelled, result: _, confidence: _ } = key_result;
        let number = |it: &Amount| draft::number(it, unit.as_ref(), context.words, marks);
        draft.keys.push_str(&format!("  - id: kr{}\n    title: {}\n", index + 1, yaml::text(title)));
        let mut key = |key: &str, value: Option<String>| {
            draft.keys.extend(value.map(|it| format!("    {key}: {it}\n")));
        };
        match measure {
            Measure::Goal(Goal::One(target)) => {
                key("start", start.as_ref().map(number));
                key("target", Some(number(target)));
            }
            Measure::Goal(Goal::AtLeast(low)) => key("at_least", Some(number(low))),
            Measure::Goal(Goal::AtMost(high)) => key("at_most", Some(number(high))),
            Measure::Goal(Goal::Between(low, high)) => key("between", Some(format!("[{}, {}]", number(low), number(high)))),
            Measure::Done(due) => {
                key("kind", Some("done".to_owned()));
                key("due", due.map(|it| it.to_string()));
            }
            Measure::Nothing => key("start", start.as_ref().map(number)),
        }
        key("unit", unit.as_ref().map(|it| yaml::text(it.as_str())));
        key("weight", weight.as_ref().map(|it| draft::weight(it, context.words, marks)));
        key("owner", owner.as_ref().map(|it| it.yaml.clone()));
        key("status", cancelled.then(|| "cancelled".to_owned()));
    }
    draft
}

/// What the sheet says of the results, one check-in for each day.
fn check_ins(sheet: &Sheet<'_>, one: &Draught, id: &Id, period: &Period, context: &mut Context<'_>) -> Vec<NewFile> {
    let mut days: BTreeMap<Option<Date>, (String, String)> = BTreeMap::new();
    for (index, key_result) in one.key_results.iter().enumerate() {
        let Some((day, said)) = &key_result.result else { continue };
        let value = match said {
            Said::Number(amount) => draft::number(amount, key_result.unit.as_ref(), context.words, context.config.marks()),
            Said::Word(word) => (*word).to_owned(),
        };
        let (values, sure) = days.entry(*day).or_default();
        values.push_str(&format!("  kr{}: {value}\n", index + 1));
        sure.extend(key_result.confidence.as_ref().map(|it| format!("  kr{}: {it}\n", index + 1)));
    }
    let file = |(said, (values, sure)): (Option<Date>, (String, String))| {
        let day = said.unwrap_or(context.today);
        let mut draft = Draft { from: context.from(sheet, &one.rows, &[]), ..Draft::default() };
        draft.key("date", &day.to_string());
        draft.key("objective", &yaml::text(id.as_str()));
        draft.keys.push_str(&format!("values:\n{values}"));
        if !sure.is_empty() {
            draft.keys.push_str(&format!("confidence:\n{sure}"));
        }
        let path = format!("check-ins/{}/{day}-{id}.md", period.slug());
        NewFile { path, text: draft.render(context.words), run: said.is_none().then_some(day) }
    };
    days.into_iter().map(file).collect()
}
