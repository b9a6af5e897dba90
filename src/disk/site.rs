//! A site as files: all of them, or none.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use rayon::prelude::*;

use super::{
    beside::{Beside, Claim, remove},
    error::{DiskError, reason},
    one_by_one::is_same,
    place::{Placed, Way, bring_back, put_in_place, refuse_foreign, settle},
};

/// The file in every site that lists the others: whatever else is found there, somebody put there.
pub const MANIFEST: &str = ".scorebook";

/// A file of a site that is replaced file by file, before it has its name.
pub(super) const NEXT: &str = ".scorebook-next";

/// What is written at a time of a file that is written bit by bit.
const PORTION: usize = 128 * 1024;

const FIRST_LINE: &str = "scorebook site 1";

/// What a file of the site holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What this file of the workspace holds, copied as it is.
    CopyOf(PathBuf),
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many files, the manifest left out.
    pub files: usize,
    /// How many bytes they hold.
    pub bytes: u64,
    /// What a reader of the site need not know, but its owner might want to.
    pub notes: Vec<Note>,
}

/// Something beside the site, which is whole and in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// An old site or a killed build's rest; the next build tries again.
    NotRemoved {
        /// Where it stands.
        path: PathBuf,
        /// What the system said, in plain words.
        why: String,
    },
    /// The target could not be replaced in one step: it got its files one by one.
    OneByOne,
}

/// Puts a site in the target's place, in one step. `keep_out`: the workspace's root, which no site replaces.
///
/// What an earlier build put there goes; whoever reads meanwhile finds the old site or the new one.
/// A target that is a link is replaced where it leads to.
///
/// # Errors
///
/// When the target may not be replaced, or anything could not be written. The target is then as it was.
pub fn write(target: &Path, keep_out: &Path, files: &BTreeMap<String, Content>) -> Result<Written, DiskError> {
    write_by(Way::best(), target, keep_out, files)
}

fn write_by(way: Way, target: &Path, keep_out: &Path, files: &BTreeMap<String, Content>) -> Result<Written, DiskError> {
    check_paths(files)?;
    let stage = Stage::begin_by(way, target, keep_out)?;
    files.par_iter().try_for_each(|(path, content)| stage.put(path, content))?;
    stage.finish()
}

/// A site that is being written beside its target, file by file, by any number of threads. Nothing of it is seen until
/// [`Stage::finish`] puts it in the target's place; dropped before that, it is removed.
pub struct Stage {
    way: Way,
    target: PathBuf,
    beside: Beside,
    new: Claim,
    left: Vec<(PathBuf, io::Error)>,
    /// There is a site to be compared with.
    replaces: bool,
    /// Folders that are made, and files with their bytes.
    made: Mutex<Made>,
}

/// A file of the site that is replaced.
struct Old {
    path: PathBuf,
    modified: SystemTime,
}

impl Old {
    fn keep_time(&self, file: &File) {
        // A file system that keeps no times loses nothing.
        let _ = file.set_modified(self.modified);
    }
}

#[derive(Default)]
struct Made {
    folders: BTreeSet<String>,
    files: BTreeMap<String, u64>,
}

impl Stage {
    /// Makes the folder beside the target. `keep_out`: the workspace's root, which no site replaces.
    ///
    /// # Errors
    ///
    /// When the target may not be replaced, or nothing can be written beside it.
    pub fn begin(target: &Path, keep_out: &Path) -> Result<Self, DiskError> {
        Self::begin_by(Way::best(), target, keep_out)
    }

    fn begin_by(way: Way, target: &Path, keep_out: &Path) -> Result<Self, DiskError> {
        let target = settle(target, keep_out)?;
        let beside = Beside::of(&target).ok_or_else(|| DiskError::FileSystemRoot { target: target.clone() })?;
        bring_back(&target, &beside);
        refuse_foreign(&target)?;
        let new = beside.new_folder(MANIFEST, &manifest([].into_iter())).map_err(DiskError::writing(&target))?;
        let left = beside.remove_abandoned(&new.path);
        let replaces = target.join(MANIFEST).is_file();
        Ok(Self { way, target, beside, new, left, replaces, made: Mutex::default() })
    }

