//! The nouns: what an author can write about, already right by construction.
//!
//! This room knows no file system, no HTML and no clock. A [`Period`] has a first and a last day, an
//! [`Amount`] is finite, an [`Id`] is safe in an address; whoever holds one need not check again.

mod amount;
mod check_in;
mod config;
mod day;
mod department;
mod foreword;
mod heading;
mod id;
mod key_result;
mod kpi;
mod objective;
mod page;
mod period;
mod person;
mod status;
mod text;
mod workspace;

pub use amount::{Amount, Denomination, Marks, NumberError, Quoting, Scale, Unit, read_number};
pub use check_in::{CheckIn, Entry, Help, KpiEntry, Named, Outcome, Places, Promise, Reading, Report, Score};
pub use config::{Brand, Cadence, Config, Level, Rating, Visibility, VisibilityDefaults, is_colour};
pub use day::{Date, days_between, days_meant, month_meant, parse_day};
pub use department::{COMPANY, Department};
pub use foreword::Foreword;
pub use heading::{Heading, first_heading, links};
pub use id::Id;
pub use key_result::{Checkpoint, KeyResult, Measure, Milestone};
pub use kpi::{Aggregate, Assigned, Better, Event, Every, Kpi, KpiAt, KpiReading, Origin, Step, Target as KpiTarget, TargetStep, Targets};
pub use objective::{Commitment, Initiative, Link, Objective, State};
pub use page::Page;
pub use period::{Calendar, Period, PeriodKind, YearName};
pub use person::Person;
pub use status::Status;
pub use text::{Source, Spot, Target, Text};
pub use workspace::{Allow, KeyResultAt, Linked, MOST_BYTES, ObjectiveAt, Withheld, Workspace};
