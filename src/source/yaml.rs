//! YAML as a tree of our own: every key and value with its place and the author's raw text.
//!
//! It is read from the events of `granit-parser`, the parser beneath the `serde_yaml` successor that we use for
//! our own files. A typed deserialiser stops at the first mistake and forgets how a number was written; one run
//! shall report all mistakes of a file, and tell `500.000` from `"500.000"`.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::{file::is_unfit, usual};

/// A line and a column in the file, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// What stands there.
    pub value: Value<'a>,
    /// Where it begins.
    pub at: At,
}

/// What can stand in YAML.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Written bare; `~`, `null` and nothing are bare texts too.
    Plain(Cow<'a, str>),
    /// In quotes or a block.
    Quoted(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// Keys and values, in order, keys given twice among them.
    Map(Vec<(Key<'a>, Node<'a>)>),
}

/// A key with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<'a> {
    /// Its text.
    pub text: Cow<'a, str>,
    /// Where it begins.
    pub at: At,
}

/// Why a text is not YAML that we read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where.
    pub at: At,
}

/// The ways in which YAML goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// In the parser's own words.
    Malformed(String),
    /// A tab where spaces should be.
    Tab,
    /// `@`, `` ` `` or `%` at the front of a bare text.
    ReservedCharacter(char),
    /// `>95%`: a bound, which YAML takes for the head of a block.
    Bound(String),
    /// A bracket that is not closed, or a comma that lacks in it.
    Bracket,
    /// `key:value`, with the key.
    NoSpace(String),
    /// `target 10`: a key and a value with no colon between them.
    NoColon(String, String),
    /// A `-` alone where a value should be: YAML takes it for a list.
    Dash,
    /// Lines that do not begin where they should.
    Indent,
    /// A bare text with `: ` in it, without the comment behind it.
    ColonInText(String),
    /// An anchor or alias: one text in two places.
    Alias,
    /// A list or map as a key.
    ComplexKey,
    /// More than 64 levels or 20,000 nodes.
    TooDeep,
    /// A second document in one front matter.
    SecondDocument,
}

const MOST_LEVELS: usize = 64;
const MOST_NODES: usize = 20_000;

impl<'a> Node<'a> {
    /// The raw text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Plain(text) | Value::Quoted(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Nothing, `~` or `null`, written bare.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Plain(text) if matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The pairs of a map.
    pub fn pairs(&self) -> Option<&[(Key<'a>, Node<'a>)]> {
        match &self.value {
            Value::Map(pairs) => Some(pairs),
            Value::Plain(_) | Value::Quoted(_) | Value::List(_) => None,
        }
    }
}

enum Open<'a> {
    List(Vec<Node<'a>>, At),
    Map(Vec<(Key<'a>, Node<'a>)>, Option<Key<'a>>, At),
}

/// Reads one document whose first line is line `first_line` of its file. Nothing gives `None`.
///
/// # Errors
/// The first [`Problem`] of the text: what is not YAML has no tree.
pub fn parse(text: &str, first_line: u32) -> Result<Option<Node<'_>>, Problem> {
    match usual::read(text, first_line) {
        Some(root) => Ok(Some(root)),
        None => parse_whole(text, first_line),
    }
}

/// The same for any text.
pub(super) fn parse_whole(text: &str, first_line: u32) -> Result<Option<Node<'_>>, Problem> {
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut root: Option<Node<'_>> = None;
    let mut count = 0;
    let options = granit_parser::options! { flow_nesting_limit: MOST_LEVELS, block_nesting_limit: MOST_LEVELS };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| explain(text, first_line, &error))?;
        let at = place(first_line, span.start.line(), span.start.col());
        let problem = |kind| Err(Problem { kind, at });
        count += 1;
        if count > MOST_NODES || stack.len() > MOST_LEVELS {
            return problem(ProblemKind::TooDeep);
        }
        let node = match event {
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) if anchor != 0 => {
                return problem(ProblemKind::Alias);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) | Event::Anchor(..) => return problem(ProblemKind::Alias),
            Event::Scalar(text, ScalarStyle::Plain, _, _) => Node { value: Value::Plain(text), at },
            Event::Scalar(text, _, _, _) => Node { value: Value::Quoted(fit(text)), at },
            Event::SequenceStart(..) => {
                stack.push(Open::List(Vec::new(), at));
                continue;
            }
            Event::MappingStart(style, ..) => {
                let at = if style == StructureStyle::Flow { at } else { place(first_line, span.start.line(), span.start.col()) };
                stack.push(Open::Map(Vec::new(), None, at));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match stack.pop() {
                Some(Open::List(items, at)) => Node { value: Value::List(items), at },
                Some(Open::Map(pairs, _, at)) => Node { value: Value::Map(pairs), at },
                None => return problem(ProblemKind::Malformed(String::new())),
            },
            Event::DocumentStart(..) if root.is_some() => return problem(ProblemKind::SecondDocument),
            _ => continue,
        };
        match stack.last_mut() {
            None => root = Some(node),
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Map(pairs, waiting, _)) => match waiting.take() {
                Some(key) => pairs.push((key, node)),
                None => {
                    let Node { value: Value::Plain(text) | Value::Quoted(text), at } = node else {
                        return problem(ProblemKind::ComplexKey);
                    };
                    *waiting = Some(Key { text, at });
                }
            },
        }
    }
    Ok(root.filter(|node| !node.is_null()))
}

