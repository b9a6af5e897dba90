//! The program as somebody at a terminal sees it: questions come one at a time, keys answer them.

#![cfg(unix)]

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

use crate::shell::write;

/// Runs the program on a terminal of its own. Each step waits for a text on the screen, then types.
///
/// # Panics
/// When a text does not come: with all that stood on the screen.
fn talk(args: &[&str], folder: &Path, steps: &[(&str, &str)]) -> (Option<i32>, String) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).expect("it is ours");
    unlockpt(&ours).expect("it opens");
    let name = ptsname(&ours, Vec::new()).expect("it has a name");
    let end = || Stdio::from(open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("its other end"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_scorebook"))
        .args(args)
        .current_dir(folder)
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .stdin(end())
        .stdout(end())
        .stderr(end())
        .spawn()
        .expect("it runs");
    let mut keys = File::from(ours);
    let mut screen = keys.try_clone().expect("a second hand");
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count) = screen.read(&mut bytes) {
            if count == 0 || send.send(bytes[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    let mut seen = Vec::new();
    let mut from = 0;
    for (wanted, typed) in steps {
        loop {
            let text = String::from_utf8_lossy(&seen[from..]).into_owned();
            if let Some(at) = text.find(wanted) {
                from += at + wanted.len();
                break;
            }
            match lines.recv_timeout(Duration::from_secs(60)) {
                Ok(bytes) => seen.extend(bytes),
                Err(_) => {
                    let _ = child.kill();
                    panic!("`{wanted}` does not come; on the screen stands:\n{}", String::from_utf8_lossy(&seen));
                }
            }
        }
        keys.write_all(typed.as_bytes()).expect("keys go through");
    }
    let code = child.wait().expect("it ends").code();
    while let Ok(bytes) = lines.recv_timeout(Duration::from_millis(200)) {
        seen.extend(bytes);
    }
    (code, String::from_utf8_lossy(&seen).into_owned())
}

const DOWN: &str = "\u{1b}[B";

#[test]
fn init_asks_for_language_template_and_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let steps = [
        ("Language", "\r"),
        ("Dùng mẫu nào?", "\u{1b}[A\r"),
        ("Công ty tên là gì?", "Tre Xanh\r"),
        ("Màu", "đỏ\r"),
        ("một màu như", ""),
        ("Màu", "\u{7f}\u{7f}#2f6b3a\r"),
        ("Tệp logo", "\r"),
    ];
    let (code, screen) = talk(&["init", "cong-ty"], folder.path(), &steps);
    assert_eq!(code, Some(0), "{screen}");
    let settings = std::fs::read_to_string(folder.path().join("cong-ty/scorebook.yaml")).expect("it is there");
    assert!(
        settings.contains("title: \"Tre Xanh\"") && settings.contains("language: vi") && settings.contains("accent: \"#2f6b3a\""),
        "{settings}"
    );
}

#[test]
fn a_poor_answer_is_told_at_once_and_can_be_written_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "scorebook.yaml", "language: vi\nas_of: 2026-10-05\npeople: {lan: {name: Nguyễn Thị Lan}}\n");
    let steps = [
        ("Quý này điều gì cần thay đổi?", "Khách quay lại vì thích\r"),
        ("Khi nào", "\r"),
        ("Ai phụ trách?", "\r"),
        ("Nhờ đâu mà biết?", "Khách quay lại\r"),
        ("Đo bằng cách nào?", "\r"),
        ("Hôm nay", "36\r"),
        ("Chỉ tiêu", "36\r"),
        ("Đơn vị", "%\r"),
        ("start-equals-target", ""),
        ("Giữ nguyên?", DOWN),
        ("viết lại", "\r"),
        ("Nhờ đâu mà biết?", "Khách quay lại trong 60 ngày\r"),
        ("Đo bằng cách nào?", "\r"),
        ("Hôm nay", "28\r"),
        ("Chỉ tiêu", "36\r"),
        ("Đơn vị", "%\r"),
        ("Nhờ đâu mà biết?", "Đơn không mã giảm giá\r"),
        ("Đo bằng cách nào?", "\r"),
        ("Hôm nay", "44\r"),
        ("Chỉ tiêu", "60,5\r"),
        ("Đơn vị", "%\r"),
        ("Nhờ đâu mà biết?", "\r"),
        ("Vì sao", "Khách cũ nuôi quán.\r"),
    ];
    let (code, screen) = talk(&["new", "objective"], folder.path(), &steps);
    assert_eq!(code, Some(0), "{screen}");
    let file = std::fs::read_to_string(folder.path().join("objectives/2026-q4/khach-quay-lai-vi-thich.md")).expect("it is there");
    for line in ["owner: lan", "start: 28", "target: 36", "target: \"60,5\"", "# Khách quay lại vì thích", "Khách cũ nuôi quán."] {
        assert!(file.contains(line), "{line}\n{file}");
    }
    assert!(!file.contains("start: 36"), "{file}");
}

#[test]
fn a_check_in_asks_for_what_is_owed_with_the_last_value() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "scorebook.yaml", "language: vi\nas_of: 2026-08-14\npeople: {lan: {name: Nguyễn Thị Lan}}\n");
    let objective = "---\nperiod: 2026-Q3\nowner: lan\nkey_results:\n  - {id: kh, title: Khách mới, start: 0, target: 30}\n  - {id: the, title: Thẻ thành viên, milestones: [{title: Vẽ}, {title: Thử}]}\n---\n# Thêm khách\n";
    write(folder.path(), "objectives/them-khach.md", objective);
    write(folder.path(), "kpis/don.md", "---\nowner: lan\nunit: đơn\ntarget: 40\n---\n# Số đơn\n");
    write(folder.path(), "check-ins/2026-08-03-a.md", "---\nobjective: them-khach\nvalues: {kh: 12}\n---\n");
    let steps = [
        ("Check-in cho mục tiêu nào?", "\r"),
        ("lần trước 12, ngày 03/08", ""),
        ("Nay là bao nhiêu?", "mười\r"),
        ("bad-number", ""),
        ("Giữ nguyên?", DOWN),
        ("viết lại", "\r"),
        ("Nay là bao nhiêu?", "15\r"),
        ("Bước nào đã xong?", "Vẽ\r"),
        ("Số đơn, tháng 7/2026", ""),
        ("Nay là bao nhiêu?", "38\r"),
        ("0–10", "12\r"),
        ("từ 0 đến 10", ""),
        ("0–10", "\u{7f}\u{7f}7\r"),
        ("Vì sao vậy", "Hội chợ đông.\r"),
        ("vướng mắc", "Thiếu người, thiếu bàn\r"),
        ("Tiếp theo làm gì?", "Thuê thêm bàn\r"),
        ("Ai làm?", "\r"),
        ("Trước ngày nào", "2026-08-20\r"),
        ("Tiếp theo làm gì?", "\r"),
    ];
    let (code, screen) = talk(&["new", "check-in"], folder.path(), &steps);
    assert_eq!(code, Some(0), "{screen}");
    let file = std::fs::read_to_string(folder.path().join("check-ins/2026-q3/2026-08-14-them-khach.md")).expect("it is there");
    for line in [
        "kh: 15 ",
        "the: {ve: done}",
        "don: {2026-07: 38}",
        "confidence: 7",
        "blocked: [\"Thiếu người, thiếu bàn\"]",
        "next: [{what: \"Thuê thêm bàn\", who: lan, by: 2026-08-20}]",
        "\nHội chợ đông.\n",
    ] {
        assert!(file.contains(line), "{line}\n{file}");
    }
}
