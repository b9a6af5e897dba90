//! Values of KPIs that stand in tables: a CSV file that the cash register writes, a sheet that the company keeps.
//!
//! A table is read once, whatever the number of KPIs that take a column from it. Which mark is the decimal one and
//! which number of `5/8/2026` is the month, the column itself must say; where it does not, nothing is guessed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diagnostic::{Code, Finding, Mention, Place, nearest},
    load::{
        Others,
        fields::{Reader, Reference},
        kpi::{RawData, RawKpi, fits},
    },
    model::{
        Amount, Better, Config, Date, Id, Kpi, KpiReading, KpiTarget, Marks, Origin, Period, Quoting, Source, TargetStep, days_meant,
        month_meant, parse_day, read_number,
    },
    source::{At, Cell, ColumnError, MarksFound, Row, Table, marks_of, read_table},
};

use super::{Links, kpis::assignee, place};

/// Every table that a KPI names, by its path and sheet.
pub(super) type Tables = BTreeMap<(String, Option<String>), Result<Table, Box<Finding>>>;

/// Reads the tables that KPIs name and that are there.
pub(super) fn read_all(raws: &[RawKpi], others: &Others<'_>) -> Tables {
    let wanted: BTreeSet<(String, Option<String>)> = raws
        .iter()
        .filter_map(|raw| raw.data.as_ref())
        .filter_map(|data| Some((path_of(data)?, data.sheet.as_ref().map(|it| it.text.clone()))))
        .filter(|(path, _)| others.sizes.contains_key(path))
        .collect();
    wanted
        .into_par_iter()
        .filter_map(|(path, sheet)| {
            let bytes = (others.read)(&path)?;
            let table = read_table(&path, &bytes, sheet.as_deref());
            Some(((path, sheet), table))
        })
        .collect()
}

/// The table's path from the root; none for one that leads out of the workspace. It is a path and no link: `#`, `?` and
/// `%20` are letters of a name.
pub(super) fn path_of(data: &RawData) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in data.file.text.trim().split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Adds the values of its table to a KPI.
pub(super) fn add(links: &Links, kpi: &mut Kpi, data: &RawData, tables: &Tables, config: &Config, others: &Others<'_>) -> Vec<Finding> {
    let own = kpi.source.path.clone();
    let Some(path) = path_of(data).filter(|path| others.sizes.contains_key(path)) else {
        kpi.misread = true;
        let names = others.sizes.keys().map(String::as_str);
        let near = nearest(&data.file.text, names);
        let finding = Finding::new(Code::UnknownReference, place(&own, data.file.at)).says("unknown-reference.table");
        let named = near.clone().map(Mention::File);
        return vec![finding.text("value", &data.file.text).perhaps(near).naming(named)];
    };
    match tables.get(&(path.clone(), data.sheet.as_ref().map(|it| it.text.clone()))) {
        Some(Ok(table)) => {
            let mut reader = Reader::new(path.into(), config);
            reader.findings.extend(table.problems.iter().cloned());
            let names_nobody = data.person.is_none() && kpi.readings.iter().all(|it| it.person.is_none());
            if names_nobody && !kpi.assigned.is_empty() {
                let finding = Finding::new(Code::MissingKey, place(&own, data.file.at)).says("missing-key.whose");
                reader.findings.push(finding.text("key", "person"));
            }
            let columns = Columns::of(&mut reader, &own, data, table);
            if let Some(columns) = columns {
                let rows = Rows { links, kpi, data, columns: &columns, own: &own }.chosen(&mut reader, table);
                let readings = Rows { links, kpi, data, columns: &columns, own: &own }.readings(&mut reader, table, &rows);
                add_targets(kpi, &readings, config);
                kpi.readings.extend(readings);
            }
            kpi.misread |= !reader.findings.is_empty();
            reader.findings
        }
        Some(Err(finding)) => {
            kpi.misread = true;
            let mut finding = (**finding).clone();
            if let (Code::UnknownReference, Some(sheet)) = (finding.code, &data.sheet) {
                finding.place = place(&own, sheet.at);
                finding.mentions.push(Mention::File(path));
            }
            vec![finding]
        }
        None => vec![Finding::new(Code::UnknownReference, place(&own, data.file.at)).says("unknown-reference.table").text("value", path)],
    }
}

