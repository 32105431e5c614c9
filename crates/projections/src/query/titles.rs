//! The register of titles: in force on a date, as known at a point of the log.

use procedure::{CaseId, Date, DecisionId, OfficerId, SubjectId, Title};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::apply::dossier::{text, text_some, uuid, uuid_some};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Page, Territory, blob, clamp, path};
use crate::search;

/// Which titles are asked for.
#[derive(Clone, Debug, Default)]
pub struct TitlesFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only in these units; empty for no further limit.
    pub units: Territory,
    /// Only this title.
    pub title: Option<Title>,
    /// Only of this year.
    pub year: Option<i16>,
    /// Only those in force on this day.
    pub on: Option<Date>,
    /// Only those known when so many events had been counted.
    pub known_at: Option<u64>,
    /// Only those of this subject.
    pub subject: Option<SubjectId>,
    /// Only subjects whose name holds this, accents or not.
    pub name: Option<String>,
}

/// A title in the register (danh hiệu được công nhận).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TitleRow {
    /// How many events had been counted before the recognition: its place in the log.
    pub entry: u64,
    /// The case.
    pub case: CaseId,
    /// The title.
    pub title: Title,
    /// The subject.
    pub subject: SubjectId,
    /// Its name; absent where its key has been destroyed.
    pub subject_name: Option<String>,
    /// What the local list calls it.
    pub subject_code: Option<String>,
    /// Whether the subject is made up for demonstration.
    pub sample: bool,
    /// The calendar year.
    pub year: i16,
    /// The administrative units as filed, from the nation down.
    pub place: Vec<String>,
    /// The band, where the definition has any.
    pub band: Option<String>,
    /// Points in all.
    pub total: u32,
    /// The decision over many cases that it stands on, if it was one.
    pub decision: Option<DecisionId>,
    /// Number of the decision, as it was signed.
    pub decision_number: String,
    /// Its number by a later correction.
    pub corrected_number: Option<String>,
    /// The day that it bears.
    pub decision_date: Date,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_until: Option<Date>,
    /// How it ended before its last day or after: `lapsed`, `revoked`, or `annulled` with the
    /// decision.
    pub ended: Option<String>,
    /// The first day without it.
    pub ended_from: Option<Date>,
    /// Who signed.
    pub signed_by: OfficerId,
    /// When it was recorded, UTC.
    pub recorded_at: String,
}

impl TitlesFilter {
    fn sql(&self) -> Filter {
        let mut filter = Filter::default();
        filter.within("r.", &self.territory);
        if !self.units.is_empty() {
            filter.within("r.", &self.units);
        }
        filter.add_some("r.title = ?", self.title);
        if let Some(year) = self.year {
            filter.add("r.year = ?", [Value::Integer(year.into())]);
        }
        if let Some(on) = self.on {
            let day = || Value::Text(on.to_string());
            let clause = "r.valid_from <= ? AND (r.valid_until IS NULL OR r.valid_until >= ?)";
            filter.add(clause, [day(), day()]);
            filter.add("(e.ends_from IS NULL OR e.ends_from > ?)", [day()]);
        }
        if let Some(known_at) = self.known_at {
            filter.add("r.entry < ?", [Value::Integer(known_at as i64)]);
        }
        if let Some(subject) = self.subject {
            filter.add("r.subject = ?", [blob(subject.0)]);
        }
        if let Some(name) = &self.name {
            filter.add("instr(s.search, ?) > 0", [Value::Text(search::key(name))]);
        }
        filter
    }
}

impl Reader<'_> {
    /// A page of the register, in the order of recognition.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn titles(
        &self,
        filter: &TitlesFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<TitleRow>, ReadError> {
        let limit = clamp(limit);
        let mut sql = filter.sql();
        let known = filter.known_at.map_or(i64::MAX, |known| known as i64);
        if let Some(cursor) = cursor {
            let entry: i64 = cursor.parse().map_err(|_| ReadError::BadCursor)?;
            sql.add("r.entry > ?", [Value::Integer(entry)]);
        }
        let text = format!(
            "SELECT r.*, s.name AS subject_name, s.code AS subject_code,
               coalesce(s.sample, 0) AS sample, d.corrected_number, e.how AS ended,
               e.ends_from AS ended_from
             FROM register AS r LEFT JOIN subject AS s ON s.id = r.subject
               LEFT JOIN decision AS d ON d.id = r.decision
               LEFT JOIN title_end AS e ON e.title_entry = r.entry AND e.entry < {known}
             WHERE {} ORDER BY r.entry LIMIT {}",
            sql.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(of_row(row)))?;
        let items = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |row| row.entry.to_string()))
    }
}

fn of_row(row: &Row<'_>) -> Result<TitleRow, ReadError> {
    Ok(TitleRow {
        entry: row.get::<_, i64>("entry")? as u64,
        case: CaseId(uuid(row, "dossier")?),
        title: text(row, "title")?,
        subject: SubjectId(uuid(row, "subject")?),
        subject_name: row.get("subject_name")?,
        subject_code: row.get("subject_code")?,
        sample: row.get("sample")?,
        year: row.get("year")?,
        place: path(row)?,
        band: row.get("band")?,
        total: row.get("total")?,
        decision: uuid_some(row, "decision")?.map(DecisionId),
        decision_number: row.get("decision_number")?,
        corrected_number: row.get("corrected_number")?,
        decision_date: text(row, "decision_date")?,
        valid_from: text(row, "valid_from")?,
        valid_until: text_some(row, "valid_until")?,
        ended: row.get("ended")?,
        ended_from: text_some(row, "ended_from")?,
        signed_by: OfficerId(uuid(row, "signed_by")?),
        recorded_at: row.get("recorded_at")?,
    })
}
