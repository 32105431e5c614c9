//! What lies both in the territory of whoever asks and in the units asked for.

use procedure::UnitCode;
use rusqlite::OptionalExtension as _;

use crate::error::ReadError;
use crate::models::Reader;
use crate::query::NATION;

impl Reader<'_> {
    /// The units that make up the common part, none of them within another; `units` empty asks for
    /// the whole territory.
    pub(crate) fn scope(
        &self,
        territory: &[UnitCode],
        units: &[UnitCode],
    ) -> Result<Vec<UnitCode>, ReadError> {
        let paths = |codes: &[UnitCode]| -> Result<Vec<Vec<UnitCode>>, ReadError> {
            codes.iter().map(|code| self.upwards(code)).collect()
        };
        let territory = paths(territory)?;
        let units = paths(units)?;
        let mut common: Vec<&Vec<UnitCode>> = Vec::new();
        if units.is_empty() {
            common.extend(&territory);
        }
        for unit in &units {
            if territory.iter().any(|allowed| lies_in(unit, allowed)) {
                common.push(unit);
            } else {
                common.extend(territory.iter().filter(|allowed| lies_in(allowed, unit)));
            }
        }
        common.sort_by_key(|path| path.len());
        let mut kept: Vec<&Vec<UnitCode>> = Vec::new();
        for path in common {
            if !kept.iter().any(|outer| lies_in(path, outer)) {
                kept.push(path);
            }
        }
        Ok(kept.into_iter().filter_map(|path| path.first().cloned()).collect())
    }

    /// The unit and all above it, the nation last; the nation alone is above a unit that the log
    /// does not have.
    fn upwards(&self, code: &UnitCode) -> Result<Vec<UnitCode>, ReadError> {
        let sql = "SELECT parent FROM unit WHERE code = ?1 ORDER BY valid_from DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut path = vec![code.clone()];
        while let Some(last) = path.last().filter(|_| path.len() < 8) {
            let parent: Option<Option<String>> =
                statement.query_row([last.as_str()], |row| row.get(0)).optional()?;
            match parent.flatten() {
                Some(parent) => path.push(parent.parse().map_err(ReadError::corrupt)?),
                None => break,
            }
        }
        if path.last().is_some_and(|last| last.as_str() != NATION) {
            path.push(NATION.parse().map_err(ReadError::corrupt)?);
        }
        Ok(path)
    }
}

/// Whether the unit that `path` begins with is the one that `outer` begins with, or lies in it.
fn lies_in(path: &[UnitCode], outer: &[UnitCode]) -> bool {
    outer.first().is_some_and(|outer| path.contains(outer))
}
