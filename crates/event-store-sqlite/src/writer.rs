//! The one thread that writes. It takes whatever appends wait, without lingering for more, commits
//! them in one transaction, publishes the commit and then answers.
//!
//! It also moves the write-ahead log into the file. SQLite would do that by itself, but ignores
//! errors of that step: a flush that failed there could be repeated, "succeed", and the log that
//! still holds the lost pages would be overwritten.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

use event_store::event::APPEND_MAX;
use event_store::{Appended, Expected, NewEvent, StoreError, StreamName};
use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use crate::batch::{Batch, Changes, Judgement};
use crate::failure::{Failure, describe, end_process, is_io, lost_a_write};
use crate::heads::Heads;
use crate::lock::DataLock;
use crate::open::CACHE_KIB;

/// Most appends in one transaction.
const BATCH_APPENDS: usize = 512;

/// A transaction takes no more appends once it has this many bytes.
const BATCH_BYTES: usize = 8 << 20;

// A transaction fits the writer's cache several times, so none of it is written before its commit.
const _: () = assert!(4 * (BATCH_BYTES + APPEND_MAX) < (CACHE_KIB as usize) << 10);

/// Pages in the write-ahead log that make the writer move them into the file: 16 MB.
const CHECKPOINT_PAGES: i32 = 4096;

/// Pages at which the writer waits for readers, so that the log can start anew: 256 MB.
const RESTART_PAGES: i32 = 16 * CHECKPOINT_PAGES;

/// Event types remembered before the memory is started anew. There are some dozens.
const TYPES: usize = 10_000;

/// An append that waits.
struct Job {
    stream: StreamName,
    expected: Expected,
    events: Vec<NewEvent>,
    answer: oneshot::Sender<Judgement>,
}

impl Job {
    fn bytes(&self) -> usize {
        self.events.iter().map(|event| event.metadata.len() + event.data.len() + 64).sum()
    }
}

/// How much was written since the store was opened.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) commits: AtomicU64,
    pub(crate) appends: AtomicU64,
    pub(crate) events: AtomicU64,
}

/// The way to the thread. Dropping it lets the thread finish what waits, and waits for it.
pub(crate) struct WriterHandle {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    pub(crate) counters: Arc<Counters>,
    /// Released after the thread has closed its connection.
    _lock: DataLock,
}

impl WriterHandle {
    /// Starts the thread on a connection whose log ends at `last`.
    pub(crate) fn start(
        connection: Connection,
        last: i64,
        heads: Arc<Heads>,
        published: watch::Sender<i64>,
        lock: DataLock,
    ) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let counters = Arc::new(Counters::default());
        let writer = Writer {
            connection,
            waiting,
            heads,
            published,
            last,
            types: HashMap::new(),
            counters: Arc::clone(&counters),
            pages: Arc::new(AtomicI32::new(0)),
            checkpoint_at: CHECKPOINT_PAGES,
        };
        let thread = std::thread::Builder::new()
            .name("event-writer".to_owned())
            .spawn(move || writer.run())?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), counters, _lock: lock })
    }

    pub(crate) async fn append(
        &self,
        stream: StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Job { stream, expected, events, answer };
        let stopped = |maybe_written| StoreError::Unavailable {
            maybe_written,
            detail: "the writer of the event store has stopped".to_owned(),
        };
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        if !sent {
            return Err(stopped(false));
        }
        answered.await.unwrap_or_else(|_| Err(stopped(true)))
    }
}

impl Drop for WriterHandle {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was told to everybody who waited for it.
            let _ended = thread.join();
        }
    }
}

struct Writer {
    connection: Connection,
    waiting: Receiver<Job>,
    heads: Arc<Heads>,
    published: watch::Sender<i64>,
    last: i64,
    types: HashMap<Arc<str>, i64>,
    counters: Arc<Counters>,
    /// Pages in the write-ahead log after the last commit.
    pages: Arc<AtomicI32>,
    checkpoint_at: i32,
}

impl Writer {
    fn run(mut self) {
        self.watch_log();
        while let Some(jobs) = self.next_batch() {
            self.commit(jobs);
            self.checkpoint_if_due();
        }
    }

