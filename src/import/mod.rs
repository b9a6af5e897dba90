//! The sheet that a company has already, as source files: OKR sheets, KPI sheets, months in rows, forms filled in.
//!
//! Columns are known by their heads. A cell becomes a figure or a field, or it is kept word for word in the file to
//! which it belongs; what belongs to none is kept beside the goals, in a file that `load` passes over. What is not
//! understood is told cell by cell, and no figure is guessed. This room writes nothing: it hands out paths and texts.

mod body;
mod draft;
mod form;
mod head;
mod kpi;
mod mapping;
mod names;
mod okr;
mod sheet;

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Argument, Code, Finding, Severity},
    model::{Config, Date, Every, Id, Measure, Period, PeriodKind, Unit, Workspace},
    source::{Grid, folded, read_grids},
    words::Words,
};

use draft::Kept;
pub use head::Role;
use head::{Head, Wanted};
pub use mapping::{Asked, Unfit};
use names::{Name, Names};
use sheet::{At, Sheet};

/// Of what a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Objectives and key results.
    Okr,
    /// KPIs.
    Kpi,
    /// Values of what is in the workspace already.
    CheckIn,
}

impl Kind {
    /// The names that people write.
    pub const NAMES: [&'static str; 3] = ["okr", "kpi", "check-in"];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Okr => "okr",
            Self::Kpi => "kpi",
            Self::CheckIn => "check-in",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace('_', "-");
        [Self::Okr, Self::Kpi, Self::CheckIn].into_iter().find(|it| it.name() == text)
    }
}

/// Somebody, or a department, that the workspace declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As references name them.
    pub id: Id,
    /// As people call them.
    pub name: String,
}

/// What a key result takes as its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A number.
    Number,
    /// A share of its milestones, 0 to 100.
    Share,
    /// Done or open.
    Done,
    /// Nothing: a KPI's values measure it.
    MeasuredByKpi,
}

/// A key result that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKeyResult {
    /// Within its objective.
    pub id: Id,
    /// As people know it.
    pub title: String,
    /// In what it is measured.
    pub unit: Option<Unit>,
    /// What it takes.
    pub answer: Answer,
}

/// An objective that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownObjective {
    /// Its id.
    pub id: Id,
    /// In which period it is.
    pub period: Period,
    /// Where it is written.
    pub path: String,
    /// What it is measured by.
    pub key_results: Vec<KnownKeyResult>,
}

/// A KPI that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKpi {
    /// Its id.
    pub id: Id,
    /// As people know it.
    pub title: String,
    /// In what it is measured.
    pub unit: Option<Unit>,
    /// Where it is written.
    pub path: String,
}

/// What the workspace has already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Those declared; where there are none, any name is one.
    pub people: Vec<Named>,
    /// Alike.
    pub departments: Vec<Named>,
    /// By id.
    pub objectives: Vec<KnownObjective>,
    /// By id.
    pub kpis: Vec<KnownKpi>,
}

impl Known {
    /// What of a workspace an import must know.
    pub fn of(workspace: &Workspace) -> Self {
        let people = workspace.people.iter().filter(|it| it.source.is_some());
        let departments = workspace.departments.iter().filter(|it| it.source.is_some());
        let answer = |measure: &Measure| match measure {
            Measure::Metric { .. } | Measure::Hold { .. } | Measure::Unmeasured { .. } => Answer::Number,
            Measure::Milestones(_) => Answer::Share,
            Measure::Done { .. } => Answer::Done,
            Measure::Kpi { .. } => Answer::MeasuredByKpi,
        };
        let objectives = workspace.objectives.iter().map(|it| KnownObjective {
            id: it.id.clone(),
            period: it.period.clone(),
            path: it.source.path.to_string(),
            key_results: it
                .key_results
                .iter()
                .map(|it| KnownKeyResult { id: it.id.clone(), title: it.title.clone(), unit: it.unit.clone(), answer: answer(&it.measure) })
                .collect(),
        });
        let kpis = workspace.kpis.iter().map(|it| KnownKpi {
            id: it.id.clone(),
            title: it.title.clone(),
            unit: it.unit.clone(),
            path: it.source.path.to_string(),
        });
        Self {
            people: people.map(|it| Named { id: it.id.clone(), name: it.name.clone() }).collect(),
            departments: departments
                .map(|it| Named { id: it.id.clone(), name: it.name.clone().unwrap_or_else(|| it.id.to_string()) })
                .collect(),
            objectives: objectives.collect(),
            kpis: kpis.collect(),
        }
    }
}

