//! The port itself. Its comments are the contract; [`crate::contract`] checks them.

use std::sync::Arc;

use async_trait::async_trait;

use crate::error::StoreError;
use crate::event::{NewEvent, RecordedEvent, StreamName};
use crate::position::Position;

/// Where the writer believes a stream to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The stream has no event yet.
    NoStream,
    /// The stream's last event has this revision.
    Exact(u64),
}

impl Expected {
    /// The stream's last revision that this expects.
    #[must_use]
    pub const fn last(self) -> Option<u64> {
        match self {
            Self::NoStream => None,
            Self::Exact(revision) => Some(revision),
        }
    }

    /// The revision that the next event gets. A writer who expects the last of all numbers gets
    /// it again; no stream is there, so this is a conflict and no overflow.
    #[must_use]
    pub const fn next(self) -> u64 {
        match self {
            Self::NoStream => 0,
            Self::Exact(revision) => revision.saturating_add(1),
        }
    }
}

impl From<Option<u64>> for Expected {
    fn from(last: Option<u64>) -> Self {
        last.map_or(Self::NoStream, Self::Exact)
    }
}

/// What an append reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Revision of the last event of the append.
    pub revision: u64,
    /// Position of the last event of the append.
    pub position: Position,
}

/// An append-only store of event streams.
///
/// Calls may be made from any number of tasks at once. A future that is dropped may or may not
/// have had its effect; repeat the append with the same ids to find out.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// Appends all `events` to `stream`, or none, if the stream is where the writer expects it.
    /// When this returns `Ok`, they are on disk and every later read and follow sees them.
    ///
    /// Repeating an append (same stream, same expectation, same ids in the same order) after any
    /// outcome succeeds with the result that the first one had, and writes nothing. The caller
    /// retries, never the engine.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the actual revision, after nothing was written;
    /// [`StoreError::Unavailable`], saying whether the events may have been written;
    /// [`StoreError::Corrupt`]; [`StoreError::Invalid`] for an empty batch, a repeated id or a
    /// bad name.
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError>;

    /// Up to `limit` events of `stream` from revision `from` on, in order. Empty if there are
    /// none; a stream that does not exist is an empty one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError>;

    /// Up to `limit` events of the whole log after `after` (`None`: from the beginning), in log
    /// order. Empty only at the end of the log.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError>;

    /// The position of the last event in the log, `None` if the log is empty.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    async fn head(&self) -> Result<Option<Position>, StoreError>;

    /// Follows the log after `after` (`None`: from the beginning) for ever: first what is there,
    /// then what is appended, each event once and in log order. A slow follower slows nobody
    /// else and holds no more than one batch in memory.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError>;
}

/// A place in the log that moves forward. Owned by one task.
#[async_trait]
pub trait Follower: Send {
    /// The next events, at least one and at most `limit` (0 counts as 1); waits until there are
    /// some. The waiting may be cancelled without losing any.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] (call again: nothing is skipped), [`StoreError::Corrupt`].
    async fn next(&mut self, limit: usize) -> Result<Vec<RecordedEvent>, StoreError>;
}

/// The first event in the log that is somebody's history; `None` where there is none yet. It tells one
/// log from another.
///
/// # Errors
/// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
pub async fn first_of_history(store: &dyn EventStore) -> Result<Option<RecordedEvent>, StoreError> {
    const PAGE: usize = 100;
    let mut after = None;
    loop {
        let events = store.read_all(after, PAGE).await?;
        let Some(last) = events.last() else { return Ok(None) };
        after = Some(last.position);
        let first = events.into_iter().find(|event| !event.stream.is_aside());
        if first.is_some() {
            return Ok(first);
        }
    }
}

#[async_trait]
impl<S: EventStore + ?Sized> EventStore for Arc<S> {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        (**self).append(stream, expected, events).await
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        (**self).read(stream, from, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        (**self).read_all(after, limit).await
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        (**self).head().await
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        (**self).follow(after).await
    }
}
