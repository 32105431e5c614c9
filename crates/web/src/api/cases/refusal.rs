//! `POST /cases/{id}/refusal`: the competent authority refuses the title.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::DecisionInput;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A refusal of recognition (không công nhận).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalInput {
    /// By which decision.
    pub decision: DecisionInput,
    /// Why, at most 4000 characters; kept sealed.
    pub reason: String,
}

/// Refuses the title.
///
/// Closes the case; the subject can register again for another year.
#[utoipa::path(
    post, path = "/cases/{id}/refusal", tag = "cases", request_body = RefusalInput,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn refuse(
    Segment(id): Segment<CaseId>,
    command: Command<RefusalInput>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let sealer = engine.sealer(engine.subject_of(id).await?.0)?;
    let reason = sealer.seal("reason", &command.input.reason)?;
    let decision = (&command.input.decision).into();
    let done =
        engine.case(&command.request, id, case::Command::Refuse { decision, reason }).await?;
    command.done(id, done).await
}
