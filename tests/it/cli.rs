//! The program as a shell sees it: exit codes, streams, and what stands on the disk afterwards.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// A workspace on the disk that goes away.
pub(crate) fn workspace(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// A copy of a sample company, so that no test writes into the checkout.
pub(crate) fn sample(company: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(company);
    for entry in walkdir::WalkDir::new(&from).into_iter().filter_entry(|it| it.file_name() != "site") {
        let path = entry.expect("readable").into_path();
        let to = folder.path().join(path.strip_prefix(&from).expect("below it"));
        if path.is_dir() {
            fs::create_dir_all(to).expect("a folder");
        } else {
            fs::copy(path, to).expect("a copy");
        }
    }
    folder
}

fn scorebook(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorebook"));
    command.args(arguments).current_dir(folder).env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

pub(crate) fn run(arguments: &[&str], folder: &Path) -> (i32, String, String) {
    parts(scorebook(arguments, folder).output().expect("the program runs"))
}

fn parts(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ended by itself"), text(output.stdout), text(output.stderr))
}

/// Every file below a folder with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|it| it.expect("readable").into_path()).filter(|it| it.is_file());
    files.map(|path| (path.strip_prefix(folder).expect("below it").to_owned(), fs::read(&path).expect("readable"))).collect()
}

const GOAL: &str =
    "---\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {title: K, start: 0, target: 10}\n  - {title: L, start: 9, target: 3}\n---\n# A\n";
const WRONG: &str = "---\nperiod: 2026-Q3\nkey_results:\n  - {title: K, start: 0, target: much}\n---\n# B\n";

#[test]
fn sound_goals_build_and_exit_with_0() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", GOAL)]);
    let (code, out, err) = run(&["build", "--as-of", "2026-07-02"], folder.path());
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(" pages to ./site in ") || out.contains(" pages to site in "), "{out}");
    assert!(out.trim_end().ends_with("ms · no findings"), "{out}");
    for page in [
        "index.html",
        "2026-q3/index.html",
        "objectives/a.html",
        "problems.html",
        "guide/no-owner.html",
        "data/scorebook.json",
        "assets/scorebook.css",
    ] {
        assert!(folder.path().join("site").join(page).is_file(), "{page}");
    }
}

#[test]
fn an_error_exits_with_1_and_what_is_sound_is_built() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", GOAL), ("objectives/b.md", WRONG)]);
    let (code, out, err) = run(&["build", "--as-of", "2026-07-02"], folder.path());
    assert_eq!(code, 1);
    assert!(out.contains("1 error"), "{out}");
    assert!(err.contains("error[bad-number]: `target` is not a number: `much`") && err.contains("objectives/b.md:4:34"), "{err}");
    assert!(!err.contains('\u{1b}'), "no colour where nobody sees it");
    assert!(folder.path().join("site/objectives/a.html").is_file());
    let problems = fs::read_to_string(folder.path().join("site/problems.html")).expect("the page");
    assert!(problems.contains("<code>target</code> is not a number: <code>much</code>"));
}

#[test]
fn strict_writes_nothing_when_there_is_an_error() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", GOAL)]);
    assert_eq!(run(&["build", "--strict"], folder.path()).0, 0);
    let before = tree(&folder.path().join("site"));
    fs::write(folder.path().join("objectives/b.md"), WRONG).expect("a file");
    assert_eq!(run(&["build", "--strict"], folder.path()).0, 1);
    assert!(tree(&folder.path().join("site")) == before, "the old site stands");
}

#[test]
fn what_cannot_be_done_exits_with_2_and_a_sentence() {
    let folder = workspace(&[("scorebook.yaml", "format: 2\n"), ("file.txt", "x")]);
    for (arguments, want) in [
        (&["build"][..], "a later version reads 2"),
        (&["build", "nowhere"], "there is no folder `nowhere`"),
        (&["build", "--as-of", "14/08/2026"], "write year-month-day"),
        (&["build", "--language", "xx", "--no-such-flag"], "--no-such-flag"),
        (&["export", "--format", "yaml"], "json"),
        (&[], "Usage"),
    ] {
        let (code, out, err) = run(arguments, folder.path());
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains(want), "{arguments:?}: {err}");
    }
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let (code, _, err) = run(&["check"], elsewhere.path());
    assert!(code == 2 && err.contains("there is no `scorebook.yaml`"), "{err}");
    let sound = workspace(&[("scorebook.yaml", "")]);
    let (code, _, err) = run(&["build", "--language", "xx"], sound.path());
    assert!(code == 2 && err.contains("there are en, vi"), "{err}");
    let (code, _, err) = run(&["build", "-o", "."], sound.path());
    assert!(code == 2 && !err.is_empty(), "{err}");
    assert!(sound.path().join("scorebook.yaml").is_file());
}

