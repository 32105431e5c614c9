//! `GET /procedures/{id}`: a definition with its content.

use axum::Json;
use procedure::{ProcedureId, edition};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::Procedure;
use crate::params::Segment;
use crate::problem::Problem;
use crate::read::Reading;
use crate::refusal::HttpRefusal;

/// A definition with its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureWithDefinition {
    /// The definition in short.
    procedure: Procedure,
    /// The whole definition, in the form of the JSON Schema `procedure-definition`.
    #[schema(value_type = Object)]
    definition: Value,
}

/// Reads a procedure with its whole definition.
#[utoipa::path(
    get, path = "/procedures/{id}", tag = "procedures",
    params(("id" = String, Path, description = "The procedure, such as `family.sample-2026`")),
    responses((status = 200, description = "The procedure", body = ProcedureWithDefinition))
)]
pub async fn read_procedure(
    reading: Reading,
    Segment(id): Segment<ProcedureId>,
) -> Result<Json<ProcedureWithDefinition>, Problem> {
    let found = reading.read(move |reader| reader.procedure(&id)).await?;
    let unknown = || procedure::Refused::from(edition::Refusal::Unknown);
    let (row, definition) = found.ok_or_else(unknown)?;
    let definition = serde_json::to_value(&definition).map_err(|_| HttpRefusal::Internal)?;
    Ok(Json(ProcedureWithDefinition { procedure: row.into(), definition }))
}
