//! Leaders, followers, and nodes that stop.

use std::time::Duration;

use event_store_kurrentdb::fake::{Cluster, Fault, Method, Trouble};
use kurrentdb::{Error, ReadStreamOptions, StreamState};

use crate::fake::rig::{append, client, client_at, ids, is_server_error, read, soon};

#[tokio::test]
async fn a_client_finds_the_leader_by_gossip() {
    let cluster = Cluster::start(3).await.unwrap();
    cluster.elect(Some(2));
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let calls = cluster.calls();
    assert_eq!(calls[0].method, Method::Gossip);
    let appended = calls.iter().find(|call| call.method == Method::Append).unwrap();
    assert_eq!(appended.node, 2);
}

#[tokio::test]
async fn a_follower_names_the_leader_and_the_client_goes_there() {
    let cluster = Cluster::start(3).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();

    cluster.elect(Some(1));
    let refused = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
    let Err(Error::NotLeaderException(leader)) = refused else {
        panic!("a follower took it: {refused:?}");
    };
    assert_eq!(leader.port, u32::from(cluster.address(1).port()));

    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
    assert_eq!(cluster.calls().pop().unwrap().node, 1);
}

#[tokio::test]
async fn without_a_leader_nothing_that_needs_one_works() {
    let cluster = Cluster::start(3).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    cluster.elect(None);
    let refused = append(&client, "a", StreamState::StreamRevision(0), [2]).await;
    let Err(Error::ServerError(message)) = refused else { panic!("{refused:?}") };
    assert!(message.contains("No leader info available in response"), "{message}");
    cluster.elect(Some(0));
    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
}

#[tokio::test]
async fn a_follower_forwards_for_a_client_that_does_not_insist() {
    let cluster = Cluster::start(3).await.unwrap();
    let url = format!("kurrentdb://{}?tls=false&nodePreference=follower", cluster.address(1));
    let client = client_at(&url);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let call = cluster.calls().pop().unwrap();
    assert_eq!((call.node, call.requires_leader), (1, false));

    cluster.stop(0).await;
    // Nobody to forward to; reading needs nobody.
    assert!(is_server_error(&append(&client, "a", StreamState::StreamRevision(0), [2]).await));
    let events = read(&client, "a", &ReadStreamOptions::default()).await.unwrap();
    assert_eq!(ids(&events), [1]);
}

#[tokio::test]
async fn a_stopped_node_refuses_and_starts_again_on_its_port() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    for _ in 0..3 {
        cluster.stop(0).await;
        assert!(tokio::net::TcpStream::connect(cluster.address(0)).await.is_err());
        assert!(is_server_error(&append(&client, "a", StreamState::NoStream, [1]).await));
        cluster.start_again(0).unwrap();
        append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    }
    assert_eq!(cluster.stored().len(), 1);
}

#[tokio::test]
async fn a_node_whose_connections_are_cut_goes_on_listening() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    cluster.script(Method::Append, [Fault::Before(Trouble::Hang)]);
    let cut = async {
        while cluster.calls().last().is_none_or(|call| call.method != Method::Append) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        cluster.cut(0);
    };
    let (lost, ()) = tokio::join!(append(&client, "a", StreamState::NoStream, [1]), soon(cut));
    assert!(is_server_error(&lost), "{lost:?}");
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
}
