//! Many clients at once: each a site of its own, nothing of one in another, and an overview that stays with the coach.

use std::{fs, path::Path};

use scraper::{Html, Selector};

use crate::shell::{run, write};

fn client(folder: &Path, name: &str, title: &str, last: &str, value: u32) {
    write(folder, &format!("clients/{name}/scorebook.yaml"), format!("title: {title}\nlanguage: vi\nlints: {{}}\n"));
    let goal = format!(
        "---\nperiod: 2026-Q3\nowner: {name}-chu\nkey_results: [{{title: Khách của {title}, start: 0, target: 100}}, {{title: Đơn của {title}, start: 0, target: 100}}]\n---\n# Mục tiêu của {title}\n"
    );
    write(folder, &format!("clients/{name}/objectives/muc-tieu.md"), &goal);
    let word = format!("---\nobjective: muc-tieu\nvalues: {{kr1: {value}, kr2: {value}}}\n---\nLời riêng của {title}.\n");
    write(folder, &format!("clients/{name}/check-ins/{last}-a.md"), &word);
}

/// Every text file of a site, in one.
fn all_of(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            text.push_str(&all_of(&path));
        } else {
            text.push_str(&String::from_utf8_lossy(&fs::read(&path).expect("it is read")));
        }
    }
    text
}

#[test]
fn each_client_gets_a_site_and_the_coach_the_overview() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    client(root, "an-binh", "An Bình", "2026-08-12", 50);
    client(root, "bao-long", "Bảo Long", "2026-07-10", 5);
    client(root, "cat-tuong", "Cát Tường", "2026-08-12", 2);
    write(root, "clients/dai-phat/scorebook.yaml", "format: 9\n");
    write(root, "clients/ghi-chep/a.md", "no workspace");
    write(root, "clients/coach.yaml", "bao-long: {next_meeting: 2026-08-20, note: Hỏi về kho}\ncat-tuong: {next_meeting: 31/8}\n");
    let (code, out, err) = run(&["build", "--all", "clients", "-o", "sites", "--overview", "mine", "--language", "vi"], root);
    assert_eq!(code, Some(2), "{out}{err}");
    assert!(err.contains("dai-phat: không dựng được") && err.contains("clients/coach.yaml:2:27: error[bad-date]"), "{err}");
    assert!(out.contains("3 trang web"), "{out}");

    let page = fs::read_to_string(root.join("mine/index.html")).expect("the overview");
    let html = Html::parse_document(&page);
    let texts = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        html.select(&selector).map(|it| it.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    // What cannot be read, then silence, then what runs behind.
    assert_eq!(texts("tbody th"), ["dai-phat", "Bảo Long Hỏi về kho", "Cát Tường", "An Bình"]);
    let rows = texts("tbody tr");
    assert!(
        rows[1].contains("35 ngày trước") && rows[1].contains("2 kết quả then chốt chưa cập nhật") && rows[1].contains("20/08"),
        "{}",
        rows[1]
    );
    assert!(rows[2].contains("2%, kế hoạch 48%") && rows[2].contains("Chậm tiến độ 2"), "{}", rows[2]);
    assert_eq!(texts("h1"), ["3 trên 4 khách hàng cần bạn hỏi đến"]);
    let links = Selector::parse("a").expect("a selector");
    let links: Vec<&str> = html.select(&links).filter_map(|it| it.value().attr("href")).collect();
    assert_eq!(links, ["../sites/bao-long/index.html", "../sites/cat-tuong/index.html", "../sites/an-binh/index.html"]);
    for link in links {
        assert!(root.join("mine").join(link).is_file(), "{link}");
    }

    let own = [("an-binh", "An Bình"), ("bao-long", "Bảo Long"), ("cat-tuong", "Cát Tường")];
    for (name, title) in own {
        let all = all_of(&root.join("sites").join(name));
        assert!(all.contains(&format!("Lời riêng của {title}")), "{name}");
        for (other, other_title) in own.iter().filter(|it| it.0 != name) {
            assert!(!all.contains(other) && !all.contains(other_title), "{other} in {name}");
        }
        assert!(!all.contains("mine/") && !all.contains("Hỏi về kho"), "{name}");
    }
}

#[test]
fn the_overview_never_stands_where_clients_can_see_it() {
    let folder = tempfile::tempdir().expect("a folder");
    client(folder.path(), "an-binh", "An Bình", "2026-08-12", 50);
    for (out, overview) in [("sites", "sites/mine"), ("sites", "clients/an-binh/mine"), ("sites", "sites"), ("sites/all", "sites")] {
        let (code, _, err) = run(&["build", "--all", "clients", "-o", out, "--overview", overview], folder.path());
        assert_eq!(code, Some(2), "{out} {overview}");
        assert!(err.contains("name a folder apart"), "{err}");
        assert!(!folder.path().join("sites").exists(), "nothing is written");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("clients/an-binh"), folder.path().join("clients/khac")).expect("a link");
        let (code, out, err) = run(&["build", "--all", "clients", "-o", "sites"], folder.path());
        assert!(code == Some(0) && out.contains("1 site") && err.contains("khac: passed over, it is a link"), "{out}{err}");
    }
    let (code, _, err) = run(&["build", "--all", "nobody", "-o", "sites"], folder.path());
    assert_eq!((code, err.contains("nobody")), (Some(2), true), "{err}");
}

#[test]
fn an_error_of_one_client_is_told_and_the_others_are_built() {
    let folder = tempfile::tempdir().expect("a folder");
    client(folder.path(), "an-binh", "An Bình", "2026-08-12", 50);
    client(folder.path(), "bao-long", "Bảo Long", "2026-08-12", 50);
    write(
        folder.path(),
        "clients/bao-long/objectives/sai.md",
        "---\nperiod: 2026-Q3\nkey_results: [{title: Sai, target: 1.23.4}]\n---\n# Sai\n",
    );
    let (code, _, err) = run(&["build", "--all", "clients", "-o", "sites"], folder.path());
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("bao-long: 1 error") && !err.contains("an-binh"), "{err}");
    assert!(folder.path().join("sites/an-binh/index.html").is_file() && folder.path().join("sites/bao-long/index.html").is_file());
    let (code, _, _) = run(&["build", "--all", "clients", "-o", "strict", "--strict"], folder.path());
    assert_eq!(code, Some(1));
    assert!(folder.path().join("strict/an-binh/index.html").is_file() && !folder.path().join("strict/bao-long").exists());
}
