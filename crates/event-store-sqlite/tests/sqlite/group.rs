//! Group commit: what waits is committed together, and judged in order all the same.

use std::path::Path;
use std::time::Duration;

use event_store::{EventStore as _, Expected, StoreError};
use tokio::task::JoinSet;

use crate::rig;

/// Holds the file's write lock, so that appends have to wait, until dropped.
fn hold(path: &Path) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn appends_that_wait_share_one_commit() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let store = rig::open(&path);
    let held = hold(&path);
    let mut tasks = JoinSet::new();
    for number in 0..200 {
        let store = store.clone();
        tasks.spawn(async move { rig::add(&store, &format!("case-{number}")).await });
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(store.statistics().commits, 0);
    assert_eq!(store.head().await.unwrap(), None, "nothing is shown before it is committed");
    drop(held);
    tasks.join_all().await;
    let statistics = store.statistics();
    assert_eq!((statistics.appends, statistics.events), (200, 200));
    // The first batch took what was there when the writer woke up, the second all the others.
    assert!(statistics.commits <= 2, "{statistics:?}");
    assert_eq!(rig::sound_log(&store).await.len(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conflicts_and_repeats_inside_one_commit_are_judged_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let store = rig::open(&path);
    let held = hold(&path);
    let stream = rig::stream("case-1");
    let (one, two) = (vec![rig::event()], vec![rig::event(), rig::event()]);
    let steps = [
        (Expected::NoStream, one.clone()),
        (Expected::NoStream, vec![rig::event()]),
        (Expected::NoStream, one.clone()),
        (Expected::Exact(0), two.clone()),
        (Expected::Exact(0), one.clone()),
        (Expected::Exact(0), two.clone()),
        (Expected::Exact(2), vec![rig::event()]),
        (Expected::NoStream, one),
    ];
    let first = tokio::spawn({
        let store = store.clone();
        async move { rig::add(&store, "other").await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    // Polled in this order, so queued in this order.
    let all = futures_join(&store, &stream, steps.to_vec());
    let all = tokio::spawn(all);
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(held);
    first.await.unwrap();
    let results = all.await.unwrap();
    let revisions: Vec<Result<u64, Option<u64>>> = results
        .iter()
        .map(|result| match result {
            Ok(appended) => Ok(appended.revision),
            Err(StoreError::Conflict { actual }) => Err(*actual),
            Err(other) => panic!("{other}"),
        })
        .collect();
    assert_eq!(revisions, [Ok(0), Err(Some(0)), Ok(0), Ok(2), Err(Some(2)), Ok(2), Ok(3), Ok(0)]);
    assert_eq!(results[0], results[2]);
    assert_eq!(results[3], results[5]);
    assert_eq!(store.statistics().commits, 2, "all eight in one");
    assert_eq!(rig::sound_log(&store).await.len(), 5);
}

type Step = (Expected, Vec<event_store::NewEvent>);

/// Starts all appends in order within one task, then waits for all.
fn futures_join(
    store: &event_store_sqlite::SqliteStore,
    stream: &event_store::StreamName,
    steps: Vec<Step>,
) -> impl Future<Output = Vec<Result<event_store::Appended, StoreError>>> + use<> {
    let (store, stream) = (store.clone(), stream.clone());
    async move {
        let mut started: Vec<_> = steps
            .into_iter()
            .map(|(expected, events)| Some(store.append(&stream, expected, events)))
            .collect();
        let mut results: Vec<Option<_>> = started.iter().map(|_| None).collect();
        std::future::poll_fn(|context| {
            for (future, result) in started.iter_mut().zip(&mut results) {
                if let Some(running) = future
                    && let std::task::Poll::Ready(ready) = running.as_mut().poll(context)
                {
                    (*result, *future) = (Some(ready), None);
                }
            }
            match results.iter().all(Option::is_some) {
                true => std::task::Poll::Ready(()),
                false => std::task::Poll::Pending,
            }
        })
        .await;
        results.into_iter().flatten().collect()
    }
}
