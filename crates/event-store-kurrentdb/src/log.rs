//! One log in a cluster, to read: streams, and all events in order. What all parts of the store share.
//!
//! All calls ask for the leader, which alone is sure to have indexed what it acknowledged. The server
//! takes a position as the place to begin at, the port as the place to begin after: so the event at
//! the position comes first and is taken off again, which shows at no cost whether it is still there.
//!
//! Deliberately absent: writing.

use event_store::{Position, RecordedEvent, StoreError, StreamName};
use kurrentdb::{
    Client, ReadAllOptions, ReadStream, ReadStreamOptions, StreamPosition, SubscriptionFilter,
};
use tokio::sync::watch;
use uuid::Uuid;

use crate::address::{Address, LogName};
use crate::connection::{Connection, Repeat};
use crate::event::{is_systems, of_server, recorded, stored_name};
use crate::failure::Fault;

/// How many records the server looks at before it looks at the next page, where few are ours.
const WINDOW: u32 = 2_000;
/// The server counts revisions with a sign; there can be none beyond.
pub(crate) const LAST_REVISION: u64 = i64::MAX as u64;

/// One log, shared by the store and its followers.
pub(crate) struct Log {
    pub(crate) connection: Connection,
    pub(crate) name: LogName,
    /// Counts what this process has appended, so that its own followers need not wait to look.
    pub(crate) written: watch::Sender<u64>,
}

/// Some events after a position.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The event at the position itself, if it is there.
    pub(crate) at: Option<Uuid>,
    pub(crate) events: Vec<RecordedEvent>,
}

/// What came of one reading of the log.
struct Batch {
    events: Vec<kurrentdb::RecordedEvent>,
    /// Whether there was nothing more.
    ended: bool,
}

impl Log {
    pub(crate) fn new(address: &Address) -> Self {
        Self {
            connection: Connection::new(address),
            name: address.log.clone(),
            written: watch::Sender::new(0),
        }
    }

    /// Up to `limit` events of a stream from a revision on.
    pub(crate) async fn stream(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        if limit == 0 || from > LAST_REVISION {
            return Ok(Vec::new());
        }
        let options = ReadStreamOptions::default()
            .position(StreamPosition::Position(from))
            .max_count(limit)
            .requires_leader(true);
        let events = self.read_stream(stream, &options).await?;
        let events = events.into_iter().map(|event| recorded(event, &self.name));
        let events = events.collect::<Result<Vec<_>, _>>()?;
        let gap = events.iter().zip(from..).find(|(event, wanted)| event.revision != *wanted);
        match gap {
            None => Ok(events),
            Some((event, wanted)) => Err(StoreError::corrupt(format!(
                "{stream} has revision {} where {wanted} should be: part of it was deleted",
                event.revision
            ))),
        }
    }

    /// The last revision of a stream; `None` before its first event.
    pub(crate) async fn last_revision(
        &self,
        stream: &StreamName,
    ) -> Result<Option<u64>, StoreError> {
        let options = ReadStreamOptions::default()
            .position(StreamPosition::End)
            .max_count(1)
            .requires_leader(true);
        let events = self.read_stream(stream, &options).await?;
        Ok(events.first().map(|event| event.revision))
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        options: &ReadStreamOptions,
    ) -> Result<Vec<kurrentdb::RecordedEvent>, StoreError> {
        let name = stored_name(stream, &self.name);
        let read = self.connection.call(Repeat::Harmless, |client: Client| {
            let (name, options) = (name.clone(), options.clone());
            async move { all(client.read_stream(name, &options).await?).await }
        });
        match read.await {
            Ok(events) => Ok(events),
            Err(Fault::NotFound) => Ok(Vec::new()),
            Err(fault) => Err(fault.into_store_error(false)),
        }
    }

    /// Up to `limit` events after a position. Empty only at the end.
    pub(crate) async fn page(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let mut page = Page::default();
        if limit == 0 {
            return Ok(page);
        }
        let mut from = after;
        loop {
            let Batch { events, ended } = self.batch(from, limit).await?;
            let last = events.last().and_then(|event| crate::event::position(event.position));
            for event in events {
                let at = crate::event::position(event.position);
                if at.is_some() && at == after {
                    page.at = Some(event.id);
                } else if at > from && !is_systems(&event) {
                    page.events.push(recorded(event, &self.name)?);
                }
            }
            page.events.truncate(limit);
            // Whatever else was there was the server's own: on with what lies behind it.
            if !page.events.is_empty() || ended || last <= from {
                return Ok(page);
            }
            from = last;
        }
    }

    async fn batch(&self, from: Option<Position>, limit: usize) -> Result<Batch, StoreError> {
        let start = from.map_or(StreamPosition::Start, |position| {
            StreamPosition::Position(of_server(position))
        });
        // One more, for the event at the position.
        let count = limit.saturating_add(usize::from(from.is_some()));
        let options = ReadAllOptions::default().position(start).max_count(count);
        let events = self.read_all(&options).await?;
        let ended = events.len() < count;
        Ok(Batch { events, ended })
    }

    /// The position of the last event.
    pub(crate) async fn head(&self) -> Result<Option<Position>, StoreError> {
        let mut before = StreamPosition::End;
        loop {
            let options = ReadAllOptions::default().position(before).backwards().max_count(1);
            let events = self.read_all(&options).await?;
            match events.first() {
                None => return Ok(None),
                Some(event) if is_systems(event) => {
                    before = StreamPosition::Position(event.position);
                }
                Some(event) => return Ok(crate::event::position(event.position)),
            }
        }
    }

    async fn read_all(
        &self,
        options: &ReadAllOptions,
    ) -> Result<Vec<kurrentdb::RecordedEvent>, StoreError> {
        let filter =
            SubscriptionFilter::on_stream_name().add_prefix(self.name.prefix()).max(WINDOW);
        let options = options.clone().filter(filter).requires_leader(true);
        let read = self.connection.call(Repeat::Harmless, |client: Client| {
            let options = options.clone();
            async move { all(client.read_all(&options).await?).await }
        });
        read.await.map_err(|fault| fault.into_store_error(false))
    }
}

/// Everything that a read answers with.
async fn all(mut stream: ReadStream) -> Result<Vec<kurrentdb::RecordedEvent>, Fault> {
    let mut events = Vec::new();
    while let Some(event) = stream.next().await? {
        // No link is resolved, so an event is there always.
        events.extend(event.event);
    }
    Ok(events)
}
