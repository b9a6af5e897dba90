//! Plans the pages and renders them in parallel: a site is its paths and their bytes.
//!
//! Each file is handed on as soon as it is made – to a folder on the disk, or to a map in memory – so that a large
//! site is never held whole by a build. What becomes of the files is the taker's business.

mod changes;
mod feeds;
mod forms;
mod overview;
mod report;

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    compute::{self, Due, ReportOf, Scorecard, Sheet},
    diagnostic::{Code, Finding},
    export::{self, Figures, Form, FormGroup, FormLine, Forms, Stage, XlsxError},
    model::{Id, Period, PeriodKind, Workspace},
    render::{RenderError, Renderer},
    route::{Routes, SitePath},
    theme::{self, Theme},
    view::{self, SheetFor},
    words::Words,
};

pub use changes::changes;
pub use feeds::{due, due_calendar, due_json, rhythm_calendar};
pub use forms::{paper_forms, table_forms, workbook_forms};
pub use overview::overview;
pub use report::{ReportForm, report};

/// What a file of the site holds, as it is handed on.
pub enum Content<'a> {
    /// Made here.
    Bytes(&'a [u8]),
    /// Made while it is written: too long to be held.
    Written(&'a dyn Fn(&mut dyn Write) -> io::Result<()>),
    /// A file of the workspace, by its path, copied as it is.
    CopyOf(&'a str),
}

/// A file of a site in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// Made here.
    Bytes(Vec<u8>),
    /// A file of the workspace, by its path.
    CopyOf(String),
}

/// Why a site could not be built.
#[derive(Debug)]
pub enum BuildError<E> {
    /// A template fails: the theme is wrong, not the workspace.
    Render(RenderError),
    /// Whoever takes the files could not.
    Taken(E),
}

impl<E: std::fmt::Display> std::fmt::Display for BuildError<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Render(error) => error.fmt(f),
            Self::Taken(error) => error.fmt(f),
        }
    }
}

/// One half of the site, in one language.
pub struct Half {
    /// Its words.
    pub words: Words,
    /// Where its pages stand.
    pub routes: Routes,
}

/// What a site is built from.
pub struct Plan<'a> {
    /// All that was read.
    pub workspace: &'a Workspace,
    /// All that was computed.
    pub scorecard: &'a Scorecard,
    /// All that was found.
    pub findings: &'a [Finding],
    /// Warnings that their authors want to keep, with the reason of each.
    pub kept: &'a [(Finding, String)],
    /// The lines that findings speak of, by file and line, where they are known.
    pub quotes: &'a BTreeMap<(Arc<str>, u32), String>,
    /// The languages, the workspace's own first.
    pub halves: &'a [Half],
    /// The templates, the style and the words.
    pub theme: &'a Theme,
    /// The program's version, for the footer.
    pub version: &'a str,
}

/// What a build came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// How many pages there are.
    pub pages: usize,
    /// What is wrong with a workspace's own templates: the built-in ones served.
    pub mistakes: Vec<String>,
}

/// One page to be made.
#[derive(Clone, Copy, Debug)]
enum Job<'a> {
    Home,
    Period(usize),
    DepartmentIn(usize, usize),
    Department(usize),
    Objective(usize),
    Kpis,
    Kpi(usize),
    Reports,
    Report(usize),
    Person(usize),
    Own(usize),
    Problems,
    Guide(Code),
    Guides,
    Manual(view::Manual),
    Moved(&'a Id, usize),
    MovedKpi(&'a Id, usize),
}

/// Where a page stands and which files of the workspace it names.
struct Rendered {
    path: SitePath,
    files: Vec<String>,
}

/// So many pages does a thread make before another may take what is left.
const STRETCH: usize = 4;

thread_local! {
    static PLACE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Renders the whole site into memory, by path.
///
/// # Errors
/// When a template fails.
pub fn in_memory(plan: &Plan<'_>) -> Result<BTreeMap<String, File>, RenderError> {
    let files: Mutex<BTreeMap<String, File>> = Mutex::default();
    let take = |path: &SitePath, content: Content<'_>| {
        let file = match content {
            Content::Bytes(bytes) => File::Bytes(bytes.to_vec()),
            Content::Written(write) => {
                let mut bytes = Vec::new();
                write(&mut bytes)?;
                File::Bytes(bytes)
            }
            Content::CopyOf(path) => File::CopyOf(path.to_owned()),
        };
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_string(), file);
        Ok::<(), io::Error>(())
    };
    match build(plan, &|_, _| {}, &take) {
        Ok(_) => Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner)),
        Err(BuildError::Render(error)) => Err(error),
        Err(BuildError::Taken(error)) => panic!("memory takes every byte: {error}"),
    }
}

