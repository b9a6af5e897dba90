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
    /// Write forms that staff fill in: on paper, or as workbooks that `import` reads back
    Forms(Forms),
    /// Make Markdown files out of the sheet that a company already has
    Import(ImportArgs),
    /// Make a new workspace from a template; with --ci the recipe that publishes one
    Init(Init),
    /// Make a file to fill in: an objective, a KPI, a check-in, a department, a person, the next period
    New(New),
    /// Write the report of a month or a period
    Report(Report),
    /// Write KPI sheets to print and sign
    Sheet(Sheet),
    /// Print what may stand in a file, as JSON Schema for editors
    Schema(Schema),
    /// Show the templates that `init` starts from
    Template(TemplateArgs),
    /// Change how the site looks: list, copy out, see the data
    Theme(ThemeArgs),
}

/// What goes with every command that computes.
#[derive(Args, Clone, Debug)]
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

#[derive(Args, Clone, Debug)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) common: Common,

    /// Where to write it [default: what scorebook.yaml says, else `site` in the workspace]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Write nothing when there is an error
    #[arg(long)]
    pub(crate) strict: bool,

    /// PATH is a folder of workspaces: build each to a folder of its own below --out
    #[arg(long, requires = "out")]
    pub(crate) all: bool,

    /// Write the coach's overview of all of them there, outside of what clients see
    #[arg(long, value_name = "DIR", requires = "all")]
    pub(crate) overview: Option<PathBuf>,

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

    /// What it starts from: the name of a built-in template (see `template list`), a folder, a .zip [default: trong]
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) from: Option<String>,

    /// The workspace's language [default: that in which the template was named, else the machine's]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,

    /// An answer to what the template asks, like company="Tre Xanh"; company, quarter and accent are always known
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) var: Vec<String>,

    /// With a closed and a running quarter, to be shown
    #[arg(long)]
    pub(crate) demo: bool,

    /// The company's picture: an SVG, PNG, JPEG or WebP file
    #[arg(long, value_name = "FILE")]
    pub(crate) logo: Option<PathBuf>,

    /// Write the recipe with which this host's jobs publish the workspace; alone, nothing else
    #[arg(long, value_enum, value_name = "HOST")]
    pub(crate) ci: Option<Ci>,
}

impl Init {
    /// The new workspace as other commands are told of one.
    pub(crate) fn common(&self) -> Common {
        Common { path: self.dir.clone(), as_of: None, audience: None, language: None, drafts: false }
    }
}

