//! How fast an event store is, by the same code for every engine: appends by one writer and by many
//! at once, reading the log, and how soon a follower hears of an event.
//!
//! It writes to streams named as those of checks, which readers of the log pass over, and says which, for
//! whoever can delete them. Deliberately absent: judgement; what is fast enough depends on what it is
//! for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use event_store::{EventStore, Expected, NewEvent, StreamName};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Bytes of an event's envelope and payload, about those of a review.
const METADATA: usize = 400;
const DATA: usize = 600;
/// Writers at once, where there are many.
const WRITERS: usize = 64;
const PAGE: usize = 4096;
/// Most events whose way to a follower is timed.
const FOLLOWED: usize = 5_000;
/// How long an event may be on its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Figure {
    /// Stable name.
    pub(crate) name: &'static str,
    /// The value.
    pub(crate) value: f64,
    /// What it counts.
    pub(crate) unit: &'static str,
}

fn figure(name: &'static str, value: f64, unit: &'static str) -> Figure {
    Figure { name, value, unit }
}

/// Measures a store, for so long each time. `elsewhere` is the same store as another server has it, if
/// there can be one; `used` hears of every stream before it is written to.
pub(crate) async fn measure(
    store: Arc<dyn EventStore>,
    elsewhere: &dyn EventStore,
    time: Duration,
    used: &Mutex<Vec<StreamName>>,
) -> Result<Vec<Figure>> {
    let prefix = format!("{}-bench-{}", event_store::event::CHECKS, Uuid::now_v7());
    let run = Run { prefix, used };
    let start = store.head().await?;
    let one = run.write(&store, 1, time).await?;
    let many = run.write(&store, WRITERS, time).await?;
    let read = read(&*store, start, time).await?;
    let (p50, p99) = run.follow(&store, elsewhere, time).await?;
    Ok(vec![
        figure("append_1_writer", one, "events/s"),
        figure("append_64_writers", many, "events/s"),
        figure("read_all", read, "events/s"),
        figure("follow_p50", p50, "ms"),
        figure("follow_p99", p99, "ms"),
    ])
}

/// The streams of one run.
struct Run<'a> {
    prefix: String,
    used: &'a Mutex<Vec<StreamName>>,
}

impl Run<'_> {
    fn stream(&self, what: &str) -> Result<StreamName> {
        let stream = StreamName::new(format!("{}-{what}", self.prefix))?;
        self.used.lock().unwrap_or_else(PoisonError::into_inner).push(stream.clone());
        Ok(stream)
    }

    /// Appends acknowledged in a second.
    async fn write(
        &self,
        store: &Arc<dyn EventStore>,
        writers: usize,
        time: Duration,
    ) -> Result<f64> {
        let begun = Instant::now();
        let mut tasks = JoinSet::new();
        for writer in 0..writers {
            let stream = self.stream(&format!("{writers}-{writer}"))?;
            let store = store.clone();
            tasks.spawn(async move {
                let mut expected = Expected::NoStream;
                let mut count = 0_u64;
                while begun.elapsed() < time {
                    let appended = store.append(&stream, expected, vec![event()]).await?;
                    expected = Expected::Exact(appended.revision);
                    count += 1;
                }
                anyhow::Ok(count)
            });
        }
        let mut count = 0;
        while let Some(written) = tasks.join_next().await {
            count += written??;
        }
        Ok(rate(count, begun))
    }

    /// Half of the events, and all but one of a hundred, are with a follower so many milliseconds
    /// after they were acknowledged.
    async fn follow(
        &self,
        store: &Arc<dyn EventStore>,
        elsewhere: &dyn EventStore,
        time: Duration,
    ) -> Result<(f64, f64)> {
        let stream = self.stream("followed")?;
        let mut follower = elsewhere.follow(store.head().await?).await?;
        let (send, mut seen) = mpsc::unbounded_channel();
        let following = tokio::spawn(async move {
            while let Ok(events) = follower.next(PAGE).await {
                let now = Instant::now();
                if events.iter().any(|event| send.send((event.id, now)).is_err()) {
                    return;
                }
            }
        });
        let mut expected = Expected::NoStream;
        let mut took = Vec::new();
        let begun = Instant::now();
        while took.is_empty() || (begun.elapsed() < time && took.len() < FOLLOWED) {
            let event = event();
            let id = event.id;
            expected =
                Expected::Exact(store.append(&stream, expected, vec![event]).await?.revision);
            let acknowledged = Instant::now();
            loop {
                let next = tokio::time::timeout(PATIENCE, seen.recv()).await;
                let next = next.context("a follower has not heard of an event in 30 seconds")?;
                let (heard, at) = next.context("the follower ended")?;
                if heard == id {
                    took.push(at.saturating_duration_since(acknowledged));
                    break;
                }
            }
        }
        following.abort();
        took.sort_unstable();
        Ok((percentile(&took, 50), percentile(&took, 99)))
    }
}

/// Events read in a second, of those that were just written.
async fn read(
    store: &dyn EventStore,
    start: Option<event_store::Position>,
    time: Duration,
) -> Result<f64> {
    let (mut after, mut count) = (start, 0);
    let begun = Instant::now();
    while begun.elapsed() < time {
        let events = store.read_all(after, PAGE).await?;
        count += events.len() as u64;
        after = events.last().map_or(start, |event| Some(event.position));
    }
    Ok(rate(count, begun))
}

fn event() -> NewEvent {
    NewEvent {
        id: Uuid::now_v7(),
        event_type: event_store::contract::EVENT_TYPE.into(),
        metadata: vec![b'm'; METADATA].into(),
        data: vec![b'd'; DATA].into(),
    }
}

fn rate(count: u64, begun: Instant) -> f64 {
    (count as f64 / begun.elapsed().as_secs_f64()).round()
}

/// In milliseconds, of what is sorted; nearest rank.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    let found = sorted.get(rank - 1).copied().unwrap_or_default();
    (found.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use event_store::MemoryStore;

    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let sorted: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!((percentile(&sorted, 50), percentile(&sorted, 99)), (100.0, 198.0));
        assert_eq!(percentile(&sorted[..1], 99), 1.0);
        assert_eq!(percentile(&[], 50), 0.0);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_store_is_measured_in_streams_that_readers_pass_over() {
        let store = Arc::new(MemoryStore::new());
        let used = Mutex::default();
        let time = Duration::from_millis(50);
        let figures = measure(store.clone(), &*store, time, &used).await.unwrap();
        let names: Vec<_> = figures.iter().map(|figure| figure.name).collect();
        assert_eq!(names.len(), 5);
        assert!(figures[..3].iter().all(|figure| figure.value > 0.0), "{figures:?}");
        let events = store.read_all(None, 1_000).await.unwrap();
        let used = used.into_inner().unwrap();
        assert!(!events.is_empty());
        assert!(events.iter().all(|event| event.stream.is_check() && used.contains(&event.stream)));
    }
}
