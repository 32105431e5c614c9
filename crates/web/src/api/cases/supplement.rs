//! `POST /cases/{id}/supplement`: the subject adds or mends something.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ClaimLine, declared};
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A supplement (bổ sung).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// The lines that change.
    pub lines: Vec<ClaimLine>,
    /// Who spoke for the subject (người khai), where somebody else enters it; kept sealed.
    #[schema(example = "Bùi Văn Đức, chủ hộ")]
    pub declarant: Option<String>,
}

/// Hands in what a reviewer asked for.
///
/// Only the lines that change; the others stay. The case goes back to the step that returned it.
#[utoipa::path(
    post, path = "/cases/{id}/supplement", tag = "cases", request_body = Supplement,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn supplement(
    Segment(id): Segment<CaseId>,
    command: Command<Supplement>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let subject = engine.subject_of(id).await?;
    let (lines, declarant) =
        declared(engine, subject, &command.input.lines, command.input.declarant.as_deref())?;
    let act = case::Command::Supplement { lines, declarant };
    let done = engine.case(&command.request, id, act).await?;
    command.done(id, done).await
}