#[test]
fn a_folder_with_files_of_somebody_else_is_refused() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", GOAL), ("public/letter.txt", "dear")]);
    let (code, _, err) = run(&["build", "-o", "public"], folder.path());
    assert!(code == 2 && err.contains("letter.txt"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("public/letter.txt")).expect("still there"), "dear");
}

#[test]
fn pages_of_goals_that_are_gone_go() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", GOAL), ("objectives/b.md", GOAL)]);
    assert_eq!(run(&["build"], folder.path()).0, 0);
    fs::remove_file(folder.path().join("objectives/b.md")).expect("removed");
    assert_eq!(run(&["build"], folder.path()).0, 0);
    assert!(folder.path().join("site/objectives/a.html").is_file() && !folder.path().join("site/objectives/b.html").exists());
    let beside: Vec<_> = fs::read_dir(folder.path()).expect("readable").map(|it| it.expect("an entry").file_name()).collect();
    assert_eq!(beside.len(), 3, "nothing is left beside the site: {beside:?}");
}

#[test]
fn json_is_one_document_and_nothing_else() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/b.md", WRONG)]);
    let (code, out, err) = run(&["check", "--format", "json"], folder.path());
    let document: serde_json::Value = serde_json::from_str(&out).expect("one JSON document");
    assert_eq!((code, err.as_str()), (1, ""));
    let finding = &document["findings"][0];
    assert_eq!((finding["code"].as_str(), finding["line"].as_u64(), finding["column"].as_u64()), (Some("bad-number"), Some(4), Some(34)));
}

#[test]
fn the_site_carries_the_export() {
    let folder = sample("harbor-lane");
    let (code, out, _) = run(&["export", "--format", "json"], folder.path());
    assert_eq!(code, 0);
    assert_eq!(run(&["build", "-q"], folder.path()).0, 0);
    assert_eq!(out, fs::read_to_string(folder.path().join("site/data/scorebook.json")).expect("the data"));
    assert_eq!(run(&["export", "-o", "out/figures.json"], folder.path()).0, 0);
    assert_eq!(out, fs::read_to_string(folder.path().join("out/figures.json")).expect("the file"));
}

#[test]
fn warnings_count_when_they_are_denied() {
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", &GOAL.replace("start: 0, ", ""))]);
    assert_eq!(run(&["check"], folder.path()).0, 0);
    assert_eq!(run(&["check", "--deny", "warnings"], folder.path()).0, 1);
}

#[test]
fn the_day_is_the_flag_else_the_settings_else_the_epoch() {
    let as_of = |settings: &str, arguments: &[&str], epoch: Option<&str>| {
        let folder = workspace(&[("scorebook.yaml", settings)]);
        let mut command = scorebook(&[&["export"], arguments].concat(), folder.path());
        epoch.map(|it| command.env("SOURCE_DATE_EPOCH", it));
        let (code, out, err) = parts(command.output().expect("the program runs"));
        if code == 2 {
            return err;
        }
        let document: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        document["as_of"].as_str().expect("a day").to_owned()
    };
    // 2026-08-14 at 18:30 UTC is the 15th in Hà Nội.
    let epoch = Some("1786732200");
    assert_eq!(as_of("as_of: 2026-01-01", &["--as-of", "2026-02-02"], epoch), "2026-02-02");
    assert_eq!(as_of("as_of: 2026-01-01", &[], epoch), "2026-01-01");
    assert_eq!(as_of("", &[], epoch), "2026-08-14");
    assert_eq!(as_of("utc_offset: +07:00", &[], epoch), "2026-08-15");
    assert!(as_of("", &[], Some("soon")).contains("SOURCE_DATE_EPOCH is not a number of seconds"));
}

#[test]
fn the_same_goals_give_the_same_bytes() {
    let folder = sample("sao-mai");
    let build = |out: &str, threads: &str, zone: &str| {
        let mut command = scorebook(&["build", "-q", "-o", out], folder.path());
        command.env("RAYON_NUM_THREADS", threads).env("TZ", zone).env("LC_ALL", "C");
        assert!(command.status().expect("it runs").success());
        tree(&folder.path().join(out))
    };
    let one = build("one", "1", "Pacific/Kiritimati");
    let two = build("two", "4", "America/Los_Angeles");
    assert!(one.len() > 150 && one == two, "{} and {} files", one.len(), two.len());
}

#[test]
fn messages_come_in_the_workspaces_language_or_the_one_asked_for() {
    let folder = workspace(&[("scorebook.yaml", "language: vi\n"), ("objectives/b.md", WRONG)]);
    assert!(run(&["check"], folder.path()).2.contains("lỗi[bad-number]: `target` không phải là số"));
    assert!(run(&["check", "--language", "en"], folder.path()).2.contains("error[bad-number]: `target` is not a number"));
}

