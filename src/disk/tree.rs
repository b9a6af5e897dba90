//! A workspace's files as they lie there: nothing understood, nothing normalised.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Component, MAIN_SEPARATOR, Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{
    error::{DiskError, reason},
    site::{MANIFEST, what_is_wrong},
};

/// The file that makes a folder a workspace.
pub const CONFIG: &str = "scorebook.yaml";

/// How many bytes of a text are kept: one more than the loader takes, so that it can say so.
pub const TEXT_KEPT: usize = 1024 * 1024 + 1;

/// The files of a workspace. Paths are relative to its root, with `/`, in the form that the disk gave.
#[derive(Debug)]
pub struct Tree {
    /// `scorebook.yaml` at the root.
    pub config: Vec<u8>,
    /// Every `*.md`, sorted by path; of a longer one the first [`TEXT_KEPT`] bytes.
    pub texts: Vec<(String, Vec<u8>)>,
    /// Every other file with its size in bytes.
    pub others: BTreeMap<String, u64>,
    /// What could not be read, sorted; everything else was.
    pub problems: Vec<Problem>,
}

/// A file or folder that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Relative to the root, with `/`; what is not UTF-8 in it stands as `�`.
    pub path: String,
    /// Why.
    pub kind: ProblemKind,
}

/// Why a file or folder could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// No page could have its name.
    NameNotUtf8,
    /// What the system said, in plain words.
    Unreadable(String),
}

/// The folder with `scorebook.yaml`, at `start` or above it.
pub fn find_workspace(start: &Path) -> Option<PathBuf> {
    if is_workspace(start) {
        return Some(start.to_path_buf());
    }
    let start = fs::canonicalize(start).ok()?;
    start.ancestors().find(|folder| is_workspace(folder)).map(Path::to_path_buf)
}

/// Reads the workspace at `root`. `skip`: folders relative to the root that are not looked into.
///
/// Passed over besides: names that begin with `.` or `_`, links, other workspaces, sites that a build made.
///
/// # Errors
///
/// When there is no `scorebook.yaml`, or it cannot be read. Any other file that cannot be read is a [`Problem`].
pub fn read(root: &Path, skip: &[PathBuf]) -> Result<Tree, DiskError> {
    let config = config(root)?;
    let texts: Mutex<Vec<Outcome>> = Mutex::default();
    // This thread walks while the others read what it has found.
    let Found { others, mut problems } = rayon::in_place_scope(|scope| {
        walk(root, &below(root, skip), |batch| {
            let texts = &texts;
            scope.spawn(move |_| {
                let read = read_batch(root, batch);
                texts.lock().unwrap_or_else(PoisonError::into_inner).extend(read);
            });
        })
    });
    let texts = texts.into_inner().unwrap_or_else(PoisonError::into_inner);
    let others = others.into_par_iter().map(|path| match fs::symlink_metadata(root.join(&path)) {
        Ok(metadata) => Ok((path, metadata.len())),
        Err(error) => Err((path, error)),
    });
    let others = sound(others.collect(), &mut problems);
    let mut texts: Vec<(String, Vec<u8>)> = sound(texts, &mut problems);
    texts.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    problems.sort();
    Ok(Tree { config, texts, others, problems })
}

/// A text, or why it could not be read.
type Outcome = Result<(String, Vec<u8>), (String, io::Error)>;

/// So many texts are read by a thread before it asks for more.
const BATCH: usize = 128;

fn read_batch(root: &Path, batch: Vec<String>) -> Vec<Outcome> {
    let mut buffer = vec![0; 64 * 1024];
    let mut folder = Folder::new(root);
    let mut one = |path: String| match folder.open(&path).and_then(|file| first_bytes(file, &mut buffer)) {
        Ok(bytes) => Ok((path, bytes)),
        Err(error) => Err((path, error)),
    };
    batch.into_iter().map(&mut one).collect()
}

/// The folder in which the last file was opened: the next one mostly lies there, too, and is found from it without a walk
/// down the whole path.
struct Folder<'a> {
    root: &'a Path,
    #[cfg(unix)]
    last: Option<(String, File)>,
}

