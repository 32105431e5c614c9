//! More than one server on a store: one that only reads, one whose read models are behind, and what
//! each says about itself.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::body::Body;
use axum::http::Method;
use event_store::{
    Appended, EventStore, Expected, Follower, MemoryStore, NewEvent, Position, RecordedEvent,
    StoreError, StreamName,
};
use projections::Runner;
use serde_json::json;
use web::{App, Writer};

use crate::world::{Staff, Stored, Told, World, claims, request};

/// A store that another server follows, some time after the event.
struct Late(MemoryStore);

struct LateFollower(Box<dyn Follower>);

const DELAY: Duration = Duration::from_millis(300);

#[async_trait]
impl Follower for LateFollower {
    async fn next(&mut self, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        let events = self.0.next(limit).await;
        tokio::time::sleep(DELAY).await;
        events
    }
}

#[async_trait]
impl EventStore for Late {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        self.0.append(stream, expected, events).await
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.0.read(stream, from, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.0.read_all(after, limit).await
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        self.0.head().await
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        Ok(Box::new(LateFollower(self.0.follow(after).await?)))
    }
}

/// A server and another one on its store, which follows late and, if told, only reads.
async fn servers(writer: Option<Writer>) -> (World, World) {
    let mut kept = None;
    let first = World::with_history(|stored| {
        kept = Some(Stored { store: stored.store.clone(), keyring: stored.keyring.clone() });
        Arc::new(stored)
    })
    .await;
    let second = first.beside(kept.unwrap(), writer).await;
    (first, second)
}

