//! One case from registration to the title, and the acts that must not be possible.

use std::sync::Arc;

use engine::EngineError;
use event_store::{EventStore, MemoryStore, StreamName};
use procedure::case::{Command, Refusal};
use procedure::{Refused, actor};

use engine::kit::{Commune, by, household, officer};

fn refusal(error: EngineError) -> Refused {
    match error {
        EngineError::Refused(refused) => refused,
        other => panic!("not a refusal: {other}"),
    }
}

#[tokio::test]
async fn a_household_comes_from_registration_to_its_title() {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    let case = commune.reviewed(1).await;
    commune.engine.case(&by("chair", "sign"), case, commune.recognise()).await.unwrap();

    let stream = StreamName::new(format!("case-{case}")).unwrap();
    let events = store.read(&stream, 0, 100).await.unwrap();
    let types: Vec<_> = events.iter().map(|event| &*event.event_type).collect();
    assert_eq!(
        types,
        [
            "CaseRegistered",
            "SelfAssessed",
            "StepCompleted",
            "Reviewed",
            "StepCompleted",
            "Reviewed",
            "StepCompleted",
            "TitleRecognised"
        ]
    );
    let last = codec::Metadata::decode(&events.last().unwrap().metadata).unwrap();
    assert_eq!(last.actor.officer, Some(officer("chair")));
    assert_eq!(last.actor.role.unwrap().as_str(), "commune-chair");
    assert_eq!(last.actor.unit.unwrap().as_str(), "05158");
    let assessed = codec::Metadata::decode(&events[1].metadata).unwrap();
    assert_eq!(assessed.actor.on_behalf_of, Some(household(1)));
}

#[tokio::test]
async fn no_plain_name_is_in_the_store() {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    commune.reviewed(1).await;
    for event in store.read_all(None, 10_000).await.unwrap() {
        for bytes in [&event.metadata, &event.data] {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(!text.contains("Bùi") && !text.contains("Đức"), "{text}");
        }
    }
}

#[tokio::test]
async fn office_separation_and_interest_are_asked_of_every_officer() {
    let commune = Commune::new(Arc::new(MemoryStore::new())).await;
    commune.appoint("both", "hamlet-reviewer", "05158-01").await;
    commune.own("commune", household(2)).await;
    let engine = &commune.engine;

    let first = commune.assessed(1).await;
    let error = engine.case(&by("chair", "review"), first, commune.review()).await.unwrap_err();
    let refused = refusal(error);
    assert!(matches!(refused, Refused::Actor(actor::Refusal::NotAppointed { .. })), "{refused}");

    let second = commune.assessed(2).await;
    engine.case(&by("hamlet", "review 2"), second, commune.review()).await.unwrap();
    let error = engine.case(&by("commune", "review 2"), second, commune.review()).await;
    assert_eq!(
        refusal(error.unwrap_err()),
        Refusal::OwnSubject { officer: officer("commune") }.into()
    );
}

#[tokio::test]
async fn texts_are_checked_before_anything_is_decided() {
    let commune = Commune::new(Arc::new(MemoryStore::new())).await;
    let case = commune.assessed(1).await;
    let subject = commune.engine.subject_of(case).await.unwrap();
    let sealer = commune.engine.sealer(subject.0).unwrap();
    assert!(matches!(sealer.seal("reason", "  "), Err(EngineError::Text(_))));
    let reason = sealer.seal("reason", "Thiếu giấy khen của trường.").unwrap();
    let command = Command::Return { reason, indicators: Vec::new() };
    let done = commune.engine.case(&by("hamlet", "return"), case, command).await.unwrap();
    assert_eq!((done.events, done.revision), (1, Some(3)));
}
