//! `POST /officers/{id}/relief`: he has a role no more.

use axum::response::Response;
use procedure::{Date, OfficerId, Role, UnitCode, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A relief from office (miễn nhiệm).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Relief {
    /// The role, as the procedures' steps name it.
    #[schema(value_type = String, example = "commune-reviewer")]
    pub role: Role,
    /// Code of the administrative unit that it is over.
    #[schema(value_type = String, example = "05158")]
    pub unit: UnitCode,
    /// First day without it.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
}

/// Relieves an officer of a role.
///
/// For administrators over the territory.
#[utoipa::path(
    post, path = "/officers/{id}/relief", tag = "officers", request_body = Relief,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn relieve(
    Segment(id): Segment<OfficerId>,
    command: Command<Relief>,
) -> Result<Response, Problem> {
    let Relief { role, unit, from } = &command.input;
    let act = officer::Command::Relieve { role: role.clone(), unit: unit.clone(), from: *from };
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
