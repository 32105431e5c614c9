//! The timeline of a decision: every event of it, texts opened.
//! Deliberately absent: the state after each; a decision's events say what they change themselves.

use codec::stream::StreamId;
use codec::{ActorRecord, Keyring, Metadata};
use event_store::{EventStore, RecordedEvent, StreamName};
use procedure::decision::{Event, State};
use procedure::{CaseId, DecisionId, case};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{EVENTS_MAX, Opener};
use crate::error::ReadError;

/// One event of a decision.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionEntry {
    /// Place in the decision's stream.
    pub revision: u64,
    /// Place in the log.
    pub position: String,
    /// The event.
    pub id: Uuid,
    /// Its type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// When it was recorded, UTC.
    pub recorded_at: String,
    /// When a device took it down, by its own clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured_at: Option<String>,
    /// Who acted, in which role and for which territory, as it was then.
    pub actor: ActorRecord,
    /// The command.
    pub command: Uuid,
    /// The command's name.
    pub command_name: String,
    /// What the event says, texts opened.
    pub event: Value,
}

/// The timeline of a decision; empty if there is no such decision.
///
/// # Errors
/// [`ReadError`] where the store or the keys cannot be read, or an event cannot be understood.
pub async fn decision_timeline(
    store: &dyn EventStore,
    keyring: &dyn Keyring,
    id: DecisionId,
) -> Result<Vec<DecisionEntry>, ReadError> {
    let stream = StreamName::new(StreamId::<State>::stream(&id))?;
    let events = store.read(&stream, 0, EVENTS_MAX).await?;
    let own = Opener::of(keyring, id.0)?;
    let mut entries = Vec::with_capacity(events.len());
    for recorded in &events {
        let metadata = Metadata::decode(&recorded.metadata).map_err(ReadError::corrupt)?;
        let event: Event = codec::decode(&recorded.event_type, metadata.schema, &recorded.data)
            .map_err(ReadError::corrupt)?;
        // Why a case was taken off is about the case's subject, and sealed with its key.
        let of_case = match &event {
            Event::CaseTakenOff(taken_off) => of_case(store, keyring, taken_off.case).await?,
            _ => None,
        };
        entries.push(entry(recorded, metadata, of_case.as_ref().unwrap_or(&own))?);
    }
    Ok(entries)
}

async fn of_case(
    store: &dyn EventStore,
    keyring: &dyn Keyring,
    id: CaseId,
) -> Result<Option<Opener>, ReadError> {
    let stream = StreamName::new(StreamId::<case::State>::stream(&id))?;
    let first = store.read(&stream, 0, 1).await?;
    let Some(first) = first.first() else { return Ok(None) };
    let schema = Metadata::decode(&first.metadata).map_err(ReadError::corrupt)?.schema;
    match codec::decode(&first.event_type, schema, &first.data).map_err(ReadError::corrupt)? {
        case::Event::CaseRegistered(case) => Opener::of(keyring, case.subject.0).map(Some),
        _ => Ok(None),
    }
}

fn entry(
    recorded: &RecordedEvent,
    metadata: Metadata,
    opener: &Opener,
) -> Result<DecisionEntry, ReadError> {
    let mut event = serde_json::from_slice(&recorded.data).map_err(ReadError::corrupt)?;
    opener.open_all(&mut event);
    let time = codec::metadata::timestamp_text;
    Ok(DecisionEntry {
        revision: recorded.revision,
        position: recorded.position.to_string(),
        id: recorded.id,
        event_type: recorded.event_type.to_string(),
        recorded_at: time(metadata.recorded_at),
        captured_at: metadata.captured_at.map(time),
        actor: metadata.actor,
        command: metadata.command.id,
        command_name: metadata.command.name,
        event,
    })
}
