//! Who owes what, in words: for the person's page, the command line and the calendar.

use crate::{
    compute::{Due, Owing},
    model::{Date, days_between},
    route::{SitePath, check_in_anchor},
};

use super::{
    Site,
    names::{anchor, check_in_name},
};

/// What one person owes.
#[derive(Clone, Debug)]
pub struct DueOf {
    /// Their name, or that nobody is named.
    pub who: String,
    /// By day.
    pub lines: Vec<DueLine>,
}

/// A thing that is owed.
#[derive(Clone, Debug)]
pub struct DueLine {
    /// The day by which it is owed.
    pub day: Date,
    /// "quá hạn 3 ngày", "hôm nay", "18/08".
    pub when: String,
    /// Whether its day is past.
    pub late: bool,
    /// What: a check-in, a value, a promise …
    pub what: String,
    /// Of what: the title of an objective, a key result or a KPI; empty when of nothing.
    pub of: String,
    /// Where that stands on the site, with a place on the page.
    pub page: Option<(SitePath, String)>,
    /// The command that creates the file in which it is answered; empty where there is one already.
    pub command: String,
    /// The line in which it is answered; empty where a command makes the file.
    pub source: String,
    /// The same for the same thing, whenever it is asked.
    pub uid: String,
}

/// What is owed, by person in the order given.
pub fn due_by_person(site: &Site<'_>, all: &[Due]) -> Vec<DueOf> {
    let mut people: Vec<(Option<&crate::model::Id>, DueOf)> = Vec::new();
    for due in all {
        let who = due.who.as_ref();
        let line = due_line(site, due);
        match people.last_mut().filter(|(last, _)| *last == who) {
            Some((_, person)) => person.lines.push(line),
            None => {
                let name = who.map_or_else(|| site.words.word("due.nobody"), |id| site.person(Some(id)));
                people.push((who, DueOf { who: name, lines: vec![line] }));
            }
        }
    }
    people.into_iter().map(|(_, person)| person).collect()
}

pub(super) fn due_line(site: &Site<'_>, due: &Due) -> DueLine {
    let (words, workspace, routes) = (site.words, site.workspace, site.routes);
    let line = DueLine {
        day: due.day,
        when: when(site, due.day),
        late: due.day < site.scorecard.as_of,
        what: String::new(),
        of: String::new(),
        page: None,
        command: String::new(),
        source: String::new(),
        uid: String::new(),
    };
    let who = due.who.as_ref().map_or_else(String::new, |id| format!("-{id}"));
    match &due.what {
        Owing::CheckIn(at) => {
            let objective = workspace.objective(*at);
            DueLine {
                what: words.word("person.owes-check-in"),
                of: objective.title.clone(),
                page: Some((routes.objective(&objective.id), String::new())),
                command: format!("scorebook new check-in {}", objective.id),
                uid: format!("check-in-{}-{}{who}", objective.id, due.day),
                ..line
            }
        }
        Owing::Value { kpi, period } => {
            let kpi = workspace.kpi(*kpi);
            DueLine {
                what: words.say("person.owes-value", &[("period", site.kpi_period(period).into())]),
                of: kpi.title.clone(),
                page: Some((routes.kpi(&kpi.id), String::new())),
                source: kpi.source.to_string(),
                uid: format!("value-{}-{}{who}", kpi.id, period.slug()),
                ..line
            }
        }
        Owing::Promise { check_in: at, place } => {
            let check_in = &workspace.check_ins[*at];
            let promise = &check_in.report.next[*place];
            let objective = check_in.objectives().into_iter().find(|at| site.is_shown(at.0)).map(|at| workspace.objective(at));
            DueLine {
                what: promise.what.trim_end_matches('.').to_owned(),
                of: objective.map_or_else(String::new, |it| it.title.clone()),
                page: objective.map(|it| (routes.objective(&it.id), check_in_anchor(check_in.date))),
                source: format!("{}:{}", check_in.source.path, promise.at.line),
                uid: format!("promise-{}-{}", crate::model::Id::new(&check_in_name(workspace, *at)), place + 1),
                ..line
            }
        }
        Owing::Milestone { objective, key_result, milestone } => {
            let objective = workspace.objective(*objective);
            let key_result = &objective.key_results[*key_result];
            let crate::model::Measure::Milestones(steps) = &key_result.measure else { return line };
            let step = &steps[*milestone];
            DueLine {
                what: step.title.clone(),
                of: key_result.title.clone(),
                page: Some((routes.objective(&objective.id), anchor(key_result))),
                source: format!("{}:{}", objective.source.path, step.at.line),
                uid: format!("milestone-{}-{}-{}", objective.id, key_result.id, step.id),
                ..line
            }
        }
        Owing::Done { objective, key_result } => {
            let objective = workspace.objective(*objective);
            let key_result = &objective.key_results[*key_result];
            DueLine {
                what: key_result.title.clone(),
                of: objective.title.clone(),
                page: Some((routes.objective(&objective.id), anchor(key_result))),
                source: key_result.source.to_string(),
                uid: format!("done-{}-{}", objective.id, key_result.id),
                ..line
            }
        }
        Owing::Work { objective, place } => {
            let objective = workspace.objective(*objective);
            let work = &objective.initiatives[*place];
            DueLine {
                what: work.title.clone(),
                of: objective.title.clone(),
                page: Some((routes.objective(&objective.id), String::new())),
                source: work.source.to_string(),
                uid: format!("work-{}-{}", objective.id, place + 1),
                ..line
            }
        }
    }
}

fn when(site: &Site<'_>, day: Date) -> String {
    let words = site.words;
    match days_between(day, site.scorecard.as_of) {
        0 => words.word("ago.today"),
        late if late > 0 => words.say("report.kept.overdue", &[("n", late.into())]),
        _ => words.week_day(day),
    }
}
