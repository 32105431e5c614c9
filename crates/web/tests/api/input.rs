//! Whatever is handed in wrong is refused with its place, in both languages, and nothing is half
//! written.

use axum::body::{Body, Bytes};
use axum::http::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::world::{INDICATORS, Staff, World, claims, request};

/// A self-assessment with one line changed.
fn with_line(line: Value) -> Value {
    let mut body = claims(8);
    body["lines"][0] = line;
    body
}

#[tokio::test]
async fn wrong_lines_are_refused_and_leave_nothing() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let path = format!("{case}/self-assessment");
    let line = |points: Value| {
        with_line(json!({ "indicator": "1a", "points": points, "evidence": [{ "label": "Sổ" }] }))
    };
    let table = [
        (line(json!(11)), "case.points_above_maximum"),
        (line(json!(i64::MAX)), "case.points_above_maximum"),
        (line(json!(-1)), "case.points_negative"),
        (line(json!(7.5)), "http.bad_field"),
        (line(json!(1e30)), "http.bad_field"),
        (line(json!("8")), "http.bad_field"),
        (line(json!(null)), "http.bad_field"),
        (with_line(json!({ "indicator": "9z", "points": 1 })), "case.unknown_indicator"),
        (with_line(json!({ "indicator": "Á", "points": 1 })), "http.bad_field"),
        (with_line(json!({ "indicator": "1b", "points": 1 })), "case.indicator_twice"),
        (with_line(json!({ "indicator": "1a", "points": 1, "point": 1 })), "http.bad_field"),
        (with_line(json!({ "indicator": "1a" })), "http.bad_field"),
        (
            with_line(json!({ "indicator": "1a", "points": 1, "note": "a\u{0}" })),
            "text.bad_character",
        ),
        (
            with_line(json!({ "indicator": "1a", "points": 1, "note": "ễ".repeat(4001) })),
            "text.too_long",
        ),
        (
            with_line(json!({ "indicator": "1a", "points": 1, "evidence": [{ "label": " " }] })),
            "text.empty",
        ),
        (
            with_line(json!({ "indicator": "1a", "points": 1,
                "evidence": [{ "label": "Sổ", "digest": "zz" }] })),
            "http.bad_field",
        ),
        (json!({ "lines": claims(8)["lines"].as_array().unwrap()[1..] }), "case.indicator_missing"),
        (json!({ "lines": [], "extra": 1 }), "http.bad_field"),
        (json!([]), "http.bad_field"),
    ];
    for (body, code) in table {
        let reply = world.post(&staff.recorder, &path, body.clone()).await;
        let reply = reply.refused(422, code);
        if code == "http.bad_field" {
            assert_ne!(reply.body["params"]["line"], "0", "{body}");
        }
    }
    let reply = world.post(&staff.recorder, &path, line(json!(11))).await;
    let maximum = json!({ "indicator": "1a", "points": "11", "maximum": "10" });
    assert_eq!(reply.body["params"], maximum);
    let read = world.get(&staff.recorder, &case).await;
    assert_eq!((&read.body["revision"], &read.body["state"]), (&json!(0), &json!("registered")));
    world.post(&staff.recorder, &path, claims(8)).await.ok();
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_with_its_place() {
    let world = World::new().await;
    let post = async |bytes: &[u8]| {
        world.post_raw(&world.admin, "/api/v1/subjects", &[], bytes.to_vec()).await
    };
    let reply =
        post(b"{\"kind\": \"household\",\n \"code\": }").await.refused(400, "http.bad_json");
    assert_eq!(reply.body["params"]["line"], "2");
    assert_eq!(reply.body["params"]["column"], "10");
    let reply = post(b"{\"name\": \"Nguy\xea\"}").await.refused(400, "http.not_utf8");
    assert_eq!(reply.body["params"]["place"], "15");
    post(b"{\"kind\"").await.refused(400, "http.bad_json");
    post(b"").await.refused(422, "http.bad_field");
    post("\u{feff}{}".as_bytes()).await.refused(400, "http.bad_json");
    let deep = "[".repeat(100_000);
    post(deep.as_bytes()).await.refused(400, "http.bad_json");
    let headers = [("content-type", "text/csv")];
    let reply = world.post_raw(&world.admin, "/api/v1/subjects", &headers, b"a;b".to_vec()).await;
    reply.refused(415, "http.not_json");
}