/// What is handed to an import.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The sheet's file as it is called.
    pub file: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// What somebody says of it.
    pub asked: &'a Asked,
    /// What is there already.
    pub known: &'a Known,
    /// Says how numbers are written, and when a year begins.
    pub config: &'a Config,
    /// The workspace's.
    pub words: &'a Words,
    /// When results were true that have no day.
    pub today: Date,
}

/// A file to be written: its path from the workspace's root, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// With `/`.
    pub path: String,
    /// UTF-8, lines ending with LF.
    pub text: String,
    /// The day in path and text that is the run's own, since the sheet names none: the same sheet read on another day
    /// says nothing new.
    pub run: Option<Date>,
}

impl NewFile {
    fn new(path: String, text: String) -> Self {
        Self { path, text, run: None }
    }
}

/// A finding of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct CellFinding {
    /// Its place is the row and the column.
    pub finding: Finding,
    /// `Sheet1!D14`; none in a text file, whose places say it all.
    pub cell: Option<String>,
}

/// What became of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its name; none of a text file.
    pub name: Option<String>,
    /// What.
    pub fate: Fate,
}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Read as one of a kind, its head in this row as shown.
    Taken(Kind, u32),
    /// The workbook hides it.
    Hidden,
    /// No head was recognised.
    NoHead,
}

/// What a sheet comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// By path.
    pub files: Vec<NewFile>,
    /// In the order of sheets, rows and columns.
    pub findings: Vec<CellFinding>,
    /// Every sheet of the file.
    pub sheets: Vec<Seen>,
}

/// What the reading of one sheet stands in.
struct Context<'a> {
    file: &'a str,
    asked: &'a Asked,
    known: &'a Known,
    config: &'a Config,
    words: &'a Words,
    today: Date,
    names: Names<'a>,
    /// The year that the sheet names, if it names one.
    year: Option<i16>,
    /// The period that the sheet's name or title names.
    period: Option<Period>,
    /// The department that the sheet's name names.
    department: Option<String>,
    kpi_ids: BTreeSet<Id>,
    objective_ids: BTreeSet<Id>,
    /// Columns of which it has been told that they have no year.
    yearless: BTreeSet<At>,
}

impl Context<'_> {
    fn owner(&mut self, sheet: &mut Sheet<'_>, at: Option<At>) -> Option<Name> {
        let at = at?;
        let text = sheet.text(at).filter(|it| it.trim() != "-")?;
        let person = self.names.person(&text);
        match &person {
            Some(_) => sheet.take(at),
            None => sheet.find(Code::WrongType, at, |it| it.says("wrong-type.one-name").text("key", "owner").text("value", text)),
        }
        person
    }

    /// The department that a cell names, else the one of the sheet.
    fn department(&mut self, sheet: &mut Sheet<'_>, at: Option<At>) -> Option<Name> {
        let own = at.and_then(|at| self.names.department(&sheet.text(at)?).inspect(|_| sheet.take(at)));
        own.or_else(|| self.default_department())
    }

    fn default_department(&mut self) -> Option<Name> {
        let text = self.asked.department.clone().or_else(|| self.department.clone())?;
        self.names.department(&text)
    }

    /// Of which period a value is that stands in no column of periods; told once where nothing says so.
    fn value_period(&mut self, sheet: &mut Sheet<'_>, at: At, side: head::Side, every: Every) -> Option<Period> {
        if side != head::Side::Actual {
            return None;
        }
        let period = self.asked.period.clone().or_else(|| self.period.clone()).filter(|it| every.is(it) || every.is_coarser_than(it));
        if period.is_none() && self.yearless.insert((u32::MAX, at.1)) {
            sheet.find(Code::MissingKey, at, |it| it.says("missing-key.value-period").text("key", "period"));
        }
        period
    }

    /// `từ a.xlsx, trang tính KPI, hàng 5, 6`.
    fn from(&self, sheet: &Sheet<'_>, rows: &[u32], numbers: &[String]) -> String {
        let mut lines: Vec<u32> = rows.iter().map(|row| sheet.place((*row, sheet.grid.columns(*row).next().unwrap_or(0))).line).collect();
        lines.dedup();
        let shown = |line: &u32| line.to_string();
        let lines = match (lines.first(), lines.last()) {
            (Some(first), Some(last)) if lines.len() > 2 && *last as usize == *first as usize + lines.len() - 1 => {
                format!("{first}–{last}")
            }
            _ => lines.iter().map(shown).collect::<Vec<_>>().join(", "),
        };
        let numbers = if numbers.is_empty() { String::new() } else { format!(" ({})", numbers.join(", ")) };
        match &sheet.grid.name {
            Some(name) => {
                let args = [("file", self.file.into()), ("sheet", name.as_str().into()), ("rows", lines.into())];
                self.words.say("import.from-sheet", &args) + &numbers
            }
            None => self.words.say("import.from", &[("file", self.file.into()), ("rows", lines.into())]) + &numbers,
        }
    }

    /// The id of an objective: its title's, with its period behind it where that is taken.
    fn objective_id(&mut self, id: &Id, period: &Period) -> Id {
        let elsewhere = |id: &Id| self.known.objectives.iter().any(|it| it.id == *id && it.period != *period);
        let mut one = id.clone();
        if elsewhere(&one) || self.objective_ids.contains(&one) {
            one = Id::new(&format!("{id}-{}", period.slug()));
        }
        let mut n = 2;
        while self.objective_ids.contains(&one) {
            one = Id::new(&format!("{id}-{}-{n}", period.slug()));
            n += 1;
        }
        self.objective_ids.insert(one.clone());
        one
    }

    /// The file's name without its folders.
    fn name(&self) -> &str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(self.file)
    }

    /// The file's name without its ending.
    fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// Makes source files of a sheet.
