//! What stops a command: one variant, one thing that somebody can do something about.

use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// What the disk would not do. Each names the path; its text is one plain sentence.
#[derive(Debug)]
#[non_exhaustive]
pub enum DiskError {
    /// The folder holds no `scorebook.yaml`.
    NoConfig {
        /// The folder that should be a workspace.
        root: PathBuf,
    },
    /// A file or folder cannot be read.
    Read {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder cannot be written.
    Write {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Standard output takes no more, for another reason than that nobody reads it.
    Stdout {
        /// What the system said.
        source: io::Error,
    },
    /// The target holds files that no build made.
    ForeignFiles {
        /// The folder to be written.
        target: PathBuf,
        /// The first of them, relative, sorted.
        files: Vec<String>,
        /// Are there others?
        more: bool,
    },
    /// The target is a file.
    NotAFolder {
        /// The target.
        target: PathBuf,
    },
    /// The file to be made is there already.
    IsThere {
        /// The path.
        path: PathBuf,
    },
    /// The file to be written is a folder.
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The target is a link to something that does not exist.
    DeadLink {
        /// The link.
        target: PathBuf,
    },
    /// The target is the workspace, or a folder around it.
    HoldsWorkspace {
        /// The target.
        target: PathBuf,
        /// The workspace's root.
        workspace: PathBuf,
    },
    /// The target is the file system's root.
    FileSystemRoot {
        /// The target.
        target: PathBuf,
    },
    /// The target is the user's home folder, or a folder around it.
    HoldsHome {
        /// The target.
        target: PathBuf,
        /// The home folder.
        home: PathBuf,
    },
    /// The system does not let the target be replaced as a whole: a mount point, a container's layer.
    Immovable {
        /// The target.
        target: PathBuf,
    },
    /// The new site is written, but could not be put in the target's place.
    Place {
        /// The target.
        target: PathBuf,
        /// What the system said.
        source: io::Error,
        /// Where the old site stands if it could not be put back either; the next build brings it back.
        old: Option<PathBuf>,
    },
    /// A page's path leads out of the site, or nowhere: a mistake of ours, not of an author.
    UnsafePath {
        /// As it was handed in.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl DiskError {
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read { path: path.to_path_buf(), source }
    }

    pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Write { path: path.to_path_buf(), source }
    }
}

impl Display for DiskError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoConfig { root } => write!(f, "`{}` is no workspace: it holds no `scorebook.yaml`", root.display()),
            Self::Read { path, source } => write!(f, "`{}` cannot be read: {}", path.display(), reason(source)),
            Self::Write { path, source } => write!(f, "`{}` cannot be written: {}", path.display(), reason(source)),
            Self::Stdout { source } => write!(f, "standard output cannot be written: {}", reason(source)),
            Self::ForeignFiles { target, files, more } => {
                let files = files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", ");
                let more = if *more { " and others" } else { "" };
                write!(f, "`{}` holds files that no build made ({files}{more}): move them away, or name another folder", target.display())
            }
            Self::NotAFolder { target } => write!(f, "`{}` is no folder: name another one for the site", target.display()),
            Self::IsThere { path } => write!(f, "`{}` is there already; nothing is overwritten", path.display()),
            Self::NotAFile { path } => write!(f, "`{}` is a folder: name a file in it", path.display()),
            Self::DeadLink { target } => {
                write!(f, "`{}` is a link that leads nowhere: remove it, or name another folder", target.display())
            }
            Self::HoldsWorkspace { target, workspace } if target == workspace => {
                write!(f, "`{}` is the workspace itself: name a folder in it, such as `site`", target.display())
            }
            Self::HoldsWorkspace { target, workspace } => {
                write!(
                    f,
                    "`{}` holds the workspace `{}`: a site replaces its whole folder, name another one",
                    target.display(),
                    workspace.display()
                )
            }
            Self::FileSystemRoot { target } => {
                write!(f, "`{}` is the root of the file system: a site replaces its whole folder, name another one", target.display())
            }
            Self::HoldsHome { target, home } if target == home => {
                write!(f, "`{}` is your home folder: a site replaces its whole folder, name another one", target.display())
            }
            Self::HoldsHome { target, home } => {
                write!(
                    f,
                    "`{}` holds your home folder `{}`: a site replaces its whole folder, name another one",
                    target.display(),
                    home.display()
                )
            }
            Self::Immovable { target } => {
                write!(
                    f,
                    "`{}` cannot be replaced as a whole, it is a mount point or part of a container's image: name a folder in it",
                    target.display()
                )
            }
            Self::Place { target, source, old: None } => {
                write!(f, "the new site cannot be put in the place of `{}`, which is as it was: {}", target.display(), reason(source))
            }
            Self::Place { target, source, old: Some(old) } => {
                write!(
                    f,
                    "the new site cannot be put at `{}`: {}; the old one stands at `{}`, and the next build brings it back",
                    target.display(),
                    reason(source),
                    old.display()
                )
            }
            Self::UnsafePath { path, why } => {
                write!(f, "`{}` cannot be a page's path, {why}: this is a mistake in scorebook", path.escape_debug())
            }
        }
    }
}

impl Error for DiskError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } | Self::Stdout { source } | Self::Place { source, .. } => Some(source),
            Self::NoConfig { .. }
            | Self::ForeignFiles { .. }
            | Self::NotAFolder { .. }
            | Self::NotAFile { .. }
            | Self::IsThere { .. }
            | Self::DeadLink { .. }
            | Self::HoldsWorkspace { .. }
            | Self::FileSystemRoot { .. }
            | Self::HoldsHome { .. }
            | Self::Immovable { .. }
            | Self::UnsafePath { .. } => None,
        }
    }
}

/// What the system said, in words that hold on every system.
pub(super) fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "it does not exist",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "the disk quota is used up",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of the path is no folder",
        ErrorKind::AlreadyExists => "it is already there",
        ErrorKind::InvalidFilename => "the name is too long, or not allowed here",
        _ => return error.to_string(),
    };
    words.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_plain_sentence() {
        let missing = || io::Error::from(ErrorKind::NotFound);
        for (error, want) in [
            (DiskError::NoConfig { root: "w".into() }, "`w` is no workspace: it holds no `scorebook.yaml`"),
            (DiskError::Read { path: "a.csv".into(), source: missing() }, "`a.csv` cannot be read: it does not exist"),
            (
                DiskError::ForeignFiles { target: "site".into(), files: vec!["a".into(), "b".into()], more: true },
                "`site` holds files that no build made (`a`, `b` and others): move them away, or name another folder",
            ),
            (
                DiskError::HoldsWorkspace { target: "w".into(), workspace: "w".into() },
                "`w` is the workspace itself: name a folder in it, such as `site`",
            ),
            (
                DiskError::HoldsWorkspace { target: "p".into(), workspace: "p/w".into() },
                "`p` holds the workspace `p/w`: a site replaces its whole folder, name another one",
            ),
            (
                DiskError::UnsafePath { path: "../a\n".into(), why: "it has a `..` in it" },
                "`../a\\n` cannot be a page's path, it has a `..` in it: this is a mistake in scorebook",
            ),
        ] {
            assert_eq!(error.to_string(), want);
        }
    }
}
