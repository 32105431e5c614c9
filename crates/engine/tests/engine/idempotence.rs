//! The same command again, another under the same id, and a caller who saw an older state.

use std::sync::Arc;

use engine::EngineError;
use event_store::{EventStore, MemoryStore};

use engine::kit::{Commune, by};

#[tokio::test]
async fn a_repeated_command_has_the_same_result_and_adds_nothing() {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    let case = commune.assessed(1).await;
    let request = by("hamlet", "review");
    let first = commune.engine.case(&request, case, commune.review()).await.unwrap();
    let head = store.head().await.unwrap();
    let again = commune.engine.case(&request, case, commune.review()).await.unwrap();
    assert!(!first.repeated && again.repeated);
    assert_eq!((first.revision, first.position), (again.revision, again.position));
    assert_eq!(store.head().await.unwrap(), head);
}

#[tokio::test]
async fn another_engine_on_the_same_store_recognises_the_command() {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    let case = commune.assessed(1).await;
    let first = commune.engine.case(&by("hamlet", "review"), case, commune.review()).await.unwrap();
    // Setting up the same commune again is itself a repetition of every command.
    let head = store.head().await.unwrap();
    let other = Commune::with(store.clone(), commune.keyring.clone(), engine::kit::clock()).await;
    let again = other.engine.case(&by("hamlet", "review"), case, other.review()).await.unwrap();
    assert!(again.repeated);
    assert_eq!(first.revision, again.revision);
    assert_eq!(store.head().await.unwrap(), head);
}

#[tokio::test]
async fn another_request_under_the_same_id_is_refused() {
    let commune = Commune::new(Arc::new(MemoryStore::new())).await;
    let case = commune.assessed(1).await;
    let mut request = by("hamlet", "review");
    request.body = b"one".to_vec();
    commune.engine.case(&request, case, commune.review()).await.unwrap();
    request.body = b"other".to_vec();
    let error = commune.engine.case(&request, case, commune.review()).await.unwrap_err();
    assert!(matches!(error, EngineError::CommandIdReused), "{error}");
}

#[tokio::test]
async fn a_caller_who_saw_an_older_state_is_told_where_it_is_now() {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    let case = commune.assessed(1).await;
    let mut request = by("hamlet", "review");
    request.expected = Some(1);
    let head = store.head().await.unwrap();
    let error = commune.engine.case(&request, case, commune.review()).await.unwrap_err();
    assert!(matches!(error, EngineError::Stale { expected: 1, actual: Some(2) }), "{error}");
    assert_eq!(store.head().await.unwrap(), head);
    request.expected = Some(2);
    commune.engine.case(&request, case, commune.review()).await.unwrap();
}
