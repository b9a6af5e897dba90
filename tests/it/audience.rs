//! What an audience may not see is in no byte of what it gets: the site, its data, the export.

use std::collections::BTreeMap;

use scorebook::{
    compute::{self, Drafts},
    lint::{self, DayFrom, Look},
    model::{Visibility, parse_day},
    route::Routes,
    site::{self, File, Half, Plan},
    words::Words,
};
use serde_json::json;

use crate::given::{Company, Eyes, OWN, company, same};

/// Every byte that an audience gets of a company: names and contents of its site's files, and the JSON.
fn given_to(company: &Company, audience: Visibility) -> BTreeMap<String, String> {
    let (workspace, findings) = company.load();
    let (workspace, mut findings) = compute::for_audience(workspace, findings, audience);
    let scorecard = compute::scorecard(&workspace, parse_day("2026-09-10").expect("a day"), Drafts::LeftOut);
    let lint::Found { findings: found, kept } = lint::run(Look { workspace: &workspace, scorecard: &scorecard, day: DayFrom::Given });
    findings.extend(found);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    let words = Words::load("en", workspace.config.calendar).expect("English is built in");
    let halves = [Half { words, routes: Routes::own() }];
    let plan = Plan {
        workspace: &workspace,
        scorecard: &scorecard,
        findings: &findings,
        kept: &kept,
        quotes: &BTreeMap::new(),
        halves: &halves,
        theme: &scorebook::theme::Theme::default(),
        version: "test",
    };
    let site = site::in_memory(&plan).expect("the theme's templates are right");
    let text = |file: File| match file {
        File::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        other => format!("{other:?}"),
    };
    let mut all: BTreeMap<String, String> = site.into_iter().map(|(path, file)| (path, text(file))).collect();
    all.insert("the export".to_owned(), company.document("2026-09-10", Eyes { audience, ..OWN }));
    all
}

/// No secret is in any of it; that there is something at all shows that the search looks where it should.
fn hides(company: &Company, audience: Visibility, secrets: &[&str], open: &[&str]) {
    let given = given_to(company, audience);
    for (path, text) in &given {
        for secret in secrets {
            assert!(!path.contains(secret), "{secret} is in the name {path} ({audience:?})");
            if let Some(at) = text.find(secret) {
                let from = text[..at].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
                panic!("{secret} is in {path} ({audience:?}): …{}", &text[from..at + secret.len()]);
            }
        }
    }
    for wanted in open {
        assert!(given.values().any(|text| text.contains(wanted)), "{wanted} is nowhere ({audience:?})");
    }
}

const SALARY: (&str, &str) =
    ("kpis/salary.md", "---\nvisibility: restricted\nowner: lan\ntarget: 9\nvalues: {2026-07: 4}\n---\n# Zsalary\n");

/// A public objective one of whose key results a hidden KPI measures, and a check-in.
fn with_check_in(files: &[(&str, &str)], check_in: &str) -> Company {
    let goal = "---\nvisibility: public\nperiod: 2026-Q3\nkey_results:\n  - {id: h, title: Hush, kpi: salary, target: 9}\n  - {id: a, title: Open first, start: 0, target: 9}\n  - {id: b, title: Open second, start: 0, target: 9}\n---\n# Goal\n";
    let mut all = vec![("objectives/o.md", goal), ("check-ins/2026-07-20.md", check_in)];
    all.extend(files);
    company(&all)
}

const SAID: &str = "finished: [Zfinished]\nlearned: [Zlearned]\ndecision: Zdecided\nnext: [Znext]\n---\nZtext.\n";
const ALL_THAT_IS_SAID: [&str; 5] = ["Zfinished", "Zlearned", "Zdecided", "Znext", "Ztext"];

