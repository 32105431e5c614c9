//! A store whose followers get the log in slices of random size, and at some point no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use event_store::{
    Appended, EventStore, Expected, Follower, MemoryStore, NewEvent, Position, RecordedEvent,
    StoreError, StreamName,
};

/// The sliced view of a store.
#[derive(Clone)]
pub(crate) struct Slices {
    store: Arc<MemoryStore>,
    seed: u64,
    /// After about so many events nothing more comes, as if the process had ended.
    events: usize,
    /// Whether the log seems empty to whoever asks for its head.
    empty_at_first: bool,
    cut: Arc<AtomicBool>,
}

impl Slices {
    pub(crate) fn new(
        store: Arc<MemoryStore>,
        seed: u64,
        events: usize,
        empty_at_first: bool,
    ) -> Self {
        Self { store, seed, events, empty_at_first, cut: Arc::default() }
    }

    /// Waits until everything before the cut has been handed out.
    pub(crate) async fn wait_until_cut(&self) {
        while !self.cut.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    }
}

#[async_trait]
impl EventStore for Slices {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        self.store.append(stream, expected, events).await
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.store.read(stream, from, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.store.read_all(after, limit).await
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        if self.empty_at_first { Ok(None) } else { self.store.head().await }
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        let inner = self.store.follow(after).await?;
        let (left, random) = (self.events, self.seed | 1);
        Ok(Box::new(Slicer { inner, left, random, cut: self.cut.clone() }))
    }
}

struct Slicer {
    inner: Box<dyn Follower>,
    left: usize,
    random: u64,
    cut: Arc<AtomicBool>,
}

#[async_trait]
impl Follower for Slicer {
    async fn next(&mut self, _: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        if self.left == 0 {
            self.cut.store(true, Ordering::SeqCst);
            std::future::pending::<()>().await;
        }
        // xorshift64
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let slice = (self.random % 9) as usize + 1;
        let events = self.inner.next(slice.min(self.left)).await?;
        self.left -= events.len();
        Ok(events)
    }
}
