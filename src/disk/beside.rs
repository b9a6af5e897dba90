//! The names beside a target: what is not finished yet, and what was moved away.
//!
//! `.NAME.scorebook-new-PID-N` is never a whole site that somebody needs: it is being written, or being removed.
//! `.NAME.scorebook-old-PID-N` is a whole one, and the only one while the target is missing.
//!
//! Whoever writes holds the system's lock on what it writes; the lock ends with the process, whatever ended that,
//! and leaves nothing behind. It tells a build that is running from one that was killed also where a process number says
//! nothing: in another container, or after the number was given away again.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use rayon::prelude::*;

/// Where there are no locks on folders, a leftover is one that nobody has touched for this long.
const ABANDONED_AFTER: Duration = Duration::from_secs(60 * 60);

/// How often somebody else may come between before it is an error.
pub(super) const ATTEMPTS: usize = 16;

static COUNT: AtomicU64 = AtomicU64::new(0);

#[derive(Clone, Copy)]
pub(super) enum Kind {
    New,
    Old,
}

/// The folder around a target, and the target's name in it.
pub(super) struct Beside {
    folder: PathBuf,
    name: OsString,
}

/// A folder that is ours as long as this lives.
pub(super) struct Claim {
    pub(super) path: PathBuf,
    _lock: Option<File>,
}

impl Beside {
    pub(super) fn of(target: &Path) -> Option<Self> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(Self { folder: folder.to_path_buf(), name: target.file_name()?.to_os_string() })
    }

    /// A path that nobody in this process was given before.
    pub(super) fn fresh(&self, kind: Kind) -> PathBuf {
        let mut name = self.prefix(kind);
        name.push(format!("{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        self.folder.join(name)
    }

    /// A new folder with its first file in it.
    pub(super) fn new_folder(&self, first: &str, bytes: &[u8]) -> io::Result<Claim> {
        self.until_free(|path| {
            fs::create_dir(path)?;
            let lock = lock(path)?;
            // Before it was locked it looked like a leftover: if somebody has removed it as one, this says so.
            fs::write(path.join(first), bytes)?;
            Ok(Claim { path: path.to_path_buf(), _lock: lock })
        })
    }

    /// A new file, opened for writing.
    pub(super) fn new_file(&self) -> io::Result<(PathBuf, File)> {
        self.until_free(|path| Ok((path.to_path_buf(), File::create_new(path)?)))
    }

    /// What stands there of a kind, sorted.
    pub(super) fn left(&self, kind: Kind) -> Vec<PathBuf> {
        let prefix = self.prefix(kind);
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let ours = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()));
        let mut paths: Vec<_> = ours.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    }

    /// Removes what killed builds left, and says what could not be removed. `ours` was made just now.
    pub(super) fn remove_abandoned(&self, ours: &Path) -> Vec<(PathBuf, io::Error)> {
        let leftovers = self.left(Kind::New).into_iter().filter(|path| path != ours);
        leftovers
            .filter_map(|path| {
                let _lock = Abandoned::check(&path, ours)?;
                remove(&path).err().map(|error| (path, error))
            })
            .collect()
    }

    /// Removes the sites that were moved away and are not needed, now that there is a new one.
    pub(super) fn remove_old(&self) -> Vec<(PathBuf, io::Error)> {
        let removed = self.left(Kind::Old).into_iter().map(|path| {
            // An old site is brought back if its target is missing: half of one must not be called so.
            let half = self.fresh(Kind::New);
            fs::rename(&path, &half).and_then(|()| remove(&half)).map_err(|error| (path, error))
        });
        removed.filter_map(Result::err).filter(|(_, error)| error.kind() != ErrorKind::NotFound).collect()
    }

    fn prefix(&self, kind: Kind) -> OsString {
        let mut prefix = OsString::from(".");
        prefix.push(&self.name);
        prefix.push(match kind {
            Kind::New => ".scorebook-new-",
            Kind::Old => ".scorebook-old-",
        });
        prefix
    }

    fn until_free<T>(&self, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
        let taken = |error: &io::Error| matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::WouldBlock | ErrorKind::NotFound);
        let mut last = ErrorKind::AlreadyExists.into();
        for _ in 0..ATTEMPTS {
            match make(&self.fresh(Kind::New)) {
                Err(error) if taken(&error) => last = error,
                done => return done,
            }
        }
        Err(last)
    }
}

/// Proof that nobody writes there any more; held while it is removed.
struct Abandoned {
    _lock: Option<File>,
}

impl Abandoned {
    fn check(path: &Path, ours: &Path) -> Option<Self> {
        match lock(path) {
            Ok(Some(lock)) => Some(Self { _lock: Some(lock) }),
            Ok(None) => is_older(path, ours).then_some(Self { _lock: None }),
            Err(_) => None,
        }
    }
}

/// The lock, or nothing where the system has none for a folder.
///
/// # Errors
///
/// [`ErrorKind::WouldBlock`] when somebody else holds it.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let Ok(file) = File::open(path) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Both times are the file system's: no clock of another machine comes in.
fn is_older(path: &Path, ours: &Path) -> bool {
    let touched = |path: &Path| fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
    let age = touched(ours).ok().zip(touched(path).ok()).and_then(|(ours, theirs)| ours.duration_since(theirs).ok());
    age.is_some_and(|age| age > ABANDONED_AFTER)
}

/// Removes a file or a tree, its folders in parallel. That somebody else was faster is fine.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let missing_is_fine = |result: io::Result<()>| match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    };
    missing_is_fine(fs::symlink_metadata(path).and_then(|metadata| {
        if !metadata.is_dir() {
            return fs::remove_file(path);
        }
        let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        let results: Vec<io::Result<()>> = entries
            .into_par_iter()
            .map(|entry| {
                missing_is_fine(entry.file_type().and_then(|kind| match kind.is_dir() {
                    true => fs::remove_dir_all(entry.path()),
                    false => fs::remove_file(entry.path()),
                }))
            })
            .collect();
        results.into_iter().collect::<io::Result<()>>()?;
        fs::remove_dir(path)
    }))
}
