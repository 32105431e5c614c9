//! A store that fails, and one that keeps what it reports as failed.

use std::sync::Arc;

use engine::{Engine, EngineError, SeededEntropy};
use event_store::faulty::{Fault, Faulty};
use event_store::{EventStore, MemoryStore, StreamName};

use engine::kit::{Commune, by};

/// An engine on a store that does the faults, beside one that set everything up.
async fn faulty(faults: Vec<Fault>) -> (Commune, Engine, MemoryStore) {
    let store = MemoryStore::new();
    let commune = Commune::new(Arc::new(store.clone())).await;
    let engine = Engine::new(
        Arc::new(Faulty::new(store.clone(), faults)),
        commune.keyring.clone(),
        engine::kit::clock(),
        Arc::new(SeededEntropy::new(2)),
    );
    (commune, engine, store)
}

async fn reviews(store: &MemoryStore, case: procedure::CaseId) -> usize {
    let stream = StreamName::new(format!("case-{case}")).unwrap();
    let events = store.read(&stream, 0, 100).await.unwrap();
    events.iter().filter(|event| &*event.event_type == "Reviewed").count()
}

#[tokio::test]
async fn failed_or_kept_a_command_has_one_effect() {
    for faults in [
        vec![Fault::Lost],
        vec![Fault::Kept],
        vec![Fault::Lost, Fault::Kept],
        vec![Fault::Kept, Fault::Lost, Fault::Lost],
    ] {
        let (commune, engine, store) = faulty(faults.clone()).await;
        let case = commune.assessed(1).await;
        let done = engine.case(&by("hamlet", "review"), case, commune.review()).await.unwrap();
        assert_eq!(engine.meter().repeats(), faults.len() as u64);
        assert_eq!(done.revision, Some(4), "{faults:?}");
        assert_eq!(reviews(&store, case).await, 1, "{faults:?}");
    }
}

#[tokio::test]
async fn after_too_many_failures_the_caller_is_told_and_may_repeat() {
    let (commune, engine, store) = faulty(vec![Fault::Kept; 4]).await;
    let case = commune.assessed(1).await;
    let request = by("hamlet", "review");
    let error = engine.case(&request, case, commune.review()).await.unwrap_err();
    assert!(matches!(error, EngineError::Unavailable { maybe_done: true, .. }), "{error}");
    let done = engine.case(&request, case, commune.review()).await.unwrap();
    assert!(done.repeated);
    assert_eq!(reviews(&store, case).await, 1);
}
