//! One file, taken apart without knowing the others: names are still names.

use std::sync::Arc;

use crate::{
    diagnostic::{Code, Finding},
    model::{Allow, Config, Id, Visibility},
    source::{At, Head, Node, SourceFile, parse},
};

use super::{
    check_in::{self, RawCheckIn},
    fields::{Reader, is_nearly},
    kind::{self, Kind},
    kpi::{self, RawKpi},
    objective::{self, RawObjective},
    others::{self, RawDepartment, RawForeword, RawPage, RawPerson},
    parts::Parts,
};

/// What a file holds.
#[derive(Debug)]
pub(super) enum Raw<'a> {
    Objective(Box<RawObjective<'a>>),
    CheckIn(Box<RawCheckIn<'a>>),
    Department(Box<RawDepartment>),
    Person(Box<RawPerson>),
    Page(Box<RawPage>),
    Kpi(Box<RawKpi>),
    Report(Box<RawForeword>),
    /// An objective or a KPI that could not be read; a finding says why. Whoever names it is not wrong.
    Broken(Id),
    /// Prose without front matter, or nothing that could be read.
    Nothing,
}

/// What a file was, what is wrong with it, and which warnings it wants to keep.
pub(super) struct Read<'a> {
    pub(super) path: Arc<str>,
    pub(super) raw: Raw<'a>,
    pub(super) findings: Vec<Finding>,
    pub(super) allowed: Vec<Allow>,
    pub(super) visibility: Visibility,
}

pub(super) fn read<'a>(file: &'a SourceFile, config: &Config) -> Read<'a> {
    let mut reader = Reader::new(file.path.clone(), config);
    let raw = match read_kind(&mut reader, file) {
        Raw::Nothing if !reader.findings.is_empty() && matches!(kind::of_folders(&file.path), Some(Kind::Objective | Kind::Kpi)) => {
            Raw::Broken(id_of(file))
        }
        raw => raw,
    };
    if let (Some(line), false) = (file.too_deep, matches!(raw, Raw::Nothing)) {
        reader.find(Code::Syntax, At { line, column: 1 }, |it| it.says("syntax.too-nested"));
    }
    let Reader { findings, allowed, .. } = reader;
    Read { path: file.path.clone(), raw, findings, allowed, visibility: visibility(file, config) }
}

/// Who may see a file, also one that cannot be read as anything: the strictest that its author says, else the default of
/// its kind. A key that is almost the right one can hide, never show.
fn visibility(file: &SourceFile, config: &Config) -> Visibility {
    let text = if file.head == Head::Unclosed { file.text.as_str() } else { file.yaml() };
    let mut kind = kind::of_folders(&file.path);
    let mut said = None;
    let mut pay_linked = false;
    let mut meant = Visibility::Public;
    for line in text.lines() {
        let Some((key, value)) = line.split_once(':').map(|(key, value)| (bare(key), bare(value))) else { continue };
        if line.starts_with([' ', '\t', '#']) {
            continue;
        }
        let is_null = matches!(value.to_lowercase().as_str(), "" | "null" | "~");
        let visible = || Visibility::parse(value).unwrap_or(Visibility::Restricted);
        match key {
            "visibility" => said = said.max(Some(visible())),
            "type" => kind = Kind::parse(value).or(kind),
            _ if is_null => {}
            _ if is_nearly(key, "visibility") => meant = meant.max(visible()),
            _ if is_nearly(key, "pay_linked") => pay_linked |= check_in::said(value) != Some(false),
            _ => {}
        }
    }
    let defaults = config.visibility_defaults;
    let default = match kind {
        Some(Kind::Objective) => defaults.objective,
        Some(Kind::Kpi) if pay_linked => defaults.pay_linked,
        Some(Kind::Kpi) => defaults.kpi,
        Some(Kind::CheckIn | Kind::Department | Kind::Person | Kind::Report | Kind::Page) | None => Visibility::Public,
    };
    said.unwrap_or(default).max(meant)
}

/// The id that a file would have had, could it be read.
fn id_of(file: &SourceFile) -> Id {
    let text = if file.head == Head::Unclosed { file.text.as_str() } else { file.yaml() };
    let own = text.lines().find_map(|line| line.strip_prefix("id:")).map(bare).filter(|id| !id.is_empty());
    Id::new(own.unwrap_or_else(|| kind::stem(&file.path)))
}

/// A value without its comment and quotes.
fn bare(value: &str) -> &str {
    value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\''])
}

const TOP: At = At { line: 1, column: 1 };

fn read_kind<'a>(reader: &mut Reader<'_>, file: &'a SourceFile) -> Raw<'a> {
    let folders = kind::folders(&file.path, reader.calendar());
    match (&file.head, folders.kind) {
        (Head::Missing, None) => return Raw::Nothing,
        (Head::Unclosed, _) => {
            reader.find(Code::Syntax, TOP, |it| it.says("syntax.unclosed"));
            return Raw::Nothing;
        }
        (Head::Missing, Some(Kind::Objective | Kind::Kpi | Kind::CheckIn)) => {
            reader.find(Code::Syntax, TOP, |it| it.says("syntax.no-front-matter"));
            return Raw::Nothing;
        }
        (Head::Missing | Head::Found(_), _) => {}
    }
    let root = match parse(file.yaml(), 2) {
        Ok(root) => root.unwrap_or(Node { value: crate::source::Value::Map(Vec::new()), at: TOP }),
        Err(problem) => {
            reader.syntax(problem);
            return Raw::Nothing;
        }
    };
    let Some(pairs) = root.pairs() else {
        reader.wrong_type(root.at, "---", "a-map");
        return Raw::Nothing;
    };
    let written = pairs.iter().find(|(key, _)| key.text == "type").map(|(_, node)| node);
    let kind = match written.map(|node| (node, node.text().and_then(Kind::parse))) {
        Some((node, None)) => {
            let value = node.text().unwrap_or_default().to_owned();
            reader.find(Code::WrongType, node.at, |it| {
                it.says("wrong-type.choice").text("key", "type").text("value", value).names("names", &Kind::NAMES)
            });
            None
        }
        Some((_, kind)) => kind,
        None if folders.kind.is_none() => {
            reader.find(Code::MissingKey, TOP, |it| it.says("missing-key.type").text("key", "type").names("names", &Kind::NAMES));
            None
        }
        None => folders.kind,
    };
    reader.kind = kind;
    let parts = Parts { file, folders, root: &root };
    match kind {
        None => Raw::Nothing,
        Some(Kind::Kpi) => kpi::read(reader, &parts).map_or(Raw::Nothing, |it| Raw::Kpi(Box::new(it))),
        Some(Kind::Report) => others::foreword(reader, &parts).map_or(Raw::Nothing, |it| Raw::Report(Box::new(it))),
        Some(Kind::Objective) => objective::read(reader, &parts).map_or(Raw::Nothing, |it| Raw::Objective(Box::new(it))),
        Some(Kind::CheckIn) => check_in::read(reader, &parts).map_or(Raw::Nothing, |it| Raw::CheckIn(Box::new(it))),
        Some(Kind::Department) => others::department(reader, &parts).map_or(Raw::Nothing, |it| Raw::Department(Box::new(it))),
        Some(Kind::Person) => others::person(reader, &parts).map_or(Raw::Nothing, |it| Raw::Person(Box::new(it))),
        Some(Kind::Page) => others::page(reader, &parts).map_or(Raw::Nothing, |it| Raw::Page(Box::new(it))),
    }
}
