//! What is stored about one case or decision, as lines of JSON: its own events and the acts about it
//! that were refused, in the order of the log.
//! Deliberately absent: opening sealed texts; the lines are what the digests of an export cover.

use std::io::{self, Write};

use codec::line::Stored;
use codec::stream::StreamId;
use event_store::{EventStore, RecordedEvent, StreamName};
use procedure::{CaseId, DecisionId, case, decision, refused_act};
use uuid::Uuid;

use crate::error::ReadError;

/// Most events of one stream; far more than any has.
const EVENTS_MAX: usize = 10_000;

/// Writes an event as the line that it is in an export.
///
/// # Errors
/// What `out` fails with.
pub fn write(event: &RecordedEvent, out: &mut impl Write) -> io::Result<()> {
    let stored = Stored {
        position: event.position.to_string(),
        stream: event.stream.as_str(),
        revision: event.revision,
        id: event.id,
        event_type: &event.event_type,
        metadata: &event.metadata,
        data: &event.data,
    };
    stored.write(out)
}

/// The lines about a case; empty if there is no such case.
///
/// # Errors
/// [`ReadError`] where the store cannot be read.
pub async fn of_case(store: &dyn EventStore, id: CaseId) -> Result<Vec<u8>, ReadError> {
    about(store, StreamId::<case::State>::stream(&id), id.0).await
}

/// The lines about a decision; empty if there is no such decision.
///
/// # Errors
/// [`ReadError`] where the store cannot be read.
pub async fn of_decision(store: &dyn EventStore, id: DecisionId) -> Result<Vec<u8>, ReadError> {
    about(store, StreamId::<decision::State>::stream(&id), id.0).await
}

async fn about(store: &dyn EventStore, own: String, id: Uuid) -> Result<Vec<u8>, ReadError> {
    let mut events = store.read(&StreamName::new(own)?, 0, EVENTS_MAX).await?;
    let refused = StreamName::new(StreamId::<refused_act::State>::stream(&id))?;
    events.extend(store.read(&refused, 0, EVENTS_MAX).await?);
    events.sort_by_key(|event| event.position);
    let mut lines = Vec::new();
    for event in &events {
        write(event, &mut lines).map_err(ReadError::corrupt)?;
    }
    Ok(lines)
}
