//! Where something lies, one column per level, so that each level has an index of its own.

use std::collections::HashMap;
use std::sync::Arc;

use procedure::UnitCode;
use rusqlite::{Connection, Row};

use crate::error::ReadError;

/// The units of a place below the nation.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) province: Option<String>,
    pub(crate) commune: Option<String>,
    pub(crate) hamlet: Option<String>,
}

impl Place {
    /// From the path of an event, the nation first.
    pub(crate) fn of_path(path: &[UnitCode]) -> Self {
        let level = |index: usize| path.get(index).map(|code| code.as_str().to_owned());
        Self { province: level(1), commune: level(2), hamlet: level(3) }
    }

    /// From the columns `province`, `commune` and `hamlet` of a row.
    pub(crate) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            province: row.get("province")?,
            commune: row.get("commune")?,
            hamlet: row.get("hamlet")?,
        })
    }

    /// Every unit that it lies in, the nation included.
    pub(crate) fn units(&self) -> impl Iterator<Item = &str> {
        let below = [&self.province, &self.commune, &self.hamlet];
        std::iter::once("VN").chain(below.into_iter().filter_map(|unit| unit.as_deref()))
    }
}

/// Places of units as the log has them so far, each looked up once: many subjects share one.
#[derive(Default)]
pub(crate) struct Places(HashMap<UnitCode, Arc<Place>>);

impl Places {
    /// Forgets all, because units have changed.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    /// The place of a unit, from the table of units as it is at this point of the log.
    pub(crate) fn of_unit(
        &mut self,
        connection: &Connection,
        unit: &UnitCode,
    ) -> Result<Arc<Place>, ReadError> {
        if let Some(place) = self.0.get(unit) {
            return Ok(place.clone());
        }
        let place = Arc::new(of_unit(connection, unit)?);
        self.0.insert(unit.clone(), place.clone());
        Ok(place)
    }
}

fn of_unit(connection: &Connection, unit: &UnitCode) -> Result<Place, ReadError> {
    let mut path = Vec::new();
    let mut next = Some(unit.as_str().to_owned());
    let sql = "SELECT parent FROM unit WHERE code = ?1 ORDER BY valid_from DESC LIMIT 1";
    let mut parent = connection.prepare_cached(sql)?;
    while let Some(code) = next.filter(|_| path.len() < 8) {
        next = parent.query_row([&code], |row| row.get(0))?;
        path.push(code);
    }
    path.reverse();
    let mut levels = path.into_iter().skip(1);
    Ok(Place { province: levels.next(), commune: levels.next(), hamlet: levels.next() })
}
