//! A folder that somebody names – a template – whole, as far as it is not too much.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
};

use walkdir::WalkDir;

use super::{error::DiskError, file::read_start, tree::CONFIG};

/// The files of a folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// By path from the folder, with `/`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Links, which are not followed, by path.
    pub links: Vec<String>,
    /// Whether there is more than was asked for: the rest was not read.
    pub is_cut: bool,
}

/// The folders in `folder` that are workspaces, by name, sorted; and the links to some, which are not followed.
///
/// # Errors
/// When `folder` cannot be read.
pub fn workspaces_in(folder: &Path) -> Result<(Vec<String>, Vec<String>), DiskError> {
    let entries = fs::read_dir(folder).map_err(DiskError::reading(folder))?;
    let (mut found, mut links) = (Vec::new(), Vec::new());
    for entry in entries {
        let entry = entry.map_err(DiskError::reading(folder))?;
        let Ok(kind) = entry.file_type() else { continue };
        if (kind.is_dir() || kind.is_symlink()) && entry.path().join(CONFIG).is_file() {
            let list = if kind.is_dir() { &mut found } else { &mut links };
            list.extend(entry.file_name().into_string().ok().filter(|it| !it.starts_with(['.', '_'])));
        }
    }
    found.sort();
    links.sort();
    Ok((found, links))
}

/// A path from the root of the file system, links resolved as far as it exists.
///
/// # Errors
/// When the working folder is gone.
pub fn absolute(path: &Path) -> Result<PathBuf, DiskError> {
    let whole = std::path::absolute(path).map_err(DiskError::reading(path))?;
    let there = whole.ancestors().find_map(|it| Some((it, fs::canonicalize(it).ok()?)));
    Ok(there.map_or_else(|| whole.clone(), |(part, real)| real.join(whole.strip_prefix(part).unwrap_or(Path::new("")))))
}

/// So much of a folder is read.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Files.
    pub files: usize,
    /// Bytes of one of them.
    pub file: u64,
    /// Bytes in all.
    pub bytes: u64,
}

/// Reads a folder; names that begin with `.` are passed over.
///
/// # Errors
/// When something in it cannot be read.
pub fn read_folder(folder: &Path, most: Most) -> Result<Folder, DiskError> {
    let mut found = Folder::default();
    let mut left = most.bytes;
    let shown = |it: &walkdir::DirEntry| it.depth() == 0 || !it.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(shown) {
        let entry = entry.map_err(|error| DiskError::reading(folder)(error.into()))?;
        let Some(path) = with_slashes(entry.path(), folder) else { continue };
        if entry.file_type().is_symlink() && entry.depth() > 0 {
            found.links.push(path);
        } else if entry.file_type().is_file() {
            let bytes = read_start(entry.path(), most.file + 1)?;
            let size = bytes.len() as u64;
            match left.checked_sub(size).filter(|_| size <= most.file && found.files.len() < most.files) {
                Some(rest) => left = rest,
                None => {
                    found.is_cut = true;
                    return Ok(found);
                }
            }
            found.files.insert(path, bytes);
        }
    }
    Ok(found)
}

fn with_slashes(path: &Path, folder: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = below
        .components()
        .map(|it| match it {
            Component::Normal(part) => part.to_str(),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
        })
        .collect();
    parts.map(|it| it.join("/"))
}
