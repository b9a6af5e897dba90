//! What somebody puts before a report that the program writes.

use super::{Id, Period, Source, Text, Visibility};

/// The author's part of a report: a foreword, a headline, sections. The figures stay computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreword {
    /// Of which month or other period the report is.
    pub period: Period,
    /// Of which department; none: the whole company's.
    pub department: Option<Id>,
    /// The headline, in place of the computed one.
    pub headline: Option<String>,
    /// Who may read it.
    pub visibility: Visibility,
    /// What opens the report; its headings are sections.
    pub text: Text,
    /// Where it is written.
    pub source: Source,
}
