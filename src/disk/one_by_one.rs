//! The last resort: a target that cannot be replaced as a whole – a mount point, a share on which somebody has a file of
//! it open – gets the new site file by file.
//!
//! That is less than all or nothing, and whoever builds is told so. Assets come before pages and pages before the home
//! page, so that a reader who comes in between finds links that lead somewhere. While it lasts the manifest lists the
//! files of both sites: a build that is killed in the middle leaves nothing that the next one does not know and finish.
//!
//! A target may be where others write, so its links are never followed: what one leads to is nobody's site.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    error::DiskError,
    site::{MANIFEST, NEXT, manifest, manifest_files, parents},
};

/// How often a file that somebody has open is tried, and how long is waited before each.
const PATIENCE: [Duration; 4] = [Duration::ZERO, Duration::from_millis(50), Duration::from_millis(200), Duration::from_millis(750)];

/// Makes the files of `target` those of `new`.
///
/// # Errors
///
/// When one cannot be replaced. The target is then a mixture of both sites, which the next build finishes.
pub(super) fn replace_one_by_one(new: &Path, target: &Path) -> Result<(), DiskError> {
    let read = |folder: &Path| fs::read(folder.join(MANIFEST)).unwrap_or_default();
    let (old_list, new_list) = (read(target), read(new));
    let files =
        |list: &[u8]| -> BTreeSet<String> { manifest_files(list).filter(|it| *it != MANIFEST && *it != NEXT).map(str::to_owned).collect() };
    let (old, fresh) = (files(&old_list), files(&new_list));
    let both = manifest(old.union(&fresh).map(String::as_str));
    put(&both, target, MANIFEST)?;
    let mut ordered: Vec<&String> = fresh.iter().collect();
    ordered.sort_by_key(|path| (rank(path), *path));
    for path in ordered {
        let (from, to) = (new.join(path), target.join(path));
        make_folders(target, path)?;
        if is_same(&from, &to) {
            continue;
        }
        let next = next(target)?;
        fs::copy(&from, &next).map_err(DiskError::writing(&next))?;
        insist(|| fs::rename(&next, &to)).map_err(DiskError::writing(&to))?;
    }
    for path in old.difference(&fresh) {
        let gone = target.join(path);
        let in_own_folders = parents(path).all(|folder| is_folder(&target.join(folder)));
        if !in_own_folders || is_folder(&gone) {
            continue;
        }
        match insist(|| fs::remove_file(&gone)) {
            Err(source) if source.kind() != ErrorKind::NotFound => return Err(DiskError::Write { path: gone, source }),
            Ok(()) | Err(_) => remove_empty(target, path),
        }
    }
    put(&new_list, target, MANIFEST)
}

/// What pages need, then pages, then those on which readers begin.
fn rank(path: &str) -> u8 {
    match path {
        _ if path == "index.html" || (path.ends_with("/index.html") && path.matches('/').count() == 1) => 2,
        _ if path.ends_with(".html") => 1,
        _ => 0,
    }
}

/// A file in one step, on the target's own file system.
fn put(bytes: &[u8], target: &Path, name: &str) -> Result<(), DiskError> {
    let next = next(target)?;
    fs::write(&next, bytes).map_err(DiskError::writing(&next))?;
    let to = target.join(name);
    insist(|| fs::rename(&next, &to)).map_err(DiskError::writing(&to))
}

/// Where a file is written before it has its name; what stood there is gone, and be it a link to elsewhere.
fn next(target: &Path) -> Result<PathBuf, DiskError> {
    let next = target.join(NEXT);
    match insist(|| fs::remove_file(&next)) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(DiskError::Write { path: next, source }),
        Ok(()) | Err(_) => Ok(next),
    }
}

/// The folders around a file of the new site; a file or a link of the old one makes room for them.
fn make_folders(target: &Path, path: &str) -> Result<(), DiskError> {
    for folder in parents(path).map(|it| target.join(it)).filter(|it| !is_folder(it)) {
        if fs::symlink_metadata(&folder).is_ok() {
            insist(|| fs::remove_file(&folder)).map_err(DiskError::writing(&folder))?;
        }
        fs::create_dir(&folder).map_err(DiskError::writing(&folder))?;
    }
    Ok(())
}

/// Whether a folder stands there, and not a link to one.
fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.is_dir())
}

/// Again, a little later, where somebody has a file open.
fn insist(attempt: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let mut last = Ok(());
    for wait in PATIENCE {
        thread::sleep(wait);
        last = attempt();
        match &last {
            Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy) => {}
            Ok(()) | Err(_) => return last,
        }
    }
    last
}

fn remove_empty(target: &Path, path: &str) {
    for (at, _) in path.rmatch_indices('/') {
        // One that is not empty stays, which is all that this asks.
        if fs::remove_dir(target.join(&path[..at])).is_err() {
            return;
        }
    }
}

/// Whether two files hold the same bytes.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    let open = |path: &Path| -> io::Result<(File, u64)> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok((file, length))
    };
    let (Ok((mut a, length)), Ok((mut b, other))) = (open(a), open(b)) else { return false };
    if length != other {
        return false;
    }
    let (mut left, mut right) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        match (fill(&mut a, &mut left), fill(&mut b, &mut right)) {
            (Ok(0), Ok(0)) => return true,
            (Ok(read), Ok(other)) if read == other && left[..read] == right[..read] => {}
            _ => return false,
        }
    }
}

fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
