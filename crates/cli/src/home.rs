//! The data folder: who may use it, and what is opened in it.
//!
//! `lock` (who has it), `events.db` (the truth, unless `--store` names another), `keys.db` (as
//! precious), `read.db` (can be deleted). Deliberately absent: any use of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use codec::Keyring;
use engine::{Clock, Engine, Entropy, OsEntropy, SystemClock};
use event_store::{EventStore, MemoryStore};
use event_store_sqlite::{DataLock, Options, SqliteStore};
use key_store::KeyFile;

use crate::args::Place;
use crate::failure::CliError;

/// An event store, as named by `--store` and `store check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoreUrl {
    /// A file.
    Sqlite(PathBuf),
    /// Nothing that stays.
    Memory,
}

impl StoreUrl {
    /// Reads `sqlite:PATH` or `memory:`.
    pub(crate) fn parse(url: &str) -> Result<Self, CliError> {
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.into())),
            Some(("memory", "")) => Ok(Self::Memory),
            _ => Err(CliError::BadStoreUrl { url: url.chars().take(200).collect() }),
        }
    }

    /// Opens it to write.
    pub(crate) fn open(&self) -> Result<Arc<dyn EventStore>, CliError> {
        match self {
            Self::Memory => Ok(Arc::new(MemoryStore::new())),
            Self::Sqlite(path) => {
                let store = SqliteStore::open(path, Options::default()).map_err(not_opened)?;
                Ok(Arc::new(store))
            }
        }
    }
}

fn not_opened(error: impl std::fmt::Display) -> CliError {
    CliError::StoreNotOpened { detail: error.to_string() }
}

/// The folder with its store and keys, for whoever writes: nobody else does meanwhile.
pub(crate) struct Home {
    _lock: DataLock,
    pub(crate) folder: PathBuf,
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) keyring: Arc<dyn Keyring>,
}

impl Home {
    /// Takes the folder, making it if it is not there.
    pub(crate) fn take(place: &Place) -> Result<Self> {
        make_folder(place.folder())?;
        let lock = lock(place.folder())?;
        Self::open(lock, place)
    }

    fn open(lock: DataLock, place: &Place) -> Result<Self> {
        let folder = place.folder().to_owned();
        let store = store_url(place)?.open()?;
        let keyring = Arc::new(KeyFile::open(&folder.join("keys.db")).map_err(not_opened)?);
        Ok(Self { _lock: lock, folder, store, keyring })
    }

    /// An engine by the machine's clock.
    pub(crate) fn engine(&self) -> Engine {
        self.engine_with(Arc::new(SystemClock), Arc::new(OsEntropy))
    }

    /// An engine by another clock.
    pub(crate) fn engine_with(&self, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Engine {
        Engine::new(self.store.clone(), self.keyring.clone(), clock, entropy)
    }

    /// Where the read models are.
    pub(crate) fn read_models(&self) -> PathBuf {
        self.folder.join("read.db")
    }
}

/// The folder, for whoever reads: alone, or beside the server that has it.
pub(crate) enum Reading {
    /// Nobody had it; the read models have to be brought up to date first.
    Alone(Box<Home>),
    /// A server has it and keeps the read models up to date.
    Beside {
        /// Where the read models are.
        read_models: PathBuf,
        /// The store, to read.
        store: Arc<dyn EventStore>,
        /// The keys, to read.
        keyring: Arc<dyn Keyring>,
    },
}

impl Reading {
    /// Opens the folder to read.
    pub(crate) fn open(place: &Place) -> Result<Self> {
        let folder = place.folder();
        let url = store_url(place)?;
        let StoreUrl::Sqlite(path) = &url else {
            return Err(CliError::BadStoreUrl { url: "memory:".into() }.into());
        };
        if !path.exists() {
            let folder = folder.display().to_string();
            return Err(CliError::NothingThere { folder }.into());
        }
        match lock(folder) {
            Ok(lock) => Ok(Self::Alone(Box::new(Home::open(lock, place)?))),
            Err(CliError::Held { .. }) => Ok(Self::Beside {
                read_models: folder.join("read.db"),
                store: Arc::new(SqliteStore::open_read_only(path).map_err(not_opened)?),
                keyring: Arc::new(
                    KeyFile::open_read_only(&folder.join("keys.db")).map_err(not_opened)?,
                ),
            }),
            Err(other) => Err(other.into()),
        }
    }

    /// The store and the keys.
    pub(crate) fn sources(&self) -> (Arc<dyn EventStore>, Arc<dyn Keyring>) {
        match self {
            Self::Alone(home) => (home.store.clone(), home.keyring.clone()),
            Self::Beside { store, keyring, .. } => (store.clone(), keyring.clone()),
        }
    }
}

fn store_url(place: &Place) -> Result<StoreUrl, CliError> {
    match &place.store {
        Some(url) => StoreUrl::parse(url),
        None => Ok(StoreUrl::Sqlite(place.folder().join("events.db"))),
    }
}

fn lock(folder: &Path) -> Result<DataLock, CliError> {
    let purpose = std::env::args().take(6).collect::<Vec<_>>().join(" ");
    DataLock::acquire(folder, &purpose).map_err(|held| CliError::Held { detail: held.to_string() })
}

fn make_folder(folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::File {
        file: folder.display().to_string(),
        detail: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_named_by_kind_and_place() {
        assert_eq!(StoreUrl::parse("sqlite:a/b.db"), Ok(StoreUrl::Sqlite("a/b.db".into())));
        assert_eq!(StoreUrl::parse("memory:"), Ok(StoreUrl::Memory));
        for url in ["", "sqlite:", "a.db", "memory:x", "kurrentdb://a"] {
            assert!(matches!(StoreUrl::parse(url), Err(CliError::BadStoreUrl { .. })), "{url}");
        }
    }
}
