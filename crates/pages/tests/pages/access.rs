//! Every address of the pages, as everybody: nobody sees or does what his offices do not allow.
//!
//! The addresses are read from the sources, so that a new one is in the table before anybody thinks of it.

use std::fs;
use std::path::Path;

use axum::Router;
use axum::http::Method;
use serde_json::json;

use crate::browser::{Browser, Seen, site};
use crate::world::{Staff, World, claims, reviews};

/// Addresses that anybody may open.
const PUBLIC: &[&str] = &[
    "/sign-in",
    "/language",
    "/assets",
    "/register",
    "/postings",
    "/procedures",
    "/calendar",
    "/keys",
];

/// An address with what can be done there.
#[derive(Clone, Debug)]
struct Address {
    path: String,
    reads: bool,
    acts: bool,
}

/// Every `.route("…", …)` of the sources.
fn addresses() -> Vec<Address> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 40, "the sources are read wrongly: {found:?}");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<Address>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for piece in source.split(".route(").skip(1) {
            let Some((_, rest)) = piece.split_once('"') else { continue };
            let (path, rest) = rest.split_once('"').unwrap();
            if !path.starts_with('/') || path.starts_with("/api") || path.ends_with('z') {
                continue;
            }
            // Answers for ever; it has a test of its own.
            if path == "/live" {
                continue;
            }
            let end = rest.find(".merge(").unwrap_or(rest.len()).min(200);
            let rest: String = rest[..rest.floor_char_boundary(end)].to_owned();
            let (reads, acts) = (rest.contains("get("), rest.contains("post("));
            found.push(Address { path: path.to_owned(), reads, acts });
        }
    }
}

/// What stands in the place of each `{…}`.
struct Things {
    case: String,
    decision: String,
    subject: String,
    officer: String,
}

impl Things {
    fn fill(&self, path: &str) -> String {
        let mut filled = String::new();
        let mut before = "";
        for segment in path.split('/').skip(1) {
            filled.push('/');
            if segment.starts_with('{') {
                filled.push_str(&self.example(before, segment, path));
            } else {
                filled.push_str(segment);
                before = segment;
            }
        }
        filled
    }

    fn example(&self, before: &str, segment: &str, path: &str) -> String {
        let (name, rest) = segment[1..].split_once('}').unwrap();
        let value = match (before, name) {
            (_, "digest") => "ab".repeat(32),
            (_, "number") => "1".to_owned(),
            (_, "tag") => "vi".to_owned(),
            ("assets", _) => "x.css".to_owned(),
            (_, "unit" | "code") => "05158-01".to_owned(),
            ("cases" | "queue" | "register" | "single", _) | (_, "case") => self.case.clone(),
            ("decisions", _) | (_, "decision") => self.decision.clone(),
            ("subjects" | "mine", _) | (_, "subject") => self.subject.clone(),
            ("officers", _) | (_, "officer") => self.officer.clone(),
            ("procedures" | "compare" | "retirement", _) => "family.sample-2026".to_owned(),
            (_, "year") => "2026".to_owned(),
            other => panic!("no example for {other:?} in {path}"),
        };
        value + rest
    }
}

/// A world with a case on a draft, its people, and neighbours who have nothing to do with it.
async fn scene() -> (World, Router, Things) {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let subject = world.household("HB-1", "05158-01").await;
    let body = json!({ "subject": subject, "year": 2026 });
    let case = world.post(&staff.recorder, "/api/v1/cases", body).await.ok().id();
    let act = |name: &str| format!("/api/v1/cases/{case}/{name}");
    world.post(&staff.recorder, &act("self-assessment"), claims(9)).await.ok();
    world.post(&staff.hamlet, &act("review"), reviews(9)).await.ok();
    world.post(&staff.commune, &act("review"), reviews(9)).await.ok();
    let body = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let decision = world.post(&staff.chair, "/api/v1/decisions", body).await.ok().id();
    let officer = crate::world::officer_id(&world, &staff.hamlet).await;
    for (code, role, unit) in NEIGHBOURS {
        world.officer(code, role, unit).await;
    }
    world.officer("administrator", "administrator", "05158").await;
    world.officer("auditor", "auditor", "05158").await;
    let mut codes = vec!["recorder", "hamlet", "commune", "chair", "administrator", "auditor"];
    codes.extend(NEIGHBOURS.iter().map(|(code, _, _)| *code));
    let router = site(&world, &codes);
    (world, router, Things { case, decision, subject, officer })
}

