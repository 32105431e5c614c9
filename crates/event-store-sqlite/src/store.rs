//! The engine as callers see it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use event_store::{
    Appended, EventStore, Expected, Follower, NewEvent, Position, RecordedEvent, StoreError,
    StreamName,
};
use tokio::sync::watch;

use crate::batch::position;
use crate::follow::SqliteFollower;
use crate::heads::{Glimpse, Heads};
use crate::lock::DataLock;
use crate::open::{OpenError, check_library, check_readable, open_writer, real_path};
use crate::pool::Pool;
use crate::reader::StreamQuery;
use crate::writer::WriterHandle;

/// How to open a store.
#[derive(Clone, Debug)]
pub struct Options {
    /// Most reading connections. They are opened when needed.
    pub readers: usize,
    /// Streams whose last revision is remembered; at most twice as many are. About 150 bytes each.
    pub cached_streams: usize,
    /// What the process is doing, for those who find the store held.
    pub purpose: String,
    /// Most pages of 4,096 bytes that the file may have; `None`: as many as the disk holds.
    pub max_pages: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            readers: (2 * cores).clamp(4, 32),
            cached_streams: 1 << 17,
            purpose: std::env::args().next().unwrap_or_else(|| "hieuhoc".to_owned()),
            max_pages: None,
        }
    }
}

/// What was written since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Transactions that wrote events; each is one flush of the disk.
    pub commits: u64,
    /// Appends answered by those transactions, refused ones included.
    pub appends: u64,
    /// Events written.
    pub events: u64,
}

/// An event store in one SQLite file. Clones share it; when the last is dropped, appends that wait
/// are finished and the file is closed. Followers do not keep it open: theirs is an error then.
#[derive(Clone)]
pub struct SqliteStore {
    pool: Arc<Pool>,
    /// `None`: opened for reading.
    writing: Option<Writing>,
}

#[derive(Clone)]
struct Writing {
    writer: Arc<WriterHandle>,
    heads: Arc<Heads>,
    published: watch::Receiver<i64>,
}

impl SqliteStore {
    /// Opens the store at `path` to read and write; creates it if there is no file. Blocks.
    ///
    /// # Errors
    /// [`OpenError`], among others if another process has it open for writing.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, OpenError> {
        check_library(rusqlite::version_number())?;
        let path = real_path(path.as_ref())?;
        let lock = DataLock::for_writer(&path, &options.purpose)?;
        let (connection, last) = open_writer(&path, options.max_pages)?;
        let heads = Arc::new(Heads::new(last, options.cached_streams));
        let (publish, published) = watch::channel(last);
        let writer = WriterHandle::start(connection, last, Arc::clone(&heads), publish, lock)
            .map_err(|source| OpenError::Io { path: path.clone(), source })?;
        let writing = Some(Writing { writer: Arc::new(writer), heads, published });
        Ok(Self { pool: Arc::new(Pool::new(path, options.readers)), writing })
    }

    /// Opens the store at `path` for reading, also while another process writes to it. Appends are
    /// refused; followers look for new events five times a second. Blocks.
    ///
    /// # Errors
    /// [`OpenError`], if there is no store.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        check_library(rusqlite::version_number())?;
        let path = path.as_ref();
        check_readable(path)?;
        let pool = Pool::new(real_path(path)?, Options::default().readers);
        Ok(Self { pool: Arc::new(pool), writing: None })
    }

    /// What this process has written; all zero if the store was opened for reading.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.writing.as_ref().map_or_else(Statistics::default, |writing| {
            let counters = &writing.writer.counters;
            Statistics {
                commits: counters.commits.load(Ordering::Relaxed),
                appends: counters.appends.load(Ordering::Relaxed),
                events: counters.events.load(Ordering::Relaxed),
            }
        })
    }

    /// The last position that may be shown, where this process writes and therefore knows.
    fn published(&self) -> Option<i64> {
        self.writing.as_ref().map(|writing| writing.heads.published())
    }
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").field("writing", &self.writing.is_some()).finish()
    }
}

/// A position as SQLite has it; 0 is before the first.
pub(crate) fn number(position: Option<Position>) -> i64 {
    position.map_or(0, |position| i64::try_from(position.major()).unwrap_or(i64::MAX))
}

#[async_trait]
impl EventStore for SqliteStore {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        event_store::event::check_batch(&events)?;
        let Some(writing) = &self.writing else {
            return Err(StoreError::invalid("the store was opened for reading only"));
        };
        writing.writer.append(stream.clone(), expected, events).await
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let glimpse: Option<Glimpse> = self.writing.as_ref().map(|w| w.heads.look(stream));
        let head = glimpse.and_then(|glimpse| glimpse.head);
        if let Some(head) = head
            && head.is_none_or(|known| from > known.last)
        {
            return Ok(Vec::new());
        }
        let query = StreamQuery {
            stream: stream.clone(),
            id: head.flatten().map(|known| known.id),
            from,
            limit,
            until: glimpse.map_or(i64::MAX, |glimpse| glimpse.published),
        };
        let (events, learnt) = self.pool.run(move |reader| reader.stream(&query)).await?;
        if let (Some(writing), Some(glimpse), Some(learnt)) = (&self.writing, glimpse, learnt) {
            writing.heads.learn(stream, glimpse, learnt);
        }
        Ok(events)
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        let (after, until) = (number(after), self.published().unwrap_or(i64::MAX));
        if limit == 0 || after >= until {
            return Ok(Vec::new());
        }
        self.pool.run(move |reader| reader.log(after, until, limit)).await
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        let last = match self.published() {
            Some(last) => last,
            None => self.pool.run(|reader| reader.last_position()).await?,
        };
        Ok((last > 0).then(|| position(last)))
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        let published = self.writing.as_ref().map(|writing| writing.published.clone());
        Ok(Box::new(SqliteFollower { pool: Arc::clone(&self.pool), after, published }))
    }
}
