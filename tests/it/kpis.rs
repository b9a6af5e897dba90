//! KPIs: FORMAT.md §4 and what §6 computes of them, by hand and by published series.

use proptest::prelude::*;
use scorebook::{
    lint::DayFrom,
    model::{Scale, Visibility},
};
use serde_json::{Value, json};

use crate::given::{Company, Eyes, OWN, by_id, company, same};

fn kpi(head: &str) -> Company {
    company(&[("kpis/a.md", format!("---\n{head}---\n# A\n"))])
}

fn of(company: &Company, day: &str) -> Value {
    by_id(&company.on(day)["kpis"], "a").clone()
}

/// The months from January of a year on, each with its value.
fn months(year: u16, values: &[&str]) -> String {
    let pairs = values.iter().enumerate().map(|(at, value)| {
        let (year, month) = (usize::from(year) + at / 12, at % 12 + 1);
        format!("{year}-{month:02}: {value}")
    });
    pairs.collect::<Vec<_>>().join(", ")
}

fn check(rows: &[(&str, &str, Value)]) {
    for (head, day, want) in rows {
        same(&of(&kpi(head), day), want, &format!("{head} on {day}"));
    }
}

#[expect(clippy::needless_pass_by_value, reason = "rows of a table read best as values")]
fn point(value: Value, target: Value, attainment: Value, status: Value, partial: bool) -> Value {
    json!({"value": value, "target": target, "attainment": attainment, "status": status, "partial": partial})
}

/// The newest point without its period.
fn newest(head: &str, day: &str) -> Value {
    let mut current = of(&kpi(head), day)["current"].clone();
    current.as_object_mut().expect("a point").remove("period");
    current
}

#[test]
fn a_value_is_measured_against_its_target() {
    for (head, want) in [
        // 450 of 500 is 90 %, and 50 off is a tenth: still near.
        ("target: 500\nvalues: {2026-07: 450}\n", point(json!(450), json!(500), json!(0.9), json!("near"), false)),
        ("target: 500\nvalues: {2026-07: 449}\n", point(json!(449), json!(500), json!(0.898), json!("missed"), false)),
        ("target: 500\nvalues: {2026-07: 500}\n", point(json!(500), json!(500), json!(1), json!("met"), false)),
        ("target: 500\namber: 5%\nvalues: {2026-07: 474}\n", point(json!(474), json!(500), json!(0.948), json!("missed"), false)),
        ("target: 500\namber: 20\nvalues: {2026-07: 400}\n", point(json!(400), json!(500), json!(0.8), json!("near"), false)),
        // Lower is better: 2 − 6 / 5
        ("better: lower\ntarget: 5\nvalues: {2026-07: 6}\n", point(json!(6), json!(5), json!(0.8), json!("missed"), false)),
        ("better: lower\ntarget: 5\nvalues: {2026-07: 5.5}\n", point(json!(5.5), json!(5), json!(0.9), json!("near"), false)),
        ("better: lower\ntarget: 0\nvalues: {2026-07: 1}\n", point(json!(1), json!(0), json!(null), json!("missed"), false)),
        ("better: lower\ntarget: 0\nvalues: {2026-07: 0}\n", point(json!(0), json!(0), json!(null), json!("met"), false)),
        // Within: near is a tenth of the range away.
        ("better: within\ntarget: [18, 22]\nvalues: {2026-07: 22}\n", point(json!(22), json!([18, 22]), json!(null), json!("met"), false)),
        (
            "better: within\ntarget: [18, 22]\nvalues: {2026-07: 22.4}\n",
            point(json!(22.4), json!([18, 22]), json!(null), json!("near"), false),
        ),
        (
            "better: within\ntarget: [18, 22]\nvalues: {2026-07: 17.5}\n",
            point(json!(17.5), json!([18, 22]), json!(null), json!("missed"), false),
        ),
        ("values: {2026-07: 3}\n", point(json!(3), json!(null), json!(null), json!("no_target"), false)),
    ] {
        same(&newest(head, "2026-08-01"), &want, head);
    }
}

#[test]
fn a_target_holds_from_its_period_on() {
    let head = "target: {2026-01: 450tr, 2026-07: 500tr}\nvalues: {2025-12: 1, 2026-06: 450tr, 2026-07: 450tr}\n";
    let series = of(&kpi(head), "2026-08-01")["series"].clone();
    let all = series.as_array().expect("a list");
    let target = |period: &str| all.iter().find(|it| it["period"] == period).expect("a period")["target"].clone();
    assert_eq!(target("2025-12"), json!(null));
    assert_eq!(target("2026-06"), json!(450e6));
    assert_eq!(target("2026-07"), json!(500e6));
    // A week belongs to the month of its Thursday: 2026-W27 begins on 29 June and is July's.
    let head = "every: week\ntarget: {2026-06: 1, 2026-07: 2}\nvalues: {2026-W26: 5, 2026-W27: 5}\n";
    let series = of(&kpi(head), "2026-07-06")["series"].clone();
    same(
        &series,
        &json!([{"period": "2026-W26", "target": 1}, {"period": "2026-W27", "target": 2}, {"period": "2026-W28", "value": null}]),
        head,
    );
}

#[test]
fn a_period_is_partial_until_its_last_day_and_its_sum_has_no_status_yet() {
    for (head, day, want) in [
        (
            "aggregate: sum\ntarget: 500\nvalues: {2026-08: 250}\n",
            "2026-08-30",
            point(json!(250), json!(500), json!(0.5), json!(null), true),
        ),
        (
            "aggregate: sum\ntarget: 500\nvalues: {2026-08: 250}\n",
            "2026-08-31",
            point(json!(250), json!(500), json!(0.5), json!("missed"), false),
        ),
        ("target: 500\nvalues: {2026-08: 250}\n", "2026-08-30", point(json!(250), json!(500), json!(0.5), json!("missed"), true)),
    ] {
        same(&newest(head, day), &want, &format!("{head} on {day}"));
    }
    // Known from its first day: September is not, on 31 August.
    check(&[("values: {2026-08: 1, 2026-09: 2}\n", "2026-08-31", json!({"current": {"period": "2026-08"}}))]);
}

#[test]
fn gaps_stay_gaps_and_the_series_ends_with_the_day() {
    check(&[(
        "target: 5\nvalues: {2026-05: 4, 2026-06: TBD, 2026-07: 6}\n",
        "2026-09-02",
        json!({"series": [
            {"period": "2026-05", "value": 4, "status": "missed", "partial": false},
            {"period": "2026-06", "value": null, "status": "no_data", "attainment": null},
            {"period": "2026-07", "value": 6},
            {"period": "2026-08", "value": null, "partial": false},
            {"period": "2026-09", "value": null, "partial": true},
        ], "stale": false, "current": {"period": "2026-07"}}),
    )]);
    // Two ended periods without a value: nobody measures it.
    check(&[("values: {2026-06: 4}\n", "2026-08-30", json!({"stale": false}))]);
    check(&[("values: {2026-06: 4}\n", "2026-08-31", json!({"stale": true}))]);
    check(&[("target: 3\n", "2026-08-31", json!({"stale": true, "series": [], "current": null, "xmr": null}))]);
}

