//! What a feed tells: check-ins, decisions, closed goals.

use crate::{
    model::{Date, Status},
    route::{SitePath, check_in_anchor},
};

use super::{
    Site,
    excerpt::excerpt,
    names::check_in_name,
    status::{key, mark_of},
};

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Happened {
    /// Its day.
    pub day: Date,
    /// What.
    pub title: String,
    /// Who; empty when nobody is named.
    pub author: String,
    /// What was said.
    pub summary: String,
    /// Where it stands.
    pub page: SitePath,
    /// Its place there; empty for the page itself.
    pub anchor: String,
    /// The same for the same thing, whenever it is told.
    pub name: String,
}

/// So many of the newest are told.
const MOST: usize = 50;

/// What happened by the day of the data, the newest first.
pub fn happened(site: &Site<'_>) -> Vec<Happened> {
    let mut all = closed(site);
    let known = site.scorecard.known_check_ins;
    all.extend((0..known).rev().filter_map(|at| check_in(site, at)).take(MOST));
    all.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.name.cmp(&b.name)));
    all.truncate(MOST);
    all
}

fn check_in(site: &Site<'_>, at: usize) -> Option<Happened> {
    let (words, it) = (site.words, &site.workspace.check_ins[at]);
    let objective = it.objectives().into_iter().find(|at| site.is_shown(at.0)).map(|at| site.workspace.objective(at));
    let kpi = it.kpis().first().map(|at| site.workspace.kpi(*at));
    let (page, anchor, of) = match (objective, kpi) {
        (Some(objective), _) => (site.routes.objective(&objective.id), check_in_anchor(it.date), &objective.title),
        (None, Some(kpi)) => (site.routes.kpi(&kpi.id), String::new(), &kpi.title),
        (None, None) => return None,
    };
    let said = excerpt(&it.text.markdown, 300);
    let (title, summary) = match &it.report.decision {
        Some(decision) => (words.say("feed.decision", &[("what", decision.as_str().into()), ("of", of.as_str().into())]), said),
        None => (words.say("feed.check-in", &[("of", of.as_str().into())]), said),
    };
    let name = format!("check-in:{}", check_in_name(site.workspace, at));
    Some(Happened { day: it.date, title, author: site.person(it.author.as_ref()), summary, page, anchor, name })
}

/// Objectives whose period is over, with what came out.
fn closed(site: &Site<'_>) -> Vec<Happened> {
    let words = site.words;
    let ended = |at: &usize| {
        let status = site.scorecard.objectives[*at].status;
        matches!(status, Status::Achieved | Status::Progressed | Status::Missed)
    };
    let mut all: Vec<usize> = (0..site.workspace.objectives.len()).filter(ended).collect();
    all.sort_by_key(|at| std::cmp::Reverse(site.workspace.objectives[*at].period.last()));
    all.into_iter()
        .take(MOST)
        .map(|at| {
            let (objective, score) = (&site.workspace.objectives[at], &site.scorecard.objectives[at]);
            let outcome = words.word(key(mark_of(score.status))).to_lowercase();
            let number = words.score(score.score.unwrap_or(0.0));
            Happened {
                day: objective.period.last(),
                title: words
                    .say("feed.closed", &[("of", objective.title.as_str().into()), ("outcome", outcome.into()), ("score", number.into())]),
                author: site.person(objective.owner.as_ref()),
                summary: String::new(),
                page: site.routes.objective(&objective.id),
                anchor: String::new(),
                name: format!("closed:{}", objective.id),
            }
        })
        .collect()
}
