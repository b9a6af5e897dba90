//! A workspace, read and computed: what every command begins with.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    compute::{self, Scorecard},
    diagnostic::{Code, Finding, Place, Severity, nearest},
    disk, lint,
    load::{self, ConfigError, Input, Others},
    model::{Calendar, Config, Id, MOST_BYTES, Visibility, Workspace},
    route::Routes,
    scaffold::NewFile,
    site::{Half, Plan},
    theme::Theme,
    words::Words,
};

use super::{Failure, Outcome, args::Common, day};

/// What a workspace that names no theme lays over the built-in one.
const DEFAULT_THEME: &str = "default";
/// More files than a theme needs.
const MOST_THEME_FILES: usize = 1_000;

/// Where the workspace lies and what its `scorebook.yaml` settles.
///
/// # Errors
/// When there is none, or it is written for a later version.
pub(crate) fn settings(common: &Common) -> Result<(PathBuf, Config), Failure> {
    let root = disk::find_workspace(&common.path).ok_or_else(|| no_workspace(&common.path))?;
    let (config, _, _) = load::config(disk::read_text(&root.join("scorebook.yaml"))?).map_err(newer)?;
    Ok((root, config))
}

/// A workspace with its figures and findings, in the words of one language.
pub(crate) struct Session {
    pub(crate) root: PathBuf,
    pub(crate) workspace: Workspace,
    pub(crate) scorecard: Scorecard,
    pub(crate) findings: Vec<Finding>,
    /// Warnings that their authors want to keep.
    pub(crate) kept: Vec<(Finding, String)>,
    /// Who reads it.
    pub(crate) audience: Visibility,
    /// For findings and pages: the workspace's, or those asked for.
    pub(crate) words: Words,
    /// For the program's own voice, which its help and its refusals have, too.
    pub(crate) voice: Words,
    /// The built-in theme, and what the workspace lays over it.
    pub(crate) theme: Theme,
    /// Errors in what this audience may not see: they are told by their number, and count.
    pub(crate) hidden_errors: usize,
    /// What is said on standard error besides findings.
    pub(crate) notes: Vec<String>,
    /// How long each stage took, for `-v`.
    pub(crate) stages: Vec<(&'static str, Duration)>,
}

impl Session {
    /// Finds, reads, computes and checks a workspace.
    ///
    /// # Errors
    /// When there is none, it cannot be read, or it is written for a later version.
    pub(crate) fn open(common: &Common, audience: Visibility) -> Result<Self, Failure> {
        Self::open_with(common, audience, None)
    }

    /// The same with a file that is not written yet, as if it lay there.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn open_with(common: &Common, audience: Visibility, draft: Option<&NewFile>) -> Result<Self, Failure> {
        let root = disk::find_workspace(&common.path).ok_or_else(|| no_workspace(&common.path))?;
        let mut stages = Stages::new();
        let config_bytes = disk::read_text(&root.join("scorebook.yaml"))?;
        let (config, declared, mut findings) = load::config(config_bytes.clone()).map_err(newer)?;
        let theme = own_theme(&root, &config, &config_bytes, &mut findings)?;
        findings.extend(unknown_language(&theme, &config_bytes, &config));
        let skip: Vec<PathBuf> = config.outputs.iter().map(|(dir, _)| PathBuf::from(dir)).collect();
        let language = common.language.clone().unwrap_or_else(|| config.language.clone());
        let english = || Words::load("en", config.calendar).expect("English is built in");
        // Words, and the clock's place on earth, are read while the disk is: each takes its time.
        let (tree, (words, voice, day)) = rayon::join(
            || disk::read(&root, &skip),
            || (Words::of_theme(&theme, &language, config.calendar).unwrap_or_else(english), english(), day::as_of(common.as_of, &config)),
        );
        let tree = tree?;
        stages.done("read");

        if let Some(language) = &common.language {
            require_language_of(&theme, language)?;
        }
        let mut notes: Vec<String> = tree.problems.iter().map(|problem| note(&words, problem)).collect();
        let (as_of, day_from) = day?;
        let draft = draft.map(|it| Input { path: it.path.clone(), bytes: it.text.clone().into_bytes() });
        let files = tree.texts.into_iter().map(|(path, bytes)| Input { path, bytes }).chain(draft).collect();
        let (workspace, found) = load::workspace(
            config,
            declared,
            files,
            Others { sizes: tree.others, read: &|path| disk::read_start(&root.join(path), MOST_BYTES + 1).ok() },
        );
        findings.extend(found);
        let errors = |findings: &[Finding]| findings.iter().filter(|it| it.severity == Severity::Error).count();
        let all_errors = errors(&findings);
        let (workspace, mut findings) = compute::for_audience(workspace, findings, audience);
        let hidden_errors = all_errors - errors(&findings);
        stages.done("load");