#[test]
fn finer_values_make_up_a_period_as_the_kpi_says() {
    let weeks = "{2026-W27: 10, 2026-W28: 20, 2026-W29: 30, 2026-W30: 40, 2026-W31: 50}";
    // July 2026 has the Thursdays 2, 9, 16, 23 and 30: weeks 27 to 31.
    for (aggregate, want) in [("sum", 150), ("mean", 30), ("last", 50)] {
        let head = format!("aggregate: {aggregate}\nvalues: {weeks}\n");
        same(&of(&kpi(&head), "2026-08-03")["series"][0], &json!({"period": "2026-07", "value": want, "partial": false}), &head);
    }
    // A week that nobody reported leaves the month partial.
    let head = "aggregate: sum\ntarget: 100\nvalues: {2026-W27: 10, 2026-W28: 20, 2026-W29: 30, 2026-W30: 40}\n";
    same(&of(&kpi(head), "2026-08-03")["series"][0], &json!({"value": 100, "partial": true, "status": null}), head);
    // A value that is written for the month itself wins.
    let head = format!("aggregate: sum\nvalues: {{2026-07: 7, {}\n", &weeks[1..]);
    same(&of(&kpi(&head), "2026-08-03")["series"][0], &json!({"value": 7}), &head);
    // Days as they come, and months of a quarter.
    let head = "aggregate: sum\nvalues: {2026-07-01: 1, 2026-07-15: 2}\n";
    same(&of(&kpi(head), "2026-07-31")["series"][0], &json!({"value": 3, "partial": false}), head);
    let head = "every: quarter\naggregate: last\nvalues: {2026-07: 1, 2026-08: 2, 2026-09: 3}\n";
    same(&of(&kpi(head), "2026-09-30")["series"][0], &json!({"period": "2026-Q3", "value": 3, "partial": false}), head);
    // A month that lacks its zero is told so, whoever gives the value.
    let said = company(&[("kpis/a.md", "---\n---\n# A\n"), ("check-ins/2026-07-31.md", "---\nkpis: {a: {2026-06: 3, 2026-7: 4}}\n---\n")]);
    let found = said.told("2026-08-03");
    assert_eq!(found[0].0, "bad-period check-ins/2026-07-31.md:2:24");
    assert!(found[0].1.contains("did you mean `2026-07`"), "{found:?}");
    // Coarser ones say nothing of a month.
    let found = kpi("values: {2026-Q3: 7}\n").told("2026-08-03");
    assert_eq!(found[0].0, "bad-period kpis/a.md:2:10");
}

#[test]
fn check_ins_give_values_where_the_kpis_own_file_has_none() {
    let own = "---\nvalues: {2026-06: 5, 2026-07: TBD}\n---\n# A\n";
    let company = company(&[
        ("kpis/a.md", own),
        ("check-ins/2026-07-20.md", "---\nkpis: {a: {2026-06: 9, 2026-07: 6}}\n---\n"),
        ("check-ins/2026-07-27.md", "---\nkpis: {a: 7}\n---\n"),
        ("check-ins/2026-08-03.md", "---\nkpis: {a: 8}\n---\n"),
    ]);
    // June is the file's; July has a gap there, so the last word of July's check-ins counts; August is the third's.
    for (day, want) in [
        ("2026-07-20", json!([{"value": 5}, {"value": 6}])),
        ("2026-07-31", json!([{"value": 5}, {"value": 7}])),
        ("2026-08-03", json!([{"value": 5}, {"value": 7}, {"value": 8}])),
    ] {
        same(&of(&company, day)["series"], &want, day);
    }
    let document = company.on("2026-08-03");
    same(
        &document["check_ins"][0],
        &json!({"objective": null, "kpis": ["a"], "source": "check-ins/2026-07-20.md:1"}),
        "without an objective",
    );
    assert_eq!(company.findings("2026-08-03"), ["unused-kpi kpis/a.md:4"]);
}

/// Limits as they are printed, to the last digit that the source gives.
fn limits(head: &str, day: &str, want: [f64; 4], within: f64) -> Value {
    let xmr = of(&kpi(head), day)["xmr"].clone();
    for (key, want) in ["mean", "mean_moving_range", "lower", "upper"].iter().zip(want) {
        let got = xmr[key].as_f64().unwrap_or(f64::NAN);
        assert!((got - want).abs() <= within, "{key} of {head}: {got}, published {want}");
    }
    xmr
}

#[test]
fn published_series_have_their_published_limits() {
    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten batches, limits with 3 ÷ 1.128 for 2.66.
    let flow = months(2024, &["49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1"]);
    let xmr = limits(&format!("values: {{{flow}}}\n"), "2024-12-31", [50.81, 1.8778, 45.8159, 55.8041], 0.001);
    same(&xmr, &json!({"provisional": true, "signals": []}), "NIST");
    // D. J. Wheeler's in-process inventory, 31 months, average 20.39 and average moving range 4.7, limits 7.88 and 32.89.
    let inventory = "19 27 20 16 18 25 22 24 17 25 15 17 20 22 19 16 22 19 25 22 18 20 16 17 20 15 27 25 17 19 28";
    let inventory = months(2022, &inventory.split(' ').collect::<Vec<_>>());
    let head = format!("baseline: 2022-01..2024-07\nvalues: {{{inventory}}}\n");
    let xmr = limits(&head, "2024-08-31", [20.39, 4.7, 7.88, 32.89], 0.006);
    same(&xmr, &json!({"provisional": false, "signals": []}), "Wheeler");
    // NHS-R, "plot the dots", the series on which it shows what an outlier does: mean 1.94; 32 ranges over 17; the 10 stands out.
    let dots = months(2023, &"1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1".split(' ').collect::<Vec<_>>());
    let xmr = limits(&format!("values: {{{dots}}}\n"), "2024-12-31", [1.944_444_444, 32.0 / 17.0, -3.062_614_379, 6.951_503_268], 1e-9);
    same(&xmr["signals"], &json!([{"period": "2023-05", "rule": "beyond_limit"}]), "NHS");
}

#[test]
fn limits_need_six_values_and_settle_with_twelve() {
    // 1, 3, 1, 3, 1, 3: mean 2, each range 2; 2 ± 5.32, range limit 6.536.
    let six = months(2026, &["1", "3", "1", "3", "1", "3"]);
    check(&[(
        &format!("values: {{{six}}}\n"),
        "2026-06-30",
        json!({"xmr": {"mean": 2, "mean_moving_range": 2, "lower": -3.32, "upper": 7.32, "upper_range": 6.536, "provisional": true, "signals": []}}),
    )]);
    // On 29 June the sixth is partial, and sets no limit.
    check(&[(&format!("values: {{{six}}}\n"), "2026-06-29", json!({"xmr": null}))]);
    let twelve = months(2026, &["1", "3", "1", "3", "1", "3", "1", "3", "1", "3", "1", "3"]);
    check(&[(&format!("values: {{{twelve}}}\n"), "2026-12-31", json!({"xmr": {"provisional": false}}))]);
    // Values beside gaps have no range, and what has none has no limits.
    check(&[("values: {2025-01: 1, 2025-03: 2, 2025-05: 1, 2025-07: 2, 2025-09: 1, 2025-11: 2}\n", "2026-01-01", json!({"xmr": null}))]);
    // All alike: limits on the mean, and the first other value lies outside.
    let alike = months(2026, &["5", "5", "5", "5", "5", "5", "6"]);
    let want = json!({"xmr": {"mean": 5.142_857_142_857_143}});
    check(&[(&format!("values: {{{alike}}}\n"), "2026-07-31", want)]);
    let want = json!({"xmr": {"mean": 5, "lower": 5, "upper": 5, "signals": [{"period": "2026-07", "rule": "beyond_limit"}]}});
    check(&[(&format!("baseline: 2026-01..2026-06\nvalues: {{{alike}}}\n"), "2026-07-31", want)]);
}

