//! A template out of a client's workspace holds nothing of the client; a template from a stranger does nothing but write
//! texts and pictures into its folder.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read, Write},
    path::Path,
};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::shell::{run, write};

/// The names and bytes of an archive.
fn opened(file: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(fs::read(file).expect("it is there"))).expect("an archive");
    let mut all = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("it is whole");
        all.insert(entry.name().expect("a name").into_owned(), bytes);
    }
    all
}

/// As a searcher compares: no case, no marks, nothing but letters and digits.
fn bare(text: &str) -> String {
    let plain = text.nfkd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase);
    plain.map(|it| if it == 'đ' { 'd' } else { it }).filter(|it| it.is_alphanumeric()).collect()
}

fn without_marks(text: &str) -> String {
    text.nfd()
        .filter(|it| !is_combining_mark(*it))
        .map(|it| {
            if it == 'đ' {
                'd'
            } else if it == 'Đ' {
                'D'
            } else {
                it
            }
        })
        .collect()
}

const COMPANY: &str = "Gốm Hồng Lạc";
const PERSON: &str = "Đặng Thuỳ Quỳnh Chi";
const BOSS: &str = "Vũ Khắc Hưởng";
/// Of each kind one, as it is written in the client's files.
const SECRETS: [&str; 7] =
    [COMPANY, PERSON, BOSS, "quynhchi@honglac.example", "0977 654 321", "4.815.162 ₫", "https://honglac.example/noi-bo"];

/// A place where an author can write, with a secret in it.
fn places(secret: &str) -> Vec<(&'static str, String)> {
    let quoted = serde_json::to_string(secret).expect("a text");
    let goal = |title: &str, key_result: &str, more: &str, text: &str| {
        format!(
            "---\nperiod: 2026-Q3\nowner: quynh-chi\n# {secret}\nkey_results:\n  - {{title: \"Đơn lặp lại {key_result}\", start: 4815162, target: 9815162, unit: đơn}}\n  - title: Thẻ\n    milestones: [{{title: \"Vẽ {key_result}\", due: 2026-08-30}}]\ninitiatives: [{{title: \"Gọi {key_result}\", who: huong, by: 2026-08-20}}]\n{more}---\n# Khách quay lại {title}\n\n{text}\n"
        )
    };
    let check_in = |front: &str, text: &str| {
        format!("---\ndate: 2026-08-03\nauthor: quynh-chi\nobjective: khach\nvalues: {{kr1: 5815162}}\n{front}---\n{text}\n")
    };
    let kpi = |more: &str, text: &str| {
        format!("---\nowner: huong\nunit: VND\ntarget: 4815162\n{more}values: {{2026-07: 4815162}}\n---\n# Doanh thu {text}\n\n{text}\n")
    };
    let own = secret.replace('"', "");
    vec![
        ("objectives/khach.md", goal(&own, "", "", "")),
        ("objectives/khach.md", goal("", &own, "", "")),
        ("objectives/khach.md", goal("", "", &format!("x-note: {quoted}\n"), "")),
        ("objectives/khach.md", goal("", "", &format!("allow: {{too-few-key-results: {quoted}}}\n"), "")),
        ("objectives/khach.md", goal("", "", "", secret)),
        (
            "check-ins/a.md",
            check_in(
                &format!(
                    "finished: [{quoted}]\nblocked: [{quoted}]\ndecision: {quoted}\nhelp: [{{what: {quoted}, from: {quoted}}}]\nnext: [{{what: {quoted}, who: huong}}]\n"
                ),
                secret,
            ),
        ),
        ("kpis/doanh-thu.md", kpi(&format!("formula: {quoted}\nsource: {quoted}\ngroup: {quoted}\nevents: {{2026-06: {quoted}}}\n"), "")),
        ("kpis/doanh-thu.md", kpi("", &own)),
        ("kpis/doanh-thu.md", kpi(&format!("unit: {quoted}\n"), "").replacen("unit: VND\n", "", 1)),
        (
            "pages/cach-lam.md",
            format!(
                "---\ntitle: {quoted}\n# {secret}\n---\n# Cách làm\n\nHỏi {secret} nhé. **{secret}** và `{secret}`.\n\n| ai | gì |\n|---|---|\n| {secret} | x |\n\n[{secret}](https://a.example \"{secret}\") ![{secret}](b.png) <!-- {secret} -->\n\n```{secret}\n{secret}\n```\n\n- [ ] {secret}\n"
            ),
        ),
        ("pages/cach-lam.md", format!("# {secret}\n\nA&#8203;{}\n", secret.replace(' ', " *").replace(" *", " "))),
        ("people/quynh-chi.md", format!("---\nname: {PERSON}\nrole: {quoted}\n---\n{secret}\n")),
        ("departments/ban.md", format!("---\nname: {quoted}\nlead: huong\n---\n{secret}\n")),
        ("reports/2026-07.md", format!("---\ntitle: {quoted}\n---\n{secret}\n")),
        ("data/so.csv", format!("thang,{secret}\n2026-07,{secret}\n")),
        ("static/ghi-chu.txt", secret.to_owned()),
        ("themes/rieng/words/vi.yaml", format!("a: {quoted}\n")),
        ("ghi-chu.md", secret.to_owned()),
    ]
}

