//! What a company that has just begun does next: each step stands there until it is done, then it is gone.

use serde::Serialize;

use crate::{
    model::{Id, Status},
    route::SitePath,
    words::Arg,
};

use super::{Anchor, Manual, Site};

/// The steps that are open.
#[derive(Debug, Serialize)]
pub struct FirstSteps {
    /// How many there are.
    pub heading: String,
    /// Why they stand here.
    pub how: String,
    /// In the order in which they are taken.
    pub steps: Vec<Step>,
    /// The page that says more.
    pub more: Anchor,
}

/// A step.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What to do.
    pub title: String,
    /// Why, and how far it is done.
    pub text: String,
    /// A command or a line to write.
    pub code: String,
}

/// So many names are written out in a step.
const NAMES: usize = 3;

/// The steps of a workspace that says when it began, while any is open.
pub(super) fn first_steps(site: &Site<'_>, path: &SitePath) -> Option<FirstSteps> {
    site.workspace.config.started?;
    let steps: Vec<Step> = [goals(site), people(site), check_ins(site), values(site), logo(site)].into_iter().flatten().collect();
    if steps.is_empty() {
        return None;
    }
    let words = site.words;
    Some(FirstSteps {
        heading: words.count("start.heading", steps.len()),
        how: words.word("start.how"),
        steps,
        more: Anchor { text: words.word("guide.coaching"), href: path.href(&site.routes.manual(Manual::Coaching.name())) },
    })
}

fn step(site: &Site<'_>, key: &str, args: &[(&str, Arg<'_>)], code: String) -> Step {
    let told = |part: &str| site.words.say(&format!("start.{key}.{part}"), args);
    Step { title: told("title"), text: told("text"), code }
}

/// No objective runs, or is to come.
fn goals(site: &Site<'_>) -> Option<Step> {
    let ahead = site.workspace.objectives.iter().any(|it| it.period.last() >= site.scorecard.as_of);
    (!ahead).then(|| step(site, "goals", &[], "scorebook new objective".to_owned()))
}

/// Nobody is declared, or somebody is still called by what they do.
fn people(site: &Site<'_>) -> Option<Step> {
    let declared: Vec<_> = site.workspace.people.iter().filter(|it| it.source.is_some()).collect();
    if declared.is_empty() {
        return Some(step(site, "nobody", &[], "scorebook new person".to_owned()));
    }
    let nameless: Vec<_> = declared.into_iter().filter(|it| it.role.as_deref() == Some(it.name.as_str())).collect();
    let first = nameless.first()?;
    let names: Vec<String> = nameless.iter().take(NAMES).map(|it| it.name.clone()).collect();
    let list = site.words.list(&names);
    let example = site.words.word("start.people.example");
    let file = first.source.as_ref().map(|it| it.path.to_string()).unwrap_or_default();
    // In a file of their own, or among the others in scorebook.yaml.
    let line = if file.ends_with(".md") { format!("name: {example}") } else { format!("{}: {{name: {example}}}", first.id) };
    let code = format!("{file} → {line}");
    Some(step(site, "people", &[("n", nameless.len().into()), ("names", list.into())], code))
}

/// Objectives that run and of which nobody has said a word.
fn check_ins(site: &Site<'_>) -> Option<Step> {
    let runs = |at: &usize| {
        let score = &site.scorecard.objectives[*at];
        site.workspace.objectives[*at].period.contains(site.scorecard.as_of) && !matches!(score.status, Status::Cancelled | Status::Draft)
    };
    let running: Vec<usize> = (0..site.workspace.objectives.len()).filter(runs).collect();
    let silent: Vec<usize> = running.iter().copied().filter(|at| site.scorecard.objectives[*at].check_ins.is_empty()).collect();
    let first: &Id = &site.workspace.objectives[*silent.first()?].id;
    let args = [("n", silent.len().into()), ("all", running.len().into())];
    Some(step(site, "check-ins", &args, format!("scorebook new check-in {first}")))
}

/// KPIs that have no value at all.
fn values(site: &Site<'_>) -> Option<Step> {
    let empty: Vec<usize> = (0..site.workspace.kpis.len()).filter(|at| site.scorecard.kpis[*at].current.is_none()).collect();
    let first = &site.workspace.kpis[*empty.first()?];
    let args = [("n", empty.len().into()), ("all", site.workspace.kpis.len().into())];
    let running = first.every.around(site.scorecard.as_of, site.workspace.config.calendar)?;
    Some(step(site, "values", &args, format!("{} → values: {{{running}: …}}", first.source.path)))
}

fn logo(site: &Site<'_>) -> Option<Step> {
    let brand = &site.workspace.config.brand;
    let code = "scorebook.yaml → brand: {logo: logo.svg, accent: \"#0b5a6b\"}".to_owned();
    (brand.logo.is_none()).then(|| step(site, "logo", &[], code))
}
