//! A real Chromium for tests of the pages: it is told by code what a person would do, and says what
//! that person would see.
//!
//! Whatever does not go as told panics with address, title, console and the path of a picture. What
//! may take a moment is waited for, and never for a fixed time. Every browser looks at its console
//! when it ends: an error there, a breach of the content security policy included, fails the test
//! that did not take it out with [`Browser::console_errors`].
//!
//! Deliberately absent: other browsers; and a limit on how many run at once, as the test program runs
//! as many tests at a time as there are cores.

mod axe;
mod console;
mod devtools;
mod driver;
mod element;
mod keys;
mod search;

use std::cell::Cell;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

pub use self::axe::{Findings, Violation};
pub use self::console::ConsoleError;
pub use self::devtools::Weight;
pub use self::element::Element;

use self::driver::{Driver, Refusal};

/// How long something may take to appear; the build machine is slow and runs much at once.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(40);

/// What the pages are looked at with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewport {
    /// 1366 × 768, a mouse: what stands in the offices of communes.
    Laptop,
    /// 390 × 844, a finger: what hamlet heads have.
    Phone,
}

impl Viewport {
    /// Both, widest first.
    pub const ALL: [Self; 2] = [Self::Laptop, Self::Phone];

    /// Width and height in CSS pixels.
    #[must_use]
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Laptop => (1366, 768),
            Self::Phone => (390, 844),
        }
    }

    /// A name for files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Laptop => "laptop",
            Self::Phone => "phone",
        }
    }

    /// Such phones have 3; pictures are large enough with 2.
    fn pixel_ratio(self) -> u32 {
        match self {
            Self::Laptop => 1,
            Self::Phone => 2,
        }
    }
}

/// A cookie as the browser keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether scripts cannot read it.
    pub http_only: bool,
    /// Whether it goes over TLS only.
    pub secure: bool,
    /// `Strict`, `Lax`, `None`, or nothing where the server did not say.
    pub same_site: String,
}

/// A Chromium with a profile of its own; ends with all its processes when dropped.
pub struct Browser {
    driver: Driver,
    viewport: Viewport,
    patience: Duration,
    /// After a refused look at the console there is no use in a second one.
    console_lost: Cell<bool>,
}

impl Browser {
    /// Starts one.
    ///
    /// # Panics
    /// Chromium or ChromeDriver are missing or do not start.
    #[must_use]
    #[track_caller]
    pub fn start(viewport: Viewport) -> Self {
        let driver = Driver::start(viewport);
        Self { driver, viewport, patience: PATIENCE, console_lost: Cell::new(false) }
    }

