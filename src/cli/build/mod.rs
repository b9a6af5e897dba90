//! `build`: the site.

mod all;

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    disk,
    model::Visibility,
    route::{Routes, SitePath},
    site::{self, Content, Half},
    theme,
    words::Words,
};

use super::{Failure, Outcome, Volume, args::Build, findings, session::Session};

/// A build that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_millis(500);

pub(crate) fn run(arguments: &Build, volume: Volume) -> Result<Outcome, Failure> {
    if arguments.all {
        return all::run(arguments, volume);
    }
    let started = Instant::now();
    let outputs = outputs(arguments)?;
    let mut outcome = Outcome::Fine;
    for (target, audience) in outputs {
        let since = Instant::now();
        let mut session = Session::open(&arguments.common, audience)?;
        if let Some(url) = arguments.base_url.as_ref().filter(|it| !it.is_empty()) {
            session.workspace.config.base_url = Some(url.clone());
        }
        findings::show(&session, volume);
        if volume != Volume::Quiet {
            brand(&session);
        }
        let errors = session.counts().0;
        if errors > 0 {
            outcome = Outcome::Findings;
        }
        if arguments.strict && errors > 0 {
            findings::say(&session.voice.say("cli.strict", &[("errors", session.voice.count("cli.errors", errors).into())]));
            continue;
        }
        if !write(arguments, &session, &target, Said::All(since, volume))?.is_whole {
            outcome = Outcome::Findings;
        }
        // The process is about to end: giving the memory back piece by piece would only take time.
        std::mem::forget(session);
    }
    if volume == Volume::Loud {
        findings::say(&format!("total {:.1?}", started.elapsed()));
    }
    Ok(outcome)
}

/// Where to write, and for whom: `--out` and `--audience`, else what the workspace says.
fn outputs(arguments: &Build) -> Result<Vec<(PathBuf, Visibility)>, Failure> {
    let (root, config) = super::session::settings(&arguments.common)?;
    let audience = arguments.common.audience.map(Visibility::from);
    if let Some(out) = &arguments.out {
        return Ok(vec![(out.clone(), audience.unwrap_or_default())]);
    }
    let wanted = config.outputs.into_iter().filter(|(_, it)| audience.is_none_or(|audience| audience == *it));
    let outputs: Vec<(PathBuf, Visibility)> = wanted.map(|(dir, audience)| (root.join(dir), audience)).collect();
    if outputs.is_empty() {
        return Ok(vec![(root.join("site"), audience.unwrap_or_default())]);
    }
    Ok(outputs)
}

/// How much a build tells of itself.
#[derive(Clone, Copy)]
enum Said {
    /// Progress, notes and a line at its end; since when it runs.
    All(Instant, Volume),
    /// It is one of many.
    Nothing,
}

/// What a build wrote.
struct Written {
    pages: usize,
    /// Whether every page is as its template wants it.
    is_whole: bool,
}

/// Writes a site.
fn write(arguments: &Build, session: &Session, target: &Path, said: Said) -> Result<Written, Failure> {
    let (since, volume) = match said {
        Said::All(since, volume) => (since, volume),
        Said::Nothing => (Instant::now(), Volume::Quiet),
    };
    let mut begun = Instant::now();
    let mut say_stage = |name: &str| {
        if volume == Volume::Loud {
            findings::say(&format!("{name} {:.1?}", begun.elapsed()));
        }
        begun = Instant::now();
    };
    if volume == Volume::Loud {
        session.stages.iter().for_each(|(name, time)| findings::say(&format!("{name} {time:.1?}")));
    }
    // The one reads files, the other looks at what stands at the target.
    let (quotes, stage) = rayon::join(|| findings::quotes(session), || disk::Stage::begin(target, &session.root));
    let stage = stage?;
    let halves = halves(arguments, session);
    let plan = session.plan(&halves, &quotes);
    let bar = Bar::new(since, volume);
    let take = |path: &SitePath, content: Content<'_>| match content {
        Content::Bytes(bytes) => stage.put_bytes(path.as_str(), bytes),
        Content::Written(write) => stage.put_written(path.as_str(), write),
        Content::CopyOf(source) => stage.put_copy(path.as_str(), &session.root.join(source)),
    };
    let site::Built { pages, mistakes } = site::build(&plan, &|done, total| bar.show(done, total), &take)?;
    bar.clear();
    for mistake in &mistakes {
        findings::say(&format!("{} {mistake}", findings::paint_error("error:")));
    }
    say_stage("render and write");
    let written = stage.finish()?;
    say_stage("put in place");
    if volume != Volume::Quiet {
        for note in &written.notes {
            findings::say(&match note {
                disk::Note::NotRemoved { path, why } => {
                    session.words.say("note.not-removed", &[("path", path.display().to_string().into()), ("why", why.as_str().into())])
                }
                disk::Note::OneByOne => session.words.word("note.one-by-one"),
            });
        }
        let milliseconds = since.elapsed().as_millis();
        let words = &session.voice;
        let args = [
            ("pages", words.count("cli.pages", pages).into()),
            ("dir", target.display().to_string().into()),
            ("ms", milliseconds.to_string().into()),
            ("found", findings::summary(session).into()),
        ];
        findings::print(format!("{}\n", words.say("cli.wrote", &args)))?;
    }
    Ok(Written { pages, is_whole: mistakes.is_empty() })
}

/// Says what became of the company's colour.
fn brand(session: &Session) {
    let Some(accent) = &session.workspace.config.brand.accent else { return };
    let Some(note) = theme::brand_note(accent) else { return };
    let say =
        |key: &str, colour: &str| findings::say(&session.words.say(key, &[("accent", accent.as_str().into()), ("colour", colour.into())]));
    if let Some(colour) = &note.light {
        say("note.brand-light", colour);
    }
    if let Some(colour) = &note.dark {
        say("note.brand-dark", colour);
    }
    if note.is_like_off {
        say("note.brand-off", "");
    }
}

/// The workspace's own language, and those in which the site stands once more.
fn halves(arguments: &Build, session: &Session) -> Vec<Half> {
    let mut halves = vec![Half { words: session.words.clone(), routes: Routes::own() }];
    if arguments.common.language.is_some() {
        return halves;
    }
    let config = &session.workspace.config;
    for language in &config.more_languages {
        let known = halves.iter().any(|half| half.words.language() == language);
        if !known && let Some(words) = Words::of_theme(&session.theme, language, config.calendar) {
            halves.push(Half { words, routes: Routes::language(language) });
        }
    }
    halves
}

/// The progress of a build that takes its time, on a terminal only.
struct Bar {
    bar: Option<ProgressBar>,
    since: Instant,
}

impl Bar {
    fn new(since: Instant, volume: Volume) -> Self {
        let wanted = volume != Volume::Quiet && std::io::stderr().is_terminal();
        let bar = wanted.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len}").expect("the template is fixed"));
            bar
        });
        Self { bar, since }
    }

    fn show(&self, done: usize, total: usize) {
        let Some(bar) = &self.bar else { return };
        if self.since.elapsed() < PATIENCE {
            return;
        }
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
