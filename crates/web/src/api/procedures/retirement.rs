//! `POST /procedures/{id}/retirement`: no case is registered under it any more.

use axum::response::Response;
use procedure::{ProcedureId, edition};

use crate::command::{Accepted, Command, Nothing};
use crate::params::Segment;
use crate::problem::Problem;

/// Takes a procedure out of use for new cases.
///
/// Cases under it keep it. For administrators of the nation.
#[utoipa::path(
    post, path = "/procedures/{id}/retirement", tag = "procedures", request_body = Nothing,
    params(("id" = String, Path, description = "The procedure")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn retire_procedure(
    Segment(id): Segment<ProcedureId>,
    command: Command<Nothing>,
) -> Result<Response, Problem> {
    let done = command.engine().procedure(&command.request, &id, edition::Command::Retire).await?;
    command.done(&id, done).await
}
