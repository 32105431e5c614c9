//! What each event does to the tables. One batch is one transaction with its position; rows of
//! cases and totals are changed in memory and written once per batch.
//!
//! Deliberately absent: any judgement; an event has happened.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::Arc;

use codec::{AnyEvent, Keyring};
use event_store::Position;
use lru::LruCache;
use procedure::definition::StepKind;
use procedure::{CaseId, ProcedureId, Sealed, StepId};
use rusqlite::{Connection, TransactionBehavior, params};
use uuid::Uuid;

use crate::decode::Decoded;
use crate::error::ReadError;

mod case;
pub(crate) mod dossier;
mod edition;
mod officer;
pub(crate) mod place;
mod subject;
mod territory;
mod totals;

use dossier::Dossier;
use totals::Totals;

/// Cases at hand, some 300 bytes each.
const CACHE: NonZeroUsize = NonZeroUsize::new(200_000).unwrap();

/// Writes the read models.
pub(crate) struct Applier {
    connection: Connection,
    keyring: Arc<dyn Keyring>,
    /// Cases as they stand in the file.
    cache: LruCache<CaseId, Dossier>,
    /// Cases changed in this batch.
    touched: BTreeMap<CaseId, Dossier>,
    totals: Totals,
    /// Kinds of steps of all published definitions.
    kinds: HashMap<(ProcedureId, StepId), StepKind>,
    /// How many events have been counted.
    entries: u64,
}

/// The event of a batch that could not be applied, and why.
pub(crate) struct NotApplied {
    pub(crate) index: usize,
    pub(crate) error: ReadError,
}

impl Applier {
    /// Goes on where the file is.
    pub(crate) fn new(
        connection: Connection,
        keyring: Arc<dyn Keyring>,
    ) -> Result<Self, ReadError> {
        let sql = "SELECT entries FROM progress";
        let entries: i64 = connection.query_row(sql, (), |row| row.get(0))?;
        let kinds = edition::kinds(&connection)?;
        Ok(Self {
            connection,
            keyring,
            cache: LruCache::new(CACHE),
            touched: BTreeMap::new(),
            totals: Totals::default(),
            kinds,
            entries: entries as u64,
        })
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn entries(&self) -> u64 {
        self.entries
    }

    /// Applies a batch in one transaction.
    pub(crate) fn apply(&mut self, batch: &[Decoded]) -> Result<(), NotApplied> {
        let before = self.entries;
        let result = self.try_apply(batch);
        if result.is_err() {
            self.entries = before;
            self.touched.clear();
            self.totals = Totals::default();
            // The transaction may be open still; what it changed must not stay.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        result
    }

    fn try_apply(&mut self, batch: &[Decoded]) -> Result<(), NotApplied> {
        let at = |index| move |error: ReadError| NotApplied { index, error };
        let begin = "BEGIN IMMEDIATE";
        self.connection.execute_batch(begin).map_err(|error| at(0)(error.into()))?;
        for (index, event) in batch.iter().enumerate() {
            self.one(event).map_err(at(index))?;
            self.entries += 1;
        }
        let last = batch.len().saturating_sub(1);
        self.flush(batch.last().map(|event| event.position)).map_err(at(last))?;
        self.connection.execute_batch("COMMIT").map_err(|error| at(last)(error.into()))
    }

    fn one(&mut self, decoded: &Decoded) -> Result<(), ReadError> {
        let stream = decoded.stream.as_str();
        let uuid = || codec::stream::uuid_of(stream).ok_or_else(|| ReadError::corrupt(stream));
        let Some(event) = &decoded.event else { return Ok(()) };
        match event {
            AnyEvent::Case(event) => self.case(CaseId(uuid()?), decoded, event),
            AnyEvent::Subject(event) => self.subject(uuid()?, event),
            AnyEvent::Officer(event) => self.officer(uuid()?, event),
            AnyEvent::Edition(event) => self.edition(codec::stream::id_of(stream), event),
            AnyEvent::Territory(event) => self.territory(event),
        }
    }

    /// Opens a name; `None` where the key has been destroyed.
    fn open(&self, owner: Uuid, sealed: &Sealed) -> Result<Option<String>, ReadError> {
        let key = self.keyring.get(owner)?;
        Ok(key.and_then(|key| key.open(owner, sealed).ok()))
    }

    fn flush(&mut self, position: Option<Position>) -> Result<(), ReadError> {
        for (id, dossier) in std::mem::take(&mut self.touched) {
            dossier.write(&self.connection, id)?;
            self.cache.put(id, dossier);
        }
        std::mem::take(&mut self.totals).write(&self.connection)?;
        let position = position.map(|position| position.to_string());
        let sql = "UPDATE progress SET position = coalesce(?1, position), entries = ?2";
        self.connection.prepare_cached(sql)?.execute(params![position, self.entries as i64])?;
        Ok(())
    }
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
