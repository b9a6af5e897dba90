//! Pure functions of the model and a day: what FORMAT.md §6 says, exact to 1e-9.
//!
//! Nothing dated after the day is known. Nothing here rounds, formats or reads a clock; the same input gives the
//! same figures on every machine and number of threads.

mod audience;
mod calibration;
mod changes;
mod client;
mod close;
mod due;
mod forecast;
mod history;
mod kpi;
mod measured;
mod pace;
mod progress;
mod report;
mod rhythm;
mod rollup;
mod scorecard;
mod sheet;
mod stale;
mod standing;
mod variation;
mod written;
mod xmr;

pub use audience::for_audience;
pub use calibration::{Calibration, calibration};
pub use changes::{KeyResultChange, Moment, Moved, ObjectiveChange, Shown, Turn, add_moved_goals, changes};
pub use client::{Client, client};
pub use close::{at_least, at_most};
pub use due::{Due, Owing, due, taken_on};
pub use forecast::{Forecast, theil_sen};
pub use history::{Said, Value};
pub use kpi::{KpiPoint, KpiScore, KpiStatus, TargetOver, attainment, longer, meets};
pub use pace::{expected_progress, pace_points};
pub use progress::{MilestoneScore, inside};
pub use report::{Cycle, Fate, KpiOver, Owed, Report, ReportOf, Stage, Standing, report, report_after, reported};
pub use rhythm::{Rhythm, Slot, SlotState, slots};
pub use rollup::weighted_mean;
pub use scorecard::{
    DepartmentPeriod, DepartmentScore, Drafts, KeyResultScore, ObjectiveScore, PeriodScore, Scorecard, StatusCounts, cadence_of, scorecard,
    status_on,
};
pub use sheet::{Sheet, SheetOf, SheetRow, sheets_of_month};
pub use variation::{Capability, Sense, Spoken, Variation, capability, sense, variation};
pub use written::Written;
pub use xmr::{Limits, Rule, Side, Signal, Stretch};
