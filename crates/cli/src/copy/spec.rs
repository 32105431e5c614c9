//! Copies that end well, that are cut off, and that must not be.

use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use event_store::{
    Appended, EventStore, Expected, Follower, MemoryStore, NewEvent, Position, RecordedEvent,
    StoreError, StreamName,
};
use event_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

use super::{Copied, CopyError, Digests, copy, digests};

const EVENTS: u64 = 9_000;

fn new(number: u64) -> NewEvent {
    NewEvent {
        id: Uuid::from_u128(u128::from(number)),
        event_type: "Claimed".into(),
        metadata: number.to_string().into_bytes().into(),
        data: vec![b'x'; 100].into(),
    }
}

/// A log in which some events of a stream stand beside each other and others do not.
async fn log(events: u64) -> MemoryStore {
    let store = MemoryStore::new();
    let mut next = [0_u64; 37];
    let mut number = 0;
    while number < events {
        let stream = (number * 7 % 37) as usize;
        let run = (number % 3 + 1).min(events - number);
        let expected = Expected::from(next[stream].checked_sub(1));
        let batch = (number..number + run).map(new).collect();
        let name = StreamName::new(format!("case-{stream}")).unwrap();
        store.append(&name, expected, batch).await.unwrap();
        next[stream] += run;
        number += run;
    }
    store
}

async fn all(store: &dyn EventStore) -> Digests {
    digests(store, u64::MAX, &mut |_| {}).await.unwrap()
}

async fn run(from: &dyn EventStore, to: &dyn EventStore) -> Result<Copied, CopyError> {
    copy(from, to, 512, &mut |_| {}).await
}

#[tokio::test]
async fn a_copy_has_the_same_events_in_the_same_order_and_a_second_one_writes_nothing() {
    let from = log(EVENTS).await;
    let folder = tempfile::tempdir().unwrap();
    let to = SqliteStore::open(folder.path().join("events.db"), Options::default()).unwrap();
    let mut told = Vec::new();
    let copied = copy(&from, &to, 512, &mut |position| told.push(position)).await.unwrap();
    assert_eq!(copied, Copied { found: 0, written: EVENTS });
    assert!(told.is_sorted() && told.last().copied() == from.head().await.unwrap());
    assert_eq!(all(&from).await, all(&to).await);
    assert_eq!(run(&from, &to).await.unwrap(), Copied { found: EVENTS, written: 0 });
    // And back again, one append at a time.
    let back = MemoryStore::new();
    copy(&to, &back, 1, &mut |_| {}).await.unwrap();
    let bare = |events: Vec<RecordedEvent>| {
        let bare = |event: RecordedEvent| {
            (event.stream, event.revision, event.id, event.event_type, event.metadata, event.data)
        };
        events.into_iter().map(bare).collect::<Vec<_>>()
    };
    let (one, other) = (from.read_all(None, 99_999).await, back.read_all(None, 99_999).await);
    assert_eq!(bare(one.unwrap()), bare(other.unwrap()));
}

#[tokio::test]
async fn a_copy_takes_along_what_came_meanwhile() {
    let from = log(10).await;
    let to = MemoryStore::new();
    run(&from, &to).await.unwrap();
    let name = StreamName::new("case-new").unwrap();
    from.append(&name, Expected::NoStream, vec![new(77)]).await.unwrap();
    assert_eq!(run(&from, &to).await.unwrap(), Copied { found: 10, written: 1 });
}

/// A target that fails after so many appends, or changes a byte of one.
struct Broken {
    inner: MemoryStore,
    appends: AtomicU64,
    fails_at: u64,
    spoils: u64,
}

impl Broken {
    fn new(fails_at: u64, spoils: u64) -> Self {
        Self { inner: MemoryStore::new(), appends: AtomicU64::new(0), fails_at, spoils }
    }
}

