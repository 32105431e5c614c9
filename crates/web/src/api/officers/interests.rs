//! `POST /officers/{id}/interests`: a subject is his own.

use axum::response::Response;
use procedure::{OfficerId, SubjectId, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::names;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A declaration of interest (xung đột lợi ích).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interest {
    /// The subject that is his own.
    #[schema(value_type = uuid::Uuid)]
    pub subject: SubjectId,
    /// How it is his own.
    #[schema(value_type = names::Relation)]
    pub relation: officer::Relation,
}

/// Notes that a subject is an officer's own.
///
/// He then takes no act of office on its cases.
#[utoipa::path(
    post, path = "/officers/{id}/interests", tag = "officers", request_body = Interest,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn declare_interest(
    Segment(id): Segment<OfficerId>,
    command: Command<Interest>,
) -> Result<Response, Problem> {
    let Interest { subject, relation } = command.input;
    let act = officer::Command::DeclareInterest { subject, relation };
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
