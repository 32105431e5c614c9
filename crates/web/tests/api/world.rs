//! A commune with two hamlets, its neighbour, and the officers of a family's case.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use codec::{Keyring, MemoryKeyring};
use engine::{Engine, ManualClock, Principal, SeededEntropy};
use event_store::{EventStore, MemoryStore};
use procedure::territory::{self, Change, Instrument, UnitKind};
use procedure::{CaseId, OfficerId, edition, officer};
use projections::timeline::Entry;
use projections::{ReadError, Runner};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::{App, History};

pub(crate) const FAMILY: &str =
    include_str!("../../../../schemas/procedures/family/sample-2026.toml");
pub(crate) const ORGANISATION: &str =
    include_str!("../../../../schemas/procedures/organisation/tt22-2020.toml");

/// Every indicator of the family's definition.
pub(crate) const INDICATORS: [&str; 10] =
    ["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4a", "4b"];

pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) engine: Arc<Engine>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) runner: Arc<Runner>,
    /// Token of an administrator of the nation.
    pub(crate) admin: String,
    _folder: tempfile::TempDir,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The answer, which must be a problem of this status and code.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.code()), (status, code), "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.body["type"], format!("/api/v1/refusals/{code}"));
        assert_eq!(self.body["status"], status);
        for text in ["title", "detail", "detail_vi", "detail_en", "instance"] {
            let text = self.body[text].as_str().unwrap();
            assert!(!text.is_empty() && !text.contains('{'), "{code}: {text}");
        }
        self
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self
    }
}

/// The history of cases in the store.
pub(crate) struct Stored {
    pub(crate) store: MemoryStore,
    pub(crate) keyring: Arc<MemoryKeyring>,
}

#[async_trait]
impl History for Stored {
    async fn timeline(&self, case: CaseId) -> Result<Vec<Entry>, ReadError> {
        projections::timeline::timeline(&self.store, &*self.keyring, case).await
    }

    async fn head(&self) -> Result<Option<String>, ReadError> {
        Ok(self.store.head().await?.map(|position| position.to_string()))
    }
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

impl World {
    /// 10 November 2026: titles can be recognised since 1 November.
    pub(crate) async fn new() -> Self {
        Self::with_history(|stored| Arc::new(stored)).await
    }

    pub(crate) async fn with_history(history: impl FnOnce(Stored) -> Arc<dyn History>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, keyring) = (MemoryStore::new(), Arc::new(MemoryKeyring::default()));
        let clock = Arc::new(ManualClock::new(at("2026-11-10T02:00:00Z")));
        let entropy = Arc::new(SeededEntropy::new(387));
        let shared: Arc<dyn EventStore> = Arc::new(store.clone());
        let keys: Arc<dyn Keyring> = keyring.clone();
        let engine = Engine::new(shared.clone(), keys.clone(), clock.clone(), entropy);
        let engine = Arc::new(engine);
        let path = folder.path().join("read.db");
        let runner = Arc::new(Runner::start(&path, shared, keys).await.unwrap());
        let app = App {
            engine: engine.clone(),
            runner: runner.clone(),
            history: history(Stored { store, keyring }),
        };
        let admin = web::secret_text([1; 32]);
        let world =
            Self { router: web::router(app), engine, clock, runner, admin, _folder: folder };
        world.found().await;
        world
    }

    pub(crate) fn set_time(&self, text: &str) {
        self.clock.set(at(text));
    }

    /// Units, procedures and the administrator, entered by whoever holds the machine.
    async fn found(&self) {
        let founded = |code: &str, name: &str, kind, parent: Option<&str>| Change::Founded {
            code: code.parse().unwrap(),
            name: name.to_owned(),
            kind,
            parent: parent.map(|code| code.parse().unwrap()),
        };
        let nation = vec![
            founded("VN", "Việt Nam", UnitKind::Nation, None),
            founded("25", "Tỉnh Phú Thọ", UnitKind::Province, Some("VN")),
            founded("05158", "Xã Mường Bi", UnitKind::Commune, Some("25")),
            founded("05092", "Xã Kim Bôi", UnitKind::Commune, Some("25")),
            founded("01", "Thành phố Hà Nội", UnitKind::City, Some("VN")),
        ];
        let hamlets = |commune: &str| {
            ["01", "02"].map(|number| {
                let name = format!("Xóm mẫu {number}");
                founded(&format!("{commune}-{number}"), &name, UnitKind::Hamlet, Some(commune))
            })
        };
        self.reorganise("VN", nation).await;
        self.reorganise("05158", hamlets("05158").to_vec()).await;
        self.reorganise("05092", hamlets("05092").to_vec()).await;
        for source in [FAMILY, ORGANISATION] {
            let definition = codec::definition::parse("sample.toml", source.as_bytes()).unwrap();
            let (id, digest) =
                (definition.id.clone(), codec::definition::digest(&definition).unwrap());
            let act = edition::Command::Publish { definition: Box::new(definition), digest };
            self.engine.procedure(&operator(), &id, act).await.unwrap();
        }
        self.administrator().await;
    }

    async fn reorganise(&self, root: &str, changes: Vec<Change>) {
        let act = territory::Command::Reorganise {
            instrument: Instrument { number: "Văn bản mẫu".to_owned(), issued: None },
            effective: "2025-07-01".parse().unwrap(),
            sample: true,
            changes,
        };
        self.engine.reorganise(&operator(), &root.parse().unwrap(), act).await.unwrap();
    }

