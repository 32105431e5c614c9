//! Follows the log and keeps the read models up to date.
//!
//! A task fetches and decodes a batch while a thread of its own applies the one before and commits
//! it with its position. An event that cannot be handled stops the runner at that position, for all
//! to see. Deliberately absent: skipping events, and any clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use codec::Keyring;
use event_store::{EventStore, Position, StoreError};
use rusqlite::Connection;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::apply::Applier;
use crate::decode::{Batch, Poison, decode};
use crate::error::ReadError;
use crate::models::{ReadModels, beside, make_indexes, open_to_write, remove};

/// Most events of a batch.
const BATCH: usize = 4096;
/// Batches that may wait, decoded.
const AHEAD: usize = 2;
/// Pause before the store is asked again after it could not be reached.
const PAUSE: Duration = Duration::from_millis(250);

/// How far the log has been followed.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// The last event counted.
    pub position: Option<Position>,
    /// How many events have been counted.
    pub entries: u64,
    /// Whether it goes on.
    pub status: Status,
}

/// Whether a runner goes on.
#[derive(Clone, Debug, Default)]
pub enum Status {
    /// It follows.
    #[default]
    Following,
    /// It stopped at an event that it cannot handle.
    Stopped {
        /// Where.
        position: Option<Position>,
        /// Type of the event.
        event_type: String,
        /// Why.
        detail: String,
    },
}

/// Keeps read models up to date until it is dropped or stopped.
pub struct Runner {
    models: ReadModels,
    progress: watch::Receiver<Progress>,
    fetcher: JoinHandle<()>,
    applier: Option<thread::JoinHandle<()>>,
}

impl Runner {
    /// Begins to follow the log where the file is.
    ///
    /// # Errors
    /// [`ReadError`] where the file or the log cannot be opened.
    pub async fn start(
        path: &Path,
        store: Arc<dyn EventStore>,
        keyring: Arc<dyn Keyring>,
    ) -> Result<Self, ReadError> {
        let (connection, position) = open(path)?;
        let applier = Applier::new(connection, keyring)?;
        let entries = applier.entries();
        let (tell, progress) =
            watch::channel(Progress { position, entries, status: Status::Following });
        let (send, receive) = mpsc::channel(AHEAD);
        let head = store.head().await?;
        let writer = Writer { applier, tell, head, indexed: false };
        let applier = thread::Builder::new()
            .name("read-models".to_owned())
            .spawn(move || writer.run(receive))?;
        let fetcher = tokio::spawn(fetch(store, position, send));
        Ok(Self { models: ReadModels::at(path), progress, fetcher, applier: Some(applier) })
    }

