//! `POST /cases/{id}/minutes`: how a meeting voted on the case.

use axum::response::Response;
use procedure::{CaseId, MeetingId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::VotesInput;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A vote of a meeting on one case (bình xét).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// The meeting, whose own minutes are entered already.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// How it voted; all votes together are as many as the people who were there.
    pub votes: VotesInput,
}

/// Records how a meeting voted on the case.
///
/// With the share of votes that the definition asks for the case goes on to the next step; without
/// it, to the decision, which can only refuse or return it.
#[utoipa::path(
    post, path = "/cases/{id}/minutes", tag = "cases", request_body = Minutes,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn record_minutes(
    Segment(id): Segment<CaseId>,
    command: Command<Minutes>,
) -> Result<Response, Problem> {
    let Minutes { meeting, votes } = command.input;
    let done = command.engine().vote(&command.request, id, meeting, votes.into()).await?;
    command.done(id, done).await
}
