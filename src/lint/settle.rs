//! What becomes of what the rules found: `lints` weigh it, `allow` keeps it.

use crate::{
    diagnostic::{Finding, Severity},
    model::{Level, Workspace},
};

/// What the rules found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What is to be mended, sorted by place.
    pub findings: Vec<Finding>,
    /// What its authors want to keep, sorted by place, each with the reason in the author's words.
    pub kept: Vec<(Finding, String)>,
}

pub(super) fn settle(workspace: &Workspace, findings: Vec<Finding>) -> Found {
    let mut found = Found { findings: Vec::with_capacity(findings.len()), kept: Vec::new() };
    for mut finding in findings {
        match workspace.config.lints.get(finding.code.name()) {
            Some(Level::Off) => continue,
            Some(Level::Error) => finding.severity = Severity::Error,
            Some(Level::Warning) | None => {}
        }
        let allowed = workspace.allowed.get(&finding.place.file);
        let reason = allowed.and_then(|all| all.iter().find(|it| it.code == finding.code.name())).map(|it| it.reason.clone());
        match (reason, finding.severity) {
            (Some(reason), Severity::Warning) => found.kept.push((finding, reason)),
            _ => found.findings.push(finding),
        }
    }
    found
}
