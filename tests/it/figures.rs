//! The figures of FORMAT.md §6, each worked out by hand.

use scorebook::{
    compute::{self, Drafts, theil_sen},
    model::parse_day,
};
use serde_json::{Value, json};

use crate::given::{Company, Eyes, OWN, by_id, company, goal, same};

/// Eleven days, so that each is worth a tenth: on 1 July nothing is expected, on the 6th a half, on the 11th all.
const TENTHS: &str = "2026-07-01..2026-07-11";

/// One objective, `a`, over eleven days.
fn objective(head: &str, key_results: &[&str], check_ins: &[&str]) -> String {
    let list = |items: &[&str]| items.iter().map(|item| format!("  - {item}\n")).collect::<String>();
    let check_ins = if check_ins.is_empty() { String::new() } else { format!("check_ins:\n{}", list(check_ins)) };
    format!("---\nperiod: {TENTHS}\n{head}key_results:\n{}{check_ins}---\n# A\n", list(key_results))
}

fn one(head: &str, key_results: &[&str], check_ins: &[&str]) -> Company {
    company(&[("objectives/a.md", objective(head, key_results, check_ins))])
}

/// Rows of a key result, its check-ins, a day, and what the export says of it on that day.
fn check(rows: &[(&str, &[&str], &str, Value)]) {
    for (key_result, check_ins, day, want) in rows {
        let document = one("", &[key_result], check_ins).on(day);
        same(goal(&document, "a/kr1"), want, &format!("{key_result} {check_ins:?} on {day}"));
    }
}

#[test]
fn a_metric_is_the_share_of_its_way() {
    check(&[
        // (15 − 10) / (20 − 10)
        (
            "{start: 10, target: 20}",
            &["{date: 2026-07-02, values: {kr1: 15}}"],
            "2026-07-06",
            json!({"kind": "metric", "progress": 0.5, "raw_progress": 0.5, "expected": 0.5, "current": 15, "start": 10, "target": 20,
                   "bounds": null, "status": "on_track", "score": null, "last_check_in": "2026-07-02"}),
        ),
        // Falling: (17 − 20) / (10 − 20) = 0.3, a gap of 0.2
        (
            "{start: 20, target: 10}",
            &["{date: 2026-07-02, values: {kr1: 17}}"],
            "2026-07-06",
            json!({"progress": 0.3, "status": "at_risk"}),
        ),
        // Beyond the target: kept raw, clamped for the mean
        (
            "{start: 0, target: 10}",
            &["{date: 2026-07-02, values: {kr1: 12}}"],
            "2026-07-06",
            json!({"raw_progress": 1.2, "progress": 1, "status": "done"}),
        ),
        // Below the start
        (
            "{start: 0, target: 10}",
            &["{date: 2026-07-02, values: {kr1: -2}}"],
            "2026-07-06",
            json!({"raw_progress": -0.2, "progress": 0, "status": "off_track"}),
        ),
        // No value is 0 in the mean, and said to be none
        (
            "{start: 0, target: 10}",
            &[],
            "2026-07-06",
            json!({"current": null, "raw_progress": null, "progress": 0, "expected": 0.5, "status": "no_data", "last_check_in": null,
                   "confidence": null, "forecast": null, "history": []}),
        ),
        // Negative numbers on both sides: (−5 − −10) / (0 − −10)
        ("{start: -10, target: 0}", &["{date: 2026-07-02, values: {kr1: -5}}"], "2026-07-06", json!({"progress": 0.5})),
    ]);
}

#[test]
fn checkpoints_bend_the_plan() {
    let bent = "{start: 0, target: 10, checkpoints: {2026-07-06: 2}}";
    check(&[
        // Two of five days to 2: 0.8 of 10
        (bent, &[], "2026-07-03", json!({"expected": 0.08})),
        (bent, &[], "2026-07-06", json!({"expected": 0.2})),
        // Three of five days from 2 to 10: 2 + 8 × 3/5 = 6.8
        (bent, &[], "2026-07-09", json!({"expected": 0.68})),
        (bent, &[], "2026-07-01", json!({"expected": 0})),
        (bent, &[], "2026-07-11", json!({"expected": 1})),
        (bent, &[], "2026-06-01", json!({"expected": 0})),
        (bent, &[], "2026-12-31", json!({"expected": 1})),
        // Falling: (19 − 20) / (10 − 20)
        ("{start: 20, target: 10, checkpoints: {2026-07-06: 19}}", &[], "2026-07-06", json!({"expected": 0.1})),
        // Two of them, written out of order
        ("{start: 0, target: 10, checkpoints: {2026-07-06: 8, 2026-07-02: 2}}", &[], "2026-07-04", json!({"expected": 0.5})),
    ]);
}

