//! What was promised and what became of it, what is owed from here on, and who is silent.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    charts::Mark,
    compute::{Fate, Owed, ReportOf, Stage},
    model::{Date, Id, days_between},
    view::{excerpt::cut, status::StatusView},
};

use super::{Bullet, Bullets, View, lists::bare};

/// Promises under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct OwedTable {
    /// Its heading.
    pub heading: String,
    /// What they come to, in a sentence; that there are none.
    pub sum: String,
    /// Column heads: what, who, by, and what became of it, if that is told.
    pub head: Vec<String>,
    /// By day.
    pub rows: Vec<OwedRow>,
    /// How many more there are.
    pub more: String,
}

/// A promise.
#[derive(Clone, Debug, Serialize)]
pub struct OwedRow {
    /// What.
    pub what: String,
    /// Who.
    pub who: String,
    /// By when.
    pub by: String,
    /// What became of it; empty while that is not told.
    pub fate: String,
    /// The same as a mark, where it is one.
    pub mark: Option<StatusView>,
}

/// So many promises fit.
const MOST: usize = 6;
/// So many names of key results stand behind one name.
const TITLES: usize = 3;

impl View<'_, '_> {
    /// What was owed when the report before was written.
    pub(super) fn kept(&self) -> Option<OwedTable> {
        if self.report.stage != Stage::Month {
            return None;
        }
        let words = self.site.words;
        let told: Vec<Owed> = self.report.promises.iter().copied().filter(|it| it.was_owed && it.fate != Fate::Open).collect();
        if told.is_empty() {
            return None;
        }
        let overdue = told.iter().filter(|it| it.fate == Fate::Overdue).count();
        let kept = told.len() - overdue;
        let sum = if overdue == 0 {
            words.say(if kept == 1 { "report.kept.sum-one" } else { "report.kept.sum-kept" }, &[("n", kept.into())])
        } else {
            words.say("report.kept.sum", &[("kept", kept.into()), ("n", told.len().into()), ("overdue", overdue.into())])
        };
        // What is overdue must not be cut off.
        let mut rows = told.clone();
        rows.sort_by_key(|it| it.fate != Fate::Overdue);
        rows.truncate(MOST);
        rows.sort_by_key(|it| told.iter().position(|other| other == it));
        Some(OwedTable {
            heading: words.word("report.kept.heading"),
            sum,
            head: ["what", "who", "by", "fate"].iter().map(|key| words.word(&format!("report.kept.head.{key}"))).collect(),
            rows: rows.into_iter().map(|it| self.owed_row(it)).collect(),
            more: self.more(told.len()),
        })
    }

    /// What is owed from here on; what is overdue and was told above is not told again.
    pub(super) fn owed(&self) -> Option<OwedTable> {
        let words = self.site.words;
        let told_above = self.report.stage == Stage::Month;
        let open: Vec<Owed> = self
            .report
            .promises
            .iter()
            .copied()
            .filter(|it| matches!(it.fate, Fate::Open | Fate::Overdue) && !(told_above && it.was_owed && it.fate == Fate::Overdue))
            .collect();
        // That something is overdue is told where it is; else the day alone is enough.
        let columns = if open.iter().any(|it| it.fate == Fate::Overdue) { 4 } else { 3 };
        let goes_on = !self.report.objectives.is_empty() || !open.is_empty();
        goes_on.then(|| OwedTable {
            heading: words.word("report.owed.heading"),
            sum: if open.is_empty() { words.word("report.owed.none") } else { String::new() },
            head: ["what", "who", "by", "fate"].iter().take(columns).map(|key| words.word(&format!("report.kept.head.{key}"))).collect(),
            rows: open
                .iter()
                .take(MOST)
                .map(|it| self.owed_row(*it))
                .map(|row| if columns > 3 { row } else { OwedRow { fate: String::new(), ..row } })
                .collect(),
            more: self.more(open.len()),
        })
    }

    fn more(&self, all: usize) -> String {
        if all > MOST { self.site.words.say("report.more", &[("n", (all - MOST).into())]) } else { String::new() }
    }

