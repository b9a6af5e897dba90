//! KPIs: numbers that keep performance stable, never finished.

use std::collections::BTreeMap;

use super::{Amount, Calendar, Date, Id, ObjectiveAt, Period, PeriodKind, Source, Spot, Text, Unit, Visibility};

/// A KPI's place in [`super::Workspace::kpis`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KpiAt(pub usize);

/// A number that is measured every week, month or quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpi {
    /// Its address.
    pub id: Id,
    /// In the owner's words.
    pub title: String,
    /// Where they stand.
    pub title_at: Spot,
    /// Whose it is.
    pub department: Option<Id>,
    /// A department is written, and nobody knows it.
    pub department_is_lost: bool,
    /// Who answers for it.
    pub owner: Option<Id>,
    /// An owner is written, and nobody knows them, or may.
    pub owner_is_lost: bool,
    /// In what.
    pub unit: Option<Unit>,
    /// Which way is the good one.
    pub better: Better,
    /// How often it is measured.
    pub every: Every,
    /// What it should be, from when on.
    pub targets: Targets,
    /// How far off the target is still near, as a share of it.
    pub amber: f64,
    /// How its values make up a longer period's.
    pub aggregate: Aggregate,
    /// Its share in its owner's sheet, relative, 0 and more.
    pub weight: f64,
    /// It is written as a share of 100 %.
    pub weight_in_percent: bool,
    /// The sub-head under which it stands in a sheet.
    pub group: Option<String>,
    /// Points by steps of attainment, the highest first; empty where attainment itself counts.
    pub scale: Vec<Step>,
    /// Those in whose sheets it stands, by id; empty where it stands in its owner's.
    pub assigned: Vec<Assigned>,
    /// The objectives for which it is the instrument.
    pub supports: Vec<ObjectiveAt>,
    /// Where it says so; the title where it does not.
    pub supports_at: Spot,
    /// Whether somebody's pay hangs on it.
    pub pay_linked: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// What the value can be at all.
    pub bounds: (Option<Amount>, Option<Amount>),
    /// What its own file and its table say, in the order written.
    pub readings: Vec<KpiReading>,
    /// Some of its values were written and cannot be read; findings say so.
    pub misread: bool,
    /// Whose points set the limits.
    pub baseline: Option<Period>,
    /// From when on the process is another one, by first day.
    pub rebase: Vec<Period>,
    /// What happened, by first day.
    pub events: Vec<Event>,
    /// The definition, in the owner's words.
    pub formula: Option<String>,
    /// Where the values come from, in the owner's words.
    pub measured_by: Option<String>,
    /// What it is for, in Markdown.
    pub text: Text,
    /// Old ids: a page at the old address leads on.
    pub aliases: Vec<Id>,
    /// Where it is written.
    pub source: Source,
}

/// Which way is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Better {
    /// More is better.
    #[default]
    Higher,
    /// Less is better.
    Lower,
    /// Between two bounds.
    Within,
}

impl Better {
    /// The names that an author writes.
    pub const NAMES: [&'static str; 3] = ["higher", "lower", "within"];

    /// The name in files and the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Within => "within",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Higher, Self::Lower, Self::Within].into_iter().find(|it| it.name() == text)
    }
}

/// How often a KPI is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Every {
    /// ISO weeks.
    Week,
    /// Calendar months.
    #[default]
    Month,
    /// Quarters of the fiscal year.
    Quarter,
}

impl Every {
    /// The names that an author writes.
    pub const NAMES: [&'static str; 3] = ["week", "month", "quarter"];

    /// The name in files and the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Week, Self::Month, Self::Quarter].into_iter().find(|it| it.name() == text)
    }

    /// Its period in which a day lies; none at the end of the calendar.
    pub fn around(self, day: Date, calendar: Calendar) -> Option<Period> {
        match self {
            Self::Week => Period::week_of(day),
            Self::Month => Period::month(day.year(), day.month()),
            Self::Quarter => Period::quarter_of(day, calendar),
        }
    }

    /// Its period to which a finer one belongs: a week to that of its Thursday.
    pub fn holding(self, finer: &Period, calendar: Calendar) -> Option<Period> {
        self.around(finer.belongs_on(), calendar)
    }

    /// Whether a period is just as long.
    pub fn is(self, period: &Period) -> bool {
        self.length_of(period) == Some(self)
    }

    /// Whether a period is one that this one's values are made of: a week of a month, a day of a week.
    pub fn is_coarser_than(self, period: &Period) -> bool {
        period.days() == 0 || self.length_of(period).is_some_and(|it| it < self)
    }

