//! `template.yaml`: what a template is called, what it asks, in which languages it can be started.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, Finding, Place, nearest},
    model::{Calendar, YearName},
    source::{At, Key, Node, SourceFile, Value, parse},
};

use super::{Check, Localised, MANIFEST, Template, Variable};

const KEYS: [&str; 8] = ["format", "ids", "name", "description", "languages", "variables", "fiscal_year_start", "fiscal_year_named_by"];
const VARIABLE_KEYS: [&str; 4] = ["question", "default", "check", "one_of"];
const CHECKS: [&str; 6] = ["text", "number", "day", "quarter", "colour", "email"];

struct Reader {
    path: Arc<str>,
    findings: Vec<Finding>,
}

type Pairs<'n, 'a> = &'n [(Key<'a>, Node<'a>)];

pub(super) fn read(id: &str, bytes: Vec<u8>, files: BTreeMap<String, Vec<u8>>) -> Result<Template, Vec<Finding>> {
    let file = SourceFile::read(MANIFEST, bytes).map_err(|finding| vec![*finding])?;
    let mut reader = Reader { path: file.path.clone(), findings: Vec::new() };
    let empty = || Node { value: Value::Map(Vec::new()), at: At { line: 1, column: 1 } };
    let root = match parse(&file.text, 1) {
        Ok(root) => root.unwrap_or_else(empty),
        Err(problem) => {
            reader.find(Code::Syntax, problem.at, |it| it.says("syntax.template"));
            return Err(reader.findings);
        }
    };
    let Some(pairs) = root.pairs() else {
        reader.wrong(root.at, "template.yaml", "a-map");
        return Err(reader.findings);
    };
    reader.known(pairs, &KEYS);
    if let Some(node) = get(pairs, "format").filter(|node| node.text() != Some("1")) {
        reader.find(Code::WrongType, node.at, |it| it.says("wrong-type.template-format").text("value", node.text().unwrap_or_default()));
    }
    let languages = reader.languages(pairs, &files);
    let named = |text: &str| Localised(vec![(String::new(), text.to_owned())]);
    let template = Template {
        ids: reader.localised(pairs, "ids").unwrap_or_else(|| named(id)),
        name: reader.localised(pairs, "name").unwrap_or_else(|| named(id)),
        description: reader.localised(pairs, "description").unwrap_or_default(),
        variables: reader.variables(pairs),
        languages,
        calendar: reader.calendar(pairs),
        files,
    };
    if reader.findings.is_empty() { Ok(template) } else { Err(reader.findings) }
}

fn get<'n, 'a>(pairs: Pairs<'n, 'a>, key: &str) -> Option<&'n Node<'a>> {
    pairs.iter().find(|(it, _)| it.text == key).map(|(_, node)| node).filter(|node| !node.is_null())
}

/// `scorebook.yaml` of a template that would have the site written outside the workspace.
pub(super) fn leads_out(settings: &[u8]) -> Option<Finding> {
    let file = SourceFile::read("scorebook.yaml", settings.to_vec()).ok()?;
    let root = parse(&file.text, 1).ok().flatten()?;
    let Value::List(outputs) = &get(root.pairs()?, "outputs")?.value else { return None };
    let node = outputs.iter().filter_map(|it| get(it.pairs()?, "dir")).find(|dir| {
        let dir = dir.text().unwrap_or_default();
        dir.starts_with(['/', '\\', '~']) || dir.contains(':') || dir.split(['/', '\\']).any(|part| part == "..")
    })?;
    let place = Place { file: file.path.clone(), line: node.at.line, column: node.at.column };
    Some(Finding::new(Code::Syntax, place).says("syntax.template-output").text("value", node.text().unwrap_or_default()))
}

impl Reader {
    fn find(&mut self, code: Code, at: At, words: impl FnOnce(Finding) -> Finding) {
        let place = Place { file: self.path.clone(), line: at.line, column: at.column };
        self.findings.push(words(Finding::new(code, place)));
    }

    fn wrong(&mut self, at: At, key: &str, wanted: &'static str) {
        self.find(Code::WrongType, at, |it| it.text("key", key).with("wanted", crate::diagnostic::Argument::Word(wanted)));
    }

    fn known(&mut self, pairs: Pairs<'_, '_>, keys: &[&str]) {
        for (at, (key, _)) in pairs.iter().enumerate() {
            if !keys.contains(&key.text.as_ref()) && !key.text.starts_with("x-") {
                let near = nearest(&key.text, keys.iter().copied());
                self.find(Code::UnknownKey, key.at, |it| {
                    it.says("unknown-key.here").text("key", key.text.as_ref()).names("names", keys).perhaps(near)
                });
            } else if pairs[..at].iter().any(|(it, _)| it.text == key.text) {
                self.find(Code::DuplicateKey, key.at, |it| it.text("key", key.text.as_ref()).text("line", key.at.line.to_string()));
            }
        }
    }

