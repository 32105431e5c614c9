//! `POST /officers/{id}/sessions/end`: an officer is signed in nowhere any more.
//! Deliberately absent: a list of sessions; nothing keeps one.

use axum::response::Response;
use procedure::{OfficerId, officer};

use crate::command::{Accepted, Command, Nothing};
use crate::params::Segment;
use crate::problem::Problem;

/// Ends all sessions of an officer.
///
/// They count no more when the answer comes; his password and his tokens still do. For the officer
/// himself, and for administrators over every territory in which he may act.
#[utoipa::path(
    post, path = "/officers/{id}/sessions/end", tag = "officers", request_body = Nothing,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn end_sessions(
    Segment(id): Segment<OfficerId>,
    command: Command<Nothing>,
) -> Result<Response, Problem> {
    let act = officer::Command::EndSessions;
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