    /// Waits for something else than ten seconds at most.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// What it looks like.
    #[must_use]
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// Opens an address and waits until the page has loaded.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.told(&format!("open {url}"), self.driver.post("url", &json!({"url": url})));
    }

    /// One page back.
    #[track_caller]
    pub fn back(&self) {
        self.told("go back", self.driver.post("back", &json!({})));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.told("reload", self.driver.post("refresh", &json!({})));
    }

    /// Where it is.
    #[must_use]
    #[track_caller]
    pub fn url(&self) -> String {
        text(&self.told("say where it is", self.driver.get("url")))
    }

    /// Where it is, from the path on.
    #[must_use]
    #[track_caller]
    pub fn path(&self) -> String {
        let url = self.url();
        let after = url.split_once("://").map_or("", |(_, rest)| rest);
        after.find('/').map_or(String::new(), |start| after[start..].to_owned())
    }

    /// The page's title.
    #[must_use]
    #[track_caller]
    pub fn title(&self) -> String {
        text(&self.told("say the title", self.driver.get("title")))
    }

    /// The status with which the page came.
    #[must_use]
    #[track_caller]
    pub fn status(&self) -> u16 {
        const SCRIPT: &str = "return performance.getEntriesByType('navigation')[0].responseStatus";
        let status = self.script(SCRIPT, &[]).as_u64();
        status.and_then(|status| u16::try_from(status).ok()).unwrap_or_default()
    }

    /// Runs the body of a function in the page, whatever the page's policy says; its result as JSON.
    #[track_caller]
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.told("run a script", self.try_script(body, arguments))
    }

    fn try_script(&self, body: &str, arguments: &[Value]) -> Result<Value, Refusal> {
        self.driver.post("execute/sync", &json!({"script": body, "args": arguments}))
    }

    /// All cookies that go to this page.
    #[must_use]
    #[track_caller]
    pub fn cookies(&self) -> Vec<Cookie> {
        let cookies = self.told("show its cookies", self.driver.get("cookie"));
        let cookie = |value: &Value| Cookie {
            name: text(&value["name"]),
            value: text(&value["value"]),
            http_only: value["httpOnly"] == true,
            secure: value["secure"] == true,
            same_site: text(&value["sameSite"]),
        };
        cookies.as_array().into_iter().flatten().map(cookie).collect()
    }

    /// Forgets all cookies that go to this page.
    #[track_caller]
    pub fn forget_cookies(&self) {
        self.told("forget its cookies", self.driver.delete("cookie"));
    }

    /// Writes a picture of the whole page, however long, to a file.
    #[track_caller]
    pub fn screenshot_full_page(&self, path: &Path) {
        let picture = self.full_page();
        write_picture(path, &picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Looks until there is something, for as long as patience lasts.
    #[track_caller]
    pub fn wait<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + self.patience;
        loop {
            if let Some(found) = look() {
                return found;
            }
            if Instant::now() > end {
                self.fail(&format!("no {what} after {:?}", self.patience));
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Ends the test, and says what is to be seen.
    #[track_caller]
    pub fn fail(&self, what: &str) -> ! {
        panic!("{what}\n{}", self.sight());
    }

    #[track_caller]
    fn told(&self, what: &str, answer: Result<Value, Refusal>) -> Value {
        // No closure: the failure is to name the line of the test.
        match answer {
            Ok(value) => value,
            Err(Refusal { error, message }) => {
                self.fail(&format!("cannot {what}: {error}: {message}"))
            }
        }
    }

    /// What a person would want to know of the page who hears that a test failed.
    fn sight(&self) -> String {
        let mut sight = String::new();
        let said = |value: Result<Value, Refusal>| {
            value.map_or_else(|refusal| format!("({})", refusal.error), |value| text(&value))
        };
        let body = "return document.body ? document.body.innerText.slice(0, 600) : ''";
        let _ = writeln!(sight, "  address: {}", said(self.driver.get("url")));
        let _ = writeln!(sight, "  title:   {}", said(self.driver.get("title")));
        let _ = writeln!(sight, "  picture: {}", self.failure_picture());
        for error in self.console_errors() {
            let _ = writeln!(sight, "  console: {error}");
        }
        for line in said(self.try_script(body, &[])).lines().filter(|line| !line.trim().is_empty())
        {
            let _ = writeln!(sight, "  | {line}");
        }
        sight
    }

    fn failure_picture(&self) -> String {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("test").replace("::", "-");
        let path = target().join("browser-failures").join(format!("{name}.png"));
        let written = match self.driver.get("screenshot") {
            Ok(picture) => write_picture(&path, &picture).map_err(|error| error.to_string()),
            Err(refusal) => Err(refusal.error),
        };
        written.map_or_else(|error| format!("none: {error}"), |()| path.display().to_string())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A panic during a panic ends the test program, and its other tests with it.
        if std::thread::panicking() {
            return;
        }
        let errors = self.console_errors();
        assert!(errors.is_empty(), "the console has errors:\n{}", console::list(&errors));
    }
}

/// Where cargo puts what can be made again.
pub fn target() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    test.ancestors().nth(3).expect("target/<profile>/deps/<test>").to_path_buf()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn write_picture(path: &Path, picture: &Value) -> std::io::Result<()> {
    let bytes = base64::prelude::BASE64_STANDARD.decode(picture.as_str().unwrap_or_default());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes.map_err(std::io::Error::other)?)
}
