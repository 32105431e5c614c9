//! `POST /decisions`: a draft begins.

use axum::response::Response;
use procedure::{DecisionId, ProcedureId, UnitCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::problem::Problem;

/// The draft of a decision (dự thảo quyết định).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The definition of its cases.
    #[schema(value_type = String, example = "family.sample-2026")]
    pub procedure: ProcedureId,
    /// The calendar year of its cases.
    #[schema(example = 2026)]
    pub year: i16,
    /// Code of the administrative unit whose authority decides.
    #[schema(value_type = String, example = "05158")]
    pub unit: UnitCode,
}

/// Begins the draft of a decision over many cases.
///
/// For those who review at the authority's level, and for the authority itself. The cases come on
/// it by `/decisions/{id}/listing`.
#[utoipa::path(
    post, path = "/decisions", tag = "decisions", request_body = Draft,
    responses((status = 201, description = "Drafted", body = Accepted))
)]
pub async fn draft_decision(command: Command<Draft>) -> Result<Response, Problem> {
    let Draft { procedure, year, unit } = &command.input;
    let id = DecisionId(command.new_id("decision"));
    command.make_key(id.0).await?;
    let at = (unit.clone(), *year);
    let done = command.engine().draft_decision(&command.request, id, procedure, at).await?;
    command.created(id, "decisions", done).await
}
