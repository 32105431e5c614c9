//! Which event store: read from an argument, shown without its password, opened. Deliberately absent:
//! the folder that it may lie in.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use event_store::{EventStore, MemoryStore};
use event_store_sqlite::{Options, SqliteStore};

use crate::failure::CliError;

mod cluster;

pub(crate) use cluster::Cluster;

/// An event store, as named by `--store`, `store check` and `store copy`.
#[derive(Clone, Debug)]
pub(crate) enum StoreUrl {
    /// A file.
    Sqlite(PathBuf),
    /// Nothing that stays.
    Memory,
    /// A log in a KurrentDB cluster.
    Kurrent(Cluster),
}

impl StoreUrl {
    /// Reads `sqlite:PATH`, `memory:` or the connection string of a cluster.
    pub(crate) fn parse(url: &str) -> Result<Self, CliError> {
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.into())),
            Some(("memory", "")) => Ok(Self::Memory),
            _ => match Cluster::parse(url)? {
                Some(cluster) => Ok(Self::Kurrent(cluster)),
                None => Err(bad(url)),
            },
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
            Self::Kurrent(cluster) => Ok(cluster.open()),
        }
    }

    /// Opens what is there to read, beside whoever writes it.
    pub(crate) fn open_read_only(&self) -> Result<Arc<dyn EventStore>, CliError> {
        match self {
            Self::Memory => Err(bad("memory:")),
            Self::Sqlite(path) => {
                self.must_exist()?;
                Ok(Arc::new(SqliteStore::open_read_only(path).map_err(not_opened)?))
            }
            Self::Kurrent(cluster) => Ok(cluster.open()),
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
            Self::Kurrent(_) => false,
        }
    }

    /// How many appends may be begun before the first is answered, so that they stand in the log in
    /// the order in which they were begun. SQLite's writer takes them from a queue; a cluster promises
    /// nothing about two that are under way.
    pub(crate) const fn in_order_at_once(&self) -> usize {
        match self {
            Self::Sqlite(_) | Self::Memory => 512,
            Self::Kurrent(_) => 1,
        }
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Memory => f.write_str("memory:"),
            Self::Kurrent(cluster) => cluster.fmt(f),
        }
    }
}

/// The refusal of a text that names no store.
pub(crate) fn bad(url: &str) -> CliError {
    CliError::BadStoreUrl { url: shown(url) }
}

pub(crate) fn not_opened(error: impl fmt::Display) -> CliError {
    CliError::StoreNotOpened { detail: error.to_string() }
}

/// As much of a wrong URL as an error shows.
fn shown(url: &str) -> String {
    without_password(url).chars().take(200).collect()
}

/// A text that may be a URL with a password, to be shown to people and written to files.
pub(crate) fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    // A password with a / or ? in it is hidden as well, however it was meant.
    let Some((user, place)) = rest.rsplit_once('@') else { return text.to_owned() };
    let name = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{name}:***@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_named_by_kind_and_place() {
        let path = |url| match StoreUrl::parse(url) {
            Ok(StoreUrl::Sqlite(path)) => path,
            other => panic!("{other:?}"),
        };
        assert_eq!(path("sqlite:a/b.db"), PathBuf::from("a/b.db"));
        assert!(matches!(StoreUrl::parse("memory:"), Ok(StoreUrl::Memory)));
        for url in ["", "sqlite:", "a.db", "memory:x", "mongodb://a"] {
            assert!(matches!(StoreUrl::parse(url), Err(CliError::BadStoreUrl { .. })), "{url}");
        }
    }

    #[cfg(feature = "kurrentdb")]
    #[test]
    fn a_cluster_is_named_by_its_connection_string() {
        let url = StoreUrl::parse("kurrentdb://an:m4t@a:1,b:2?tls=false&log=thu").unwrap();
        assert_eq!(url.to_string(), "kurrentdb://an@a:1,b:2?log=thu");
        assert!(!url.has_one_writer() && url.in_order_at_once() == 1);
        let wrong = StoreUrl::parse("kurrentdb://an:m4t@a?tsl=false").unwrap_err();
        assert!(matches!(wrong, CliError::BadCluster { .. }), "{wrong:?}");
        let told = wrong.to_string();
        assert!(told.contains("tsl") && !told.contains("m4t"), "{told}");
    }

    #[test]
    fn passwords_are_shown_to_nobody() {
        for (text, shown) in [
            ("kurrentdb://an:m4t@a:1?x=y", "kurrentdb://an:***@a:1?x=y"),
            ("mongodb://an:m4/t?@a", "mongodb://an:***@a"),
            ("sqlite:a@b.db", "sqlite:a@b.db"),
            ("http://a/b", "http://a/b"),
        ] {
            assert_eq!(without_password(text), shown);
        }
    }
}
