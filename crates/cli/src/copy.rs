//! Copies a log into another store: same streams, revisions, ids, bytes and order.
//!
//! Appends are begun one after the other and answered together, so that the other store commits
//! many at once and still sees them in the order of the log. Deliberately absent: going on where
//! an earlier copy ended; repeating it from the start changes nothing in a store that has it.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::Poll;

use event_store::{EventStore, Expected, NewEvent, RecordedEvent, StoreError};

const PAGE: usize = 4096;
/// Appends that wait for an answer.
const WINDOW: usize = 512;

/// Copies everything; returns how many events.
pub(crate) async fn copy(from: &dyn EventStore, to: &dyn EventStore) -> Result<u64, StoreError> {
    let (mut after, mut count) = (None, 0);
    loop {
        let events = from.read_all(after, PAGE).await?;
        let Some(last) = events.last() else { return Ok(count) };
        after = Some(last.position);
        append_all(&events, to).await?;
        count += events.len() as u64;
    }
}

async fn append_all(events: &[RecordedEvent], to: &dyn EventStore) -> Result<(), StoreError> {
    let mut waiting = VecDeque::with_capacity(WINDOW);
    for event in events {
        let expected = Expected::from(event.revision.checked_sub(1));
        let mut append = to.append(&event.stream, expected, vec![again(event)]);
        // Polled once, an append has taken its place in the queue of the store.
        match poll_fn(|context| Poll::Ready(append.as_mut().poll(context))).await {
            Poll::Ready(result) => drop(result?),
            Poll::Pending => waiting.push_back(append),
        }
        if waiting.len() == WINDOW
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

fn again(event: &RecordedEvent) -> NewEvent {
    NewEvent {
        id: event.id,
        event_type: event.event_type.clone(),
        metadata: event.metadata.clone(),
        data: event.data.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use event_store::{MemoryStore, StreamName};
    use event_store_sqlite::{Options, SqliteStore};
    use uuid::Uuid;

    #[tokio::test]
    async fn a_copy_has_the_same_events_in_the_same_order() {
        let from = MemoryStore::new();
        for number in 0..2_000_u64 {
            let stream = StreamName::new(format!("case-{}", number % 37)).unwrap();
            let new = NewEvent {
                id: Uuid::from_u128(u128::from(number)),
                event_type: "Claimed".into(),
                metadata: number.to_string().into_bytes().into(),
                data: vec![0; 100].into(),
            };
            let expected = Expected::from((number / 37).checked_sub(1));
            from.append(&stream, expected, vec![new]).await.unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let to = SqliteStore::open(folder.path().join("events.db"), Options::default()).unwrap();
        assert_eq!(copy(&from, &to).await.unwrap(), 2_000);
        assert_eq!(copy(&from, &to).await.unwrap(), 2_000, "again");
        let bare = |events: Vec<RecordedEvent>| {
            let bare = |event: RecordedEvent| {
                (event.stream, event.revision, event.id, event.event_type, event.metadata)
            };
            events.into_iter().map(bare).collect::<Vec<_>>()
        };
        let (one, other) = (from.read_all(None, 9_999).await, to.read_all(None, 9_999).await);
        assert_eq!(bare(one.unwrap()), bare(other.unwrap()));
    }
}
