//! What was finished, what blocks, whose help is asked for, what was decided: in the words of those who said so, with
//! their name and the day.

use serde::Serialize;

use crate::{
    compute::Stage,
    model::{CheckIn, Date, Measure, Status},
    route::check_in_anchor,
    view::Anchor,
};

use super::View;

/// A list under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct Bullets {
    /// For the style: which list it is.
    pub name: &'static str,
    /// Its heading.
    pub heading: String,
    /// The items, by day.
    pub items: Vec<Bullet>,
    /// How many more there are.
    pub more: String,
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Bullet {
    /// What it says.
    pub text: String,
    /// Who said it when, leading to where; empty when nobody did.
    pub by: Anchor,
}

impl Bullet {
    /// What the program says by itself.
    pub(super) fn plain(text: String) -> Self {
        Self { text, by: Anchor { text: String::new(), href: String::new() } }
    }
}

/// So many items of a list fit.
const MOST: usize = 3;

impl View<'_, '_> {
    pub(super) fn lists(&self) -> Vec<Bullets> {
        // A review tells what came out of it all.
        if self.report.stage == Stage::Review {
            return Vec::new();
        }
        let said = |of: fn(&CheckIn) -> Vec<String>| -> Vec<(Date, Bullet)> {
            self.check_ins().flat_map(|it| of(it).into_iter().map(move |what| (it.date, self.by(it, &what)))).collect()
        };
        let mut finished = said(|it| it.report.finished.clone());
        finished.extend(self.steps_done());
        finished.sort_by_key(|(day, _)| *day);
        let helps = self.check_ins().flat_map(|it| it.report.help.iter().map(move |help| (it.date, self.asks(it, help)))).collect();
        [
            ("finished", "report.finished", finished),
            ("blocked", "report.blocked", said(|it| it.report.blocked.clone())),
            ("help", "report.help", helps),
            ("decisions", "report.decisions", said(|it| it.report.decision.clone().into_iter().collect())),
        ]
        .into_iter()
        .filter(|(_, _, items)| !items.is_empty())
        .map(|(name, key, items)| self.bullets(name, key, items))
        .collect()
    }

    /// The newest of them, in the order of their days, and how many more there are.
    fn bullets(&self, name: &'static str, key: &str, items: Vec<(Date, Bullet)>) -> Bullets {
        let words = self.site.words;
        let left_off = items.len().saturating_sub(MOST);
        Bullets {
            name,
            heading: words.word(key),
            items: items.into_iter().skip(left_off).map(|(_, item)| item).collect(),
            more: if left_off > 0 { words.say("report.more", &[("n", left_off.into())]) } else { String::new() },
        }
    }

    fn check_ins(&self) -> impl Iterator<Item = &CheckIn> {
        self.report.check_ins.iter().map(|at| &self.site.workspace.check_ins[*at])
    }

    /// "Ký hợp đồng với chuỗi 6 quán" – Lan, 14/08.
    fn by(&self, check_in: &CheckIn, what: &str) -> Bullet {
        Bullet { text: bare(what).to_owned(), by: self.said_by(check_in) }
    }

    fn asks(&self, check_in: &CheckIn, help: &crate::model::Help) -> Bullet {
        let from = self.site.person(help.from.as_ref());
        let what = bare(&help.what);
        let text = match from.as_str() {
            "" => what.to_owned(),
            from => self.site.words.say("report.asks", &[("what", what.into()), ("from", from.into())]),
        };
        Bullet { text, by: self.said_by(check_in) }
    }

    /// Who said so and when, leading to the check-in.
    pub(super) fn said_by(&self, check_in: &CheckIn) -> Anchor {
        let words = self.site.words;
        let day = words.short_day(check_in.date);
        let name = self.site.person(check_in.author.as_ref());
        let text = if name.is_empty() { day } else { words.say("report.said", &[("name", name.into()), ("day", day.into())]) };
        Anchor { text, href: self.place_of(check_in) }
    }

    /// The check-in in the log of the first objective that it speaks of.
    fn place_of(&self, check_in: &CheckIn) -> String {
        let objective = check_in.objectives().into_iter().find(|at| self.site.is_shown(at.0));
        objective.map_or_else(String::new, |at| {
            let path = self.site.routes.objective(&self.site.workspace.objective(at).id);
            self.links.at(&path, &check_in_anchor(check_in.date))
        })
    }

    /// Milestones reached and work done since the report before.
    fn steps_done(&self) -> Vec<(Date, Bullet)> {
        let (site, words) = (self.site, self.site.words);
        let is_news = |day: Date| day > self.report.since && day <= self.report.day;
        let mut all = Vec::new();
        for at in &self.report.objectives {
            let (objective, score) = (&site.workspace.objectives[*at], &site.scorecard.objectives[*at]);
            if score.status == Status::Cancelled {
                continue;
            }
            for (key_result, score) in objective.key_results.iter().zip(&score.key_results) {
                let Measure::Milestones(milestones) = &key_result.measure else { continue };
                if score.status == Status::Cancelled || !self.is_mine(objective, key_result) {
                    continue;
                }
                for (milestone, state) in milestones.iter().zip(&score.milestones) {
                    let Some(day) = state.done.filter(|day| is_news(*day)) else { continue };
                    let args = [("title", key_result.title.as_str().into()), ("what", bare(&milestone.title).into())];
                    let by = Anchor { text: words.short_day(day), ..self.key_result_link(objective, key_result) };
                    all.push((day, Bullet { text: words.say("report.milestone", &args), by }));
                }
            }
            for work in objective.initiatives.iter().filter(|it| self.report.of.concerns_work(objective, it)) {
                let Some(day) = work.done.filter(|day| is_news(*day)) else { continue };
                let by = Anchor { text: words.short_day(day), ..self.objective_link(objective) };
                all.push((day, Bullet { text: bare(&work.title).to_owned(), by }));
            }
        }
        all
    }

    /// Every check-in since the report before: its day, its author, and what it speaks of.
    pub(super) fn all_check_ins(&self) -> Bullets {
        let (site, words) = (self.site, self.site.words);
        let items = self.check_ins().map(|it| {
            let objectives = it.objectives().into_iter().map(|at| site.workspace.objective(at).title.clone());
            let kpis = it.kpis().into_iter().map(|at| site.workspace.kpi(at).title.clone());
            Bullet { text: words.list(&objectives.chain(kpis).collect::<Vec<_>>()), by: self.said_by(it) }
        });
        Bullets { name: "check-ins", heading: words.word("report.appendix-check-ins"), items: items.collect(), more: String::new() }
    }
}

/// Without the full stop: what stands behind belongs to the same sentence.
pub(super) fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
