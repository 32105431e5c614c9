//! Something on the page, and what a person does with it.

use std::path::Path;

use serde_json::{Value, json};

use super::driver::Refusal;
use super::{Browser, text};

/// The protocol's name for a reference to an element.
const REFERENCE: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of the page that is open; of no use after the next page came.
#[derive(Clone)]
pub struct Element<'b> {
    browser: &'b Browser,
    id: String,
    /// How it was found, for failures.
    what: String,
}

impl<'b> Element<'b> {
    /// From a reference as the protocol writes it; nothing for anything else.
    pub(super) fn new(browser: &'b Browser, value: &Value, what: &str) -> Option<Self> {
        let id = value[REFERENCE].as_str()?.to_owned();
        Some(Self { browser, id, what: what.to_owned() })
    }

    /// Clicks it, or taps it. Whether that opens another page is not known: see
    /// [`follow`](Self::follow).
    #[track_caller]
    pub fn click(&self) {
        self.post("click", "click", &json!({}));
    }

    /// Clicks it and waits for the page that this leads to, so that nothing is found on the old one.
    #[track_caller]
    pub fn follow(&self) {
        const NEW: &str = "return !window.left && document.readyState === 'complete' || null";
        self.browser.script("window.left = true", &[]);
        self.click();
        let what = format!("new page after a click on {}", self.what);
        self.browser.wait(&what, || self.browser.try_script(NEW, &[]).ok()?.as_bool());
    }

    /// Empties it and types a text.
    #[track_caller]
    pub fn fill(&self, value: &str) {
        self.post("clear", "empty", &json!({}));
        self.post("value", "fill", &json!({"text": value}));
    }

    /// Chooses the option that shows `label` from a list.
    #[track_caller]
    pub fn select(&self, label: &str) {
        const FIND: &str = "const norm = text => text.replace(/\\s+/g, ' ').trim();
            return [...arguments[0].options].find(one => norm(one.label) === arguments[1]) ?? null";
        let option = self.script(FIND, &[label.into()]);
        let what = format!("option {label:?} of {}", self.what);
        match Self::new(self.browser, &option, &what) {
            Some(option) => option.click(),
            None => self.browser.fail(&format!("there is no {what}")),
        }
    }

    /// Chooses a file to send.
    #[track_caller]
    pub fn upload(&self, path: &Path) {
        let path = std::fs::canonicalize(path);
        let path =
            path.unwrap_or_else(|error| panic!("a file to upload into {}: {error}", self.what));
        self.post("value", "upload into", &json!({"text": path.display().to_string()}));
    }

    /// The text that is to be seen in it.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> String {
        text(&self.get("text"))
    }

    /// What a form field holds.
    #[must_use]
    #[track_caller]
    pub fn value(&self) -> String {
        text(&self.get("property/value"))
    }

    /// An attribute as the page has it.
    #[must_use]
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.script("return arguments[0].getAttribute(arguments[1])", &[name.into()])
            .as_str()
            .map(str::to_owned)
    }

    /// What it is to somebody who does not see it: `button`, `link`, `heading` and so on.
    #[must_use]
    #[track_caller]
    pub fn role(&self) -> String {
        text(&self.get("computedrole"))
    }

    /// How it is called to somebody who does not see it.
    #[must_use]
    #[track_caller]
    pub fn label(&self) -> String {
        text(&self.get("computedlabel"))
    }

    /// Whether it is to be seen, be it after scrolling.
    #[must_use]
    #[track_caller]
    pub fn is_displayed(&self) -> bool {
        self.get("displayed") == true
    }

    /// Whether a box or a circle is marked, or an option chosen.
    #[must_use]
    #[track_caller]
    pub fn is_selected(&self) -> bool {
        self.get("selected") == true
    }

    /// Whether it can be used.
    #[must_use]
    #[track_caller]
    pub fn is_enabled(&self) -> bool {
        self.get("enabled") == true
    }

    /// Runs the body of a function with this element as its first argument.
    #[track_caller]
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        let me = [json!({REFERENCE: self.id})];
        self.browser.script(body, &[&me, arguments].concat())
    }

    pub(super) fn try_get(&self, property: &str) -> Result<Value, Refusal> {
        self.browser.driver.get(&format!("element/{}/{property}", self.id))
    }

    #[track_caller]
    fn get(&self, property: &str) -> Value {
        self.browser.told(&format!("read {property} of {}", self.what), self.try_get(property))
    }

    #[track_caller]
    fn post(&self, path: &str, act: &str, body: &Value) {
        let answer = self.browser.driver.post(&format!("element/{}/{path}", self.id), body);
        self.browser.told(&format!("{act} {}", self.what), answer);
    }
}
