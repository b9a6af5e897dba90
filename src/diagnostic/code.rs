//! The codes of FORMAT.md §7, each with its weight.

/// How much a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A number would be wrong or missing.
    Error,
    /// Right, but poor practice.
    Warning,
}

impl Severity {
    /// The name in the export and on the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)+) => {
        /// What can be found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)+ }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Reads a name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// How much it counts unless the workspace says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// Not YAML, or no front matter where one is needed.
    Syntax = "syntax", Error;
    /// A key that this kind does not have.
    UnknownKey = "unknown-key", Error;
    /// A key given twice.
    DuplicateKey = "duplicate-key", Error;
    /// A list where a text should be, a word that is none of the allowed ones.
    WrongType = "wrong-type", Error;
    /// Not a number.
    BadNumber = "bad-number", Error;
    /// A number that reads two ways.
    AmbiguousNumber = "ambiguous-number", Error;
    /// Not a day, or one that does not exist or fit.
    BadDate = "bad-date", Error;
    /// Not a period.
    BadPeriod = "bad-period", Error;
    /// A key that must be there.
    MissingKey = "missing-key", Error;
    /// Two things with one id.
    DuplicateId = "duplicate-id", Error;
    /// A name that leads nowhere.
    UnknownReference = "unknown-reference", Error;
    /// Objectives that serve each other in a circle.
    AlignmentCycle = "alignment-cycle", Error;
    /// A metric that has nowhere to go.
    StartEqualsTarget = "start-equals-target", Error;
    /// A weight that is negative or not a number.
    BadWeight = "bad-weight", Error;
    /// A file that is not UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// A file that is too large to be a goal.
    TooLarge = "too-large", Error;
    /// A metric whose start nobody wrote.
    NoBaseline = "no-baseline", Warning;
    /// A key result that nothing can measure.
    NoNumber = "no-number", Warning;
    /// A doing without a measure.
    TaskLike = "task-like", Warning;
    /// An objective whose key results only keep a level.
    KpiAsOkr = "kpi-as-okr", Warning;
    /// A key result that is measured by a KPI on which pay hangs.
    OkrTiedToPay = "okr-tied-to-pay", Warning;
    /// More objectives than a department can mind at a time.
    TooManyObjectives = "too-many-objectives", Warning;
    /// More key results than an objective can mind.
    TooManyKeyResults = "too-many-key-results", Warning;
    /// One key result, or none.
    TooFewKeyResults = "too-few-key-results", Warning;
    /// Nobody answers for it.
    NoOwner = "no-owner", Warning;
    /// It belongs to no department, where departments are declared.
    NoDepartment = "no-department", Warning;
    /// A goal that nobody reports on.
    OnPaper = "on-paper", Warning;
    /// Targets that are always met.
    Sandbagging = "sandbagging", Warning;
    /// Green outside, red inside.
    Watermelon = "watermelon", Warning;
    /// Much less sure than the last time.
    ConfidenceDrop = "confidence-drop", Warning;
    /// A target that was made easier on the way.
    MovedTarget = "moved-target", Warning;
    /// A check-in dated after the day of the report.
    FutureCheckIn = "future-check-in", Warning;
    /// A check-in dated before its period.
    OutsidePeriod = "outside-period", Warning;
    /// Two names that are probably one.
    NearDuplicateName = "near-duplicate-name", Warning;
    /// A KPI that no objective needs.
    UnusedKpi = "unused-kpi", Warning;
    /// A KPI that lands on its target again and again.
    JustEnough = "just-enough", Warning;
    /// An objective that only repeats a target.
    ObjectiveIsANumber = "objective-is-a-number", Warning;
    /// Past its day, and still open.
    Overdue = "overdue", Warning;
    /// A link that leads nowhere.
    BrokenLink = "broken-link", Warning;
}
