//! `POST /posting-closures`: the posting of many cases is over.

use axum::response::Response;
use procedure::{CaseId, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::bulk::{self, Many};
use crate::command::Command;
use crate::problem::Problem;

/// The end of the posting of many cases (kết thúc niêm yết).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyClosures {
    /// The cases, at most 2000, each once.
    #[schema(value_type = Vec<Uuid>)]
    pub cases: Vec<CaseId>,
}

/// Ends the posting of many cases.
///
/// Each case is a command of its own: some may be refused while others are done.
#[utoipa::path(
    post, path = "/posting-closures", tag = "cases", request_body = ManyClosures,
    responses((status = 200, description = "What each case came to", body = Many))
)]
pub async fn close_many_postings(command: Command<ManyClosures>) -> Result<Response, Problem> {
    let cases = bulk::plain(&command.input.cases);
    bulk::each(&command, cases, |engine, request, case, ()| async move {
        engine.case(&request, case, case::Command::ClosePosting).await
    })
    .await
}