#[test]
fn a_gap_has_no_range_on_either_side() {
    // Ranges: 2 (1→3), then a gap, then 2 (1→3), 2 (3→1), 2 (1→3).
    check(&[(
        "values: {2026-01: 1, 2026-02: 3, 2026-03: TBD, 2026-04: 1, 2026-05: 3, 2026-06: 1, 2026-07: 3}\n",
        "2026-07-31",
        json!({"xmr": {"mean": 2, "mean_moving_range": 2}}),
    )]);
}

#[test]
fn three_rules_name_every_point_that_makes_them_up() {
    // Baseline: 10 and 12 in turn: mean 11, range 2, limits 5.68 and 16.32, middles 8.34 and 13.66.
    let base = ["10", "12", "10", "12", "10", "12", "10", "12", "10", "12", "10", "12"];
    let series = |more: &[&str]| {
        let all: Vec<&str> = base.iter().chain(more).copied().collect();
        format!("baseline: 2024\nvalues: {{{}}}\n", months(2024, &all))
    };
    let rules = |more: &[&str]| {
        let found = of(&kpi(&series(more)), "2026-12-31")["xmr"]["signals"].clone();
        let row = |it: &Value| format!("{} {}", it["period"].as_str().unwrap_or_default(), it["rule"].as_str().unwrap_or_default());
        found.as_array().expect("a list").iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(rules(&["16.32"]), Vec::<String>::new(), "on the limit is not beyond it");
    assert_eq!(rules(&["16.33", "5.67"]), ["2025-01 beyond_limit", "2025-02 beyond_limit"]);
    // Eight in a row above the mean; the twelfth of the baseline was one of them.
    let seven = ["11.5"; 7];
    let want: Vec<String> = ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07"]
        .iter()
        .map(|it| format!("{it} run_of_8"))
        .collect();
    assert_eq!(rules(&seven), want);
    assert_eq!(rules(&seven[..6]), Vec::<String>::new(), "seven are none");
    // A gap is no point and breaks no run; a value on the mean breaks it.
    assert_eq!(rules(&["11.5", "11.5", "11.5", "TBD", "11.5", "11.5", "11.5", "11.5"]).len(), 8);
    assert_eq!(rules(&["11.5", "11.5", "11.5", "11", "11.5", "11.5", "11.5", "11.5"]), Vec::<String>::new());
    // Three of four beyond 13.66; the third is not, and is not named.
    assert_eq!(rules(&["14", "14", "13.66", "14"]), ["2025-01 3_of_4", "2025-02 3_of_4", "2025-04 3_of_4"]);
    assert_eq!(rules(&["14", "8", "14", "8"]), Vec::<String>::new(), "two on either side are none");
}

#[test]
fn a_rebase_begins_a_stretch_of_its_own() {
    let before = ["10", "12", "10", "12", "10", "12", "10", "12", "10", "12", "10", "12"];
    let after = ["20", "22", "20", "22", "20", "22"];
    let all: Vec<&str> = before.iter().chain(&after).copied().collect();
    let values = months(2025, &all);
    // No range from 12 to 20: mean 21, range 2.
    let head = format!("rebase: [2026-01]\nvalues: {{{values}}}\n");
    check(&[(&head, "2026-06-30", json!({"xmr": {"mean": 21, "mean_moving_range": 2, "provisional": true, "signals": []}}))]);
    // The day decides which stretch is known: on 31 December there is only the first; a month later the second has too few.
    check(&[(&head, "2025-12-31", json!({"xmr": {"mean": 11}}))]);
    check(&[(&head, "2026-01-31", json!({"xmr": null}))]);
    // A baseline serves the stretch that it lies in; the other has its own first twenty.
    let head = format!("rebase: [2026-01]\nbaseline: 2025-01..2025-12\nvalues: {{{values}}}\n");
    check(&[(&head, "2026-06-30", json!({"xmr": {"mean": 21}}))]);
    // Without a rebase the new level is a run, and points before a baseline are judged, too.
    let head = format!("baseline: 2026-01..2026-06\nvalues: {{{values}}}\n");
    let signals = of(&kpi(&head), "2026-06-30")["xmr"]["signals"].clone();
    assert!(signals.as_array().expect("a list").iter().any(|it| it["period"] == "2025-01"), "{signals}");
}

#[test]
fn the_first_twenty_set_the_limits() {
    let mut values: Vec<&str> = ["10", "12"].into_iter().cycle().take(20).collect();
    values.extend(["90"; 4]);
    let head = format!("values: {{{}}}\n", months(2024, &values));
    check(&[(&head, "2025-12-31", json!({"xmr": {"mean": 11, "mean_moving_range": 2}}))]);
}

/// Those whom it concerns: people's sheets are theirs.
const ALL: Eyes = Eyes { audience: Visibility::Restricted, ..OWN };

fn sheet<'v>(document: &'v Value, whose: &str, period: &str) -> &'v Value {
    let all = document["kpi_sheets"].as_array().expect("a list");
    let is = |it: &&Value| (it["person"] == whose || it["department"] == whose) && it["period"] == period;
    all.iter().find(is).unwrap_or(&Value::Null)
}

#[test]
fn a_sheet_is_the_mean_of_points_by_weight() {
    let company = company(&[
        (
            "scorebook.yaml",
            "language: vi\npeople: {minh: Minh, lan: Lan}\ndepartments: {kd: Kinh doanh}\nratings: [{grade: B, from: 85%}, {grade: A, from: 100%}, {grade: D, from: 0%}]\nkpi_cap: 120%\nlints: {no-owner: off}\n",
        ),
        // 480 of 400: 1.2, half of the weight; the cap is 1.2, too.
        (
            "kpis/doanh-so.md",
            "---\nowner: minh\ndepartment: kd\naggregate: sum\nweight: 50%\ntarget: 400\nvalues: {2026-07: 480, 2026-08: 600}\n---\n",
        ),
        // 2 − 6 / 5 = 0.8, a scale of steps: from 0.8 on 0.6 points
        (
            "kpis/khieu-nai.md",
            "---\nowner: minh\nbetter: lower\nweight: 30%\ntarget: 5\nscale: [{from: 80%, points: 60%}, {from: 100%, points: 100%}]\nvalues: {2026-07: 6, 2026-08: 7}\n---\n",
        ),
        ("kpis/nhiet-do.md", "---\nowner: minh\nbetter: within\nweight: 20%\ntarget: [18, 22]\nvalues: {2026-07: 20}\n---\n"),
        ("kpis/khong.md", "---\nowner: minh\nweight: 10%\nvalues: {2026-07: 20}\n---\n"),
    ]);
    let document = company.seen("2026-09-01", ALL);
    // 0.5 × 1.2 + 0.3 × 0.6 + 0.2 × 1 = 0.98: B
    same(
        sheet(&document, "minh", "2026-07"),
        &json!({"total": 0.98, "grade": "B", "department": null, "rows": [
            {"kpi": "doanh-so", "weight": 50, "target": 400, "value": 480, "attainment": 1.2, "points": 1.2},
            {"kpi": "khieu-nai", "weight": 30, "target": 5, "value": 6, "attainment": 0.8, "points": 0.6},
            {"kpi": "khong", "weight": 10, "target": null, "value": 20, "attainment": null, "points": null},
            {"kpi": "nhiet-do", "weight": 20, "target": [18, 22], "value": 20, "attainment": null, "points": 1},
        ]}),
        "July",
    );
    // 600 of 400 is 1.5, capped at 1.2; 2 − 7 / 5 = 0.6 is below the last step; the temperature nobody gave counts 0.
    same(
        sheet(&document, "minh", "2026-08"),
        &json!({"total": 0.6, "grade": "D", "rows": [{"points": 1.2}, {"points": 0}, {"points": null}, {"value": null, "points": 0}]}),
        "August",
    );
    assert_eq!(sheet(&document, "minh", "2026-09"), &Value::Null, "September runs");
    assert_eq!(sheet(&company.seen("2026-08-31", ALL), "minh", "2026-08"), &Value::Null, "only from the day after");
    same(
        sheet(&document, "kd", "2026-07"),
        &json!({"person": null, "total": 1.2, "grade": "A", "rows": [{"kpi": "doanh-so"}]}),
        "the department",
    );
}