    /// Writes one file.
    ///
    /// # Errors
    ///
    /// When its path is none of a site's, or it could not be written.
    pub fn put(&self, path: &str, content: &Content) -> Result<(), DiskError> {
        match content {
            Content::Bytes(bytes) => self.put_bytes(path, bytes),
            Content::CopyOf(source) => self.put_copy(path, source),
        }
    }

    /// Adds a file of these bytes.
    ///
    /// # Errors
    ///
    /// When its path is none of a site's, or it could not be written.
    pub fn put_bytes(&self, path: &str, bytes: &[u8]) -> Result<(), DiskError> {
        self.made_by(path, |file, at| {
            file.write_all(bytes).map_err(DiskError::writing(at))?;
            if let Some(old) = self.old(path, bytes.len() as u64)
                && fs::read(&old.path).is_ok_and(|known| known == bytes)
            {
                old.keep_time(file);
            }
            Ok(bytes.len() as u64)
        })
    }

    /// Adds a file that holds what `source` does.
    ///
    /// # Errors
    ///
    /// As [`put_bytes`](Self::put_bytes), and when `source` could not be read.
    pub fn put_copy(&self, path: &str, source: &Path) -> Result<(), DiskError> {
        // Not `fs::copy`: that takes over the author's permissions, and a site is for its readers.
        let mut original = File::open(source).map_err(DiskError::reading(source))?;
        self.made_by(path, |file, at| {
            let bytes = io::copy(&mut original, file).map_err(DiskError::writing(at))?;
            self.keep_time_of_same(path, at, bytes, file);
            Ok(bytes)
        })
    }

    /// Adds a file as it is written, for what is too long to be held in memory whole.
    ///
    /// # Errors
    ///
    /// As [`put_bytes`](Self::put_bytes).
    pub fn put_written(&self, path: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), DiskError> {
        self.made_by(path, |file, at| {
            let mut out = BufWriter::with_capacity(PORTION, &mut *file);
            write(&mut out).and_then(|()| out.flush()).map_err(DiskError::writing(at))?;
            drop(out);
            let bytes = file.metadata().map_err(DiskError::writing(at))?.len();
            self.keep_time_of_same(path, at, bytes, file);
            Ok(bytes)
        })
    }

    /// The file that stands at a path of the target now, if it is as long.
    fn old(&self, path: &str, bytes: u64) -> Option<Old> {
        if !self.replaces {
            return None;
        }
        let path = self.target.join(path);
        let known = fs::metadata(&path).ok().filter(|it| it.is_file() && it.len() == bytes)?;
        Some(Old { path, modified: known.modified().ok()? })
    }

    /// What has not changed keeps its time, so that whoever mirrors a site copies only what has.
    fn keep_time_of_same(&self, path: &str, at: &Path, bytes: u64, file: &File) {
        if let Some(old) = self.old(path, bytes)
            && is_same(at, &old.path)
        {
            old.keep_time(file);
        }
    }

    fn made_by(&self, path: &str, fill: impl FnOnce(&mut File, &Path) -> Result<u64, DiskError>) -> Result<(), DiskError> {
        if let Some(why) = what_is_wrong(path) {
            return Err(DiskError::UnsafePath { path: path.to_owned(), why });
        }
        self.make_folders(path)?;
        let at = self.new.path.join(path);
        let mut file = File::create_new(&at).map_err(DiskError::writing(&at))?;
        let bytes = fill(&mut file, &at)?;
        self.made().files.insert(path.to_owned(), bytes);
        Ok(())
    }

