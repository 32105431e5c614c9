//! `POST /cases/{id}/objections`: somebody says something about the posted case.

use axum::http::StatusCode;
use axum::response::Response;
use engine::Done;
use procedure::{CaseId, case};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::names;
use crate::command::{Accepted, Command, accepted};
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::failed;
use crate::refusal::HttpRefusal;

pub mod resolution;

/// What somebody says about a posted case (ý kiến, kiến nghị).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Whether the case waits for an answer.
    #[schema(value_type = names::ObjectionKind)]
    pub kind: case::ObjectionKind,
    /// Who says it, at most 4000 characters; kept sealed.
    #[schema(example = "Bùi Thị Mẫu, xóm Mẫu 1")]
    pub name: String,
    /// What he says, at most 4000 characters; kept sealed.
    pub text: String,
}

/// An objection that was written down.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionFiled {
    /// What the command came to.
    #[serde(flatten)]
    accepted: Accepted,
    /// Its number in the case, from 1; to answer it by.
    number: u16,
}

/// Writes down what somebody says about the posted case.
///
/// Anybody in office there can, whomever it is about. A `comment` is noted; an `objection` keeps the
/// case from going on until it is answered.
#[utoipa::path(
    post, path = "/cases/{id}/objections", tag = "cases", request_body = Objection,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 201, description = "Written down", body = ObjectionFiled))
)]
pub async fn object(
    Segment(id): Segment<CaseId>,
    command: Command<Objection>,
) -> Result<Response, Problem> {
    let Objection { kind, name, text } = &command.input;
    let engine = command.engine();
    let sealer = engine.sealer(engine.subject_of(id).await?.0)?;
    let (name, text) = (sealer.seal("name", name)?, sealer.seal("text", text)?);
    let act = case::Command::Object { kind: *kind, name, text };
    let done = engine.case(&command.request, id, act).await?;
    let body =
        ObjectionFiled { accepted: accepted(id, done), number: number(&command, id, done).await? };
    Ok(command.answer(StatusCode::CREATED, done, body).await)
}

/// The number is the core's to give, so it is read from the event.
async fn number<T>(command: &Command<T>, id: CaseId, done: Done) -> Result<u16, Problem> {
    let entries = command.app.history.timeline(id).await.map_err(failed)?;
    let filed = entries.iter().find(|entry| Some(entry.revision) == done.revision);
    let number = filed.and_then(|entry| entry.event.get("objection")?.as_u64());
    let number = number.and_then(|number| u16::try_from(number).ok());
    number.ok_or_else(|| HttpRefusal::Internal.into())
}
