//! Every kind of trouble, before, after and within.

use std::time::{Duration, Instant};

use event_store_kurrentdb::fake::{Cluster, Code, Fault, Method, Trouble};
use kurrentdb::{Client, Error, ReadAllOptions, ReadStreamOptions, StreamState};

use crate::fake::rig::{append, client, hangs, ids, is_server_error, read, read_all};

const DELAY: Duration = Duration::from_millis(60);

async fn scripted(method: Method, faults: impl IntoIterator<Item = Fault>) -> (Cluster, Client) {
    let cluster = Cluster::start(1).await.unwrap();
    let client = client(&cluster);
    append(&client, "b", StreamState::NoStream, [90, 91, 92]).await.unwrap();
    cluster.script(method, faults);
    (cluster, client)
}

fn written(cluster: &Cluster) -> bool {
    cluster.stored().iter().any(|event| event.stream == "a")
}

fn unavailable() -> Trouble {
    Trouble::status(Code::Unavailable, "by script")
}

#[tokio::test]
async fn an_error_before_leaves_nothing_and_after_it_everything() {
    let script = [Fault::Before(unavailable()), Fault::Pass, Fault::After(unavailable())];
    let (cluster, client) = scripted(Method::Append, script).await;
    assert!(is_server_error(&append(&client, "a", StreamState::NoStream, [1]).await));
    assert!(!written(&cluster));
    append(&client, "a", StreamState::NoStream, [1]).await.unwrap();
    assert!(is_server_error(&append(&client, "a", StreamState::StreamRevision(0), [2]).await));
    assert_eq!(cluster.stored().len(), 5);
    assert_eq!(cluster.scripted(Method::Append), 0);
}

#[tokio::test]
async fn an_error_comes_with_its_code_and_headers() {
    let aborted = Trouble::status(Code::Aborted, "Operation timed out: x");
    let not_leader = Trouble::Status {
        code: Code::NotFound,
        message: String::new(),
        metadata: [
            ("exception", "not-leader"),
            ("leader-endpoint-host", "127.0.0.1"),
            ("leader-endpoint-port", "1"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into(),
    };
    let script = [Fault::Before(aborted), Fault::Before(not_leader)];
    let (_cluster, client) = scripted(Method::Append, script).await;
    let result = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(matches!(&result, Err(Error::Grpc { code: Code::Aborted, .. })), "{result:?}");
    let result = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(matches!(&result, Err(Error::NotLeaderException(at)) if at.port == 1), "{result:?}");
}

#[tokio::test]
async fn delays_pass() {
    let script = [Fault::Before(Trouble::Delay(DELAY)), Fault::After(Trouble::Delay(DELAY))];
    let (_cluster, client) = scripted(Method::Append, script).await;
    for ids in [[1], [1]] {
        let begun = Instant::now();
        append(&client, "a", StreamState::NoStream, ids).await.unwrap();
        assert!(begun.elapsed() >= DELAY);
    }
}

#[tokio::test]
async fn hanging_leaves_nothing_or_everything() {
    let script = [Fault::Before(Trouble::Hang), Fault::After(Trouble::Hang)];
    let (cluster, client) = scripted(Method::Append, script).await;
    assert!(hangs(append(&client, "a", StreamState::NoStream, [1])).await);
    assert!(!written(&cluster));
    assert!(hangs(append(&client, "a", StreamState::NoStream, [1])).await);
    assert!(written(&cluster));
    // The connection is as it was.
    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
}

#[tokio::test]
async fn a_cut_leaves_nothing_or_everything() {
    let script = [Fault::Before(Trouble::Cut), Fault::After(Trouble::Cut)];
    let (cluster, client) = scripted(Method::Append, script).await;
    assert!(is_server_error(&append(&client, "a", StreamState::NoStream, [1]).await));
    assert!(!written(&cluster));
    assert!(is_server_error(&append(&client, "a", StreamState::NoStream, [1]).await));
    assert!(written(&cluster));
    append(&client, "a", StreamState::StreamRevision(0), [2]).await.unwrap();
}

#[tokio::test]
async fn a_cut_takes_the_other_calls_of_the_node_with_it() {
    let script = [Fault::Before(Trouble::Hang), Fault::Before(Trouble::Cut)];
    let (_cluster, client) = scripted(Method::Append, script).await;
    let (hanging, cutting) = tokio::join!(
        append(&client, "a", StreamState::NoStream, [1]),
        append(&client, "c", StreamState::NoStream, [2]),
    );
    assert!(is_server_error(&hanging), "{hanging:?}");
    assert!(is_server_error(&cutting), "{cutting:?}");
}

#[tokio::test]
async fn an_early_end_of_an_append_is_no_answer() {
    let (cluster, client) = scripted(Method::Append, [Fault::After(Trouble::End)]).await;
    let result = append(&client, "a", StreamState::NoStream, [1]).await;
    assert!(is_server_error(&result), "{result:?}");
    assert!(written(&cluster));
}

#[tokio::test]
async fn a_read_breaks_off_within() {
    let within = |trouble| Fault::Within { messages: 2, trouble };
    let script = [within(Trouble::Cut), within(unavailable()), within(Trouble::End)];
    let (_cluster, client) = scripted(Method::ReadStream, script).await;
    for whole in [false, false, true] {
        let mut events = Vec::new();
        let mut stream = client.read_stream("b", &ReadStreamOptions::default()).await.unwrap();
        let ended_well = loop {
            match crate::fake::rig::soon(stream.next()).await {
                Ok(Some(event)) => events.extend(event.event),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        assert_eq!((ids(&events), ended_well), (vec![90, 91], whole));
    }
    let events = read(&client, "b", &ReadStreamOptions::default()).await.unwrap();
    assert_eq!(ids(&events), [90, 91, 92]);
}

#[tokio::test]
async fn a_read_hangs_or_waits_within() {
    let within = |trouble| Fault::Within { messages: 1, trouble };
    let script = [within(Trouble::Hang), within(Trouble::Delay(DELAY))];
    let (_cluster, client) = scripted(Method::ReadAll, script).await;
    assert!(hangs(read_all(&client, &ReadAllOptions::default())).await);
    let begun = Instant::now();
    assert_eq!(read_all(&client, &ReadAllOptions::default()).await.unwrap().len(), 3);
    assert!(begun.elapsed() >= DELAY);
}

#[tokio::test]
async fn finding_a_node_fails_by_script_too() {
    let cluster = Cluster::start(3).await.unwrap();
    cluster.script(Method::Gossip, [Fault::Before(unavailable())]);
    append(&client(&cluster), "a", StreamState::NoStream, [1]).await.unwrap();

    cluster.script(Method::Features, [Fault::Before(unavailable())]);
    let result = append(&client(&cluster), "a", StreamState::NoStream, [1]).await;
    assert!(matches!(result, Err(Error::GrpcConnectionError(_))), "{result:?}");

    // The way to say "there are no features": from servers before 21.10.
    let unimplemented = Trouble::status(Code::Unimplemented, "");
    cluster.script(Method::Features, [Fault::Before(unimplemented)]);
    append(&client(&cluster), "a", StreamState::NoStream, [1]).await.unwrap();
}
