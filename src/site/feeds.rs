//! What stands beside the pages for other programs: a calendar, a feed, badges – and what is owed, for the command line.

use crate::{
    compute::Due,
    export::{self, DueWords, Entry, Event, Feed},
    model::Department,
    route::{Routes, SitePath},
    view::{self, DueLine, DueOf},
    words::Words,
};

use super::{Plan, Shared, frame};

/// The files of a half.
pub(super) fn beside(site: &view::Site<'_>) -> Vec<(SitePath, Vec<u8>)> {
    let mut all = vec![(site.routes.calendar(), calendar(site, site.due)), (site.routes.feed(), feed(site))];
    all.extend(view::badges(site).into_iter().map(|it| (it.path, it.svg.as_str().as_bytes().to_vec())));
    all
}

/// Where they may stand: an author's own file is in the way of none of them, be it that a badge comes with next quarter's
/// goals.
pub(super) fn paths(routes: &Routes, departments: &[Department]) -> Vec<SitePath> {
    let badges = departments.iter().map(|it| routes.department_badge(&it.id));
    [routes.calendar(), routes.feed(), routes.company_badge()].into_iter().chain(badges).collect()
}

/// What is owed, as a calendar.
fn calendar(site: &view::Site<'_>, all: &[Due]) -> Vec<u8> {
    let base = site.workspace.config.base_url.as_deref();
    let mut events: Vec<Event> = Vec::new();
    for person in view::due_by_person(site, all) {
        events.extend(person.lines.iter().map(|line| event(site.words, base, &person.who, line)));
    }
    events.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    export::calendar(&site.words.say("due.calendar", &[("company", site.company().into())]), site.scorecard.as_of, &events)
}

fn event(words: &Words, base: Option<&str>, who: &str, line: &DueLine) -> Event {
    let what = sentence(words, line);
    Event {
        uid: format!("{}@scorebook", line.uid),
        day: line.day,
        summary: words.say("due.event", &[("who", who.into()), ("what", what.into())]),
        description: how(words, line),
        url: line.page.as_ref().and_then(|(page, anchor)| base.map(|base| view::Links::Base(base).at(page, anchor))).unwrap_or_default(),
    }
}

/// "Check-in (Giao nóng Đồng Nai)".
fn sentence(words: &Words, line: &DueLine) -> String {
    match line.of.as_str() {
        "" => line.what.clone(),
        of => words.say("due.line", &[("what", line.what.as_str().into()), ("of", of.into())]),
    }
}

fn how(words: &Words, line: &DueLine) -> String {
    match (line.command.as_str(), line.source.as_str()) {
        ("", "") => String::new(),
        ("", source) => words.say("due.write", &[("source", source.into())]),
        (command, _) => words.say("due.answer", &[("command", command.into())]),
    }
}

fn feed(site: &view::Site<'_>) -> Vec<u8> {
    let config = &site.workspace.config;
    let base = config.base_url.as_deref();
    let here = site.routes.feed();
    let link = |page: &SitePath, anchor: &str| match base {
        Some(base) => view::Links::Base(base).at(page, anchor),
        None => here.href_at(page, anchor),
    };
    let company = site.company();
    // By the title: a new brand is no new feed.
    let name = format!("urn:scorebook:{}", crate::model::Id::new(config.title.as_deref().unwrap_or(&company)));
    let entries: Vec<Entry> = view::happened(site)
        .into_iter()
        .map(|it| Entry {
            id: format!("{name}:{}", it.name.replace(|letter: char| letter.is_whitespace() || letter.is_control(), "-")),
            link: link(&it.page, &it.anchor),
            title: it.title,
            day: it.day,
            author: it.author,
            summary: it.summary,
        })
        .collect();
    let title = site.words.say("feed.title", &[("company", company.as_str().into())]);
    let made = export::feed(&Feed {
        id: &name,
        title: &title,
        company: &company,
        language: site.words.language(),
        link: &link(&site.routes.home(), ""),
        own_link: &link(&here, ""),
        day: site.scorecard.as_of,
        entries: &entries,
    });
    made.expect("memory takes every byte")
}

/// What is owed, in words and by person.
pub fn due(plan: &Plan<'_>, all: &[Due]) -> Vec<DueOf> {
    with_site(plan, |site| view::due_by_person(site, all))
}

/// The days of the period that runs: the weekly check-in, the month's end, the review. None where no objective runs.
pub fn rhythm_calendar(plan: &Plan<'_>) -> Option<Vec<u8>> {
    with_site(plan, |site| {
        let events: Vec<Event> = view::rhythm_days(site)
            .into_iter()
            .map(|it| Event { uid: it.uid, day: it.day, summary: it.summary, description: it.description, url: String::new() })
            .collect();
        let name = site.words.say("forms.calendar.name", &[("company", site.company().into())]);
        (!events.is_empty()).then(|| export::calendar(&name, site.scorecard.as_of, &events))
    })
}

/// The same as a calendar.
pub fn due_calendar(plan: &Plan<'_>, all: &[Due]) -> Vec<u8> {
    with_site(plan, |site| calendar(site, all))
}

/// The same for programs.
pub fn due_json(plan: &Plan<'_>, all: &[Due]) -> String {
    let people = due(plan, all);
    let words =
        people.iter().flat_map(|it| &it.lines).map(|DueLine { what, of, command, source, .. }| DueWords { what, of, command, source });
    export::due_json(plan.scorecard.as_of, all.iter().zip(words))
}

pub(super) fn with_site<T>(plan: &Plan<'_>, make: impl FnOnce(&view::Site<'_>) -> T) -> T {
    let half = plan.halves.first().expect("a plan has a language");
    let compass = view::Compass::of(plan.workspace);
    make(&frame(plan, half, Shared { compass: &compass, reports: &[], due: &[], twins: &[] }))
}
