//! The file: reopening, who may open it, what is refused, and what an auditor sees.

use std::time::Duration;

use event_store::{EventStore as _, Expected, StoreError};
use event_store_sqlite::{OLDEST_SQLITE, OpenError, Options, SqliteStore};

use crate::rig;

#[test]
fn the_bundled_sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= OLDEST_SQLITE);
}

#[tokio::test]
async fn everything_is_there_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let mut before = Vec::new();
    for round in 0..3 {
        let store = rig::open(&path);
        assert_eq!(rig::whole_log(&store).await, before);
        let stream = rig::stream("case-1");
        let expected = Expected::from((2 * round as u64).checked_sub(1));
        let appended =
            store.append(&stream, expected, vec![rig::event(), rig::event()]).await.unwrap();
        assert_eq!(store.head().await.unwrap(), Some(appended.position));
        before = rig::sound_log(&store).await;
        assert_eq!(before.len(), 2 * (round + 1));
    }
}

#[tokio::test]
async fn dropping_the_store_finishes_what_waits() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let store = rig::open(&path);
    let mut waiting = Vec::new();
    for number in 0..100 {
        let store = store.clone();
        waiting
            .push(tokio::spawn(async move { rig::add(&store, &format!("case-{number}")).await }));
    }
    tokio::task::yield_now().await;
    drop(store);
    for task in waiting {
        task.await.unwrap();
    }
    assert_eq!(rig::sound_log(&rig::open(&path)).await.len(), 100);
}

#[tokio::test]
async fn a_second_writer_is_refused_in_one_sentence_and_a_reader_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let options = Options { purpose: "hieuhoc serve".to_owned(), ..Options::default() };
    let store = SqliteStore::open(&path, options).unwrap();
    let link = dir.path().join("link.db");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for path in [&path, &link] {
        let error = SqliteStore::open(path, Options::default()).unwrap_err();
        assert!(matches!(error, OpenError::Held(_)), "{error}");
        let text = error.to_string();
        for part in [&std::process::id().to_string(), "\"hieuhoc serve\" since 2", "events.db"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains('\n'), "{text}");
    }
    SqliteStore::open_read_only(&path).unwrap();
    drop(store);
    rig::open(&path);
}

#[tokio::test]
async fn a_reader_follows_another_writer_and_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    assert!(matches!(SqliteStore::open_read_only(&path), Err(OpenError::Missing { .. })));
    let writer = rig::open(&path);
    let first = rig::add(&writer, "case-1").await;
    let reader = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(reader.head().await.unwrap(), Some(first.position));
    let mut follower = reader.follow(None).await.unwrap();
    assert_eq!(follower.next(10).await.unwrap()[0].position, first.position);
    let next = tokio::spawn(async move { follower.next(10).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = rig::add(&writer, "case-2").await;
    let seen = tokio::time::timeout(Duration::from_secs(5), next).await.unwrap().unwrap();
    assert_eq!(seen.iter().map(|event| event.position).collect::<Vec<_>>(), [second.position]);
    assert_eq!(reader.read(&rig::stream("case-2"), 0, 10).await.unwrap(), seen);
    let refused =
        reader.append(&rig::stream("case-3"), Expected::NoStream, vec![rig::event()]).await;
    assert!(matches!(refused, Err(StoreError::Invalid { .. })), "{refused:?}");
    // Also without a writer: the last one may have left no write-ahead log behind.
    drop((reader, writer));
    let reader = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(reader.read_all(None, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn followers_end_when_the_store_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let store = rig::open(&dir.path().join("events.db"));
    let mut follower = store.follow(None).await.unwrap();
    drop(store);
    let ended = tokio::time::timeout(Duration::from_secs(5), follower.next(1)).await.unwrap();
    assert!(matches!(ended, Err(StoreError::Unavailable { .. })), "{ended:?}");
}

#[test]
fn other_files_are_refused_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be looked at\n".repeat(100)).unwrap();
    let other = dir.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    for path in [text, other] {
        let before = std::fs::read(&path).unwrap();
        for result in
            [SqliteStore::open(&path, Options::default()), SqliteStore::open_read_only(&path)]
        {
            assert!(matches!(result, Err(OpenError::NotAStore { .. })), "{result:?}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_newer_format_is_refused_in_one_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    drop(rig::open(&path));
    let file = rusqlite::Connection::open(&path).unwrap();
    let application: i32 =
        file.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    assert_eq!(&application.to_be_bytes(), b"hhes");
    file.pragma_update(None, "user_version", 2).unwrap();
    drop(file);
    for result in [SqliteStore::open(&path, Options::default()), SqliteStore::open_read_only(&path)]
    {
        let error = result.unwrap_err();
        assert!(matches!(error, OpenError::Newer { found: 2, .. }), "{error}");
        assert!(error.to_string().contains("newer hieuhoc (format 2"), "{error}");
    }
}

#[tokio::test]
async fn an_auditor_reads_the_views() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let store = rig::open(&path);
    let event = rig::event();
    let stream = rig::stream("case-1");
    store.append(&stream, Expected::NoStream, vec![event.clone(), rig::event()]).await.unwrap();
    let auditor = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT position, stream, revision, id, type, metadata, data FROM events
               WHERE stream = 'case-1' ORDER BY position";
    let text = |row: &rusqlite::Row<'_>, index| row.get::<_, String>(index).unwrap();
    auditor
        .query_row(sql, (), |row| {
            assert_eq!((row.get(0), row.get(2)), (Ok(1), Ok(0)));
            assert_eq!(text(row, 1), "case-1");
            assert_eq!(text(row, 3), event.id.to_string());
            assert_eq!(text(row, 4), "Tested");
            assert_eq!(text(row, 5), "{}");
            assert_eq!(text(row, 6).as_bytes(), &event.data[..]);
            Ok(())
        })
        .unwrap();
    let streams: (String, i64, i64, i64) = auditor
        .query_row("SELECT * FROM streams", (), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    assert_eq!(streams, ("case-1".to_owned(), 2, 1, 2));
}

#[tokio::test]
async fn a_missing_row_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.db");
    let store = rig::open(&path);
    let events = (0..5).map(|_| rig::event()).collect();
    store.append(&rig::stream("case-1"), Expected::NoStream, events).await.unwrap();
    drop(store);
    let hand = rusqlite::Connection::open(&path).unwrap();
    hand.execute("DELETE FROM event WHERE position = 3", ()).unwrap();
    drop(hand);
    let store = rig::open(&path);
    for result in [
        store.read_all(None, 10).await,
        store.read(&rig::stream("case-1"), 0, 10).await,
        store.follow(None).await.unwrap().next(10).await,
    ] {
        assert!(matches!(result, Err(StoreError::Corrupt { .. })), "{result:?}");
    }
}
