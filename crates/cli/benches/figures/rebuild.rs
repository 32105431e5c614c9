//! All read models rebuilt from the log, beside a bare scan that only reads and decodes it.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use codec::MetadataView;
use event_store::EventStore;
use event_store_sqlite::SqliteStore;

use crate::median;

const ROUNDS: usize = 3;

pub(crate) async fn measure(
    folder: &Path,
    store: SqliteStore,
    keyring: Arc<codec::MemoryKeyring>,
) -> anyhow::Result<()> {
    println!("\n# Rebuild of all read models");
    println!("| round | events | scan and decode, events/s | rebuild, events/s | ratio |");
    println!("|---|---|---|---|---|");
    let path = folder.join("read.db");
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let begin = Instant::now();
        let events = scan(&store).await?;
        let bare = events as f64 / begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        let keys = keyring.clone();
        projections::rebuild(&path, Arc::new(store.clone()), keys, |_| {}).await?;
        let ours = events as f64 / begin.elapsed().as_secs_f64();
        println!("| {round} | {events} | {bare:.0} | {ours:.0} | {:.2} |", ours / bare);
        ratios.push(ours / bare);
    }
    println!("median ratio {:.2} (aim ≥ 0.3)", median(ratios));
    Ok(())
}

/// Reads and decodes every event on one thread, and does nothing with it.
async fn scan(store: &SqliteStore) -> anyhow::Result<usize> {
    let (mut after, mut count) = (None, 0);
    loop {
        let events = store.read_all(after, 4096).await?;
        let Some(last) = events.last() else { return Ok(count) };
        after = Some(last.position);
        for event in &events {
            let metadata = MetadataView::decode(&event.metadata)?;
            let read = codec::decode_any(&event.event_type, metadata.schema, &event.data)?;
            std::hint::black_box(read);
            count += 1;
        }
    }
}
