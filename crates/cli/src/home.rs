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
use event_store::{EventStore, first_of_history};
use event_store_sqlite::DataLock;
use evidence_store::EvidenceFolder;
use key_store::KeyFile;

use crate::args::Place;
use crate::failure::CliError;
use crate::store_url::{StoreUrl, bad, not_opened, without_password};

/// The folder with its store and keys, for whoever writes: nobody else does meanwhile, unless the
/// store is shared.
pub(crate) struct Home {
    _locks: Vec<DataLock>,
    pub(crate) folder: PathBuf,
    pub(crate) store: Arc<dyn EventStore>,
    /// Whether nobody else can write to the store.
    pub(crate) alone: bool,
    /// How many appends may be under way and still keep their order ([`StoreUrl::in_order_at_once`]).
    pub(crate) in_order: usize,
    pub(crate) keyring: Arc<dyn Keyring>,
    evidence: Arc<dyn EvidenceStore>,
    /// The folder of the read models.
    read: PathBuf,
}

impl Home {
    /// Takes the folder, making it if it is not there.
    pub(crate) async fn take(place: &Place) -> Result<Self> {
        Self::take_with(place, None).await
    }

    /// The same with read models in a folder of their own. Where the store is shared, that folder is
    /// all that has to be free.
    pub(crate) async fn take_with(place: &Place, read: Option<&Path>) -> Result<Self> {
        let (folder, url) = (place.folder(), store_url(place)?);
        let read = read.unwrap_or(folder);
        let mut wanted = vec![read];
        if url.has_one_writer() && read != folder {
            wanted.push(folder);
        }
        [folder, read].into_iter().try_for_each(make_folder)?;
        let locks = wanted.into_iter().map(lock).collect::<Result<_, _>>()?;
        Self::open(locks, place, read).await
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
            in_order: url.in_order_at_once(),
            keyring: Arc::new(keyring),
            evidence: Arc::new(evidence),
            read: read.to_owned(),
            folder,
        })
    }

    async fn open(locks: Vec<DataLock>, place: &Place, read: &Path) -> Result<Self> {
        let folder = place.folder().to_owned();
        let url = store_url(place)?;
        let store = url.open()?;
        let (alone, in_order) = (url.has_one_writer(), url.in_order_at_once());
        let keys = folder.join("keys.db");
        // New keys beside an old log would open nothing of it, and nobody would notice for a while.
        if !keys.exists() && first_of_history(&*store).await?.is_some() {
            let folder = folder.display().to_string();
            return Err(CliError::KeysMissing { folder }.into());
        }
        let keyring = Arc::new(KeyFile::open(&keys).map_err(not_opened)?);
        let evidence = EvidenceFolder::open(&folder.join("evidence")).map_err(not_opened)?;
        let (evidence, read) = (Arc::new(evidence), read.to_owned());
        Ok(Self { _locks: locks, folder, store, alone, in_order, keyring, evidence, read })
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
    pub(crate) async fn open(place: &Place) -> Result<Self> {
        let folder = place.folder();
        let url = store_url(place)?;
        match &url {
            StoreUrl::Memory => return Err(bad("memory:").into()),
            StoreUrl::Sqlite(path) if !path.exists() => return Err(nothing_in(folder)),
            StoreUrl::Kurrent(_) if !folder.exists() => return Err(nothing_in(folder)),
            StoreUrl::Sqlite(_) | StoreUrl::Kurrent(_) => {}
        }
        match lock(folder) {
            Ok(lock) => Ok(Self::Alone(Box::new(Home::open(vec![lock], place, folder).await?))),
            Err(CliError::Held { .. }) => Ok(Self::Beside {
                read_models: folder.join("read.db"),
                store: url.open_read_only()?,
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

fn nothing_in(folder: &Path) -> anyhow::Error {
    CliError::NothingThere { folder: folder.display().to_string() }.into()
}

fn store_url(place: &Place) -> Result<StoreUrl, CliError> {
    match &place.store {
        Some(url) => StoreUrl::parse(url),
        None => Ok(StoreUrl::Sqlite(place.folder().join("events.db"))),
    }
}

fn lock(folder: &Path) -> Result<DataLock, CliError> {
    let said = std::env::args().take(6).map(|argument| without_password(&argument));
    let purpose = said.collect::<Vec<_>>().join(" ");
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

    #[tokio::test]
    async fn evidence_files_lie_in_the_folder_and_stay_there() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { data: Some(folder.path().join("data")), store: None };
        let (subject, file) = (procedure::SubjectId::of_code("H-0001"), b"%PDF-1.7".to_vec());
        let home = Home::take(&place).await.unwrap();
        let kept = home.engine().keep_evidence(subject, file.clone()).await.unwrap();
        drop(home);
        let of_subject = folder.path().join("data/evidence").join(subject.to_string());
        assert!(of_subject.join(kept.digest.as_str()).is_file());
        let home = Home::take(&place).await.unwrap();
        let read = home.engine().evidence(subject, &kept.digest).await.unwrap().unwrap();
        assert_eq!(read.bytes, file);
    }

    #[tokio::test]
    async fn new_keys_are_not_made_beside_an_old_log() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let place = Place { data: Some(data.clone()), store: None };
        drop(Home::take(&place).await.unwrap());
        std::fs::remove_file(data.join("keys.db")).unwrap();
        drop(Home::take(&place).await.unwrap());
        let home = Home::take(&place).await.unwrap();
        let stream = event_store::StreamName::new("calendar-VN").unwrap();
        let event = event_store::NewEvent {
            id: uuid::Uuid::nil(),
            event_type: "CalendarPublished".into(),
            metadata: "{}".into(),
            data: "{}".into(),
        };
        let expected = event_store::Expected::NoStream;
        home.store.append(&stream, expected, vec![event]).await.unwrap();
        drop(home);
        std::fs::remove_file(data.join("keys.db")).unwrap();
        let refused = Home::take(&place).await.err().unwrap();
        assert!(refused.to_string().contains("cli.keys_missing"), "{refused}");
        assert!(!data.join("keys.db").exists());
    }
}
