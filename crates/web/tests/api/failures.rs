//! Failures that no handler answers: no address, no method, a panic, no time; and their language.

use std::io::{Read as _, Write as _};
use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use axum::http::Method;
use procedure::{CaseId, DecisionId};
use projections::ReadError;
use projections::timeline::{DecisionEntry, Entry};
use serde_json::json;
use web::History;

use crate::world::{Staff, World, request};

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    let world = World::new().await;
    let token = world.admin.clone();
    for path in ["/", "/api", "/api/v1", "/api/v2/cases", "/api/v1/cases/", "/api/v1/me/x"] {
        let reply = world.get(&token, path).await.refused(404, "http.no_such_address");
        assert_eq!(reply.body["instance"], path);
    }
    let reply = world.get(&token, "/api/v1/cases").await.refused(405, "http.method_not_allowed");
    assert_eq!(reply.headers["allow"], "POST");
    assert_eq!(reply.headers["cache-control"], "no-store");
    let deletion = request(Method::DELETE, &token, "/api/v1/queue", &[], Body::empty());
    world.send(deletion).await.refused(405, "http.method_not_allowed");
    world.get(&token, "/api/v1/refusals/none").await.refused(404, "http.no_such_code");
}

#[tokio::test]
async fn the_reader_chooses_the_language() {
    let world = World::new().await;
    let read = async |language: &str| {
        let headers = [("accept-language", language)];
        let request = request(Method::GET, "", "/api/v1/me", &headers, Body::empty());
        world.send(request).await.refused(401, "http.no_token")
    };
    let vietnamese = read("fr").await;
    assert_eq!(vietnamese.headers["content-language"], "vi");
    assert_eq!(vietnamese.body["title"], "Chưa đăng nhập");
    assert_eq!(vietnamese.body["detail"], vietnamese.body["detail_vi"]);
    let english = read("en-GB,vi;q=0.5").await;
    assert_eq!(english.headers["content-language"], "en");
    assert_eq!(english.body["title"], "Not signed in");
    assert_eq!(english.body["detail"], english.body["detail_en"]);
}

#[tokio::test]
async fn every_page_can_be_read_without_a_token() {
    let world = World::new().await;
    let all = world.get("", "/api/v1/refusals").await.ok();
    let items = all.body["items"].as_array().unwrap();
    let known = procedure::Refused::pages().count()
        + web::HttpRefusal::PAGES.len()
        + engine::TextError::PAGES.len()
        + engine::PasswordError::PAGES.len()
        + engine::EvidenceRefusal::PAGES.len();
    assert_eq!(items.len(), known);
    for item in items {
        let path = format!("/api/v1/refusals/{}", item["code"].as_str().unwrap());
        assert_eq!(world.get("", &path).await.ok().body, *item);
    }
    let headers = [("accept", "text/markdown"), ("accept-language", "en")];
    let path = "/api/v1/refusals/case.too_early";
    let page = world.send(request(Method::GET, "", path, &headers, Body::empty())).await.ok();
    assert_eq!(page.headers["content-type"], "text/markdown; charset=utf-8");
    assert!(page.text.starts_with("# ") && page.text.contains("**What to do.**"), "{}", page.text);
}

#[tokio::test]
async fn the_server_says_how_it_is() {
    let world = World::new().await;
    assert_eq!(world.get("", "/healthz").await.ok().text, "alive\n");
    let ready = world.get("", "/readyz").await.ok();
    assert_eq!((&ready.body["ready"], &ready.body["behind"]), (&json!(true), &json!(false)));
    assert_eq!(ready.body["position"], ready.body["head"]);
}

/// A history that panics.
struct Panics;

#[async_trait]
impl History for Panics {
    async fn timeline(&self, _: CaseId) -> Result<Vec<Entry>, ReadError> {
        panic!("on purpose");
    }

    async fn decision(&self, _: DecisionId) -> Result<Vec<DecisionEntry>, ReadError> {
        panic!("on purpose");
    }

    async fn case_lines(&self, _: CaseId) -> Result<Vec<u8>, ReadError> {
        panic!("on purpose");
    }

    async fn decision_lines(&self, _: DecisionId) -> Result<Vec<u8>, ReadError> {
        panic!("on purpose");
    }

    async fn head(&self) -> Result<Option<String>, ReadError> {
        Err(ReadError::Ended)
    }
}

#[tokio::test]
async fn a_panic_is_an_answer_and_the_server_goes_on() {
    let world = World::with_history(|_| Arc::new(Panics)).await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let reply = world.get(&staff.commune, &format!("{case}/timeline")).await;
    let reply = reply.refused(500, "http.internal");
    assert!(!reply.text.contains("on purpose"));
    world.get(&staff.commune, &case).await.ok();
    assert_eq!(world.get("", "/readyz").await.status, 503);
}

/// A history that never answers.
struct Hangs;

#[async_trait]
impl History for Hangs {
    async fn timeline(&self, _: CaseId) -> Result<Vec<Entry>, ReadError> {
        std::future::pending().await
    }

    async fn decision(&self, _: DecisionId) -> Result<Vec<DecisionEntry>, ReadError> {
        std::future::pending().await
    }

    async fn case_lines(&self, _: CaseId) -> Result<Vec<u8>, ReadError> {
        std::future::pending().await
    }

    async fn decision_lines(&self, _: DecisionId) -> Result<Vec<u8>, ReadError> {
        std::future::pending().await
    }

    async fn head(&self) -> Result<Option<String>, ReadError> {
        Ok(None)
    }
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let world = World::with_history(|_| Arc::new(Hangs)).await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    tokio::time::pause();
    let reply = world.get(&staff.commune, &format!("{case}/timeline")).await;
    reply.refused(408, "http.timeout");
}

/// Sends bytes and reads what comes until the server closes.
fn talk(address: std::net::SocketAddr, bytes: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(5))).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test]
async fn a_socket_is_served_until_told_to_stop() {
    let world = World::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async { stopped.await.unwrap() };
    let server = tokio::spawn(web::serve(listener, world.router.clone(), shutdown));
    let send = async |text: String| {
        tokio::task::spawn_blocking(move || talk(address, &text)).await.unwrap()
    };
    let alive = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert!(send(alive.to_owned()).await.starts_with("HTTP/1.1 200 OK"));
    // A hundred megabytes are announced and never come: the answer does not wait for them.
    let head = format!(
        "POST /api/v1/subjects HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 100000000\r\n\r\n",
        world.admin
    );
    let answer = send(head).await;
    assert!(
        answer.starts_with("HTTP/1.1 413 ") && answer.contains("http.body_too_large"),
        "{answer}"
    );
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}
