//! The arguments: one table for flags and help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    compute::Drafts,
    model::{Date, Visibility, parse_day},
};

/// OKRs and KPIs as plain text, published as a site that people want to read.
#[derive(Debug, Parser)]
#[command(name = "scorebook", version, max_term_width = 100, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say how long each stage took
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site
    Build(Build),
    /// Show what is wrong in a workspace, and what to write instead
    Check(Check),
    /// Show what changed between two days, or two revisions
    Diff(Diff),
    /// Show who owes a check-in, a value, a promise
    Due(DueArgs),
    /// Say what a finding means, why it matters and how to mend it
    Explain(Explain),
    /// Print the figures for other programs
    Export(Export),
    /// Make Markdown files out of the sheet that a company already has
    Import(ImportArgs),
    /// Write the recipe with which a CI job publishes this workspace
    Init(Init),
    /// Make a file to fill in: a check-in, the next period
    New(New),
    /// Write the report of a month or a period
    Report(Report),
    /// Write KPI sheets to print and sign
    Sheet(Sheet),
    /// Print what may stand in a file, as JSON Schema for editors
    Schema(Schema),
}

/// What goes with every command that computes.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// A workspace (a folder with scorebook.yaml), or a folder below one
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,

    /// Compute as of this day, as if nothing later were known
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,

    /// Leave out what this audience may not see [default: internal]
    #[arg(long, value_enum, value_name = "WHO")]
    pub(crate) audience: Option<Audience>,

    /// The language of words and messages [default: the workspace's]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,

    /// Count drafts like the rest
    #[arg(long)]
    pub(crate) drafts: bool,
}

impl Common {
    pub(crate) fn drafts(&self) -> Drafts {
        if self.drafts { Drafts::Included } else { Drafts::LeftOut }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) common: Common,

    /// Where to write it [default: what scorebook.yaml says, else `site` in the workspace]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Write nothing when there is an error
    #[arg(long)]
    pub(crate) strict: bool,

    /// Where the site will stand, for feed and calendar [default: base_url of scorebook.yaml]
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) common: Common,

    /// How to print them
    #[arg(long, value_enum, default_value_t = CheckFormat::Human, value_name = "FORMAT")]
    pub(crate) format: CheckFormat,

    /// Mend what has exactly one right answer, and keep every other byte
    #[arg(long)]
    pub(crate) fix: bool,

    /// Only show what `--fix` would change
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,

    /// Exit with 1 on warnings too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) common: Common,

    /// The earlier day [default: that of --from-rev's commit]
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present = "from_rev")]
    pub(crate) from: Option<Date>,

    /// The later day [default: that of --to-rev's commit, else the day as of which is computed]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<Date>,

    /// The earlier revision of the git repository in which the workspace lies: a commit, a branch, a tag
    #[arg(long, value_name = "REV")]
    pub(crate) from_rev: Option<String>,

    /// The later revision [default: the files as they are]
    #[arg(long, value_name = "REV", requires = "from_rev")]
    pub(crate) to_rev: Option<String>,

    /// In which form
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, value_name = "FORMAT")]
    pub(crate) format: DiffFormat,

    /// Write it to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Human,
    /// Markdown, for a job's summary or a comment
    Md,
    /// For other programs
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct DueArgs {
    #[command(flatten)]
    pub(crate) common: Common,

    /// What is owed within so many days too, like 3d
    #[arg(long, value_name = "DAYS", value_parser = days, default_value = "0")]
    pub(crate) within: i32,

    /// In which form
    #[arg(long, value_enum, default_value_t = DueFormat::Human, value_name = "FORMAT")]
    pub(crate) format: DueFormat,

    /// Write it to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DueFormat {
    /// For a terminal
    Human,
    /// Markdown, for a comment
    Md,
    /// For other programs
    Json,
    /// A calendar file
    Ics,
}

/// `3d`, `3`.
fn days(text: &str) -> Result<i32, String> {
    let number = text.trim().trim_end_matches(['d', 'D']);
    number.parse().ok().filter(|days| (0..=3660).contains(days)).ok_or_else(|| "write a number of days, like 3d".to_owned())
}

#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// The sheet: .csv or .xlsx
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// A workspace (a folder with scorebook.yaml), or a folder below one
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,

    /// Which sheet of a workbook [default: all that are not hidden]
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,

    /// A column that does not speak for itself, by its head or its letter: target="Annual plan", kpi=B; also kind=okr|kpi|check-in, head_row=4
    #[arg(long, value_name = "COLUMN=HEAD")]
    pub(crate) map: Vec<String>,

    /// The same from a file: columns: {target: "Annual plan"}, kind, sheet, head_row, year, period, department, date
    #[arg(long, value_name = "FILE.yaml")]
    pub(crate) map_file: Option<PathBuf>,

    /// The period of objectives, or of values without a month, like 2026-Q3
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// The year of months that name none
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<String>,

    /// Whose it is where the sheet does not say
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,

    /// The day of results that have none [default: the day as of which is computed]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,

    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// In which form
    #[arg(long, value_enum, default_value_t = ImportFormat::Human, value_name = "FORMAT")]
    pub(crate) format: ImportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// For a terminal
    Human,
    /// `{"files": […], "findings": […]}`
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// A folder: the workspace, or one that becomes it
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) dir: PathBuf,

    /// Whose job it is
    #[arg(long, value_enum, value_name = "HOST")]
    pub(crate) ci: Ci,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ci {
    /// .github/workflows/scorebook.yml
    Github,
    /// .gitlab-ci.yml
    Gitlab,
}

