//! `kill -9` at random moments under load: nothing acknowledged is lost, nothing is there twice,
//! and a writer who repeats what was not answered has exactly one effect.

use std::collections::HashMap;
use std::time::Duration;

use event_store::EventStore as _;
use uuid::Uuid;

use crate::child::{Attempt, Work, history};
use crate::rig;

const KILLS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_at_random_moments_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store_path = dir.path().join("events.db");
    let mut settled: Vec<Attempt> = Vec::new();
    let mut unanswered = 0;
    for round in 0..KILLS {
        let history_path = dir.path().join(format!("history-{round}"));
        let work = Work {
            store: &store_path,
            history: &history_path,
            tasks: 16,
            appends: 1_000_000,
            bytes: 100,
        };
        let mut child = work.spawn();
        // Killed 0 to 120 ms after it opened the store; every fifth also while it opens it.
        let delay = Duration::from_millis(u64::from(Uuid::new_v4().as_bytes()[0]) * 120 / 255);
        if round % 5 != 4 {
            wait_for_open(&history_path, &mut child);
        }
        std::thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap();

        let store = rig::open(&store_path);
        let (_, mut attempts) = history(&history_path);
        unanswered += attempts.iter().filter(|attempt| attempt.acknowledged.is_none()).count();
        for attempt in &mut attempts {
            repeat(&store, attempt).await;
        }
        settled.extend(attempts);
        check(&store, &settled).await;
    }
    assert!(settled.len() > 20 * KILLS, "only {} appends: this tests nothing", settled.len());
    assert!(unanswered > 0, "no kill hit an append that was under way");
}

fn wait_for_open(history: &std::path::Path, child: &mut std::process::Child) {
    while !std::fs::read_to_string(history).is_ok_and(|text| text.starts_with("open\n")) {
        assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Sends an append again, as the port tells writers to; it must end where it was acknowledged.
async fn repeat(store: &event_store_sqlite::SqliteStore, attempt: &mut Attempt) {
    let events = attempt.ids.iter().map(|id| rig::event_with(*id, 100)).collect();
    let again = store.append(&rig::stream(&attempt.stream), attempt.expected, events).await;
    let position = again.unwrap().position.major();
    assert_eq!(attempt.acknowledged.unwrap_or(position), position, "{attempt:?} moved");
    attempt.acknowledged = Some(position);
}

/// Exactly what was tried is there, each event once, each append in one piece.
async fn check(store: &event_store_sqlite::SqliteStore, settled: &[Attempt]) {
    let log = rig::sound_log(store).await;
    let places: HashMap<Uuid, usize> = log.iter().map(|e| e.id).zip(0..).collect();
    let tried: usize = settled.iter().map(|attempt| attempt.ids.len()).sum();
    assert_eq!(log.len(), tried, "events that nobody tried, or too few");
    for attempt in settled {
        let last = places[attempt.ids.last().unwrap()];
        assert_eq!(Some(log[last].position.major()), attempt.acknowledged);
        let piece = &log[last + 1 - attempt.ids.len()..=last];
        assert!(piece.iter().zip(&attempt.ids).all(|(event, id)| event.id == *id), "{attempt:?}");
        assert!(piece.iter().all(|event| event.stream.as_str() == attempt.stream));
        assert_eq!(piece[0].revision, attempt.expected.next());
    }
}
