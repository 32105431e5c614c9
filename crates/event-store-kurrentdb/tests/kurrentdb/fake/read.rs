//! Reads of streams and of `$all`.

use event_store_kurrentdb::fake::{Cluster, Method, Start, Switch};
use kurrentdb::{
    Client, Error, Position, ReadAllOptions, ReadEvent, ReadStreamOptions, StreamPosition,
    StreamState, SubscriptionFilter,
};

use crate::fake::rig::{append, client, ids, is_server_error, read, read_all, soon};

async fn filled() -> (Cluster, Client) {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "ours-a", StreamState::NoStream, [1, 2]).await.unwrap();
    cluster.foreign("$stats-127.0.0.1", "$statsCollected");
    append(&client, "ours-a", StreamState::StreamRevision(1), [3]).await.unwrap();
    cluster.foreign("otherapp-1", "something-else");
    append(&client, "ours-b", StreamState::NoStream, [4]).await.unwrap();
    (cluster, client)
}

const fn at(position: u64) -> StreamPosition<Position> {
    StreamPosition::Position(Position { commit: position, prepare: position })
}

fn ours() -> SubscriptionFilter {
    SubscriptionFilter::on_stream_name().add_prefix("ours-")
}

#[tokio::test]
async fn a_stream_is_read_both_ways() {
    let (cluster, client) = filled().await;
    let from_start = ReadStreamOptions::default();
    let events = read(&client, "ours-a", &from_start).await.unwrap();
    assert_eq!(ids(&events), [1, 2, 3]);
    let revisions: Vec<_> = events.iter().map(|event| event.revision).collect();
    assert_eq!(revisions, [0, 1, 2]);
    assert_eq!(events[2].position.commit, cluster.stored()[3].position);
    assert_eq!(events[2].stream_id(), "ours-a");
    assert_eq!(events[2].metadata["content-type"], "application/octet-stream");

    let from_one = ReadStreamOptions::default().position(StreamPosition::Position(1)).max_count(1);
    assert_eq!(ids(&read(&client, "ours-a", &from_one).await.unwrap()), [2]);
    let back = ReadStreamOptions::default().position(StreamPosition::End);
    assert_eq!(ids(&read(&client, "ours-a", &back).await.unwrap()), [3, 2, 1]);
    let back_from_one =
        ReadStreamOptions::default().position(StreamPosition::Position(1)).backwards();
    assert_eq!(ids(&read(&client, "ours-a", &back_from_one).await.unwrap()), [2, 1]);

    let call = cluster.calls().pop().unwrap();
    assert_eq!(
        (call.method, call.from, call.backwards),
        (Method::ReadStream, Some(Start::At(1)), true)
    );
}

#[tokio::test]
async fn behind_the_end_there_is_nothing_and_without_a_stream_an_error() {
    let (_cluster, client) = filled().await;
    for (from, told) in [(3, vec![2]), (9, vec![3, 2])] {
        let options = ReadStreamOptions::default().position(StreamPosition::Position(from));
        let mut stream = client.read_stream("ours-a", &options).await.unwrap();
        let mut positions = Vec::new();
        while let Some(message) = soon(stream.next_read_event()).await.unwrap() {
            match message {
                ReadEvent::FirstStreamPosition(at) | ReadEvent::LastStreamPosition(at) => {
                    positions.push(at);
                }
                _ => panic!("there is an event behind the end"),
            }
        }
        assert_eq!(positions, told);
    }
    let missing = read(&client, "ours-c", &ReadStreamOptions::default()).await;
    assert!(matches!(missing, Err(Error::ResourceNotFound)), "{missing:?}");
}

