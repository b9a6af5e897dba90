//! Sheets whose rows name what is in the workspace already: one check-in with the values that somebody filled in.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, nearest},
    model::{Date, Id, Period, Quoting, Unit},
    source::Cell,
    words::yaml,
};

use super::{
    Answer, Context, KnownKeyResult, NewFile,
    body::{self, Fates},
    draft::{self, Draft, list},
    head::{Head, Role, named},
    okr,
    sheet::{At, Figure, Sheet},
};

/// What a row of a form is of.
enum Of {
    KeyResult { key: String, unit: Option<Unit>, answer: Answer },
    Kpi { id: Id, unit: Option<Unit> },
}

#[derive(Default)]
struct Filled {
    values: Vec<(String, String)>,
    kpis: BTreeMap<Id, Vec<(Option<Period>, String)>>,
    sure: Vec<(String, String)>,
    kept: Vec<draft::Kept>,
    /// What is said of each: its title, and the words.
    notes: Vec<(String, String)>,
    rows: Vec<u32>,
    told: Told,
}

/// What stands above the table: the week in words.
#[derive(Default)]
struct Told {
    finished: Vec<String>,
    blocked: Vec<String>,
    help: Vec<String>,
    next: Vec<String>,
}

impl Told {
    fn is_empty(&self) -> bool {
        [&self.finished, &self.blocked, &self.help, &self.next].into_iter().all(Vec::is_empty)
    }
}

pub(super) fn read(sheet: &mut Sheet<'_>, head: &Head, context: &mut Context<'_>) -> Vec<NewFile> {
    let name = [Role::Id, Role::KeyResult, Role::Kpi, Role::Objective].into_iter().find_map(|role| head.column(role));
    let Some(name) = name else { return Vec::new() };
    let above = label(sheet, head, Role::Date);
    let common = above.and_then(|at| sheet.day(at, Role::Date.name()).read().inspect(|_| sheet.take(at)));
    let author = label(sheet, head, Role::Owner).and_then(|at| context.owner(sheet, Some(at)));
    let mut days: BTreeMap<Option<Date>, Filled> = BTreeMap::new();
    let default = context.asked.date.or(common);
    let rows: Vec<u32> = sheet.rows().iter().copied().filter(|row| *row > head.last && sheet.own((*row, name)).is_some()).collect();
    let mut fates = Fates::default();
    for row in rows {
        let Some(of) = of(sheet, (row, name), context) else { continue };
        sheet.take((row, name));
        let day = head.column(Role::Date).map(|column| (row, column)).and_then(|at| {
            let day = sheet.day(at, Role::Date.name()).read();
            if day.is_some() {
                sheet.take(at);
            }
            day
        });
        one_row(sheet, head, row, of, days.entry(day.or(default)).or_default(), (context, &mut fates));
    }
    fates.tell(sheet, head);
    let told = told(sheet, head, context);
    take_our_own(sheet, head, context);
    if !told.is_empty() {
        days.entry(default).or_default().told = told;
    }
    let files = days.into_iter().filter(|(_, it)| !(it.values.is_empty() && it.kpis.is_empty() && it.told.is_empty()));
    let mut all = Vec::new();
    for (day, filled) in files {
        let author = author.as_ref().map(|it| it.yaml.clone());
        all.push(file(sheet, day, author, filled, context));
    }
    all
}

/// The cell beside a label above the head: `Ngày | 2026-09-30`.
fn label(sheet: &Sheet<'_>, head: &Head, role: Role) -> Option<At> {
    let above = sheet.rows().iter().copied().filter(|row| *row < head.first);
    above.flat_map(|row| sheet.grid.columns(row).map(move |column| (row, column)).collect::<Vec<_>>()).find_map(|(row, column)| {
        let text = sheet.own((row, column))?;
        let is_it = super::head::roles_of(text.trim_end_matches(':')).contains(&role);
        let next = sheet.grid.columns(row).find(|it| *it > column)?;
        is_it.then_some((row, next))
    })
}

