//! A period's page, and home: will we make it, and what needs a person today?

use serde::Serialize;

use crate::{
    charts::Mark,
    compute::PeriodScore,
    model::{Period, PeriodKind},
    route::SitePath,
};

use super::{
    Anchor, Empty, Made, Manual, Site,
    attention::{Item, attention},
    figure::Figure,
    first_steps::{FirstSteps, first_steps},
    frame::{Frame, Menu},
    heat::{Heat, heat},
    kpi_rows::{Below, KpiTable, kpi_table},
    kpis::Counts,
    log::{News, news},
    problems::Mend,
    rhythm::{RhythmView, rhythm},
    rows::{Department, Group, Head, Legend, group, head, in_order, legend},
    sentence::{Fact, Standing, fact, finding},
    status::{shown_mark, urgency},
};

/// A period, or home.
#[derive(Debug, Serialize)]
pub struct Quarter {
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
    /// When there is nothing at all, or not yet.
    pub empty: Option<Empty>,
    /// What a company that has just begun does next, on home.
    pub start: Option<FirstSteps>,
    /// The ruler.
    pub rhythm: Option<RhythmView>,
    /// What needs a person.
    pub attention: Vec<Item>,
    /// The section's heading and how it is sorted.
    pub attention_heading: String,
    /// How it is sorted.
    pub attention_how: String,
    /// The legend of the table.
    pub legend: Legend,
    /// Its column heads.
    pub head: Head,
    /// Objectives, or departments with the worst of theirs.
    pub parts: Vec<Part>,
    /// Objectives of longer and shorter periods, and drafts.
    pub others: Vec<Part>,
    /// KPIs, those with signals first.
    pub kpis: Option<KpiTable>,
    /// The heat map.
    pub heat: Option<Heat>,
    /// The newest check-ins.
    pub news: Vec<News>,
    /// Their heading.
    pub news_heading: String,
    /// Their note.
    pub news_how: String,
    /// The way to every other page, on home.
    pub ways: Vec<Way>,
}

/// A stretch of the table under a heading of its own, or under none.
#[derive(Debug, Serialize)]
pub struct Part {
    /// The heading; empty for the whole table.
    pub heading: Anchor,
    /// What stands in it.
    pub note: String,
    /// Its objectives.
    pub groups: Vec<Group>,
    /// The way to those that are not shown.
    pub more: Option<Anchor>,
}

/// Links to one kind of page.
#[derive(Debug, Serialize)]
pub struct Way {
    /// For the menu's links.
    pub anchor: &'static str,
    /// What they are.
    pub heading: String,
    /// The pages.
    pub links: Vec<WayLink>,
}

/// A link with a word on what is there.
#[derive(Debug, Serialize)]
pub struct WayLink {
    /// The page.
    pub link: Anchor,
    /// A figure.
    pub note: String,
}

/// From so many objectives on, a page shows the worst of each department, and the way to the rest.
const MANY: usize = 40;
/// So many of a department's objectives are shown then.
const WORST: usize = 2;
/// So many of the newest check-ins are shown.
const NEWS: usize = 6;

/// The page of a period, by its place in the scorecard.
pub fn quarter(site: &Site<'_>, at: usize) -> Made<Quarter> {
    let score = &site.scorecard.periods[at];
    let path = site.routes.period(&score.period);
    let menu = if site.scorecard.home() == Some(at) { Menu::Quarter } else { Menu::None };
    let frame = site.frame(&path, &site.words.period(&score.period), menu, Vec::new());
    let view = period_view(site, &path, frame, score);
    Made { path, view, files: Vec::new() }
}

/// Home: the period in which the day lies, for the whole company, and the way to every other page.
pub fn home(site: &Site<'_>) -> Made<Quarter> {
    let path = site.routes.home();
    let frame = site.frame(&path, "", Menu::Home, Vec::new());
    let mut view = match site.scorecard.home() {
        Some(at) => period_view(site, &path, frame, &site.scorecard.periods[at]),
        None => nothing(site, &path, frame),
    };
    view.ways = ways(site, &path);
    view.start = first_steps(site, &path);
    if view.start.is_some() {
        // The steps say it, and the command besides.
        view.empty = None;
    }
    Made { path, view, files: Vec::new() }
}