///
/// # Errors
/// A finding when nothing of the file can be read, or no sheet of it is recognised.
pub fn import(given: Given<'_>) -> Result<Imported, Box<Finding>> {
    let Given { file, bytes, asked, known, config, words, today } = given;
    let grids = read_grids(file, bytes)?;
    let wanted_sheets = wanted(&grids, asked)?;
    let mut context = Context {
        file,
        asked,
        known,
        config,
        words,
        today,
        names: Names::new(known),
        year: None,
        period: None,
        department: None,
        kpi_ids: BTreeSet::new(),
        objective_ids: BTreeSet::new(),
        yearless: BTreeSet::new(),
    };
    let mut all = Imported::default();
    let mut left = String::new();
    let mut found: BTreeSet<Role> = BTreeSet::new();
    for (grid, look) in grids.iter().zip(wanted_sheets) {
        let mut sheet = Sheet::new(grid, config);
        let head = look.then(|| head_of(&sheet, &context)).flatten();
        let fate = match &head {
            None if !look => Fate::Hidden,
            None => Fate::NoHead,
            Some(head) => Fate::Taken(head.kind, head.first + 1),
        };
        all.sheets.push(Seen { name: grid.name.clone(), fate });
        if let Some(head) = head {
            found.extend(asked.columns.iter().map(|(role, _)| *role).filter(|role| head.has(*role)));
            left.push_str(&one_sheet(&mut sheet, &head, &mut context, &mut all));
        }
    }
    finish(all, &grids, &context, (left, found))
}

fn head_of(sheet: &Sheet<'_>, context: &Context<'_>) -> Option<Head> {
    let Context { asked, known, config, .. } = context;
    let people: BTreeSet<String> = known.people.iter().flat_map(|it| [it.id.to_string(), Id::new(&it.name).to_string()]).collect();
    let key_results = known.objectives.iter().flat_map(|goal| goal.key_results.iter().map(|it| format!("{}/{}", goal.id, it.id)));
    let ids = known.kpis.iter().map(|it| it.id.to_string()).chain(key_results.map(|it| Id::new(&it).to_string())).collect();
    let Asked { columns, kind, head_row, .. } = asked;
    let wanted = Wanted { columns, kind: *kind, head_row: *head_row, calendar: config.calendar, people: &people, ids: &ids };
    head::find(sheet, &wanted)
}

/// Reads a sheet whose head is known; returned is what found no place in its files.
fn one_sheet(sheet: &mut Sheet<'_>, head: &Head, context: &mut Context<'_>, all: &mut Imported) -> String {
    look_around(sheet, head, context);
    all.files.extend(match head.kind {
        Kind::Kpi => kpi::read(sheet, head, context),
        Kind::Okr => okr::read(sheet, head, context),
        Kind::CheckIn => form::read(sheet, head, context),
    });
    let name = format!("_import/{}.md", Id::new(context.name()));
    let left = leftovers(sheet, head, &name, context.words);
    all.findings.extend(sheet.grid.problems.iter().map(|it| CellFinding { finding: it.clone(), cell: None }));
    let mut own = std::mem::take(&mut sheet.findings);
    own.sort_by(|a, b| a.finding.order().cmp(&b.finding.order()));
    all.findings.extend(own);
    left
}