impl<'a> Folder<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            #[cfg(unix)]
            last: None,
        }
    }

    #[cfg(not(unix))]
    fn open(&mut self, path: &str) -> io::Result<File> {
        File::open(self.root.join(path))
    }

    #[cfg(unix)]
    fn open(&mut self, path: &str) -> io::Result<File> {
        use rustix::{
            fs::{Mode, OFlags, openat},
            io::retry_on_intr,
        };
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        let handle = match &self.last {
            Some((known, handle)) if known == folder => handle,
            // A folder that may be walked through but not looked into is no handle; nor is one that has gone.
            _ => match File::open(self.root.join(folder)) {
                Ok(handle) => &self.last.insert((folder.to_owned(), handle)).1,
                Err(_) => return File::open(self.root.join(path)),
            },
        };
        let file = retry_on_intr(|| openat(handle, name, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()))?;
        Ok(File::from(file))
    }
}

/// The folder that is copied as it is, hidden names and all.
const STATIC: &str = "static";

/// Where a copy of a file would stand in a site, or a name that is right where that one is: some names no site can have.
fn place_in_site(path: &str) -> String {
    path.strip_prefix(STATIC).and_then(|rest| rest.strip_prefix('/')).map_or_else(|| format!("files/{path}"), str::to_owned)
}

/// A name on the disk that is not looked at: hidden, or put aside by its author.
fn is_passed_over(name: &std::ffi::OsStr) -> bool {
    matches!(name.as_encoded_bytes().first(), Some(b'.' | b'_'))
}

fn is_workspace(folder: &Path) -> bool {
    folder.join(CONFIG).is_file()
}

fn config(root: &Path) -> Result<Vec<u8>, DiskError> {
    let path = root.join(CONFIG);
    File::open(&path).and_then(|file| first_bytes(file, &mut vec![0; 64 * 1024])).map_err(|source| match source.kind() {
        ErrorKind::NotFound => DiskError::NoConfig { root: root.to_path_buf() },
        _ => DiskError::Read { path, source },
    })
}

/// The folders to skip in the form in which the walk meets them: `./site/` is `site`.
fn below(root: &Path, skip: &[PathBuf]) -> BTreeSet<PathBuf> {
    skip.iter()
        .map(|folder| folder.strip_prefix(root).unwrap_or(folder))
        .map(|folder| folder.components().filter(|part| *part != Component::CurDir).collect())
        .collect()
}

#[derive(Default)]
struct Found {
    others: Vec<String>,
    problems: Vec<Problem>,
}

/// Names only, sorted: a folder's entries say themselves what they are, so that no file is asked here.
fn walk(root: &Path, skip: &BTreeSet<PathBuf>, mut take: impl FnMut(Vec<String>)) -> Found {
    let mut found = Found::default();
    let mut texts = Vec::with_capacity(BATCH);
    let mut entries = WalkDir::new(root).follow_links(false).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = relative(root, error.path().unwrap_or(root));
                let kind = ProblemKind::Unreadable(error.io_error().map_or_else(|| error.to_string(), reason));
                found.problems.push(Problem { path: path.unwrap_or_else(|lossy| lossy), kind });
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let as_it_is = entry.path().strip_prefix(root).is_ok_and(|path| path.starts_with(STATIC));
        if (is_passed_over(entry.file_name()) && !as_it_is) || is_folder && is_closed(root, entry.path(), skip) {
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        match relative(root, entry.path()) {
            Err(path) => {
                found.problems.push(Problem { path, kind: ProblemKind::NameNotUtf8 });
                if is_folder {
                    entries.skip_current_dir();
                }
            }
            Ok(path) if entry.file_type().is_file() && path != CONFIG => {
                if !is_text(&path) || as_it_is {
                    match what_is_wrong(&place_in_site(&path)) {
                        None => found.others.push(path),
                        Some(why) => found.problems.push(Problem { path, kind: ProblemKind::Unreadable(why.to_owned()) }),
                    }
                    continue;
                }
                texts.push(path);
                if texts.len() == BATCH {
                    take(std::mem::replace(&mut texts, Vec::with_capacity(BATCH)));
                }
            }
            Ok(_) => {}
        }
    }
    take(texts);
    found
}

fn is_closed(root: &Path, folder: &Path, skip: &BTreeSet<PathBuf>) -> bool {
    folder.strip_prefix(root).is_ok_and(|folder| skip.contains(folder)) || is_workspace(folder) || folder.join(MANIFEST).is_file()
}

pub(super) fn is_text(path: &str) -> bool {
    path.len() > 3 && path.is_char_boundary(path.len() - 3) && path[path.len() - 3..].eq_ignore_ascii_case(".md")
}