fn period_view(site: &Site<'_>, path: &SitePath, frame: Frame, score: &PeriodScore) -> Quarter {
    let words = site.words;
    let period = &score.period;
    let standing =
        Standing { name: words.period(period), period, objectives: &score.objectives, progress: score.progress, expected: score.expected };
    let mut found = finding(site, &standing);
    let kpis = kpis(site, path, period);
    if kpis.is_some() {
        let counts = Counts::of(site);
        let of = words.say("fact.of", &[("n", counts.total().into())]);
        found.facts.push(fact(words.word("kpi.fact"), Figure::plain(counts.signals(site)), of));
    }
    let shown = in_order(site, &score.objectives);
    let news = news(site, path, &score.objectives, NEWS);
    Quarter {
        frame,
        heading: found.heading,
        sub: found.sub,
        mend: site.mend(path),
        facts: found.facts,
        empty: empty(site, period, &shown),
        start: None,
        rhythm: rhythm(site, period, &score.objectives),
        attention: if period.contains(site.scorecard.as_of) { attention(site, path, &shown) } else { Vec::new() },
        attention_heading: words.word("attention.heading"),
        attention_how: words.word("attention.how"),
        legend: legend(site, Some(period)),
        head: head(site, Some(period)),
        parts: parts(site, path, period, &shown),
        others: others(site, path, period),
        kpis,
        heat: heat(site, path, period),
        news_heading: words.word("news.heading"),
        news_how: words.word("news.how"),
        news,
        ways: Vec::new(),
    }
}

fn nothing(site: &Site<'_>, path: &SitePath, frame: Frame) -> Quarter {
    let words = site.words;
    Quarter {
        frame,
        heading: words.word("empty.workspace-heading"),
        sub: words.word("empty.workspace-sub"),
        mend: site.mend(path),
        facts: Vec::new(),
        empty: Some(Empty { title: words.word("empty.workspace"), text: words.word("empty.workspace-text"), file: example_file(site) }),
        start: None,
        rhythm: None,
        attention: Vec::new(),
        attention_heading: String::new(),
        attention_how: String::new(),
        legend: legend(site, None),
        head: head(site, None),
        parts: Vec::new(),
        others: Vec::new(),
        kpis: None,
        heat: None,
        news: Vec::new(),
        news_heading: String::new(),
        news_how: String::new(),
        ways: Vec::new(),
    }
}

/// A file that a reader of an empty page could write.
fn example_file(site: &Site<'_>) -> String {
    let as_of = site.scorecard.as_of;
    let quarter = (1..=4).find_map(|n| {
        [as_of.year(), as_of.year() + 1, as_of.year() - 1]
            .into_iter()
            .find_map(|year| Period::parse(&format!("{year}-Q{n}"), site.workspace.config.calendar).filter(|period| period.contains(as_of)))
    });
    let folder = quarter.map_or_else(|| as_of.year().to_string(), |period| period.slug());
    format!("objectives/{folder}/{}.md", site.words.word("empty.file-name"))
}

fn empty(site: &Site<'_>, period: &Period, shown: &[usize]) -> Option<Empty> {
    let words = site.words;
    if shown.is_empty() {
        let file = format!("objectives/{}/{}.md", period.slug(), words.word("empty.file-name"));
        return Some(Empty { title: words.word("empty.period"), text: words.word("empty.period-text"), file });
    }
    let silent = shown.iter().all(|at| site.scorecard.objectives[*at].check_ins.is_empty());
    if !silent || site.scorecard.as_of < period.first() {
        return None;
    }
    let percent = words.percent(super::rhythm::share_of_time(period, site.scorecard.as_of));
    let file = format!("check-ins/{}/", period.slug());
    Some(Empty { title: words.word("empty.check-ins"), text: words.say("empty.check-ins-text", &[("percent", percent.into())]), file })
}

/// The whole table, or by department when it would be too long to be used.
fn parts(site: &Site<'_>, path: &SitePath, period: &Period, shown: &[usize]) -> Vec<Part> {
    if shown.is_empty() {
        return Vec::new();
    }
    if shown.len() <= MANY {
        let groups = shown.iter().map(|at| group(site, path, *at, Department::Named)).collect();
        return vec![Part { heading: no_anchor(), note: String::new(), groups, more: None }];
    }
    let words = site.words;
    let of = |id: Option<&crate::model::Id>| -> Vec<usize> {
        shown.iter().copied().filter(|at| site.workspace.objectives[*at].department.as_ref() == id).collect()
    };
    let mut parts = Vec::new();
    for at in site.departments_in_order() {
        let id = &site.workspace.departments[at].id;
        let own = of(Some(id));
        if own.is_empty() {
            continue;
        }
        let href = path.href(&site.routes.department_in(period, id));
        let more = Anchor {
            text: words.say("okr.all-of", &[("n", own.len().into()), ("department", site.department_name(id).into())]),
            href: href.clone(),
        };
        parts.push(Part {
            heading: Anchor { text: site.department_name(id), href },
            note: counts_note(site, &own),
            groups: own.iter().take(WORST).map(|at| group(site, path, *at, Department::Known)).collect(),
            more: Some(more),
        });
    }
    let without = of(None);
    if !without.is_empty() {
        parts.push(Part {
            heading: Anchor { text: words.word("okr.no-department"), href: String::new() },
            note: counts_note(site, &without),
            groups: without.iter().map(|at| group(site, path, *at, Department::Known)).collect(),
            more: None,
        });
    }
    parts
}

