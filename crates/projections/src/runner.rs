//! Follows the log and keeps the read models up to date.
//!
//! A task fetches and decodes a batch while a thread of its own applies the one before. What was
//! in the log when the runner began is committed in large transactions, then each batch by itself. An event that cannot be handled stops the runner at that position, for all
//! to see. Deliberately absent: skipping events, and any clock.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use codec::Keyring;
use event_store::{EventStore, Position, StoreError, first_of_history};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::apply::{Applier, Origin};
use crate::decode::{Batch, Poison, decode};
use crate::error::ReadError;
use crate::models::{ReadModels, Readers, open_to_write, remove};

mod writer;

use writer::Writer;

/// Most events of a batch.
const BATCH: usize = 4096;
/// Batches that may wait, decoded.
const AHEAD: usize = 2;
/// How often whoever waits is told how many events have been counted.
const TELL: Duration = Duration::from_millis(100);
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
    /// Events counted and not yet committed included, for whoever shows progress.
    counted: Arc<AtomicU64>,
    /// Set when it is dropped: nothing more is to be committed.
    dropped: Arc<AtomicBool>,
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
        Self::open(path, store, keyring, Readers::Beside).await
    }

    /// The same, on a file that may be one without readers.
    pub(crate) async fn open(
        path: &Path,
        store: Arc<dyn EventStore>,
        keyring: Arc<dyn Keyring>,
        readers: Readers,
    ) -> Result<Self, ReadError> {
        let file = path.to_owned();
        let first = first_of_history(&*store).await?;
        let log = (first.map(|event| Origin::of(event.id, event.position)), store.head().await?);
        // Waits for a writer that is just ending, which may need this thread to end.
        let opening = spawn_blocking(move || open_for(&file, readers, &log));
        let applier = opening.await.map_err(|_| ReadError::Ended)??;
        let (entries, position) = (applier.entries(), applier.position());
        let (tell, progress) =
            watch::channel(Progress { position, entries, status: Status::Following });
        let (send, receive) = mpsc::channel(AHEAD);
        let head = store.head().await?;
        let counted = Arc::new(AtomicU64::new(entries));
        let dropped = Arc::new(AtomicBool::new(false));
        let writer = Writer {
            applier,
            tell,
            head,
            indexed: false,
            counted: counted.clone(),
            dropped: dropped.clone(),
        };
        let applier = thread::Builder::new()
            .name("read-models".to_owned())
            .spawn(move || writer.run(receive))?;
        let fetcher = tokio::spawn(fetch(store, keyring, position, send));
        let (models, applier) = (ReadModels::at(path), Some(applier));
        Ok(Self { models, progress, counted, dropped, fetcher, applier })
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

    /// Waits until they have counted everything up to `position`, however long it takes. `tell`
    /// hears of events as they are counted, which may be before they can be read.
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
                let entries = self.counted.load(Ordering::Relaxed);
                tell(&Progress { entries, ..now.clone() });
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
            if let Ok(Err(_)) = tokio::time::timeout(TELL, progress.changed()).await {
                return Err(ReadError::Ended);
            }
        }
    }

    /// Ends after the batch at hand.
    pub async fn stop(mut self) {
        self.fetcher.abort();
        if let Some(applier) = self.applier.take() {
            let _ = spawn_blocking(move || applier.join()).await;
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.dropped.store(true, Ordering::SeqCst);
        self.fetcher.abort();
    }
}

/// The file to write, for the log that begins and ends there. One that was computed from another log,
/// or from more of it than there is, is thrown away: positions of one log mean nothing in another.
fn open_for(
    file: &Path,
    readers: Readers,
    (origin, head): &(Option<Origin>, Option<Position>),
) -> Result<Applier, ReadError> {
    let applier = Applier::new(open_to_write(file, readers)?)?;
    let fits = applier.origin() == origin.as_ref() && applier.position() <= *head;
    if applier.entries() == 0 || fits {
        return Ok(applier);
    }
    tracing::warn!(file = %file.display(), "read models of another log; building them anew");
    drop(applier);
    remove(file)?;
    Applier::new(open_to_write(file, readers)?)
}

/// Fetches and decodes, as far ahead as there is room.
async fn fetch(
    store: Arc<dyn EventStore>,
    keyring: Arc<dyn Keyring>,
    mut after: Option<Position>,
    send: mpsc::Sender<Batch>,
) {
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
                let keys = keyring.clone();
                let decoded = spawn_blocking(move || decode(events, &*keys)).await;
                let Ok(batch) = decoded else { return };
                let poisoned = batch.poison.is_some();
                if send.send(batch).await.is_err() || poisoned {
                    return;
                }
            }
            Err(StoreError::Unavailable { detail, .. }) => {
                // The follower stays where it is: it alone knows which event it has seen last.
                tracing::warn!(detail, "the event store is not available to the read models");
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
