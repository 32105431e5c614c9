//! Chromium behind ChromeDriver: where they are, how they are started, one call after the other.
//!
//! The protocol is W3C WebDriver, JSON over HTTP, spoken with the HTTP client that these tests have
//! anyway. A WebDriver crate would be asynchronous, which no test here is, and would not know what
//! is needed most: DevTools commands, the log, touch screens.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::Viewport;
use crate::leash::Leash;

/// Where both are looked for: an environment variable with the path, then these names on `PATH`.
/// `cargo xtask test` looks in the same places, and installs them where it may.
const CHROMIUM: (&str, &[&str]) = (
    "HIEUHOC_CHROMIUM",
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
);
const DRIVER: (&str, &[&str]) = ("HIEUHOC_CHROMEDRIVER", &["chromedriver"]);

/// No sandbox: it does not work as root, and no pages but ours are opened. No call to any service.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

/// Longer than the longest page load.
const CALL: Duration = Duration::from_secs(90);
const PAGE_LOAD_MS: u64 = 60_000;
const SCRIPT_MS: u64 = 30_000;

/// Why a call was refused.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    /// The protocol's name for it, such as `no such element`.
    pub(super) error: String,
    /// What ChromeDriver says about it, its first line.
    pub(super) message: String,
}

/// A session with a Chromium of its own.
pub(super) struct Driver {
    agent: ureq::Agent,
    session: String,
    /// Ends before the folder goes.
    _process: Leash,
    _folder: TempDir,
}

impl Driver {
    /// Starts both.
    pub(super) fn start(viewport: Viewport) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(program(DRIVER));
        command.args(["--port=0", "--log-level=SEVERE"]);
        // Whatever Chromium writes, it writes here; and its days are those of the pages.
        command.env("HOME", folder.path()).env("TMPDIR", folder.path());
        command.env("TZ", "Asia/Ho_Chi_Minh").env("LANGUAGE", "vi");
        let mut process = Leash::start(&command);
        let port = process.line_with("successfully on port ").and_then(|line| {
            let port = line.trim().trim_end_matches('.').rsplit(' ').next();
            port?.parse::<u16>().ok()
        });
        let port = port.expect("ChromeDriver says at which port it is");
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        let agent = config.timeout_global(Some(CALL)).build().new_agent();
        let base = format!("http://127.0.0.1:{port}/session");
        let capabilities = capabilities(viewport, &folder.path().join("profile"));
        let answer = send(agent.post(&base), &capabilities);
        let answer = answer.unwrap_or_else(|refusal| {
            panic!("Chromium does not start: {}: {}", refusal.error, refusal.message)
        });
        let id = answer["sessionId"].as_str().expect("a session has an id");
        let session = format!("{base}/{id}");
        Self { agent, session, _process: process, _folder: folder }
    }

    /// Asks for something.
    pub(super) fn get(&self, path: &str) -> Result<Value, Refusal> {
        answer(self.agent.get(format!("{}/{path}", self.session)).call())
    }

    /// Has something done.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        send(self.agent.post(format!("{}/{path}", self.session)), body)
    }

    /// Takes something away.
    pub(super) fn delete(&self, path: &str) -> Result<Value, Refusal> {
        answer(self.agent.delete(format!("{}/{path}", self.session)).call())
    }

    /// A DevTools command, for what the protocol has no word for.
    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Result<Value, Refusal> {
        self.post("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // In order, so that Chromium can put its files away; the leash does the rest.
        let end = self.agent.delete(&self.session);
        let _ = end.config().timeout_global(Some(Duration::from_secs(5))).build().call();
    }
}

fn capabilities(viewport: Viewport, profile: &std::path::Path) -> Value {
    let mut arguments: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let (width, height) = viewport.size();
    let touch = viewport == Viewport::Phone;
    json!({"capabilities": {"alwaysMatch": {
        "browserName": "chrome",
        "timeouts": {"implicit": 0, "pageLoad": PAGE_LOAD_MS, "script": SCRIPT_MS},
        "goog:loggingPrefs": {"browser": "ALL"},
        "goog:chromeOptions": {
            "binary": program(CHROMIUM),
            "args": arguments,
            // Begins with an empty page: Chromium's own has scripts, with errors of their own.
            "prefs": {
                "intl.accept_languages": "vi",
                "session": {"restore_on_startup": 4, "startup_urls": ["about:blank"]},
            },
            "mobileEmulation": {"deviceMetrics": {
                "width": width, "height": height, "pixelRatio": viewport.pixel_ratio(),
                "touch": touch, "mobile": touch,
            }},
        },
    }}})
}

fn send(
    request: ureq::RequestBuilder<ureq::typestate::WithBody>,
    body: &Value,
) -> Result<Value, Refusal> {
    answer(request.send_json(body))
}

fn answer(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Value, Refusal> {
    let broken = |error: ureq::Error| Refusal {
        error: "ChromeDriver does not answer".to_owned(),
        message: error.to_string(),
    };
    let mut response = response.map_err(broken)?;
    let failed = response.status().as_u16() >= 400;
    // Pictures of long pages are larger than what is read by default.
    let body = response.body_mut().with_config().limit(1 << 28);
    let value = body.read_json::<Value>().map_err(broken)?["value"].take();
    if !failed {
        return Ok(value);
    }
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    let message = text("message").lines().next().unwrap_or_default().to_owned();
    Err(Refusal { error: text("error").to_owned(), message })
}

fn program((variable, names): (&str, &[&str])) -> PathBuf {
    if let Some(path) = std::env::var_os(variable) {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut files = names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    files.find(|file| file.is_file()).unwrap_or_else(|| {
        panic!(
            "none of {} is on PATH, and {variable} is not set; on Debian: \
             apt-get install chromium chromium-driver",
            names.join(", ")
        )
    })
}
