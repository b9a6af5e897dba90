//! `import`: a company's sheet as Markdown files. Nothing is ever overwritten.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use crate::{
    diagnostic::{Code, Finding, Place, Severity},
    disk,
    import::{self, Asked, CellFinding, Fate, Given, Imported, Kind, Known, NewFile, Role, Seen, Unfit},
    model::{Calendar, Visibility},
    words::Words,
};

use super::{
    Failure, Outcome, Volume,
    args::{Common, ImportArgs, ImportFormat},
    findings::{self, MOST_OF_A_CODE, Where},
    session::Session,
};

/// How a file of the import stands to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Unchanged,
    /// There is one with other content.
    Exists,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Exists => "exists",
        }
    }
}

pub(crate) fn run(arguments: &ImportArgs, volume: Volume) -> Result<Outcome, Failure> {
    // Whoever writes files has them all before their eyes.
    let common = Common { path: arguments.path.clone(), as_of: None, audience: None, language: None, drafts: true };
    let session = Session::open(&common, Visibility::Restricted)?;
    let calendar = session.workspace.config.calendar;
    let file = arguments.file.display().to_string();
    let bytes = disk::read_file(&arguments.file)?;
    let (asked, mapping) = asked(arguments, &session.voice, calendar)?;
    if mapping.iter().any(|it| it.severity == Severity::Error) {
        let told: Vec<CellFinding> = mapping.into_iter().map(|finding| CellFinding { finding, cell: None }).collect();
        return finished(arguments, &session, (&[], &told, &[]), volume);
    }
    let known = Known::of(&session.workspace);
    let (config, words) = (&session.workspace.config, &session.words);
    let given = Given { file: &file, bytes: &bytes, asked: &asked, known: &known, config, words, today: session.scorecard.as_of };
    let Imported { files, mut findings, sheets } = match import::import(given) {
        Ok(imported) => imported,
        Err(finding) => {
            let told = [CellFinding { finding: *finding, cell: None }];
            finished(arguments, &session, (&[], &told, &[]), volume)?;
            return Err(Failure(session.words.finding_message(&told[0].finding)));
        }
    };
    let files: Vec<(NewFile, State)> = files.into_iter().map(|file| standing(file, &session)).collect();
    for (file, _) in files.iter().filter(|(_, state)| *state == State::Exists) {
        let place = Place { file: file.path.as_str().into(), line: 1, column: 1 };
        let finding = Finding::new(Code::DuplicateId, place).says("duplicate-id.import").text("path", &file.path);
        findings.push(CellFinding { finding, cell: None });
    }
    if !arguments.dry_run {
        for (file, _) in files.iter().filter(|(_, state)| *state == State::New) {
            disk::write_new(&session.root.join(&file.path), file.text.as_bytes())?;
        }
    }
    finished(arguments, &session, (&files, &findings, &sheets), volume)
}

/// What flags and the mapping file ask; a flag wins.
fn asked(arguments: &ImportArgs, voice: &Words, calendar: Calendar) -> Result<(Asked, Vec<Finding>), Failure> {
    let mut asked = Asked::default();
    let pairs = [
        ("sheet", &arguments.sheet),
        ("period", &arguments.period),
        ("year", &arguments.year),
        ("department", &arguments.department),
        ("date", &arguments.date),
    ];
    for pair in &arguments.map {
        let form = || Failure(voice.say("cli.map-form", &[("value", pair.as_str().into())]));
        let (key, value) = pair.split_once('=').ok_or_else(form)?;
        asked.map(key.trim(), value, calendar).map_err(|unfit| refusal(voice, key, value, unfit))?;
    }
    for (key, value) in pairs.into_iter().filter_map(|(key, value)| Some((key, value.as_deref()?))) {
        asked.set(key, value, calendar).map_err(|unfit| refusal(voice, key, value, unfit))?;
    }
    let Some(path) = &arguments.map_file else { return Ok((asked, Vec::new())) };
    let (of_file, findings) = Asked::read(&path.display().to_string(), disk::read_file(path)?, calendar);
    Ok((asked.or(of_file), findings))
}

