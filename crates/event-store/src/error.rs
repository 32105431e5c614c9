//! What can go wrong, sorted by what a caller can do about it. Deliberately absent: the inner
//! workings of any engine.

/// Why a store did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The stream is not at the expected revision. Load what is new, decide again.
    #[error("the stream is at {}, not where the writer expected it", at(*.actual))]
    Conflict {
        /// The stream's last revision; `None` if the stream does not exist.
        actual: Option<u64>,
    },
    /// The store cannot be reached or is full. Repeat later, with the same event ids and the same
    /// expected revision.
    #[error("the store is not available{}: {detail}", maybe(*.maybe_written))]
    Unavailable {
        /// Whether the events may be in the store all the same.
        maybe_written: bool,
        /// For the log of the operator.
        detail: String,
    },
    /// What the store holds contradicts itself. Stop, and call a person.
    #[error("the store is damaged: {detail}")]
    Corrupt {
        /// For the log of the operator.
        detail: String,
    },
    /// The request itself is wrong; repeating it is useless.
    #[error("invalid input: {detail}")]
    Invalid {
        /// For the programmer.
        detail: String,
    },
}

impl StoreError {
    /// A request that is wrong in itself.
    #[must_use]
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::Invalid { detail: detail.into() }
    }

    /// A store whose content contradicts itself.
    #[must_use]
    pub fn corrupt(detail: impl Into<String>) -> Self {
        Self::Corrupt { detail: detail.into() }
    }
}

fn at(actual: Option<u64>) -> String {
    actual.map_or_else(|| "no event yet".to_owned(), |revision| format!("revision {revision}"))
}

fn maybe(maybe_written: bool) -> &'static str {
    if maybe_written { " (the events may have been written)" } else { "" }
}
