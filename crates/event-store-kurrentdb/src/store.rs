//! The engine as callers see it.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use event_store::event::check_batch;
use event_store::{
    Appended, EventStore, Expected, Follower, NewEvent, Position, RecordedEvent, StoreError,
    StreamName,
};
use kurrentdb::Client;

use crate::address::Address;
use crate::connection::Repeat;
use crate::follow::KurrentFollower;
use crate::log::Log;

/// One log in a KurrentDB cluster. Clones share the connection.
#[derive(Clone)]
pub struct KurrentStore {
    log: Arc<Log>,
    shown: Arc<str>,
}

impl KurrentStore {
    /// A store that connects when it is first asked for something.
    #[must_use]
    pub fn new(address: &Address) -> Self {
        Self { log: Arc::new(Log::new(address)), shown: address.to_string().into() }
    }

    /// The version of the server that answers, as `major.minor.patch`; `0.0.0` where it does not say.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn server_version(&self) -> Result<String, StoreError> {
        let asked = self.log.connection.call(Repeat::Harmless, |client: Client| async move {
            Ok(client.server_info().await?.version())
        });
        let version = asked.await.map_err(|fault| fault.into_store_error(false))?;
        Ok(format!("{}.{}.{}", version.major(), version.minor(), version.patch()))
    }

    /// Deletes a stream of checks for ever; any other is refused.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for a stream of anybody's history; [`StoreError::Unavailable`].
    pub async fn bury(&self, stream: &StreamName) -> Result<(), StoreError> {
        self.log.bury(stream).await
    }
}

impl fmt::Debug for KurrentStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KurrentStore").field(&self.shown).finish()
    }
}

#[async_trait]
impl EventStore for KurrentStore {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        check_batch(&events)?;
        self.log.append(stream, expected, &events).await
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.log.stream(stream, from, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        Ok(self.log.page(after, limit).await?.events)
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        self.log.head().await
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        Ok(Box::new(KurrentFollower::new(self.log.clone(), after)))
    }
}
