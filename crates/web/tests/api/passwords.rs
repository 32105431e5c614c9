//! Passwords over the API: who sets them, and that they are seen nowhere.

use std::cell::RefCell;
use std::io::Write;

use procedure::OfficerId;
use serde_json::{Value, json};
use tracing_subscriber::filter::LevelFilter;
use uuid::Uuid;

use crate::world::{Reply, Staff, World, officer_id};

const KEY: &str = "018f5b3e-7a3c-7c3e-8a3e-3c7a3e5b8f01";
const PASSWORD: &str = "khoai lang nướng";

async fn fits(world: &World, officer: &str, password: &str) -> bool {
    let id: OfficerId = officer.parse().unwrap();
    world.engine.password_fits(Some(id), password).await.unwrap()
}

async fn epoch(world: &World, officer: &str) -> u32 {
    let id: OfficerId = officer.parse().unwrap();
    world.engine.access(id).await.unwrap().unwrap().epoch
}

async fn set(world: &World, token: &str, officer: &str, body: Value) -> Reply {
    world.post(token, &format!("/api/v1/officers/{officer}/password"), body).await
}

#[tokio::test]
async fn an_officer_and_his_administrator_set_his_password_and_nobody_else() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let hamlet = officer_id(&world, &staff.hamlet).await;
    let body = |password: &str| json!({ "password": password });
    for outsider in [&staff.chair, &staff.recorder] {
        let reply = set(&world, outsider, &hamlet, body(PASSWORD)).await;
        reply.refused(403, "actor.not_appointed");
    }
    set(&world, "", &hamlet, body(PASSWORD)).await.refused(401, "http.no_token");
    assert!(!fits(&world, &hamlet, PASSWORD).await);

    let done = set(&world, &world.admin, &hamlet, body(PASSWORD)).await.ok();
    assert_eq!((&done.body["events"], done.body["id"].as_str()), (&json!(1), Some(&*hamlet)));
    assert!(fits(&world, &hamlet, PASSWORD).await);
    set(&world, &staff.hamlet, &hamlet, body("khoai lang luộc")).await.ok();
    assert!(fits(&world, &hamlet, "khoai lang luộc").await);
    assert!(!fits(&world, &hamlet, PASSWORD).await);
    let unknown = Uuid::from_u128(1).to_string();
    let reply = set(&world, &world.admin, &unknown, body(PASSWORD)).await;
    reply.refused(404, "officer.unknown");
}

#[tokio::test]
async fn a_repeated_password_is_set_once() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let hamlet = officer_id(&world, &staff.hamlet).await;
    let path = format!("/api/v1/officers/{hamlet}/password");
    let headers = [("idempotency-key", KEY)];
    let post = async |password: &str| {
        world.post_with(&staff.hamlet, &path, &headers, json!({ "password": password })).await
    };
    let first = post(PASSWORD).await.ok();
    let again = post(PASSWORD).await.ok();
    assert_eq!((&first.body["repeated"], &again.body["repeated"]), (&json!(false), &json!(true)));
    assert_eq!(first.body["revision"], again.body["revision"]);
    post("khoai lang luộc").await.refused(422, "http.key_reused");
    assert!(fits(&world, &hamlet, PASSWORD).await);
}

#[tokio::test]
async fn sessions_end_at_the_word_of_the_officer_or_his_administrator() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let hamlet = officer_id(&world, &staff.hamlet).await;
    let path = format!("/api/v1/officers/{hamlet}/sessions/end");
    world.post(&staff.chair, &path, json!({})).await.refused(403, "actor.not_appointed");
    assert_eq!(epoch(&world, &hamlet).await, 0);
    world.post(&staff.hamlet, &path, json!({})).await.ok();
    world.post(&world.admin, &path, json!({})).await.ok();
    assert_eq!(epoch(&world, &hamlet).await, 2);
    world.post(&world.admin, &path, json!({ "all": true })).await.refused(422, "http.bad_field");
    // His token still counts.
    world.get(&staff.hamlet, "/api/v1/me").await.ok();
}

thread_local! {
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes to what is logged on this thread.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_password_is_in_no_answer_and_in_no_log() {
    // For the whole process: a log of one thread alone is turned off by tests beside it that have none.
    let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE);
    subscriber.with_writer(|| Log).init();
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let hamlet = officer_id(&world, &staff.hamlet).await;
    // Taken, refused for what it is and for who asks, and in forms that are not understood.
    let table = [
        (json!({ "password": "517028639 khoai lang" }), ""),
        (json!({ "password": "517028639" }), "password.too_short"),
        (json!({ "password": "517028639 ".repeat(50) }), "password.too_long"),
        (json!({ "password": "517028639 và HAMLET" }), "password.contains_code"),
        (json!({ "password": 517028639 }), "http.bad_field"),
        (json!({ "password": ["517028639 khoai lang"] }), "http.bad_field"),
        (json!({ "password": { "517028639": "khoai lang" } }), "http.bad_field"),
        (json!({ "password": "517028639 khoai lang", "517028639": "again" }), "http.bad_field"),
        (json!({ "517028639": "khoai lang" }), "http.bad_field"),
        (json!("517028639 khoai lang"), "http.bad_field"),
        (json!(["517028639 khoai lang"]), "http.bad_field"),
        (json!(517028639), "http.bad_field"),
        (json!({}), "http.bad_field"),
    ];
    for (body, code) in &table {
        let reply = set(&world, &staff.hamlet, &hamlet, body.clone()).await;
        assert_eq!(reply.code(), *code, "{body}: {}", reply.text);
        assert!(!reply.text.contains("517028639"), "{}", reply.text);
    }
    let reply = set(&world, &staff.chair, &hamlet, table[0].0.clone()).await;
    assert!(!reply.refused(403, "actor.not_appointed").text.contains("517028639"));
    let path = format!("/api/v1/officers/{hamlet}/password");
    for broken in [
        "{\"password\": \"517028639 khoai lang\"",
        "{\"password\": 517028639 khoai}",
        "517028639 khoai",
    ] {
        let reply = world.post_raw(&staff.hamlet, &path, &[], broken.into()).await;
        assert!(reply.code().starts_with("http.bad_"), "{}", reply.text);
        assert!(!reply.text.contains("517028639"), "{}", reply.text);
    }
    let logged = LOG.with_borrow(|log| String::from_utf8(log.clone()).unwrap());
    assert!(logged.matches("/api/v1/officers/{id}/password").count() > table.len(), "{logged}");
    assert!(!logged.contains("517028639") && !logged.contains("argon2"), "{logged}");
}