fn client(folder: &Path) {
    let settings = format!(
        "title: {COMPANY}\nlanguage: vi\nbase_url: https://honglac.example/noi-bo\nbrand: {{name: {COMPANY}, logo: hong-lac.svg}}\npeople:\n  quynh-chi: {{name: {PERSON}}}\n  huong: {{name: {BOSS}}}\nlints: {{}}\n"
    );
    write(folder, "scorebook.yaml", settings);
    write(folder, "hong-lac.svg", "<svg/>");
    for (path, text) in places("việc").into_iter().take(1).chain(places("việc").into_iter().skip(5).take(2)) {
        write(folder, path, text);
    }
    // Names of files and ids made of secrets.
    let goal = "---\nperiod: 2026-Q3\nid: hong-lac-quynh-chi-0977654321\nkey_results: [{title: Một, start: 0, target: 1}]\n---\n# Hai\n";
    write(folder, "objectives/2026-q3/Gốm Hồng Lạc/Đặng Thuỳ Quỳnh Chi 4815162.md", goal);
    write(folder, "pages/gom-hong-lac-va-vu-khac-huong.md", "# Một trang\n");
}

#[test]
fn no_secret_of_any_kind_in_any_place_goes_into_a_pack() {
    let forms: [fn(&str) -> String; 4] = [|it| it.to_owned(), |it| it.nfd().collect(), without_marks, |it| it.to_uppercase()];
    let secrets: Vec<String> = SECRETS
        .iter()
        .map(|it| bare(it))
        .chain(["4815162", "9815162", "5815162", "quynhchi", "khachuong", "honglac"].map(str::to_owned))
        .collect();
    let mut planted = 0;
    for secret in SECRETS {
        for form in forms {
            let folder = tempfile::tempdir().expect("a folder");
            client(folder.path());
            let places = places(&form(secret));
            // Each place once; what stands at the same path waits for its turn.
            let mut turns: Vec<Vec<(&str, String)>> = Vec::new();
            for (path, text) in places {
                match turns.iter_mut().find(|turn| turn.iter().all(|(it, _)| *it != path)) {
                    Some(turn) => turn.push((path, text)),
                    None => turns.push(vec![(path, text)]),
                }
                planted += 1;
            }
            for (number, turn) in turns.iter().enumerate() {
                for (path, text) in turn {
                    write(folder.path(), path, text);
                }
                let name = format!("pack-{number}.zip");
                let (code, out, err) = run(&["template", "pack", "-o", &name], folder.path());
                assert_eq!(code, Some(0), "{out}{err}");
                for (path, bytes) in opened(&folder.path().join(&name)) {
                    let whole = bare(&format!("{path}\n{}", String::from_utf8_lossy(&bytes)));
                    for secret in &secrets {
                        assert!(!whole.contains(secret.as_str()), "`{secret}` in {path}:\n{}", String::from_utf8_lossy(&bytes));
                    }
                }
            }
        }
    }
    assert_eq!(planted, 7 * 4 * 18, "seven secrets in four forms in eighteen places");
}

