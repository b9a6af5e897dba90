//! `scorebook.yaml`.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, Finding, Mention, nearest},
    model::{Brand, Cadence, Calendar, Config, Level, Rating, Spot, Visibility, VisibilityDefaults, YearName, is_colour},
    source::{At, Node, SourceFile, Value, parse},
};

use super::{
    fields::{Fields, Reader},
    kpi,
    others::{self, RawDepartment, RawPerson},
    schema,
};

/// The newest format that this version reads.
const FORMAT: f64 = 1.0;

/// Departments and people that `scorebook.yaml` declares.
#[derive(Debug, Default)]
pub struct Declared {
    pub(super) departments: Vec<RawDepartment>,
    pub(super) people: Vec<RawPerson>,
}

/// Why a workspace cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// Written for a later version of the program.
    NewerFormat(String),
}

/// Reads the settings. Whatever is wrong in them is a finding and leaves the default.
///
/// # Errors
/// [`ConfigError::NewerFormat`] when the workspace is written in a format that this version does not know.
pub fn config(bytes: Vec<u8>) -> Result<(Config, Declared, Vec<Finding>), ConfigError> {
    let file = match SourceFile::read("scorebook.yaml", bytes) {
        Ok(file) => file,
        Err(finding) => return Ok((Config::default(), Declared::default(), vec![*finding])),
    };
    let mut text = file.text.as_str();
    // A whole file between `---` lines is fine, too.
    text = text.strip_prefix("---\n").map_or(text, |rest| rest.trim_end().strip_suffix("\n---").unwrap_or(rest));
    let first_line = if text.len() == file.text.len() { 1 } else { 2 };
    // The language decides how every other number is read, so it is looked at first.
    let mut config = Config::default();
    let root = match parse(text, first_line) {
        Ok(root) => root.unwrap_or(Node { value: Value::Map(Vec::new()), at: At { line: 1, column: 1 } }),
        Err(problem) => {
            let mut reader = Reader::new(file.path.clone(), &config);
            reader.syntax(problem);
            return Ok((Config::default(), Declared::default(), reader.findings));
        }
    };
    if let Some(language) =
        root.pairs().and_then(|pairs| pairs.iter().find(|(key, _)| key.text == "language")).and_then(|(_, node)| node.text())
    {
        config.language = language.trim().to_lowercase();
    }
    read(&file.path, &root, &config)
}

fn read(path: &Arc<str>, root: &Node<'_>, first: &Config) -> Result<(Config, Declared, Vec<Finding>), ConfigError> {
    let mut reader = Reader::new(path.clone(), first);
    let Some(fields) = reader.fields(root, &schema::CONFIG) else {
        return Ok((first.clone(), Declared::default(), reader.findings));
    };
    if let Some(format) = reader.number_of(&fields, "format", None)
        && format.value > FORMAT
    {
        return Err(ConfigError::NewerFormat(format!("{}", format.value)));
    }
    let declared = declared(&mut reader, &fields);
    let config = Config {
        title: reader.text_of(&fields, "title"),
        language: first.language.clone(),
        more_languages: reader.texts(&fields, "more_languages"),
        currency: reader.text_of(&fields, "currency"),
        base_url: reader.text_of(&fields, "base_url"),
        as_of: reader.day_of(&fields, "as_of"),
        started: reader.day_of(&fields, "started"),
        utc_offset: utc_offset(&mut reader, &fields),
        calendar: calendar(&mut reader, &fields),
        check_in_every: reader.one_of(&fields, "check_in_every", Cadence::parse).unwrap_or_default(),
        kpi_cap: kpi::share(&mut reader, &fields, "kpi_cap").unwrap_or(Config::default().kpi_cap),
        ratings: ratings(&mut reader, &fields),
        visibility_defaults: visibility_defaults(&mut reader, &fields),
        outputs: outputs(&mut reader, &fields),
        theme: reader.text_of(&fields, "theme"),
        brand: brand(&mut reader, &fields),
        lints: lints(&mut reader, &fields),
        department_order: declared.departments.iter().map(|it| it.id.clone()).collect(),
    };
    Ok((config, declared, reader.findings))
}

fn declared(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Declared {
    let mut declared = Declared::default();
    for (key, node) in reader.map(fields, "departments") {
        declared.departments.push(others::inline_department(reader, &key.text, key.at, node));
    }
    let before = reader.findings.len();
    let people = reader.map(fields, "people");
    // The keys are people's names.
    reader.findings[before..].iter_mut().for_each(|it| it.mentions.push(Mention::Person));
    for (key, node) in people {
        declared.people.push(others::inline_person(reader, &key.text, key.at, node));
    }
    declared
}

fn calendar(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Calendar {
    let mut calendar = Calendar::default();
    if let Some(node) = fields.get("fiscal_year_start")
        && let Some(month) = reader.number(node, "fiscal_year_start", None)
    {
        if month.value.fract() == 0.0 && (1.0..=12.0).contains(&month.value) {
            calendar.start_month = month.value as i8;
        } else {
            let value = node.text().unwrap_or_default().to_owned();
            reader.find(Code::BadNumber, node.at, |it| it.says("bad-number.month").text("value", value));
        }
    }
    if let Some(name) = reader.one_of(fields, "fiscal_year_named_by", |text| match text {
        "start" => Some(YearName::Start),
        "end" => Some(YearName::End),
        _ => None,
    }) {
        calendar.named_by = name;
    }
    calendar
}

/// `+07:00` in seconds east of UTC.
fn utc_offset(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Option<i32> {
    let node = fields.get("utc_offset")?;
    let text = reader.text(node, "utc_offset")?;
    let offset = read_offset(&text);
    if offset.is_none() {
        reader.wrong_type(node.at, "utc_offset", "an-offset");
    }
    offset
}

fn read_offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") || text == "0" {
        return Some(0);
    }
    let (sign, rest) = match text.chars().next()? {
        '+' => (1, &text[1..]),
        '-' => (-1, &text[1..]),
        '−' => (-1, &text['−'.len_utf8()..]),
        _ => (1, text),
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 3600 + minutes * 60))
}