    /// The read models, to read.
    #[must_use]
    pub fn models(&self) -> &ReadModels {
        &self.models
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Waits until the read models have counted the event at `position`.
    ///
    /// # Errors
    /// [`ReadError::Lagging`] after `patience`, [`ReadError::Stopped`] if they never will.
    pub async fn wait_for(&self, position: Position, patience: Duration) -> Result<(), ReadError> {
        let reached = self.reach(Some(position), |_| {});
        match tokio::time::timeout(patience, reached).await {
            Ok(result) => result,
            Err(_) => Err(ReadError::Lagging(position)),
        }
    }

    /// Waits until they have counted everything up to `position`, however long it takes.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] if they never will.
    pub async fn reach(
        &self,
        position: Option<Position>,
        mut tell: impl FnMut(&Progress),
    ) -> Result<(), ReadError> {
        let mut progress = self.progress.clone();
        loop {
            {
                let now = progress.borrow_and_update();
                tell(&now);
                if now.position >= position {
                    return Ok(());
                }
                if let Status::Stopped { position, event_type, detail } = &now.status {
                    return Err(ReadError::Stopped {
                        position: position.unwrap_or(Position::new(0, 0)),
                        event_type: event_type.clone(),
                        detail: detail.clone(),
                    });
                }
            }
            progress.changed().await.map_err(|_| ReadError::Ended)?;
        }
    }

    /// Ends after the batch at hand.
    pub async fn stop(mut self) {
        self.fetcher.abort();
        if let Some(applier) = self.applier.take() {
            let _ = tokio::task::spawn_blocking(move || applier.join()).await;
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.fetcher.abort();
    }
}

/// Opens the file and reads how far it is.
fn open(path: &Path) -> Result<(Connection, Option<Position>), ReadError> {
    let connection = open_to_write(path)?;
    let sql = "SELECT position FROM progress";
    let position: Option<String> = connection.query_row(sql, (), |row| row.get(0))?;
    let position = position.map(|text| text.parse().map_err(ReadError::corrupt)).transpose()?;
    Ok((connection, position))
}

/// Fetches and decodes, as far ahead as there is room.
async fn fetch(store: Arc<dyn EventStore>, mut after: Option<Position>, send: mpsc::Sender<Batch>) {
    let mut follower = None;
    loop {
        let next = match &mut follower {
            None => match store.follow(after).await {
                Ok(opened) => {
                    follower = Some(opened);
                    continue;
                }
                Err(error) => Err(error),
            },
            Some(follower) => follower.next(BATCH).await,
        };
        match next {
            Ok(events) => {
                after = events.last().map(|event| event.position).or(after);
                let decoded = tokio::task::spawn_blocking(move || decode(events)).await;
                let Ok(batch) = decoded else { return };
                let poisoned = batch.poison.is_some();
                if send.send(batch).await.is_err() || poisoned {
                    return;
                }
            }
            Err(StoreError::Unavailable { detail, .. }) => {
                tracing::warn!(detail, "the event store is not available to the read models");
                follower = None;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => {
                let poison = Poison {
                    position: after.unwrap_or(Position::new(0, 0)),
                    event_type: String::new(),
                    detail: error.to_string(),
                };
                let _ = send.send(Batch { events: Vec::new(), poison: Some(poison) }).await;
                return;
            }
        }
    }
}

/// Applies batches on a thread of its own.
struct Writer {
    applier: Applier,
    tell: watch::Sender<Progress>,
    /// Where the log ended when the runner began: from there on, readers want their indexes.
    head: Option<Position>,
    indexed: bool,
}

impl Writer {
    fn run(mut self, mut batches: mpsc::Receiver<Batch>) {
        self.index_if_caught_up();
        while let Some(batch) = batches.blocking_recv() {
            if let Err(poison) = self.apply(batch) {
                let Poison { position, event_type, detail } = poison;
                tracing::error!(%position, event_type, detail, "the read models have stopped");
                let position = Some(position);
                self.tell.send_modify(|progress| {
                    progress.status = Status::Stopped { position, event_type, detail };
                });
                // The channel stays open for whoever asks how far it is.
                return;
            }
        }
    }

    fn apply(&mut self, batch: Batch) -> Result<(), Poison> {
        if !batch.events.is_empty() {
            self.apply_events(&batch)?;
        }
        batch.poison.map_or(Ok(()), Err)
    }

    fn apply_events(&mut self, batch: &Batch) -> Result<(), Poison> {
        if let Err(failed) = self.applier.apply(&batch.events) {
            let Some(event) = batch.events.get(failed.index) else { return Ok(()) };
            // What stands before the event that failed still counts.
            if failed.index > 0 && self.applier.apply(&batch.events[..failed.index]).is_ok() {
                self.told(batch.events[failed.index - 1].position);
            }
            return Err(Poison {
                position: event.position,
                event_type: event.event_type.to_string(),
                detail: failed.error.to_string(),
            });
        }
        if let Some(last) = batch.events.last() {
            self.told(last.position);
        }
        self.index_if_caught_up();
        Ok(())
    }

    fn told(&self, position: Position) {
        let entries = self.applier.entries();
        self.tell.send_modify(|progress| {
            progress.position = Some(position);
            progress.entries = entries;
        });
    }

    fn index_if_caught_up(&mut self) {
        if self.indexed || self.tell.borrow().position < self.head {
            return;
        }
        match make_indexes(self.applier.connection()) {
            Ok(()) => self.indexed = true,
            Err(error) => tracing::error!(%error, "the read models have no indexes"),
        }
    }
}

/// Builds the read models anew from the whole log, beside the old ones, and puts them in their
/// place. Returns the digest.
///
/// # Errors
/// [`ReadError`]; then the old ones stay.
pub async fn rebuild(
    path: &Path,
    store: Arc<dyn EventStore>,
    keyring: Arc<dyn Keyring>,
    tell: impl FnMut(&Progress),
) -> Result<String, ReadError> {
    let new: PathBuf = beside(path, ".new");
    remove(&new)?;
    let head = store.head().await?;
    let runner = Runner::start(&new, store, keyring).await?;
    runner.reach(head, tell).await?;
    let models = runner.models().clone();
    runner.stop().await;
    let digest = models.read(|reader| reader.digest()).await?;
    models.reopen();
    // The write-ahead log belongs to the file: empty it before the file gets another name.
    let connection = Connection::open(&new)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
    drop(connection);
    remove(path)?;
    std::fs::rename(&new, path)?;
    remove(&new)?;
    Ok(digest)
}