#[test]
fn a_hold_is_the_share_of_days_inside() {
    let days = |values: [&str; 4]| -> Vec<String> {
        values.iter().enumerate().map(|(at, value)| format!("{{date: 2026-07-0{}, values: {{kr1: {value}}}}}", at + 1)).collect()
    };
    let rows = [
        // 80, 79.9, 90: two of three; a bound belongs to the inside; a day without a value does not count
        (
            "{at_least: 80}",
            days(["80", "79.9", "90", "TBD"]),
            json!({"kind": "hold", "progress": 2.0 / 3.0, "status": "on_track",
            "expected": 1, "current": 90, "bounds": [80, null], "start": null, "target": null}),
        ),
        ("{at_most: 5}", days(["5", "4", "5", "6"]), json!({"progress": 0.75, "status": "off_track", "bounds": [null, 5]})),
        ("{between: [2, 4]}", days(["2", "4", "1.9", "4.1"]), json!({"progress": 0.5, "status": "off_track", "bounds": [2, 4]})),
        // Held all the time: whole, and yet never done
        ("{at_least: 1}", days(["1", "2", "3", "4"]), json!({"progress": 1, "status": "on_track"})),
        // Dust of floating point is not outside
        ("{at_most: 0.3}", days(["0.30000000000000004", "0.3", "0.3", "0.3"]), json!({"progress": 1})),
        // Nobody has looked: nothing is expected, either
        ("{at_least: 80}", Vec::new(), json!({"progress": 0, "raw_progress": null, "expected": 0, "status": "no_data"})),
    ];
    for (hold, check_ins, want) in rows {
        let check_ins: Vec<&str> = check_ins.iter().map(String::as_str).collect();
        check(&[(hold, &check_ins, "2026-07-06", want)]);
    }
}

#[test]
fn milestones_are_weight_done() {
    let steps = "{milestones: [{title: Chọn hạt, weight: 3}, {title: Rang thử}]}";
    let dated = "{milestones: [{title: A, weight: 3, done: 2026-07-04}, {title: B}]}";
    check(&[
        // 3 of 4
        (
            steps,
            &["{date: 2026-07-02, values: {kr1: {chon-hat: done}}}"],
            "2026-07-06",
            json!({"kind": "milestones", "progress": 0.75, "current": 75, "start": null, "target": null, "status": "on_track"}),
        ),
        // A step can be named as its author wrote it
        (steps, &["{date: 2026-07-02, values: {kr1: {Chọn hạt: done}}}"], "2026-07-06", json!({"progress": 0.75})),
        // The larger of weight done and estimate; `current` is the weight done
        (
            steps,
            &["{date: 2026-07-02, values: {kr1: {chon-hat: done}}}", "{date: 2026-07-03, values: {kr1: 90}}"],
            "2026-07-06",
            json!({"progress": 0.9, "current": 75}),
        ),
        (
            steps,
            &["{date: 2026-07-02, values: {kr1: 90}}", "{date: 2026-07-03, values: {kr1: 40}}"],
            "2026-07-06",
            json!({"progress": 0.4, "current": 0}),
        ),
        // Reopened: the newest word counts
        (
            steps,
            &["{date: 2026-07-02, values: {kr1: {chon-hat: done}}}", "{date: 2026-07-03, values: {kr1: {chon-hat: open}}}"],
            "2026-07-06",
            json!({"progress": 0, "raw_progress": 0, "current": 0}),
        ),
        // Nobody has spoken of a step
        (steps, &[], "2026-07-06", json!({"raw_progress": null, "status": "no_data"})),
        // A `done` of the file is known from its day on
        (dated, &[], "2026-07-03", json!({"raw_progress": null, "status": "no_data"})),
        (dated, &[], "2026-07-04", json!({"progress": 0.75, "last_check_in": "2026-07-04"})),
        // All done
        (
            steps,
            &["{date: 2026-07-02, values: {kr1: {chon-hat: done, rang-thu: yes}}}"],
            "2026-07-06",
            json!({"progress": 1, "status": "done"}),
        ),
        // Done after the last day is shown, not counted – by the file
        ("{milestones: [{title: A, done: 2026-07-12}]}", &[], "2026-07-15", json!({"progress": 0, "score": 0, "status": "missed"})),
        // … or by the closing check-in
        (steps, &["{date: 2026-07-13, values: {kr1: {chon-hat: done}}}"], "2026-07-15", json!({"progress": 0, "status": "missed"})),
        // An estimate in the closing check-in counts on the last day
        (steps, &["{date: 2026-07-13, values: {kr1: 80%}}"], "2026-07-15", json!({"progress": 0.8, "status": "achieved"})),
    ]);
}

#[test]
fn milestones_are_expected_when_they_are_due() {
    let due = "{milestones: [{title: A, weight: 3, due: 2026-07-03}, {title: B}]}";
    let undated = "{milestones: [A, B]}";
    check(&[
        (due, &[], "2026-07-02", json!({"expected": 0})),
        (due, &[], "2026-07-03", json!({"expected": 0.75})),
        (due, &[], "2026-07-10", json!({"expected": 0.75})),
        (due, &[], "2026-07-11", json!({"expected": 1})),
        (undated, &[], "2026-07-03", json!({"expected": 0.2})),
        ("{kind: done, due: 2026-07-08}", &[], "2026-07-07", json!({"expected": 0})),
        ("{kind: done, due: 2026-07-08}", &[], "2026-07-08", json!({"expected": 1})),
        ("{kind: done}", &[], "2026-07-03", json!({"expected": 0.2})),
    ]);
}

