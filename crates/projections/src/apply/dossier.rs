//! The row of a case as it is now.

use procedure::case::Assignment;
use procedure::{
    CaseId, Date, DecisionId, OfficerId, ProcedureId, Role, StepId, SubjectId, Title, UnitCode,
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use uuid::Uuid;

use crate::apply::act::Points;
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
    /// Waits for a meeting to vote on it.
    InMeeting,
    /// Hangs out, or is to be hung out.
    Posted,
    /// Waits for the decision.
    AwaitingDecision,
    /// Waits for a supplement.
    Returned,
    /// The title is recognised; one that has lapsed since is counted here still.
    Recognised,
    /// The title was recognised and taken back.
    Revoked,
    /// The title is refused.
    Refused,
    /// The subject strives no more.
    Withdrawn,
}

impl CaseState {
    /// All, in the order of a life.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::InReview,
        Self::InMeeting,
        Self::Posted,
        Self::AwaitingDecision,
        Self::Returned,
        Self::Recognised,
        Self::Revoked,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The name in tables and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::InReview => "in_review",
            Self::InMeeting => "in_meeting",
            Self::Posted => "posted",
            Self::AwaitingDecision => "awaiting_decision",
            Self::Returned => "returned",
            Self::Recognised => "recognised",
            Self::Revoked => "revoked",
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
    "a state is registered, in_review, in_meeting, posted, awaiting_decision, returned, recognised, \
     revoked, refused or withdrawn"
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
    /// The claimed points line by line, while it is open.
    pub(crate) claims: Option<Points>,
    pub(crate) reviewed: Option<u32>,
    /// The case whose title it renews.
    pub(crate) renews: Option<CaseId>,
    /// The draft that it stands on, or the decision that it was recognised by.
    pub(crate) decision: Option<DecisionId>,
    /// The last day of its posting.
    pub(crate) posted_until: Option<Date>,
    /// Objections that are open.
    pub(crate) objections: u16,
    pub(crate) clock: Clock,
    /// The row of its title in the register.
    pub(crate) title_entry: Option<i64>,
    pub(crate) revision: u64,
}

/// How the time of a step runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Earlier stays at the step.
    pub(crate) stays: Vec<(Date, Date)>,
    /// The day to warn on, unless that is done.
    pub(crate) warn_on: Option<Date>,
    /// The last day in time; [`Date::MAX`] where there is no limit, or it pauses.
    pub(crate) due: Date,
    pub(crate) warned: bool,
    pub(crate) breached: bool,
    pub(crate) escalated: Option<(Role, UnitCode)>,
    /// The step whose time pauses while a supplement is awaited.
    pub(crate) paused: Option<StepId>,
}

impl Clock {
    pub(crate) fn has_warned(&mut self) {
        (self.warned, self.warn_on) = (true, None);
    }

    pub(crate) fn has_breached(&mut self) {
        self.has_warned();
        self.breached = true;
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            stays: Vec::new(),
            warn_on: None,
            due: Date::MAX,
            warned: false,
            breached: false,
            escalated: None,
            paused: None,
        }
    }
}

/// What never changes of a case is not written again: its indexes stay untouched.
const WRITE: &str = "
INSERT INTO dossier (id, title, subject, year, procedure, province, commune, hamlet, state, step,
  role, unit, lane, holder, filed_on, turn_since, held_since, returns, claimed, claims, reviewed, renews,
  decision, posted_until, objections, stays, warn_on, due, warned, breached, escalated_role,
  escalated_unit, paused, title_entry, revision)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
  ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)
ON CONFLICT DO UPDATE SET state = excluded.state, step = excluded.step, role = excluded.role,
  unit = excluded.unit, lane = excluded.lane, holder = excluded.holder,
  turn_since = excluded.turn_since, held_since = excluded.held_since, returns = excluded.returns,
  claimed = excluded.claimed, claims = excluded.claims,
  reviewed = excluded.reviewed, decision = excluded.decision,
  posted_until = excluded.posted_until, objections = excluded.objections, stays = excluded.stays,
  warn_on = excluded.warn_on, due = excluded.due, warned = excluded.warned,
  breached = excluded.breached, escalated_role = excluded.escalated_role,
  escalated_unit = excluded.escalated_unit, paused = excluded.paused,
  title_entry = excluded.title_entry, revision = excluded.revision";

