//! A store that fails by script, around any other: the two ways in which a storage step fails are
//! "not done" and "done, but the answer was lost". For tests of everything that appends.
//!
//! Deliberately absent: failing reads; they have no effect to be unsure about.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::error::StoreError;
use crate::event::{NewEvent, RecordedEvent, StreamName};
use crate::position::Position;
use crate::store::{Appended, EventStore, Expected, Follower};

/// What happens to one append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing unusual.
    Pass,
    /// Not written, and the store knows: `Unavailable { maybe_written: false }`.
    Refused,
    /// Not written, and nobody knows: `Unavailable { maybe_written: true }`.
    Lost,
    /// Written (or answered by the inner store as it may be), but the answer is lost:
    /// `Unavailable { maybe_written: true }`.
    Kept,
}

/// Wraps a store and makes its appends fail by script, one entry per append; without a script
/// (any more) all pass.
#[derive(Debug)]
pub struct Faulty<S> {
    inner: S,
    script: Mutex<VecDeque<Fault>>,
}

impl<S> Faulty<S> {
    /// Wraps `inner` under a script.
    pub fn new(inner: S, script: impl IntoIterator<Item = Fault>) -> Self {
        Self { inner, script: Mutex::new(script.into_iter().collect()) }
    }

    /// The store inside.
    pub const fn inner(&self) -> &S {
        &self.inner
    }

    /// Writes more script after what is left of it.
    pub fn extend(&self, script: impl IntoIterator<Item = Fault>) {
        self.script().extend(script);
    }

    /// Number of entries of the script that no append has met yet.
    pub fn remaining(&self) -> usize {
        self.script().len()
    }

    fn script(&self) -> MutexGuard<'_, VecDeque<Fault>> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unavailable(maybe_written: bool) -> StoreError {
    StoreError::Unavailable { maybe_written, detail: "a fault by script".to_owned() }
}

#[async_trait]
impl<S: EventStore> EventStore for Faulty<S> {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        let fault = self.script().pop_front().unwrap_or(Fault::Pass);
        match fault {
            Fault::Pass => self.inner.append(stream, expected, events).await,
            Fault::Refused => Err(unavailable(false)),
            Fault::Lost => Err(unavailable(true)),
            Fault::Kept => {
                let _lost = self.inner.append(stream, expected, events).await;
                Err(unavailable(true))
            }
        }
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.inner.read(stream, from, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.inner.read_all(after, limit).await
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        self.inner.head().await
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        self.inner.follow(after).await
    }
}
