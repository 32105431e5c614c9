//! `POST /subjects/{id}/correction`: its name or address is another.

use axum::response::Response;
use procedure::{SubjectId, subject};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_exist;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A correction of personal data (đính chính).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The right name, at most 4000 characters; kept sealed.
    pub name: String,
    /// The right address; absent where there is none. Kept sealed.
    pub address: Option<String>,
}

/// Corrects a subject's name and address.
///
/// Both are set as given: an address that is left out is none.
#[utoipa::path(
    post, path = "/subjects/{id}/correction", tag = "subjects", request_body = Correction,
    params(("id" = Uuid, Path, description = "The subject")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn correct_subject(
    Segment(id): Segment<SubjectId>,
    command: Command<Correction>,
) -> Result<Response, Problem> {
    let engine = command.engine();
    must_exist(&command.app, id).await?;
    let sealer = engine.sealer(id.0)?;
    let name = sealer.seal("name", &command.input.name)?;
    let address = sealer.seal_some("address", command.input.address.as_deref())?;
    let act = subject::Command::Correct { name, address };
    let done = engine.subject(&command.request, id, act).await?;
    command.done(id, done).await
}
