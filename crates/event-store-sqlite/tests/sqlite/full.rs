//! A store that may not grow: appends are refused, reads go on, and it works again afterwards.

use event_store::{EventStore as _, Expected, StoreError};
use event_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

use crate::rig;

#[tokio::test]
async fn a_full_file_refuses_appends_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let options = Options { max_pages: Some(60), ..Options::default() };
    let store = SqliteStore::open(&path, options).unwrap();
    let mut acknowledged = Vec::new();
    let (stream, refused) = loop {
        let stream = rig::stream(&format!("case-{}", acknowledged.len()));
        let events = vec![rig::event(), rig::event()];
        match store.append(&stream, Expected::NoStream, events.clone()).await {
            Ok(_) => acknowledged.extend(events.iter().map(|event| event.id)),
            Err(error) => {
                let full = matches!(error, StoreError::Unavailable { maybe_written: false, .. });
                assert!(full, "{error}");
                break (stream, events);
            }
        }
        assert!(acknowledged.len() < 10_000, "the limit has no effect");
    };
    assert!(acknowledged.len() > 100, "full after {}", acknowledged.len());
    let ids = |log: &[event_store::RecordedEvent]| log.iter().map(|e| e.id).collect::<Vec<_>>();
    assert_eq!(ids(&rig::sound_log(&store).await), acknowledged, "reads go on");
    assert_eq!(store.read(&stream, 0, 10).await.unwrap(), []);
    drop(store);
    // There is room again: the writer repeats what was refused.
    let store = rig::open(&path);
    store.append(&stream, Expected::NoStream, refused.clone()).await.unwrap();
    acknowledged.extend(refused.iter().map(|event| event.id));
    assert_eq!(ids(&rig::sound_log(&store).await), acknowledged);
}

#[tokio::test]
async fn a_small_append_works_after_one_that_did_not_fit() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { max_pages: Some(60), ..Options::default() };
    let store = SqliteStore::open(dir.path().join("events.db"), options).unwrap();
    let stream = rig::stream("case-1");
    let large = rig::event_with(Uuid::new_v4(), 900_000);
    // A type that is named for the first time in a transaction that fails.
    let large = event_store::NewEvent { event_type: "Large".into(), ..large };
    let error = store.append(&stream, Expected::NoStream, vec![large]).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { maybe_written: false, .. }), "{error}");
    for revision in 0..3_u64 {
        let expected = Expected::from(revision.checked_sub(1));
        let named = event_store::NewEvent { event_type: "Large".into(), ..rig::event() };
        let done = store.append(&stream, expected, vec![named]).await.unwrap();
        assert_eq!(done.revision, revision);
    }
    let log = rig::sound_log(&store).await;
    assert_eq!(log.len(), 3);
    assert!(log.iter().all(|event| &*event.event_type == "Large"));
}
