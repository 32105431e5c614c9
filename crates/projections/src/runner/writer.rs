//! The thread that writes: takes decoded batches, applies them, commits, and tells how far it is.
//! Deliberately absent: reading the log; the runner's task does it meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use event_store::Position;
use tokio::sync::{mpsc, watch};

use crate::apply::Applier;
use crate::decode::{Batch, Decoded, Poison};
use crate::error::ReadError;
use crate::models::make_indexes;
use crate::runner::{Progress, Status};

/// Applies batches on a thread of its own.
pub(super) struct Writer {
    pub(super) applier: Applier,
    pub(super) tell: watch::Sender<Progress>,
    /// Where the log ended when the runner began. Up to there, many batches make one transaction:
    /// most of its cost is the pages that it touches. From there on, readers want what is new, and
    /// their indexes.
    pub(super) head: Option<Position>,
    pub(super) indexed: bool,
    pub(super) counted: Arc<AtomicU64>,
    pub(super) dropped: Arc<AtomicBool>,
}

impl Writer {
    pub(super) fn run(mut self, mut batches: mpsc::Receiver<Batch>) {
        self.index_if_caught_up();
        let mut result = Ok(());
        while result.is_ok() && !self.is_dropped() {
            match batches.blocking_recv() {
                Some(batch) => result = self.apply(batch),
                None => break,
            }
        }
        if result.is_ok() && !self.is_dropped() {
            result = self.commit();
        }
        if let Err(poison) = result {
            let Poison { position, event_type, detail } = poison;
            tracing::error!(%position, event_type, detail, "the read models have stopped");
            let position = Some(position);
            self.tell.send_modify(|progress| {
                progress.status = Status::Stopped { position, event_type, detail };
            });
        }
    }

    fn is_dropped(&self) -> bool {
        self.dropped.load(Ordering::SeqCst)
    }

    fn apply(&mut self, batch: Batch) -> Result<(), Poison> {
        self.apply_events(&batch)?;
        match batch.poison {
            Some(poison) => self.commit().and(Err(poison)),
            None => Ok(()),
        }
    }

    fn apply_events(&mut self, batch: &Batch) -> Result<(), Poison> {
        let Some(first) = batch.events.first() else { return Ok(()) };
        self.applier.begin().map_err(|error| poison_at(first, &error))?;
        // Asked for when the file is locked: a runner that comes after this one waits for the lock
        // before it looks how far the file is.
        if self.is_dropped() {
            return Ok(());
        }
        let applied = self.applier.apply(&batch.events);
        self.counted.store(self.applier.entries(), Ordering::Relaxed);
        if let Err(failed) = applied {
            let event = batch.events.get(failed.index).unwrap_or(first);
            // What stands before the event that failed still counts.
            self.commit()?;
            return Err(poison_at(event, &failed.error));
        }
        if self.applier.position() >= self.head || self.applier.is_full() {
            self.commit()?;
        }
        self.index_if_caught_up();
        Ok(())
    }

    /// Ends the transaction, if one is open, and tells how far the file is.
    fn commit(&mut self) -> Result<(), Poison> {
        let position = self.applier.position();
        if self.tell.borrow().position == position {
            return Ok(());
        }
        self.applier.commit().map_err(|error| Poison {
            position: position.unwrap_or(Position::new(0, 0)),
            event_type: String::new(),
            detail: error.to_string(),
        })?;
        let entries = self.applier.entries();
        self.tell
            .send_modify(|progress| (progress.position, progress.entries) = (position, entries));
        Ok(())
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

fn poison_at(event: &Decoded, error: &ReadError) -> Poison {
    Poison {
        position: event.position,
        event_type: event.event_type.to_string(),
        detail: error.to_string(),
    }
}
