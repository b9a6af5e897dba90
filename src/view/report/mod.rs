//! The report of a month or a period: whole sentences, then the evidence, then who owes what.
//!
//! It is made once, in plain words; the page of the site, the file to print, the mail and the Markdown all show the
//! same. Nothing here is said that a figure or a check-in does not bear out.

mod index;
mod key_results;
mod kpis;
mod lead;
mod links;
mod lists;
mod moved;
mod owed;
mod review;

use std::cell::OnceCell;

use serde::Serialize;

use crate::{
    compute::{Report, ReportOf, Stage},
    model::{Foreword, KeyResult, Objective},
};

use super::{
    Anchor, Html, Made, Site,
    frame::{Frame, Menu},
    prose::{Below, Prose},
};

use key_results::Told;
use kpis::MonthOf;

pub use index::{ReportsPage, reports};
pub use key_results::{Bar, KeyResultRow, KeyResultTable};
pub use kpis::{KpiPart, KpiReportRow};
pub use links::Links;
pub use lists::{Bullet, Bullets};
pub(super) use moved::bare_status;
pub use moved::{Move, MovedPart, Quote};
pub use owed::{OwedRow, OwedTable};
pub use review::{Review, ReviewGroup, ReviewRow};

/// A report in words.
#[derive(Clone, Debug, Serialize)]
pub struct ReportView {
    /// For `lang`.
    pub language: String,
    /// The language of authors' texts, where it is another.
    pub text_language: String,
    /// The company.
    pub company: String,
    /// "Báo cáo tháng 7/2026".
    pub kind: String,
    /// "Số liệu đến 31/07/2026".
    pub stands: String,
    /// A department's or a person's name; empty for the whole company.
    pub whose: String,
    /// The finding, or the author's own headline.
    pub headline: String,
    /// What follows from the figures, a sentence each.
    pub lead: Vec<String>,
    /// The author's foreword, for pages.
    pub foreword_html: Html,
    /// The same as Markdown.
    pub foreword: String,
    /// The same as plain text.
    pub foreword_text: String,
    /// What moved, the most telling first.
    pub moved: Option<MovedPart>,
    /// Key results on the day.
    pub key_results: Option<KeyResultTable>,
    /// KPIs of the month.
    pub kpis: Option<KpiPart>,
    /// What was finished, what blocks, whose help is asked for, what was decided.
    pub lists: Vec<Bullets>,
    /// What the report before promised.
    pub kept: Option<OwedTable>,
    /// What is owed from here on.
    pub owed: Option<OwedTable>,
    /// Who is silent.
    pub silent: Option<Bullets>,
    /// Scores and what becomes of things, at a period's end.
    pub review: Option<Review>,
    /// Places to sign: a role, and a name where it is known.
    pub signs: Vec<(String, String)>,
    /// Everything that the tables above leave out.
    pub appendix: Option<Appendix>,
    /// The way on.
    pub ways: Vec<Anchor>,
    /// What made it.
    pub foot: String,
}

/// What does not find room on two pages.
#[derive(Clone, Debug, Serialize)]
pub struct Appendix {
    /// Its heading.
    pub heading: String,
    /// Every key result.
    pub key_results: Option<KeyResultTable>,
    /// Every KPI.
    pub kpis: Option<KpiPart>,
    /// Every check-in.
    pub check_ins: Bullets,
}

/// A report as a page of the site.
#[derive(Debug, Serialize)]
pub struct ReportPage {
    /// Masthead and footer.
    pub frame: Frame,
    /// What it says.
    pub report: ReportView,
}

/// Whether what finds no room on two pages follows behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Two pages.
    Short,
    /// With everything.
    WithAppendix,
}

/// The page of a report on the site.
pub fn report_page(site: &Site<'_>, report: &Report) -> Made<ReportPage> {
    let path = site.routes.report(&report.period);
    let mut files = Vec::new();
    let view = report_view(site, report, &Links::From(&path), Length::Short, &mut files);
    let crumbs = vec![
        Anchor { text: site.words.word("report.menu"), href: path.href(&site.routes.reports()) },
        Anchor { text: view.kind.clone(), href: String::new() },
    ];
    let frame = site.frame(&path, &view.kind, Menu::Reports, crumbs);
    Made { path, view: ReportPage { frame, report: view }, files }
}

/// A report in words, with links as its reader can follow them. `files` hears which files of the workspace it names.
pub fn report_view(site: &Site<'_>, report: &Report, links: &Links<'_>, length: Length, files: &mut Vec<String>) -> ReportView {
    // The figures are those of the report's day, whatever is known now.
    let then = &Site { scorecard: &report.card, ..*site };
    let words = site.words;
    let view = View::new(then, report, links);
    let foreword = foreword(site, report);
    let Head { kind, stands, headline } = view.head();
    ReportView {
        language: words.language().to_owned(),
        text_language: site.text_language().unwrap_or_default().to_owned(),
        company: site.company(),
        kind,
        stands,
        whose: match &report.of {
            ReportOf::Company => String::new(),
            ReportOf::Department(id) => site.department_name(id),
            ReportOf::Person(id) => words.say("report.of-person", &[("name", site.person(Some(id)).into())]),
        },
        headline,
        lead: view.lead(),
        foreword_html: foreword.map_or_else(Html::default, |it| prose(then, links, files).html(&it.text)),
        foreword: foreword.map_or_else(String::new, |it| prose(then, links, &mut Vec::new()).markdown(&it.text)),
        foreword_text: foreword.map_or_else(String::new, |it| prose(then, links, &mut Vec::new()).plain(&it.text)),
        moved: view.moved(),
        key_results: view.key_results(),
        kpis: view.kpis(),
        lists: view.lists(),
        kept: view.kept(),
        owed: view.owed(),
        silent: view.silent(),
        review: view.review(),
        signs: signs(site, report),
        appendix: (length == Length::WithAppendix).then(|| view.appendix()),
        ways: view.ways(),
        foot: words.say("report.foot", &[("version", site.version.into())]),
    }
}