#[test]
fn a_yes_or_no_is_read_in_the_authors_words() {
    for (words, want) in [
        (
            ["done", "yes", "true", "1", "có", "\"Có\"", "co\u{301}"].as_slice(),
            json!({"kind": "done", "progress": 1, "current": 1, "status": "done"}),
        ),
        (&["open", "no", "false", "0", "chưa"], json!({"progress": 0, "raw_progress": 0, "current": 0})),
        (&["TBD", "N/A", "", "\"-\"", "?", "null"], json!({"raw_progress": null, "current": null, "status": "no_data"})),
    ] {
        for word in words {
            check(&[("{kind: done}", &[&format!("{{date: 2026-07-02, values: {{kr1: {word}}}}}")], "2026-07-06", want.clone())]);
        }
    }
    check(&[
        ("{kind: done, done: 2026-07-05}", &[], "2026-07-04", json!({"status": "no_data"})),
        ("{kind: done, done: 2026-07-05}", &[], "2026-07-05", json!({"status": "done", "current": 1})),
    ]);
}

#[test]
fn time_passes_in_days() {
    let metric = "{start: 0, target: 10}";
    for (day, want) in [
        ("2026-06-30", json!({"expected": 0, "status": "not_started"})),
        ("2026-07-01", json!({"expected": 0, "status": "no_data"})),
        ("2026-07-06", json!({"expected": 0.5, "status": "no_data"})),
        ("2026-07-11", json!({"expected": 1, "status": "no_data"})),
        ("2026-07-12", json!({"expected": 1, "status": "missed", "score": 0})),
    ] {
        check(&[(metric, &[], day, want)]);
    }
    let single = company(&[("objectives/a.md", "---\nperiod: 2026-07-01..2026-07-01\nkey_results: [{start: 0, target: 1}]\n---\n")]);
    same(goal(&single.on("2026-07-01"), "a/kr1"), &json!({"expected": 1}), "a period of one day");
    same(goal(&single.on("2026-06-30"), "a/kr1"), &json!({"expected": 0}), "the day before it");
}

#[test]
fn a_status_is_a_gap_and_its_edge_belongs_to_the_better_side() {
    // Expected 0.4 on the 5th, 0.5 on the 6th.
    for (day, value, want) in [
        ("2026-07-05", "3", "on_track"),
        ("2026-07-05", "2.9999", "at_risk"),
        ("2026-07-06", "2.5", "at_risk"),
        ("2026-07-06", "2.4999", "off_track"),
        ("2026-07-05", "10", "done"),
        ("2026-07-05", "9.9999", "on_track"),
    ] {
        let said = format!("{{date: 2026-07-02, values: {{kr1: {value}}}}}");
        check(&[("{start: 0, target: 10}", &[&said], day, json!({"status": want}))]);
    }
}

#[test]
fn after_the_last_day_a_goal_has_a_score() {
    for (head, value, want) in [
        ("", "7", "achieved"),
        ("", "6.9", "progressed"),
        ("", "4", "progressed"),
        ("", "3.9", "missed"),
        ("commitment: committed\n", "10", "achieved"),
        ("commitment: committed\n", "9.9", "progressed"),
        ("commitment: committed\n", "7", "progressed"),
        ("commitment: committed\n", "6.9", "missed"),
    ] {
        let said = format!("{{date: 2026-07-11, values: {{kr1: {value}}}}}");
        let document = one(head, &["{start: 0, target: 10}"], &[&said]).on("2026-07-12");
        let score: f64 = value.parse::<f64>().expect("a number") / 10.0;
        same(goal(&document, "a/kr1"), &json!({"status": want, "score": score}), value);
        same(goal(&document, "a"), &json!({"status": want, "score": score}), value);
    }
}

#[test]
fn an_owners_score_counts_from_the_last_day_on_and_the_newest_wins() {
    let metric = "{start: 0, target: 10}";
    let rows: [(&[&str], &str, Value); 6] = [
        (
            &["{date: 2026-07-11, values: {kr1: 4}, score: {kr1: 0.7}}"],
            "2026-07-12",
            json!({"score": 0.7, "progress": 0.4, "status": "achieved"}),
        ),
        // Written on the last day, it waits for the next
        (&["{date: 2026-07-11, values: {kr1: 4}, score: {kr1: 0.7}}"], "2026-07-11", json!({"score": null})),
        // Too early to be a closing check-in
        (&["{date: 2026-07-10, values: {kr1: 4}, score: {kr1: 0.7}}"], "2026-07-12", json!({"score": 0.4})),
        (
            &["{date: 2026-07-11, score: {kr1: 0.7}}", "{date: 2026-07-13, score: {kr1: 70%}}", "{date: 2026-07-12, score: {kr1: 0.2}}"],
            "2026-07-20",
            json!({"score": 0.7}),
        ),
        // Not known yet
        (&["{date: 2026-07-13, score: {kr1: 0.7}}"], "2026-07-12", json!({"score": 0})),
        // No value and no score: 0
        (&[], "2026-07-12", json!({"score": 0, "status": "missed", "raw_progress": null})),
    ];
    for (check_ins, day, want) in rows {
        check(&[(metric, check_ins, day, want)]);
    }
    // (0.7 × 2 + 0.4 × 1) / 3 = 0.6; its progress stays (0.4 × 2 + 0.4) / 3
    let document =
        one("", &["{start: 0, target: 10, weight: 2}", metric], &["{date: 2026-07-11, values: {kr1: 4, kr2: 4}, score: {kr1: 0.7}}"])
            .on("2026-07-12");
    same(goal(&document, "a"), &json!({"score": 0.6, "progress": 0.4, "status": "progressed"}), "an objective");
}

