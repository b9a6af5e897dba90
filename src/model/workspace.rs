//! A company's goals, linked.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{CheckIn, Config, Department, Foreword, Id, KeyResult, Kpi, KpiAt, Objective, Page, Person, Spot, Visibility};

/// An objective's place in [`Workspace::objectives`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectiveAt(pub usize);

/// A key result's place in its objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyResultAt(pub usize);

/// A file above this is not copied with the site (5 MiB).
pub const MOST_BYTES: u64 = 5 << 20;

/// Everything that was read, with every reference resolved.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Workspace {
    /// The settings.
    pub config: Config,
    /// By id.
    pub departments: Vec<Department>,
    /// By id.
    pub people: Vec<Person>,
    /// By id.
    pub objectives: Vec<Objective>,
    /// By id.
    pub kpis: Vec<Kpi>,
    /// By date, those in an objective's file first, then by path, then as they stand there.
    pub check_ins: Vec<CheckIn>,
    /// By order, then id.
    pub pages: Vec<Page>,
    /// What authors put before reports: by period, then department; one for each.
    pub forewords: Vec<Foreword>,
    /// What each Markdown file became, for links from text to text.
    pub pages_of_files: BTreeMap<String, Linked>,
    /// Files that a text may name, by path.
    pub assets: BTreeMap<String, u64>,
    /// Files that not everybody may see, those too of which nothing came: their findings are as secret as they are.
    pub secret_files: BTreeMap<String, Visibility>,
    /// Warnings that their authors want to keep, by file.
    pub allowed: BTreeMap<Arc<str>, Vec<Allow>>,
    /// Files of which an audience sees a part: their lines are not quoted.
    pub partly_hidden: BTreeSet<String>,
    /// What is left out beside what is hidden, and what is therefore not the whole of it.
    pub withheld: Withheld,
}

/// What an audience sees no sheet or not the whole of. A sheet's total gives away what a hidden row holds; what is found
/// missing in a part is not missing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Withheld {
    /// All people's sheets.
    pub people: bool,
    /// Single people's sheets.
    pub person: BTreeSet<Id>,
    /// Departments' sheets.
    pub department: BTreeSet<Id>,
    /// Objectives with a key result that is hidden.
    pub partly: BTreeSet<Id>,
    /// KPIs that serve something that is hidden.
    pub serving: BTreeSet<Id>,
}

/// A warning that is wanted in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// Its code.
    pub code: String,
    /// Why it may stay.
    pub reason: String,
    /// Where that is written.
    pub at: Spot,
}

/// What a Markdown file of the workspace became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linked {
    /// An objective's page.
    Objective(Id),
    /// A KPI's page.
    Kpi(Id),
    /// A check-in in an objective's log; none when it speaks of several.
    CheckIn(Option<Id>, super::Date),
    /// A department's page.
    Department(Id),
    /// A page of the company's own.
    Page(Id),
    /// A person's page.
    Person(Id),
    /// A report, by its period; none: a department's, which the site does not hold.
    Report(Option<super::Period>),
}

impl Workspace {
    /// The objective at a place.
    pub fn objective(&self, at: ObjectiveAt) -> &Objective {
        &self.objectives[at.0]
    }

    /// The KPI at a place.
    pub fn kpi(&self, at: KpiAt) -> &Kpi {
        &self.kpis[at.0]
    }

    /// The key result at a place.
    pub fn key_result(&self, objective: ObjectiveAt, key_result: KeyResultAt) -> &KeyResult {
        &self.objectives[objective.0].key_results[key_result.0]
    }

    /// A department by id.
    pub fn department(&self, id: &Id) -> Option<&Department> {
        self.departments.binary_search_by(|it| it.id.cmp(id)).ok().map(|at| &self.departments[at])
    }

    /// A person by id.
    pub fn person(&self, id: &Id) -> Option<&Person> {
        self.people.binary_search_by(|it| it.id.cmp(id)).ok().map(|at| &self.people[at])
    }

    /// The company's own mark, if the settings name a picture that is there.
    pub fn logo(&self) -> Option<&str> {
        let file = self.config.brand.logo.as_deref()?;
        self.assets.get(file).filter(|size| **size <= MOST_BYTES).map(|_| file)
    }

    /// Whether a path names a folder with files of the workspace in it.
    pub fn is_folder(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        let first_in = |next: Option<&String>| next.is_some_and(|it| it.starts_with(&folder));
        first_in(self.pages_of_files.range(folder.clone()..).next().map(|(path, _)| path))
            || first_in(self.assets.range(folder.clone()..).next().map(|(path, _)| path))
    }
}
