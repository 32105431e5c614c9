//! Appends.

use bytes::Bytes;
use event_store_kurrentdb::fake::{Cluster, Method, Options, Switch};
use kurrentdb::{
    AppendToStreamOptions, CurrentRevision, Error, EventData, Position, ReadStreamOptions,
    StreamState, TombstoneStreamOptions,
};

use crate::fake::rig::{append, client, event, ids, is_server_error, read};

#[tokio::test]
async fn events_are_written_once_and_in_order() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);

    let first = append(&client, "a", StreamState::NoStream, [1, 2]).await.unwrap();
    let second = append(&client, "a", StreamState::StreamRevision(1), [3]).await.unwrap();
    let other = append(&client, "b", StreamState::NoStream, [4]).await.unwrap();

    assert_eq!((first.next_expected_version, second.next_expected_version), (1, 2));
    assert!(first.position < second.position && second.position < other.position);
    let stored = cluster.stored();
    let places: Vec<_> = stored
        .iter()
        .map(|event| (event.stream.as_str(), event.revision, event.id.as_u128()))
        .collect();
    assert_eq!(places, [("a", 0, 1), ("a", 1, 2), ("a", 2, 3), ("b", 0, 4)]);
    assert_eq!(stored[1].position, first.position.commit);
    // Positions count bytes.
    assert!(stored.windows(2).all(|pair| pair[1].position - pair[0].position == 108));
    assert_eq!((&*stored[0].event_type, stored[0].is_json), ("something-happened", false));
    let call = &cluster.calls()[1];
    assert_eq!(call.method, Method::Append);
    assert_eq!((call.stream.as_deref(), call.count), (Some("a"), Some(2)));
    assert!(call.requires_leader);
}

#[tokio::test]
async fn a_conflict_names_the_revision() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1, 2]).await.unwrap();

    let behind = append(&client, "a", StreamState::StreamRevision(0), [7]).await;
    assert_conflict(behind, Some(1));
    let from_nothing = append(&client, "a", StreamState::NoStream, [7]).await;
    assert_conflict(from_nothing, Some(1));
    let ahead = append(&client, "a", StreamState::StreamRevision(5), [7]).await;
    assert_conflict(ahead, Some(1));
    let nothing_there = append(&client, "b", StreamState::StreamRevision(0), [7]).await;
    assert_conflict(nothing_there, None);
    assert_eq!(cluster.stored().len(), 2);
}

#[tokio::test]
async fn a_repeat_is_a_success_again_and_a_partial_one_a_conflict() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let first = append(&client, "a", StreamState::StreamRevision(0), [2, 3]).await.unwrap();
    append(&client, "a", StreamState::StreamRevision(2), [4]).await.unwrap();

    let again = append(&client, "a", StreamState::StreamRevision(0), [2, 3]).await.unwrap();
    assert_eq!(again.next_expected_version, 2);
    assert_eq!(again.position, first.position);
    // Part of what was appended is a repeat too.
    let part = append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
    assert_eq!(part.next_expected_version, 1);

    assert_conflict(append(&client, "a", StreamState::StreamRevision(0), [2, 9]).await, Some(3));
    assert_conflict(append(&client, "a", StreamState::StreamRevision(0), [9, 3]).await, Some(3));
    let longer = append(&client, "a", StreamState::StreamRevision(2), [4, 5]).await;
    assert_conflict(longer, Some(3));
    assert_eq!(cluster.stored().len(), 4);
}

#[tokio::test]
async fn a_repeat_may_come_without_a_position() {
    let cluster = Cluster::start(1).await.unwrap();
    cluster.switch(Switch::RepeatsWithoutPosition, true);
    let client = client(&cluster);
    let first = append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    assert_ne!(first.position, Position::start());

    let again = append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    // The client makes the start of the log of it.
    assert_eq!(again.position, Position::start());
}

#[tokio::test]
async fn the_greatest_revision_means_no_stream_and_other_great_ones_fail() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    let greatest = StreamState::StreamRevision(u64::MAX);

    append(&client, "a", greatest, [1]).await.unwrap();
    assert_conflict(append(&client, "a", greatest, [2]).await, Some(0));

    let great = StreamState::StreamRevision(i64::MAX as u64 + 1);
    assert!(is_server_error(&append(&client, "a", great, [2]).await));
}

