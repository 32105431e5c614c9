//! The row of a case as it is now.

use procedure::case::Assignment;
use procedure::{CaseId, Date, OfficerId, ProcedureId, SubjectId, Title};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use uuid::Uuid;

use crate::apply::place::Place;
use crate::error::ReadError;

/// Where a case stands, as it is counted (trạng thái hồ sơ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Registered, not yet self-assessed.
    Registered,
    /// Waits for a review.
    InReview,
    /// Waits for the decision.
    AwaitingDecision,
    /// Waits for a supplement.
    Returned,
    /// The title is recognised.
    Recognised,
    /// The title is refused.
    Refused,
    /// The subject strives no more.
    Withdrawn,
}

impl CaseState {
    /// All, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Registered,
        Self::InReview,
        Self::AwaitingDecision,
        Self::Returned,
        Self::Recognised,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The name in tables and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::InReview => "in_review",
            Self::AwaitingDecision => "awaiting_decision",
            Self::Returned => "returned",
            Self::Recognised => "recognised",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for CaseState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CaseState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(UnknownState)
    }
}

/// The text names no state of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a state is registered, in_review, awaiting_decision, returned, recognised, refused or withdrawn"
)]
pub struct UnknownState;

/// A case as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dossier {
    pub(crate) title: Title,
    pub(crate) subject: SubjectId,
    pub(crate) year: i16,
    pub(crate) procedure: ProcedureId,
    pub(crate) place: Arc<Place>,
    pub(crate) state: CaseState,
    pub(crate) turn: Option<Assignment>,
    /// Where it waits, while it is open; see [`crate::apply::lane`].
    pub(crate) lane: Option<i64>,
    pub(crate) holder: Option<OfficerId>,
    pub(crate) filed_on: Date,
    pub(crate) turn_since: Date,
    pub(crate) held_since: Option<Date>,
    pub(crate) returns: u16,
    pub(crate) claimed: Option<u32>,
    pub(crate) reviewed: Option<u32>,
    pub(crate) revision: u64,
}

/// What never changes of a case is not written again: its indexes stay untouched.
const WRITE: &str = "
INSERT INTO dossier (id, title, subject, year, procedure, province, commune, hamlet, state, step,
  role, unit, lane, holder, filed_on, turn_since, held_since, returns, claimed, reviewed, revision)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
  ?21)
ON CONFLICT DO UPDATE SET state = excluded.state, step = excluded.step, role = excluded.role,
  unit = excluded.unit, lane = excluded.lane, holder = excluded.holder,
  turn_since = excluded.turn_since, held_since = excluded.held_since, returns = excluded.returns,
  claimed = excluded.claimed, reviewed = excluded.reviewed, revision = excluded.revision";

impl Dossier {
    /// Gives it to whoever's turn it is, in a lane.
    pub(crate) fn turn_to(&mut self, turn: &Assignment, lane: i64, on: Date) {
        (self.turn, self.lane) = (Some(turn.clone()), Some(lane));
        (self.turn_since, self.holder, self.held_since) = (on, None, None);
    }

    /// Ends it.
    pub(crate) fn close(&mut self, state: CaseState, on: Date) {
        (self.state, self.turn, self.lane, self.turn_since) = (state, None, None, on);
        (self.holder, self.held_since) = (None, None);
    }

    pub(crate) fn write(&self, connection: &Connection, id: CaseId) -> Result<(), ReadError> {
        let turn = self.turn.as_ref();
        connection.prepare_cached(WRITE)?.execute(params![
            id.0.as_bytes(),
            self.title.as_str(),
            self.subject.0.as_bytes(),
            self.year,
            self.procedure.as_str(),
            self.place.province,
            self.place.commune,
            self.place.hamlet,
            self.state.as_str(),
            turn.map(|turn| turn.step.as_str()),
            turn.map(|turn| turn.role.as_str()),
            turn.map(|turn| turn.unit.as_str()),
            self.lane,
            self.holder.map(|holder| *holder.0.as_bytes()),
            self.filed_on.to_string(),
            self.turn_since.to_string(),
            self.held_since.map(|since| since.to_string()),
            self.returns,
            self.claimed,
            self.reviewed,
            self.revision as i64,
        ])?;
        Ok(())
    }

    pub(crate) fn read(connection: &Connection, id: CaseId) -> Result<Option<Self>, ReadError> {
        let mut statement = connection.prepare_cached("SELECT * FROM dossier WHERE id = ?1")?;
        let found = statement.query_row([id.0.as_bytes()], |row| Ok(Self::of_row(row)));
        found.optional()?.transpose()
    }

    /// From all columns of the table.
    pub(crate) fn of_row(row: &Row<'_>) -> Result<Self, ReadError> {
        let step: Option<String> = row.get("step")?;
        let turn = match step {
            Some(step) => Some(Assignment {
                step: parse(&step)?,
                role: text(row, "role")?,
                unit: text(row, "unit")?,
            }),
            None => None,
        };
        let held_since: Option<String> = row.get("held_since")?;
        Ok(Self {
            title: text(row, "title")?,
            subject: SubjectId(uuid(row, "subject")?),
            year: row.get("year")?,
            procedure: text(row, "procedure")?,
            place: Arc::new(Place::of_row(row)?),
            state: text(row, "state")?,
            turn,
            lane: row.get("lane")?,
            holder: row
                .get::<_, Option<[u8; 16]>>("holder")?
                .map(|id| OfficerId(Uuid::from_bytes(id))),
            filed_on: text(row, "filed_on")?,
            turn_since: text(row, "turn_since")?,
            held_since: held_since.as_deref().map(parse).transpose()?,
            returns: row.get("returns")?,
            claimed: row.get("claimed")?,
            reviewed: row.get("reviewed")?,
            revision: row.get::<_, i64>("revision")? as u64,
        })
    }
}

/// A UUID in a column of 16 bytes.
pub(crate) fn uuid(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

/// A value of the domain in a column of text.
pub(crate) fn text<T>(row: &Row<'_>, column: &str) -> Result<T, ReadError>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    parse(row.get_ref(column)?.as_str().map_err(ReadError::corrupt)?)
}

fn parse<T>(text: &str) -> Result<T, ReadError>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    text.parse().map_err(|error: T::Err| ReadError::corrupt(error))
}

/// A value that may be absent.
pub(crate) fn text_some<T>(row: &Row<'_>, column: &str) -> Result<Option<T>, ReadError>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    let found: Option<String> = row.get(column)?;
    found.as_deref().map(parse).transpose()
}
