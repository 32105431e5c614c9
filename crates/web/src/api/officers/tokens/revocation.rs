//! `POST /officers/{id}/tokens/revocation`: a token counts no more.

use axum::response::Response;
use procedure::{Digest, OfficerId, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A revocation of a token (thu hồi mã truy cập).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// SHA-256 of the token, as it was given when it was issued.
    #[schema(value_type = String)]
    pub digest: Digest,
}

/// Revokes a token.
///
/// It counts no more when the answer comes.
#[utoipa::path(
    post, path = "/officers/{id}/tokens/revocation", tag = "officers", request_body = Revocation,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn revoke_token(
    Segment(id): Segment<OfficerId>,
    command: Command<Revocation>,
) -> Result<Response, Problem> {
    let act = officer::Command::RevokeToken { digest: command.input.digest.clone() };
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