#[test]
fn a_closing_check_in_for_several_objectives_may_hold_nothing_but_scores() {
    let company = company(&[
        ("objectives/a.md", objective("", &["{start: 0, target: 10}"], &[]).as_str()),
        ("objectives/b.md", objective("", &["{start: 0, target: 10}"], &[]).as_str()),
        ("check-ins/2026-07-12.md", "---\nscore: {a/kr1: 0.7, b/kr1: 0.5}\n---\nWhy.\n"),
    ]);
    let document = company.on("2026-07-13");
    assert_eq!(document["findings"], json!([]));
    same(goal(&document, "a"), &json!({"score": 0.7, "last_check_in": "2026-07-12"}), "a");
    same(goal(&document, "b"), &json!({"score": 0.5}), "b");
}

#[test]
fn an_objective_is_the_weighted_mean_of_its_key_results() {
    let half = "{date: 2026-07-02, values: {kr1: 5, kr2: 2}}";
    for (key_results, want) in [
        // (0.5 × 2 + 0.2 × 1) / 3 = 0.4
        (["{start: 0, target: 10, weight: 2}", "{start: 0, target: 10}"], json!({"progress": 0.4, "expected": 0.5})),
        // Shares in per cent: 0.5 × 0.25 + 0.2 × 0.75
        (["{start: 0, target: 10, weight: 25%}", "{start: 0, target: 10, weight: 75%}"], json!({"progress": 0.275})),
        (["{start: 0, target: 10, weight: 0}", "{start: 0, target: 10}"], json!({"progress": 0.2})),
        (
            ["{start: 0, target: 10, weight: 0}", "{start: 0, target: 10, weight: 0}"],
            json!({"progress": null, "expected": null, "status": "no_data"}),
        ),
        // Cancelled: kept on the page, left out of the mean
        (["{start: 0, target: 10, status: cancelled}", "{start: 0, target: 10}"], json!({"progress": 0.2, "expected": 0.5})),
        (
            ["{start: 0, target: 10, status: cancelled}", "{start: 0, target: 10, status: cancelled}"],
            json!({"progress": null, "expected": null, "status": "no_data"}),
        ),
        // A metric without a value is 0 in the mean: (0.5 + 0) / 2
        (["{start: 0, target: 10}", "{start: 0, target: 10, id: other}"], json!({"progress": 0.25})),
        // Clamped first: 5 of 4 is 1, so (1 + 0.2) / 2
        (["{start: 0, target: 4}", "{start: 0, target: 10}"], json!({"progress": 0.6})),
    ] {
        let said = if key_results[1].contains("other") { "{date: 2026-07-02, values: {kr1: 5}}" } else { half };
        let document = one("", &key_results, &[said]).on("2026-07-06");
        same(goal(&document, "a"), &want, &key_results.join(" "));
    }
    let document = one("", &["{start: 0, target: 10, status: cancelled}", "{start: 0, target: 10}"], &[half]).on("2026-07-20");
    same(goal(&document, "a/kr1"), &json!({"status": "cancelled", "progress": 0.5, "score": null}), "a cancelled one keeps its figures");
    same(goal(&document, "a"), &json!({"score": 0.2}), "and leaves the score alone");
    let document =
        one("status: draft\n", &["{start: 0, target: 10, status: cancelled}", "{start: 0, target: 10}"], &[half]).on("2026-07-06");
    same(goal(&document, "a/kr1"), &json!({"status": "cancelled"}), "cancelled comes before draft");
    same(goal(&document, "a/kr2"), &json!({"status": "draft"}), "draft");
}

#[test]
fn an_objective_is_never_better_than_its_worst_news() {
    let metric = "{start: 0, target: 10, weight: 20}";
    for (key_results, said, want) in [
        // 20/21 done, the other off track: at risk all the same
        ([metric, "{start: 0, target: 10}"], "{kr1: 10, kr2: 0}", "at_risk"),
        ([metric, "{start: 0, target: 10}"], "{kr1: 10, kr2: 10}", "done"),
        // A hold is never done, nor what has one
        ([metric, "{at_least: 1}"], "{kr1: 10, kr2: 1}", "on_track"),
        ([metric, "{at_least: 1}"], "{kr1: 10, kr2: 0}", "at_risk"),
        ([metric, "{at_least: 1, status: cancelled}"], "{kr1: 10, kr2: 0}", "done"),
        // Far behind is far behind
        ([metric, "{at_least: 1}"], "{kr1: 0, kr2: 0}", "off_track"),
    ] {
        let document = one("", &key_results, &[&format!("{{date: 2026-07-02, values: {said}}}")]).on("2026-07-06");
        same(goal(&document, "a"), &json!({"status": want}), &format!("{key_results:?} {said}"));
    }
}

