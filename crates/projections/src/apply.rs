//! What each event does to the tables. A transaction holds one batch or many, with the position of
//! the last event; rows of cases, totals and counters are changed in memory and written once per transaction.
//!
//! Deliberately absent: any judgement; an event has happened.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use codec::AnyEvent;
use event_store::Position;
use lru::LruCache;
use procedure::{Calendar, CaseId};
use rusqlite::{Connection, TransactionBehavior, params};
use uuid::Uuid;

use crate::decode::Decoded;
use crate::error::ReadError;

pub(crate) mod act;
pub(crate) mod calendar;
mod case;
pub(crate) mod counters;
mod decision;
pub(crate) mod deed;
pub(crate) mod dossier;
mod edition;
pub(crate) mod lane;
mod meeting;
mod officer;
pub(crate) mod place;
mod refused_act;
mod subject;
mod territory;
mod totals;

use counters::Counters;
use deed::Deeds;
use dossier::Dossier;
use lane::Lanes;
use place::Places;
use totals::Totals;

/// Cases at hand as they stand in the file, some 400 bytes each.
const CACHE: NonZeroUsize = NonZeroUsize::new(150_000).unwrap();
/// Changed cases that may wait to be written.
const TOUCHED: usize = 150_000;
/// Events of one transaction; what is not a case is written at once and fills the log of the file.
const EVENTS: u64 = 500_000;

/// Writes the read models.
pub(crate) struct Applier {
    connection: Connection,
    /// Cases as they stand in the file.
    cache: LruCache<CaseId, Box<Dossier>>,
    /// Cases changed since the last commit; they are not in the cache.
    touched: HashMap<CaseId, Box<Dossier>>,
    totals: Totals,
    counters: Counters,
    lanes: Lanes,
    desks: act::Desks,
    deeds: Deeds,
    definitions: edition::Definitions,
    calendar: Arc<Calendar>,
    places: Places,
    /// How many events have been counted, and the last of them.
    entries: u64,
    position: Option<Position>,
    /// Which log they are of, once its first event of history has been counted.
    origin: Option<Origin>,
    /// How many of them the file says have been counted.
    committed: u64,
}

/// The event of a batch that could not be applied, and why. Those before it have been applied.
pub(crate) struct NotApplied {
    pub(crate) index: usize,
    pub(crate) error: ReadError,
}

