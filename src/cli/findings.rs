//! Findings on a terminal: as rustc prints them, with the line, a caret and what to write instead.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Write},
    path::Path,
    sync::Arc,
};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::{
    diagnostic::{Code, Finding, Severity, cell_span, quoted_span, visible},
    disk,
    model::Visibility,
    words::Words,
};

use super::{Failure, Volume, session::Session};

/// So many of one code are shown whole; of the rest, how many there are.
pub(crate) const MOST_OF_A_CODE: usize = 50;
/// So many other places are named beside a finding.
const MOST_RELATED: usize = 5;
/// So many findings are quoted on the site.
const MOST_QUOTES: usize = 2_000;

/// Writes to standard output. A reader that has gone away is no error.
pub(crate) fn print(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Failure::from),
    }
}

/// Writes a result where it is wanted: to a file, or to standard output.
pub(crate) fn deliver(out: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match out {
        Some(file) => Ok(disk::write_file(file, bytes)?),
        None => print(bytes),
    }
}

/// Writes a line to standard error, with colour where it is wanted.
pub(crate) fn say(line: &str) {
    let mut err = anstream::stderr().lock();
    // Nobody is left to be told that standard error is closed.
    let _ = writeln!(err, "{line}");
}

pub(crate) fn paint_error(word: &str) -> String {
    format!("\u{1b}[1;31m{word}\u{1b}[0m")
}

/// Says how many findings there are, for commands that are not about them.
pub(crate) fn count(session: &Session, volume: Volume) {
    let (errors, warnings) = session.counts();
    if errors > 0 || (warnings > 0 && volume != Volume::Quiet) {
        say(&session.voice.say("cli.see-check", &[("found", summary(session).into())]));
    }
}

/// Shows notes and all findings, sorted by place.
pub(crate) fn show(session: &Session, volume: Volume) {
    let mut text = String::new();
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    let mut lines = Lines::default();
    for finding in &session.findings {
        if volume == Volume::Quiet && finding.severity == Severity::Warning {
            continue;
        }
        let count = shown.entry(finding.code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            text.push_str(&render(session, finding, &mut lines));
            text.push_str("\n\n");
        }
    }
    for (code, count) in shown.into_iter().filter(|(_, count)| *count > MOST_OF_A_CODE) {
        let args = [("n", (count - MOST_OF_A_CODE).into()), ("code", code.name().into())];
        text.push_str(&session.words.say("findings.more", &args));
        text.push('\n');
    }
    text.push_str(&notes(session, volume));
    if !text.is_empty() {
        say(text.trim_end_matches('\n'));
    }
}

/// Shows notes alone, where the findings stand on standard output.
pub(crate) fn show_notes(session: &Session, volume: Volume) {
    let text = notes(session, volume);
    if !text.is_empty() {
        say(text.trim_end_matches('\n'));
    }
}

fn notes(session: &Session, volume: Volume) -> String {
    let mut text = String::new();
    if session.hidden_errors > 0 {
        text.push_str(&session.words.count("note.hidden", session.hidden_errors));
        text.push('\n');
    }
    if volume != Volume::Quiet {
        for note in &session.notes {
            text.push_str(&visible(note));
            text.push('\n');
        }
    }
    text
}

/// `2 errors · 3 warnings`.
pub(crate) fn summary(session: &Session) -> String {
    let (errors, warnings) = session.counts();
    let words = &session.voice;
    match (errors, warnings) {
        (0, 0) => words.word("cli.nothing"),
        (0, _) => words.count("cli.warnings", warnings),
        (_, 0) => words.count("cli.errors", errors),
        _ => format!("{} · {}", words.count("cli.errors", errors), words.count("cli.warnings", warnings)),
    }
}

