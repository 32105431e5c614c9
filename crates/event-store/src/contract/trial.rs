//! What every check works with: the store, names of its own, events, and comparisons that end in
//! a text instead of a panic.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::EVENT_TYPE;
use crate::error::StoreError;
use crate::event::{NewEvent, RecordedEvent, StreamName};
use crate::position::Position;
use crate::store::{Appended, EventStore, Expected, Follower};

/// Page size that makes a few hundred events several pages.
pub(super) const PAGE: usize = 100;

/// How long a follower may take to show an event that is in the log.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a check failed, in words.
#[derive(Debug)]
pub(super) struct Failure(String);

pub(super) type Verdict = Result<(), Failure>;

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(format!("unexpected error: {error}"))
    }
}

/// Fails with `what` unless `holds`.
pub(super) fn ensure(holds: bool, what: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(Failure(what())) }
}

/// Fails unless `got` equals `wanted`.
pub(super) fn same<T: PartialEq + fmt::Debug>(what: &str, got: &T, wanted: &T) -> Verdict {
    ensure(got == wanted, || format!("{what}: got {got:?}, wanted {wanted:?}"))
}

/// Fails unless `result` is a conflict that names `actual`.
pub(super) fn conflicts(
    what: &str,
    result: Result<Appended, StoreError>,
    actual: Option<u64>,
) -> Verdict {
    same(what, &result, &Err(StoreError::Conflict { actual }))
}

/// A small event with an id of its own.
pub(super) fn event() -> NewEvent {
    event_with(Bytes::from_static(b"{}"), Bytes::from_static(br#"{"contract":true}"#))
}

pub(super) fn event_with(metadata: Bytes, data: Bytes) -> NewEvent {
    NewEvent { id: Uuid::new_v4(), event_type: EVENT_TYPE.into(), metadata, data }
}

pub(super) fn events(count: usize) -> Vec<NewEvent> {
    (0..count).map(|_| event()).collect()
}

/// A number below `bound` that nobody can foresee. Not uniform to the last bit, which nobody needs.
pub(super) fn any_below(bound: usize) -> usize {
    let (high, _) = Uuid::new_v4().as_u64_pair();
    usize::try_from(high % bound.max(1) as u64).unwrap_or(0)
}

/// Waits for all tasks and fails with the first failure.
pub(super) async fn join<T: 'static>(
    mut tasks: JoinSet<Result<T, Failure>>,
) -> Result<Vec<T>, Failure> {
    let mut results = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        results.push(ended.map_err(|panic| Failure::new(format!("a task panicked: {panic}")))??);
    }
    Ok(results)
}

/// The store under trial and the names that belong to one check.
#[derive(Clone)]
pub(super) struct Trial {
    pub(super) store: Arc<dyn EventStore>,
    prefix: String,
    used: Used,
}

/// The streams that the checks of a run have asked for.
#[derive(Clone, Default)]
pub(super) struct Used(Arc<Mutex<BTreeSet<StreamName>>>);

impl Used {
    fn note(&self, stream: &StreamName) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(stream.clone());
    }

    pub(super) fn all(&self) -> Vec<StreamName> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Trial {
    pub(super) fn new(store: Arc<dyn EventStore>, prefix: String, used: Used) -> Self {
        Self { store, prefix, used }
    }

    /// A stream of this check.
    pub(super) fn stream(&self, suffix: &str) -> Result<StreamName, Failure> {
        let stream = StreamName::new(format!("{}-{suffix}", self.prefix))?;
        self.used.note(&stream);
        Ok(stream)
    }

    pub(super) fn owns(&self, event: &RecordedEvent) -> bool {
        event.stream.as_str().starts_with(&self.prefix)
    }

    pub(super) async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<Appended, StoreError> {
        self.store.append(stream, expected, events.to_vec()).await
    }

    pub(super) async fn whole(&self, stream: &StreamName) -> Result<Vec<RecordedEvent>, Failure> {
        let mut all: Vec<RecordedEvent> = Vec::new();
        loop {
            let from = all.last().map_or(0, |event| event.revision + 1);
            let page = self.store.read(stream, from, PAGE).await?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }

    /// This check's events after `after` up to `until`, read in pages of `page`; everybody's
    /// events must come in strictly rising positions.
    pub(super) async fn own_log(
        &self,
        after: Option<Position>,
        until: Position,
        page: usize,
    ) -> Result<Vec<RecordedEvent>, Failure> {
        let (mut own, mut last) = (Vec::new(), after);
        while last < Some(until) {
            let events = self.store.read_all(last, page).await?;
            ensure(!events.is_empty(), || format!("the log ends at {last:?}, before {until}"))?;
            ensure(events.len() <= page, || format!("{} events for {page}", events.len()))?;
            for event in events {
                ensure(Some(event.position) > last, || {
                    format!("position {} came after {last:?}", event.position)
                })?;
                last = Some(event.position);
                if self.owns(&event) && event.position <= until {
                    own.push(event);
                }
            }
        }
        Ok(own)
    }

    /// The next events of this check that `follower` sees, at least one.
    pub(super) async fn next_own(
        &self,
        follower: &mut dyn Follower,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, Failure> {
        let waiting = async {
            loop {
                let events = follower.next(limit).await?;
                ensure(!events.is_empty(), || "a follower returned no events".to_owned())?;
                ensure(events.len() <= limit, || {
                    format!("a follower returned {} events for {limit}", events.len())
                })?;
                let own: Vec<_> = events.into_iter().filter(|event| self.owns(event)).collect();
                if !own.is_empty() {
                    return Ok(own);
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.map_err(|_| {
            Failure::new(format!("a follower showed nothing new for {} s", PATIENCE.as_secs()))
        })?
    }
}
