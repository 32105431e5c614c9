//! What the tests have in common.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use event_store_kurrentdb::fake::Cluster;
use kurrentdb::{
    AppendToStreamOptions, Client, Error, EventData, ReadAllOptions, ReadStreamOptions,
    RecordedEvent, Result, StreamState, WriteResult,
};
use uuid::Uuid;

/// Fast failures for whoever looks for a node.
const IMPATIENT: &str = "&maxDiscoverAttempts=2&discoveryInterval=20&gossipTimeout=500";

/// A client of the whole cluster.
pub(crate) fn client(cluster: &Cluster) -> Client {
    client_at(&cluster.url())
}

/// A client with this connection string, which has a query already.
pub(crate) fn client_at(url: &str) -> Client {
    Client::new(format!("{url}{IMPATIENT}").parse().unwrap()).unwrap()
}

/// An event whose id is `id`.
pub(crate) fn event(id: u128) -> EventData {
    EventData::binary("something-happened", Bytes::from_static(b"12345678")).id(Uuid::from_u128(id))
}

/// Appends events with these ids.
pub(crate) async fn append(
    client: &Client,
    stream: &str,
    state: StreamState,
    ids: impl IntoIterator<Item = u128>,
) -> Result<WriteResult> {
    let events: Vec<_> = ids.into_iter().map(event).collect();
    let options = AppendToStreamOptions::default().stream_state(state);
    soon(client.append_to_stream(stream, &options, events)).await
}

/// Reads a stream to its end.
pub(crate) async fn read(
    client: &Client,
    stream: &str,
    options: &ReadStreamOptions,
) -> Result<Vec<RecordedEvent>> {
    soon(async { all(client.read_stream(stream, options).await?).await }).await
}

/// Reads `$all` to its end.
pub(crate) async fn read_all(
    client: &Client,
    options: &ReadAllOptions,
) -> Result<Vec<RecordedEvent>> {
    soon(async { all(client.read_all(options).await?).await }).await
}

/// Reads the rest.
pub(crate) async fn all(mut stream: kurrentdb::ReadStream) -> Result<Vec<RecordedEvent>> {
    let mut events = Vec::new();
    while let Some(event) = stream.next().await? {
        events.extend(event.event);
    }
    Ok(events)
}

/// The ids of events, as numbers.
pub(crate) fn ids(events: &[RecordedEvent]) -> Vec<u128> {
    events.iter().map(|event| event.id.as_u128()).collect()
}

/// The result of something that must not take long.
pub(crate) async fn soon<T>(something: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(5), something).await.expect("it took too long")
}

/// Whether something is still not done after a moment.
pub(crate) async fn hangs<T>(something: impl Future<Output = T>) -> bool {
    tokio::time::timeout(Duration::from_millis(300), something).await.is_err()
}

/// Whether the client says that the server failed.
pub(crate) fn is_server_error<T>(result: &Result<T>) -> bool {
    matches!(result, Err(Error::ServerError(_)))
}
