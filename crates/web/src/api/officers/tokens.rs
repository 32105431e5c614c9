//! `POST /officers/{id}/tokens`: a secret that speaks for an officer.

use axum::http::StatusCode;
use axum::response::Response;
use procedure::{Date, OfficerId, officer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{secret_text, token_digest};
use crate::command::{Accepted, Command, accepted, check_label};
use crate::params::Segment;
use crate::problem::Problem;
use crate::refusal::HttpRefusal;

pub mod revocation;

/// A token to be issued (mã truy cập).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenInput {
    /// What it is for; no personal data, because it is stored as it is.
    #[schema(example = "máy tính của ủy ban")]
    pub label: String,
    /// Last day, not before today and within two years.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

/// A token that was issued.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenIssued {
    /// What the command came to.
    #[serde(flatten)]
    accepted: Accepted,
    /// The token. It is shown this once and kept nowhere; null if the command is repeated.
    token: Option<String>,
    /// SHA-256 of the token, to revoke it by; null if the command is repeated.
    digest: Option<String>,
}

/// Issues a token that speaks for an officer.
///
/// The answer is the only place where the token is ever shown. For administrators over the unit
/// that keeps the officer's record.
#[utoipa::path(
    post, path = "/officers/{id}/tokens", tag = "officers", request_body = TokenInput,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 201, description = "Issued", body = TokenIssued))
)]
pub async fn issue_token(
    Segment(id): Segment<OfficerId>,
    command: Command<TokenInput>,
) -> Result<Response, Problem> {
    check_label("label", &command.input.label)?;
    let secret = secret_text(command.engine().secret());
    let digest = token_digest(&secret).map_err(|_| HttpRefusal::Internal)?;
    let (label, until) = (command.input.label.clone(), command.input.until);
    let act = officer::Command::IssueToken { digest: digest.clone(), label, until };
    let done = command.engine().officer(&command.request, id, act).await?;
    // A repetition found an earlier token in the log; the one just made stands for nothing.
    let (token, digest) =
        if done.repeated { (None, None) } else { (Some(secret), Some(digest.to_string())) };
    let body = TokenIssued { accepted: accepted(id, done), token, digest };
    Ok(command.answer(StatusCode::CREATED, done, body).await)
}
