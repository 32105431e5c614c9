//! `POST /subjects`: a subject comes into the books.

use axum::response::Response;
use procedure::{SubjectId, SubjectKind, UnitCode, subject};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::names;
use crate::command::{Accepted, Command};
use crate::problem::Problem;

/// A new subject.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectInput {
    /// What it is.
    #[schema(value_type = names::SubjectKind)]
    pub kind: SubjectKind,
    /// What the local list calls it: 1 to 64 of letters, digits and `-._/`; no personal number.
    #[schema(example = "05158-01-0007")]
    pub code: String,
    /// Code of the hamlet where it belongs, or of the commune for what belongs to none.
    #[schema(value_type = String, example = "05158-01")]
    pub unit: UnitCode,
    /// Its name, for a household that of its head, at most 4000 characters; kept sealed.
    #[schema(example = "Bùi Văn Đức")]
    pub name: String,
    /// Where it is found; kept sealed.
    pub address: Option<String>,
}

/// Enters a subject in the books.
///
/// Its id follows from its local code: entering the same code twice is refused.
#[utoipa::path(
    post, path = "/subjects", tag = "subjects", request_body = SubjectInput,
    responses((status = 201, description = "Entered", body = Accepted))
)]
pub async fn register_subject(command: Command<SubjectInput>) -> Result<Response, Problem> {
    let input = &command.input;
    let id = SubjectId::of_code(&input.code);
    engine::personal::check("name", &input.name).map_err(engine::EngineError::from)?;
    command.make_key(id.0).await?;
    let engine = command.engine();
    let sealer = engine.sealer(id.0)?;
    let act = subject::Command::Register {
        kind: input.kind,
        code: input.code.clone(),
        unit: input.unit.clone(),
        name: sealer.seal("name", &input.name)?,
        address: sealer.seal_some("address", input.address.as_deref())?,
        sample: false,
    };
    let done = engine.subject(&command.request, id, act).await?;
    command.created(id, "subjects", done).await
}
