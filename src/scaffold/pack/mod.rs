//! A template out of a workspace, without the client.
//!
//! Nothing is copied and then cleaned: a template is written anew from what may stay – the titles of goals, how they are
//! measured, the company's own pages – and each of those texts is looked through. Whatever is not on that list is left out.

mod prose;
mod scrub;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Id, Kpi, Measure, Objective, Period, State, Visibility, Workspace},
    source::{Head, SourceFile, parse},
    words::yaml,
};

pub use scrub::Secret;
use scrub::{Scrubbed, Scrubber};

/// A template, and what it cost.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// Path to text.
    pub files: BTreeMap<String, String>,
    /// What was taken out: of which file, on which line, what it was.
    pub taken: Vec<Taken>,
    /// What was left in and looks like a name or a figure: where in the template, and what.
    pub left: Vec<(String, String)>,
}

/// Something that is not in the template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// The client's file.
    pub file: String,
    /// From 1; 0 is all of it.
    pub line: u32,
    /// What.
    pub what: Gone,
}

/// What can be gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// A key of front matter or settings with all that stands in it.
    Key(String),
    /// Words in a text that stays.
    Words(Secret, String),
    /// The text below the front matter.
    Text,
    /// The whole file, with the key of the words that say why.
    File(&'static str),
}

/// A file of the client's as it lies there.
#[derive(Clone, Copy, Debug)]
pub struct ClientFile<'a> {
    /// From the root, with `/`.
    pub path: &'a str,
    /// Its bytes, of a text.
    pub bytes: Option<&'a [u8]>,
}

/// Keys that stay, whatever stands beside them.
const SETTINGS: [&str; 9] = [
    "title",
    "format",
    "language",
    "more_languages",
    "currency",
    "check_in_every",
    "departments",
    "fiscal_year_start",
    "fiscal_year_named_by",
];
const OBJECTIVE: [&str; 9] = ["type", "id", "title", "period", "department", "commitment", "parent", "key_results", "initiatives"];
const KPI: [&str; 12] =
    ["type", "id", "title", "department", "unit", "better", "every", "aggregate", "weight", "group", "supports", "pay_linked"];
const PAGE: [&str; 4] = ["type", "id", "title", "order"];
const DEPARTMENT: [&str; 4] = ["type", "id", "name", "title"];

struct Packer<'a> {
    workspace: &'a Workspace,
    scrubber: Scrubber,
    ids: Ids,
    pack: Pack,
    /// Objectives that stay, by place.
    stays: BTreeSet<usize>,
}

/// New ids of what stays, none twice.
#[derive(Default)]
struct Ids {
    objectives: BTreeMap<Id, String>,
    kpis: BTreeMap<Id, String>,
    departments: BTreeMap<Id, String>,
    pages: BTreeMap<Id, String>,
}

/// Packs a workspace. `home` is the period that its home shows, from which on goals stay; `keep` names words and figures
/// that are no secret.
pub fn pack(workspace: &Workspace, home: &Period, files: &[ClientFile<'_>], keep: &[String]) -> Pack {
    let base = Period::quarter_of(home.first(), workspace.config.calendar).unwrap_or_else(|| home.clone());
    let scrubber = Scrubber::new(workspace, base.clone(), keep);
    let stays = |it: &Objective| {
        it.period.last() >= base.first() && it.visibility != Visibility::Restricted && scrubber.period(&it.period).is_some()
    };
    let stays: BTreeSet<usize> = (0..workspace.objectives.len()).filter(|at| stays(&workspace.objectives[*at])).collect();
    let mut packer = Packer { workspace, scrubber, ids: Ids::default(), pack: Pack::default(), stays };
    packer.name_all();
    packer.settings();
    for at in packer.stays.clone() {
        packer.objective(&workspace.objectives[at]);
    }
    for kpi in workspace.kpis.iter().filter(|it| kpi_stays(it)) {
        packer.kpi(kpi);
    }
    for page in workspace.pages.iter().filter(|it| it.visibility != Visibility::Restricted) {
        packer.page(page);
    }
    packer.list(files);
    let mut pack = packer.pack;
    pack.taken.sort();
    pack.taken.dedup();
    pack.left.sort();
    pack.left.dedup();
    pack
}

/// A KPI that is tied to pay is restricted by itself; one that somebody restricted is a secret.
fn kpi_stays(kpi: &Kpi) -> bool {
    kpi.pay_linked || kpi.visibility != Visibility::Restricted
}

fn named<'a>(ids: impl Iterator<Item = (&'a Id, String)>, plain: &str) -> BTreeMap<Id, String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut all = BTreeMap::new();
    for (id, name) in ids {
        let name = if name.is_empty() { plain.to_owned() } else { name };
        let free = (1_usize..).map(|n| if n == 1 { name.clone() } else { format!("{name}-{}", letters(n)) }).find(|it| !taken.contains(it));
        let name = free.expect("there are more numbers than names");
        taken.insert(name.clone());
        all.insert(id.clone(), name);
    }
    all
}

