//! `POST /assignments`: many cases are given to one officer.

use std::sync::Arc;

use axum::response::Response;
use procedure::{CaseId, OfficerId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::cases::assignment::give;
use crate::bulk::{self, Many};
use crate::command::Command;
use crate::problem::Problem;

/// An assignment of many cases (giao xử lý).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyAssignments {
    /// The cases, at most 2000, each once.
    #[schema(value_type = Vec<Uuid>)]
    pub cases: Vec<CaseId>,
    /// The officer who is to have them; he must be able to take their steps himself.
    #[schema(value_type = Uuid)]
    pub to: OfficerId,
    /// Why, at most 4000 characters; kept sealed with each case.
    pub reason: Option<String>,
}

/// Gives many cases to an officer.
///
/// Each case is a command of its own: some may be refused while others are done.
#[utoipa::path(
    post, path = "/assignments", tag = "cases", request_body = ManyAssignments,
    responses((status = 200, description = "What each case came to", body = Many))
)]
pub async fn assign_many(command: Command<ManyAssignments>) -> Result<Response, Problem> {
    let ManyAssignments { cases, to, reason } = &command.input;
    let reason: Option<Arc<str>> = reason.as_deref().map(Arc::from);
    bulk::each(&command, bulk::plain(cases), |engine, request, case, ()| {
        give(engine, request, case, (*to, reason.clone()))
    })
    .await
}
