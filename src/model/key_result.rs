//! Key results: what is measured, and how.

use super::{Amount, Date, Id, KpiAt, Source, Spot, Unit};

/// A key result of an objective.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyResult {
    /// Unique within its objective; `krN` by default.
    pub id: Id,
    /// In the owner's words.
    pub title: String,
    /// Where they stand.
    pub title_at: Spot,
    /// What is measured.
    pub measure: Measure,
    /// In what.
    pub unit: Option<Unit>,
    /// Relative, 0 and more.
    pub weight: f64,
    /// Default: the objective's.
    pub owner: Option<Id>,
    /// Given up: kept on the page, left out of every mean.
    pub cancelled: bool,
    /// Its first line.
    pub source: Source,
    /// The line of its start, target or bound, from which figures are traced.
    pub target_line: u32,
    /// Nobody wrote the start: it is taken to be 0.
    pub start_is_default: bool,
    /// What measures it was written and cannot be read; a finding says so.
    pub misread: bool,
    /// A KPI that nobody knows, or whose file cannot be read, should measure it.
    pub kpi_is_lost: bool,
}

/// The kinds of key result.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// From a start to a target, rising or falling.
    Metric {
        /// Where it begins.
        start: Amount,
        /// Where it should arrive.
        target: Amount,
        /// What is expected by when, where the way is not a straight line; by date.
        checkpoints: Vec<Checkpoint>,
    },
    /// Inside bounds, which belong to the inside.
    Hold {
        /// Not below.
        low: Option<Amount>,
        /// Not above.
        high: Option<Amount>,
    },
    /// Steps, each done on a date.
    Milestones(Vec<Milestone>),
    /// Yes or no.
    Done {
        /// By when.
        due: Option<Date>,
        /// When it was done, if the objective's file says so.
        done: Option<Date>,
    },
    /// Measured by the values of a KPI.
    Kpi {
        /// Which.
        kpi: KpiAt,
        /// Where it begins, for a metric; 0 where the KPI's values are added up.
        start: Option<Amount>,
        /// Where it should arrive, for a metric.
        target: Option<Amount>,
        /// Not below, for a hold.
        low: Option<Amount>,
        /// Not above, for a hold.
        high: Option<Amount>,
    },
    /// Nothing says how it would be measured, or what says so is a mistake: it counts as no value.
    Unmeasured {
        /// Where it begins, if that is said.
        start: Option<Amount>,
        /// Where it should arrive, if that is said.
        target: Option<Amount>,
    },
}

impl Measure {
    /// Start and target of what goes from one to the other, by its own values or a KPI's.
    pub fn ends(&self) -> Option<(Amount, Amount)> {
        match self {
            Self::Metric { start, target, .. } => Some((*start, *target)),
            Self::Kpi { start: Some(start), target: Some(target), low: None, high: None, .. } => Some((*start, *target)),
            Self::Kpi { .. } | Self::Hold { .. } | Self::Milestones(_) | Self::Done { .. } | Self::Unmeasured { .. } => None,
        }
    }

    /// The bounds of what only holds a level, by its own values or a KPI's.
    pub fn bounds(&self) -> Option<(Option<Amount>, Option<Amount>)> {
        match self {
            Self::Hold { low, high } => Some((*low, *high)),
            Self::Kpi { low, high, .. } if low.is_some() || high.is_some() => Some((*low, *high)),
            Self::Kpi { .. } | Self::Metric { .. } | Self::Milestones(_) | Self::Done { .. } | Self::Unmeasured { .. } => None,
        }
    }

    /// The kind's name in the export.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Metric { .. } | Self::Unmeasured { .. } => "metric",
            Self::Hold { .. } => "hold",
            Self::Milestones(_) => "milestones",
            Self::Done { .. } => "done",
            Self::Kpi { .. } => "kpi",
        }
    }
}

/// What is expected on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checkpoint {
    /// The day.
    pub date: Date,
    /// The value expected on it.
    pub value: Amount,
}

/// One step of a key result.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Made from its title.
    pub id: Id,
    /// In the owner's words.
    pub title: String,
    /// By when.
    pub due: Option<Date>,
    /// When it was done, if the objective's file says so.
    pub done: Option<Date>,
    /// Relative, 0 and more.
    pub weight: f64,
    /// Where it is written.
    pub at: Spot,
}