#[test]
fn a_check_in_that_names_what_is_hidden_says_nothing() {
    let merger = (
        "objectives/merger.md",
        "---\nvisibility: restricted\nperiod: 2026-Q3\nkey_results: [{id: merger-with-acm, title: Zmerger, start: 0, target: 9}, {title: K, start: 0, target: 9}]\n---\n# Zmerger\n",
    );
    let broken = ("kpis/broken.md", "---\nvisibility: restricted\ntarget: [\n---\n# Zbroken\n");
    for said in [
        // How sure somebody is of one tells of it …
        "objective: o\nvalues: {a: 2}\nconfidence: {h: 2, a: 7}",
        // … a value that could not be read does, too …
        "objective: o\nvalues: {a: 2}\nkpis: {salary: 4x2}",
        "objective: o\nvalues: {a: 2}\nkpis: {salary: {2026-Q3: 4}}",
        "objective: o\nvalues: {a: 2}\nkpis: {broken: 433}",
        "objective: o\nvalues: {a: 2}\nkpis: {salery: 5}",
        "objective: o\nvalues: {a: 2, h: 431}",
        "values: {o/a: 2, merger/merger-with-acm: 4x2}",
        "values: {o/a: 2, merger/merger-with-acn: 4}",
        "values: {o/a: 2, mergre/merger-with-acm: 4}",
        "objective: o\nvalues: {a: 2}\nscore: {h: 0.5x}",
        // … and nothing is left of one that speaks of nothing else.
        "kpis: {salery: 5}",
        "objective: mergr\nvalues: {merger-with-acm: 5}",
    ] {
        let text = format!("---\n{said}\n{SAID}");
        let company = with_check_in(&[SALARY, merger, broken], &text);
        hides(&company, Visibility::Public, &ALL_THAT_IS_SAID, &["Open first"]);
        hides(&company, Visibility::Internal, &ALL_THAT_IS_SAID, &["Open first"]);
        let restricted = given_to(&company, Visibility::Restricted);
        assert!(
            said.starts_with("objective: mergr") || said == "kpis: {salery: 5}" || restricted.values().any(|it| it.contains("Ztext")),
            "{said}"
        );
    }
}

#[test]
fn a_check_in_on_open_goals_speaks() {
    for said in [
        // One confidence for all is that of what may be seen.
        "objective: o\nvalues: {a: 2}\nconfidence: 6",
        "objective: o\nvalues: {a: 2}\nconfidence: {a: 6}",
    ] {
        let company = with_check_in(&[SALARY], &format!("---\n{said}\n{SAID}"));
        hides(&company, Visibility::Public, &["Hush", "Zsalary"], &["Ztext", "Zdecided"]);
    }
    // Where nothing is hidden, a slip of the pen takes no text away.
    let company = company(&[
        (
            "objectives/o.md",
            "---\nvisibility: public\nperiod: 2026-Q3\nkey_results: [{id: a, title: Open, start: 0, target: 9}]\n---\n# Goal\n",
        ),
        ("check-ins/2026-07-20.md", "---\nobjective: o\nvalues: {a: 2, c: 3}\n---\nZtext.\n"),
    ]);
    hides(&company, Visibility::Public, &[], &["Ztext"]);
}

#[test]
fn a_key_result_that_a_lost_kpi_measures_may_be_hidden() {
    let goal = |kpi: &str| {
        format!(
            "---\nvisibility: public\nperiod: 2026-Q3\nkey_results:\n  - {{id: h, title: Zhush, kpi: {kpi}, target: 9}}\n  - {{id: a, title: Open, start: 0, target: 9}}\n---\n# Goal\n"
        )
    };
    let broken = ("kpis/salary.md", "---\nvisibility: restricted\ntarget: [\n---\n# Zbroken\n".to_owned());
    for kpi in ["salary", "salery"] {
        let company = company(&[broken.clone(), ("objectives/o.md", goal(kpi))]);
        hides(&company, Visibility::Public, &["Zhush", "Zbroken", "salary", "salery"], &["Open"]);
    }
}

