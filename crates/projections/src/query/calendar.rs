//! The working days as last published, with their sources; to count with,
//! [`Reader::calendar`](crate::Reader::calendar).

use procedure::calendar::CalendarDays;
use procedure::{Date, Digest};
use rusqlite::OptionalExtension as _;
use serde::Serialize;

use crate::apply::calendar;
use crate::apply::dossier::text;
use crate::error::ReadError;
use crate::models::Reader;

/// The calendar as published.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarRow {
    /// The day of publishing.
    pub published_on: Date,
    /// SHA-256 of the days' JSON.
    pub digest: Digest,
    /// The days off and swapped days, with their sources.
    pub days: CalendarDays,
}

impl Reader<'_> {
    /// What was published last.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn published_calendar(&self) -> Result<Option<CalendarRow>, ReadError> {
        let Some(days) = calendar::days(self.connection)? else { return Ok(None) };
        let sql = "SELECT published_on, digest FROM calendar";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement
            .query_row((), |row| Ok((text(row, "published_on"), row.get::<_, String>("digest")?)));
        let Some((published_on, digest)) = row.optional()? else { return Ok(None) };
        let digest = digest.try_into().map_err(ReadError::corrupt)?;
        Ok(Some(CalendarRow { published_on: published_on?, digest, days }))
    }
}