#[test]
fn a_language_without_words_is_an_error_for_it_changes_how_numbers_are_read() {
    let folder = workspace(&[("scorebook.yaml", "title: T\nlanguage: vn\n")]);
    let (code, _, err) = run(&["check"], folder.path());
    assert!(code == 1 && err.contains("scorebook.yaml:2:11") && err.contains("did you mean `vi`?"), "{err}");
}

#[test]
fn an_error_in_what_is_hidden_is_told_without_saying_what() {
    let secret = GOAL.replace("# A", "# Secret").replace("period: 2026-Q3\n", "period: 2026-Q3\nvisibility: restrictd\n");
    let folder = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", &secret)]);
    let (code, _, err) = run(&["build", "-q"], folder.path());
    assert!(code == 1 && err.contains("1 error lies in what this audience may not see"), "{err}");
    let site = tree(&folder.path().join("site"));
    assert!(site.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Secret")));
    let (code, _, err) = run(&["check"], folder.path());
    assert!(code == 1 && err.contains("objectives/a.md:3:13"), "{err}");
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let warning = workspace(&[("scorebook.yaml", ""), ("objectives/a.md", &GOAL.replace("start: 0, ", ""))]);
    assert_eq!(run(&["build", "-q"], warning.path()), (0, String::new(), String::new()));
    let error = workspace(&[("scorebook.yaml", ""), ("objectives/b.md", WRONG)]);
    let (code, out, err) = run(&["build", "-q"], error.path());
    assert!(code == 1 && out.is_empty() && err.contains("bad-number"), "{out} {err}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = sample("sao-mai");
    let mut child = scorebook(&["export"], folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let (code, _, err) = parts(child.wait_with_output().expect("it ends"));
    assert_eq!(code, 0, "{err}");
    assert!(!err.contains("pipe"), "{err}");
}

#[test]
fn both_sample_companies_are_without_an_error() {
    for company in ["sao-mai", "harbor-lane"] {
        let folder = sample(company);
        let (code, _, err) = run(&["check"], folder.path());
        assert_eq!(code, 0, "{company}: {err}");
    }
}

#[test]
fn other_languages_stand_beside_and_lead_to_their_twins() {
    let folder = sample("sao-mai");
    assert_eq!(run(&["build", "-q"], folder.path()).0, 0);
    let page = |path: &str| fs::read_to_string(folder.path().join("site").join(path)).expect("the page");
    let own = page("objectives/phuc-vu-gio-cao-diem.html");
    assert!(own.contains("<html lang=\"vi\">") && own.contains("href=\"../en/objectives/phuc-vu-gio-cao-diem.html\""));
    let twin = page("en/objectives/phuc-vu-gio-cao-diem.html");
    assert!(twin.contains("<html lang=\"en\">") && twin.contains("href=\"../../objectives/phuc-vu-gio-cao-diem.html\""));
    assert!(twin.contains("Check-in log") && twin.contains("Giờ cao điểm mà khách vẫn thong thả"));
}

#[test]
fn authors_markup_stays_text_in_every_place() {
    let evil = "<script>alert(1)</script>\"'{{ frame }}";
    let goal = format!(
        "---\nperiod: 2026-Q3\nowner: '{quoted}'\nkey_results:\n  - {{title: '{quoted}', start: 0, target: 10, unit: '{quoted}'}}\n---\n# {evil}\n\n{evil}\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n",
        quoted = evil.replace('\'', "''")
    );
    let check_in = format!(
        "---\nobjective: a\nvalues: {{kr1: 5}}\nauthor: '{quoted}'\ndecision: '{quoted}'\nfinished: ['{quoted}']\n---\n{evil}\n",
        quoted = evil.replace('\'', "''")
    );
    let folder = workspace(&[
        ("scorebook.yaml", "title: \"<script>alert(1)</script>\"\n"),
        ("objectives/a.md", &goal),
        ("check-ins/2026-07-05-a.md", &check_in),
    ]);
    let (code, _, err) = run(&["build", "--as-of", "2026-07-20"], folder.path());
    assert_eq!(code, 0, "{err}");
    for (path, bytes) in tree(&folder.path().join("site")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        if path.extension().is_some_and(|it| it == "html") {
            assert!(!text.contains("<script") && !text.contains("<img src=x") && !text.contains("=\"javascript:"), "{}", path.display());
        }
    }
    let page = fs::read_to_string(folder.path().join("site/objectives/a.html")).expect("the page");
    assert!(page.contains("{{ frame }}"), "a template's marks stay text");
}

#[test]
fn what_has_one_right_answer_is_mended_and_nothing_else_changes() {
    let settings = "language: vi\nlints: {no-owner: off, too-few-key-results: off, no-number: off}\n";
    let title = "---\r\nperiod: 2026-Q3\r\ntitle: Tăng: 30% # ghi chú\r\nkey_results:\r\n  - {title: K, start: 0, target: 10}\r\n---\r\nBài\tviết.\r\n";
    let dates = "---\nperiod: 2026-Q3\nkey_results:\n  - title: K\n    start: 0\n    target: “9,5”\ncheck_ins:\n  - {date: 13/7/2026, values: {kr1: 6,5}}\n  - {date: 5/7/2026, values: {kr1: 7.000}}\n---\n# B\n";
    let folder = workspace(&[("scorebook.yaml", settings), ("objectives/a.md", title), ("objectives/b.md", dates)]);
    let read = |name: &str| fs::read_to_string(folder.path().join("objectives").join(name)).expect("a file");

    let (_, shown, err) = run(&["check", "--fix", "--dry-run", "--as-of", "2026-07-14"], folder.path());
    assert!(shown.contains("--- objectives/a.md") && shown.contains("+title: \"Tăng: 30%\" # ghi chú"), "{shown}");
    assert!(err.contains("Would mend 3 lines"), "{err}");
    assert_eq!((read("a.md").as_str(), read("b.md").as_str()), (title, dates), "a dry run changes nothing");

    let (code, _, err) = run(&["check", "--fix", "--as-of", "2026-07-14"], folder.path());
    assert!(err.contains("Mended 3 lines"), "{err}");
    assert_eq!(read("a.md"), title.replace("Tăng: 30%", "\"Tăng: 30%\""));
    assert_eq!(read("b.md"), dates.replace("“9,5”", "\"9,5\"").replace("13/7/2026", "2026-07-13").replace("6,5}", "\"6,5\"}"));
    // What reads two ways is nobody's to decide but its author's.
    assert_eq!(code, 1);
    assert!(err.contains("[ambiguous-number]") && err.contains("`5/7/2026`") && !err.contains("[syntax]"), "{err}");
}

#[test]
fn a_finding_is_explained_in_the_language_of_the_workspace() {
    let folder = workspace(&[("scorebook.yaml", "language: vi\n")]);
    let (code, out, _) = run(&["explain", "task-like"], folder.path());
    assert_eq!(code, 0);
    assert!(out.starts_with("cảnh báo[task-like]: ") && out.contains("Vì sao quan trọng") && out.contains("key_results:"), "{out}");
    let (code, out, _) = run(&["explain", "--language", "en"], folder.path());
    assert_eq!(code, 0);
    assert!(out.lines().any(|line| line.starts_with("ambiguous-number ")), "{out}");
    let (code, _, err) = run(&["explain", "task-lik"], folder.path());
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `task-like`?"), "{err}");
}

#[test]
fn a_warning_is_weighed_and_kept_as_the_workspace_says() {
    let goal = "---\nperiod: 2026-Q3\nkey_results:\n  - {title: K, start: 0, target: 10}\nallow: {too-few-key-results: \"one bet this quarter\"}\n---\n# A\n";
    let folder = workspace(&[("scorebook.yaml", "lints: {no-owner: error}\n"), ("objectives/a.md", goal)]);
    let (code, out, err) = run(&["build", "--as-of", "2026-07-02"], folder.path());
    assert_eq!(code, 1);
    assert!(err.contains("error[no-owner]") && !err.contains("too-few-key-results") && err.contains("1 warning is kept"), "{err}");
    assert!(out.contains("1 error"), "{out}");
    let page = fs::read_to_string(folder.path().join("site/problems.html")).expect("a page");
    assert!(page.contains("one bet this quarter") && page.contains("Kept, with a reason"), "{page}");
}

#[test]
fn lines_are_quoted_only_to_those_who_may_see_them_whole() {
    let open = "---\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {title: K, start: 0, target: 10}\n  - {title: L, start: 9, target: 3}\n---\n# A\n";
    let secret = open.replace("# A", "# B").replace("owner: lan", "owner: lan\nvisibility: restricted");
    let both = "---\ndate: 2026-07-01\nvalues: {a/kr1: much, b/kr1: 4711}\n---\n";
    let files = [("scorebook.yaml", ""), ("objectives/a.md", open), ("objectives/b.md", secret.as_str()), ("check-ins/x.md", both)];
    let folder = workspace(&files);
    let page = |audience: &str| {
        let _ = run(&["build", "--as-of", "2026-07-02", "--audience", audience], folder.path());
        fs::read_to_string(folder.path().join("site/problems.html")).expect("a page")
    };
    assert!(!page("internal").contains("4711"), "a restricted figure in a page for the company");
    assert!(page("restricted").contains("b/kr1: 4711"), "the line is quoted to those who may see it");
}
