//! Acting in another's place, and acts that are refused for who asked.

use std::sync::Arc;

use codec::Metadata;
use engine::kit::{Commune, by, household, id, officer, operator, unit};
use engine::{EngineError, Request};
use event_store::{EventStore, MemoryStore, RecordedEvent, StreamName};
use procedure::case::Command;
use procedure::date::Period;
use procedure::{CaseId, officer as officers, refused_act};

async fn commune() -> (Arc<MemoryStore>, Commune) {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    (store, commune)
}

fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    match result.unwrap_err() {
        EngineError::Refused(refused) => refused.get().code(),
        other => panic!("{other}"),
    }
}

async fn refused(store: &MemoryStore, about: CaseId) -> Vec<RecordedEvent> {
    let stream = StreamName::new(format!("refusals-{about}")).unwrap();
    store.read(&stream, 0, 100).await.unwrap()
}

#[tokio::test]
async fn what_is_refused_for_who_asks_is_kept_once_and_other_slips_are_not() {
    let (store, commune) = commune().await;
    let case = commune.assessed(1).await;
    commune.own("hamlet", household(1)).await;
    let request = by("hamlet", "own");
    for _ in 0..2 {
        let result = commune.engine.case(&request, case, commune.review()).await;
        assert_eq!(code(result), "case.own_subject");
    }
    let outsider = commune.engine.case(&by("nobody", "x"), case, Command::Claim).await;
    assert_eq!(code(outsider), "actor.not_appointed");
    // A slip: an indicator too few.
    commune.appoint("second", "hamlet-reviewer", "05158").await;
    let few = Command::Review { lines: Vec::new() };
    let slip = commune.engine.case(&by("second", "slip"), case, few).await;
    assert_eq!(code(slip), "case.indicator_missing");

    let kept = refused(&store, case).await;
    let codes: Vec<String> = kept
        .iter()
        .map(|event| {
            let metadata = Metadata::decode(&event.metadata).unwrap();
            let read: refused_act::Event =
                codec::decode(&event.event_type, metadata.schema, &event.data).unwrap();
            let refused_act::Event::ActRefused(act) = read;
            assert_eq!(metadata.actor.officer, Some(act.by));
            act.code
        })
        .collect();
    assert_eq!(codes, ["case.own_subject", "actor.not_appointed"]);
}

#[tokio::test]
async fn a_delegate_signs_in_place_of_whoever_is_away_until_that_ends() {
    let (store, commune) = commune().await;
    commune.appoint("vice", "vice-chair", "05158").await;
    let first = commune.reviewed(1).await;
    let second = commune.reviewed(2).await;
    let engine = &commune.engine;
    let today = engine.today();
    let term = Period { from: today, until: today.plus_days(3) };
    let (role, place) = ("commune-chair".parse().unwrap(), unit("05158"));
    let delegate = officers::Command::Delegate {
        delegator: officer("chair"),
        role,
        unit: place.clone(),
        term,
    };
    assert_eq!(
        code(engine.case(&by("vice", "early"), first, commune.recognise()).await),
        "actor.not_appointed"
    );
    // He who is away says it himself.
    engine.officer(&by("chair", "away"), officer("vice"), delegate).await.unwrap();
    engine.case(&by("vice", "sign"), first, commune.recognise()).await.unwrap();
    let stream = StreamName::new(format!("case-{first}")).unwrap();
    let events = store.read(&stream, 0, 100).await.unwrap();
    let last = Metadata::decode(&events.last().unwrap().metadata).unwrap();
    assert_eq!(last.actor.officer, Some(officer("vice")));
    assert_eq!(last.actor.in_place_of, Some(officer("chair")));

    // The office of whoever passed the power on ends, and with it the power.
    let relieve = officers::Command::Relieve {
        role: "commune-chair".parse().unwrap(),
        unit: place,
        from: today,
    };
    let request = Request::new(operator(), id("relieve the chair"));
    engine.officer(&request, officer("chair"), relieve).await.unwrap();
    let result = engine.case(&by("vice", "late"), second, commune.recognise()).await;
    assert_eq!(code(result), "actor.not_appointed");
}

#[tokio::test]
async fn a_delegation_does_not_lead_around_a_conflict() {
    let (_, commune) = commune().await;
    commune.appoint("vice", "vice-chair", "05158").await;
    let case = commune.reviewed(1).await;
    commune.own("chair", household(1)).await;
    let engine = &commune.engine;
    let today = engine.today();
    let delegate = officers::Command::Delegate {
        delegator: officer("chair"),
        role: "commune-chair".parse().unwrap(),
        unit: unit("05158"),
        term: Period { from: today, until: Some(today) },
    };
    engine.officer(&by("chair", "away"), officer("vice"), delegate).await.unwrap();
    let result = engine.case(&by("vice", "sign"), case, commune.recognise()).await;
    assert_eq!(code(result), "case.own_subject");
}