/// The targets that stand in a table, by the KPI's periods, so that they are known before there is a value: that of a row
/// for the whole period, else what those of its finer rows come to, if each has one.
fn add_targets(kpi: &mut Kpi, readings: &[KpiReading], config: &Config) {
    if kpi.better == Better::Within {
        return;
    }
    let mut rows: BTreeMap<(Option<&Id>, Period), Vec<&KpiReading>> = BTreeMap::new();
    for reading in readings {
        let period =
            if kpi.every.is(&reading.period) { Some(reading.period.clone()) } else { kpi.every.holding(&reading.period, config.calendar) };
        if let Some(period) = period {
            rows.entry((reading.person.as_ref(), period)).or_default().push(reading);
        }
    }
    for ((person, period), rows) in rows {
        let targets = match person {
            None => &mut kpi.targets,
            Some(id) => match kpi.assigned.iter_mut().find(|it| it.person == *id) {
                Some(assigned) => &mut assigned.targets,
                None => continue,
            },
        };
        let whole = rows.iter().find(|it| it.period == period && it.target.is_some());
        let finer = || rows.iter().filter(|it| it.period != period).map(|it| it.target).collect::<Option<Vec<Amount>>>();
        let of_finer = || {
            let all = finer()?;
            kpi.aggregate.of(all.iter().map(|it| it.value)).zip(all.last()).map(|(value, like)| Amount { value, ..*like })
        };
        let Some(target) = whole.and_then(|it| it.target).or_else(of_finer) else { continue };
        let source = whole.or(rows.last()).map(|it| it.source.clone());
        if let Some(source) = source {
            let step = TargetStep { from: Some(period.clone()), target: Some(KpiTarget::One(target)), source };
            targets.of_periods.insert(period, step);
        }
    }
}

/// Where the columns stand that a KPI names.
struct Columns {
    period: usize,
    value: usize,
    target: Option<usize>,
    person: Option<usize>,
    filters: Vec<usize>,
}

impl Columns {
    fn of(reader: &mut Reader<'_>, own: &Arc<str>, data: &RawData, table: &Table) -> Option<Self> {
        let mut column = |name: &Reference| match table.column(&name.text) {
            Ok(column) => Some(column),
            Err(ColumnError::Missing) => {
                let names: Vec<&str> = table.names().filter(|name| !name.is_empty()).collect();
                let near = nearest(&name.text, names.iter().copied());
                let finding = Finding::new(Code::UnknownReference, place(own, name.at)).says("unknown-reference.column");
                let finding = finding.text("value", &name.text).names("names", &names).perhaps(near);
                reader.findings.push(finding.naming([Mention::File(reader.path.to_string())]));
                None
            }
            Err(ColumnError::Twice(first, second)) => {
                let finding = Finding::new(Code::DuplicateKey, second).says("duplicate-key.column").text("key", &name.text);
                reader.findings.push(finding.beside(first));
                None
            }
        };
        let (period, value) = (column(&data.period), column(&data.value));
        let target = data.target.as_ref().map(&mut column);
        let person = data.person.as_ref().map(&mut column);
        let filters: Vec<Option<usize>> = data.filters.iter().map(|(name, _)| column(name)).collect();
        Some(Self {
            period: period?,
            value: value?,
            target: target.map_or(Some(None), |it| it.map(Some))?,
            person: person.map_or(Some(None), |it| it.map(Some))?,
            filters: filters.into_iter().collect::<Option<_>>()?,
        })
    }
}

/// What people write in front of the sum below a list.
const TOTALS: [&str; 7] = ["tổng", "tổng cộng", "cộng", "tổng số", "total", "sum", "grand total"];

struct Rows<'a> {
    links: &'a Links,
    kpi: &'a Kpi,
    data: &'a RawData,
    columns: &'a Columns,
    own: &'a Arc<str>,
}

