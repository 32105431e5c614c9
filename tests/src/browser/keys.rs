//! The keyboard.

use serde_json::{Value, json};

use super::Browser;

/// The names of keys that write nothing, with the protocol's code points for them.
const NAMED: &[(&str, &str)] = &[
    ("Shift", "\u{E008}"),
    ("Control", "\u{E009}"),
    ("Alt", "\u{E00A}"),
    ("Backspace", "\u{E003}"),
    ("Tab", "\u{E004}"),
    ("Enter", "\u{E007}"),
    ("Escape", "\u{E00C}"),
    ("Space", " "),
    ("PageUp", "\u{E00E}"),
    ("PageDown", "\u{E00F}"),
    ("End", "\u{E010}"),
    ("Home", "\u{E011}"),
    ("ArrowLeft", "\u{E012}"),
    ("ArrowUp", "\u{E013}"),
    ("ArrowRight", "\u{E014}"),
    ("ArrowDown", "\u{E015}"),
    ("Delete", "\u{E017}"),
];

impl Browser {
    /// Presses one key, or several at once, such as `Tab`, `Shift+Tab`, `a`, `Control+a`.
    ///
    /// # Panics
    /// There is no key with that name.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let codes: Vec<&str> = keys.split('+').map(code).collect();
        let act = |kind: &str, code: &str| json!({"type": kind, "value": code});
        let down = codes.iter().map(|code| act("keyDown", code));
        let up = codes.iter().rev().map(|code| act("keyUp", code));
        let actions: Vec<Value> = down.chain(up).collect();
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]});
        self.told(&format!("press {keys}"), self.driver.post("actions", &body));
    }
}

#[track_caller]
fn code(name: &str) -> &str {
    let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    match named.or((name.chars().count() == 1).then_some(name)) {
        Some(code) => code,
        None => panic!("no key is called {name:?}; see the list in tests/src/browser/keys.rs"),
    }
}