        let scorecard = compute::scorecard(&workspace, as_of, common.drafts());
        stages.done("compute");
        let lint::Found { findings: found, kept } = lint::run(lint::Look { workspace: &workspace, scorecard: &scorecard, day: day_from });
        findings.extend(found);
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        stages.done("check");
        if !kept.is_empty() {
            notes.push(words.count("note.kept", kept.len()));
        }
        Ok(Self { root, workspace, scorecard, findings, kept, audience, words, voice, theme, hidden_errors, notes, stages: stages.all })
    }

    /// The session's own language alone, for what is one file and no site.
    pub(crate) fn own_half(&self) -> [Half; 1] {
        [Half { words: self.words.clone(), routes: Routes::own() }]
    }

    /// What pages are made from, in these languages and with these lines quoted.
    pub(crate) fn plan<'a>(&'a self, halves: &'a [Half], quotes: &'a BTreeMap<(Arc<str>, u32), String>) -> Plan<'a> {
        Plan {
            workspace: &self.workspace,
            scorecard: &self.scorecard,
            findings: &self.findings,
            kept: &self.kept,
            quotes,
            halves,
            theme: &self.theme,
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// A person that the command line names, by id or name.
    ///
    /// # Errors
    /// When nobody is called so.
    pub(crate) fn person(&self, text: &str) -> Result<Id, Failure> {
        self.named(text, &self.workspace.people.iter().map(|it| (&it.id, it.name.as_str())).collect::<Vec<_>>())
    }

    /// A department, alike.
    ///
    /// # Errors
    /// When no department is called so.
    pub(crate) fn department(&self, text: &str) -> Result<Id, Failure> {
        let known = self.workspace.departments.iter().map(|it| (&it.id, it.name.as_deref().unwrap_or_default()));
        self.named(text, &known.collect::<Vec<_>>())
    }

    fn named(&self, text: &str, known: &[(&Id, &str)]) -> Result<Id, Failure> {
        let id = Id::new(text);
        let found = known.iter().find(|(it, name)| **it == id || Id::new(name) == id).map(|(it, _)| (*it).clone());
        found.ok_or_else(|| {
            let words = self.voice.say("cli.nobody", &[("value", text.into())]);
            // Whoever writes a name, or a part of one, means its bearer.
            let part = |name: &str| Id::new(name).as_str().split('-').any(|part| part == id.as_str());
            let near = nearest(id.as_str(), known.iter().map(|(it, _)| it.as_str()))
                .or_else(|| known.iter().find(|(it, name)| part(it.as_str()) || part(name)).map(|(it, _)| it.to_string()))
                .or_else(|| {
                    let name = nearest(id.as_str(), known.iter().map(|(_, name)| *name))?;
                    known.iter().find(|(_, it)| *it == name).map(|(it, _)| it.to_string())
                });
            let hint = match near {
                Some(near) => self.voice.say("cli.meant", &[("name", near.into())]),
                None if known.is_empty() => return Failure(words),
                None => {
                    let ids: Vec<String> = known.iter().take(12).map(|(it, _)| format!("`{it}`")).collect();
                    self.voice.say("cli.known", &[("names", ids.join(", ").into())])
                }
            };
            Failure(format!("{words}; {hint}"))
        })
    }

    /// What the exit code tells: errors count.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.counts().0 > 0 { Outcome::Findings } else { Outcome::Fine }
    }

    /// How many errors and warnings there are.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let errors = self.findings.iter().filter(|it| it.severity == Severity::Error).count();
        (errors + self.hidden_errors, self.findings.len() - errors)
    }
}

pub(crate) fn newer(ConfigError::NewerFormat(format): ConfigError) -> Failure {
    let own = env!("CARGO_PKG_VERSION");
    Failure(format!("this workspace is written in format {format}; scorebook {own} reads format 1, a later version reads {format}"))
}

