//! `POST /minutes`: how a meeting voted on many cases.
//! Deliberately absent: the meeting's own minutes; `/meetings` has them.

use axum::response::Response;
use procedure::{CaseId, MeetingId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::cases::VotesInput;
use crate::bulk::{self, Many};
use crate::command::Command;
use crate::problem::Problem;

/// The votes of a meeting on many cases (biên bản bình xét).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyMinutes {
    /// The meeting, whose own minutes are entered already.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// The cases, at most 2000, each once.
    pub cases: Vec<CaseVotes>,
}

/// The votes on one of many cases.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseVotes {
    /// The case.
    #[schema(value_type = Uuid)]
    pub case: CaseId,
    /// How the meeting voted on it.
    pub votes: VotesInput,
}

/// Records how a meeting voted on many cases.
///
/// Each case is a command of its own: some may be refused while others are done.
#[utoipa::path(
    post, path = "/minutes", tag = "cases", request_body = ManyMinutes,
    responses((status = 200, description = "What each case came to", body = Many))
)]
pub async fn record_many_minutes(command: Command<ManyMinutes>) -> Result<Response, Problem> {
    let meeting = command.input.meeting;
    let items = command.input.cases.iter().map(|line| (line.case, line.votes));
    bulk::each(&command, items.collect(), |engine, request, case, votes| async move {
        engine.vote(&request, case, meeting, votes.into()).await
    })
    .await
}
