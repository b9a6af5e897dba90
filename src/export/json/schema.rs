//! The document's JSON Schema, out of the types that write it: what they do not write yet, it does not promise.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    compute::{KpiStatus, Rule},
    diagnostic::{Code, Severity},
    model::{Aggregate, Better, Commitment, Every, Status, Visibility},
    words::Descriptions,
};

use super::{
    CheckInOut, Document, FindingOut, Iso, ObjectiveOut,
    kpi::{KpiOut, SheetOut},
};

/// The schema of what [`super::json`] writes. Later versions may add keys, so none is refused.
pub fn export_schema(descriptions: &Descriptions) -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    type Whole<'a> = Document<'a, Vec<ObjectiveOut<'a>>, Vec<KpiOut<'a>>, Vec<SheetOut<'a>>, Vec<CheckInOut<'a>>, Vec<FindingOut<'a>>>;
    let schema = generator.into_root_schema_for::<Whole<'_>>();
    let mut root = schema.to_value();
    if let Some(object) = root.as_object_mut() {
        object.remove("title");
        if let Some(Value::Object(definitions)) = object.get_mut("$defs") {
            definitions.iter_mut().for_each(|(name, schema)| describe(schema, name, descriptions));
        }
    }
    describe(&mut root, "document", descriptions);
    plain(&mut root);
    root
}

fn describe(schema: &mut Value, name: &str, descriptions: &Descriptions) {
    let kind = format!("export.{name}");
    let Some(object) = schema.as_object_mut() else { return };
    object.extend(annotations(descriptions.annotations(&kind, None)));
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (key, property) in properties {
        if let Some(property) = property.as_object_mut() {
            property.extend(annotations(descriptions.annotations(&kind, Some(key))));
        }
    }
}

fn annotations(texts: Vec<(String, String)>) -> Map<String, Value> {
    texts.into_iter().map(|(name, text)| (name, text.into())).collect()
}

/// Without the widths of our numbers: to other programs they are numbers.
fn plain(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.get("format").is_some_and(|format| format != "date" && format.is_string()) {
                object.remove("format");
            }
            object.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl JsonSchema for Iso {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({"type": "string", "format": "date"})
    }
}

fn one_of(names: impl Iterator<Item = &'static str>) -> Schema {
    let names: Vec<&str> = names.collect();
    let mut schema = Schema::default();
    schema.insert("enum".to_owned(), json!(names));
    schema
}

pub(super) fn version(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({"const": 1})
}

pub(super) fn status(_: &mut SchemaGenerator) -> Schema {
    one_of(Status::ALL.into_iter().map(Status::name))
}

pub(super) fn commitment(_: &mut SchemaGenerator) -> Schema {
    one_of([Commitment::Aspirational, Commitment::Committed].into_iter().map(Commitment::name))
}

pub(super) fn visibility(_: &mut SchemaGenerator) -> Schema {
    one_of(Visibility::NAMES.into_iter())
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    one_of(["metric", "hold", "milestones", "done", "kpi"].into_iter())
}

pub(super) fn better(_: &mut SchemaGenerator) -> Schema {
    one_of(Better::NAMES.into_iter())
}

pub(super) fn every(_: &mut SchemaGenerator) -> Schema {
    one_of(Every::NAMES.into_iter())
}

pub(super) fn aggregate(_: &mut SchemaGenerator) -> Schema {
    one_of(Aggregate::NAMES.into_iter())
}

pub(super) fn kpi_status(_: &mut SchemaGenerator) -> Schema {
    let all = [KpiStatus::Met, KpiStatus::Near, KpiStatus::Missed, KpiStatus::NoData, KpiStatus::NoTarget];
    let mut names: Vec<Value> = all.into_iter().map(|it| it.name().into()).collect();
    names.push(Value::Null);
    let mut schema = Schema::default();
    schema.insert("enum".to_owned(), names.into());
    schema
}

pub(super) fn rule(_: &mut SchemaGenerator) -> Schema {
    one_of([Rule::BeyondLimit, Rule::RunOf8, Rule::ThreeOf4].into_iter().map(Rule::name))
}

pub(super) fn code(_: &mut SchemaGenerator) -> Schema {
    one_of(Code::ALL.iter().map(|code| code.name()))
}

pub(super) fn severity(_: &mut SchemaGenerator) -> Schema {
    one_of([Severity::Error, Severity::Warning].into_iter().map(Severity::name))
}
