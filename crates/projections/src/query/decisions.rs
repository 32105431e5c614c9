//! Decisions over many cases: drafts, what stands on them, and how far the cases have followed.

use procedure::{CaseId, Date, DecisionId, OfficerId, ProcedureId, Title, UnitCode};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, params, params_from_iter};
use serde::Serialize;
use uuid::Uuid;

use crate::apply::dossier::{text, text_some, uuid, uuid_some};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::cases::{self, CaseRow};
use crate::query::{Filter, Page, Territory, blob, clamp, path};

mod lines;

pub use lines::{CaseLine, EarlierTitle, Lines, ListOf, Place, ReadyCount, ReadyFilter};

/// Which decisions are asked for.
#[derive(Clone, Debug, Default)]
pub struct DecisionsFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only in these units; empty for no further limit.
    pub units: Territory,
    /// Only of this title.
    pub title: Option<Title>,
    /// Only of this year.
    pub year: Option<i16>,
    /// Only in this state: `draft`, `signed`, `discarded` or `cancelled`.
    pub state: Option<String>,
}

/// A decision over many cases (quyết định công nhận).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// The decision.
    pub id: DecisionId,
    /// The definition of its cases.
    pub procedure: ProcedureId,
    /// The title.
    pub title: Title,
    /// The calendar year of its cases.
    pub year: i16,
    /// The unit whose authority decides.
    pub unit: UnitCode,
    /// The units that this one lies in, from the nation down.
    pub place: Vec<String>,
    /// `draft`, `signed`, `discarded` or `cancelled`.
    pub state: String,
    /// Who drafted it.
    pub drafted_by: OfficerId,
    /// The day.
    pub drafted_on: Date,
    /// Its number, as signed.
    pub number: Option<String>,
    /// Its number by a later correction.
    pub corrected_number: Option<String>,
    /// The day that it bears.
    pub date: Option<Date>,
    /// Who signed.
    pub signed_by: Option<OfficerId>,
    /// SHA-256 of the annex as signed.
    pub annex: Option<String>,
    /// Number of the act that cancelled it.
    pub cancelled_number: Option<String>,
    /// The day that this act bears.
    pub cancelled_date: Option<Date>,
    /// Cases on the annex.
    pub listed: u64,
    /// Cases that stand on the draft and change no more.
    pub placed: u64,
    /// Cases recognised by it.
    pub concluded: u64,
    /// Whether every case has followed.
    pub settled: bool,
    /// Last revision of its stream.
    pub revision: u64,
}

/// What a decision comes to in one hamlet, or in what belongs to none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionTotal {
    /// The hamlet; absent for what belongs to the unit as a whole.
    pub hamlet: Option<UnitCode>,
    /// Cases.
    pub cases: u64,
    /// The fewest points of a case.
    pub lowest: Option<u32>,
    /// The most points of a case.
    pub highest: Option<u32>,
}

