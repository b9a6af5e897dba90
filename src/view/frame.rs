//! What stands around every page: masthead, way back, footer.

use serde::Serialize;

use crate::{
    charts::{Svg, logo},
    model::days_between,
    route::SitePath,
};

use super::{Anchor, Site};

/// Masthead and footer of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// For `lang`.
    pub language: String,
    /// The language of authors' texts, where it is another.
    pub text_language: String,
    /// The page's title, in the browser's tab.
    pub title: String,
    /// The company.
    pub company: String,
    /// Our mark, where the company has none of its own.
    pub logo_svg: Svg,
    /// The company's own mark, a picture of the workspace; empty without one.
    pub logo_src: String,
    /// The theme's style.
    pub style: String,
    /// The company's own style: colours and print margins.
    pub company_style: String,
    /// The feed of what happened.
    pub feed: String,
    /// Home.
    pub home: String,
    /// "Skip to content".
    pub skip: String,
    /// "Main menu".
    pub menu_label: String,
    /// The menu.
    pub menu: Vec<MenuItem>,
    /// "Data up to …".
    pub data_date: String,
    /// The page in other languages.
    pub twins: Vec<Twin>,
    /// The way back.
    pub crumbs: Vec<Anchor>,
    /// "You are here".
    pub crumbs_label: String,
    /// Where the data come from.
    pub sources: String,
    /// What made it.
    pub generator: String,
}

/// A line of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItem {
    /// The words.
    pub text: String,
    /// The address.
    pub href: String,
    /// The page that one is on.
    pub current: bool,
}

/// The page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct Twin {
    /// The language's code.
    pub language: String,
    /// Its own name.
    pub name: String,
    /// The address.
    pub href: String,
}

/// Which line of the menu a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Menu {
    Home,
    Quarter,
    Kpis,
    Reports,
    Departments,
    Problems,
    Page(usize),
    None,
}

impl Site<'_> {
    pub(super) fn frame(&self, path: &SitePath, title: &str, menu: Menu, crumbs: Vec<Anchor>) -> Frame {
        let words = self.words;
        let as_of = self.scorecard.as_of;
        let company = self.company();
        Frame {
            language: words.language().to_owned(),
            text_language: self.text_language().unwrap_or_default().to_owned(),
            title: if title.is_empty() { company.clone() } else { format!("{title} · {company}") },
            logo_svg: logo(),
            logo_src: self.workspace.logo().map_or_else(String::new, |file| path.href(&self.routes.file(file))),
            style: path.href(&self.routes.asset("scorebook.css")),
            company_style: path.href(&self.routes.asset("company.css")),
            feed: path.href(&self.routes.feed()),
            home: path.href(&self.routes.home()),
            skip: words.word("frame.skip"),
            menu_label: words.word("frame.menu"),
            menu: self.menu(path, menu),
            data_date: words.say("frame.data", &[("day", words.day(as_of).into())]),
            twins: self
                .twins
                .iter()
                .map(|(routes, language, name)| Twin {
                    language: language.clone(),
                    name: name.clone(),
                    href: path.href(&self.routes.twin(path, routes)),
                })
                .collect(),
            crumbs,
            crumbs_label: words.word("frame.crumbs"),
            sources: self.sources(),
            generator: words.say("frame.generator", &[("version", self.version.into())]),
            company,
        }
    }

    /// The language of authors' texts, where it is not the page's.
    pub(super) fn text_language(&self) -> Option<&str> {
        Some(self.workspace.config.language.as_str()).filter(|it| *it != self.words.language())
    }

    fn menu(&self, path: &SitePath, menu: Menu) -> Vec<MenuItem> {
        let words = self.words;
        let home = self.routes.home();
        let item = |text: String, href: String, it: Menu| MenuItem { text, href, current: it == menu };
        let mut items = vec![item(words.word("menu.home"), path.href(&home), Menu::Home)];
        if let Some(at) = self.scorecard.home() {
            let period = &self.scorecard.periods[at].period;
            items.push(item(words.period(period), path.href(&self.routes.period(period)), Menu::Quarter));
        }
        if !self.workspace.kpis.is_empty() {
            items.push(item(words.word("menu.kpis"), path.href(&self.routes.kpis()), Menu::Kpis));
        }
        if !self.reports.is_empty() {
            items.push(item(words.word("report.menu"), path.href(&self.routes.reports()), Menu::Reports));
        }
        if !self.workspace.departments.is_empty() {
            items.push(item(words.word("menu.departments"), path.href_at(&home, "departments"), Menu::Departments));
        }
        for (at, page) in self.workspace.pages.iter().enumerate().take(4) {
            items.push(item(page.title.clone(), path.href(&self.routes.page(&page.id)), Menu::Page(at)));
        }
        let problems = match self.findings.len() {
            0 => words.word("menu.problems"),
            n => words.say("menu.problems-n", &[("n", n.into())]),
        };
        items.push(item(problems, path.href(&self.routes.problems()), Menu::Problems));
        items
    }

    /// Data date, week of the running period, and how many files the figures come from.
    fn sources(&self) -> String {
        let words = self.words;
        let as_of = self.scorecard.as_of;
        let mut objectives = words.count("count.objective-files", self.workspace.objectives.len());
        if !self.workspace.kpis.is_empty() {
            objectives = format!("{objectives}, {}", words.count("person.kpis", self.workspace.kpis.len()));
        }
        let check_ins = words.count("count.check-ins", self.scorecard.known_check_ins);
        let day = words.day(as_of);
        let running = self.scorecard.home().map(|at| &self.scorecard.periods[at].period).filter(|period| period.contains(as_of));
        let week = running.map(|period| {
            let weeks = crate::compute::slots(period);
            let at = weeks.iter().position(|slot| as_of <= slot.last).unwrap_or(0) + 1;
            (at, weeks.len(), days_between(period.first(), as_of))
        });
        match week {
            Some((at, of, _)) if of == 13 => words.say(
                "frame.sources-week",
                &[
                    ("day", day.into()),
                    ("week", at.into()),
                    ("weeks", of.into()),
                    ("objectives", objectives.into()),
                    ("check_ins", check_ins.into()),
                ],
            ),
            _ => words.say("frame.sources", &[("day", day.into()), ("objectives", objectives.into()), ("check_ins", check_ins.into())]),
        }
    }

    /// The crumb of a period.
    pub(super) fn period_crumb(&self, from: &SitePath, period: &crate::model::Period) -> Anchor {
        Anchor { text: self.words.period(period), href: from.href(&self.routes.period(period)) }
    }
}
