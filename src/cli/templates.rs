//! Templates as the command line names them: built in by id, a coach's own by folder or `.zip`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::{Finding, nearest, visible},
    disk,
    model::{Period, Visibility},
    scaffold::{self, ArchiveError, ClientFile, Demo, Gone, MOST_FILE, MOST_FILES, MOST_TEMPLATE, Taken, Template},
    words::Words,
};

use super::{
    Failure, Volume,
    args::{TemplatePack, TemplateWhat},
    findings,
    session::{Session, language_of, words_of},
};

/// A template, and the language in whose words it was called.
pub(crate) struct Found {
    pub(crate) template: Template,
    pub(crate) language: Option<String>,
}

/// Finds a template.
///
/// # Errors
/// When there is none of that name, or it is not to be trusted.
pub(crate) fn find(name: &str, words: &Words) -> Result<Found, Failure> {
    if let Some((template, language)) = scaffold::built_in(name) {
        return Ok(Found { template, language });
    }
    let path = Path::new(name);
    let (files, left_out) = if path.is_dir() {
        folder(path, words)?
    } else if path.is_file() {
        let bytes = disk::read_start(path, MOST_TEMPLATE + 1)?;
        scaffold::unpack(&bytes).map_err(|error| Failure(archive_error(name, &error, words)))?
    } else {
        return Err(unknown(name, words));
    };
    for (file, why) in left_out {
        findings::say(&words.say("template.left-out", &[("file", file.into()), ("why", words.word(why.words()).into())]));
    }
    let id = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let template = Template::read(&id, files).map_err(|found| failure(&found, words))?;
    Ok(Found { template, language: None })
}

type Files = (BTreeMap<String, Vec<u8>>, Vec<(String, scaffold::Unsafe)>);

fn folder(path: &Path, words: &Words) -> Result<Files, Failure> {
    let most = disk::Most { files: MOST_FILES, file: MOST_FILE, bytes: MOST_TEMPLATE };
    let folder = disk::read_folder(path, most)?;
    if folder.is_cut {
        return Err(Failure(archive_error(&path.to_string_lossy(), &ArchiveError::TooLarge, words)));
    }
    let mut left_out: Vec<_> = folder.links.into_iter().map(|link| (link, scaffold::Unsafe::Link)).collect();
    let mut files = BTreeMap::new();
    for (name, bytes) in folder.files {
        match scaffold::what_is_unsafe(&name, Some(&bytes)) {
            Some(why) => left_out.push((name, why)),
            None => drop(files.insert(name, bytes)),
        }
    }
    Ok((files, left_out))
}

fn archive_error(name: &str, error: &ArchiveError, words: &Words) -> String {
    let name = || ("name", name.into());
    match error {
        ArchiveError::Broken => words.say("template.broken", &[name()]),
        ArchiveError::TooLarge => words.say("template.too-large", &[name(), ("files", MOST_FILES.into()), ("size", "50 MiB".into())]),
        ArchiveError::Unsafe(file, why) => {
            words.say("template.unsafe.says", &[name(), ("file", file.as_str().into()), ("why", words.word(why.words()).into())])
        }
        ArchiveError::Twice(file) => words.say("template.twice", &[name(), ("file", file.as_str().into())]),
    }
}

fn unknown(name: &str, words: &Words) -> Failure {
    let all = scaffold::built_ins();
    let ids: Vec<&str> = all.iter().flat_map(|it| it.ids.all()).collect();
    let no = words.say("template.unknown", &[("name", name.into()), ("names", ids.join(", ").into())]);
    Failure(match nearest(name, ids.iter().copied()) {
        Some(near) => format!("{no}; {}", words.say("cli.meant", &[("name", near.into())])),
        None => no,
    })
}

/// Findings in a template as the reason why nothing was written.
pub(crate) fn failure(found: &[Finding], words: &Words) -> Failure {
    let line = |it: &Finding| {
        let place = format!("{}:{}:{}", it.place.file, it.place.line, it.place.column);
        format!("{place}: [{}] {} – {}", it.code.name(), words.finding_message(it), words.finding_help(it))
    };
    Failure(format!("{}\n{}", words.word("template.not-sound"), found.iter().map(line).collect::<Vec<_>>().join("\n")))
}

