//! Texts → model. Never stops at the first mistake: what is sound is loaded, what is not is a finding.
//!
//! Files are taken apart in parallel (`raw`), each without knowing the others; then names are resolved into
//! places (`resolve`). This room knows no file system and no day.

mod check_in;
mod coach;
mod config;
mod fields;
mod key_result;
mod kind;
mod kpi;
mod objective;
mod others;
mod parts;
mod raw;
mod resolve;
mod schema;

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;

use crate::{
    diagnostic::{Code, Finding, Place, nearest},
    model::{Allow, Brand, Config, Visibility, Workspace},
    source::SourceFile,
};

pub use coach::{CoachNote, coach};
pub use config::{ConfigError, Declared, config};
pub use schema::{Annotate, Documented, json_schema};

/// A file as it came from the disk.
#[derive(Clone, Debug)]
pub struct Input {
    /// Relative to the workspace's root, with `/`.
    pub path: String,
    /// As they stand there.
    pub bytes: Vec<u8>,
}

/// The other files of a workspace, which texts and KPIs may name.
pub struct Others<'a> {
    /// Their sizes, by path.
    pub sizes: BTreeMap<String, u64>,
    /// The bytes of one of them; none where it cannot be read.
    pub read: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
}

impl Others<'_> {
    /// None.
    pub fn none() -> Self {
        Self { sizes: BTreeMap::new(), read: &|_| None }
    }
}

/// Reads every file into one linked workspace, and of `others` the tables that KPIs name.
///
/// The order of `files` changes nothing. Findings come sorted by place.
pub fn workspace(config: Config, declared: Declared, files: Vec<Input>, others: Others<'_>) -> (Workspace, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut texts: Vec<SourceFile> = Vec::with_capacity(files.len());
    let read: Vec<_> = files
        .into_par_iter()
        .with_max_len(512)
        .filter(|file| !kind::is_passed_over(&file.path))
        .map(|Input { path, bytes }| SourceFile::read(&path, bytes))
        .collect();
    for result in read {
        match result {
            Ok(text) => texts.push(text),
            Err(finding) => findings.push(*finding),
        }
    }
    texts.par_sort_by(|a, b| a.path.cmp(&b.path));
    let read: Vec<raw::Read<'_>> = texts.par_iter().with_max_len(128).map(|text| raw::read(text, &config)).collect();
    let mut raws = Vec::with_capacity(read.len());
    let mut allowed: BTreeMap<Arc<str>, Vec<Allow>> = BTreeMap::new();
    let mut secret_files: BTreeMap<String, Visibility> = BTreeMap::new();
    for raw::Read { path, raw, findings: found, allowed: wanted, visibility } in read {
        findings.extend(found);
        if visibility > Visibility::Public {
            secret_files.insert(path.to_string(), visibility);
        }
        if !wanted.is_empty() {
            allowed.insert(path.clone(), wanted);
        }
        raws.push((path, raw));
    }
    let (mut workspace, found) = resolve::link(config, declared, raws, others);
    secret_files.iter().for_each(|(path, visibility)| hide(&mut workspace.secret_files, path, *visibility));
    workspace.allowed = allowed;
    findings.extend(lost_logo(&workspace));
    findings.extend(found);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    // Of a table that two KPIs take values from, everything is found twice.
    findings.dedup();
    (workspace, findings)
}

/// A logo that is not there would be missing from every page.
fn lost_logo(workspace: &Workspace) -> Option<Finding> {
    let Brand { logo: Some(logo), logo_at, .. } = &workspace.config.brand else { return None };
    let place = Place { file: "scorebook.yaml".into(), line: logo_at.line, column: logo_at.column };
    let near = || nearest(logo, workspace.assets.keys().map(String::as_str));
    let lost = || Finding::new(Code::BrokenLink, place).says("broken-link.logo").text("value", logo.as_str()).perhaps(near());
    (!workspace.assets.contains_key(logo)).then(lost)
}

/// What belongs to several is as secret as the most secret of them.
fn hide(files: &mut BTreeMap<String, Visibility>, path: &str, visibility: Visibility) {
    let known = files.entry(path.to_owned()).or_insert(visibility);
    *known = visibility.max(*known);
}
