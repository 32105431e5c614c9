//! `POST /cases/{id}/self-assessment`: the subject gives itself points.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ClaimLine, sealed_lines};
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A self-assessment (tự đánh giá).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SelfAssessment {
    /// One line per indicator.
    lines: Vec<ClaimLine>,
}

/// Hands in the subject's own points.
///
/// One line for each indicator of the definition, no more and no fewer. The case goes on to the
/// first review.
#[utoipa::path(
    post, path = "/cases/{id}/self-assessment", tag = "cases", request_body = SelfAssessment,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub(crate) async fn self_assess(
    Segment(id): Segment<CaseId>,
    command: Command<SelfAssessment>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let subject = engine.subject_of(id).await?;
    let lines = sealed_lines(engine, subject, &command.input.lines)?;
    let done = engine.case(&command.request, id, case::Command::SelfAssess { lines }).await?;
    command.done(id, done).await
}
