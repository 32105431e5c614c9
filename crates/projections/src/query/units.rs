//! Administrative units as of a day.

use procedure::territory::{UnitKind, UnitLevel};
use procedure::{Date, UnitCode};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;

use crate::apply::dossier::{text, text_some};
use crate::error::ReadError;
use crate::models::Reader;

/// A unit as it is on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitRow {
    /// Official code.
    pub code: UnitCode,
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Level.
    pub level: UnitLevel,
    /// The unit that it is part of.
    pub parent: Option<UnitCode>,
    /// First day of this name and kind.
    pub valid_from: Date,
    /// The instrument that made it so.
    pub instrument: String,
    /// Made up for demonstration.
    pub sample: bool,
}

const SELECT: &str = "SELECT * FROM unit AS u WHERE u.valid_from = (
  SELECT max(valid_from) FROM unit WHERE code = u.code AND valid_from <= ?2)";

impl Reader<'_> {
    /// The unit, if it exists on the day.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn unit(&self, code: &UnitCode, on: Date) -> Result<Option<UnitRow>, ReadError> {
        let sql = format!("{SELECT} AND u.code = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = params![code.as_str(), on.to_string()];
        statement.query_row(values, |row| Ok(of_row(row))).optional()?.transpose()
    }

    /// The units one level below, by code.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn children(&self, code: &UnitCode, on: Date) -> Result<Vec<UnitRow>, ReadError> {
        let sql = format!("{SELECT} AND u.parent = ?1 ORDER BY u.code");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = params![code.as_str(), on.to_string()];
        statement.query_map(values, |row| Ok(of_row(row)))?.map(|row| row?).collect()
    }

    /// The unit and all above it, from the nation down; empty if it does not exist on the day.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn path(&self, code: &UnitCode, on: Date) -> Result<Vec<UnitRow>, ReadError> {
        let mut path = Vec::new();
        let mut next = Some(code.clone());
        while let Some(code) = next.filter(|_| path.len() < 8) {
            let Some(unit) = self.unit(&code, on)? else { break };
            next = unit.parent.clone();
            path.push(unit);
        }
        path.reverse();
        Ok(path)
    }
}

fn of_row(row: &Row<'_>) -> Result<UnitRow, ReadError> {
    Ok(UnitRow {
        code: text(row, "code")?,
        name: row.get("name")?,
        kind: text(row, "kind")?,
        level: text(row, "level")?,
        parent: text_some(row, "parent")?,
        valid_from: text(row, "valid_from")?,
        instrument: row.get("instrument")?,
        sample: row.get("sample")?,
    })
}