    /// Counts pages instead of SQLite's own checkpoints, which this replaces.
    fn watch_log(&mut self) {
        let pages = Arc::clone(&self.pages);
        let hook = move |_: &mut rusqlite::hooks::Wal, count| {
            pages.store(count, Ordering::Relaxed);
            Ok(())
        };
        if let Err(error) = self.connection.wal_hook(Some(hook)) {
            tracing::warn!(error = describe(&error), "SQLite moves its log by itself");
        }
    }

    /// What waits now, at least one append; `None` when nobody can send any more.
    fn next_batch(&self) -> Option<Vec<Job>> {
        let first = self.waiting.recv().ok()?;
        let mut bytes = first.bytes();
        let mut jobs = vec![first];
        while jobs.len() < BATCH_APPENDS && bytes < BATCH_BYTES {
            let Ok(job) = self.waiting.try_recv() else { break };
            bytes += job.bytes();
            jobs.push(job);
        }
        Some(jobs)
    }

    fn commit(&mut self, jobs: Vec<Job>) {
        match self.transact(&jobs) {
            Ok((judgements, changes)) => {
                if changes.events > 0 {
                    self.publish(changes, jobs.len());
                }
                for (job, judgement) in jobs.into_iter().zip(judgements) {
                    // Who has gone away will repeat the append to find out.
                    let _gone = job.answer.send(judgement);
                }
            }
            Err(failure) => {
                let error = StoreError::from(failure);
                for job in jobs {
                    let _gone = job.answer.send(Err(error.clone()));
                }
            }
        }
    }

    /// All of `jobs` in one transaction. On failure nothing of it is in the file.
    fn transact(&self, jobs: &[Job]) -> Result<(Vec<Judgement>, Changes), Failure> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut batch = Batch::new(&self.connection, &self.heads, &self.types, self.last);
        let judged: Result<Vec<_>, _> =
            jobs.iter().map(|job| batch.append(&job.stream, job.expected, &job.events)).collect();
        let changes = batch.changes;
        let judgements = judged.inspect_err(|failure| self.roll_back(failure))?;
        // Without changes this writes and flushes nothing.
        if let Err(error) = self.connection.execute_batch("COMMIT") {
            if is_io(&error) {
                end_process("a commit", &error);
            }
            let failure = Failure::Sqlite(error);
            self.roll_back(&failure);
            return Err(failure);
        }
        Ok((judgements, changes))
    }

    fn roll_back(&self, failure: &Failure) {
        if let Failure::Sqlite(error) = failure
            && lost_a_write(error)
        {
            // Pages can be written and flushed before the commit, when the cache overflows.
            end_process("a write", error);
        }
        // After some errors, a full disk among them, SQLite has rolled back already.
        if self.connection.is_autocommit() {
            return;
        }
        if let Err(error) = self.connection.execute_batch("ROLLBACK") {
            if is_io(&error) {
                end_process("a rollback", &error);
            }
            tracing::error!(error = describe(&error), "cannot roll back");
        }
    }

    /// Before anybody is told: whoever was told must find it.
    fn publish(&mut self, changes: Changes, appends: usize) {
        self.last = changes.last;
        if self.types.len() + changes.types.len() > TYPES {
            self.types.clear();
        }
        self.types.extend(changes.types);
        self.heads.publish(self.last, changes.streams);
        self.published.send_replace(self.last);
        self.counters.commits.fetch_add(1, Ordering::Relaxed);
        self.counters.appends.fetch_add(appends as u64, Ordering::Relaxed);
        self.counters.events.fetch_add(changes.events, Ordering::Relaxed);
    }

    fn checkpoint_if_due(&mut self) {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < self.checkpoint_at {
            if pages < CHECKPOINT_PAGES {
                self.checkpoint_at = CHECKPOINT_PAGES;
            }
            return;
        }
        // Readers that never pause can keep the log from starting anew; then it grows, and at some
        // size they are waited for, which takes as long as their shortest common query.
        let mode = if pages >= RESTART_PAGES { "RESTART" } else { "PASSIVE" };
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        match self.connection.query_row(&sql, (), |_| Ok(())) {
            Ok(()) => {}
            Err(error) if is_io(&error) => end_process("a checkpoint", &error),
            // A full disk: what is committed is safe in the log, and the log is tried to be moved
            // again after it has grown some more.
            Err(error) => tracing::warn!(error = describe(&error), "cannot move the log"),
        }
        self.checkpoint_at = pages.saturating_add(CHECKPOINT_PAGES / 4);
    }
}
