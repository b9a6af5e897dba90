//! `theme`: what can be laid over the built-in theme, and what of a workspace's own is wrong.

use crate::{disk, model::Visibility, render::Renderer, site, theme, words::Words};

use super::{
    Failure, Outcome, Volume,
    args::{ThemeData, ThemeEject, ThemeWhat},
    findings,
    session::{Session, settings},
};

/// So many of the words that a language lacks are named; `-v` names all.
const MOST_WORDS: usize = 12;

pub(crate) fn run(what: &ThemeWhat, _volume: Volume) -> Result<Outcome, Failure> {
    match what {
        ThemeWhat::List => findings::print(format!("{}\n", theme::ejectable().join("\n"))).map(|()| Outcome::Fine),
        ThemeWhat::Eject(it) => eject(it),
        ThemeWhat::Data(it) => data(it),
    }
}

fn eject(arguments: &ThemeEject) -> Result<Outcome, Failure> {
    let (root, config) = settings(&arguments.common)?;
    let words = Words::load("en", config.calendar).expect("English is built in");
    let all = theme::ejectable();
    // `page.html` alone is as clear as its whole path, where only one file bears the name.
    let named = |path: &&String| **path == arguments.file || path.rsplit('/').next() == Some(arguments.file.as_str());
    let found: Vec<&String> = all.iter().filter(named).collect();
    let [path] = found.as_slice() else {
        let near = crate::diagnostic::nearest(&arguments.file, all.iter().map(String::as_str));
        let no = words.say("theme.no-file", &[("file", arguments.file.as_str().into())]);
        return Err(Failure(near.map_or(no.clone(), |near| format!("{no}; {}", words.say("cli.meant", &[("name", near.into())])))));
    };
    let bytes = theme::eject(path, env!("CARGO_PKG_VERSION")).expect("it is on the list");
    let name = config.theme.as_deref().unwrap_or("default");
    let target = root.join("themes").join(name).join(path);
    disk::write_new(&target, &bytes)?;
    findings::print(format!("{}\n", target.display()))?;
    Ok(Outcome::Fine)
}

/// What a template sees, of the first page that it makes.
fn data(arguments: &ThemeData) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Internal)?;
    let quotes = findings::quotes(&session);
    let half = session.own_half();
    let plan = session.plan(&half, &quotes);
    let all = site::template_data(&plan)?;
    // `theme list` prints whole paths.
    let template = arguments.template.strip_prefix("templates/").unwrap_or(&arguments.template);
    let Some(first) = all.get(template).and_then(|pages| pages.first()) else {
        let names: Vec<&str> = all.keys().map(String::as_str).collect();
        return Err(Failure(
            session.voice.say("theme.no-page", &[("template", arguments.template.as_str().into()), ("names", names.join(", ").into())]),
        ));
    };
    findings::print(format!("{}\n", serde_json::to_string_pretty(first)?))?;
    Ok(Outcome::Fine)
}

/// What is wrong with a workspace's own theme, told; and whether anything is.
pub(crate) fn check(session: &Session, volume: Volume) -> Result<Outcome, Failure> {
    let own = &session.theme;
    if own.is_plain() {
        return Ok(Outcome::Fine);
    }
    let words = &session.words;
    let mistakes = Renderer::new(own)?.mistakes();
    let in_words = Words::mistakes_of(own).into_iter().map(|(path, why)| format!("{}: {why}", own.shown(&path)));
    let mistakes: Vec<String> = mistakes.into_iter().chain(in_words).collect();
    for it in &mistakes {
        findings::say(&format!("{} {it}", findings::paint_error("error:")));
    }
    if volume != Volume::Quiet {
        for path in own.unread() {
            findings::say(&words.say("theme.unread", &[("file", own.shown(path).into())]));
        }
        for it in own.ejected().into_iter().filter(|it| it.is_behind) {
            findings::say(&words.say("theme.behind", &[("file", own.shown(&it.path).into()), ("path", it.path.as_str().into())]));
        }
        own.languages().into_iter().for_each(|language| missing(session, language, volume));
    }
    Ok(if mistakes.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn missing(session: &Session, language: &str, volume: Volume) {
    let all = Words::missing_in(&session.theme, language);
    if all.is_empty() {
        return;
    }
    let most = if volume == Volume::Loud { all.len() } else { MOST_WORDS };
    let shown = all.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    let more = if all.len() > most { " …" } else { "" };
    let file = session.theme.shown(&format!("words/{language}.yaml"));
    let args = [("file", file.into()), ("n", all.len().into()), ("words", format!("{shown}{more}").into())];
    findings::say(&session.words.say("theme.missing", &args));
}
