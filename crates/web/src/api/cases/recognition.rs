//! `POST /cases/{id}/recognition`: the competent authority recognises the title.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::DecisionInput;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A recognition (công nhận).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// By which decision.
    pub decision: DecisionInput,
}

/// Recognises the title.
///
/// Needs the points that the definition asks for, and a decision not before its season.
#[utoipa::path(
    post, path = "/cases/{id}/recognition", tag = "cases", request_body = Recognition,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn recognise(
    Segment(id): Segment<CaseId>,
    command: Command<Recognition>,
) -> Result<Response, Problem> {
    let act = case::Command::Recognise { decision: (&command.input.decision).into() };
    let done = command.engine().case(&command.request, id, act).await?;
    command.done(id, done).await
}
