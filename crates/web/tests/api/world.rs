//! A commune with two hamlets, its neighbour, and the officers of a family's case.

use std::sync::Arc;

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use codec::{Keyring, MemoryEvidence, MemoryKeyring};
use engine::{Engine, ManualClock, Principal, SeededEntropy};
use event_store::{EventStore, MemoryStore};
use procedure::definition::StepKind;
use procedure::territory::{self, Change, Instrument, UnitKind};
use procedure::{CaseId, DecisionId, Definition, OfficerId, calendar, edition, officer};
use projections::timeline::{DecisionEntry, Entry};
use projections::{ReadError, Runner};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::{App, Clerk, History};

pub(crate) const FAMILY: &str =
    include_str!("../../../../schemas/procedures/family/sample-2026.toml");
pub(crate) const ORGANISATION: &str =
    include_str!("../../../../schemas/procedures/organisation/tt22-2020.toml");

const CALENDAR: &str = include_str!("../../../../schemas/calendars/vn.toml");

/// The family's definition with its meeting and posting; the other one has neither.
pub(crate) const FULL: &str = "family.full-test";

/// Every indicator of the family's definition.
pub(crate) const INDICATORS: [&str; 10] =
    ["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4a", "4b"];

pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) app: Arc<App>,
    pub(crate) engine: Arc<Engine>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) runner: Arc<Runner>,
    pub(crate) clerk: Arc<Told>,
    pub(crate) evidence: Arc<MemoryEvidence>,
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

/// A clerk who only counts how often he was told of work.
#[derive(Default)]
pub(crate) struct Told(AtomicUsize, std::sync::Mutex<Option<bool>>);

impl Told {
    /// From now on there is a lease, and he holds it or not.
    pub(crate) fn hold(&self, held: bool) {
        *self.1.lock().unwrap() = Some(held);
    }
}