impl Reader<'_> {
    /// A page of decisions, the latest draft first.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn decisions(
        &self,
        filter: &DecisionsFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<DecisionRow>, ReadError> {
        let limit = clamp(limit);
        let mut sql = Filter::default();
        sql.within("", &filter.territory);
        if !filter.units.is_empty() {
            sql.within("", &filter.units);
        }
        sql.add_some("title = ?", filter.title);
        sql.add_some("state = ?", filter.state.as_ref());
        if let Some(year) = filter.year {
            sql.add("year = ?", [Value::Integer(year.into())]);
        }
        if let Some((on, id)) = cursor.map(parse_cursor).transpose()? {
            sql.add("(drafted_on, id) < (?, ?)", [Value::Text(on.to_string()), blob(id)]);
        }
        let text = format!(
            "SELECT * FROM decision WHERE {} ORDER BY drafted_on DESC, id DESC LIMIT {}",
            sql.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(of_row(row)))?;
        let items = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |row| format!("{}/{}", row.drafted_on, row.id)))
    }

    /// The decisions of a territory that bear a number, were corrected to it, or were cancelled by an
    /// act of it, the latest draft first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn decisions_numbered(
        &self,
        territory: &Territory,
        number: &str,
        limit: usize,
    ) -> Result<Vec<DecisionRow>, ReadError> {
        let mut sql = Filter::default();
        sql.within("", territory);
        let wanted = Value::Text(number.to_owned());
        sql.add("? IN (number, corrected_number, cancelled_number)", [wanted]);
        let text = format!(
            "SELECT * FROM decision WHERE {} ORDER BY drafted_on DESC, id DESC LIMIT {}",
            sql.clause(),
            clamp(limit)
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(of_row(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The decision, if there is one.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn decision(&self, id: DecisionId) -> Result<Option<DecisionRow>, ReadError> {
        let sql = "SELECT * FROM decision WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row([id.0.as_bytes()], |row| Ok(of_row(row))).optional()?.transpose()
    }

    /// What a decision comes to, hamlet by hamlet.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn decision_totals(&self, id: DecisionId) -> Result<Vec<DecisionTotal>, ReadError> {
        let sql = "
            SELECT hamlet, count(*) AS cases, min(reviewed) AS lowest, max(reviewed) AS highest
            FROM dossier WHERE decision = ?1 GROUP BY hamlet ORDER BY hamlet";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id.0.as_bytes()], |row| Ok(total(row)))?;
        rows.map(|row| row?).collect()
    }

    /// A page of the cases of a decision, by hamlet.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn decision_cases(
        &self,
        id: DecisionId,
        hamlet: Option<&UnitCode>,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<CaseRow>, ReadError> {
        let limit = clamp(limit);
        let mut sql = Filter::default();
        sql.add("d.decision = ?", [blob(id.0)]);
        sql.add_some("d.hamlet = ?", hamlet);
        if let Some(cursor) = cursor {
            let (hamlet, case) = cursor.split_once('/').ok_or(ReadError::BadCursor)?;
            let case: Uuid = case.parse().map_err(|_| ReadError::BadCursor)?;
            let after = [Value::Text(hamlet.to_owned()), blob(case)];
            sql.add("(coalesce(d.hamlet, ''), d.id) > (?, ?)", after);
        }
        let text = format!(
            "{} WHERE {} ORDER BY coalesce(d.hamlet, ''), d.id LIMIT {}",
            cases::SELECT,
            sql.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let values = params_from_iter(sql.values());
        let rows = statement.query_map(values, |row| Ok(cases::of_row(row)))?;
        let items = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |row| {
            format!("{}/{}", row.place.get(3).map_or("", String::as_str), row.id)
        }))
    }

    /// The cases of a definition and year in some units that wait for their decision and stand on no
    /// draft, by hamlet.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn ready_cases(
        &self,
        procedure: &ProcedureId,
        year: i16,
        units: &Territory,
    ) -> Result<Vec<CaseId>, ReadError> {
        let mut sql = Filter::default();
        sql.within("d.", units);
        sql.add_some("d.procedure = ?", Some(procedure));
        sql.add("d.year = ?", [Value::Integer(year.into())]);
        let text = format!(
            "SELECT d.id FROM lane AS l JOIN dossier AS d ON d.lane = l.id
             WHERE l.state = 'awaiting_decision' AND d.decision IS NULL AND {}
             ORDER BY d.hamlet, d.id",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| uuid(row, "id"))?;
        Ok(rows.map(|row| row.map(CaseId)).collect::<Result<_, _>>()?)
    }

    /// Decisions that some of their cases have not followed yet.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn unsettled_decisions(&self) -> Result<Vec<DecisionId>, ReadError> {
        let sql = format!("SELECT id FROM decision WHERE NOT ({SETTLED}) ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![], |row| uuid(row, "id"))?;
        Ok(rows.map(|row| row.map(DecisionId)).collect::<Result<_, _>>()?)
    }
}

/// When all cases have followed.
const SETTLED: &str = "CASE state WHEN 'draft' THEN placed = listed
  WHEN 'signed' THEN placed = 0 AND concluded = listed ELSE placed = 0 AND concluded = 0 END";

fn of_row(row: &Row<'_>) -> Result<DecisionRow, ReadError> {
    let state: String = row.get("state")?;
    let count = |column| row.get::<_, i64>(column).map(|count| count.max(0) as u64);
    let (listed, placed, concluded) = (count("listed")?, count("placed")?, count("concluded")?);
    let settled = match state.as_str() {
        "draft" => placed == listed,
        "signed" => placed == 0 && concluded == listed,
        _ => placed == 0 && concluded == 0,
    };
    Ok(DecisionRow {
        id: DecisionId(uuid(row, "id")?),
        procedure: text(row, "procedure")?,
        title: text(row, "title")?,
        year: row.get("year")?,
        unit: text(row, "unit")?,
        place: path(row)?,
        state,
        drafted_by: OfficerId(uuid(row, "drafted_by")?),
        drafted_on: text(row, "drafted_on")?,
        number: row.get("number")?,
        corrected_number: row.get("corrected_number")?,
        date: text_some(row, "date")?,
        signed_by: uuid_some(row, "signed_by")?.map(OfficerId),
        annex: row.get("annex")?,
        cancelled_number: row.get("cancelled_number")?,
        cancelled_date: text_some(row, "cancelled_date")?,
        listed,
        placed,
        concluded,
        settled,
        revision: row.get::<_, i64>("revision")? as u64,
    })
}

fn total(row: &Row<'_>) -> Result<DecisionTotal, ReadError> {
    Ok(DecisionTotal {
        hamlet: text_some(row, "hamlet")?,
        cases: row.get::<_, i64>("cases")? as u64,
        lowest: row.get("lowest")?,
        highest: row.get("highest")?,
    })
}

fn parse_cursor(cursor: &str) -> Result<(Date, Uuid), ReadError> {
    let (on, id) = cursor.split_once('/').ok_or(ReadError::BadCursor)?;
    let on = on.parse().map_err(|_| ReadError::BadCursor)?;
    Ok((on, id.parse().map_err(|_| ReadError::BadCursor)?))
}