impl Rows<'_> {
    /// The rows in which the filtered columns hold what is asked for; a text that no row holds is a finding.
    fn chosen<'t>(&self, reader: &mut Reader<'_>, table: &'t Table) -> Vec<&'t Row> {
        let mut rows: Vec<&Row> = table.rows.iter().filter(|row| !row.has_surplus()).collect();
        for (column, (name, wanted)) in self.columns.filters.iter().zip(&self.data.filters) {
            let text = folded(&wanted.text);
            let (kept, left): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| folded(&shown(row.cell(*column))) == text);
            if kept.is_empty() && !rows.is_empty() {
                let there: BTreeSet<String> =
                    left.iter().map(|row| shown(row.cell(*column))).filter(|it| !it.is_empty()).take(50).collect();
                let near = nearest(&wanted.text, there.iter().map(String::as_str));
                let finding = Finding::new(Code::UnknownReference, place(self.own, wanted.at)).says("unknown-reference.cell");
                let finding = finding.text("value", &wanted.text).text("column", &name.text).perhaps(near);
                reader.findings.push(finding.naming([Mention::File(reader.path.to_string())]));
            }
            rows = kept;
        }
        rows
    }

    fn readings(&self, reader: &mut Reader<'_>, table: &Table, rows: &[&Row]) -> Vec<KpiReading> {
        let columns = self.columns;
        // What one row settles holds for all, chosen or not: a column is written by one hand.
        let all_rows = || table.rows.iter().filter(|row| !row.has_surplus());
        let texts = |column: usize| {
            all_rows().filter_map(move |row| match row.cell(column) {
                Cell::Text(text) => Some(text.as_str()),
                Cell::Empty | Cell::Number(_) | Cell::Day(_) => None,
            })
        };
        let mut marks = |column: usize| match marks_of(texts(column)) {
            MarksFound::Known(decimal) => Found::Known(decimal),
            MarksFound::Open => Found::Open,
            MarksFound::Contradicting { comma, point } => {
                let cells: Vec<&Row> = all_rows().filter(|row| matches!(row.cell(column), Cell::Text(_))).collect();
                let (first, second) = (cells[comma.min(point)], cells[comma.max(point)]);
                let finding = Finding::new(Code::AmbiguousNumber, second.place(column)).says("ambiguous-number.two-marks");
                let finding = finding.text("value", shown(second.cell(column))).text("other", shown(first.cell(column)));
                let line = first.line().to_string();
                reader.findings.push(finding.text("line", line).beside(first.place(column)));
                Found::Contradicting
            }
        };
        let (value_marks, target_marks) = (marks(columns.value), columns.target.map(marks));
        let order = DayOrder::of(texts(columns.period));
        let mut seen: BTreeMap<(Period, Option<Id>), Place> = BTreeMap::new();
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(period) = self.period(reader, row, order) else { continue };
            let person = match columns.person.map(|column| (shown(row.cell(column)), row.place(column))) {
                Some((name, at)) if !name.is_empty() => {
                    let reference = Reference { text: name, at: At { line: at.line, column: at.column } };
                    match assignee(self.links, &reader.path, &reference, &self.kpi.assigned, &mut reader.findings) {
                        Some(person) => Some(person),
                        None => continue,
                    }
                }
                Some(_) | None => None,
            };
            let at = row.place(columns.period);
            // Of one day there may be many rows, a receipt each; of one month two are one too many.
            if period.days() > 0
                && let Some(first) = seen.insert((period.clone(), person.clone()), at.clone())
            {
                let finding = Finding::new(Code::DuplicateKey, at).says("duplicate-key.row").text("key", period.to_string());
                reader.findings.push(finding.text("line", first.line.to_string()).beside(first));
                continue;
            }
            let Some(value) = self.number(reader, row, (columns.value, &self.data.value), value_marks) else { continue };
            let target = match (columns.target, &self.data.target, target_marks) {
                (Some(column), Some(name), Some(marks)) => self.number(reader, row, (column, name), marks).flatten(),
                _ => None,
            };
            let source = Source { path: reader.path.clone(), line: row.line() };
            let column = row.place(columns.value).column;
            all.push(KpiReading { period, person, value, target, origin: Origin::Table, source, column });
        }
        all
    }

    fn period(&self, reader: &mut Reader<'_>, row: &Row, order: DayOrder) -> Option<Period> {
        let column = self.columns.period;
        let at = row.place(column);
        let at = At { line: at.line, column: at.column };
        let text = shown(row.cell(column));
        let period = match row.cell(column) {
            Cell::Day(day) => Some(Period::day(*day)),
            Cell::Text(_) | Cell::Number(_) => match day_of(&text, order) {
                Ok(day) => day.map(Period::day).or_else(|| Period::parse(&text, reader.calendar())),
                Err((first, second)) => {
                    reader.find(Code::BadDate, at, |it| {
                        it.says("bad-date.table").text("value", text).text("day", first.to_string()).text("other", second.to_string())
                    });
                    return None;
                }
            },
            Cell::Empty => {
                // A row without a period and without a value is a blank line or a sum below the list.
                if *row.cell(self.columns.value) != Cell::Empty {
                    reader.find(Code::BadPeriod, at, |it| it.says("bad-period.empty").text("key", &self.data.period.text));
                }
                return None;
            }
        };
        let Some(period) = period else {
            let is_total = TOTALS.contains(&folded(&text).trim_end_matches(':'));
            let meant = month_meant(&text);
            let message = if is_total { "bad-period.total" } else { "bad-period.kpi" };
            reader.find(Code::BadPeriod, at, |it| it.says(message).text("value", text).perhaps(meant));
            return None;
        };
        fits(reader, &period, self.kpi.every, at, &text).then_some(period)
    }

    /// `Some(None)` for a gap, `None` with a finding for what is no number.
    fn number(&self, reader: &mut Reader<'_>, row: &Row, (column, name): (usize, &Reference), marks: Found) -> Option<Option<Amount>> {
        let text = match row.cell(column) {
            Cell::Empty => return Some(None),
            Cell::Number(value) => return Some(Some(amount_of(*value))),
            Cell::Day(_) => shown(row.cell(column)),
            Cell::Text(text) => text.clone(),
        };
        let unit = self.kpi.unit.as_ref();
        let at = row.place(column);
        let read = |decimal: char| {
            let group = if decimal == ',' { '.' } else { ',' };
            read_number(&text, Quoting::Quoted, unit, Marks { decimal, group })
        };
        let result = match marks {
            Found::Known(decimal) => read(decimal),
            Found::Open | Found::Contradicting => match (read(','), read('.')) {
                // Both readings are numbers, and not the same one: nothing in the column says which is meant.
                (Ok(Some(comma)), Ok(Some(point))) if comma.value != point.value => {
                    let whole = comma.value.abs().max(point.value.abs());
                    let part = comma.value.abs().min(point.value.abs());
                    let finding = Finding::new(Code::AmbiguousNumber, at);
                    // Where the others say both, none of them is missing.
                    let finding = if marks == Found::Open { finding.says("ambiguous-number.table") } else { finding };
                    let finding = finding.text("value", text.as_str());
                    reader.findings.push(finding.text("whole", plain(whole)).text("decimal", plain(part)));
                    return None;
                }
                (Ok(number), _) | (Err(_), Ok(number)) => Ok(number),
                (Err(error), Err(_)) => Err(error),
            },
        };
        match result {
            Ok(number) => Some(number),
            Err(error) => {
                reader.bad_number(At { line: at.line, column: at.column }, &name.text, &text, unit, error);
                None
            }
        }
    }
}

