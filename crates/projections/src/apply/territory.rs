//! Administrative units, a row for each stretch of time.

use procedure::territory::{Change, Event, UnitsReorganised};
use rusqlite::{OptionalExtension as _, params};

use crate::apply::Applier;
use crate::error::ReadError;
use crate::search;

impl Applier {
    pub(super) fn territory(&mut self, event: &Event) -> Result<(), ReadError> {
        let Event::UnitsReorganised(event) = event;
        self.places.forget();
        // All changes of an instrument, or none.
        self.connection.execute_batch("SAVEPOINT instrument")?;
        let changed = event.changes.iter().try_for_each(|change| self.changed(change, event));
        let end = if changed.is_ok() { "" } else { "ROLLBACK TO instrument; " };
        self.connection.execute_batch(&format!("{end}RELEASE instrument"))?;
        changed
    }

    fn changed(&self, change: &Change, event: &UnitsReorganised) -> Result<(), ReadError> {
        let (code, name, kind, parent) = match change {
            Change::Founded { code, name, kind, parent } => {
                (code, name, kind, parent.as_ref().map(|parent| parent.as_str().to_owned()))
            }
            Change::Retyped { code, name, kind } => (code, name, kind, self.parent(code.as_str())?),
        };
        let sql = "
            INSERT OR REPLACE INTO unit (code, valid_from, parent, level, kind, name, search,
              instrument, sample)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.connection().prepare_cached(sql)?.execute(params![
            code.as_str(),
            event.effective.to_string(),
            parent,
            kind.level().as_str(),
            kind.as_str(),
            name,
            search::key(name),
            event.instrument.number,
            event.sample,
        ])?;
        Ok(())
    }

    fn parent(&self, code: &str) -> Result<Option<String>, ReadError> {
        let sql = "SELECT parent FROM unit WHERE code = ?1 ORDER BY valid_from DESC LIMIT 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([code], |row| row.get(0)).optional()?.flatten())
    }
}
