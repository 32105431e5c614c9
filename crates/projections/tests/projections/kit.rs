//! A log with cases in every state, and read models on it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use engine::Request;
use engine::kit::{Commune, by, household, id, operator, unit};
use event_store::{EventStore, MemoryStore};
use procedure::case::Command;
use procedure::{CaseId, SubjectKind, subject};
use projections::{ReadModels, Runner};

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Log {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) commune: Commune,
}

impl Log {
    pub(crate) async fn new() -> Self {
        Self::on(MemoryStore::new()).await
    }

    pub(crate) async fn on(store: MemoryStore) -> Self {
        let store = Arc::new(store);
        let commune = Commune::new(store.clone()).await;
        Self { store, commune }
    }

    /// Ten cases: two each recognised, refused, returned, in review and registered.
    pub(crate) async fn fill(&self) -> Vec<CaseId> {
        self.fill_from(0).await
    }

    /// The same with households from that number on.
    pub(crate) async fn fill_from(&self, first: usize) -> Vec<CaseId> {
        let mut cases = Vec::new();
        for number in first..first + 10 {
            let subject = self.commune.enter(number).await;
            let case = match number % 5 {
                0 => self.commune.register(subject).await,
                _ => self.commune.assess(subject).await,
            };
            match number % 5 {
                2 => self.give_back(case).await,
                3 => {
                    self.commune.review_twice(case).await;
                    self.refuse(case).await;
                }
                4 => {
                    self.commune.review_twice(case).await;
                    self.commune.sign(case).await;
                }
                _ => {}
            }
            cases.push(case);
        }
        cases
    }

    /// Enters a household of that name.
    pub(crate) async fn enter_named(&self, number: usize, name: &str) {
        let owner = household(number);
        let sealer = self.commune.engine.sealer(owner.0).unwrap();
        let command = subject::Command::Register {
            kind: SubjectKind::Household,
            code: format!("HB-{number}"),
            unit: unit("05158-01"),
            name: sealer.seal("name", name).unwrap(),
            address: None,
            sample: true,
        };
        let request = Request::new(operator(), id(&format!("enter {number}")));
        self.commune.engine.subject(&request, owner, command).await.unwrap();
    }

    pub(crate) async fn give_back(&self, case: CaseId) {
        let reason = self.sealed(case, "Thiếu giấy khen của trường.").await;
        let command = Command::Return { reason, indicators: Vec::new() };
        let request = by("hamlet", &format!("return {case}"));
        self.commune.engine.case(&request, case, command).await.unwrap();
    }

    async fn refuse(&self, case: CaseId) {
        let reason = self.sealed(case, "Có trẻ bỏ học.").await;
        let Command::Recognise { decision } = self.commune.recognise() else { unreachable!() };
        let request = by("chair", &format!("refuse {case}"));
        let command = Command::Refuse { decision, reason };
        self.commune.engine.case(&request, case, command).await.unwrap();
    }

    async fn sealed(&self, case: CaseId, text: &str) -> procedure::Sealed {
        let subject = self.commune.engine.subject_of(case).await.unwrap();
        self.commune.engine.sealer(subject.0).unwrap().seal("reason", text).unwrap()
    }

    pub(crate) async fn runner(&self, path: &Path) -> Runner {
        Runner::start(path, self.store.clone(), self.commune.keyring.clone()).await.unwrap()
    }

    /// Follows to the end of the log, then stops.
    pub(crate) async fn followed(&self, path: &Path) -> ReadModels {
        let runner = self.runner(path).await;
        let head = self.store.head().await.unwrap();
        runner.reach(head, |_| {}).await.unwrap();
        let models = runner.models().clone();
        runner.stop().await;
        models
    }

    pub(crate) async fn digest(&self, path: &Path) -> String {
        self.followed(path).await.read(|reader| reader.digest()).await.unwrap()
    }
}
