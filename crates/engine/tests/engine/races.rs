//! 64 tasks act on one case at once, through one engine and through several on one store.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::{Engine, EngineError, SeededEntropy};
use event_store::{EventStore, MemoryStore, RecordedEvent, StreamName};
use event_store_sqlite::{Options, SqliteStore};
use procedure::case::{Command, State};
use procedure::{Aggregate, CaseId};
use uuid::Uuid;

use engine::kit::{Commune, by};

const TASKS: usize = 64;

async fn history(store: &dyn EventStore, case: CaseId) -> Vec<RecordedEvent> {
    let stream = StreamName::new(format!("case-{case}")).unwrap();
    store.read(&stream, 0, 100_000).await.unwrap()
}

/// Claims and releases by several officers at once, over as many engines as given.
async fn race(store: Arc<dyn EventStore>, engines: Vec<Arc<Engine>>, commune: &Commune) {
    let case = commune.assessed(1).await;
    let reviewers = ["hamlet", "r1", "r2", "r3"];
    for code in &reviewers[1..] {
        commune.appoint(code, "hamlet-reviewer", "05158-01").await;
    }
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let engine = engines[task % engines.len()].clone();
        let officer = reviewers[task % reviewers.len()];
        tasks.push(tokio::spawn(async move {
            let mut accepted = Vec::new();
            for turn in 0..40 {
                let request = by(officer, &format!("race {task} {turn}"));
                let command = if turn % 2 == 0 { Command::Claim } else { Command::Release };
                match engine.case(&request, case, command).await {
                    Ok(done) if done.events > 0 => accepted.push(request.command_id),
                    Ok(_) | Err(EngineError::Refused(_)) => tokio::task::yield_now().await,
                    Err(EngineError::Contended { .. }) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            accepted
        }));
    }
    let mut accepted = Vec::new();
    for task in tasks {
        accepted.extend(task.await.unwrap());
    }
    assert!(accepted.len() >= TASKS, "only {} acts were accepted", accepted.len());

    let events = history(&*store, case).await;
    let commands: Vec<Uuid> = events
        .iter()
        .map(|event| codec::Metadata::decode(&event.metadata).unwrap().command.id)
        .collect();
    for id in &accepted {
        assert_eq!(commands.iter().filter(|command| *command == id).count(), 1, "{id}");
    }
    assert_eq!(commands.iter().skip(3).collect::<BTreeSet<_>>().len(), accepted.len());
    in_an_allowed_order(&events);
}

/// A holder is followed by his release, a free case by a claim: what `decide` allows.
fn in_an_allowed_order(events: &[RecordedEvent]) {
    let mut state = State::default();
    let mut holder = None;
    for (revision, event) in events.iter().enumerate() {
        assert_eq!(event.revision, revision as u64);
        let read = codec::decode(&event.event_type, 1, &event.data).unwrap();
        match &read {
            procedure::case::Event::Claimed(claimed) => {
                assert_eq!(holder.replace(claimed.by), None, "claimed while held");
            }
            procedure::case::Event::Released(released) => {
                assert_eq!(holder.take(), Some(released.by), "released by another");
            }
            _ => {}
        }
        state.evolve(&read);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_engine_in_memory() {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let commune = Commune::new(store.clone()).await;
    race(store, vec![commune.engine.clone()], &commune).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_engines_on_one_sqlite_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    let store: Arc<dyn EventStore> = Arc::new(SqliteStore::open(path, Options::default()).unwrap());
    let commune = Commune::new(store.clone()).await;
    let other = || {
        Arc::new(Engine::new(
            store.clone(),
            commune.keyring.clone(),
            engine::kit::clock(),
            Arc::new(SeededEntropy::new(1)),
        ))
    };
    let engines = vec![commune.engine.clone(), other(), other()];
    race(store, engines, &commune).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_64_recognitions_wins() {
    let store: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let commune = Arc::new(Commune::new(store.clone()).await);
    let case = commune.reviewed(1).await;
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let commune = commune.clone();
            tokio::spawn(async move {
                let request = by("chair", &format!("sign {task}"));
                commune.engine.case(&request, case, commune.recognise()).await.is_ok()
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += usize::from(task.await.unwrap());
    }
    assert_eq!(won, 1);
    let recognised =
        history(&*store, case).await.iter().filter(|e| &*e.event_type == "TitleRecognised").count();
    assert_eq!(recognised, 1);
}
