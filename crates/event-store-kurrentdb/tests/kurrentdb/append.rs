//! Appends whose answer is lost, refused, or comes from the wrong node: one effect, and a true answer.

use std::time::Instant;

use event_store::event::APPEND_MAX;
use event_store::{Appended, EventStore, Expected, NewEvent, StoreError};
use event_store_kurrentdb::fake::{Cluster, Code, Fault, Method, Options, Switch, Trouble};

use crate::rig::{self, DEADLINE, event, events, stream};

fn unavailable(result: &Result<Appended, StoreError>, wanted: bool) {
    match result {
        Err(StoreError::Unavailable { maybe_written, .. }) if *maybe_written == wanted => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_found_by_reading() {
    for trouble in rig::troubles() {
        let (cluster, store) = rig::one_node().await;
        let (name, batch) = (stream("case-1"), events(3));
        rig::fill(&store, "case-2", 1).await;
        cluster.script(Method::Append, [Fault::After(trouble.clone())]);
        let appended = store.append(&name, Expected::NoStream, batch.clone()).await.unwrap();
        assert_eq!(cluster.scripted(Method::Append), 0);
        let there = store.read(&name, 0, 10).await.unwrap();
        assert_eq!(there.len(), 3, "{trouble:?}");
        let last = there.last().unwrap();
        assert_eq!(appended, Appended { revision: 2, position: last.position }, "{trouble:?}");
        assert_eq!(store.append(&name, Expected::NoStream, batch).await.unwrap(), appended);
    }
}

#[tokio::test]
async fn an_append_that_was_not_carried_out_stays_doubtful_and_can_be_repeated() {
    for trouble in rig::troubles() {
        let (cluster, store) = rig::one_node().await;
        let (name, batch) = (stream("case-1"), events(2));
        cluster.script(Method::Append, [Fault::Before(trouble.clone())]);
        unavailable(&store.append(&name, Expected::NoStream, batch.clone()).await, true);
        assert_eq!(cluster.stored().len(), 0, "{trouble:?}");
        let appended = store.append(&name, Expected::NoStream, batch).await.unwrap();
        assert_eq!((appended.revision, cluster.stored().len()), (1, 2), "{trouble:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_either_is_said_to_be_doubtful() {
    let (cluster, store) = rig::one_node().await;
    let (name, batch) = (stream("case-1"), events(1));
    let gone = Trouble::status(Code::Unavailable, "gone");
    cluster.script(Method::Append, [Fault::After(gone.clone())]);
    cluster.script(Method::ReadStream, rig::for_good(&gone));
    unavailable(&store.append(&name, Expected::NoStream, batch.clone()).await, true);
    // Others go on; the repeat has its own result.
    let other = rig::store(&cluster);
    let next = other.append(&name, Expected::Exact(0), events(1)).await.unwrap();
    let appended = other.append(&name, Expected::NoStream, batch).await.unwrap();
    assert_eq!((appended.revision, next.revision), (0, 1));
    assert!(appended.position < next.position);
}

#[tokio::test]
async fn a_place_that_another_has_taken_is_a_conflict() {
    let (cluster, store) = rig::one_node().await;
    let name = stream("case-1");
    let gone = Trouble::status(Code::Unavailable, "gone");
    // Not carried out, and before it is settled others have written three events.
    cluster.script(Method::Append, [Fault::Before(Trouble::Hang)]);
    let waiting = tokio::spawn({
        let (store, name) = (store.clone(), name.clone());
        async move { store.append(&name, Expected::NoStream, events(2)).await }
    });
    tokio::time::sleep(DEADLINE / 4).await;
    rig::fill(&rig::store(&cluster), "case-1", 3).await;
    assert_eq!(waiting.await.unwrap(), Err(StoreError::Conflict { actual: Some(2) }));
    cluster.script(Method::Append, [Fault::Before(gone)]);
    let late = store.append(&name, Expected::Exact(0), events(1)).await;
    assert_eq!(late, Err(StoreError::Conflict { actual: Some(2) }));
    assert_eq!(cluster.stored().len(), 3);
}

#[tokio::test]
async fn a_server_that_forgets_where_a_repeat_stands_is_asked() {
    let (cluster, store) = rig::one_node().await;
    cluster.switch(Switch::RepeatsWithoutPosition, true);
    let (name, batch) = (stream("case-1"), events(2));
    let first = store.append(&name, Expected::NoStream, batch.clone()).await.unwrap();
    assert_eq!(store.append(&name, Expected::NoStream, batch).await.unwrap(), first);
}

#[tokio::test]
async fn an_append_goes_to_whoever_leads() {
    let cluster = Cluster::start(3).await.unwrap();
    let store = rig::store(&cluster);
    rig::fill(&store, "case-1", 1).await;
    for (revision, leader) in [2, 0, 1].into_iter().enumerate() {
        cluster.elect(Some(leader));
        let expected = Expected::Exact(revision as u64);
        let appended = store.append(&stream("case-1"), expected, events(1)).await.unwrap();
        assert_eq!(appended.revision, revision as u64 + 1);
        let calls = cluster.calls();
        let last = calls.iter().rfind(|call| call.method == Method::Append).unwrap();
        assert!(last.node == leader && last.requires_leader, "{last:?}");
    }
    cluster.elect(None);
    let nobody = store.append(&stream("case-1"), Expected::Exact(3), events(1)).await;
    assert!(matches!(nobody, Err(StoreError::Unavailable { .. })), "{nobody:?}");
    cluster.elect(Some(2));
    assert_eq!(
        store.append(&stream("case-1"), Expected::Exact(3), events(1)).await.unwrap().revision,
        4
    );
}

#[tokio::test]
async fn an_election_is_waited_for() {
    let cluster = Cluster::start(3).await.unwrap();
    let store = rig::store(&cluster);
    rig::fill(&store, "case-1", 1).await;
    cluster.elect(None);
    let election = tokio::spawn({
        let cluster = cluster.clone();
        async move {
            tokio::time::sleep(DEADLINE).await;
            cluster.elect(Some(1));
        }
    });
    let read = store.read(&stream("case-1"), 0, 10).await.unwrap();
    assert_eq!(read.len(), 1);
    election.await.unwrap();
}

#[tokio::test]
async fn no_number_is_taken_for_no_stream() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-2", 3).await;
    let beyond = [u64::MAX, u64::MAX - 1, i64::MAX as u64 + 1, i64::MAX as u64];
    for revision in beyond {
        for (name, actual) in [("case-1", None), ("case-2", Some(2))] {
            let expected = Expected::Exact(revision);
            let result = store.append(&stream(name), expected, events(1)).await;
            assert_eq!(result, Err(StoreError::Conflict { actual }), "{name} at {revision}");
        }
        assert_eq!(store.read(&stream("case-2"), revision, 1).await.unwrap(), vec![]);
    }
    assert_eq!(cluster.stored().len(), 3);
}

#[tokio::test]
async fn the_largest_append_fits_and_a_larger_one_is_invalid() {
    let options = Options { max_append: 2_000, ..Options::default() };
    let small = Cluster::start_with(options).await.unwrap();
    let store = rig::store(&small);
    let large = |bytes: usize| NewEvent { data: vec![b'x'; bytes].into(), ..event() };
    let refused = store.append(&stream("case-1"), Expected::NoStream, vec![large(3_000)]).await;
    assert!(matches!(refused, Err(StoreError::Invalid { .. })), "{refused:?}");
    assert_eq!(small.stored().len(), 0);

    let (cluster, store) = rig::one_node().await;
    let rest = large(0).bytes();
    let largest = vec![large(APPEND_MAX - rest)];
    store.append(&stream("case-1"), Expected::NoStream, largest).await.unwrap();
    let asked = cluster.calls().len();
    let too_large = vec![large(APPEND_MAX - rest + 1)];
    let refused = store.append(&stream("case-1"), Expected::Exact(0), too_large).await;
    assert!(matches!(refused, Err(StoreError::Invalid { .. })), "{refused:?}");
    assert_eq!(cluster.calls().len(), asked, "nobody is asked");
}

#[tokio::test]
async fn json_is_marked_as_json_and_stays_as_it_is() {
    let (cluster, store) = rig::one_node().await;
    let batch = vec![
        event(),
        NewEvent { data: "{ \"họ\":\t1.0e0 }".into(), ..event() },
        NewEvent { data: "\u{0}{}".into(), ..event() },
    ];
    store.append(&stream("case-1"), Expected::NoStream, batch.clone()).await.unwrap();
    let stored = cluster.stored();
    assert_eq!(stored.iter().map(|record| record.is_json).collect::<Vec<_>>(), [true, true, false]);
    for (record, event) in stored.iter().zip(&batch) {
        assert_eq!(record.stream, "hieuhoc.case-1");
        assert_eq!((&record.data, &record.metadata), (&event.data, &event.metadata));
        assert_eq!((record.id, &*record.event_type), (event.id, &*event.event_type));
    }
}

#[tokio::test]
async fn a_stream_that_somebody_deleted_is_not_begun_again_unnoticed() {
    let (cluster, store) = rig::one_node().await;
    rig::fill(&store, "case-1", 3).await;
    let client = kurrentdb::Client::new(cluster.url().parse().unwrap()).unwrap();
    client.delete_stream("hieuhoc.case-1", &Default::default()).await.unwrap();
    let again = store.append(&stream("case-1"), Expected::NoStream, events(2)).await;
    assert!(matches!(again, Err(StoreError::Corrupt { .. })), "{again:?}");
    let read = store.read(&stream("case-1"), 0, 10).await;
    assert!(matches!(read, Err(StoreError::Corrupt { .. })), "{read:?}");
}

#[tokio::test]
async fn a_call_that_hangs_does_not_hang_its_caller() {
    let (cluster, store) = rig::one_node().await;
    cluster.script(Method::Append, rig::for_good(&Trouble::Hang));
    cluster.script(Method::ReadStream, rig::for_good(&Trouble::Hang));
    let begun = Instant::now();
    unavailable(&store.append(&stream("case-1"), Expected::NoStream, events(1)).await, true);
    assert!(begun.elapsed() < DEADLINE * 5, "{:?}", begun.elapsed());
}