/// Escapes in quotes can write what no file holds.
fn fit(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(is_unfit) { Cow::Owned(text.replace(is_unfit, "\u{fffd}")) } else { text }
}

pub(super) fn place(first_line: u32, line: usize, column: usize) -> At {
    let short = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    At { line: (first_line + short(line)).saturating_sub(1), column: short(column) + 1 }
}

/// Sees the usual traps in the line on which the parser gave up.
fn explain(text: &str, first_line: u32, error: &granit_parser::ScanError) -> Problem {
    let (line, column) = (error.marker().line(), error.marker().col());
    let lines: Vec<&str> = text.lines().take(line + 2).collect();
    let at_line = |number: usize, column: usize| place(first_line, number, column);
    let content_of = |number: usize| number.checked_sub(1).and_then(|it| lines.get(it)).copied();
    // A tab that indents a line is a mistake of the line before, to the parser.
    for number in [line, line.saturating_sub(1), line + 1] {
        let Some(content) = content_of(number) else { continue };
        let indent = content.len() - content.trim_start().len();
        if let Some(tab) = content[..indent].find('\t') {
            return Problem { kind: ProblemKind::Tab, at: at_line(number, tab) };
        }
    }
    for number in [line, line.saturating_sub(1)] {
        let Some(content) = content_of(number) else { continue };
        let indent = content.len() - content.trim_start().len();
        if number == line
            && let Some(at) = lone_dash(content)
        {
            return Problem { kind: ProblemKind::Dash, at: at_line(number, content[..at].chars().count()) };
        }
        // Inside `{ }` and `[ ]` it gave up right at the letter.
        if number == line
            && let Some(letter @ ('@' | '`' | '%')) = content.chars().nth(column)
            && content.chars().take(column).any(|c| matches!(c, '{' | '['))
        {
            return Problem { kind: ProblemKind::ReservedCharacter(letter), at: at_line(number, column) };
        }
        if let Some((key, value)) =
            content.split_once(": ").or_else(|| content.trim_start().strip_prefix("- ").map(|rest| (&content[..indent + 2], rest)))
        {
            let before = content.len() - value.len();
            let value_at = at_line(number, content[..before].chars().count() + value.chars().take_while(|c| *c == ' ').count());
            let value = value.trim();
            if let Some(first) = value.chars().next().filter(|c| matches!(c, '@' | '`' | '%' | '>' | '|' | '*' | '&' | '!'))
                && (value.len() > 1 || matches!(first, '@' | '`' | '%'))
            {
                let number = value.trim_start_matches(['>', '=', ' ']);
                if first == '>' && number.starts_with(|c: char| c.is_ascii_digit()) {
                    return Problem { kind: ProblemKind::Bound(number.to_owned()), at: value_at };
                }
                return Problem { kind: ProblemKind::ReservedCharacter(first), at: value_at };
            }
            if !key.trim_start().trim_start_matches(['-', ' ']).starts_with(['"', '\'', '{', '[', '#'])
                && !value.starts_with(['"', '\'', '{', '['])
                && value.contains(": ")
            {
                let bare = value.split(" #").next().unwrap_or(value).trim_end().to_owned();
                return Problem { kind: ProblemKind::ColonInText(bare), at: value_at };
            }
        }
    }
    if error.info().contains("nesting") || error.info().contains("recursion") || error.info().contains("limit") {
        return Problem { kind: ProblemKind::TooDeep, at: at_line(line, column) };
    }
    let info = error.info();
    if let Some((number, key)) =
        [line, line.saturating_sub(1)].into_iter().find_map(|number| Some((number, glued(lines.get(number.checked_sub(1)?)?)?)))
    {
        let column = lines[number - 1].find(key).unwrap_or(0);
        return Problem { kind: ProblemKind::NoSpace(key.to_owned()), at: at_line(number, column) };
    }
    let without_colon = |number: usize| Some((number, no_colon(content_of(number)?)?));
    if let Some((number, (key, value))) = [line, line.saturating_sub(1)].into_iter().find_map(without_colon) {
        let column = content_of(number).and_then(|it| it.find(key)).unwrap_or(0);
        return Problem { kind: ProblemKind::NoColon(key.to_owned(), value.to_owned()), at: at_line(number, column) };
    }
    let kind = if info.contains("flow") || info.contains("bracket") || info.contains("']'") || info.contains("'}'") {
        ProblemKind::Bracket
    } else if ["block", "indent", "mapping values", "simple key", "expected key"].iter().any(|word| info.contains(word)) {
        ProblemKind::Indent
    } else {
        ProblemKind::Malformed(info)
    };
    Problem { kind, at: at_line(line.max(1), column) }
}

