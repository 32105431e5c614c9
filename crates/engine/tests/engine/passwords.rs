//! Signing in: a password is set, compared and kept from everybody, and sessions end.

use std::sync::Arc;

use codec::{Keyring as _, MemoryKeyring};
use engine::kit::{Commune, by, clock, id, officer, operator};
use engine::{Access, Clock, Engine, EngineError, Entropy, Request, SeededEntropy};
use event_store::{EventStore, MemoryStore, RecordedEvent};
use procedure::officer::Command;
use procedure::{OfficerId, Refusal as _};

const PASSWORD: &str = "khoai lang nướng";
const OTHER: &str = "khoai lang luộc";

async fn commune() -> (Arc<MemoryStore>, Commune) {
    let store = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    (store, commune)
}

fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    match result.unwrap_err() {
        EngineError::Refused(refused) => refused.get().code(),
        EngineError::Password(refusal) => refusal.code(),
        EngineError::CommandIdReused => "reused",
        other => panic!("{other}"),
    }
}

fn by_operator(what: &str) -> Request {
    Request::new(operator(), id(what))
}

async fn fits(engine: &Engine, officer: OfficerId, password: &str) -> bool {
    engine.password_fits(Some(officer), password).await.unwrap()
}

async fn access(engine: &Engine) -> Access {
    engine.access(officer("hamlet")).await.unwrap().unwrap()
}

async fn events(store: &MemoryStore) -> Vec<RecordedEvent> {
    store.read_all(None, 10_000).await.unwrap()
}

#[tokio::test]
async fn an_officer_signs_in_with_the_last_password_that_was_set() {
    let (_, commune) = commune().await;
    let (engine, hamlet) = (&commune.engine, officer("hamlet"));
    assert!(!access(engine).await.has_password);
    assert!(!fits(engine, hamlet, PASSWORD).await);

    let done = engine.set_password(&by_operator("set"), hamlet, PASSWORD).await.unwrap();
    assert_eq!((done.events, done.repeated), (1, false));
    assert!(access(engine).await.has_password);
    assert!(fits(engine, hamlet, PASSWORD).await && !fits(engine, hamlet, OTHER).await);
    // The same letters from another keyboard.
    assert!(fits(engine, hamlet, "khoai lang nu\u{31b}o\u{31b}\u{301}ng").await);
    // Nobody else has it.
    assert!(!fits(engine, officer("chair"), PASSWORD).await);
    assert!(!fits(engine, officer("unheard-of"), PASSWORD).await);
    assert!(!engine.password_fits(None, PASSWORD).await.unwrap());

    engine.set_password(&by("hamlet", "change"), hamlet, OTHER).await.unwrap();
    assert!(!fits(engine, hamlet, PASSWORD).await && fits(engine, hamlet, OTHER).await);
}

#[tokio::test]
async fn a_repetition_is_recognised_and_another_password_is_no_repetition() {
    let (store, commune) = commune().await;
    let (engine, hamlet) = (&commune.engine, officer("hamlet"));
    let mut request = by("hamlet", "set");
    let first = engine.set_password(&request, hamlet, PASSWORD).await.unwrap();
    let before = events(&store).await.len();
    // Whatever the caller says it was.
    request.body = b"another".to_vec();
    let again = engine.set_password(&request, hamlet, PASSWORD).await.unwrap();
    assert!(again.repeated && again.revision == first.revision);
    assert_eq!(code(engine.set_password(&request, hamlet, OTHER).await), "reused");
    assert_eq!(events(&store).await.len(), before);
    assert!(fits(engine, hamlet, PASSWORD).await);
}

#[tokio::test]
async fn neither_the_password_nor_a_quick_digest_of_it_is_stored() {
    let (store, commune) = commune().await;
    let (engine, hamlet) = (&commune.engine, officer("hamlet"));
    let mut request = by("hamlet", "set");
    request.body = PASSWORD.as_bytes().to_vec();
    engine.set_password(&request, hamlet, PASSWORD).await.unwrap();
    let stored = events(&store).await;
    for event in &stored {
        for bytes in [&event.metadata, &event.data] {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(!text.contains("khoai") && !text.contains("argon2"), "{text}");
        }
    }
    let key = commune.keyring.get(hamlet.0).unwrap().unwrap();
    let last = codec::Metadata::decode(&stored.last().unwrap().metadata).unwrap();
    let quick = key.fingerprint(&[b"set_password\n", PASSWORD.as_bytes()].concat());
    assert_eq!(last.command.name, "set_password");
    assert_ne!(last.command.fingerprint, quick);
}

