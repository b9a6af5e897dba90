//! Plans the pages and renders them in memory, in parallel: a site is its paths and their bytes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    compute::Scorecard,
    diagnostic::Finding,
    export,
    model::{Id, Workspace},
    render::{RenderError, Renderer},
    route::{Routes, SitePath},
    theme, view,
    words::Words,
};

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Made here.
    Bytes(Vec<u8>),
    /// A file of the workspace, by its path, copied as it is.
    CopyOf(String),
}

/// Everything that a site is made of.
#[derive(Debug, Default)]
pub struct Site {
    /// By path.
    pub files: BTreeMap<String, Content>,
    /// How many of them are pages.
    pub pages: usize,
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
    /// The languages, the workspace's own first.
    pub halves: &'a [Half],
    /// The program's version, for the footer.
    pub version: &'a str,
}

/// One page to be made.
#[derive(Clone, Copy, Debug)]
enum Job<'a> {
    Home,
    Period(usize),
    DepartmentIn(usize, usize),
    Department(usize),
    Objective(usize),
    Own(usize),
    Problems,
    Moved(&'a Id, usize),
}

struct Rendered {
    path: SitePath,
    bytes: Vec<u8>,
    files: Vec<String>,
}

/// Renders every page. `progress` hears how many of how many are done; in which order they are is no one's business.
///
/// # Errors
/// When a template fails: the theme is wrong, not the workspace.
pub fn build(plan: &Plan<'_>, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Site, RenderError> {
    let renderer = Renderer::new()?;
    let jobs = jobs(plan);
    let children = children(plan.workspace);
    let done = AtomicUsize::new(0);
    let total = jobs.len() * plan.halves.len();
    let mut site = Site::default();
    let mut named: BTreeSet<String> = BTreeSet::new();
    for (at, half) in plan.halves.iter().enumerate() {
        let twins: Vec<(Routes, String, String)> = plan
            .halves
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, other)| (other.routes.clone(), other.words.language().to_owned(), other.words.word("language.name")))
            .collect();
        let frame = view::Site {
            workspace: plan.workspace,
            scorecard: plan.scorecard,
            findings: plan.findings,
            words: &half.words,
            routes: &half.routes,
            twins: &twins,
            version: plan.version,
        };
        let pages = || -> Result<Vec<Rendered>, RenderError> {
            jobs.par_iter()
                .map(|job| {
                    let page = render(&renderer, &frame, *job, &children);
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                    page
                })
                .collect()
        };
        let data = || export::json(plan.workspace, plan.scorecard, plan.findings, &half.words);
        let (rendered, data) = rayon::join(pages, data);
        for Rendered { path, bytes, files } in rendered? {
            named.extend(files);
            site.files.insert(path.to_string(), Content::Bytes(bytes));
            site.pages += 1;
        }
        site.files.insert(half.routes.data().to_string(), Content::Bytes(data.into_bytes()));
    }
    add_files(plan, named, &mut site);
    Ok(site)
}

fn jobs<'a>(plan: &Plan<'a>) -> Vec<Job<'a>> {
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
    jobs.extend((0..workspace.pages.len()).map(Job::Own));
    let ids: BTreeSet<&Id> = workspace.objectives.iter().map(|it| &it.id).collect();
    let mut moved: BTreeMap<&Id, usize> = BTreeMap::new();
    for (at, objective) in workspace.objectives.iter().enumerate() {
        for alias in objective.aliases.iter().filter(|alias| !ids.contains(alias)) {
            moved.entry(alias).or_insert(at);
        }
    }
    jobs.extend(moved.into_iter().map(|(alias, at)| Job::Moved(alias, at)));
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

fn render(renderer: &Renderer, site: &view::Site<'_>, job: Job<'_>, children: &[Vec<usize>]) -> Result<Rendered, RenderError> {
    match job {
        Job::Home => page(renderer, "quarter.html", view::home(site)),
        Job::Period(at) => page(renderer, "quarter.html", view::quarter(site, at)),
        Job::DepartmentIn(department, at) => page(renderer, "department-quarter.html", view::department_quarter(site, department, at)),
        Job::Department(at) => page(renderer, "department.html", view::department(site, at)),
        Job::Objective(at) => page(renderer, "objective.html", view::objective(site, at, &children[at])),
        Job::Own(at) => page(renderer, "page.html", view::page(site, at)),
        Job::Problems => page(renderer, "problems.html", view::problems(site)),
        Job::Moved(alias, at) => page(renderer, "moved.html", view::redirect(site, alias, &site.workspace.objectives[at])),
    }
}

fn page<T: Serialize>(renderer: &Renderer, template: &str, made: view::Made<T>) -> Result<Rendered, RenderError> {
    let view::Made { path, view, files } = made;
    Ok(Rendered { path, bytes: renderer.page(template, &view)?, files })
}

/// The theme's style, the company's own, and files of the workspace: those that texts name, and `static/` whole.
fn add_files(plan: &Plan<'_>, named: BTreeSet<String>, site: &mut Site) {
    let routes = Routes::own();
    for (name, bytes) in theme::assets() {
        site.files.insert(routes.asset(name).to_string(), Content::Bytes(bytes.to_vec()));
    }
    let company = plan.workspace.config.brand.name.as_ref().or(plan.workspace.config.title.as_ref());
    let style = theme::company_style(company.map_or("", String::as_str), plan.workspace.config.brand.accent.as_deref());
    site.files.insert(routes.asset("company.css").to_string(), Content::Bytes(style.into_bytes()));
    let logo = plan.workspace.logo().map(str::to_owned);
    for path in named.into_iter().chain(logo) {
        site.files.insert(routes.file(&path).to_string(), Content::CopyOf(path));
    }
    for path in plan.workspace.assets.keys() {
        if let Some(rest) = path.strip_prefix("static/") {
            site.files.entry(routes.fixed(rest).to_string()).or_insert_with(|| Content::CopyOf(path.clone()));
        }
    }
}
