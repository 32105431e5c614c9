//! Whether anything may have changed in the queues of an area, for whoever asks again and again.

use procedure::UnitCode;
use rusqlite::OptionalExtension as _;

use crate::error::ReadError;
use crate::models::Reader;

impl Reader<'_> {
    /// A number that rises whenever an event touches a case in the common part of the territory and
    /// the units; 0 if none ever did. A look-up for each unit, however many cases there are.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn change_mark(
        &self,
        territory: &[UnitCode],
        units: &[UnitCode],
    ) -> Result<u64, ReadError> {
        let sql = "SELECT entries FROM mark WHERE unit = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut last = 0;
        for unit in self.scope(territory, units)? {
            let found: Option<i64> =
                statement.query_row([unit.as_str()], |row| row.get(0)).optional()?;
            last = last.max(found.unwrap_or(0) as u64);
        }
        Ok(last)
    }
}
