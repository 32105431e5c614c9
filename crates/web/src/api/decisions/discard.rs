//! `POST /decisions/{id}/discard`: the draft is given up.

use axum::response::Response;
use procedure::{DecisionId, decision};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_exist;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// The end of a draft (bỏ dự thảo).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Discard {
    /// Why, at most 4000 characters; kept sealed.
    pub reason: String,
}

/// Gives the draft of a decision up.
///
/// Its cases wait for their decision again; they follow in the background.
#[utoipa::path(
    post, path = "/decisions/{id}/discard", tag = "decisions", request_body = Discard,
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn discard_decision(
    Segment(id): Segment<DecisionId>,
    command: Command<Discard>,
) -> Result<Response, Problem> {
    must_exist(&command, id).await?;
    let engine = command.engine();
    let reason = engine.sealer(id.0)?.seal("reason", &command.input.reason)?;
    let act = decision::Command::Discard { reason };
    let done = engine.decision(&command.request, id, act).await?;
    command.app.clerk.wake(done.position);
    command.done(id, done).await
}
