//! Every page of the demonstration, held against what a page must be, and its picture.
//!
//! `HIEUHOC_SCREENSHOTS` says where pictures go (`target/screenshots`); `cargo xtask screenshots` sets
//! it and takes nothing but them. Deliberately absent: what pages are for, which others test.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use acceptance::browser::target;
use acceptance::{Browser, Demo, Viewport};

use super::pages::{self, Page};

/// All pages, those of one persona together.
const PAGES: &[Page] = &[
    Page::new("sign-in", None, "/sign-in"),
    Page::new("register", None, "/register"),
    Page::new("register-commune", None, "/register?unit=05158"),
    Page::via("register-title", None, "/register?unit=05158", &["main table tbody a"]),
    Page::new("postings", None, "/postings"),
    Page::new("procedures", None, "/procedures"),
    Page::new("procedure", None, "/procedures/family.sample-2026"),
    Page::new("calendar", None, "/calendar"),
    Page { status: 404, ..Page::new("nowhere", None, "/nowhere") },
    Page::new("mine", Some("applicant"), "/mine"),
    Page::via("supplement", Some("applicant"), "/mine", &["main a[href$='/supplement']"]),
    Page::new("recorder-queue", Some("hamlet-recorder"), "/queue"),
    Page::new("subjects", Some("hamlet-recorder"), "/subjects"),
    Page::new("subject-new", Some("hamlet-recorder"), "/subjects/new"),
    Page::via("subject", Some("hamlet-recorder"), "/subjects", &["main table tbody a"]),
    Page::new("hamlet", Some("hamlet-reviewer"), "/hamlet"),
    Page::new("meeting-new", Some("hamlet-reviewer"), MEETING),
    Page::new("posting-new", Some("hamlet-reviewer"), "/postings/new?unit=05158-12"),
    Page::new("queue", Some("commune-reviewer"), "/queue"),
    Page::via("case", Some("commune-reviewer"), "/queue?holder=nobody", &["[data-open]"]),
    Page::new("keys", Some("commune-reviewer"), "/keys"),
    Page::new("oversight", Some("commune-reviewer"), "/oversight"),
    Page::new("oversight-cases", Some("commune-reviewer"), "/oversight/cases"),
    Page::new("signs", Some("commune-reviewer"), "/oversight/signs"),
    Page::new("refusals", Some("commune-reviewer"), "/oversight/refusals"),
    Page::new("decisions", Some("commune-chair"), "/decisions"),
    Page::via("decision", Some("commune-chair"), "/decisions?state=draft", DECISION),
    Page::via("annex", Some("commune-chair"), "/decisions?state=draft", ANNEX),
    Page::new("escalated", Some("commune-chair"), "/oversight/escalated"),
    Page::new("audit", Some("auditor"), "/audit"),
    Page::new("acts", Some("auditor"), "/audit/acts"),
    Page::via(
        "replay",
        Some("auditor"),
        "/audit/acts",
        &["main table tbody a[href*='/audit/cases/']"],
    ),
    Page::new("nation-oversight", Some("supervisor"), "/oversight"),
    Page::new("titles", Some("supervisor"), "/oversight/titles"),
    Page::new("officers", Some("administrator"), "/officers"),
    Page::new("officer-new", Some("administrator"), "/officers/new"),
    Page::via("officer", Some("administrator"), "/officers", &["main table tbody a"]),
    Page::new("account", Some("administrator"), "/account"),
];

/// The persona's hamlet is the busiest one, which follows from the seed.
const MEETING: &str =
    "/meetings/new?unit=05158-12&procedure=family.sample-2026&step=hamlet_meeting";
const DECISION: &[&str] = &["main table tbody a[href^='/decisions/']"];
const ANNEX: &[&str] = &["main table tbody a[href^='/decisions/']", "main a[href$='/annex']"];

const HOUSEHOLDS: u32 = 200;
/// What a page may take over the line, all its files together.
const BYTES_MAX: u64 = 100_000;

/// The demonstration, one for all tests that run at the same time. No test here may change it.
fn demo() -> Arc<Demo> {
    static SHARED: Mutex<Weak<Demo>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let demo = Arc::new(Demo::start(HOUSEHOLDS));
        *shared = Arc::downgrade(&demo);
        demo
    })
}

fn accessible(viewport: Viewport) {
    let (demo, browser) = (demo(), Browser::start(viewport));
    pages::accessible(&browser, &demo.base, PAGES);
}

fn pictures(viewport: Viewport) {
    let folder = std::env::var_os("HIEUHOC_SCREENSHOTS").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| target().join("screenshots"));
    let (demo, browser) = (demo(), Browser::start(viewport));
    pages::pictures(&browser, &demo.base, PAGES, &folder);
}

#[test]
fn accessible_on_a_laptop() {
    accessible(Viewport::Laptop);
}

#[test]
fn accessible_on_a_phone() {
    accessible(Viewport::Phone);
}

#[test]
fn pictures_on_a_laptop() {
    pictures(Viewport::Laptop);
}

#[test]
fn pictures_on_a_phone() {
    pictures(Viewport::Phone);
}

#[test]
fn no_page_is_wider_than_a_phone() {
    let (demo, browser) = (demo(), Browser::start(Viewport::Phone));
    pages::fit(&browser, &demo.base, PAGES);
}

#[test]
fn no_page_is_heavy() {
    let (demo, browser) = (demo(), pages::newcomer());
    pages::light(&browser, &demo.base, PAGES, BYTES_MAX);
}

#[test]
fn every_persona_has_a_page() {
    let (demo, browser) = (demo(), Browser::start(Viewport::Laptop));
    browser.goto(&format!("{}/sign-in", demo.base));
    let personas = browser.find_all("form[action='/sign-in/persona'] input[name=persona]");
    assert!(!personas.is_empty(), "nobody to sign in as");
    for persona in personas.iter().map(acceptance::browser::Element::value) {
        let looked = PAGES.iter().any(|page| page.persona == Some(persona.as_str()));
        assert!(looked, "no page is looked at as {persona}");
    }
}
