//! Departments and people, a file each.

use crate::{
    model::Id,
    words::{Words, yaml},
};

use super::NewFile;

/// A department: `departments/ID.md`.
pub fn department(id: &Id, name: &str, lead: Option<&Id>, words: &Words) -> NewFile {
    let mut text = format!("---\nname: {}\n", yaml::text(name));
    text.push_str(&yaml::line("lead", lead.map(Id::as_str), &words.word("new.people.lead")));
    text.push_str(&format!("# check_in_every: week  # {}\n---\n", words.word("new.people.rhythm")));
    NewFile { path: format!("departments/{id}.md"), text }
}

/// A person: `people/ID.md`.
pub fn person(id: &Id, name: &str, department: Option<&Id>, role: Option<&str>, words: &Words) -> NewFile {
    let mut text = format!("---\nname: {}\n", yaml::text(name));
    text.push_str(&yaml::line("department", department.map(Id::as_str), &words.word("new.objective.department")));
    text.push_str(&yaml::line("role", role, &words.word("new.people.role")));
    text.push_str("---\n");
    NewFile { path: format!("people/{id}.md"), text }
}
