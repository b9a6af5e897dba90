//! Reading one file's tree: what each field may hold, and the finding when it holds something else.

use std::sync::Arc;

use crate::{
    diagnostic::{AdviceOnBound, Code, Finding, Place, Severity, bad_number, nearest},
    model::{
        Allow, Amount, Calendar, Config, Date, Marks, NumberError, Period, Quoting, Source, Spot, Unit, Visibility, days_meant,
        month_meant, parse_day, read_number,
    },
    source::{At, Key, Node, Problem, ProblemKind, Value},
};

use super::{
    check_in::done_or_open,
    kind::{Kind, of_folders},
    schema::{Shape, TYPES, Table},
};

/// What reading a file needs and gathers.
pub(super) struct Reader<'c> {
    pub(super) path: Arc<str>,
    /// What the file is of, as far as that is known: the same slip of the pen is mended another way in another kind.
    pub(super) kind: Option<Kind>,
    pub(super) config: &'c Config,
    pub(super) findings: Vec<Finding>,
    /// Warnings that the file wants to keep.
    pub(super) allowed: Vec<Allow>,
}

/// A name that an author wrote, to be resolved when all files are read.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) text: String,
    pub(super) at: At,
}

/// The keys of one map, known and not null.
pub(super) struct Fields<'n, 'a> {
    table: &'static Table,
    pairs: &'n [(Key<'a>, Node<'a>)],
    /// Places of values that a decimal comma cut off: they are given, and none of them can be read.
    cut: Vec<usize>,
    pub(super) at: At,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// The value of a key, unless it is absent or null; the last, when the key is given twice.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node<'a>> {
        self.asked(key);
        let at = self.pairs.iter().rposition(|(name, _)| name.text == key)?;
        Some(&self.pairs[at].1).filter(|node| !node.is_null() && !self.cut.contains(&at))
    }

    /// The value of a key, null too.
    pub(super) fn given(&self, key: &str) -> Option<&'n Node<'a>> {
        self.asked(key);
        self.pairs.iter().rev().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    /// Whether a decimal comma cut one of the values off: what hangs on it is a mistake already.
    pub(super) fn has_cut(&self) -> bool {
        !self.cut.is_empty()
    }

    /// Where a key stands.
    pub(super) fn key_at(&self, key: &str) -> Option<At> {
        self.asked(key);
        self.pairs.iter().find(|(name, _)| name.text == key).map(|(name, _)| name.at)
    }

    /// The value of a key that is read as something: the table must say so, too.
    fn get_as(&self, key: &str, wanted: fn(&Shape) -> bool) -> Option<&'n Node<'a>> {
        debug_assert!(self.table.shape(key).is_some_and(|shape| shape.is(wanted)), "{}.{key} is read as another shape", self.table.name);
        self.get(key)
    }

    /// What is read stands in the schema. Checked while testing, free in a release.
    fn asked(&self, key: &str) {
        debug_assert!(self.table.keys.contains(&key), "{}.{key} is read and not in the schema", self.table.name);
        #[cfg(test)]
        super::schema::asked::note(self.table.name, key);
    }
}

impl<'c> Reader<'c> {
    pub(super) fn new(path: Arc<str>, config: &'c Config) -> Self {
        Self { kind: of_folders(&path), path, config, findings: Vec::new(), allowed: Vec::new() }
    }

    pub(super) fn marks(&self) -> Marks {
        self.config.marks()
    }

    pub(super) fn calendar(&self) -> Calendar {
        self.config.calendar
    }

    pub(super) fn place(&self, at: At) -> Place {
        Place { file: self.path.clone(), line: at.line, column: at.column }
    }

