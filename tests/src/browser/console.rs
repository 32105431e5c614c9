//! What the browser's console says.

use std::fmt;
use std::time::Instant;

use serde_json::{Value, json};

use super::driver::Refusal;
use super::{Browser, GLANCE, PATIENCE, text};

/// An error in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleError {
    /// Who complains: `javascript`, `network`, `security` and others.
    pub source: String,
    /// What about, with the address.
    pub message: String,
}

impl fmt::Display for ConsoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.message)
    }
}

/// What the tests themselves write, so as to know that all before it has come.
const MARK: &str = "hieuhoc-tests-mark";

impl Browser {
    /// Takes out all errors since the last time: failures of scripts, breaches of the content
    /// security policy, files that did not come.
    #[must_use]
    pub fn console_errors(&self) -> Vec<ConsoleError> {
        if self.console_lost.get() {
            return Vec::new();
        }
        let bad = |entry: &&Value| entry["level"] == "SEVERE" || entry["source"] == "security";
        let error = |entry: &Value| ConsoleError {
            source: text(&entry["source"]),
            message: text(&entry["message"]),
        };
        match self.console() {
            Ok(entries) => entries.iter().filter(bad).map(error).collect(),
            Err(Refusal { error, message }) => {
                self.console_lost.set(true);
                let message = format!("the console cannot be read: {message}");
                vec![ConsoleError { source: error, message }]
            }
        }
    }

    /// All that was written until now. Entries arrive in order and some time after they were
    /// written: a mark is set, and waited for.
    fn console(&self) -> Result<Vec<Value>, Refusal> {
        let marked = self.try_script("console.debug(arguments[0])", &[MARK.into()]).is_ok();
        let is_mark = |entry: &Value| text(&entry["message"]).contains(MARK);
        let end = Instant::now() + PATIENCE;
        let mut entries: Vec<Value> = Vec::new();
        loop {
            let more = self.driver.post("se/log", &json!({"type": "browser"}))?;
            entries.extend(more.as_array().into_iter().flatten().cloned());
            // Where no script runs, such as on a page that did not come, there is no mark either.
            if !marked || entries.iter().any(is_mark) {
                return Ok(entries);
            }
            if Instant::now() > end {
                let (error, message) = ("timeout".to_owned(), "no mark in it".to_owned());
                return Err(Refusal { error, message });
            }
            std::thread::sleep(GLANCE);
        }
    }
}

/// One line each.
pub(super) fn list(errors: &[ConsoleError]) -> String {
    errors.iter().map(|error| format!("  {error}\n")).collect()
}
