//! `store`: the contract of event stores and their speed, on the engine that a user names; and copies
//! from one to another.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use event_store::{EventStore, Position, StreamName, contract};
use serde_json::json;
use tempfile::TempDir;

use crate::args::{Check, Copy, Store};
use crate::bench::{self, Figure};
use crate::copy::{CopyError, Digests, copy, digests};
use crate::failure::CliError;
use crate::output::{answer, print, progress, table};
use crate::store_url::{Cluster, StoreUrl, bad};

pub(crate) async fn run(command: Store) -> Result<()> {
    match command {
        Store::Check(check) if check.bench.bench => measure(&check).await,
        Store::Check(check) => self::check(&check).await,
        Store::Copy(copy) => copy_store(&copy).await,
    }
}

async fn check(Check { url, json, .. }: &Check) -> Result<()> {
    let named = StoreUrl::parse(url)?;
    let ground = Ground::beside(&named).await?;
    if !json.json {
        print(&ground.said)?;
    }
    let mut outcomes = Vec::new();
    let report = contract::run(ground.store.clone(), &mut |outcome| {
        if json.json {
            outcomes.push(json!({
                "check": outcome.name,
                "passed": outcome.failure.is_none(),
                "failure": outcome.failure,
            }));
        } else {
            println!("{outcome}");
        }
    })
    .await;
    ground.leave(&report.streams).await?;
    if json.json {
        let (passed, failed) = (report.passed(), report.failed());
        let answer = json!({
            "store": named.to_string(), "checked": ground.said,
            "passed": passed, "failed": failed, "checks": outcomes,
        });
        print(&serde_json::to_string_pretty(&answer)?)?;
    } else {
        print(&report.to_string())?;
    }
    match report.failed() {
        0 => Ok(()),
        failed => Err(CliError::StoreFailed { failed }.into()),
    }
}

async fn measure(Check { url, bench, json }: &Check) -> Result<()> {
    let named = StoreUrl::parse(url)?;
    let ground = Ground::beside(&named).await?;
    let (time, used) = (Duration::from_secs(bench.seconds), Mutex::default());
    let figures = bench::measure(ground.store.clone(), &*ground.elsewhere(), time, &used).await;
    // Also after it failed half-way.
    ground.leave(&used.into_inner().unwrap_or_else(PoisonError::into_inner)).await?;
    let (figures, said) = (figures?, &ground.said);
    let value = json!({ "store": named.to_string(), "measured": said, "figures": figures });
    answer(json.json, &value, |_| {
        let rows = figures.iter().map(|Figure { name, value, unit }| {
            [(*name).to_owned(), value.to_string(), (*unit).to_owned()]
        });
        format!("{said}\n{}", table(&["", "", ""], rows))
    })
}

/// Where an engine is tried, so that nothing of it stays: a file of its own on the same disk, or, in a
/// cluster, streams that are deleted afterwards.
struct Ground {
    store: Arc<dyn EventStore>,
    /// What it is, in words.
    said: String,
    _temporary: Option<TempDir>,
    cluster: Option<Cluster>,
}

impl Ground {
    async fn beside(named: &StoreUrl) -> Result<Self> {
        named.must_exist()?;
        match named {
            StoreUrl::Memory => Ok(Self {
                store: named.open()?,
                said: "a store in memory".to_owned(),
                _temporary: None,
                cluster: None,
            }),
            StoreUrl::Sqlite(path) => {
                let beside = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let beside = beside.unwrap_or(Path::new("."));
                let folder =
                    tempfile::Builder::new().prefix("hieuhoc-check-").tempdir_in(beside)?;
                Ok(Self {
                    store: StoreUrl::Sqlite(folder.path().join("events.db")).open()?,
                    said: format!(
                        "a file of its own beside {}, removed afterwards",
                        path.display()
                    ),
                    _temporary: Some(folder),
                    cluster: None,
                })
            }
            StoreUrl::Kurrent(cluster) => Ok(Self {
                store: named.open()?,
                said: format!(
                    "KurrentDB {} at {cluster}, in streams {}-… that are deleted afterwards",
                    cluster.version().await?,
                    event_store::event::CHECKS
                ),
                _temporary: None,
                cluster: Some(cluster.clone()),
            }),
        }
    }

    /// The same store as another server has it, where there can be one.
    fn elsewhere(&self) -> Arc<dyn EventStore> {
        self.cluster.as_ref().map_or_else(|| self.store.clone(), Cluster::open)
    }

    async fn leave(&self, streams: &[StreamName]) -> Result<()> {
        match &self.cluster {
            Some(cluster) => Ok(cluster.bury(streams).await?),
            None => Ok(()),
        }
    }
}

async fn copy_store(Copy { from, to, json }: &Copy) -> Result<()> {
    let (source, target) = (StoreUrl::parse(from)?, StoreUrl::parse(to)?);
    let store = source.open_read_only()?;
    if matches!(target, StoreUrl::Memory) {
        return Err(bad(to).into());
    }
    let named = (source.to_string(), target.to_string());
    let at_once = target.in_order_at_once();
    let target = target.open()?;
    let bar = progress(store.head().await?.map_or(0, Position::major), "copying");
    let mut tell = |position: Position| bar.set_position(position.major());
    let copied = copy(&*store, &*target, at_once, &mut tell).await.map_err(told)?;
    bar.set_message("reading both again");
    let one = digests(&*store, copied.events(), &mut tell).await?;
    let other = digests(&*target, u64::MAX, &mut tell).await?;
    bar.finish_and_clear();
    must_be_same(&one, &other)?;
    let value = json!({
        "from": named.0, "to": named.1, "found": copied.found, "written": copied.written, "digests": one,
    });
    answer(json.json, &value, |_| {
        format!(
            "{} events were there, {} were copied; both sides have the log digest {}",
            copied.found, copied.written, one.log
        )
    })
}

fn told(error: CopyError) -> anyhow::Error {
    match error {
        CopyError::Foreign { position, stream, revision } => {
            CliError::CopyForeign { position: position.to_string(), stream, revision }.into()
        }
        CopyError::Store(error) => error.into(),
    }
}

fn must_be_same(one: &Digests, other: &Digests) -> Result<(), CliError> {
    if one == other {
        return Ok(());
    }
    let said = |digests: &Digests| {
        let Digests { events, log, streams } = digests;
        format!("{events} events, log {log}, streams {streams}")
    };
    Err(CliError::CopyDiffers { from: said(one), to: said(other) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_differs_in_anything_is_refused() {
        let one = Digests { events: 1, log: "a".into(), streams: "b".into() };
        assert!(must_be_same(&one, &one.clone()).is_ok());
        for other in [
            Digests { events: 2, ..one.clone() },
            Digests { log: "c".into(), ..one.clone() },
            Digests { streams: "c".into(), ..one.clone() },
        ] {
            let refused = must_be_same(&one, &other);
            assert!(matches!(refused, Err(CliError::CopyDiffers { .. })), "{other:?}");
        }
    }
}