/// What stands above a report.
struct Head {
    kind: String,
    stands: String,
    headline: String,
}

/// What an author put before this very report.
fn foreword<'a>(site: &Site<'a>, report: &Report) -> Option<&'a Foreword> {
    let department = match &report.of {
        ReportOf::Company => None,
        ReportOf::Department(id) => Some(id),
        ReportOf::Person(_) => return None,
    };
    site.workspace.forewords.iter().find(|it| it.period == report.period && it.department.as_ref() == department)
}

/// A foreword on its way to a report's reader.
fn prose<'s, 'a>(site: &'s Site<'a>, links: &Links<'s>, files: &'s mut Vec<String>) -> Prose<'s, 'a> {
    Prose::linked(site, links.clone(), "f".to_owned(), Below::H1, files)
}

fn signs(site: &Site<'_>, report: &Report) -> Vec<(String, String)> {
    let words = site.words;
    let sign = |key: &str, name: String| (words.word(key), name);
    match &report.of {
        ReportOf::Company => vec![sign("report.sign.author", String::new()), sign("report.sign.director", String::new())],
        ReportOf::Department(id) => {
            let lead = site.workspace.department(id).and_then(|it| it.lead.as_ref());
            vec![sign("report.sign.lead", site.person(lead)), sign("report.sign.director", String::new())]
        }
        ReportOf::Person(id) => {
            let department = site.workspace.person(id).and_then(|it| it.department.as_ref());
            let lead = department.and_then(|id| site.workspace.department(id)).and_then(|it| it.lead.as_ref());
            let lead = lead.filter(|lead| *lead != id);
            vec![sign("report.sign.person", site.person(Some(id))), sign("report.sign.lead", site.person(lead))]
        }
    }
}

/// A report on its way into words.
struct View<'s, 'a> {
    /// As of the report's day.
    site: &'s Site<'a>,
    report: &'s Report,
    links: &'s Links<'s>,
    /// Asked for in several places.
    telling: OnceCell<Vec<Told<'s>>>,
    kpi_points: OnceCell<Vec<MonthOf<'s>>>,
}

impl<'s, 'a> View<'s, 'a> {
    fn new(site: &'s Site<'a>, report: &'s Report, links: &'s Links<'s>) -> Self {
        Self { site, report, links, telling: OnceCell::new(), kpi_points: OnceCell::new() }
    }
}

impl View<'_, '_> {
    fn head(&self) -> Head {
        let (words, report) = (self.site.words, self.report);
        let runs = report.stage == Stage::Month && report.day < report.period.last();
        let stands = if runs { "report.running" } else { "report.stands" };
        Head {
            kind: self.kind(),
            stands: words.say(stands, &[("day", words.day(report.day).into())]),
            headline: foreword(self.site, report).and_then(|it| it.headline.clone()).unwrap_or_else(|| self.headline()),
        }
    }

    fn kind(&self) -> String {
        let words = self.site.words;
        let key = if self.report.stage == Stage::Review { "report.kind.review" } else { "report.kind.plain" };
        words.say(key, &[("period", words.period_inside(&self.report.period).into())])
    }

    fn is_mine(&self, objective: &Objective, key_result: &KeyResult) -> bool {
        self.report.of.concerns(objective, key_result)
    }

    fn objective_link(&self, objective: &Objective) -> Anchor {
        Anchor { text: objective.title.clone(), href: self.links.to(&self.site.routes.objective(&objective.id)) }
    }

    fn key_result_link(&self, objective: &Objective, key_result: &KeyResult) -> Anchor {
        let path = self.site.routes.objective(&objective.id);
        Anchor { text: key_result.title.clone(), href: self.links.at(&path, &super::names::anchor(key_result)) }
    }

    fn appendix(&self) -> Appendix {
        Appendix {
            heading: self.site.words.word("report.appendix"),
            key_results: self.all_key_results(),
            kpis: self.all_kpis(),
            check_ins: self.all_check_ins(),
        }
    }

    /// To the period's page, its review, the KPIs – for whoever can follow a link.
    fn ways(&self) -> Vec<Anchor> {
        let (words, routes) = (self.site.words, self.site.routes);
        let mut ways = Vec::new();
        if let Some(cycle) = &self.report.cycle {
            let text = words.say("report.ways.period", &[("period", words.period_inside(&cycle.period).into())]);
            ways.push(Anchor { text, href: self.links.to(&routes.period(&cycle.period)) });
        }
        for closed in self.closed().into_iter().filter(|it| self.site.reports.contains(it)) {
            let text = words.say("report.ways.review", &[("period", words.period_inside(&closed).into())]);
            ways.push(Anchor { text, href: self.links.to(&routes.report(&closed)) });
        }
        if !self.report.kpis.is_empty() {
            ways.push(Anchor { text: words.word("report.ways.kpis"), href: self.links.to(&routes.kpis()) });
        }
        ways.retain(|it| !it.href.is_empty());
        ways
    }
}
