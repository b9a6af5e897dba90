//! `init`: a workspace out of a template, or the recipe with which a job publishes one.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    disk,
    model::Date,
    scaffold::{self, AnswerError, Demo, Template, Wanted},
    theme,
    words::Words,
};

use super::{
    Failure, Outcome, Volume,
    args::{Ci, Init},
    ask::{Ask, Empty, Question},
    day, findings,
    session::{Session, require_language, words_of},
    templates,
};

/// The template of those who name none.
const PLAIN: &str = "trong";

pub(crate) fn run(arguments: &Init, volume: Volume) -> Result<Outcome, Failure> {
    let is_there = disk::find_workspace(&arguments.dir).is_some_and(|root| root == arguments.dir);
    // A workspace that is there gets its recipe; a new one, both.
    let only_recipe = arguments.ci.is_some() && arguments.from.is_none() && (is_there || !asks_for_more(arguments));
    let outcome = if only_recipe { Outcome::Fine } else { workspace(arguments, is_there, volume)? };
    if let Some(ci) = arguments.ci {
        recipe(&arguments.dir, ci)?;
    }
    Ok(outcome)
}

fn asks_for_more(arguments: &Init) -> bool {
    arguments.demo || arguments.logo.is_some() || arguments.language.is_some() || !arguments.var.is_empty()
}

fn recipe(dir: &Path, ci: Ci) -> Result<(), Failure> {
    let host = match ci {
        Ci::Github => scaffold::Host::Github,
        Ci::Gitlab => scaffold::Host::Gitlab,
    };
    let words = words_of("en");
    let file = scaffold::recipe(host, env!("CARGO_PKG_VERSION"), &words);
    let path = dir.join(&file.path);
    disk::write_new(&path, file.text.as_bytes())?;
    findings::print(format!("{}\n", path.display()))
}

fn workspace(arguments: &Init, is_there: bool, volume: Volume) -> Result<Outcome, Failure> {
    let voice = words_of("en");
    if is_there {
        return Err(Failure(voice.say("init.is-there", &[("dir", arguments.dir.display().to_string().into())])));
    }
    if let Some(language) = &arguments.language {
        require_language(language)?;
    }
    let ask = Ask::here();
    let language = language(arguments, ask)?;
    let words = words_of(language.as_deref().unwrap_or("en"));
    let name = template_name(arguments, ask, &words)?;
    let found = templates::find(&name, &voice)?;
    let template = &found.template;
    let language = settled(template, language.or(found.language.clone()), arguments.language.is_some(), &voice)?;
    let words = Words::load(&language, template.calendar).unwrap_or_else(|| words_of("en"));
    let folder = folder_name(&arguments.dir);
    let demo = if arguments.demo { Demo::With } else { Demo::Without };
    let mut values = given(&arguments.var, template, &voice)?;
    let today = today()?;
    put_questions(template, ask, &mut values, &words, &folder)?;
    let logo = match &arguments.logo {
        Some(path) => Some(logo(path)?),
        None => asked_logo(ask, &words)?,
    };
    let wanted = Wanted { words: &words, demo, values: &values, folder: &folder, today, logo };
    let files = template.fill(&wanted).map_err(|found| templates::failure(&found, &voice))?;
    write(&arguments.dir, &files, &voice)?;
    report(arguments, &files, &words, volume)
}

/// The day of the machine, or that of `SOURCE_DATE_EPOCH`.
fn today() -> Result<Date, Failure> {
    Ok(day::as_of(None, &crate::model::Config::default())?.0)
}

/// The language that was asked for; else, on a terminal, the one that is chosen.
fn language(arguments: &Init, ask: Ask) -> Result<Option<String>, Failure> {
    if arguments.language.is_some() || arguments.from.is_some() && ask == Ask::Nobody {
        return Ok(arguments.language.clone());
    }
    if ask == Ask::Somebody && arguments.from.is_none() {
        let mut all: Vec<String> = theme::languages().map(str::to_owned).collect();
        all.sort_by_key(|it| it != "vi");
        let names: Vec<String> = all.iter().map(|it| words_of(it).word("language.name")).collect();
        let here = all.iter().position(|it| Some(it) == of_machine().as_ref()).unwrap_or(0);
        return Ok(ask.one_of("Ngôn ngữ · Language", &names, here)?.map(|at| all[at].clone()));
    }
    Ok(None)
}

