//! Reading: what is asked of the cluster, and what it cannot be trusted with.

use event_store::{EventStore, Expected, StoreError};
use event_store_kurrentdb::fake::{Code, Fault, Method, Switch, Trouble};

use crate::rig::{self, events, stream};

#[tokio::test]
async fn every_call_asks_the_leader_and_every_look_at_the_log_is_filtered() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 2).await;
    store.read(&stream("case-1"), 0, 10).await.unwrap();
    store.read_all(None, 10).await.unwrap();
    let head = store.head().await.unwrap();
    store.read_all(head, 10).await.unwrap();
    let calls = cluster.calls();
    let asked: Vec<_> = calls
        .iter()
        .filter(|call| !matches!(call.method, Method::Gossip | Method::Features))
        .collect();
    assert!(asked.len() >= 6 && asked.iter().all(|call| call.requires_leader), "{asked:?}");
    let of_log: Vec<_> = asked.iter().filter(|call| call.method == Method::ReadAll).collect();
    assert!(of_log.iter().all(|call| call.prefixes == ["hieuhoc."]), "{of_log:?}");
    // One more than asked for, where the event at the position comes along.
    assert_eq!(
        of_log.iter().map(|call| call.count).collect::<Vec<_>>(),
        [Some(10), Some(1), Some(11)]
    );
}

#[tokio::test]
async fn logs_of_one_cluster_do_not_see_each_other() {
    let (cluster, one) = rig::one_node().await;
    let two = rig::open(&format!("{}&log=thu", cluster.url()));
    rig::fill(&one, "case-1", 3).await;
    rig::fill(&two, "case-1", 2).await;
    assert_eq!((rig::whole(&one).await.len(), rig::whole(&two).await.len()), (3, 2));
    let names = rig::stored_streams(&cluster);
    assert_eq!(names.iter().filter(|name| *name == "thu.case-1").count(), 2);
    let stream = stream("case-1");
    assert!(two.append(&stream, Expected::Exact(2), events(1)).await.is_err());
}

#[tokio::test]
async fn a_stream_that_lost_its_beginning_is_damaged() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 4).await;
    cluster.truncate("hieuhoc.case-1", 2);
    let read = store.read(&stream("case-1"), 0, 10).await;
    assert!(matches!(read, Err(StoreError::Corrupt { .. })), "{read:?}");
    assert_eq!(store.read(&stream("case-1"), 2, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_server_without_positions_is_too_old() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 1).await;
    cluster.switch(Switch::OldServer, true);
    match store.read(&stream("case-1"), 0, 10).await {
        Err(StoreError::Unavailable { detail, .. }) => assert!(detail.contains("22.6"), "{detail}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_stream_that_was_deleted_says_so() {
    let (_cluster, store) = rig::one_node().await;
    let gone = stream("contract-1");
    rig::fill(&store, "contract-1", 2).await;
    store.bury(&gone).await.unwrap();
    let read = store.read(&gone, 0, 10).await;
    assert!(matches!(&read, Err(StoreError::Invalid { detail }) if detail.contains("deleted")));
    let append = store.append(&gone, Expected::Exact(1), events(1)).await;
    assert!(matches!(append, Err(StoreError::Invalid { .. })), "{append:?}");
}

#[tokio::test]
async fn what_the_server_wrote_for_itself_is_passed_over_and_is_no_end() {
    let (cluster, store) = rig::one_node().await;
    for number in 0..7 {
        rig::fill(&store, &format!("contract-{number}"), 1).await;
        store.bury(&stream(&format!("contract-{number}"))).await.unwrap();
    }
    rig::fill(&store, "case-1", 1).await;
    cluster.scavenge();
    // Seven tombstones lie before it, and pages are smaller than that.
    let first = store.read_all(None, 2).await.unwrap();
    assert_eq!(first.iter().map(|event| event.stream.as_str()).collect::<Vec<_>>(), ["case-1"]);
    let head = store.head().await.unwrap();
    assert_eq!(head, first.last().map(|event| event.position));
    assert_eq!(store.read_all(head, 2).await.unwrap(), vec![]);
    rig::fill(&store, "contract-8", 1).await;
    store.bury(&stream("contract-8")).await.unwrap();
    cluster.scavenge();
    assert_eq!(store.head().await.unwrap(), head, "the end is an event and no tombstone");
}

#[tokio::test]
async fn a_read_that_failed_half_way_is_made_again() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 20).await;
    let gone = Trouble::status(Code::Unavailable, "gone");
    for (method, trouble) in [
        (Method::ReadStream, gone.clone()),
        (Method::ReadAll, gone.clone()),
        (Method::ReadStream, Trouble::Cut),
        (Method::ReadAll, Trouble::Cut),
    ] {
        let within = Fault::Within { messages: 7, trouble: trouble.clone() };
        cluster.script(method, [Fault::Before(trouble.clone()), within]);
        assert_eq!(store.read(&stream("case-1"), 0, 50).await.unwrap().len(), 20, "{trouble:?}");
        assert_eq!(rig::whole(&store).await.len(), 20, "{trouble:?}");
        assert_eq!(cluster.scripted(method), 0);
    }
    cluster.script(Method::ReadAll, [Fault::Within { messages: 7, trouble: Trouble::Hang }]);
    assert_eq!(rig::whole(&store).await.len(), 20);
}

#[tokio::test]
async fn the_version_of_the_server_is_told() {
    let (_cluster, store) = rig::one_node().await;
    assert!(store.server_version().await.unwrap().starts_with("25."));
}