/// Packs a workspace and says, place by place, what was taken out and what a person should look at.
fn pack(arguments: &TemplatePack, volume: Volume) -> Result<(), Failure> {
    // Who packs has the files before their eyes; what is restricted is left out by the packer, and told.
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let Session { workspace, scorecard, words, root, .. } = &session;
    let home = scorecard.home().map(|at| scorecard.periods[at].period.clone());
    let home = home.or_else(|| Period::quarter_of(scorecard.as_of, workspace.config.calendar));
    let home = home.expect("a day of the calendar lies in a quarter");
    let skip: Vec<PathBuf> = workspace.config.outputs.iter().map(|(dir, _)| PathBuf::from(dir)).collect();
    let tree = disk::read(root, &skip)?;
    let texts = tree.texts.iter().map(|(path, bytes)| ClientFile { path, bytes: Some(bytes) });
    let others = tree.others.keys().map(|path| ClientFile { path, bytes: None });
    let settings = ClientFile { path: "scorebook.yaml", bytes: Some(&tree.config) };
    let files: Vec<ClientFile<'_>> = texts.chain(others).chain([settings]).collect();
    let pack = scaffold::pack(workspace, &home, &files, &arguments.keep);
    disk::write_new(&arguments.out, &scaffold::archive(&pack.files)?)?;
    let mut text = String::new();
    if volume != Volume::Quiet {
        text.push_str(&format!("{}\n", words.word("pack.taken")));
        pack.taken.iter().for_each(|it| text.push_str(&format!("  {}\n", taken(it, words))));
        if !pack.left.is_empty() {
            text.push_str(&format!("{}\n", words.word("pack.left")));
            pack.left.iter().for_each(|(path, what)| text.push_str(&format!("  {path}: {}\n", visible(what))));
        }
    }
    text.push_str(&format!(
        "{}\n",
        words.say("pack.wrote", &[("n", pack.files.len().into()), ("file", arguments.out.display().to_string().into())])
    ));
    findings::print(text)
}

fn taken(it: &Taken, words: &Words) -> String {
    let place = if it.line == 0 { it.file.clone() } else { format!("{}:{}", it.file, it.line) };
    let what = match &it.what {
        Gone::Key(key) => format!("`{key}`"),
        Gone::Words(secret, was) => format!("{}: {}", words.word(secret.word()), visible(was)),
        Gone::Text => words.word("pack.text"),
        Gone::File(why) => words.word(why),
    };
    format!("{}: {what}", visible(&place))
}

pub(crate) fn run(what: &TemplateWhat, volume: Volume) -> Result<super::Outcome, Failure> {
    match what {
        TemplateWhat::List(it) => list(it.language.as_deref()),
        TemplateWhat::Pack(it) => pack(it, volume),
        TemplateWhat::Show(it) => show(&it.name, it.language.as_deref()),
    }?;
    Ok(super::Outcome::Fine)
}

fn list(language: Option<&str>) -> Result<(), Failure> {
    let language = language_of(language)?;
    let all = scaffold::built_ins();
    let ids = |it: &Template| it.ids.all().collect::<Vec<_>>().join(" / ");
    let width = all.iter().map(|it| ids(it).chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for template in &all {
        let (id, name) = (ids(template), template.name.text(&language));
        text.push_str(&format!("{id:width$}  {name}: {}\n", template.description.text(&language)));
    }
    findings::print(text)
}

fn show(name: &str, language: Option<&str>) -> Result<(), Failure> {
    let found = find(name, &words_of("en"))?;
    let template = &found.template;
    let language = match language {
        Some(language) => language_of(Some(language))?,
        None => found.language.clone().or(template.languages.first().cloned()).unwrap_or(language_of(None)?),
    };
    let words = words_of(&language);
    let mut text = format!("{}\n{}\n", template.name.text(&language), template.description.text(&language));
    let mut section = |head: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{}\n", words.word(head)));
            lines.iter().for_each(|it| text.push_str(&format!("  {it}\n")));
        }
    };
    section("template.show.languages", Vec::from_iter((!template.languages.is_empty()).then(|| template.languages.join(", "))));
    section(
        "template.show.asks",
        template
            .variables
            .iter()
            .map(|it| {
                let default = it.default.text(&language);
                let default = if default.is_empty() { String::new() } else { format!(" [{default}]") };
                format!("--var {}=…  {}{default}", it.id, it.question.text(&language))
            })
            .collect(),
    );
    let plain = template.paths(&language, Demo::Without);
    let shown = template.paths(&language, Demo::With);
    let titled = |path: &&str| match template.title(&language, Demo::Without, path) {
        Some(title) => format!("{path}  {title}"),
        None => (*path).to_owned(),
    };
    section("template.show.files", plain.iter().map(titled).collect());
    section("template.show.demo", shown.iter().filter(|it| !plain.contains(it)).map(|it| (*it).to_owned()).collect());
    findings::print(text)
}
