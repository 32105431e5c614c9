//! `POST /cases/{id}/return`: a reviewer asks for something.

use axum::response::Response;
use procedure::{CaseId, IndicatorId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A return for supplement (trả lại để bổ sung).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnInput {
    /// Why, in words for the subject, at most 4000 characters; kept sealed.
    pub reason: String,
    /// The indicators in question; none means all.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["1.1"]))]
    pub indicators: Vec<IndicatorId>,
}

/// Returns the case for supplement.
///
/// It comes back to the same step when the supplement is there.
#[utoipa::path(
    post, path = "/cases/{id}/return", tag = "cases", request_body = ReturnInput,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn return_for_supplement(
    Segment(id): Segment<CaseId>,
    command: Command<ReturnInput>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let sealer = engine.sealer(engine.subject_of(id).await?.0)?;
    let reason = sealer.seal("reason", &command.input.reason)?;
    let indicators = command.input.indicators.clone();
    let act = case::Command::Return { reason, indicators };
    let done = engine.case(&command.request, id, act).await?;
    command.done(id, done).await
}