/// The lines that findings speak of, for the site's page of findings: by file and line.
pub(crate) fn quotes(session: &Session) -> BTreeMap<(Arc<str>, u32), String> {
    // A line may hold more than the finding that points into it: names, and what not everybody may see.
    if session.audience == Visibility::Public {
        return BTreeMap::new();
    }
    let hidden = &session.workspace.partly_hidden;
    let mut lines = Lines::default();
    let all = session.findings.iter().chain(session.kept.iter().map(|(finding, _)| finding)).take(MOST_QUOTES);
    all.filter(|finding| !hidden.contains(finding.place.file.as_ref()))
        .filter_map(|finding| {
            let place = &finding.place;
            lines.line(session, &place.file, place.line).map(|line| ((place.file.clone(), place.line), line))
        })
        .collect()
}

/// The lines of files that have findings, each file read once.
#[derive(Default)]
struct Lines {
    files: BTreeMap<String, Vec<String>>,
}

impl Lines {
    fn line(&mut self, session: &Session, file: &str, line: u32) -> Option<String> {
        let lines = self.files.entry(file.to_owned()).or_insert_with(|| {
            let bytes = disk::read_text(&session.root.join(file)).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            text.strip_prefix('\u{feff}').unwrap_or(&text).lines().map(str::to_owned).collect()
        });
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        lines.get(index).map(|line| visible(line))
    }
}

fn render(session: &Session, finding: &Finding, lines: &mut Lines) -> String {
    let line = lines.line(session, &finding.place.file, finding.place.line).unwrap_or_default();
    let path = shown_path(session, &finding.place.file);
    drawn(&session.words, finding, &Where::Line { path, line }, &also(session, finding))
}

/// Where a finding is shown to stand.
pub(crate) enum Where {
    /// In a line of a text, which is quoted.
    Line { path: String, line: String },
    /// In a cell of a workbook, by its address.
    Cell(String),
}

/// A finding as rustc prints one; `also` names the places of its other half.
pub(crate) fn drawn(words: &Words, finding: &Finding, place: &Where, also: &str) -> String {
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, words.word("findings.severity.error")),
        Severity::Warning => (Level::WARNING, words.word("findings.severity.warning")),
    };
    let (message, help, help_name) = (words.finding_message(finding), words.finding_help(finding), words.word("findings.help"));
    let title = level.with_name(name.as_str()).primary_title(message.as_str()).id(finding.code.name());
    let also_name = words.word("findings.also");
    let mut group = match place {
        Where::Cell(address) => title.element(Origin::path(address.as_str())),
        Where::Line { path, line } => {
            let is_table = !finding.place.file.ends_with(".md") && !finding.place.file.ends_with(".yaml");
            let column = finding.place.column;
            let span = if is_table { cell_span(line, column) } else { quoted_span(line, column) };
            let snippet = Snippet::source(line.as_str())
                .path(path.as_str())
                .line_start(usize::try_from(finding.place.line).unwrap_or(1))
                .annotation(AnnotationKind::Primary.span(span));
            title.element(snippet)
        }
    };
    if !also.is_empty() {
        group = group.element(Level::NOTE.with_name(also_name.as_str()).message(also));
    }
    let report = [group.element(Level::HELP.with_name(help_name.as_str()).message(help.as_str()))];
    Renderer::styled().render(&report)
}

/// Where the other half of a mistake stands, when there is one.
fn also(session: &Session, finding: &Finding) -> String {
    let places = finding.related.iter().take(MOST_RELATED);
    let places = places.map(|place| format!("{}:{}:{}", shown_path(session, &place.file), place.line, place.column));
    places.collect::<Vec<_>>().join(", ")
}

/// The path as it can be opened from where the command runs.
fn shown_path(session: &Session, file: &str) -> String {
    let path = session.root.join(file);
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(&path);
    // `.` given as the workspace is where one stands already.
    let short = short.strip_prefix(".").unwrap_or(short);
    // A backslash parts folders on one system, and is a letter of a name on the others.
    let name = short.to_string_lossy();
    visible(&if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() })
}