/// KPI sheets as one page that needs nothing else.
///
/// # Errors
/// When the template fails.
pub fn sheets(plan: &Plan<'_>, sheets: &[Sheet], purpose: SheetFor) -> Result<Vec<u8>, RenderError> {
    let half = plan.halves.first().expect("a plan has a language");
    let compass = view::Compass::of(plan.workspace);
    let page = view::sheets_page(&frame(plan, half, Shared { compass: &compass, reports: &[], due: &[], twins: &[] }), sheets, purpose);
    let mut bytes = Vec::new();
    Renderer::new(plan.theme)?.page("sheet.html", &page, &mut bytes)?;
    Ok(bytes)
}

/// KPI sheets as a workbook that calculates, with the words of the page.
///
/// # Errors
/// When Excel has no room for them.
pub fn sheets_workbook(plan: &Plan<'_>, sheets: &[Sheet], purpose: SheetFor) -> Result<Vec<u8>, XlsxError> {
    let half = plan.halves.first().expect("a plan has a language");
    let compass = view::Compass::of(plan.workspace);
    let page = view::sheets_page(&frame(plan, half, Shared { compass: &compass, reports: &[], due: &[], twins: &[] }), sheets, purpose);
    let view::SheetsPage { language: _, company, title, sheets: views, foot } = page;
    let forms = sheets.iter().zip(views).map(|(sheet, view)| form(plan, sheet, view, purpose)).collect();
    let figures = Figures { workspace: plan.workspace, scorecard: plan.scorecard, findings: plan.findings, words: &half.words };
    export::forms_xlsx(&figures, &Forms { company, title, foot, sheets: forms })
}

fn form<'a>(plan: &Plan<'_>, sheet: &'a Sheet, view: view::SheetView, purpose: SheetFor) -> Form<'a> {
    // Figures as words are for paper: the workbook has its own.
    let view::SheetView {
        title,
        facts,
        head,
        groups,
        total_label,
        total: _,
        total_how,
        grade: _,
        guides_label,
        guides,
        comments,
        signs,
        sign_how,
    } = view;
    let stage = match purpose {
        SheetFor::Assigning => Stage::Assigning,
        SheetFor::Assessing if sheet.month.last() < plan.scorecard.as_of => Stage::Over,
        SheetFor::Assessing => Stage::Running,
    };
    let groups = groups.into_iter().map(|view::SheetGroup { heading, rows }| FormGroup {
        heading,
        lines: rows.into_iter().map(|line| FormLine { row: line.row, explanation: line.explanation }).collect(),
    });
    Form {
        sheet,
        stage,
        title,
        facts,
        head,
        groups: groups.collect(),
        total: (total_label, total_how),
        guides_label,
        guides: guides.into_iter().map(|it| format!("{} · {} {}", it.link.text, it.status.word, it.progress)).collect(),
        comments,
        signs,
        sign_how,
    }
}

/// What all pages of a half share besides.
#[derive(Clone, Copy)]
struct Shared<'a> {
    compass: &'a view::Compass,
    reports: &'a [Period],
    due: &'a [Due],
    twins: &'a [(Routes, String, String)],
}

fn company_style(plan: &Plan<'_>) -> String {
    let company = plan.workspace.config.brand.name.as_ref().or(plan.workspace.config.title.as_ref());
    theme::company_style(company.map_or("", String::as_str), plan.workspace.config.brand.accent.as_deref())
}

