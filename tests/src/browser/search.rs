//! Finding things on the page: by selector, and by what a person goes by, which is text, label and
//! role. All wait until there is something, but for `find_all`.

use serde_json::{Value, json};

use super::{Browser, Element};

/// The form field with a label; its text with spaces as they are seen.
const BY_LABEL: &str = "
    const norm = text => (text ?? '').replace(/\\s+/g, ' ').trim();
    const named = field => [...(field.labels ?? [])].some(one => norm(one.innerText) === arguments[0])
        || norm(field.ariaLabel) === arguments[0];
    return [...document.querySelectorAll('input, select, textarea')].find(named) ?? null";

/// The innermost element in whose visible text a text stands.
const BY_TEXT: &str = "
    const norm = text => (text ?? '').replace(/\\s+/g, ' ').trim();
    const has = one => norm(one.innerText).includes(arguments[0]);
    let found = document.body && has(document.body) ? document.body : null;
    for (let inner = found; inner; inner = [...inner.children].find(has)) found = inner;
    return found";

/// All that may have a role and a name; which of them do is asked of the browser itself.
const BY_ROLE: &str = "
    const norm = text => (text ?? '').replace(/\\s+/g, ' ').trim();
    const all = {
        button: 'button, summary, input, [role=button]',
        link: 'a, [role=link]',
        heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
    }[arguments[0]] ?? 'body *';
    const texts = one => [one.textContent, one.ariaLabel, one.value, one.alt, one.title, one.caption?.textContent,
        ...[...(one.labels ?? [])].map(label => label.textContent),
        ...(one.ariaLabelledByElements ?? []).map(label => label.textContent)];
    const named = one => texts(one).some(text => norm(String(text ?? '')).includes(arguments[1]));
    return [...document.querySelectorAll(all)].filter(named)";

impl Browser {
    /// The first element that matches, once there is one.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element<'_> {
        let what = format!("element `{css}`");
        self.wait(&what, || self.look(css).into_iter().next())
    }

    /// The first element that matches, once it is to be seen.
    #[track_caller]
    pub fn wait_for(&self, css: &str) -> Element<'_> {
        let visible = |one: &Element<'_>| one.try_get("displayed").is_ok_and(|yes| yes == true);
        self.wait(&format!("visible element `{css}`"), || self.look(css).into_iter().find(visible))
    }

    /// All elements that match now, perhaps none.
    #[must_use]
    pub fn find_all(&self, css: &str) -> Vec<Element<'_>> {
        self.look(css)
    }

    /// The form field with this label.
    #[track_caller]
    pub fn find_label(&self, label: &str) -> Element<'_> {
        self.find_by(&format!("field with the label {label:?}"), BY_LABEL, &[label.into()])
    }

    /// The innermost element that shows this text, or has it in what it shows.
    #[track_caller]
    pub fn find_text(&self, text: &str) -> Element<'_> {
        self.find_by(&format!("text {text:?}"), BY_TEXT, &[text.into()])
    }

    /// The first element with this role and this name, as somebody hears them who does not see.
    #[track_caller]
    pub fn find_role(&self, role: &str, name: &str) -> Element<'_> {
        let what = format!("{role} with the name {name:?}");
        self.wait(&what, || {
            let candidates = self.try_script(BY_ROLE, &[role.into(), name.into()]).ok()?;
            let is = |one: &Element<'_>, property: &str, wanted: &str| {
                one.try_get(property).is_ok_and(|value| value == wanted)
            };
            let candidates = candidates.as_array()?.iter();
            let mut elements = candidates.filter_map(|one| Element::new(self, one, &what));
            elements.find(|one| is(one, "computedrole", role) && is(one, "computedlabel", name))
        })
    }

    /// The element that keys go to.
    #[must_use]
    #[track_caller]
    pub fn focused(&self) -> Element<'_> {
        let active = self.told("say where keys go", self.driver.get("element/active"));
        match Element::new(self, &active, "the focused element") {
            Some(element) => element,
            None => self.fail("no element is focused"),
        }
    }

    #[track_caller]
    fn find_by(&self, what: &str, script: &str, arguments: &[Value]) -> Element<'_> {
        // A page that is just going may refuse the script.
        self.wait(what, || Element::new(self, &self.try_script(script, arguments).ok()?, what))
    }

    #[track_caller]
    fn look(&self, css: &str) -> Vec<Element<'_>> {
        let body = json!({"using": "css selector", "value": css});
        let found = match self.driver.post("elements", &body) {
            Err(refusal) if refusal.error == "invalid selector" => {
                self.told("search", Err(refusal))
            }
            found => found.unwrap_or_default(),
        };
        let what = format!("`{css}`");
        let elements = found.as_array().into_iter().flatten();
        elements.filter_map(|one| Element::new(self, one, &what)).collect()
    }
}
