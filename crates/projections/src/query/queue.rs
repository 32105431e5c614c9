//! Cases that wait for somebody, the longest waiting first.

use procedure::{Date, OfficerId, Role, StepId, Title};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

use crate::apply::dossier::text;
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::cases::{self, CaseRow};
use crate::query::{CaseState, Filter, Page, Territory, blob, clamp};

/// Which cases are asked for.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only in these units; empty for no further limit.
    pub units: Territory,
    /// Only for this role.
    pub role: Option<Role>,
    /// Only at this step.
    pub step: Option<StepId>,
    /// Only in this state.
    pub state: Option<CaseState>,
    /// Only for this title.
    pub title: Option<Title>,
    /// Only of this year.
    pub year: Option<i16>,
    /// Only those held by somebody, or by nobody.
    pub holder: Holder,
}

/// Who holds a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holder {
    /// Anybody or nobody.
    #[default]
    Any,
    /// Nobody.
    Nobody,
    /// This officer.
    Officer(OfficerId),
}

/// A line of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueRow {
    /// The case.
    #[serde(flatten)]
    pub case: CaseRow,
    /// Days since it was registered.
    pub days_since_filing: i32,
    /// Days since it came to whose turn it is.
    pub days_in_step: i32,
    /// Days since the holder took it.
    pub days_with_holder: Option<i32>,
}

/// How many cases wait for a role at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueCount {
    /// The title.
    pub title: String,
    /// The step.
    pub step: String,
    /// The role.
    pub role: String,
    /// How many.
    pub cases: u64,
    /// How many of them nobody holds.
    pub unassigned: u64,
    /// Since when the one waits that waits longest.
    pub oldest: Date,
}

impl QueueFilter {
    fn sql(&self) -> Filter {
        let mut filter = Filter::default();
        filter.add("d.role IS NOT NULL", []);
        filter.within("d.", &self.territory);
        if !self.units.is_empty() {
            filter.within("d.", &self.units);
        }
        filter.add_some("d.role = ?", self.role.as_ref());
        filter.add_some("d.step = ?", self.step.as_ref());
        filter.add_some("d.state = ?", self.state);
        filter.add_some("d.title = ?", self.title);
        if let Some(year) = self.year {
            filter.add("d.year = ?", [Value::Integer(year.into())]);
        }
        match self.holder {
            Holder::Any => {}
            Holder::Nobody => filter.add("d.holder IS NULL", []),
            Holder::Officer(id) => filter.add("d.holder = ?", [blob(id.0)]),
        }
        filter
    }
}

impl Reader<'_> {
    /// A page of the queue; ages are counted to `today`.
    ///
    /// # Errors
    /// [`ReadError::BadCursor`] for a cursor that is not from here, and [`ReadError`].
    pub fn queue(
        &self,
        filter: &QueueFilter,
        today: Date,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<QueueRow>, ReadError> {
        let limit = clamp(limit);
        let mut sql = filter.sql();
        if let Some(cursor) = cursor {
            let (since, id) = parse_cursor(cursor)?;
            sql.add("(d.turn_since, d.id) > (?, ?)", [Value::Text(since), id]);
        }
        let text = format!(
            "{} WHERE {} ORDER BY d.turn_since, d.id LIMIT {}",
            cases::SELECT,
            sql.clause(),
            limit + 1
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let values = params_from_iter(sql.values());
        let rows = statement.query_map(values, |row| Ok(cases::of_row(row)))?;
        let rows = rows.map(|row| row?.map(|case| aged(case, today)));
        let items = rows.collect::<Result<Vec<_>, ReadError>>()?;
        Ok(Page::of(items, limit, |row| format!("{}/{}", row.case.turn_since, row.case.id)))
    }

    /// How many cases wait, by title, step and role.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn queue_counts(&self, filter: &QueueFilter) -> Result<Vec<QueueCount>, ReadError> {
        let sql = filter.sql();
        let text = format!(
            "SELECT d.title, d.step, d.role, count(*) AS cases,
               sum(d.holder IS NULL) AS unassigned, min(d.turn_since) AS oldest
             FROM dossier AS d WHERE {} GROUP BY d.title, d.step, d.role
             ORDER BY d.title, oldest, d.step",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let values = params_from_iter(sql.values());
        let rows = statement.query_map(values, |row| Ok(row_count(row)))?;
        rows.map(|row| row?).collect()
    }
}

fn row_count(row: &rusqlite::Row<'_>) -> Result<QueueCount, ReadError> {
    Ok(QueueCount {
        title: row.get("title")?,
        step: row.get("step")?,
        role: row.get("role")?,
        cases: row.get::<_, i64>("cases")? as u64,
        unassigned: row.get::<_, i64>("unassigned")? as u64,
        oldest: text(row, "oldest")?,
    })
}

fn aged(case: CaseRow, today: Date) -> QueueRow {
    QueueRow {
        days_since_filing: today.days_since(case.filed_on),
        days_in_step: today.days_since(case.turn_since),
        days_with_holder: case.held_since.map(|since| today.days_since(since)),
        case,
    }
}

fn parse_cursor(cursor: &str) -> Result<(String, Value), ReadError> {
    let (since, id) = cursor.split_once('/').ok_or(ReadError::BadCursor)?;
    since.parse::<Date>().map_err(|_| ReadError::BadCursor)?;
    let id: uuid::Uuid = id.parse().map_err(|_| ReadError::BadCursor)?;
    Ok((since.to_owned(), blob(id)))
}
