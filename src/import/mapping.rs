//! What somebody says of a sheet that does not speak for itself: on the command line, or in a file of YAML.

use std::sync::Arc;

use crate::{
    diagnostic::{Argument, Code, Finding, Place, nearest},
    model::{Calendar, Date, Period, parse_day},
    source::{At, Node, SourceFile, parse},
};

use super::{Kind, head::Role};

/// What is asked of an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Columns by what stands over them, or by their letters.
    pub columns: Vec<(Role, String)>,
    /// Of what the sheet is.
    pub kind: Option<Kind>,
    /// Which sheet of a workbook.
    pub sheet: Option<String>,
    /// The row in which the heads begin, as shown, from 1.
    pub head_row: Option<u32>,
    /// Of which year months are.
    pub year: Option<i16>,
    /// In which period objectives are, and values without a month.
    pub period: Option<Period>,
    /// Whose they are where the sheet does not say.
    pub department: Option<String>,
    /// On which day results were true where the sheet does not say.
    pub date: Option<Date>,
}

/// The keys of a mapping file.
const KEYS: [&str; 8] = ["columns", "kind", "sheet", "head_row", "year", "period", "department", "date"];

impl Asked {
    /// Adds one `KEY=VALUE` of `--map`: a column by its head, or `kind`, `sheet`, `head_row`, `year`.
    ///
    /// # Errors
    /// When the key is none, or cannot have the value.
    pub fn map(&mut self, key: &str, value: &str, calendar: Calendar) -> Result<(), Unfit> {
        match Role::parse(key) {
            Some(role) => {
                self.columns.retain(|(it, _)| *it != role);
                self.columns.push((role, value.trim().to_owned()));
                Ok(())
            }
            None if ["kind", "sheet", "head_row", "year"].contains(&key) => self.set(key, value, calendar),
            None => Err(Unfit::Key(nearest(&key.replace('-', "_"), Role::NAMES.iter().copied()))),
        }
    }

    /// Settles one of the keys that are no columns.
    ///
    /// # Errors
    /// When the key is none, or cannot have the value.
    pub fn set(&mut self, key: &str, value: &str, calendar: Calendar) -> Result<(), Unfit> {
        let set = match key {
            "kind" => Kind::parse(value).map(|it| self.kind = Some(it)),
            "sheet" => {
                self.sheet = Some(value.trim().to_owned());
                Some(())
            }
            "head_row" => value.trim().parse().ok().filter(|row| *row > 0).map(|it| self.head_row = Some(it)),
            "year" => value.trim().parse().ok().filter(|year| (1900..=2999).contains(year)).map(|it| self.year = Some(it)),
            "period" => Period::parse(value, calendar).map(|it| self.period = Some(it)),
            "department" => {
                self.department = Some(value.trim().to_owned());
                Some(())
            }
            "date" => parse_day(value).map(|it| self.date = Some(it)),
            _ => return Err(Unfit::Key(nearest(&key.replace('-', "_"), KEYS))),
        };
        set.ok_or(Unfit::Value)
    }

    /// Reads a mapping file; what is wrong in it is a finding at its place.
    pub fn read(path: &str, bytes: Vec<u8>, calendar: Calendar) -> (Self, Vec<Finding>) {
        let mut asked = Self::default();
        let file = match SourceFile::read(path, bytes) {
            Ok(file) => file,
            Err(finding) => return (asked, vec![*finding]),
        };
        let mut reader = Mapping { path: file.path.clone(), calendar, findings: Vec::new() };
        match parse(&file.text, 1) {
            Ok(None) => {}
            Ok(Some(root)) => reader.root(&root, &mut asked),
            Err(problem) => {
                let finding = Finding::new(Code::Syntax, reader.place(problem.at)).says("syntax.mapping");
                reader.findings.push(finding);
            }
        }
        (asked, reader.findings)
    }

    /// This one, and what `other` says where this one is silent.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        let Self { columns, kind, sheet, head_row, year, period, department, date } = other;
        let own: Vec<Role> = self.columns.iter().map(|(role, _)| *role).collect();
        self.columns.extend(columns.into_iter().filter(|(role, _)| !own.contains(role)));
        self.kind = self.kind.or(kind);
        self.sheet = self.sheet.or(sheet);
        self.head_row = self.head_row.or(head_row);
        self.year = self.year.or(year);
        self.period = self.period.or(period);
        self.department = self.department.or(department);
        self.date = self.date.or(date);
        self
    }
}

/// Why something asked cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no such key; perhaps this one.
    Key(Option<String>),
    /// The key cannot have this value.
    Value,
}

struct Mapping {
    path: Arc<str>,
    calendar: Calendar,
    findings: Vec<Finding>,
}

impl Mapping {
    fn place(&self, At { line, column }: At) -> Place {
        Place { file: self.path.clone(), line, column }
    }

    fn root(&mut self, root: &Node<'_>, asked: &mut Asked) {
        let Some(pairs) = root.pairs() else {
            let finding = Finding::new(Code::WrongType, self.place(root.at)).text("key", "---");
            return self.findings.push(finding.with("wanted", Argument::Word("a-map")));
        };
        for (key, node) in pairs {
            if key.text == "columns" && node.pairs().is_some() {
                let pairs = node.pairs().unwrap_or_default();
                pairs.iter().for_each(|(key, node)| self.pair((&key.text, key.at), node, asked, Of::Columns));
            } else {
                self.pair((&key.text, key.at), node, asked, Of::Settings);
            }
        }
    }

    fn pair(&mut self, (key, key_at): (&str, At), node: &Node<'_>, asked: &mut Asked, of: Of) {
        let Some(value) = node.text().filter(|_| key != "columns") else {
            let wanted = if key == "columns" { "a-map" } else { "a-text" };
            let finding = Finding::new(Code::WrongType, self.place(node.at)).text("key", key);
            return self.findings.push(finding.with("wanted", Argument::Word(wanted)));
        };
        let (set, known) = match of {
            Of::Columns if Role::parse(key).is_none() => (Err(Unfit::Key(nearest(key, Role::NAMES.iter().copied()))), Role::NAMES),
            Of::Columns => (asked.map(key, value, self.calendar), Role::NAMES),
            Of::Settings => (asked.set(key, value, self.calendar), &KEYS[..]),
        };
        match set {
            Ok(()) => {}
            Err(Unfit::Key(near)) => {
                // A column outside of `columns`.
                let near = if Role::parse(key).is_some() { Some("columns".to_owned()) } else { near };
                let finding = Finding::new(Code::UnknownKey, self.place(key_at)).text("key", key);
                self.findings.push(finding.with("kind", Argument::Word("mapping")).names("keys", known).perhaps(near));
            }
            Err(Unfit::Value) => {
                let finding = Finding::new(Code::WrongType, self.place(node.at)).says("wrong-type.mapping");
                self.findings.push(finding.text("key", key).text("value", value));
            }
        }
    }
}

/// Of which map a key is.
#[derive(Clone, Copy)]
enum Of {
    Columns,
    Settings,
}