/// The labels of a role above the head, with the cells that somebody filled in behind each.
fn labels(sheet: &Sheet<'_>, head: &Head, role: Role) -> Vec<Vec<At>> {
    let above: Vec<u32> = sheet.rows().iter().copied().filter(|row| *row < head.first).collect();
    let behind = |row: u32| {
        let columns: Vec<At> = sheet.grid.columns(row).map(|column| (row, column)).filter(|at| sheet.own(*at).is_some()).collect();
        let (first, rest) = columns.split_first()?;
        let text = sheet.own(*first)?;
        let is_it = super::head::roles_of(text.split(':').next().unwrap_or_default()).contains(&role);
        is_it.then(|| std::iter::once(*first).chain(rest.iter().copied()).collect())
    };
    above.into_iter().filter_map(behind).collect()
}

/// The cells behind a label, which is the form's own and taken.
fn filled_in(sheet: &mut Sheet<'_>, cells: &[At]) -> Vec<At> {
    let Some((label, rest)) = cells.split_first() else { return Vec::new() };
    sheet.take(*label);
    rest.to_vec()
}

/// What our own form says above its table: it is said again by whoever prints the next one.
fn take_our_own(sheet: &mut Sheet<'_>, head: &Head, context: &Context<'_>) {
    let (title, hint) = (context.words.word("forms.check-in.title"), context.words.word("forms.check-in.workbook"));
    let names = [&context.config.title, &context.config.brand.name];
    let above: Vec<At> = sheet
        .rows()
        .iter()
        .copied()
        .filter(|row| *row < head.first)
        .filter_map(|row| Some((row, sheet.grid.columns(row).next()?)))
        .collect();
    for at in above {
        let Some(text) = sheet.text(at) else { continue };
        let is_label =
            super::head::roles_of(text.split(':').next().unwrap_or_default()).iter().any(|it| matches!(it, Role::Date | Role::Owner));
        let is_ours = text == hint || text.starts_with(&title) || names.iter().any(|it| it.as_deref() == Some(text.as_str()));
        if is_ours || is_label {
            sheet.take(at);
        }
    }
}

/// The week in words, as YAML.
fn told(sheet: &mut Sheet<'_>, head: &Head, context: &mut Context<'_>) -> Told {
    let mut lists = [Role::Finished, Role::Blocked, Role::Help].map(|role| {
        let cells: Vec<At> = labels(sheet, head, role).into_iter().flat_map(|cells| filled_in(sheet, &cells)).collect();
        let texts = cells.into_iter().filter_map(|at| {
            let text = sheet.text(at)?;
            sheet.take(at);
            Some(text)
        });
        let texts: Vec<String> = texts.collect();
        let items = texts.iter().flat_map(|it| it.split([';', '\n'])).map(str::trim).filter(|it| !it.is_empty());
        items.map(yaml::quoted).collect::<Vec<_>>()
    });
    let mut next = Vec::new();
    for cells in labels(sheet, head, Role::Next) {
        let mut words = filled_in(sheet, &cells).into_iter();
        let Some(what) = words.next().and_then(|at| sheet.text(at).inspect(|_| sheet.take(at))) else { continue };
        let mut item = format!("what: {}", yaml::quoted(what.trim()));
        for at in words {
            // A day is by when, a name is who; what is neither is told, and stays in the text.
            let is_day =
                matches!(sheet.cell(at), Cell::Day(_)) || sheet.text(at).is_some_and(|it| it.contains(|it: char| it.is_ascii_digit()));
            if is_day {
                if let Some(day) = sheet.day(at, Role::Due.name()).read() {
                    sheet.take(at);
                    item.push_str(&format!(", by: {day}"));
                }
            } else if let Some(who) = context.owner(sheet, Some(at)) {
                item.push_str(&format!(", who: {}", who.yaml));
            }
        }
        next.push(format!("{{{item}}}"));
    }
    let [finished, blocked, help] = std::mem::take(&mut lists);
    Told { finished, blocked, help: help.into_iter().map(|it| format!("{{what: {it}}}")).collect(), next }
}

