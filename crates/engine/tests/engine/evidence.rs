//! Evidence files: taken in by their bytes, kept sealed, given back unchanged or not at all.

use std::sync::Arc;

use codec::{EvidenceStore, Key, Keyring, MemoryEvidence, MemoryKeyring};
use engine::kit::{Commune, by, clock, household, operator};
use engine::{Engine, EngineError, EvidenceRefusal, FileKind, Principal, SeededEntropy};
use event_store::MemoryStore;
use procedure::case::Command;
use procedure::{Digest, SubjectId};

const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a certificate on the wall";

async fn commune() -> Commune {
    Commune::new(Arc::new(MemoryStore::new())).await
}

fn refusal<T: std::fmt::Debug>(result: Result<T, EngineError>) -> EvidenceRefusal {
    match result.unwrap_err() {
        EngineError::Evidence(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    match result.unwrap_err() {
        EngineError::Refused(refused) => refused.get().code(),
        other => panic!("{other}"),
    }
}

async fn kept(commune: &Commune, subject: SubjectId) -> Digest {
    commune.engine.keep_evidence(subject, PICTURE.to_vec()).await.unwrap().digest
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_and_lies_there_sealed() {
    let commune = commune().await;
    let (subject, other) = (household(1), household(2));
    let done = commune.engine.keep_evidence(subject, PICTURE.to_vec()).await.unwrap();
    assert_eq!((done.kind, done.size), (FileKind::Jpeg, PICTURE.len() as u64));
    assert_eq!(done.digest, codec::digest::digest(PICTURE).unwrap());
    let file = commune.engine.evidence(subject, &done.digest).await.unwrap().unwrap();
    assert_eq!((file.kind, file.bytes.as_slice()), (FileKind::Jpeg, PICTURE));
    // Not to be had for somebody else, and not readable where it lies.
    assert_eq!(commune.engine.evidence(other, &done.digest).await.unwrap(), None);
    let lies = commune.evidence.get(subject.0, &done.digest).unwrap().unwrap();
    assert!(!lies.windows(11).any(|window| window == b"certificate"));
    // The same file again is the same file.
    assert_eq!(commune.engine.keep_evidence(subject, PICTURE.to_vec()).await.unwrap(), done);
}

#[tokio::test]
async fn what_is_not_taken_in_leaves_nothing() {
    let commune = commune().await;
    let subject = household(1);
    let mut large = PICTURE.to_vec();
    large.resize(engine::EVIDENCE_MAX + 1, 0);
    let table = [
        (Vec::new(), EvidenceRefusal::Empty),
        (b"<html><script>".to_vec(), EvidenceRefusal::BadKind),
        (large, EvidenceRefusal::TooLarge { maximum: 10 << 20 }),
    ];
    for (bytes, expected) in table {
        let digest = codec::digest::digest(&bytes).unwrap();
        assert_eq!(refusal(commune.engine.keep_evidence(subject, bytes).await), expected);
        assert_eq!(commune.evidence.get(subject.0, &digest).unwrap(), None);
    }
}

#[tokio::test]
async fn a_damaged_file_is_noticed_and_mended_by_the_same_file() {
    let commune = commune().await;
    let (subject, digest) = (household(1), kept(&commune, household(1)).await);
    let damaged = EvidenceRefusal::Damaged { digest: digest.clone() };
    let sound = commune.evidence.get(subject.0, &digest).unwrap().unwrap();
    let mut flipped = sound.clone();
    flipped[40] ^= 1;
    for bytes in [flipped, sound[..20].to_vec(), Vec::new()] {
        commune.evidence.keep(subject.0, &digest, &bytes).unwrap();
        assert_eq!(refusal(commune.engine.evidence(subject, &digest).await), damaged);
    }
    // Another file of the same subject, sealed as it should be, under this digest.
    let another = commune.engine.keep_evidence(subject, b"%PDF-1.7".to_vec()).await.unwrap();
    let sealed = commune.evidence.get(subject.0, &another.digest).unwrap().unwrap();
    commune.evidence.keep(subject.0, &digest, &sealed).unwrap();
    assert_eq!(refusal(commune.engine.evidence(subject, &digest).await), damaged);

    assert_eq!(kept(&commune, subject).await, digest);
    assert!(commune.engine.evidence(subject, &digest).await.unwrap().is_some());
}

/// An engine on other keys than those that a file was sealed with.
fn with_keys(keyring: MemoryKeyring, evidence: Option<Arc<MemoryEvidence>>) -> Engine {
    let store = Arc::new(MemoryStore::new());
    let entropy = Arc::new(SeededEntropy::new(1));
    let engine = Engine::new(store, Arc::new(keyring), clock(), entropy);
    match evidence {
        Some(evidence) => engine.with_evidence(evidence),
        None => engine,
    }
}

#[tokio::test]
async fn a_file_is_gone_with_the_key_of_its_subject() {
    let commune = commune().await;
    let (subject, digest) = (household(1), kept(&commune, household(1)).await);
    let bare = with_keys(MemoryKeyring::default(), Some(commune.evidence.clone()));
    assert_eq!(bare.evidence(subject, &digest).await.unwrap(), None);
    let other = MemoryKeyring::default();
    other.keep(&[(subject.0, Key::new([9; 32]))]).unwrap();
    let other = with_keys(other, Some(commune.evidence.clone()));
    assert!(matches!(
        refusal(other.evidence(subject, &digest).await),
        EvidenceRefusal::Damaged { .. }
    ));
}

#[tokio::test]
async fn without_a_place_for_files_none_are_taken_in() {
    let engine = with_keys(MemoryKeyring::default(), None);
    let digest = codec::digest::digest(PICTURE).unwrap();
    let (subject, bytes) = (household(1), PICTURE.to_vec());
    assert_eq!(refusal(engine.keep_evidence(subject, bytes).await), EvidenceRefusal::NotKept);
    assert_eq!(refusal(engine.evidence(subject, &digest).await), EvidenceRefusal::NotKept);
}

#[tokio::test]
async fn files_are_handed_in_by_who_has_to_do_with_the_case_while_it_goes_on() {
    let commune = commune().await;
    let case = commune.assessed(1).await;
    commune.appoint("away", "hamlet-recorder", "05158-09").await;
    let engine = &commune.engine;
    let may = |who: &str| {
        let principal = by(who, "").principal;
        async move { engine.may_attach(&principal, case).await }
    };
    for who in ["recorder", "hamlet", "chair"] {
        assert_eq!(may(who).await.unwrap(), household(1), "{who}");
    }
    for who in ["away", "nobody"] {
        assert_eq!(code(may(who).await), "actor.not_appointed", "{who}");
    }
    commune.own("away", household(1)).await;
    assert_eq!(may("away").await.unwrap(), household(1));
    for principal in [operator(), Principal::Program] {
        assert_eq!(code(engine.may_attach(&principal, case).await), "actor.not_an_officer");
    }
    let none = procedure::CaseId(uuid::Uuid::from_u128(1));
    assert_eq!(code(engine.may_attach(&by("recorder", "").principal, none).await), "case.unknown");
    let reason = engine.sealer(household(1).0).unwrap().seal("reason", "moved away").unwrap();
    engine.case(&by("recorder", "end"), case, Command::Withdraw { reason }).await.unwrap();
    assert_eq!(code(may("recorder").await), "case.closed");
}
