//! What the tests share: clusters, stores with little patience, events.

use std::time::Duration;

use event_store::{EventStore, Expected, NewEvent, RecordedEvent, StreamName};
use event_store_kurrentdb::KurrentStore;
use event_store_kurrentdb::fake::Code;
use event_store_kurrentdb::fake::{Cluster, Fault, Trouble};
use uuid::Uuid;

/// How long one call may take in these tests. All tries together take twice that.
pub(crate) const DEADLINE: Duration = Duration::from_millis(400);

pub(crate) fn url(cluster: &Cluster) -> String {
    format!("{}&defaultDeadline={}", cluster.url(), DEADLINE.as_millis())
}

pub(crate) fn open(url: &str) -> KurrentStore {
    KurrentStore::new(&url.parse().unwrap())
}

pub(crate) fn store(cluster: &Cluster) -> KurrentStore {
    open(&url(cluster))
}

pub(crate) async fn one_node() -> (Cluster, KurrentStore) {
    let cluster = Cluster::start(1).await.unwrap();
    let store = store(&cluster);
    (cluster, store)
}

pub(crate) fn stream(name: &str) -> StreamName {
    StreamName::new(name).unwrap()
}

pub(crate) fn event() -> NewEvent {
    NewEvent {
        id: Uuid::new_v4(),
        event_type: "Reviewed".into(),
        metadata: r#"{"schema":1}"#.into(),
        data: r#"{"points":85}"#.into(),
    }
}

pub(crate) fn events(count: usize) -> Vec<NewEvent> {
    (0..count).map(|_| event()).collect()
}

/// Appends so many events to a new stream, one after the other.
pub(crate) async fn fill(store: &KurrentStore, name: &str, count: u64) {
    for number in 0..count {
        let expected = Expected::from(number.checked_sub(1));
        store.append(&stream(name), expected, events(1)).await.unwrap();
    }
}

pub(crate) async fn whole(store: &KurrentStore) -> Vec<RecordedEvent> {
    store.read_all(None, usize::MAX).await.unwrap()
}

/// The names of the streams of a log, as the cluster knows them.
pub(crate) fn stored_streams(cluster: &Cluster) -> Vec<String> {
    cluster.stored().into_iter().map(|record| record.stream).collect()
}

/// Every way in which a call can end without an answer that says what happened.
pub(crate) fn troubles() -> Vec<Trouble> {
    let said = |code| Trouble::status(code, "said so");
    vec![
        said(Code::Unavailable),
        said(Code::Internal),
        said(Code::Unknown),
        said(Code::DataLoss),
        said(Code::Cancelled),
        said(Code::DeadlineExceeded),
        Trouble::status(Code::Aborted, "Operation timed out: Commit phase timeout."),
        Trouble::Cut,
        Trouble::Hang,
    ]
}

/// More than all tries of one call.
pub(crate) fn for_good(trouble: &Trouble) -> Vec<Fault> {
    vec![Fault::Before(trouble.clone()); 200]
}
