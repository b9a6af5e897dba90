//! A coach's overview of many clients: who needs the coach most? It stays with the coach; no client's site leads to it.

use serde::Serialize;

use crate::{
    charts::Mark,
    compute::Client,
    model::{Calendar, Date, Status, days_between},
    words::Words,
};

use super::{Anchor, status::StatusView};

/// One of the clients.
#[derive(Clone, Debug)]
pub struct OverviewClient {
    /// As it calls itself.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// The way from the overview to its home; empty where no site was written.
    pub href: String,
    /// The fiscal year in which its periods are named.
    pub calendar: Calendar,
    /// Its figures, or why it could not be read.
    pub figures: Result<Client, String>,
    /// When the coach and it meet next.
    pub next_meeting: Option<Date>,
    /// What the coach noted.
    pub note: Option<String>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// For `lang`.
    pub language: String,
    /// The page's title.
    pub title: String,
    /// The finding.
    pub heading: String,
    /// Its second sentence.
    pub sub: String,
    /// Column heads.
    pub head: [String; 6],
    /// By need.
    pub rows: Vec<OverviewRow>,
    /// How it is sorted, and of which day.
    pub foot: String,
}

/// A client's row.
#[derive(Debug, Serialize)]
pub struct OverviewRow {
    /// The client, leading to its site.
    pub name: Anchor,
    /// What the coach noted.
    pub note: String,
    /// The period, progress and what was expected.
    pub standing: [String; 2],
    /// How many key results stand where, the worst first.
    pub statuses: Vec<OverviewStatus>,
    /// When somebody last said a word, and what is silent.
    pub silence: [String; 2],
    /// Whether that is too long ago.
    pub is_silent: bool,
    /// KPIs that speak.
    pub signals: String,
    /// Errors and warnings.
    pub findings: String,
    /// Whether figures are wrong.
    pub has_errors: bool,
    /// When they meet next.
    pub meeting: String,
    /// Why it could not be read; then all else is empty.
    pub broken: String,
}

/// How many key results have a status.
#[derive(Debug, Serialize)]
pub struct OverviewStatus {
    /// Its mark.
    pub status: StatusView,
    /// How many.
    pub count: usize,
}

/// The page of all clients; those who need the coach most come first.
pub fn overview(mut clients: Vec<OverviewClient>, today: Date, words: &Words) -> Overview {
    clients.sort_by(|a, b| match (&a.figures, &b.figures) {
        (Err(_), Err(_)) => a.name.cmp(&b.name),
        (Err(_), Ok(_)) => std::cmp::Ordering::Less,
        (Ok(_), Err(_)) => std::cmp::Ordering::Greater,
        (Ok(one), Ok(other)) => one.need().cmp(&other.need()).then_with(|| a.name.cmp(&b.name)),
    });
    let needy = clients.iter().filter(|it| it.figures.as_ref().map_or(true, needs_a_word)).count();
    let args = [("n", needy.into()), ("total", clients.len().into())];
    let heading = if needy == 0 { words.say("overview.heading-none", &args) } else { words.say("overview.heading", &args) };
    Overview {
        language: words.language().to_owned(),
        title: words.word("overview.title"),
        heading,
        sub: words.word("overview.sub"),
        head: ["client", "standing", "silence", "signals", "findings", "meeting"].map(|key| words.word(&format!("overview.{key}"))),
        rows: clients.into_iter().map(|it| row(it, today, words)).collect(),
        foot: words.say("overview.foot", &[("day", words.day(today).into())]),
    }
}

/// Wrong figures, silence or more than a third off track.
fn needs_a_word(client: &Client) -> bool {
    client.errors > 0 || client.counts.stale > 0 || client.counts.of(Status::OffTrack) * 3 > client.counts.total() || client.worse > 0
}

fn row(client: OverviewClient, today: Date, words: &Words) -> OverviewRow {
    let OverviewClient { name, folder, href, calendar, figures, next_meeting, note } = client;
    let meeting = next_meeting.map_or_else(
        || words.word("overview.no-meeting"),
        |day| if day < today { words.say("overview.was", &[("day", words.day(day).into())]) } else { words.week_day(day) },
    );
    let text = if name.is_empty() { folder } else { name };
    let mut row = OverviewRow {
        name: Anchor { text, href },
        note: note.unwrap_or_default(),
        standing: [String::new(), String::new()],
        statuses: Vec::new(),
        silence: [String::new(), String::new()],
        is_silent: false,
        signals: String::new(),
        findings: String::new(),
        has_errors: false,
        meeting,
        broken: String::new(),
    };
    match figures {
        Err(why) => row.broken = words.say("overview.broken", &[("why", why.into())]),
        Ok(it) => {
            let own = Words::load(words.language(), calendar);
            fill(&mut row, &it, own.as_ref().unwrap_or(words));
        }
    }
    row
}

fn fill(row: &mut OverviewRow, client: &Client, words: &Words) {
    let counts = &client.counts;
    row.standing = match &client.standing {
        None => [words.word("overview.no-goals"), String::new()],
        Some((period, progress, expected)) => {
            let of = [("progress", words.percent_or_dash(*progress).into()), ("expected", words.percent_or_dash(*expected).into())];
            [words.period(period), words.say("overview.progress", &of)]
        }
    };
    let marks = [
        (Mark::OffTrack, counts.of(Status::OffTrack) + counts.of(Status::Missed)),
        (Mark::NotUpdated, counts.stale),
        (Mark::AtRisk, counts.of(Status::AtRisk) + counts.of(Status::Progressed)),
        (Mark::NoData, counts.of(Status::NoData) + counts.of(Status::NotStarted)),
        (Mark::OnTrack, counts.of(Status::OnTrack)),
        (Mark::Done, counts.of(Status::Done) + counts.of(Status::Achieved)),
    ];
    let shown = marks.into_iter().filter(|(_, count)| *count > 0);
    row.statuses = shown.map(|(mark, count)| OverviewStatus { status: StatusView::new(mark, words), count }).collect();
    let last = client.last_check_in.map_or_else(|| words.word("overview.never"), |day| words.ago(day, client.as_of));
    let silent = if counts.stale > 0 { words.count("overview.stale", counts.stale) } else { String::new() };
    row.silence = [last, silent];
    row.is_silent = client.last_check_in.is_some_and(|day| days_between(day, client.as_of) > 14);
    let say = |key: &str, count: usize| (count > 0).then(|| words.count(key, count));
    let signals =
        [say("overview.worse", client.worse), say("overview.other", client.signals), say("overview.silent-kpis", client.silent_kpis)];
    let signals: Vec<String> = signals.into_iter().flatten().collect();
    row.signals = if signals.is_empty() { words.word("overview.none") } else { signals.join(", ") };
    let found = [say("overview.errors", client.errors), say("overview.warnings", client.warnings)];
    let found: Vec<String> = found.into_iter().flatten().collect();
    row.findings = if found.is_empty() { words.word("overview.none") } else { found.join(", ") };
    row.has_errors = client.errors > 0;
}
