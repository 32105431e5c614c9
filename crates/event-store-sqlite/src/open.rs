//! Opening a file: is it ours, is the library good enough, is everything set for durability.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::failure::describe;
use crate::lock::Held;
use crate::schema;

/// Kibibytes of pages that the writer keeps: the random part of the one index, and a whole transaction.
pub(crate) const CACHE_KIB: i64 = 65_536;

/// The oldest SQLite that may be used, as its version number: before 3.51.3, a reset of the
/// write-ahead log could damage the file.
pub const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a connection waits for another that holds the file, such as an auditor's `sqlite3`.
const BUSY: Duration = Duration::from_secs(5);

/// Why a store cannot be opened. The text is one sentence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The SQLite in the program is too old.
    #[error("SQLite {found} in this program is older than {OLDEST_SQLITE} and may damage files")]
    OldSqlite {
        /// Its version number.
        found: i32,
    },
    /// Somebody else writes to this store.
    #[error(transparent)]
    Held(#[from] Held),
    /// There is no such file.
    #[error("there is no event store at {}", path.display())]
    Missing {
        /// The file asked for.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is not an event store of hieuhoc", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
    },
    /// A newer program has written the file.
    #[error(
        "{} was written by a newer hieuhoc (format {found}, this program knows up to {})",
        path.display(),
        schema::VERSION
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version of its tables.
        found: i32,
    },
    /// SQLite would not promise durability here.
    #[error("{} cannot be opened durably: {setting} is {found:?}", path.display())]
    NotDurable {
        /// The file.
        path: PathBuf,
        /// Which setting SQLite refused.
        setting: &'static str,
        /// What it is instead.
        found: String,
    },
    /// The system refused.
    #[error("{} cannot be opened: {source}", path.display())]
    Io {
        /// The file or its folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// SQLite refused.
    #[error("{} cannot be opened: {}", path.display(), describe(source))]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// Refuses a library with known damage.
pub(crate) fn check_library(found: i32) -> Result<(), OpenError> {
    if found < OLDEST_SQLITE { Err(OpenError::OldSqlite { found }) } else { Ok(()) }
}

/// One way to name the file, whatever links lead to it: two locks on one store must meet.
pub(crate) fn real_path(path: &Path) -> Result<PathBuf, OpenError> {
    let failed = |source| OpenError::Io { path: path.to_owned(), source };
    if path.exists() {
        return path.canonicalize().map_err(failed);
    }
    let name = path.file_name().ok_or_else(|| OpenError::NotAStore { path: path.to_owned() })?;
    Ok(folder(path).canonicalize().map_err(failed)?.join(name))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens `path` for the writer, creating it if it does not exist or is empty; returns the
/// connection and the last position.
pub(crate) fn open_writer(
    path: &Path,
    max_pages: Option<u32>,
) -> Result<(Connection, i64), OpenError> {
    let refused = |source| sqlite(path, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(refused)?;
    connection.busy_timeout(BUSY).map_err(refused)?;
    // Before anything is changed: the file may be somebody's own database.
    let new = identify(&connection, path)? == Identity::Empty;
    make_durable(&connection, path)?;
    // The file and its write-ahead log exist by now, and nothing was promised yet. SQLite flushes
    // their folder too, at the first commit, but ignores whether that succeeds.
    flush(folder(path))?;
    if new {
        create(&connection).map_err(refused)?;
    }
    if let Some(pages) = max_pages {
        connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .map_err(refused)?;
    }
    let last = last_position(&connection).map_err(refused)?;
    Ok((connection, last))
}

fn flush(dir: &Path) -> Result<(), OpenError> {
    File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(|source| OpenError::Io { path: dir.to_owned(), source })
}

/// Opens `path` for reading.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    // 16 MB of pages for each reader.
    connection.pragma_update(None, "cache_size", -16_384)?;
    Ok(connection)
}

/// Opens `path` for reading and makes sure that it is a store.
pub(crate) fn check_readable(path: &Path) -> Result<(), OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing { path: path.to_owned() });
    }
    let connection = open_reader(path).map_err(|source| sqlite(path, source))?;
    match identify(&connection, path)? {
        Identity::Store => Ok(()),
        Identity::Empty => Err(OpenError::NotAStore { path: path.to_owned() }),
    }
}

pub(crate) fn last_position(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(position), 0) FROM event", (), |row| row.get(0))
}

#[derive(PartialEq, Eq)]
enum Identity {
    Empty,
    Store,
}

fn identify(connection: &Connection, path: &Path) -> Result<Identity, OpenError> {
    let sql = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
               FROM pragma_application_id, pragma_user_version";
    let row = connection.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let (application, version, tables): (i32, i32, i64) = row.map_err(|e| sqlite(path, e))?;
    match (application, version, tables) {
        (0, 0, 0) => Ok(Identity::Empty),
        (schema::APPLICATION_ID, schema::VERSION, _) => Ok(Identity::Store),
        (schema::APPLICATION_ID, found, _) if found > schema::VERSION => {
            Err(OpenError::Newer { path: path.to_owned(), found })
        }
        _ => Err(OpenError::NotAStore { path: path.to_owned() }),
    }
}

fn make_durable(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let refused = |source| sqlite(path, source);
    let wanted = |setting, found: String, right: &str| {
        let right = found.eq_ignore_ascii_case(right);
        let path = path.to_owned();
        if right { Ok(()) } else { Err(OpenError::NotDurable { path, setting, found }) }
    };
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(refused)?;
    wanted("journal_mode", mode, "wal")?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
    let level: i64 =
        connection.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(refused)?;
    wanted("synchronous", level.to_string(), "2")?;
    // Where the system has a stronger flush (macOS), use it.
    connection.pragma_update(None, "fullfsync", true).map_err(refused)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true).map_err(refused)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB).map_err(refused)
}

/// All in one transaction: after a crash the file is empty or complete.
fn create(connection: &Connection) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(schema::CREATE)?;
    transaction.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", schema::VERSION)?;
    transaction.commit()
}

fn sqlite(path: &Path, source: rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => OpenError::NotAStore { path },
        _ => OpenError::Sqlite { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_in_use_is_good_and_an_older_one_would_be_refused() {
        check_library(rusqlite::version_number()).unwrap();
        let error = check_library(3_051_002).unwrap_err();
        assert!(error.to_string().contains("3051002"), "{error}");
    }
}
