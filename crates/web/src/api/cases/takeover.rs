//! `POST /cases/{id}/takeover`: an officer takes the case from its holder.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sealed;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A takeover (tiếp nhận thay).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Takeover {
    /// Why, at most 4000 characters; kept sealed.
    pub reason: String,
}

/// Takes the case over from its holder.
///
/// For whoever could take its step himself. Taking over what one holds changes nothing.
#[utoipa::path(
    post, path = "/cases/{id}/takeover", tag = "cases", request_body = Takeover,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn take_over(
    Segment(id): Segment<CaseId>,
    command: Command<Takeover>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let reason = sealed(engine, id, ("reason", &command.input.reason)).await?;
    let done = engine.case(&command.request, id, case::Command::TakeOver { reason }).await?;
    command.done(id, done).await
}