#[derive(Args, Debug)]
pub(crate) struct New {
    #[command(subcommand)]
    pub(crate) what: NewWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewWhat {
    /// A check-in that lists its objective's key results with their last values
    CheckIn(NewCheckIn),
    /// The next period: what the closing check-ins of one carry on, as drafts
    Period(NewPeriod),
}

#[derive(Args, Debug)]
pub(crate) struct NewCheckIn {
    /// The objective's id
    #[arg(value_name = "OBJECTIVE")]
    pub(crate) objective: String,

    #[command(flatten)]
    pub(crate) common: Common,

    /// Its day [default: the day as of which is computed]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Date>,

    /// Who writes it, by id [default: the objective's owner]
    #[arg(long, value_name = "ID")]
    pub(crate) author: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct NewPeriod {
    /// The period to lay out, like 2026-Q4
    #[arg(value_name = "PERIOD")]
    pub(crate) period: String,

    #[command(flatten)]
    pub(crate) common: Common,

    /// The period that turns, like 2026-Q3
    #[arg(long, value_name = "PERIOD")]
    pub(crate) from: String,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The finding's code, as in `warning[task-like]`; all of them when none is named
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,

    /// The language [default: that of the workspace in which the command runs, else English]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) common: Common,

    /// In which form
    #[arg(long, value_enum, default_value_t = ExportFormat::Json, value_name = "FORMAT")]
    pub(crate) format: ExportFormat,

    /// Write it there instead of standard output; csv: into a folder, or a FILE.zip
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Sheet {
    #[command(flatten)]
    pub(crate) common: Common,

    /// Of which month, like 2026-09 [default: the last one that is over; with --assign the next]
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<String>,

    /// Only this person's, by id
    #[arg(long, value_name = "ID", conflicts_with = "department")]
    pub(crate) person: Option<String>,

    /// Only this department's, by id
    #[arg(long, value_name = "ID")]
    pub(crate) department: Option<String>,

    /// Hand out the targets of a month before it begins: without values and points
    #[arg(long)]
    pub(crate) assign: bool,

    /// In which form
    #[arg(long, value_enum, default_value_t = SheetFormat::Html, value_name = "FORMAT")]
    pub(crate) format: SheetFormat,

    /// Write it to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) common: Common,

    /// Of which month, like 2026-09 [default: the last one that is over]
    #[arg(long, value_name = "MONTH", conflicts_with = "period")]
    pub(crate) month: Option<String>,

    /// Of which period, like 2026-Q3; after its end the report is its review
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Only this department's, by id
    #[arg(long, value_name = "ID", conflicts_with = "person")]
    pub(crate) department: Option<String>,

    /// Only what this person answers for, by id
    #[arg(long, value_name = "ID")]
    pub(crate) person: Option<String>,

    /// In which form
    #[arg(long, value_enum, default_value_t = ReportFormat::Md, value_name = "FORMAT")]
    pub(crate) format: ReportFormat,

    /// With every key result, KPI and check-in behind it
    #[arg(long)]
    pub(crate) appendix: bool,

    /// A whole mail for sendmail: subject, plain text and tables (goes with --format mail)
    #[arg(long)]
    pub(crate) eml: bool,

    /// Who sends the mail, as it stands in its header
    #[arg(long, value_name = "ADDRESS", requires = "eml")]
    pub(crate) from: Option<String>,

    /// Who gets the mail; may be given several times
    #[arg(long, value_name = "ADDRESS", requires = "eml")]
    pub(crate) to: Vec<String>,

    /// Where the site stands, for links [default: base_url of scorebook.yaml]
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Write it to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Markdown, for a job's summary or a comment
    Md,
    /// One self-contained page, to read and print
    Html,
    /// What mail clients show right
    Mail,
    /// The facts for other programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetFormat {
    /// One self-contained page, a sheet of paper each
    Html,
    /// One workbook that calculates, a worksheet each
    Xlsx,
}

#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Of what [default: the front matter of any file]
    #[arg(value_enum, value_name = "KIND")]
    pub(crate) kind: Option<SchemaKind>,

    /// The language of descriptions [default: that of the workspace in which the command runs, else English]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaKind {
    /// scorebook.yaml
    Config,
    /// Files in objectives/
    Objective,
    /// Files in kpis/
    Kpi,
    /// Files in check-ins/
    CheckIn,
    /// Files in departments/
    Department,
    /// Files in people/
    Person,
    /// Files in reports/
    Report,
    /// Files in pages/
    Page,
    /// What `export` prints
    Export,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// With the line and a caret
    Human,
    /// `path:line:column: severity[code]: message`, one line a finding
    Short,
    /// `{"findings": […]}`
    Json,
    /// Workflow commands: notes at the lines of a pull request
    Github,
    /// A Code Quality report
    Gitlab,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// A test report: a file with findings is a test case
    Junit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings count like errors
    Warnings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One document, FORMAT.md §8
    Json,
    /// One file a table, as Excel opens it in the language's country
    Csv,
    /// One workbook: a sheet a table, and one that explains every column
    Xlsx,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Audience {
    /// Everybody, also outside the company
    Public,
    /// The company
    Internal,
    /// Those whom it concerns
    Restricted,
}

impl From<Audience> for Visibility {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Public => Self::Public,
            Audience::Internal => Self::Internal,
            Audience::Restricted => Self::Restricted,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Sets it for both streams; `NO_COLOR` holds in `auto`.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

fn day(text: &str) -> Result<Date, String> {
    parse_day(text).ok_or_else(|| "write year-month-day, like 2026-08-14".to_owned())
}
