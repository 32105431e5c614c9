//! The port to the keys of owners, and a ring in memory. Deliberately absent: files.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::seal::Key;

/// Why keys cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key store is not available: {0}")]
pub struct KeyringError(pub String);

/// The keys of persons and bodies. An owner whose key is destroyed has none for ever.
pub trait Keyring: Send + Sync {
    /// The key of an owner, if there is one.
    ///
    /// # Errors
    /// [`KeyringError`].
    fn get(&self, owner: Uuid) -> Result<Option<Key>, KeyringError>;

    /// Keeps each fresh key unless its owner has one already, and returns the keys that count, in
    /// the same order. When this returns, they are on disk: an event sealed with a key that is
    /// lost could never be read.
    ///
    /// # Errors
    /// [`KeyringError`]; then none of the fresh keys may be used.
    fn keep(&self, fresh: &[(Uuid, Key)]) -> Result<Vec<Key>, KeyringError>;
}

/// A ring that forgets with the process.
#[derive(Debug, Default)]
pub struct MemoryKeyring(Mutex<BTreeMap<Uuid, Key>>);

impl Keyring for MemoryKeyring {
    fn get(&self, owner: Uuid) -> Result<Option<Key>, KeyringError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&owner).copied())
    }

    fn keep(&self, fresh: &[(Uuid, Key)]) -> Result<Vec<Key>, KeyringError> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(fresh.iter().map(|(owner, key)| *keys.entry(*owner).or_insert(*key)).collect())
    }
}
