//! Cases that wait for somebody: the one with the fewest days left first, and of those alike the one
//! that waits longest.

use std::collections::BTreeMap;
use std::sync::Arc;

use procedure::clock::{self, Deadline};
use procedure::{Calendar, CaseId, Date, OfficerId, Role, StepId, Title};
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
mod side;

use lanes::Key;
pub(super) use lanes::Waiting;
pub use side::{UnknownSide, WaitingOn};

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
    /// Only those that wait for one of this side.
    pub waiting_on: Option<WaitingOn>,
    /// Only for this title.
    pub title: Option<Title>,
    /// Only of this year.
    pub year: Option<i16>,
    /// Only those held by somebody, or by nobody.
    pub holder: Holder,
    /// Only those whose last day in time is this one or before.
    pub due_by: Option<Date>,
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
    /// Days left of the step's limit, in working days where the limit counts them; negative when it
    /// is late.
    pub days_left: Option<i64>,
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
    /// How many are late.
    pub breached: u64,
    /// How many are due within [`SOON`] working days.
    pub due_soon: u64,
    /// How many wait for a supplement, their time pausing.
    pub paused: u64,
}

/// What is due within so many working days is due soon.
pub const SOON: u32 = 3;

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
        if let Some(side) = self.waiting_on {
            let states =
                CaseState::ALL.into_iter().filter(|state| WaitingOn::of(*state) == Some(side));
            let states: Vec<_> = states.map(|state| format!("'{state}'")).collect();
            filter.add(&format!("d.state IN ({})", states.join(", ")), []);
        }
        filter.add_some("d.title = ?", self.title);
        if let Some(year) = self.year {
            filter.add("d.year = ?", [Value::Integer(year.into())]);
        }
        filter.add_some("d.due <= ?", self.due_by);
        filter
    }
}

