//! The words of a goal's standing.

/// Where an objective or a key result stands, as computed on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Before the first day.
    NotStarted,
    /// Running, and nobody has given a value yet.
    NoData,
    /// Not more than ten points behind the plan.
    OnTrack,
    /// Up to twenty-five points behind.
    AtRisk,
    /// Further behind than that.
    OffTrack,
    /// The target is reached while the period runs.
    Done,
    /// After the period: score of 0.7 and more (committed: 1).
    Achieved,
    /// After the period: 0.4 and more (committed: 0.7).
    Progressed,
    /// After the period: less than that.
    Missed,
    /// Given up, with a reason.
    Cancelled,
    /// Not agreed yet.
    Draft,
}

impl Status {
    /// All of them, in the order in which they are counted and exported.
    pub const ALL: [Self; 11] = [
        Self::NotStarted,
        Self::NoData,
        Self::OnTrack,
        Self::AtRisk,
        Self::OffTrack,
        Self::Done,
        Self::Achieved,
        Self::Progressed,
        Self::Missed,
        Self::Cancelled,
        Self::Draft,
    ];

    /// The name in the export and in word files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::NoData => "no_data",
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::Done => "done",
            Self::Achieved => "achieved",
            Self::Progressed => "progressed",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
            Self::Draft => "draft",
        }
    }

    /// Reads a name as an author writes it: `at_risk`, `at risk`, `At-Risk`.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase().replace([' ', '-'], "_");
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