#[test]
fn a_pack_says_place_by_place_what_it_took_out_and_starts_another_company() {
    let folder = tempfile::tempdir().expect("a folder");
    client(folder.path());
    write(folder.path(), "pages/cach-lam.md", "# Cách làm\n\nHọp 15 phút với Hoàng Oanh, theo ISO 9001.\n");
    let (code, out, err) =
        run(&["template", "pack", "-o", "a.zip", "--keep", "ISO 9001", "--keep", "9001", "--keep", "ISO"], folder.path());
    assert_eq!(code, Some(0), "{err}");
    for line in [
        "scorebook.yaml:3: `base_url`",
        "scorebook.yaml:4: `brand`",
        "scorebook.yaml:5: `people`",
        "check-ins/a.md: bỏ ra: check-in",
        "kpis/doanh-thu.md:2: `owner`",
        "kpis/doanh-thu.md:4: `target`",
        "hong-lac.svg: bỏ ra: tệp",
        "con số: 15",
        "vi/pages/cach-lam.md: Hoàng Oanh",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    let page = String::from_utf8(opened(&folder.path().join("a.zip"))["vi/pages/cach-lam.md"].clone()).expect("a text");
    assert!(page.contains("Họp … phút với Hoàng Oanh, theo ISO 9001."), "{page}");
    // Nothing is overwritten.
    assert_eq!(run(&["template", "pack", "-o", "a.zip"], folder.path()).0, Some(2));

    let (code, _, err) = run(&["init", "moi", "--from", "a.zip", "--var", "company=Mộc Miên", "--var", "quarter=2027-Q1"], folder.path());
    assert_eq!(code, Some(0), "{err}");
    let goal = fs::read_to_string(folder.path().join("moi/objectives/2027-q1/khach.md")).expect("the goal");
    assert!(goal.contains("period: \"2027-Q1\"") && goal.contains("# start:") && !goal.contains("4815162"), "{goal}");
    let (code, out, _) = run(&["check", "moi", "--format", "short"], folder.path());
    assert_eq!((code, out.contains("error")), (Some(0), false), "{out}");
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(*path, SimpleFileOptions::default()).expect("it begins");
        zip.write_all(bytes).expect("it is written");
    }
    zip.finish().expect("it ends").into_inner()
}

const MANIFEST: &[u8] = b"format: 1\nname: Xin\n";