#[async_trait]
impl EventStore for Broken {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        mut events: Vec<NewEvent>,
    ) -> Result<Appended, StoreError> {
        let number = self.appends.fetch_add(1, Ordering::SeqCst);
        if number >= self.fails_at {
            let detail = "killed".to_owned();
            return Err(StoreError::Unavailable { maybe_written: false, detail });
        }
        if number == self.spoils {
            events[0].data = vec![b'y'; 100].into();
        }
        self.inner.append(stream, expected, events).await
    }

    async fn read(
        &self,
        stream: &StreamName,
        from: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.inner.read(stream, from, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.inner.read_all(after, limit).await
    }

    async fn head(&self) -> Result<Option<Position>, StoreError> {
        self.inner.head().await
    }

    async fn follow(&self, after: Option<Position>) -> Result<Box<dyn Follower>, StoreError> {
        self.inner.follow(after).await
    }
}

#[tokio::test]
async fn a_copy_that_was_cut_off_goes_on_where_it_was() {
    let from = log(EVENTS).await;
    for cut in [1, 700, 3_000] {
        let to = Broken::new(cut, u64::MAX);
        let error = run(&from, &to).await.unwrap_err();
        assert!(matches!(error, CopyError::Store(StoreError::Unavailable { .. })), "{error}");
        let left = all(&to.inner).await.events;
        assert!(left > 0 && left < EVENTS, "{left}");
        let copied = run(&from, &to.inner).await.unwrap();
        assert_eq!(copied, Copied { found: left, written: EVENTS - left });
        assert_eq!(all(&from).await, all(&to.inner).await);
    }
}

#[tokio::test]
async fn a_target_with_events_of_its_own_is_not_written_to() {
    let from = log(100).await;
    let own = StreamName::new("case-own").unwrap();
    // One that begins otherwise, one that goes on otherwise, one that goes on where the source ends.
    for same in [0, 50, 100] {
        let to = MemoryStore::new();
        run(&log(same).await, &to).await.unwrap();
        to.append(&own, Expected::NoStream, vec![new(5_000)]).await.unwrap();
        let before = all(&to).await;
        let error = run(&from, &to).await.unwrap_err();
        let CopyError::Foreign { position, stream, revision } = error else { panic!("{error}") };
        assert_eq!(
            (position, stream.as_str(), revision),
            (Position::new(same + 1, 0), "case-own", 0)
        );
        assert_eq!(all(&to).await, before);
    }
}

#[tokio::test]
async fn a_byte_that_changed_on_the_way_is_noticed_and_one_that_changed_later_too() {
    let from = log(100).await;
    let to = Broken::new(u64::MAX, 20);
    assert_eq!(run(&from, &to).await.unwrap().written, 100);
    let (one, other) = (all(&from).await, all(&to).await);
    assert!(one.log != other.log && one.streams != other.streams);
    let error = run(&from, &to).await.unwrap_err();
    assert!(matches!(error, CopyError::Foreign { .. }), "{error}");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    let file = SqliteStore::open(&path, Options::default()).unwrap();
    run(&from, &file).await.unwrap();
    drop(file);
    let spoil = rusqlite::Connection::open(&path).unwrap();
    let changed = spoil.execute("UPDATE event SET data = X'00' WHERE position = 60", ()).unwrap();
    assert_eq!(changed, 1);
    drop(spoil);
    let file = SqliteStore::open(&path, Options::default()).unwrap();
    let error = run(&from, &file).await.unwrap_err();
    let CopyError::Foreign { position, .. } = error else { panic!("{error}") };
    assert_eq!(position, Position::new(60, 0));
}

#[tokio::test]
async fn another_order_between_streams_is_told_from_other_events() {
    let (one, other) = (MemoryStore::new(), MemoryStore::new());
    let streams = ["case-1", "case-2"].map(|name| StreamName::new(name).unwrap());
    for (store, order) in [(&one, [0, 1]), (&other, [1, 0])] {
        for number in order {
            let event = vec![new(number as u64)];
            store.append(&streams[number], Expected::NoStream, event).await.unwrap();
        }
    }
    let (one, other) = (all(&one).await, all(&other).await);
    assert_eq!(one.streams, other.streams);
    assert_ne!(one.log, other.log);
}
