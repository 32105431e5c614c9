//! Folded states at hand, each brought up to date from the store before it is used.
//!
//! A state in the cache is never trusted by itself: the tail of its stream is read first, which
//! costs a store that knows its own heads next to nothing. Deliberately absent: snapshots on disk;
//! streams are short.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use codec::Metadata;
use event_store::{EventStore, Position, RecordedEvent, StreamName};
use lru::LruCache;
use procedure::Aggregate;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use uuid::Uuid;

use crate::error::EngineError;

/// How many events are read from a stream at once.
const PAGE: usize = 500;

/// The streams of one aggregate type.
pub(crate) struct Repository<A> {
    store: Arc<dyn EventStore>,
    cache: Mutex<LruCache<StreamName, Arc<AsyncMutex<Loaded<A>>>>>,
}

/// An aggregate as far as its stream has been read.
pub(crate) struct Loaded<A> {
    /// The folded state; shared with whoever decides by it.
    pub(crate) state: Arc<A>,
    /// Last revision read; `None` before the first event.
    pub(crate) revision: Option<u64>,
    /// The commands that its events follow from.
    commands: Vec<Trace>,
}

/// What a command left in a stream.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    pub(crate) command: Uuid,
    pub(crate) fingerprint: String,
    pub(crate) events: usize,
    pub(crate) revision: u64,
    pub(crate) position: Position,
}

impl<A: Aggregate> Repository<A> {
    pub(crate) fn new(store: Arc<dyn EventStore>, capacity: NonZeroUsize) -> Self {
        Self { store, cache: Mutex::new(LruCache::new(capacity)) }
    }

    /// The aggregate's present state.
    pub(crate) async fn state(&self, stream: &StreamName) -> Result<Arc<A>, EngineError> {
        Ok(self.lock(stream).await?.state.clone())
    }

    /// The last revision of its stream; `None` before the first event.
    pub(crate) async fn revision(&self, stream: &StreamName) -> Result<Option<u64>, EngineError> {
        Ok(self.lock(stream).await?.revision)
    }

    /// The aggregate's present state with the revision that it is of.
    pub(crate) async fn state_at(
        &self,
        stream: &StreamName,
    ) -> Result<(Arc<A>, Option<u64>), EngineError> {
        let loaded = self.lock(stream).await?;
        Ok((loaded.state.clone(), loaded.revision))
    }

    /// The aggregate, brought up to date and kept from other commands of this process until the
    /// guard is dropped. Other processes are kept off by the expected revision alone.
    pub(crate) async fn lock(
        &self,
        stream: &StreamName,
    ) -> Result<OwnedMutexGuard<Loaded<A>>, EngineError> {
        let mut loaded = self.entry(stream).lock_owned().await;
        self.refresh(stream, &mut loaded).await?;
        Ok(loaded)
    }

    /// Reads what has been appended since.
    pub(crate) async fn refresh(
        &self,
        stream: &StreamName,
        loaded: &mut Loaded<A>,
    ) -> Result<(), EngineError> {
        loop {
            let from = loaded.revision.map_or(0, |revision| revision + 1);
            let events = self.store.read(stream, from, PAGE).await?;
            for event in &events {
                loaded.fold(event)?;
            }
            if events.len() < PAGE {
                return Ok(());
            }
        }
    }

    fn entry(&self, stream: &StreamName) -> Arc<AsyncMutex<Loaded<A>>> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.get_or_insert(stream.clone(), Arc::default).clone()
    }
}

impl<A: Aggregate> Default for Loaded<A> {
    fn default() -> Self {
        Self { state: Arc::default(), revision: None, commands: Vec::new() }
    }
}

impl<A: Aggregate> Loaded<A> {
    /// What the command left here, if it was carried out before.
    pub(crate) fn trace(&self, command: Uuid) -> Option<&Trace> {
        self.commands.iter().find(|trace| trace.command == command)
    }

    /// Takes in one event of the stream.
    fn fold(&mut self, event: &RecordedEvent) -> Result<(), EngineError> {
        let metadata = Metadata::decode(&event.metadata)?;
        let read = codec::decode(&event.event_type, metadata.schema, &event.data)?;
        Arc::make_mut(&mut self.state).evolve(&read);
        let command = metadata.command;
        self.note(command.id, command.fingerprint, event.revision, event.position);
        Ok(())
    }

    /// Takes in events that were just appended, without reading them back.
    pub(crate) fn appended(
        &mut self,
        events: &[A::Event],
        command: Uuid,
        fingerprint: &str,
        appended: event_store::Appended,
    ) {
        let first = (appended.revision + 1).saturating_sub(events.len() as u64);
        for (event, revision) in events.iter().zip(first..) {
            Arc::make_mut(&mut self.state).evolve(event);
            self.note(command, fingerprint.to_owned(), revision, appended.position);
        }
    }

    fn note(&mut self, command: Uuid, fingerprint: String, revision: u64, position: Position) {
        self.revision = Some(revision);
        match self.commands.last_mut() {
            Some(last) if last.command == command => {
                last.events += 1;
                (last.revision, last.position) = (revision, position);
            }
            _ => self.commands.push(Trace { command, fingerprint, events: 1, revision, position }),
        }
    }
}