#[test]
fn a_strangers_template_writes_nothing_outside_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let sites = b"outputs: [{dir: ../../ra-ngoai}]\n";
    let bomb = vec![b'#'; 6 << 20];
    // Small files that would take hours to fill in, or fill a disk.
    let braces = b"{{".repeat(2_000_000);
    let long = "a".repeat(200);
    let quoted = [b"---\nx: \"".to_vec(), b"{{company}}".repeat(100_000), b"\"\n---\n".to_vec()].concat();
    let default = format!("name: X\nvariables: {{a: {{question: A?, default: {}}}}}\n", "a".repeat(100_000)).into_bytes();
    let answer = format!("name: X\nvariables: {{a: {{question: A?, default: {long}}}}}\n").into_bytes();
    let page = b"{{a}}".repeat(20_000);
    let swelling: Vec<String> = (0..14).map(|n| format!("pages/{n}.md")).collect();
    let swelling: Vec<(&str, &[u8])> =
        swelling.iter().map(|it| (it.as_str(), page.as_slice())).chain([("template.yaml", answer.as_slice())]).collect();
    let many: Vec<String> = (0..2_100).map(|n| format!("pages/{n}.md")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|it| (it.as_str(), &b"# a\n"[..])).chain([("template.yaml", MANIFEST)]).collect();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("path", archive(&[("template.yaml", MANIFEST), ("../ngoai.md", b"x")]), "leads out of the folder"),
        ("deep", archive(&[("template.yaml", MANIFEST), ("a/../../ngoai.md", b"x")]), "leads out of the folder"),
        ("root", archive(&[("template.yaml", MANIFEST), ("/tmp/ngoai.md", b"x")]), "leads out of the folder"),
        ("drive", archive(&[("template.yaml", MANIFEST), ("C:\\ngoai.md", b"x")]), "leads out of the folder"),
        ("bomb", archive(&[("template.yaml", MANIFEST), ("pages/a.md", &bomb)]), "more than a template may"),
        ("many", archive(&many), "more than a template may"),
        ("case", archive(&[("template.yaml", MANIFEST), ("pages/A.md", b"x"), ("pages/a.md", b"y")]), "one where case does not count"),
        ("site", archive(&[("template.yaml", MANIFEST), ("scorebook.yaml", sites)]), "written outside the workspace"),
        ("zip", b"PK nothing".to_vec(), "no .zip archive"),
        ("none", archive(&[("a.md", b"x")]), "there is no template.yaml"),
        ("asks", archive(&[("template.yaml", b"name: X\nvaribles: {}\n")]), "`varibles` is not a key here"),
        ("braces", archive(&[("template.yaml", MANIFEST), ("pages/a.md", &braces)]), "pages/a.md:1:1: [syntax]"),
        ("quoted", archive(&[("template.yaml", MANIFEST), ("pages/a.md", &quoted)]), "[too-large]"),
        ("default", archive(&[("template.yaml", &default), ("pages/a.md", b"{{ a }}")]), "longer than 200 characters"),
        ("swells", archive(&swelling), "larger than 50 MiB"),
        ("says", archive(&[("template.yaml", MANIFEST), ("pages/a.md", b"# {{ compny }}\n")]), "pages/a.md:1:3: [unknown-reference]"),
    ];
    for (name, bytes, want) in cases {
        let file = format!("{name}.zip");
        fs::write(root.join(&file), bytes).expect("it is written");
        let company = format!("company={long}");
        let (code, out, err) = run(&["init", "moi", "--from", &file, "--var", &company], root);
        assert_eq!(code, Some(2), "{name}: {out}{err}");
        assert!(err.contains(want), "{name}: {err}");
        assert!(!root.join("moi").exists() && !root.join("ngoai.md").exists(), "{name} wrote something");
    }
}

#[test]
fn what_runs_by_itself_is_left_out_of_a_strangers_template() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let files: &[(&str, &[u8])] = &[
        ("mau/template.yaml", MANIFEST),
        ("mau/.github/workflows/x.yml", b"on: push"),
        ("mau/static/a.html", b"<script>1</script>"),
        ("mau/run.sh", b"rm -rf"),
        ("mau/logo.svg", b"<svg onload=\"x()\"/>"),
        ("mau/pages/a.md", b"# {{ company }}\n"),
    ];
    fs::write(root.join("mau.zip"), archive(files)).expect("it is written");
    let (code, _, err) = run(&["init", "moi", "--from", "mau.zip", "--var", "company=A # \"B\": [c", "--language", "vi"], root);
    assert_eq!(code, Some(0), "{err}");
    for name in [".github/workflows/x.yml", "static/a.html", "run.sh", "logo.svg"] {
        assert!(err.contains(name) && !root.join("moi").join(name).exists(), "{name}: {err}");
    }
    assert_eq!(fs::read_to_string(root.join("moi/pages/a.md")).expect("the page"), "# A # \"B\": [c\n");
    let settings = fs::read_to_string(root.join("moi/scorebook.yaml")).expect("settings");
    assert!(settings.contains("title: \"A # \\\"B\\\": [c\""), "{settings}");
    // A folder of the coach's own works the same.
    write(root, "rieng/template.yaml", "name: Riêng\nvariables: {chu: {question: Ai?, default: Chủ quán}}\n");
    write(root, "rieng/scorebook.yaml", "language: vi\npeople: {chu: {name: \"{{ chu }}\"}}\n");
    let (code, _, err) = run(&["init", "hai", "--from", "rieng", "--var", "chu=Trần \"Tư\""], root);
    assert_eq!(code, Some(0), "{err}");
    assert!(fs::read_to_string(root.join("hai/scorebook.yaml")).expect("settings").contains("{name: \"Trần \\\"Tư\\\"\"}"));
    let (code, _, err) = run(&["init", "hai", "--from", "rieng"], root);
    assert!(code == Some(2) && err.contains("nothing is overwritten"), "{err}");
}
