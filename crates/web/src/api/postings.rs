//! `POST /postings`: many cases hang out in public, on one list.

use axum::response::Response;
use procedure::date::Period;
use procedure::{CaseId, Date, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::bulk::{self, Many};
use crate::command::Command;
use crate::problem::Problem;

/// A posting of many cases (danh sách niêm yết).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyPostings {
    /// First day, not before the cases came to this step.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day; as many days in all as the definition asks for, or more.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// Where the list hangs: a public place, no personal data.
    #[schema(example = "Nhà văn hóa xóm Mẫu 1")]
    pub place: String,
    /// The cases, at most 2000, each once.
    #[schema(value_type = Vec<Uuid>)]
    pub cases: Vec<CaseId>,
}

/// Hangs many cases out for objections.
///
/// Each case is a command of its own: some may be refused while others are done.
#[utoipa::path(
    post, path = "/postings", tag = "cases", request_body = ManyPostings,
    responses((status = 200, description = "What each case came to", body = Many))
)]
pub async fn post_many(command: Command<ManyPostings>) -> Result<Response, Problem> {
    let ManyPostings { from, until, place, cases } = &command.input;
    let days = Period { from: *from, until: Some(*until) };
    bulk::each(&command, bulk::plain(cases), |engine, request, case, ()| {
        let act = case::Command::Post { days, place: place.clone() };
        async move { engine.case(&request, case, act).await }
    })
    .await
}