/// The key of a line such as `owner:ben`, where the space behind the colon lacks.
fn glued(line: &str) -> Option<&str> {
    let (key, value) = line.trim_start().trim_start_matches("- ").split_once(':')?;
    let shaped = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    (shaped && value.starts_with(|c: char| c.is_alphanumeric() || c == '"')).then_some(key)
}

/// Where a `-` stands alone for a value, in a line of its own or in braces.
fn lone_dash(line: &str) -> Option<usize> {
    line.match_indices(": -").map(|(at, _)| at + 2).find(|at| {
        let rest = line[at + 1..].trim_start();
        rest.is_empty() || rest.starts_with([',', '}', '#'])
    })
}

/// The two halves of a line such as `target 10`: a word that could be a key, and what was meant to be its value.
fn no_colon(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().split_once(' ')?;
    let shaped = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'));
    (shaped && !value.contains(':')).then_some((key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (ProblemKind, u32, u32) {
        let problem = parse(text, 2).expect_err("not YAML");
        (problem.kind, problem.at.line, problem.at.column)
    }

    #[test]
    fn raw_text_and_places_are_kept() {
        let text = "a: 16.750\nb: {c: \"1\", d: [x, no]}\n";
        let root = parse(text, 2).expect("yaml").expect("something");
        let pairs = root.pairs().expect("a map");
        assert_eq!((pairs[0].0.text.as_ref(), pairs[0].0.at), ("a", At { line: 2, column: 1 }));
        assert_eq!(pairs[0].1, Node { value: Value::Plain("16.750".into()), at: At { line: 2, column: 4 } });
        let inner = pairs[1].1.pairs().expect("a map");
        assert_eq!(inner[0].1, Node { value: Value::Quoted("1".into()), at: At { line: 3, column: 8 } });
        let Value::List(items) = &inner[1].1.value else { panic!("a list") };
        assert_eq!(items[1], Node { value: Value::Plain("no".into()), at: At { line: 3, column: 20 } });
    }

    #[test]
    fn a_key_given_twice_stays_in_the_tree() {
        let root = parse("a: 1\na: 2\n", 1).expect("yaml").expect("something");
        assert_eq!(root.pairs().expect("a map").len(), 2);
    }

    #[test]
    fn the_usual_traps_are_seen() {
        assert_eq!(problem("owner: @lan\n"), (ProblemKind::ReservedCharacter('@'), 2, 8));
        assert_eq!(problem("a: 1\ntitle: Tăng: 30%\n"), (ProblemKind::ColonInText("Tăng: 30%".to_owned()), 3, 8));
        assert_eq!(problem("target: >95%\n"), (ProblemKind::Bound("95%".to_owned()), 2, 9));
        assert_eq!(problem("a:\n  - {title: ok, unit: %}\n"), (ProblemKind::ReservedCharacter('%'), 3, 23));
        assert_eq!(problem("target: >abc\n"), (ProblemKind::ReservedCharacter('>'), 2, 9));
        assert_eq!(problem("a:\n\tb: 1\n").0, ProblemKind::Tab);
        assert_eq!(problem("owner: lan\n\ttarget: 10\n"), (ProblemKind::Tab, 3, 1));
        assert_eq!(problem("values:\n  2026-08: -\n  2026-09: 1\n"), (ProblemKind::Dash, 3, 12));
        assert_eq!(problem("values: {2026-08: 1, 2026-09: -}\n"), (ProblemKind::Dash, 2, 31));
        assert_eq!(problem("owner: lan\ntarget 10\nunit: x\n"), (ProblemKind::NoColon("target".to_owned(), "10".to_owned()), 3, 1));
        assert_eq!(problem("a: &x 1\nb: *x\n").0, ProblemKind::Alias);
        assert_eq!(problem(&"[".repeat(10_000)).0, ProblemKind::TooDeep);
        assert_eq!(problem(&"- ".repeat(10_000)).0, ProblemKind::TooDeep);
        assert_eq!(problem("a: [1, 2\n").0, ProblemKind::Bracket);
        assert_eq!(problem("period: 2026\nowner:ben\ntitle: x\n"), (ProblemKind::NoSpace("owner".to_owned()), 3, 1));
        assert_eq!(problem("a:\n  - b: 1\n   - c: 2\n").0, ProblemKind::Indent);
    }

    proptest::proptest! {
        #[test]
        fn no_text_crashes_it(text in "[\\PC\n\t:{}\\[\\]\"'>|&*!%@`#-]{0,80}") {
            let _ = parse(&text, 2);
        }
    }
}