#[tokio::test]
async fn what_is_easily_guessed_is_not_taken() {
    let (store, commune) = commune().await;
    let (engine, before) = (&commune.engine, events(&store).await.len());
    for (password, refusal) in [
        ("khoai", "password.too_short"),
        (&*"khoai ".repeat(40), "password.too_long"),
        ("MatKhau123", "password.too_common"),
        ("1234567890", "password.too_common"),
        ("the Hamlet of it", "password.contains_code"),
    ] {
        let request = by("hamlet", password);
        let result = engine.set_password(&request, officer("hamlet"), password).await;
        assert_eq!(code(result), refusal);
    }
    assert_eq!(events(&store).await.len(), before);
}

#[tokio::test]
async fn who_may_not_is_refused_before_anything_is_worked_out_and_that_is_kept() {
    let (store, commune) = commune().await;
    let (engine, hamlet) = (&commune.engine, officer("hamlet"));
    let before = events(&store).await.len();
    for _ in 0..2 {
        // Nor is he told what is wrong with the password.
        let result = engine.set_password(&by("chair", "set"), hamlet, "short").await;
        assert_eq!(code(result), "actor.not_appointed");
    }
    let kept = events(&store).await;
    assert_eq!((kept.len(), &*kept.last().unwrap().event_type), (before + 1, "ActRefused"));

    let unheard_of = officer("unheard-of");
    let result = engine.set_password(&by_operator("set"), unheard_of, PASSWORD).await;
    assert_eq!(code(result), "officer.unknown");
    assert!(commune.keyring.get(unheard_of.0).unwrap().is_none());
    assert_eq!(engine.access(unheard_of).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_counts_until_it_or_all_of_them_end() {
    let (_, commune) = commune().await;
    let (engine, hamlet) = (&commune.engine, officer("hamlet"));
    engine.set_password(&by_operator("set"), hamlet, PASSWORD).await.unwrap();
    let Access { epoch, session_key, .. } = access(engine).await;
    let (one, two) = (id("session 1"), id("session 2"));
    let counts = async |epoch, session| access(engine).await.counts(epoch, session);
    assert!(counts(epoch, one).await && counts(epoch, two).await);
    assert!(!counts(epoch + 1, one).await && !counts(epoch - 1, one).await);
    assert_eq!(engine.access(officer("unheard-of")).await.unwrap(), None);

    let end = Command::EndSession { session: one };
    engine.officer(&by("hamlet", "end"), hamlet, end).await.unwrap();
    assert!(!counts(epoch, one).await && counts(epoch, two).await);
    engine.officer(&by("hamlet", "end all"), hamlet, Command::EndSessions).await.unwrap();
    assert!(!counts(epoch, two).await && counts(access(engine).await.epoch, two).await);

    let epoch = access(engine).await.epoch;
    engine.set_password(&by("hamlet", "anew"), hamlet, OTHER).await.unwrap();
    assert!(!counts(epoch, two).await);
    // The key is the officer's own, and stays.
    assert_eq!(access(engine).await.session_key, session_key);
    let chair = engine.access(officer("chair")).await.unwrap().unwrap();
    assert_ne!(chair.session_key, session_key);
}

#[tokio::test]
async fn a_password_that_lost_its_key_is_none() {
    let (store, commune) = commune().await;
    let hamlet = officer("hamlet");
    commune.engine.set_password(&by_operator("set"), hamlet, PASSWORD).await.unwrap();
    let ring = Arc::new(MemoryKeyring::default());
    let entropy: Arc<dyn Entropy> = Arc::new(SeededEntropy::new(1));
    let clock: Arc<dyn Clock> = clock();
    let engine = Engine::new(store, ring, clock, entropy);
    assert_eq!(engine.access(hamlet).await.unwrap(), None);
    assert!(!fits(&engine, hamlet, PASSWORD).await);
    let result = engine.set_password(&by_operator("again"), hamlet, PASSWORD).await;
    assert_eq!(code(result), "officer.unknown");
    engine.make_keys(&[hamlet.0]).unwrap();
    assert!(!access(&engine).await.has_password && !fits(&engine, hamlet, PASSWORD).await);
    engine.set_password(&by_operator("anew"), hamlet, PASSWORD).await.unwrap();
    assert!(fits(&engine, hamlet, PASSWORD).await);
}

#[tokio::test]
async fn a_password_that_the_engine_makes_can_be_typed_and_is_taken() {
    let (_, commune) = commune().await;
    let (engine, hamlet) = (&commune.engine, officer("hamlet"));
    let (one, other) = (engine.new_password(), engine.new_password());
    assert_ne!(one, other);
    let groups: Vec<_> = one.split('-').collect();
    assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{one}");
    assert!(!one.contains(['0', '1', 'l', 'o']));
    engine.set_password(&by_operator("set"), hamlet, &one).await.unwrap();
    assert!(fits(engine, hamlet, &one).await && !fits(engine, hamlet, &other).await);
}
