//! One file in, one file out: what `import FILE` reads and `-o FILE` writes.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::Path,
};

use super::{TEXT_KEPT, beside::Beside, error::DiskError};

/// A whole file that somebody named on the command line.
///
/// # Errors
///
/// When it cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>, DiskError> {
    fs::read(path).map_err(DiskError::reading(path))
}

/// A text of a workspace, as the tree has it: of one that is too large, the first [`TEXT_KEPT`](super::TEXT_KEPT) bytes.
///
/// # Errors
///
/// When it cannot be read.
pub fn read_text(path: &Path) -> Result<Vec<u8>, DiskError> {
    read_start(path, TEXT_KEPT as u64)
}

/// The first `most` bytes of a file of a workspace.
///
/// # Errors
///
/// When it cannot be read.
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(DiskError::reading(path))?;
    file.take(most).read_to_end(&mut bytes).map_err(DiskError::reading(path))?;
    Ok(bytes)
}

/// Writes a file that somebody named on the command line: a reader finds the old one or the new one, both whole.
///
/// Folders that are missing are made. A link keeps leading where it leads; what is no file (`/dev/stdout`) is
/// written into.
///
/// # Errors
///
/// When it is a folder, or cannot be written; the old file is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let fails = || DiskError::writing(path);
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let old = fs::metadata(&real).or_else(|_| fs::metadata(path)).ok();
    match &old {
        Some(old) if old.is_dir() => return Err(DiskError::NotAFile { path: path.to_path_buf() }),
        Some(old) if !old.is_file() => {
            return File::options().write(true).open(path).and_then(|mut file| file.write_all(bytes)).map_err(fails());
        }
        Some(_) | None => {}
    }
    if let Some(parent) = real.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(DiskError::writing(parent))?;
    }
    let beside = Beside::of(&real).ok_or_else(|| fails()(io::Error::from(ErrorKind::InvalidFilename)))?;
    let (new, mut file) = beside.new_file().map_err(fails())?;
    let _ = beside.remove_abandoned(&new);
    let written = file.write_all(bytes).and_then(|()| old.map_or(Ok(()), |old| file.set_permissions(old.permissions())));
    drop(file);
    written.and_then(|()| fs::rename(&new, &real)).map_err(|error| {
        // The file beside is ours and of no use to anybody; what counts is the first error.
        let _ = fs::remove_file(&new);
        fails()(error)
    })
}

/// Whether something bears the name: a link that leads nowhere, too.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file that is not there yet.
///
/// # Errors
///
/// When it is, or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(DiskError::writing(parent))?;
    }
    // Made and asked for in one step: of two that want the name, one gets it.
    let mut file = File::options().write(true).create_new(true).open(path).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => DiskError::IsThere { path: path.to_path_buf() },
        _ => DiskError::writing(path)(source),
    })?;
    file.write_all(bytes).map_err(|error| {
        let _ = fs::remove_file(path);
        DiskError::writing(path)(error)
    })
}

/// Writes a result to standard output. That nobody reads it to the end is no error.
///
/// # Errors
///
/// When it cannot be written for another reason, such as a full disk.
pub fn write_stdout(bytes: &[u8]) -> Result<(), DiskError> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(DiskError::Stdout { source }),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_replaced_and_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out/deep/report.md");
        for text in ["one", "two, longer", ""] {
            write_file(&path, text.as_bytes()).expect("it can be written");
            assert_eq!(read_file(&path).expect("it can be read"), text.as_bytes());
        }
        assert_eq!(names(path.parent().expect("it is in a folder")), ["report.md"]);
        assert!(matches!(read_file(&folder.path().join("missing")), Err(DiskError::Read { .. })));
    }

    #[test]
    fn a_folder_is_not_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(write_file(folder.path(), b"x"), Err(DiskError::NotAFile { .. })));
        fs::write(folder.path().join("file"), "x").expect("a file");
        assert!(matches!(write_file(&folder.path().join("file/report.md"), b"x"), Err(DiskError::Write { .. })));
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn the_next_one_removes_what_a_killed_one_left() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(".report.md.scorebook-new-1-0"), "half").expect("a file");
        write_file(&folder.path().join("report.md"), b"x").expect("it can be written");
        assert_eq!(names(folder.path()), ["report.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_devices_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&real, "old").expect("a file");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("it is ours");
        symlink("real.csv", &link).expect("a link");
        write_file(&link, b"new").expect("it can be written");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!(fs::read(&real).expect("it is there"), b"new");
        assert_eq!(fs::metadata(&real).expect("it is there").permissions().mode() & 0o777, 0o640);
        write_file(Path::new("/dev/null"), b"x").expect("it takes everything");
    }
}