#[tokio::test]
async fn wrong_names_codes_and_dates_are_refused() {
    let world = World::new().await;
    let admin = world.admin.clone();
    let subject = |unit: &str, code: &str, kind: &str| json!({ "kind": kind, "code": code, "unit": unit, "name": "Bùi Văn An" });
    let table = [
        (subject("05158-99", "H-1", "household"), 422, "subject.unknown_unit"),
        (subject("99999", "H-1", "household"), 422, "subject.unknown_unit"),
        (subject("25", "H-1", "household"), 422, "subject.unknown_unit"),
        (subject("xã", "H-1", "household"), 422, "http.bad_field"),
        (subject("05158-01", "H 1", "household"), 422, "subject.bad_code"),
        (subject("05158-01", "", "household"), 422, "subject.bad_code"),
        (subject("05158-01", "H-1", "village"), 422, "http.bad_field"),
    ];
    for (body, status, code) in table {
        world.post(&admin, "/api/v1/subjects", body).await.refused(status, code);
    }
    world.post(&admin, "/api/v1/subjects", subject("05158-01", "H-1", "household")).await.ok();
    let again =
        world.post(&admin, "/api/v1/subjects", subject("05158-01", "H-1", "household")).await;
    again.refused(409, "subject.already_registered");

    let officer = procedure::OfficerId::of_code("admin");
    let path = format!("/api/v1/officers/{officer}/appointments");
    for from in ["2026-02-30", "30/04/2026", "2026-4-30", "2026-04-30T08:00", ""] {
        let body = json!({ "role": "registrar", "unit": "05158", "from": from });
        world.post(&admin, &path, body).await.refused(422, "http.bad_field");
    }
    let body = json!({ "role": "registrar", "unit": "05158", "from": "2026-05-01", "until": "2026-04-30" });
    world.post(&admin, &path, body).await.refused(422, "officer.bad_term");
    for path in
        ["/api/v1/cases/7", "/api/v1/cases/7/timeline", "/api/v1/subjects/x", "/api/v1/units/%FF"]
    {
        world.get(&admin, path).await.refused(400, "http.bad_path");
    }
    let table = [
        "on=2026-02-30",
        "year=abc",
        "year=99999",
        "title=village",
        "titel=family",
        "limit=-1",
        "on=",
    ];
    for query in table {
        world.get(&admin, &format!("/api/v1/titles?{query}")).await.refused(400, "http.bad_query");
    }
    for query in ["state=lost", "holder=somebody", "after_=1"] {
        world.get(&admin, &format!("/api/v1/queue?{query}")).await.refused(400, "http.bad_query");
    }
}

#[tokio::test]
async fn an_unsound_definition_is_not_published() {
    let world = World::new().await;
    let admin = world.admin.clone();
    let whole = world.get(&admin, "/api/v1/procedures/family.sample-2026").await.ok();
    let mut definition = whole.body["definition"].clone();
    definition["outcome"]["minimum_total"]["value"] = json!(50);
    let post = async |definition: &Value| {
        world.post(&admin, "/api/v1/procedures", json!({ "definition": definition })).await
    };
    post(&definition).await.refused(409, "procedure.content_differs");
    definition["id"] = json!("family.other-2026");
    definition["outcome"]["minimum_total"]["value"] = json!(5000);
    post(&definition).await.refused(422, "procedure.not_sound");
    definition["surprise"] = json!(1);
    post(&definition).await.refused(422, "http.bad_field");
}

/// An endless body that counts what is read of it.
fn endless(read: &Arc<AtomicUsize>) -> Body {
    let read = read.clone();
    Body::from_stream(futures_util::stream::repeat_with(move || {
        read.fetch_add(64 * 1024, Ordering::SeqCst);
        Ok::<_, std::convert::Infallible>(Bytes::from(vec![b' '; 64 * 1024]))
    }))
}

#[tokio::test]
async fn a_body_of_a_hundred_megabytes_is_refused_early() {
    let world = World::new().await;
    let read = Arc::new(AtomicUsize::new(0));
    let announced = [("content-length", "100000000")];
    let post = |headers: &[(&str, &str)]| {
        request(Method::POST, &world.admin, "/api/v1/subjects", headers, endless(&read))
    };
    world.send(post(&announced)).await.refused(413, "http.body_too_large");
    assert_eq!(read.load(Ordering::SeqCst), 0, "an announced body must not be read at all");
    world.send(post(&[])).await.refused(413, "http.body_too_large");
    assert!(read.load(Ordering::SeqCst) < 2_000_000, "{read:?} bytes were read");
    let large = vec![b' '; 1_000_001];
    let reply = world.post_raw(&world.admin, "/api/v1/subjects", &[], large).await;
    reply.refused(413, "http.body_too_large");
    // A whole case with long notes is far below.
    let body = claims(8).to_string();
    assert!(body.len() < 10_000 && INDICATORS.len() == 10);
}