    fn make_folders(&self, path: &str) -> Result<(), DiskError> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        let mut made = self.made();
        if made.folders.contains(folder) {
            return Ok(());
        }
        let whole = self.new.path.join(folder);
        fs::create_dir_all(&whole).map_err(DiskError::writing(&whole))?;
        made.folders.extend(parents(path).map(str::to_owned));
        Ok(())
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        // A thread that panicked has written a file or not; what is noted here is true in both cases.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the site in the target's place, in one step.
    ///
    /// # Errors
    ///
    /// When it could not be put there. The target is then as it was.
    pub fn finish(mut self) -> Result<Written, DiskError> {
        let Made { files, .. } = std::mem::take(&mut *self.made());
        let list = self.new.path.join(MANIFEST);
        fs::write(&list, manifest(files.keys().map(String::as_str))).map_err(DiskError::writing(&list))?;
        let placed = put_in_place(&self.new.path, &self.target, &self.beside, self.way)?;
        let mut left = std::mem::take(&mut self.left);
        // Now it holds the old site.
        left.extend(remove(&self.new.path).err().map(|error| (self.new.path.clone(), error)));
        left.extend(self.beside.remove_old());
        let left = left.into_iter().map(|(path, error)| Note::NotRemoved { path, why: reason(&error) });
        let less = (placed == Placed::OneByOne).then_some(Note::OneByOne);
        let notes = less.into_iter().chain(left).collect();
        Ok(Written { files: files.len(), bytes: files.values().sum(), notes })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Not finished, or not put in place: of no use any more. What cannot be removed is the next build's to remove.
        let _ = remove(&self.new.path);
    }
}

/// The files that a manifest lists, itself among them; none if it is not one of ours.
///
/// It lies where others may write: a path that no build would have put there is not listed.
pub(super) fn manifest_files(manifest: &[u8]) -> impl Iterator<Item = &str> {
    let text = str::from_utf8(manifest).ok();
    let listed = text.and_then(|text| text.strip_prefix(FIRST_LINE)?.strip_prefix('\n'));
    listed.into_iter().flat_map(|listed| listed.lines().filter(|path| what_is_wrong(path).is_none()).chain([MANIFEST, NEXT]))
}

pub(super) fn manifest<'p>(files: impl Iterator<Item = &'p str>) -> Vec<u8> {
    let mut text = String::from(FIRST_LINE) + "\n";
    for path in files {
        text.push_str(path);
        text.push('\n');
    }
    text.into_bytes()
}

fn check_paths(files: &BTreeMap<String, Content>) -> Result<(), DiskError> {
    for path in files.keys() {
        let why = what_is_wrong(path).or_else(|| {
            let taken = parents(path).any(|parent| files.contains_key(parent));
            taken.then_some("a part of it is a file")
        });
        if let Some(why) = why {
            return Err(DiskError::UnsafePath { path: path.clone(), why });
        }
    }
    Ok(())
}

pub(super) fn what_is_wrong(path: &str) -> Option<&'static str> {
    if path == MANIFEST || path == NEXT {
        return Some("the list of all files stands there");
    }
    if path.contains(['\n', '\r', '\0']) {
        return Some("it has a line break or a zero in it");
    }
    if path.starts_with(['/', '\\']) {
        return Some("it is absolute");
    }
    if matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic()) || cfg!(windows) && path.contains(':') {
        return Some("it names a drive");
    }
    if path.split(['/', '\\']).any(|part| part == "..") {
        return Some("it has a `..` in it");
    }
    if path.split('/').any(|part| part.is_empty() || part == ".") {
        return Some("a part of it is empty");
    }
    (cfg!(windows) && path.contains('\\')).then_some("it has a `\\` in it")
}