#[test]
fn findings_name_nothing_that_is_hidden() {
    let merger = (
        "objectives/merger.md",
        "---\nvisibility: restricted\nperiod: 2026-Q3\nkey_results: [{id: zbuy, title: Buy, start: 0, target: 9}]\n---\n# Zmerger\n",
    );
    let goal = |head: &str| {
        format!(
            "---\nvisibility: public\nperiod: 2026-Q3\n{head}\nkey_results: [{{id: a, title: Open, start: 0, target: 9}}]\n---\n# Goal\n"
        )
    };
    let kpi = |head: &str| format!("---\nvisibility: public\n{head}\n---\n# Calls\n");
    for (files, secrets) in [
        (vec![("objectives/o.md", goal("parent: mergre"))], &["merger", "mergre"][..]),
        (vec![("objectives/o.md", goal("parent: merger/zby"))], &["zbuy", "zby", "merger"]),
        (vec![("objectives/o.md", goal("continues: mergerr"))], &["merger"]),
        (vec![("kpis/calls.md", kpi("supports: [merge]"))], &["merge"]),
        (vec![("objectives/o.md", goal("").replace("start: 0, target: 9", "kpi: salery, target: 9"))], &["salary", "salery"]),
        (
            vec![
                ("data/zpay.csv", "m,zcolumn\n2026-07,5\n".to_owned()),
                (
                    "kpis/pay.md",
                    "---\nvisibility: restricted\ndata: {file: data/zpay.csv, period: m, value: zcolumn}\n---\n# Pay\n".to_owned(),
                ),
                ("kpis/calls.md", kpi("data: {file: data/zpay.csv, period: m, value: column}")),
            ],
            &["zcolumn"],
        ),
        (
            vec![
                ("data/zpay.csv", "m,zcolumn\n2026-07,5\n".to_owned()),
                (
                    "kpis/pay.md",
                    "---\nvisibility: restricted\ndata: {file: data/zpay.csv, period: m, value: zcolumn}\n---\n# Pay\n".to_owned(),
                ),
                ("kpis/calls.md", kpi("data: {file: data/pay.csv, period: m, value: v}")),
            ],
            &["zpay"],
        ),
    ] {
        let mut all = vec![(SALARY.0, SALARY.1.to_owned()), (merger.0, merger.1.to_owned())];
        all.extend(files.clone());
        hides(&company(&all), Visibility::Public, secrets, &[]);
        let shown = company(&all).document("2026-09-10", Eyes { audience: Visibility::Restricted, ..OWN });
        assert!(shown.contains("unknown-reference"), "its own people are told: {files:?}");
    }
}

#[test]
fn the_public_is_told_of_nobody() {
    let settings = "people: {zlan: Zlan, zminh: Zminh, zminh: Zminh}\nvisibility_defaults: {kpi: public, objective: public}\n".to_owned();
    let all = [
        ("scorebook.yaml", settings),
        // On Zlan's sheet percent stand beside plain weights.
        ("kpis/a.md", "---\nowner: zlan\nweight: 30%\ntarget: 5\nvalues: {2026-07: 4}\n---\n# A\n".to_owned()),
        ("kpis/b.md", "---\nowner: zlan\nweight: 2\ntarget: 5\nvalues: {2026-07: 4}\n---\n# B\n".to_owned()),
        ("kpis/c.md", "---\nowner: zln\ntarget: 5\nvalues: {2026-07: 4}\n---\n# C\n".to_owned()),
        (
            "kpis/d.md",
            "---\nassigned: {zlan: {target: 5}}\nvalues: {2026-07: {zminh: 4, zlan: 5}, 2026-08: {zlan: 4x}, 2026-06: {zlan: 4, zlan: 5}}\n---\n# D\n".to_owned(),
        ),
        ("people/zboss.md", "---\nrole: chief\nzcolour: red\n---\n# Zboss\n".to_owned()),
        ("pages/p.md", "---\nvisibility: public\n---\n# P\n[the boss](../people/zboss.md)\n".to_owned()),
    ];
    let company = company(&all);
    hides(&company, Visibility::Public, &["zlan", "Zlan", "zminh", "zln", "zcolour", "Zboss"], &["schema_version"]);
    let public = company.seen("2026-09-10", Eyes { audience: Visibility::Public, ..OWN });
    let found = public["findings"].as_array().expect("a list");
    assert!(found.iter().all(|it| it["code"] == "unused-kpi"), "a link to somebody is no mistake: {found:#?}");
    let internal = company.document("2026-09-10", OWN);
    assert!(internal.contains("those it is assigned to are `zlan`") && internal.contains("unknown-key"), "{internal}");
}

