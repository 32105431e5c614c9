//! Why a command had no effect, sorted by what the caller can do.

use codec::{DecodeError, EvidenceError, KeyringError};
use event_store::StoreError;
use procedure::Refused;

use crate::evidence::EvidenceRefusal;
use crate::password::PasswordError;
use crate::personal::TextError;

/// Why a command had no effect.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A rule forbids it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A text cannot be taken in.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A password cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// An evidence file cannot be taken in, or cannot be read.
    #[error(transparent)]
    Evidence(#[from] EvidenceRefusal),
    /// The caller decided on an older state. Show what changed, let him decide again.
    #[error("the caller expected revision {expected}, the stream is at {}", at(*.actual))]
    Stale {
        /// What the caller had seen.
        expected: u64,
        /// Where the stream is; `None` if it does not exist.
        actual: Option<u64>,
    },
    /// The command id stands for another request already.
    #[error("the command id was used for another request")]
    CommandIdReused,
    /// Too many others act on the same thing at once. Repeat.
    #[error("the stream changed {attempts} times while the command was being decided")]
    Contended {
        /// How often it was tried.
        attempts: u32,
    },
    /// The store or the keys cannot be reached. Repeat with the same command id.
    #[error("not available: {detail}")]
    Unavailable {
        /// Whether the command may have had its effect all the same.
        maybe_done: bool,
        /// For the log of the operator.
        detail: String,
    },
    /// What is stored cannot be read. Stop, and call a person.
    #[error("the store holds what cannot be read: {0}")]
    Corrupt(String),
}

fn at(actual: Option<u64>) -> String {
    actual.map_or_else(|| "no event yet".to_owned(), |revision| format!("revision {revision}"))
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { maybe_written, detail } => {
                Self::Unavailable { maybe_done: maybe_written, detail }
            }
            other => Self::Corrupt(other.to_string()),
        }
    }
}

impl From<DecodeError> for EngineError {
    fn from(error: DecodeError) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<codec::metadata::InvalidMetadata> for EngineError {
    fn from(error: codec::metadata::InvalidMetadata) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<EvidenceError> for EngineError {
    fn from(error: EvidenceError) -> Self {
        Self::Unavailable { maybe_done: false, detail: error.to_string() }
    }
}

impl From<KeyringError> for EngineError {
    fn from(error: KeyringError) -> Self {
        Self::Unavailable { maybe_done: false, detail: error.to_string() }
    }
}
