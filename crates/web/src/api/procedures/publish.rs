//! `POST /procedures`: a definition goes into the log.

use axum::response::Response;
use procedure::{Definition, edition};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// A definition to be published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The whole definition, in the form of the JSON Schema `procedure-definition`.
    #[schema(value_type = Object)]
    pub definition: Box<Definition>,
}

/// Publishes a definition.
///
/// It is checked by the linter first; the same content again changes nothing, other content under
/// the same id is refused. For administrators of the nation.
#[utoipa::path(
    post, path = "/procedures", tag = "procedures", request_body = Publication,
    responses((status = 201, description = "Published", body = Accepted))
)]
pub async fn publish_procedure(command: Command<Publication>) -> Result<Response, Problem> {
    let definition = command.input.definition.clone();
    let digest = codec::definition::digest(&definition).map_err(|_| HttpRefusal::Internal)?;
    let id = definition.id.clone();
    let act = edition::Command::Publish { definition, digest };
    let done = command.engine().procedure(&command.request, &id, act).await?;
    command.created(&id, "procedures", done).await
}
