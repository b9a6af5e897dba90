//! What `scorebook.yaml` settles for a whole workspace.

use std::collections::BTreeMap;

use super::{Calendar, Date, Id, Marks, Spot};

/// Who may see a thing. The order is the one of growing secrecy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Visibility {
    /// Everybody, also outside the company.
    Public,
    /// The company.
    #[default]
    Internal,
    /// Those whom it concerns.
    Restricted,
}

impl Visibility {
    /// The names that an author writes, in order.
    pub const NAMES: [&'static str; 3] = ["public", "internal", "restricted"];

    /// The name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Restricted => "restricted",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Public, Self::Internal, Self::Restricted].into_iter().find(|it| it.name() == text)
    }
}

/// How often a goal is reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Cadence {
    /// Every seven days.
    #[default]
    Week,
    /// Every fourteen days.
    TwoWeeks,
    /// Every calendar month.
    Month,
}

impl Cadence {
    /// The names that an author writes.
    pub const NAMES: [&'static str; 3] = ["week", "2 weeks", "month"];

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "week" => Some(Self::Week),
            "2 weeks" | "two weeks" => Some(Self::TwoWeeks),
            "month" => Some(Self::Month),
            _ => None,
        }
    }

    /// The day that lies `times` cadences after `day`.
    pub fn after(self, day: Date, times: i32) -> Date {
        let span = match self {
            Self::Week => jiff::Span::new().days(7 * times),
            Self::TwoWeeks => jiff::Span::new().days(14 * times),
            Self::Month => jiff::Span::new().months(times),
        };
        day.checked_add(span).unwrap_or(Date::MAX)
    }
}

/// How much a warning counts here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nobody wants to hear of it.
    Off,
    /// As it is meant.
    Warning,
    /// It counts like a wrong number.
    Error,
}

impl Level {
    /// The names that an author writes.
    pub const NAMES: [&'static str; 3] = ["off", "warning", "error"];

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "off" => Some(Self::Off),
            "warning" => Some(Self::Warning),
            "error" => Some(Self::Error),
            _ => None,
        }
    }
}

/// The visibility of things whose author says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisibilityDefaults {
    /// Of an objective.
    pub objective: Visibility,
    /// Of a KPI.
    pub kpi: Visibility,
    /// Of a KPI that is tied to pay.
    pub pay_linked: Visibility,
    /// Of a person's KPI sheet.
    pub person_sheet: Visibility,
}

impl Default for VisibilityDefaults {
    fn default() -> Self {
        Self {
            objective: Visibility::Internal,
            kpi: Visibility::Internal,
            pay_linked: Visibility::Restricted,
            person_sheet: Visibility::Restricted,
        }
    }
}

/// A grade and from which total on it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// As it stands on the sheet.
    pub grade: String,
    /// 1 is 100 %.
    pub from: f64,
}

/// A client's own name, mark and colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Shown beside the mark, instead of the title.
    pub name: Option<String>,
    /// A picture in the workspace.
    pub logo: Option<String>,
    /// Where it is named.
    pub logo_at: Spot,
    /// `#rrggbb`.
    pub accent: Option<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self { name: None, logo: None, logo_at: Spot::TOP, accent: None }
    }
}

/// Whether a text is a colour as `brand: {accent: …}` takes it: `#rgb` or `#rrggbb`.
pub fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|it| it.is_ascii_hexdigit())
}

/// The settings, every one with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The company's name, if one is given.
    pub title: Option<String>,
    /// Of interface words and of numbers.
    pub language: String,
    /// Languages in which the site stands once more.
    pub more_languages: Vec<String>,
    /// The ISO code of the company's money.
    pub currency: Option<String>,
    /// For feeds, mails and social cards only.
    pub base_url: Option<String>,
    /// A demo's or an archive's day.
    pub as_of: Option<Date>,
    /// The day on which the company began: nothing is missing before it.
    pub started: Option<Date>,
    /// Seconds east of UTC in which "today" is read.
    pub utc_offset: Option<i32>,
    /// The fiscal year.
    pub calendar: Calendar,
    /// The rhythm of check-ins.
    pub check_in_every: Cadence,
    /// How much one KPI can count at most in a sheet; 1 is 100 %.
    pub kpi_cap: f64,
    /// Grades of a sheet's total, the highest first.
    pub ratings: Vec<Rating>,
    /// Defaults of visibility.
    pub visibility_defaults: VisibilityDefaults,
    /// Where a plain build writes, relative to the root, each with its audience.
    pub outputs: Vec<(String, Visibility)>,
    /// A built-in theme or a folder under `themes/`.
    pub theme: Option<String>,
    /// Name, logo, colour.
    pub brand: Brand,
    /// Warnings by their code, where the workspace weighs them otherwise.
    pub lints: BTreeMap<String, Level>,
    /// Ids of departments that `scorebook.yaml` declares, in its order.
    pub department_order: Vec<Id>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            language: "en".to_owned(),
            more_languages: Vec::new(),
            currency: None,
            base_url: None,
            as_of: None,
            started: None,
            utc_offset: None,
            calendar: Calendar::default(),
            check_in_every: Cadence::default(),
            kpi_cap: 1.2,
            ratings: Vec::new(),
            visibility_defaults: VisibilityDefaults::default(),
            outputs: vec![("site".to_owned(), Visibility::Internal)],
            theme: None,
            brand: Brand::default(),
            lints: BTreeMap::new(),
            department_order: Vec::new(),
        }
    }
}

impl Config {
    /// From which day on word is expected of what begins on `first`.
    pub fn expected_from(&self, first: Date) -> Date {
        self.started.map_or(first, |day| day.max(first))
    }

    /// How numbers are written here.
    pub fn marks(&self) -> Marks {
        Marks::of_language(&self.language)
    }
}