/// Which of the sheets are looked at: the one that is asked for, else all that are not hidden.
fn wanted(grids: &[Grid], asked: &Asked) -> Result<Vec<bool>, Box<Finding>> {
    let Some(name) = &asked.sheet else { return Ok(grids.iter().map(|it| !it.hidden || grids.len() == 1).collect()) };
    let small = |text: &str| folded(text).to_lowercase();
    let is_it = |grid: &Grid| grid.name.as_deref().is_none_or(|it| small(it) == small(name));
    if grids.iter().any(is_it) {
        return Ok(grids.iter().map(is_it).collect());
    }
    let names: Vec<&str> = grids.iter().filter_map(|it| it.name.as_deref()).collect();
    let file = grids[0].file.clone();
    let place = crate::diagnostic::Place { file: file.clone(), line: 1, column: 1 };
    let finding =
        Finding::new(Code::UnknownReference, place).says("unknown-reference.sheet").text("value", name).text("file", file.as_ref());
    Err(Box::new(finding.names("names", &names).perhaps(crate::diagnostic::nearest(name, names.iter().copied()))))
}

/// Adds what belongs to no single sheet.
fn finish(
    mut all: Imported,
    grids: &[Grid],
    context: &Context<'_>,
    (left, found): (String, BTreeSet<Role>),
) -> Result<Imported, Box<Finding>> {
    let place = crate::diagnostic::Place { file: grids[0].file.clone(), line: 1, column: 1 };
    let is_taken = |it: &Seen| matches!(it.fate, Fate::Taken(..));
    let lost: Vec<&(Role, String)> = context.asked.columns.iter().filter(|(role, _)| !found.contains(role)).collect();
    if let Some((_, head)) = lost.first() {
        let names = heads(grids);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let near = crate::diagnostic::nearest(head, names.iter().copied());
        let finding = Finding::new(Code::UnknownReference, place).says("unknown-reference.head").text("value", head);
        return Err(Box::new(finding.names("names", &names).perhaps(near)));
    }
    if !all.sheets.iter().any(is_taken) {
        return Err(Box::new(Finding::new(Code::MissingKey, place).says("missing-key.head")));
    }
    all.files.extend(context.names.files().into_iter().map(|(path, text)| NewFile::new(path, text)));
    let stem = context.name();
    let title = context.words.say("import.title", &[("file", stem.into())]);
    if !left.is_empty() {
        all.files.push(NewFile::new(format!("_import/{}.md", Id::new(stem)), format!("# {title}\n{left}")));
    }
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for file in &mut all.files {
        let path = file.path.clone();
        let stem = path.trim_end_matches(".md");
        let mut n = 2;
        while !paths.insert(file.path.clone()) {
            file.path = format!("{stem}-{n}.md");
            n += 1;
        }
    }
    all.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(all)
}

/// The texts that could be heads, for a message.
fn heads(grids: &[Grid]) -> Vec<String> {
    let text = |grid: &Grid, row: u32, column: u32| match grid.cell(row, column) {
        crate::source::Cell::Text(text) => Some(text.clone()),
        crate::source::Cell::Number(_) | crate::source::Cell::Day(_) | crate::source::Cell::Empty => None,
    };
    let mut all = Vec::new();
    for grid in grids.iter().filter(|it| !it.hidden) {
        let known =
            |row: u32| grid.columns(row).filter_map(|column| text(grid, row, column)).filter(|it| !head::roles_of(it).is_empty()).count();
        let best = grid.rows().into_iter().take(60).max_by_key(|row| (known(*row), grid.columns(*row).count(), std::cmp::Reverse(*row)));
        all.extend(best.into_iter().flat_map(|row| grid.columns(row).filter_map(move |column| text(grid, row, column))).take(40));
    }
    all
}

/// What a sheet's name and the rows above its head say: of which year it is, of which period, of which department.
fn look_around(sheet: &Sheet<'_>, head: &Head, context: &mut Context<'_>) {
    let above = sheet.rows().iter().copied().filter(|row| *row < head.first);
    let cells = above.flat_map(|row| sheet.grid.columns(row).map(move |column| (row, column)).collect::<Vec<_>>());
    let mut texts: Vec<String> = cells.filter_map(|at| sheet.own(at)).filter(|it| it.chars().count() < 200).collect();
    texts.extend(sheet.grid.name.clone());
    let years: BTreeSet<i16> = texts.iter().flat_map(|it| years_in(it)).collect();
    let only = |years: &BTreeSet<i16>| if years.len() == 1 { years.first().copied() } else { None };
    let asked = context.asked.year.or_else(|| context.asked.period.as_ref().map(Period::year));
    context.year = asked.or_else(|| only(&years));
    let periods: BTreeSet<Period> = texts.iter().flat_map(|it| periods_in(it, context.year, context.config)).collect();
    context.period = if periods.len() == 1 { periods.first().cloned() } else { None };
    if periods.is_empty() && head.kind == Kind::Okr && asked.is_none() {
        context.period = context.year.and_then(|year| Period::parse(&year.to_string(), context.config.calendar));
    }
    context.department = sheet.grid.name.clone().filter(|it| context.names.is_department(it));
}

