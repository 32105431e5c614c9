//! `POST /cases/{id}/assignment`: the case is given to an officer.

use std::sync::Arc;

use axum::response::Response;
use engine::{Done, Engine, EngineError};
use procedure::{CaseId, OfficerId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sealed;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// An assignment (giao xử lý).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The officer who is to have it; he must be able to take its step himself.
    #[schema(value_type = Uuid)]
    pub to: OfficerId,
    /// Why, at most 4000 characters; kept sealed.
    pub reason: Option<String>,
}

/// Gives one case to an officer.
pub async fn give(
    engine: Arc<Engine>,
    request: engine::Request,
    id: CaseId,
    (to, reason): (OfficerId, Option<Arc<str>>),
) -> Result<Done, EngineError> {
    let reason = match reason.as_deref().filter(|reason| !reason.trim().is_empty()) {
        Some(reason) => Some(sealed(&engine, id, ("reason", reason)).await?),
        None => None,
    };
    engine.assign_case(&request, id, to, reason).await
}

/// Gives the case to an officer.
///
/// For whoever could take it himself, for the administrator of the place, and for whom its delay
/// was put before.
#[utoipa::path(
    post, path = "/cases/{id}/assignment", tag = "cases", request_body = Assignment,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn assign(
    Segment(id): Segment<CaseId>,
    command: Command<Assignment>,
) -> Result<Response, Problem> {
    let reason = command.input.reason.as_deref().map(Arc::from);
    let (engine, request) = (command.app.engine.clone(), command.request.clone());
    let done = give(engine, request, id, (command.input.to, reason)).await?;
    command.done(id, done).await
}
