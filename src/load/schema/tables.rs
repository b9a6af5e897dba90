//! One table a kind of map. The order of keys is that in which findings name them.

use crate::model::{Aggregate, Better, Cadence, Every, Level, Visibility};

use super::{
    Field,
    Keys::{Days, Own, Periods, Warnings},
    Need::{May, Must},
    Shape::{self, Any, Choice, Constant, Day, Flag, Items, List, Map, Number, Pair, Period, Text, Words},
    Table,
};

macro_rules! table {
    ($static:ident, $name:literal, $kind:literal, [$($key:literal $need:ident $shape:expr,)+]) => {
        pub(in crate::load) static $static: Table = Table {
            name: $name,
            kind: $kind,
            keys: &[$($key),+],
            fields: &[$(Field { key: $key, need: $need, shape: $shape }),+],
        };
    };
}

const AMOUNT: Shape = Number(None, None);
const WEIGHT: Shape = Number(Some(0.0), None);
const VISIBILITY: Shape = Choice(&Visibility::NAMES);
const CADENCE: Shape = Any(&[Choice(&Cadence::NAMES), Words(&["two weeks"])]);
const TEXTS: Shape = Items(&Text);
const ALLOW: Shape = Map(Warnings, &Text);

table!(CONFIG, "config", "config", [
    "title" May Text,
    "format" May AMOUNT,
    "language" May Any(&[Choice(&["vi", "en"]), Text]),
    "more_languages" May TEXTS,
    "currency" May Text,
    "base_url" May Text,
    "as_of" May Day,
    "started" May Day,
    "utc_offset" May Text,
    "fiscal_year_start" May Number(Some(1.0), Some(12.0)),
    "fiscal_year_named_by" May Choice(&["start", "end"]),
    "check_in_every" May CADENCE,
    "kpi_cap" May AMOUNT,
    "ratings" May List(&Shape::Table(&RATING)),
    "visibility_defaults" May Shape::Table(&VISIBILITY_DEFAULTS),
    "outputs" May List(&Shape::Table(&OUTPUT)),
    "departments" May Map(Own, &Any(&[Text, Shape::Table(&INLINE_DEPARTMENT)])),
    "people" May Map(Own, &Any(&[Text, Shape::Table(&INLINE_PERSON)])),
    "theme" May Text,
    "brand" May Shape::Table(&BRAND),
    "lints" May Map(Warnings, &Choice(&Level::NAMES)),
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

table!(RATING, "rating", "ratings", [
    "grade" Must Text,
    "from" Must AMOUNT,
]);

table!(VISIBILITY_DEFAULTS, "visibility-defaults", "visibility_defaults", [
    "objective" May VISIBILITY,
    "kpi" May VISIBILITY,
    "pay_linked" May VISIBILITY,
    "person_sheet" May VISIBILITY,
]);

table!(OUTPUT, "output", "outputs", [
    "dir" Must Text,
    "audience" May VISIBILITY,
]);

table!(BRAND, "brand", "brand", [
    "name" May Text,
    "logo" May Text,
    "accent" May Text,
]);

table!(OBJECTIVE, "objective", "objective", [
    "type" May Constant("objective"),
    "id" May Text,
    "title" May Text,
    "period" May Period,
    "department" May Text,
    "owner" May Text,
    "commitment" May Choice(&["aspirational", "committed"]),
    "parent" May Text,
    "weight" May WEIGHT,
    "status" May Any(&[Choice(&["active", "cancelled", "draft"]), Words(&["canceled"])]),
    "cancelled" May Shape::Table(&CANCELLED),
    "visibility" May VISIBILITY,
    "key_results" May List(&Any(&[Text, Shape::Table(&KEY_RESULT)])),
    "initiatives" May List(&Any(&[Text, Shape::Table(&INITIATIVE)])),
    "continues" May Text,
    "check_ins" May List(&Shape::Table(&EMBEDDED_CHECK_IN)),
    "check_in_every" May CADENCE,
    "aliases" May TEXTS,
    "allow" May ALLOW,
]);

table!(CANCELLED, "cancelled", "cancelled", [
    "on" May Day,
    "why" May Text,
]);

table!(KEY_RESULT, "key-result", "key-result", [
    "id" May Text,
    "title" May Text,
    "start" May AMOUNT,
    "target" May AMOUNT,
    "unit" May Text,
    "weight" May WEIGHT,
    "checkpoints" May Map(Days, &AMOUNT),
    "owner" May Text,
    "status" May Any(&[Choice(&["active", "cancelled"]), Words(&["canceled"])]),
    "kind" May Choice(&["metric", "hold", "milestones", "done", "kpi"]),
    "at_least" May AMOUNT,
    "at_most" May AMOUNT,
    "between" May Pair(&AMOUNT),
    "milestones" May List(&Any(&[Text, Shape::Table(&MILESTONE)])),
    "kpi" May Text,
    "due" May Day,
    "done" May Day,
    "allow" May ALLOW,
]);

table!(MILESTONE, "milestone", "milestone", [
    "id" May Text,
    "title" Must Text,
    "due" May Day,
    "done" May Day,
    "weight" May WEIGHT,
]);

table!(INITIATIVE, "initiative", "initiative", [
    "title" Must Text,
    "who" May Text,
    "by" May Day,
    "for" May Text,
    "done" May Day,
]);

const VALUES: Shape = Map(Own, &Any(&[AMOUNT, Flag, Map(Own, &Any(&[AMOUNT, Flag]))]));
const SURE: Shape = Number(Some(0.0), Some(10.0));
const CONFIDENCE_WORDS: Shape = Words(&["tốt", "good", "ổn", "ok", "không ổn", "bad"]);
const CONFIDENCE: Shape = Any(&[SURE, CONFIDENCE_WORDS, Map(Own, &Any(&[SURE, CONFIDENCE_WORDS]))]);
const SAID: [&str; 4] = ["on_track", "at_risk", "off_track", "done"];
const STATUS: Shape = Any(&[Choice(&SAID), Words(&SAID)]);
const KPI_VALUES: Shape = Map(Own, &Any(&[AMOUNT, Map(Own, &Any(&[AMOUNT, Map(Own, &AMOUNT)]))]));
const HELP_WANTED: Shape = Items(&Any(&[Text, Shape::Table(&HELP)]));
const PROMISES: Shape = Items(&Any(&[Text, Shape::Table(&NEXT)]));
const SHARE: Shape = Number(Some(0.0), Some(1.0));
const SCORE: Shape = Any(&[SHARE, Map(Own, &SHARE)]);
const OUTCOME: Shape = Choice(&["carry", "stop", "done"]);

table!(CHECK_IN, "check-in", "check-in", [
    "type" May Constant("check-in"),
    "id" May Text,
    "title" May Text,
    "date" May Day,
    "author" May Text,
    "objective" May Text,
    "values" May VALUES,
    "confidence" May CONFIDENCE,
    "status" May STATUS,
    "kpis" May KPI_VALUES,
    "finished" May TEXTS,
    "blocked" May TEXTS,
    "help" May HELP_WANTED,
    "decision" May Text,
    "next" May PROMISES,
    "score" May SCORE,
    "outcome" May OUTCOME,
    "learned" May TEXTS,
    "note" May Text,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

// One of an objective's own: it says of itself which objective it is about.
table!(EMBEDDED_CHECK_IN, "embedded-check-in", "check-in", [
    "title" May Text,
    "date" Must Day,
    "author" May Text,
    "values" May VALUES,
    "confidence" May CONFIDENCE,
    "status" May STATUS,
    "kpis" May KPI_VALUES,
    "finished" May TEXTS,
    "blocked" May TEXTS,
    "help" May HELP_WANTED,
    "decision" May Text,
    "next" May PROMISES,
    "score" May SCORE,
    "outcome" May OUTCOME,
    "learned" May TEXTS,
    "note" May Text,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

table!(HELP, "help", "help", [
    "what" Must Text,
    "from" May Text,
]);

table!(NEXT, "next", "next", [
    "what" Must Text,
    "who" May Text,
    "by" May Day,
    "done" May Day,
]);

table!(DEPARTMENT, "department", "department", [
    "type" May Constant("department"),
    "id" May Text,
    "title" May Text,
    "name" May Text,
    "lead" May Text,
    "check_in_every" May CADENCE,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

table!(INLINE_DEPARTMENT, "inline-department", "department", [
    "name" May Text,
    "lead" May Text,
    "check_in_every" May CADENCE,
    "allow" May ALLOW,
]);

table!(PERSON, "person", "person", [
    "type" May Constant("person"),
    "id" May Text,
    "title" May Text,
    "name" May Text,
    "department" May Text,
    "role" May Text,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

table!(INLINE_PERSON, "inline-person", "person", [
    "name" May Text,
    "department" May Text,
    "role" May Text,
    "allow" May ALLOW,
]);

table!(PAGE, "page", "page", [
    "type" May Constant("page"),
    "id" May Text,
    "title" May Text,
    "order" May AMOUNT,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

table!(REPORT, "report", "report", [
    "type" May Constant("report"),
    "id" May Text,
    "title" May Text,
    "period" May Period,
    "department" May Text,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

const TARGET: Shape = Any(&[AMOUNT, Pair(&AMOUNT), Map(Periods, &Any(&[AMOUNT, Pair(&AMOUNT)]))]);

table!(KPI, "kpi", "kpi", [
    "type" May Constant("kpi"),
    "id" May Text,
    "title" May Text,
    "department" May Text,
    "owner" May Text,
    "unit" May Text,
    "better" May Choice(&Better::NAMES),
    "every" May Choice(&Every::NAMES),
    "target" May TARGET,
    "amber" May WEIGHT,
    "aggregate" May Choice(&Aggregate::NAMES),
    "weight" May WEIGHT,
    "group" May Text,
    "scale" May List(&Shape::Table(&STEP)),
    "assigned" May Map(Own, &Shape::Table(&ASSIGNED)),
    "supports" May TEXTS,
    "pay_linked" May Flag,
    "bounds" May Pair(&AMOUNT),
    "values" May Map(Periods, &Any(&[AMOUNT, Map(Own, &AMOUNT)])),
    "data" May Shape::Table(&DATA),
    "baseline" May Period,
    "rebase" May Items(&Period),
    "events" May Map(Periods, &Text),
    "formula" May Text,
    "source" May Text,
    "aliases" May TEXTS,
    "visibility" May VISIBILITY,
    "allow" May ALLOW,
]);

table!(STEP, "step", "scale", [
    "from" Must AMOUNT,
    "points" Must AMOUNT,
]);

table!(ASSIGNED, "assigned", "assigned", [
    "target" May TARGET,
    "weight" May WEIGHT,
]);

table!(DATA, "data", "data", [
    "file" Must Text,
    "sheet" May Text,
    "period" May Text,
    "date" May Text,
    "value" Must Text,
    "target" May Text,
    "person" May Text,
    "where" May Map(Own, &Text),
]);

/// The seven types of file.
pub(in crate::load) static TYPES: [&Table; 7] = [&OBJECTIVE, &KPI, &CHECK_IN, &DEPARTMENT, &PERSON, &REPORT, &PAGE];
