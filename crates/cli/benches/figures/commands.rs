//! Durable accepted commands through engine and SQLite with 64 in flight, beside the same events
//! written by bare `rusqlite` in transactions of the same size.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use engine::SystemClock;
use engine::kit::{Commune, household};
use event_store::{EventStore, Position, RecordedEvent};
use event_store_sqlite::{Options, SqliteStore};
use rusqlite::{Connection, params};

use crate::median;

const IN_FLIGHT: usize = 64;
const ROUNDS: usize = 3;
/// Commands in a case's life, from registration to title.
const COMMANDS: usize = 5;

/// A commune by the machine's clock.
pub(crate) async fn commune(store: Arc<dyn EventStore>) -> Commune {
    Commune::with(store, Arc::default(), Arc::new(SystemClock)).await
}

/// The last round's store and keys.
pub(crate) type Written = (SqliteStore, Arc<codec::MemoryKeyring>);

pub(crate) async fn measure(folder: &Path, cases: usize) -> anyhow::Result<Written> {
    println!("\n# Durable commands, {IN_FLIGHT} in flight, {cases} cases a round");
    println!("| round | commands/s | events/s | events per commit | raw events/s | ratio |");
    println!("|---|---|---|---|---|---|");
    let mut ratios = Vec::new();
    let mut last = None;
    for round in 0..ROUNDS {
        let path = folder.join(format!("events-{round}.db"));
        let store = SqliteStore::open(&path, Options::default())?;
        let commune = Arc::new(commune(Arc::new(store.clone())).await);
        in_flight(cases, {
            let commune = commune.clone();
            move |number| {
                let commune = commune.clone();
                async move {
                    commune.enter(number).await;
                }
            }
        })
        .await?;
        let before = store.statistics();
        let head = store.head().await?;
        let keyring = commune.keyring.clone();
        let begin = Instant::now();
        in_flight(cases, move |number| {
            let commune = commune.clone();
            async move {
                let case = commune.assess(household(number)).await;
                commune.review_twice(case).await;
                commune.sign(case).await;
            }
        })
        .await?;
        let seconds = begin.elapsed().as_secs_f64();
        let after = store.statistics();
        let (events, commits) = (after.events - before.events, after.commits - before.commits);
        let group = events as f64 / commits as f64;
        let ours = events as f64 / seconds;
        let raw = raw(folder, &store, head, group.round() as usize).await?;
        let commands = (cases * COMMANDS) as f64 / seconds;
        println!(
            "| {round} | {commands:.0} | {ours:.0} | {group:.0} | {raw:.0} | {:.2} |",
            ours / raw
        );
        ratios.push(ours / raw);
        last = Some((store, keyring));
    }
    println!("median ratio {:.2} (aim ≥ 0.5)", median(ratios));
    last.ok_or_else(|| anyhow::anyhow!("no round"))
}

/// Runs `work` for every number, so many at a time.
pub(crate) async fn in_flight<F, R>(count: usize, work: F) -> anyhow::Result<()>
where
    F: Fn(usize) -> R + Clone + Send + 'static,
    R: Future<Output = ()> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..IN_FLIGHT {
        let (next, work) = (next.clone(), work.clone());
        tasks.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return anyhow::Ok(());
                }
                work(number).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

/// Writes the same events anew, in transactions of `group` events; events per second.
pub(crate) async fn raw(
    folder: &Path,
    store: &SqliteStore,
    after: Option<Position>,
    group: usize,
) -> anyhow::Result<f64> {
    let mut events: Vec<RecordedEvent> = Vec::new();
    let mut place = after;
    loop {
        let page = store.read_all(place, 4096).await?;
        let Some(last) = page.last() else { break };
        place = Some(last.position);
        events.extend(page);
    }
    let path = folder.join("raw.db");
    let _ = std::fs::remove_file(&path);
    let seconds = tokio::task::spawn_blocking(move || {
        write_raw(&path, &events, group).map(|seconds| events.len() as f64 / seconds)
    })
    .await??;
    Ok(seconds)
}

fn write_raw(path: &Path, events: &[RecordedEvent], group: usize) -> anyhow::Result<f64> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE event (position INTEGER PRIMARY KEY, stream INTEGER, revision INTEGER,
           id BLOB, type INTEGER, metadata BLOB, data BLOB);
         CREATE UNIQUE INDEX event_by_stream ON event (stream, revision);",
    )?;
    let mut streams = std::collections::HashMap::new();
    let numbered: Vec<_> = events
        .iter()
        .map(|event| {
            let next = streams.len() as i64;
            (*streams.entry(event.stream.clone()).or_insert(next), event)
        })
        .collect();
    let begin = Instant::now();
    for chunk in numbered.chunks(group.max(1)) {
        let transaction = connection.transaction()?;
        {
            let sql = "INSERT INTO event (stream, revision, id, type, metadata, data)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let mut insert = transaction.prepare_cached(sql)?;
            for (stream, event) in chunk {
                let (metadata, data) = (&event.metadata[..], &event.data[..]);
                let revision = event.revision as i64;
                insert.execute(params![
                    stream,
                    revision,
                    event.id.as_bytes(),
                    1,
                    metadata,
                    data
                ])?;
            }
        }
        transaction.commit()?;
    }
    Ok(begin.elapsed().as_secs_f64())
}
