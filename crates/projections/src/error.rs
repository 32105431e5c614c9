//! Why read models cannot be read or kept up to date.

use codec::KeyringError;
use event_store::{Position, StoreError};

/// Why read models cannot be read or kept up to date.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// SQLite refused.
    #[error("read models: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file cannot be made or replaced.
    #[error("read models: {0}")]
    Io(#[from] std::io::Error),
    /// The event store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys cannot be read.
    #[error(transparent)]
    Keys(#[from] KeyringError),
    /// An event could not be handled; nothing after it has been counted.
    #[error("stopped at {event_type} in position {position}: {detail}")]
    Stopped {
        /// Where.
        position: Position,
        /// Type of the event.
        event_type: String,
        /// Why.
        detail: String,
    },
    /// The read models have not reached the position yet.
    #[error("the read models have not reached position {0} yet")]
    Lagging(Position),
    /// A cursor that did not come from here.
    #[error("not a cursor of this list")]
    BadCursor,
    /// What is stored cannot be read.
    #[error("read models: {0}")]
    Corrupt(String),
    /// The runner has ended.
    #[error("the read models are followed no more")]
    Ended,
}

impl ReadError {
    /// Something stored that is not what it should be.
    pub(crate) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }
}
