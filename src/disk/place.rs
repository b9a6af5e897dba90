//! Where a site may stand, and how a new one comes there in one step.

use std::{
    collections::BTreeSet,
    env,
    ffi::OsStr,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::{
    beside::{ATTEMPTS, Beside, Kind},
    error::DiskError,
    one_by_one::replace_one_by_one,
    site::{MANIFEST, manifest_files},
};

/// What systems put into every folder, by themselves.
const NOBODYS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// How many foreign files a message names.
const NAMED: usize = 5;

/// How the new site comes in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In one step; where the file system has none, as below.
    Exchange,
    /// The old one out, the new one in: for a moment there is none.
    Renames,
    /// File by file: less than all or nothing.
    #[cfg(test)]
    OneByOne,
}

impl Way {
    /// The best that this system knows; a file system on it may know less.
    pub(super) fn best() -> Self {
        if cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple")) { Self::Exchange } else { Self::Renames }
    }
}

/// The target as the disk knows it, its links followed.
///
/// # Errors
///
/// When no site may stand there. Nothing was made then, except the folders above a target that is missing.
pub(super) fn settle(target: &Path, keep_out: &Path) -> Result<PathBuf, DiskError> {
    let given = || target.to_path_buf();
    let found = match fs::symlink_metadata(target) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return in_its_folder(target),
        Err(source) => return Err(DiskError::Read { path: given(), source }),
    };
    let real = match fs::canonicalize(target) {
        Ok(real) if found.is_dir() || real.is_dir() => real,
        Ok(_) => return Err(DiskError::NotAFolder { target: given() }),
        Err(error) if error.kind() == ErrorKind::NotFound && found.is_symlink() => return Err(DiskError::DeadLink { target: given() }),
        // Another build is between its two renames: there was a folder just now, and will be.
        Err(error) if error.kind() == ErrorKind::NotFound => in_its_folder(target)?,
        Err(source) => return Err(DiskError::Read { path: given(), source }),
    };
    refuse_holding(&real, &fs::canonicalize(keep_out).unwrap_or_else(|_| keep_out.to_path_buf()), home().as_deref())?;
    Ok(real)
}

/// A target that is not there, in a folder that then is.
fn in_its_folder(target: &Path) -> Result<PathBuf, DiskError> {
    let nameless = || DiskError::Write { path: target.to_path_buf(), source: ErrorKind::NotFound.into() };
    let name = target.file_name().ok_or_else(nameless)?;
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(DiskError::writing(parent))?;
    Ok(fs::canonicalize(parent).map_err(DiskError::reading(parent))?.join(name))
}

fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| home.is_absolute()).and_then(|home| fs::canonicalize(home).ok())
}

fn refuse_holding(target: &Path, workspace: &Path, home: Option<&Path>) -> Result<(), DiskError> {
    if target.parent().is_none() {
        return Err(DiskError::FileSystemRoot { target: target.to_path_buf() });
    }
    if workspace.starts_with(target) {
        return Err(DiskError::HoldsWorkspace { target: target.to_path_buf(), workspace: workspace.to_path_buf() });
    }
    match home {
        Some(home) if home.starts_with(target) => Err(DiskError::HoldsHome { target: target.to_path_buf(), home: home.to_path_buf() }),
        Some(_) | None => Ok(()),
    }
}

/// Refuses a target that holds what no build made.
///
/// Another build may put its site there in the middle of this; then the manifest has changed, and the look was in vain.
pub(super) fn refuse_foreign(target: &Path) -> Result<(), DiskError> {
    let manifest = || match fs::read(target.join(MANIFEST)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(DiskError::reading(&target.join(MANIFEST))),
    };
    let mut known = manifest()?;
    for _ in 0..ATTEMPTS {
        let mut files = foreign(target, &known)?;
        if files.is_empty() {
            return Ok(());
        }
        let now = manifest()?;
        if now == known {
            let more = files.len() > NAMED;
            files.truncate(NAMED);
            return Err(DiskError::ForeignFiles { target: target.to_path_buf(), files, more });
        }
        known = now;
    }
    Ok(())
}

/// The first files that are not in the manifest; one more than are named.
fn foreign(target: &Path, manifest: &[u8]) -> Result<Vec<String>, DiskError> {
    let ours: BTreeSet<&str> = manifest_files(manifest).collect();
    let mut foreign = Vec::new();
    for entry in WalkDir::new(target).follow_links(false).min_depth(1).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(target).to_path_buf();
                return Err(DiskError::Read { path, source: error.into() });
            }
        };
        if entry.file_type().is_dir() || NOBODYS.iter().any(|name| entry.file_name() == OsStr::new(name)) {
            continue;
        }
        let path = entry.path().strip_prefix(target).unwrap_or(entry.path()).to_string_lossy();
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
        if !ours.contains(path.as_str()) {
            foreign.push(path);
            if foreign.len() > NAMED {
                break;
            }
        }
    }
    Ok(foreign)
}