/// The language that the machine is set to, where we have its words.
fn of_machine() -> Option<String> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()))?;
    let language = set.split(['_', '.', '-']).next()?.to_lowercase();
    theme::languages().find(|it| *it == language).map(str::to_owned)
}

fn template_name(arguments: &Init, ask: Ask, words: &Words) -> Result<String, Failure> {
    if let Some(name) = &arguments.from {
        return Ok(name.clone());
    }
    let all = scaffold::built_ins();
    let items: Vec<String> =
        all.iter().map(|it| format!("{} – {}", it.name.text(words.language()), it.description.text(words.language()))).collect();
    let chosen = ask.one_of(&words.word("init.which"), &items, 0)?;
    Ok(chosen.map_or_else(|| PLAIN.to_owned(), |at| all[at].ids.text(words.language()).to_owned()))
}

/// The language of the workspace: one that the template has.
fn settled(template: &Template, wanted: Option<String>, is_asked: bool, voice: &Words) -> Result<String, Failure> {
    let has = |it: &String| template.languages.is_empty() || template.languages.contains(it);
    match wanted {
        Some(language) if has(&language) => Ok(language),
        Some(language) if is_asked => {
            let known = template.languages.join(", ");
            Err(Failure(voice.say("init.no-language", &[("language", language.into()), ("known", known.into())])))
        }
        _ => {
            let here = of_machine().filter(has).or_else(|| template.languages.first().cloned());
            Ok(here.unwrap_or_else(|| "vi".to_owned()))
        }
    }
}

/// The name that the folder has, also where it is called `.`.
fn folder_name(dir: &Path) -> String {
    let whole =
        if dir.file_name().is_some() { dir.to_path_buf() } else { std::env::current_dir().map(|it| it.join(dir)).unwrap_or_default() };
    let name = |path: &PathBuf| path.components().next_back().map(|it| it.as_os_str().to_string_lossy().into_owned());
    name(&whole).filter(|it| !it.is_empty() && !it.starts_with(['/', '.'])).unwrap_or_else(|| "Scorebook".to_owned())
}

/// What `--var` answers.
fn given(all: &[String], template: &Template, voice: &Words) -> Result<BTreeMap<String, String>, Failure> {
    let mut values = BTreeMap::new();
    for text in all {
        let Some((name, value)) = text.split_once('=') else {
            return Err(Failure(voice.say("init.var-form", &[("value", text.as_str().into())])));
        };
        template.check(name.trim(), value.trim()).map_err(|error| Failure(answer_error(name, value, &error, voice)))?;
        values.insert(name.trim().to_owned(), value.trim().to_owned());
    }
    Ok(values)
}

fn answer_error(name: &str, value: &str, error: &AnswerError, words: &Words) -> String {
    match error {
        AnswerError::Unknown(near, names) => {
            let no = words.say("init.no-var", &[("name", name.into()), ("names", names.join(", ").into())]);
            let meant = |near: &String| words.say("cli.meant", &[("name", near.as_str().into())]);
            near.as_ref().map_or(no.clone(), |near| format!("{no}; {}", meant(near)))
        }
        AnswerError::Not(must, choices) => {
            let must = words.say(must, &[("names", choices.join(", ").into())]);
            words.say("init.not", &[("name", name.into()), ("value", value.into()), ("must", must.into())])
        }
    }
}

