//! The reference implementation of the port: everything in memory, nothing durable. For tests, and
//! to read what an engine has to do without its storage in the way.
//!
//! Deliberately absent: persistence and speed at scale.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tokio::sync::watch;

use crate::error::StoreError;
use crate::event::{NewEvent, RecordedEvent, StreamName, check_batch};
use crate::position::Position;
use crate::store::{Appended, EventStore, Expected, Follower};

/// An event store in memory. Clones share one log.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    log: Mutex<Log>,
    /// Number of events in the log; followers wait for it to change.
    length: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Log {
    /// The event at index `n` has position `n + 1`.
    events: Vec<RecordedEvent>,
    /// For each stream, the index of each of its revisions.
    streams: HashMap<StreamName, Vec<usize>>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        let (length, _) = watch::channel(0);
        Self { shared: Arc::new(Shared { log: Mutex::default(), length }) }
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Shared {
    /// A panic elsewhere leaves no half-made append: each is one `extend` after all checks.
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn append(
        &mut self,
        stream: &StreamName,
        expected: Expected,
        new: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        let indexes = self.streams.get(stream).map_or(&[][..], Vec::as_slice);
        let actual = (indexes.len() as u64).checked_sub(1);
        if actual != expected.last() {
            let from = usize::try_from(expected.next()).unwrap_or(usize::MAX);
            let there = indexes.get(from..).unwrap_or_default();
            return self.repeated(there, &new).ok_or(StoreError::Conflict { actual });
        }
        let start = self.events.len();
        let end = start + new.len();
        let first = expected.next();
        self.events.extend(new.into_iter().zip(0_u64..).map(|(event, offset)| RecordedEvent {
            position: position_at(start + offset as usize),
            stream: stream.clone(),
            revision: first + offset,
            id: event.id,
            event_type: event.event_type,
            metadata: event.metadata,
            data: event.data,
        }));
        self.streams.entry(stream.clone()).or_default().extend(start..end);
        Ok(Appended { revision: first + (end - start) as u64 - 1, position: position_at(end - 1) })
    }

    /// What the first of two equal appends returned, if the events are `there` already.
    fn repeated(&self, there: &[usize], new: &[NewEvent]) -> Option<Appended> {
        let there = there.get(..new.len())?;
        let same = there.iter().zip(new).all(|(&index, event)| self.events[index].id == event.id);
        let last = &self.events[*there.last()?];
        same.then_some(Appended { revision: last.revision, position: last.position })
    }

    fn read_all(&self, after: Option<Position>, limit: usize) -> Vec<RecordedEvent> {
        let from = self.events.partition_point(|event| Some(event.position) <= after);
        self.events[from..].iter().take(limit).cloned().collect()
    }
}

fn position_at(index: usize) -> Position {
    Position::new(index as u64 + 1, 0)
}

#[async_trait]
impl EventStore for MemoryStore {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        check_batch(&events)?;
        let mut log = self.shared.log();
        let appended = log.append(stream, expected, events)?;
        // Told under the lock, so that the length never goes back.
        self.shared.length.send_replace(log.events.len());
        Ok(appended)
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        let log = self.shared.log();
        let indexes = log.streams.get(stream).map_or(&[][..], Vec::as_slice);
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let wanted = indexes.get(from..).unwrap_or_default();
        Ok(wanted.iter().take(limit).map(|&index| log.events[index].clone()).collect())
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        Ok(self.shared.log().read_all(after, limit))
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        Ok(self.shared.log().events.last().map(|event| event.position))
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        let length = self.shared.length.subscribe();
        Ok(Box::new(MemoryFollower { shared: Arc::clone(&self.shared), length, after }))
    }
}

struct MemoryFollower {
    /// Keeps the sender alive, so that waiting never ends by itself.
    shared: Arc<Shared>,
    length: watch::Receiver<usize>,
    after: Option<Position>,
}

#[async_trait]
impl Follower for MemoryFollower {
    async fn next(&mut self, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        loop {
            // Marked as seen before reading: what comes between is noticed as a change.
            self.length.borrow_and_update();
            let events = self.shared.log().read_all(self.after, limit.max(1));
            if let Some(last) = events.last() {
                self.after = Some(last.position);
                return Ok(events);
            }
            if self.length.changed().await.is_err() {
                return Err(StoreError::Unavailable {
                    maybe_written: false,
                    detail: "the store was closed".to_owned(),
                });
            }
        }
    }
}
