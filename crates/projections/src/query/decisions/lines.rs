//! The cases of a decision and those that wait for one, as people read lists: by hamlet, and in it by
//! the code of the local list. Deliberately absent: whether a case can be listed or signed for; the
//! engine says that.

use procedure::{CaseId, Date, DecisionId, ProcedureId, SubjectId, Title, UnitCode};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, params, params_from_iter};
use serde::Serialize;

use crate::apply::dossier::{text, text_some};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::cases::{self, CaseRow};
use crate::query::{Filter, Territory, blob, clamp};
use crate::search;

/// Which list.
#[derive(Clone, Debug)]
pub enum ListOf {
    /// The cases that stand on a draft, or that were recognised by a decision.
    Decision(DecisionId),
    /// Those of a definition, year and unit that wait for a decision and stand on no draft.
    Ready(ProcedureId, i16, UnitCode),
}

/// Which lines of it.
#[derive(Clone, Debug, Default)]
pub enum Place {
    /// All.
    #[default]
    Any,
    /// Only those of a hamlet.
    Hamlet(UnitCode),
    /// Only those that belong to no hamlet.
    Elsewhere,
}

/// A part of a list, and how long the list is.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The lines.
    pub items: Vec<CaseLine>,
    /// How many lines there are in all.
    pub total: u64,
}

/// A case with the title that its subject had before.
#[derive(Clone, Debug)]
pub struct CaseLine {
    /// The case.
    pub case: CaseRow,
    /// The last title of the same kind that was not undone.
    pub before: Option<EarlierTitle>,
}

/// A title of an earlier year (danh hiệu năm trước).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierTitle {
    /// The year.
    pub year: i16,
    /// The band or level.
    pub band: Option<String>,
    /// Last day in force.
    pub until: Option<Date>,
}

/// How many cases of a hamlet wait for a decision and stand on no draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadyCount {
    /// Their definition.
    pub procedure: ProcedureId,
    /// The title.
    pub title: Title,
    /// The calendar year.
    pub year: i16,
    /// The unit whose authority decides.
    pub unit: UnitCode,
    /// The hamlet; absent for what belongs to none.
    pub hamlet: Option<UnitCode>,
    /// How many.
    pub cases: u64,
}

/// Which of them.
#[derive(Clone, Debug, Default)]
pub struct ReadyFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only for this unit's authority.
    pub unit: Option<UnitCode>,
    /// Only of this title.
    pub title: Option<Title>,
    /// Only of this year.
    pub year: Option<i16>,
    /// Only of this definition.
    pub procedure: Option<ProcedureId>,
}

/// Waits for its decision and stands on no draft.
const READY: &str = "d.decision IS NULL
  AND d.lane IN (SELECT id FROM lane WHERE state = 'awaiting_decision')";

