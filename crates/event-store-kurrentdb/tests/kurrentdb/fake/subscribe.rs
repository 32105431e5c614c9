//! Subscriptions to `$all`.

use event_store_kurrentdb::fake::{Cluster, Code, Fault, Method, Start, Trouble};
use kurrentdb::{
    Client, Position, StreamPosition, StreamState, SubscribeToAllOptions, Subscription,
    SubscriptionEvent, SubscriptionFilter,
};

use crate::fake::rig::{append, client, hangs, is_server_error, soon};

/// What a subscription said, in short.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Confirmed,
    Event(u128),
    Checkpoint(u64),
    CaughtUp,
}

async fn next(subscription: &mut Subscription) -> Said {
    match soon(subscription.next_subscription_event()).await.unwrap() {
        SubscriptionEvent::Confirmed(_) => Said::Confirmed,
        SubscriptionEvent::EventAppeared(event) => {
            Said::Event(event.get_original_event().id.as_u128())
        }
        SubscriptionEvent::Checkpoint(position) => Said::Checkpoint(position.commit),
        SubscriptionEvent::CaughtUp(_) => Said::CaughtUp,
        _ => panic!("it said something else"),
    }
}

async fn started() -> (Cluster, Client) {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "a", StreamState::NoStream, [1, 2, 3]).await.unwrap();
    (cluster, client)
}

#[tokio::test]
async fn it_begins_behind_its_position_and_goes_on_live() {
    let (cluster, client) = started().await;
    let first = cluster.stored()[0].position;
    let position = StreamPosition::Position(Position { commit: first, prepare: first });
    let options = SubscribeToAllOptions::default().position(position);
    let mut subscription = client.subscribe_to_all(&options).await;
    assert_eq!(next(&mut subscription).await, Said::Confirmed);
    assert_eq!(next(&mut subscription).await, Said::Event(2));
    assert_eq!(next(&mut subscription).await, Said::Event(3));
    assert_eq!(next(&mut subscription).await, Said::CaughtUp);
    assert!(hangs(subscription.next_subscription_event()).await);
    let call = cluster.calls().pop().unwrap();
    assert_eq!((call.method, call.from), (Method::Subscribe, Some(Start::At(first))));
    assert_eq!(call.count, None);
}

#[tokio::test]
async fn from_the_end_there_is_only_what_comes() {
    let (_cluster, client) = started().await;
    let options = SubscribeToAllOptions::default().position(StreamPosition::End);
    let mut subscription = client.subscribe_to_all(&options).await;
    assert_eq!(next(&mut subscription).await, Said::Confirmed);
    assert_eq!(next(&mut subscription).await, Said::CaughtUp);
    append(&client, "b", StreamState::NoStream, [4, 5]).await.unwrap();
    assert_eq!(next(&mut subscription).await, Said::Event(4));
    assert_eq!(next(&mut subscription).await, Said::Event(5));
}

#[tokio::test]
async fn a_filtered_one_tells_how_far_it_has_looked() {
    let (cluster, client) = started().await;
    let filter = SubscriptionFilter::on_stream_name().add_prefix("a").max(4);
    let options = SubscribeToAllOptions::default().filter(filter);
    let mut subscription = client.subscribe_to_all(&options).await;
    assert_eq!(next(&mut subscription).await, Said::Confirmed);
    for id in [1, 2, 3] {
        assert_eq!(next(&mut subscription).await, Said::Event(id));
    }
    assert_eq!(next(&mut subscription).await, Said::CaughtUp);
    let fourth = cluster.foreign("otherapp-1", "x");
    assert_eq!(next(&mut subscription).await, Said::Checkpoint(fourth));
    for _ in 0..4 {
        cluster.foreign("otherapp-1", "x");
    }
    append(&client, "a", StreamState::StreamRevision(2), [4]).await.unwrap();
    let eighth = cluster.stored()[7].position;
    assert_eq!(next(&mut subscription).await, Said::Checkpoint(eighth));
    assert_eq!(next(&mut subscription).await, Said::Event(4));
}

#[tokio::test]
async fn it_ends_with_its_node() {
    let (cluster, client) = started().await;
    let options = SubscribeToAllOptions::default().position(StreamPosition::End);
    let mut subscription = client.subscribe_to_all(&options).await;
    assert_eq!(next(&mut subscription).await, Said::Confirmed);
    assert_eq!(next(&mut subscription).await, Said::CaughtUp);
    let (ended, ()) = tokio::join!(soon(subscription.next_subscription_event()), cluster.stop(0));
    assert!(is_server_error(&ended));
}

#[tokio::test]
async fn it_fails_and_stalls_by_script() {
    let (cluster, client) = started().await;
    let failing = Trouble::status(Code::Unavailable, "by script");
    cluster.script(
        Method::Subscribe,
        [
            Fault::Within { messages: 2, trouble: failing },
            Fault::Within { messages: 2, trouble: Trouble::Hang },
        ],
    );
    let options = SubscribeToAllOptions::default();
    let mut fails = client.subscribe_to_all(&options).await;
    let mut stalls = client.subscribe_to_all(&options).await;
    for subscription in [&mut fails, &mut stalls] {
        assert_eq!(next(subscription).await, Said::Confirmed);
        assert_eq!(next(subscription).await, Said::Event(1));
    }
    assert!(is_server_error(&soon(fails.next_subscription_event()).await));
    assert!(hangs(stalls.next_subscription_event()).await);
}
