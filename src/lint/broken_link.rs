//! `broken-link`: a text names a file that is not there, or an address that nobody should follow; `too-large`: one
//! that is too large to go with a site.

use rayon::prelude::*;

use crate::{
    diagnostic::{Code, Finding, Place, nearest},
    model::{MOST_BYTES, Target, Text, Workspace, links},
};

use super::Look;

pub(super) fn check(look: Look<'_>, findings: &mut Vec<Finding>) {
    let workspace = look.workspace;
    let objectives = workspace.objectives.par_iter().map(|it| &it.text);
    let check_ins = workspace.check_ins.par_iter().map(|it| &it.text);
    let departments = workspace.departments.par_iter().filter_map(|it| it.text.as_ref());
    let pages = workspace.pages.par_iter().map(|it| &it.text);
    let found: Vec<Finding> =
        objectives.chain(check_ins).chain(departments).chain(pages).flat_map_iter(|text| in_text(workspace, text)).collect();
    findings.extend(found);
}

fn in_text(workspace: &Workspace, text: &Text) -> Vec<Finding> {
    links(&text.markdown)
        .into_iter()
        .filter_map(|(link, offset)| {
            let target = text.source.target(&link);
            let size = match &target {
                Target::File(path, _) => workspace.assets.get(path).copied(),
                Target::Here(_) | Target::Outside | Target::Forbidden => None,
            };
            let message = match target {
                Target::File(..) if size.is_some_and(|size| size > MOST_BYTES) => "too-large.file",
                Target::File(path, _) if workspace.pages_of_files.contains_key(&path) || size.is_some() => return None,
                Target::File(path, _) if workspace.is_folder(&path) => "broken-link.folder",
                Target::File(..) => "broken-link",
                Target::Forbidden => "broken-link.forbidden",
                Target::Here(_) | Target::Outside => return None,
            };
            let before = &text.markdown[..offset];
            let line = text.source.line + u32::try_from(before.matches('\n').count()).unwrap_or(0);
            let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
            let place = Place { file: text.source.path.clone(), line, column: u32::try_from(column).unwrap_or(1) };
            let near = if message == "broken-link" { near(workspace, &link) } else { None };
            let code = if message == "too-large.file" { Code::TooLarge } else { Code::BrokenLink };
            Some(Finding::new(code, place).says(message).text("link", link).perhaps(near))
        })
        .collect()
}

/// A file of the same or almost the same name, anywhere.
fn near(workspace: &Workspace, link: &str) -> Option<String> {
    let name = |path: &str| -> String {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let all = || workspace.pages_of_files.keys().chain(workspace.assets.keys()).map(String::as_str).take(5_000);
    let names: Vec<String> = all().map(name).collect();
    let closest = nearest(&name(link), names.iter().map(String::as_str))?;
    all().find(|path| name(path) == closest).map(str::to_owned)
}