#[tokio::test]
async fn a_truncated_stream_begins_later() {
    let (cluster, client) = filled().await;
    cluster.truncate("ours-a", 2);
    let events = read(&client, "ours-a", &ReadStreamOptions::default()).await.unwrap();
    assert_eq!(ids(&events), [3]);
    let everything = read_all(&client, &ReadAllOptions::default().filter(ours())).await.unwrap();
    assert_eq!(ids(&everything), [1, 2, 3, 4]);
    cluster.scavenge();
    let everything = read_all(&client, &ReadAllOptions::default().filter(ours())).await.unwrap();
    assert_eq!(ids(&everything), [3, 4]);
}

#[tokio::test]
async fn all_is_inclusive_forwards_and_exclusive_backwards() {
    let (cluster, client) = filled().await;
    let stored = cluster.stored();
    let everything = read_all(&client, &ReadAllOptions::default()).await.unwrap();
    let positions: Vec<_> = everything.iter().map(|event| event.position.commit).collect();
    assert_eq!(positions, stored.iter().map(|event| event.position).collect::<Vec<_>>());

    let third = stored[3].position;
    let forwards = ReadAllOptions::default().position(at(third)).filter(ours());
    assert_eq!(ids(&read_all(&client, &forwards).await.unwrap()), [3, 4]);
    let backwards = ReadAllOptions::default().position(at(third)).backwards().filter(ours());
    assert_eq!(ids(&read_all(&client, &backwards).await.unwrap()), [2, 1]);
    let last = ReadAllOptions::default().position(StreamPosition::End).max_count(1);
    assert_eq!(ids(&read_all(&client, &last).await.unwrap()), [4]);
    let behind = ReadAllOptions::default().position(at(stored[5].position + 1000));
    assert_eq!(ids(&read_all(&client, &behind).await.unwrap()), []);

    let call = cluster.calls().pop().unwrap();
    assert_eq!((call.method, call.stream, call.count), (Method::ReadAll, None, Some(u64::MAX)));
}

#[tokio::test]
async fn filters_are_by_stream_or_type() {
    let (cluster, client) = filled().await;
    let types = SubscriptionFilter::on_event_type().add_prefix("something-h");
    let by_type = ReadAllOptions::default().filter(types);
    assert_eq!(ids(&read_all(&client, &by_type).await.unwrap()), [1, 2, 3, 4]);
    let two = SubscriptionFilter::on_stream_name().add_prefix("ours-b").add_prefix("otherapp-");
    let by_stream = ReadAllOptions::default().filter(two);
    assert_eq!(read_all(&client, &by_stream).await.unwrap().len(), 2);
    assert_eq!(cluster.calls().pop().unwrap().prefixes, ["ours-b", "otherapp-"]);
    let not_system = SubscriptionFilter::on_event_type().exclude_system_events();
    let without_system = ReadAllOptions::default().filter(not_system);
    assert_eq!(read_all(&client, &without_system).await.unwrap().len(), 5);
}

#[tokio::test]
async fn a_position_inside_of_a_record_is_taken_or_not() {
    let (cluster, client) = filled().await;
    let inside = cluster.stored()[3].position - 7;
    let options = ReadAllOptions::default().position(at(inside)).filter(ours());
    assert_eq!(ids(&read_all(&client, &options).await.unwrap()), [3, 4]);

    cluster.switch(Switch::StrictPositions, true);
    assert!(is_server_error(&read_all(&client, &options).await));
    let exact = ReadAllOptions::default().position(at(cluster.stored()[3].position)).filter(ours());
    assert_eq!(ids(&read_all(&client, &exact).await.unwrap()), [3, 4]);
}

#[tokio::test]
async fn an_old_server_gives_no_positions_in_streams() {
    let (cluster, client) = filled().await;
    cluster.switch(Switch::OldServer, true);
    let events = read(&client, "ours-b", &ReadStreamOptions::default()).await.unwrap();
    assert_eq!(events[0].position, Position::end());
    let events = read_all(&client, &ReadAllOptions::default().filter(ours())).await.unwrap();
    assert_eq!(events[3].position.commit, cluster.stored()[5].position);
}