    fn length_of(self, period: &Period) -> Option<Self> {
        match period.kind() {
            PeriodKind::Week(_) => Some(Self::Week),
            PeriodKind::Month(_) => Some(Self::Month),
            PeriodKind::Quarter(_) => Some(Self::Quarter),
            PeriodKind::Half(_) | PeriodKind::Year | PeriodKind::Range => None,
        }
    }

    /// Its periods from the one in which `first` lies to the one in which `last` lies.
    pub fn from_to(self, first: Date, last: Date, calendar: Calendar) -> impl Iterator<Item = Period> {
        std::iter::successors(self.around(first, calendar), move |period| self.around(period.last().tomorrow().ok()?, calendar))
            .take_while(move |period| period.first() <= last)
    }

    /// Its periods that belong to a longer one: those whose last day (a week: its Thursday) lies in it.
    pub fn within(self, longer: &Period, calendar: Calendar) -> impl Iterator<Item = Period> {
        let longer = longer.clone();
        self.from_to(longer.first(), longer.last(), calendar).filter(move |it| longer.contains(it.belongs_on()))
    }
}

/// How the values of shorter periods make up a longer one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Aggregate {
    /// Added up.
    Sum,
    /// Their mean.
    #[default]
    Mean,
    /// The last of them.
    Last,
}

impl Aggregate {
    /// The names that an author writes.
    pub const NAMES: [&'static str; 3] = ["sum", "mean", "last"];

    /// The name in files and the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Last => "last",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sum, Self::Mean, Self::Last].into_iter().find(|it| it.name() == text)
    }

    /// Values in the order of their periods made one; none of nothing, and none that is not finite.
    pub fn of(self, values: impl IntoIterator<Item = f64>) -> Option<f64> {
        let (mut sum, mut count, mut last) = (0.0, 0_u32, None);
        for value in values {
            sum += value;
            count += 1;
            last = Some(value);
        }
        let value = last.map(|last| match self {
            Self::Sum => sum,
            Self::Mean => sum / f64::from(count),
            Self::Last => last,
        });
        // Larger than any number that we can write: nobody could read it.
        value.filter(|it| it.is_finite())
    }
}

/// What a KPI should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At least, or at most.
    One(Amount),
    /// Between, bounds included.
    Range(Amount, Amount),
}

/// Targets by when they begin to hold.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Targets {
    /// The period from which on, or none for "always"; by first day.
    pub steps: Vec<TargetStep>,
    /// Those of single periods, from a table: they go before what holds from a period on.
    pub of_periods: BTreeMap<Period, TargetStep>,
}

/// A target with when it begins to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetStep {
    /// From this period on; none: always.
    pub from: Option<Period>,
    /// What it should be; none: no target from then on.
    pub target: Option<Target>,
    /// The line that says so.
    pub source: Source,
}

impl Targets {
    /// What holds for a period: its own, else the step whose period it belongs to, or the last before it.
    pub fn for_period(&self, period: &Period) -> Option<&TargetStep> {
        let begun = |step: &&TargetStep| step.from.as_ref().is_none_or(|from| from.first() <= period.belongs_on());
        self.of_periods.get(period).or_else(|| self.steps.iter().rev().find(begun)).filter(|step| step.target.is_some())
    }

    /// The first dated one.
    pub fn first_dated(&self) -> Option<&Period> {
        self.steps.iter().find_map(|step| step.from.as_ref())
    }
}

/// From which attainment on how many points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Attainment, 1 is 100 %.
    pub from: f64,
    /// Points, 1 is 100 %.
    pub points: f64,
}

/// Somebody in whose sheet a shared KPI stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Assigned {
    /// Who.
    pub person: Id,
    /// Their own targets.
    pub targets: Targets,
    /// Its share in their sheet.
    pub weight: f64,
    /// It is written as a share of 100 %.
    pub weight_in_percent: bool,
}

/// A value with the period that it is of.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiReading {
    /// As long as the KPI's, or shorter.
    pub period: Period,
    /// Whose, where the KPI is shared out.
    pub person: Option<Id>,
    /// A number; none: TBD, a gap.
    pub value: Option<Amount>,
    /// A target that stands beside it in a table.
    pub target: Option<Amount>,
    /// Its own file or its table.
    pub origin: Origin,
    /// The line that says so.
    pub source: Source,
    /// In that line, from 1.
    pub column: u32,
}

/// Where a value comes from. The order is that in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The KPI's own file.
    File,
    /// A table.
    Table,
    /// A check-in, by its place.
    CheckIn(usize),
}

/// Something that happened to what is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub period: Period,
    /// What.
    pub text: String,
}