impl World {
    async fn beside(&self, stored: Stored, writer: Option<Writer>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn EventStore> = Arc::new(Late(stored.store.clone()));
        let path = folder.path().join("read.db");
        let runner = Runner::start(&path, store.clone(), stored.keyring.clone()).await.unwrap();
        runner.reach(store.head().await.unwrap(), |_| {}).await.unwrap();
        let (runner, clerk) = (Arc::new(runner), Arc::new(Told::default()));
        let app = Arc::new(App {
            engine: self.engine.clone(),
            runner: runner.clone(),
            history: Arc::new(stored),
            clerk: clerk.clone(),
        });
        let router = match writer {
            None => web::router(app.clone()),
            Some(writer) => web::read_only_router(app.clone(), &writer),
        };
        self.other(router, app, runner, clerk, folder)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_at_one_server_is_seen_at_another_by_its_position() {
    let (one, two) = servers(None).await;
    let staff = Staff::of(&one).await;
    // The officers themselves have to have arrived before anybody can sign in there.
    let head = one.runner.progress().position;
    two.runner.reach(head, |_| {}).await.unwrap();
    let case = staff.case(&one, "HB-1").await;
    let done = one.post(&staff.recorder, &format!("{case}/self-assessment"), claims(9)).await.ok();
    let position = done.headers["hieuhoc-position"].to_str().unwrap().to_owned();

    let early = two.get(&staff.recorder, &case).await;
    assert_eq!(early.status, 404, "the other server has not heard of it yet: {}", early.text);
    let headers = [("hieuhoc-position", position.as_str())];
    let asked = request(Method::GET, &staff.recorder, &case, &headers, Body::empty());
    let seen = two.send(asked).await.ok();
    let revision: u64 = seen.headers["etag"].to_str().unwrap().trim_matches('"').parse().unwrap();
    assert_eq!(Some(revision), done.body["revision"].as_u64());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_at_another_server_finds_what_was_written_at_the_first() {
    let (one, two) = servers(None).await;
    let staff = Staff::of(&one).await;
    let head = one.runner.progress().position;
    two.runner.reach(head, |_| {}).await.unwrap();
    let draft = json!({ "procedure": "family.sample-2026", "year": 2026, "unit": "05158" });
    let drafted = one.post(&staff.commune, "/api/v1/decisions", draft).await.ok();
    let listing = format!("/api/v1/decisions/{}/listing", drafted.id());
    // Its read models do not know the draft yet.
    let early = two.post(&staff.commune, &listing, json!({ "all": true })).await;
    early.refused(404, "decision.unknown");
    let position = drafted.body["position"].as_str().unwrap();
    let path = format!("{listing}?after_position={position}");
    let listed = two.post(&staff.commune, &path, json!({ "all": true })).await.ok();
    assert_eq!(listed.body["placed"], 0);
    let never = format!("{listing}?after_position=999999");
    two.post(&staff.commune, &never, json!({ "all": true })).await.refused(503, "http.read_behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_only_reads_refuses_commands_and_says_where_to_go() {
    let address = "http://127.0.0.1:8387";
    let (one, two) = servers(Some(Writer::at(Some(address.to_owned())))).await;
    let before = one.runner.progress().entries;
    let body =
        json!({ "kind": "household", "code": "HB-1", "unit": "05158-01", "name": "Bùi Mẫu" });
    let refused = two.post(&one.admin, "/api/v1/subjects", body).await;
    let refused = refused.refused(421, "http.read_only");
    assert_eq!(refused.body["params"]["writer"], address);
    assert_eq!(refused.headers["cache-control"], "no-store");
    // Whoever is nobody learns no more, and whatever is no address neither.
    two.post("", "/api/v1/nowhere", json!({})).await.refused(421, "http.read_only");
    two.get(&one.admin, "/api/v1/units/05158").await.ok();
    two.get("", "/api/v1/units/05158").await.refused(401, "http.no_token");
    assert_eq!(one.runner.progress().entries, before);
}

/// The text, and each line that is no comment as name and value.
async fn metrics(world: &World) -> (String, Vec<(String, f64)>) {
    use tower::ServiceExt as _;
    let asked = request(Method::GET, "", "/metrics", &[], Body::empty());
    let response = web::metrics(world.app.clone()).oneshot(asked).await.unwrap();
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (name, value) = line.rsplit_once(' ').unwrap();
        (name.to_owned(), value.parse().unwrap())
    });
    let lines = lines.collect();
    (text, lines)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_tells_what_it_has_counted() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "HB-1").await;
    world.post(&staff.hamlet, &format!("{case}/recognition"), crate::world::decision()).await;
    let head = world.app.history.head().await.unwrap().unwrap();
    world.runner.reach(Some(head.parse().unwrap()), |_| {}).await.unwrap();
    let (text, lines) = metrics(&world).await;
    let value = |name: &str| lines.iter().find(|(line, _)| line == name).map(|(_, value)| *value);
    assert_eq!(value("hieuhoc_store_up"), Some(1.0));
    assert_eq!(value("hieuhoc_read_lag"), Some(0.0));
    assert_eq!(value("hieuhoc_store_head_position"), value("hieuhoc_read_position"));
    assert_eq!(value("hieuhoc_read_stopped"), Some(0.0));
    assert!(value("hieuhoc_commands_total{outcome=\"done\"}") > Some(10.0), "{text}");
    assert!(value("hieuhoc_commands_total{outcome=\"refused\"}") >= Some(1.0), "{text}");
    let appends = value("hieuhoc_append_seconds_count").unwrap();
    assert_eq!(value("hieuhoc_append_seconds_bucket{le=\"+Inf\"}"), Some(appends));
    assert!(value("hieuhoc_append_seconds_bucket{le=\"0.0025\"}") <= Some(appends));
    assert!(value("hieuhoc_events_total") >= Some(appends));
    assert_eq!(value("hieuhoc_lease_held{lease=\"clerk\"}"), None, "no lease, no line");
    for held in [false, true] {
        world.clerk.hold(held);
        let (_, lines) = metrics(&world).await;
        let line = ("hieuhoc_lease_held{lease=\"clerk\"}".to_owned(), f64::from(u8::from(held)));
        assert!(lines.contains(&line));
    }
    if cfg!(target_os = "linux") {
        assert!(value("hieuhoc_resident_bytes") > Some(1e6), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_have_the_form_of_prometheus() {
    let world = World::new().await;
    let (text, lines) = metrics(&world).await;
    let told: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    let declared: Vec<_> = web::metrics::METRICS.iter().map(|metric| metric.name).collect();
    let names: Vec<_> = told.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, declared);
    assert_eq!(declared.iter().collect::<BTreeSet<_>>().len(), declared.len(), "each once");
    for metric in web::metrics::METRICS {
        assert!(metric.name.starts_with("hieuhoc_") && metric.help.ends_with('.'));
        let counter = metric.kind == web::metrics::Kind::Counter;
        assert_eq!(metric.name.ends_with("_total"), counter, "{}", metric.name);
    }
    for (line, _) in &lines {
        let name = line.split('{').next().unwrap();
        assert!(declared.iter().any(|declared| name.starts_with(declared)), "{line}");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{line}");
    }
    assert!(text.ends_with('\n'));
    let elsewhere = request(Method::GET, "", "/api/v1/units/VN", &[], Body::empty());
    use tower::ServiceExt as _;
    let response = web::metrics(world.app.clone()).oneshot(elsewhere).await.unwrap();
    assert_eq!(response.status(), 404, "nothing else is served there");
}