fn frame<'a>(plan: &'a Plan<'_>, half: &'a Half, shared: Shared<'a>) -> view::Site<'a> {
    let Shared { compass, reports, due, twins } = shared;
    view::Site {
        workspace: plan.workspace,
        scorecard: plan.scorecard,
        compass,
        reports,
        due,
        findings: plan.findings,
        kept: plan.kept,
        quotes: plan.quotes,
        words: &half.words,
        routes: &half.routes,
        twins,
        version: plan.version,
    }
}

/// Renders every page and hands each file to `take`, in no order, from any thread. `progress` hears how many of how many
/// pages are done.
///
/// # Errors
/// When a template fails, or `take` does.
pub fn build<E: Send>(
    plan: &Plan<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    take: &(dyn Fn(&SitePath, Content<'_>) -> Result<(), E> + Sync),
) -> Result<Built, BuildError<E>> {
    let (renderer, pages) = build_with(Renderer::new, plan, progress, take)?;
    Ok(Built { pages, mistakes: renderer.mistakes() })
}

/// What each template sees, page by page, by the template's name: for whoever writes one.
///
/// # Errors
/// When a template fails.
pub fn template_data(plan: &Plan<'_>) -> Result<BTreeMap<String, Vec<serde_json::Value>>, RenderError> {
    let nowhere = |_: &SitePath, _: Content<'_>| Ok::<(), io::Error>(());
    match build_with(Renderer::seeing, plan, &|_, _| {}, &nowhere) {
        Ok((renderer, _)) => Ok(renderer.seen()),
        Err(BuildError::Render(error)) => Err(error),
        Err(BuildError::Taken(error)) => panic!("nothing is written: {error}"),
    }
}

/// The renderer that was used, and how many pages there are.
fn build_with<E: Send>(
    renderer: fn(&Theme) -> Result<Renderer, RenderError>,
    plan: &Plan<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    take: &(dyn Fn(&SitePath, Content<'_>) -> Result<(), E> + Sync),
) -> Result<(Renderer, usize), BuildError<E>> {
    // Templates need no workspace.
    let (renderer, (periods, children, compass)) = rayon::join(
        || renderer(plan.theme),
        || (compute::reported(plan.workspace, plan.scorecard), children(plan.workspace), view::Compass::of(plan.workspace)),
    );
    let renderer = renderer.map_err(BuildError::Render)?;
    let jobs = jobs(plan, &periods);
    let twins: Vec<_> = (0..plan.halves.len()).map(|at| twins(plan, at)).collect();
    let due = owed(plan);
    let shared = |twins| Shared { compass: &compass, reports: &periods, due: &due, twins };
    let frames: Vec<_> = plan.halves.iter().zip(&twins).map(|(half, twins)| frame(plan, half, shared(twins))).collect();
    let reports = reports(plan, &frames, &periods);
    let done = AtomicUsize::new(0);
    let total = jobs.len() * plan.halves.len();
    let mut named: BTreeSet<String> = BTreeSet::new();
    for ((half, frame), reports) in plan.halves.iter().zip(&frames).zip(&reports) {
        let made = Made { reports, children: &children };
        let page = |job: &Job<'_>| -> Result<Vec<String>, BuildError<E>> {
            // Each thread writes all its pages into one place: growing a new one for each would cost more than filling it.
            let mut bytes = PLACE.take();
            bytes.clear();
            let Rendered { path, files } = render(&renderer, frame, *job, made, &mut bytes).map_err(BuildError::Render)?;
            take(&path, Content::Bytes(&bytes)).map_err(BuildError::Taken)?;
            PLACE.set(bytes);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Ok(files)
        };
        // In short stretches: a thread that has taken a long one would still be at it when all others are done.
        let pages = || jobs.par_iter().with_max_len(STRETCH).map(page).collect::<Result<Vec<Vec<String>>, BuildError<E>>>();
        let data = || {
            let write = |out: &mut dyn Write| export::json(out, plan.workspace, plan.scorecard, plan.findings, &half.words);
            take(&half.routes.data(), Content::Written(&write)).map_err(BuildError::Taken)
        };
        let beside = || -> Result<(), BuildError<E>> {
            data()?;
            for (path, bytes) in feeds::beside(frame) {
                take(&path, Content::Bytes(&bytes)).map_err(BuildError::Taken)?;
            }
            Ok(())
        };
        let (files, beside) = rayon::join(pages, beside);
        beside?;
        named.extend(files?.into_iter().flatten());
    }
    for (path, file) in other_files(plan, named, &periods) {
        let content = match &file {
            File::Bytes(bytes) => Content::Bytes(bytes),
            File::CopyOf(path) => Content::CopyOf(path),
        };
        take(&path, content).map_err(BuildError::Taken)?;
    }
    Ok((renderer, total))
}

/// The other halves of the site: where they stand, and what their languages call themselves.
fn twins(plan: &Plan<'_>, at: usize) -> Vec<(Routes, String, String)> {
    let others = plan.halves.iter().enumerate().filter(|(other, _)| *other != at);
    others.map(|(_, other)| (other.routes.clone(), other.words.language().to_owned(), other.words.word("language.name"))).collect()
}

/// What is owed to the end of the running period, and at least for the week ahead, that people's pages show.
fn owed(plan: &Plan<'_>) -> Vec<Due> {
    let as_of = plan.scorecard.as_of;
    let week = as_of.checked_add(jiff::Span::new().days(7)).unwrap_or(as_of);
    let home = plan.scorecard.home().map(|at| plan.scorecard.periods[at].period.last());
    compute::due(plan.workspace, plan.scorecard, home.unwrap_or(week).max(week))
}

/// So many months follow one another on a thread: the figures of one are those with which the next begins.
const ROW: usize = 4;

/// The reports of every half, by half. The facts of one are as large as a scorecard: they go as soon as the next is made.
fn reports(plan: &Plan<'_>, frames: &[view::Site<'_>], periods: &[Period]) -> Vec<Vec<view::Made<view::ReportPage>>> {
    type Pages = Vec<view::Made<view::ReportPage>>;
    let (months, others): (Vec<usize>, Vec<usize>) = (0..periods.len()).partition(|at| matches!(periods[*at].kind(), PeriodKind::Month(_)));
    let in_row = |places: &[usize]| -> Vec<(usize, Pages)> {
        let mut last: Option<compute::Report> = None;
        let mut all = Vec::with_capacity(places.len());
        for at in places {
            let period = periods[*at].clone();
            let report = compute::report_after(plan.workspace, plan.scorecard, period, ReportOf::Company, last.as_ref());
            all.push((*at, frames.iter().map(|site| view::report_page(site, &report)).collect()));
            last = Some(report);
        }
        all
    };
    let rows: Vec<&[usize]> = months.chunks(ROW).chain(others.chunks(1)).collect();
    let mut made: Vec<(usize, Pages)> = rows.into_par_iter().with_max_len(1).flat_map_iter(in_row).collect();
    made.sort_by_key(|(at, _)| *at);
    let mut by_period: Vec<_> = made.into_iter().map(|(_, pages)| pages.into_iter()).collect();
    frames.iter().map(|_| by_period.iter_mut().filter_map(Iterator::next).collect()).collect()
}

fn jobs<'a>(plan: &Plan<'a>, reports: &[Period]) -> Vec<Job<'a>> {
    let (workspace, scorecard) = (plan.workspace, plan.scorecard);
    // The longest first, so that no thread is left with one of them at the end.
    let mut jobs = vec![Job::Home, Job::Problems];
    jobs.extend((0..scorecard.periods.len()).map(Job::Period));
    for (department, score) in scorecard.departments.iter().enumerate() {
        jobs.push(Job::Department(department));
        jobs.extend((0..score.periods.len()).map(|at| Job::DepartmentIn(department, at)));
    }
    let shown = |at: &usize| {
        scorecard.drafts == crate::compute::Drafts::Included || scorecard.objectives[*at].status != crate::model::Status::Draft
    };
    jobs.extend((0..workspace.objectives.len()).filter(shown).map(Job::Objective));
    if !workspace.kpis.is_empty() {
        jobs.push(Job::Kpis);
        jobs.extend((0..workspace.kpis.len()).map(Job::Kpi));
    }
    if !reports.is_empty() {
        jobs.push(Job::Reports);
        jobs.extend((0..reports.len()).map(Job::Report));
    }
    jobs.extend((0..workspace.people.len()).map(Job::Person));
    jobs.extend((0..workspace.pages.len()).map(Job::Own));
    jobs.push(Job::Guides);
    jobs.extend(view::Manual::ALL.map(Job::Manual));
    jobs.extend(Code::ALL.iter().copied().map(Job::Guide));
    let ids: BTreeSet<&Id> = workspace.objectives.iter().map(|it| &it.id).collect();
    let mut moved: BTreeMap<&Id, usize> = BTreeMap::new();
    for (at, objective) in workspace.objectives.iter().enumerate() {
        for alias in objective.aliases.iter().filter(|alias| !ids.contains(alias)) {
            moved.entry(alias).or_insert(at);
        }
    }
    jobs.extend(moved.into_iter().map(|(alias, at)| Job::Moved(alias, at)));
    let kpis: BTreeSet<&Id> = workspace.kpis.iter().map(|it| &it.id).collect();
    let mut moved: BTreeMap<&Id, usize> = BTreeMap::new();
    for (at, kpi) in workspace.kpis.iter().enumerate() {
        for alias in kpi.aliases.iter().filter(|alias| !kpis.contains(alias)) {
            moved.entry(alias).or_insert(at);
        }
    }
    jobs.extend(moved.into_iter().map(|(alias, at)| Job::MovedKpi(alias, at)));
    jobs
}

