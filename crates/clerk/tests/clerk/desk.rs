//! A commune with a clerk, in memory or on another store.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clerk::{Clerk, Swept};
use engine::ManualClock;
use engine::kit::{Commune, by, id, unit};
use event_store::{EventStore, MemoryStore};
use procedure::{CaseId, DecisionId};
use projections::Runner;
use tempfile::TempDir;

pub(crate) struct Desk {
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) commune: Commune,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) runner: Arc<Runner>,
    pub(crate) clerk: Clerk,
    _folder: TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::on(Arc::new(MemoryStore::new())).await
    }

    pub(crate) async fn on(store: Arc<dyn EventStore>) -> Self {
        Self::with(store, Arc::default(), engine::kit::clock()).await
    }

    /// Another server on the same log, with read models of its own.
    pub(crate) async fn beside(&self, store: Arc<dyn EventStore>) -> Self {
        Self::with(store, self.commune.keyring.clone(), self.clock.clone()).await
    }

    async fn with(
        store: Arc<dyn EventStore>,
        keyring: Arc<codec::MemoryKeyring>,
        clock: Arc<ManualClock>,
    ) -> Self {
        let commune = Commune::with(store.clone(), keyring, clock.clone()).await;
        let folder = tempfile::tempdir().unwrap();
        let runner = Arc::new(start(&folder.path().join("read.db"), &store, &commune).await);
        let clerk = Clerk::new(commune.engine.clone(), runner.clone());
        Self { store, commune, clock, runner, clerk, _folder: folder }
    }

    /// The same with a clerk who works under a lease.
    pub(crate) fn with_lease(mut self, lease: clerk::Lease) -> Self {
        let clerk = Clerk::new(self.commune.engine.clone(), self.runner.clone());
        self.clerk = clerk.with_lease(lease);
        self
    }

    /// Nine o'clock on a day.
    pub(crate) fn set_day(&self, day: &str) {
        self.clock.set(format!("{day}T02:00:00Z").parse().unwrap());
    }

    pub(crate) async fn sweep(&self) -> Swept {
        self.caught_up().await;
        let swept = self.clerk.sweep().await.unwrap();
        self.caught_up().await;
        swept
    }

    pub(crate) async fn caught_up(&self) {
        let head = self.store.head().await.unwrap();
        let reached = self.runner.reach(head, |_| {});
        tokio::time::timeout(Duration::from_secs(20), reached).await.unwrap().unwrap();
    }

    /// A draft for the families of the commune.
    pub(crate) async fn draft(&self, name: &str) -> DecisionId {
        let decision = DecisionId(id(name));
        let request = by("commune", &format!("draft {name}"));
        let engine = &self.commune.engine;
        let at = (unit("05158"), engine.today().year());
        engine.draft_decision(&request, decision, &self.commune.procedure(), at).await.unwrap();
        decision
    }

    pub(crate) async fn ready(&self, numbers: std::ops::Range<usize>) -> Vec<CaseId> {
        let mut cases = Vec::new();
        for number in numbers {
            cases.push(self.commune.reviewed(number).await);
        }
        cases
    }

    /// Names of the events of a case.
    pub(crate) async fn events(&self, case: CaseId) -> Vec<String> {
        let name = codec::stream::StreamId::<procedure::case::State>::stream(&case);
        let stream = event_store::StreamName::new(name).unwrap();
        let events = self.store.read(&stream, 0, 100).await.unwrap();
        events.iter().map(|event| event.event_type.to_string()).collect()
    }
}

pub(crate) async fn start(path: &Path, store: &Arc<dyn EventStore>, commune: &Commune) -> Runner {
    Runner::start(path, store.clone(), commune.keyring.clone()).await.unwrap()
}
