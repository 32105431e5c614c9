//! `POST /cases/{id}/posting`: the case hangs out in public.

use axum::response::Response;
use procedure::date::Period;
use procedure::{CaseId, Date, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

pub mod closure;

/// A public posting (niêm yết công khai).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// First day, not before the case came to this step.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day; as many days in all as the definition asks for, or more.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// Where it hangs: a public place, no personal data.
    #[schema(example = "Nhà văn hóa xóm Mẫu 1")]
    pub place: String,
}

/// Hangs the case out for objections.
///
/// It goes on after its last day, when no objection is open.
#[utoipa::path(
    post, path = "/cases/{id}/posting", tag = "cases", request_body = Posting,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn post(
    Segment(id): Segment<CaseId>,
    command: Command<Posting>,
) -> Result<Response, Problem> {
    let Posting { from, until, place } = &command.input;
    let days = Period { from: *from, until: Some(*until) };
    let act = case::Command::Post { days, place: place.clone() };
    let done = command.engine().case(&command.request, id, act).await?;
    command.done(id, done).await
}