/// Which objectives serve or carry on each one.
fn children(workspace: &Workspace) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); workspace.objectives.len()];
    for (at, objective) in workspace.objectives.iter().enumerate() {
        let parent = objective.parent.map(|link| link.objective);
        if let Some(parent) = parent {
            all[parent.0].push(at);
        }
        if let Some(earlier) = objective.continues.filter(|earlier| Some(*earlier) != parent) {
            all[earlier.0].push(at);
        }
    }
    all
}

/// What some pages are made from besides.
#[derive(Clone, Copy)]
struct Made<'a> {
    reports: &'a [view::Made<view::ReportPage>],
    /// Which objectives serve or carry on each one.
    children: &'a [Vec<usize>],
}

fn render(renderer: &Renderer, site: &view::Site<'_>, job: Job<'_>, made: Made<'_>, out: &mut Vec<u8>) -> Result<Rendered, RenderError> {
    match job {
        Job::Home => page(renderer, "quarter.html", view::home(site), out),
        Job::Period(at) => page(renderer, "quarter.html", view::quarter(site, at), out),
        Job::DepartmentIn(department, at) => page(renderer, "department-quarter.html", view::department_quarter(site, department, at), out),
        Job::Department(at) => page(renderer, "department.html", view::department(site, at), out),
        Job::Objective(at) => page(renderer, "objective.html", view::objective(site, at, &made.children[at]), out),
        Job::Kpis => page(renderer, "kpis.html", view::kpis(site), out),
        Job::Kpi(at) => page(renderer, "kpi.html", view::kpi(site, at), out),
        Job::Reports => page(renderer, "reports.html", view::reports(site, made.reports), out),
        Job::Report(at) => {
            let view::Made { path, view, files } = &made.reports[at];
            renderer.page("report.html", view, out)?;
            Ok(Rendered { path: path.clone(), files: files.clone() })
        }
        Job::Person(at) => page(renderer, "person.html", view::person(site, at), out),
        Job::Own(at) => page(renderer, "page.html", view::page(site, at), out),
        Job::Guide(code) => page(renderer, "guide.html", view::guide(site, code), out),
        Job::Manual(it) => page(renderer, "page.html", view::manual(site, it), out),
        Job::Guides => page(renderer, "guides.html", view::guides(site), out),
        Job::Problems => page(renderer, "problems.html", view::problems(site), out),
        Job::Moved(alias, at) => page(renderer, "moved.html", view::redirect(site, alias, &site.workspace.objectives[at]), out),
        Job::MovedKpi(alias, at) => page(renderer, "moved.html", view::redirect_kpi(site, alias, &site.workspace.kpis[at]), out),
    }
}