/// What a cell names, by id or by title; told where it names nothing.
fn of(sheet: &mut Sheet<'_>, at: At, context: &Context<'_>) -> Option<Of> {
    let text = sheet.text(at)?;
    let known = context.known;
    let key_result = |objective: &Id, it: &KnownKeyResult| Of::KeyResult {
        key: format!("{objective}/{}", it.id),
        unit: it.unit.clone(),
        answer: it.answer,
    };
    if let Some((objective, own)) = text.split_once('/') {
        let (objective, own) = (Id::new(objective), Id::new(own));
        let goal = known.objectives.iter().find(|it| it.id == objective);
        let found = goal.and_then(|goal| goal.key_results.iter().find(|it| it.id == own).map(|it| key_result(&goal.id, it)));
        if found.is_some() {
            return found;
        }
    }
    let id = Id::new(&text);
    let kpi = known.kpis.iter().find(|it| it.id == id || Id::new(&it.title) == id);
    if let Some(kpi) = kpi {
        return Some(Of::Kpi { id: kpi.id.clone(), unit: kpi.unit.clone() });
    }
    let mut titled = known
        .objectives
        .iter()
        .flat_map(|goal| goal.key_results.iter().map(move |it| (goal, it)))
        .filter(|(_, it)| Id::new(&it.title) == id);
    if let (Some((goal, it)), None) = (titled.next(), titled.next()) {
        return Some(key_result(&goal.id, it));
    }
    let names: Vec<String> = known
        .kpis
        .iter()
        .map(|it| it.id.to_string())
        .chain(known.objectives.iter().flat_map(|goal| goal.key_results.iter().map(move |it| format!("{}/{}", goal.id, it.id))))
        .collect();
    let near = nearest(&text, names.iter().map(String::as_str));
    sheet.find(Code::UnknownReference, at, |it| it.says("unknown-reference.form").text("value", text).perhaps(near));
    None
}

fn one_row(sheet: &mut Sheet<'_>, head: &Head, row: u32, of: Of, filled: &mut Filled, (context, fates): (&Context<'_>, &mut Fates)) {
    filled.rows.push(row);
    let value = [Role::Value, Role::Result].into_iter().find_map(|role| head.column(role)).map(|column| (row, column));
    let period = head.column(Role::Period).map(|column| (row, column)).and_then(|at| {
        let text = sheet.text(at)?;
        let period = named(sheet.cell(at), &text, context.config.calendar)?.of_year(context.year, context.config.calendar);
        period.inspect(|_| sheet.take(at))
    });
    let is_told = match &of {
        Of::KeyResult { key, .. } => filled.values.iter().any(|(it, _)| it == key),
        Of::Kpi { id, .. } => filled.kpis.get(id).is_some_and(|it| it.iter().any(|(said, _)| *said == period)),
    };
    if let Some(at) = value.filter(|at| is_told && sheet.text(*at).is_some()) {
        let key = match &of {
            Of::KeyResult { key, .. } => key.clone(),
            Of::Kpi { id, .. } => id.to_string(),
        };
        sheet.find(Code::DuplicateKey, at, |it| it.says("duplicate-key.cell").text("key", key));
        fates.note(sheet, row);
        return filled.kept.extend(body::keep(sheet, head, row));
    }
    let read = value.and_then(|at| answer(sheet, at, &of, context).inspect(|_| sheet.take(at)));
    let note = head.column(Role::Note).map(|column| (row, column)).and_then(|at| {
        let text = sheet.text(at)?;
        sheet.take(at);
        Some(text)
    });
    let title = [Role::KeyResult, Role::Kpi, Role::Id].into_iter().find_map(|role| sheet.text((row, head.column(role)?)));
    filled.notes.extend(note.map(|note| (title.unwrap_or_default(), note)));
    let sure = head.column(Role::Confidence).and_then(|column| okr::confidence(sheet, (row, column), context));
    match of {
        Of::KeyResult { key, .. } => {
            filled.values.extend(read.map(|it| (key.clone(), it)));
            filled.sure.extend(sure.map(|it| (key, it)));
        }
        Of::Kpi { id, .. } => {
            if let Some(value) = read {
                filled.kpis.entry(id).or_default().push((period, value));
            }
        }
    }
    for column in [Role::Unit, Role::Number, Role::Objective, Role::KeyResult, Role::Kpi, Role::Target, Role::Last]
        .into_iter()
        .filter_map(|role| head.column(role))
    {
        // The workspace says these itself.
        sheet.take((row, column));
    }
    fates.note(sheet, row);
    filled.kept.extend(body::keep(sheet, head, row));
}