fn years_in(text: &str) -> Vec<i16> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|it| it.len() == 4);
    numbers.filter_map(|it| it.parse().ok()).filter(|year| (1990..=2099).contains(year)).collect()
}

/// The months and quarters that a title names, the longest words first.
fn periods_in(text: &str, year: Option<i16>, config: &Config) -> Vec<Period> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut all, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let found = (1..=4.min(words.len() - at)).rev().find_map(|count| {
            let part = words[at..at + count].join(" ");
            let part = part.trim_matches(|c: char| !c.is_alphanumeric());
            // A word without a figure is part of a name, too: `CÔNG TY MAY HOA SEN` is of no month.
            if words.len() > 1 && !part.contains(|c: char| c.is_ascii_digit()) && !part.contains(char::is_whitespace) {
                return None;
            }
            let period = head::named(&crate::source::Cell::Text(String::new()), part, config.calendar)?.of_year(year, config.calendar)?;
            matches!(period.kind(), PeriodKind::Month(_) | PeriodKind::Quarter(_)).then_some((period, count))
        });
        match found {
            Some((period, count)) => {
                all.push(period);
                at += count;
            }
            None => at += 1,
        }
    }
    all
}

/// What of a sheet has found no other place: how its columns were read, and every cell that is left. Told by stretches
/// of rows.
fn leftovers(sheet: &mut Sheet<'_>, head: &Head, file: &str, words: &Words) -> String {
    let name = sheet.grid.name.clone().unwrap_or_else(|| sheet.grid.file.to_string());
    let mut text = format!("\n## {}\n\n", draft::one_line(&name));
    let in_head = |at: &At| (head.first..=head.last).contains(&at.0);
    let left = sheet.left();
    let kept = |sheet: &Sheet<'_>, at: At, head: &str| Kept {
        address: sheet.address(at),
        head: head.to_owned(),
        text: sheet.own(at).unwrap_or_default(),
    };
    let meaning = |at: &At| {
        head.columns.iter().find(|it| it.at == at.1).map_or("–", |it| match &it.means {
            head::Means::Role(role) => role.name(),
            head::Means::Figures { side, .. } => match side {
                head::Side::Plan => "target",
                head::Side::Actual => "values",
                head::Side::Share => "progress",
            },
            head::Means::Unknown => "–",
        })
    };
    let heads: Vec<Kept> = left.iter().filter(|at| in_head(at)).map(|at| kept(sheet, *at, meaning(at))).collect();
    text.push_str(&format!("{}\n\n{}", words.word("import.columns"), draft::list(&heads)));
    let others: Vec<At> = left.into_iter().filter(|at| !in_head(at)).collect();
    if others.is_empty() {
        // The heads of a form, all of them understood, are on the next one, too.
        let is_form = head.kind == Kind::CheckIn && head.columns.iter().all(|it| matches!(it.means, head::Means::Role(_)));
        return if is_form { String::new() } else { text };
    }
    let cells: Vec<Kept> = others.iter().map(|at| kept(sheet, *at, "")).collect();
    text.push_str(&format!("\n{}\n\n{}", words.word("import.others"), draft::list(&cells)));
    let mut stretch: Vec<Vec<At>> = Vec::new();
    let rows = sheet.rows().to_vec();
    let index = |row: u32| rows.binary_search(&row).unwrap_or(0);
    for at in others {
        match stretch.last_mut() {
            Some(last) if last.last().is_some_and(|it| index(at.0) <= index(it.0) + 1) => last.push(at),
            _ => stretch.push(vec![at]),
        }
    }
    for cells in stretch {
        let (first, last) = (cells[0], cells[cells.len() - 1]);
        let lines = (sheet.place(first).line, sheet.place(last).line);
        let shown = if lines.0 == lines.1 { lines.0.to_string() } else { format!("{}–{}", lines.0, lines.1) };
        sheet.find(Code::UnknownKey, first, |it| {
            let it = it.says("unknown-key.rows").text("rows", shown).text("file", file).with("n", Argument::Count(cells.len()));
            Finding { severity: Severity::Warning, ..it }
        });
    }
    text
}