    fn text(&mut self, node: &Node<'_>, key: &str) -> Option<String> {
        let text = node.text().map(|it| it.trim().to_owned());
        if text.is_none() {
            self.wrong(node.at, key, "a-text");
        }
        text
    }

    /// A text, or one for each language.
    fn localised(&mut self, pairs: Pairs<'_, '_>, key: &str) -> Option<Localised> {
        let node = get(pairs, key)?;
        let Some(texts) = node.pairs() else {
            return self.text(node, key).map(|text| Localised(vec![(String::new(), text)]));
        };
        Some(Localised(texts.iter().filter_map(|(language, node)| Some((language.text.to_string(), self.text(node, key)?))).collect()))
    }

    fn languages(&mut self, pairs: Pairs<'_, '_>, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
        let Some(node) = get(pairs, "languages") else { return Vec::new() };
        let Value::List(items) = &node.value else {
            self.wrong(node.at, "languages", "a-list");
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            let Some(language) = self.text(item, "languages") else { continue };
            if files.keys().any(|path| path.strip_prefix(language.as_str()).is_some_and(|rest| rest.starts_with('/'))) {
                found.push(language);
            } else {
                self.find(Code::UnknownReference, item.at, |it| {
                    it.says("unknown-reference.template-language").text("value", language.as_str())
                });
            }
        }
        found
    }

    fn variables(&mut self, pairs: Pairs<'_, '_>) -> Vec<Variable> {
        let Some(node) = get(pairs, "variables") else { return Vec::new() };
        let Some(pairs) = node.pairs() else {
            self.wrong(node.at, "variables", "a-map");
            return Vec::new();
        };
        pairs.iter().filter_map(|(key, node)| self.variable(key, node)).collect()
    }

    fn variable(&mut self, key: &Key<'_>, node: &Node<'_>) -> Option<Variable> {
        let id = key.text.to_string();
        let fit = id.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '_' | '-'));
        if !fit || !id.starts_with(|it: char| it.is_ascii_lowercase()) || matches!(id.as_str(), "quarter" | "today") {
            self.find(Code::WrongType, key.at, |it| it.says("wrong-type.template-variable").text("value", id.as_str()));
            return None;
        }
        let Some(own) = node.pairs() else {
            self.wrong(node.at, &id, "a-map");
            return None;
        };
        self.known(own, &VARIABLE_KEYS);
        let question = self.localised(own, "question").unwrap_or_else(|| Localised(vec![(String::new(), id.clone())]));
        let default = self.localised(own, "default").unwrap_or_default();
        Some(Variable { id, question, default, check: self.check(own) })
    }

    fn check(&mut self, own: Pairs<'_, '_>) -> Check {
        if let Some(node) = get(own, "one_of") {
            let Value::List(items) = &node.value else {
                self.wrong(node.at, "one_of", "a-list");
                return Check::Text;
            };
            return Check::OneOf(items.iter().filter_map(|it| self.text(it, "one_of")).collect());
        }
        let Some(node) = get(own, "check") else { return Check::Text };
        match node.text().unwrap_or_default() {
            "text" => Check::Text,
            "number" => Check::Number,
            "day" => Check::Day,
            "quarter" => Check::Quarter,
            "colour" => Check::Colour,
            "email" => Check::Email,
            other => {
                let near = nearest(other, CHECKS);
                self.find(Code::WrongType, node.at, |it| {
                    it.says("wrong-type.choice").text("key", "check").text("value", other).names("names", &CHECKS).perhaps(near)
                });
                Check::Text
            }
        }
    }

    fn calendar(&mut self, pairs: Pairs<'_, '_>) -> Calendar {
        let mut calendar = Calendar::default();
        if let Some(node) = get(pairs, "fiscal_year_start") {
            match node.text().and_then(|text| text.parse::<i8>().ok()).filter(|month| (1..=12).contains(month)) {
                Some(month) => calendar.start_month = month,
                None => {
                    self.find(Code::BadNumber, node.at, |it| it.says("bad-number.month").text("value", node.text().unwrap_or_default()))
                }
            }
        }
        match get(pairs, "fiscal_year_named_by").map(|node| (node.at, node.text().unwrap_or_default().to_owned())) {
            None => {}
            Some((_, name)) if name == "start" => {}
            Some((_, name)) if name == "end" => calendar.named_by = YearName::End,
            Some((at, name)) => self.find(Code::WrongType, at, |it| {
                it.says("wrong-type.choice").text("key", "fiscal_year_named_by").text("value", name).names("names", &["start", "end"])
            }),
        }
        calendar
    }
}