/// What a column's own numbers say of the decimal mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Known(char),
    /// Nothing: each number must speak for itself.
    Open,
    /// Both, and a finding tells where: each number speaks for itself, too.
    Contradicting,
}

/// Which of day and month stands first, where a column writes days that way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DayOrder {
    DayFirst,
    MonthFirst,
    /// No day of the column says so, or they say both.
    Open,
}

impl DayOrder {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for text in texts.filter(|text| parse_day(text).is_none()).map(without_time) {
            let Some(first) = text.split(['/', '.', '-', ' ']).next().and_then(|it| it.trim().parse::<i8>().ok()) else { continue };
            if let [only] = days_meant(text)[..] {
                let doubled = only.day() == only.month();
                day_first |= only.day() == first && !doubled;
                month_first |= only.month() == first && !doubled;
            }
        }
        match (day_first, month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            (true, true) | (false, false) => Self::Open,
        }
    }
}

/// A day, in ISO form or another; both, where day and month could change places and the column does not say which.
fn day_of(text: &str, order: DayOrder) -> Result<Option<Date>, (Date, Date)> {
    if let Some(day) = parse_day(text) {
        return Ok(Some(day));
    }
    match (days_meant(without_time(text)).as_slice(), order) {
        ([], _) => Ok(None),
        ([day], _) | ([day, ..], DayOrder::DayFirst) | ([_, day, ..], DayOrder::MonthFirst) => Ok(Some(*day)),
        ([first, second, ..], DayOrder::Open) => Err((*first, *second)),
    }
}

/// A day without the time that a cash register writes behind it.
fn without_time(text: &str) -> &str {
    text.split_once(' ').filter(|(_, rest)| rest.contains(':')).map_or(text, |(date, _)| date)
}

/// A cell as a text.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(value) => plain(*value),
        Cell::Day(day) => day.to_string(),
    }
}

fn plain(value: f64) -> String {
    format!("{value}")
}

/// Excel keeps a number and no decimals: those that it needs, six at most.
fn amount_of(value: f64) -> Amount {
    let written = format!("{value:.6}");
    let decimals = written.trim_end_matches('0').split('.').nth(1).map_or(0, str::len);
    Amount { value, decimals: u8::try_from(decimals).unwrap_or(6), ..Amount::plain(value) }
}

fn folded(text: &str) -> String {
    crate::source::folded(text).to_lowercase()
}
