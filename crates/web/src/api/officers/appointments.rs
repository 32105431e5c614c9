//! `POST /officers/{id}/appointments`: he has a role over a territory for a term.

use axum::response::Response;
use procedure::date::Period;
use procedure::{Date, OfficerId, Role, UnitCode, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// An appointment (bổ nhiệm).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// The role, as the procedures' steps name it.
    #[schema(value_type = String, example = "commune-reviewer")]
    pub role: Role,
    /// Code of the administrative unit that it is over.
    #[schema(value_type = String, example = "05158")]
    pub unit: UnitCode,
    /// First day of the term.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day of the term; without end where absent.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// Appoints an officer.
///
/// For administrators over the territory.
#[utoipa::path(
    post, path = "/officers/{id}/appointments", tag = "officers", request_body = Appointment,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn appoint(
    Segment(id): Segment<OfficerId>,
    command: Command<Appointment>,
) -> Result<Response, Problem> {
    let Appointment { role, unit, from, until } = &command.input;
    let term = Period { from: *from, until: *until };
    let act = officer::Command::Appoint { role: role.clone(), unit: unit.clone(), term };
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
