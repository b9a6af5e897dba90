//! A template out of a `.zip`: what the archive declares is never believed.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use unicode_normalization::UnicodeNormalization;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::safe::{MOST_FILE, MOST_FILES, MOST_TEMPLATE, Unsafe, what_is_unsafe};

/// An archive of texts: the same bytes for the same texts, on every machine and day.
///
/// # Errors
/// When a text is too long for an archive.
pub fn archive(files: &BTreeMap<String, String>) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).compression_method(CompressionMethod::Deflated);
    for (path, text) in files {
        zip.start_file(path, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Why an archive gives no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveError {
    /// It is no archive, or not whole.
    Broken,
    /// It holds more files, or more bytes, than a template may.
    TooLarge,
    /// A file of it is not to be trusted.
    Unsafe(String, Unsafe),
    /// Two of its files have one name where case does not count.
    Twice(String),
}

/// The files of an archive, by path with `/`; a folder that holds everything is taken off. What is simply no part of a
/// workspace is named beside them.
///
/// # Errors
/// When the archive is broken, too large, or holds what leads out of its folder.
#[expect(clippy::type_complexity, reason = "files, and what is left out with its reason")]
pub fn unpack(bytes: &[u8]) -> Result<(BTreeMap<String, Vec<u8>>, Vec<(String, Unsafe)>), ArchiveError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::Broken)?;
    if archive.len() > MOST_FILES {
        return Err(ArchiveError::TooLarge);
    }
    let mut files = BTreeMap::new();
    let mut seen: BTreeMap<String, ()> = BTreeMap::new();
    let mut left_out = Vec::new();
    let mut left = MOST_TEMPLATE;
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|_| ArchiveError::Broken)?;
        let name: String = entry.name().map_err(|_| ArchiveError::Broken)?.nfc().collect();
        if entry.is_symlink() {
            return Err(ArchiveError::Unsafe(name, Unsafe::Link));
        }
        if entry.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        entry.by_ref().take(MOST_FILE + 1).read_to_end(&mut bytes).map_err(|_| ArchiveError::Broken)?;
        let size = bytes.len() as u64;
        left = left.checked_sub(size).filter(|_| size <= MOST_FILE).ok_or(ArchiveError::TooLarge)?;
        match what_is_unsafe(&name, Some(&bytes)) {
            Some(why) if why.is_fatal() => return Err(ArchiveError::Unsafe(name, why)),
            Some(why) => left_out.push((name, why)),
            None => {
                if seen.insert(name.to_lowercase(), ()).is_some() {
                    return Err(ArchiveError::Twice(name));
                }
                files.insert(name, bytes);
            }
        }
    }
    Ok((without_common_folder(files), left_out))
}

fn without_common_folder(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let Some(folder) = files.keys().next().and_then(|it| it.split_once('/')).map(|(folder, _)| format!("{folder}/")) else { return files };
    if files.contains_key(super::MANIFEST) || !files.keys().all(|it| it.starts_with(&folder)) {
        return files;
    }
    files.into_iter().map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes)).collect()
}
