//! The contract of the port: on one node, on three beside other programs, while connections are cut and
//! leaders change, and on a real cluster.

use std::sync::Arc;
use std::time::Duration;

use event_store::contract::{self, Report};
use event_store::{EventStore, StreamName};
use event_store_kurrentdb::KurrentStore;
use event_store_kurrentdb::fake::proxy::Proxy;
use event_store_kurrentdb::fake::{Cluster, Switch, real_cluster};

use crate::patient::Patient;
use crate::rig::{self, open};

async fn check(store: impl EventStore + 'static) -> Report {
    let report = contract::run(Arc::new(store), &mut |outcome| println!("{outcome}")).await;
    assert!(report.is_ok(), "{report}");
    report
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeps_the_contract() {
    let cluster = Cluster::start(1).await.unwrap();
    check(open(&cluster.url())).await;
    cluster.switch(Switch::RepeatsWithoutPosition, true);
    check(open(&cluster.url())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeps_the_contract_beside_other_programs_and_logs() {
    let cluster = Cluster::start(3).await.unwrap();
    let noise = tokio::spawn({
        let cluster = cluster.clone();
        async move {
            for number in 0_u64.. {
                let stream = ["$stats-127.0.0.1:2113", "otherapp-1", "hieuhoc-1", "hieuhocs.a"]
                    [(number % 4) as usize];
                cluster.foreign(stream, "Noise");
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    });
    let other = format!("{}&log=thu_2", cluster.url());
    tokio::join!(check(open(&cluster.url())), check(open(&other)));
    noise.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeps_the_contract_while_connections_are_cut_and_leaders_change() {
    let cluster = Cluster::start(3).await.unwrap();
    let proxies: Vec<_> = (0..3).map(|node| Proxy::start(cluster.address(node)).unwrap()).collect();
    let mut hosts = Vec::new();
    for (node, proxy) in proxies.iter().enumerate() {
        cluster.advertise(node, proxy.address());
        hosts.push(proxy.address().to_string());
    }
    let url = format!("kurrentdb://{}?tls=false&defaultDeadline=1000", hosts.join(","));
    let trouble = tokio::spawn({
        let cluster = cluster.clone();
        async move {
            for round in 0_usize.. {
                tokio::time::sleep(Duration::from_millis(120)).await;
                match round % 3 {
                    0 => proxies[round % 2].cut(),
                    1 => cluster.elect(Some(round / 3 % 3)),
                    _ => proxies.iter().for_each(Proxy::cut),
                }
            }
        }
    });
    check(Patient(open(&url))).await;
    trouble.abort();
    // With all that, each event stands there once.
    let mut ids: Vec<_> = cluster.stored().into_iter().map(|record| record.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

async fn bury(store: &KurrentStore, streams: &[StreamName]) {
    for stream in streams {
        store.bury(stream).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_check_leaves_nothing_when_its_streams_are_buried() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 3).await;
    let before = rig::whole(&store).await;
    let report = check(open(&cluster.url())).await;
    assert!(rig::whole(&store).await.len() > before.len() + 300);
    bury(&store, &report.streams).await;
    // Again changes nothing.
    let stored = cluster.stored().len();
    bury(&store, &report.streams).await;
    assert_eq!(cluster.stored().len(), stored);
    cluster.scavenge();
    assert_eq!(rig::whole(&store).await, before);
    assert_eq!(store.head().await.unwrap(), before.last().map(|event| event.position));
    rig::fill(&store, "case-2", 2).await;
    assert_eq!(rig::whole(&store).await.len(), before.len() + 2);

    let refused = store.bury(&rig::stream("case-1")).await;
    assert!(refused.is_err(), "history is not deleted");
    assert_eq!(store.read(&rig::stream("case-1"), 0, 10).await.unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keeps_the_contract_on_a_real_cluster() {
    let Some(url) = real_cluster() else { return };
    let store = open(&url);
    println!("KurrentDB {}", store.server_version().await.unwrap());
    let report = check(store.clone()).await;
    bury(&store, &report.streams).await;
}
