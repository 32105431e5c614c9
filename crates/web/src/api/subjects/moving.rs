//! `POST /subjects/{id}/move`: it belongs elsewhere.

use axum::response::Response;
use procedure::{SubjectId, UnitCode, subject};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A move (chuyển nơi ở).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Code of the hamlet or commune where it belongs from today.
    #[schema(value_type = String, example = "05158-02")]
    pub unit: UnitCode,
}

/// Moves a subject to another administrative unit, from today.
///
/// Cases that are open stay where they were filed.
#[utoipa::path(
    post, path = "/subjects/{id}/move", tag = "subjects", request_body = Move,
    params(("id" = Uuid, Path, description = "The subject")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn move_subject(
    Segment(id): Segment<SubjectId>,
    command: Command<Move>,
) -> Result<Response, Problem> {
    let act = subject::Command::Move { unit: command.input.unit.clone() };
    let done = command.engine().subject(&command.request, id, act).await?;
    command.done(id, done).await
}
