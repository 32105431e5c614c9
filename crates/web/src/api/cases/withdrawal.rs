//! `POST /cases/{id}/withdrawal`: the subject strives no more.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A withdrawal (rút hồ sơ).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why, at most 4000 characters; kept sealed.
    pub reason: String,
}

/// Withdraws the case.
///
/// An act of the subject's side, at any step before the decision.
#[utoipa::path(
    post, path = "/cases/{id}/withdrawal", tag = "cases", request_body = Withdrawal,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn withdraw(
    Segment(id): Segment<CaseId>,
    command: Command<Withdrawal>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let sealer = engine.sealer(engine.subject_of(id).await?.0)?;
    let reason = sealer.seal("reason", &command.input.reason)?;
    let done = engine.case(&command.request, id, case::Command::Withdraw { reason }).await?;
    command.done(id, done).await
}
