//! The program run as a shell does, on a day that does not move: what several tests begin with.

use std::{fs, path::Path, process::Command};

/// 2026-08-14, in seconds.
const DAY: &str = "1786665600";

/// Runs the program in a folder: its exit code, what it printed, what it said.
pub(crate) fn run(args: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_scorebook"))
        .args(args)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", DAY)
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code(), text(&out.stdout), text(&out.stderr))
}

/// Writes a file below a folder, with the folders that it needs.
pub(crate) fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    fs::write(path, text).expect("it is written");
}
