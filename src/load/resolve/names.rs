//! Departments and people: declared, or any text where none is.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Finding, Place, nearest},
    load::fields::Reference,
    model::Id,
};

pub(in crate::load) struct Names {
    declared: BTreeMap<Id, String>,
    /// Ids by the name made safe, so that a full name leads to whom it names.
    by_name: BTreeMap<Id, Id>,
    /// What may be said without being declared.
    also: Vec<Id>,
    /// Where none is declared: who was named, and how.
    heard: BTreeMap<Id, String>,
}

impl Names {
    pub(super) fn declared<'a>(names: impl Iterator<Item = (&'a Id, &'a str)>) -> Self {
        let declared: BTreeMap<Id, String> = names.map(|(id, name)| (id.clone(), name.to_owned())).collect();
        let mut by_name: BTreeMap<Id, Id> = BTreeMap::new();
        let mut shared = Vec::new();
        for (id, name) in &declared {
            if by_name.insert(Id::new(name), id.clone()).is_some() {
                shared.push(Id::new(name));
            }
        }
        // Two people of one name: the name alone says neither.
        shared.iter().for_each(|name| drop(by_name.remove(name)));
        Self { declared, by_name, also: Vec::new(), heard: BTreeMap::new() }
    }

    pub(super) fn allow(&mut self, id: Id) {
        self.also.push(id);
    }

    pub(super) fn is_declared(&self, id: &Id) -> bool {
        self.declared.contains_key(id) || self.also.contains(id)
    }

    /// Takes a text for a name, where none is declared. Of several spellings the first in byte order stays, so
    /// that the order of files changes nothing.
    pub(super) fn hear(&mut self, reference: Option<&Reference>) {
        let Some(reference) = reference else { return };
        if !self.declared.is_empty() {
            return;
        }
        let id = Id::new(&reference.text);
        if self.also.contains(&id) {
            return;
        }
        match self.heard.get_mut(&id) {
            Some(name) if *name > reference.text => name.clone_from(&reference.text),
            Some(_) => {}
            None => drop(self.heard.insert(id, reference.text.clone())),
        }
    }

    pub(super) fn heard(&self) -> &BTreeMap<Id, String> {
        &self.heard
    }

    pub(super) fn resolve(&self, text: &str) -> Option<Id> {
        let id = Id::new(text);
        if self.declared.is_empty() || self.is_declared(&id) {
            return Some(id);
        }
        self.by_name.get(&id).cloned()
    }

    pub(super) fn unknown(&self, place: Place, text: &str, message: &'static str) -> Finding {
        let id = Id::new(text);
        let near = nearest(id.as_str(), self.declared.keys().chain(&self.also).map(Id::as_str)).or_else(|| {
            let name = nearest(id.as_str(), self.by_name.keys().map(Id::as_str))?;
            self.by_name.get(&Id::new(&name)).map(Id::to_string)
        });
        Finding::new(Code::UnknownReference, place).says(message).text("value", text).perhaps(near)
    }
}
