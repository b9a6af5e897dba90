//! What stands beside the pages for other programs: a calendar, a feed, badges – and what is owed, for the command line.

use crate::{
    compute::Due,
    export::{self, Entry, Event, Feed},
    model::Date,
    route::{Routes, SitePath},
    view::{self, DueLine, DueOf},
    words::Words,
};

use super::{Half, Plan, Shared, frame};

/// The files of a half.
pub(super) fn beside(site: &view::Site<'_>) -> Vec<(SitePath, Vec<u8>)> {
    let mut all = vec![(site.routes.calendar(), calendar(site)), (site.routes.feed(), feed(site))];
    all.extend(view::badges(site).into_iter().map(|it| (it.path, it.svg.as_str().as_bytes().to_vec())));
    all
}

/// Where they may stand: an author's own file is in the way of none of them.
pub(super) fn paths(routes: &Routes) -> [SitePath; 3] {
    [routes.calendar(), routes.feed(), routes.badge("company")]
}

/// Everything that is owed.
fn calendar(site: &view::Site<'_>) -> Vec<u8> {
    events(site.words, site.scorecard.as_of, site.workspace, &view::due_by_person(site, site.due))
}

fn events(words: &Words, day: Date, workspace: &crate::model::Workspace, all: &[DueOf]) -> Vec<u8> {
    let base = workspace.config.base_url.as_deref();
    let mut events: Vec<Event> = Vec::new();
    for person in all {
        events.extend(person.lines.iter().map(|line| event(words, base, &person.who, line)));
    }
    events.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let company = workspace.config.title.clone().unwrap_or_else(|| words.word("site.untitled"));
    export::calendar(&words.say("due.calendar", &[("company", company.into())]), day, &events)
}

fn event(words: &Words, base: Option<&str>, who: &str, line: &DueLine) -> Event {
    let what = sentence(words, line);
    Event {
        uid: format!("{}@scorebook", line.uid),
        day: line.day,
        summary: words.say("due.event", &[("who", who.into()), ("what", what.into())]),
        description: how(words, line),
        url: line.page.as_ref().and_then(|(page, anchor)| base.map(|base| address(base, page, anchor))).unwrap_or_default(),
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

fn address(base: &str, page: &SitePath, anchor: &str) -> String {
    let links = view::Links::Base(base);
    if anchor.is_empty() { links.to(page) } else { links.at(page, anchor) }
}

fn feed(site: &view::Site<'_>) -> Vec<u8> {
    let config = &site.workspace.config;
    let base = config.base_url.as_deref();
    let here = site.routes.feed();
    let link = |page: &SitePath, anchor: &str| match base {
        Some(base) => address(base, page, anchor),
        None if anchor.is_empty() => here.href(page),
        None => here.href_at(page, anchor),
    };
    let company = config.title.clone().unwrap_or_else(|| site.words.word("site.untitled"));
    let name = format!("urn:scorebook:{}", crate::model::Id::new(&company));
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
    with_site(plan, |site, _| view::due_by_person(site, all))
}

/// The same as a calendar.
pub fn due_calendar(plan: &Plan<'_>, all: &[Due]) -> Vec<u8> {
    with_site(plan, |site, half| events(&half.words, site.scorecard.as_of, site.workspace, &view::due_by_person(site, all)))
}

fn with_site<T>(plan: &Plan<'_>, make: impl FnOnce(&view::Site<'_>, &Half) -> T) -> T {
    let half = plan.halves.first().expect("a plan has a language");
    let compass = view::Compass::of(plan.workspace);
    make(&frame(plan, half, Shared { compass: &compass, reports: &[], due: &[], twins: &[] }), half)
}
