//! Payloads of events: UTF-8 JSON, one object per event, named by type and schema version.
//! Deliberately absent: the payloads' fields; they are declared with the aggregates.

use procedure::{
    EventSet, calendar, case, decision, draft, edition, meeting, officer, refused_act, subject,
    territory,
};

use crate::upcast::{self, SCHEMA_VERSION};

/// Why stored bytes are not an event that this program knows.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No aggregate has an event of this type.
    #[error("unknown event type {0:?}")]
    UnknownType(String),
    /// A newer program wrote it.
    #[error("{event_type} has schema version {schema}; this program knows up to {SCHEMA_VERSION}")]
    NewerSchema {
        /// The type.
        event_type: String,
        /// Its version.
        schema: u32,
    },
    /// The payload does not fit its type.
    #[error("{event_type}: {source}")]
    Payload {
        /// The type.
        event_type: String,
        /// What does not fit.
        source: serde_json::Error,
    },
}

/// An event of any aggregate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the aggregate's own set of events")]
pub enum AnyEvent {
    Territory(territory::Event),
    Calendar(calendar::Event),
    Edition(edition::Event),
    Subject(subject::Event),
    Officer(officer::Event),
    Case(case::Event),
    Meeting(meeting::Event),
    Decision(decision::Event),
    Draft(draft::Event),
    RefusedAct(refused_act::Event),
}

/// The payload of an event, to be stored with schema version [`SCHEMA_VERSION`].
///
/// # Errors
/// Never in practice: every field has a JSON form.
pub fn encode<E: EventSet>(event: &E) -> Result<Vec<u8>, DecodeError> {
    let mut bytes = Vec::with_capacity(256);
    let mut serializer = serde_json::Serializer::new(&mut bytes);
    let done = event.serialize(&mut serializer);
    done.map_err(|source| DecodeError::Payload { event_type: event.name().into(), source })?;
    Ok(bytes)
}

/// Reads a stored payload of one aggregate, lifted to today's schema first.
///
/// # Errors
/// [`DecodeError`].
pub fn decode<E: EventSet>(event_type: &str, schema: u32, data: &[u8]) -> Result<E, DecodeError> {
    let lifted = upcast::lift(event_type, schema, data)?;
    let data = lifted.as_deref().unwrap_or(data);
    let mut deserializer = serde_json::Deserializer::from_slice(data);
    let read = E::deserialize(event_type, &mut deserializer)
        .ok_or_else(|| DecodeError::UnknownType(event_type.to_owned()))?
        .and_then(|event| deserializer.end().map(|()| event));
    read.map_err(|source| DecodeError::Payload { event_type: event_type.to_owned(), source })
}

/// Reads a stored payload of whichever aggregate it belongs to.
///
/// # Errors
/// [`DecodeError`].
pub fn decode_any(event_type: &str, schema: u32, data: &[u8]) -> Result<AnyEvent, DecodeError> {
    macro_rules! of {
        ($($set:ident => $aggregate:ident),* $(,)?) => {
            $(if $aggregate::Event::NAMES.contains(&event_type) {
                return decode(event_type, schema, data).map(AnyEvent::$set);
            })*
        };
    }
    of!(
        Case => case,
        Subject => subject,
        Officer => officer,
        Decision => decision,
        Meeting => meeting,
        Draft => draft,
        RefusedAct => refused_act,
        Edition => edition,
        Calendar => calendar,
    );
    decode(event_type, schema, data).map(AnyEvent::Territory)
}
