//! An event that cannot be handled stops the runner, visibly, where it stands.

use event_store::{EventStore, Expected, NewEvent, StreamName};
use projections::{ReadError, Status};

use crate::kit::{Log, PATIENCE};

async fn stopped_by(event_type: &str, metadata: &str, data: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    let good = log.commune.assessed(1).await;
    let before = log.store.head().await.unwrap();
    let poison = NewEvent {
        id: uuid::Uuid::from_u128(1),
        event_type: event_type.into(),
        metadata: metadata.as_bytes().to_vec().into(),
        data: data.as_bytes().to_vec().into(),
    };
    let stream = StreamName::new("case-00000000-0000-0000-0000-000000000001").unwrap();
    let poisoned = log.store.append(&stream, Expected::NoStream, vec![poison]).await.unwrap();
    log.commune.assessed(2).await;
    let head = log.store.head().await.unwrap().unwrap();

    let runner = log.runner(&path).await;
    let error = runner.wait_for(head, PATIENCE).await.unwrap_err();
    let ReadError::Stopped { position, event_type: at, detail } = error else {
        panic!("{error}");
    };
    assert_eq!((position, at.as_str()), (poisoned.position, event_type));
    assert!(!detail.is_empty());
    let progress = runner.progress();
    assert_eq!(progress.position, before, "what stands before the event counts");
    assert!(matches!(progress.status, Status::Stopped { .. }));
    let row = runner.models().read(move |reader| reader.case(good)).await.unwrap();
    assert_eq!(row.unwrap().revision, 2, "what was read before can still be read");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_type() {
    stopped_by("CaseEnchanted", r#"{"schema":1,"recorded_at":"2026"}"#, "{}").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema() {
    stopped_by("CaseRegistered", r#"{"schema":2,"recorded_at":"2026"}"#, "{}").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_that_is_none() {
    stopped_by("CaseRegistered", "[]", "{}").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_case_that_was_never_registered() {
    let data = r#"{"by":"00000000-0000-0000-0000-000000000002","on":"2026-11-01"}"#;
    stopped_by("Claimed", r#"{"schema":1,"recorded_at":"2026"}"#, data).await;
}