/// 2 is `b`, 27 `aa`: a figure in an id could be taken for the client's.
fn letters(mut n: usize) -> String {
    let mut text = String::new();
    while n > 0 {
        n -= 1;
        text.insert(0, char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
    }
    text
}

impl Packer<'_> {
    fn name_all(&mut self) {
        let Self { workspace, scrubber, .. } = self;
        let objectives = self.stays.iter().map(|at| &workspace.objectives[*at].id).map(|id| (id, scrubber.id(id)));
        self.ids.objectives = named(objectives, "objective");
        let kpis = workspace.kpis.iter().filter(|it| kpi_stays(it)).map(|it| (&it.id, scrubber.id(&it.id)));
        self.ids.kpis = named(kpis, "kpi");
        self.ids.departments =
            named(workspace.departments.iter().filter(|it| it.name.is_some()).map(|it| (&it.id, scrubber.id(&it.id))), "department");
        self.ids.pages = named(workspace.pages.iter().map(|it| (&it.id, scrubber.id(&it.id))), "page");
    }

    /// A text that stays, looked through; what it was rid of is told at its line.
    fn scrubbed(&mut self, text: &str, file: &str, line: u32, target: &str) -> String {
        let Scrubbed { text, taken, left } = self.scrubber.text(text);
        self.told(taken, left, file, line, target);
        text
    }

    fn told(&mut self, taken: Vec<(Secret, String)>, left: Vec<String>, file: &str, line: u32, target: &str) {
        let gone = taken.into_iter().map(|(secret, was)| Taken { file: file.to_owned(), line, what: Gone::Words(secret, was) });
        self.pack.taken.extend(gone);
        self.pack.left.extend(left.into_iter().map(|it| (target.to_owned(), it)));
    }

    fn settings(&mut self) {
        let config = &self.workspace.config;
        let language = config.language.clone();
        let mut text = format!("title: \"{{{{ company }}}}\"\nlanguage: {}\n", yaml::text(&language));
        if !config.more_languages.is_empty() {
            let all: Vec<String> = config.more_languages.iter().map(|it| yaml::text(it)).collect();
            text.push_str(&format!("more_languages: [{}]\n", all.join(", ")));
        }
        if let Some(currency) = &config.currency {
            text.push_str(&format!("currency: {}\n", yaml::text(currency)));
        }
        let rhythm = match config.check_in_every {
            crate::model::Cadence::Week => "week",
            crate::model::Cadence::TwoWeeks => "2 weeks",
            crate::model::Cadence::Month => "month",
        };
        text.push_str(&format!("check_in_every: {rhythm}\n"));
        let calendar = fiscal_year(config.calendar);
        text.push_str(&calendar);
        let mut departments = String::new();
        for it in self.workspace.departments.iter().filter(|it| it.source.is_some()) {
            let (Some(id), Some(name)) = (self.ids.departments.get(&it.id).cloned(), &it.name) else { continue };
            let (file, line) = it.source.as_ref().map_or(("scorebook.yaml".to_owned(), 1), |it| (it.path.to_string(), it.line));
            let name = self.scrubbed(name, &file, line, "scorebook.yaml");
            departments.push_str(&format!("  {id}: {{name: {}}}\n", yaml::quoted(&name)));
        }
        if !departments.is_empty() {
            text.push_str(&format!("departments:\n{departments}"));
        }
        self.pack.files.insert(format!("{language}/scorebook.yaml"), text);
        let manifest =
            format!("format: 1\nname: {{vi: Mẫu đã đóng gói, en: A packed template}}\nlanguages: [{}]\n{calendar}", yaml::text(&language));
        self.pack.files.insert("template.yaml".to_owned(), manifest);
    }

    fn in_language(&self, path: &str) -> String {
        format!("{}/{path}", self.workspace.config.language)
    }

    fn department(&self, id: Option<&Id>) -> Option<String> {
        let id = id?;
        if id.as_str() == "company" { Some("company".to_owned()) } else { self.ids.departments.get(id).cloned() }
    }

    fn objective(&mut self, objective: &Objective) {
        let Some(period) = self.scrubber.period(&objective.period) else { return };
        let id = self.ids.objectives[&objective.id].clone();
        let department = self.department(objective.department.as_ref());
        let folder = department.as_ref().map(|it| format!("{it}/")).unwrap_or_default();
        let path = self.in_language(&format!("objectives/{{{{ {period} }}}}/{folder}{id}.md"));
        let file = objective.source.path.to_string();
        let mut text = format!("---\nperiod: \"{{{{ {period} }}}}\"\n");
        if let Some(department) = &department {
            text.push_str(&format!("department: {}\n", yaml::text(department)));
        }
        text.push_str("# owner:\n");
        if objective.commitment == crate::model::Commitment::Committed {
            text.push_str("commitment: committed\n");
        }
        let parent = objective.parent.filter(|it| self.stays.contains(&it.objective.0));
        if let Some(parent) = parent {
            let id = &self.ids.objectives[&self.workspace.objective(parent.objective).id];
            text.push_str(&format!("parent: {}\n", yaml::text(id)));
        }
        if objective.state == State::Draft {
            text.push_str("status: draft\n");
        }
        if !objective.key_results.is_empty() {
            text.push_str("key_results:\n");
        }
        for it in objective.key_results.iter().filter(|it| !it.cancelled) {
            let title = self.scrubbed(&it.title, &file, it.title_at.line, &path);
            text.push_str(&format!("  - title: {}\n", yaml::quoted(&title)));
            if let Some(unit) = &it.unit {
                let unit = self.scrubbed(unit.as_str(), &file, it.source.line, &path);
                text.push_str(&format!("    unit: {}\n", yaml::quoted(&unit)));
            }
            text.push_str(&self.measure(&it.measure, &file, it.source.line, &path));
        }
        if !objective.initiatives.is_empty() {
            text.push_str("initiatives:\n");
        }
        for it in &objective.initiatives {
            let title = self.scrubbed(&it.title, &file, it.at.line, &path);
            text.push_str(&format!("  - title: {}\n", yaml::quoted(&title)));
        }
        let title = self.scrubbed(&objective.title, &file, objective.title_at.line, &path);
        text.push_str(&format!("---\n# {}\n", prose::heading(&title)));
        self.pack.files.insert(path, text);
    }

    /// How it is measured, without a figure: those are the next client's own.
    fn measure(&mut self, measure: &Measure, file: &str, line: u32, path: &str) -> String {
        match measure {
            Measure::Metric { .. } | Measure::Unmeasured { .. } => "    # start:\n    # target:\n".to_owned(),
            Measure::Hold { low: Some(_), high: Some(_) } => "    # between: [low, high]\n".to_owned(),
            Measure::Hold { low: Some(_), high: None } => "    # at_least:\n".to_owned(),
            Measure::Hold { low: None, .. } => "    # at_most:\n".to_owned(),
            Measure::Done { .. } => "    kind: done\n    due: \"{{ quarter.last_day }}\"\n".to_owned(),
            Measure::Kpi { kpi, .. } => {
                let id = self.ids.kpis.get(&self.workspace.kpi(*kpi).id).cloned();
                id.map(|id| format!("    # kpi: {id}\n    # target:\n")).unwrap_or_default()
            }
            Measure::Milestones(steps) => {
                let mut text = "    milestones:\n".to_owned();
                for step in steps {
                    let title = self.scrubbed(&step.title, file, step.at.line.max(line), path);
                    text.push_str(&format!("      - title: {}\n", yaml::quoted(&title)));
                }
                text
            }
        }
    }

    fn kpi(&mut self, kpi: &Kpi) {
        let id = self.ids.kpis[&kpi.id].clone();
        let department = self.department(kpi.department.as_ref());
        let folder = department.as_ref().map(|it| format!("{it}/")).unwrap_or_default();
        let path = self.in_language(&format!("kpis/{folder}{id}.md"));
        let (file, line) = (kpi.source.path.to_string(), kpi.source.line);
        let mut text = "---\n".to_owned();
        if let Some(department) = &department {
            text.push_str(&format!("department: {}\n", yaml::text(department)));
        }
        text.push_str("# owner:\n");
        if let Some(unit) = &kpi.unit {
            let unit = self.scrubbed(unit.as_str(), &file, line, &path);
            text.push_str(&format!("unit: {}\n", yaml::quoted(&unit)));
        }
        text.push_str(&format!(
            "better: {}\nevery: {}\naggregate: {}\n# target:\n",
            kpi.better.name(),
            kpi.every.name(),
            kpi.aggregate.name()
        ));
        // A share of a sheet is the shape of the form, no figure of the client's; it is told all the same.
        if kpi.weight_in_percent && kpi.weight.fract() == 0.0 && (1.0..=100.0).contains(&kpi.weight) {
            text.push_str(&format!("weight: {}%\n", kpi.weight));
            self.pack.left.push((path.clone(), format!("weight: {}%", kpi.weight)));
        }
        if let Some(group) = &kpi.group {
            let group = self.scrubbed(group, &file, line, &path);
            text.push_str(&format!("group: {}\n", yaml::quoted(&group)));
        }
        let supports: Vec<String> = kpi
            .supports
            .iter()
            .filter(|it| self.stays.contains(&it.0))
            .map(|it| yaml::text(&self.ids.objectives[&self.workspace.objective(*it).id]))
            .collect();
        if !supports.is_empty() {
            text.push_str(&format!("supports: [{}]\n", supports.join(", ")));
        }
        if kpi.pay_linked {
            text.push_str("pay_linked: true\n");
        }
        let title = self.scrubbed(&kpi.title, &file, kpi.title_at.line, &path);
        text.push_str(&format!("---\n# {}\n", prose::heading(&title)));
        self.pack.files.insert(path, text);
    }

    fn page(&mut self, page: &crate::model::Page) {
        let id = self.ids.pages[&page.id].clone();
        let path = self.in_language(&format!("pages/{id}.md"));
        let file = page.text.source.path.to_string();
        let line = page.text.source.line;
        let title = self.scrubbed(&page.title, &file, line, &path);
        let Some(body) = prose::plain(&page.text.markdown) else {
            self.pack.taken.push(Taken { file, line: 0, what: Gone::File("pack.why.unsafe") });
            return;
        };
        let Scrubbed { text: body, taken, left } = self.scrubber.text(&body);
        for (secret, was) in taken {
            // The line on which it stood, as far as the words were not cut by markup.
            let below = page.text.markdown.lines().position(|it| it.contains(&was)).and_then(|it| u32::try_from(it).ok());
            self.told(vec![(secret, was)], Vec::new(), &file, line + below.unwrap_or(0), &path);
        }
        self.told(Vec::new(), left, &file, line, &path);
        let order = if page.order.is_finite() && page.order.fract() == 0.0 && page.order.abs() < 100.0 && page.order != 0.0 {
            format!("order: {}\n", page.order)
        } else {
            String::new()
        };
        self.pack.files.insert(path, format!("---\ntitle: {}\n{order}---\n{body}\n", yaml::quoted(&title)));
    }

    /// What of the client's files is not in the template.
    fn list(&mut self, files: &[ClientFile<'_>]) {
        let objectives: BTreeSet<&str> = self.stays.iter().map(|at| &*self.workspace.objectives[*at].source.path).collect();
        let kpis: BTreeSet<&str> = self.workspace.kpis.iter().filter(|it| kpi_stays(it)).map(|it| &*it.source.path).collect();
        let pages: BTreeSet<&str> =
            self.workspace.pages.iter().filter(|it| it.visibility != Visibility::Restricted).map(|it| &*it.text.source.path).collect();
        let departments: BTreeSet<&str> =
            self.workspace.departments.iter().filter_map(|it| it.source.as_ref()).map(|it| &*it.path).collect();
        let mut taken = Vec::new();
        for file in files {
            let (keys, text): (&[&str], bool) = match file.path {
                "scorebook.yaml" => (&SETTINGS, false),
                path if objectives.contains(path) => (&OBJECTIVE, true),
                path if kpis.contains(path) => (&KPI, true),
                path if pages.contains(path) => (&PAGE, false),
                path if departments.contains(path) => (&DEPARTMENT, true),
                path => {
                    taken.push(Taken { file: path.to_owned(), line: 0, what: Gone::File(why_left_out(path)) });
                    continue;
                }
            };
            taken.extend(keys_gone(file, keys));
            taken.extend(text.then(|| text_gone(file)).flatten());
        }
        self.pack.taken.extend(taken);
    }
}

fn fiscal_year(calendar: crate::model::Calendar) -> String {
    let mut text = String::new();
    if calendar.start_month != 1 {
        text.push_str(&format!("fiscal_year_start: {}\n", calendar.start_month));
    }
    if calendar.named_by == crate::model::YearName::End {
        text.push_str("fiscal_year_named_by: end\n");
    }
    text
}

fn why_left_out(path: &str) -> &'static str {
    let first = path.split('/').next().unwrap_or_default();
    match first {
        "check-ins" => "pack.why.check-in",
        "people" => "pack.why.person",
        "reports" => "pack.why.report",
        "objectives" => "pack.why.objective",
        "kpis" => "pack.why.kpi",
        _ if path.ends_with(".md") => "pack.why.text",
        _ => "pack.why.file",
    }
}

/// Keys of front matter, or of settings, that are not among those that stay.
fn keys_gone(file: &ClientFile<'_>, stay: &[&str]) -> Vec<Taken> {
    let Some(source) = file.bytes.and_then(|bytes| SourceFile::read(file.path, bytes.to_vec()).ok()) else { return Vec::new() };
    let (text, first) = match &source.head {
        Head::Found(range) => (&source.text[range.clone()], 2),
        Head::Missing | Head::Unclosed => (source.text.as_str(), 1),
    };
    let Ok(Some(root)) = parse(text, first) else { return Vec::new() };
    let gone = |key: &crate::source::Key<'_>| !stay.contains(&key.text.as_ref());
    let pairs = root.pairs().unwrap_or_default().iter().filter(|(key, _)| gone(key));
    pairs.map(|(key, _)| Taken { file: file.path.to_owned(), line: key.at.line, what: Gone::Key(key.text.to_string()) }).collect()
}

fn text_gone(file: &ClientFile<'_>) -> Option<Taken> {
    let source = SourceFile::read(file.path, file.bytes?.to_vec()).ok()?;
    let below = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    source.body().lines().any(|it| below(&it)).then(|| Taken { file: file.path.to_owned(), line: source.body_line, what: Gone::Text })
}
