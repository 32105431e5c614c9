//! Following the log: read what is there, then look again, soon after something happened and less often
//! while nothing does.
//!
//! Looking instead of subscribing is on purpose. A subscription of the client 1.2.0 stays with a node
//! that has lost the cluster and then says nothing, which looks like a quiet night; and it spins
//! without end where a response ends well. A look asks the leader each time, holds no more than the
//! page that was asked for, however slow the reader, and begins with the event seen last: if that is
//! another one now, history was rewritten, and nothing more is shown. What this process has appended is
//! looked for at once; what others have, after [`IDLE`] at the latest.
//!
//! Deliberately absent: a position of its own on disk.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use event_store::{Follower, Position, RecordedEvent, StoreError};
use tokio::sync::watch;
use uuid::Uuid;

use crate::log::{Log, Page};

/// How often it looks while nothing happens.
const IDLE: Duration = Duration::from_millis(200);
/// How soon it looks again after something did. Doubled with each look in vain.
const BUSY: Duration = Duration::from_millis(5);

pub(crate) struct KurrentFollower {
    log: Arc<Log>,
    written: watch::Receiver<u64>,
    after: Option<Position>,
    /// The event at that position, once it has been seen.
    seen: Option<Seen>,
    pause: Duration,
}

struct Seen {
    id: Uuid,
    /// May be gone one day: streams of checks are deleted.
    may_go: bool,
}

impl KurrentFollower {
    pub(crate) fn new(log: Arc<Log>, after: Option<Position>) -> Self {
        let written = log.written.subscribe();
        Self { log, written, after, seen: None, pause: BUSY }
    }

    /// Refuses to go on from an event that is not there any more.
    fn check(&self, page: &Page) -> Result<(), StoreError> {
        let (Some(after), Some(seen)) = (self.after, &self.seen) else { return Ok(()) };
        match page.at {
            Some(id) if id == seen.id => Ok(()),
            Some(id) => Err(StoreError::corrupt(format!(
                "the log was rewritten: at {after} stood event {}, and now stands {id}",
                seen.id
            ))),
            None if seen.may_go => Ok(()),
            // A node that has just become leader may not have indexed its end yet.
            None => Err(StoreError::Unavailable {
                maybe_written: false,
                detail: format!("event {} at {after} is not there (any more, or yet)", seen.id),
            }),
        }
    }

    async fn wait(&mut self) {
        // Whether somebody writes here, or nobody can any more: then only time passes.
        let written = async {
            if self.written.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        match tokio::time::timeout(self.pause, written).await {
            Ok(()) => self.pause = BUSY,
            Err(_) => self.pause = (self.pause * 2).min(IDLE),
        }
    }
}

#[async_trait]
impl Follower for KurrentFollower {
    async fn next(&mut self, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        loop {
            // Marked as seen before reading: what comes between is noticed as a change.
            self.written.mark_unchanged();
            let page = self.log.page(self.after, limit.max(1)).await?;
            self.check(&page)?;
            // No await between here and the return: a cancelled call has moved nothing.
            if let Some(last) = page.events.last() {
                self.after = Some(last.position);
                self.seen = Some(Seen { id: last.id, may_go: last.stream.is_check() });
                self.pause = BUSY;
                return Ok(page.events);
            }
            self.wait().await;
        }
    }
}
