//! Following: others' events, through failures, without gap or repetition; and history that changed.

use std::time::Duration;

use event_store::{EventStore, Expected, Follower, Position, RecordedEvent, StoreError};
use event_store_kurrentdb::fake::proxy::Proxy;
use event_store_kurrentdb::fake::{Cluster, Method};

use crate::patient::Patient;
use crate::rig::{self, events, stream};

async fn next(follower: &mut dyn Follower, limit: usize) -> Vec<RecordedEvent> {
    tokio::time::timeout(Duration::from_secs(10), follower.next(limit)).await.unwrap().unwrap()
}

#[tokio::test]
async fn what_another_server_wrote_is_seen_within_a_moment() {
    let (cluster, store) = rig::one_node().await;
    let mut follower = store.follow(None).await.unwrap();
    let other = rig::store(&cluster);
    for number in 0..5 {
        tokio::time::sleep(Duration::from_millis(60 * number)).await;
        rig::fill(&other, &format!("case-{number}"), 1).await;
        let waiting = follower.next(10);
        let seen = tokio::time::timeout(Duration::from_millis(1_000), waiting).await;
        assert_eq!(seen.unwrap().unwrap()[0].stream.as_str(), format!("case-{number}"));
    }
}

#[tokio::test]
async fn a_quiet_night_costs_a_few_looks_a_second() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 1).await;
    let mut follower = store.follow(store.head().await.unwrap()).await.unwrap();
    let looks = || cluster.calls().iter().filter(|call| call.method == Method::ReadAll).count();
    let waiting = tokio::time::timeout(Duration::from_secs(2), follower.next(10));
    assert!(waiting.await.is_err());
    assert!((5..=20).contains(&looks()), "{}", looks());
}

#[tokio::test]
async fn a_slow_follower_holds_no_more_than_it_asked_for() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 50).await;
    let mut follower = store.follow(None).await.unwrap();
    let mut seen = Vec::new();
    while seen.len() < 50 {
        let page = next(&mut *follower, 7).await;
        assert!(page.len() <= 7);
        seen.extend(page);
    }
    let calls = cluster.calls();
    let looks = calls.iter().filter(|call| call.method == Method::ReadAll);
    assert!(looks.clone().count() > 0 && looks.clone().all(|call| call.count <= Some(8)));
}

/// Follows until the position was seen.
async fn follow_to(
    store: Patient,
    mut end: tokio::sync::watch::Receiver<Option<Position>>,
) -> Vec<Position> {
    let mut follower = store.follow(None).await.unwrap();
    let mut seen: Vec<Position> = Vec::new();
    loop {
        if end.borrow().is_some() && seen.last().copied() >= *end.borrow() {
            return seen;
        }
        tokio::select! {
            page = follower.next(5) => {
                seen.extend(page.unwrap().into_iter().map(|event| event.position));
            }
            _ = end.changed() => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_missed_or_repeated_while_nodes_die_and_connections_are_cut() {
    let cluster = Cluster::start(3).await.unwrap();
    let proxy = Proxy::start(cluster.address(0)).unwrap();
    cluster.advertise(0, proxy.address());
    let hosts = [proxy.address(), cluster.address(1), cluster.address(2)];
    let hosts = hosts.map(|address| address.to_string()).join(",");
    let url = format!("kurrentdb://{hosts}?tls=false&defaultDeadline=500");
    let (tell, end) = tokio::sync::watch::channel(None);
    let following = tokio::spawn(follow_to(Patient(rig::open(&url)), end));
    let trouble = tokio::spawn({
        let (cluster, proxy) = (cluster.clone(), proxy.clone());
        async move {
            for round in 0_usize.. {
                let leader = round % 3;
                proxy.cut();
                let dead = (leader + 1) % 3;
                cluster.elect(Some(leader));
                cluster.stop(dead).await;
                tokio::time::sleep(Duration::from_millis(300)).await;
                cluster.start_again(dead).unwrap();
            }
        }
    });
    let writer = Patient(rig::open(&url));
    let mut last = None;
    for number in 0..60_u64 {
        let expected = Expected::from(number.checked_sub(1));
        last = Some(writer.append(&stream("case-1"), expected, events(1)).await.unwrap().position);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    trouble.abort();
    let _ended = trouble.await;
    for node in 0..3 {
        // Whichever it was is there again.
        let _running = cluster.start_again(node);
    }
    cluster.elect(Some(0));
    tell.send_replace(last);
    let seen = tokio::time::timeout(Duration::from_secs(20), following).await.unwrap().unwrap();
    let log = Patient(rig::open(&url)).read_all(None, 1_000).await.unwrap();
    assert_eq!(seen, log.iter().map(|event| event.position).collect::<Vec<_>>());
    assert_eq!(seen.len(), 60);
}

#[tokio::test]
async fn a_history_that_was_rewritten_is_noticed() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 3).await;
    let mut follower = store.follow(None).await.unwrap();
    assert_eq!(next(&mut *follower, 10).await.len(), 3);
    cluster.rewrite_last();
    rig::fill(&rig::store(&cluster), "case-2", 1).await;
    let told = follower.next(10).await;
    assert!(matches!(&told, Err(StoreError::Corrupt { detail }) if detail.contains("rewritten")));
}

#[tokio::test]
async fn an_event_that_is_gone_stops_the_follower_unless_it_was_a_check() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 1).await;
    rig::fill(&store, "contract-1", 1).await;
    let mut follower = store.follow(None).await.unwrap();
    assert_eq!(next(&mut *follower, 10).await.len(), 2);
    store.bury(&stream("contract-1")).await.unwrap();
    cluster.scavenge();
    rig::fill(&store, "case-2", 1).await;
    assert_eq!(next(&mut *follower, 10).await[0].stream.as_str(), "case-2");

    // What nobody may do: a stream of history deleted by hand, and its bytes taken.
    cluster.truncate("hieuhoc.case-2", 1);
    cluster.scavenge();
    rig::fill(&store, "case-3", 1).await;
    for _ in 0..3 {
        let told = follower.next(10).await;
        assert!(matches!(&told, Err(StoreError::Unavailable { .. })), "{told:?}");
    }
}