const NEIGHBOURS: [(&str, &str, &str); 3] = [
    ("next-hamlet", "hamlet-reviewer", "05158-02"),
    ("next-chair", "commune-chair", "05092"),
    ("next-administrator", "administrator", "05092"),
];

fn is_public(path: &str) -> bool {
    PUBLIC.iter().any(|public| path == *public || path.starts_with(&format!("{public}/")))
        && !path.ends_with("/new")
        && !path.ends_with("/publish")
}

/// What only the people of the place may read.
#[track_caller]
fn hides_the_case(seen: &Seen) {
    for secret in ["HB-1", "Sổ theo dõi học tập", "Xóm mẫu, "] {
        assert!(!seen.text.contains(secret), "{secret} in {}: {}", seen.address, seen.text);
    }
}

#[tokio::test]
async fn who_is_not_signed_in_sees_public_pages_alone() {
    let (_world, router, things) = scene().await;
    let mut browser = Browser::new(&router);
    for address in addresses() {
        let path = things.fill(&address.path);
        if address.reads {
            let seen = browser.send(Method::GET, &path, &[]).await;
            hides_the_case(&seen);
            // An address for forms leads to the page that has them, which asks who he is.
            let away = seen.status.is_redirection();
            assert!(away || is_public(&address.path), "GET {path}: {seen:?}");
            assert!(!seen.status.is_server_error(), "GET {path}: {}", seen.status);
        }
        if address.acts && !path.starts_with("/sign-in") {
            let seen = browser.send(Method::POST, &path, &[("csrf", "x")]).await;
            let status = seen.status.as_u16();
            assert!(matches!(status, 400 | 401 | 403), "POST {path}: {status}");
        }
    }
}

#[tokio::test]
async fn neighbours_neither_see_nor_touch_the_case() {
    let (world, router, things) = scene().await;
    let timeline = format!("/api/v1/cases/{}/timeline", things.case);
    let before = world.get(&world.admin, &timeline).await.ok().text;
    for (code, _, _) in NEIGHBOURS {
        let mut browser = Browser::of(&router, code).await;
        let own = browser.get("/account").await.ok().form("/sign-out");
        for address in addresses() {
            let path = things.fill(&address.path);
            let names_it = address.path.contains('{') && path != address.path;
            let about_it = names_it && !is_public(&address.path);
            if address.reads {
                let seen = browser.send(Method::GET, &path, &[]).await;
                hides_the_case(&seen);
                assert!(!seen.status.is_server_error(), "{code} GET {path}: {}", seen.status);
                let shut = seen.status.is_client_error() || seen.status.is_redirection();
                assert!(!about_it || shut, "{code} GET {path}: {}", seen.status);
            }
            if address.acts && !path.starts_with("/sign-") {
                let fields: Vec<_> = own.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                let seen = browser.send(Method::POST, &path, &fields).await;
                hides_the_case(&seen);
                assert!(!seen.status.is_server_error(), "{code} POST {path}: {}", seen.status);
                let shut = seen.status.is_client_error();
                assert!(!about_it || shut, "{code} POST {path}: {}", seen.status);
            }
        }
    }
    assert_eq!(world.get(&world.admin, &timeline).await.ok().text, before);
}

#[tokio::test]
async fn the_people_of_the_place_see_it_and_nobody_is_shown_a_broken_page() {
    let (world, router, things) = scene().await;
    let timeline = format!("/api/v1/cases/{}/timeline", things.case);
    let before = world.get(&world.admin, &timeline).await.ok().text;
    for code in ["recorder", "hamlet", "commune", "chair", "administrator", "auditor"] {
        let mut browser = Browser::of(&router, code).await;
        let own = browser.get("/account").await.ok().form("/sign-out");
        for address in addresses() {
            let path = things.fill(&address.path);
            if address.reads {
                let seen = browser.send(Method::GET, &path, &[]).await;
                assert!(!seen.status.is_server_error(), "{code} GET {path}: {}", seen.status);
            }
            // Without its fields, no form does anything; an auditor does nothing even with them.
            if address.acts && code == "auditor" && !path.starts_with("/sign-") {
                let fields: Vec<_> = own.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                let seen = browser.send(Method::POST, &path, &fields).await;
                assert!(!seen.status.is_server_error(), "{code} POST {path}: {}", seen.status);
            }
        }
        let seen = browser.get(&format!("/cases/{}", things.case)).await;
        seen.ok().shows("Đinh Công Đức");
    }
    assert_eq!(world.get(&world.admin, &timeline).await.ok().text, before);
}
