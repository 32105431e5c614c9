//! What the tests share: stores, events, and the common oracle over a recovered store.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use event_store::{EventStore, Expected, NewEvent, RecordedEvent, StreamName};
use event_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

pub(crate) fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, Options::default()).unwrap()
}

pub(crate) fn stream(name: &str) -> StreamName {
    StreamName::new(name).unwrap()
}

pub(crate) fn event() -> NewEvent {
    event_with(Uuid::new_v4(), 200)
}

pub(crate) fn event_with(id: Uuid, bytes: usize) -> NewEvent {
    let data = format!("{{\"id\":\"{id}\",\"fill\":\"{}\"}}", "x".repeat(bytes));
    NewEvent { id, event_type: "Tested".into(), metadata: "{}".into(), data: data.into() }
}

/// Appends one event to a new stream.
pub(crate) async fn add(store: &SqliteStore, name: &str) -> event_store::Appended {
    store.append(&stream(name), Expected::NoStream, vec![event()]).await.unwrap()
}

pub(crate) async fn whole_log(store: &SqliteStore) -> Vec<RecordedEvent> {
    let mut log: Vec<RecordedEvent> = Vec::new();
    loop {
        let page = store.read_all(log.last().map(|event| event.position), 1000).await.unwrap();
        if page.is_empty() {
            return log;
        }
        log.extend(page);
    }
}

/// Positions rise by one, revisions of each stream are gapless, no id is there twice, both ways to
/// read agree. Returns the log.
pub(crate) async fn sound_log(store: &SqliteStore) -> Vec<RecordedEvent> {
    let log = whole_log(store).await;
    let mut ids = HashSet::new();
    let mut streams: HashMap<StreamName, Vec<RecordedEvent>> = HashMap::new();
    for (event, number) in log.iter().zip(1..) {
        assert_eq!(event.position.major(), number, "positions have a gap");
        assert!(ids.insert(event.id), "{} is there twice", event.id);
        let stream = streams.entry(event.stream.clone()).or_default();
        assert_eq!(event.revision, stream.len() as u64, "a gap in {}", event.stream);
        stream.push(event.clone());
    }
    for (name, events) in streams {
        assert_eq!(store.read(&name, 0, usize::MAX).await.unwrap(), events);
    }
    log
}