#[test]
fn a_sheet_gathers_weeks_and_quarters_into_its_month() {
    let company = company(&[
        ("scorebook.yaml", "people: {minh: Minh}\nlints: {no-department: off}\n"),
        // A sum's target is that of the whole month: a week not reported costs. 4 × 100 of 5 × 100.
        (
            "kpis/a-don.md",
            "---\nowner: minh\nevery: week\naggregate: sum\ntarget: 100\nvalues: {2026-W27: 100, 2026-W28: 100, 2026-W29: 100, 2026-W30: 100}\n---\n",
        ),
        // A mean is over the weeks that have a value.
        ("kpis/b-dung-hen.md", "---\nowner: minh\nevery: week\ntarget: 90\nvalues: {2026-W27: 80, 2026-W28: 100}\n---\n"),
        ("kpis/c-quy.md", "---\nowner: minh\nevery: quarter\ntarget: 10\nvalues: {2026-Q2: 5, 2026-Q3: 8}\n---\n"),
    ]);
    let document = company.seen("2026-10-01", ALL);
    same(
        sheet(&document, "minh", "2026-07"),
        &json!({"rows": [{"kpi": "a-don", "target": 500, "value": 400, "points": 0.8}, {"kpi": "b-dung-hen", "target": 90, "value": 90, "points": 1}]}),
        "July",
    );
    let last = sheet(&document, "minh", "2026-09");
    assert_eq!(last["rows"].as_array().map(Vec::len), Some(3), "{last}");
    same(&last["rows"][2], &json!({"kpi": "c-quy", "target": 10, "value": 8, "points": 0.8}), "the quarter");
    same(
        sheet(&document, "minh", "2026-06"),
        &json!({"total": 0.5, "rows": [{"kpi": "c-quy", "value": 5}]}),
        "June, before the others began",
    );
}

#[test]
fn one_kpi_stands_in_the_sheets_of_those_it_is_assigned_to() {
    let company = company(&[
        ("scorebook.yaml", "people: {minh: Minh, lan: Lan, sep: Sếp}\n"),
        (
            "kpis/a.md",
            "---\nowner: sep\naggregate: sum\ntarget: 200\nassigned: {minh: {target: 120, weight: 2}, lan: {target: 80}}\nvalues: {2026-07: {minh: 108, lan: 80}}\n---\n",
        ),
        ("check-ins/2026-08-20.md", "---\nauthor: lan\nkpis: {a: 40}\n---\n"),
    ]);
    let document = company.seen("2026-09-01", ALL);
    // The KPI's own value is their sum.
    same(by_id(&document["kpis"], "a"), &json!({"series": [{"value": 188, "target": 200}, {"value": 40}, {"value": null}]}), "the KPI");
    same(sheet(&document, "minh", "2026-07"), &json!({"total": 0.9, "rows": [{"weight": 2, "target": 120, "value": 108}]}), "Minh");
    same(sheet(&document, "lan", "2026-07"), &json!({"total": 1, "rows": [{"weight": 1, "target": 80, "value": 80}]}), "Lan");
    same(sheet(&document, "lan", "2026-08"), &json!({"total": 0.5}), "Lan gave her own");
    assert_eq!(sheet(&document, "sep", "2026-07"), &Value::Null, "the owner only when named");
    let mean = company_of_mean();
    same(by_id(&mean.on("2026-08-01")["kpis"], "a"), &json!({"current": {"value": 15}}), "a mean");
}

fn company_of_mean() -> Company {
    company(&[("kpis/a.md", "---\nassigned: {minh: {target: 1}, lan: {target: 1}}\nvalues: {2026-07: {minh: 10, lan: 20}}\n---\n")])
}

#[test]
fn a_key_result_can_be_measured_by_a_kpi() {
    let with = |kpi: &str, key_result: &str| {
        company(&[
            ("kpis/don.md", format!("---\n{kpi}---\n")),
            ("objectives/a.md", format!("---\nperiod: 2026-Q3\ncheck_in_every: month\nkey_results: [{key_result}]\n---\n")),
        ])
    };
    let monthly = "aggregate: sum\nvalues: {2026-06: 900, 2026-07: 300, 2026-08: 300}\n";
    for (kpi, key_result, day, want) in [
        // A sum begins at 0, whatever stands there: 600 of 1200. August's value is expected on 31 August: 61 of 91 days.
        (
            monthly,
            "{kpi: don, start: 100, target: 1200}",
            "2026-09-05",
            json!({"kind": "kpi", "current": 600, "progress": 0.5, "expected": 61.0 / 91.0, "status": "at_risk", "last_check_in": "2026-08-31", "start": 0}),
        ),
        // While August runs, its part is known, and the day itself is what is expected.
        (
            monthly,
            "{kpi: don, target: 1200}",
            "2026-08-15",
            json!({"current": 600, "expected": 45.0 / 91.0, "last_check_in": "2026-08-15"}),
        ),
        // A mean goes from its start: 300 between 100 and 500.
        (
            "values: {2026-07: 200, 2026-08: 400}\n",
            "{kpi: don, start: 100, target: 500}",
            "2026-09-05",
            json!({"current": 300, "progress": 0.5}),
        ),
        (
            "aggregate: last\nvalues: {2026-07: 200, 2026-08: 400}\n",
            "{kpi: don, start: 0, target: 500}",
            "2026-09-05",
            json!({"current": 400, "progress": 0.8}),
        ),
        // A hold: inside in one month of two, the newest outside.
        (
            "values: {2026-07: 90, 2026-08: 70}\n",
            "{kpi: don, at_least: 80}",
            "2026-09-05",
            json!({"current": 70, "progress": 0.5, "expected": 1, "status": "off_track", "bounds": [80, null]}),
        ),
        // Nothing of this quarter yet: expected on the day itself; a hold expects nothing.
        (
            "values: {2026-06: 90}\n",
            "{kpi: don, start: 0, target: 100}",
            "2026-07-14",
            json!({"current": null, "raw_progress": null, "progress": 0, "expected": 13.0 / 91.0, "status": "no_data", "last_check_in": null}),
        ),
        ("values: {2026-06: 90}\n", "{kpi: don, at_least: 80}", "2026-07-14", json!({"expected": 0, "status": "no_data"})),
        // Weeks belong to the quarter of their Thursday; week 27 begins in June.
        (
            "every: week\naggregate: sum\nvalues: {2026-W26: 1, 2026-W27: 10}\n",
            "{kpi: don, target: 100}",
            "2026-07-06",
            json!({"current": 10, "expected": 4.0 / 91.0}),
        ),
    ] {
        let document = with(kpi, key_result).on(day);
        same(crate::given::goal(&document, "a/kr1"), &want, &format!("{kpi} {key_result} on {day}"));
    }
    let told = with("target: 5\n", "{kpi: dno, target: 5}").told("2026-07-14");
    assert!(told[0].0.starts_with("unknown-reference objectives/a.md:4:"), "{told:?}");
    assert!(told[0].1.contains("`dno`"), "{told:?}");
}