/// What somebody filled in, as a value.
fn answer(sheet: &mut Sheet<'_>, at: At, of: &Of, context: &Context<'_>) -> Option<String> {
    let text = sheet.text(at)?;
    let (unit, answer) = match of {
        Of::KeyResult { unit, answer, .. } => (unit.as_ref(), *answer),
        Of::Kpi { unit, .. } => (unit.as_ref(), Answer::Number),
    };
    match answer {
        Answer::Number => match sheet.number(at, Role::Value.name(), unit) {
            Figure::Read(amount) => Some(draft::number(&amount, unit, context.words, context.config.marks())),
            Figure::Gap(_) | Figure::Nothing | Figure::Wrong => None,
        },
        Answer::Share => {
            let share = match sheet.cell(at) {
                Cell::Number(number) => Some(*number),
                Cell::Text(text) => crate::model::read_number(text, Quoting::Quoted, Unit::new("%").as_ref(), context.config.marks())
                    .ok()
                    .flatten()
                    .map(|it| it.value),
                Cell::Day(_) | Cell::Empty => None,
            };
            let share = share.filter(|it| (0.0..=100.0).contains(it));
            if share.is_none() {
                sheet.find(Code::BadNumber, at, |it| it.says("bad-number.share").text("value", text));
            }
            share.map(|it| draft::number(&super::sheet::exact(it), None, context.words, context.config.marks()))
        }
        Answer::Done => {
            let word = okr::done_or_open(&text);
            if word.is_none() {
                sheet.find(Code::WrongType, at, |it| {
                    it.says("wrong-type.choice").text("key", "value").text("value", text).names("names", &["done", "open"])
                });
            }
            word.map(str::to_owned)
        }
        Answer::MeasuredByKpi => {
            let Of::KeyResult { key, .. } = of else { return None };
            let key = key.clone();
            sheet.find(Code::WrongType, at, |it| it.says("wrong-type.measured-by-kpi").text("key", key).text("kpi", "…"));
            None
        }
    }
}

fn file(sheet: &Sheet<'_>, said: Option<Date>, author: Option<String>, filled: Filled, context: &mut Context<'_>) -> NewFile {
    let Filled { values, kpis, sure, kept, notes, rows, told } = filled;
    let day = said.unwrap_or(context.today);
    let mut draft = Draft { from: context.from(sheet, &rows, &[]), ..Draft::default() };
    draft.key("date", &day.to_string());
    draft.maybe("author", author);
    let map = |draft: &mut Draft, key: &str, pairs: &[(String, String)]| {
        if !pairs.is_empty() {
            let lines: String = pairs.iter().map(|(key, value)| format!("  {key}: {value}\n")).collect();
            draft.keys.push_str(&format!("{key}:\n{lines}"));
        }
    };
    map(&mut draft, "values", &values);
    if !kpis.is_empty() {
        draft.keys.push_str("kpis:\n");
    }
    for (id, each) in &kpis {
        let id = yaml::text(id.as_str());
        match &each[..] {
            [(None, value)] => draft.keys.push_str(&format!("  {id}: {value}\n")),
            each => {
                draft.keys.push_str(&format!("  {id}:\n"));
                for (period, value) in each {
                    let period = period.as_ref().map_or_else(|| day.to_string(), ToString::to_string);
                    draft.keys.push_str(&format!("    {period}: {value}\n"));
                }
            }
        }
    }
    map(&mut draft, "confidence", &sure);
    for (key, items) in [("finished", &told.finished), ("blocked", &told.blocked), ("help", &told.help), ("next", &told.next)] {
        if !items.is_empty() {
            draft.key(key, &format!("[{}]", items.join(", ")));
        }
    }
    let noted =
        notes.iter().map(|(title, note)| format!("- {}: {}\n", draft::escaped(title), draft::escaped(note).replace('\n', "  \n  ")));
    draft.text = noted.collect::<String>() + &list(&kept);
    let name = Id::new(sheet.grid.name.as_deref().unwrap_or(context.stem()));
    NewFile { path: format!("check-ins/{day}-{name}.md"), text: draft.render(context.words), run: said.is_none().then_some(day) }
}
