//! The contract, over this engine, over one that remembers next to nothing, and over a store that
//! is read by a second connection meanwhile.

use std::sync::Arc;

use event_store::EventStore as _;
use event_store::contract;
use event_store_sqlite::{Options, SqliteStore};

use crate::rig;

async fn check(store: SqliteStore) {
    let report = contract::run(Arc::new(store), &mut |outcome| println!("{outcome}")).await;
    assert!(report.is_ok(), "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let store = rig::open(&dir.path().join("events.db"));
    check(store.clone()).await;
    rig::sound_log(&store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeps_the_contract_when_memory_and_connections_are_scarce() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { cached_streams: 1, readers: 1, ..Options::default() };
    let store = SqliteStore::open(dir.path().join("events.db"), options).unwrap();
    check(store.clone()).await;
    rig::sound_log(&store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_check_leaves_what_was_there_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let store = rig::open(&dir.path().join("events.db"));
    for number in 0..50 {
        rig::add(&store, &format!("case-{number}")).await;
    }
    let before = rig::whole_log(&store).await;
    check(store.clone()).await;
    assert_eq!(store.read_all(None, 50).await.unwrap(), before);
    rig::sound_log(&store).await;
}
