//! One store as two servers have it, on every engine: in memory, in a SQLite file, in a cluster of
//! scripted KurrentDB nodes, and in a real one where `HIEUHOC_TEST_KURRENTDB` says where it is.

use std::sync::Arc;

use event_store::{EventStore, MemoryStore};
use event_store_kurrentdb::KurrentStore;
use event_store_kurrentdb::fake::{Cluster, real_cluster};
use event_store_sqlite::{Options, SqliteStore};
use tempfile::TempDir;

pub(crate) struct Stores {
    pub(crate) engine: &'static str,
    /// The same log, through a connection of its own for each server where the engine lets more than
    /// one process write.
    pub(crate) servers: [Arc<dyn EventStore>; 2],
    /// What has to stay as long as the stores are used.
    _kept: Kept,
}

enum Kept {
    Nothing,
    Folder(#[expect(dead_code, reason = "removed when dropped")] TempDir),
    Cluster(#[expect(dead_code, reason = "ends when dropped")] Cluster),
}

/// Each engine, with an empty log.
pub(crate) async fn each() -> Vec<Stores> {
    let memory: Arc<dyn EventStore> = Arc::new(MemoryStore::new());
    let folder = tempfile::tempdir().unwrap();
    let file = SqliteStore::open(folder.path().join("events.db"), Options::default()).unwrap();
    let file: Arc<dyn EventStore> = Arc::new(file);
    let cluster = Cluster::start(3).await.unwrap();
    let mut each = vec![
        stores("memory", [memory.clone(), memory], Kept::Nothing),
        stores("SQLite", [file.clone(), file], Kept::Folder(folder)),
        stores("KurrentDB (a fake of it)", kurrentdb(&cluster.url()), Kept::Cluster(cluster)),
    ];
    if let Some(url) = real_cluster() {
        each.push(stores("KurrentDB", kurrentdb(&url), Kept::Nothing));
    }
    each.iter().for_each(|stores| println!("on {}", stores.engine));
    each
}

fn stores(engine: &'static str, servers: [Arc<dyn EventStore>; 2], kept: Kept) -> Stores {
    Stores { engine, servers, _kept: kept }
}

fn kurrentdb(url: &str) -> [Arc<dyn EventStore>; 2] {
    let open = || -> Arc<dyn EventStore> { Arc::new(KurrentStore::new(&url.parse().unwrap())) };
    [open(), open()]
}
