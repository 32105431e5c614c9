//! One connection that reads, and turning rows into events with few allocations: names are shared,
//! and all bytes of one answer lie in one buffer.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use event_store::{RecordedEvent, StreamName};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use crate::batch::position;
use crate::failure::Failure;
use crate::generations::Generations;
use crate::heads::{Head, Known};
use crate::open::{last_position, open_reader};

/// Names kept per connection and generation.
const NAMES: usize = 16_384;

pub(crate) struct Reader {
    connection: Connection,
    streams: Generations<i64, StreamName>,
    types: Generations<i64, Arc<str>>,
}

/// What to read of one stream.
pub(crate) struct StreamQuery {
    pub(crate) stream: StreamName,
    /// Its number, if known.
    pub(crate) id: Option<i64>,
    pub(crate) from: u64,
    pub(crate) limit: usize,
    /// Last position to show.
    pub(crate) until: i64,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self {
            connection: open_reader(path)?,
            streams: Generations::new(NAMES),
            types: Generations::new(NAMES),
        })
    }

    pub(crate) fn last_position(&self) -> Result<i64, Failure> {
        Ok(last_position(&self.connection)?)
    }

    /// Events of one stream, and the state of the stream if it was seen.
    pub(crate) fn stream(
        &mut self,
        query: &StreamQuery,
    ) -> Result<(Vec<RecordedEvent>, Option<Head>), Failure> {
        let Some(id) = self.stream_id(query)? else { return Ok((Vec::new(), Some(None))) };
        let mut page = Page::new(query.limit);
        // Without the hint the planner could choose the range of positions instead.
        let sql = "SELECT position, stream, revision, id, type, metadata, data
                   FROM event INDEXED BY event_by_stream
                   WHERE stream = ?1 AND revision >= ?2 AND position <= ?3
                   ORDER BY revision LIMIT ?4";
        let from = i64::try_from(query.from).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![id, from, query.until, as_limit(query.limit)])?;
        let mut next = query.from;
        while let Some(row) = rows.next()? {
            let revision = page.add(row)?.revision;
            if revision != next {
                let stream = &query.stream;
                return Err(Failure::Corrupt(format!("revision {next} of {stream} is missing")));
            }
            next = revision + 1;
        }
        drop(rows);
        drop(statement);
        let head = match page.rows.last() {
            _ if page.rows.len() >= query.limit => None,
            Some(last) => Some(Some(Known { id, last: last.revision })),
            None => Some(self.head(id, query.until)?),
        };
        Ok((self.events(page)?, head))
    }

    fn stream_id(&self, query: &StreamQuery) -> Result<Option<i64>, Failure> {
        if query.id.is_some() {
            return Ok(query.id);
        }
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM stream WHERE name = ?1")?;
        Ok(statement.query_row([query.stream.as_str()], |row| row.get(0)).optional()?)
    }

    fn head(&self, id: i64, until: i64) -> Result<Head, Failure> {
        let sql = "SELECT revision FROM event INDEXED BY event_by_stream
                   WHERE stream = ?1 AND position <= ?2 ORDER BY revision DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let last = statement.query_row(params![id, until], |row| row.get(0)).optional()?;
        Ok(last.map(|last| Known { id, last }))
    }

    /// Events of the whole log after `after`, up to `until`.
    pub(crate) fn log(
        &mut self,
        after: i64,
        until: i64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, Failure> {
        let mut page = Page::new(limit);
        let sql = "SELECT position, stream, revision, id, type, metadata, data
                   FROM event WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![after, until, as_limit(limit)])?;
        let mut last = after;
        while let Some(row) = rows.next()? {
            let position = page.add(row)?.position;
            // Positions have no gaps, so a missing row is seen for the price of a comparison.
            if position != last + 1 {
                return Err(Failure::Corrupt(format!("position {} is missing", last + 1)));
            }
            last = position;
        }
        drop(rows);
        drop(statement);
        self.events(page)
    }

    fn events(&mut self, page: Page) -> Result<Vec<RecordedEvent>, Failure> {
        let bytes = Bytes::from(page.bytes);
        let mut events = Vec::with_capacity(page.rows.len());
        // Neighbours in the log are often of one stream and of one type.
        let mut stream: Option<(i64, StreamName)> = None;
        let mut event_type: Option<(i64, Arc<str>)> = None;
        for row in page.rows {
            let stream = match &stream {
                Some((id, name)) if *id == row.stream => name.clone(),
                _ => stream.insert((row.stream, self.stream_name(row.stream)?)).1.clone(),
            };
            let event_type = match &event_type {
                Some((id, name)) if *id == row.event_type => Arc::clone(name),
                _ => {
                    let name = self.type_name(row.event_type)?;
                    Arc::clone(&event_type.insert((row.event_type, name)).1)
                }
            };
            events.push(RecordedEvent {
                position: position(row.position),
                stream,
                revision: row.revision,
                id: row.id,
                event_type,
                metadata: bytes.slice(row.metadata),
                data: bytes.slice(row.data),
            });
        }
        Ok(events)
    }

    fn stream_name(&mut self, id: i64) -> Result<StreamName, Failure> {
        if let Some(name) = self.streams.get(&id) {
            return Ok(name.clone());
        }
        let text = name(&self.connection, "SELECT name FROM stream WHERE id = ?1", id)?;
        let name = StreamName::new(text).map_err(|error| Failure::Corrupt(error.to_string()))?;
        self.streams.insert(id, name.clone());
        Ok(name)
    }

    fn type_name(&mut self, id: i64) -> Result<Arc<str>, Failure> {
        if let Some(name) = self.types.get(&id) {
            return Ok(Arc::clone(name));
        }
        let text = name(&self.connection, "SELECT name FROM event_type WHERE id = ?1", id)?;
        let name: Arc<str> = text.into();
        self.types.insert(id, Arc::clone(&name));
        Ok(name)
    }
}

fn name(connection: &Connection, sql: &str, id: i64) -> Result<String, Failure> {
    let name = connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    name.ok_or_else(|| Failure::Corrupt(format!("number {id} has no name")))
}

fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// An answer while it is being read.
struct Page {
    rows: Vec<RawRow>,
    bytes: Vec<u8>,
}

struct RawRow {
    position: i64,
    stream: i64,
    revision: u64,
    id: Uuid,
    event_type: i64,
    metadata: Range<usize>,
    data: Range<usize>,
}

impl Page {
    fn new(limit: usize) -> Self {
        Self { rows: Vec::with_capacity(limit.min(1024)), bytes: Vec::new() }
    }

    fn add(&mut self, row: &Row<'_>) -> Result<&RawRow, Failure> {
        let position = row.get(0)?;
        let broken =
            |what| Failure::Corrupt(format!("the {what} at position {position} is broken"));
        let id = row.get_ref(3)?.as_blob().ok().and_then(|bytes| Uuid::from_slice(bytes).ok());
        let row = RawRow {
            position,
            stream: row.get(1)?,
            revision: row.get(2)?,
            id: id.ok_or_else(|| broken("id"))?,
            event_type: row.get(4)?,
            metadata: self.take(row.get_ref(5)?.as_blob().map_err(|_| broken("metadata"))?),
            data: self.take(row.get_ref(6)?.as_blob().map_err(|_| broken("data"))?),
        };
        let index = self.rows.len();
        self.rows.push(row);
        Ok(&self.rows[index])
    }

    fn take(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }
}
