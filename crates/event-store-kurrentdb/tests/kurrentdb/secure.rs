//! TLS with an authority of one's own, users and passwords, and a name behind which all nodes are.

use std::io::Write as _;
use std::time::Instant;

use event_store::{EventStore, Expected, StoreError};
use event_store_kurrentdb::fake::{Cluster, Credentials, Options, Tls};

use crate::rig::{self, DEADLINE, events, stream};

/// An authority in a file, and what a node of it shows.
fn authority() -> (tempfile::NamedTempFile, Tls) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let certificate = made.cert.pem();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(certificate.as_bytes()).unwrap();
    (file, Tls { certificate, key: made.signing_key.serialize_pem() })
}

#[tokio::test]
async fn a_cluster_is_known_by_its_authority() {
    let (file, tls) = authority();
    let options = Options { nodes: 3, tls: Some(tls), ..Options::default() };
    let cluster = Cluster::start_with(options).await.unwrap();
    cluster.elect(Some(1));
    let url = |file: &tempfile::NamedTempFile| {
        format!("{}&tlsCaFile={}", rig::url(&cluster), file.path().display())
    };
    let store = rig::open(&url(&file));
    rig::fill(&store, "case-1", 3).await;
    assert_eq!(rig::whole(&store).await.len(), 3);

    let (other, _) = authority();
    for url in [url(&other), rig::url(&cluster)] {
        let refused = rig::open(&url).read(&stream("case-1"), 0, 1).await;
        assert!(matches!(refused, Err(StoreError::Unavailable { .. })), "{refused:?}");
    }
    let plain = rig::url(&cluster).replace("tls=true", "tls=false");
    let refused = rig::open(&plain).read(&stream("case-1"), 0, 1).await;
    assert!(matches!(refused, Err(StoreError::Unavailable { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_wrong_password_is_said_at_once_and_writes_nothing() {
    let credentials = Credentials { user: "hieuhoc".into(), password: "b1-M4t.Khau".into() };
    let options = Options { credentials: Some(credentials), ..Options::default() };
    let cluster = Cluster::start_with(options).await.unwrap();
    let with = |user: &str| rig::url(&cluster).replace("://", &format!("://{user}@"));
    let store = rig::open(&with("hieuhoc:b1-M4t.Khau"));
    rig::fill(&store, "case-1", 1).await;
    let calls = cluster.calls();
    assert_eq!(calls.last().unwrap().user.as_deref(), Some("hieuhoc"));
    for url in [with("hieuhoc:wrong"), rig::url(&cluster)] {
        let begun = Instant::now();
        match rig::open(&url).append(&stream("case-1"), Expected::Exact(0), events(1)).await {
            Err(StoreError::Unavailable { maybe_written: false, detail }) => {
                assert!(detail.contains("access denied"), "{detail}");
            }
            other => panic!("{other:?}"),
        }
        assert!(begun.elapsed() < DEADLINE, "{:?}", begun.elapsed());
    }
    assert_eq!(cluster.stored().len(), 1);
}

#[tokio::test]
async fn all_nodes_are_found_behind_one_name() {
    let cluster = Cluster::start(3).await.unwrap();
    cluster.elect(Some(2));
    let deadline = DEADLINE.as_millis();
    let name = cluster.address(0);
    let url = format!("kurrentdb+discover://{name}?tls=false&defaultDeadline={deadline}");
    let store = rig::open(&url);
    rig::fill(&store, "case-1", 2).await;
    cluster.stop(2).await;
    cluster.elect(Some(1));
    assert_eq!(rig::whole(&store).await.len(), 2);
}