    /// A text with its place.
    pub(super) fn text_at(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<(String, Spot)> {
        let node = fields.get_as(key, |shape| matches!(shape, Shape::Text))?;
        self.text(node, key).map(|text| (text, spot(node.at)))
    }

    pub(super) fn source(&self, at: At) -> Source {
        Source { path: self.path.clone(), line: at.line }
    }

    /// Notes a finding with the code's own message, to be refined by `with`.
    pub(super) fn find(&mut self, code: Code, at: At, with: impl FnOnce(Finding) -> Finding) {
        let finding = with(Finding::new(code, self.place(at)));
        self.findings.push(finding);
    }

    /// The keys of a map; reports unknown ones and those given twice. Anything but a map is `wrong-type`.
    pub(super) fn fields<'n, 'a>(&mut self, node: &'n Node<'a>, table: &'static Table) -> Option<Fields<'n, 'a>> {
        let Some(pairs) = node.pairs() else {
            self.wrong_type(node.at, table.kind, "a-map");
            return None;
        };
        let cut = self.check_keys(pairs, table.kind, table.keys);
        Some(Fields { table, pairs, cut, at: node.at })
    }

    /// Reports keys that the kind does not have; returns the places of values that a decimal comma cut off.
    fn check_keys(&mut self, pairs: &[(Key<'_>, Node<'_>)], kind: &'static str, known: &[&str]) -> Vec<usize> {
        let mut cut = Vec::new();
        self.check_twice(pairs);
        let mut halves = 0;
        for (index, (key, _)) in pairs.iter().enumerate() {
            if halves > 0 {
                halves -= 1;
                continue;
            }
            halves = self.comma_split(pairs, index);
            if halves > 0 {
                cut.push(index);
            }
            if known.contains(&key.text.as_ref()) || key.text.starts_with("x-") {
                continue;
            }
            let near = key_meant(&key.text, known).or_else(|| nearest(&key.text.replace('-', "_"), known.iter().copied()));
            self.find(Code::UnknownKey, key.at, |it| {
                it.text("key", key.text.as_ref()).with("kind", crate::diagnostic::Argument::Word(kind)).names("keys", known).perhaps(near)
            });
        }
        cut
    }

    /// Reports keys that stand twice in one map.
    pub(super) fn check_twice(&mut self, pairs: &[(Key<'_>, Node<'_>)]) {
        if pairs.len() > 24 {
            let mut sorted: Vec<&Key<'_>> = pairs.iter().map(|(key, _)| key).collect();
            sorted.sort_by(|a, b| (a.text.as_ref(), a.at).cmp(&(b.text.as_ref(), b.at)));
            for two in sorted.windows(2) {
                if two[0].text == two[1].text {
                    self.twice(two[0], two[1]);
                }
            }
            return;
        }
        for (index, (key, _)) in pairs.iter().enumerate() {
            // The cut-off halves of two decimal commas may be the same digits.
            let is_half = reads_as_number(&key.text) && pairs[index].1.is_null();
            if let Some((first, _)) = pairs[..index].iter().find(|(earlier, _)| earlier.text == key.text && !is_half) {
                self.twice(first, key);
            }
        }
    }

    fn twice(&mut self, first: &Key<'_>, second: &Key<'_>) {
        let beside = self.place(first.at);
        self.find(Code::DuplicateKey, second.at, |it| {
            it.text("key", second.text.as_ref()).text("line", first.at.line.to_string()).beside(beside)
        });
    }

    pub(super) fn wrong_type(&mut self, at: At, field: &str, wanted: &'static str) {
        self.find(Code::WrongType, at, |it| it.text("key", field).with("wanted", crate::diagnostic::Argument::Word(wanted)));
    }

    /// The same with a line that would be right.
    pub(super) fn wrong_type_like(&mut self, at: At, field: &str, wanted: &'static str, example: impl Into<String>) {
        let wanted = crate::diagnostic::Argument::Word(wanted);
        self.find(Code::WrongType, at, |it| it.says("wrong-type.like").text("key", field).with("wanted", wanted).text("example", example));
    }

    pub(super) fn missing(&mut self, at: At, key: &str, kind: &'static str) {
        self.find(Code::MissingKey, at, |it| it.text("key", key).with("kind", crate::diagnostic::Argument::Word(kind)));
    }

    /// A text; a list or map is `wrong-type`.
    pub(super) fn text(&mut self, node: &Node<'_>, field: &str) -> Option<String> {
        match node.text() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => {
                self.wrong_type(node.at, field, "a-text");
                None
            }
        }
    }

