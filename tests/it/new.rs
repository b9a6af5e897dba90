//! `new` with every answer as a flag: a file at the right place that the program reads without a finding.

use std::{fs, path::Path};

use crate::shell::run;

fn made(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_company_is_written_down_without_a_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("scorebook.yaml"), "language: vi\nstarted: 2026-08-10\n").expect("it is written");
    let steps: &[&[&str]] = &[
        &["new", "department", "ban-hang", "--name", "Bán hàng: chợ"],
        &["new", "person", "lan", "--name", "Nguyễn Thị Lan", "--department", "Bán hàng: chợ", "--role", "Trưởng phòng"],
        &[
            "new",
            "objective",
            "--title",
            "Khách quay lại vì thích",
            "--department",
            "ban-hang",
            "--owner",
            "Nguyễn Thị Lan",
            "--key-result",
            "Quay lại trong 60 ngày; 28 -> 36; %",
            "--key-result",
            "Đơn bình quân; 1,2 triệu -> 1,6 triệu; VND",
            "--key-result",
            "Thẻ thành viên; steps: vẽ, thử, mở",
            "--why",
            "Khách cũ nuôi quán.",
        ],
        &[
            "new",
            "kpi",
            "doanh-thu",
            "--title",
            "Doanh thu",
            "--department",
            "ban-hang",
            "--owner",
            "lan",
            "--unit",
            "VND",
            "--target",
            "450 triệu",
            "--weight",
            "40%",
            "--supports",
            "khach-quay-lai-vi-thich",
        ],
        &[
            "new",
            "kpi",
            "gia-von",
            "--title",
            "Giá vốn",
            "--owner",
            "lan",
            "--department",
            "ban-hang",
            "--unit",
            "%",
            "--better",
            "within",
            "--target",
            "28",
            "--target",
            "32,5",
            "--weight",
            "60%",
            "--supports",
            "khach-quay-lai-vi-thich",
        ],
        &[
            "new",
            "check-in",
            "khach-quay-lai-vi-thich",
            "--value",
            "kr1=30",
            "--value",
            "kr2=1,3 triệu",
            "--value",
            "kr3=vẽ, thử",
            "--kpi",
            "doanh-thu@2026-07=430 triệu",
            "--confidence",
            "7",
            "--finished",
            "Bảng giá",
            "--blocked",
            "Kho quá tải, thiếu người",
            "--decision",
            "Dừng đợt giảm giá",
            "--next",
            "Gọi nhà cung cấp; lan; 2026-08-20",
            "--note",
            "Tuần đông.",
        ],
    ];
    for step in steps {
        let (code, out, err) = run(step, root);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{step:?}: {out}");
    }
    let goal = made(root, "objectives/2026-q3/ban-hang/khach-quay-lai-vi-thich.md");
    for line in ["period: 2026-Q3", "owner: lan", "start: \"1,2 triệu\"", "target: 36\n", "      - title: thử"] {
        assert!(goal.contains(line), "{line}\n{goal}");
    }
    assert!(made(root, "kpis/ban-hang/gia-von.md").contains("target: [28, \"32,5\"]"));
    let word = made(root, "check-ins/2026-q3/2026-08-14-khach-quay-lai-vi-thich.md");
    for line in [
        "kr2: \"1,3 triệu\"",
        "kr3: {ve: done, thu: done}",
        "doanh-thu: {2026-07: \"430 triệu\"}",
        "blocked: [\"Kho quá tải, thiếu người\"]",
    ] {
        assert!(word.contains(line), "{line}\n{word}");
    }
    let (code, out, err) = run(&["check", "--format", "short"], root);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    let (_, figures, _) = run(&["export", "--audience", "restricted"], root);
    let figures: serde_json::Value = serde_json::from_str(&figures).expect("JSON");
    assert_eq!(figures["objectives"][0]["key_results"][1]["current"], 1_300_000.0);
    assert_eq!(figures["objectives"][0]["key_results"][0]["progress"], 0.25);
    assert_eq!(figures["kpis"][0]["series"][0]["value"], 430_000_000.0);
}

#[test]
fn nothing_is_overwritten_and_what_is_not_known_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("scorebook.yaml"), "people: {ann: {name: Ann Lee}}\n").expect("it is written");
    assert_eq!(run(&["new", "person", "bob", "--name", "Bob"], root).0, Some(0));
    let (code, _, err) = run(&["new", "person", "bob", "--name", "Bob"], root);
    assert!(code == Some(2) && err.contains("bob.md"), "{err}");
    for (args, want) in [
        (&["new", "objective", "a", "--owner", "anne"][..], "`anne`"),
        (&["new", "objective", "a", "--period", "soon"], "`soon` is not a period"),
        (&["new", "objective", "a", "--key-result", "Much better"], "`Much better` is no key result"),
        (&["new", "objective"], "--title"),
        (&["new", "kpi"], "--title"),
        (&["new", "check-in"], "name the objective"),
        (&["new", "check-in", "a"], "there is no objective `a`"),
        (&["new", "department"], "--name"),
    ] {
        let (code, _, err) = run(args, root);
        assert!(code == Some(2) && err.contains(want), "{args:?}: {err}");
    }
    // A poor answer is told, and written all the same.
    let (code, out, err) =
        run(&["new", "objective", "a", "--title", "A", "--owner", "ann", "--key-result", "Call 50 customers; done by 2026-09-01"], root);
    assert_eq!((code, out.contains("objectives/2026-q3/a.md")), (Some(0), true));
    assert!(err.contains("[too-few-key-results]"), "{err}");
}

/// A value of a key result that the objective does not have would be lost; it is told with those that it has.
#[test]
fn a_value_of_no_key_result_is_refused() {
    let goal = "---\nperiod: 2026-Q3\nkey_results:\n  - {id: wait, title: Wait, start: 9, target: 6}\n---\n# Calm\n";
    let folder = crate::cli::workspace(&[("scorebook.yaml", "language: en\nas_of: 2026-08-14\n"), ("objectives/calm.md", goal)]);
    let (code, _, err) = run(&["new", "check-in", "calm", "--value", "weight=8"], folder.path());
    assert_eq!(code, Some(2));
    assert!(err.contains("`weight`") && err.contains("`wait` (Wait)"), "{err}");
    assert!(!folder.path().join("check-ins").exists());
}