    async fn administrator(&self) {
        let id = OfficerId::of_code("admin");
        let name = self.engine.sealer(id.0).unwrap().seal("name", "Quản Trị").unwrap();
        let unit: procedure::UnitCode = "VN".parse().unwrap();
        let term = procedure::date::Period { from: "2025-07-01".parse().unwrap(), until: None };
        let role = "administrator".parse().unwrap();
        let digest = web::token_digest(&self.admin).unwrap();
        let until = "2027-12-31".parse().unwrap();
        let acts = [
            officer::Command::Enrol {
                code: "admin".into(),
                name,
                unit: unit.clone(),
                sample: true,
            },
            officer::Command::Appoint { role, unit, term },
            officer::Command::IssueToken { digest, label: "test".into(), until },
        ];
        let mut last = None;
        for act in acts {
            last = self.engine.officer(&operator(), id, act).await.unwrap().position;
        }
        self.runner.reach(last, |_| {}).await.unwrap();
    }

    /// Sends anything.
    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status, headers, text, body }
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Reply {
        self.send(request(Method::GET, token, path, &[], Body::empty())).await
    }

    pub(crate) async fn post(&self, token: &str, path: &str, body: Value) -> Reply {
        self.post_with(token, path, &[], body).await
    }

    pub(crate) async fn post_with(
        &self,
        token: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Reply {
        self.post_raw(token, path, headers, body.to_string().into_bytes()).await
    }

    pub(crate) async fn post_raw(
        &self,
        token: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Reply {
        self.send(request(Method::POST, token, path, headers, body.into())).await
    }

    /// Enrols and appoints an officer over the API; his token.
    pub(crate) async fn officer(&self, code: &str, role: &str, unit: &str) -> String {
        let enrolment = json!({ "code": code, "name": "Bùi Thị Mẫu", "unit": unit });
        let id = self.post(&self.admin, "/api/v1/officers", enrolment).await.ok().id();
        let appointment = json!({ "role": role, "unit": unit, "from": "2026-01-01" });
        let path = format!("/api/v1/officers/{id}/appointments");
        self.post(&self.admin, &path, appointment).await.ok();
        let token = json!({ "label": "test", "until": "2027-06-30" });
        let path = format!("/api/v1/officers/{id}/tokens");
        let issued = self.post(&self.admin, &path, token).await.ok();
        issued.body["token"].as_str().unwrap().to_owned()
    }

    /// A household in a hamlet; its id.
    pub(crate) async fn household(&self, code: &str, unit: &str) -> String {
        let body = json!({ "kind": "household", "code": code, "unit": unit,
            "name": "Đinh Công Đức", "address": "Xóm mẫu" });
        self.post(&self.admin, "/api/v1/subjects", body).await.ok().id()
    }
}

impl Reply {
    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().unwrap().to_owned()
    }
}

fn operator() -> engine::Request {
    engine::Request::new(Principal::Operator("test".to_owned()), Uuid::now_v7())
}

pub(crate) fn request(
    method: Method,
    token: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !token.is_empty() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    if !headers.iter().any(|(name, _)| *name == "content-type") {
        request = request.header("content-type", "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).unwrap()
}

/// The officers of a family's case in hamlet 05158-01.
pub(crate) struct Staff {
    pub(crate) recorder: String,
    pub(crate) hamlet: String,
    pub(crate) commune: String,
    pub(crate) chair: String,
}

impl Staff {
    pub(crate) async fn of(world: &World) -> Self {
        Self {
            recorder: world.officer("recorder", "hamlet-recorder", "05158-01").await,
            hamlet: world.officer("hamlet", "hamlet-reviewer", "05158-01").await,
            commune: world.officer("commune", "commune-reviewer", "05158").await,
            chair: world.officer("chair", "commune-chair", "05158").await,
        }
    }

    /// A case of a fresh household, registered; path of its address.
    pub(crate) async fn case(&self, world: &World, code: &str) -> String {
        let subject = world.household(code, "05158-01").await;
        let body = json!({ "subject": subject, "year": 2026 });
        let id = world.post(&self.recorder, "/api/v1/cases", body).await.ok().id();
        format!("/api/v1/cases/{id}")
    }

    /// The same, brought to the decision.
    pub(crate) async fn case_to_decide(&self, world: &World, code: &str) -> String {
        let case = self.case(world, code).await;
        let act = |name: &str| format!("{case}/{name}");
        world.post(&self.recorder, &act("self-assessment"), claims(9)).await.ok();
        world.post(&self.hamlet, &act("review"), reviews(9)).await.ok();
        world.post(&self.commune, &act("review"), reviews(9)).await.ok();
        case
    }
}

/// A self-assessment with the same points everywhere.
pub(crate) fn claims(points: i64) -> Value {
    let line = |indicator: &str| {
        json!({ "indicator": indicator, "points": points,
            "evidence": [{ "label": "Sổ theo dõi học tập" }] })
    };
    json!({ "lines": INDICATORS.map(line) })
}

/// A review that confirms the same points everywhere.
pub(crate) fn reviews(points: i64) -> Value {
    let line = |indicator: &str| json!({ "indicator": indicator, "points": points, "finding": "confirmed" });
    json!({ "lines": INDICATORS.map(line) })
}

pub(crate) fn decision() -> Value {
    json!({ "decision": { "number": "125/QĐ-UBND", "date": "2026-11-10" } })
}
