//! Following the log: read what is there, then wait for the writer to publish more; in a process
//! that does not write, look again every [`POLL`].

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use event_store::{Follower, Position, RecordedEvent, StoreError};
use tokio::sync::watch;

use crate::pool::Pool;
use crate::store::number;

/// How often a process that does not write looks for new events.
const POLL: Duration = Duration::from_millis(200);

pub(crate) struct SqliteFollower {
    pub(crate) pool: Arc<Pool>,
    /// The last position seen.
    pub(crate) after: Option<Position>,
    /// The last position that may be shown, where this process writes.
    pub(crate) published: Option<watch::Receiver<i64>>,
}

impl SqliteFollower {
    async fn wait(&mut self) -> Result<(), StoreError> {
        match &mut self.published {
            None => tokio::time::sleep(POLL).await,
            Some(published) => published.changed().await.map_err(|_| StoreError::Unavailable {
                maybe_written: false,
                detail: "the event store was closed".to_owned(),
            })?,
        }
        Ok(())
    }
}

#[async_trait]
impl Follower for SqliteFollower {
    async fn next(&mut self, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        let limit = limit.max(1);
        loop {
            // Marked as seen before reading: what comes between is noticed as a change.
            let until = match &mut self.published {
                Some(published) => *published.borrow_and_update(),
                None => i64::MAX,
            };
            let after = number(self.after);
            if after < until {
                let events = self.pool.run(move |reader| reader.log(after, until, limit)).await?;
                // No await between here and the return: a cancelled call has moved nothing.
                if let Some(last) = events.last() {
                    self.after = Some(last.position);
                    return Ok(events);
                }
            }
            self.wait().await?;
        }
    }
}
