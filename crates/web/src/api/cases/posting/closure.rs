//! `POST /cases/{id}/posting/closure`: the posting is over.

use axum::response::Response;
use procedure::{CaseId, case};

use crate::command::{Accepted, Command, Nothing};
use crate::params::Segment;
use crate::problem::Problem;

/// Ends the posting of the case.
///
/// Only after its last day and with every objection answered. The program does the same by itself
/// when it watches the day.
#[utoipa::path(
    post, path = "/cases/{id}/posting/closure", tag = "cases", request_body = Nothing,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn close_posting(
    Segment(id): Segment<CaseId>,
    command: Command<Nothing>,
) -> Result<Response, Problem> {
    let done = command.engine().case(&command.request, id, case::Command::ClosePosting).await?;
    command.done(id, done).await
}
