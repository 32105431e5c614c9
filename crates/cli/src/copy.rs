//! Copies a log into another store: same streams, revisions, ids, bytes and order.
//!
//! What the target has already must be the beginning of the source: both are read side by side and
//! compared, event by event, and where the target ends the copy goes on. So a copy that was cut off
//! needs no notes, and a target with events of its own is never written to. Afterwards both are read
//! again, from their own files, and what was read is compared by digest ([`digest`]).
//!
//! What checks of a store left behind is no history and is passed over on both sides: an engine that can
//! delete has deleted it, or will.
//!
//! Appends are begun one after the other and answered together, as far as the target keeps them in
//! order ([`crate::store_url::StoreUrl::in_order_at_once`]). Deliberately absent: keys and evidence files,
//! which are files and copied as such.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::Poll;

use event_store::{EventStore, Expected, NewEvent, Position, RecordedEvent, StoreError};

mod digest;
#[cfg(test)]
mod spec;

pub(crate) use digest::{Digests, digests};

const PAGE: usize = 4096;
/// Most events of one append, and most bytes unless one event alone has more: KurrentDB takes a
/// megabyte.
const TOGETHER: usize = 64;
const BYTES: usize = 400_000;

/// Why a log could not be copied.
#[derive(Debug)]
pub(crate) enum CopyError {
    /// One of the stores.
    Store(StoreError),
    /// What stands in the target is not what stands in the source.
    Foreign {
        /// Where, in the log of the target.
        position: Position,
        /// In which stream.
        stream: String,
        /// With which revision.
        revision: u64,
    },
}

impl std::fmt::Display for CopyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Foreign { position, .. } => write!(f, "the target differs at {position}"),
        }
    }
}

impl std::error::Error for CopyError {}

impl From<StoreError> for CopyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What a copy came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Copied {
    /// Events that the target had already.
    pub(crate) found: u64,
    /// Events that were written.
    pub(crate) written: u64,
}

impl Copied {
    /// Events that the target has now.
    pub(crate) fn events(self) -> u64 {
        self.found + self.written
    }
}

/// Copies everything that the target does not have. At most `at_once` appends wait for an answer.
/// `tell` hears how far it is in the source.
pub(crate) async fn copy(
    from: &dyn EventStore,
    to: &dyn EventStore,
    at_once: usize,
    tell: &mut (dyn FnMut(Position) + Send),
) -> Result<Copied, CopyError> {
    let mut copied = Copied::default();
    let mut there = Log::new(to);
    let mut after = None;
    loop {
        let (events, last) = history(from, after, PAGE).await?;
        let Some(last) = last else { break };
        after = Some(last);
        let mut known = 0;
        for event in &events {
            let Some(other) = there.next().await? else { break };
            must_be_same(event, &other)?;
            known += 1;
        }
        copied.found += known as u64;
        let fresh = events.get(known..).unwrap_or_default();
        append_all(fresh, to, at_once).await?;
        copied.written += fresh.len() as u64;
        if !fresh.is_empty() {
            // What was just written is not what it was asked about.
            there.end();
        }
        tell(last);
    }
    match there.next().await? {
        None => Ok(copied),
        // A source that lacks what the target has is no source of it.
        Some(more) => Err(foreign(&more)),
    }
}

/// What is history among the next events, and where the last of them stands; `None` at the end.
async fn history(
    store: &dyn EventStore,
    after: Option<Position>,
    limit: usize,
) -> Result<(Vec<RecordedEvent>, Option<Position>), StoreError> {
    let mut events = store.read_all(after, limit).await?;
    let last = events.last().map(|event| event.position);
    events.retain(|event| !event.stream.is_check());
    Ok((events, last))
}

/// A log, one event after the other.
struct Log<'a> {
    store: &'a dyn EventStore,
    page: VecDeque<RecordedEvent>,
    after: Option<Position>,
    ended: bool,
}

impl<'a> Log<'a> {
    fn new(store: &'a dyn EventStore) -> Self {
        Self { store, page: VecDeque::new(), after: None, ended: false }
    }

    async fn next(&mut self) -> Result<Option<RecordedEvent>, StoreError> {
        while self.page.is_empty() && !self.ended {
            let (page, last) = history(self.store, self.after, PAGE).await?;
            self.page = page.into();
            (self.after, self.ended) = (last.or(self.after), last.is_none());
        }
        Ok(self.page.pop_front())
    }

    fn end(&mut self) {
        self.ended = true;
    }
}

fn must_be_same(event: &RecordedEvent, other: &RecordedEvent) -> Result<(), CopyError> {
    let same = event.stream == other.stream
        && event.revision == other.revision
        && event.id == other.id
        && event.event_type == other.event_type
        && event.metadata == other.metadata
        && event.data == other.data;
    if same { Ok(()) } else { Err(foreign(other)) }
}

fn foreign(event: &RecordedEvent) -> CopyError {
    CopyError::Foreign {
        position: event.position,
        stream: event.stream.to_string(),
        revision: event.revision,
    }
}

async fn append_all(
    events: &[RecordedEvent],
    to: &dyn EventStore,
    at_once: usize,
) -> Result<(), StoreError> {
    let mut waiting = VecDeque::new();
    for together in batches(events) {
        let Some(first) = together.first() else { continue };
        let expected = Expected::from(first.revision.checked_sub(1));
        let new = together.iter().map(again).collect();
        let mut append = to.append(&first.stream, expected, new);
        // Polled once, an append has taken its place in the queue of the store.
        match poll_fn(|context| Poll::Ready(append.as_mut().poll(context))).await {
            Poll::Ready(result) => drop(result?),
            Poll::Pending => waiting.push_back(append),
        }
        if waiting.len() >= at_once
            && let Some(first) = waiting.pop_front()
        {
            first.await?;
        }
    }
    for append in waiting {
        append.await?;
    }
    Ok(())
}

/// Events that stand beside each other in one stream, as one append.
fn batches(mut events: &[RecordedEvent]) -> impl Iterator<Item = &[RecordedEvent]> {
    std::iter::from_fn(move || {
        let stream = &events.first()?.stream;
        let mut bytes = 0;
        let fits = |event: &&RecordedEvent| {
            bytes += event.metadata.len() + event.data.len();
            event.stream == *stream && bytes <= BYTES
        };
        let run = events.iter().take(TOGETHER).take_while(fits).count().max(1);
        let (together, rest) = events.split_at(run);
        events = rest;
        Some(together)
    })
}

fn again(event: &RecordedEvent) -> NewEvent {
    NewEvent {
        id: event.id,
        event_type: event.event_type.clone(),
        metadata: event.metadata.clone(),
        data: event.data.clone(),
    }
}
