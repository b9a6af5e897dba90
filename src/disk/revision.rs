//! A workspace as it was in a revision of its git repository, read without touching the work tree.
//!
//! git's own program reads it: whoever has a repository has it, and no other reader knows every form of one.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::{Command, Stdio},
};

use super::tree::{CONFIG, TEXT_KEPT, Tree, is_text};

/// A workspace's files in a revision.
#[derive(Debug)]
pub struct Revision {
    /// The commit's full name.
    pub commit: String,
    /// The day of the commit, as its committer's clock had it: `2026-08-14`.
    pub day: String,
    /// The files. Those that are no text are read by [`read_blob`].
    pub tree: Tree,
    /// The names under which git keeps files that are no text, by path.
    pub blobs: BTreeMap<String, String>,
}

/// Why a revision could not be read.
#[derive(Debug)]
pub enum RevisionError {
    /// There is no git, or it is not a repository.
    NoRepository(String),
    /// No such revision.
    Unknown(String),
    /// The revision has no workspace at this place.
    NoWorkspace(String),
    /// Something else went wrong.
    Io(io::Error),
}

impl std::fmt::Display for RevisionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoRepository(why) => write!(f, "this workspace is not in a git repository that can be read: {why}"),
            Self::Unknown(revision) => write!(f, "there is no revision `{revision}`"),
            Self::NoWorkspace(revision) => write!(f, "revision `{revision}` has no `{CONFIG}` here"),
            Self::Io(error) => write!(f, "git could not be asked: {error}"),
        }
    }
}

impl From<io::Error> for RevisionError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Whether a folder lies in a git repository.
pub fn is_repository(root: &Path) -> bool {
    git(root, &["rev-parse", "--is-inside-work-tree"]).is_ok()
}

/// The newest commit of the running branch on a day or before it; none when the history begins later.
///
/// # Errors
/// When there is no repository.
pub fn revision_of_day(root: &Path, day: &str) -> Result<Option<String>, RevisionError> {
    let before = format!("--before={day}T23:59:59");
    let text = git(root, &["rev-list", "-1", &before, "HEAD"])?;
    Ok(Some(text.trim().to_owned()).filter(|it| !it.is_empty()))
}

/// Reads the workspace at `root` as it was in a revision: a commit, a branch, a tag, `HEAD~3`.
///
/// # Errors
/// When there is no repository, no such revision, or no workspace in it.
pub fn read_revision(root: &Path, revision: &str) -> Result<Revision, RevisionError> {
    git(root, &["rev-parse", "--is-inside-work-tree"])?;
    let wanted = format!("{revision}^{{commit}}");
    let commit = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])
        .map_err(|_| RevisionError::Unknown(revision.to_owned()))?
        .trim()
        .to_owned();
    let day = git(root, &["show", "-s", "--format=%cs", &commit])?.trim().to_owned();
    let list = git(root, &["ls-tree", "-r", "-z", "-l", &commit, "."])?;
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut others = BTreeMap::new();
    let mut blobs = BTreeMap::new();
    let mut config = None;
    let mut nested: Vec<String> = Vec::new();
    for Entry { path, name, size } in list.split('\0').filter_map(Entry::parse) {
        if path == CONFIG {
            config = Some(name);
        } else if let Some(folder) = path.strip_suffix(&format!("/{CONFIG}")) {
            nested.push(format!("{folder}/"));
        } else if path.split('/').any(|name| name.starts_with(['.', '_'])) {
            continue;
        } else if is_text(&path) {
            texts.push((path, name));
        } else {
            others.insert(path.clone(), size);
            blobs.insert(path, name);
        }
    }
    // Another workspace below is another workspace.
    let is_ours = |path: &str| !nested.iter().any(|folder| path.starts_with(folder.as_str()));
    texts.retain(|(path, _)| is_ours(path));
    others.retain(|path, _| is_ours(path));
    let config = config.ok_or_else(|| RevisionError::NoWorkspace(revision.to_owned()))?;
    texts.sort();
    let names: Vec<&str> = std::iter::once(config.as_str()).chain(texts.iter().map(|(_, name)| name.as_str())).collect();
    let mut contents = read_blobs(root, &names)?.into_iter();
    let config = contents.next().unwrap_or_default();
    let texts = texts.into_iter().map(|(path, _)| path).zip(contents).collect();
    Ok(Revision { commit, day, tree: Tree { config, texts, others, problems: Vec::new() }, blobs })
}

/// A file that is no text, by git's name for it; none when it cannot be read.
pub fn read_blob(root: &Path, name: &str) -> Option<Vec<u8>> {
    read_blobs(root, &[name]).ok()?.into_iter().next()
}

/// A line of `git ls-tree -l`: a file that is one, with its size.
struct Entry {
    path: String,
    name: String,
    size: u64,
}

impl Entry {
    /// `100644 blob NAME    SIZE\tPATH`. Links and other repositories are none.
    fn parse(line: &str) -> Option<Self> {
        let (front, path) = line.split_once('\t')?;
        let mut parts = front.split_ascii_whitespace();
        let (mode, kind, name, size) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_file = kind == "blob" && mode.starts_with("100");
        is_file.then(|| Self { path: path.to_owned(), name: name.to_owned(), size: size.parse().unwrap_or(0) })
    }
}

/// The bytes of files by git's names for them, in order; of a longer one what a text keeps.
fn read_blobs(root: &Path, names: &[&str]) -> Result<Vec<Vec<u8>>, RevisionError> {
    let mut child = command(root, &["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut stdin = child.stdin.take().ok_or_else(|| io::Error::other("git takes no names"))?;
    let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
    // git writes while it is still being asked: both at once, or both would wait for ever.
    let asking = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let mut out = BufReader::new(child.stdout.take().ok_or_else(|| io::Error::other("git says nothing"))?);
    let mut all = Vec::with_capacity(names.len());
    for _ in names {
        let mut head = String::new();
        out.read_line(&mut head)?;
        let size = head.split_ascii_whitespace().nth(2).and_then(|it| it.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other("git does not know one of its own files"))?;
        let mut bytes = Vec::new();
        (&mut out).take(size.min(TEXT_KEPT as u64 * 8)).read_to_end(&mut bytes)?;
        io::copy(&mut (&mut out).take(size - bytes.len() as u64 + 1), &mut io::sink())?;
        all.push(bytes);
    }
    let _ = asking.join();
    child.wait()?;
    Ok(all)
}

/// What a git command prints. Nothing of the user's settings changes what it says.
fn git(root: &Path, arguments: &[&str]) -> Result<String, RevisionError> {
    let output = command(root, arguments).output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(RevisionError::NoRepository(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-c").arg("core.quotepath=off").arg("-C").arg(root).args(arguments).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command
}