impl Reader<'_> {
    /// A page of the queue in the order of waiting; ages are counted to `today`.
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
        let items = self.aged(keys.into_iter().map(|(_, _, id)| id), today)?;
        Ok(Page::of(items, limit, |row| {
            let due = row.case.due.unwrap_or(Date::MAX);
            format!("{due}/{}/{}", row.case.turn_since, row.case.id)
        }))
    }

    /// Cases whose delay was put before one of the roles of a place, the longest late first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn escalated(
        &self,
        territory: &Territory,
        today: Date,
        limit: usize,
    ) -> Result<Vec<QueueRow>, ReadError> {
        let mut filter = Filter::default();
        filter.within("d.", territory);
        let sql = format!(
            "SELECT d.id FROM dossier AS d
             WHERE d.escalated_unit IS NOT NULL AND d.lane IS NOT NULL AND {}
             ORDER BY d.due, d.id LIMIT {}",
            filter.clause(),
            clamp(limit)
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = params_from_iter(filter.values());
        let rows = statement.query_map(values, |row| row.get::<_, [u8; 16]>(0))?;
        let ids = rows.collect::<Result<Vec<_>, _>>()?;
        self.aged(ids, today)
    }

    /// Cases with their ages and the days that are left of them.
    pub(super) fn aged(
        &self,
        ids: impl IntoIterator<Item = [u8; 16]>,
        today: Date,
    ) -> Result<Vec<QueueRow>, ReadError> {
        let limits = Limits::new(self, today)?;
        let mut rows = Vec::new();
        for id in ids {
            // Read in one snapshot with its key, so it is there.
            if let Some(case) = self.case(CaseId(Uuid::from_bytes(id)))? {
                let days_left = limits.days_left(&case)?;
                rows.push(QueueRow {
                    days_since_filing: today.days_since(case.filed_on),
                    days_in_step: today.days_since(case.turn_since),
                    days_with_holder: case.held_since.map(|since| today.days_since(since)),
                    days_left,
                    case,
                });
            }
        }
        Ok(rows)
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
        if let Some((due, since, id)) = after {
            let (due, since) = (Value::Text(due.clone()), Value::Text(since.clone()));
            let values = [due, since, Value::Blob(id.to_vec())];
            sql.add("(d.due, d.turn_since, d.id) > (?, ?, ?)", values);
        }
        let text = format!(
            "SELECT d.due, d.turn_since, d.id FROM dossier AS d WHERE {}
             ORDER BY d.due, d.turn_since, d.id LIMIT {limit}",
            sql.clause()
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let values = params_from_iter(sql.values());
        let keys =
            statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// How many cases wait, by title, step and role.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn queue_counts(
        &self,
        filter: &QueueFilter,
        today: Date,
    ) -> Result<Vec<QueueCount>, ReadError> {
        let soon = self.calendar()?.add_working_days(today, SOON).unwrap_or(today);
        let waiting = match filter.holder {
            Holder::Officer(holder) => self.held_by_lane(filter, holder, (today, soon))?,
            Holder::Any | Holder::Nobody => self.waiting_by_lane(filter, (today, soon))?,
        };
        let mut counts: BTreeMap<_, QueueCount> = BTreeMap::new();
        for Waiting { lane, cases, unassigned, oldest, breached, due_soon } in waiting {
            let oldest: Date = oldest.parse().map_err(ReadError::corrupt)?;
            let (title, step) = (lane.title.to_string(), lane.step.to_string());
            let role = lane.role.to_string();
            let count = counts.entry((title, step, role)).or_insert_with_key(|key| {
                let (title, step, role) = key.clone();
                QueueCount {
                    title,
                    step,
                    role,
                    cases: 0,
                    unassigned: 0,
                    oldest,
                    breached: 0,
                    due_soon: 0,
                    paused: 0,
                }
            });
            count.cases += cases;
            count.unassigned += unassigned;
            count.breached += breached;
            count.due_soon += due_soon;
            if lane.state == CaseState::Returned {
                count.paused += cases;
            }
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
        (today, soon): (Date, Date),
    ) -> Result<Vec<Waiting>, ReadError> {
        let sql = filter.sql(holder);
        let text = format!(
            "SELECT d.title, d.role, d.step, d.state, count(*) AS cases, min(d.turn_since) AS oldest,
               sum(d.due < '{today}') AS breached,
               sum(d.due BETWEEN '{today}' AND '{soon}') AS due_soon
             FROM dossier AS d WHERE {} GROUP BY d.lane",
            sql.clause()
        );
        let mut statement = self.connection.prepare(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values()), |row| {
            let waiting = |lane| -> rusqlite::Result<Waiting> {
                Ok(Waiting {
                    lane,
                    cases: row.get::<_, i64>("cases")? as u64,
                    unassigned: 0,
                    oldest: row.get("oldest")?,
                    breached: row.get::<_, i64>("breached")? as u64,
                    due_soon: row.get::<_, i64>("due_soon")? as u64,
                })
            };
            Ok(lane::of_row(row).map(waiting))
        })?;
        rows.map(|row| Ok(row???)).collect()
    }
}

/// Counts the days that are left.
struct Limits<'a> {
    reader: &'a Reader<'a>,
    today: Date,
    calendar: Arc<Calendar>,
}

impl<'a> Limits<'a> {
    fn new(reader: &'a Reader<'a>, today: Date) -> Result<Self, ReadError> {
        Ok(Self { reader, today, calendar: reader.calendar()? })
    }

    fn days_left(&self, case: &CaseRow) -> Result<Option<i64>, ReadError> {
        let (Some(due), Some(step)) = (case.due, &case.step) else { return Ok(None) };
        let definition = self.reader.definition(&case.procedure)?;
        let step = definition.as_deref().and_then(|definition| definition.step(step));
        let limit = step.and_then(|step| step.limit.as_ref());
        let deadline = Deadline { warn_on: None, due };
        Ok(limit.map(|limit| clock::days_left(limit, &deadline, self.today, &self.calendar)))
    }
}

fn parse_cursor(cursor: &str) -> Result<Key, ReadError> {
    let mut parts = cursor.splitn(3, '/');
    let mut part = || parts.next().ok_or(ReadError::BadCursor);
    let (due, since, id) = (part()?, part()?, part()?);
    let day = |text: &str| text.parse::<Date>().map_err(|_| ReadError::BadCursor);
    let (due, since) = (day(due)?, day(since)?);
    let id: Uuid = id.parse().map_err(|_| ReadError::BadCursor)?;
    Ok((due.to_string(), since.to_string(), id.into_bytes()))
}
