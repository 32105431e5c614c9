//! The read models anew from the whole log, beside the old ones and then in their place.
//! Deliberately absent: a swap under readers that have the old file open; whoever rebuilds has the
//! folder to himself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use codec::Keyring;
use event_store::EventStore;

use crate::error::ReadError;
use crate::models::{Readers, beside, finish, remove};
use crate::runner::{Progress, Runner};

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
    let runner = Runner::open(&new, store, keyring, Readers::None).await?;
    runner.reach(head, tell).await?;
    let models = runner.models().clone();
    runner.stop().await;
    finish(&new)?;
    let digest = models.read(|reader| reader.digest()).await?;
    models.reopen();
    remove(path)?;
    std::fs::rename(&new, path)?;
    remove(&new)?;
    Ok(digest)
}
