//! `POST /decisions/{id}/cancellation`: a new act takes the signed decision back.

use axum::response::Response;
use procedure::{Date, DecisionId, decision};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_exist;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A cancellation of a signed decision (hủy bỏ quyết định).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// Number and sign of the cancelling act, at most 100 bytes.
    #[schema(example = "131/QĐ-UBND")]
    pub number: String,
    /// The day that the cancelling act bears, not after today and not before the decision's.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Why, at most 4000 characters; kept sealed.
    pub reason: String,
}

/// Takes a signed decision back by a new act.
///
/// Its titles are annulled as if they had never been, and the cases wait for their decision again;
/// they follow in the background.
#[utoipa::path(
    post, path = "/decisions/{id}/cancellation", tag = "decisions", request_body = Cancellation,
    params(("id" = Uuid, Path, description = "The decision")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn cancel_decision(
    Segment(id): Segment<DecisionId>,
    command: Command<Cancellation>,
) -> Result<Response, Problem> {
    must_exist(&command, id).await?;
    let Cancellation { number, date, reason } = &command.input;
    let engine = command.engine();
    let reason = engine.sealer(id.0)?.seal("reason", reason)?;
    let act = decision::Command::Cancel { number: number.clone(), date: *date, reason };
    let done = engine.decision(&command.request, id, act).await?;
    command.app.clerk.wake(done.position);
    command.done(id, done).await
}
