//! The replicated log: every record of every stream at its position, and what the server makes of
//! an expected revision.
//!
//! Deliberately absent: transactions, so that commit and prepare positions are equal; an index, so
//! that reading a stream looks at the whole log.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use uuid::Uuid;

/// Where the first record lies: a real log begins with records that `$all` does not show.
const FIRST: u64 = 134;

/// What a record takes beyond its data and metadata.
const HEADER: u64 = 100;

/// The number of the event that ends a tombstoned stream, and the `$tb` of a deleted one.
const LAST_NUMBER: u64 = i64::MAX as u64;

/// A record of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its commit position, which is its prepare position too.
    pub position: u64,
    /// Its stream.
    pub stream: String,
    /// Its number in the stream.
    pub revision: u64,
    /// Its event's id.
    pub id: Uuid,
    /// Its event's type.
    pub event_type: String,
    /// Whether its data is marked as JSON.
    pub is_json: bool,
    /// Its data.
    pub data: Bytes,
    /// Its metadata, as the client's user gave it.
    pub metadata: Bytes,
    /// When it was written, in units of 100 ns since 1970.
    pub created: u64,
}

impl Stored {
    /// The position behind it.
    const fn end(&self) -> u64 {
        self.position + HEADER + (self.data.len() + self.metadata.len()) as u64
    }
}

/// An event before it has a place.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) id: Uuid,
    pub(super) event_type: String,
    pub(super) is_json: bool,
    pub(super) data: Bytes,
    pub(super) metadata: Bytes,
}

impl Proposal {
    /// A JSON event of the server's or of somebody else.
    pub(super) fn json(event_type: &str, data: impl Into<Bytes>) -> Self {
        Self {
            id: Uuid::new_v4(),
            event_type: event_type.to_owned(),
            is_json: true,
            data: data.into(),
            metadata: Bytes::new(),
        }
    }
}

/// What became of an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Written now. An append of nothing has no position.
    Written { last: i64, position: Option<u64> },
    /// The same events were there already.
    Repeated { last: i64, position: u64 },
    /// The stream is somewhere else.
    Conflict { current: i64 },
    /// The stream has a tombstone.
    Deleted,
}

/// What is known of a stream beyond its records.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// The number of its last event; -1 if it never had one.
    last: i64,
    /// Reads begin here: `$tb`.
    first: u64,
    tombstoned: bool,
}

const NO_STREAM: Head = Head { last: -1, first: 0, tombstoned: false };

/// A stream as a reader finds it.
#[derive(Debug)]
pub(super) enum View<'a> {
    /// It never was, or is deleted and may come again.
    Missing,
    /// It has a tombstone.
    Tombstoned,
    /// Its visible records, in order, and the number of its last event.
    Present { records: Vec<&'a Stored>, last: u64 },
}

/// The log of the cluster.
#[derive(Debug)]
pub(super) struct Log {
    records: Vec<Stored>,
    /// Where the next record will lie.
    end: u64,
    heads: HashMap<String, Head>,
}

impl Default for Log {
    fn default() -> Self {
        Self { records: Vec::new(), end: FIRST, heads: HashMap::new() }
    }
}

impl Log {
    /// All records, by position.
    pub(super) fn records(&self) -> &[Stored] {
        &self.records
    }

    /// Where the next record will lie.
    pub(super) const fn end(&self) -> u64 {
        self.end
    }

    /// The records behind `position`.
    pub(super) fn behind(&self, position: Option<u64>) -> &[Stored] {
        let from = self.records.partition_point(|record| Some(record.position) <= position);
        &self.records[from..]
    }

    /// Whether `position` lies inside of a record.
    pub(super) fn is_inside(&self, position: u64) -> bool {
        let next = self.records.partition_point(|record| record.position <= position);
        let before = next.checked_sub(1).and_then(|index| self.records.get(index));
        before.is_some_and(|record| record.position < position && position < record.end())
    }