#[test]
fn the_strictest_of_all_that_is_written_holds() {
    let kpi = |head: &str| format!("---\n{head}\ntarget: 5\nvalues: {{2026-07: 4}}\nzcolour: red\n---\n# Zsecret\n");
    for head in [
        "visibility: restricted\nvisibility: internal",
        "visibility: internal\nvisibility: restricted",
        "pay_linked: true\npay_linked: false",
        "pay_linked: false\npay_linked: true",
        // What is almost the key hides, too.
        "pay-linked: true",
        "Pay_linked: true",
        "pay linked: yes",
        "paylinked: true",
        "pay_linkd: true",
        "visiblity: restricted",
        "Visibility: restricted",
        "visibilty: restrictd",
    ] {
        let company = company(&[("kpis/k.md", kpi(head))]);
        hides(&company, Visibility::Internal, &["Zsecret", "zcolour", "k.md"], &["schema_version"]);
        // Also where nothing could be read of it.
        let broken = kpi(head).replace("target: 5", "target: [");
        hides(&company_of(&broken), Visibility::Internal, &["Zsecret", "k.md"], &["schema_version"]);
    }
    for head in
        ["visiblity: internal", "pay-linked: false", "pay_linked: false", "pay_linked: không", "pay_linked: Chưa # ký", "visiblity: public"]
    {
        let document = company(&[("kpis/k.md", kpi(head))]).document("2026-09-10", OWN);
        assert!(document.contains("Zsecret") && document.contains("zcolour"), "{head}");
        // A slip of the pen can hide and never show.
        let document = company(&[("kpis/k.md", kpi(head))]).document("2026-09-10", Eyes { audience: Visibility::Public, ..OWN });
        assert!(!document.contains("Zsecret"), "{head}");
    }
}

fn company_of(kpi: &str) -> Company {
    company(&[("kpis/k.md", kpi)])
}

#[test]
fn whom_only_something_hidden_names_is_not_named() {
    let goal = |who: &str, head: &str| {
        format!(
            "---\n{head}period: 2026-Q3\nowner: {who}\ndepartment: of-{who}\nkey_results: [{{id: a, title: Open, start: 0, target: 9}}]\ninitiatives: [{{title: Work, who: help-{who}}}]\n---\n# Goal\n"
        )
    };
    let company = company(&[
        ("objectives/open.md", goal("lan", "")),
        ("objectives/own.md", goal("zboss", "visibility: restricted\n")),
        ("check-ins/2026-07-20.md", "---\nauthor: minh\nobjective: open\nvalues: {a: 1}\n---\n".to_owned()),
    ]);
    hides(&company, Visibility::Internal, &["zboss"], &["of-lan", "help-lan", "minh"]);
    hides(&company, Visibility::Restricted, &[], &["of-zboss", "help-zboss"]);
}

#[test]
fn the_sheet_of_one_quotes_no_other() {
    let company = company(&[
        ("scorebook.yaml", "people: {lan: Lan, minh: Minh}\nvisibility_defaults: {person_sheet: internal}\nlints: {unused-kpi: off}\n"),
        ("kpis/calls.md", "---\nassigned: {lan: {target: 5}, minh: {target: 6}}\naggregate: sum\n---\n# Calls\n"),
        ("check-ins/2026-08-20.md", "---\nauthor: lan\nkpis: {calls: 4}\n---\nZlan had a cold.\n"),
        ("check-ins/2026-08-21.md", "---\nauthor: minh\nkpis: {calls: 7}\n---\nZminh had luck.\n"),
    ]);
    let sheets = |person: &str| {
        let given = given_to(&company, Visibility::Internal);
        given.iter().filter(|(path, _)| path.contains(&format!("people/{person}"))).map(|(_, text)| text.as_str()).collect::<String>()
    };
    assert!(sheets("lan").contains("Zlan had a cold") && !sheets("lan").contains("Zminh had luck"), "{}", sheets("lan"));
    assert!(sheets("minh").contains("Zminh had luck") && !sheets("minh").contains("Zlan had a cold"));
}

#[test]
fn the_figures_of_shared_kpis_are_the_publics_too() {
    // In one KPI Lan is the second, in the other the first: a name of one is no name of the other's.
    let company = company(&[
        ("kpis/a.md", "---\nvisibility: public\naggregate: sum\nassigned: {an: {target: 9}, lan: {target: 9}}\n---\n# A\n"),
        ("kpis/b.md", "---\nvisibility: public\naggregate: sum\nassigned: {lan: {target: 9}, minh: {target: 9}}\n---\n# B\n"),
        ("check-ins/2026-07-20.md", "---\nkpis: {a: {2026-07: {an: 10, lan: 20}}, b: {2026-07: {lan: 1, minh: 2}}}\n---\n"),
    ]);
    for audience in [Visibility::Public, Visibility::Internal] {
        let seen = company.seen("2026-09-10", Eyes { audience, ..OWN });
        // 10 + 20; 1 + 2
        same(&seen["kpis"], &json!([{"id": "a", "current": {"value": 30}}, {"id": "b", "current": {"value": 3}}]), "shares");
    }
    hides(&company, Visibility::Public, &["minh"], &["schema_version"]);
}