fn page<T: Serialize>(renderer: &Renderer, template: &str, made: view::Made<T>, out: &mut Vec<u8>) -> Result<Rendered, RenderError> {
    let view::Made { path, view, files } = made;
    renderer.page(template, &view, out)?;
    Ok(Rendered { path, files })
}

/// The theme's style, the company's own, and files of the workspace: those that texts name, and `static/` whole,
/// unless something of ours stands there.
fn other_files(plan: &Plan<'_>, named: BTreeSet<String>, reports: &[Period]) -> BTreeMap<SitePath, File> {
    let routes = Routes::own();
    let mut files = BTreeMap::new();
    for (name, bytes) in plan.theme.assets() {
        files.insert(routes.asset(name), File::Bytes(bytes.to_vec()));
    }
    files.insert(routes.asset("company.css"), File::Bytes(company_style(plan).into_bytes()));
    let logo = plan.workspace.logo().map(str::to_owned);
    for path in named.into_iter().chain(logo) {
        files.insert(routes.file(&path), File::CopyOf(path));
    }
    let ours: BTreeSet<String> = pages(plan, reports).iter().chain(files.keys()).map(SitePath::to_string).collect();
    for path in plan.workspace.assets.keys() {
        if let Some(rest) = path.strip_prefix("static/").filter(|rest| !is_in_the_way(rest, &ours)) {
            files.insert(routes.fixed(rest), File::CopyOf(path.clone()));
        }
    }
    files
}