impl Reader<'_> {
    /// A part of a list, from the line of that number on; the first has number 0.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn decision_lines(
        &self,
        (list, place): (&ListOf, &Place),
        name: Option<&str>,
        (from, limit): (usize, usize),
    ) -> Result<Lines, ReadError> {
        let mut sql = Filter::default();
        match list {
            ListOf::Decision(id) => sql.add("d.decision = ?", [blob(id.0)]),
            ListOf::Ready(procedure, year, unit) => {
                sql.within("d.", std::slice::from_ref(unit));
                sql.add_some("d.procedure = ?", Some(procedure));
                sql.add("d.year = ?", [Value::Integer((*year).into())]);
                sql.add(READY, []);
            }
        }
        match place {
            Place::Any => {}
            Place::Hamlet(hamlet) => sql.add_some("d.hamlet = ?", Some(hamlet)),
            Place::Elsewhere => sql.add("d.hamlet IS NULL", []),
        }
        if let Some(name) = name {
            let key = || Value::Text(search::key(name));
            let clause = "(instr(s.search, ?) > 0 OR instr(lower(s.code), ?) > 0)";
            sql.add(clause, [key(), key()]);
        }
        let (clause, values) = (sql.clause(), sql.values());
        let count = format!(
            "SELECT count(*) FROM dossier AS d LEFT JOIN subject AS s ON s.id = d.subject
             WHERE {clause}"
        );
        let mut statement = self.connection.prepare_cached(&count)?;
        let total: i64 = statement.query_row(params_from_iter(&values), |row| row.get(0))?;
        let page = format!(
            "{} WHERE {clause} ORDER BY coalesce(d.hamlet, ''), s.code, d.id LIMIT {} OFFSET {from}",
            cases::SELECT,
            clamp(limit)
        );
        let mut statement = self.connection.prepare_cached(&page)?;
        let rows = statement.query_map(params_from_iter(&values), |row| Ok(cases::of_row(row)))?;
        let rows = rows.map(|row| row?).collect::<Result<Vec<_>, ReadError>>()?;
        let lines = rows.into_iter().map(|case| {
            let before = self.earlier_title(case.subject, case.title, case.year)?;
            Ok(CaseLine { case, before })
        });
        Ok(Lines { items: lines.collect::<Result<_, ReadError>>()?, total: total.max(0) as u64 })
    }

    /// The last title of a subject before a year that was neither annulled nor revoked.
    fn earlier_title(
        &self,
        subject: SubjectId,
        title: Title,
        year: i16,
    ) -> Result<Option<EarlierTitle>, ReadError> {
        let sql = "
            SELECT r.year, r.band, r.valid_until FROM register AS r
            WHERE r.subject = ?1 AND r.title = ?2 AND r.year < ?3 AND NOT EXISTS (
              SELECT 1 FROM title_end AS e
              WHERE e.title_entry = r.entry AND e.how IN ('annulled', 'revoked'))
            ORDER BY r.year DESC, r.entry DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = params![subject.0.as_bytes(), title.as_str(), year];
        let found = statement.query_row(values, |row| {
            let (year, band) = (row.get("year")?, row.get("band")?);
            Ok(text_some(row, "valid_until").map(|until| EarlierTitle { year, band, until }))
        });
        found.optional()?.transpose()
    }

    /// What waits for decisions, hamlet by hamlet; at most `limit` lines.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn ready_counts(
        &self,
        filter: &ReadyFilter,
        limit: usize,
    ) -> Result<Vec<ReadyCount>, ReadError> {
        let mut sql = Filter::default();
        sql.within("d.", &filter.territory);
        sql.add(READY, []);
        sql.add_some("d.unit = ?", filter.unit.as_ref());
        sql.add_some("d.title = ?", filter.title);
        sql.add_some("d.procedure = ?", filter.procedure.as_ref());
        if let Some(year) = filter.year {
            sql.add("d.year = ?", [Value::Integer(year.into())]);
        }
        let text = format!(
            "SELECT d.procedure, d.title, d.year, d.unit, d.hamlet, count(*) AS cases
             FROM dossier AS d WHERE {} GROUP BY d.procedure, d.title, d.year, d.unit, d.hamlet
             ORDER BY d.year DESC, d.title, d.procedure, d.unit, d.hamlet LIMIT {limit}",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| Ok(ready(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Some cases by their ids, in the same order; those that are not there are left out.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn cases_by_id(&self, ids: &[CaseId]) -> Result<Vec<CaseRow>, ReadError> {
        ids.iter().filter_map(|id| self.case(*id).transpose()).collect()
    }
}

fn ready(row: &rusqlite::Row<'_>) -> Result<ReadyCount, ReadError> {
    Ok(ReadyCount {
        procedure: text(row, "procedure")?,
        title: text(row, "title")?,
        year: row.get("year")?,
        unit: text(row, "unit")?,
        hamlet: text_some(row, "hamlet")?,
        cases: row.get::<_, i64>("cases")?.max(0) as u64,
    })
}
