//! `POST /cases/{id}/revocation`: the competent authority takes the title back.

use axum::response::Response;
use procedure::{CaseId, Date, case};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DecisionInput, sealed};
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A revocation of a title (thu hồi danh hiệu).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TitleRevocation {
    /// By which decision.
    pub decision: DecisionInput,
    /// First day without the title, between its first and its last.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// On which ground, at most 4000 characters; kept sealed.
    pub ground: String,
}

/// Takes the title of the case back.
///
/// The register keeps the title up to the day before `from`.
#[utoipa::path(
    post, path = "/cases/{id}/revocation", tag = "cases", request_body = TitleRevocation,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn revoke(
    Segment(id): Segment<CaseId>,
    command: Command<TitleRevocation>,
) -> Result<Response, Problem> {
    let TitleRevocation { decision, from, ground } = &command.input;
    let engine = command.engine();
    let ground = sealed(engine, id, ("ground", ground)).await?;
    let act = case::Command::Revoke { decision: decision.into(), from: *from, ground };
    let done = engine.case(&command.request, id, act).await?;
    command.done(id, done).await
}
