//! `POST /officers`: an officer becomes known.

use axum::response::Response;
use procedure::{OfficerId, UnitCode, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::problem::Problem;

/// A new officer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// What the local list calls him: 1 to 64 of letters, digits and `-._/`; no personal number.
    #[schema(example = "05158-CB-03")]
    pub code: String,
    /// His name, at most 4000 characters; kept sealed.
    pub name: String,
    /// Code of the administrative unit whose administrator keeps his record.
    #[schema(value_type = String, example = "05158")]
    pub unit: UnitCode,
}

/// Makes an officer known.
///
/// He can do nothing before he is appointed. His id follows from his local code. For
/// administrators over the unit.
#[utoipa::path(
    post, path = "/officers", tag = "officers", request_body = Enrolment,
    responses((status = 201, description = "Enrolled", body = Accepted))
)]
pub async fn enrol_officer(command: Command<Enrolment>) -> Result<Response, Problem> {
    let input = &command.input;
    let id = OfficerId::of_code(&input.code);
    engine::personal::check("name", &input.name).map_err(engine::EngineError::from)?;
    command.make_key(id.0).await?;
    let engine = command.engine();
    let name = engine.sealer(id.0)?.seal("name", &input.name)?;
    let (code, unit) = (input.code.clone(), input.unit.clone());
    let act = officer::Command::Enrol { code, name, unit, sample: false };
    let done = engine.officer(&command.request, id, act).await?;
    command.created(id, "officers", done).await
}
