//! A caller as the engine is one: repeats an append that was not acknowledged, with the same ids at the
//! same revision, and a read that failed.

use std::time::Duration;

use async_trait::async_trait;
use event_store::{
    Appended, EventStore, Expected, Follower, NewEvent, Position, RecordedEvent, StoreError,
    StreamName,
};
use event_store_kurrentdb::KurrentStore;

const TRIES: usize = 40;
const PAUSE: Duration = Duration::from_millis(20);

pub(crate) struct Patient(pub(crate) KurrentStore);

/// Repeats while the store is not available.
macro_rules! patiently {
    ($ask:expr) => {{
        let mut result = $ask.await;
        for _ in 0..TRIES {
            if !matches!(result, Err(StoreError::Unavailable { .. })) {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            result = $ask.await;
        }
        result
    }};
}

#[async_trait]
impl EventStore for Patient {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        patiently!(self.0.append(stream, expected, events.clone()))
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        patiently!(self.0.read(stream, from, limit))
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        patiently!(self.0.read_all(after, limit))
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        patiently!(self.0.head())
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        Ok(Box::new(PatientFollower(self.0.follow(after).await?)))
    }
}

struct PatientFollower(Box<dyn Follower>);

#[async_trait]
impl Follower for PatientFollower {
    async fn next(&mut self, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        patiently!(self.0.next(limit))
    }
}
