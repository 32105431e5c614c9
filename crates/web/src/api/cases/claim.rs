//! `POST /cases/{id}/claim`: an officer takes the case to himself.

use axum::response::Response;
use procedure::{CaseId, case};

use crate::command::{Accepted, Command, Nothing};
use crate::params::Segment;
use crate::problem::Problem;

/// Takes the case to oneself.
///
/// Others then find it held, until it is released or goes on. Claiming what one holds changes
/// nothing.
#[utoipa::path(
    post, path = "/cases/{id}/claim", tag = "cases", request_body = Nothing,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn claim(
    Segment(id): Segment<CaseId>,
    command: Command<Nothing>,
) -> Result<Response, Problem> {
    let done = command.engine().case(&command.request, id, case::Command::Claim).await?;
    command.done(id, done).await
}
