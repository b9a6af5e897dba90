//! `broken-link`: a text names a file that is not there, or an address that nobody should follow; `too-large`: one
//! that is too large to go with a site.

use rayon::prelude::*;

use crate::{
    diagnostic::{Argument, Code, Finding, Place, nearest},
    model::{MOST_BYTES, Target, Text, Workspace, links},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let workspace = look.workspace;
    let objectives = workspace.objectives.par_iter().map(|it| &it.text);
    let kpis = workspace.kpis.par_iter().map(|it| &it.text);
    let people = workspace.people.par_iter().filter_map(|it| it.text.as_ref());
    let check_ins = workspace.check_ins.par_iter().map(|it| &it.text);
    let departments = workspace.departments.par_iter().filter_map(|it| it.text.as_ref());
    let pages = workspace.pages.par_iter().map(|it| &it.text);
    let mut found: Vec<Finding> = objectives
        .chain(kpis)
        .chain(check_ins)
        .chain(departments)
        .chain(people)
        .chain(pages)
        .flat_map_iter(|text| in_text(workspace, text))
        .collect();
    suggest(workspace, &mut found);
    findings.extend(found);
}

fn in_text(workspace: &Workspace, text: &Text) -> Vec<Finding> {
    let mut walk = Walk { markdown: &text.markdown, at: 0, line: text.source.line, column: 1 };
    links(&text.markdown)
        .into_iter()
        .filter_map(|(link, offset)| {
            let (line, column) = walk.to(offset);
            let target = text.source.target(&link);
            let size = match &target {
                Target::File(path, _) => workspace.assets.get(path).copied(),
                Target::Here(_) | Target::Outside | Target::Forbidden => None,
            };
            let message = match target {
                Target::File(..) if size.is_some_and(|size| size > MOST_BYTES) => "too-large.file",
                Target::File(path, _) if workspace.pages_of_files.contains_key(&path) || size.is_some() => return None,
                // It is there, and this audience may not see it.
                Target::File(path, _) if workspace.secret_files.contains_key(&path) => return None,
                Target::File(path, _) if workspace.is_folder(&path) => "broken-link.folder",
                Target::File(..) => "broken-link",
                Target::Forbidden => "broken-link.forbidden",
                Target::Here(_) | Target::Outside => return None,
            };
            let place = Place { file: text.source.path.clone(), line, column };
            let code = if message == "too-large.file" { Code::TooLarge } else { Code::BrokenLink };
            Some(Finding::new(code, place).says(message).text("link", link))
        })
        .collect()
}

/// Goes through a text once, whatever the number of its links: their offsets come in order, but for a picture's inside a link.
struct Walk<'t> {
    markdown: &'t str,
    at: usize,
    line: u32,
    column: u32,
}

impl Walk<'_> {
    fn to(&mut self, offset: usize) -> (u32, u32) {
        let passed = self.markdown.get(self.at..offset).unwrap_or_default();
        let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
        let rest = passed.rsplit('\n').next().map_or(0, |rest| rest.chars().count());
        let short = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.column = if lines == 0 { self.column.saturating_add(short(rest)) } else { short(rest) + 1 };
        self.line = self.line.saturating_add(short(lines));
        self.at = self.at.max(offset);
        (self.line, self.column)
    }
}

/// So many broken links are compared with the names of so many files: each comparison takes its time.
const MOST_SUGGESTIONS: usize = 500;
const MOST_FILES: usize = 5_000;

/// Names a file of the same or almost the same name, anywhere.
fn suggest(workspace: &Workspace, found: &mut [Finding]) {
    let name = |path: &str| -> String {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let paths: Vec<&String> = workspace.pages_of_files.keys().chain(workspace.assets.keys()).take(MOST_FILES).collect();
    let names: Vec<String> = paths.iter().map(|path| name(path)).collect();
    found.iter_mut().filter(|it| it.message == "broken-link").take(MOST_SUGGESTIONS).for_each(|finding| {
        let Some((_, Argument::Text(link))) = finding.arguments.first() else { return };
        let closest = nearest(&name(link), names.iter().map(String::as_str));
        let at = closest.and_then(|closest| names.iter().position(|name| *name == closest));
        finding.suggestion = at.map(|at| paths[at].clone());
    });
}
