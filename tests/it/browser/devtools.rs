//! A browser over the DevTools protocol, through a pipe: no port, no socket, no other crate.
//!
//! `--remote-debugging-pipe` reads commands from file 3 and writes answers to file 4, each ended by a zero byte;
//! a shell puts our two pipes there.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use serde_json::{Value, json};

/// A browser that answers nothing for so long has died.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running browser; it ends with this value.
pub(crate) struct Browser {
    child: Child,
    commands: ChildStdin,
    answers: Receiver<Value>,
    next: u64,
    _profile: tempfile::TempDir,
}

/// One tab.
pub(crate) struct Page<'b> {
    browser: &'b mut Browser,
    session: String,
    complaints: Vec<String>,
}

fn executable() -> Option<String> {
    let own = std::env::var("CHROME").ok();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge"];
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];
    let on_path = |name: &str| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|dir| dir.join(name)).find(|it| it.is_file()).map(|it| it.display().to_string())
    };
    own.or_else(|| names.into_iter().find_map(on_path)).or_else(|| places.into_iter().find(|it| Path::new(it).is_file()).map(str::to_owned))
}

impl Browser {
    /// Starts the browser that is there.
    pub(crate) fn start() -> Option<Self> {
        let executable = executable()?;
        let profile = tempfile::tempdir().expect("a temporary folder");
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--remote-debugging-pipe",
        ];
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#, &executable])
            .args(flags)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let commands = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (send, answers) = channel();
        std::thread::spawn(move || {
            for message in output.split(0) {
                let Ok(message) = message else { return };
                let Ok(value) = serde_json::from_slice::<Value>(&message) else { return };
                if send.send(value).is_err() {
                    return;
                }
            }
        });
        Some(Self { child, commands, answers, next: 0, _profile: profile })
    }

    /// A new tab.
    pub(crate) fn page(&mut self) -> Page<'_> {
        let target = self.call(None, "Target.createTarget", &json!({"url": "about:blank"}), &mut Vec::new());
        let attached = self.call(None, "Target.attachToTarget", &json!({"targetId": target["targetId"], "flatten": true}), &mut Vec::new());
        let session = attached["sessionId"].as_str().expect("a session").to_owned();
        let mut page = Page { browser: self, session, complaints: Vec::new() };
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page
    }

    fn call(&mut self, session: Option<&str>, method: &str, parameters: &Value, events: &mut Vec<Value>) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).and_then(|()| self.commands.flush()).expect("the browser listens");
        loop {
            let answer = self.hear();
            if answer["id"] == json!(id) {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            events.push(answer);
        }
    }

    fn hear(&mut self) -> Value {
        self.answers.recv_timeout(PATIENCE).expect("the browser answers within a minute")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It is of no further use, whether it can be ended politely or not.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Page<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "so that callers write the JSON in place")]
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        let mut events = Vec::new();
        let session = self.session.clone();
        let answer = self.browser.call(Some(&session), method, &parameters, &mut events);
        events.iter().for_each(|event| self.note(event));
        answer
    }

    /// Opens a file and waits until it has loaded.
    pub(crate) fn open(&mut self, path: &Path) {
        self.complaints.clear();
        self.call("Page.navigate", json!({"url": format!("file://{}", path.display())}));
        while self.text("location.pathname + document.readyState") != format!("{}complete", escaped(path)) {
            let event = self.browser.hear();
            self.note(&event);
        }
    }

    /// What went wrong since the page was opened: errors, refused things, and requests that leave the disk.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.call("Runtime.evaluate", json!({"expression": "0"}));
        std::mem::take(&mut self.complaints)
    }

    fn note(&mut self, event: &Value) {
        let parameters = &event["params"];
        match event["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                let url = parameters["request"]["url"].as_str().unwrap_or_default();
                if !url.starts_with("file://") && !url.starts_with("about:") {
                    self.complaints.push(format!("a request to {url}"));
                }
            }
            Some("Log.entryAdded") => self.complaints.push(parameters["entry"]["text"].to_string()),
            Some("Runtime.exceptionThrown") => self.complaints.push(parameters["exceptionDetails"]["text"].to_string()),
            Some("Audits.issueAdded") => {
                let code = parameters["issue"]["code"].as_str().unwrap_or_default();
                if code.contains("ContentSecurityPolicy") {
                    self.complaints.push(parameters["issue"]["details"].to_string());
                }
            }
            _ => {}
        }
    }

    /// Runs a script that gives nothing back.
    pub(crate) fn run(&mut self, script: &str) {
        self.call("Runtime.evaluate", json!({"expression": script}));
    }

    fn evaluate(&mut self, expression: &str) -> Value {
        let answer = self.call("Runtime.evaluate", json!({"expression": expression, "returnByValue": true, "awaitPromise": true}));
        assert!(answer["exceptionDetails"].is_null(), "{}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// A script's text.
    pub(crate) fn text(&mut self, expression: &str) -> String {
        self.evaluate(expression).as_str().unwrap_or_default().to_owned()
    }

    /// A script's number.
    pub(crate) fn number(&mut self, expression: &str) -> f64 {
        self.evaluate(expression).as_f64().unwrap_or(f64::NAN)
    }
}

/// A path as the browser writes it.
fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for byte in path.display().to_string().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
