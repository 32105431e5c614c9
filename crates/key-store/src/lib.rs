//! The keys that make personal data readable, in one SQLite file of their own.
//!
//! The file lies beside the event store and not in it: whoever destroys a key here makes one
//! owner's texts unreadable everywhere, while history and its proofs stand. It is as precious as
//! the event store itself (lose it, and every name is lost) and has to be backed up with it.
//!
//! Deliberately absent: ciphers (`codec`), any name, and keys at rest under a master key; the file
//! is readable by its owner alone, and whoever can read it can read all texts.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use codec::{Key, Keyring, KeyringError};
use lru::LruCache;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

/// Marks the file as ours: `hhky`.
const APPLICATION_ID: i32 = 0x6868_6b79;
const VERSION: i32 = 1;
/// Keys at hand; 100 bytes each.
const CACHE: NonZeroUsize = NonZeroUsize::new(100_000).unwrap();

const SCHEMA: &str = "
CREATE TABLE key (
    owner BLOB PRIMARY KEY,  -- UUID of a subject or an officer, 16 bytes
    key   BLOB NOT NULL      -- 32 random bytes
) WITHOUT ROWID;
";

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file belongs to something else.
    #[error("{0} is not a key file of hieuhoc")]
    Foreign(String),
    /// A newer program wrote it.
    #[error("{path} has version {version}; this program knows version {VERSION}")]
    Newer {
        /// The file.
        path: String,
        /// Its version.
        version: i32,
    },
    /// SQLite could not open it.
    #[error("{path}: {source}")]
    Sqlite {
        /// The file.
        path: String,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file system could not.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// A ring of keys in a file.
pub struct KeyFile {
    connection: Mutex<Connection>,
    cache: Mutex<LruCache<Uuid, Key>>,
}

impl KeyFile {
    /// Opens the file, or makes it, readable by its owner alone.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        make_private(path).map_err(|source| OpenError::Io { path: text(path), source })?;
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE, |connection| {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            // A destroyed key must not linger in free pages.
            connection.pragma_update(None, "secure_delete", true)
        })
    }

    /// Opens the file to read beside a process that writes it.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        Self::with(path, OpenFlags::SQLITE_OPEN_READ_ONLY, |_| Ok(()))
    }

    fn with(
        path: &Path,
        flags: OpenFlags,
        prepare: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Sqlite { path: text(path), source };
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        connection.busy_timeout(std::time::Duration::from_secs(5)).map_err(failed)?;
        prepare(&connection).map_err(failed)?;
        migrate(&mut connection, path)?;
        Ok(Self { connection: Mutex::new(connection), cache: Mutex::new(LruCache::new(CACHE)) })
    }

    fn cache(&self) -> MutexGuard<'_, LruCache<Uuid, Key>> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keyring for KeyFile {
    fn get(&self, owner: Uuid) -> Result<Option<Key>, KeyringError> {
        if let Some(key) = self.cache().get(&owner) {
            return Ok(Some(*key));
        }
        let found = read(&self.connection(), owner).map_err(unavailable)?;
        if let Some(key) = found {
            self.cache().put(owner, key);
        }
        Ok(found)
    }

    fn keep(&self, fresh: &[(Uuid, Key)]) -> Result<Vec<Key>, KeyringError> {
        let keys = keep(&mut self.connection(), fresh).map_err(unavailable)?;
        let mut cache = self.cache();
        for ((owner, _), key) in fresh.iter().zip(&keys) {
            cache.put(*owner, *key);
        }
        Ok(keys)
    }
}

fn read(connection: &Connection, owner: Uuid) -> rusqlite::Result<Option<Key>> {
    let mut statement = connection.prepare_cached("SELECT key FROM key WHERE owner = ?1")?;
    let bytes = statement.query_row([owner.as_bytes()], |row| row.get::<_, [u8; 32]>(0));
    Ok(bytes.optional()?.map(Key::new))
}

fn keep(connection: &mut Connection, fresh: &[(Uuid, Key)]) -> rusqlite::Result<Vec<Key>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut keys = Vec::with_capacity(fresh.len());
    for (owner, key) in fresh {
        let sql = "INSERT INTO key (owner, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let new =
            transaction.prepare_cached(sql)?.execute(params![owner.as_bytes(), key.as_bytes()])?;
        let kept = if new == 1 { Some(*key) } else { read(&transaction, *owner)? };
        keys.push(kept.ok_or(rusqlite::Error::QueryReturnedNoRows)?);
    }
    transaction.commit()?;
    Ok(keys)
}

fn unavailable(error: rusqlite::Error) -> KeyringError {
    KeyringError(error.to_string())
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let failed = |source| OpenError::Sqlite { path: text(path), source };
    let pragma = |connection: &Connection, name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0))
    };
    let version = pragma(connection, "user_version").map_err(failed)?;
    let application = pragma(connection, "application_id").map_err(failed)?;
    match (application, version) {
        (APPLICATION_ID, VERSION) => Ok(()),
        (0, 0) => create(connection).map_err(failed),
        (APPLICATION_ID, version) => Err(OpenError::Newer { path: text(path), version }),
        _ => Err(OpenError::Foreign(text(path))),
    }
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

/// Makes the file before SQLite does, so that it is never readable by others, and flushes its
/// name to disk.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.sync_all()?;
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn the_first_key_of_an_owner_stays_across_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let ring = KeyFile::open(&path).unwrap();
        let first = Key::new([1; 32]);
        let kept = ring.keep(&[(owner(1), first), (owner(2), Key::new([2; 32]))]).unwrap();
        assert_eq!(kept[0], first);
        assert_eq!(ring.keep(&[(owner(1), Key::new([9; 32]))]).unwrap(), [first]);
        drop(ring);
        let again = KeyFile::open(&path).unwrap();
        assert_eq!(again.get(owner(1)).unwrap(), Some(first));
        assert_eq!(again.get(owner(3)).unwrap(), None);
        let reader = KeyFile::open_read_only(&path).unwrap();
        assert_eq!(reader.get(owner(2)).unwrap(), Some(Key::new([2; 32])));
        assert!(reader.keep(&[(owner(3), first)]).is_err());
    }

    #[test]
    fn a_foreign_or_newer_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE t (x); PRAGMA user_version = 3;").unwrap();
        drop(other);
        assert!(matches!(KeyFile::open(&path), Err(OpenError::Foreign(_))));

        let path = folder.path().join("newer.db");
        drop(KeyFile::open(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
        assert!(matches!(KeyFile::open(&path), Err(OpenError::Newer { version: 2, .. })));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        drop(KeyFile::open(&path).unwrap());
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
