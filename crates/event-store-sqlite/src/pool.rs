//! Reading connections, opened when needed, used on threads that may block.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use event_store::StoreError;
use tokio::sync::Semaphore;

use crate::failure::Failure;
use crate::reader::Reader;

pub(crate) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Reader>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    pub(crate) fn new(path: PathBuf, size: usize) -> Self {
        let permits = Arc::new(Semaphore::new(size.max(1)));
        Self { path, idle: Mutex::default(), permits }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does `work` with a connection. One that failed is closed and not used again.
    pub(crate) async fn run<T, W>(self: &Arc<Self>, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Reader) -> Result<T, Failure> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let pool = Arc::clone(self);
        let blocking = tokio::task::spawn_blocking(move || {
            // Held until the work ends, also if nobody waits for it any more.
            let _permit = permit;
            let idle = pool.idle().pop();
            let mut reader = match idle {
                Some(reader) => reader,
                None => Reader::open(&pool.path)?,
            };
            let result = work(&mut reader)?;
            pool.idle().push(reader);
            Ok::<T, Failure>(result)
        });
        match blocking.await {
            Ok(result) => result.map_err(StoreError::from),
            Err(error) => Err(StoreError::Unavailable {
                maybe_written: false,
                detail: format!("reading was broken off: {error}"),
            }),
        }
    }
}