    pub(super) fn text_of(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<String> {
        fields.get_as(key, |shape| matches!(shape, Shape::Text)).and_then(|node| self.text(node, key))
    }

    pub(super) fn reference(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Reference> {
        let node = fields.get_as(key, |shape| matches!(shape, Shape::Text))?;
        if matches!(&node.value, Value::List(names) if names.len() > 1) {
            // Many people may have a share in one KPI: that has a key of its own.
            let message = if self.kind == Some(Kind::Kpi) && key == "owner" { "wrong-type.one-owner" } else { "wrong-type.one-name" };
            self.find(Code::WrongType, node.at, |it| it.says(message).text("key", key));
            return None;
        }
        self.text(node, key).map(|text| Reference { text, at: node.at })
    }

    /// One of the words that the table allows; anything else is `wrong-type`, with the words.
    pub(super) fn one_of<T>(&mut self, fields: &Fields<'_, '_>, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let node = fields.get_as(key, |shape| matches!(shape, Shape::Choice(_)))?;
        let text = self.text(node, key)?;
        let value = parse(&text);
        if value.is_none() {
            let names = fields.table.words(key);
            let near = nearest(&text, names.iter().copied());
            self.find(Code::WrongType, node.at, |it| {
                it.says("wrong-type.choice").text("key", key).text("value", text).names("names", names).perhaps(near)
            });
        }
        value
    }

    /// Who may see a thing; `default` where nothing is written. What is written and is none of the words hides it from
    /// all but those whom it concerns: a slip of the pen must not publish what was meant to be restricted. Of what is
    /// written twice the stricter holds, and a key that is almost the right one can hide, never show.
    pub(super) fn visibility(&mut self, fields: &Fields<'_, '_>, default: Visibility) -> Visibility {
        // Tells of a word that is none.
        let _read = self.one_of(fields, "visibility", Visibility::parse);
        let all = |wanted: fn(&str) -> bool| {
            let written = fields.pairs.iter().filter(move |(key, node)| wanted(&key.text) && !node.is_null());
            written.map(|(_, node)| node.text().and_then(|it| Visibility::parse(it.trim())).unwrap_or(Visibility::Restricted)).max()
        };
        let meant = all(|key| key != "visibility" && is_nearly(key, "visibility"));
        all(|key| key == "visibility").unwrap_or(default).max(meant.unwrap_or(Visibility::Public))
    }

    /// Whether a flag is set that keeps a thing from others: once of several times is enough, and so is a key that is
    /// almost the right one.
    pub(super) fn is_nearly_set(&self, fields: &Fields<'_, '_>, wanted: &str) -> bool {
        fields.pairs.iter().any(|(key, node)| is_nearly(&key.text, wanted) && !node.is_null() && done_or_open(node) != Some(false))
    }

    /// A list; a single value counts as a list of one.
    pub(super) fn items<'n, 'a>(&mut self, fields: &Fields<'n, 'a>, key: &str) -> &'n [Node<'a>] {
        match fields.get_as(key, |shape| matches!(shape, Shape::Items(_))) {
            None => &[],
            Some(node) => match &node.value {
                Value::List(items) => items,
                Value::Plain(_) | Value::Quoted(_) | Value::Map(_) => std::slice::from_ref(node),
            },
        }
    }

    /// A list that must be one.
    pub(super) fn list<'n, 'a>(&mut self, fields: &Fields<'n, 'a>, key: &str) -> &'n [Node<'a>] {
        match fields.get_as(key, |shape| matches!(shape, Shape::List(_))) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                self.wrong_type(node.at, key, "a-list");
                &[]
            }
        }
    }

    pub(super) fn texts(&mut self, fields: &Fields<'_, '_>, key: &str) -> Vec<String> {
        let items = self.items(fields, key);
        items.iter().filter_map(|node| self.text(node, key)).collect()
    }

    /// The pairs of a map that has the author's own keys.
    pub(super) fn map<'n, 'a>(&mut self, fields: &Fields<'n, 'a>, key: &str) -> &'n [(Key<'a>, Node<'a>)] {
        match fields.get_as(key, |shape| matches!(shape, Shape::Map(..))) {
            None => &[],
            Some(node) => match node.pairs() {
                Some(pairs) => {
                    self.check_twice(pairs);
                    pairs
                }
                None => {
                    self.wrong_type(node.at, key, "a-map");
                    &[]
                }
            },
        }
    }

    /// A day. Not one, or none that exists: `bad-date`.
    pub(super) fn day(&mut self, node: &Node<'_>, field: &str) -> Option<Date> {
        let text = self.text(node, field)?;
        self.day_of_text(&text, node.at, field)
    }

    pub(super) fn day_of_text(&mut self, text: &str, at: At, field: &str) -> Option<Date> {
        let day = parse_day(text);
        if day.is_none() {
            self.find(Code::BadDate, at, |it| {
                let it = it.text("key", field).text("value", text);
                match days_meant(text)[..] {
                    [] => it,
                    [one] => it.says("bad-date.order").text("day", one.to_string()).mended_by(text.trim(), one.to_string()),
                    [first, second, ..] => it.says("bad-date.two").text("day", first.to_string()).text("other", second.to_string()),
                }
            });
        }
        day
    }

    pub(super) fn day_of(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Date> {
        fields.get_as(key, |shape| matches!(shape, Shape::Day)).and_then(|node| self.day(node, key))
    }

    pub(super) fn period_of(&mut self, fields: &Fields<'_, '_>, key: &str) -> Option<Period> {
        let node = fields.get_as(key, |shape| matches!(shape, Shape::Period))?;
        let text = self.text(node, key)?;
        let period = Period::parse(&text, self.calendar());
        if period.is_none() {
            let meant = month_meant(&text);
            self.find(Code::BadPeriod, node.at, |it| it.text("value", text).perhaps(meant));
        }
        period
    }

    /// A number; `None` when there is none, with or without a finding.
    pub(super) fn number(&mut self, node: &Node<'_>, field: &str, unit: Option<&Unit>) -> Option<Amount> {
        let (text, quoting) = match &node.value {
            Value::Plain(text) => (text, Quoting::Plain),
            Value::Quoted(text) => (text, Quoting::Quoted),
            Value::List(_) | Value::Map(_) => {
                self.wrong_type(node.at, field, "a-number");
                return None;
            }
        };
        match read_number(text, quoting, unit, self.marks()) {
            Ok(amount) => amount,
            Err(error) => {
                self.bad_number(node.at, field, text, unit, error);
                None
            }
        }
    }

    pub(super) fn number_of(&mut self, fields: &Fields<'_, '_>, key: &str, unit: Option<&Unit>) -> Option<Amount> {
        fields.get_as(key, |shape| matches!(shape, Shape::Number(..))).and_then(|node| self.number(node, key, unit))
    }

    pub(super) fn bad_number(&mut self, at: At, field: &str, text: &str, unit: Option<&Unit>, error: NumberError) {
        let advice = match self.kind {
            // A KPI's target says the same with the side that is better.
            Some(Kind::Kpi) if field == "target" => AdviceOnBound::OfKpi,
            Some(Kind::Kpi) => AdviceOnBound::Nowhere,
            Some(Kind::Objective | Kind::CheckIn | Kind::Department | Kind::Person | Kind::Report | Kind::Page) | None => {
                AdviceOnBound::OfKeyResult
            }
        };
        let finding = bad_number(self.place(at), (field, text), unit, self.marks(), (error, advice));
        self.findings.push(finding);
    }

    /// The pairs of a map that has the author's own keys. A value that a decimal comma cut off is told and given as none,
    /// its other half is no pair.
    pub(super) fn each_pair<'n, 'a>(&mut self, pairs: &'n [(Key<'a>, Node<'a>)]) -> Vec<(&'n Key<'a>, Option<&'n Node<'a>>)> {
        let mut all = Vec::with_capacity(pairs.len());
        let mut index = 0;
        while let Some((key, node)) = pairs.get(index) {
            let halves = self.comma_split(pairs, index);
            all.push((key, Some(node).filter(|_| halves == 0)));
            index += 1 + halves;
        }
        all
    }

    /// In a flow map a comma splits the pair: `{kr1: 76,5}` is `kr1: 76` and a key `5` without a value, `1,500,000` three
    /// of them. Such a value is a `bad-number`; returned is how many keys behind it are none.
    fn comma_split(&mut self, pairs: &[(Key<'_>, Node<'_>)], index: usize) -> usize {
        let is_half = |(key, node): &&(Key<'_>, Node<'_>)| reads_as_number(&key.text) && node.is_null();
        let halves: Vec<&str> = pairs[index + 1..].iter().take_while(is_half).map(|(key, _)| key.text.as_ref()).collect();
        let (key, value) = &pairs[index];
        let Some(first) = value.text().filter(|text| !value.is_null() && !text.is_empty()).filter(|_| !halves.is_empty()) else { return 0 };
        let whole = format!("{first},{}", halves.join(","));
        if key.text == "between" {
            let both = format!("[{first}, {}]", halves.join(", "));
            self.find(Code::WrongType, value.at, |it| it.says("wrong-type.between").text("key", "between").text("both", both));
            return halves.len();
        }
        // Where the marks are the workspace's own, it has one right answer: the same in quotes.
        let reads = read_number(&whole, Quoting::Quoted, None, self.marks()).is_ok_and(|it| it.is_some());
        self.find(Code::BadNumber, value.at, |it| {
            let it = it.says("bad-number.comma").text("key", key.text.as_ref()).text("value", whole.as_str());
            if reads { it.mended_by(whole.as_str(), format!("\"{whole}\"")) } else { it }
        });
        halves.len()
    }

    /// A weight: 0 or more, 1 by default. The second half says whether it was written in percent.
    pub(super) fn weight(&mut self, fields: &Fields<'_, '_>) -> (f64, bool) {
        let Some(node) = fields.get_as("weight", |shape| matches!(shape, Shape::Number(..))) else { return (1.0, false) };
        let read = match &node.value {
            Value::Plain(text) => read_number(text, Quoting::Plain, None, self.marks()),
            Value::Quoted(text) => read_number(text, Quoting::Quoted, None, self.marks()),
            Value::List(_) | Value::Map(_) => Err(NumberError::NotANumber),
        };
        match read {
            Ok(None) => (1.0, false),
            Ok(Some(amount)) if amount.value >= 0.0 => (amount.value, amount.denomination == crate::model::Denomination::Percent),
            Err(error @ NumberError::Ambiguous { .. }) => {
                self.bad_number(node.at, "weight", node.text().unwrap_or_default(), None, error);
                (1.0, false)
            }
            Ok(Some(_)) | Err(_) => {
                let value = node.text().unwrap_or("[…]").to_owned();
                self.find(Code::BadWeight, node.at, |it| it.text("value", value));
                (1.0, false)
            }
        }
    }

    /// Percent beside plain weights would be read wrong, whatever one does.
    pub(super) fn check_mixed_weights(&mut self, weights: &[(bool, At)]) {
        let percent = weights.iter().find(|(percent, _)| *percent);
        let plain = weights.iter().any(|(percent, _)| !percent);
        if let (Some((_, at)), true) = (percent, plain) {
            self.find(Code::BadWeight, *at, |it| it.says("bad-weight.mixed"));
        }
    }

    /// `allow: {CODE: reason}`: warnings that this file wants to keep, each with its reason.
    pub(super) fn allow(&mut self, fields: &Fields<'_, '_>) {
        for (key, node) in self.map(fields, "allow") {
            let Some(code) = self.warning(key, "allow") else { continue };
            // A reason that is null is none, however the parser writes null.
            let reason = if node.is_null() { None } else { self.text(node, "allow") };
            match reason {
                Some(reason) => self.allowed.push(Allow { code: code.name().to_owned(), reason, at: spot(key.at) }),
                None if node.text().is_some() => {
                    self.find(Code::MissingKey, key.at, |it| it.says("missing-key.reason").text("key", code.name()));
                }
                None => {}
            }
        }
    }

    /// The code of a warning, as a key; a name that is none is a finding.
    pub(super) fn warning(&mut self, key: &Key<'_>, field: &'static str) -> Option<Code> {
        let name = key.text.trim();
        match Code::parse(name) {
            Some(code) if code.severity() == Severity::Warning => Some(code),
            Some(_) => {
                self.find(Code::WrongType, key.at, |it| it.says("wrong-type.error-stays").text("key", field).text("value", name));
                None
            }
            None => {
                let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
                self.find(Code::UnknownKey, key.at, |it| it.says("unknown-key.code").text("key", name).perhaps(near));
                None
            }
        }
    }

    /// What a KPI is to reach at least is its target, and no level for a key result to hold.
    pub(super) fn syntax(&mut self, problem: Problem) {
        let Problem { kind, at } = problem;
        let bound = if self.kind == Some(Kind::Kpi) { "syntax.bound-kpi" } else { "syntax.bound" };
        self.find(Code::Syntax, at, |it| match kind {
            ProblemKind::Malformed(words) => it.text("words", words),
            ProblemKind::Tab => it.says("syntax.tab").mended_by("\t", "  "),
            ProblemKind::ReservedCharacter(character) => it.says("syntax.reserved").text("character", character.to_string()),
            ProblemKind::Bracket => it.says("syntax.bracket"),
            ProblemKind::NoSpace(key) => {
                let glued = format!("{key}:");
                it.says("syntax.no-space").text("key", key).mended_by(glued.as_str(), format!("{glued} "))
            }
            ProblemKind::Indent => it.says("syntax.indent"),
            ProblemKind::NoColon(key, value) => {
                let (written, whole) = (format!("{key} {value}"), format!("{key}: {value}"));
                it.says("syntax.no-colon").text("whole", whole.as_str()).mended_by(written, whole)
            }
            ProblemKind::Dash => it.says("syntax.dash").mended_by("-", "\"-\""),
            ProblemKind::Bound(number) => it.says(bound).text("number", number),
            ProblemKind::ColonInText(text) => {
                let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
                it.says("syntax.colon").mended_by(text, quoted)
            }
            ProblemKind::Alias => it.says("syntax.alias"),
            ProblemKind::ComplexKey => it.says("syntax.complex-key"),
            ProblemKind::TooDeep => it.says("syntax.too-deep"),
            ProblemKind::SecondDocument => it.says("syntax.second-document"),
        });
    }
}