#[test]
fn cancelled_objectives_and_drafts_are_left_out_of_every_mean() {
    let metric = ["{start: 0, target: 10}"];
    let said = |value: &str| format!("{{date: 2026-07-02, values: {{kr1: {value}}}}}");
    let company = company(&[
        ("objectives/a.md", objective("department: d\nweight: 3\n", &metric, &[&said("2")])),
        ("objectives/b.md", objective("department: d\n", &metric, &[&said("6")])),
        ("objectives/c.md", objective("department: d\nstatus: draft\n", &metric, &[&said("10")])),
        ("objectives/d.md", objective("department: d\nstatus: cancelled\n", &metric, &[&said("10")])),
        ("objectives/e.md", objective("department: d\ncancelled: {on: 2026-07-08, why: Hết tiền}\n", &metric, &[&said("10")])),
        ("objectives/f.md", objective("department: other\n", &metric, &[&said("10")])),
    ]);
    let document = company.on("2026-07-06");
    // Until the 8th e counts: (0.2 × 3 + 0.6 + 1) / 5 = 0.44
    let department = by_id(&document["departments"], "d");
    same(&department["periods"], &json!([{"id": TENTHS, "progress": 0.44, "expected": 0.5}]), "the department");
    // … and with f: (2.2 + 1) / 6
    same(&document["periods"], &json!([{"progress": 3.2 / 6.0}]), "the period");
    same(goal(&document, "e"), &json!({"status": "done", "cancelled": null}), "not cancelled yet");
    same(goal(&document, "c"), &json!({"status": "draft", "score": null, "stale": false}), "a draft");
    same(goal(&document, "d"), &json!({"status": "cancelled", "progress": 1, "cancelled": {"on": null, "why": null}}), "cancelled");

    let document = company.on("2026-07-08");
    // (0.2 × 3 + 0.6) / 4 = 0.3
    same(&by_id(&document["departments"], "d")["periods"], &json!([{"progress": 0.3}]), "once e is cancelled");
    same(goal(&document, "e"), &json!({"status": "cancelled", "cancelled": {"on": "2026-07-08", "why": "Hết tiền"}, "score": null}), "e");

    // With drafts: (0.6 + 0.6 + 1 + 1) / 6
    let document = company.seen("2026-07-06", Eyes { drafts: Drafts::Included, ..OWN });
    same(&by_id(&document["departments"], "d")["periods"], &json!([{"progress": 3.2 / 6.0}]), "with drafts");
}

#[test]
fn a_period_with_cancelled_objectives_only_stays_in_the_lists() {
    let document = one("department: d\nstatus: cancelled\n", &["{start: 0, target: 1}"], &[]).on("2026-07-06");
    same(&document["periods"], &json!([{"id": TENTHS, "progress": null, "expected": null}]), "periods");
    let want = json!([{"id": TENTHS, "progress": null, "status_counts": {"no_data": 0, "cancelled": 0}}]);
    same(&by_id(&document["departments"], "d")["periods"], &want, "departments");
}

#[test]
fn a_period_is_the_mean_of_exactly_its_own_objectives() {
    let text = |period: &str, value: u8| {
        format!(
            "---\nperiod: {period}\ndepartment: d\nkey_results: [{{start: 0, target: 10}}]\ncheck_ins: [{{date: 2026-07-02, values: {{kr1: {value}}}}}]\n---\n"
        )
    };
    let company = company(&[
        ("objectives/year.md", text("2026", 1)),
        ("objectives/half.md", text("2026-H2", 2)),
        ("objectives/quarter.md", text("2026-Q3", 4)),
        ("objectives/quarter-2.md", text("Quý 3/2026", 6)),
        ("objectives/month.md", text("2026-07", 10)),
    ]);
    let document = company.on("2026-07-06");
    // By first day, of one first day the shorter first.
    let want = json!([{"id": "2026", "progress": 0.1}, {"id": "2026-07", "progress": 1}, {"id": "2026-Q3", "progress": 0.5},
                      {"id": "2026-H2", "progress": 0.2}]);
    same(&document["periods"], &want, "periods");
    same(&by_id(&document["departments"], "d")["periods"], &want, "the department's periods");
}

