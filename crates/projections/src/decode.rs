//! From stored bytes to events of the domain, a batch at a time, on a thread beside the one that
//! applies them. Deliberately absent: skipping what cannot be read.

use std::sync::Arc;

use codec::{AnyEvent, MetadataView};
use event_store::{Position, RecordedEvent, StreamName};

/// An event, read.
pub(crate) struct Decoded {
    pub(crate) position: Position,
    pub(crate) stream: StreamName,
    pub(crate) revision: u64,
    pub(crate) recorded_at: Box<str>,
    pub(crate) event_type: Arc<str>,
    /// `None` for what checks of the store left behind: counted, and otherwise passed over.
    pub(crate) event: Option<AnyEvent>,
}

/// A batch, as far as it could be read.
pub(crate) struct Batch {
    pub(crate) events: Vec<Decoded>,
    /// The event that could not be read, and why.
    pub(crate) poison: Option<Poison>,
}

/// An event that cannot be handled.
#[derive(Clone, Debug)]
pub(crate) struct Poison {
    pub(crate) position: Position,
    pub(crate) event_type: String,
    pub(crate) detail: String,
}

/// Reads a batch up to the first event that cannot be read.
pub(crate) fn decode(events: Vec<RecordedEvent>) -> Batch {
    let mut batch = Batch { events: Vec::with_capacity(events.len()), poison: None };
    for event in events {
        let (position, event_type) = (event.position, event.event_type.to_string());
        match one(event) {
            Ok(decoded) => batch.events.push(decoded),
            Err(detail) => {
                batch.poison = Some(Poison { position, event_type, detail });
                break;
            }
        }
    }
    batch
}

fn one(event: RecordedEvent) -> Result<Decoded, String> {
    if event.stream.category() == event_store::event::CHECKS {
        return Ok(Decoded {
            position: event.position,
            revision: event.revision,
            recorded_at: Box::default(),
            event_type: event.event_type,
            stream: event.stream,
            event: None,
        });
    }
    let metadata = MetadataView::decode(&event.metadata).map_err(|error| error.to_string())?;
    let read = codec::decode_any(&event.event_type, metadata.schema, &event.data);
    Ok(Decoded {
        position: event.position,
        stream: event.stream,
        revision: event.revision,
        recorded_at: metadata.recorded_at.into(),
        event_type: event.event_type,
        event: Some(read.map_err(|error| error.to_string())?),
    })
}
