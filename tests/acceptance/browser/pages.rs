//! What every page must be: there, free of console errors, accessible, no wider than a phone, light;
//! and its picture at both widths.
//!
//! `HIEUHOC_FIGURES=1` prints what each page weighs, and how long it takes over a slow mobile line.

use std::path::Path;

use acceptance::{Browser, Viewport};
use serde_json::json;

/// A page to look at.
pub(super) struct Page {
    /// Its name, for pictures and failures.
    pub(super) name: &'static str,
    /// The key of the persona who looks at it; nobody is signed in where there is none.
    pub(super) persona: Option<&'static str>,
    /// Where to begin.
    pub(super) path: &'static str,
    /// Selectors of what to click from there, each on the page that the one before led to.
    pub(super) follow: &'static [&'static str],
    /// What it comes with; 200 but for pages about errors.
    pub(super) status: u16,
}

impl Page {
    /// A page at a fixed address.
    pub(super) const fn new(
        name: &'static str,
        persona: Option<&'static str>,
        path: &'static str,
    ) -> Self {
        Self { name, persona, path, follow: &[], status: 200 }
    }

    /// A page that one comes to from there by clicks.
    pub(super) const fn via(
        name: &'static str,
        persona: Option<&'static str>,
        path: &'static str,
        follow: &'static [&'static str],
    ) -> Self {
        Self { name, persona, path, follow, status: 200 }
    }
}

/// Signs in as a persona of the demonstration, by the button of that persona.
#[track_caller]
pub(super) fn sign_in_as(browser: &Browser, base: &str, persona: &str) {
    browser.goto(&format!("{base}/sign-in"));
    browser.forget_cookies();
    let form = format!("form[action='/sign-in/persona']:has(input[value='{persona}'])");
    browser.find(&format!("{form} button")).follow();
    if browser.path().starts_with("/sign-in") {
        browser.fail(&format!("still not signed in as {persona}"));
    }
}

/// Goes to each page as its persona; what is wrong with each, by `judge`, by its status and by the
/// console.
#[track_caller]
fn wrong(
    browser: &Browser,
    base: &str,
    pages: &[Page],
    mut judge: impl FnMut(&Page) -> Option<String>,
) -> String {
    let mut wrong = String::new();
    let mut persona = None;
    for page in pages {
        if persona != page.persona {
            match page.persona {
                Some(key) => sign_in_as(browser, base, key),
                None => browser.forget_cookies(),
            }
            persona = page.persona;
        }
        browser.goto(&format!("{base}{}", page.path));
        for css in page.follow {
            browser.find(css).follow();
        }
        let status = browser.status();
        let status = (status != page.status)
            .then(|| format!("comes with {status} instead of {}", page.status));
        let judged = judge(page);
        let errors = browser.console_errors().into_iter().map(|error| error.to_string());
        // That a page about an error came with its status is no news.
        let errors = errors.filter(|error| page.status == 200 || !error.starts_with("network: "));
        for what in status.into_iter().chain(judged).chain(errors) {
            let width = browser.viewport().name();
            wrong.push_str(&format!("\n{} ({}, {width}): {what}", page.name, browser.path()));
        }
    }
    wrong
}

/// Nothing serious for those who do not see, hear or point well.
#[track_caller]
pub(super) fn accessible(browser: &Browser, base: &str, pages: &[Page]) {
    let wrong = wrong(browser, base, pages, |_| browser.axe().failure());
    assert!(wrong.is_empty(), "{wrong}");
}

/// Nothing is wider than the screen.
#[track_caller]
pub(super) fn fit(browser: &Browser, base: &str, pages: &[Page]) {
    let wrong = wrong(browser, base, pages, |_| too_wide(browser));
    assert!(wrong.is_empty(), "{wrong}");
}

/// What sticks out to the right; a box that scrolls by itself may be wider inside.
fn too_wide(browser: &Browser) -> Option<String> {
    const SCRIPT: &str = "
        const [width] = arguments, root = document.documentElement;
        if (root.clientWidth <= width && root.scrollWidth <= root.clientWidth) return null;
        const out = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > width + 0.5);
        const name = one => one.tagName.toLowerCase() + (one.id && '#' + one.id)
            + [...one.classList].map(name => '.' + name).join('');
        return `${root.scrollWidth} px wide instead of ${width}: ` + out.slice(0, 5).map(name).join(', ')";
    let (width, _) = browser.viewport().size();
    browser.script(SCRIPT, &[json!(width)]).as_str().map(str::to_owned)
}

/// A picture of each page, `<name>-<width>.png`.
#[track_caller]
pub(super) fn pictures(browser: &Browser, base: &str, pages: &[Page], folder: &Path) {
    let wrong = wrong(browser, base, pages, |page| {
        let file = folder.join(format!("{}-{}.png", page.name, browser.viewport().name()));
        browser.screenshot_full_page(&file);
        None
    });
    assert!(wrong.is_empty(), "{wrong}");
}

/// A phone for [`light`]: of somebody who comes for the first time. Its line is slow only where time
/// is looked at, as that makes the tests slow as well.
pub(super) fn newcomer() -> Browser {
    let browser = Browser::start(Viewport::Phone).without_cache();
    if figures() { browser.throttled() } else { browser }
}

/// No page takes more bytes than `most`.
#[track_caller]
pub(super) fn light(browser: &Browser, base: &str, pages: &[Page], most: u64) {
    let mut table = format!("{:<32} {:>6} {:>9} {:>9}\n", "page", "files", "bytes", "paint ms");
    let wrong = wrong(browser, base, pages, |page| {
        let (weight, paint) = (browser.weight(), browser.first_contentful_paint());
        let (files, bytes) = (weight.files, weight.bytes);
        table.push_str(&format!("{:<32} {files:>6} {bytes:>9} {paint:>9.0}\n", page.name));
        (bytes > most).then(|| format!("{bytes} bytes in {files} files, more than {most}"))
    });
    if figures() {
        println!("{table}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn figures() -> bool {
    std::env::var_os("HIEUHOC_FIGURES").is_some()
}
