//! A page of the queue and the timeline of a case, with many open cases.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::kit::unit;
use event_store::EventStore;
use event_store_sqlite::{Options, SqliteStore};
use projections::Runner;
use projections::query::queue::QueueFilter;
use projections::timeline::timeline;

use crate::commands::{commune, in_flight};
use crate::pages;

const SAMPLES: usize = 2_000;

pub(crate) async fn measure(folder: &Path, cases: usize) -> anyhow::Result<()> {
    println!("\n# Reading with {cases} open cases");
    let store = SqliteStore::open(folder.join("open.db"), Options::default())?;
    let commune = Arc::new(commune(Arc::new(store.clone())).await);
    in_flight(cases, {
        let commune = commune.clone();
        move |number| {
            let commune = commune.clone();
            async move {
                commune.assessed(number).await;
            }
        }
    })
    .await?;
    let store: Arc<dyn EventStore> = Arc::new(store);
    let path = folder.join("open-read.db");
    let runner = Runner::start(&path, store.clone(), commune.keyring.clone()).await?;
    let runner = Arc::new(runner);
    runner.reach(store.head().await?, |_| {}).await?;
    let today = commune.engine.today();

    println!("| page | p50 ms | p99 ms |");
    println!("|---|---|---|");
    for (what, territory, role) in [
        ("queue of the nation, 50 lines", "VN", None),
        ("queue of a commune's reviewer, 50 lines", "05158", Some("hamlet-reviewer")),
        ("queue of a hamlet, 50 lines", "05158-07", None),
    ] {
        let role = role.map(str::parse).transpose()?;
        let filter =
            QueueFilter { territory: vec![unit(territory)], role, ..QueueFilter::default() };
        let mut times = Vec::with_capacity(SAMPLES);
        let mut cursor = None;
        for _ in 0..SAMPLES {
            let (filter, from) = (filter.clone(), cursor.take());
            let begin = Instant::now();
            let page = runner
                .models()
                .read(move |reader| reader.queue(&filter, today, from.as_deref(), 50))
                .await?;
            times.push(begin.elapsed());
            anyhow::ensure!(!page.items.is_empty(), "an empty page measures nothing");
            cursor = page.next;
        }
        line(what, times);
    }
    let cases: Vec<_> = {
        let filter = QueueFilter { territory: vec![unit("VN")], ..QueueFilter::default() };
        let page = runner.models().read(move |r| r.queue(&filter, today, None, 200)).await?;
        page.items.into_iter().map(|row| row.case.id).collect()
    };
    let mut times = Vec::with_capacity(SAMPLES);
    for number in 0..SAMPLES {
        let begin = Instant::now();
        let entries = timeline(&*store, &*commune.keyring, cases[number % cases.len()]).await?;
        times.push(begin.elapsed());
        anyhow::ensure!(!entries.is_empty());
    }
    line("timeline of a case", times);
    pages::measure(&commune, &store, runner, cases[0]).await
}

fn line(what: &str, times: Vec<Duration>) {
    let (half, most) = percentiles(times);
    println!("| {what} | {half:.2} | {most:.2} |");
}

/// The time that half of them take, and the one that all but a hundredth take, in milliseconds.
pub(crate) fn percentiles(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times.get(place.min(times.len() - 1)).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    (at(0.5), at(0.99))
}
