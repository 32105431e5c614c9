//! `GET /cases/{id}/timeline`: everything that happened to a case.

use axum::Json;
use procedure::CaseId;
use projections::timeline::{Change, Entry};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{unknown, visible};
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::{Reading, failed};
use crate::refusal::HttpRefusal;

/// Everything that happened to a case, in order (dòng thời gian).
#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    /// One entry per event.
    entries: Vec<TimelineEntry>,
}

/// One event of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// Place in the case's stream, from 0.
    revision: u64,
    /// Place in the log.
    position: String,
    /// The event.
    id: Uuid,
    /// Its type, such as `Reviewed`.
    #[serde(rename = "type")]
    kind: String,
    /// When it was recorded, UTC.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// When a device without connection took it down, by its own clock.
    #[schema(format = DateTime)]
    captured_at: Option<String>,
    /// Who acted, as it was then.
    actor: Actor,
    /// The command that it follows from.
    command: Uuid,
    /// The command's name.
    command_name: String,
    /// What the event says, in the form of its JSON Schema, with sealed texts opened.
    #[schema(value_type = Object)]
    event: Value,
    /// The whole state of the case after it, with sealed texts opened.
    #[schema(value_type = Object)]
    state: Value,
    /// What it changed in the state.
    changed: Vec<FieldChange>,
}

/// Who acted, by which appointment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Actor {
    /// The officer.
    officer: Option<Uuid>,
    /// The role in which he acted.
    role: Option<String>,
    /// Code of the administrative unit of the appointment.
    unit: Option<String>,
    /// The subject for which he entered something.
    on_behalf_of: Option<Uuid>,
    /// The officer in whose place he acted, by a delegation.
    in_place_of: Option<Uuid>,
    /// The machine's operator, where it was no officer.
    operator: Option<String>,
    /// Whether it was the program itself, where a rule and a day leave nothing to judge.
    program: bool,
}

/// A field of the state that is different.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldChange {
    /// Where it stands.
    #[schema(example = "claims/1.1/points")]
    path: String,
    /// What it was; null if it was not there.
    #[schema(value_type = Object)]
    before: Value,
    /// What it is; null if it is not there any more.
    #[schema(value_type = Object)]
    after: Value,
}

impl From<Change> for FieldChange {
    fn from(change: Change) -> Self {
        Self { path: change.path, before: change.before, after: change.after }
    }
}

impl From<codec::ActorRecord> for Actor {
    fn from(actor: codec::ActorRecord) -> Self {
        Self {
            officer: actor.officer.map(|id| id.0),
            role: actor.role.map(|role| role.to_string()),
            unit: actor.unit.map(|unit| unit.to_string()),
            on_behalf_of: actor.on_behalf_of.map(|id| id.0),
            in_place_of: actor.in_place_of.map(|id| id.0),
            operator: actor.operator,
            program: actor.program,
        }
    }
}

impl TryFrom<Entry> for TimelineEntry {
    type Error = Problem;

    fn try_from(entry: Entry) -> Result<Self, Problem> {
        let state = serde_json::to_value(&entry.state).map_err(|_| HttpRefusal::Internal)?;
        Ok(Self {
            revision: entry.revision,
            position: entry.position,
            id: entry.id,
            kind: entry.event_type,
            recorded_at: entry.recorded_at,
            captured_at: entry.captured_at,
            actor: entry.actor.into(),
            command: entry.command,
            command_name: entry.command_name,
            event: entry.event,
            state,
            changed: entry.changed.into_iter().map(FieldChange::from).collect(),
        })
    }
}

/// Reads everything that happened to a case.
///
/// Each entry has the event, the state after it and what it changed. Texts are opened for whoever
/// may see the case; where a person was erased, `[đã xóa / erased]` stands in their place.
#[utoipa::path(
    get, path = "/cases/{id}/timeline", tag = "cases",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "The timeline", body = Timeline))
)]
pub async fn read_timeline(
    reading: Reading,
    Segment(id): Segment<CaseId>,
) -> Result<Json<Timeline>, Problem> {
    visible(&reading, id).await?;
    let entries = reading.app.history.timeline(id).await.map_err(failed)?;
    if entries.is_empty() {
        return Err(unknown());
    }
    let entries = entries.into_iter().map(TimelineEntry::try_from).collect::<Result<_, _>>()?;
    Ok(Json(Timeline { entries }))
}
