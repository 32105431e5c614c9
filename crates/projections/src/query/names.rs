//! Names for many at once.

use std::collections::BTreeMap;

use procedure::{Date, OfficerId, UnitCode};
use rusqlite::OptionalExtension as _;

use crate::error::ReadError;
use crate::models::Reader;
use crate::query::units::UnitRow;

impl Reader<'_> {
    /// The names of officers; without those whose key has been destroyed.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn officer_names(
        &self,
        ids: &[OfficerId],
    ) -> Result<BTreeMap<OfficerId, String>, ReadError> {
        let sql = "SELECT name FROM officer WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut names = BTreeMap::new();
        for id in ids {
            let found: Option<Option<String>> =
                statement.query_row([id.0.as_bytes()], |row| row.get(0)).optional()?;
            if let Some(name) = found.flatten() {
                names.insert(*id, name);
            }
        }
        Ok(names)
    }

    /// Units as they were on a day; without those that did not exist then.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn units_named(
        &self,
        codes: &[UnitCode],
        on: Date,
    ) -> Result<BTreeMap<UnitCode, UnitRow>, ReadError> {
        let mut units = BTreeMap::new();
        for code in codes {
            if let Some(unit) = self.unit(code, on)? {
                units.insert(code.clone(), unit);
            }
        }
        Ok(units)
    }
}