#[tokio::test]
async fn an_append_has_a_greatest_size() {
    let options = Options { max_append: 1000, ..Options::default() };
    let cluster = Cluster::start_with(options).await.unwrap();
    let client = client(&cluster);
    let no_stream = AppendToStreamOptions::default().stream_state(StreamState::NoStream);
    // The type counts two bytes a letter.
    let event = |size| EventData::binary("four", Bytes::from(vec![0; size]));

    let two = vec![event(492), event(493)];
    let error = client.append_to_stream("a", &no_stream, two).await.unwrap_err();
    assert!(error.to_string().contains("Maximum Append Size of 1000 Exceeded."), "{error}");
    client.append_to_stream("a", &no_stream, vec![event(492), event(492)]).await.unwrap();
}

#[tokio::test]
async fn other_expectations_are_not_played() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    for state in [StreamState::Any, StreamState::StreamExists] {
        let error = append(&client, "a", state, [1]).await.unwrap_err();
        assert!(error.to_string().contains("does not play"), "{error}");
    }
}

#[tokio::test]
async fn an_append_of_nothing_writes_nothing() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    let result = append(&client, "a", StreamState::NoStream, []).await.unwrap();
    assert_eq!(result.position, Position::start());
    assert_eq!(cluster.stored(), []);
}

#[tokio::test]
async fn a_tombstone_ends_a_stream() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    let kept = append(&client, "b", StreamState::NoStream, [2]).await.unwrap();

    let wrong = TombstoneStreamOptions::default().stream_state(StreamState::StreamRevision(5));
    client.tombstone_stream("a", &wrong).await.unwrap_err();
    client.tombstone_stream("a", &TombstoneStreamOptions::default()).await.unwrap();

    let appended = append(&client, "a", StreamState::StreamRevision(0), [3]).await;
    assert!(matches!(appended, Err(Error::ResourceDeleted)), "{appended:?}");
    let read_back = read(&client, "a", &ReadStreamOptions::default()).await;
    assert!(matches!(read_back, Err(Error::ResourceDeleted)), "{read_back:?}");

    let last = cluster.stored().pop().unwrap();
    assert_eq!((&*last.event_type, last.revision), ("$streamDeleted", i64::MAX as u64));
    assert_eq!(cluster.stored().len(), 3);
    cluster.scavenge();
    let left: Vec<_> = cluster.stored().iter().map(|event| event.position).collect();
    assert_eq!(left, [kept.position.commit, last.position]);
}

#[tokio::test]
async fn a_deleted_stream_may_begin_again() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1, 2]).await.unwrap();
    client.delete_stream("a", &kurrentdb::DeleteStreamOptions::default()).await.unwrap();
    let gone = read(&client, "a", &ReadStreamOptions::default()).await;
    assert!(matches!(gone, Err(Error::ResourceNotFound)), "{gone:?}");

    let again = append(&client, "a", StreamState::NoStream, [3]).await.unwrap();
    assert_eq!(again.next_expected_version, 2);
    let events = read(&client, "a", &ReadStreamOptions::default()).await.unwrap();
    assert_eq!(ids(&events), [3]);
}

#[tokio::test]
async fn a_rewritten_last_record_is_another_event_at_its_position() {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    let options = AppendToStreamOptions::default().stream_state(StreamState::NoStream);
    client.append_to_stream("a", &options, event(1)).await.unwrap();
    let before = cluster.stored();
    cluster.rewrite_last();
    let after = cluster.stored();
    assert_eq!(before[0].position, after[0].position);
    assert_ne!(before[0].id, after[0].id);
    assert_conflict(append(&client, "a", StreamState::NoStream, [1]).await, Some(0));
}

#[track_caller]
fn assert_conflict<T: std::fmt::Debug>(result: kurrentdb::Result<T>, at: Option<u64>) {
    let at = at.map_or(CurrentRevision::NoStream, CurrentRevision::Current);
    match result {
        Err(Error::WrongExpectedVersion { current, .. }) => assert_eq!(current, at),
        other => panic!("no conflict: {other:?}"),
    }
}
