//! What servers say to each other about a lease, as events. They have the envelope of all events, so
//! that whatever reads envelopes can read these, and are of no aggregate: readers of the log pass
//! over their streams ([`event_store::StreamName::is_aside`]).
//!
//! Deliberately absent: schemas and upcasters. Nobody reads any but the last event of a stream, so
//! the form may change between versions: fields that are new have a default.

use codec::{ActorRecord, CommandRecord, Metadata};
use event_store::{NewEvent, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A server has it from now on.
    Taken,
    /// Another server asks whether the holder is there.
    Requested,
    /// The holder is there.
    Renewed,
    /// The holder has given it back.
    Released,
}

impl Act {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Taken, "LeaseTaken"),
        (Self::Requested, "LeaseRequested"),
        (Self::Renewed, "LeaseRenewed"),
        (Self::Released, "LeaseReleased"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(act, _)| *act == self).map_or("", |(_, name)| *name)
    }

    /// The act of an event type.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where there is none of that name.
    pub(crate) fn of(event_type: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.iter().find(|(_, name)| *name == event_type);
        let unknown = || StoreError::corrupt(format!("{event_type} in the stream of a lease"));
        found.map(|(act, _)| *act).ok_or_else(unknown)
    }
}

/// How a lease stands after the act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// The run of a server that has it, or had it last.
    pub(crate) holder: Uuid,
    /// The name of that server, for people.
    pub(crate) name: String,
    /// Rises by one with each taking.
    pub(crate) term: u64,
    /// How long a question waits for an answer.
    pub(crate) seconds: u32,
    /// The name of the server that asks, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) asked_by: Option<String>,
}

/// The event to append.
///
/// # Errors
/// Never in practice: everything has a JSON form.
pub(crate) fn event(act: Act, note: &Note, recorded_at: Timestamp) -> Result<NewEvent, StoreError> {
    let invalid = |error: &dyn std::fmt::Display| StoreError::invalid(error.to_string());
    let command = Uuid::now_v7();
    let metadata = Metadata {
        schema: 1,
        recorded_at,
        actor: ActorRecord { program: true, ..ActorRecord::default() },
        command: CommandRecord { id: command, name: "lease".into(), fingerprint: String::new() },
        correlation: command,
        causation: None,
        captured_at: None,
    };
    Ok(NewEvent {
        id: Uuid::now_v7(),
        event_type: act.name().into(),
        metadata: metadata.encode().map_err(|error| invalid(&error))?.into(),
        data: serde_json::to_vec(note).map_err(|error| invalid(&error))?.into(),
    })
}

/// What an event says.
///
/// # Errors
/// [`StoreError::Corrupt`] where it is none of a lease.
pub(crate) fn read(event_type: &str, data: &[u8]) -> Result<(Act, Note), StoreError> {
    let act = Act::of(event_type)?;
    let note = serde_json::from_slice(data).map_err(|error| StoreError::corrupt(error.to_string()));
    Ok((act, note?))
}
