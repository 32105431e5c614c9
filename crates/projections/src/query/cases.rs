//! One case as it is now.

use procedure::{
    CaseId, Date, DecisionId, OfficerId, ProcedureId, Role, StepId, SubjectId, Title, UnitCode,
};
use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;

use crate::apply::dossier::{Dossier, uuid};
use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{CaseState, path};

/// A case as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
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
    /// The definition stamped on the case.
    pub procedure: ProcedureId,
    /// The administrative units as filed, from the nation down.
    pub place: Vec<String>,
    /// Where it stands.
    pub state: CaseState,
    /// The step whose turn it is, if it is open.
    pub step: Option<StepId>,
    /// The role that takes it.
    pub role: Option<Role>,
    /// The unit at whose level the work lies.
    pub unit: Option<UnitCode>,
    /// Who has taken the case to himself.
    pub holder: Option<OfficerId>,
    /// The day of registration.
    pub filed_on: Date,
    /// The day on which it came to whose turn it is, or was closed.
    pub turn_since: Date,
    /// The day on which the holder took it.
    pub held_since: Option<Date>,
    /// How often it was returned.
    pub returns: u16,
    /// The subject's own points in all.
    pub claimed: Option<u32>,
    /// The points of the last review in all.
    pub reviewed: Option<u32>,
    /// The case whose title it renews.
    pub renews: Option<CaseId>,
    /// The draft that it stands on, or the decision that it was recognised by.
    pub decision: Option<DecisionId>,
    /// The last day of its posting.
    pub posted_until: Option<Date>,
    /// Objections that are open.
    pub objections: u16,
    /// The last day in time of the step; absent without a limit, and while a supplement is awaited.
    pub due: Option<Date>,
    /// Whether a breach of the step's limit has been recorded.
    pub breached: bool,
    /// Before which role that was put.
    pub escalated_to: Option<Role>,
    /// The step whose time pauses while a supplement is awaited.
    pub paused: Option<StepId>,
    /// Last revision of its stream.
    pub revision: u64,
}

pub(crate) const SELECT: &str = "
SELECT d.*, s.name AS subject_name, s.code AS subject_code,
  coalesce(s.sample, 0) AS sample
FROM dossier AS d LEFT JOIN subject AS s ON s.id = d.subject";

pub(crate) fn of_row(row: &Row<'_>) -> Result<CaseRow, ReadError> {
    let dossier = Dossier::of_row(row)?;
    let (step, role, unit) = match dossier.turn {
        Some(turn) => (Some(turn.step), Some(turn.role), Some(turn.unit)),
        None => (None, None, None),
    };
    Ok(CaseRow {
        id: CaseId(uuid(row, "id")?),
        title: dossier.title,
        subject: dossier.subject,
        subject_name: row.get("subject_name")?,
        subject_code: row.get("subject_code")?,
        sample: row.get("sample")?,
        year: dossier.year,
        procedure: dossier.procedure,
        place: path(row)?,
        state: dossier.state,
        step,
        role,
        unit,
        holder: dossier.holder,
        filed_on: dossier.filed_on,
        turn_since: dossier.turn_since,
        held_since: dossier.held_since,
        returns: dossier.returns,
        claimed: dossier.claimed,
        reviewed: dossier.reviewed,
        renews: dossier.renews,
        decision: dossier.decision,
        posted_until: dossier.posted_until,
        objections: dossier.objections,
        due: Some(dossier.clock.due).filter(|due| *due != Date::MAX),
        breached: dossier.clock.breached,
        escalated_to: dossier.clock.escalated.map(|(role, _)| role),
        paused: dossier.clock.paused,
        revision: dossier.revision,
    })
}

impl Reader<'_> {
    /// The case, if there is one.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn case(&self, id: CaseId) -> Result<Option<CaseRow>, ReadError> {
        let mut statement = self.connection.prepare_cached(&format!("{SELECT} WHERE d.id = ?1"))?;
        statement.query_row([id.0.as_bytes()], |row| Ok(of_row(row))).optional()?.transpose()
    }

    /// All cases of a subject, the latest year first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn cases_of_subject(&self, subject: SubjectId) -> Result<Vec<CaseRow>, ReadError> {
        let sql = format!("{SELECT} WHERE d.subject = ?1 ORDER BY d.year DESC, d.title");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([subject.0.as_bytes()], |row| Ok(of_row(row)))?;
        rows.map(|row| row?).collect()
    }
}