impl Dossier {
    /// Gives it to whoever's turn it is, in a lane.
    pub(crate) fn turn_to(&mut self, turn: &Assignment, lane: i64) {
        (self.turn, self.lane) = (Some(turn.clone()), Some(lane));
        (self.holder, self.held_since) = (None, None);
    }

    /// Gives it to an officer.
    pub(crate) fn hold(&mut self, holder: OfficerId, on: Date) {
        (self.holder, self.held_since) = (Some(holder), Some(on));
    }

    /// Waits for a supplement that a step asked for; the time of that step pauses.
    pub(crate) fn pause(&mut self, step: &StepId, on: Date) {
        self.clock.stays.push((self.turn_since, on));
        (self.clock.paused, self.clock.warn_on) = (Some(step.clone()), None);
        self.clock.due = Date::MAX;
        self.turn_since = on;
        self.returns = self.returns.saturating_add(1);
    }

    /// Ends it.
    pub(crate) fn close(&mut self, state: CaseState, on: Date) {
        (self.state, self.turn, self.lane, self.turn_since) = (state, None, None, on);
        (self.holder, self.held_since, self.posted_until) = (None, None, None);
        self.claims = None;
        self.clock = Clock::default();
    }

    pub(crate) fn write(&self, connection: &Connection, id: CaseId) -> Result<(), ReadError> {
        let turn = self.turn.as_ref();
        let clock = &self.clock;
        let escalated = clock.escalated.as_ref();
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
            self.claims,
            self.reviewed,
            self.renews.map(|case| *case.0.as_bytes()),
            self.decision.map(|decision| *decision.0.as_bytes()),
            self.posted_until.map(|until| until.to_string()),
            self.objections,
            stays_text(&clock.stays),
            clock.warn_on.map(|day| day.to_string()),
            clock.due.to_string(),
            clock.warned,
            clock.breached,
            escalated.map(|(role, _)| role.as_str()),
            escalated.map(|(_, unit)| unit.as_str()),
            clock.paused.as_ref().map(StepId::as_str),
            self.title_entry,
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
            holder: uuid_some(row, "holder")?.map(OfficerId),
            filed_on: text(row, "filed_on")?,
            turn_since: text(row, "turn_since")?,
            held_since: held_since.as_deref().map(parse).transpose()?,
            returns: row.get("returns")?,
            claimed: row.get("claimed")?,
            claims: row.get("claims")?,
            reviewed: row.get("reviewed")?,
            renews: uuid_some(row, "renews")?.map(CaseId),
            decision: uuid_some(row, "decision")?.map(DecisionId),
            posted_until: text_some(row, "posted_until")?,
            objections: row.get("objections")?,
            clock: clock_of(row)?,
            title_entry: row.get("title_entry")?,
            revision: row.get::<_, i64>("revision")? as u64,
        })
    }
}

fn stays_text(stays: &[(Date, Date)]) -> String {
    let texts: Vec<_> = stays.iter().map(|(from, until)| format!("{from}/{until}")).collect();
    texts.join(",")
}

fn stays_of(text: &str) -> Result<Vec<(Date, Date)>, ReadError> {
    let stay = |text: &str| {
        let (from, until) = text.split_once('/').ok_or_else(|| ReadError::corrupt(text))?;
        Ok((parse(from)?, parse(until)?))
    };
    text.split(',').filter(|text| !text.is_empty()).map(stay).collect()
}

fn clock_of(row: &Row<'_>) -> Result<Clock, ReadError> {
    let role = text_some(row, "escalated_role")?;
    Ok(Clock {
        stays: stays_of(row.get_ref("stays")?.as_str().map_err(ReadError::corrupt)?)?,
        warn_on: text_some(row, "warn_on")?,
        due: text(row, "due")?,
        warned: row.get("warned")?,
        breached: row.get("breached")?,
        escalated: role.zip(text_some(row, "escalated_unit")?),
        paused: text_some(row, "paused")?,
    })
}

/// The same where it may be absent.
pub(crate) fn uuid_some(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Uuid>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Uuid::from_bytes))
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
