//! Objectives.

use super::{Cadence, Date, Id, KeyResult, KeyResultAt, ObjectiveAt, Period, Source, Spot, Text, Visibility};

/// Something the company wants to break through to, and how it will know.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Its address.
    pub id: Id,
    /// In the owner's words.
    pub title: String,
    /// Where they stand.
    pub title_at: Spot,
    /// Its cycle.
    pub period: Period,
    /// Whose it is.
    pub department: Option<Id>,
    /// A department is written, and nobody knows it.
    pub department_is_lost: bool,
    /// Who answers for it.
    pub owner: Option<Id>,
    /// An owner is written, and nobody knows them, or may.
    pub owner_is_lost: bool,
    /// A promise, or a stretch.
    pub commitment: Commitment,
    /// What it serves.
    pub parent: Option<Link>,
    /// Where it says so.
    pub parent_at: Spot,
    /// The objective of an earlier period that it carries on.
    pub continues: Option<ObjectiveAt>,
    /// Relative, 0 and more.
    pub weight: f64,
    /// Active, cancelled or a draft.
    pub state: State,
    /// Who may see it.
    pub visibility: Visibility,
    /// Its rhythm, where it has one of its own.
    pub check_in_every: Option<Cadence>,
    /// What is measured.
    pub key_results: Vec<KeyResult>,
    /// The work that should bring it about; never progress.
    pub initiatives: Vec<Initiative>,
    /// Why it matters.
    pub text: Text,
    /// Old ids: a page at the old address leads on.
    pub aliases: Vec<Id>,
    /// Where it is written.
    pub source: Source,
}

/// How an objective is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Commitment {
    /// A stretch: 0.7 is a success.
    #[default]
    Aspirational,
    /// A promise: 1 is a success.
    Committed,
}

impl Commitment {
    /// The name in files and the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aspirational => "aspirational",
            Self::Committed => "committed",
        }
    }
}

/// Whether an objective counts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// It does.
    #[default]
    Active,
    /// Not agreed yet.
    Draft,
    /// Given up.
    Cancelled {
        /// From which day on; from the start when nobody says.
        on: Option<Date>,
        /// The reason.
        why: Option<String>,
    },
}

/// An objective, or one of its key results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The objective.
    pub objective: ObjectiveAt,
    /// The key result in it.
    pub key_result: Option<KeyResultAt>,
}

/// A piece of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiative {
    /// What.
    pub title: String,
    /// Who.
    pub who: Option<Id>,
    /// By when.
    pub by: Option<Date>,
    /// For which key result.
    pub key_result: Option<KeyResultAt>,
    /// A key result is written, and nobody knows it.
    pub key_result_is_lost: bool,
    /// When it was done.
    pub done: Option<Date>,
    /// Where it is written.
    pub source: Source,
    /// The same, to the column.
    pub at: Spot,
}