/// Whether a key is `wanted`, or a slip of the pen in it; what is another key is none.
pub(super) fn is_nearly(key: &str, wanted: &str) -> bool {
    if key == wanted {
        return true;
    }
    // Nearly every key of every file is one of these, and the letters of all others are counted.
    if TYPES.iter().any(|table| table.keys.contains(&key)) {
        return false;
    }
    let folded = key.trim().to_lowercase().replace(['-', ' '], "_");
    folded == wanted || nearest(&folded, [wanted]).is_some()
}

/// The key that a word of another language stands for.
fn key_meant(written: &str, known: &[&str]) -> Option<String> {
    let bare = crate::model::Id::new(written);
    KEYS_ELSEWHERE
        .iter()
        .filter(|(word, _)| *word == bare.as_str())
        .find_map(|(_, keys)| keys.iter().find(|key| known.contains(key)))
        .map(|key| (*key).to_owned())
}

/// Words that people write for our keys, in Vietnamese and English, made safe, with what each may stand for.
const KEYS_ELSEWHERE: [(&str, &[&str]); 69] = [
    ("from", &["start"]),
    ("baseline", &["start"]),
    ("goal", &["target"]),
    ("to", &["target"]),
    ("deadline", &["due", "by"]),
    ("krs", &["key_results"]),
    ("results", &["key_results"]),
    ("responsible", &["owner", "who"]),
    ("assignee", &["owner", "who"]),
    ("dept", &["department"]),
    ("team", &["department"]),
    ("quarter", &["period"]),
    ("comment", &["note"]),
    ("comments", &["note"]),
    ("updates", &["check_ins", "values"]),
    ("muc-tieu", &["objective", "target", "title"]),
    ("chu-tri", &["owner", "lead", "who"]),
    ("nguoi-chu-tri", &["owner", "lead", "who"]),
    ("luong", &["pay_linked"]),
    ("tinh-luong", &["pay_linked"]),
    ("gan-luong", &["pay_linked"]),
    ("pay", &["pay_linked"]),
    ("salary", &["pay_linked"]),
    ("chi-tieu", &["target"]),
    ("dich", &["target"]),
    ("ban-dau", &["start"]),
    ("bat-dau", &["start"]),
    ("muc-ban-dau", &["start"]),
    ("hien-tai", &["start"]),
    ("don-vi", &["unit"]),
    ("nguoi-phu-trach", &["owner", "lead", "who"]),
    ("phu-trach", &["owner", "lead", "who"]),
    ("chu-so-huu", &["owner"]),
    ("ky", &["period"]),
    ("quy", &["period"]),
    ("phong-ban", &["department"]),
    ("phong", &["department"]),
    ("bo-phan", &["department"]),
    ("ket-qua", &["key_results", "values"]),
    ("ket-qua-then-chot", &["key_results"]),
    ("ket-qua-chinh", &["key_results"]),
    ("tieu-de", &["title"]),
    ("ten", &["title", "name"]),
    ("trong-so", &["weight"]),
    ("ngay", &["date"]),
    ("gia-tri", &["values"]),
    ("so-lieu", &["values"]),
    ("tu-tin", &["confidence"]),
    ("muc-tu-tin", &["confidence"]),
    ("do-tu-tin", &["confidence"]),
    ("han", &["due", "by"]),
    ("thoi-han", &["due", "by"]),
    ("xong", &["done"]),
    ("hoan-thanh", &["done"]),
    ("da-xong", &["finished", "done"]),
    ("ghi-chu", &["note"]),
    ("quyet-dinh", &["decision"]),
    ("moc", &["milestones"]),
    ("cot-moc", &["milestones"]),
    ("trang-thai", &["status"]),
    ("nguoi-viet", &["author"]),
    ("tac-gia", &["author"]),
    ("viec", &["initiatives", "what"]),
    ("cong-viec", &["initiatives"]),
    ("vuong-mac", &["blocked"]),
    ("kho-khan", &["blocked"]),
    ("can-ho-tro", &["help"]),
    ("tiep-theo", &["next"]),
    ("diem", &["score"]),
];

/// A place, as the model has it.
pub(super) fn spot(At { line, column }: At) -> Spot {
    Spot { line, column }
}

/// The half of a number behind a comma: digits, with a point among them where the comma grouped.
fn reads_as_number(text: &str) -> bool {
    let digits = text.trim_end_matches('%').trim();
    let digits = digits.split(' ').next().unwrap_or("");
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
