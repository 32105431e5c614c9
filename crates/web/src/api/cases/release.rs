//! `POST /cases/{id}/release`: its holder gives the case back.

use axum::response::Response;
use procedure::{CaseId, case};

use crate::command::{Accepted, Command, Nothing};
use crate::params::Segment;
use crate::problem::Problem;

/// Gives the case back to the queue.
///
/// Only its holder can.
#[utoipa::path(
    post, path = "/cases/{id}/release", tag = "cases", request_body = Nothing,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn release(
    Segment(id): Segment<CaseId>,
    command: Command<Nothing>,
) -> Result<Response, Problem> {
    let done = command.engine().case(&command.request, id, case::Command::Release).await?;
    command.done(id, done).await
}
