//! `build --all`: a folder of workspaces, each to a site of its own, and the coach's overview of them.

use std::{
    collections::BTreeMap,
    path::{Component, Path},
    time::Instant,
};

use rayon::prelude::*;

use crate::{
    cli::{
        Failure, Outcome, Volume,
        args::Build,
        day, findings,
        session::{Session, words_of},
    },
    compute, disk,
    load::{self, CoachNote},
    model::{Calendar, Config, Date, Visibility},
    site,
    view::OverviewClient,
    words::Words,
};

use super::{Said, write};

/// The coach's own notes, beside the clients' folders.
const NOTES: &str = "coach.yaml";

/// What became of a client.
struct Built {
    folder: String,
    title: String,
    calendar: Calendar,
    figures: Result<compute::Client, String>,
    pages: Option<usize>,
}

pub(super) fn run(arguments: &Build, volume: Volume) -> Result<Outcome, Failure> {
    let since = Instant::now();
    let folder = &arguments.common.path;
    let words = words_of(arguments.common.language.as_deref().unwrap_or("en"));
    let (clients, links) = disk::workspaces_in(folder)?;
    for client in links {
        findings::say(&words.say("all.link", &[("client", client.into())]));
    }
    if clients.is_empty() {
        return Err(Failure(words.say("all.nobody", &[("dir", folder.display().to_string().into())])));
    }
    let out = arguments.out.as_ref().ok_or_else(|| Failure(words.word("all.where")))?;
    if let Some(overview) = &arguments.overview {
        apart(overview, out, folder, &words)?;
    }
    let notes = notes(folder, &clients, &words)?;
    // Each client is one thread's: a small site is made faster by one than by many.
    let built: Vec<Built> = clients.par_iter().map(|client| build(arguments, folder, client, out)).collect();
    let outcome = say(&built, out, since, volume, &words)?;
    if let Some(overview) = &arguments.overview {
        let clients = built.into_iter().map(|it| client(it, &notes, overview, out)).collect();
        let page = site::overview(clients, today(arguments)?, &words)?;
        let file = overview.join("index.html");
        disk::write_file(&file, &page)?;
        findings::print(format!("{}\n", file.display()))?;
    }
    outcome
}

fn today(arguments: &Build) -> Result<Date, Failure> {
    Ok(day::as_of(arguments.common.as_of, &Config::default())?.0)
}

/// The overview knows all clients: it may not lie where one of them is published, or read.
fn apart(overview: &Path, out: &Path, folder: &Path, words: &Words) -> Result<(), Failure> {
    let (own, out_path, folder_path) = (disk::absolute(overview)?, disk::absolute(out)?, disk::absolute(folder)?);
    let inside = own.starts_with(&out_path) || disk::find_workspace(&own).is_some() || out_path.starts_with(&own) && out_path != own;
    let is_client = own.strip_prefix(&folder_path).is_ok_and(|below| {
        let first =
            below.components().next().and_then(|it| if let Component::Normal(name) = it { Some(folder_path.join(name)) } else { None });
        first.is_some_and(|client| disk::find_workspace(&client).is_some_and(|root| root == client))
    });
    if inside || is_client {
        let shown = [("overview", overview.display().to_string().into()), ("out", out.display().to_string().into())];
        return Err(Failure(words.say("all.apart", &shown)));
    }
    Ok(())
}

fn notes(folder: &Path, clients: &[String], words: &Words) -> Result<BTreeMap<String, CoachNote>, Failure> {
    let file = folder.join(NOTES);
    if !disk::is_there(&file) {
        return Ok(BTreeMap::new());
    }
    let (notes, found) = load::coach(disk::read_text(&file)?, clients);
    for it in &found {
        let place = format!("{}:{}:{}", file.display(), it.place.line, it.place.column);
        findings::say(&format!("{place}: error[{}]: {}; {}", it.code.name(), words.finding_message(it), words.finding_help(it)));
    }
    Ok(notes)
}

/// Whatever goes wrong with one client is that client's.
fn build(arguments: &Build, folder: &Path, client: &str, out: &Path) -> Built {
    let mut built =
        Built { folder: client.to_owned(), title: String::new(), calendar: Calendar::default(), figures: Err(String::new()), pages: None };
    let mut common = arguments.common.clone();
    common.path = folder.join(client);
    common.language = None;
    let audience = common.audience.map(Visibility::from).unwrap_or_default();
    let session = match Session::open(&common, audience) {
        Ok(session) => session,
        Err(Failure(why)) => return Built { figures: Err(why), ..built },
    };
    built.title = session.workspace.config.title.clone().unwrap_or_default();
    built.calendar = session.workspace.config.calendar;
    let mut figures = compute::client(&session.workspace, &session.scorecard, &session.findings);
    figures.errors = session.counts().0;
    if arguments.strict && figures.errors > 0 {
        return Built { figures: Ok(figures), ..built };
    }
    let own = Build { common, ..arguments.clone() };
    match write(&own, &session, &out.join(client), Said::Nothing) {
        Ok(written) => {
            // A page that its own template cannot make is a mistake of the client's, told like the others by its number.
            figures.errors += usize::from(!written.is_whole);
            Built { figures: Ok(figures), pages: Some(written.pages), ..built }
        }
        Err(Failure(why)) => Built { figures: Err(why), ..built },
    }
}

/// A line for each client that needs one, and one for all.
fn say(built: &[Built], out: &Path, since: Instant, volume: Volume, words: &Words) -> Result<Result<Outcome, Failure>, Failure> {
    for it in built {
        let client = || ("client", it.folder.as_str().into());
        match &it.figures {
            Err(why) => findings::say(&words.say("all.broken", &[client(), ("why", why.as_str().into())])),
            Ok(figures) if figures.errors > 0 => {
                findings::say(&words.say("all.errors", &[client(), ("errors", words.count("cli.errors", figures.errors).into())]));
            }
            Ok(_) => {}
        }
    }
    let pages: usize = built.iter().filter_map(|it| it.pages).sum();
    let sites = built.iter().filter(|it| it.pages.is_some()).count();
    if volume != Volume::Quiet {
        let args = [
            ("sites", words.count("all.sites", sites).into()),
            ("pages", words.count("cli.pages", pages).into()),
            ("dir", out.display().to_string().into()),
            ("ms", since.elapsed().as_millis().to_string().into()),
        ];
        findings::print(format!("{}\n", words.say("all.wrote", &args)))?;
    }
    let broken = built.iter().filter(|it| it.figures.is_err()).count();
    Ok(if broken > 0 {
        Err(Failure(words.count("all.some-broken", broken)))
    } else if built.iter().any(|it| it.figures.as_ref().is_ok_and(|it| it.errors > 0)) {
        Ok(Outcome::Findings)
    } else {
        Ok(Outcome::Fine)
    })
}

fn client(built: Built, notes: &BTreeMap<String, CoachNote>, overview: &Path, out: &Path) -> OverviewClient {
    let Built { folder, title, calendar, figures, pages } = built;
    let CoachNote { next_meeting, note } = notes.get(&folder).cloned().unwrap_or_default();
    let href = pages.map(|_| way(overview, &out.join(&folder).join("index.html"))).unwrap_or_default();
    OverviewClient { name: title, folder, href, calendar, figures, next_meeting, note }
}

/// The relative address of a file, from a folder.
fn way(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| disk::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (from, to) = (absolute(from), absolute(to));
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..].iter().map(|it| encoded(&it.as_os_str().to_string_lossy()));
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A part of a path as it stands in an address.
fn encoded(part: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'~');
    part.bytes().map(|it| if plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") }).collect()
}