/// A KPI with a table, and its series as `period value`.
fn tabled(head: &str, name: &str, table: &[u8], day: &str) -> Vec<String> {
    let company = company(&[("scorebook.yaml", b"language: vi\n".as_slice()), ("kpis/a.md", head.as_bytes()), (name, table)]);
    let told: Vec<(String, String)> = company.told(day).into_iter().filter(|it| it.0.contains(name)).collect();
    assert!(told.is_empty(), "{told:?}");
    let series = of(&company, day)["series"].clone();
    let shown = |it: &Value| format!("{} {} {}", it["period"].as_str().unwrap_or_default(), it["value"], it["target"]);
    series.as_array().expect("a list").iter().map(shown).collect()
}

#[test]
fn a_table_gives_values_whatever_its_marks() {
    let by_month = "---\ndata: {file: data/a.csv, period: Tháng, value: Doanh thu}\n---\n";
    // A cash register in Vietnam, as Excel saves it: BOM, semicolons, decimal commas; one number settles the whole column.
    let text = "\u{feff}Tháng;Doanh thu\r\n2026-01;1.234\r\n2026-02;0,5\r\nTháng 3/2026;TBD\r\n2026-04;1.234.567\r\n";
    let want = ["2026-01 1234.0 null", "2026-02 0.5 null", "2026-03 null null", "2026-04 1234567.0 null"];
    assert_eq!(tabled(by_month, "data/a.csv", text.as_bytes(), "2026-04-30"), want);
    // An English one: commas, quotes, points.
    let text = "Tháng,Doanh thu\n2026-01,\"1,234\"\n2026-02,76.5\n";
    assert_eq!(tabled(by_month, "data/a.csv", text.as_bytes(), "2026-02-28"), ["2026-01 1234.0 null", "2026-02 76.5 null"]);
    // Tabs, suffixes, a currency.
    let text = "Tháng\tDoanh thu\n2026-01\t655 triệu\n2026-02\t1,2 tỷ ₫\n";
    assert_eq!(tabled(by_month, "data/a.csv", text.as_bytes(), "2026-02-28"), ["2026-01 655000000.0 null", "2026-02 1200000000.0 null"]);
}

#[test]
fn a_table_of_days_is_gathered_filtered_and_has_its_targets() {
    let head = "---\naggregate: sum\ndata: {file: data/a.csv, date: ngày, value: tiền, where: {cua_hang: Quận 3}}\n---\n";
    // The third row settles that the day stands first; a time behind it is a cash register's.
    let text = "ngày;cua_hang;tiền\n01/07/2026 09:30;Quận 3;100\n02/07/2026 10:00;Quận 1;900\n31/07/2026 11:00;quận 3;50\n02/08/2026 12:00;Quận 3;7\n";
    assert_eq!(tabled(head, "data/a.csv", text.as_bytes(), "2026-08-31"), ["2026-07 150.0 null", "2026-08 7.0 null"]);
    // Two receipts of a day are two values of it; after the day nothing is known.
    let text = "ngày;cua_hang;tiền\n2026-07-01;Quận 3;1\n2026-07-01;Quận 3;2\n2026-07-20;Quận 3;4\n";
    assert_eq!(tabled(head, "data/a.csv", text.as_bytes(), "2026-07-19"), ["2026-07 3.0 null"]);
    let head = "---\ndata: {file: data/a.csv, period: m, value: v, target: t}\nvalues: {2026-02: 9}\n---\n";
    let text = "m,v,t\n2026-01,5,6\n2026-02,7,8\n";
    // The file's own value comes before the table's, whose target stays.
    assert_eq!(tabled(head, "data/a.csv", text.as_bytes(), "2026-02-28"), ["2026-01 5.0 6.0", "2026-02 9.0 8.0"]);
    let head = "---\nassigned: {minh: {target: 1}, lan: {target: 1}}\naggregate: sum\ndata: {file: data/a.csv, period: m, value: v, person: ai}\n---\n";
    let text = "m,v,ai\n2026-01,5,minh\n2026-01,7,lan\n";
    assert_eq!(tabled(head, "data/a.csv", text.as_bytes(), "2026-01-31"), ["2026-01 12.0 null"]);
}

/// A KPI with a table that needs no settings, and its newest point.
fn newest_of_table(head: &str, table: &str, more: &[(&str, &str)], day: &str) -> Value {
    let kpi = format!("---\n{head}data: {{file: data/a.csv, period: m, value: v, target: t}}\n---\n# A\n");
    let mut files = vec![("kpis/a.md", kpi.as_str()), ("data/a.csv", table)];
    files.extend(more);
    of(&company(&files), day)["current"].clone()
}

#[test]
fn values_come_before_data_before_check_ins_whatever_their_length() {
    let july = ("check-ins/2026-07-20.md", "---\nkpis: {a: 77}\n---\n");
    // A day of the table comes before a check-in of the whole month, with the target beside it.
    let got = newest_of_table("aggregate: sum\n", "m,v,t\n2026-07-01,100,90\n", &[july], "2026-08-01");
    same(&got, &json!({"value": 100, "target": 90, "status": "met"}), "data before check-ins");
    // A week of the file comes before a month of the table, whose target stays. W27 to W30: 10 + 20 + 30 + 40, W31 is missing.
    let weeks = "aggregate: sum\nvalues: {2026-W27: 10, 2026-W28: 20, 2026-W29: 30, 2026-W30: 40}\n";
    let got = newest_of_table(weeks, "m,v,t\n2026-07,500,90\n", &[july], "2026-08-01");
    same(&got, &json!({"value": 100, "target": 90, "partial": true}), "values before data");
    // What says nothing is asked on.
    let got = newest_of_table("values: {2026-07: TBD}\n", "m,v,t\n2026-07,,90\n", &[july], "2026-08-01");
    same(&got, &json!({"value": 77, "target": 90, "status": "missed"}), "a gap");
}

#[test]
fn a_target_of_finer_rows_is_whole_or_none() {
    let sum = "aggregate: sum\n";
    for (table, target) in [
        // 40 + 50
        ("m,v,t\n2026-07-01,45,40\n2026-07-02,55,50\n", json!(90)),
        // One that was measured has no target.
        ("m,v,t\n2026-07-01,45,40\n2026-07-02,55,\n", Value::Null),
        // Of one that was not measured it does not count: 40 + 50.
        ("m,v,t\n2026-07-01,45,40\n2026-07-02,55,50\n2026-07-03,,60\n", json!(90)),
    ] {
        same(&newest_of_table(sum, table, &[], "2026-08-01"), &json!({"value": 100, "target": target}), table);
    }
}

