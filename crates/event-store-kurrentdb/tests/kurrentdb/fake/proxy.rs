//! The proxy before a node.

use std::time::{Duration, Instant};

use event_store_kurrentdb::fake::Cluster;
use event_store_kurrentdb::fake::proxy::{Proxy, Step};
use kurrentdb::{Client, Error, StreamState};

use crate::fake::rig::{append, client, client_at, hangs, is_server_error};

async fn proxied() -> (Cluster, Proxy, Client) {
    let cluster = Cluster::start(1).await.unwrap();
    let proxy = Proxy::start(cluster.address(0)).unwrap();
    let client = client_at(&format!("kurrentdb://{}?tls=false", proxy.address()));
    (cluster, proxy, client)
}

#[tokio::test]
async fn bytes_go_through_and_are_counted() {
    let (_cluster, proxy, client) = proxied().await;
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let traffic = proxy.traffic();
    assert_eq!((traffic.connections, traffic.open), (1, 1));
    assert!(traffic.client_bytes > 100 && traffic.server_bytes > 100, "{traffic:?}");
}

#[tokio::test]
async fn a_cut_is_an_error_and_the_next_connection_works() {
    let (cluster, proxy, client) = proxied().await;
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    proxy.cut();
    let cut = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
    assert!(is_server_error(&cut) || cut.is_ok(), "{cut:?}");
    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
    assert_eq!(cluster.stored().len(), 2);
    assert_eq!(proxy.traffic().connections, 2);
}

#[tokio::test]
async fn an_append_cut_anywhere_is_whole_or_not_at_all() {
    let (cluster, proxy, client) = proxied().await;
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let mut written = Vec::new();
    for bytes in (0..800).step_by(50) {
        proxy.cut();
        proxy.script([Step::CutAfterClientBytes(bytes)]);
        let stream = format!("cut-{bytes}");
        let result = append(&client, &stream, StreamState::NoStream, [1, 2, 3]).await;
        assert!(is_server_error(&result) || result.is_ok(), "{result:?}");
        written.push(cluster.stored().iter().filter(|event| event.stream == stream).count());
    }
    assert!(written.iter().all(|&count| count == 0 || count == 3), "{written:?}");
    assert!(written.contains(&0) && written.contains(&3), "{written:?}");
}

#[tokio::test]
async fn an_answer_is_cut_though_the_append_is_written() {
    let (cluster, proxy, client) = proxied().await;
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let before_answer = proxy.traffic().server_bytes;
    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
    let answer = proxy.traffic().server_bytes - before_answer;
    proxy.cut();
    // The greeting of the server, and not the whole answer.
    proxy.script([Step::CutAfterServerBytes(before_answer - answer)]);
    let cut = append(&client, "b", StreamState::NoStream, [3]).await;
    assert!(is_server_error(&cut), "{cut:?}");
    assert!(cluster.stored().iter().any(|event| event.stream == "b"));
}

#[tokio::test]
async fn held_bytes_wait_and_the_connection_stays() {
    let (cluster, proxy, client) = proxied().await;
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    proxy.hold();
    let mut held = Box::pin(append(&client, "a", StreamState::StreamRevision(0), [2]));
    assert!(hangs(&mut held).await);
    assert_eq!(cluster.stored().len(), 1);
    proxy.resume();
    held.await.unwrap();
    assert_eq!(proxy.traffic().connections, 1);
}

#[tokio::test]
async fn connections_are_refused_held_and_delayed_by_script() {
    let (_cluster, proxy, client) = proxied().await;
    proxy.script([Step::Refuse]);
    let refused = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(matches!(refused, Err(Error::GrpcConnectionError(_))), "{refused:?}");

    let url = format!("kurrentdb://{}?tls=false", proxy.address());
    proxy.script([Step::Hold]);
    assert!(hangs(append(&client_at(&url), "a", StreamState::NoStream, [1])).await);

    let delay = Duration::from_millis(30);
    proxy.script([Step::Delay(delay)]);
    let begun = Instant::now();
    append(&client_at(&url), "a", StreamState::NoStream, [1]).await.unwrap();
    assert!(begun.elapsed() >= 2 * delay);
}

#[tokio::test]
async fn a_cluster_can_send_its_clients_to_proxies() {
    let cluster = Cluster::start(2).await.unwrap();
    let proxy = Proxy::start(cluster.address(0)).unwrap();
    cluster.advertise(0, proxy.address());
    append(&client(&cluster), "a", StreamState::NoStream, [1]).await.unwrap();
    assert_eq!(proxy.traffic().connections, 1);

    proxy.set_upstream(cluster.address(1));
    proxy.cut();
    let sent_on = append(&client(&cluster), "a", StreamState::StreamRevision(0), [2]).await;
    assert!(matches!(sent_on, Err(Error::NotLeaderException(_))), "{sent_on:?}");
}
