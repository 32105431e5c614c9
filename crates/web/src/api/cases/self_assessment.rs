//! `POST /cases/{id}/self-assessment`: the subject gives itself points.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ClaimLine, declared};
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A self-assessment (tự đánh giá).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfAssessment {
    /// One line per indicator.
    pub lines: Vec<ClaimLine>,
    /// Who spoke for the subject (người khai), where somebody else enters it; kept sealed.
    #[schema(example = "Bùi Văn Đức, chủ hộ")]
    pub declarant: Option<String>,
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
pub async fn self_assess(
    Segment(id): Segment<CaseId>,
    command: Command<SelfAssessment>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let subject = engine.subject_of(id).await?;
    let (lines, declarant) =
        declared(engine, subject, &command.input.lines, command.input.declarant.as_deref())?;
    let act = case::Command::SelfAssess { lines, declarant };
    let done = engine.case(&command.request, id, act).await?;
    command.done(id, done).await
}