/// If a build died between its two renames, the old site comes back at once: this build may still fail.
pub(super) fn bring_back(target: &Path, beside: &Beside) {
    let age = |path: &PathBuf| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    if is_missing(target)
        && let Some(newest) = beside.left(Kind::Old).into_iter().max_by_key(age)
    {
        // Not possible: then the new site comes in its place, and the old one goes with the other leftovers.
        let _ = fs::rename(newest, target);
    }
}

/// How a site came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// In one step.
    Whole,
    /// File by file.
    OneByOne,
}

/// Puts the folder `new` in the target's place. What was there then stands at `new`.
pub(super) fn put_in_place(new: &Path, target: &Path, beside: &Beside, way: Way) -> Result<Placed, DiskError> {
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for _ in 0..ATTEMPTS {
        if is_missing(target) {
            match fs::rename(new, target) {
                Ok(()) => return Ok(Placed::Whole),
                Err(error) if is_in_the_way(&error) => last = error,
                Err(source) => return Err(DiskError::Place { target: target.to_path_buf(), source, old: None }),
            }
            continue;
        }
        refuse_foreign(target)?;
        keep_mode(target, new);
        let swapped = match way {
            Way::Exchange => exchange(new, target),
            Way::Renames => Err(ErrorKind::Unsupported.into()),
            #[cfg(test)]
            Way::OneByOne => Err(ErrorKind::ResourceBusy.into()),
        };
        match swapped {
            Ok(()) => return Ok(Placed::Whole),
            Err(error) if error.kind() == ErrorKind::NotFound && new.is_dir() => last = error,
            Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
                match old_out_new_in(new, target, beside) {
                    Ok(Ok(())) => return Ok(Placed::Whole),
                    Ok(Err(error)) => last = error,
                    Err(DiskError::Immovable { .. }) => return replace_one_by_one(new, target).map(|()| Placed::OneByOne),
                    Err(error) => return Err(error),
                }
            }
            Err(source) => {
                return match immovable(target, source) {
                    DiskError::Immovable { .. } => replace_one_by_one(new, target).map(|()| Placed::OneByOne),
                    error => Err(error),
                };
            }
        }
    }
    Err(DiskError::Place { target: target.to_path_buf(), source: last, old: None })
}

/// The way without an exchange. Inside: another build came between, which is worth another attempt.
fn old_out_new_in(new: &Path, target: &Path, beside: &Beside) -> Result<io::Result<()>, DiskError> {
    let old = beside.fresh(Kind::Old);
    match fs::rename(target, &old) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Err(error)),
        Err(source) => return Err(immovable(target, source)),
    }
    if let Err(source) = fs::rename(new, target) {
        return match fs::rename(&old, target) {
            Ok(()) => Err(DiskError::Place { target: target.to_path_buf(), source, old: None }),
            Err(_) if is_in_the_way(&source) => Ok(Err(source)),
            Err(_) => Err(DiskError::Place { target: target.to_path_buf(), source, old: Some(old) }),
        };
    }
    // From here on nobody needs the old one: it takes the name of what may be removed half. Where that fails, it goes whole.
    let _ = fs::rename(&old, new);
    Ok(Ok(()))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_new: &Path, _target: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Who may read a site is its owner's choice, made at its folder.
fn keep_mode(old: &Path, new: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if let Ok(metadata) = fs::metadata(old) {
            // A folder that cannot be opened by its owner could not be replaced the next time. If the system does not
            // let us, the site still is readable as any new folder is.
            let _ = fs::set_permissions(new, fs::Permissions::from_mode(metadata.permissions().mode() | 0o700));
        }
    }
    #[cfg(not(unix))]
    let _ = (old, new);
}

fn immovable(target: &Path, source: io::Error) -> DiskError {
    let target = target.to_path_buf();
    match source.kind() {
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => DiskError::Immovable { target },
        // On Windows: somebody has a file of it open. Elsewhere nothing could have been written beside it, either.
        ErrorKind::PermissionDenied if cfg!(windows) => DiskError::Immovable { target },
        _ => DiskError::Place { target, source, old: None },
    }
}

fn is_missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Somebody put a folder there since we looked.
fn is_in_the_way(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists)
}
