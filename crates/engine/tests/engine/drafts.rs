//! Drafts of forms: kept sealed, found again on another server, let go.

use std::sync::Arc;

use codec::{MemoryKeyring, Metadata};
use engine::kit::{Commune, by, clock, household, officer};
use engine::{DRAFT_MAX, Engine, EngineError, SeededEntropy};
use event_store::{EventStore, MemoryStore, RecordedEvent, StreamName};
use procedure::CaseId;
use procedure::draft::DraftOf;

const FORM: &str = r#"{"1a":"8","note":"Gia đình có hai con đi học"}"#;

async fn commune() -> (Arc<MemoryStore>, Commune, CaseId) {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    let case = commune.assessed(1).await;
    (store, commune, case)
}

fn shared(case: CaseId) -> DraftOf {
    DraftOf::shared(case, "self-assessment".parse().unwrap())
}

fn review(case: CaseId, code: &str) -> DraftOf {
    DraftOf::own(case, "review".parse().unwrap(), officer(code))
}

fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    match result.unwrap_err() {
        EngineError::Refused(refused) => refused.get().code(),
        other => panic!("{other}"),
    }
}

async fn stored(store: &MemoryStore, of: &DraftOf) -> Vec<RecordedEvent> {
    let stream = StreamName::new(format!("draft-{}", of.id())).unwrap();
    store.read(&stream, 0, 100).await.unwrap()
}

#[tokio::test]
async fn a_draft_comes_back_on_another_server_and_lies_there_sealed() {
    let (store, commune, case) = commune().await;
    let of = shared(case);
    assert_eq!(commune.engine.draft(&of).await.unwrap(), None);
    let done = commune.engine.save_draft(&by("recorder", "save"), &of, FORM).await.unwrap();
    assert_eq!((done.revision, done.events), (Some(0), 1));
    let entropy = Arc::new(SeededEntropy::new(2));
    let other = Engine::new(store.clone(), commune.keyring.clone(), clock(), entropy.clone());
    let draft = other.draft(&of).await.unwrap().unwrap();
    assert_eq!((draft.content.as_str(), draft.by, draft.revision), (FORM, officer("recorder"), 0));
    assert_eq!(draft.on, other.today());

    let events = stored(&store, &of).await;
    assert!(!String::from_utf8_lossy(&events[0].data).contains("hai con"));
    let metadata = Metadata::decode(&events[0].metadata).unwrap();
    assert_eq!(metadata.actor.officer, Some(officer("recorder")));
    assert_eq!(metadata.actor.role.unwrap().as_str(), "hamlet-recorder");

    let keyless = Engine::new(store, Arc::new(MemoryKeyring::default()), clock(), entropy);
    assert_eq!(keyless.draft(&of).await.unwrap(), None);
}

#[tokio::test]
async fn the_same_again_is_quiet_and_a_repetition_changes_nothing() {
    let (store, commune, case) = commune().await;
    let (engine, of) = (&commune.engine, shared(case));
    engine.save_draft(&by("recorder", "one"), &of, FORM).await.unwrap();
    // The same words of another person, under another id.
    let again = engine.save_draft(&by("hamlet", "two"), &of, FORM).await.unwrap();
    assert_eq!((again.events, again.repeated, again.revision), (0, false, Some(0)));
    let repeated = engine.save_draft(&by("recorder", "one"), &of, FORM).await.unwrap();
    assert!(repeated.repeated);
    assert_eq!(stored(&store, &of).await.len(), 1);
    engine.save_draft(&by("hamlet", "three"), &of, "{}").await.unwrap();
    let draft = engine.draft(&of).await.unwrap().unwrap();
    assert_eq!((draft.content.as_str(), draft.by, draft.revision), ("{}", officer("hamlet"), 1));
}