#[test]
fn a_forecast_is_theil_sen_from_three_days_on() {
    // The data that Sen (1968) works with, as remembered: the median slope is 4, which can be checked by hand here.
    let points = [(1.0, 9.0), (2.0, 15.0), (3.0, 19.0), (4.0, 20.0), (10.0, 45.0), (12.0, 55.0), (18.0, 78.0)];
    let at = |x: f64| theil_sen(&points, x).expect("slopes").0;
    assert!((at(1.0) - at(0.0) - 4.0).abs() < 1e-9);
    // y − 4x: 5 7 7 4 5 7 6, the median 6
    assert!((at(0.0) - 6.0).abs() < 1e-9);

    let metric = "{start: 0, target: 100}";
    let day = |day: u8, value: &str| format!("{{date: 2026-07-{day:02}, values: {{kr1: {value}}}}}");
    let said: Vec<String> = vec![day(2, "1"), day(3, "2"), day(4, "9")];
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    check(&[
        (metric, &said[..2], "2026-07-06", json!({"forecast": null})),
        // Points (0,0) (1,1) (2,2) (3,9); slopes 1 1 1 3 4 7: quartiles 1, 2, 3.75; intercepts 0, −0.5, −2.5 (see forecast.rs).
        // At day 10: 2 × 10 − 0.5 = 19.5; 10; 37.5 − 2.5 = 35.
        (metric, &said, "2026-07-06", json!({"forecast": {"value": 19.5, "low": 10, "high": 35, "progress": 0.195}})),
        (metric, &said, "2026-07-03", json!({"forecast": null})),
        // Over when the period is
        (metric, &said, "2026-07-12", json!({"forecast": null})),
        ("{at_least: 1}", &said, "2026-07-06", json!({"forecast": null})),
        // Clamped progress, raw value: (4, 40) a day runs past the target
        (
            "{start: 0, target: 20}",
            &["{date: 2026-07-02, values: {kr1: 4}}", "{date: 2026-07-03, values: {kr1: 8}}", "{date: 2026-07-04, values: {kr1: 12}}"],
            "2026-07-06",
            json!({"forecast": {"value": 40, "low": 40, "high": 40, "progress": 1}}),
        ),
        // Three values on one day are one day
        (
            metric,
            &["{date: 2026-07-02, values: {kr1: 4}}", "{date: 2026-07-02, values: {kr1: 8}}", "{date: 2026-07-02, values: {kr1: 12}}"],
            "2026-07-06",
            json!({"forecast": null}),
        ),
    ]);
}

/// A whole quarter, so that a goal can be forgotten.
fn quarter(head: &str, key_results: &str, check_ins: &str) -> String {
    format!("---\nperiod: 2026-Q3\ndepartment: d\n{head}key_results: [{key_results}]\ncheck_ins: [{check_ins}]\n---\n")
}

#[test]
fn a_goal_on_paper_is_two_cadences_without_a_word() {
    let metric = "{start: 0, target: 10}";
    let said = "{date: 2026-07-31, values: {kr1: 1}}";
    let rows = [
        // 31 July + 14 days = 14 August
        ("", "", "2026-08-14", false),
        ("", "", "2026-08-15", true),
        ("check_in_every: 2 weeks\n", "", "2026-08-28", false),
        ("check_in_every: 2 weeks\n", "", "2026-08-29", true),
        // Two calendar months from 31 July: 30 September
        ("check_in_every: month\n", "", "2026-09-30", false),
        ("", "check_in_every: 2 weeks\n", "2026-08-28", false),
        ("", "check_in_every: 2 weeks\n", "2026-08-29", true),
        // The objective's own goes before the department's
        ("check_in_every: week\n", "check_in_every: month\n", "2026-08-15", true),
    ];
    for (own, departments, day, want) in rows {
        let company =
            company(&[("objectives/a.md", quarter(own, metric, said)), ("departments/d.md", format!("---\n{departments}---\n# D\n"))]);
        let document = company.on(day);
        same(goal(&document, "a"), &json!({"stale": want}), &format!("{own} {departments} {day}"));
        same(goal(&document, "a/kr1"), &json!({"stale": want}), &format!("{own} {departments} {day}"));
        assert_eq!(company.findings(day).iter().any(|it| it == "on-paper objectives/a.md:1"), want);
    }
    let whole = company(&[("objectives/a.md", quarter("", metric, "")), ("scorebook.yaml", "check_in_every: month\n".to_owned())]);
    // From the first day: 1 July + two months
    same(goal(&whole.on("2026-09-01"), "a"), &json!({"stale": false}), "the workspace's");
    same(goal(&whole.on("2026-09-02"), "a"), &json!({"stale": true}), "the workspace's");
}

#[test]
fn what_is_over_or_never_began_is_not_stale() {
    let metric = "{start: 0, target: 10}";
    let rows = [
        ("", metric, "{date: 2026-07-02, values: {kr1: 10}}", "2026-09-01", json!({"stale": false, "status": "done"})),
        ("status: cancelled\n", metric, "", "2026-09-01", json!({"stale": false})),
        ("status: draft\n", metric, "", "2026-09-01", json!({"stale": false})),
        ("", metric, "", "2026-06-01", json!({"stale": false})),
        ("", metric, "", "2026-12-01", json!({"stale": false})),
        ("", metric, "", "2026-09-01", json!({"stale": true, "status": "no_data"})),
        // A milestone's `done` is a word
        (
            "",
            "{milestones: [{title: A, done: 2026-08-25}, {title: B}]}",
            "",
            "2026-09-01",
            json!({"stale": false, "last_check_in": "2026-08-25"}),
        ),
        // A word without a value keeps the objective alive
        ("", metric, "{date: 2026-08-25, note: Chưa đo được}", "2026-09-01", json!({"stale": false, "last_check_in": "2026-08-25"})),
    ];
    for (head, key_results, check_ins, day, want) in rows {
        let document = company(&[("objectives/a.md", quarter(head, key_results, check_ins))]).on(day);
        same(goal(&document, "a"), &want, &format!("{head} {key_results} {check_ins}"));
    }
    // … but not its key results, each of which waits for its own value
    let document = company(&[(
        "objectives/a.md",
        quarter("", &[metric, metric].join(", "), "{date: 2026-07-02, values: {kr1: 1}}, {date: 2026-08-25, values: {kr2: 1}}"),
    )])
    .on("2026-09-01");
    same(goal(&document, "a/kr1"), &json!({"stale": true, "last_check_in": "2026-07-02"}), "kr1");
    same(goal(&document, "a/kr2"), &json!({"stale": false, "last_check_in": "2026-08-25"}), "kr2");
    let counts = &by_id(&document["departments"], "d")["periods"][0]["status_counts"];
    same(counts, &json!({"stale": 1, "off_track": 1, "on_track": 0, "at_risk": 0}), "a stale one is counted as stale only");
}

