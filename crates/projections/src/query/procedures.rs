//! Published procedure definitions.

use procedure::{Date, Definition, ProcedureId, Title};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;

use crate::apply::dossier::{text, text_some};
use crate::error::ReadError;
use crate::models::Reader;

/// A published definition, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProcedureRow {
    /// Its id.
    pub id: ProcedureId,
    /// The title that it leads to.
    pub title: Title,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// A sample, not law.
    pub sample: bool,
    /// Whether parts of it were not seen in their source.
    pub provisional: bool,
    /// First day.
    pub in_force_from: Date,
    /// Last day.
    pub in_force_until: Option<Date>,
    /// The day of publishing.
    pub published_on: Date,
    /// The day from which no case is registered under it.
    pub retired_on: Option<Date>,
    /// SHA-256 of the definition.
    pub digest: String,
}

impl Reader<'_> {
    /// All published definitions, by id.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn procedures(&self) -> Result<Vec<ProcedureRow>, ReadError> {
        let mut statement =
            self.connection.prepare_cached("SELECT * FROM procedure ORDER BY id")?;
        statement.query_map((), |row| Ok(of_row(row)))?.map(|row| row?).collect()
    }

    /// A definition with its content.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn procedure(
        &self,
        id: &ProcedureId,
    ) -> Result<Option<(ProcedureRow, Definition)>, ReadError> {
        let sql = "SELECT * FROM procedure WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement
            .query_row([id.as_str()], |row| Ok((of_row(row), row.get::<_, String>("definition")?)));
        let Some((row, json)) = found.optional()? else { return Ok(None) };
        Ok(Some((row?, serde_json::from_str(&json).map_err(ReadError::corrupt)?)))
    }

    /// The definition to register under on a day for a year: of those in force that cover the year,
    /// the one that took force last; a sample only where there is nothing else.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn procedure_in_force(
        &self,
        title: Title,
        (on, year): (Date, i16),
    ) -> Result<Option<ProcedureId>, ReadError> {
        let sql = "
            SELECT id FROM procedure
            WHERE title = ?1 AND in_force_from <= ?2
              AND (in_force_until IS NULL OR in_force_until >= ?2)
              AND (retired_on IS NULL OR retired_on > ?2) AND first_year <= ?3
            ORDER BY sample, first_year DESC, in_force_from DESC, published_on DESC, id DESC
            LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = params![title.as_str(), on.to_string(), year];
        statement.query_row(values, |row| Ok(text(row, "id"))).optional()?.transpose()
    }
}

fn of_row(row: &Row<'_>) -> Result<ProcedureRow, ReadError> {
    Ok(ProcedureRow {
        id: text(row, "id")?,
        title: text(row, "title")?,
        name_vi: row.get("name_vi")?,
        name_en: row.get("name_en")?,
        sample: row.get("sample")?,
        provisional: row.get("provisional")?,
        in_force_from: text(row, "in_force_from")?,
        in_force_until: text_some(row, "in_force_until")?,
        published_on: text(row, "published_on")?,
        retired_on: text_some(row, "retired_on")?,
        digest: row.get("digest")?,
    })
}
