//! Followed or rebuilt, in whatever batches and after whatever end: the same content.

use std::sync::Arc;

use engine::kit::by;
use event_store::{EventStore, Expected, MemoryStore, NewEvent, StreamName};
use procedure::draft::DraftOf;
use projections::{Runner, rebuild};

use crate::kit::{Log, PATIENCE};
use crate::slices::Slices;

#[tokio::test(flavor = "multi_thread")]
async fn following_in_small_steps_and_rebuilding_give_one_digest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    // Each command's events are a batch of their own: the runner is awaited in between.
    let runner = log.runner(&path).await;
    for number in 0..6 {
        let case = log.commune.assessed(number).await;
        runner.wait_for(log.store.head().await.unwrap().unwrap(), PATIENCE).await.unwrap();
        if number % 2 == 0 {
            log.commune.review_twice(case).await;
            runner.wait_for(log.store.head().await.unwrap().unwrap(), PATIENCE).await.unwrap();
            log.commune.sign(case).await;
        }
    }
    runner.wait_for(log.store.head().await.unwrap().unwrap(), PATIENCE).await.unwrap();
    let followed = runner.models().read(|reader| reader.digest()).await.unwrap();
    runner.stop().await;

    let keyring = log.commune.keyring.clone();
    let rebuilt = rebuild(&path, log.store.clone(), keyring, |_| {}).await.unwrap();
    assert_eq!(followed, rebuilt);
    assert_eq!(log.digest(&path).await, rebuilt, "after the swap");
    assert_ne!(rebuilt, Log::new().await.digest(&folder.path().join("empty.db")).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_at_any_moment_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let path = folder.path().join("read.db");
    for round in 0..12 {
        log.fill_from(round * 10).await;
        // Dropped without being stopped, at whatever batch it is.
        drop(log.runner(&path).await);
    }
    let expected = log.digest(&folder.path().join("other.db")).await;
    assert_eq!(log.digest(&path).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_of_any_size_and_an_end_between_any_two_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    log.fill().await;
    log.fill_from(10).await;
    let expected = log.digest(&folder.path().join("whole.db")).await;
    let events = log.store.read_all(None, usize::MAX).await.unwrap().len();
    for seed in 0..24 {
        let path = folder.path().join(format!("{seed}.db"));
        // Half of the runners begin on an empty log, which grows: each batch is committed. The
        // others begin with everything there: batches share a transaction.
        let behind = seed % 2 == 0;
        let cut = Slices::new(log.store.clone(), seed, events * seed as usize / 24, behind);
        let keyring = log.commune.keyring.clone();
        let runner = Runner::start(&path, Arc::new(cut.clone()), keyring).await.unwrap();
        cut.wait_until_cut().await;
        drop(runner);
        assert_eq!(log.digest(&path).await, expected, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_writer_stops_and_counts_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    let (one, other) = (log.runner(&path).await, log.runner(&path).await);
    log.fill().await;
    let head = log.store.head().await.unwrap().unwrap();
    let ends = [one.wait_for(head, PATIENCE).await, other.wait_for(head, PATIENCE).await];
    assert!(ends.iter().any(Result::is_ok), "one of them goes on: {ends:?}");
    assert!(ends.iter().any(Result::is_err), "the other notices: {ends:?}");
    one.stop().await;
    other.stop().await;
    let expected = log.digest(&folder.path().join("other.db")).await;
    assert_eq!(log.digest(&path).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_reads_what_one_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let runner = Arc::new(log.runner(&folder.path().join("read.db")).await);
    for number in 0..20 {
        let case = log.commune.assessed(number).await;
        let request = engine::kit::by("hamlet", &format!("review {case}"));
        let done = log.commune.engine.case(&request, case, log.commune.review()).await.unwrap();
        runner.wait_for(done.position.unwrap(), PATIENCE).await.unwrap();
        let row = runner.models().read(move |reader| reader.case(case)).await.unwrap().unwrap();
        assert_eq!(Some(row.revision), done.revision);
    }
}

/// What a check of the store leaves behind.
async fn leave_a_check(store: &MemoryStore) {
    let left = NewEvent {
        id: uuid::Uuid::from_u128(1),
        event_type: "contract-checked".into(),
        metadata: b"{}".to_vec().into(),
        data: b"\x00".to_vec().into(),
    };
    let stream = StreamName::new("contract-1").unwrap();
    store.append(&stream, Expected::NoStream, vec![left]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_checks_of_the_store_left_behind_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let before = log.followed(&folder.path().join("read.db")).await;
    let entries = before.read(|reader| reader.entries()).await.unwrap();
    leave_a_check(&log.store).await;
    let after = log.followed(&folder.path().join("read.db")).await;
    assert_eq!(after.read(|reader| reader.entries()).await.unwrap(), entries + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_log_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let one = Log::new().await;
    one.fill().await;
    one.followed(&path).await;
    // The same events at other places: a copy in another engine.
    let store = MemoryStore::new();
    leave_a_check(&store).await;
    let other = Log::on(store).await;
    other.fill_from(20).await;
    let expected = other.digest(&folder.path().join("other.db")).await;
    assert_eq!(other.digest(&path).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_more_than_there_is_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    log.fill().await;
    log.followed(&path).await;
    // A backup from before the cases.
    let events = log.store.read_all(None, usize::MAX).await.unwrap();
    let older = Arc::new(MemoryStore::new());
    for event in events.into_iter().take_while(|event| event.stream.category() != "case") {
        let expected = Expected::from(event.revision.checked_sub(1));
        let again = NewEvent {
            id: event.id,
            event_type: event.event_type,
            metadata: event.metadata,
            data: event.data,
        };
        older.append(&event.stream, expected, vec![again]).await.unwrap();
    }
    let log = Log { store: older, commune: log.commune };
    let expected = log.digest(&folder.path().join("other.db")).await;
    assert_eq!(log.digest(&path).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_version_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    log.fill().await;
    let digest = log.digest(&path).await;
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("DELETE FROM dossier; PRAGMA user_version = 999;").unwrap();
    drop(other);
    assert_eq!(log.digest(&path).await, digest);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_may_read_the_names_in_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let path = folder.path().join("read.db");
    log.followed(&path).await;
    rebuild(&path, log.store.clone(), log.commune.keyring.clone(), |_| {}).await.unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_counted_in_the_log_and_otherwise_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let case = log.commune.assessed(1).await;
    let runner = log.runner(&folder.path().join("read.db")).await;
    runner.wait_for(log.store.head().await.unwrap().unwrap(), PATIENCE).await.unwrap();
    let entries = runner.progress().entries;
    let row = runner.models().read(move |reader| reader.case(case)).await.unwrap();

    let (engine, of) = (&log.commune.engine, DraftOf::shared(case, "review".parse().unwrap()));
    engine.save_draft(&by("hamlet", "save"), &of, "half a form").await.unwrap();
    let done = engine.discard_draft(&by("hamlet", "discard"), &of).await.unwrap();
    runner.wait_for(done.position.unwrap(), PATIENCE).await.unwrap();
    assert_eq!(runner.progress().entries, entries + 2);
    assert_eq!(runner.models().read(move |reader| reader.case(case)).await.unwrap(), row);
}