#[tokio::test]
async fn a_draft_is_let_go_once_and_begun_anew() {
    let (store, commune, case) = commune().await;
    let (engine, of) = (&commune.engine, shared(case));
    let nothing = engine.discard_draft(&by("recorder", "none"), &of).await.unwrap();
    assert_eq!((nothing.events, nothing.revision), (0, None));
    engine.save_draft(&by("recorder", "one"), &of, FORM).await.unwrap();
    assert_eq!(engine.discard_draft(&by("hamlet", "go"), &of).await.unwrap().events, 1);
    assert_eq!(engine.draft(&of).await.unwrap(), None);
    assert_eq!(engine.discard_draft(&by("hamlet", "again"), &of).await.unwrap().events, 0);
    engine.save_draft(&by("recorder", "anew"), &of, FORM).await.unwrap();
    assert_eq!(engine.draft(&of).await.unwrap().unwrap().revision, 2);
    assert_eq!(stored(&store, &of).await.len(), 3);
}

#[tokio::test]
async fn who_shares_a_draft_does_not_write_over_what_he_has_not_seen() {
    let (_, commune, case) = commune().await;
    let (engine, of) = (&commune.engine, shared(case));
    engine.save_draft(&by("recorder", "one"), &of, "one").await.unwrap();
    let mut seen = by("hamlet", "two");
    seen.expected = Some(0);
    engine.save_draft(&seen, &of, "two").await.unwrap();
    let mut late = by("recorder", "three");
    late.expected = Some(0);
    let stale = engine.save_draft(&late, &of, "three").await;
    assert!(matches!(stale, Err(EngineError::Stale { expected: 0, actual: Some(1) })));
    assert_eq!(engine.draft(&of).await.unwrap().unwrap().content, "two");
}

#[tokio::test]
async fn each_reviewer_has_his_own() {
    let (_, commune, case) = commune().await;
    let engine = &commune.engine;
    for who in ["hamlet", "commune"] {
        engine.save_draft(&by(who, "save"), &review(case, who), who).await.unwrap();
    }
    for who in ["hamlet", "commune"] {
        assert_eq!(engine.draft(&review(case, who)).await.unwrap().unwrap().content, who);
    }
    let other = review(case, "commune");
    assert_eq!(code(engine.save_draft(&by("hamlet", "x"), &other, "x").await), "draft.of_another");
    assert_eq!(code(engine.discard_draft(&by("hamlet", "y"), &other).await), "draft.of_another");
}

#[tokio::test]
async fn who_has_nothing_to_do_with_the_case_keeps_no_draft_and_that_is_kept() {
    let (store, commune, case) = commune().await;
    let (engine, of) = (&commune.engine, shared(case));
    commune.appoint("away", "hamlet-recorder", "05158-09").await;
    assert_eq!(code(engine.save_draft(&by("away", "x"), &of, "x").await), "actor.not_appointed");
    let kept = StreamName::new(format!("refusals-{case}")).unwrap();
    assert_eq!(store.read(&kept, 0, 10).await.unwrap().len(), 1);
    commune.own("away", household(1)).await;
    engine.save_draft(&by("away", "of his own"), &of, "x").await.unwrap();
    let none = shared(CaseId(uuid::Uuid::from_u128(1)));
    assert_eq!(code(engine.save_draft(&by("recorder", "x"), &none, "x").await), "case.unknown");
    assert_eq!(engine.draft(&none).await.unwrap(), None);
}

#[tokio::test]
async fn a_draft_has_a_length() {
    let (store, commune, case) = commune().await;
    let (engine, of) = (&commune.engine, shared(case));
    let most = "ễ".repeat(DRAFT_MAX / 3) + "x";
    assert_eq!(most.len(), DRAFT_MAX);
    engine.save_draft(&by("recorder", "most"), &of, &most).await.unwrap();
    let more = most.clone() + "x";
    let refused = engine.save_draft(&by("recorder", "more"), &of, &more).await;
    assert_eq!(code(refused), "draft.too_long");
    assert_eq!(stored(&store, &of).await.len(), 1);
    assert_eq!(engine.draft(&of).await.unwrap().unwrap().content, most);
}