    /// The stream as a reader finds it.
    pub(super) fn view(&self, stream: &str) -> View<'_> {
        let head = self.head(stream);
        match u64::try_from(head.last) {
            _ if head.tombstoned => View::Tombstoned,
            Ok(last) if head.first != LAST_NUMBER => {
                let visible = self.of(stream).filter(|record| record.revision >= head.first);
                View::Present { records: visible.collect(), last }
            }
            _ => View::Missing,
        }
    }

    /// The number of the last event of `stream`; -1 if there is none.
    pub(super) fn last(&self, stream: &str) -> i64 {
        self.head(stream).last
    }

    /// Whether `stream` has a tombstone.
    pub(super) fn is_tombstoned(&self, stream: &str) -> bool {
        self.head(stream).tombstoned
    }

    /// Appends as the server does: what is there already, event for event, is a success again.
    pub(super) fn append(&mut self, stream: &str, expected: i64, events: Vec<Proposal>) -> Outcome {
        let head = self.head(stream);
        if head.tombstoned {
            return Outcome::Deleted;
        }
        if expected < head.last
            && let Some(repeated) = self.repeated(stream, expected, &events)
        {
            return repeated;
        }
        // A deleted stream may begin again, behind its old numbers.
        let begins_again = head.first == LAST_NUMBER && expected == -1;
        if expected != head.last && !begins_again {
            return Outcome::Conflict { current: head.last };
        }
        let mut position = None;
        for event in events {
            position = Some(self.push(stream, event));
        }
        Outcome::Written { last: self.last(stream), position }
    }

    fn repeated(&self, stream: &str, expected: i64, events: &[Proposal]) -> Option<Outcome> {
        let from = u64::try_from(expected + 1).ok()?;
        let there: Vec<_> =
            self.of(stream).filter(|record| record.revision >= from).take(events.len()).collect();
        // Numbers without a gap: a scavenged stream has lost what a repeat would be compared with.
        let same = there.len() == events.len()
            && there.iter().zip(from..).all(|(record, revision)| record.revision == revision)
            && there.iter().zip(events).all(|(record, event)| record.id == event.id);
        let last = *there.last()?;
        same.then_some(Outcome::Repeated {
            last: last.revision.cast_signed(),
            position: last.position,
        })
    }

    /// Writes at the end of `stream`, whatever was expected.
    pub(super) fn push(&mut self, stream: &str, event: Proposal) -> u64 {
        let mut head = self.head(stream);
        head.last += 1;
        let revision = head.last.cast_unsigned();
        if head.first == LAST_NUMBER {
            head.first = revision;
        }
        self.heads.insert(stream.to_owned(), head);
        self.write(stream, revision, event)
    }

    /// Ends `stream` for good; its events stay in `$all`.
    pub(super) fn tombstone(&mut self, stream: &str) -> u64 {
        let head = Head { tombstoned: true, ..self.head(stream) };
        self.heads.insert(stream.to_owned(), head);
        let event = Proposal { is_json: false, ..Proposal::json("$streamDeleted", Bytes::new()) };
        self.write(stream, LAST_NUMBER, event)
    }

    /// Deletes `stream`, so that it may come again.
    pub(super) fn delete(&mut self, stream: &str) -> u64 {
        self.truncate(stream, LAST_NUMBER)
    }

    /// Lets reads of `stream` begin at `before`, as the server does it: by metadata in a stream of
    /// its own, which is a record too.
    pub(super) fn truncate(&mut self, stream: &str, before: u64) -> u64 {
        let head = Head { first: before, ..self.head(stream) };
        self.heads.insert(stream.to_owned(), head);
        let metadata = format!("{{\"$tb\":{before}}}");
        self.push(&format!("$${stream}"), Proposal::json("$metadata", metadata))
    }

    /// Removes what no reader of its stream can see; a tombstone itself stays.
    pub(super) fn scavenge(&mut self) {
        let heads = &self.heads;
        self.records.retain(|record| {
            let head = heads.get(&record.stream).copied().unwrap_or(NO_STREAM);
            if head.tombstoned {
                record.revision == LAST_NUMBER
            } else {
                record.revision >= head.first
            }
        });
    }

    /// Puts another event in the place of the last record: the history that a client saw is not the
    /// one that the cluster kept.
    pub(super) fn rewrite_last(&mut self) {
        if let Some(last) = self.records.last_mut() {
            last.id = Uuid::new_v4();
            last.created = now();
        }
    }

    fn write(&mut self, stream: &str, revision: u64, event: Proposal) -> u64 {
        let record = Stored {
            position: self.end,
            stream: stream.to_owned(),
            revision,
            id: event.id,
            event_type: event.event_type,
            is_json: event.is_json,
            data: event.data,
            metadata: event.metadata,
            created: now(),
        };
        let position = record.position;
        self.end = record.end();
        self.records.push(record);
        position
    }

    fn head(&self, stream: &str) -> Head {
        self.heads.get(stream).copied().unwrap_or(NO_STREAM)
    }

    fn of(&self, stream: &str) -> impl Iterator<Item = &Stored> {
        self.records.iter().filter(move |record| record.stream == stream)
    }
}

/// The time in units of 100 ns since 1970.
fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_nanos() / 100).unwrap_or(u64::MAX)
}