    fn owed_row(&self, owed: Owed) -> OwedRow {
        let (site, words) = (self.site, self.site.words);
        let promise = self.report.promise(site.workspace, owed);
        let who = promise.who.as_ref().map_or_else(|| words.word("report.owed.nobody"), |id| site.person(Some(id)));
        let late = |day| promise.by.map_or(0, |by| days_between(by, day));
        let fate = match owed.fate {
            Fate::Kept(day) => words.say("report.kept.done", &[("day", words.short_day(day).into())]),
            Fate::Late(day) => words.say("report.kept.late", &[("day", words.short_day(day).into()), ("n", late(day).into())]),
            Fate::Overdue => words.say("report.kept.overdue", &[("n", late(self.report.day).into())]),
            Fate::Open => words.word("report.kept.open"),
        };
        let mark = match owed.fate {
            Fate::Kept(_) | Fate::Late(_) => Some(Mark::Done),
            Fate::Overdue => Some(Mark::OffTrack),
            Fate::Open => None,
        };
        OwedRow {
            what: bare(&promise.what).to_owned(),
            who,
            by: promise.by.map_or_else(|| words.word("report.kept.no-day"), |by| words.short_day(by)),
            mark: mark.map(|mark| StatusView { word: fate.clone(), ..StatusView::new(mark, words) }),
            fate,
        }
    }

    /// Who has not reported for two cadences, by name.
    pub(super) fn silent(&self) -> Option<Bullets> {
        if self.report.stage == Stage::Review {
            return None;
        }
        let (site, words) = (self.site, self.site.words);
        let mut by_owner: BTreeMap<Option<&Id>, Vec<(Option<Date>, String)>> = BTreeMap::new();
        for told in self.telling().iter().filter(|it| it.score.shows_stale()) {
            let owner = told.key_result.owner.as_ref().or(told.objective.owner.as_ref());
            by_owner.entry(owner).or_default().push((told.score.last_check_in, cut(&told.key_result.title, 70)));
        }
        // Of one who is silent on all since one day, the day is told once.
        let mut by_owner: BTreeMap<Option<&Id>, Vec<String>> = by_owner
            .into_iter()
            .map(|(owner, silent)| {
                let day = silent[0].0.filter(|_| silent.len() > 1 && silent.iter().all(|(day, _)| *day == silent[0].0));
                let lines = silent.iter().map(|(since, title)| {
                    let title = ("title", title.as_str().into());
                    match (day, since) {
                        (Some(_), _) => words.say("report.silent.title", &[title]),
                        (None, Some(day)) => words.say("report.silent.since", &[title, ("day", words.short_day(*day).into())]),
                        (None, None) => words.say("report.silent.never", &[title]),
                    }
                });
                let mut lines: Vec<String> = lines.collect();
                if let (Some(day), Some(first)) = (day, lines.first_mut()) {
                    *first =
                        words.say("report.silent.all-since", &[("day", words.short_day(day).into()), ("title", first.as_str().into())]);
                }
                (owner, lines)
            })
            .collect();
        for at in &self.report.kpis {
            let (kpi, score) = (&site.workspace.kpis[*at], &site.scorecard.kpis[*at]);
            // One that never had a value has not fallen silent.
            if score.stale && score.current.is_some() {
                let line = words.say("report.silent.kpi", &[("title", cut(&kpi.title, 70).into())]);
                let owner = match &self.report.of {
                    ReportOf::Company | ReportOf::Department(_) => kpi.owner.as_ref(),
                    ReportOf::Person(id) => Some(id),
                };
                by_owner.entry(owner).or_default().push(line);
            }
        }
        if by_owner.is_empty() && self.telling().is_empty() {
            return None;
        }
        let items: Vec<Bullet> = by_owner
            .into_iter()
            .map(|(owner, mut titles)| {
                let name = owner.map_or_else(|| words.word("report.silent.nobody"), |id| site.person(Some(id)));
                let left_off = titles.len().saturating_sub(TITLES);
                if left_off > 0 {
                    titles.truncate(TITLES);
                    titles.push(words.say("report.silent.more", &[("n", left_off.into())]));
                }
                let titles = if left_off > 0 { titles.join(", ") } else { words.list(&titles) };
                Bullet::plain(words.say("report.silent.line", &[("name", name.into()), ("titles", titles.into())]))
            })
            .collect();
        let more = if items.is_empty() { words.word("report.silent.none") } else { String::new() };
        Some(Bullets { name: "silent", heading: words.word("report.silent.heading"), items, more })
    }
}
