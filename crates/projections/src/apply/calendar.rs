//! The working days, and with them the last day of every step that is being taken.

use std::sync::Arc;

use procedure::CaseId;
use procedure::calendar::{Calendar, CalendarDays, Event};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::apply::Applier;
use crate::apply::counters::Before;
use crate::apply::edition::definition;
use crate::error::ReadError;

impl Applier {
    pub(super) fn calendar(&mut self, event: &Event) -> Result<(), ReadError> {
        let Event::CalendarPublished(event) = event;
        let days = serde_json::to_string(&event.days).map_err(ReadError::corrupt)?;
        let sql = "INSERT OR REPLACE INTO calendar (one, digest, published_on, days)
                   VALUES (1, ?1, ?2, ?3)";
        let values = params![event.digest.as_str(), event.on.to_string(), days];
        self.connection().prepare_cached(sql)?.execute(values)?;
        self.calendar = Arc::new(Calendar::new(&event.days));
        for id in self.open_cases()? {
            let mut dossier = self.take(id)?;
            let before = Before::standing(&dossier, definition(&self.definitions, &dossier));
            self.reckon(&mut dossier);
            if dossier.lane.is_some() {
                let definition = definition(&self.definitions, &dossier);
                self.counters.stands(&dossier, definition, (before, self.entries + 1));
            }
            self.touched.insert(id, dossier);
        }
        Ok(())
    }

    /// Those of the file, and those that wait to be written.
    fn open_cases(&self) -> Result<Vec<CaseId>, ReadError> {
        let sql = "SELECT id FROM dossier WHERE lane IS NOT NULL";
        let mut statement = self.connection().prepare(sql)?;
        let rows = statement.query_map((), |row| row.get::<_, [u8; 16]>(0))?;
        let stored = rows.map(|row| row.map(|id| CaseId(Uuid::from_bytes(id))));
        let mut cases = stored.collect::<Result<Vec<_>, _>>()?;
        cases.extend(self.touched.keys());
        cases.sort_unstable();
        cases.dedup();
        Ok(cases)
    }
}

/// The calendar in the file.
pub(super) fn read(connection: &Connection) -> Result<Arc<Calendar>, ReadError> {
    Ok(Arc::new(days(connection)?.map(|days| Calendar::new(&days)).unwrap_or_default()))
}

/// The days in the file.
pub(crate) fn days(connection: &Connection) -> Result<Option<CalendarDays>, ReadError> {
    let mut statement = connection.prepare_cached("SELECT days FROM calendar")?;
    let found: Option<String> = statement.query_row((), |row| row.get(0)).optional()?;
    found.map(|days| serde_json::from_str(&days).map_err(ReadError::corrupt)).transpose()
}