#[test]
fn a_days_value_is_each_key_results_own_and_the_last_by_path() {
    let metric = "{start: 0, target: 10}";
    let check_in = |values: &str| format!("---\ndate: 2026-07-03\nobjective: a\nvalues: {values}\n---\n");
    let company = company(&[
        ("objectives/a.md", objective("", &[metric, metric, metric], &["{date: 2026-07-03, values: {kr1: 9, kr2: 9, kr3: 9}}"])),
        ("check-ins/b.md", check_in("{kr1: 5}")),
        ("check-ins/a.md", check_in("{kr1: 4, kr2: 6}")),
        // No value overrides nothing
        ("check-ins/c.md", check_in("{kr1: TBD, kr2: null, kr3: N/A}")),
    ]);
    let document = company.on("2026-07-06");
    same(goal(&document, "a/kr1"), &json!({"current": 5}), "the last by path");
    same(goal(&document, "a/kr2"), &json!({"current": 6}), "each its own");
    same(goal(&document, "a/kr3"), &json!({"current": 9}), "the objective's file comes first");
    let history = json!([{"date": "2026-07-03", "value": 9}, {"date": "2026-07-03", "value": 4}, {"date": "2026-07-03", "value": 5},
                         {"date": "2026-07-03", "value": null}]);
    same(goal(&document, "a/kr1"), &json!({ "history": history }), "history keeps every entry");
}

#[test]
fn check_ins_outside_the_period_count_at_its_ends() {
    let metric = "{start: 0, target: 10}";
    let early = ["{date: 2026-06-20, values: {kr1: 3}}", "{date: 2026-06-10, values: {kr1: 2}}"];
    let late = ["{date: 2026-07-11, values: {kr1: 7}}", "{date: 2026-07-14, values: {kr1: 9}}", "{date: 2026-07-12, values: {kr1: 8}}"];
    check(&[
        (
            metric,
            &early,
            "2026-07-01",
            json!({"current": 3, "history": [{"date": "2026-06-10"}, {"date": "2026-06-20"}], "last_check_in": "2026-06-20"}),
        ),
        (metric, &late, "2026-07-13", json!({"current": 8, "score": 0.8})),
        (metric, &late, "2026-07-14", json!({"current": 9, "score": 0.9, "last_check_in": "2026-07-14"})),
        // A hold sees one day where two clamped days fall together
        ("{at_least: 3}", &early, "2026-07-01", json!({"progress": 1})),
    ]);
    let company = one("", &[metric], &early);
    assert_eq!(company.findings("2026-07-01"), ["outside-period objectives/a.md:6", "outside-period objectives/a.md:7"]);
}

#[test]
fn one_check_in_may_speak_of_several_objectives() {
    let metric = "{start: 0, target: 10}";
    let company = company(&[
        ("objectives/a.md", objective("", &[metric], &[])),
        ("objectives/b.md", objective("", &[metric, metric], &[])),
        ("check-ins/2026-07-03-both.md", "---\nvalues: {a/kr1: 4, b/kr2: 6}\nconfidence: 6\n---\n".to_owned()),
    ]);
    let document = company.on("2026-07-06");
    same(goal(&document, "a/kr1"), &json!({"current": 4, "confidence": 6}), "a");
    same(goal(&document, "b/kr2"), &json!({"current": 6, "confidence": 6}), "b");
    same(goal(&document, "b/kr1"), &json!({"current": null}), "b/kr1");
    same(
        &document["check_ins"],
        &json!([{"date": "2026-07-03", "objective": null, "confidence": 6, "kpis": [], "author": null,
                 "source": "check-ins/2026-07-03-both.md:1"}]),
        "the list",
    );
}

#[test]
fn confidence_is_a_number_a_word_or_a_map() {
    for (written, first, second) in [
        ("7", json!(7), json!(7)),
        ("7.5", json!(7.5), json!(7.5)),
        ("tốt", json!(8), json!(8)),
        ("ổn", json!(5), json!(5)),
        ("không ổn", json!(2), json!(2)),
        ("Good", json!(8), json!(8)),
        ("bad", json!(2), json!(2)),
        ("{kr1: 3, kr2: ok}", json!(3), json!(5)),
        ("{kr2: 4}", json!(9), json!(4)),
        ("TBD", json!(9), json!(9)),
    ] {
        let newest = format!("{{date: 2026-07-04, confidence: {written}}}");
        let document = one("", &["{start: 0, target: 10}"; 2], &["{date: 2026-07-02, confidence: 9}", &newest]).on("2026-07-06");
        same(goal(&document, "a/kr1"), &json!({"confidence": first, "last_check_in": null, "current": null}), written);
        same(goal(&document, "a/kr2"), &json!({ "confidence": second }), written);
    }
}