fn visibility_defaults(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> VisibilityDefaults {
    let mut defaults = VisibilityDefaults::default();
    let Some(node) = fields.get("visibility_defaults") else { return defaults };
    let Some(own) = reader.fields(node, &schema::VISIBILITY_DEFAULTS) else {
        return defaults;
    };
    let mut set = |key: &str, slot: &mut Visibility| {
        if let Some(visibility) = reader.one_of(&own, key, Visibility::parse) {
            *slot = visibility;
        }
    };
    set("objective", &mut defaults.objective);
    set("kpi", &mut defaults.kpi);
    set("pay_linked", &mut defaults.pay_linked);
    set("person_sheet", &mut defaults.person_sheet);
    defaults
}

/// Grades, the highest first.
fn ratings(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<Rating> {
    let mut all = Vec::new();
    for node in reader.list(fields, "ratings") {
        let Some(own) = reader.fields(node, &schema::RATING) else { continue };
        let grade = reader.text_of(&own, "grade");
        if grade.is_none() {
            reader.missing(node.at, "grade", "ratings");
        }
        if let (Some(from), Some(grade)) = (kpi::required_share(reader, &own, "from", "ratings"), grade) {
            all.push(Rating { grade, from });
        }
    }
    all.sort_by(|a, b| b.from.total_cmp(&a.from));
    all
}

fn outputs(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Vec<(String, Visibility)> {
    let mut outputs = Vec::new();
    for node in reader.list(fields, "outputs") {
        let Some(own) = reader.fields(node, &schema::OUTPUT) else { continue };
        let Some(dir) = reader.text_of(&own, "dir") else {
            reader.missing(node.at, "dir", "outputs");
            continue;
        };
        let audience = reader.one_of(&own, "audience", Visibility::parse).unwrap_or_default();
        outputs.push((dir, audience));
    }
    if outputs.is_empty() {
        outputs.push(("site".to_owned(), Visibility::Internal));
    }
    outputs
}

fn brand(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Brand {
    let Some(node) = fields.get("brand") else { return Brand::default() };
    let Some(own) = reader.fields(node, &schema::BRAND) else { return Brand::default() };
    let mut accent = reader.text_of(&own, "accent");
    if let (Some(text), Some(node)) = (&accent, own.get("accent"))
        && !is_colour(text)
    {
        reader.wrong_type_like(node.at, "accent", "a-colour", "accent: \"#7a3b1d\"");
        accent = None;
    }
    let logo_at = own.get("logo").map_or(Spot::TOP, |node| Spot { line: node.at.line, column: node.at.column });
    Brand { name: reader.text_of(&own, "name"), logo: reader.text_of(&own, "logo"), logo_at, accent }
}

/// How much each warning counts here. An error stays one: a number would be wrong.
fn lints(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> BTreeMap<String, Level> {
    let mut lints = BTreeMap::new();
    for (key, node) in reader.map(fields, "lints") {
        let Some(code) = reader.warning(key, "lints") else { continue };
        let Some(text) = reader.text(node, code.name()) else { continue };
        match Level::parse(&text) {
            Some(level) => drop(lints.insert(code.name().to_owned(), level)),
            None => {
                let near = nearest(&text, Level::NAMES);
                reader.find(Code::WrongType, node.at, |it| {
                    it.says("wrong-type.choice").text("key", code.name()).text("value", text).names("names", &Level::NAMES).perhaps(near)
                });
            }
        }
    }
    lints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_a_valid_workspace() {
        for text in ["", "# nothing\n", "---\n---\n"] {
            let (config, _, findings) = config(text.as_bytes().to_vec()).expect("readable");
            assert_eq!((config, findings.len()), (Config::default(), 0), "{text:?}");
        }
    }

    #[test]
    fn a_later_format_is_refused() {
        assert_eq!(config(b"format: 2".to_vec()).err(), Some(ConfigError::NewerFormat("2".to_owned())));
    }

    #[test]
    fn offsets_are_seconds_east() {
        for (text, want) in
            [("+07:00", Some(25_200)), ("-03:30", Some(-12_600)), ("+7", Some(25_200)), ("Z", Some(0)), ("+25:00", None), ("x", None)]
        {
            assert_eq!(read_offset(text), want, "{text}");
        }
    }
}
