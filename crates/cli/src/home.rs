//! The data folder: who may use it, and what is opened in it.
//!
//! `lock` (who has it), `events.db` (the truth, unless `--store` names another), `keys.db` (as
//! precious), `evidence` (sealed files, as precious), `read.db` (can be deleted; in a folder of its own
//! for each server, where several share the rest). Deliberately absent: any use of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use codec::{EvidenceStore, Keyring};
use engine::{Clock, Engine, Entropy, OsEntropy, SystemClock};
use event_store::{EventStore, MemoryStore};
use event_store_sqlite::{DataLock, Options, SqliteStore};
use evidence_store::EvidenceFolder;
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

impl StoreUrl {
    /// Opens what is there to read, beside whoever writes it; for an engine that lets one process
    /// alone write.
    pub(crate) fn open_read_only(&self) -> Result<Arc<dyn EventStore>, CliError> {
        match self {
            Self::Memory => Err(CliError::BadStoreUrl { url: "memory:".into() }),
            Self::Sqlite(path) => {
                self.must_exist()?;
                Ok(Arc::new(SqliteStore::open_read_only(path).map_err(not_opened)?))
            }
        }
    }

    /// Refuses a file that is not there: a slip of the pen must not make a new store.
    pub(crate) fn must_exist(&self) -> Result<(), CliError> {
        match self {
            Self::Sqlite(path) if !path.exists() => {
                let detail = format!("there is no event store at {}", path.display());
                Err(CliError::StoreNotOpened { detail })
            }
            _ => Ok(()),
        }
    }

    /// Whether its engine lets one process alone write. Where it does not, any number of servers
    /// share the store, and each needs read models of its own.
    pub(crate) const fn has_one_writer(&self) -> bool {
        match self {
            Self::Sqlite(_) | Self::Memory => true,
        }
    }

    /// How many appends may be begun before the first is answered, so that they stand in the log in
    /// the order in which they were begun. SQLite's writer takes them from a queue.
    pub(crate) const fn in_order_at_once(&self) -> usize {
        match self {
            Self::Sqlite(_) | Self::Memory => 512,
        }
    }
}

fn not_opened(error: impl std::fmt::Display) -> CliError {
    CliError::StoreNotOpened { detail: error.to_string() }
}

/// The folder with its store and keys, for whoever writes: nobody else does meanwhile, unless the
/// store is shared.
pub(crate) struct Home {
    _locks: Vec<DataLock>,
    pub(crate) folder: PathBuf,
    pub(crate) store: Arc<dyn EventStore>,
    /// Whether nobody else can write to the store.
    pub(crate) alone: bool,
    pub(crate) keyring: Arc<dyn Keyring>,
    evidence: Arc<dyn EvidenceStore>,
    /// The folder of the read models.
    read: PathBuf,
}

impl Home {
    /// Takes the folder, making it if it is not there.
    pub(crate) fn take(place: &Place) -> Result<Self> {
        Self::take_with(place, None)
    }

    /// The same with read models in a folder of their own. Where the store is shared, that folder is
    /// all that has to be free.
    pub(crate) fn take_with(place: &Place, read: Option<&Path>) -> Result<Self> {
        let (folder, url) = (place.folder(), store_url(place)?);
        let read = read.unwrap_or(folder);
        let mut wanted = vec![read];
        if url.has_one_writer() && read != folder {
            wanted.push(folder);
        }
        [folder, read].into_iter().try_for_each(make_folder)?;
        let locks = wanted.into_iter().map(lock).collect::<Result<_, _>>()?;
        Self::open(locks, place, read)
    }

    /// Reads beside the server that has the folder; the read models are in a folder of their own.
    pub(crate) fn follow(place: &Place, read: &Path) -> Result<Self> {
        let folder = place.folder().to_owned();
        let url = store_url(place)?;
        let store = url.open_read_only()?;
        make_folder(read)?;
        let keyring = KeyFile::open_read_only(&folder.join("keys.db")).map_err(not_opened)?;
        let evidence = EvidenceFolder::open_read_only(&folder.join("evidence"));
        Ok(Self {
            _locks: vec![lock(read)?],
            store,
            alone: url.has_one_writer(),
            keyring: Arc::new(keyring),
            evidence: Arc::new(evidence),
            read: read.to_owned(),
            folder,
        })
    }

    fn open(locks: Vec<DataLock>, place: &Place, read: &Path) -> Result<Self> {
        let folder = place.folder().to_owned();
        let url = store_url(place)?;
        let (store, alone) = (url.open()?, url.has_one_writer());
        let keyring = Arc::new(KeyFile::open(&folder.join("keys.db")).map_err(not_opened)?);
        let evidence = EvidenceFolder::open(&folder.join("evidence")).map_err(not_opened)?;
        let (evidence, read) = (Arc::new(evidence), read.to_owned());
        Ok(Self { _locks: locks, folder, store, alone, keyring, evidence, read })
    }

    /// An engine by the machine's clock.
    pub(crate) fn engine(&self) -> Engine {
        self.engine_with(Arc::new(SystemClock), Arc::new(OsEntropy))
    }

    /// An engine by another clock.
    pub(crate) fn engine_with(&self, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Engine {
        let engine = Engine::new(self.store.clone(), self.keyring.clone(), clock, entropy);
        engine.with_evidence(self.evidence.clone())
    }

    /// Where the read models are.
    pub(crate) fn read_models(&self) -> PathBuf {
        self.read.join("read.db")
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
            Ok(lock) => Ok(Self::Alone(Box::new(Home::open(vec![lock], place, folder)?))),
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

    #[tokio::test]
    async fn evidence_files_lie_in_the_folder_and_stay_there() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { data: Some(folder.path().join("data")), store: None };
        let (subject, file) = (procedure::SubjectId::of_code("H-0001"), b"%PDF-1.7".to_vec());
        let home = Home::take(&place).unwrap();
        let kept = home.engine().keep_evidence(subject, file.clone()).await.unwrap();
        drop(home);
        let of_subject = folder.path().join("data/evidence").join(subject.to_string());
        assert!(of_subject.join(kept.digest.as_str()).is_file());
        let home = Home::take(&place).unwrap();
        let read = home.engine().evidence(subject, &kept.digest).await.unwrap().unwrap();
        assert_eq!(read.bytes, file);
    }
}