#[test]
fn a_value_that_several_owe_is_owed_once_where_nobody_is_named() {
    let company = company(&[
        ("scorebook.yaml", "people: {zlan: Zlan, zminh: Zminh}\n"),
        ("kpis/a.md", "---\nvisibility: public\naggregate: sum\nassigned: {zlan: {target: 9}, zminh: {target: 9}}\n---\n# Calls\n"),
        ("check-ins/2026-07-20.md", "---\nkpis: {a: {2026-07: {zlan: 10, zminh: 20}}}\n---\n"),
    ]);
    let events = |audience| -> Vec<String> {
        let given = given_to(&company, audience);
        assert!(!given.values().any(|it| it.contains("share-")), "a name that we made up is nobody's ({audience:?})");
        given["calendar.ics"].lines().filter_map(|it| it.strip_prefix("SUMMARY:")).map(str::to_owned).collect()
    };
    assert_eq!(
        events(Visibility::Internal),
        ["Zlan: Enter the value of August 2026 (Calls)", "Zminh: Enter the value of August 2026 (Calls)"]
    );
    assert_eq!(events(Visibility::Public), ["Nobody is named: Enter the value of August 2026 (Calls)"]);
}

#[test]
fn nothing_is_missing_that_is_only_hidden() {
    let settings = "lints: {no-baseline: off}\n";
    let company = company(&[
        ("scorebook.yaml", settings),
        (
            "objectives/o.md",
            "---\nvisibility: public\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {id: h, title: Hush, kpi: salary, target: 99}\n  - {id: a, title: Keep 9 of 10, at_least: 9}\n---\n# Goal\n",
        ),
        (
            "objectives/secret.md",
            "---\nvisibility: restricted\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {id: h, title: Hush, kpi: measured, target: 99}\n  - {id: a, title: Reach 10, start: 1, target: 10}\n---\n# Secret\n",
        ),
        SALARY,
        (
            "kpis/serving.md",
            "---\nvisibility: public\nowner: lan\ntarget: 9\nsupports: secret\nvalues: {2026-07: 4, 2026-08: 5}\n---\n# Serving\n",
        ),
        ("kpis/measured.md", "---\nvisibility: public\nowner: lan\ntarget: 9\nvalues: {2026-07: 4, 2026-08: 5}\n---\n# Measuring\n"),
        ("kpis/unused.md", "---\nvisibility: public\ntarget: 9\nvalues: {2026-07: 4, 2026-08: 5}\n---\n# Unused\n"),
        ("check-ins/2026-09-01.md", "---\nobjective: o\nvalues: {a: 9}\n---\n"),
    ]);
    for audience in [Visibility::Public, Visibility::Internal] {
        let seen = company.seen("2026-09-02", Eyes { audience, ..OWN });
        let found: Vec<String> = seen["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| format!("{} {}", it["code"].as_str().unwrap_or_default(), it["file"].as_str().unwrap_or_default()))
            .collect();
        assert_eq!(found, ["no-owner kpis/unused.md", "unused-kpi kpis/unused.md"], "{audience:?}");
        let page = &given_to(&company, audience)["kpis/index.html"];
        assert_eq!(page.matches("Serves no objective yet").count(), 1, "{page}");
    }
}

#[test]
fn work_and_reasons_tell_of_nothing_hidden() {
    let goal = "---\nvisibility: public\nperiod: 2026-Q3\nallow: {no-baseline: Zreason, task-like: Zreason}\nkey_results:\n  - {id: h, title: Hush, kpi: salary, target: 9}\n  - {id: a, title: Open, target: 9}\ninitiatives:\n  - {title: Zwork, for: h}\n  - {title: Zslip, for: hh}\n  - {title: Open work, for: a}\n---\n# Goal\n";
    let company = company(&[("objectives/o.md", goal), SALARY]);
    hides(&company, Visibility::Public, &["Zreason", "Zwork", "Zslip", "Hush"], &["Open work"]);
    hides(&company, Visibility::Restricted, &[], &["Zreason", "Zwork", "Zslip", "Hush"]);
}
