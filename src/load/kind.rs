//! Which kind of thing a file is, from its folder.

use crate::model::{Calendar, Id, Period};

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Objective,
    Kpi,
    CheckIn,
    Department,
    Person,
    Report,
    Page,
}

impl Kind {
    pub(super) const NAMES: [&'static str; 7] = ["objective", "kpi", "check-in", "department", "person", "report", "page"];

    const FOLDERS: [(&'static str, Self); 7] = [
        ("objectives", Self::Objective),
        ("kpis", Self::Kpi),
        ("check-ins", Self::CheckIn),
        ("departments", Self::Department),
        ("people", Self::Person),
        ("reports", Self::Report),
        ("pages", Self::Page),
    ];

    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "objective" => Some(Self::Objective),
            "kpi" => Some(Self::Kpi),
            "check-in" => Some(Self::CheckIn),
            "department" => Some(Self::Department),
            "person" => Some(Self::Person),
            "report" => Some(Self::Report),
            "page" => Some(Self::Page),
            _ => None,
        }
    }
}

/// What a file's folders say of it.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    pub(super) kind: Option<Kind>,
    /// The deepest folder that reads as a period.
    pub(super) period: Option<Period>,
    /// How many of its folders stand above those that are the author's own.
    own: usize,
}

impl Folders {
    /// A folder below the kind's that holds a year, although it reads as no period.
    pub(super) fn almost_period<'p>(&self, path: &'p str) -> Option<&'p str> {
        let dirs: Vec<&str> = path.split('/').collect();
        let year = |dir: &&&str| dir.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
        dirs[self.own.min(dirs.len() - 1)..dirs.len() - 1].iter().rev().find(year).copied()
    }

    /// Folders below the kind's, made safe, the deepest first: one of them may be a department's id.
    pub(super) fn names(&self, path: &str) -> Vec<Id> {
        let dirs: Vec<&str> = path.split('/').collect();
        dirs[self.own.min(dirs.len() - 1)..dirs.len() - 1].iter().rev().map(|dir| Id::new(dir)).collect()
    }
}

pub(super) fn folders(path: &str, calendar: Calendar) -> Folders {
    let parts: Vec<&str> = path.split('/').collect();
    let dirs = &parts[..parts.len().saturating_sub(1)];
    let outermost = dirs.iter().enumerate().find_map(|(at, dir)| of_folder(dir).map(|kind| (at, kind)));
    let below = outermost.map_or(dirs, |(at, _)| &dirs[at + 1..]);
    Folders {
        kind: outermost.map(|(_, kind)| kind),
        period: below.iter().rev().find_map(|dir| Period::parse(dir, calendar)),
        own: outermost.map_or(0, |(at, _)| at + 1),
    }
}

/// The kind that the outermost named folder gives.
pub(super) fn of_folders(path: &str) -> Option<Kind> {
    path.rsplit_once('/')?.0.split('/').find_map(of_folder)
}

fn of_folder(dir: &str) -> Option<Kind> {
    Kind::FOLDERS.into_iter().find(|(name, _)| dir.eq_ignore_ascii_case(name)).map(|(_, kind)| kind)
}

/// A file's name without folder and ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.len().checked_sub(3).and_then(|at| name.split_at_checked(at)) {
        Some((stem, ending)) if ending.eq_ignore_ascii_case(".md") => stem,
        _ => name,
    }
}

/// README files and what editors leave behind.
pub(super) fn is_passed_over(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let hidden = path.split('/').any(|part| part.starts_with(['.', '_']));
    let stem = stem(path).to_lowercase();
    hidden
        || name.eq_ignore_ascii_case("readme.md")
        || name.starts_with('#')
        || [".bak", ".orig", ".tmp", "~"].iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_kind_period_and_department() {
        let got = folders("objectives/2026-q3/van-hanh/2026-q2/a.md", Calendar::default());
        assert_eq!(got.kind, Some(Kind::Objective));
        assert_eq!(got.period.as_ref().map(ToString::to_string).as_deref(), Some("2026-Q2"));
        assert_eq!(got.names("objectives/2026-q3/van-hanh/2026-q2/a.md")[1].as_str(), "van-hanh");
        assert_eq!(folders("khac/check-ins/objectives/a.md", Calendar::default()).kind, Some(Kind::CheckIn));
        assert_eq!(folders("a.md", Calendar::default()).kind, None);
    }

    #[test]
    fn what_nobody_meant_as_a_goal_is_passed_over() {
        for path in ["README.md", "objectives/Readme.md", "objectives/_draft.md", ".git/a.md", "objectives/a.bak.md", "a/#b.md"] {
            assert!(is_passed_over(path), "{path}");
        }
        assert!(!is_passed_over("objectives/a.md"));
    }
}