#[test]
fn what_still_runs_is_partial() {
    // W31 runs until 2 August and belongs to July by its Thursday, the 30th.
    let weeks = "m,v,t\n2026-W27,10,1\n2026-W28,20,1\n2026-W29,30,1\n2026-W30,40,1\n2026-W31,50,1\n";
    for (day, partial) in [("2026-07-31", true), ("2026-08-01", true), ("2026-08-02", false)] {
        let got = newest_of_table("aggregate: sum\n", weeks, &[], day);
        same(&got, &json!({"value": 150, "target": 5, "partial": partial}), day);
    }
    // What one share lacks, the whole lacks: Lan has no W31.
    let head = "assigned: {lan: {target: 1}, minh: {target: 1}}\naggregate: sum\nvalues: {2026-W27: {lan: 1, minh: 1}, 2026-W28: {lan: 1, minh: 1}, 2026-W29: {lan: 1, minh: 1}, 2026-W30: {lan: 1, minh: 1}, 2026-W31: {minh: 1}}\n";
    let got = of(&kpi(head), "2026-08-03")["current"].clone();
    same(&got, &json!({"period": "2026-07", "value": 9, "partial": true}), "shares");
    // April and May as months, June in weeks: 30 April and 28 May, Thursdays of weeks across two months, are in them.
    // June has the Thursdays 4, 11, 18 and 25: weeks 23 to 26.
    let quarter = |weeks: &str| {
        let head = format!("every: quarter\naggregate: sum\nvalues: {{2026-04: 1, 2026-05: 2, {weeks}}}\n");
        of(&kpi(&head), "2026-07-01")["current"].clone()
    };
    same(&quarter("2026-W23: 3, 2026-W24: 4, 2026-W25: 5, 2026-W26: 6"), &json!({"value": 21, "partial": false}), "all of it");
    same(&quarter("2026-W23: 3, 2026-W24: 4, 2026-W25: 5"), &json!({"value": 15, "partial": true}), "a week is missing");
}

#[test]
fn a_sum_beyond_all_numbers_is_none() {
    let huge = format!("9{}", "0".repeat(307));
    let head = format!("aggregate: sum\nvalues: {{2026-06: 5, 2026-07-01: {huge}, 2026-07-02: {huge}, 2026-07-03: {huge}}}\n");
    let got = of(&kpi(&head), "2026-07-31");
    same(&got["series"], &json!([{"value": 5}, {"value": null, "status": "no_data"}]), "9e307 three times");
}

#[test]
fn a_tables_targets_are_known_ahead() {
    let kpi = "---\nowner: lan\naggregate: sum\ndata: {file: data/a.csv, period: m, value: v, target: t}\n---\n# A\n";
    // The row of a month; days that make one up; and what nobody asks for.
    let table = "m,v,t\n2026-07,100,110\n2026-09,,120\n2026-10-01,,50\n2026-10-02,,60\n2026-11-01,,50\n2026-11-02,,\n";
    let folder = crate::cli::workspace(&[
        ("scorebook.yaml", "language: en\nas_of: 2026-08-14\npeople: {lan: Lan}\nlints: {unused-kpi: off}\n"),
        ("kpis/a.md", kpi),
        ("data/a.csv", table),
    ]);
    for (month, wanted) in [("2026-09", Some("≥ 120")), ("2026-10", Some("≥ 110")), ("2026-11", None)] {
        let (_, out, err) = crate::cli::run(&["sheet", "--assign", "--month", month], folder.path());
        match wanted {
            Some(wanted) => assert!(out.replace('\u{a0}', " ").contains(wanted), "{month}: {out}{err}"),
            None => assert_eq!(out, "", "{month}: {err}"),
        }
    }
    // A target of a month that nobody measured is one: it counts 0.
    let table = "m,v,t\n2026-05,,120\n2026-07,100,110\n";
    let seen = company(&[("kpis/a.md", kpi), ("data/a.csv", table)]).seen("2026-08-14", ALL);
    same(&sheet(&seen, "lan", "2026-05")["rows"][0], &json!({"target": 120, "value": null, "points": 0}), "May");
}

#[test]
fn a_sheet_of_excel_is_read_like_a_table() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.0%");
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    book.add_worksheet().set_name("Khác").expect("a name").write(0, 0, "trống").expect("a cell");
    let sheet = book.add_worksheet().set_name("2026").expect("a name");
    for (column, name) in ["tháng", "đúng hẹn"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(column).expect("few"), name).expect("a cell");
    }
    for (row, (month, value)) in [(1, 0.915), (2, 0.8)].into_iter().enumerate() {
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, month, 1).expect("a day");
        let row = u32::try_from(row).expect("few") + 1;
        sheet.write_with_format(row, 0, &day, &date).expect("a cell");
        sheet.write_with_format(row, 1, value, &percent).expect("a cell");
    }
    let bytes = book.save_to_buffer().expect("a book");
    let head = "---\nunit: \"%\"\ndata: {file: data/a.xlsx, sheet: \"2026\", period: tháng, value: đúng hẹn}\n---\n";
    assert_eq!(tabled(head, "data/a.xlsx", &bytes, "2026-02-28"), ["2026-01 91.5 null", "2026-02 80.0 null"]);
}

#[test]
fn what_is_hidden_can_not_be_worked_out() {
    let company = company(&[
        (
            "scorebook.yaml",
            "people: {minh: Minh, lan: Lan}\ndepartments: {kd: Kinh doanh}\nvisibility_defaults: {person_sheet: internal}\nlints: {no-owner: off}\n",
        ),
        ("kpis/luong.md", "---\nowner: minh\ndepartment: kd\npay_linked: true\ntarget: 10\nvalues: {2026-07: 77123}\n---\n# Bí mật\n"),
        ("kpis/mo.md", "---\nowner: minh\ndepartment: kd\ntarget: 10\nvalues: {2026-07: 5}\n---\n"),
        ("kpis/lan.md", "---\nowner: lan\ntarget: 10\nvalues: {2026-07: 5}\n---\n"),
        (
            "objectives/a.md",
            "---\nperiod: 2026-Q3\nkey_results:\n  - {id: x, kpi: luong, target: 90000, start: 0}\n  - {id: y, start: 0, target: 10}\ninitiatives: [{title: Vì x, for: x}, {title: Vì y, for: y}]\n---\n",
        ),
        ("check-ins/2026-07-20.md", "---\nobjective: a\nvalues: {y: 4}\nkpis: {luong: 88123}\n---\nLương là 88123.\n"),
        ("objectives/b.md", "---\nperiod: 2026-Q3\nparent: a/x\nkey_results: [{start: 0, target: 10}]\n---\n"),
    ]);
    let inside = company.document("2026-08-01", OWN);
    for secret in ["77123", "88123", "luong", "90000", "Bí mật"] {
        assert!(!inside.contains(secret), "{secret} is in {inside}");
    }
    let document = company.on("2026-08-01");
    same(&document["objectives"][0], &json!({"progress": 0.4, "key_results": [{"id": "y", "progress": 0.4}]}), "without the hidden half");
    same(&document["objectives"][1], &json!({"parent": "a"}), "the objective stays");
    assert_eq!(sheet(&document, "minh", "2026-07"), &Value::Null, "a hidden row hides the sheet");
    assert_eq!(sheet(&document, "kd", "2026-07"), &Value::Null, "and the department's");
    same(sheet(&document, "lan", "2026-07"), &json!({"total": 0.5}), "another one's stays");
    let all = company.seen("2026-08-01", ALL);
    same(sheet(&all, "minh", "2026-07"), &json!({"rows": [{"kpi": "luong"}, {"kpi": "mo"}]}), "for those whom it concerns");
    let by_default = kpi("owner: minh\ntarget: 10\nvalues: {2026-07: 5}\n");
    assert_eq!(sheet(&by_default.on("2026-08-01"), "minh", "2026-07"), &Value::Null, "people's sheets are restricted");
    let public = by_default.document("2026-08-01", Eyes { audience: Visibility::Public, ..OWN });
    assert!(!public.contains("minh"), "{public}");
}

