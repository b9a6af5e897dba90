//! The index of KPIs: which numbers speak, and which serve no objective?

use serde::Serialize;

use crate::compute::{Sense, Variation, variation};

use super::{
    Anchor, Empty, Made, Site,
    figure::Figure,
    frame::{Frame, Menu},
    kpi_rows::{Below, KpiRow, KpiTable, head, in_order, is_unserved, kpi_table, row},
    problems::Mend,
    sentence::{Fact, fact},
    status::{StatusView, objective_mark},
};

/// The index of KPIs.
#[derive(Debug, Serialize)]
pub struct Kpis {
    /// Masthead and footer.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Its second sentence.
    pub sub: String,
    /// That something could not be read, if so.
    pub mend: Option<Mend>,
    /// How many speak, how many are steady.
    pub facts: Vec<Fact>,
    /// When there are none.
    pub empty: Option<Empty>,
    /// Those with signals, whoever's they are; its legend is the page's.
    pub table: Option<KpiTable>,
    /// The others, by department.
    pub parts: Vec<KpiPart>,
    /// Column heads of every table.
    pub head: [String; 6],
    /// Heading of those that serve no objective.
    pub unserved_heading: String,
    /// Why that matters.
    pub unserved_how: String,
    /// They themselves.
    pub unserved: Vec<Anchor>,
    /// Heading of objectives that no KPI will hold.
    pub unheld_heading: String,
    /// Why that matters.
    pub unheld_how: String,
    /// They themselves, of the running period.
    pub unheld: Vec<Unheld>,
}

/// The KPIs of a department.
#[derive(Debug, Serialize)]
pub struct KpiPart {
    /// The department.
    pub heading: Anchor,
    /// Its KPIs, signals first.
    pub rows: Vec<KpiRow>,
}

/// An objective whose gain no KPI will hold.
#[derive(Debug, Serialize)]
pub struct Unheld {
    /// The objective.
    pub link: Anchor,
    /// Where it stands.
    pub status: StatusView,
}

/// The index.
pub fn kpis(site: &Site<'_>) -> Made<Kpis> {
    let words = site.words;
    let path = site.routes.kpis();
    let all: Vec<usize> = (0..site.workspace.kpis.len()).collect();
    let counts = Counts::of(site);
    let speaking: Vec<usize> =
        all.iter().copied().filter(|at| site.variation_urgency(&site.workspace.kpis[*at], &site.scorecard.kpis[*at]) < 4).collect();
    let quiet: Vec<usize> = all.iter().copied().filter(|at| !speaking.contains(at)).collect();
    let mut table = kpi_table(site, &path, &speaking, Below::Both, usize::MAX);
    if let Some(table) = &mut table {
        table.heading = words.word("kpi.index.speaking");
    }
    let unserved: Vec<Anchor> =
        all.iter().filter(|at| is_unserved(site, **at)).map(|at| site.kpi_link(&path, &site.workspace.kpis[*at])).collect();
    let unheld = unheld(site, &path);
    let view = Kpis {
        frame: site.frame(&path, &words.word("menu.kpis"), Menu::Kpis, Vec::new()),
        heading: counts.heading(site),
        sub: counts.sub(site, unserved.len()),
        mend: site.mend(&path),
        facts: counts.facts(site),
        empty: all.is_empty().then(|| Empty {
            title: words.word("kpi.index.empty"),
            text: words.word("kpi.index.empty-text"),
            file: "kpis/".to_owned(),
        }),
        table,
        parts: parts(site, &path, &quiet),
        head: head(site),
        unserved_heading: words.count("kpi.index.unserved", unserved.len()),
        unserved_how: words.word("kpi.unserved-text"),
        unserved,
        unheld_heading: words.count("kpi.index.unheld", unheld.len()),
        unheld_how: words.word("kpi.index.unheld-how"),
        unheld,
    };
    Made { path, view, files: Vec::new() }
}

fn parts(site: &Site<'_>, path: &crate::route::SitePath, kpis: &[usize]) -> Vec<KpiPart> {
    let of = |id: Option<&crate::model::Id>| -> Vec<usize> {
        in_order(site, &kpis.iter().copied().filter(|at| site.workspace.kpis[*at].department.as_ref() == id).collect::<Vec<_>>())
    };
    let rows = |own: &[usize]| own.iter().map(|at| row(site, path, *at, Below::Owner)).collect::<Vec<_>>();
    let mut parts = Vec::new();
    for at in site.departments_in_order() {
        let id = &site.workspace.departments[at].id;
        let own = of(Some(id));
        if !own.is_empty() {
            let heading = Anchor { text: site.department_name(id), href: path.href(&site.routes.department(id)) };
            parts.push(KpiPart { heading, rows: rows(&own) });
        }
    }
    let without = of(None);
    if !without.is_empty() {
        let heading = Anchor { text: site.words.word("okr.no-department"), href: String::new() };
        parts.push(KpiPart { heading, rows: rows(&without) });
    }
    parts
}

