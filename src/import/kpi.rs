//! KPI sheets: a row a KPI with its months beside it, or a row a month.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::{
    diagnostic::{Argument, Code},
    model::{Amount, Better, Every, Id, Period, Unit},
    words::yaml,
};

use super::{
    Context, NewFile,
    body::{self, Fates, Figures, RowKind},
    draft::{self, Draft, Kept},
    head::{self, Head, Means, Named, Role, Side},
    names::Name,
    sheet::{At, Figure, Goal, Sheet},
};

/// Targets by the period from which on they hold, each with its cell.
type Dated = BTreeMap<Period, (Goal, At)>;

/// What a cell gives for a period.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(Amount),
    /// That there is none yet, in the words of the sheet.
    Gap(String),
}

/// A KPI in the making; several rows may tell of one.
#[derive(Clone, Debug, Default)]
struct Draught {
    title: String,
    rows: Vec<u32>,
    numbers: Vec<String>,
    department: Option<Name>,
    owner: Option<Name>,
    unit: Option<Unit>,
    better: Option<Better>,
    group: Option<String>,
    formula: Option<String>,
    source: Option<String>,
    goal: Option<(Goal, At)>,
    goals: Dated,
    weight: Option<Amount>,
    values: BTreeMap<Period, BTreeMap<Option<Name>, Value>>,
    /// Of people who share in it.
    shares: BTreeMap<Name, Share>,
    kept: Vec<Kept>,
}

#[derive(Clone, Debug, Default)]
struct Share {
    goal: Option<(Goal, At)>,
    goals: Dated,
    weight: Option<Amount>,
}

pub(super) fn read(sheet: &mut Sheet<'_>, head: &Head, context: &mut Context<'_>) -> Vec<NewFile> {
    let every = every(sheet, head, context);
    let draughts = match head.column(Role::Kpi) {
        Some(name) => by_rows(sheet, head, name, every, context),
        None => by_columns(sheet, head, context),
    };
    files(sheet, draughts, every, context)
}

/// The finest of the periods that heads and cells name.
fn every(sheet: &Sheet<'_>, head: &Head, context: &Context<'_>) -> Every {
    let heads = head.figures().filter_map(|(_, period, ..)| period?.of_year(context.year.or(Some(2000)), context.config.calendar));
    let column = of_row(head);
    let rows = column.into_iter().flat_map(|column| {
        let rows = head::below(sheet, head.last);
        rows.filter_map(move |row| period_at(sheet, (row, column), context).ok().flatten())
    });
    let all = [Every::Week, Every::Month, Every::Quarter];
    let of = |period: &Period| all.into_iter().find(|it| it.is(period));
    let named = || context.asked.period.as_ref().or(context.period.as_ref()).and_then(of);
    heads.chain(rows).filter_map(|period| of(&period)).min().or_else(named).unwrap_or_default()
}

/// The column that says of which period a row is; none where the periods stand over columns.
fn of_row(head: &Head) -> Option<u32> {
    let over_columns = head.figures().any(|(_, period, ..)| period.is_some());
    head.column(Role::Period).or(head.column(Role::Date)).filter(|_| !over_columns)
}

/// The period that a cell names; an error where it names one of no year.
fn period_at(sheet: &Sheet<'_>, at: At, context: &Context<'_>) -> Result<Option<Period>, String> {
    let Some(text) = sheet.text(at) else { return Ok(None) };
    let named = head::named(sheet.cell(at), &text, context.config.calendar);
    let number = || text.parse::<i8>().ok().filter(|month| (1..=12).contains(month)).map(Named::Month);
    match named.or_else(number) {
        Some(named) => named.of_year(context.year, context.config.calendar).map(Some).ok_or(text),
        None => Ok(None),
    }
}

