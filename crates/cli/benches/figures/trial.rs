//! The trial of a draft definition on a year of reviewed cases, beside a scan that only decodes.
//!
//! A process of its own runs both, so that its peak of memory is the trial's and not that of
//! whoever built the store.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use codec::MetadataView;
use engine::kit::unit;
use event_store::{EventStore, MemoryStore};
use event_store_sqlite::{Options, SqliteStore};
use procedure::Definition;
use projections::trial::{Scope, trial};

use crate::commands::{commune, in_flight};
use crate::median;

const ROUNDS: usize = 3;
/// Names the store to the process that measures.
const STORE: &str = "HIEUHOC_BENCH_TRIAL_STORE";

/// The store that this process is to measure, if it is that process.
pub(crate) fn asked_for() -> Option<PathBuf> {
    std::env::var_os(STORE).map(PathBuf::from)
}

pub(crate) async fn measure(folder: &Path, cases: usize) -> anyhow::Result<()> {
    println!("\n# Trial of a draft on {cases} cases, each reviewed twice");
    let path = folder.join("trial.db");
    let store = SqliteStore::open(&path, Options::default())?;
    let commune = Arc::new(commune(Arc::new(store.clone())).await);
    in_flight(cases, move |number| {
        let commune = commune.clone();
        async move {
            commune.reviewed(number).await;
        }
    })
    .await?;
    println!("| round | events | scan and decode, s | trial, s | ratio | peak memory, MiB |");
    println!("|---|---|---|---|---|---|");
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let child = Command::new(std::env::current_exe()?).env(STORE, &path).output()?;
        let error = String::from_utf8_lossy(&child.stderr);
        anyhow::ensure!(child.status.success(), "{error}");
        let line = String::from_utf8(child.stdout)?;
        let numbers: Vec<f64> =
            line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let [events, judged, scan, ours, mib] = numbers[..] else { anyhow::bail!("{line}") };
        anyhow::ensure!(judged as usize == cases, "{judged} cases were judged");
        let ratio = ours / scan;
        println!("| {round} | {events} | {scan:.2} | {ours:.2} | {ratio:.2} | {mib:.0} |");
        ratios.push(ratio);
    }
    println!("median ratio {:.2} (aim ≤ 1.5, in less than 200 MiB)", median(ratios));
    Ok(())
}

/// Measures a store: events, cases judged, seconds of scan and trial, and by how many MiB the
/// trial raised the peak of memory.
pub(crate) async fn run(store: &Path) -> anyhow::Result<()> {
    let store = SqliteStore::open_read_only(store)?;
    let sample = commune(Arc::new(MemoryStore::new())).await;
    let scope = Scope { year: sample.engine.today().year(), unit: unit("VN"), listed: 50 };
    let draft = draft(sample.definition);
    let (before, begin) = (peak()?, Instant::now());
    let found = trial(&store, draft, scope, |_| {}).await?;
    let (ours, mib) = (begin.elapsed().as_secs_f64(), peak()? - before);
    let begin = Instant::now();
    let events = scan(&store).await?;
    let scan = begin.elapsed().as_secs_f64();
    println!("{events} {} {scan} {ours} {mib}", found.unit.counts.judged);
    Ok(())
}

/// The kit's definition with one indicator more, so that the draft judges each case twice.
fn draft(mut draft: Definition) -> Definition {
    if let Some(criterion) = draft.criteria.first_mut()
        && let Some(mut new) = criterion.indicators.first().cloned()
    {
        new.id = "1z".parse().unwrap_or(new.id);
        criterion.indicators.push(new);
    }
    draft
}

/// The most memory that this process has had, in MiB.
fn peak() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).context("no VmHWM")?;
    Ok(kib.parse::<f64>()? / 1024.0)
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