proptest! {
    /// Adding a constant moves the limits by it, scaling scales them, and neither makes or hides a signal.
    #[test]
    fn limits_move_and_scale_with_the_values(values in prop::collection::vec(1_u32..500, 6..30), add in 1_u32..1000, times in 2_u32..9) {
        let xmr = |change: &dyn Fn(u32) -> u32| {
            let texts: Vec<String> = values.iter().map(|it| change(*it).to_string()).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            of(&kpi(&format!("values: {{{}}}\n", months(2020, &texts))), "2026-12-31")["xmr"].clone()
        };
        let (plain, moved, scaled) = (xmr(&|it| it), xmr(&|it| it + add), xmr(&|it| it * times));
        let number = |xmr: &Value, key: &str| xmr[key].as_f64().unwrap_or(f64::NAN);
        for key in ["mean", "lower", "upper"] {
            prop_assert!((number(&plain, key) + f64::from(add) - number(&moved, key)).abs() < 1e-6);
        }
        for key in ["mean", "lower", "upper", "mean_moving_range", "upper_range"] {
            prop_assert!((number(&plain, key) * f64::from(times) - number(&scaled, key)).abs() < 1e-6);
        }
        prop_assert_eq!(&plain["signals"], &moved["signals"]);
        prop_assert_eq!(&plain["signals"], &scaled["signals"]);
    }

    /// A value beyond a gap adds no moving range.
    #[test]
    fn a_value_beyond_a_gap_adds_no_range(values in prop::collection::vec(1_u32..500, 6..15), far in 1_u32..500) {
        let texts: Vec<String> = values.iter().map(u32::to_string).collect();
        let mut with_gap: Vec<&str> = texts.iter().map(String::as_str).collect();
        let before = of(&kpi(&format!("values: {{{}}}\n", months(2020, &with_gap))), "2026-12-31");
        let far = far.to_string();
        with_gap.extend(["TBD", far.as_str()]);
        let after = of(&kpi(&format!("values: {{{}}}\n", months(2020, &with_gap))), "2026-12-31");
        prop_assert_eq!(&before["xmr"]["mean_moving_range"], &after["xmr"]["mean_moving_range"]);
    }
}

#[test]
fn a_shared_kpi_weighs_in_its_department_what_its_shares_weigh() {
    let company = company(&[
        ("scorebook.yaml", "people: {minh: Minh, lan: Lan}\ndepartments: {kd: KD}\nlints: {unused-kpi: off, no-owner: off}\n"),
        (
            "kpis/a.md",
            "---\ndepartment: kd\naggregate: sum\ntarget: 10\nassigned: {minh: {target: 5, weight: 50%}, lan: {target: 5, weight: 40%}}\nvalues: {2026-07: {minh: 5, lan: 5}}\n---\n",
        ),
        ("kpis/b.md", "---\nowner: lan\ndepartment: kd\nweight: 60%\ntarget: 10\nvalues: {2026-07: 5}\n---\n"),
    ]);
    assert_eq!(company.findings("2026-08-01"), Vec::<String>::new());
    let document = company.seen("2026-08-01", ALL);
    let sheets = document["kpi_sheets"].as_array().expect("a list");
    let own = sheets.iter().find(|it| it["department"] == "kd").expect("a sheet");
    // (45 × 1 + 60 × 0.5) / 105
    same(own, &json!({"total": 75.0 / 105.0, "rows": [{"kpi": "a", "weight": 45}, {"kpi": "b", "weight": 60}]}), "the department");
}

#[test]
fn a_kpi_counts_on_a_sheet_from_its_own_beginning_on() {
    let company = company(&[
        ("scorebook.yaml", "people: {minh: Minh, lan: Lan}\n"),
        ("kpis/a.md", "---\nowner: minh\ntarget: 10\nvalues: {2026-05: 10, 2026-06: 10, 2026-07: 10}\n---\n"),
        // A dated target begins it, too: July without a value costs.
        ("kpis/b.md", "---\nowner: minh\ntarget: {2026-07: 10}\n---\n"),
        // Lan's share begins with her own first value.
        (
            "kpis/c.md",
            "---\naggregate: sum\ntarget: 8\nassigned: {minh: {target: 4}, lan: {target: 4}}\nvalues: {2026-05: {minh: 4}, 2026-07: {minh: 4, lan: 4}}\n---\n",
        ),
        ("kpis/d.md", "---\nowner: lan\ntarget: 1\nvalues: {2026-05: 1}\n---\n"),
    ]);
    let document = company.seen("2026-08-01", ALL);
    same(sheet(&document, "minh", "2026-06"), &json!({"total": 0.5, "rows": [{"kpi": "a"}, {"kpi": "c", "points": 0}]}), "June");
    same(sheet(&document, "minh", "2026-07"), &json!({"rows": [{"kpi": "a"}, {"kpi": "b", "points": 0}, {"kpi": "c"}]}), "July");
    same(sheet(&document, "lan", "2026-05"), &json!({"total": 1, "rows": [{"kpi": "d"}]}), "Lan in May");
    same(sheet(&document, "lan", "2026-07"), &json!({"total": 0.5, "rows": [{"kpi": "c"}, {"kpi": "d"}]}), "Lan in July");
}

#[test]
fn a_value_of_a_period_to_come_is_named() {
    let company = company(&[
        ("kpis/a.md", "---\nvalues: {2026-07: 1, 2027-07: 2, 2027-08: TBD}\n---\n"),
        ("check-ins/2026-07-30.md", "---\nkpis: {a: {2026-07: 1, 2026-09: 3}}\n---\n"),
    ]);
    let found = |day: DayFrom| -> Vec<String> {
        let document = company.seen("2026-08-01", Eyes { day, ..OWN });
        let all = document["findings"].as_array().expect("a list").iter().filter(|it| it["code"] == "future-check-in");
        all.map(|it| format!("{}:{}:{}", it["file"].as_str().unwrap_or_default(), it["line"], it["column"])).collect()
    };
    assert_eq!(found(DayFrom::Today), ["check-ins/2026-07-30.md:2:24", "kpis/a.md:2:22"]);
    assert_eq!(found(DayFrom::Given), Vec::<String>::new());
}

#[test]
fn a_promise_is_owed_beyond_its_period_until_somebody_says_what_becomes_of_it() {
    let promised = "next: [{what: Call, by: 2026-06-10}]\n";
    let goal = "---\nperiod: 2026-Q2\nkey_results: [{start: 0, target: 1}]\n---\n";
    let overdue = |closing: &str| -> Vec<String> {
        let company = company(&[
            ("objectives/open.md", goal),
            ("check-ins/a.md", &format!("---\ndate: 2026-06-01\nobjective: open\n{promised}---\n")),
            ("check-ins/b.md", &format!("---\ndate: 2026-06-30\nobjective: open\n{closing}---\n")),
            // KPIs are never closed.
            ("kpis/k.md", "---\nvalues: {2026-06: 1}\n---\n"),
            ("check-ins/k.md", &format!("---\ndate: 2026-06-01\nkpis: {{k: 1}}\n{promised}---\n")),
        ]);
        company.findings("2026-07-20").into_iter().filter(|it| it.starts_with("overdue")).collect()
    };
    assert_eq!(overdue("values: {kr1: 1}\n"), ["overdue check-ins/a.md:4", "overdue check-ins/k.md:4"]);
    assert_eq!(overdue("outcome: carry\n"), ["overdue check-ins/k.md:4"]);
}

