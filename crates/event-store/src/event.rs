//! What goes into a store and what comes back. Deliberately absent: any meaning of the bytes.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

use crate::error::StoreError;
use crate::position::Position;

/// Longest name of a stream or of an event type, in bytes.
pub const NAME_MAX: usize = 200;

/// Most bytes of one append: metadata, data and twice the names of the types of all its events. The
/// same on all engines, so that every log can be copied into every other; KurrentDB takes a mebibyte.
pub const APPEND_MAX: usize = 1_000_000;

/// The category of the streams that checks of a store leave behind. They are no part of anybody's
/// history: readers of the whole log pass over them.
pub const CHECKS: &str = "contract";

/// The category of the streams by which servers settle which of them does what only one is to do.
/// They are no part of anybody's history either.
pub const LEASES: &str = "lease";

/// The name of a stream, `category-id`: printable ASCII without spaces, 1 to [`NAME_MAX`] bytes.
/// Cloning shares the text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(Arc<str>);

impl StreamName {
    /// Takes a name after checking its form.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] if it is empty, too long or has other than printable ASCII, or
    /// starts with `$`, which KurrentDB keeps for itself.
    pub fn new(name: impl Into<Arc<str>>) -> Result<Self, StoreError> {
        let name = name.into();
        check_name("stream", &name)?;
        if name.starts_with('$') {
            return Err(StoreError::invalid(format!("stream {name:?} starts with $")));
        }
        Ok(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first hyphen.
    #[must_use]
    pub fn category(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Whether a check of a store left it behind. Where an engine can delete, it may be gone.
    #[must_use]
    pub fn is_check(&self) -> bool {
        self.category() == CHECKS
    }

    /// Whether its events are no part of anybody's history: left behind by a check, or said by
    /// servers to each other. They stand in the log and are copied and exported with it; whoever
    /// computes something from the log counts them and passes over what they say.
    #[must_use]
    pub fn is_aside(&self) -> bool {
        matches!(self.category(), CHECKS | LEASES)
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An event to append. `metadata` and `data` are stored and returned byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Identity; an append repeated with the same ids is recognised.
    pub id: Uuid,
    /// Name of the event type: printable ASCII, 1 to [`NAME_MAX`] bytes.
    pub event_type: Arc<str>,
    /// Envelope.
    pub metadata: Bytes,
    /// Payload.
    pub data: Bytes,
}

impl NewEvent {
    /// What it counts in an append of at most [`APPEND_MAX`] bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.metadata.len() + self.data.len() + 2 * self.event_type.len()
    }
}

/// An event as the store holds it.
///
/// Events of one read may share their buffers: whoever keeps a few events of many for long copies
/// the bytes, or keeps the memory of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Place in the whole log.
    pub position: Position,
    /// Stream it belongs to.
    pub stream: StreamName,
    /// Place in its stream, counted from 0 without gaps.
    pub revision: u64,
    /// Identity given by the writer.
    pub id: Uuid,
    /// Name of the event type.
    pub event_type: Arc<str>,
    /// Envelope, byte for byte.
    pub metadata: Bytes,
    /// Payload, byte for byte.
    pub data: Bytes,
}

pub(crate) fn check_name(what: &str, name: &str) -> Result<(), StoreError> {
    let printable = name.bytes().all(|byte| byte.is_ascii_graphic());
    if name.is_empty() || name.len() > NAME_MAX || !printable {
        return Err(StoreError::invalid(format!(
            "{what} name {name:?} must be 1 to {NAME_MAX} printable ASCII characters"
        )));
    }
    Ok(())
}

/// Checks a batch before any engine sees it.
///
/// # Errors
/// [`StoreError::Invalid`] if the batch is empty, repeats an id, has a bad type name or more than
/// [`APPEND_MAX`] bytes.
pub fn check_batch(events: &[NewEvent]) -> Result<(), StoreError> {
    if events.is_empty() {
        return Err(StoreError::invalid("an append needs at least one event".to_owned()));
    }
    let bytes: usize = events.iter().map(NewEvent::bytes).sum();
    if bytes > APPEND_MAX {
        return Err(StoreError::invalid(format!(
            "an append of {bytes} bytes; it may have {APPEND_MAX}"
        )));
    }
    let mut seen = HashSet::with_capacity(events.len());
    for event in events {
        check_name("event type", &event.event_type)?;
        if !seen.insert(event.id) {
            return Err(StoreError::invalid(format!("event id {} twice in one append", event.id)));
        }
    }
    Ok(())
}
