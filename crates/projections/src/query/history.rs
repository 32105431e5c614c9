//! A title's history as one line through the years: what the subject strove for, got and lost.

use procedure::{CaseId, Date, ProcedureId, SubjectId, Title};
use rusqlite::{Row, params};
use serde::Serialize;

use crate::apply::dossier::{text, text_some, uuid, uuid_some};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::CaseState;

/// One recognition, or one year without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TitleYear {
    /// The calendar year.
    pub year: i16,
    /// The case.
    pub case: CaseId,
    /// The title.
    pub title: Title,
    /// The definition.
    pub procedure: ProcedureId,
    /// How the case stands.
    pub state: CaseState,
    /// The case whose title it renews.
    pub renews: Option<CaseId>,
    /// The band or level.
    pub band: Option<String>,
    /// Points in all.
    pub total: Option<u32>,
    /// Number of the decision.
    pub decision_number: Option<String>,
    /// The day that it bears.
    pub decision_date: Option<Date>,
    /// First day in force.
    pub valid_from: Option<Date>,
    /// Last day in force, had nothing ended it.
    pub valid_until: Option<Date>,
    /// How it ended: `lapsed`, `revoked` or `annulled`.
    pub ended: Option<String>,
    /// The first day without it.
    pub ended_from: Option<Date>,
}

impl Reader<'_> {
    /// All years of a subject, from the first to the last; a year that was decided twice, because
    /// the first decision was cancelled, stands there twice.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn title_history(
        &self,
        subject: SubjectId,
        title: Option<Title>,
    ) -> Result<Vec<TitleYear>, ReadError> {
        let sql = "
            SELECT d.id, d.year, d.title, d.procedure, d.state, d.renews, r.band, r.total,
              r.decision_number, r.decision_date, r.valid_from, r.valid_until, e.how AS ended,
              e.ends_from AS ended_from
            FROM dossier AS d LEFT JOIN register AS r ON r.dossier = d.id
              LEFT JOIN title_end AS e ON e.title_entry = r.entry
            WHERE d.subject = ?1 AND (?2 IS NULL OR d.title = ?2)
            ORDER BY d.title, d.year, r.entry";
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = params![subject.0.as_bytes(), title.map(Title::as_str)];
        let rows = statement.query_map(values, |row| Ok(of_row(row)))?;
        rows.map(|row| row?).collect()
    }
}

fn of_row(row: &Row<'_>) -> Result<TitleYear, ReadError> {
    Ok(TitleYear {
        year: row.get("year")?,
        case: CaseId(uuid(row, "id")?),
        title: text(row, "title")?,
        procedure: text(row, "procedure")?,
        state: text(row, "state")?,
        renews: uuid_some(row, "renews")?.map(CaseId),
        band: row.get("band")?,
        total: row.get("total")?,
        decision_number: row.get("decision_number")?,
        decision_date: text_some(row, "decision_date")?,
        valid_from: text_some(row, "valid_from")?,
        valid_until: text_some(row, "valid_until")?,
        ended: row.get("ended")?,
        ended_from: text_some(row, "ended_from")?,
    })
}
