//! The tables as JSON Schema, draft 2020-12.
//!
//! Editors read the tree of YAML 1.2, so a number is a number or a text, a day a text, and `done` a text or a
//! boolean. Only what an editor can see by itself is refused: that a name leads to something, `check` says. The one thing
//! that loads and is refused here is a quoted empty text where words are to choose from.

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Severity};

use super::{CHECK_IN, CONFIG, DEPARTMENT, Field, KPI, Keys, Need, OBJECTIVE, PAGE, PERSON, REPORT, Shape, TYPES, Table};

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Documented {
    /// `scorebook.yaml`.
    Config,
    /// The front matter of any file, whatever its type.
    FrontMatter,
    /// An objective's front matter.
    Objective,
    /// A KPI's.
    Kpi,
    /// A check-in's.
    CheckIn,
    /// A department's.
    Department,
    /// A person's.
    Person,
    /// A report's.
    Report,
    /// A page's.
    Page,
}

impl Documented {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Config,
        Self::FrontMatter,
        Self::Objective,
        Self::Kpi,
        Self::CheckIn,
        Self::Department,
        Self::Person,
        Self::Report,
        Self::Page,
    ];

    fn table(self) -> Option<&'static Table> {
        match self {
            Self::FrontMatter => None,
            Self::Config => Some(&CONFIG),
            Self::Objective => Some(&OBJECTIVE),
            Self::Kpi => Some(&KPI),
            Self::CheckIn => Some(&CHECK_IN),
            Self::Department => Some(&DEPARTMENT),
            Self::Person => Some(&PERSON),
            Self::Report => Some(&REPORT),
            Self::Page => Some(&PAGE),
        }
    }
}

/// What a person reads of a kind, or of one of its keys: annotations as name and text.
pub type Annotate<'a> = &'a dyn Fn(&str, Option<&str>) -> Vec<(String, String)>;

/// The schema of a kind of YAML.
///
/// For `FrontMatter` it is `anyOf` over the seven types, not `oneOf`: mostly the folder says which type a file is, and a
/// front matter with nothing but a `title` is several of them. A `type` that is written leaves one.
pub fn json_schema(of: Documented, annotate: Annotate<'_>) -> Value {
    let mut schema = Schema { annotate, definitions: Map::new() };
    let mut root = match of.table() {
        Some(table) => schema.object(table),
        None => {
            let each: Vec<Value> = TYPES.iter().map(|table| schema.reference(table)).collect();
            let mut any = annotated(annotate("front-matter", None));
            any.insert("type".to_owned(), json!("object"));
            any.insert("anyOf".to_owned(), each.into());
            any
        }
    };
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    if !schema.definitions.is_empty() {
        root.insert("$defs".to_owned(), schema.definitions.into());
    }
    root.into()
}

struct Schema<'a> {
    annotate: Annotate<'a>,
    definitions: Map<String, Value>,
}

fn annotated(texts: Vec<(String, String)>) -> Map<String, Value> {
    texts.into_iter().map(|(name, text)| (name, text.into())).collect()
}

