//! The timeline of a case: state after each event, what changed, texts opened or gone.

use codec::MemoryKeyring;
use engine::kit::{household, officer};
use projections::timeline::{ERASED, timeline};

use crate::kit::Log;

#[tokio::test]
async fn each_event_has_its_state_and_its_changes() {
    let log = Log::new().await;
    let case = log.commune.assessed(1).await;
    log.give_back(case).await;
    let entries = timeline(&*log.store, &*log.commune.keyring, case).await.unwrap();
    let types: Vec<_> = entries.iter().map(|entry| entry.event_type.as_str()).collect();
    assert_eq!(types, ["CaseRegistered", "SelfAssessed", "StepCompleted", "ReturnedForSupplement"]);

    let returned = &entries[3];
    assert_eq!(returned.state.phase, "returned");
    assert_eq!(returned.state.reason.as_deref(), Some("Thiếu giấy khen của trường."));
    assert_eq!(returned.event["reason"], "Thiếu giấy khen của trường.");
    assert_eq!(returned.actor.officer, Some(officer("hamlet")));
    let changed = |path: &str| returned.changed.iter().find(|change| change.path == path);
    assert_eq!(changed("returns").unwrap().after, 1);
    assert_eq!(changed("phase").unwrap().before, "open");
    assert!(changed("claims/1a/points").is_none());

    let assessed = &entries[1];
    assert!(assessed.changed.iter().any(|change| change.path == "claims/1a/points"));
    assert_eq!(assessed.actor.on_behalf_of, Some(household(1)));
}

#[tokio::test]
async fn without_the_key_the_history_stands_and_the_texts_are_gone() {
    let log = Log::new().await;
    let case = log.commune.assessed(1).await;
    log.give_back(case).await;
    let entries = timeline(&*log.store, &MemoryKeyring::default(), case).await.unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[3].state.reason.as_deref(), Some(ERASED));
    assert_eq!(entries[3].event["reason"], ERASED);
}

#[tokio::test]
async fn a_case_that_never_was_has_no_timeline() {
    let log = Log::new().await;
    let none = procedure::CaseId(uuid::Uuid::from_u128(9));
    assert!(timeline(&*log.store, &*log.commune.keyring, none).await.unwrap().is_empty());
}