impl Applier {
    /// Goes on where the file is.
    pub(crate) fn new(connection: Connection) -> Result<Self, ReadError> {
        // Waits for the commit of a writer that is just ending.
        connection.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
        let (entries, position, origin) = progress(&connection)?;
        Ok(Self {
            cache: LruCache::new(CACHE),
            touched: HashMap::new(),
            totals: Totals::default(),
            counters: Counters::default(),
            lanes: Lanes::read(&connection)?,
            desks: act::Desks::read(&connection)?,
            deeds: Deeds::read(&connection)?,
            definitions: edition::definitions(&connection)?,
            calendar: calendar::read(&connection)?,
            places: Places::default(),
            connection,
            entries,
            position,
            origin,
            committed: entries,
        })
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// How many events have been counted, committed or not.
    pub(crate) fn entries(&self) -> u64 {
        self.entries
    }

    /// The last event counted, committed or not.
    pub(crate) fn position(&self) -> Option<Position> {
        self.position
    }

    /// Which log its events are of.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Whether so much waits to be written that it should be.
    pub(crate) fn is_full(&self) -> bool {
        self.touched.len() >= TOUCHED || self.entries - self.committed >= EVENTS
    }

    /// Begins the transaction that [`Self::commit`] ends, unless one is open.
    pub(crate) fn begin(&mut self) -> Result<(), ReadError> {
        if !self.connection.is_autocommit() {
            return Ok(());
        }
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        // Two writers would count events twice.
        if progress(&self.connection)?.0 == self.committed {
            return Ok(());
        }
        self.connection.execute_batch("ROLLBACK")?;
        Err(ReadError::corrupt("somebody else writes the same file"))
    }

    /// Applies a batch within the transaction that is open. Each event is applied whole or not at
    /// all, so what stands before one that fails can be committed.
    pub(crate) fn apply(&mut self, batch: &[Decoded]) -> Result<(), NotApplied> {
        for (index, event) in batch.iter().enumerate() {
            self.one(event).map_err(|error| NotApplied { index, error })?;
            self.entries += 1;
            self.position = Some(event.position);
            if self.origin.is_none() && event.event.is_some() {
                self.origin = Some(Origin::of(event.id, event.position));
            }
        }
        Ok(())
    }

    /// Writes what waits in memory, with the position, and commits. After an error this applier is
    /// of no use any more.
    pub(crate) fn commit(&mut self) -> Result<(), ReadError> {
        // SQLite ends a transaction by itself when the disk is full or fails.
        if self.connection.is_autocommit() {
            return Err(ReadError::corrupt("the transaction was lost"));
        }
        let mut touched: Vec<_> = self.touched.drain().collect();
        touched.sort_unstable_by_key(|(id, _)| *id);
        for (id, dossier) in touched {
            dossier.write(&self.connection, id)?;
            self.cache.put(id, dossier);
        }
        std::mem::take(&mut self.totals).write(&self.connection)?;
        std::mem::take(&mut self.counters).write(&self.connection)?;
        self.deeds.write(&self.connection)?;
        let position = self.position.map(|position| position.to_string());
        let origin = self.origin.as_ref().map(|origin| &*origin.0);
        let sql = "UPDATE progress SET position = ?1, entries = ?2, origin = ?3";
        let values = params![position, self.entries as i64, origin];
        self.connection.prepare_cached(sql)?.execute(values)?;
        self.connection.execute_batch("COMMIT")?;
        self.committed = self.entries;
        Ok(())
    }

    fn one(&mut self, decoded: &Decoded) -> Result<(), ReadError> {
        let stream = decoded.stream.as_str();
        let uuid = || codec::stream::uuid_of(stream).ok_or_else(|| ReadError::corrupt(stream));
        let Some(event) = &decoded.event else { return Ok(()) };
        match event {
            AnyEvent::Case(event) => self.case(CaseId(uuid()?), decoded, event),
            AnyEvent::Subject(event) => {
                self.subject(uuid()?, event, &decoded.opened)?;
                self.other_deed(decoded, uuid()?)
            }
            AnyEvent::Officer(event) => {
                self.officer(uuid()?, event, &decoded.opened)?;
                self.other_deed(decoded, uuid()?)
            }
            AnyEvent::Edition(event) => self.edition(codec::stream::id_of(stream), event),
            AnyEvent::Territory(event) => self.territory(event),
            AnyEvent::Calendar(event) => self.calendar(event),
            AnyEvent::Meeting(event) => {
                self.meeting(uuid()?, event)?;
                self.other_deed(decoded, uuid()?)
            }
            AnyEvent::Decision(event) => {
                self.decision(uuid()?, decoded, event)?;
                self.other_deed(decoded, uuid()?)
            }
            AnyEvent::RefusedAct(event) => self.refused_act(uuid()?, decoded, event),
            // A draft counts for nothing; its author reads it from its own stream.
            AnyEvent::Draft(_) => Ok(()),
        }
    }
}

/// Which log it is: its first event of history, and where that stands. A copy in another engine has the
/// same event at another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

impl Origin {
    pub(crate) fn of(id: Uuid, position: Position) -> Self {
        Self(format!("{id} {position}"))
    }
}

type Progress = (u64, Option<Position>, Option<Origin>);

/// How far the file says that the log has been followed, and which log.
fn progress(connection: &Connection) -> Result<Progress, ReadError> {
    let sql = "SELECT entries, position, origin FROM progress";
    let (entries, position, origin): (i64, Option<String>, Option<String>) = connection
        .prepare_cached(sql)?
        .query_row((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let position = position.map(|text| text.parse().map_err(ReadError::corrupt)).transpose()?;
    Ok((entries as u64, position, origin.map(Origin)))
}

/// Opens a connection's write transaction for a few statements outside of a batch.
pub(crate) fn in_transaction(
    connection: &mut Connection,
    sql: &str,
) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(sql)?;
    transaction.commit()
}
