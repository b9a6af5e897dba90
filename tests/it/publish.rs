//! All or nothing, whatever happens; and the same bytes, wherever it is built.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
};

use crate::cli::{run, sample, tree, workspace};

type Tree = BTreeMap<PathBuf, Vec<u8>>;

fn build(folder: &Path, language: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorebook"));
    command.args(["build", "-q", "--language", language]).current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

/// A company's site in two states, which a build turns into one another.
fn both_states(folder: &Path) -> (Tree, Tree) {
    let built = |language: &str| {
        assert!(build(folder, language).wait().expect("it ends").success());
        tree(&folder.join("site"))
    };
    let english = built("en");
    (built("vi"), english)
}

/// What stands beside the site and is not the author's.
fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|it| it.contains(".scorebook-")).collect()
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_a_whole_site() {
    let folder = sample("harbor-lane");
    let (vietnamese, english) = both_states(folder.path());
    let mut killed = 0;
    for turn in 0..24 {
        let mut child = build(folder.path(), if turn % 2 == 0 { "en" } else { "vi" });
        // A little further each time: from before it has begun to after it has ended.
        for _ in 0..turn * turn * 40 {
            std::thread::yield_now();
            let _ = leftovers(folder.path());
        }
        let ended = child.try_wait().expect("it can be asked").is_some();
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        killed += usize::from(!ended);
        let now = tree(&folder.path().join("site"));
        assert!(now == vietnamese || now == english, "turn {turn}: the site is neither the old one nor the new one");
    }
    assert!(killed > 3, "only {killed} builds were killed while they ran");
    assert!(build(folder.path(), "en").wait().expect("it ends").success());
    assert_eq!((tree(&folder.path().join("site")), leftovers(folder.path())), (english, Vec::new()));
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_leaves_the_old_site() {
    let folder = sample("harbor-lane");
    let (before, _) = both_states(folder.path());
    // A quota of bytes for each file: the system refuses what goes beyond, as it does on a full disk.
    let shell = format!("trap '' XFSZ; ulimit -f 8; exec '{}' build --language en", env!("CARGO_BIN_EXE_scorebook"));
    let output = Command::new("sh").args(["-c", &shell]).current_dir(folder.path()).output().expect("a shell");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot be written"), "{told}");
    assert_eq!((tree(&folder.path().join("site")), leftovers(folder.path())), (before, Vec::new()));
}

#[test]
fn files_that_change_and_go_while_they_are_read_break_nothing() {
    let folder = sample("harbor-lane");
    let (before, _) = both_states(folder.path());
    let pages = |tree: &Tree| tree.keys().filter(|it| it.extension().is_some_and(|it| it == "html")).count();
    let files: Vec<PathBuf> = walkdir::WalkDir::new(folder.path().join("check-ins"))
        .into_iter()
        .map(|it| it.expect("readable").into_path())
        .filter(|it| it.is_file())
        .collect();
    assert!(!files.is_empty());
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for file in &files {
                    let text = fs::read(file).expect("readable");
                    fs::write(file, &text[..text.len() / 2]).expect("writable");
                    fs::remove_file(file).expect("it can go");
                    fs::write(file, text).expect("writable");
                }
            }
        });
        for _ in 0..8 {
            let code = build(folder.path(), "vi").wait().expect("it ends").code();
            assert!(matches!(code, Some(0 | 1)), "{code:?}");
            let now = tree(&folder.path().join("site"));
            let count = pages(&now);
            assert!(count.abs_diff(pages(&before)) <= files.len(), "{count} pages");
            let home = String::from_utf8_lossy(&now[Path::new("index.html")]).into_owned();
            assert!(home.contains("</html>"));
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(build(folder.path(), "vi").wait().expect("it ends").success());
    assert_eq!((tree(&folder.path().join("site")), leftovers(folder.path())), (before, Vec::new()));
}

#[test]
fn several_outputs_are_written_in_one_run_each_for_its_readers() {
    let folder = workspace(&[
        (
            "scorebook.yaml",
            "outputs: [{dir: site, audience: internal}, {dir: board, audience: restricted}]\nlints: {no-owner: off, too-few-key-results: off}\n",
        ),
        ("objectives/2026-q3/a.md", "---\nkey_results: [{title: Sell 10, target: 10, start: 1}]\n---\n# Open\n"),
        ("objectives/2026-q3/b.md", "---\nvisibility: restricted\nkey_results: [{title: Buy 5, target: 5, start: 1}]\n---\n# Merger\n"),
    ]);
    let (code, out, err) = run(&["build", "--as-of", "2026-08-01"], folder.path());
    assert_eq!(code, 0, "{out}{err}");
    let tells = |dir: &str| tree(&folder.path().join(dir)).values().any(|it| String::from_utf8_lossy(it).contains("Merger"));
    assert_eq!((tells("site"), tells("board")), (false, true));
}

#[test]
fn the_same_day_gives_the_same_bytes_wherever_it_is_built() {
    let folder = sample("harbor-lane");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let other = elsewhere.path().join("đường dẫn khác").join("w");
    // Copied in the other order, with CRLF and a mark at the front, as an editor on Windows writes.
    let mut files: Vec<(PathBuf, Vec<u8>)> = tree(folder.path()).into_iter().collect();
    files.reverse();
    for (path, bytes) in files {
        let at = other.join(&path);
        fs::create_dir_all(at.parent().expect("below")).expect("a folder");
        let is_text = path.extension().is_some_and(|it| it == "md");
        let text = || format!("\u{feff}{}", String::from_utf8(bytes.clone()).expect("a text").replace('\n', "\r\n"));
        fs::write(at, if is_text { text().into_bytes() } else { bytes }).expect("a file");
    }
    let built = |folder: &Path, settings: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scorebook"));
        command.args(["build", "-q"]).current_dir(folder).envs(settings.iter().copied());
        assert!(command.stderr(Stdio::null()).status().expect("it runs").success());
        tree(&folder.join("site"))
    };
    let first = built(folder.path(), &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")]);
    let second = built(&other, &[("TZ", "America/Adak"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "vi_VN.UTF-8"), ("RAYON_NUM_THREADS", "7")]);
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    for (path, bytes) in &first {
        assert!(*bytes == second[path], "{} differs", path.display());
    }
}