/// With `/`; what cannot be written in UTF-8 is an error that can still be shown.
fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let path = path.strip_prefix(root).unwrap_or(path);
    let slashed = |text: String| if MAIN_SEPARATOR == '/' { text } else { text.replace(MAIN_SEPARATOR, "/") };
    path.to_str().map(|text| slashed(text.to_string())).ok_or_else(|| slashed(path.to_string_lossy().into_owned()))
}

/// At most [`TEXT_KEPT`] bytes. Asks for no size beforehand: a small text is two reads, the second of which finds the end.
fn first_bytes(mut file: File, buffer: &mut [u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while bytes.len() < TEXT_KEPT {
        match file.read(buffer) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(TEXT_KEPT);
    Ok(bytes)
}

/// What was read; the rest goes to the problems.
fn sound<T, C: FromIterator<(String, T)>>(results: Vec<Result<(String, T), (String, io::Error)>>, problems: &mut Vec<Problem>) -> C {
    let note = |(path, error): (String, io::Error)| problems.push(Problem { path, kind: ProblemKind::Unreadable(reason(&error)) });
    results
        .into_iter()
        .filter_map({
            let mut note = note;
            move |result| result.map_err(&mut note).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace of these files, each of which holds its own path.
    fn workspace(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a folder");
        for file in [CONFIG].iter().chain(files) {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("it is below the root")).expect("a folder");
            fs::write(path, file).expect("a file");
        }
        root
    }

    fn names(tree: &Tree) -> (Vec<&str>, Vec<&str>) {
        (tree.texts.iter().map(|(path, _)| path.as_str()).collect(), tree.others.keys().map(String::as_str).collect())
    }

    #[test]
    fn texts_are_read_and_other_files_are_measured_in_the_order_of_their_paths() {
        let root = workspace(&["b/x.md", "b-1.md", "B.MD", "a/z/y.md", "a/logo.svg", "a.md", "static/app.js", "x.md~", "md", "á.md"]);
        let tree = read(root.path(), &[]).expect("a workspace");
        let want = (vec!["B.MD", "a.md", "a/z/y.md", "b-1.md", "b/x.md", "á.md"], vec!["a/logo.svg", "md", "static/app.js", "x.md~"]);
        assert_eq!(names(&tree), want);
        assert!(tree.texts.iter().all(|(path, bytes)| path.as_bytes() == bytes));
        assert!(tree.others.iter().all(|(path, size)| path.len() as u64 == *size));
        assert_eq!((tree.config.as_slice(), tree.problems), (CONFIG.as_bytes(), vec![]));
    }

    #[test]
    fn hidden_names_other_workspaces_outputs_and_built_sites_are_passed_over() {
        let root = workspace(&[
            ".git/a.md",
            "_drafts/a.md",
            "objectives/_a.md",
            "objectives/.a.md",
            "objectives/a_.md",
            "other/scorebook.yaml",
            "other/deep/a.md",
            "site/a.md",
            "objectives/site/a.md",
            "out/board/a.md",
            "out/a.md",
            "preview/.scorebook",
            "preview/a.md",
        ]);
        let skip = ["./site/".into(), root.path().join("out/board")];
        let tree = read(root.path(), &skip).expect("a workspace");
        assert_eq!(names(&tree), (vec!["objectives/a_.md", "objectives/site/a.md", "out/a.md"], vec![]));
        assert_eq!(tree.problems, []);
    }

    #[test]
    fn a_root_that_is_hidden_itself_is_read() {
        let root = workspace(&["_w/scorebook.yaml", "_w/.scorebook", "_w/a.md"]);
        let tree = read(&root.path().join("_w"), &[]).expect("a workspace");
        assert_eq!(names(&tree), (vec!["a.md"], vec![]));
    }

    #[test]
    fn a_name_stays_as_it_is_written() {
        let root = workspace(&["Mu\u{323}c.md", "M\u{1ee5}c.md", "a b.md"]);
        let tree = read(root.path(), &[]).expect("a workspace");
        assert!(names(&tree).0.iter().all(|name| ["a b.md", "Mu\u{323}c.md", "M\u{1ee5}c.md"].contains(name)));
    }

    #[test]
    fn of_a_text_that_is_too_large_one_byte_more_is_kept() {
        let root = workspace(&[]);
        for (name, size, want) in
            [("a.md", TEXT_KEPT - 1, TEXT_KEPT - 1), ("b.md", TEXT_KEPT, TEXT_KEPT), ("c.md", TEXT_KEPT * 2, TEXT_KEPT)]
        {
            fs::write(root.path().join(name), vec![b'x'; size]).expect("a file");
            let tree = read(root.path(), &[]).expect("a workspace");
            assert_eq!(tree.texts.last().map(|(path, bytes)| (path.as_str(), bytes.len())), Some((name, want)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf8_is_a_problem_and_hides_nothing() {
        use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
        let root = workspace(&["a.md", "z.md"]);
        fs::write(root.path().join(OsStr::from_bytes(b"m\xff.md")), "x").expect("a file");
        let folder = root.path().join(OsStr::from_bytes(b"d\xff"));
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("a.md"), "x").expect("a file");
        let tree = read(root.path(), &[]).expect("a workspace");
        assert_eq!(names(&tree).0, ["a.md", "z.md"]);
        let problem = |path: &str| Problem { path: path.to_string(), kind: ProblemKind::NameNotUtf8 };
        assert_eq!(tree.problems, [problem("d\u{fffd}"), problem("m\u{fffd}.md")]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;
        let (root, outside) = (workspace(&["a.md"]), workspace(&["secret.md"]));
        symlink(outside.path().join("secret.md"), root.path().join("b.md")).expect("a link");
        symlink(outside.path(), root.path().join("c")).expect("a link");
        symlink(root.path(), root.path().join("loop")).expect("a link");
        symlink("nowhere", root.path().join("d.md")).expect("a link");
        let tree = read(root.path(), &[]).expect("a workspace");
        assert_eq!((names(&tree), tree.problems.as_slice()), ((vec!["a.md"], vec![]), [].as_slice()));
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_a_problem_and_hides_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let root = workspace(&["a.md", "b.md", "closed/a.md"]);
        for name in ["b.md", "closed"] {
            fs::set_permissions(root.path().join(name), fs::Permissions::from_mode(0o000)).expect("they are ours");
        }
        let may_read_all = fs::read(root.path().join("b.md")).is_ok();
        let tree = read(root.path(), &[]).expect("a workspace");
        fs::set_permissions(root.path().join("closed"), fs::Permissions::from_mode(0o700)).expect("it is ours");
        if !may_read_all {
            assert_eq!(names(&tree).0, ["a.md"]);
            let problem = |path: &str| Problem { path: path.to_string(), kind: ProblemKind::Unreadable("permission denied".into()) };
            assert_eq!(tree.problems, [problem("b.md"), problem("closed")]);
        }
    }

    #[test]
    fn what_went_away_since_it_was_seen_is_a_problem() {
        let gone = |path: &str| (path.to_string(), io::Error::from(ErrorKind::NotFound));
        let mut problems = Vec::new();
        let kept: Vec<(String, u8)> = sound(vec![Err(gone("b")), Ok(("c".into(), 1)), Err(gone("a"))], &mut problems);
        assert_eq!(kept, [("c".to_string(), 1)]);
        assert_eq!(problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    }

    #[test]
    fn without_its_config_a_folder_is_no_workspace() {
        let root = tempfile::tempdir().expect("a folder");
        for folder in [root.path(), &root.path().join("missing")] {
            assert!(matches!(read(folder, &[]), Err(DiskError::NoConfig { root }) if root == folder));
        }
        fs::create_dir(root.path().join(CONFIG)).expect("a folder");
        assert!(matches!(read(root.path(), &[]), Err(DiskError::Read { .. })));
    }

    #[test]
    fn a_workspace_is_found_from_a_folder_below_it() {
        let root = workspace(&["objectives/2026-q3/a.md", "objectives/inner/scorebook.yaml"]);
        let real = fs::canonicalize(root.path()).expect("it is there");
        for (start, want) in [
            (root.path().to_path_buf(), Some(root.path().to_path_buf())),
            (root.path().join("objectives/2026-q3"), Some(real.clone())),
            (root.path().join("objectives/2026-q3/a.md"), Some(real)),
            (root.path().join("objectives/inner"), Some(root.path().join("objectives/inner"))),
            (root.path().join("missing"), None),
        ] {
            assert_eq!(find_workspace(&start), want);
        }
    }
}
