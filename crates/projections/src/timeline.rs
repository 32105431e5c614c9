//! The timeline of a case: every event, the state after it, and what it changed; and that of a decision.
//!
//! Computed from the case's own stream by the same fold that decides; a stream is short. Sealed
//! texts are opened here, so callers show a timeline only to whoever may see the case.

use codec::{ActorRecord, Key, Keyring, Metadata};
use event_store::{EventStore, RecordedEvent, StreamName};
use procedure::case::{Event, State};
use procedure::{Aggregate, CaseId, Sealed};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::error::ReadError;

mod change;
mod decision;
mod view;

pub use change::Change;
pub use decision::{DecisionEntry, decision_timeline};
pub use view::{MinutesView, ObjectionView, StateView};

/// Most events of one case that are shown; far more than any case has.
const EVENTS_MAX: usize = 10_000;

/// Stands where a text was whose key has been destroyed.
pub const ERASED: &str = "[đã xóa / erased]";

/// The fields of a case's events that are sealed.
const SEALED: [&str; 7] = ["declarant", "ground", "label", "name", "note", "reason", "text"];

/// One event of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Place in the case's stream.
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
    /// The state after it.
    pub state: StateView,
    /// What it changed.
    pub changed: Vec<Change>,
}

/// Opens the sealed texts about one subject.
pub(crate) struct Opener {
    owner: Uuid,
    key: Option<Key>,
}

impl Opener {
    fn of(keyring: &dyn Keyring, owner: Uuid) -> Result<Self, ReadError> {
        Ok(Self { owner, key: keyring.get(owner)? })
    }

    pub(crate) fn open(&self, sealed: &Sealed) -> String {
        let opened = self.key.and_then(|key| key.open(self.owner, sealed).ok());
        opened.unwrap_or_else(|| ERASED.to_owned())
    }

    /// Opens every sealed text in a payload. By the name of its field: a number of a decision may
    /// look like anything.
    fn open_all(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.open_all(item)),
            Value::Object(fields) => {
                for (name, item) in fields {
                    match item {
                        Value::String(text) if SEALED.contains(&name.as_str()) => {
                            *text = self.open(&Sealed::new(std::mem::take(text)));
                        }
                        item => self.open_all(item),
                    }
                }
            }
            _ => {}
        }
    }
}

/// The timeline of a case; empty if there is no such case.
///
/// # Errors
/// [`ReadError`] where the store or the keys cannot be read, or an event cannot be understood.
pub async fn timeline(
    store: &dyn EventStore,
    keyring: &dyn Keyring,
    case: CaseId,
) -> Result<Vec<Entry>, ReadError> {
    let stream = StreamName::new(codec::stream::StreamId::<State>::stream(&case))?;
    let events = store.read(&stream, 0, EVENTS_MAX).await?;
    let mut state = State::default();
    let mut opener = Opener { owner: Uuid::nil(), key: None };
    let mut before = Value::Null;
    let mut entries = Vec::with_capacity(events.len());
    for recorded in &events {
        let metadata = Metadata::decode(&recorded.metadata).map_err(ReadError::corrupt)?;
        let event: Event = codec::decode(&recorded.event_type, metadata.schema, &recorded.data)
            .map_err(ReadError::corrupt)?;
        state.evolve(&event);
        if let Event::CaseRegistered(registered) = &event {
            opener = Opener::of(keyring, registered.subject.0)?;
        }
        let view = StateView::of(&state, &opener);
        let after = serde_json::to_value(&view).map_err(ReadError::corrupt)?;
        let changed = change::between(&before, &after);
        entries.push(entry(recorded, metadata, view, changed, &opener)?);
        before = after;
    }
    Ok(entries)
}

/// What is different between two entries of a case's timeline, near or far; `None` stands for before
/// the first.
///
/// # Errors
/// Never in practice: every state has a JSON form.
pub fn difference(before: Option<&Entry>, after: &Entry) -> Result<Vec<Change>, ReadError> {
    let value = |entry: &Entry| serde_json::to_value(&entry.state).map_err(ReadError::corrupt);
    let before = before.map(value).transpose()?.unwrap_or(Value::Null);
    Ok(change::between(&before, &value(after)?))
}

fn entry(
    recorded: &RecordedEvent,
    metadata: Metadata,
    state: StateView,
    changed: Vec<Change>,
    opener: &Opener,
) -> Result<Entry, ReadError> {
    let mut event = serde_json::from_slice(&recorded.data).map_err(ReadError::corrupt)?;
    opener.open_all(&mut event);
    let time = codec::metadata::timestamp_text;
    Ok(Entry {
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
        state,
        changed,
    })
}
