//! What the client does when a node is lost. These tests pin down the client, not the fake: should
//! one fail after an update of the client, the adapter may have become simpler.

use std::time::Duration;

use event_store_kurrentdb::fake::{Cluster, Fault, Method, Trouble};
use kurrentdb::{AppendToStreamOptions, Client, Error, StreamState};

use crate::fake::rig::{append, client, event, hangs, is_server_error};

/// After a lost connection it tells its task to make another channel, and that returns the one it
/// has.
#[tokio::test]
async fn it_stays_with_a_dead_node_though_another_leads() {
    let cluster = Cluster::start(3).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let found = cluster.calls().len();

    cluster.stop(0).await;
    cluster.elect(Some(1));
    for _ in 0..10 {
        let result = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
        assert!(is_server_error(&result), "{result:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(cluster.calls().len(), found, "it asked somebody else");

    // Only the node itself sends it on.
    cluster.start_again(0).unwrap();
    let sent_on = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
    assert!(matches!(sent_on, Err(Error::NotLeaderException(_))), "{sent_on:?}");
    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
}

#[tokio::test]
async fn it_is_closed_for_ever_when_it_has_found_no_node() {
    let cluster = Cluster::start(2).await.unwrap();
    cluster.stop(0).await;
    cluster.stop(1).await;
    let client = client(&cluster);
    let first = append(&client, "a", StreamState::NoStream, [1]).await;
    let Err(Error::GrpcConnectionError(reason)) = first else { panic!("{first:?}") };
    assert!(reason.to_string().starts_with("Max discovery attempt count reached"), "{reason}");

    cluster.start_again(0).unwrap();
    cluster.start_again(1).unwrap();
    for _ in 0..3 {
        let later = append(&client, "a", StreamState::NoStream, [1]).await;
        assert!(matches!(later, Err(Error::ConnectionClosed)), "{later:?}");
    }
}

#[tokio::test]
async fn it_is_closed_for_ever_when_its_only_node_was_not_there_at_first() {
    let cluster = Cluster::start(1).await.unwrap();
    cluster.stop(0).await;
    let client = client(&cluster);
    let first = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(matches!(first, Err(Error::GrpcConnectionError(_))), "{first:?}");
    cluster.start_again(0).unwrap();
    let later = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(matches!(later, Err(Error::ConnectionClosed)), "{later:?}");
}

/// Nobody is told the reason: the task ends while no call waits for it.
#[tokio::test]
async fn it_is_closed_for_ever_when_it_is_sent_to_a_dead_leader() {
    let cluster = Cluster::start(3).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    cluster.elect(Some(1));
    cluster.stop(1).await;
    let sent_on = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
    assert!(matches!(sent_on, Err(Error::NotLeaderException(_))), "{sent_on:?}");

    cluster.elect(Some(0));
    for _ in 0..3 {
        let later = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
        assert!(matches!(later, Err(Error::ConnectionClosed)), "{later:?}");
    }
}

/// A deadline is a header for the server; the client does not look at the clock.
#[tokio::test]
async fn it_does_not_keep_its_own_deadline() {
    let cluster = Cluster::start(1).await.unwrap();
    cluster.script(Method::Append, [Fault::Before(Trouble::Hang)]);
    let client = client(&cluster);
    let options = AppendToStreamOptions::default()
        .stream_state(StreamState::NoStream)
        .deadline(Duration::from_millis(50));
    assert!(hangs(client.append_to_stream("a", &options, event(1))).await);
}

/// The first attempt only chooses a node, and is counted.
#[tokio::test]
async fn it_never_connects_with_one_attempt() {
    let cluster = Cluster::start(1).await.unwrap();
    let url = format!("{}&maxDiscoverAttempts=1&discoveryInterval=1", cluster.url());
    let client = Client::new(url.parse().unwrap()).unwrap();
    let result = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(matches!(result, Err(Error::GrpcConnectionError(_))), "{result:?}");
    assert_eq!(cluster.calls(), []);
}
