//! The port to evidence files, sealed, and a store in memory.
//!
//! A file is kept for its owner under the SHA-256 of its plain bytes, which is what a claim says of it.
//! What is kept is sealed, so a store neither needs a key nor can read a file; whoever opens one checks
//! the digest. Deliberately absent: folders, and which kinds of files are taken in.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use procedure::Digest;
use uuid::Uuid;

/// Why files cannot be had or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the evidence store is not available: {0}")]
pub struct EvidenceError(pub String);

/// Sealed files (tệp minh chứng), by their owner and the digest of the plain bytes.
pub trait EvidenceStore: Send + Sync {
    /// Keeps a sealed file. One that is there already is replaced: it holds the same bytes, unless
    /// it is damaged. When this returns, the file is on disk.
    ///
    /// # Errors
    /// [`EvidenceError`]; then nothing, or what was there before, stands under the digest.
    fn keep(&self, owner: Uuid, digest: &Digest, sealed: &[u8]) -> Result<(), EvidenceError>;

    /// The sealed file, if there is one.
    ///
    /// # Errors
    /// [`EvidenceError`].
    fn get(&self, owner: Uuid, digest: &Digest) -> Result<Option<Vec<u8>>, EvidenceError>;
}

/// A store that forgets with the process.
#[derive(Debug, Default)]
pub struct MemoryEvidence(Mutex<BTreeMap<(Uuid, Digest), Vec<u8>>>);

impl EvidenceStore for MemoryEvidence {
    fn keep(&self, owner: Uuid, digest: &Digest, sealed: &[u8]) -> Result<(), EvidenceError> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert((owner, digest.clone()), sealed.to_vec());
        Ok(())
    }

    fn get(&self, owner: Uuid, digest: &Digest) -> Result<Option<Vec<u8>>, EvidenceError> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(files.get(&(owner, digest.clone())).cloned())
    }
}