fn by_rows(sheet: &mut Sheet<'_>, head: &Head, name: u32, every: Every, context: &mut Context<'_>) -> Vec<Draught> {
    let may_name = |it: &&head::Column| matches!(it.means, Means::Unknown | Means::Role(Role::Note)) && names_sides(sheet, head, it.at);
    let sides = head.columns.iter().find(may_name).map(|it| it.at);
    let rows = body::rows(sheet, head, name);
    let items: Vec<u32> = rows.iter().filter(|(_, kind)| *kind == RowKind::Item).map(|(row, _)| *row).collect();
    let mut weights = body::weights(sheet, head, &items).into_iter();
    let mut all = Draughts::default();
    let mut fates = Fates::default();
    let series = of_row(head).is_some();
    let mut group: Option<(u32, String)> = None;
    for (row, kind) in rows {
        match kind {
            RowKind::Other => {}
            RowKind::Group(text) => group = Some((row, text)),
            RowKind::Item => {
                let weight = weights.next().flatten();
                let mut one = one_row(sheet, head, (row, name), (every, sides, weight), context);
                if let Some((row, text)) = group.as_ref().filter(|_| one.group.is_none()) {
                    one.group = Some(text.clone());
                    sheet.take((*row, name));
                    let number = head.column(Role::Number).and_then(|column| sheet.take_text((*row, column)));
                    one.numbers.splice(0..0, number);
                }
                if series && all.like(&one).any(|it| it.owner == one.owner && overlaps(it, &one, None)) {
                    told_twice(sheet, head, row, &mut one);
                }
                fates.note(sheet, row);
                one.kept = body::keep(sheet, head, row);
                all.merge(one);
            }
        }
    }
    fates.tell(sheet, head);
    all.all
}

/// Whether a column says of each row whether it is the plan or what came of it.
fn names_sides(sheet: &Sheet<'_>, head: &Head, column: u32) -> bool {
    let texts = || head::below(sheet, head.last).filter_map(|row| sheet.own((row, column)));
    let sides = texts().filter(|it| matches!(head::side(it), Some(Side::Plan | Side::Actual))).count();
    sides > 1 && sides * 2 > texts().count()
}

fn one_row(
    sheet: &mut Sheet<'_>,
    head: &Head,
    (row, name): At,
    (every, sides, weight): (Every, Option<u32>, Option<Amount>),
    context: &mut Context<'_>,
) -> Draught {
    let title = sheet.take_text((row, name)).unwrap_or_default();
    let mut one = Draught { title, rows: vec![row], weight, ..Draught::default() };
    let column = |role: Role| head.column(role);
    one.numbers.extend(column(Role::Number).and_then(|it| sheet.take_text((row, it))));
    let text = |sheet: &mut Sheet<'_>, role: Role| column(role).and_then(|it| sheet.take_text((row, it)));
    one.group = text(sheet, Role::Group);
    one.formula = text(sheet, Role::Formula);
    one.source = text(sheet, Role::Source);
    one.owner = context.owner(sheet, column(Role::Owner).map(|it| (row, it)));
    one.department = context.department(sheet, column(Role::Department).map(|it| (row, it)));
    one.better = better(sheet, column(Role::Better).map(|it| (row, it)));
    frequency(sheet, column(Role::Every).map(|it| (row, it)), every);
    let roles = [Role::Target, Role::Result, Role::Value, Role::YearTarget].into_iter().filter_map(column);
    let cells: Vec<At> = head.figures().map(|(at, ..)| at).chain(roles).map(|at| (row, at)).collect();
    let figures = Figures::of(sheet, head, row, &cells);
    let row_side = sides.and_then(|at| sheet.text((row, at))).and_then(|it| head::side(&it));
    if row_side.is_some() {
        sides.into_iter().for_each(|at| sheet.take((row, at)));
    }
    columns_of_row(sheet, head, row, (&figures, every, row_side), (&mut one, context));
    cells_of_row(sheet, head, row, (&figures, every), (&mut one, context));
    one.unit = figures.unit;
    one
}

