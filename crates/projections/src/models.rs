//! The file of read models: opened to write by one runner, and to read by anybody.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::apply::in_transaction;
use crate::error::ReadError;
use crate::schema::{APPLICATION_ID, INDEXES, TABLES, VERSION};

mod known;

use known::Known;

/// How long a reader waits for a lock of SQLite's own, which it meets only while a file is swapped.
const PATIENCE: Duration = Duration::from_secs(5);
/// Readers at hand.
const POOL: usize = 8;

/// Whether anybody reads a file while it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Perhaps: they see each transaction as soon as it is there.
    Beside,
    /// Nobody before it is finished.
    None,
}

/// Turns a finished file that had no readers into one that can have them, safely on disk.
pub(crate) fn finish(path: &Path) -> Result<(), ReadError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    drop(connection);
    std::fs::File::open(path)?.sync_all()?;
    Ok(())
}

/// Opens the file to write, making it if it is not there or has another version.
pub(crate) fn open_to_write(path: &Path, readers: Readers) -> Result<Connection, ReadError> {
    if path.exists() && !is_current(path) {
        remove(path)?;
    }
    make_private(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    match readers {
        Readers::Beside => {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // The file can be rebuilt, so a power cut may take back its last transactions; it
            // stays whole.
            connection.pragma_update(None, "synchronous", "NORMAL")?;
        }
        Readers::None => {
            // A file that is not finished is thrown away.
            connection.pragma_update(None, "journal_mode", "MEMORY")?;
            connection.pragma_update(None, "synchronous", "OFF")?;
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        }
    }
    connection.pragma_update(None, "cache_size", -64_000)?;
    keep_plans(&connection)?;
    connection.set_prepared_statement_cache_capacity(64);
    if version(&connection)? == 0 {
        in_transaction(&mut connection, TABLES)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(connection)
}

/// Keeps a statement's plan whatever values it is given. Without this SQLite parses and plans anew
/// most statements for each new value, which costs ten times as much as running them.
fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Makes the indexes of the readers, where they are not there yet.
pub(crate) fn make_indexes(connection: &Connection) -> Result<(), ReadError> {
    Ok(connection.execute_batch(INDEXES)?)
}

/// Makes the file before SQLite does: it holds names in the open, for its owner alone.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn is_current(path: &Path) -> bool {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
    connection.is_ok_and(|connection| version(&connection).is_ok_and(|found| found == VERSION))
}

fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Removes the file with what SQLite keeps beside it.
pub(crate) fn remove(path: &Path) -> std::io::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        match std::fs::remove_file(beside(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The path with a suffix to its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The read models, to read. Clones share their connections.
#[derive(Clone)]
pub struct ReadModels {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
    known: Arc<Known>,
}

impl ReadModels {
    /// The read models in a file, which a [`crate::Runner`] keeps up to date.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: Arc::new(path.to_owned()), idle: Arc::default(), known: Arc::default() }
    }

    /// Reads on a thread for blocking work.
    ///
    /// # Errors
    /// [`ReadError`] of the reader, or of opening the file.
    pub async fn read<T, F>(&self, read: F) -> Result<T, ReadError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, ReadError> + Send + 'static,
    {
        let models = self.clone();
        let task = tokio::task::spawn_blocking(move || models.read_now(read));
        task.await.map_err(|error| ReadError::Corrupt(error.to_string()))?
    }

    /// Reads on this thread.
    ///
    /// # Errors
    /// [`ReadError`] of the reader, or of opening the file.
    pub fn read_now<T>(
        &self,
        read: impl FnOnce(&Reader<'_>) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let connection = match taken {
            Some(connection) => connection,
            None => self.open()?,
        };
        // One snapshot for all statements of a reader.
        connection.execute_batch("BEGIN")?;
        let result = read(&Reader { connection: &connection, known: &self.known });
        connection.execute_batch("COMMIT")?;
        let mut idle = idle();
        if idle.len() < POOL {
            idle.push(connection);
        }
        result
    }

    fn open(&self) -> Result<Connection, ReadError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&*self.path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "cache_size", -16_000)?;
        keep_plans(&connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }

    /// Forgets the connections, after the file was replaced.
    pub(crate) fn reopen(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.known.forget();
    }
}

/// One look at the read models; all queries are its methods.
pub struct Reader<'a> {
    pub(crate) connection: &'a Connection,
    known: &'a Known,
}

impl Reader<'_> {
    /// How many events have been counted.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn entries(&self) -> Result<u64, ReadError> {
        let sql = "SELECT entries FROM progress";
        Ok(self.connection.query_row(sql, (), |row| row.get::<_, i64>(0))? as u64)
    }

    /// The digest of everything.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn digest(&self) -> Result<String, ReadError> {
        crate::digest::digest(self.connection)
    }
}