fn refusal(voice: &Words, key: &str, value: &str, unfit: Unfit) -> Failure {
    match unfit {
        Unfit::Value => Failure(voice.say("cli.map-value", &[("key", key.into()), ("value", value.into())])),
        Unfit::Key(near) => {
            let names: Vec<String> = Role::NAMES.iter().map(|name| format!("`{name}`")).collect();
            let words = voice.say("cli.map-key", &[("key", key.into()), ("names", names.join(", ").into())]);
            let meant = near.map(|near| format!("; {}", voice.say("cli.meant", &[("name", near.into())])));
            Failure(words + &meant.unwrap_or_default())
        }
    }
}

/// Whether a file is there, and says the same.
fn standing(file: NewFile, session: &Session) -> (NewFile, State) {
    let path = session.root.join(&file.path);
    let state = match disk::read_file(&path) {
        Ok(old) if old == file.text.as_bytes() => State::Unchanged,
        Ok(_) => State::Exists,
        Err(_) if path.symlink_metadata().is_ok() => State::Exists,
        Err(_) if is_told(&file, session) => State::Unchanged,
        Err(_) => State::New,
    };
    (file, state)
}

/// Whether an earlier run has written the same under its own day.
fn is_told(file: &NewFile, session: &Session) -> bool {
    let Some(day) = file.run.map(|day| day.to_string()) else { return false };
    let Some((folder, name)) = file.path.split_once(&day) else { return false };
    session.workspace.check_ins.iter().any(|it| {
        let path = &it.source.path;
        let is_twin = path.strip_prefix(folder).and_then(|rest| rest.get(day.len()..)) == Some(name);
        let text = || disk::read_text(&session.root.join(path.as_ref())).unwrap_or_default();
        is_twin && text() == file.text.replacen(&day, &it.date.to_string(), 1).as_bytes()
    })
}

type Ended<'a> = (&'a [(NewFile, State)], &'a [CellFinding], &'a [Seen]);

/// Prints what came of it.
fn finished(arguments: &ImportArgs, session: &Session, (files, told, sheets): Ended<'_>, volume: Volume) -> Result<Outcome, Failure> {
    match arguments.format {
        ImportFormat::Json => findings::print(json(arguments, files, told, &session.words))?,
        ImportFormat::Human => {
            findings::print(listed(arguments, files, session))?;
            show(arguments, session, told, volume);
            if volume != Volume::Quiet {
                sheets.iter().for_each(|it| findings::say(&seen(it, arguments, &session.words)));
                if !sheets.is_empty() {
                    findings::say(&summary(arguments, files, &session.words));
                }
            }
        }
    }
    let counts = told.iter().any(|it| it.finding.severity == Severity::Error);
    Ok(if counts { Outcome::Findings } else { Outcome::Fine })
}

/// The paths that were written, or with `--dry-run` every path with its text.
fn listed(arguments: &ImportArgs, files: &[(NewFile, State)], session: &Session) -> String {
    let mut text = String::new();
    for (file, state) in files {
        match (arguments.dry_run, state) {
            (false, State::New) => text.push_str(&format!("{}\n", session.root.join(&file.path).display())),
            (false, State::Unchanged | State::Exists) => {}
            (true, state) => {
                let state = session.words.word(&format!("import.state.{}", state.name()));
                text.push_str(&format!("==> {} ({state})\n{}\n", file.path, file.text));
            }
        }
    }
    text
}

