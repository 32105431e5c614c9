//! Nodes that die, networks that go silent, clusters that are down and come back.

use std::time::{Duration, Instant};

use event_store::{EventStore, Expected, StoreError};
use event_store_kurrentdb::fake::Cluster;
use event_store_kurrentdb::fake::proxy::Proxy;

use crate::rig::{self, DEADLINE, events, stream};

#[tokio::test]
async fn the_next_node_is_found_when_one_dies() {
    let cluster = Cluster::start(3).await.unwrap();
    let store = rig::store(&cluster);
    rig::fill(&store, "case-1", 1).await;
    for (dead, leader) in [(0, 1), (1, 2)] {
        cluster.stop(dead).await;
        cluster.elect(Some(leader));
        let read = store.read(&stream("case-1"), 0, 10).await.unwrap();
        let expected = Expected::from(read.last().map(|event| event.revision));
        let begun = Instant::now();
        store.append(&stream("case-1"), expected, events(1)).await.unwrap();
        assert!(begun.elapsed() < DEADLINE * 2, "{:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_cluster_that_was_down_is_found_again() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 1).await;
    for _ in 0..3 {
        cluster.stop(0).await;
        let begun = Instant::now();
        for _ in 0..4 {
            let read = store.read(&stream("case-1"), 0, 10).await;
            assert!(matches!(read, Err(StoreError::Unavailable { .. })), "{read:?}");
        }
        assert!(begun.elapsed() < DEADLINE * 10, "{:?}", begun.elapsed());
        cluster.start_again(0).unwrap();
        let begun = Instant::now();
        while store.read(&stream("case-1"), 0, 10).await.is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10));
        }
    }
}

#[tokio::test]
async fn a_network_that_goes_silent_is_given_up_and_used_again() {
    let cluster = Cluster::start(1).await.unwrap();
    let proxy = Proxy::start(cluster.address(0)).unwrap();
    let deadline = DEADLINE.as_millis();
    let url = format!("kurrentdb://{}?tls=false&defaultDeadline={deadline}", proxy.address());
    let store = rig::open(&url);
    rig::fill(&store, "case-1", 1).await;
    proxy.hold();
    let begun = Instant::now();
    let read = store.read(&stream("case-1"), 0, 10).await;
    assert!(matches!(read, Err(StoreError::Unavailable { .. })), "{read:?}");
    assert!(begun.elapsed() < DEADLINE * 4, "{:?}", begun.elapsed());
    proxy.resume();
    let begun = Instant::now();
    while store.read(&stream("case-1"), 0, 10).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_callers_of_a_dead_node_make_few_connections() {
    let cluster = Cluster::start(1).await.unwrap();
    let proxy = Proxy::start(cluster.address(0)).unwrap();
    let url = format!("kurrentdb://{}?tls=false&defaultDeadline=1000", proxy.address());
    let store = rig::open(&url);
    rig::fill(&store, "case-1", 1).await;
    cluster.stop(0).await;
    let before = proxy.traffic().connections;
    let calls = (0..64).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.read(&stream("case-1"), 0, 10).await.is_err() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap());
    }
    let made = proxy.traffic().connections - before;
    assert!(made < 64, "{made} connections for 64 callers in two seconds");
}