/// "31 on track, 4 at risk, 9 off track", in the order of urgency.
fn counts_note(site: &Site<'_>, objectives: &[usize]) -> String {
    let mut counts: std::collections::BTreeMap<(u8, &'static str), usize> = std::collections::BTreeMap::new();
    for at in objectives {
        for score in &site.scorecard.objectives[*at].key_results {
            let mark: Mark = shown_mark(score);
            *counts.entry((urgency(mark), super::status::key(mark))).or_default() += 1;
        }
    }
    let texts: Vec<String> = counts
        .into_iter()
        .map(|((_, key), n)| site.words.say("count.status", &[("n", n.into()), ("status", site.words.word(key).to_lowercase().into())]))
        .collect();
    texts.join(", ")
}

fn no_anchor() -> Anchor {
    Anchor { text: String::new(), href: String::new() }
}

/// Under headings of their own and outside the mean: longer periods around a quarter, shorter ones within.
fn others(site: &Site<'_>, path: &SitePath, period: &Period) -> Vec<Part> {
    if !matches!(period.kind(), PeriodKind::Quarter(_)) {
        return Vec::new();
    }
    let related = site.scorecard.periods.iter().filter(|it| it.period != *period);
    let (longer, shorter): (Vec<_>, Vec<_>) =
        related.filter(|it| it.period.encloses(period) || period.encloses(&it.period)).partition(|it| it.period.encloses(period));
    longer
        .into_iter()
        .chain(shorter)
        .filter_map(|score| {
            let shown = in_order(site, &score.objectives);
            (!shown.is_empty()).then(|| Part {
                heading: site.period_crumb(path, &score.period),
                note: site.words.say("okr.outside-mean", &[("day", site.words.day(site.scorecard.as_of).into())]),
                groups: shown.iter().take(MANY).map(|at| group(site, path, *at, Department::Named)).collect(),
                more: (shown.len() > MANY).then(|| site.period_crumb(path, &score.period)),
            })
        })
        .collect()
}

/// So many KPIs are shown; the index has all of them.
const KPIS: usize = 12;

/// The company's KPIs, on the page of the period that runs or ended last: a chart knows one day.
fn kpis(site: &Site<'_>, path: &SitePath, period: &Period) -> Option<KpiTable> {
    let is_home = site.scorecard.home().is_some_and(|at| site.scorecard.periods[at].period == *period);
    let all: Vec<usize> = (0..site.workspace.kpis.len()).collect();
    is_home.then(|| kpi_table(site, path, &all, Below::Both, KPIS)).flatten()
}

/// Periods, departments, own pages, findings and the data.
fn ways(site: &Site<'_>, path: &SitePath) -> Vec<Way> {
    let words = site.words;
    let periods = site
        .scorecard
        .periods
        .iter()
        .rev()
        .map(|it| WayLink { link: site.period_crumb(path, &it.period), note: words.percent_or_dash(it.progress) });
    let departments = site.departments_in_order().into_iter().map(|at| {
        let id = &site.workspace.departments[at].id;
        let count = site.scorecard.departments[at].periods.iter().map(|it| it.objectives.len()).sum::<usize>();
        WayLink {
            link: Anchor { text: site.department_name(id), href: path.href(&site.routes.department(id)) },
            note: words.count("count.objectives", count),
        }
    });
    let kpis = (!site.workspace.kpis.is_empty()).then(|| WayLink {
        link: Anchor { text: words.word("menu.kpis"), href: path.href(&site.routes.kpis()) },
        note: site.workspace.kpis.len().to_string(),
    });
    let pages = site.workspace.pages.iter().map(|page| WayLink {
        link: Anchor { text: page.title.clone(), href: path.href(&site.routes.page(&page.id)) },
        note: String::new(),
    });
    let problems = WayLink {
        link: Anchor { text: words.word("problems.title"), href: path.href(&site.routes.problems()) },
        note: site.findings.len().to_string(),
    };
    let manual = Manual::ALL.into_iter().map(|it| WayLink {
        link: Anchor { text: words.word(it.heading()), href: path.href(&site.routes.manual(it.name())) },
        note: String::new(),
    });
    let data = WayLink { link: Anchor { text: words.word("ways.data"), href: path.href(&site.routes.data()) }, note: "JSON".to_owned() };
    [
        Way { anchor: "periods", heading: words.word("ways.periods"), links: periods.collect() },
        Way { anchor: "departments", heading: words.word("ways.departments"), links: departments.collect() },
        Way {
            anchor: "more",
            heading: words.word("ways.more"),
            links: kpis.into_iter().chain(pages).chain([problems]).chain(manual).chain([data]).collect(),
        },
    ]
    .into_iter()
    .filter(|way| !way.links.is_empty())
    .collect()
}
