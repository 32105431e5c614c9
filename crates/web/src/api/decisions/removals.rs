//! `POST /decisions/{id}/removals`: a case comes off the draft.

use axum::response::Response;
use engine::Done;
use procedure::{CaseId, DecisionId, decision};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_exist;
use crate::api::cases;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A removal from a draft (đưa ra khỏi danh sách).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// The case.
    #[schema(value_type = uuid::Uuid)]
    pub case: CaseId,
    /// Why, at most 4000 characters; kept sealed with the case.
    pub reason: String,
}

/// Takes a case off the draft of a decision.
///
/// It waits for its decision again and can be reviewed, returned or put on a draft.
#[utoipa::path(
    post, path = "/decisions/{id}/removals", tag = "decisions", request_body = Removal,
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn take_off(
    Segment(id): Segment<DecisionId>,
    command: Command<Removal>,
) -> Result<Response, Problem> {
    must_exist(&command, id).await?;
    let Removal { case, reason } = &command.input;
    let engine = command.engine();
    let reason = cases::sealed(engine, *case, ("reason", reason)).await?;
    let act = decision::Command::TakeOff { case: *case, reason };
    let done = engine.decision(&command.request, id, act).await?;
    // Whatever becomes of the following now, the clerk sees to it.
    command.app.clerk.wake(done.position);
    let followed = engine.settle_cases(id, &[*case]).await?;
    let position = done.position.max(followed.position);
    command.done(id, Done { position, ..done }).await
}
