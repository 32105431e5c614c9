//! `POST /decisions/{id}/signature`: the competent authority signs.

use axum::response::Response;
use procedure::DecisionId;

use super::{Signature, must_exist};
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// Signs a decision with everything on its annex, or nothing (ký ban hành).
///
/// One case that cannot be recognised, or that whoever signs may not sign for, keeps all of it from
/// being signed and is named. The titles follow in the background; `settled` says when.
#[utoipa::path(
    post, path = "/decisions/{id}/signature", tag = "decisions", request_body = Signature,
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "Signed", body = Accepted))
)]
pub async fn sign_decision(
    Segment(id): Segment<DecisionId>,
    command: Command<Signature>,
) -> Result<Response, Problem> {
    must_exist(&command, id).await?;
    let Signature { number, date } = &command.input;
    let done = command.engine().sign_decision(&command.request, id, number, *date).await?;
    command.app.clerk.wake(done.position);
    command.done(id, done).await
}