/// Asks what nobody has said yet: the company's name, then what the template wants to know.
fn put_questions(template: &Template, ask: Ask, values: &mut BTreeMap<String, String>, words: &Words, folder: &str) -> Result<(), Failure> {
    if ask == Ask::Nobody {
        return Ok(());
    }
    if !values.contains_key("company") && !template.variables.iter().any(|it| it.id == "company") {
        let question = words.word("init.company");
        put(template, ask, values, words, ("company", &question, folder))?;
    }
    for variable in &template.variables {
        if !values.contains_key(&variable.id) {
            let default = variable.default.text(words.language());
            let default = if default.contains("{{") { "" } else { default };
            put(template, ask, values, words, (&variable.id, variable.question.text(words.language()), default))?;
        }
    }
    if !values.contains_key("accent") && !template.variables.iter().any(|it| it.id == "accent") {
        let question = words.word("init.accent");
        put(template, ask, values, words, ("accent", &question, ""))?;
    }
    Ok(())
}

/// A logo that is named on a terminal: a path that holds one.
fn asked_logo(ask: Ask, words: &Words) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let text = words.word("init.logo");
    let question = Question { text: &text, hint: None, default: None, may_be_empty: Empty::Fine };
    let answer = ask.line(&question, |answer| logo(Path::new(answer)).map(|_| ()).map_err(|Failure(why)| why))?;
    answer.map(|answer| logo(Path::new(&answer))).transpose()
}

fn put(
    template: &Template,
    ask: Ask,
    values: &mut BTreeMap<String, String>,
    words: &Words,
    (name, text, default): (&str, &str, &str),
) -> Result<(), Failure> {
    let check = |answer: &str| template.check(name, answer).map_err(|error| answer_error(name, answer, &error, words));
    let question = Question { text, hint: None, default: Some(default), may_be_empty: Empty::Fine };
    if let Some(answer) = ask.line(&question, check)? {
        values.insert(name.to_owned(), answer);
    }
    Ok(())
}

fn logo(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = disk::read_file(path)?;
    let name = format!("logo.{ending}");
    match scaffold::what_is_unsafe(&name, Some(&bytes)) {
        None if matches!(ending.as_str(), "svg" | "png" | "jpg" | "jpeg" | "webp" | "gif") => Ok((name, bytes)),
        None | Some(_) => {
            let words = words_of("en");
            let why = words.word(scaffold::what_is_unsafe(&name, Some(&bytes)).map_or("init.logo-kind", scaffold::Unsafe::words));
            Err(Failure(format!("{}: {why}", path.display())))
        }
    }
}

/// Writes all or nothing: what is there already stops it before the first file.
fn write(dir: &Path, files: &BTreeMap<String, Vec<u8>>, voice: &Words) -> Result<(), Failure> {
    let there: Vec<&str> = files.keys().map(String::as_str).filter(|path| disk::is_there(&dir.join(path))).collect();
    if !there.is_empty() {
        let shown = there.iter().take(5).map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
        return Err(Failure(voice.say("init.files-there", &[("files", shown.into()), ("dir", dir.display().to_string().into())])));
    }
    for (path, bytes) in files {
        disk::write_new(&dir.join(path), bytes)?;
    }
    Ok(())
}

/// What was made, what to do next, and whether it is sound.
fn report(arguments: &Init, files: &BTreeMap<String, Vec<u8>>, words: &Words, volume: Volume) -> Result<Outcome, Failure> {
    let dir = arguments.dir.display().to_string();
    findings::print(format!("{dir}\n"))?;
    if volume != Volume::Quiet {
        findings::say(&words.say("init.made", &[("n", files.len().into()), ("dir", dir.as_str().into())]));
        let next = if arguments.demo { "init.next-demo" } else { "init.next" };
        findings::say(&words.say(next, &[("dir", dir.as_str().into())]));
    }
    let session = Session::open(&arguments.common(), crate::model::Visibility::Restricted)?;
    if !session.workspace.objectives.is_empty() || !session.workspace.kpis.is_empty() {
        let forms = super::forms::all(&session, &arguments.dir.join("forms"))?;
        if volume != Volume::Quiet {
            findings::say(
                &words.say("init.forms", &[("n", forms.len().into()), ("dir", arguments.dir.join("forms").display().to_string().into())]),
            );
        }
    }
    // What a template leaves to be filled in is no news; a figure that would be wrong is.
    if session.counts().0 > 0 {
        findings::show(&session, Volume::Quiet);
    }
    findings::count(&session, volume);
    Ok(session.outcome())
}