#[test]
fn nothing_of_tomorrow_is_known() {
    let company = one("", &["{start: 0, target: 10}"], &["{date: 2026-07-03, values: {kr1: 4}}", "{date: 2026-07-05, values: {kr1: 8}}"]);
    same(goal(&company.on("2026-07-04"), "a/kr1"), &json!({"current": 4, "last_check_in": "2026-07-03"}), "the day before");
    same(&company.on("2026-07-04")["check_ins"], &json!([{"date": "2026-07-03"}]), "the list");
    same(goal(&company.on("2026-07-05"), "a/kr1"), &json!({"current": 8}), "the day itself");
}

#[test]
fn what_cannot_be_measured_counts_as_no_value() {
    let long = "title: Làm tốt hơn\n    target: TBD";
    for key_result in [long, "{title: Làm tốt hơn}", "Làm tốt hơn", "{target: TBD}", "{at_least: TBD}", "{milestones: []}"] {
        let company = one("", &[key_result], &[]);
        let document = company.on("2026-07-06");
        same(goal(&document, "a/kr1"), &json!({"raw_progress": null, "progress": 0, "status": "no_data", "expected": 0.5}), key_result);
        assert_eq!(company.findings("2026-07-06"), ["no-number objectives/a.md:4"], "{key_result}");
    }
}

#[test]
fn a_number_at_the_edge_of_what_fits_stays_a_number() {
    let document = one("", &["{start: -1e308, target: 1e308}"], &["{date: 2026-07-02, values: {kr1: 0}}"]).on("2026-07-06");
    same(goal(&document, "a/kr1"), &json!({"raw_progress": 0.5, "progress": 0.5, "status": "on_track"}), "half of a very long way");
    let bent =
        one("", &["{start: -1e308, target: 1e308, checkpoints: {2026-07-06: 1e308}}"], &["{date: 2026-07-02, values: {kr1: 1e308}}"]);
    same(goal(&bent.on("2026-07-06"), "a/kr1"), &json!({"expected": 1, "status": "done"}), "a checkpoint");
    let small = one("", &["{start: 0, target: 1e-300}"], &["{date: 2026-07-02, values: {kr1: 1e308}}"]).on("2026-07-06");
    same(goal(&small, "a/kr1"), &json!({"progress": 1, "status": "done", "raw_progress": f64::MAX}), "far beyond the target");
}

#[test]
fn home_is_the_period_that_matters_today() {
    let home = |periods: &[&str], day: &str| {
        let texts: Vec<(String, String)> = periods
            .iter()
            .enumerate()
            .map(|(at, period)| (format!("objectives/{at}.md"), format!("---\nperiod: {period}\nkey_results: []\n---\n")))
            .collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (workspace, _) = company(&files).load();
        let scorecard = compute::scorecard(&workspace, parse_day(day).expect("a day"), Drafts::LeftOut);
        scorecard.home().map(|at| scorecard.periods[at].period.to_string())
    };
    let all = ["2026", "2026-H2", "2026-Q3", "2026-08", "2026-08-01..2026-09-15", "2026-Q1"];
    for (periods, day, want) in [
        (all.as_slice(), "2026-08-10", Some("2026-Q3")),
        (&["2026", "2026-H2", "2026-08", "2026-08-01..2026-09-15"], "2026-08-10", Some("2026-08")),
        (&["2026", "2026-H2", "2026-08-01..2026-09-15"], "2026-08-10", Some("2026-H2")),
        (&["2026", "2026-08-01..2026-09-15"], "2026-08-10", Some("2026")),
        // None runs: the latest begun, else the next
        (&["2026-Q1", "2026-Q2", "2027-Q1"], "2026-08-10", Some("2026-Q2")),
        (&["2027-Q2", "2027-Q1"], "2026-08-10", Some("2027-Q1")),
        (&[], "2026-08-10", None),
    ] {
        assert_eq!(home(periods, day).as_deref(), want, "{periods:?}");
    }
}

#[test]
fn a_milestones_own_date_is_when_it_was_done() {
    let head = "---\nperiod: 2026-Q3\nkey_results:\n  - {title: M, milestones: [{title: One, done: 2026-07-29}, {title: Two}]}\n";
    let text = format!("{head}check_ins:\n  - {{date: 2026-07-27, values: {{kr1: {{one: done}}}}}}\n---\n");
    let document = company(&[("objectives/a.md", text)]).on("2026-08-14");
    // The check-in of the 27th said so first; the date that the file names counts as a check-in, too.
    same(goal(&document, "a/kr1"), &json!({"progress": 0.5, "last_check_in": "2026-07-29", "stale": true}), "kr1");
    same(goal(&document, "a"), &json!({"last_check_in": "2026-07-29"}), "a");
}