/// Whether a file of ours stands at a path, in it as in a folder, or at a folder above it.
fn is_in_the_way(path: &str, ours: &BTreeSet<String>) -> bool {
    let folder = format!("{path}/");
    let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
    ours.contains(path)
        || above.any(|it| ours.contains(it))
        || ours.range(folder.clone()..).next().is_some_and(|it| it.starts_with(&folder))
}

/// Where pages and data stand; only looked at where an author's `static/` could stand in their way.
fn pages(plan: &Plan<'_>, reports: &[Period]) -> BTreeSet<SitePath> {
    if !plan.workspace.assets.keys().any(|path| path.starts_with("static/")) {
        return BTreeSet::new();
    }
    let of = |half: &Half| -> Vec<SitePath> {
        let at = |job: Job<'_>| job.path(plan, reports, &half.routes);
        let beside = feeds::paths(&half.routes, &plan.workspace.departments);
        jobs(plan, reports).into_iter().map(at).chain(beside).chain([half.routes.data()]).collect()
    };
    plan.halves.iter().flat_map(of).collect()
}

impl Job<'_> {
    /// Where the page stands.
    fn path(self, plan: &Plan<'_>, reports: &[Period], routes: &Routes) -> SitePath {
        let (workspace, scorecard) = (plan.workspace, plan.scorecard);
        match self {
            Self::Home => routes.home(),
            Self::Problems => routes.problems(),
            Self::Guide(code) => routes.guide(code.name()),
            Self::Guides => routes.guides(),
            Self::Manual(it) => routes.manual(it.name()),
            Self::Period(at) => routes.period(&scorecard.periods[at].period),
            Self::DepartmentIn(department, at) => {
                routes.department_in(&scorecard.departments[department].periods[at].period, &workspace.departments[department].id)
            }
            Self::Department(at) => routes.department(&workspace.departments[at].id),
            Self::Objective(at) => routes.objective(&workspace.objectives[at].id),
            Self::Kpis => routes.kpis(),
            Self::Kpi(at) => routes.kpi(&workspace.kpis[at].id),
            Self::Reports => routes.reports(),
            Self::Report(at) => routes.report(&reports[at]),
            Self::Person(at) => routes.person(&workspace.people[at].id),
            Self::Own(at) => routes.page(&workspace.pages[at].id),
            Self::Moved(alias, _) => routes.objective(alias),
            Self::MovedKpi(alias, _) => routes.kpi(alias),
        }
    }
}
