//! `POST /cases/{id}/objections/{number}/resolution`: an objection is answered.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::cases::sealed;
use crate::command::{Accepted, Command};
use crate::params::Segments;
use crate::problem::Problem;

/// An answer to an objection (giải quyết kiến nghị).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Whether the objection is right.
    pub upheld: bool,
    /// Why, at most 4000 characters; kept sealed.
    pub reason: String,
}

/// Answers an objection to the posted case.
///
/// One that is right sends the case back to the last review.
#[utoipa::path(
    post, path = "/cases/{id}/objections/{number}/resolution", tag = "cases",
    request_body = Resolution,
    params(
        ("id" = Uuid, Path, description = "The case"),
        ("number" = u16, Path, description = "Number of the objection in the case")
    ),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn resolve_objection(
    Segments(id, objection): Segments<CaseId, u16>,
    command: Command<Resolution>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    let reason = sealed(engine, id, ("reason", &command.input.reason)).await?;
    let upheld = command.input.upheld;
    let act = case::Command::ResolveObjection { objection, upheld, reason };
    let done = engine.case(&command.request, id, act).await?;
    command.done(id, done).await
}