fn note(words: &Words, disk::Problem { path, kind }: &disk::Problem) -> String {
    match kind {
        disk::ProblemKind::NameNotUtf8 => words.say("note.name-not-utf8", &[("path", path.as_str().into())]),
        disk::ProblemKind::Unreadable(why) => words.say("note.unreadable", &[("path", path.as_str().into()), ("why", why.as_str().into())]),
    }
}

fn no_workspace(path: &Path) -> Failure {
    let shown = path.display();
    if path.exists() {
        Failure(format!("there is no `scorebook.yaml` in `{shown}` or above it; an empty file of that name makes the folder a workspace"))
    } else {
        Failure(format!("there is no folder `{shown}`"))
    }
}

/// The theme that a workspace names, or what it lays over the built-in one in `themes/default/`.
fn own_theme(root: &Path, config: &Config, config_bytes: &[u8], findings: &mut Vec<Finding>) -> Result<Theme, Failure> {
    let name = config.theme.as_deref().unwrap_or(DEFAULT_THEME);
    let is_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']);
    let folder = root.join("themes").join(name);
    if !is_name || !folder.is_dir() {
        if name != DEFAULT_THEME {
            let (line, column) = place_of(config_bytes, "theme:");
            let place = Place { file: "scorebook.yaml".into(), line, column };
            findings.push(Finding::new(Code::UnknownReference, place).says("unknown-reference.theme").text("value", name));
        }
        return Ok(Theme::default());
    }
    let most = disk::Most { files: MOST_THEME_FILES, file: MOST_BYTES, bytes: MOST_BYTES * 10 };
    Ok(Theme::over(&format!("themes/{name}"), disk::read_folder(&folder, most)?.files))
}

pub(crate) fn require_language(language: &str) -> Result<(), Failure> {
    require_language_of(&Theme::default(), language)
}

fn require_language_of(theme: &Theme, language: &str) -> Result<(), Failure> {
    if theme.has_language(language) {
        return Ok(());
    }
    let known = theme.languages();
    Err(Failure(format!("there are no words for the language `{language}`; there are {}", known.join(", "))))
}

/// The built-in words of a language, English where there are none.
pub(crate) fn words_of(language: &str) -> Words {
    let load = |language| Words::load(language, Calendar::default());
    load(language).unwrap_or_else(|| load("en").expect("English is built in"))
}

/// The language that was asked for, else that of the workspace in which the command runs, else English.
pub(crate) fn language_of(wanted: Option<&str>) -> Result<String, Failure> {
    if let Some(language) = wanted {
        require_language(language)?;
        return Ok(language.to_owned());
    }
    Ok(language_here().unwrap_or_else(|| "en".to_owned()))
}

fn language_here() -> Option<String> {
    let root = disk::find_workspace(Path::new("."))?;
    let (config, _, _) = load::config(disk::read_text(&root.join("scorebook.yaml")).ok()?).ok()?;
    Some(config.language)
}

/// A language that the theme has no words for would quietly change how every number is read.
fn unknown_language(theme: &Theme, config_bytes: &[u8], config: &Config) -> Option<Finding> {
    if theme.has_language(&config.language) {
        return None;
    }
    let (line, column) = place_of(config_bytes, "language:");
    let names = theme.languages();
    let place = Place { file: "scorebook.yaml".into(), line, column };
    let finding = Finding::new(Code::WrongType, place).says("wrong-type.choice").text("key", "language");
    let near = if config.language.starts_with('v') { Some("vi".to_owned()) } else { nearest(&config.language, names.iter().copied()) };
    Some(finding.text("value", config.language.as_str()).names("names", &names).perhaps(near))
}

/// Where a setting's value stands, by the line that begins with its key.
fn place_of(config_bytes: &[u8], key: &str) -> (u32, u32) {
    let text = String::from_utf8_lossy(config_bytes);
    let found = text.lines().enumerate().find_map(|(index, line)| {
        let value = line.strip_prefix(key)?;
        let gap = value.len() - value.trim_start().len();
        Some((u32::try_from(index).ok()? + 1, u32::try_from(key.len() + gap).ok()? + 1))
    });
    found.unwrap_or((1, 1))
}

struct Stages {
    since: Instant,
    all: Vec<(&'static str, Duration)>,
}

impl Stages {
    fn new() -> Self {
        Self { since: Instant::now(), all: Vec::new() }
    }

    fn done(&mut self, name: &'static str) {
        let now = Instant::now();
        self.all.push((name, now - self.since));
        self.since = now;
    }
}
