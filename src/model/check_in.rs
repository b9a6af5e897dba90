//! Check-ins: what was measured and said on a day.

use super::{Amount, Date, Id, KeyResultAt, KpiAt, ObjectiveAt, Period, Source, Spot, Status, Text, Visibility};

/// What somebody reported on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckIn {
    /// The day.
    pub date: Date,
    /// Who wrote it.
    pub author: Option<Id>,
    /// The objective it names, unless it speaks of several.
    pub objective: Option<ObjectiveAt>,
    /// Values, in the order written.
    pub entries: Vec<Entry>,
    /// Confidence 0–10 for each key result that it speaks of.
    pub confidence: Vec<(ObjectiveAt, KeyResultAt, f64)>,
    /// What the author says of it, beside what is computed.
    pub status: Option<Status>,
    /// Values of KPIs, in the order written.
    pub kpis: Vec<KpiEntry>,
    /// Finished, blocked, help, decided, promised.
    pub report: Report,
    /// The owner's own scores, at the end.
    pub scores: Vec<Score>,
    /// What becomes of the objective.
    pub outcome: Option<Outcome>,
    /// What was learnt.
    pub learned: Vec<String>,
    /// What happened.
    pub text: Text,
    /// Who may see it, where it says so itself; else whoever may see its objectives.
    pub visibility: Visibility,
    /// Where its day, its confidence and its author's status stand.
    pub places: Places,
    /// What it names without a value that could be read.
    pub also: Named,
    /// Written in the objective's own file.
    pub embedded: bool,
    /// Where it is written.
    pub source: Source,
}

/// What a check-in names and gives no value: its text speaks of that all the same.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Named {
    /// Objectives of which no key result could be told.
    pub objectives: Vec<ObjectiveAt>,
    /// Key results.
    pub key_results: Vec<(ObjectiveAt, KeyResultAt)>,
    /// KPIs.
    pub kpis: Vec<KpiAt>,
    /// A name that leads nowhere, or to a file that cannot be read.
    pub is_lost: bool,
}

/// Where the parts of a check-in stand that a rule may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// The day, or the check-in itself where the file's name gives it.
    pub date: Spot,
    /// The confidence, if there is one.
    pub confidence: Spot,
    /// What the author says of it, if anything.
    pub status: Spot,
}

impl CheckIn {
    /// The KPIs that it gives values, each once, in order.
    pub fn kpis(&self) -> Vec<KpiAt> {
        let mut all: Vec<KpiAt> = Vec::new();
        for entry in &self.kpis {
            if !all.contains(&entry.kpi) {
                all.push(entry.kpi);
            }
        }
        all
    }

    /// The objectives that it speaks of, each once, the one that it names first.
    pub fn objectives(&self) -> Vec<ObjectiveAt> {
        let named = self.objective.into_iter();
        let valued = self.entries.iter().map(|entry| entry.objective);
        let mut all: Vec<ObjectiveAt> = Vec::new();
        let sure = self.confidence.iter().map(|(at, _, _)| *at);
        for at in named.chain(valued).chain(sure).chain(self.scores.iter().map(|score| score.objective)) {
            if !all.contains(&at) {
                all.push(at);
            }
        }
        all
    }
}

/// A value for a key result.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Of which objective.
    pub objective: ObjectiveAt,
    /// Which key result.
    pub key_result: KeyResultAt,
    /// What was read.
    pub reading: Reading,
    /// Its line.
    pub line: u32,
}

/// A value for a KPI.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiEntry {
    /// Which.
    pub kpi: KpiAt,
    /// Of which period: the one that it names, else the one in which the check-in's day lies.
    pub period: Period,
    /// Whose, where the KPI is shared out.
    pub person: Option<Id>,
    /// A number; none: a gap.
    pub value: Option<Amount>,
    /// Its line.
    pub line: u32,
    /// In that line, from 1.
    pub column: u32,
}

/// What a check-in can say of a key result.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A gap: TBD, N/A, nothing.
    NoValue,
    /// A number.
    Number(Amount),
    /// Done or open, for a key result that is a yes or a no.
    Done(bool),
    /// Milestones by their place, each done or open.
    Milestones(Vec<(usize, bool)>),
}

/// The owner's own score of a key result, 0…1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Of which objective.
    pub objective: ObjectiveAt,
    /// Which key result.
    pub key_result: KeyResultAt,
    /// 0…1.
    pub value: f64,
    /// Its line.
    pub line: u32,
}

/// What becomes of an objective after its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on in the next period.
    Carry,
    /// It is given up.
    Stop,
    /// It is finished.
    Done,
}

impl Outcome {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Carry => "carry",
            Self::Stop => "stop",
            Self::Done => "done",
        }
    }
}

/// The lists of a check-in.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Report {
    /// What is finished.
    pub finished: Vec<String>,
    /// What blocks.
    pub blocked: Vec<String>,
    /// Whose help is asked for.
    pub help: Vec<Help>,
    /// What was decided.
    pub decision: Option<String>,
    /// What is owed.
    pub next: Vec<Promise>,
}

/// Help that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// What.
    pub what: String,
    /// From whom.
    pub from: Option<Id>,
}

/// Something owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What.
    pub what: String,
    /// By whom.
    pub who: Option<Id>,
    /// By when.
    pub by: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// Where it is written.
    pub at: Spot,
}
