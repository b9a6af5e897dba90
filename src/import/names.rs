//! People and departments as a sheet names them: ids of those who are declared, files for those who are not, plain names
//! where nobody is.

use std::collections::BTreeMap;

use crate::{
    model::{COMPANY, Id},
    words::yaml,
};

use super::{Known, Named};

/// What names of people and departments come to.
pub(super) struct Names<'k> {
    known: &'k Known,
    people: BTreeMap<Id, String>,
    departments: BTreeMap<Id, String>,
}

/// A name of one of them, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) id: Id,
    /// As a value.
    pub(super) yaml: String,
}

impl<'k> Names<'k> {
    pub(super) fn new(known: &'k Known) -> Self {
        Self { known, people: BTreeMap::new(), departments: BTreeMap::new() }
    }

    /// One person; none where the text names several, or no name at all.
    pub(super) fn person(&mut self, text: &str) -> Option<Name> {
        let name = single(text)?;
        Some(resolved(name, &self.known.people, &mut self.people))
    }

    pub(super) fn department(&mut self, text: &str) -> Option<Name> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = Id::new(&name);
        if ["company", "cong-ty", "toan-cong-ty", "ca-cong-ty", "whole-company"].contains(&id.as_str()) {
            return Some(Name { id: Id::new(COMPANY), yaml: COMPANY.to_owned() });
        }
        if !name.chars().any(char::is_alphanumeric) {
            return None;
        }
        // `Phòng Kinh doanh` and `Kinh doanh` are one.
        let bare = ["phong-ban-", "phong-", "bo-phan-"].iter().filter_map(|it| id.as_str().strip_prefix(it)).map(Id::new);
        if let Some(declared) = bare.into_iter().find_map(|bare| find(&bare, &self.known.departments)) {
            return Some(Name { id: declared.clone(), yaml: yaml::text(declared.as_str()) });
        }
        Some(resolved(&name, &self.known.departments, &mut self.departments))
    }

    /// Whether the text names a department that is declared.
    pub(super) fn is_department(&self, text: &str) -> bool {
        find(&Id::new(text), &self.known.departments).is_some()
    }

    /// Who has to be declared, since others are: path and text of each one's file.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let file =
            |folder: &str, (id, name): (&Id, &String)| (format!("{folder}/{id}.md"), format!("---\nname: {}\n---\n", yaml::text(name)));
        let departments = self.departments.iter().map(|it| file("departments", it));
        departments.chain(self.people.iter().map(|it| file("people", it))).collect()
    }
}

fn resolved(name: &str, declared: &[Named], new: &mut BTreeMap<Id, String>) -> Name {
    let id = Id::new(name);
    if let Some(known) = find(&id, declared) {
        return Name { id: known.clone(), yaml: yaml::text(known.as_str()) };
    }
    if declared.is_empty() {
        return Name { id, yaml: yaml::text(name) };
    }
    new.entry(id.clone()).or_insert_with(|| name.to_owned());
    Name { yaml: yaml::text(id.as_str()), id }
}

fn find<'n>(id: &Id, declared: &'n [Named]) -> Option<&'n Id> {
    let named = || {
        let mut all = declared.iter().filter(|it| Id::new(&it.name) == *id);
        // Two of one name: the name alone says neither.
        all.next().filter(|_| all.next().is_none())
    };
    declared.iter().find(|it| it.id == *id).or_else(named).map(|it| &it.id)
}

/// A text that is one name.
fn single(text: &str) -> Option<&str> {
    let text = text.trim();
    let several = text.contains([',', ';', '/', '&', '+', '\n']) || text.to_lowercase().split(' ').any(|it| it == "và" || it == "and");
    (!several && text.chars().any(char::is_alphabetic)).then_some(text)
}