#[derive(Args, Debug)]
pub(crate) struct ThemeArgs {
    #[command(subcommand)]
    pub(crate) what: ThemeWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeWhat {
    /// Name the built-in files that a workspace can lay its own over
    List,
    /// Copy one of them to themes/NAME/ to be changed
    Eject(ThemeEject),
    /// Print what a template sees, of the first page that it makes
    Data(ThemeData),
}

#[derive(Args, Debug)]
pub(crate) struct ThemeEject {
    /// Which, as `theme list` names it, like templates/page.html
    #[arg(value_name = "FILE")]
    pub(crate) file: String,

    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct ThemeData {
    /// Which, like objective.html
    #[arg(value_name = "TEMPLATE")]
    pub(crate) template: String,

    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct TemplateArgs {
    #[command(subcommand)]
    pub(crate) what: TemplateWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TemplateWhat {
    /// Name the built-in templates
    List(TemplateList),
    /// Say what a template holds and asks
    Show(TemplateShow),
    /// Make a template out of a workspace, and take the client out
    Pack(TemplatePack),
}

#[derive(Args, Debug)]
pub(crate) struct TemplateList {
    /// The language [default: that of the workspace in which the command runs, else English]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct TemplatePack {
    #[command(flatten)]
    pub(crate) common: Common,

    /// Where to write it: a .zip file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// A word or a figure that is no secret and stays, like "ISO 9001"; may be given several times
    #[arg(long, value_name = "WHAT")]
    pub(crate) keep: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct TemplateShow {
    /// The name of a built-in template, a folder, a .zip
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// The language [default: that in which the template was named]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
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
    /// An objective with its key results
    Objective(NewObjectiveArgs),
    /// A KPI
    Kpi(NewKpiArgs),
    /// A check-in that lists its objective's key results with their last values
    CheckIn(NewCheckIn),
    /// A department
    Department(NewDepartmentArgs),
    /// A person
    Person(NewPersonArgs),
    /// The next period: what the closing check-ins of one carry on, as drafts
    Period(NewPeriod),
}

#[derive(Args, Debug)]
pub(crate) struct NewCheckIn {
    /// The objective's id; on a terminal it is asked for when none is named
    #[arg(value_name = "OBJECTIVE")]
    pub(crate) objective: Option<String>,

    #[command(flatten)]
    pub(crate) common: Common,

    /// Its day [default: the day as of which is computed]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Date>,

    /// Who writes it, by id [default: the objective's owner]
    #[arg(long, value_name = "ID")]
    pub(crate) author: Option<String>,

    /// A key result's value, like doanh-so=6; may be given several times
    #[arg(long, value_name = "KR=VALUE")]
    pub(crate) value: Vec<String>,

    /// A KPI's value, like doanh-so=452tr, or of another period doanh-so@2026-09=452tr; may be given several times
    #[arg(long, value_name = "KPI[@PERIOD]=VALUE")]
    pub(crate) kpi: Vec<String>,

    /// How sure, 0 to 10
    #[arg(long, value_name = "N")]
    pub(crate) confidence: Option<String>,

    /// What is finished; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub(crate) finished: Vec<String>,

    /// What got in the way; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub(crate) blocked: Vec<String>,

    /// What was decided
    #[arg(long, value_name = "TEXT")]
    pub(crate) decision: Option<String>,

    /// What is next, like "Call the supplier; lan; 2026-08-21"; may be given several times
    #[arg(long, value_name = "WHAT;WHO;BY")]
    pub(crate) next: Vec<String>,

    /// Why, in a sentence or two
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
}

impl NewCheckIn {
    /// Whether no flag answers any of the week's questions.
    pub(crate) fn has_no_answer(&self) -> bool {
        let Self { objective: _, common: _, date: _, author: _, value, kpi, confidence, finished, blocked, decision, next, note } = self;
        let lists = [value, kpi, finished, blocked, next].into_iter().all(Vec::is_empty);
        lists && [confidence, decision, note].into_iter().all(Option::is_none)
    }
}

#[derive(Args, Debug)]
pub(crate) struct NewObjectiveArgs {
    /// Its id [default: made from the title]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) common: Common,

    /// What should change, in words
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,

    /// When [default: the running quarter]
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Whose, by id; `company` is the whole company
    #[arg(long, value_name = "ID")]
    pub(crate) department: Option<String>,

    /// Who answers for it, by id
    #[arg(long, value_name = "ID")]
    pub(crate) owner: Option<String>,

    /// The objective that it serves, by id
    #[arg(long, value_name = "ID")]
    pub(crate) parent: Option<String>,

    /// A key result: "Title; 28 -> 36; %", "Title; >= 80; %", "Title; steps: plan, pilot", "Title; done by 2026-12-15"
    #[arg(long, value_name = "TEXT")]
    pub(crate) key_result: Vec<String>,

    /// Why it matters
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct NewKpiArgs {
    /// Its id [default: made from the title]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) common: Common,

    /// As people call it
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,

    /// Whose, by id
    #[arg(long, value_name = "ID")]
    pub(crate) department: Option<String>,

    /// Who answers for it, by id
    #[arg(long, value_name = "ID")]
    pub(crate) owner: Option<String>,

    /// Of its values, like % or VND
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,

    /// Which way is better [default: higher]
    #[arg(long, value_enum, value_name = "WAY")]
    pub(crate) better: Option<Better>,

    /// How often it has a value [default: month]
    #[arg(long, value_enum, value_name = "SPAN")]
    pub(crate) every: Option<EverySpan>,

    /// What it should be; given twice, the range of `within`
    #[arg(long, value_name = "VALUE")]
    pub(crate) target: Vec<String>,

    /// Its share in the owner's KPI sheet, like 30%
    #[arg(long, value_name = "SHARE")]
    pub(crate) weight: Option<String>,

    /// The objective that is its compass, by id
    #[arg(long, value_name = "ID")]
    pub(crate) supports: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Better {
    /// The more the better
    Higher,
    /// The less the better
    Lower,
    /// Inside a range
    Within,
}

impl Better {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Within => "within",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EverySpan {
    /// Every week
    Week,
    /// Every month
    Month,
    /// Every quarter
    Quarter,
}

impl EverySpan {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct NewDepartmentArgs {
    /// Its id [default: made from the name]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) common: Common,

    /// As people call it
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: Option<String>,

    /// Who leads it, by id
    #[arg(long, value_name = "ID")]
    pub(crate) lead: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct NewPersonArgs {
    /// Their id [default: made from the name]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,

    #[command(flatten)]
    pub(crate) common: Common,

    /// As they are called
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: Option<String>,

    /// Where they work, by id
    #[arg(long, value_name = "ID")]
    pub(crate) department: Option<String>,

    /// What they do
    #[arg(long, value_name = "TEXT")]
    pub(crate) role: Option<String>,
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
pub(crate) struct Forms {
    #[command(flatten)]
    pub(crate) common: Common,

    /// Only this person's, by id
    #[arg(long, value_name = "ID", conflicts_with = "department")]
    pub(crate) person: Option<String>,

    /// Only this department's, by id
    #[arg(long, value_name = "ID")]
    pub(crate) department: Option<String>,

    /// In which form
    #[arg(long, value_enum, default_value_t = FormsFormat::Html, value_name = "FORMAT")]
    pub(crate) format: FormsFormat,

    /// Where to write them [default: forms/ in the workspace]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormsFormat {
    /// Pages of A4 to print: check-in, objective, KPI sheets, review
    Html,
    /// The same as workbooks; the check-in is one for each department, which `import` reads back
    Xlsx,
    /// The check-in as tables
    Csv,
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