/// Objectives of the running period that no KPI serves: when they are reached, nobody measures any more.
fn unheld(site: &Site<'_>, path: &crate::route::SitePath) -> Vec<Unheld> {
    let Some(home) = site.scorecard.home() else { return Vec::new() };
    if site.workspace.kpis.is_empty() {
        return Vec::new();
    }
    let own = &site.scorecard.periods[home].objectives;
    own.iter()
        .filter(|at| site.is_shown(**at) && site.compass.kpis[**at].is_empty())
        .filter(|at| site.scorecard.objectives[**at].status != crate::model::Status::Cancelled)
        .map(|at| Unheld {
            link: site.objective_link(path, &site.workspace.objectives[*at]),
            status: StatusView::new(objective_mark(&site.scorecard.objectives[*at]), site.words),
        })
        .collect()
}

/// How many KPIs say what.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) worse: usize,
    pub(super) better: usize,
    pub(super) other: usize,
    pub(super) silent: usize,
    pub(super) steady: usize,
    pub(super) few: usize,
}

impl Counts {
    pub(super) fn of(site: &Site<'_>) -> Self {
        let mut counts = Self::default();
        for (kpi, score) in site.workspace.kpis.iter().zip(&site.scorecard.kpis) {
            match variation(kpi, score) {
                _ if score.stale => counts.silent += 1,
                Variation::Signal(spoken) => match spoken.sense {
                    Sense::Worse => counts.worse += 1,
                    Sense::Better => counts.better += 1,
                    Sense::Neither => counts.other += 1,
                },
                Variation::Steady => counts.steady += 1,
                Variation::TooFew(_) | Variation::ShortBaseline(_) | Variation::Nothing => counts.few += 1,
            }
        }
        counts
    }

    pub(super) fn total(&self) -> usize {
        self.worse + self.better + self.other + self.silent + self.steady + self.few
    }

    /// "1 xấu, 1 tốt".
    pub(super) fn signals(&self, site: &Site<'_>) -> String {
        let word = |key: &str, n: usize| (n > 0).then(|| site.words.say(key, &[("n", n.into())]));
        let all = [word("kpi.index.worse", self.worse), word("kpi.index.better", self.better), word("kpi.index.other", self.other)];
        let shown: Vec<String> = all.into_iter().flatten().collect();
        if shown.is_empty() { site.words.word("kpi.index.no-signal") } else { shown.join(", ") }
    }

    fn heading(&self, site: &Site<'_>) -> String {
        let signals = self.worse + self.better + self.other;
        let total = self.total();
        match (total, signals) {
            (0, _) => site.words.word("kpi.index.head-empty"),
            (_, 0) => site.words.say("kpi.index.head-steady", &[("total", total.into())]),
            _ => {
                site.words.say("kpi.index.head", &[("n", signals.into()), ("total", total.into()), ("signals", self.signals(site).into())])
            }
        }
    }

    fn sub(&self, site: &Site<'_>, unserved: usize) -> String {
        if self.total() == 0 {
            return String::new();
        }
        let mut all = vec![site.words.count("kpi.index.sub-steady", self.steady)];
        if self.silent > 0 {
            all.push(site.words.count("kpi.index.sub-silent", self.silent));
        }
        if unserved > 0 {
            all.push(site.words.count("kpi.index.sub-unserved", unserved));
        }
        all.join(" ")
    }

    fn facts(&self, site: &Site<'_>) -> Vec<Fact> {
        let words = site.words;
        let of = words.say("fact.of", &[("n", self.total().into())]);
        let line = |key: &str, n: usize, context: String| fact(words.word(key), Figure::plain(n.to_string()), context);
        let mut facts = vec![line("kpi.worse", self.worse, of), line("kpi.better", self.better, String::new())];
        if self.other > 0 {
            facts.push(line("kpi.signal", self.other, String::new()));
        }
        facts.push(line("kpi.steady", self.steady, String::new()));
        if self.silent > 0 {
            facts.push(line("status.not_updated", self.silent, String::new()));
        }
        if self.few > 0 {
            facts.push(line("kpi.too-few", self.few, String::new()));
        }
        facts
    }
}
