//! What concerns the public: objections that wait for an answer, and reminders that were sent.
//! Deliberately absent: names and words of objections; they are sealed and stand in the timeline.

use procedure::{CaseId, Date};
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::apply::dossier::{text, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Territory, clamp};

/// An objection or comment that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ObjectionRow {
    /// The case.
    pub case: CaseId,
    /// Its number in the case.
    pub number: u16,
    /// `comment` or `objection`.
    pub kind: String,
    /// The day.
    pub filed_on: Date,
}

/// A reminder that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReminderRow {
    /// The case.
    pub case: CaseId,
    /// `self_assessment` or `renewal`.
    pub about: String,
    /// How many days before the last one.
    pub days_before: u16,
    /// The last day.
    pub until: Date,
    /// The day of the reminder.
    pub sent_on: Date,
}

impl Reader<'_> {
    /// Objections and comments without an answer, the oldest first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn open_objections(
        &self,
        territory: &Territory,
        limit: usize,
    ) -> Result<Vec<ObjectionRow>, ReadError> {
        let (clause, values) = within(territory);
        let sql = format!(
            "SELECT o.* FROM objection AS o JOIN dossier AS d ON d.id = o.dossier
             WHERE o.resolved_on IS NULL AND d.lane IS NOT NULL AND {clause}
             ORDER BY o.filed_on, o.dossier, o.number LIMIT {}",
            clamp(limit)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok(objection(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Reminders sent on a day or later whose last day is not over, the most urgent first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn reminders(
        &self,
        territory: &Territory,
        today: Date,
        limit: usize,
    ) -> Result<Vec<ReminderRow>, ReadError> {
        let (clause, values) = within(territory);
        let sql = format!(
            "SELECT m.* FROM reminder AS m JOIN dossier AS d ON d.id = m.dossier
             WHERE m.until >= '{today}' AND {clause}
             ORDER BY m.until, m.dossier, m.days_before LIMIT {}",
            clamp(limit)
        );
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok(reminder(row)))?;
        rows.map(|row| row?).collect()
    }
}

fn within(territory: &Territory) -> (String, Vec<rusqlite::types::Value>) {
    let mut filter = Filter::default();
    filter.within("d.", territory);
    (filter.clause(), filter.values())
}

fn objection(row: &Row<'_>) -> Result<ObjectionRow, ReadError> {
    Ok(ObjectionRow {
        case: CaseId(uuid(row, "dossier")?),
        number: row.get("number")?,
        kind: row.get("kind")?,
        filed_on: text(row, "filed_on")?,
    })
}

fn reminder(row: &Row<'_>) -> Result<ReminderRow, ReadError> {
    Ok(ReminderRow {
        case: CaseId(uuid(row, "dossier")?),
        about: row.get("about")?,
        days_before: row.get("days_before")?,
        until: text(row, "until")?,
        sent_on: text(row, "sent_on")?,
    })
}
