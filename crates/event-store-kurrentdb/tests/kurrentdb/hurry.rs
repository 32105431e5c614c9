//! How long one call after the other takes.

use std::time::{Duration, Instant};

use event_store::{EventStore, Expected};
use event_store_kurrentdb::fake::Cluster;

use crate::rig::{self, events, stream};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_not_held_back_by_the_system() {
    let cluster = Cluster::start(1).await.unwrap();
    let store = rig::store(&cluster);
    // The first calls find the connection.
    rig::fill(&store, "case-1", 1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    rig::fill(&store, "case-2", 20).await;
    let mut took = Vec::new();
    for number in 0..40_u64 {
        let begun = Instant::now();
        let expected = Expected::from(number.checked_sub(1));
        store.append(&stream("case-3"), expected, events(1)).await.unwrap();
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    println!("{took:?}");
    assert!(took[20] < Duration::from_millis(30), "half of the appends took {:?}", took[20]);
}
