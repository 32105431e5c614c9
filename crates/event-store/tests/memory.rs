//! The reference implementation passes the contract; broken ones do not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use event_store::contract::{self, Report};
use event_store::{
    Appended, EventStore, Expected, Follower, MemoryStore, NewEvent, Position, RecordedEvent,
    StoreError, StreamName,
};

async fn check(store: impl EventStore + 'static) -> Report {
    contract::run(Arc::new(store), &mut |outcome| println!("{outcome}")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn memory_store_keeps_the_contract() {
    let report = check(MemoryStore::new()).await;
    assert!(report.is_ok(), "{report}");
    assert_eq!(report.outcomes.len(), contract::catalogue().len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_contract_does_no_harm_and_ignores_other_writers() {
    let store = MemoryStore::new();
    let stream = StreamName::new("case-1").unwrap();
    let (going, writer) = (Arc::new(AtomicU64::new(0)), store.clone());
    let count = Arc::clone(&going);
    let foreign = tokio::spawn(async move {
        let mut expected = Expected::NoStream;
        loop {
            let event = NewEvent {
                id: uuid::Uuid::new_v4(),
                event_type: "CaseRegistered".into(),
                metadata: "{}".into(),
                data: "{}".into(),
            };
            let stream = StreamName::new("case-1").unwrap();
            let done = writer.append(&stream, expected, vec![event]).await.unwrap();
            expected = Expected::Exact(done.revision);
            count.store(done.revision, Ordering::SeqCst);
            tokio::time::sleep(std::time::Duration::from_micros(200)).await;
        }
    });
    let report = check(store.clone()).await;
    foreign.abort();
    // Told to stop is not stopped: what it still writes must not come between the two looks below.
    let _stopped = foreign.await;
    assert!(report.is_ok(), "{report}");
    let log = store.read_all(None, usize::MAX).await.unwrap();
    let (own, others): (Vec<_>, Vec<_>) =
        log.iter().partition(|event| event.stream.as_str().starts_with(&report.prefix));
    assert!(own.len() < 600, "a run leaves {} events", own.len());
    assert!(own.iter().all(|event| event.stream.is_check() && event.stream.is_aside()));
    assert!(own.iter().all(|event| report.streams.contains(&event.stream)));
    assert!(others.len() as u64 > going.load(Ordering::SeqCst));
    assert!(others.iter().all(|event| event.stream == stream));
}

/// A memory store with one thing wrong.
struct Broken(MemoryStore, Wrong);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    /// Retries by itself at whatever revision the stream is at.
    IgnoresExpectation,
    /// A repeat is a conflict.
    ForgetsIds,
    /// Followers start one event too late.
    FollowsWithGap,
    /// Panics on every read of a stream.
    Panics,
}

#[async_trait]
impl EventStore for Broken {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        mut events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        if self.1 == Wrong::ForgetsIds && events.len() < 2 {
            for event in &mut events {
                event.id = uuid::Uuid::new_v4();
            }
        }
        match self.0.append(stream, expected, events.clone()).await {
            Err(StoreError::Conflict { actual }) if self.1 == Wrong::IgnoresExpectation => {
                self.0.append(stream, actual.into(), events).await
            }
            other => other,
        }
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        assert!(self.1 != Wrong::Panics, "broken on purpose");
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
        let skip = u64::from(self.1 == Wrong::FollowsWithGap);
        let after = after.map_or(0, Position::major) + skip;
        self.0.follow(Some(Position::new(after, 0))).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_contract_finds_what_is_broken() {
    let failed = |report: &Report| -> Vec<&str> {
        report.outcomes.iter().filter(|o| !o.passed()).map(|o| o.name).collect()
    };
    let broken = |wrong| check(Broken(MemoryStore::new(), wrong));
    let report = broken(Wrong::IgnoresExpectation).await;
    for name in ["expected-revision", "conflict-writes-nothing", "race-first-event"] {
        assert!(failed(&report).contains(&name), "{report}");
    }
    let report = broken(Wrong::ForgetsIds).await;
    assert!(failed(&report).contains(&"failed-but-kept"), "{report}");
    let report = broken(Wrong::Panics).await;
    assert!(failed(&report).contains(&"revisions-gapless"), "{report}");
    assert!(report.to_string().contains("panicked"), "{report}");
}

#[tokio::test(start_paused = true)]
async fn the_contract_finds_a_gap_in_following() {
    let report = check(Broken(MemoryStore::new(), Wrong::FollowsWithGap)).await;
    let failed: Vec<_> = report.outcomes.iter().filter(|o| !o.passed()).map(|o| o.name).collect();
    assert!(failed.contains(&"follow-own-write"), "{report}");
    assert!(failed.contains(&"follow-slow"), "{report}");
}
