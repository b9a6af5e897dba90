//! A department in a period: what did we promise, where are we, who is silent?

use serde::Serialize;

use crate::model::Promise;

use super::{
    Anchor, Made, Site,
    attention::{Item, attention, promise_text},
    figure::Figure,
    frame::{Frame, Menu},
    kpi_rows::{Below, KpiTable, kpi_table},
    log::{News, news},
    problems::Mend,
    rhythm::{RhythmView, rhythm},
    rows::{Department, Group, Head, Legend, group, head, in_order, legend},
    sentence::{Fact, Standing, fact, finding},
};

/// A department in a period.
#[derive(Debug, Serialize)]
pub struct DepartmentQuarter {
    /// Masthead and footer.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Its second sentence.
    pub sub: String,
    /// That something could not be read, if so.
    pub mend: Option<Mend>,
    /// The figures behind it.
    pub facts: Vec<Fact>,
    /// The ruler.
    pub rhythm: Option<RhythmView>,
    /// What needs a person.
    pub attention: Vec<Item>,
    /// Their heading.
    pub attention_heading: String,
    /// How they are sorted.
    pub attention_how: String,
    /// The legend of the table.
    pub legend: Legend,
    /// Its column heads.
    pub head: Head,
    /// Objectives, the worst first.
    pub groups: Vec<Group>,
    /// Its KPIs, those with signals first.
    pub kpis: Option<KpiTable>,
    /// What was promised and is still open.
    pub promises: Vec<PromiseView>,
    /// Their heading.
    pub promises_heading: String,
    /// Their note.
    pub promises_how: String,
    /// The newest check-ins.
    pub news: Vec<News>,
    /// Their heading.
    pub news_heading: String,
    /// Their note.
    pub news_how: String,
}

/// A promise that is still open.
#[derive(Debug, Serialize)]
pub struct PromiseView {
    /// What, by when, by whom.
    pub text: String,
    /// For which objective.
    pub objective: Anchor,
    /// Past its day.
    pub late: bool,
}

/// The page of a department in one of its periods, by their places.
pub fn department_quarter(site: &Site<'_>, department: usize, at: usize) -> Made<DepartmentQuarter> {
    let words = site.words;
    let id = &site.workspace.departments[department].id;
    let score = &site.scorecard.departments[department].periods[at];
    let path = site.routes.department_in(&score.period, id);
    let name = site.department_name(id);
    let standing = Standing {
        name: words.say("lead.department", &[("department", name.as_str().into()), ("period", words.period_inside(&score.period).into())]),
        period: &score.period,
        objectives: &score.objectives,
        progress: score.progress,
        expected: score.expected,
    };
    let found = finding(site, &standing);
    let shown = in_order(site, &score.objectives);
    let mut facts = found.facts;
    if let Some(lead) = site.workspace.departments[department].lead.as_ref() {
        facts.push(fact(words.word("fact.lead"), Figure::plain(site.person(Some(lead))), String::new()));
    }
    let crumbs = vec![site.period_crumb(&path, &score.period), Anchor { text: name.clone(), href: path.href(&site.routes.department(id)) }];
    let running = score.period.contains(site.scorecard.as_of);
    let title = format!("{name} · {}", words.period(&score.period));
    let view = DepartmentQuarter {
        frame: site.frame(&path, &title, Menu::Departments, crumbs),
        heading: found.heading,
        sub: found.sub,
        mend: site.mend(&path),
        facts,
        rhythm: rhythm(site, &score.period, &score.objectives),
        attention: if running { attention(site, &path, &shown) } else { Vec::new() },
        attention_heading: words.word("attention.heading"),
        attention_how: words.word("attention.how"),
        legend: legend(site, Some(&score.period)),
        head: head(site, Some(&score.period)),
        groups: shown.iter().map(|at| group(site, &path, *at, Department::Known)).collect(),
        kpis: if running { kpi_table(site, &path, &site.kpis_of_department(id), Below::Owner, usize::MAX) } else { None },
        promises: if running { promises(site, &path, &shown) } else { Vec::new() },
        promises_heading: words.word("promises.heading"),
        promises_how: words.word("promises.how"),
        news: news(site, &path, &score.objectives, 6),
        news_heading: words.word("news.heading"),
        news_how: words.word("news.how"),
    };
    Made { path, view, files: Vec::new() }
}

const MOST_PROMISES: usize = 12;

/// Open promises: those past their day first, then by day.
fn promises(site: &Site<'_>, path: &crate::route::SitePath, objectives: &[usize]) -> Vec<PromiseView> {
    let as_of = site.scorecard.as_of;
    let mut open: Vec<(&Promise, usize)> = Vec::new();
    for at in objectives {
        for index in &site.scorecard.objectives[*at].check_ins {
            let next = &site.workspace.check_ins[*index].report.next;
            open.extend(next.iter().filter(|it| it.done.is_none_or(|day| day > as_of)).map(|it| (it, *at)));
        }
    }
    open.sort_by_key(|(promise, at)| (promise.by.is_none(), promise.by, *at, promise.at.line));
    open.dedup_by(|a, b| std::ptr::eq(a.0, b.0));
    open.into_iter()
        .take(MOST_PROMISES)
        .map(|(promise, at)| PromiseView {
            text: promise_text(site, promise, &site.person(promise.who.as_ref())),
            objective: site.objective_link(path, &site.workspace.objectives[at]),
            late: promise.by.is_some_and(|day| day < as_of),
        })
        .collect()
}