impl Schema<'_> {
    fn object(&mut self, table: &'static Table) -> Map<String, Value> {
        let mut properties = Map::new();
        for field in table.fields {
            properties.insert(field.key.to_owned(), self.field(table, field));
        }
        let mut object = annotated((self.annotate)(table.kind, None));
        object.insert("type".to_owned(), json!("object"));
        object.insert("properties".to_owned(), properties.into());
        object.insert("patternProperties".to_owned(), json!({"^x-": true}));
        object.insert("additionalProperties".to_owned(), json!(false));
        let required: Vec<&str> = table.fields.iter().filter(|field| field.need == Need::Must).map(|field| field.key).collect();
        if !required.is_empty() {
            object.insert("required".to_owned(), required.into());
        }
        object
    }

    fn reference(&mut self, table: &'static Table) -> Value {
        if !self.definitions.contains_key(table.name) {
            let object = self.object(table);
            self.definitions.insert(table.name.to_owned(), object.into());
        }
        json!({"$ref": format!("#/$defs/{}", table.name)})
    }

    fn field(&mut self, table: &'static Table, field: &Field) -> Value {
        let absent = match (&field.shape, field.need) {
            (Shape::Constant(_), _) | (_, Need::Must) => Null::Refused,
            (_, Need::May) => Null::Allowed,
        };
        let shape = match &field.shape {
            Shape::Map(Keys::Warnings, inner) => self.warnings(field.key, inner),
            shape => self.shape(shape, absent),
        };
        let mut value = annotated((self.annotate)(table.kind, Some(field.key)));
        let Value::Object(shape) = shape else { return shape };
        value.extend(shape);
        value.into()
    }

    /// A map whose keys are the codes of warnings, each with its own words.
    fn warnings(&mut self, key: &str, inner: &Shape) -> Value {
        let absent = if inner.is(|shape| matches!(shape, Shape::Choice(_))) { Null::Allowed } else { Null::Refused };
        let inner = self.shape(inner, absent);
        let codes = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
        let properties: Map<String, Value> = codes
            .map(|code| {
                let mut value = annotated((self.annotate)(key, Some(code.name())));
                value.extend(inner.as_object().cloned().unwrap_or_default());
                (code.name().to_owned(), value.into())
            })
            .collect();
        json!({"type": ["object", "null"], "properties": properties, "additionalProperties": false})
    }

    fn shape(&mut self, shape: &Shape, absent: Null) -> Value {
        match shape {
            Shape::Constant(word) => json!({"const": word}),
            Shape::Text if absent == Null::Refused => json!({"type": ["string", "number", "boolean"], "pattern": "\\S"}),
            Shape::Text => json!({"type": ["string", "number", "boolean", "null"]}),
            Shape::Number(least, most) => number(*least, *most, absent),
            Shape::Day => json!({"type": absent.beside(&["string"]), "pattern": format!("^\\s*({DAY})?\\s*$")}),
            Shape::Period => json!({"type": absent.beside(&["string", "integer"]), "pattern": PERIOD, "minimum": 1000}),
            Shape::Choice(words) => {
                let nothing = (absent == Null::Allowed).then_some(Value::Null);
                let words: Vec<Value> = words.iter().map(|word| json!(word)).chain(nothing).collect();
                json!({"enum": words})
            }
            Shape::Words(words) => json!({"type": absent.beside(&["string"]), "pattern": pattern(words)}),
            Shape::Flag => {
                json!({"type": absent.beside(&["string", "boolean", "integer"]), "pattern": pattern(&FLAGS), "minimum": 0, "maximum": 1})
            }
            Shape::List(item) => json!({"type": absent.beside(&["array"]), "items": self.item(item)}),
            Shape::Items(item) => {
                let list = json!({"type": absent.beside(&["array"]), "items": self.item(item)});
                json!({"anyOf": [self.item(item), list]})
            }
            Shape::Pair(item) => {
                json!({"type": absent.beside(&["array"]), "items": self.shape(item, Null::Allowed), "minItems": 2, "maxItems": 2})
            }
            Shape::Map(keys, value) => {
                let mut map = json!({"type": absent.beside(&["object"]), "additionalProperties": self.shape(value, Null::Allowed)});
                if let Some(pattern) = keys.pattern() {
                    map["propertyNames"] = json!({"pattern": pattern});
                }
                map
            }
            Shape::Table(table) => match absent {
                Null::Refused => self.reference(table),
                Null::Allowed => json!({"anyOf": [self.reference(table), {"type": "null"}]}),
            },
            Shape::Any(all) => {
                // Where the first can be null, no branch of its own is needed: an editor's hint names each branch.
                let first = if all.first().is_some_and(Shape::is_plain) { absent } else { Null::Refused };
                let nullable = std::iter::once(first).chain(std::iter::repeat(Null::Refused));
                let mut each: Vec<Value> = all.iter().zip(nullable).map(|(shape, absent)| self.shape(shape, absent)).collect();
                if absent != first {
                    each.push(json!({"type": "null"}));
                }
                json!({"anyOf": each})
            }
        }
    }

    /// A text that is nothing is passed over in a list; anything else that is nothing was forgotten.
    fn item(&mut self, shape: &Shape) -> Value {
        let absent = if matches!(shape, Shape::Text) { Null::Allowed } else { Null::Refused };
        self.shape(shape, absent)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Null {
    Allowed,
    Refused,
}

impl Null {
    fn beside(self, types: &[&'static str]) -> Vec<&'static str> {
        let absent = (self == Self::Allowed).then_some("null");
        types.iter().copied().chain(absent).collect()
    }
}

impl Keys {
    fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Own | Self::Warnings => None,
            Self::Days => Some(concat!("^\\s*", "[0-9]{4}-[0-9]{2}-[0-9]{2}")),
            Self::Periods => Some(PERIOD),
        }
    }
}

const DAY: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?";
/// A year's digits are in every period.
const PERIOD: &str = "^([^0-9]*[0-9]){4}";
/// A digit, or a way of saying "no value".
const NUMBER: &str = "[0-9]|^\\s*([Tt][Bb][Dd]|[Nn]/[Aa]|[-–−?])?\\s*$";
const FLAGS: [&str; 12] = ["done", "yes", "true", "1", "có", "xong", "open", "no", "false", "0", "chưa", "không"];

fn number(least: Option<f64>, most: Option<f64>, absent: Null) -> Value {
    let mut number = json!({"type": absent.beside(&["number", "string"]), "pattern": NUMBER});
    for (name, bound) in [("minimum", least), ("maximum", most)] {
        if let Some(bound) = bound {
            number[name] = json!(bound);
        }
    }
    number
}

/// Whole words, in either case and either composition of their marks.
fn pattern(words: &[&str]) -> String {
    let either = |c: char| match c {
        '_' => "[_ -]".to_owned(),
        c => {
            let cases: String = c.to_lowercase().chain(c.to_uppercase()).collect();
            if cases.chars().count() == 2 && !cases.starts_with(&c.to_uppercase().to_string()) {
                format!("[{cases}]")
            } else {
                c.to_string()
            }
        }
    };
    let mut all: Vec<String> = Vec::new();
    for word in words {
        let composed: String = word.nfc().map(either).collect();
        let apart: String = word.nfd().map(either).collect();
        all.push(composed.clone());
        if apart != composed {
            all.push(apart);
        }
    }
    format!("^\\s*({})\\s*$", all.join("|"))
}
