//! Events as the client has them, and as the port has them. Deliberately absent: calls.

use bytes::Bytes;
use event_store::{NewEvent, Position, RecordedEvent, StoreError, StreamName};
use kurrentdb::EventData;
use serde_json::value::RawValue;

use crate::address::LogName;

/// What the server puts where it does not know a position.
const NOWHERE: u64 = u64::MAX;
/// Types of the server's own events begin so; one stands in a stream that was deleted.
const SYSTEM: char = '$';

/// What is sent. A payload that is JSON is marked as such, so that KurrentDB's own pages show it and
/// its projections can read it; its bytes stay as they are.
pub(crate) fn proposed(event: &NewEvent) -> EventData {
    let new =
        as_json(event).unwrap_or_else(|| EventData::binary(&*event.event_type, event.data.clone()));
    new.id(event.id).metadata(event.metadata.clone())
}

/// As JSON, where it is one, from the first byte to the last.
fn as_json(event: &NewEvent) -> Option<EventData> {
    let raw: &RawValue = serde_json::from_slice(&event.data).ok()?;
    if raw.get().len() != event.data.len() {
        return None;
    }
    EventData::json(&*event.event_type, &raw).ok()
}

/// Whether the server wrote it for itself.
pub(crate) fn is_systems(event: &kurrentdb::RecordedEvent) -> bool {
    event.event_type.starts_with(SYSTEM)
}

/// Where an event stands; `None` where the server did not say.
pub(crate) fn position(position: kurrentdb::Position) -> Option<Position> {
    let known = position.commit != NOWHERE && position.prepare != NOWHERE;
    known.then(|| Position::new(position.commit, position.prepare))
}

/// The other way.
pub(crate) fn of_server(position: Position) -> kurrentdb::Position {
    kurrentdb::Position { commit: position.major(), prepare: position.minor() }
}

/// An event of ours as it came back.
///
/// # Errors
/// [`StoreError::Corrupt`] where it is of no stream of this log, [`StoreError::Unavailable`] where the
/// server is too old to say where it stands.
pub(crate) fn recorded(
    event: kurrentdb::RecordedEvent,
    log: &LogName,
) -> Result<RecordedEvent, StoreError> {
    let stream = stream(event.stream_id(), log)?;
    let Some(position) = position(event.position) else {
        return Err(StoreError::Unavailable {
            maybe_written: false,
            detail: "this server does not say where the events of a stream stand in the log; \
                     EventStoreDB 22.6 and later do"
                .to_owned(),
        });
    };
    Ok(RecordedEvent {
        position,
        stream,
        revision: event.revision,
        id: event.id,
        event_type: event.event_type.into(),
        metadata: event.custom_metadata,
        data: event.data,
    })
}

fn stream(name: &str, log: &LogName) -> Result<StreamName, StoreError> {
    let foreign = || StoreError::corrupt(format!("KurrentDB gave an event of the stream {name:?}"));
    let ours = name.strip_prefix(log.prefix()).ok_or_else(foreign)?;
    StreamName::new(ours).map_err(|_| foreign())
}

/// What a stream of ours is called there.
pub(crate) fn stored_name(stream: &StreamName, log: &LogName) -> Bytes {
    Bytes::from([log.prefix(), stream.as_str()].concat())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn is_json(data: &'static [u8]) -> bool {
        let data = Bytes::from_static(data);
        let event =
            NewEvent { id: Uuid::nil(), event_type: "Kept".into(), metadata: Bytes::new(), data };
        as_json(&event).is_some()
    }

    #[test]
    fn only_what_is_json_to_the_last_byte_is_marked_as_json() {
        assert!(is_json(br#"{"a":1.0e0,"b":"\u00e1"}"#) && is_json(b"null"));
        assert!(is_json("{\"họ\":\"Đỗ\"}".as_bytes()));
        for data in [&b""[..], b" {}", b"{}\n", b"{} {}", b"{", b"\xff\xfe", b"{}\0"] {
            assert!(!is_json(data), "{data:?}");
        }
    }
}