#[test]
fn what_a_kpi_measures_is_stale_when_the_kpi_is() {
    let stale = |every: &str, values: &str, day: &str| -> (bool, bool) {
        let company = company(&[
            ("kpis/k.md", format!("---\nevery: {every}\nvalues: {{{values}}}\n---\n")),
            ("objectives/a.md", "---\nperiod: 2026-Q3\nkey_results: [{kpi: k, start: 0, target: 9}]\n---\n".to_owned()),
        ]);
        let document = company.on(day);
        let objective = by_id(&document["objectives"], "a");
        (objective["stale"] == true, objective["key_results"][0]["stale"] == true)
    };
    for (every, values, day, want) in [
        // Check-ins are due every week and cannot give it a value: a monthly one speaks once a month.
        ("month", "2026-07: 3", "2026-08-30", (false, false)),
        ("month", "2026-06: 3", "2026-08-30", (false, false)),
        ("month", "2026-06: 3", "2026-08-31", (true, true)),
        ("week", "2026-W28: 3", "2026-07-27", (true, true)),
        ("week", "2026-W28: 3, 2026-W29: 3", "2026-08-01", (false, false)),
        // Without any value it is heard of as any other.
        ("month", "", "2026-07-15", (false, false)),
        ("month", "", "2026-07-16", (true, true)),
    ] {
        assert_eq!(stale(every, values, day), want, "{every}: {values} on {day}");
    }
}

/// `code file:line:column` and message of what is wrong with a KPI that a table measures, without its poor practice.
fn wrong(head: &str, table: &str) -> Vec<(String, String)> {
    let kpi = format!("---\n{head}---\n# A\n");
    let company = company(&[("kpis/a.md", kpi.as_str()), ("data/a.csv", table)]);
    company.told("2026-08-01").into_iter().filter(|it| !["unused-kpi", "on-paper"].iter().any(|code| it.0.starts_with(code))).collect()
}

#[test]
fn a_decimal_comma_cuts_no_value_of_a_check_in() {
    for said in ["{n: {2026-07: 76,5}}", "{n: {2026-06: 3, 2026-07: 76,5}}", "{n: 76,5}"] {
        let check_in = format!("---\ndate: 2026-07-20\nkpis: {said}\n---\n");
        let files = [
            ("scorebook.yaml", "language: vi\n"),
            ("kpis/n.md", "---\nvalues: {2026-05: 1}\n---\n# N\n"),
            ("check-ins/a.md", check_in.as_str()),
        ];
        let company = company(&files);
        let found: Vec<String> = company.findings("2026-08-01").into_iter().filter(|it| it.contains("check-ins")).collect();
        assert_eq!(found, ["bad-number check-ins/a.md:3"], "{said}");
        let series = of_id(&company, "n", "2026-08-01")["series"].clone();
        let all = series.as_array().expect("a list");
        assert!(all.iter().all(|it| it["period"] != "2026-07" || it["value"].is_null()), "{said}: {series:#}");
    }
}

fn of_id(company: &Company, id: &str, day: &str) -> Value {
    crate::given::by_id(&company.on(day)["kpis"], id).clone()
}

#[test]
fn a_column_is_judged_whole() {
    // Only a row of another shop proves the comma and that the day stands first.
    let table = "m;shop;v\n5/8/2026;A;1.234\n31/7/2026;B;0,5\n";
    let head = "aggregate: sum\ndata: {file: data/a.csv, period: m, value: v, where: {shop: A}}\n";
    assert_eq!(wrong(head, table), []);
    let kpi = format!("---\n{head}---\n# A\n");
    let got = of(&company(&[("kpis/a.md", kpi.as_str()), ("data/a.csv", table)]), "2026-08-31");
    same(&got["current"], &json!({"period": "2026-08", "value": 1234}), "the fifth of August");
}

#[test]
fn a_tables_path_is_no_link() {
    for name in ["data/a#1.csv", "data/b?2.csv", "data/c%20d.csv", "data/x/../e.csv", "./data/f.csv"] {
        let file = name.replace("x/../", "").replace("./", "");
        let kpi = format!("---\ndata: {{file: \"{name}\", period: m, value: v}}\n---\n# A\n");
        let got = of(&company(&[("kpis/a.md", kpi.as_str()), (file.as_str(), "m,v\n2026-07,5\n")]), "2026-08-01");
        same(&got["current"], &json!({"value": 5}), name);
    }
    let found = wrong("data: {file: ../a.csv, period: m, value: v}\n", "m,v\n2026-07,5\n");
    assert!(found[0].0.starts_with("unknown-reference kpis/a.md:2"), "{found:?}");
}

#[test]
fn what_is_wrong_with_a_target_is_told_of_the_target() {
    let found = wrong("data: {file: data/a.csv, period: m, value: v, target: t}\n", "m,v,t\n2026-07,5,soon\n");
    assert_eq!(found[0].0, "bad-number data/a.csv:2:11");
    assert!(found[0].1.contains("`t`") && !found[0].1.contains("`v`"), "{found:?}");
    // One number is no range.
    let head = "better: within\ntarget: [1, 9]\ndata: {file: data/a.csv, period: m, value: v, target: t}\n";
    let found = wrong(head, "m,v,t\n2026-07,5,4\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.starts_with("wrong-type kpis/a.md:4") && found[0].1.contains("`t`"), "{found:?}");
}

#[test]
fn numbers_are_shown_as_all_that_is_known_is_written() {
    let told = ("check-ins/2026-07-20.md", "---\nkpis: {a: {2026-06: 4.55}}\n---\n");
    let written = |head: &str| {
        let kpi = format!("---\n{head}---\n# A\n");
        let (workspace, _) = company(&[("scorebook.yaml", "language: en\n"), ("kpis/a.md", kpi.as_str()), told]).load();
        let day = scorebook::model::parse_day("2026-08-01").expect("a day");
        let written = scorebook::compute::scorecard(&workspace, day, scorebook::compute::Drafts::LeftOut).kpis[0].written;
        (written.scale, written.decimals, written.decimals_in_ones)
    };
    // What a check-in says counts, what is dated later does not.
    assert_eq!(written("target: 5\nvalues: {2026-07: 4, 2026-09: 1.2345}\n"), (Scale::One, 2, 2));
    // So do the targets of those to whom it is assigned …
    assert_eq!(written("unit: VND\nassigned: {lan: {target: 1.512345678m}}\n"), (Scale::Million, 9, 3));
    // … and the upper bound of a range.
    assert_eq!(written("better: within\ntarget: [18, 22.125]\nvalues: {2026-07: 20}\n"), (Scale::One, 3, 3));
    let kpi = ("kpis/a.md", "---\ntarget: 5\nvalues: {2026-07: 4}\n---\n# A\n");
    let page = company(&[("scorebook.yaml", "language: en\n"), kpi, told]).page("2026-08-01", "kpis/a.html");
    assert!(page.contains("4.55"), "{page}");
}