/// Shows the findings on standard error, each with its cell.
fn show(arguments: &ImportArgs, session: &Session, told: &[CellFinding], volume: Volume) {
    let mut text = String::new();
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for CellFinding { finding, cell } in told.iter().filter(|it| volume != Volume::Quiet || it.finding.severity == Severity::Error) {
        let count = shown.entry(finding.code).or_default();
        *count += 1;
        if *count > MOST_OF_A_CODE {
            continue;
        }
        let place = match cell {
            Some(cell) => Where::Cell(format!("{} {cell}", arguments.file.display())),
            None => {
                let file = finding.place.file.to_string();
                let lines = files.entry(file.clone()).or_insert_with(|| lines_of(&file, session));
                let index = usize::try_from(finding.place.line).unwrap_or(1).saturating_sub(1);
                Where::Line { path: file, line: lines.get(index).cloned().unwrap_or_default() }
            }
        };
        text.push_str(&findings::drawn(&session.words, finding, &place, ""));
        text.push_str("\n\n");
    }
    for (code, count) in shown.into_iter().filter(|(_, count)| *count > MOST_OF_A_CODE) {
        let args = [("n", (count - MOST_OF_A_CODE).into()), ("code", code.name().into())];
        text.push_str(&session.words.say("findings.more", &args));
        text.push('\n');
    }
    if !text.is_empty() {
        findings::say(text.trim_end_matches('\n'));
    }
}

/// The lines of a text file, for quotes: of the sheet, of a mapping file, of one in the workspace.
fn lines_of(file: &str, session: &Session) -> Vec<String> {
    if file.ends_with(".xlsx") || file.ends_with(".xlsm") {
        return Vec::new();
    }
    let bytes = disk::read_text(Path::new(file)).or_else(|_| disk::read_text(&session.root.join(file))).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n').map(crate::diagnostic::visible).collect()
}

/// What became of a sheet, in words.
fn seen(Seen { name, fate }: &Seen, arguments: &ImportArgs, words: &Words) -> String {
    let name = name.clone().unwrap_or_else(|| arguments.file.display().to_string());
    let args = [("sheet", name.into())];
    match fate {
        Fate::Hidden => words.say("import.hidden", &args),
        Fate::NoHead => words.say("import.no-head", &args),
        Fate::Taken(kind, row) => {
            let key = match kind {
                Kind::Okr => "import.taken.okr",
                Kind::Kpi => "import.taken.kpi",
                Kind::CheckIn => "import.taken.check-in",
            };
            let [sheet] = args;
            words.say(key, &[sheet, ("row", row.to_string().into())])
        }
    }
}

fn summary(arguments: &ImportArgs, files: &[(NewFile, State)], words: &Words) -> String {
    let count = |wanted: State| files.iter().filter(|(_, state)| *state == wanted).count().to_string();
    let args = [("written", count(State::New).into()), ("same", count(State::Unchanged).into()), ("kept", count(State::Exists).into())];
    words.say(if arguments.dry_run { "import.would" } else { "import.done" }, &args)
}

#[derive(Serialize)]
struct Document<'a> {
    files: Vec<FileOut<'a>>,
    findings: Vec<FindingOut<'a>>,
}

#[derive(Serialize)]
struct FileOut<'a> {
    path: &'a str,
    state: &'static str,
    /// What would be written, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    line: u32,
    column: u32,
    cell: Option<&'a str>,
    message: String,
    help: String,
}

fn json(arguments: &ImportArgs, files: &[(NewFile, State)], told: &[CellFinding], words: &Words) -> String {
    let files = files.iter().map(|(file, state)| {
        let is_shown = match state {
            State::New => arguments.dry_run,
            State::Exists => true,
            State::Unchanged => false,
        };
        FileOut { path: &file.path, state: state.name(), text: is_shown.then_some(file.text.as_str()) }
    });
    let findings = told.iter().map(|CellFinding { finding, cell }| FindingOut {
        code: finding.code.name(),
        severity: finding.severity.name(),
        file: &finding.place.file,
        line: finding.place.line,
        column: finding.place.column,
        cell: cell.as_deref(),
        message: words.finding_message(finding),
        help: words.finding_help(finding),
    });
    let document = Document { files: files.collect(), findings: findings.collect() };
    let mut text = serde_json::to_string(&document).expect("the document holds texts and numbers only");
    text.push('\n');
    text
}
