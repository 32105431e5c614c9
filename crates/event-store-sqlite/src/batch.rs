//! One transaction of the writer: what its appends find and change. Each append is judged against
//! the file *and* against the earlier ones of the same transaction; nobody learns the judgement
//! before the transaction is on disk.

use std::collections::HashMap;
use std::sync::Arc;

use event_store::{Appended, Expected, NewEvent, Position, StoreError, StreamName};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::failure::Failure;
use crate::heads::{Head, Heads, Known};

/// What one append came to, to be told after the commit.
pub(crate) type Judgement = Result<Appended, StoreError>;

/// A transaction that is open on `connection`.
pub(crate) struct Batch<'w> {
    connection: &'w Connection,
    heads: &'w Heads,
    types: &'w HashMap<Arc<str>, i64>,
    /// What the commit will make true.
    pub(crate) changes: Changes,
}

/// Effects that hold once the transaction is committed, and never if it is not.
#[derive(Default)]
pub(crate) struct Changes {
    /// Last position given.
    pub(crate) last: i64,
    /// Streams that grew.
    pub(crate) streams: HashMap<StreamName, Known>,
    /// Event types that were named for the first time.
    pub(crate) types: HashMap<Arc<str>, i64>,
    /// Events written.
    pub(crate) events: u64,
}

impl<'w> Batch<'w> {
    pub(crate) fn new(
        connection: &'w Connection,
        heads: &'w Heads,
        types: &'w HashMap<Arc<str>, i64>,
        last: i64,
    ) -> Self {
        Self { connection, heads, types, changes: Changes { last, ..Changes::default() } }
    }

    pub(crate) fn append(
        &mut self,
        stream: &StreamName,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<Judgement, Failure> {
        let head = self.head(stream)?;
        let actual = head.map(|known| known.last);
        if actual != expected.last() {
            let first = match head {
                Some(known) if known.last >= expected.next() => {
                    self.repeated(known.id, expected.next(), events)?
                }
                _ => None,
            };
            return Ok(first.ok_or(StoreError::Conflict { actual }));
        }
        let id = match head {
            Some(known) => known.id,
            None => self.found(stream)?,
        };
        let last = self.write(id, expected.next(), events)?;
        self.changes.streams.insert(stream.clone(), Known { id, last });
        Ok(Ok(Appended { revision: last, position: position(self.changes.last) }))
    }

    fn head(&self, stream: &StreamName) -> Result<Head, Failure> {
        if let Some(known) = self.changes.streams.get(stream) {
            return Ok(Some(*known));
        }
        if let Some(head) = self.heads.look(stream).head {
            return Ok(head);
        }
        let sql = "SELECT id, (SELECT max(revision) FROM event WHERE stream = s.id)
                   FROM stream AS s WHERE name = ?1";
        self.connection
            .prepare_cached(sql)?
            .query_row([stream.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .map(|(id, last): (i64, Option<u64>)| match last {
                Some(last) => Ok(Known { id, last }),
                None => Err(Failure::Corrupt(format!("stream {stream} has no events"))),
            })
            .transpose()
    }

    /// What the first of two equal appends returned, if all its events are there.
    fn repeated(
        &self,
        stream: i64,
        from: u64,
        events: &[NewEvent],
    ) -> Result<Option<Appended>, Failure> {
        let sql = "SELECT id, revision, position FROM event INDEXED BY event_by_stream
                   WHERE stream = ?1 AND revision >= ?2 ORDER BY revision";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![stream, from])?;
        let mut last = None;
        for event in events {
            let Some(row) = rows.next()? else { return Ok(None) };
            if row.get_ref(0)?.as_blob().ok() != Some(event.id.as_bytes().as_slice()) {
                return Ok(None);
            }
            last = Some(Appended { revision: row.get(1)?, position: position(row.get(2)?) });
        }
        Ok(last)
    }

    /// Gives the stream the next number.
    fn found(&self, stream: &StreamName) -> Result<i64, Failure> {
        let mut statement =
            self.connection.prepare_cached("INSERT INTO stream (name) VALUES (?1)")?;
        Ok(statement.insert([stream.as_str()])?)
    }

    /// Writes the events from revision `first` on and returns the last revision.
    fn write(&mut self, stream: i64, first: u64, events: &[NewEvent]) -> Result<u64, Failure> {
        let sql = "INSERT INTO event (position, stream, revision, id, type, metadata, data)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut revision = first;
        for (event, next) in events.iter().zip(first..) {
            let event_type = self.event_type(&event.event_type)?;
            revision = next;
            self.changes.last += 1;
            self.changes.events += 1;
            statement.execute(params![
                self.changes.last,
                stream,
                revision,
                event.id.as_bytes(),
                event_type,
                &event.metadata[..],
                &event.data[..],
            ])?;
        }
        Ok(revision)
    }

    fn event_type(&mut self, name: &Arc<str>) -> Result<i64, Failure> {
        if let Some(id) = self.types.get(name).or_else(|| self.changes.types.get(name)) {
            return Ok(*id);
        }
        let known = self
            .connection
            .prepare_cached("SELECT id FROM event_type WHERE name = ?1")?
            .query_row([&**name], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => self
                .connection
                .prepare_cached("INSERT INTO event_type (name) VALUES (?1)")?
                .insert([&**name])?,
        };
        self.changes.types.insert(Arc::clone(name), id);
        Ok(id)
    }
}

/// Positions are counted from 1 and never negative.
pub(crate) fn position(number: i64) -> Position {
    Position::new(number.unsigned_abs(), 0)
}
