//! Cases that wait for somebody, the longest waiting first.

use std::collections::BTreeMap;

use procedure::{CaseId, Date, OfficerId, Role, StepId, Title};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;
use uuid::Uuid;

use crate::apply::lane;
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::cases::CaseRow;
use crate::query::{CaseState, Filter, Page, Territory, blob, clamp};

mod lanes;

use lanes::{Key, Waiting};

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
    /// The whole filter in SQL, for one officer's own cases.
    fn sql(&self, holder: OfficerId) -> Filter {
        let mut filter = Filter::default();
        filter.add("d.holder = ?", [blob(holder.0)]);
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
        filter
    }
}

impl Reader<'_> {
    /// A page of the queue, the longest waiting first; ages are counted to `today`.
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
        let after = cursor.map(parse_cursor).transpose()?;
        let keys = match filter.holder {
            Holder::Officer(holder) => self.held(filter, holder, after.as_ref(), limit + 1)?,
            Holder::Any | Holder::Nobody => self.waiting(filter, after.as_ref(), limit + 1)?,
        };
        let mut items = Vec::with_capacity(keys.len());
        for (_, id) in keys {
            // Read in one snapshot with its key, so it is there.
            if let Some(case) = self.case(CaseId(Uuid::from_bytes(id)))? {
                items.push(aged(case, today));
            }
        }
        Ok(Page::of(items, limit, |row| format!("{}/{}", row.case.turn_since, row.case.id)))
    }

    /// An officer's own cases in the order of waiting.
    fn held(
        &self,
        filter: &QueueFilter,
        holder: OfficerId,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Key>, ReadError> {
        let mut sql = filter.sql(holder);
        if let Some((since, id)) = after {
            let values = [Value::Text(since.clone()), Value::Blob(id.to_vec())];
            sql.add("(d.turn_since, d.id) > (?, ?)", values);
        }
        let text = format!(
            "SELECT d.turn_since, d.id FROM dossier AS d WHERE {}
             ORDER BY d.turn_since, d.id LIMIT {limit}",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let values = params_from_iter(sql.values());
        let keys = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// How many cases wait, by title, step and role.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn queue_counts(&self, filter: &QueueFilter) -> Result<Vec<QueueCount>, ReadError> {
        let waiting = match filter.holder {
            Holder::Officer(holder) => self.held_by_lane(filter, holder)?,
            Holder::Any | Holder::Nobody => self.waiting_by_lane(filter)?,
        };
        let mut counts: BTreeMap<_, QueueCount> = BTreeMap::new();
        for Waiting { lane, cases, unassigned, oldest } in waiting {
            let oldest: Date = oldest.parse().map_err(ReadError::corrupt)?;
            let (title, step) = (lane.title.to_string(), lane.step.to_string());
            let role = lane.role.to_string();
            let count = counts.entry((title, step, role)).or_insert_with_key(|key| {
                let (title, step, role) = key.clone();
                QueueCount { title, step, role, cases: 0, unassigned: 0, oldest }
            });
            count.cases += cases;
            count.unassigned += unassigned;
            count.oldest = count.oldest.min(oldest);
        }
        let mut counts: Vec<_> = counts.into_values().collect();
        counts.sort_by(|one, other| (&one.title, one.oldest).cmp(&(&other.title, other.oldest)));
        Ok(counts)
    }

    fn held_by_lane(
        &self,
        filter: &QueueFilter,
        holder: OfficerId,
    ) -> Result<Vec<Waiting>, ReadError> {
        let sql = filter.sql(holder);
        let text = format!(
            "SELECT d.title, d.role, d.step, d.state, count(*) AS cases, min(d.turn_since) AS oldest
             FROM dossier AS d WHERE {} GROUP BY d.lane",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| {
            Ok((lane::of_row(row), row.get::<_, i64>("cases")?, row.get("oldest")?))
        })?;
        let waiting = rows.map(|row| {
            let (lane, cases, oldest) = row?;
            Ok(Waiting { lane: lane?, cases: cases as u64, unassigned: 0, oldest })
        });
        waiting.collect()
    }
}

fn aged(case: CaseRow, today: Date) -> QueueRow {
    QueueRow {
        days_since_filing: today.days_since(case.filed_on),
        days_in_step: today.days_since(case.turn_since),
        days_with_holder: case.held_since.map(|since| today.days_since(since)),
        case,
    }
}

fn parse_cursor(cursor: &str) -> Result<Key, ReadError> {
    let (since, id) = cursor.split_once('/').ok_or(ReadError::BadCursor)?;
    let since: Date = since.parse().map_err(|_| ReadError::BadCursor)?;
    let id: Uuid = id.parse().map_err(|_| ReadError::BadCursor)?;
    Ok((since.to_string(), id.into_bytes()))
}