/// The folders around a path, from the outermost.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        thread,
    };

    use super::*;

    const WAYS: [Way; 2] = [Way::Exchange, Way::Renames];

    /// A workspace with a place for its site.
    struct Room {
        folder: tempfile::TempDir,
        target: PathBuf,
    }

    impl Room {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let target = folder.path().join("site");
            Self { folder, target }
        }

        fn write(&self, way: Way, files: &BTreeMap<String, Content>) -> Result<Written, DiskError> {
            write_by(way, &self.target, self.folder.path(), files)
        }

        fn leave(&self, path: &str, text: &str) {
            let path = self.folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it is below the room")).expect("a folder");
            fs::write(path, text).expect("a file");
        }

        /// All files with what they hold, those beside the site too.
        fn all(&self) -> BTreeMap<String, String> {
            let files = walkdir::WalkDir::new(self.folder.path()).into_iter().map(|entry| entry.expect("an entry"));
            files
                .filter(|entry| entry.file_type().is_file())
                .map(|entry| {
                    let path = entry.path().strip_prefix(self.folder.path()).expect("it is below");
                    (path.to_string_lossy().into_owned(), fs::read_to_string(entry.path()).expect("a text"))
                })
                .collect()
        }

        fn names(&self) -> Vec<String> {
            self.all().into_keys().collect()
        }
    }

    fn site(files: &[(&str, &str)]) -> BTreeMap<String, Content> {
        files.iter().map(|(path, text)| ((*path).to_string(), Content::Bytes(text.as_bytes().to_vec()))).collect()
    }

    #[test]
    fn a_site_is_written_and_replaced_whole() {
        for way in WAYS {
            let room = Room::new();
            room.leave("logo.svg", "<svg/>");
            let mut files = site(&[("index.html", "1"), ("objectives/a.html", "a"), ("objectives/deep/b.html", ""), ("vi/mục.html", "m")]);
            files.insert("assets/logo.svg".into(), Content::CopyOf(room.folder.path().join("logo.svg")));
            let written = room.write(way, &files).expect("it can be written");
            assert_eq!(written, Written { files: 5, bytes: 9, notes: vec![] });
            let manifest = "scorebook site 1\nassets/logo.svg\nindex.html\nobjectives/a.html\nobjectives/deep/b.html\nvi/mục.html\n";
            let want = [
                ("logo.svg", "<svg/>"),
                ("site/.scorebook", manifest),
                ("site/assets/logo.svg", "<svg/>"),
                ("site/index.html", "1"),
                ("site/objectives/a.html", "a"),
                ("site/objectives/deep/b.html", ""),
                ("site/vi/mục.html", "m"),
            ];
            assert_eq!(room.all(), want.map(|(path, text)| (path.to_string(), text.to_string())).into());

            // Pages of goals that are gone go too; what the system put there is nobody's loss.
            room.leave("site/objectives/.DS_Store", "");
            room.write(way, &site(&[("index.html", "2")])).expect("it can be replaced");
            assert_eq!(room.names(), ["logo.svg", "site/.scorebook", "site/index.html"]);
            room.write(way, &site(&[])).expect("it can be replaced");
            assert_eq!(room.names(), ["logo.svg", "site/.scorebook"]);
        }
    }

    #[test]
    fn an_empty_target_and_a_missing_folder_above_it_are_fine() {
        for way in WAYS {
            let room = Room::new();
            fs::create_dir(&room.target).expect("a folder");
            room.write(way, &site(&[("index.html", "1")])).expect("it can be written");
            let deep = room.folder.path().join("out/today/site");
            write_by(way, &deep, room.folder.path(), &site(&[("index.html", "1")])).expect("it can be written");
            let want = ["out/today/site/.scorebook", "out/today/site/index.html", "site/.scorebook", "site/index.html"];
            assert_eq!(room.names(), want);
        }
    }

    #[test]
    fn files_that_no_build_made_are_refused_and_not_touched() {
        let pages = site(&[("index.html", "1"), ("a/b.html", "b")]);
        for (foreign, first, others) in [
            (vec!["site/notes.txt"], vec!["notes.txt"], false),
            (vec!["site/a/b.html~", "site/.git/HEAD"], vec![".git/HEAD", "a/b.html~"], false),
            (vec!["site/1", "site/2", "site/3", "site/4", "site/5", "site/6"], vec!["1", "2", "3", "4", "5"], true),
        ] {
            for way in WAYS {
                let room = Room::new();
                room.write(way, &pages).expect("it can be written");
                for path in &foreign {
                    room.leave(path, "mine");
                }
                let before = room.all();
                let error = room.write(way, &site(&[("index.html", "2")])).expect_err("it holds a foreign file");
                assert!(matches!(&error, DiskError::ForeignFiles { files, more, .. } if *files == first && *more == others), "{error}");
                assert_eq!(room.all(), before);
            }
        }
        // A folder that no build ever saw, one whose list is no list of ours, and a page of an author's that ours would replace.
        for (path, text) in [("site/index.html", ""), ("site/.scorebook", "scorebook site 2\n"), ("site/.scorebook", "index.html\n")] {
            let room = Room::new();
            room.leave(path, text);
            assert!(matches!(room.write(Way::best(), &pages), Err(DiskError::ForeignFiles { .. })));
            assert_eq!(room.names(), [path]);
        }
    }

    #[test]
    fn some_places_are_no_place_for_a_site() {
        let room = Room::new();
        let workspace = room.folder.path().join("around/workspace");
        room.leave("around/workspace/objectives/a.md", "");
        room.leave("file", "");
        let files = site(&[("index.html", "1")]);
        let refused = |target: &Path| write(target, &workspace, &files).expect_err("it is refused");
        assert!(matches!(refused(&workspace), DiskError::HoldsWorkspace { .. }));
        assert!(matches!(refused(&workspace.join("objectives/..")), DiskError::HoldsWorkspace { .. }));
        assert!(matches!(refused(&room.folder.path().join("around")), DiskError::HoldsWorkspace { .. }));
        assert!(matches!(refused(&room.folder.path().join("file")), DiskError::NotAFolder { .. }));
        assert!(matches!(refused(&room.folder.path().join("file/site")), DiskError::Read { .. } | DiskError::Write { .. }));
        assert!(matches!(refused(Path::new("")), DiskError::Write { .. }));
        #[cfg(unix)]
        assert!(matches!(refused(Path::new("/")), DiskError::FileSystemRoot { .. }));
        if let Some(home) = std::env::home_dir().filter(|home| home.is_dir() && home.parent().is_some()) {
            assert!(matches!(refused(&home), DiskError::HoldsHome { .. }));
        }
        assert_eq!(room.names(), ["around/workspace/objectives/a.md", "file"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_stays_and_so_do_a_folders_permissions() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        for way in WAYS {
            let room = Room::new();
            let real = room.folder.path().join("www/real");
            fs::create_dir_all(&real).expect("a folder");
            fs::set_permissions(&real, fs::Permissions::from_mode(0o750)).expect("it is ours");
            symlink("www/real", &room.target).expect("a link");
            for text in ["1", "2"] {
                room.write(way, &site(&[("index.html", text)])).expect("it can be written");
                assert_eq!(fs::read_to_string(real.join("index.html")).expect("a page"), text);
            }
            assert!(fs::symlink_metadata(&room.target).expect("it is there").is_symlink());
            assert_eq!(fs::metadata(&real).expect("it is there").permissions().mode() & 0o777, 0o750);

            fs::remove_file(&room.target).expect("it is ours");
            symlink("nowhere", &room.target).expect("a link");
            assert!(matches!(room.write(way, &site(&[])), Err(DiskError::DeadLink { .. })));
            fs::remove_file(&room.target).expect("it is ours");
            symlink(".", &room.target).expect("a link");
            assert!(matches!(room.write(way, &site(&[])), Err(DiskError::HoldsWorkspace { .. })));
        }
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_a_mistake_of_ours() {
        for path in
            ["", "/a", "a//b", "a/", "../a", "a/../b", "a/..", ".", "./a", "C:/a", "c:a", "\\\\host\\a", "..\\a", "a\nb", ".scorebook"]
        {
            let room = Room::new();
            let error = room.write(Way::best(), &site(&[("index.html", ""), (path, "")])).expect_err("it is refused");
            assert!(matches!(&error, DiskError::UnsafePath { path: named, .. } if named == path), "{path}: {error}");
            assert_eq!(room.names(), [""; 0]);
        }
        let room = Room::new();
        let error = room.write(Way::best(), &site(&[("a", ""), ("a-b", ""), ("a/b", "")])).expect_err("it is refused");
        assert!(matches!(error, DiskError::UnsafePath { path, .. } if path == "a/b"));
        room.write(Way::best(), &site(&[("a..b", ""), ("...", ""), ("a/.scorebook", ""), (".nojekyll", "")])).expect("these stay inside");
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_site() {
        for way in WAYS {
            let room = Room::new();
            room.write(way, &site(&[("index.html", "1")])).expect("it can be written");
            let before = room.all();
            let mut files = site(&[("a.html", ""), ("index.html", "2"), ("z.html", "")]);
            files.insert("logo.svg".into(), Content::CopyOf("missing.svg".into()));
            let error = room.write(way, &files).expect_err("a file is missing");
            assert_eq!(error.to_string(), "`missing.svg` cannot be read: it does not exist");
            let name = "n".repeat(300);
            assert!(matches!(room.write(way, &site(&[(name.as_str(), "")])), Err(DiskError::Write { .. })));
            assert_eq!(room.all(), before);
        }
    }

    #[test]
    fn a_target_that_cannot_be_replaced_gets_its_files_one_by_one() {
        let room = Room::new();
        room.write(Way::best(), &site(&[("index.html", "1"), ("a/b/c.html", "1"), ("same.css", "x")])).expect("it can be written");
        let written =
            room.write(Way::OneByOne, &site(&[("index.html", "2"), ("d/e.html", "2"), ("same.css", "x")])).expect("it can be written");
        assert_eq!(written.notes, [Note::OneByOne]);
        assert_eq!(room.names(), ["site/.scorebook", "site/d/e.html", "site/index.html", "site/same.css"]);
        assert!(!room.target.join("a").exists(), "folders of pages that are gone go, too");
        // Killed in the middle: the manifest lists both, one file is on its way, another is there without being new.
        room.leave("site/.scorebook", &format!("{FIRST_LINE}\nd/e.html\nindex.html\nold.html\nsame.css\n"));
        room.leave("site/.scorebook-next", "half");
        room.leave("site/old.html", "1");
        let written = room.write(Way::OneByOne, &site(&[("index.html", "3")])).expect("the next build finishes it");
        assert_eq!(written.notes, [Note::OneByOne]);
        assert_eq!(room.names(), ["site/.scorebook", "site/index.html"]);
    }

    #[test]
    fn a_forged_list_removes_nothing_outside_the_target() {
        let room = Room::new();
        room.leave("mine.txt", "mine");
        let absolute = room.folder.path().join("mine.txt");
        room.leave("site/.scorebook", &format!("{FIRST_LINE}\n../mine.txt\na/../../mine.txt\n{}\nold.html\n", absolute.display()));
        room.leave("site/old.html", "1");
        room.write(Way::OneByOne, &site(&[("index.html", "2")])).expect("it can be written");
        assert_eq!(room.names(), ["mine.txt", "site/.scorebook", "site/index.html"]);
        // The list of both sites that a build leaves when it is killed would have handed them on.
        let list = fs::read_to_string(room.target.join(MANIFEST)).expect("a list");
        assert_eq!(list, format!("{FIRST_LINE}\nindex.html\n"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_target_leads_no_write_and_no_removal_out_of_it() {
        use std::os::unix::fs::symlink;
        let room = Room::new();
        room.leave("mine/page.html", "mine");
        room.leave("mine/empty/old.html", "mine");
        room.leave("mine/next", "mine");
        room.leave(
            "site/.scorebook",
            &format!("{FIRST_LINE}\ngone\ngone/page.html\ngone/empty/old.html\nkept\nkept/page.html\n.DS_Store/page.html\n"),
        );
        // What systems leave in a folder is no foreign file, and need not be listed.
        for (from, name) in [("mine", "gone"), ("mine", "kept"), ("mine/next", NEXT), ("mine", ".DS_Store")] {
            symlink(room.folder.path().join(from), room.target.join(name)).expect("a link");
        }
        room.write(Way::OneByOne, &site(&[("index.html", "2"), ("kept/page.html", "2")])).expect("it can be written");
        let want = ["mine/empty/old.html", "mine/next", "mine/page.html", "site/.scorebook", "site/index.html", "site/kept/page.html"];
        assert_eq!(room.names(), want);
        assert!(want.iter().filter(|it| it.starts_with("mine")).all(|it| room.all()[*it] == "mine"));
    }

    #[test]
    fn what_does_not_change_keeps_its_time() {
        for way in [Way::Exchange, Way::Renames, Way::OneByOne] {
            let room = Room::new();
            room.leave("logo.svg", "logo");
            let mut files = site(&[("index.html", "1"), ("a.html", "same")]);
            files.insert("logo.svg".into(), Content::CopyOf(room.folder.path().join("logo.svg")));
            room.write(way, &files).expect("it can be written");
            let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
            let at = |name: &str| room.target.join(name);
            for name in ["index.html", "a.html", "logo.svg"] {
                File::options().write(true).open(at(name)).and_then(|it| it.set_modified(long_ago)).expect("a time");
            }
            files.insert("index.html".into(), Content::Bytes(b"2".to_vec()));
            room.write(way, &files).expect("it can be written");
            let time = |name: &str| fs::metadata(at(name)).and_then(|it| it.modified()).expect("a time");
            assert_eq!((time("a.html"), time("logo.svg")), (long_ago, long_ago));
            assert!(time("index.html") > long_ago);
        }
    }

    #[test]
    fn the_next_build_removes_what_killed_ones_left() {
        for way in WAYS {
            let room = Room::new();
            let first = site(&[("index.html", "1")]);
            room.write(way, &first).expect("it can be written");
            // In the middle of writing, of removing, and between the last two renames.
            room.leave(".site.scorebook-new-1-0/index.html", "half");
            room.leave(&format!(".site.scorebook-new-{}-7/a/b.html", std::process::id()), "half");
            room.leave(".site.scorebook-old-4194305-0/index.html", "0");
            room.leave(".other.scorebook-new-4194305-0/index.html", "another target's");
            let written = room.write(way, &first).expect("it can be written");
            assert_eq!(written.notes, []);
            assert_eq!(room.names(), [".other.scorebook-new-4194305-0/index.html", "site/.scorebook", "site/index.html"]);
            let folders = fs::read_dir(room.folder.path()).expect("a folder").count();
            assert_eq!(folders, 2);
        }
    }

    #[test]
    fn a_site_that_was_moved_away_by_a_killed_build_comes_back() {
        for way in WAYS {
            let room = Room::new();
            room.write(way, &site(&[("index.html", "1")])).expect("it can be written");
            let away = room.folder.path().join(".site.scorebook-old-4194305-0");
            fs::rename(&room.target, &away).expect("it is ours");
            // A build that fails has brought it back all the same.
            let files = [("logo.svg".to_string(), Content::CopyOf("missing.svg".into()))].into();
            room.write(way, &files).expect_err("a file is missing");
            assert_eq!(room.names(), ["site/.scorebook", "site/index.html"]);
            fs::rename(&room.target, &away).expect("it is ours");
            room.write(way, &site(&[("new.html", "2")])).expect("it can be written");
            assert_eq!(room.names(), ["site/.scorebook", "site/new.html"]);
        }
    }

    /// 64 KiB of one letter: a mixture of two sites shows.
    fn page(build: u8) -> String {
        char::from(b'a' + build % 26).to_string().repeat(64 * 1024)
    }

    #[test]
    fn a_reader_always_finds_a_whole_page() {
        if Way::best() == Way::Renames {
            return;
        }
        let room = Room::new();
        let build = |number| {
            room.write(Way::best(), &site(&[("index.html", &page(number)), ("a/b.html", ""), ("c.html", "")])).expect("it can be written")
        };
        build(0);
        let done = AtomicBool::new(false);
        let index = room.target.join("index.html");
        let reads = thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut reads = 0;
                while !done.load(Ordering::Relaxed) || reads == 0 {
                    let text = fs::read(&index).expect("there always is one");
                    assert!(text.len() == 64 * 1024 && text.iter().all(|byte| *byte == text[0]), "a page of one build");
                    reads += 1;
                }
                reads
            });
            (1..=200).for_each(|number| drop(build(number)));
            done.store(true, Ordering::Relaxed);
            reader.join().expect("the reader found a whole page each time")
        });
        assert!(reads > 0);
        assert_eq!(room.names(), ["site/.scorebook", "site/a/b.html", "site/c.html", "site/index.html"]);
    }

    #[test]
    fn two_builds_at_once_leave_one_whole_site_and_nothing_beside_it() {
        for way in WAYS {
            let room = Room::new();
            let files = |name: &str| site(&[("index.html", name), (&format!("{name}/x.html"), name), (&format!("{name}.html"), name)]);
            thread::scope(|scope| {
                for name in ["a", "b"] {
                    let (room, files) = (&room, files(name));
                    scope.spawn(move || (0..60).for_each(|_| drop(room.write(way, &files).expect("it can be written"))));
                }
            });
            // A folder that both were removing may have been noted, and goes now.
            room.write(way, &files("c")).expect("it can be written");
            assert_eq!(room.names(), ["site/.scorebook", "site/c.html", "site/c/x.html", "site/index.html"]);
            assert_eq!(fs::read_dir(room.folder.path()).expect("a folder").count(), 1);
        }
    }

    /// The build that is killed is this test once more, in a process of its own; it hangs on a file that nobody ends.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_build_that_is_killed_leaves_the_old_site_and_one_that_runs_keeps_its_folder() {
        use rustix::fs::{CWD, FileType, Mode, OFlags, mknodat, open};
        use std::{env, process::Command};
        const ROOM: &str = "SCOREBOOK_TEST_KILLED_IN";
        let endless = |room: &Path| {
            site(&[("a.html", "2"), ("index.html", "2"), ("z.html", "2")])
                .into_iter()
                .chain([("m.csv".into(), Content::CopyOf(room.join("m.csv")))])
                .collect()
        };
        if let Some(room) = env::var_os(ROOM).map(PathBuf::from) {
            write(&room.join("site"), &room, &endless(&room)).expect("it is killed before");
            return;
        }
        let room = Room::new();
        room.write(Way::best(), &site(&[("index.html", "1")])).expect("it can be written");
        let pipe = room.folder.path().join("m.csv");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        let name = thread::current().name().expect("a test has a name").to_string();
        let program = env::current_exe().expect("this is a program");
        let mut child = Command::new(program).args(["--exact", &name]).env(ROOM, room.folder.path()).spawn().expect("it can be run");
        // Opens as soon as the other end is read from: then the other build is in the middle.
        let _writer = loop {
            match open(&pipe, OFlags::WRONLY | OFlags::NONBLOCK, Mode::empty()) {
                Ok(writer) => break writer,
                Err(_) => assert!(child.try_wait().expect("it is ours").is_none(), "the other build ended too early"),
            }
            thread::yield_now();
        };
        let beside = Beside::of(&room.target).expect("it has a name");
        let left = || beside.left(super::super::beside::Kind::New).len();
        assert_eq!(left(), 1);
        room.write(Way::best(), &site(&[("index.html", "3")])).expect("another build does not mind");
        assert_eq!(left(), 1);
        child.kill().and_then(|()| child.wait()).expect("it is ours");
        assert_eq!(left(), 1);
        assert_eq!(fs::read_to_string(room.target.join("index.html")).expect("a page"), "3");
        room.write(Way::best(), &site(&[("index.html", "4")])).expect("it can be written");
        assert_eq!(room.names(), ["site/.scorebook", "site/index.html"]);
        assert_eq!(left(), 0);
    }
}