/// The figures that stand below periods and people.
fn columns_of_row(
    sheet: &mut Sheet<'_>,
    head: &Head,
    row: u32,
    (figures, every, row_side): (&Figures, Every, Option<Side>),
    (one, context): (&mut Draught, &mut Context<'_>),
) {
    let by_person = head.figures().any(|(_, _, person, _)| person.is_some());
    for (at, period, person, side) in head.figures() {
        let cell = (row, at);
        let side = row_side.unwrap_or(side);
        // Beside what each of several people did, a sum is worked out.
        let is_sum = side == Side::Actual && person.is_none() && by_person;
        if side == Side::Share || is_sum || sheet.own(cell).is_none() {
            continue;
        }
        let Some(period) = period_of_column(sheet, head, cell, period, context).filter(|it| every.is(it)) else { continue };
        let person = person.and_then(|it| context.names.person(it));
        figure(sheet, figures, cell, (side, Some(period), person), one);
    }
}

/// Target and value that stand in columns of their own: of the row's period, where it has one.
fn cells_of_row(
    sheet: &mut Sheet<'_>,
    head: &Head,
    row: u32,
    (figures, every): (&Figures, Every),
    (one, context): (&mut Draught, &mut Context<'_>),
) {
    let Ok(own) = row_period(sheet, head, row, every, context) else { return };
    let has_plans = !one.goals.is_empty();
    for (role, side) in [(Role::Target, Side::Plan), (Role::Result, Side::Actual), (Role::Value, Side::Actual)] {
        let cell = head.column(role).map(|at| (row, at)).filter(|at| sheet.text(*at).is_some());
        // Beside a plan for every month it is the whole year's.
        let Some(cell) = cell.filter(|_| role != Role::Target || !has_plans) else { continue };
        let period = own.clone().or_else(|| context.value_period(sheet, cell, side, every));
        if side == Side::Plan || period.is_some() {
            figure(sheet, figures, cell, (side, period, None), one);
        }
    }
    let year_is_all = head.figures().next().is_none() && one.goal.is_none() && one.goals.is_empty();
    if let Some(cell) = head.column(Role::YearTarget).map(|at| (row, at)).filter(|_| year_is_all) {
        figure(sheet, figures, cell, (Side::Plan, None, None), one);
    }
    if let Some(period) = &own {
        take_period(sheet, head, row, period, one);
    }
}

/// Of which period a column's values are; without one of its own, of that which was asked for.
fn period_of_column(sheet: &mut Sheet<'_>, head: &Head, cell: At, named: Option<&Named>, context: &mut Context<'_>) -> Option<Period> {
    let Some(named) = named else { return context.asked.period.clone().or(context.period.clone()) };
    let period = named.of_year(context.year, context.config.calendar);
    if period.is_none() && context.yearless.insert((head.first, cell.1)) {
        let title = head.title(cell.1).to_owned();
        sheet.find(Code::BadPeriod, (head.last, cell.1), |it| it.says("bad-period.year").text("value", title));
    }
    period
}

/// The period of a row where periods stand in rows; an error where there is such a column and it names none.
fn row_period(sheet: &mut Sheet<'_>, head: &Head, row: u32, every: Every, context: &mut Context<'_>) -> Result<Option<Period>, ()> {
    let Some(column) = of_row(head) else { return Ok(None) };
    let at = (row, column);
    let text = sheet.text(at).unwrap_or_default();
    let period = match period_at(sheet, at, context) {
        Ok(Some(period)) => Some(period),
        Ok(None) if head.column(Role::Date) == Some(column) || text.bytes().filter(u8::is_ascii_digit).count() > 5 => {
            sheet.day(at, Role::Date.name()).read().map(Period::day)
        }
        Ok(None) => {
            let message = if text.is_empty() { "bad-period.empty" } else { "bad-period.kpi" };
            let key = head.title(column).to_owned();
            sheet.find(Code::BadPeriod, at, |it| it.says(message).text("value", text).text("key", key));
            None
        }
        Err(text) => {
            sheet.find(Code::BadPeriod, at, |it| it.says("bad-period.year").text("value", text));
            None
        }
    };
    let period = period.ok_or(())?;
    if !every.is(&period) && !every.is_coarser_than(&period) {
        let text = sheet.text(at).unwrap_or_default();
        sheet.find(Code::BadPeriod, at, |it| it.says("bad-period.coarser").text("value", text).text("every", every.name()));
        return Err(());
    }
    Ok(Some(period))
}

/// The cell of a row's period has found its place where something of the row is of that period.
fn take_period(sheet: &mut Sheet<'_>, head: &Head, row: u32, period: &Period, one: &Draught) {
    if one.values.contains_key(period) || one.goals.contains_key(period) {
        of_row(head).into_iter().for_each(|column| sheet.take((row, column)));
    }
}

/// Reads a cell into a KPI: as a target or a value, of a period, of a person.
fn figure(
    sheet: &mut Sheet<'_>,
    figures: &Figures,
    cell: At,
    (side, period, person): (Side, Option<Period>, Option<Name>),
    one: &mut Draught,
) {
    match side {
        Side::Share => {}
        Side::Plan => {
            let Some(goal) = figures.goal(sheet, cell, Role::Target.name()).read() else { return };
            let (single, dated) = match person {
                Some(person) => {
                    let share = one.shares.entry(person).or_default();
                    (&mut share.goal, &mut share.goals)
                }
                None => (&mut one.goal, &mut one.goals),
            };
            let is_new = match period {
                Some(period) => insert_new(dated, period, (goal, cell)),
                None => single.is_none() && single.insert((goal, cell)).1 == cell,
            };
            if is_new {
                sheet.take(cell);
            } else {
                twice(sheet, cell, &one.title);
            }
        }
        Side::Actual => {
            let value = match figures.number(sheet, cell, "value") {
                Figure::Read(amount) => Value::Number(amount),
                Figure::Gap(text) => Value::Gap(text),
                Figure::Nothing | Figure::Wrong => return,
            };
            let Some(period) = period else { return };
            if let Some(person) = &person {
                one.shares.entry(person.clone()).or_default();
            }
            if insert_new(one.values.entry(period).or_default(), person, value) {
                sheet.take(cell);
            } else {
                twice(sheet, cell, &one.title);
            }
        }
    }
}

/// Two columns give one KPI the same: the first stays.
fn twice(sheet: &mut Sheet<'_>, cell: At, title: &str) {
    sheet.find(Code::DuplicateKey, cell, |it| it.says("duplicate-key.column-twice").text("key", title));
}

/// Of two under one key the first stays; whether this was the first.
fn insert_new<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: V) -> bool {
    match map.entry(key) {
        Entry::Vacant(room) => {
            room.insert(value);
            true
        }
        Entry::Occupied(_) => false,
    }
}

fn better(sheet: &mut Sheet<'_>, at: Option<At>) -> Option<Better> {
    let text = sheet.text(at?)?;
    let slug = Id::new(&text);
    let found = match slug.as_str() {
        "higher" | "cao" | "tang" | "cang-cao-cang-tot" | "max" | "up" => Some(Better::Higher),
        "lower" | "thap" | "giam" | "cang-thap-cang-tot" | "min" | "down" => Some(Better::Lower),
        "within" | "trong-khoang" => Some(Better::Within),
        _ if text.trim() == "↑" => Some(Better::Higher),
        _ if text.trim() == "↓" => Some(Better::Lower),
        _ => None,
    };
    if found.is_some() {
        sheet.take(at?);
    }
    found
}

/// How often a row says that it is measured is told by its values, too; what contradicts them is kept as words.
fn frequency(sheet: &mut Sheet<'_>, at: Option<At>, every: Every) {
    let Some(text) = at.and_then(|at| sheet.text(at)) else { return };
    let slug = Id::new(&text);
    let said = match slug.as_str() {
        "thang" | "hang-thang" | "monthly" | "month" => Some(Every::Month),
        "tuan" | "hang-tuan" | "weekly" | "week" => Some(Every::Week),
        "quy" | "hang-quy" | "quarterly" | "quarter" => Some(Every::Quarter),
        _ => None,
    };
    if said == Some(every) {
        at.into_iter().for_each(|at| sheet.take(at));
    }
}

/// The KPIs of a sheet, in order, and where those of one title are.
#[derive(Default)]
struct Draughts {
    all: Vec<Draught>,
    places: BTreeMap<(Id, Option<Name>), Vec<usize>>,
}

impl Draughts {
    fn key(one: &Draught) -> (Id, Option<Name>) {
        (Id::new(&one.title), one.department.clone())
    }

    /// Those of the same title and department.
    fn like(&self, one: &Draught) -> impl Iterator<Item = &Draught> {
        self.places.get(&Self::key(one)).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// Adds a row to the KPI of which an earlier one told, or as a KPI of its own.
    fn merge(&mut self, one: Draught) {
        let places = self.places.entry(Self::key(&one)).or_default();
        match places.iter().find(|at| fits_beside(&self.all[**at], &one)) {
            Some(at) => merge(&mut self.all[*at], one),
            None => {
                places.push(self.all.len());
                self.all.push(one);
            }
        }
    }
}

/// A second row of one KPI and one period: which of the two is meant nobody knows, so that the first stays.
fn told_twice(sheet: &mut Sheet<'_>, head: &Head, row: u32, one: &mut Draught) {
    let columns: Vec<u32> = [Role::Value, Role::Result, Role::Target].into_iter().filter_map(|role| head.column(role)).collect();
    columns.iter().for_each(|column| sheet.give_back((row, *column)));
    of_row(head).into_iter().for_each(|column| sheet.give_back((row, column)));
    let at = (row, of_row(head).unwrap_or(0));
    let key = format!("{} · {}", one.title, sheet.text(at).unwrap_or_default());
    sheet.find(Code::DuplicateKey, at, |it| it.says("duplicate-key.cell").text("key", key));
    (one.goal, one.goals, one.values) = (None, BTreeMap::new(), BTreeMap::new());
}

/// Adds what a second row tells.
fn merge(first: &mut Draught, mut one: Draught) {
    let shared = one.owner.is_some() && (first.owner != one.owner || !first.shares.is_empty());
    if shared {
        if let Some(owner) = first.owner.take() {
            share_out(first, &owner);
        }
        if let Some(owner) = one.owner.take() {
            share_out(&mut one, &owner);
        }
    }
    first.rows.extend(one.rows);
    first.numbers.extend(one.numbers);
    first.kept.extend(one.kept);
    first.unit = first.unit.take().or(one.unit);
    first.goal = first.goal.take().or(one.goal);
    first.goals.extend(one.goals);
    first.weight = first.weight.or(one.weight);
    first.group = first.group.take().or(one.group);
    first.formula = first.formula.take().or(one.formula);
    first.source = first.source.take().or(one.source);
    first.better = first.better.or(one.better);
    for (person, share) in one.shares {
        let own = first.shares.entry(person).or_default();
        own.goal = own.goal.or(share.goal);
        own.goals.extend(share.goals);
        own.weight = own.weight.or(share.weight);
    }
    for (period, values) in one.values {
        let own = first.values.entry(period).or_default();
        for (person, value) in values {
            own.entry(person).or_insert(value);
        }
    }
}

/// Whether a second row of one name goes on with the first: other periods, the plan beside the result, another person.
fn fits_beside(first: &Draught, one: &Draught) -> bool {
    fn agree<T: PartialEq>(first: Option<&T>, one: Option<&T>) -> bool {
        one.is_none() || first.is_none() || first == one
    }
    let unit = agree(first.unit.as_ref(), one.unit.as_ref());
    let words = agree(first.group.as_ref(), one.group.as_ref()) && agree(first.formula.as_ref(), one.formula.as_ref());
    if !unit || !words || !agree(first.source.as_ref(), one.source.as_ref()) || !agree(first.better.as_ref(), one.better.as_ref()) {
        return false;
    }
    let same_owner = first.owner == one.owner && first.shares.is_empty();
    if !same_owner {
        let Some(owner) = &one.owner else { return false };
        let is_shared = first.owner.is_some() || !first.shares.is_empty();
        // What a person has told already stays; another row of the same is a KPI of its own.
        let told = first.shares.get(owner).is_some_and(|it| {
            let goal = it.goal.is_some() && one.goal.is_some();
            goal || (it.weight.is_some() && one.weight.is_some() && it.weight != one.weight) || overlaps(first, one, Some(owner))
        });
        return is_shared && !told;
    }
    let weights = agree(first.weight.as_ref(), one.weight.as_ref());
    weights
        && !overlaps(first, one, None)
        && (first.goal.is_none() || one.goal.is_none() || first.goal.map(|it| it.0) == one.goal.map(|it| it.0))
}

fn overlaps(first: &Draught, one: &Draught, person: Option<&Name>) -> bool {
    let key = person.cloned();
    let values = one.values.iter().any(|(period, _)| first.values.get(period).is_some_and(|it| it.contains_key(&key)));
    let goals = match person {
        Some(person) => first.shares.get(person).is_some_and(|it| one.goals.keys().any(|period| it.goals.contains_key(period))),
        None => one.goals.keys().any(|period| first.goals.contains_key(period)),
    };
    values || goals
}

/// What a row says is its owner's share.
fn share_out(one: &mut Draught, owner: &Name) {
    let share = Share { goal: one.goal.take(), goals: std::mem::take(&mut one.goals), weight: one.weight.take() };
    one.shares.insert(owner.clone(), share);
    for values in one.values.values_mut() {
        if let Some(value) = values.remove(&None) {
            values.insert(Some(owner.clone()), value);
        }
    }
}

/// A row a month, a column a KPI.
fn by_columns(sheet: &mut Sheet<'_>, head: &Head, context: &mut Context<'_>) -> Vec<Draught> {
    let every = every(sheet, head, context);
    let columns: Vec<(u32, String)> = head
        .columns
        .iter()
        .filter(|it| it.means == Means::Unknown && head::has_figures(sheet, it.at, head.last))
        .map(|it| (it.at, it.title.clone()))
        .collect();
    let name = of_row(head).unwrap_or(0);
    let rows: Vec<u32> = body::rows(sheet, head, name).into_iter().filter(|(_, kind)| *kind == RowKind::Item).map(|(row, _)| row).collect();
    let periods: Vec<(u32, Period)> =
        rows.iter().filter_map(|row| Some((*row, row_period(sheet, head, *row, every, context).ok()??))).collect();
    let mut all = Vec::new();
    for (at, title) in columns {
        let cells: Vec<At> = periods.iter().map(|(row, _)| (*row, at)).collect();
        let unit_head =
            Head { columns: head.columns.iter().filter(|it| it.means != Means::Role(Role::Unit)).cloned().collect(), ..head.clone() };
        let figures = Figures::of(sheet, &unit_head, head.last, &cells);
        let bare = title.rsplit_once('(').filter(|(_, bracket)| body::is_unit(bracket.trim_end_matches([')', ' '])));
        let title = bare.map_or(title.as_str(), |(bare, _)| bare.trim()).to_owned();
        let mut one = Draught { title, department: context.department(sheet, None), ..Draught::default() };
        for (row, period) in &periods {
            if one.values.contains_key(period) && sheet.own((*row, at)).is_some() {
                let first = periods.iter().find(|(_, it)| it == period).map_or(*row, |(row, _)| *row);
                let (key, line) = (period.to_string(), sheet.place((first, at)).line.to_string());
                sheet.find(Code::DuplicateKey, (*row, at), |it| it.says("duplicate-key.row").text("key", key).text("line", line));
                continue;
            }
            one.rows.push(*row);
            figure(sheet, &figures, (*row, at), (Side::Actual, Some(period.clone()), None), &mut one);
            take_period(sheet, head, *row, period, &one);
        }
        let left: Vec<At> = cells.into_iter().filter(|cell| sheet.own(*cell).is_some() && !sheet.is_taken(*cell)).collect();
        for cell in left {
            sheet.take(cell);
            let text = sheet.own(cell).unwrap_or_default();
            one.kept.push(Kept { address: sheet.address(cell), head: head.title(at).to_owned(), text });
        }
        one.unit = figures.unit;
        all.push(one);
    }
    all
}

fn files(sheet: &mut Sheet<'_>, draughts: Vec<Draught>, every: Every, context: &mut Context<'_>) -> Vec<NewFile> {
    let mut all = Vec::new();
    for one in draughts {
        let mut id = Id::new(&one.title);
        let taken = |id: &Id, context: &Context<'_>| context.kpi_ids.contains(id);
        if taken(&id, context)
            && let Some(department) = &one.department
        {
            id = Id::new(&format!("{id}-{}", department.id));
        }
        let base = id.clone();
        let mut n = 2;
        while taken(&id, context) {
            id = Id::new(&format!("{base}-{n}"));
            n += 1;
        }
        context.kpi_ids.insert(id.clone());
        let path = context.known.kpis.iter().find(|it| it.id == id).map_or_else(|| format!("kpis/{id}.md"), |it| it.path.clone());
        let draft = written(sheet, one, every, context);
        all.push(NewFile::new(path, draft.render(context.words)));
    }
    all
}

fn written(sheet: &mut Sheet<'_>, mut one: Draught, every: Every, context: &mut Context<'_>) -> Draft {
    let mut draft = Draft { from: context.from(sheet, &one.rows, &one.numbers), kept: std::mem::take(&mut one.kept), ..Draft::default() };
    draft.key("title", &yaml::text(&one.title));
    draft.maybe("department", one.department.as_ref().map(|it| it.yaml.clone()));
    draft.maybe("owner", one.owner.as_ref().map(|it| it.yaml.clone()));
    draft.maybe("unit", one.unit.as_ref().map(|it| yaml::text(it.as_str())));
    let better = direction(&one);
    draft.maybe("better", (better != Better::Higher).then(|| better.name().to_owned()));
    draft.maybe("every", (every != Every::Month).then(|| every.name().to_owned()));
    let weight = |it: &Amount| draft::weight(it, context.words, context.config.marks());
    let of = (better, one.unit.as_ref());
    targets(sheet, &mut draft, "", (one.goal, &one.goals), of, context);
    draft.maybe("weight", one.weight.as_ref().map(weight));
    draft.maybe("group", one.group.as_deref().map(yaml::text));
    if !one.shares.is_empty() {
        draft.keys.push_str("assigned:\n");
        for (person, share) in &one.shares {
            let empty = share.goal.is_none() && share.goals.is_empty() && share.weight.is_none();
            draft.keys.push_str(&format!("  {}:{}\n", person.yaml, if empty { " {}" } else { "" }));
            targets(sheet, &mut draft, "    ", (share.goal, &share.goals), of, context);
            if let Some(amount) = &share.weight {
                draft.keys.push_str(&format!("    weight: {}\n", weight(amount)));
            }
        }
    }
    draft.maybe("formula", one.formula.as_deref().map(yaml::text));
    draft.maybe("source", one.source.as_deref().map(yaml::text));
    values(&mut draft, &one, context);
    draft
}

/// A KPI's targets, or one person's: one, or one from each period on. What does not go with the rest is told and kept.
fn targets(
    sheet: &mut Sheet<'_>,
    draft: &mut Draft,
    indent: &str,
    (goal, goals): (Option<(Goal, At)>, &Dated),
    (better, unit): (Better, Option<&Unit>),
    context: &Context<'_>,
) {
    let mut dated = String::new();
    let mut shown = |(goal, at): &(Goal, At)| {
        let value = shown(goal, better, unit, context);
        if value.is_none() {
            unfit(sheet, *at, better);
            let (head, text) = (Role::Target.name().to_owned(), sheet.text(*at).unwrap_or_default());
            draft.kept.push(Kept { address: sheet.address(*at), head, text });
        }
        value
    };
    let single = goal.as_ref().and_then(&mut shown);
    for (period, goal) in goals {
        dated.extend(shown(goal).map(|value| format!("{indent}  {}: {value}\n", key(period))));
    }
    match single {
        Some(value) if dated.is_empty() => draft.keys.push_str(&format!("{indent}target: {value}\n")),
        Some(_) | None if dated.is_empty() => {}
        Some(_) | None => draft.keys.push_str(&format!("{indent}target:\n{dated}")),
    }
}

fn values(draft: &mut Draft, one: &Draught, context: &Context<'_>) {
    if one.values.is_empty() {
        return;
    }
    let value = |it: &Value| match it {
        Value::Number(amount) => draft::number(amount, one.unit.as_ref(), context.words, context.config.marks()),
        Value::Gap(text) => serde_json::to_string(text).expect("a text is JSON"),
    };
    draft.keys.push_str("values:\n");
    for (period, each) in &one.values {
        let period = key(period);
        match each.get(&None) {
            Some(own) => draft.keys.push_str(&format!("  {period}: {}\n", value(own))),
            None => {
                draft.keys.push_str(&format!("  {period}:\n"));
                for (person, own) in each.iter().filter_map(|(person, own)| Some((person.as_ref()?, own))) {
                    draft.keys.push_str(&format!("    {}: {}\n", person.yaml, value(own)));
                }
            }
        }
    }
}

/// A period as a key: a day is a day, and no range.
fn key(period: &Period) -> String {
    if period.days() == 0 { period.first().to_string() } else { period.to_string() }
}

/// Tells of a target that does not go with the others.
fn unfit(sheet: &mut Sheet<'_>, at: At, better: Better) {
    sheet.find(Code::WrongType, at, |it| match better {
        Better::Within => it.text("key", "target").with("wanted", Argument::Word("two-numbers")),
        Better::Higher | Better::Lower => it.says("wrong-type.target-range").text("key", "target").text("better", better.name()),
    });
}

/// Which way is the good one: as it is said, else as the signs before its targets say.
fn direction(one: &Draught) -> Better {
    let shares = one.shares.values().flat_map(|it| it.goal.iter().chain(it.goals.values()));
    let goals: Vec<&Goal> = one.goal.iter().chain(one.goals.values()).chain(shares).map(|(goal, _)| goal).collect();
    let ranges = goals.iter().any(|it| matches!(it, Goal::Between(..)));
    let most = goals.iter().any(|it| matches!(it, Goal::AtMost(_)));
    match one.better {
        _ if ranges => Better::Within,
        Some(Better::Within) | None if most => Better::Lower,
        Some(Better::Within) | None => Better::Higher,
        Some(better) => better,
    }
}

/// A target as a value; none where it does not go with the rest.
fn shown(goal: &Goal, better: Better, unit: Option<&Unit>, context: &Context<'_>) -> Option<String> {
    let number = |it: &Amount| draft::number(it, unit, context.words, context.config.marks());
    match (goal, better) {
        (Goal::Between(low, high), Better::Within) => Some(format!("[{}, {}]", number(low), number(high))),
        (Goal::One(amount) | Goal::AtLeast(amount) | Goal::AtMost(amount), Better::Higher | Better::Lower) => Some(number(amount)),
        (Goal::Between(..), Better::Higher | Better::Lower) | (Goal::One(_) | Goal::AtLeast(_) | Goal::AtMost(_), Better::Within) => None,
    }
}
