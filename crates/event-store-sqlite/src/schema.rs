//! The tables and the views of the file. The comments inside the statements are kept by SQLite and
//! shown by `.schema`, so that the file explains itself.
//!
//! Streams and types are numbered in order of birth, so that this season's cases are neighbours in
//! the one index. There is no index on the event's id: a repeated append is recognised by comparing
//! ids at the expected revisions.

/// Marks the file as ours: the letters `hhes`.
pub(crate) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"hhes");

/// Version of the tables that this program writes.
pub(crate) const VERSION: i32 = 1;

/// Creates everything in an empty file.
pub(crate) const CREATE: &str = "
CREATE TABLE stream ( -- names of streams, numbered in order of birth
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE event_type ( -- names of event types
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE event ( -- the log: rows are only ever added
  position INTEGER PRIMARY KEY, -- place in the log, from 1 without gaps
  stream INTEGER NOT NULL,      -- stream.id
  revision INTEGER NOT NULL,    -- place in the stream, from 0 without gaps
  id BLOB NOT NULL,             -- UUID of the event, 16 bytes
  type INTEGER NOT NULL,        -- event_type.id
  metadata BLOB NOT NULL,       -- envelope, byte for byte as written
  data BLOB NOT NULL            -- payload, byte for byte as written
) STRICT;

CREATE UNIQUE INDEX event_by_stream ON event (stream, revision);

CREATE VIEW events AS -- for people: SELECT * FROM events WHERE stream = 'case-...'
  SELECT e.position, s.name AS stream, e.revision,
    lower(substr(hex(e.id), 1, 8) || '-' || substr(hex(e.id), 9, 4) || '-'
      || substr(hex(e.id), 13, 4) || '-' || substr(hex(e.id), 17, 4) || '-'
      || substr(hex(e.id), 21)) AS id,
    t.name AS type, CAST(e.metadata AS TEXT) AS metadata, CAST(e.data AS TEXT) AS data
  FROM event AS e
  JOIN stream AS s ON s.id = e.stream
  JOIN event_type AS t ON t.id = e.type;

CREATE VIEW streams AS -- for people: one row per stream
  SELECT s.name AS stream, count(*) AS events,
    min(e.position) AS first_position, max(e.position) AS last_position
  FROM stream AS s JOIN event AS e ON e.stream = s.id
  GROUP BY s.id;
";