impl Clerk for Told {
    fn wake(&self, _: Option<projections::Position>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn holds_lease(&self) -> Option<bool> {
        *self.1.lock().unwrap()
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

    async fn decision(&self, id: DecisionId) -> Result<Vec<DecisionEntry>, ReadError> {
        projections::timeline::decision_timeline(&self.store, &*self.keyring, id).await
    }

    async fn case_lines(&self, case: CaseId) -> Result<Vec<u8>, ReadError> {
        projections::lines::of_case(&self.store, case).await
    }

    async fn decision_lines(&self, id: DecisionId) -> Result<Vec<u8>, ReadError> {
        projections::lines::of_decision(&self.store, id).await
    }

    async fn head(&self) -> Result<Option<String>, ReadError> {
        Ok(self.store.head().await?.map(|position| position.to_string()))
    }
}

/// The family's definition as shipped and without meeting and posting, and an organisation's.
fn definitions() -> [Definition; 3] {
    let parse = |source: &str| codec::definition::parse("sample.toml", source.as_bytes()).unwrap();
    let (mut short, mut full) = (parse(FAMILY), parse(FAMILY));
    full.id = FULL.parse().unwrap();
    short.steps.retain(|step| !matches!(step.kind, StepKind::Meeting | StepKind::Posting));
    let left: Vec<_> = short.steps.iter().map(|step| step.id.clone()).collect();
    short.separation.retain(|set| set.iter().all(|step| left.contains(step)));
    [short, full, parse(ORGANISATION)]
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
        let evidence = Arc::<MemoryEvidence>::default();
        let engine = Arc::new(engine.with_evidence(evidence.clone()));
        let path = folder.path().join("read.db");
        let runner = Arc::new(Runner::start(&path, shared, keys).await.unwrap());
        let clerk = Arc::new(Told::default());
        let app = Arc::new(App {
            engine: engine.clone(),
            runner: runner.clone(),
            history: history(Stored { store, keyring }),
            clerk: clerk.clone(),
        });
        let (admin, router) = (web::secret_text([1; 32]), web::router(app.clone()));
        let world =
            Self { router, app, engine, clock, runner, clerk, evidence, admin, _folder: folder };
        world.found().await;
        world
    }

    /// Another server on the same store.
    pub(crate) fn other(
        &self,
        router: Router,
        app: Arc<App>,
        runner: Arc<Runner>,
        clerk: Arc<Told>,
        folder: tempfile::TempDir,
    ) -> Self {
        Self {
            router,
            app,
            engine: self.engine.clone(),
            clock: self.clock.clone(),
            runner,
            clerk,
            evidence: self.evidence.clone(),
            admin: self.admin.clone(),
            _folder: folder,
        }
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
        for definition in definitions() {
            let (id, digest) =
                (definition.id.clone(), codec::definition::digest(&definition).unwrap());
            let act = edition::Command::Publish { definition: Box::new(definition), digest };
            self.engine.procedure(&operator(), &id, act).await.unwrap();
        }
        self.administrator().await;
    }

    /// Publishes the working days.
    pub(crate) async fn publish_calendar(&self) {
        let days = codec::calendar::parse("vn.toml", CALENDAR.as_bytes()).unwrap();
        let digest = codec::calendar::digest(&days).unwrap();
        let act = calendar::Command::Publish { days: Box::new(days), digest };
        let done = self.engine.set_calendar(&operator(), act).await.unwrap();
        self.runner.reach(done.position, |_| {}).await.unwrap();
    }

    /// Lets the clerk, who must have been told of it, settle a decision; how many cases changed.
    #[track_caller]
    pub(crate) fn settle(&self, decision: &str) -> impl Future<Output = usize> {
        let told = self.clerk.0.swap(0, Ordering::SeqCst);
        assert!(told > 0, "the clerk was not told");
        let id: DecisionId = decision.parse().unwrap();
        async move {
            let followed = self.engine.settle_decision(id).await.unwrap();
            assert!(followed.failed.is_empty(), "{:?}", followed.failed);
            self.runner.reach(followed.position, |_| {}).await.unwrap();
            followed.changed
        }
    }

    /// Lets the program do for a case what the day asks for.
    pub(crate) async fn watch(&self, case: &str) {
        let id: CaseId = case.rsplit('/').next().unwrap().parse().unwrap();
        let done = self.engine.watch_case(id).await.unwrap();
        self.runner.reach(done.position, |_| {}).await.unwrap();
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
    /// The lines of a list.
    #[track_caller]
    pub(crate) fn items(&self) -> &[Value] {
        self.body["items"].as_array().unwrap()
    }

    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().unwrap().to_owned()
    }
}

/// The id of an officer's own record.
pub(crate) async fn officer_id(world: &World, token: &str) -> String {
    let me = world.get(token, "/api/v1/me").await.ok();
    me.body["officer"]["id"].as_str().unwrap().to_owned()
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

    /// The same under the definition with meeting and posting, brought to the meeting.
    pub(crate) async fn case_to_vote(&self, world: &World, code: &str) -> String {
        let subject = world.household(code, "05158-01").await;
        let body = json!({ "subject": subject, "year": 2026, "procedure": FULL });
        let id = world.post(&self.recorder, "/api/v1/cases", body).await.ok().id();
        let act = |name: &str| format!("/api/v1/cases/{id}/{name}");
        world.post(&self.recorder, &act("self-assessment"), claims(9)).await.ok();
        world.post(&self.hamlet, &act("review"), reviews(9)).await.ok();
        format!("/api/v1/cases/{id}")
    }

    /// A meeting of the hamlet today, with four of six people; its id.
    pub(crate) async fn meeting(&self, world: &World) -> String {
        world.post(&self.hamlet, "/api/v1/meetings", meeting("2026-11-10")).await.ok().id()
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

/// Minutes of a meeting of hamlet 05158-01.
pub(crate) fn meeting(held_on: &str) -> Value {
    json!({ "procedure": FULL, "step": "hamlet_meeting", "unit": "05158-01", "held_on": held_on,
        "convened": 6, "present": ["Bùi Văn Một, trưởng xóm", "Bùi Thị Hai", "Đinh Văn Ba",
        "Đinh Thị Bốn"], "minutes": "Họp tại nhà văn hóa xóm, thống nhất danh sách." })
}

/// Votes of all four.
pub(crate) fn votes(in_favour: u32) -> Value {
    json!({ "for": in_favour, "against": 4 - in_favour, "abstained": 0 })
}

/// Ten days of posting from a day in November on.
pub(crate) fn posting(from: u32) -> Value {
    json!({ "from": format!("2026-11-{from}"), "until": format!("2026-11-{}", from + 9),
        "place": "Nhà văn hóa xóm Mẫu 1" })
}

pub(crate) fn decision() -> Value {
    json!({ "decision": { "number": "125/QĐ-UBND", "date": "2026-11-10" } })
}
