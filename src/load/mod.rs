//! Texts → model. Never stops at the first mistake: what is sound is loaded, what is not is a finding.
//!
//! Files are taken apart in parallel (`raw`), each without knowing the others; then names are resolved into
//! places (`resolve`). This room knows no file system and no day.

mod check_in;
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
    diagnostic::Finding,
    model::{Allow, Config, Visibility, Workspace},
    source::SourceFile,
};

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

/// Reads every file into one linked workspace.
///
/// `assets` are the other files of the folder with their sizes, which texts may name. The order of `files`
/// changes nothing. Findings come sorted by place.
pub fn workspace(config: Config, declared: Declared, files: Vec<Input>, assets: BTreeMap<String, u64>) -> (Workspace, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut texts: Vec<SourceFile> = Vec::with_capacity(files.len());
    let read: Vec<_> = files
        .into_par_iter()
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
    let read: Vec<raw::Read<'_>> = texts.par_iter().map(|text| raw::read(text, &config)).collect();
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
    let (mut workspace, found) = resolve::link(config, declared, raws, assets);
    workspace.secret_files = secret_files;
    workspace.allowed = allowed;
    findings.extend(found);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    (workspace, findings)
}
